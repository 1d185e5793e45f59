//! The `aerocodes` command: explains, translates, searches and lists Aerospike status codes.

mod explain;
mod list;
mod output;
mod query;
mod recognize;
mod report;
mod scan;
mod search;
mod translate;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};

use output::{Format, Out, Status};

const EXAMPLES: &str = "\
Examples:
  aerocodes -8                              every meaning of -8, in all clients
  aerocodes java:-8                         what the Java client means by it, and what to do
  aerocodes explain server:15 --release 4.6 as of a release
  aerocodes AS_ERR_FORBIDDEN 0x16 legacy:602
  aerocodes translate nodejs-1.0:602 --to java
  aerocodes search hot key
  aerocodes recognize trace.txt             the codes in any text
  aerocodes scan --since 2h /var/log/app    what, how often, when

Exit status: 0 answered; 1 nothing known; 2 not understood; 3 could not read; 4 what `scan --fail-on` names was found. With several inputs, the highest.";

/// Kept beside the parser's own list, which costs time to build; a test compares them.
const SUBCOMMANDS: [&str; 9] = ["explain", "translate", "search", "recognize", "scan", "list", "dialects", "completions", "man"];

/// Every Aerospike status code, in every client's numbering: what it means, who raised it, whether the write happened,
/// whether to retry, what to fix.
#[derive(Parser)]
#[command(name = "aerocodes", version, after_help = EXAMPLES, max_term_width = 100, arg_required_else_help = true, disable_help_subcommand = true)]
struct Args {
    #[command(subcommand)]
    command: Command,

    /// How to print the answer.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// When to use colour; NO_COLOR and CLICOLOR are respected.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Say what codes mean: numbers, names, dialect:number; a bare number gives every meaning.
    Explain(explain::Args),
    /// Say codes in the terms of other dialects.
    Translate(translate::Args),
    /// Find conditions by words; typing errors are forgiven.
    Search(search::Args),
    /// Find the codes in any text and explain them in place.
    Recognize(recognize::Args),
    /// Find the codes in whole logs: how often, when, what to do.
    Scan(scan::Args),
    /// List every reading of every code, or every condition.
    List(list::Args),
    /// List the dialects: the numberings that codes come in.
    Dialects,
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in roff.
    Man,
}

fn main() -> ExitCode {
    // The commonest call needs none of the parser, which takes as long to set up as the answer takes.
    let args = match explain::Args::of_codes(std::env::args_os().skip(1), |a| SUBCOMMANDS.contains(&a)) {
        Some(codes) => Args { command: Command::Explain(codes), format: Format::Text, color: Color::Auto },
        None => Args::parse_from(with_default_command(std::env::args_os())),
    };
    match args.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let mut out = Out::new(args.format);
    let result = match args.command {
        Command::Explain(a) => explain::run(&a, &mut out),
        Command::Translate(a) => translate::run(&a, &mut out),
        Command::Search(a) => search::run(&a, &mut out),
        Command::Recognize(a) => recognize::run(&a, &mut out),
        Command::Scan(a) => scan::run(&a, &mut out),
        Command::List(a) => list::run(&a, &mut out),
        Command::Dialects => list::dialects(&mut out),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "aerocodes", &mut script);
            out.raw(&script)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Args::command()).render(&mut page).map_err(Into::into).and_then(|()| out.raw(&page))
        }
    };
    let finished = result.and_then(|()| out.finish());
    match finished {
        Ok(()) => out.status().into(),
        Err(e) if output::is_closed_pipe(&e) => out.status().into(),
        Err(e) => {
            let _ = writeln!(std::io::stderr(), "aerocodes: {e:#}");
            Status::Unreadable.into()
        }
    }
}

/// `aerocodes -8` means `aerocodes explain -8`: a first argument that is no subcommand is a code.
fn with_default_command(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    const OPTIONS_WITH_VALUE: [&str; 5] = ["--format", "--color", "--release", "--dialect", "--operation"];
    let mut args: Vec<OsString> = args
        .map(|a| match a.to_str().and_then(query::negative_hexadecimal) {
            Some(decimal) => decimal.into(),
            None => a,
        })
        .collect();
    let mut i = 1;
    while let Some(arg) = args.get(i) {
        let text = arg.to_string_lossy();
        if text.starts_with("--") && text.len() > 2 {
            i += if OPTIONS_WITH_VALUE.contains(&text.as_ref()) { 2 } else { 1 };
        } else if text.starts_with('-') && text.len() > 1 && !query::is_number(&text) && text != "--" {
            break;
        } else {
            if !SUBCOMMANDS.contains(&text.as_ref()) {
                args.insert(1, "explain".into());
            }
            break;
        }
    }
    args
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subcommand_is_known_to_the_default() {
        let names: Vec<String> = Args::command().get_subcommands().map(|c| c.get_name().to_owned()).collect();
        assert_eq!(names, SUBCOMMANDS);
        Args::command().debug_assert();
    }
}
