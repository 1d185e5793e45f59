//! What is generated for the room `python`: the tables and texts of the pure-Python half, the enums, the conditions and their
//! stubs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use serde_json::json;

use super::{Output, banner};
use crate::registry::{Reading, Registry, Release};

const GENERATOR: &str = "xtask/src/codegen/python.rs";
const PACKAGE: &str = "bindings/python/python/aerocodes";

pub fn outputs(r: &Registry) -> Result<Vec<Output>> {
    let mut out = vec![
        Output::new(&format!("{PACKAGE}/_tables.py"), tables(r)),
        Output::new(&format!("{PACKAGE}/_texts.py"), texts(r)),
        Output::new(&format!("{PACKAGE}/conditions.py"), conditions(r)),
        Output::new(&format!("{PACKAGE}/codes/__init__.py"), codes(r)),
        Output::new(&format!("{PACKAGE}/codes/__init__.pyi"), codes_stub(r)),
    ];
    for (i, d) in r.dialects.iter().enumerate() {
        out.push(Output::new(&format!("{PACKAGE}/codes/{}.py", module(&d.module)), enumeration(r, i)));
    }
    Ok(out)
}

fn head(doc: &str) -> String {
    format!("# {}\n\"\"\"{doc}\"\"\"\n\nfrom __future__ import annotations\n\n", banner(GENERATOR))
}

/// A Python literal; JSON's strings are Python's.
fn text(s: &str) -> String {
    json!(s).to_string()
}

fn option(s: Option<&str>) -> String {
    s.map_or_else(|| "None".to_owned(), text)
}

fn release(r: Option<&Release>) -> String {
    option(r.map(Release::text).as_deref())
}

/// A tuple, with the comma that a single item needs.
fn tuple(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    format!("({}{})", items.join(", "), if items.len() == 1 { "," } else { "" })
}

fn rows(o: &mut String, name: &str, ty: &str, doc: &str, items: impl IntoIterator<Item = String>) {
    let _ = writeln!(o, "# {doc}\n{name}: {ty} = (");
    for i in items {
        let _ = writeln!(o, "    {i},");
    }
    *o += ")\n\n";
}

/// `NodeJs10` as `_nodejs10`: the module of one enumeration.
fn module(name: &str) -> String {
    format!("_{}", name.to_lowercase())
}

fn tables(r: &Registry) -> String {
    let mut o = head("Dialects, categories, operations, conditions and readings: what every lookup needs.");
    o += "from typing import Any, Dict, Optional, Tuple\n\n";
    rows(
        &mut o,
        "CATEGORIES",
        "Tuple[Tuple[str, str], ...]",
        "key, title; the position is the permanent id.",
        r.categories.iter().map(|c| tuple([text(&c.key), text(&c.title)])),
    );
    rows(
        &mut o,
        "OPERATIONS",
        "Tuple[Tuple[str, str, bool, bool], ...]",
        "key, title, changes data, may happen twice; the position is the permanent id.",
        r.operations.iter().map(|x| tuple([text(&x.key), text(&x.title), py(x.mutates), py(x.idempotent)])),
    );
    let category = |key: &str| r.category(key).id.to_string();
    rows(
        &mut o,
        "DIALECTS",
        "Tuple[Tuple[Any, ...], ...]",
        "key, title, software, identifier, kind, first release, last release, aliases, (from, to, category), first and last reading.",
        r.dialects.iter().enumerate().map(|(i, d)| {
            let start = r.readings.iter().position(|x| x.dialect == i).unwrap_or(r.readings.len());
            let count = r.readings.iter().filter(|x| x.dialect == i).count();
            let ranges = d.ranges.iter().map(|x| tuple([x.from.to_string(), x.to.to_string(), category(&x.category)]));
            tuple([
                text(&d.key),
                text(&d.title),
                text(&d.software),
                text(&d.module),
                text(&d.kind),
                text(&d.first),
                text(&d.last),
                tuple(d.aliases.iter().map(|a| text(a))),
                tuple(ranges),
                start.to_string(),
                (start + count).to_string(),
            ])
        }),
    );
    rows(
        &mut o,
        "CONDITIONS",
        "Tuple[Tuple[str, int, str, str, str, str, str, str], ...]",
        "name, category, origin, edition, retryable, maybe applied, retryable and not applied, summary; the position is one less than the permanent id.",
        r.conditions.iter().map(|c| {
            tuple([
                text(&c.name),
                category(&c.category),
                text(&c.origin),
                text(&c.edition),
                text(c.advice.retryable.key()),
                text(c.advice.maybe_applied.key()),
                text(c.advice.retryable_not_applied().key()),
                text(&c.summary),
            ])
        }),
    );
    rows(
        &mut o,
        "READINGS",
        "Tuple[Tuple[int, Optional[str], int, int, Optional[str], Optional[str]], ...]",
        "number, name, condition, flags (1 primary, 2 retired, 4 wrong, 8 enterprise), since, until; by dialect and number, the best as of the newest release first.",
        r.readings.iter().map(|x| {
            let edition = x.edition.as_deref().unwrap_or(&r.conditions[x.condition].edition);
            let flags =
                u8::from(x.primary) | u8::from(x.until.is_some()) << 1 | u8::from(x.wrong) << 2 | u8::from(edition == "enterprise") << 3;
            tuple([
                x.value.to_string(),
                option(x.name.as_deref()),
                r.conditions[x.condition].id.to_string(),
                flags.to_string(),
                release(Some(&x.since)),
                release(x.until.as_ref()),
            ])
        }),
    );
    let some = |o: &mut String, name: &str, ty: &str, doc: &str, of: &dyn Fn(&Reading) -> Option<String>| {
        let _ = writeln!(o, "# {doc}\n{name}: Dict[int, {ty}] = {{");
        for (i, x) in r.readings.iter().enumerate() {
            if let Some(cell) = of(x) {
                let _ = writeln!(o, "    {i}: {cell},");
            }
        }
        *o += "}\n\n";
    };
    some(&mut o, "GAPS", "Tuple[Tuple[str, str], ...]", "Releases in between that lack the reading.", &|x| {
        (!x.gaps.is_empty()).then(|| tuple(x.gaps.iter().map(|(a, b)| tuple([release(Some(a)), release(Some(b))]))))
    });
    some(&mut o, "INTRODUCED", "str", "Release in which the code itself appeared.", &|x| x.introduced.as_ref().map(|i| release(Some(i))));
    some(&mut o, "FOLDS", "Tuple[int, ...]", "Further conditions that the number stands for.", &|x| {
        (!x.folds.is_empty()).then(|| tuple(x.folds.iter().map(|&c| r.conditions[c].id.to_string())))
    });
    o += "# The nearest conditions where a dialect has none of its own.\nNEAREST: Dict[int, Tuple[int, ...]] = {\n";
    for c in r.conditions.iter().filter(|c| !c.nearest.is_empty()) {
        let _ = writeln!(o, "    {}: {},", c.id, tuple(c.nearest.iter().map(|&n| r.conditions[n].id.to_string())));
    }
    o + "}\n"
}

fn py(b: bool) -> String {
    if b { "True" } else { "False" }.to_owned()
}

fn texts(r: &Registry) -> String {
    let mut o = head("Causes, remedies, reasons, sources, subcodes and errata: loaded when first asked for.");
    o += "from typing import Any, Dict, Tuple\n\n";
    let list = |items: &[String]| tuple(items.iter().map(|s| text(s)));
    rows(
        &mut o,
        "CONDITIONS",
        "Tuple[Tuple[Any, ...], ...]",
        "cause, remedy, reason, sources, docs, keywords, subcodes (number, name, summary); the position is one less than the id.",
        r.conditions.iter().map(|c| {
            tuple([
                text(&c.cause),
                text(&c.remedy),
                text(&c.advice.reason),
                list(&c.advice.sources),
                list(&c.docs),
                list(&c.keywords),
                tuple(c.subcodes.iter().map(|s| tuple([s.value.to_string(), text(&s.name), text(&s.summary)]))),
            ])
        }),
    );
    rows(
        &mut o,
        "DIALECTS",
        "Tuple[Tuple[str, Tuple[str, ...]], ...]",
        "where the numbers were read, and what users of the whole dialect must know.",
        r.dialects.iter().map(|d| tuple([text(&d.repository), list(&d.errata)])),
    );
    o += "# What users must know about one reading.\nERRATA: Dict[int, str] = {\n";
    for (i, x) in r.readings.iter().enumerate() {
        if let Some(e) = &x.erratum {
            let _ = writeln!(o, "    {i}: {},", text(e.split_whitespace().collect::<Vec<_>>().join(" ").as_str()));
        }
    }
    o += "}\n\n# The library's own sentences.\nPHRASES: Dict[str, str] = {\n";
    for (k, v) in &r.phrases {
        let _ = writeln!(o, "    {}: {},", text(k), text(v));
    }
    o + "}\n"
}

fn conditions(r: &Registry) -> String {
    let mut o = head(
        "Every condition by name: what a program branches on, whatever client raised it.\n\n>>> import aerocodes\n>>> from aerocodes.conditions import TIMEOUT\n>>> aerocodes.lookup(\"go\", 9).condition is TIMEOUT\nTrue\n",
    );
    o += "from typing import Final\n\nfrom ._model import CONDITIONS as _ALL\nfrom ._model import Condition as _Condition\n\n";
    for (i, c) in r.conditions.iter().enumerate() {
        let _ = writeln!(o, "{}: Final[_Condition] = _ALL[{i}]\n{}", c.name, doc(&c.summary));
    }
    let _ = writeln!(o, "\n__all__ = [");
    for c in &r.conditions {
        let _ = writeln!(o, "    {},", text(&c.name));
    }
    o + "]\n"
}

fn doc(s: &str) -> String {
    format!("\"\"\"{}\"\"\"", s.replace('\\', "\\\\").replace('"', "'"))
}

fn codes(r: &Registry) -> String {
    let mut o = head(
        "One enumeration for each dialect, loaded when first used.\n\n>>> from aerocodes import codes\n>>> codes.Server.AS_ERR_TIMEOUT == 9\nTrue\n>>> codes.Server(4711).is_known\nFalse\n",
    );
    o += "from importlib import import_module as _import_module\nfrom typing import Any, List\n\n_MODULES = {\n";
    for d in &r.dialects {
        let _ = writeln!(o, "    {}: {},", text(&d.module), text(&module(&d.module)));
    }
    o += "}\n\n__all__ = [\n";
    for d in &r.dialects {
        let _ = writeln!(o, "    {},", text(&d.module));
    }
    o + "]\n\n\ndef __getattr__(name: str) -> Any:\n    module = _MODULES.get(name)\n    if module is None:\n        raise AttributeError(f\"module {__name__!r} has no attribute {name!r}\")\n    value = getattr(_import_module(f\".{module}\", __name__), name)\n    globals()[name] = value\n    return value\n\n\ndef __dir__() -> List[str]:\n    return sorted(__all__)\n"
}

fn codes_stub(r: &Registry) -> String {
    let mut o = format!("# {}\n", banner(GENERATOR));
    for d in &r.dialects {
        let _ = writeln!(o, "from .{} import {m} as {m}", module(&d.module), m = d.module);
    }
    o += "\n__all__ = [\n";
    for d in &r.dialects {
        let _ = writeln!(o, "    {},", text(&d.module));
    }
    o + "]\n"
}

/// Names that an enumeration cannot have as a member.
fn reserved(name: &str) -> bool {
    const KEYWORDS: [&str; 4] = ["None", "True", "False", "mro"];
    const OWN: [&str; 8] = ["name", "value", "real", "imag", "reading", "condition", "summary", "is_known"];
    KEYWORDS.contains(&name) || OWN.contains(&name)
}

fn enumeration(r: &Registry, dialect: usize) -> String {
    let d = &r.dialects[dialect];
    let mut o = head(&format!("Codes of the dialect `{}` ({}).", d.key, d.title));
    let _ = write!(
        o,
        "from .._enum import Code as _Code\n\n\nclass {}(_Code):\n    \"\"\"{}, releases {} to {}; a number that nobody uses is a member too.\"\"\"\n\n",
        d.module, d.title, d.first, d.last
    );
    // A name has the number of its newest life; the first of several names of a number is the one to use today.
    let mut best: BTreeMap<&str, &Reading> = BTreeMap::new();
    for x in r.readings.iter().filter(|x| x.dialect == dialect) {
        if let Some(n) = x.name.as_deref() {
            let rank = |y: &Reading| (y.wrong, y.until.is_some(), std::cmp::Reverse(y.until.clone()));
            let e = best.entry(n).or_insert(x);
            if rank(x) < rank(e) {
                *e = x;
            }
        }
    }
    let mut members: Vec<(&str, &Reading)> = best.into_iter().collect();
    members.sort_by_key(|(n, x)| (x.value, x.wrong, x.until.is_some(), !x.primary, *n));
    for (n, x) in members {
        let name = if reserved(n) { format!("{n}_") } else { n.to_owned() };
        let until = x.until.as_ref().map_or(String::new(), |u| format!(" Last in {}.", u.text()));
        let _ = writeln!(o, "    {name} = {}\n    {}", x.value, doc(&format!("{}{until}", r.conditions[x.condition].summary)));
    }
    let _ = write!(o, "\n\n{}._dialect = {}\n", d.module, text(&d.key));
    o
}
