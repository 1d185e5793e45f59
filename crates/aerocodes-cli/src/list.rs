//! `aerocodes list` and `aerocodes dialects`: everything there is.

use aerocodes::{Category, Condition, Dialect, Kind};
use anyhow::Result;
use serde_json::json;

use crate::output::{Out, table};
use crate::query;

#[derive(clap::Args)]
pub struct Args {
    /// Only this dialect.
    #[arg(long, value_name = "DIALECT", value_parser = query::DialectKey, hide_possible_values = true)]
    dialect: Option<Dialect>,

    /// Only this category, such as security.
    #[arg(long, value_name = "CATEGORY", value_parser = category)]
    category: Option<Category>,

    /// List conditions instead of readings.
    #[arg(long)]
    conditions: bool,
}

fn category(key: &str) -> Result<Category, String> {
    Category::all()
        .find(|c| c.key() == key)
        .ok_or_else(|| format!("known categories are {}", Category::all().map(Category::key).collect::<Vec<_>>().join(", ")))
}

pub fn run(args: &Args, out: &mut Out) -> Result<()> {
    if args.conditions { conditions(args, out) } else { readings(args, out) }
}

fn readings(args: &Args, out: &mut Out) -> Result<()> {
    out.collect("readings");
    let mut rows = Vec::new();
    let (mut codes, mut last) = (0, None);
    for r in Dialect::all().filter(|d| args.dialect.is_none_or(|x| x == *d)).flat_map(Dialect::readings) {
        if args.category.is_some_and(|c| c != r.category()) {
            continue;
        }
        codes += usize::from(last != Some(r.code()));
        last = Some(r.code());
        out.item(&r)?;
        if out.is_text() {
            let text = |o: Option<aerocodes::Release>| o.map_or(String::new(), |r| r.to_string());
            rows.push(vec![
                r.code().to_string(),
                r.name().unwrap_or("").to_owned(),
                r.condition().map_or("", Condition::name).to_owned(),
                text(r.since()),
                if r.is_wrong() { "wrong".to_owned() } else { text(r.until()) },
            ]);
        }
    }
    if out.is_text() {
        let count = rows.len();
        let header = ["code", "name", "condition", "since", "until"].map(str::to_owned);
        out.line(table(&header, rows, out.width));
        out.line(format!("{count} readings of {codes} codes"));
    }
    Ok(())
}

fn conditions(args: &Args, out: &mut Out) -> Result<()> {
    out.collect("conditions");
    let mut rows = Vec::new();
    for c in Condition::all() {
        if args.category.is_some_and(|x| x != c.category()) || args.dialect.is_some_and(|d| !c.readings().any(|r| r.dialect() == d)) {
            continue;
        }
        out.item(&c)?;
        if out.is_text() {
            let p = c.predicates();
            rows.push(vec![
                c.name().to_owned(),
                c.category().to_string(),
                p.retryable.to_string(),
                p.maybe_applied.to_string(),
                c.summary().to_owned(),
            ]);
        }
    }
    if out.is_text() {
        let count = rows.len();
        let header = ["condition", "category", "retry", "applied", "summary"].map(str::to_owned);
        out.line(table(&header, rows, out.width));
        out.line(format!("{count} conditions"));
    }
    Ok(())
}

/// Every dialect.
pub fn dialects(out: &mut Out) -> Result<()> {
    out.collect("dialects");
    let mut rows = Vec::new();
    for d in Dialect::all() {
        let (first, last) = d.covered();
        let kind = match d.kind() {
            Kind::Current => "current",
            Kind::Legacy => "legacy",
            _ => "log",
        };
        let (mut codes, mut before) = (0, None);
        for r in d.readings() {
            codes += usize::from(before != Some(r.value()));
            before = Some(r.value());
        }
        let aliases: Vec<&str> = d.aliases().collect();
        out.item(&json!({
            "dialect": d.key(), "aliases": aliases, "title": d.title(), "kind": kind, "software": d.software(),
            "first": first, "last": last, "codes": codes, "readings": d.readings().count(), "repository": d.repository(), "errata": d.errata().collect::<Vec<_>>(),
        }))?;
        rows.push(vec![d.key().to_owned(), d.title().to_owned(), kind.to_owned(), format!("{first} – {last}"), codes.to_string()]);
    }
    if out.is_text() {
        let header = ["key", "dialect", "kind", "releases", "codes"].map(str::to_owned);
        out.line(table(&header, rows, out.width));
    }
    Ok(())
}
