//! The data files of the npm package: the table for pages where WebAssembly is blocked, the long texts, and the types of the keys.

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::{Output, banner, node};
use crate::registry::{Registry, Release};

const GENERATOR: &str = "xtask/src/codegen/wasm.rs";
const DIR: &str = "bindings/wasm/assets";

pub fn outputs(r: &Registry) -> Result<Vec<Output>> {
    let mut known =
        format!("// {}\n// Every key as a literal type. The types are open: any other string is allowed too.\n\n", banner(GENERATOR));
    node::known(&mut known, r);
    Ok(vec![
        Output::new(&format!("{DIR}/fallback.json"), lines(&table(r))),
        Output::new(&format!("{DIR}/texts.json"), lines(&texts(r))),
        Output::new("bindings/wasm/src/js/known.ts", known.trim_end().to_owned() + "\n"),
    ])
}

/// An object with one row a line, so that a change of the registry is a readable change of the file.
fn lines(sections: &[(&str, Value)]) -> String {
    let body: Vec<String> = sections
        .iter()
        .map(|(key, value)| match value {
            Value::Array(rows) => format!("{}:[\n{}\n]", json!(key), rows.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n")),
            other => format!("{}:{other}", json!(key)),
        })
        .collect();
    format!("{{\n{}\n}}\n", body.join(",\n"))
}

fn array(head: Value, tail: impl Iterator<Item = Value>) -> Value {
    let Value::Array(mut row) = head else { return head };
    row.extend(tail);
    Value::Array(row)
}

/// What `bindings/wasm/src/js/packed.ts` reads out of the module, too; `table.ts` beside it names the fields.
fn table(r: &Registry) -> Vec<(&'static str, Value)> {
    let release = |x: &Option<Release>| x.as_ref().map_or_else(|| json!(0), |x| json!(x.text()));
    let dialects = r.dialects.iter().enumerate().map(|(id, d)| {
        let kind = match d.kind.as_str() {
            "current" => 0,
            "legacy" => 1,
            _ => 2,
        };
        let ranges: Vec<i64> =
            d.ranges.iter().flat_map(|x| [i64::from(x.from), i64::from(x.to), i64::from(r.category(&x.category).id)]).collect();
        let first = r.readings.iter().position(|x| x.dialect == id);
        array(json!([d.key, d.title, d.software, kind, d.first, d.last, first, ranges]), d.aliases.iter().map(|a| json!(a)))
    });
    let conditions = r.conditions.iter().map(|c| {
        let origin = match c.origin.as_str() {
            "server" => 0,
            "client" => 1,
            _ => 2,
        };
        let nearest: Vec<u16> = c.nearest.iter().map(|&n| r.conditions[n].id).collect();
        let subcodes: Vec<Value> = c.subcodes.iter().flat_map(|s| [json!(s.value), json!(s.name)]).collect();
        let head = json!([
            c.name,
            r.category(&c.category).id,
            origin,
            u8::from(c.edition == "enterprise"),
            c.advice.retryable as u8,
            c.advice.maybe_applied as u8,
            c.summary,
            nearest,
            subcodes
        ]);
        array(head, c.keywords.iter().map(|k| json!(k)))
    });
    let readings = r.readings.iter().map(|x| {
        let c = &r.conditions[x.condition];
        let enterprise = x.edition.as_deref().unwrap_or(&c.edition) == "enterprise";
        let flags = u8::from(x.primary) | u8::from(x.wrong) << 1 | u8::from(enterprise) << 2;
        let gaps: Vec<String> = x.gaps.iter().flat_map(|(a, b)| [a.text(), b.text()]).collect();
        let head = json!([
            x.dialect,
            x.value,
            x.name.as_deref().unwrap_or(""),
            c.id,
            flags,
            x.since.text(),
            release(&x.until),
            release(&x.introduced),
            gaps
        ]);
        array(head, x.folds.iter().map(|&f| json!(r.conditions[f].id)))
    });
    vec![
        ("dialects", dialects.collect()),
        ("categories", r.categories.iter().map(|c| json!([c.key, c.title])).collect()),
        ("operations", r.operations.iter().map(|o| json!([o.key, o.title, u8::from(o.mutates), u8::from(o.idempotent)])).collect()),
        ("conditions", conditions.collect()),
        ("readings", readings.collect()),
    ]
}

fn texts(r: &Registry) -> Vec<(&'static str, Value)> {
    let conditions = r.conditions.iter().map(|c| {
        let subcodes: Vec<&str> = c.subcodes.iter().map(|s| s.summary.as_str()).collect();
        json!([c.cause, c.remedy, c.advice.reason, c.advice.sources, c.docs, subcodes])
    });
    let errata: Map<String, Value> =
        r.readings.iter().enumerate().filter_map(|(i, x)| Some((i.to_string(), json!(x.erratum.as_deref()?)))).collect();
    vec![
        ("conditions", conditions.collect()),
        ("dialects", r.dialects.iter().map(|d| json!([d.repository, d.errata])).collect()),
        ("errata", Value::Object(errata)),
        ("phrases", json!(r.phrases)),
    ]
}
