//! `examples/expected.txt`: what the example program prints in every language.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use super::{Output, naive};
use crate::registry::Registry;

/// The codes that the example explains and the findings that it must print, both reviewed by hand.
const CODES: &str = include_str!("../../../examples/data/codes.txt");
const FOUND: &str = include_str!("../../../examples/data/trace.expected");

pub fn outputs(r: &Registry) -> Result<Vec<Output>> {
    let place = |key: &str| r.dialects.iter().position(|d| d.key == key).with_context(|| format!("no dialect {key}"));
    let write = r.operations.iter().position(|o| o.key == "write").context("no operation write")?;
    let mut o = String::new();
    for line in CODES.lines().filter(|l| !l.is_empty()) {
        let (key, value) = line.split_once(' ').context("examples/data/codes.txt: a line is a dialect, a space and a number")?;
        let (dialect, value): (usize, i32) = (place(key)?, value.parse()?);
        let reading = naive::lookup(r, dialect, value);
        let condition = reading.map(|x| &r.conditions[x.condition]);
        let category = condition.map_or_else(
            || r.dialects[dialect].ranges.iter().find(|x| (x.from..=x.to).contains(&value)).map_or("unknown", |x| &x.category),
            |c| &c.category,
        );
        writeln!(
            o,
            "{key}:{value} {} = {} [{category}]",
            reading.and_then(|x| x.name.as_deref()).unwrap_or("-"),
            condition.map_or("-", |c| &c.name)
        )?;
        writeln!(o, "  {}", condition.map_or("-", |c| &c.summary))?;
        let [retry, applied, safe] = naive::advise(r, dialect, value, write, None).map(|a| a.key());
        writeln!(o, "  write: retry {retry}, applied {applied}, safe {safe}")?;
        let (kind, values) = naive::translate(r, dialect, value, place("go")?);
        let values: Vec<String> = values.iter().map(i32::to_string).collect();
        writeln!(o, "  go: {kind} {}", if values.is_empty() { "-".to_owned() } else { values.join(", ") })?;
    }
    Ok(vec![Output::new("examples/expected.txt", o + FOUND)])
}
