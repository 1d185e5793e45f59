//! `bindings/vectors.json`: what every language's tests read.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::{Value, json};

use super::{Output, banner, naive};
use crate::registry::{Reading, Registry, Release};

const GENERATOR: &str = "xtask/src/codegen/vectors.rs";

pub fn outputs(r: &Registry) -> Result<Vec<Output>> {
    let mut lines = vec!["{".to_owned(), format!("\"_\": {},", json!(banner(GENERATOR)))];
    lines.push(format!("\"about\": {},", json!({
        "lookups": "reading of each code as of the newest release: dialect, value, name, condition id, category, origin, edition, since, until, primary, [retryable, maybe_applied, retryable_not_applied]",
        "at": "dialect, value, release, name, condition id",
        "unknown": "codes nobody uses: dialect, value, category",
        "translations": "dialect, value, {target: [kind, [values]]}; a target left out is none",
        "advice": "dialect, value, [per operation in id order: [per in_doubt null, false, true: three answers as letters y n d u]]",
        "names": "spelling, [[dialect, value]]: what find answers",
        "readings": "value, number of readings over all dialects, wrong rows included",
        "searches": "words, name of the first hit (reviewed by hand)",
    })));
    lines.push(format!("\"dialects\": {},", json!(r.dialects.iter().map(|d| &d.key).collect::<Vec<_>>())));
    lines.push(format!("\"conditions\": {},", json!(r.conditions.iter().map(|c| &c.name).collect::<Vec<_>>())));
    lines.push(format!("\"operations\": {},", json!(r.operations.iter().map(|o| &o.key).collect::<Vec<_>>())));
    lines.push(format!("\"categories\": {},", json!(r.categories.iter().map(|o| &o.key).collect::<Vec<_>>())));
    let codes: Vec<(usize, i32)> = r.codes().iter().map(|c| (c.0, c.1)).filter(|&(d, v)| naive::lookup(r, d, v).is_some()).collect();
    section(&mut lines, "lookups", codes.iter().filter_map(|&(d, v)| naive::lookup(r, d, v)).map(|x| reading(r, x)));
    section(&mut lines, "at", at(r));
    section(&mut lines, "unknown", unknown(r));
    section(&mut lines, "translations", codes.iter().map(|&(d, v)| translations(r, d, v)));
    section(&mut lines, "advice", codes.iter().copied().chain([(0, 88), (5, 29_999)]).map(|(d, v)| advice(r, d, v)));
    section(&mut lines, "names", names(r));
    let values: BTreeSet<i32> = r.readings.iter().map(|x| x.value).collect();
    section(&mut lines, "readings", values.iter().map(|v| json!([v, r.readings.iter().filter(|x| x.value == *v).count()])));
    let searches: Vec<Value> = serde_json::from_str(include_str!("searches.json"))?;
    section(&mut lines, "searches", searches.into_iter());
    let last = lines.last_mut().expect("sections were added");
    last.truncate(last.len() - 1);
    lines.push("}".to_owned());
    Ok(vec![Output::new("bindings/vectors.json", lines.join("\n") + "\n")])
}

fn section(lines: &mut Vec<String>, name: &str, rows: impl Iterator<Item = Value>) {
    lines.push(format!("\"{name}\": ["));
    let mut rows: Vec<String> = rows.map(|r| format!("{r},")).collect();
    if let Some(last) = rows.last_mut() {
        last.pop();
    }
    lines.extend(rows);
    lines.push("],".to_owned());
}

fn reading(r: &Registry, x: &Reading) -> Value {
    let c = &r.conditions[x.condition];
    json!([
        r.dialects[x.dialect].key,
        x.value,
        x.name,
        c.id,
        c.category,
        c.origin,
        x.edition.as_deref().unwrap_or(&c.edition),
        x.since.text(),
        x.until.as_ref().map(Release::text),
        x.primary,
        [c.advice.retryable.key(), c.advice.maybe_applied.key(), c.advice.retryable_not_applied().key()],
    ])
}

/// Each code at each release in which one of its readings begins or ends, and beside the edges of what was read.
fn at(r: &Registry) -> impl Iterator<Item = Value> + '_ {
    r.codes().into_iter().flat_map(move |(d, v, range)| {
        let mut releases: BTreeSet<Release> = BTreeSet::new();
        for x in &r.readings[range] {
            releases.insert(x.since.clone());
            releases.extend(x.until.clone());
            for (a, b) in &x.gaps {
                releases.extend([a.clone(), b.clone()]);
            }
        }
        // A code with one life from the first release on says nothing that `lookups` does not.
        if releases.len() < 2 {
            releases.clear();
        }
        // Each release's line too: 4.5 for 4.5.0.1.
        let lines: Vec<Release> = releases.iter().filter(|x| x.0.len() > 2).map(|x| Release(x.0[..2].to_vec())).collect();
        releases.extend(lines);
        releases.extend(Release::parse(&r.dialects[d].last).filter(|_| !releases.is_empty()));
        releases.into_iter().map(move |release| {
            let x = naive::lookup_at(r, d, v, &release);
            json!([r.dialects[d].key, v, release.text(), x.and_then(|x| x.name.as_ref()), x.map_or(0, |x| r.conditions[x.condition].id)])
        })
    })
}

fn unknown(r: &Registry) -> impl Iterator<Item = Value> + '_ {
    r.dialects.iter().enumerate().flat_map(move |(d, dialect)| {
        [i32::MIN, -4095, -1000, -99, 47, 88, 99, 109, 129, 159, 169, 219, 255, 256, 999, 1001, 1303, 1499, 65_535, i32::MAX]
            .into_iter()
            .filter(move |&v| !r.readings.iter().any(|x| x.dialect == d && x.value == v))
            .map(move |v| {
                let category = dialect.ranges.iter().find(|x| x.from <= v && v <= x.to).map_or("unknown", |x| &x.category);
                json!([dialect.key, v, category])
            })
    })
}

fn translations(r: &Registry, d: usize, v: i32) -> Value {
    let mut map = serde_json::Map::new();
    for (to, dialect) in r.dialects.iter().enumerate() {
        let (kind, values) = naive::translate(r, d, v, to);
        if kind != "none" {
            map.insert(dialect.key.clone(), json!([kind, values]));
        }
    }
    json!([r.dialects[d].key, v, map])
}

fn advice(r: &Registry, d: usize, v: i32) -> Value {
    let rows: Vec<Vec<String>> = (0..r.operations.len())
        .map(|op| {
            [None, Some(false), Some(true)]
                .into_iter()
                .map(|doubt| naive::advise(r, d, v, op, doubt).iter().map(|a| &a.key()[..1]).collect())
                .collect()
        })
        .collect();
    json!([r.dialects[d].key, v, rows])
}

fn names(r: &Registry) -> impl Iterator<Item = Value> + '_ {
    let all: BTreeSet<&str> = r.readings.iter().filter_map(|x| x.name.as_deref()).collect();
    all.into_iter().map(move |n| {
        let codes: Vec<Value> =
            r.readings.iter().filter(|x| x.name.as_deref() == Some(n)).map(|x| json!([r.dialects[x.dialect].key, x.value])).collect();
        json!([n, codes])
    })
}
