//! What is generated for the room `node`: the tables that JavaScript looks up in, and the literal types over them.
//!
//! The tables are plain ES modules without imports, so that the browser package can share them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{Output, banner};
use crate::registry::{Reading, Registry, Release};

const GENERATOR: &str = "xtask/src/codegen/node.rs";

pub fn outputs(r: &Registry) -> Result<Vec<Output>> {
    Ok(vec![
        Output::new("bindings/node/lib/generated/tables.js", tables(r)?),
        Output::new("bindings/node/lib/generated/texts.js", texts(r)),
        Output::new("bindings/node/types/codes.d.ts", types(r)),
    ])
}

fn head(doc: &str) -> String {
    format!("// {}\n// {doc}\n\n", banner(GENERATOR))
}

/// A template literal of lines. Nothing in it may end it or call out.
fn lines(o: &mut String, rows: impl Iterator<Item = String>) -> Result<()> {
    o.push('`');
    for (i, row) in rows.enumerate() {
        ensure!(!row.contains(['\\', '\n']) && !row.contains("${"), "`{row}` cannot stand in a template literal");
        if i > 0 {
            o.push('\n');
        }
        o.push_str(&row.replace('`', "\\`"));
    }
    o.push('`');
    Ok(())
}

/// Fields with a bar between, empty ones at the end left out.
fn row(fields: &[String]) -> Result<String> {
    ensure!(fields.iter().all(|f| !f.contains('|')), "a field of {fields:?} holds a bar");
    Ok(fields.join("|").trim_end_matches('|').to_owned())
}

fn tables(r: &Registry) -> Result<String> {
    let mut o = head("What every lookup needs. Long texts are in texts.js. Each table is one string, split when first used.");
    let _ = writeln!(o, "export const CATEGORIES = {};\n", json!(r.categories.iter().map(|c| [&c.key, &c.title]).collect::<Vec<_>>()));
    o += "// key, title, changes data, may be repeated; by id\n";
    let ops: Vec<Value> = r.operations.iter().map(|x| json!([x.key, x.title, x.mutates, x.idempotent])).collect();
    let _ = writeln!(o, "export const OPERATIONS = {};\n", json!(ops));
    o += "// key, title, software, module, kind, first and last release read, aliases, ranges as [from, to, category id]; by id\nexport const DIALECTS = [\n";
    for d in &r.dialects {
        let ranges: Vec<Value> = d.ranges.iter().map(|x| json!([x.from, x.to, r.category(&x.category).id])).collect();
        let _ = writeln!(o, "  {},", json!([d.key, d.title, d.software, d.module, d.kind, d.first, d.last, d.aliases, ranges]));
    }
    o += "];\n\n// name|category|origin (server, client, either)|enterprise|retryable|maybe applied (u n d y)|nearest ids|summary; by id from 1\nexport const CONDITIONS = ";
    let mut rows = Vec::new();
    for c in &r.conditions {
        rows.push(row(&[
            c.name.clone(),
            r.category(&c.category).id.to_string(),
            c.origin[..1].to_owned(),
            if c.edition == "enterprise" { "1".to_owned() } else { String::new() },
            c.advice.retryable.key()[..1].to_owned(),
            c.advice.maybe_applied.key()[..1].to_owned(),
            c.nearest.iter().map(|&n| r.conditions[n].id.to_string()).collect::<Vec<_>>().join(","),
            c.summary.clone(),
        ])?);
    }
    lines(&mut o, rows.into_iter())?;
    o += ";\n\n// value|condition|flags (1 primary, 2 wrong, 4 has an erratum)|name|since|until|gaps|introduced|edition where it differs|folds;\n// the readings of one code stand together, the best as of the newest release first; by dialect id\nexport const READINGS = [\n";
    for d in 0..r.dialects.len() {
        let mut rows = Vec::new();
        for x in r.readings.iter().filter(|x| x.dialect == d) {
            rows.push(reading(r, x)?);
        }
        o += "  ";
        lines(&mut o, rows.into_iter())?;
        o += ",\n";
    }
    o += "];\n\n// The lines of the Node.js client: line, dialect id, last release.\nexport const STATUS_LINES = [\n";
    for (line, dialect, last, _) in STATUS {
        let (d, release) = last_of(r, dialect, last);
        let _ = writeln!(o, "  {},", json!([line, d, release.text()]));
    }
    o += "];\n";
    Ok(o)
}

fn reading(r: &Registry, x: &Reading) -> Result<String> {
    let release = |v: &Option<Release>| v.as_ref().map(Release::text).unwrap_or_default();
    row(&[
        x.value.to_string(),
        r.conditions[x.condition].id.to_string(),
        (u8::from(x.primary) | u8::from(x.wrong) << 1 | u8::from(x.erratum.is_some()) << 2).to_string(),
        x.name.clone().unwrap_or_default(),
        x.since.text(),
        release(&x.until),
        x.gaps.iter().map(|(a, b)| format!("{}-{}", a.text(), b.text())).collect::<Vec<_>>().join(","),
        release(&x.introduced),
        x.edition.clone().unwrap_or_default(),
        x.folds.iter().map(|&f| r.conditions[f].id.to_string()).collect::<Vec<_>>().join(","),
    ])
}

fn texts(r: &Registry) -> String {
    let mut o = head("Causes, remedies, reasons and sources: loaded when somebody asks for one.");
    let _ = writeln!(o, "export const PHRASES = {:#};\n", json!(r.phrases));
    o += "// repository, errata; by dialect id\nexport const DIALECT_TEXTS = [\n";
    for d in &r.dialects {
        let _ = writeln!(o, "  {},", json!([d.repository, d.errata]));
    }
    o += "];\n\n// cause, remedy, reason, sources, docs, keywords, subcodes as [value, name, summary]; by condition id - 1\nexport const TEXTS = [\n";
    for c in &r.conditions {
        let subcodes: Vec<Value> = c.subcodes.iter().map(|s| json!([s.value, s.name, s.summary])).collect();
        let _ = writeln!(o, "  {},", json!([c.cause, c.remedy, c.advice.reason, c.advice.sources, c.docs, c.keywords, subcodes]));
    }
    o += "];\n\n// by dialect id: position among the dialect's readings, erratum\nexport const ERRATA = [\n";
    for d in 0..r.dialects.len() {
        let of = r.readings.iter().filter(|x| x.dialect == d).enumerate();
        let map: BTreeMap<usize, &str> = of.filter_map(|(i, x)| x.erratum.as_deref().map(|e| (i, e))).collect();
        let _ = writeln!(o, "  {},", json!(map));
    }
    o += "];\n";
    o
}

fn union(o: &mut String, doc: &str, name: &str, members: &[&str]) {
    let list: Vec<String> = members.iter().map(|m| format!("\"{m}\"")).collect();
    let _ = writeln!(o, "/** {doc} */\nexport type {name} =");
    for line in list.chunks(6) {
        let _ = writeln!(o, "  | {}", line.join(" | "));
    }
    o.pop();
    o.push_str(";\n\n");
}

/// The number of a name as of the newest release: a live row before a retired one, a row that is wrong last.
fn newest(r: &Registry, dialect: usize) -> BTreeMap<&str, &Reading> {
    let mut map: BTreeMap<&str, &Reading> = BTreeMap::new();
    for x in r.readings.iter().filter(|x| x.dialect == dialect) {
        let Some(name) = x.name.as_deref() else { continue };
        let rank = |x: &Reading| (x.wrong, x.until.is_some(), std::cmp::Reverse(x.value));
        if map.get(name).is_none_or(|old| rank(x) < rank(old)) {
            map.insert(name, x);
        }
    }
    map
}

/// The lines of the Node.js client: the name of the line, its dialect, its last release, and the words for people. The newest
/// line ends with the last release read.
const STATUS: [(&str, &str, &str, &str); 7] = [
    ("1.0", "nodejs-1.0", "1.0.19", "1.0.0 to 1.0.19, with the legacy numbers"),
    ("1", "nodejs", "1.0.58", "1.0.20 to 1.0.58"),
    ("2", "nodejs", "2.7.2", "2.x"),
    ("3", "nodejs", "3.16.7", "3.x"),
    ("4", "nodejs", "4.0.5", "4.x"),
    ("5", "nodejs", "5.13.2", "5.x"),
    ("6", "nodejs", "", "6.x"),
];

/// Dialect and last release of a line.
fn last_of(r: &Registry, dialect: &str, last: &str) -> (usize, Release) {
    let d = r.dialects.iter().position(|d| d.key == dialect).unwrap_or_default();
    let last = if last.is_empty() { &r.dialects[d].last } else { last };
    (d, Release::parse(last).unwrap_or(Release(Vec::new())))
}

/// What a release exported: every name with its number, a wrong one included when it was really exported so. A row that is
/// wrong because a page misprints it shares its name and releases with the true row, which wins.
fn status<'a>(r: &'a Registry, d: usize, release: &Release) -> BTreeMap<&'a str, i32> {
    let mut map: BTreeMap<&str, &Reading> = BTreeMap::new();
    for x in r.readings.iter().filter(|x| x.dialect == d) {
        let Some(name) = x.name.as_deref() else { continue };
        let holds = x.since <= *release
            && x.until.as_ref().is_none_or(|u| u >= release)
            && !x.gaps.iter().any(|(a, b)| a <= release && release <= b);
        if holds && map.get(name).is_none_or(|old| (old.wrong, &x.since) > (x.wrong, &old.since)) {
            map.insert(name, x);
        }
    }
    map.into_iter().map(|(n, x)| (n, x.value)).collect()
}

/// Every key as a literal type.
pub(super) fn known(o: &mut String, r: &Registry) {
    union(o, "A numbering that this release knows.", "KnownDialect", &r.dialects.iter().map(|d| d.key.as_str()).collect::<Vec<_>>());
    let aliases: Vec<&str> = r.dialects.iter().flat_map(|d| d.aliases.iter().map(String::as_str)).collect();
    union(o, "Other keys of dialects.", "DialectAlias", &aliases);
    union(o, "A condition that this release knows.", "KnownCondition", &r.conditions.iter().map(|c| c.name.as_str()).collect::<Vec<_>>());
    union(o, "A category that this release knows.", "KnownCategory", &r.categories.iter().map(|c| c.key.as_str()).collect::<Vec<_>>());
    union(
        o,
        "What a program was doing when it met a code.",
        "KnownOperation",
        &r.operations.iter().map(|c| c.key.as_str()).collect::<Vec<_>>(),
    );
}

fn types(r: &Registry) -> String {
    let mut o = head("Every key, name and number as a literal type. The types are open: any other string or number is allowed too.");
    known(&mut o, r);
    o += "/** Every name of every dialect, with its number as of the newest release. */\nexport interface Codes {\n";
    for (d, dialect) in r.dialects.iter().enumerate() {
        let _ = writeln!(o, "  /** {}, {} to {}. */\n  readonly \"{}\": {{", dialect.title, dialect.first, dialect.last, dialect.key);
        for (name, x) in newest(r, d) {
            let retired = x.until.as_ref().map(|u| format!(" @deprecated until {}", u.text())).unwrap_or_default();
            let _ = writeln!(o, "    /** {}{retired} */\n    readonly {name}: {};", r.conditions[x.condition].summary, x.value);
        }
        o += "  };\n";
    }
    o += "}\n\n/** Numbers of a dialect that have a name. */\nexport type KnownValue<D extends KnownDialect = KnownDialect> = D extends KnownDialect ? Codes[D][keyof Codes[D]] : never;\n\n";
    o += "/** Every condition, by name. */\nexport type ConditionsByName<C> = { readonly [N in KnownCondition]: C & { readonly name: N } };\n\n";
    for (line, dialect, last, what) in STATUS {
        let id = line.replace('.', "_");
        let (d, release) = last_of(r, dialect, last);
        let _ = writeln!(
            o,
            "/** `aerospike.status` of the Node.js client {what}: as its last release exports it. */\nexport interface Status{id} {{"
        );
        for (name, value) in status(r, d, &release) {
            let _ = writeln!(o, "  readonly {name}: {value};");
        }
        o += "}\n\n";
    }
    o.pop();
    o
}
