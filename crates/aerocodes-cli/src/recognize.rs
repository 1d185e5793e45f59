//! `aerocodes recognize`: the codes in any text.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use aerocodes::Condition;
use aerocodes_scan::{Finding, Options};
use anyhow::Result;
use serde_json::Value;
use textwrap::core::display_width;

use crate::output::{BOLD, CODE, DIM, Format, Out, Status, YELLOW, answer};
use aerocodes::Answer;

#[derive(clap::Args)]
pub struct Args {
    /// Files with any text: a stack trace, a log, a terminal paste. `-`, or none, is standard input.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Let a known name such as KEY_BUSY count wherever it stands, without a sign of Aerospike near it.
    #[arg(long)]
    bare_words: bool,
}

/// How many lines around a finding are shown.
const CONTEXT: usize = 2;

pub fn run(args: &Args, out: &mut Out) -> Result<()> {
    out.collect("findings");
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &stdin[..] } else { &args.files };
    let options = Options::new().bare_words(args.bare_words);
    let mut found = false;
    for file in files {
        let read = if file.as_os_str() == "-" {
            let mut text = Vec::new();
            std::io::stdin().read_to_end(&mut text).map(|_| text)
        } else {
            std::fs::read(file)
        };
        let text = match read {
            Ok(text) => text,
            Err(e) => {
                let hint = if e.kind() == std::io::ErrorKind::NotFound { "; text itself is read from standard input" } else { "" };
                out.complain(&format!("{} cannot be read: {e}{hint}", shown(file)), Status::Unreadable);
                continue;
            }
        };
        let findings: Vec<Finding<'_>> = options.recognize_bytes(&text).collect();
        found |= !findings.is_empty();
        if out.is_text() {
            if files.len() > 1 {
                out.line(format!("{BOLD}{}{BOLD:#}", shown(file)));
            }
            annotate(&text, &findings, out);
            continue;
        }
        for f in &findings {
            let mut item = serde_json::to_value(f)?;
            if let Value::Object(map) = &mut item {
                if files.len() > 1 {
                    map.insert("file".into(), shown(file).into());
                }
                if out.format == Format::Csv {
                    // One value a cell.
                    for (from, keys) in [("release", ["since", "until"]), ("confidence", ["level", "why"])] {
                        let whole = map.shift_remove(from).unwrap_or_default();
                        for key in keys {
                            map.insert(format!("{from}_{key}"), whole[key].clone());
                        }
                    }
                }
            }
            out.row(&item, &["dialect", "value", "name", "condition", "start", "end", "in_doubt"])?;
        }
    }
    if !found && out.status() < Status::Unreadable {
        out.complain("no Aerospike code was found in this text", Status::Nothing);
    }
    Ok(())
}

/// A path as a terminal may show it.
pub fn shown(path: &Path) -> String {
    printable(path.to_string_lossy().as_bytes())
}

/// The lines with findings and those around them; under each finding its explanation.
fn annotate(text: &[u8], findings: &[Finding<'_>], out: &mut Out) {
    let mut lines: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(|b| *b == b'\n') {
        lines.push((start, start + line.len() - usize::from(line.ends_with(b"\n"))));
        start += line.len();
    }
    let line_of = |at: usize| lines.partition_point(|(s, _)| *s <= at).saturating_sub(1);
    let on: Vec<usize> = findings.iter().map(|f| line_of(f.start)).collect();
    let margin = on.last().map_or(1, |l| (l + CONTEXT).to_string().len());
    let mut next = 0;
    let mut i = 0;
    while i < findings.len() {
        let line = on[i];
        let last = i + on[i..].iter().take_while(|l| **l == line).count();
        let from = line.saturating_sub(CONTEXT).max(next);
        if from > next || (next == 0 && from > 0) {
            out.line(format!("{DIM}{:>margin$} ⋮{DIM:#}", ""));
        }
        for (n, (s, e)) in lines.iter().enumerate().take(line).skip(from) {
            plain(n, &text[*s..*e], margin, out);
        }
        annotated(line, text, lines[line], &findings[i..last], margin, out);
        // Lines behind it, as far as no other finding stands there.
        let until = (line + 1 + CONTEXT).min(on.get(last).copied().unwrap_or(usize::MAX)).min(lines.len());
        for (n, (s, e)) in lines.iter().enumerate().take(until).skip(line + 1) {
            plain(n, &text[*s..*e], margin, out);
        }
        next = until;
        i = last;
    }
    if next < lines.len() && next > 0 {
        out.line(format!("{DIM}{:>margin$} ⋮{DIM:#}", ""));
    }
}

fn plain(n: usize, line: &[u8], margin: usize, out: &mut Out) {
    let room = out.width.saturating_sub(margin + 3);
    let text = printable(&line[..line.len().min(room * 4)]);
    out.line(format!("{DIM}{:>margin$} │{DIM:#} {}", n + 1, clip(&text, room)));
}

/// Rows that a line may take before only what stands around a finding is shown.
const ROWS: usize = 8;

fn annotated(n: usize, text: &[u8], (start, end): (usize, usize), findings: &[Finding<'_>], margin: usize, out: &mut Out) {
    let room = out.width.saturating_sub(margin + 3).max(20);
    if end - start > room * ROWS {
        // A line too long for the terminal: what stands around each finding.
        for f in findings {
            let (column, width, shown) = around(&text[start..end], f.start - start, f.end.min(end) - start, room);
            out.line(format!("{DIM}{:>margin$} │{DIM:#} {shown}", n + 1));
            out.line(format!("{DIM}{:>margin$} │{DIM:#} {}{YELLOW}{}{YELLOW:#}", "", " ".repeat(column), "~".repeat(width)));
            explain(f, margin, out);
        }
        return;
    }
    // The line in pieces, inside and outside of spans; a span inside another one is part of it.
    let mut pieces: Vec<(String, bool)> = Vec::new();
    let mut at = start;
    for f in findings.iter().filter(|f| f.end > f.start) {
        let (from, to) = (f.start.max(at), f.end.min(end).max(at));
        pieces.push((printable(&text[at..from]), false));
        pieces.push((printable(&text[from..to]), true));
        at = to;
    }
    pieces.push((printable(&text[at..end]), false));
    let (mut row, mut under, mut width, mut first) = (String::new(), String::new(), 0, true);
    let mut flush = |row: &mut String, under: &mut String, out: &mut Out| {
        let number = if first { (n + 1).to_string() } else { String::new() };
        first = false;
        out.line(format!("{DIM}{number:>margin$} │{DIM:#} {row}"));
        if under.contains('~') {
            out.line(format!("{DIM}{:>margin$} │{DIM:#} {YELLOW}{}{YELLOW:#}", "", under.trim_end()));
        }
        row.clear();
        under.clear();
    };
    for (piece, inside) in &pieces {
        let mut run = String::new();
        let close = |run: &mut String, row: &mut String| {
            if *inside && !run.is_empty() {
                *row += &format!("{BOLD}{YELLOW}{run}{YELLOW:#}{BOLD:#}");
            } else {
                *row += run;
            }
            run.clear();
        };
        for c in piece.chars() {
            let w = display_width(c.encode_utf8(&mut [0; 4]));
            if width + w > room {
                close(&mut run, &mut row);
                flush(&mut row, &mut under, out);
                width = 0;
            }
            run.push(c);
            under.push_str(&if *inside { "~" } else { " " }.repeat(w));
            width += w;
        }
        close(&mut run, &mut row);
    }
    flush(&mut row, &mut under, out);
    for f in findings {
        explain(f, margin, out);
    }
}

/// A part of a line with a highlighted span: the span's column and width, and the text.
fn around(line: &[u8], from: usize, to: usize, room: usize) -> (usize, usize, String) {
    let inside = clip(&printable(&line[from..to.min(from + room * 4)]), room * 2 / 3);
    let width = display_width(&inside).max(1);
    let left = (room - width) / 2;
    let before = printable(&line[from.saturating_sub(left)..from]);
    let before: String = {
        let skip = display_width(&before).saturating_sub(left.saturating_sub(1));
        let cut = skip > 0 || from > left;
        let rest: String = before.chars().skip(skip).collect();
        if cut { format!("…{rest}") } else { rest }
    };
    let column = display_width(&before);
    let after = printable(&line[to..line.len().min(to + room * 4)]);
    let after = clip(&after, room.saturating_sub(column + width));
    (column, width, format!("{before}{BOLD}{YELLOW}{inside}{YELLOW:#}{BOLD:#}{after}"))
}

fn explain(f: &Finding<'_>, margin: usize, out: &mut Out) {
    let bar = format!("{DIM}{:>margin$} │{DIM:#}", "");
    let who = match (f.dialect, f.value) {
        (Some(d), Some(v)) => format!("{d}:{v}"),
        (Some(d), None) => d.to_string(),
        (None, Some(v)) => v.to_string(),
        (None, None) => "code unknown".to_owned(),
    };
    let name = f.reading().and_then(aerocodes::Reading::name).or(f.name).unwrap_or("");
    let condition = f.condition.map_or("", Condition::name);
    let mut head = format!("{CODE}{who}{CODE:#} {BOLD}{}{BOLD:#}", printable(name.as_bytes()));
    if !condition.is_empty() && condition != name {
        head += &format!(" = {condition}");
    }
    if f.nested {
        head += &format!(" {DIM}(inside another error){DIM:#}");
    }
    out.line(format!("{bar}   {head}"));
    let room = out.width.saturating_sub(margin + 5).clamp(30, 110);
    let line = |text: &str, out: &mut Out| {
        for part in textwrap::wrap(text, textwrap::Options::new(room).word_splitter(textwrap::WordSplitter::NoHyphenation)) {
            out.line(format!("{bar}   {part}"));
        }
    };
    if let Some(c) = f.condition {
        line(c.summary(), out);
        let p = c.predicates();
        out.line(format!(
            "{bar}   {DIM}retry{DIM:#} {}  {DIM}applied{DIM:#} {}  {DIM}safe to repeat{DIM:#} {}",
            answer(p.retryable, Answer::Yes),
            answer(p.maybe_applied, Answer::No),
            answer(p.retryable_not_applied, Answer::Yes)
        ));
    }
    let mut facts: Vec<String> = Vec::new();
    if f.dialect.is_none() {
        let all: Vec<&str> = f.candidates.iter().map(aerocodes::Dialect::key).collect();
        if !all.is_empty() {
            facts.push(format!("of {}", all.join(" or ")));
        }
    }
    if let Some(s) = f.subcode {
        let sub = f.condition.and_then(|c| c.subcode(s));
        facts.push(sub.map_or(format!("subcode {s}"), |x| format!("subcode {s} {}: {}", x.name(), x.summary())));
    }
    if let Some(d) = f.in_doubt {
        facts.push(if d { "in doubt: the write may have happened" } else { "not in doubt" }.to_owned());
    }
    facts.extend(f.node.map(|n| format!("node {}", printable(n.as_bytes()))));
    facts.extend(f.iteration.map(|i| format!("attempt {i}")));
    match f.release {
        (Some(a), Some(b)) => facts.push(format!("client {a} to {b}")),
        (Some(a), None) => facts.push(format!("client {a} or later")),
        (None, Some(b)) => facts.push(format!("client {b} or earlier")),
        (None, None) => {}
    }
    if !facts.is_empty() {
        line(&facts.join("; "), out);
    }
    let sure = format!("{:.0} % sure: {}", f64::from(f.confidence.level) * 100.0, f.confidence.why);
    for part in textwrap::wrap(&sure, textwrap::Options::new(room).word_splitter(textwrap::WordSplitter::NoHyphenation)) {
        out.line(format!("{bar}   {DIM}{part}{DIM:#}"));
    }
}

/// Bytes as a terminal may show them: no control characters, tabs as spaces, colours of the text itself dropped.
pub fn printable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\t' => out.push_str("    "),
            '\u{1b}' if chars.peek() == Some(&'[') => while chars.next().is_some_and(|c| !('@'..='~').contains(&c) || c == '[') {},
            '\r' => {}
            // Directional marks could make a line read as another one.
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('�'),
            c if c.is_control() => out.push('·'),
            c => out.push(c),
        }
    }
    out
}

fn clip(text: &str, room: usize) -> String {
    if display_width(text) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut width = 0;
    for c in text.chars() {
        width += display_width(c.encode_utf8(&mut [0; 4]));
        if width >= room {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_text_reaches_the_terminal_as_a_command() {
        assert_eq!(printable(b"a\tb\x1b[31mred\x1b[0m\x07\r"), "a    bred·");
        assert_eq!(printable("x\u{202e}y\u{9b}z".as_bytes()), "x�y·z");
        assert_eq!(printable(b"\xffok"), "�ok");
        assert_eq!(printable(b"\x1b["), "");
    }

    #[test]
    fn long_lines_are_shown_around_the_span() {
        let line = format!("{}Error 9{}", "x".repeat(500), "y".repeat(500));
        let (column, width, shown) = around(line.as_bytes(), 500, 507, 60);
        let plain = anstream::adapter::strip_str(&shown).to_string();
        assert!((58..=60).contains(&plain.chars().count()) && width == 7, "{plain}");
        let at: String = plain.chars().skip(column).take(width).collect();
        assert_eq!(at, "Error 9");
    }
}
