//! `aerocodes translate`: codes in the terms of other dialects.

use aerocodes::{Code, Condition, Dialect, Translation, TranslationKind, translate};
use anyhow::Result;

use crate::output::{BOLD, CODE, DIM, GREEN, Out, RED, Status, YELLOW};
use crate::query::{self, Fault, Query};

#[derive(clap::Args)]
pub struct Args {
    /// dialect:number, dialect:NAME, or a name that one code has; `-` reads lines from standard input.
    #[arg(required = true, allow_negative_numbers = true, value_name = "CODE")]
    codes: Vec<String>,

    /// The dialect to translate to; may be repeated. Every dialect when it is left out.
    #[arg(long, value_name = "DIALECT", value_parser = query::DialectKey, hide_possible_values = true)]
    to: Vec<Dialect>,

    /// Read bare numbers in this dialect.
    #[arg(long, value_name = "DIALECT", value_parser = query::DialectKey, hide_possible_values = true)]
    dialect: Option<Dialect>,
}

pub fn run(args: &Args, out: &mut Out) -> Result<()> {
    out.collect("translations");
    for (i, text) in query::inputs(&args.codes)?.iter().enumerate() {
        let code = match Query::parse(text) {
            Ok(Query::Code(c)) => c,
            Ok(Query::Number(v)) => match args.dialect {
                Some(d) => Code::new(d, v),
                None => {
                    out.complain(
                        &format!(
                            "{}: a number alone has readings in several dialects; write dialect:number, as in java:{v}",
                            query::shown(text)
                        ),
                        Status::Malformed,
                    );
                    continue;
                }
            },
            Ok(Query::Name(all) | Query::Text(all)) => {
                let mut codes: Vec<Code> = all.iter().filter(|r| args.dialect.is_none_or(|d| r.dialect() == d)).map(|r| r.code()).collect();
                codes.dedup();
                if codes.len() != 1 {
                    let list: Vec<String> = codes.iter().map(Code::to_string).collect();
                    out.complain(
                        &format!("{}: the name may mean {}; say which, with its dialect", query::shown(text), list.join(", ")),
                        Status::Malformed,
                    );
                    continue;
                }
                codes[0]
            }
            Ok(Query::Condition(c)) => {
                out.complain(
                    &format!("{}: this is a condition, which every dialect spells itself; see `aerocodes explain {c}`", query::shown(text)),
                    Status::Malformed,
                );
                continue;
            }
            Err(Fault::Unknown(what)) => {
                out.complain(&what, Status::Nothing);
                continue;
            }
            Err(Fault::Malformed(what)) => {
                out.complain(&what, Status::Malformed);
                continue;
            }
        };
        if i > 0 && out.is_text() {
            out.line("");
        }
        one(code, args, out)?;
    }
    Ok(())
}

fn one(code: Code, args: &Args, out: &mut Out) -> Result<()> {
    let all: Vec<Dialect> = if args.to.is_empty() { Dialect::all().filter(|d| *d != code.dialect).collect() } else { args.to.clone() };
    let translations: Vec<Translation> = all.iter().map(|d| translate(code, *d)).collect();
    if translations.iter().all(|t| t.kind == TranslationKind::None) {
        out.raise(Status::Nothing);
    }
    for t in &translations {
        out.item(t)?;
    }
    if !out.is_text() {
        return Ok(());
    }
    let from = code.lookup();
    out.line(format!(
        "{CODE}{code}{CODE:#}  {BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}",
        from.name().unwrap_or("no name"),
        from.condition().map_or("nothing known", Condition::name)
    ));
    let widest = translations.iter().map(|t| t.to.key().len()).max().unwrap_or(0);
    for t in &translations {
        let style = match t.kind {
            TranslationKind::Exact => GREEN,
            TranslationKind::Folded => YELLOW,
            TranslationKind::None => RED,
        };
        let head = format!("  {:<widest$}  {style}{:<6}{style:#}", t.to.key(), t.kind.key());
        let mut first = true;
        for r in t.targets() {
            let lead = if first { head.clone() } else { format!("  {:<widest$}  {:<6}", "", "") };
            let retired = r.until().map_or(String::new(), |u| format!(" {DIM}(last in {u}){DIM:#}"));
            let also: Vec<&str> = r.folds().map(Condition::name).collect();
            let also = if also.is_empty() { String::new() } else { format!(" {DIM}(stands for {} too){DIM:#}", also.join(", ")) };
            out.line(format!("{lead} {:>5}  {}{retired}{also}", r.value(), r.name().unwrap_or("no name")));
            first = false;
        }
        if first {
            out.line(format!("  {:<widest$}  {style}{}{style:#}", t.to.key(), t.kind.key()));
        }
        if translations.len() == 1 {
            out.paragraph("", t.reason());
            let folds: Vec<&str> = from.folds().map(Condition::name).collect();
            if !folds.is_empty() {
                out.paragraph("stands for", &format!("{}, {}", from.condition().map_or("-", Condition::name), folds.join(", ")));
            }
        }
    }
    Ok(())
}
