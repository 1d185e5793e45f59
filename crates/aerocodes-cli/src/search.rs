//! `aerocodes search`: conditions by words.

use aerocodes::Dialect;
use anyhow::Result;
use serde_json::Value;

use crate::output::{BOLD, DIM, Out, Status};
use crate::query;

#[derive(clap::Args)]
pub struct Args {
    /// Words that describe what happened, or parts of names.
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,

    /// The most conditions to show.
    #[arg(long, value_name = "N", default_value_t = 8)]
    limit: usize,
}

pub fn run(args: &Args, out: &mut Out) -> Result<()> {
    out.collect("conditions");
    let words = args.words.join(" ");
    let hits = aerocodes::search(&words);
    if hits.as_slice().is_empty() {
        out.complain(&format!("{}: nothing fits these words", query::shown(&words)), Status::Nothing);
    }
    for hit in hits.as_slice().iter().take(args.limit) {
        let c = hit.condition;
        let mut item = serde_json::to_value(c)?;
        if let Value::Object(map) = &mut item {
            map.insert("score".into(), hit.score.into());
        }
        out.item(&item)?;
        if out.is_text() {
            let mut codes: Vec<String> = Vec::new();
            for d in [Dialect::SERVER, Dialect::C, Dialect::JAVA, Dialect::GO] {
                codes.extend(c.readings().find(|r| r.dialect() == d && !r.is_wrong()).map(|r| r.code().to_string()));
            }
            if codes.is_empty() {
                codes.extend(c.readings().next().map(|r| r.code().to_string()));
            }
            out.line(format!("{BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}", c.name(), codes.join(" ")));
            out.line(format!("  {}", c.summary()));
        }
    }
    Ok(())
}
