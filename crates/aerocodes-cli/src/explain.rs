//! `aerocodes explain`: what codes mean.

use aerocodes::{Answer, Code, Condition, Dialect, Operation, Predicates, Reading, Release, advise, lookup_at};
use anyhow::Result;
use serde_json::Value;

use crate::output::{BOLD, CODE, DIM, Out, Status, YELLOW, answer};
use crate::query::{self, Fault, Query};

#[derive(clap::Args)]
pub struct Args {
    /// A number (-8, 0x16), a name of any dialect, dialect:number, a condition, or pasted text; `-` reads lines from standard input.
    #[arg(required = true, allow_negative_numbers = true, value_name = "CODE")]
    codes: Vec<String>,

    /// Answer as of this release of the dialect's software, such as 4.1.0; a short one means its whole line.
    #[arg(long, value_name = "RELEASE")]
    release: Option<Release>,

    /// Read bare numbers and names in this dialect.
    #[arg(long, value_name = "DIALECT", value_parser = query::DialectKey, hide_possible_values = true)]
    dialect: Option<Dialect>,

    /// Advise for this operation: read, write, idempotent-write, transaction, query, admin.
    #[arg(long, value_name = "OPERATION", value_parser = operation)]
    operation: Option<Operation>,

    /// The client's in-doubt flag: true or false.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    in_doubt: Option<bool>,
}

impl Args {
    /// Arguments that are nothing but codes: no subcommand, no option; `None` for all else.
    pub fn of_codes(args: impl Iterator<Item = std::ffi::OsString>, is_command: impl Fn(&str) -> bool) -> Option<Self> {
        let codes: Vec<String> = args.map(|a| a.into_string().ok()).collect::<Option<_>>()?;
        let plain = |c: &String| !c.starts_with('-') || query::is_number(c);
        let ours = !is_command(codes.first()?) && codes.iter().all(plain);
        ours.then_some(Self { codes, release: None, dialect: None, operation: None, in_doubt: None })
    }
}

fn operation(key: &str) -> Result<Operation, String> {
    Operation::from_key(key)
        .ok_or_else(|| format!("known operations are {}", Operation::all().map(Operation::key).collect::<Vec<_>>().join(", ")))
}

pub fn run(args: &Args, out: &mut Out) -> Result<()> {
    out.collect("readings");
    for (i, text) in query::inputs(&args.codes)?.iter().enumerate() {
        if i > 0 && out.is_text() {
            out.line("");
        }
        let query = match (Query::parse(text), args.dialect) {
            (Ok(Query::Number(v)), Some(d)) => Ok(Query::Code(Code::new(d, v))),
            (Ok(Query::Name(all)), Some(d)) => match all.iter().find(|r| r.dialect() == d && !r.is_wrong()) {
                Some(r) => Ok(Query::Code(r.code())),
                None => Err(Fault::Unknown(format!(
                    "{}: {d} has no code of this name; it is {} elsewhere",
                    query::shown(text),
                    list_codes(&all)
                ))),
            },
            (q, _) => q,
        };
        match query {
            Ok(Query::Code(code)) => one(code, args, out)?,
            Ok(Query::Number(_)) if args.release.is_some() => {
                out.complain(
                    &format!(
                        "{}: a release belongs to one dialect; write dialect:number, as in server:{}",
                        query::shown(text),
                        text.trim()
                    ),
                    Status::Malformed,
                );
            }
            Ok(Query::Number(value)) => number(value, out)?,
            Ok(Query::Name(readings) | Query::Text(readings)) => {
                let mut codes: Vec<Code> = readings.iter().map(|r| r.code()).collect();
                codes.dedup();
                match codes[..] {
                    [only] => one(only, args, out)?,
                    _ => many(&readings, out)?,
                }
            }
            Ok(Query::Condition(c)) => condition(c, out)?,
            Err(Fault::Unknown(what)) => out.complain(&what, Status::Nothing),
            Err(Fault::Malformed(what)) => out.complain(&what, Status::Malformed),
        }
    }
    Ok(())
}

fn list_codes(readings: &[Reading]) -> String {
    readings.iter().map(|r| r.code().to_string()).collect::<Vec<_>>().join(", ")
}

/// One code of one dialect, in full.
fn one(code: Code, args: &Args, out: &mut Out) -> Result<()> {
    let now = code.lookup();
    let reading = args.release.map_or(now, |release| lookup_at(code.dialect, code.value, release));
    let mut shown: Vec<Reading> = code.readings().filter(|r| args.release.is_none_or(|release| r.holds_in(release))).collect();
    if let Some(at) = shown.iter().position(|r| *r == reading) {
        shown.swap(0, at);
        shown[1..].sort_by_key(|r| r.is_wrong());
    }
    if !reading.is_known() {
        shown.insert(0, reading);
        out.raise(Status::Nothing);
    }
    for r in &shown {
        let mut item = serde_json::to_value(r)?;
        if let (Some(operation), Value::Object(map)) = (args.operation, &mut item) {
            map.insert("advice".into(), serde_json::to_value(advise(code, operation, args.in_doubt))?);
        }
        out.item(&item)?;
    }
    if !out.is_text() {
        return Ok(());
    }
    heading(reading, out);
    match reading.condition() {
        Some(c) => known(reading, c, args, out),
        None => unknown(code, out),
    }
    history(code, reading, args.release, out);
    Ok(())
}

fn heading(r: Reading, out: &mut Out) {
    let name = r.name().map_or_else(|| format!("{DIM}no name{DIM:#}"), |n| format!("{BOLD}{n}{BOLD:#}"));
    out.line(format!("{CODE}{}{CODE:#}  {name}  {DIM}{}{DIM:#}", r.code(), r.dialect().title()));
}

fn known(r: Reading, c: Condition, args: &Args, out: &mut Out) {
    out.line(format!("  {}", c.summary()));
    out.line("");
    let condition = format!(
        "{} · {}{}",
        c.name(),
        c.category().title().to_lowercase(),
        if r.edition() == aerocodes::Edition::Enterprise { " · Enterprise only" } else { "" }
    );
    out.paragraph("condition", &condition);
    out.paragraph(
        "raised by",
        match c.origin() {
            aerocodes::Origin::Server => "the server",
            aerocodes::Origin::Client => "the client library",
            _ => "the server or the client library",
        },
    );
    let p = c.predicates();
    predicates(p.retryable, p.maybe_applied, p.retryable_not_applied, out);
    if let Some(operation) = args.operation {
        let a = advise(r.code(), operation, args.in_doubt);
        out.line(format!(
            "  {BOLD}{}{}{BOLD:#}",
            operation.title(),
            args.in_doubt.map_or("", |d| if d { ", in doubt" } else { ", not in doubt" })
        ));
        predicates(a.retryable, a.maybe_applied, a.retryable_not_applied, out);
        out.paragraph("so", a.rule());
    }
    out.line("");
    out.paragraph("cause", c.cause());
    for (i, part) in split_remedy(c.remedy()).enumerate() {
        out.paragraph(if i == 0 { "fix" } else { "" }, part);
    }
    out.paragraph("why", c.reason());
    let folds: Vec<&str> = r.folds().map(Condition::name).collect();
    if !folds.is_empty() {
        out.paragraph("also means", &folds.join(", "));
    }
    if let Some(e) = r.erratum() {
        out.paragraph("note", e);
    }
    out.paragraph("elsewhere", &elsewhere(c, r.dialect()));
    for s in c.subcodes() {
        out.paragraph(if s.value() == 1 { "subcodes" } else { "" }, &format!("{} {}: {}", s.value(), s.name(), s.summary()));
    }
    for (i, s) in c.sources().enumerate() {
        out.paragraph(if i == 0 { "sources" } else { "" }, s);
    }
    for (i, s) in c.docs().enumerate() {
        out.paragraph(if i == 0 { "read on" } else { "" }, s);
    }
}

/// What operators and what developers do, a paragraph each.
fn split_remedy(text: &str) -> impl Iterator<Item = &str> {
    let at = text.find("Developers:").filter(|&at| at > 0).unwrap_or(text.len());
    let (a, b) = text.split_at(at);
    [a.trim(), b.trim()].into_iter().filter(|s| !s.is_empty())
}

fn predicates(retryable: Answer, applied: Answer, safe: Answer, out: &mut Out) {
    out.line(format!(
        "  {DIM}retry       {DIM:#}{}   {DIM}maybe applied{DIM:#} {}   {DIM}safe to repeat{DIM:#} {}",
        answer(retryable, Answer::Yes),
        answer(applied, Answer::No),
        answer(safe, Answer::Yes)
    ));
}

/// The condition's live codes in the other dialects in use, as `go -11, ruby -11`.
fn elsewhere(c: Condition, but: Dialect) -> String {
    let mut seen: Vec<(Dialect, i32)> = Vec::new();
    let live =
        c.readings().filter(|r| r.dialect() != but && !r.is_retired() && !r.is_wrong() && r.dialect().kind() != aerocodes::Kind::Log);
    for r in live {
        if !seen.contains(&(r.dialect(), r.value())) {
            seen.push((r.dialect(), r.value()));
        }
    }
    if seen.is_empty() {
        return "no other dialect has it".to_owned();
    }
    // Dialects that agree stand together.
    let mut values: Vec<i32> = seen.iter().map(|s| s.1).collect();
    values.sort_unstable();
    values.dedup();
    let group = |v: i32| seen.iter().filter(|s| s.1 == v).map(|s| s.0.key()).collect::<Vec<_>>().join(", ");
    values.into_iter().map(|v| format!("{v} in {}", group(v))).collect::<Vec<_>>().join("; ")
}

fn unknown(code: Code, out: &mut Out) {
    let d = code.dialect;
    let (first, last) = d.covered();
    out.line(format!("  Nothing is known about this number ({} {first} to {last}).", d.software()));
    out.line("");
    match d.range_of(code.value) {
        Some((from, to, category)) => {
            let range = if from == i32::MIN { "below zero".to_owned() } else { format!("from {from} to {to}") };
            out.paragraph("range", &format!("Numbers {range} belong to: {}.", category.title().to_lowercase()));
        }
        None => out.paragraph("range", "It lies outside every range that this dialect uses."),
    }
    let advice = advise(code, Operation::WRITE, None);
    predicates(advice.retryable, advice.maybe_applied, advice.retryable_not_applied, out);
    out.paragraph("so", advice.rule());
    let others: Vec<Reading> = aerocodes::readings(code.value).filter(|r| !r.is_wrong() && r.dialect() != d).collect();
    if !others.is_empty() {
        let mut names: Vec<String> = others.iter().filter_map(|r| Some(format!("{} {}", r.dialect(), r.name()?))).collect();
        names.dedup();
        names.truncate(6);
        out.paragraph("elsewhere", &names.join(", "));
    }
}

/// The code's other readings, and what other releases say.
fn history(code: Code, shown: Reading, release: Option<Release>, out: &mut Out) {
    if let Some(release) = release {
        out.paragraph("as of", &format!("{} {release}{}", code.dialect.software(), outside(code.dialect, release)));
    } else if let (true, Some(until)) = (shown.is_retired(), shown.until()) {
        out.paragraph(
            "retired",
            &format!(
                "Last in {} {until}; the newest release read, {}, does not have it.",
                code.dialect.software(),
                code.dialect.covered().1
            ),
        );
    }
    let others: Vec<Reading> = code.readings().filter(|r| *r != shown).collect();
    if let (Some(since), true) = (shown.since(), shown.until().is_some() || !others.is_empty() || release.is_some()) {
        out.paragraph("releases", &span(since, shown.until(), shown));
    }
    for r in others {
        let Some(since) = r.since() else { continue };
        let what = if r.is_wrong() {
            format!("{YELLOW}documented, but wrong{YELLOW:#}: {}", r.name().unwrap_or("-"))
        } else {
            r.name().unwrap_or("no name").to_owned()
        };
        let same = r.condition() == shown.condition();
        let meaning = r.condition().filter(|_| !same).map_or(String::new(), |c| format!(", another meaning: {}", c.name()));
        let note = r.erratum().filter(|_| r.is_wrong() || !same).map_or(String::new(), |e| format!(" — {e}"));
        out.paragraph("other name", &format!("{what}, {}{meaning}{note}", span(since, r.until(), r)));
    }
    if !shown.is_known() {
        return;
    }
    if let Some(introduced) = shown.introduced() {
        out.paragraph("introduced", &format!("in {} {introduced}", code.dialect.software()));
    }
}

fn outside(d: Dialect, release: Release) -> String {
    let (first, last) = d.covered();
    if release < first && !first.to_string().starts_with(&release.to_string()) {
        format!(" (older than the releases read, {first} to {last})")
    } else if release > last && !last.to_string().starts_with(&release.to_string()) {
        format!(" (newer than the releases read, {first} to {last})")
    } else {
        String::new()
    }
}

fn span(since: Release, until: Option<Release>, r: Reading) -> String {
    let gaps: Vec<String> = r.gaps().map(|(a, b)| format!("{a} to {b}")).collect();
    let gaps = if gaps.is_empty() { String::new() } else { format!(", not in {}", gaps.join(", ")) };
    match until {
        Some(u) if u == since => format!("only in {since}{gaps}"),
        Some(u) => format!("from {since} to {u}{gaps}"),
        None => format!("from {since} on{gaps}"),
    }
}

/// Every meaning of a bare number.
fn number(value: i32, out: &mut Out) -> Result<()> {
    let readings: Vec<Reading> = aerocodes::readings(value).collect();
    if readings.is_empty() {
        out.complain(
            &format!("{value}: no dialect has this number; with a dialect, as in server:{value}, its range tells what it belongs to"),
            Status::Nothing,
        );
        return Ok(());
    }
    many(&readings, out)
}

/// Several readings, grouped by what they mean.
fn many(readings: &[Reading], out: &mut Out) -> Result<()> {
    for r in readings {
        out.item(r)?;
    }
    if !out.is_text() {
        return Ok(());
    }
    let mut groups: Vec<(Option<Condition>, Vec<Reading>)> = Vec::new();
    for r in readings {
        match groups.iter_mut().find(|g| g.0 == r.condition()) {
            Some(g) => g.1.push(*r),
            None => groups.push((r.condition(), vec![*r])),
        }
    }
    let same_value = readings.iter().all(|r| r.value() == readings[0].value());
    let title = if same_value { readings[0].value().to_string() } else { readings[0].name().unwrap_or("-").to_owned() };
    let meanings = if groups.len() == 1 { "one meaning".to_owned() } else { format!("{} meanings", groups.len()) };
    out.line(format!("{CODE}{title}{CODE:#} has {meanings} in {} readings.", readings.len()));
    for (c, group) in &groups {
        out.line("");
        if let Some(c) = c {
            out.line(format!("{BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}", c.name(), c.category().title().to_lowercase()));
            out.line(format!("  {}", c.summary()));
            let Predicates { retryable, maybe_applied, retryable_not_applied } = c.predicates();
            predicates(retryable, maybe_applied, retryable_not_applied, out);
        }
        let mut spellings: Vec<(String, Vec<String>)> = Vec::new();
        for r in group {
            let name = r.name().unwrap_or("no name").to_owned();
            let mut at = if same_value { r.dialect().key().to_owned() } else { r.code().to_string() };
            if r.is_wrong() {
                at += " (documented, but wrong)";
            } else if let (true, Some(since), Some(until)) = (r.is_retired(), r.since(), r.until()) {
                at += &format!(" ({since} to {until})");
            }
            match spellings.iter_mut().find(|s| s.0 == name) {
                Some(s) => s.1.push(at),
                None => spellings.push((name, vec![at])),
            }
        }
        let widest = spellings.iter().map(|s| s.0.len()).max().unwrap_or(0).min(34);
        for (name, at) in spellings {
            let room = out.width.min(100).saturating_sub(widest + 6).max(24);
            for (i, part) in textwrap::wrap(&at.join(", "), room).iter().enumerate() {
                let name = if i == 0 { name.as_str() } else { "" };
                out.line(format!("    {name:<widest$}  {DIM}{part}{DIM:#}"));
            }
        }
    }
    let example = readings.iter().find(|r| !r.is_wrong()).map_or(readings[0].code(), |r| r.code());
    out.line("");
    out.line(format!("{DIM}In full, with cause and fix: aerocodes {example}{DIM:#}"));
    Ok(())
}

/// A condition by its name.
fn condition(c: Condition, out: &mut Out) -> Result<()> {
    let readings: Vec<Reading> = c.readings().filter(|r| !r.is_wrong()).collect();
    for r in &readings {
        out.item(r)?;
    }
    if out.is_text() {
        out.line(format!("{BOLD}{}{BOLD:#}  {DIM}condition {}{DIM:#}", c.name(), c.id()));
        if let Some(first) = readings.first() {
            known(*first, c, &Args { codes: vec![], release: None, dialect: None, operation: None, in_doubt: None }, out);
        }
    }
    Ok(())
}
