//! `aerocodes scan`: the codes in whole logs.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use aerocodes::{Answer, Dialect};
use aerocodes_scan::Options;
use aerocodes_scan::logs::{By, Filter, Group, Logs, Progress, Summary, Timestamp};
use anyhow::Result;
use serde_json::Value;

use crate::output::{self, BOLD, CODE, DIM, Format, Out, Status, answer};
use crate::recognize::{printable, shown};
use crate::report;

#[derive(clap::Args)]
#[command(after_help = "\
Filters: field=value, field!=value, field=a,b or confidence>=0.8. Fields: code (java:9, 9 or a name), condition, dialect, \
category, origin, edition, retryable, maybe_applied, retryable_not_applied, in_doubt, nested, node, confidence.

Examples:
  aerocodes scan app.log /var/log/app 'logs/**/*.gz'
  kubectl logs app | aerocodes scan -
  aerocodes scan --since 2h --where retryable=no --by code,node /var/log/app
  aerocodes scan --report out.html /var/log/app
  aerocodes scan --fail-on category=security,transaction test.log

Exit status: 0 found; 1 nothing found (0 with --fail-on); 2 not understood; 3 something could not be read (all else was \
scanned); 4 what --fail-on names was found.")]
pub struct Args {
    /// Files, folders (all below them), patterns such as 'logs/**/*.log', or `-` for standard input; gzip and zstd are unpacked.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How many threads; one for each processor unless said.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// Only what happened at this time or later: 2026-11-22T04:03:10Z, 2026-11-22, or how long ago: 90m, 2h, 7d.
    #[arg(long, value_name = "TIME")]
    since: Option<Timestamp>,

    /// Only what happened at this time or earlier.
    #[arg(long, value_name = "TIME")]
    until: Option<Timestamp>,

    /// The zone of times that name none.
    #[arg(long, value_name = "+HH:MM", default_value = "+00:00", value_parser = zone, allow_hyphen_values = true)]
    zone: i32,

    /// Only findings that pass this filter, such as category=timeout; several must all hold.
    #[arg(long = "where", value_name = "FILTER")]
    filters: Vec<Filter>,

    /// Group by code, dialect, node, file, or several of them.
    #[arg(long, visible_alias = "group-by", value_name = "KEYS", default_value = "code")]
    by: By,

    /// The most groups to show as text; 0 shows all.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,

    /// End with status 4 when a finding passes this filter; `any` is any finding. May be given several times.
    #[arg(long, value_name = "FILTER", value_parser = fail_on)]
    fail_on: Vec<FailOn>,

    /// Write a self-contained page about it.
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,

    /// Keep the first lines of each group in the JSON.
    #[arg(long)]
    examples: bool,

    /// Let a known name such as KEY_BUSY count wherever it stands, without a sign of Aerospike near it.
    #[arg(long)]
    bare_words: bool,

    /// Show no progress bar.
    #[arg(long)]
    no_progress: bool,
}

#[derive(Clone, Debug)]
struct FailOn {
    text: String,
    /// None is any finding.
    filter: Option<Filter>,
}

fn fail_on(text: &str) -> Result<FailOn, String> {
    let filter = if text == "any" { None } else { Some(text.parse().map_err(|e: aerocodes_scan::logs::FilterError| e.to_string())?) };
    Ok(FailOn { text: text.to_owned(), filter })
}

fn zone(text: &str) -> Result<i32, String> {
    let wrong = || "write the zone as +01:00 or -05:30".to_owned();
    if matches!(text, "Z" | "UTC" | "GMT") {
        return Ok(0);
    }
    let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(r), _) => (1, r),
        (_, Some(r)) => (-1, r),
        _ => return Err(wrong()),
    };
    let digits = rest.replace(':', "");
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    let (h, m): (i32, i32) = (digits[..2].parse().map_err(|_| wrong())?, digits[2..].parse().map_err(|_| wrong())?);
    if h > 14 || m > 59 { Err(wrong()) } else { Ok(sign * (h * 60 + m)) }
}

pub fn run(args: &Args, out: &mut Out) -> Result<()> {
    out.collect("groups");
    let progress = Progress::default();
    let failing: Vec<AtomicU64> = args.fail_on.iter().map(|_| AtomicU64::new(0)).collect();
    let mut logs = Logs::new(args.paths.iter().cloned())
        .options(Options::new().bare_words(args.bare_words))
        .since(args.since)
        .until(args.until)
        .zone(args.zone)
        .by(args.by)
        .examples(args.examples || args.report.is_some())
        .progress(&progress);
    if let Some(n) = args.threads {
        logs = logs.threads(usize::from(n));
    }
    for f in &args.filters {
        logs = logs.filter(f.clone());
    }
    if !args.fail_on.is_empty() {
        logs = logs.on_hit(|hit| {
            for (on, count) in args.fail_on.iter().zip(&failing) {
                if on.filter.as_ref().is_none_or(|f| f.passes(hit.finding)) {
                    count.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
    }
    let summary = if args.no_progress || !std::io::stderr().is_terminal() { logs.scan() } else { with_bar(logs, &progress) };

    for p in &summary.problems {
        out.complain(&printable(p.to_string().as_bytes()), Status::Unreadable);
    }
    if summary.events == 0 && args.fail_on.is_empty() && out.status() < Status::Unreadable {
        out.complain("no Aerospike code was found", Status::Nothing);
    }
    for (on, count) in args.fail_on.iter().zip(failing) {
        let n = count.into_inner();
        if n > 0 {
            out.complain(&format!("--fail-on {}: {} found", on.text, many(n, "finding")), Status::Failing);
        }
    }
    if let Some(path) = &args.report {
        match report::write(path, &summary, args.by) {
            Ok(()) => {}
            Err(e) => out.complain(&format!("the report {} cannot be written: {e}", shown(path)), Status::Unreadable),
        }
    }
    match out.format {
        Format::Text => text(&summary, args, out),
        Format::Table => table(&summary, args, out)?,
        _ => {
            out.fact("files", summary.files)?;
            out.fact("bytes", summary.bytes)?;
            out.fact("events", summary.events)?;
            out.fact("undated", summary.undated)?;
            out.fact("first_seen", summary.first_seen())?;
            out.fact("last_seen", summary.last_seen())?;
            out.fact("timeline", &summary.timeline)?;
            out.fact("problems", &summary.problems)?;
            for g in &summary.groups {
                let mut item = serde_json::to_value(g)?;
                if let (Format::Csv, Value::Object(map)) = (out.format, &mut item) {
                    map.remove("timeline");
                    map.remove("examples");
                }
                out.item(&item)?;
            }
        }
    }
    Ok(())
}

/// Scans with a bar on standard error.
fn with_bar(logs: Logs<'_>, progress: &Progress) -> Summary {
    let bar = indicatif::ProgressBar::new(0);
    let style =
        |template: &str| indicatif::ProgressStyle::with_template(template).unwrap_or_else(|_| indicatif::ProgressStyle::default_bar());
    let (known, unknown) = (
        style("{bar:30} {percent:>3} %  {bytes} of {total_bytes}  {bytes_per_sec}  {msg}"),
        style("{spinner} {bytes}  {bytes_per_sec}  {msg}"),
    );
    let (done, ended) = channel::<()>();
    std::thread::scope(|s| {
        s.spawn(|| {
            let ended = ended;
            // A scan that takes no time shows no bar.
            let mut wait = Duration::from_millis(250);
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = Duration::from_millis(100);
                let (bytes, total) = (progress.bytes(), progress.total());
                bar.set_style(if total >= bytes { known.clone() } else { unknown.clone() });
                bar.set_length(total);
                bar.set_position(bytes);
                bar.set_message(format!("{}, {}", many(progress.files(), "file"), many(progress.events(), "finding")));
            }
            bar.finish_and_clear();
        });
        let summary = logs.scan();
        drop(done);
        summary
    })
}

/// `1,234 files`.
pub fn many(n: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// `1,234,567`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

/// `3.0 a minute`, `2.6 an hour`, `4.1 a day`: in the unit that gives a number from one on.
pub fn rate(per_minute: f64) -> String {
    match per_minute {
        m if m >= 0.95 => format!("{m:.1} a minute"),
        m if m * 60.0 >= 0.95 => format!("{:.1} an hour", m * 60.0),
        m => format!("{:.1} a day", m * 1440.0),
    }
}

/// `1.5 MB`.
pub fn size(bytes: u64) -> String {
    let mut n = bytes as f64;
    for unit in ["bytes", "KB", "MB", "GB"] {
        if n < 999.5 {
            return if unit == "bytes" { format!("{bytes} bytes") } else { format!("{n:.*} {unit}", usize::from(n < 9.95)) };
        }
        n /= 1000.0;
    }
    format!("{n:.1} TB")
}

/// The code as a person writes it: `java:9`, `java or csharp:9`, `TIMEOUT`.
pub fn code_of(g: &Group) -> String {
    let who = match g.dialect {
        Some(d) => d.key().to_owned(),
        None => {
            let all: Vec<&str> = g.candidates.iter().map(Dialect::key).collect();
            if all.len() > 3 { "?".to_owned() } else { all.join("|") }
        }
    };
    match (who.as_str(), g.value) {
        ("", None) => "other".to_owned(),
        ("", Some(v)) => v.to_string(),
        (_, None) => who,
        (_, Some(v)) => format!("{who}:{v}"),
    }
}

/// A time without what all times have in common.
fn brief(t: Option<Timestamp>, same_day: bool) -> String {
    t.map_or(String::new(), |t| {
        let text = t.to_string();
        let (day, time) = text.split_once('T').unwrap_or(("", ""));
        let time = time.get(..8).unwrap_or("");
        if same_day { time.to_owned() } else { format!("{day} {time}") }
    })
}

pub fn sparkline(counts: &[u64]) -> String {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    counts
        .iter()
        .map(|c| match c {
            0 => ' ',
            c => ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'][((c * 8).div_ceil(most) - 1).min(7) as usize],
        })
        .collect()
}

/// The table for people, header and cells, with as many columns as fit.
fn rows(summary: &Summary, args: &Args, width: usize) -> (Vec<String>, Vec<Vec<String>>) {
    let span = summary.first_seen().zip(summary.last_seen());
    let same_day = span.is_some_and(|(a, b)| a.to_string()[..10] == b.to_string()[..10]);
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    let groups = &summary.groups[..summary.groups.len().min(limit)];
    let draw = |first: bool, last: bool, steps: usize| {
        type Cell<'a> = Box<dyn Fn(&Group) -> String + 'a>;
        let mut columns: Vec<(&str, Cell<'_>)> = vec![("count", Box::new(|g| grouped(g.count)))];
        if args.by.code || args.by.dialect {
            columns.push((if args.by.code { "code" } else { "dialect" }, Box::new(code_of)));
        }
        if args.by.code {
            let name = |g: &Group| printable(g.name.as_deref().or(g.condition.map(|c| c.name())).unwrap_or("").as_bytes());
            columns.push(("name", Box::new(name)));
            columns.push(("retry", Box::new(|g| g.predicates().retryable.to_string())));
            columns.push(("applied", Box::new(|g| g.predicates().maybe_applied.to_string())));
        }
        if args.by.node {
            columns.push(("node", Box::new(|g| printable(g.node.as_deref().unwrap_or("-").as_bytes()))));
        }
        if args.by.file {
            columns.push(("file", Box::new(|g| g.file.as_deref().map_or(String::new(), shown))));
        }
        if let Some((from, to)) = span {
            if first {
                columns.push(("first", Box::new(move |g| brief(g.first_seen, same_day))));
            }
            if last {
                columns.push(("last", Box::new(move |g| brief(g.last_seen, same_day))));
            }
            if steps > 0 {
                columns.push(("when", Box::new(move |g| sparkline(&g.timeline.spread(from, to, steps)))));
            }
        }
        let header: Vec<String> = columns.iter().map(|c| c.0.to_owned()).collect();
        let rows: Vec<Vec<String>> = groups.iter().map(|g| columns.iter().map(|c| (c.1)(g)).collect()).collect();
        (header, rows)
    };
    let fits = |(header, rows): &(Vec<String>, Vec<Vec<String>>)| {
        let widest = |i: usize| rows.iter().map(|r| r[i].chars().count()).chain([header[i].len()]).max().unwrap_or(0);
        (0..header.len()).map(|i| widest(i) + 3).sum::<usize>() <= width + 1
    };
    let wide = (width / 6).clamp(8, 32);
    let choices = [(true, true, wide), (true, true, 10), (false, true, 16), (false, true, 8), (false, false, 16), (false, false, 8)];
    choices.into_iter().map(|(a, b, c)| draw(a, b, c)).find(fits).unwrap_or_else(|| draw(false, false, 0))
}

fn table(summary: &Summary, args: &Args, out: &mut Out) -> Result<()> {
    let (header, rows) = rows(summary, args, out.width);
    for row in rows {
        let item: serde_json::Map<String, Value> = header.iter().cloned().zip(row.into_iter().map(Value::from)).collect();
        out.item(&Value::Object(item))?;
    }
    Ok(())
}

fn text(summary: &Summary, args: &Args, out: &mut Out) {
    let mut head = format!("{BOLD}{}{BOLD:#} in {}, {}", many(summary.events, "finding"), many(summary.files, "file"), size(summary.bytes));
    if let (Some(a), Some(b)) = (summary.first_seen(), summary.last_seen()) {
        let whole = |t| brief(Some(t), false);
        head += &format!(", {} to {} UTC", whole(a), whole(b));
        let minutes = (b.as_millis() - a.as_millis()) as f64 / 60_000.0;
        let dated = summary.events - summary.undated;
        if minutes >= 1.0 {
            head += &format!(", {}", rate(dated as f64 / minutes));
        }
    }
    if summary.undated > 0 && summary.undated < summary.events {
        head += &format!("; {} without a time", grouped(summary.undated));
    }
    for line in textwrap::wrap(&head, out.width) {
        out.line(line);
    }
    if summary.groups.is_empty() {
        return;
    }
    out.line("");
    let (header, mut cells) = rows(summary, args, out.width);
    let widest = cells.iter().map(|r| r[0].len()).max().unwrap_or(0).max(5);
    for row in &mut cells {
        row[0] = format!("{:>widest$}", row[0]);
    }
    out.line(output::table(&header, cells, out.width));
    let hidden = summary.groups.len().saturating_sub(if args.limit == 0 { usize::MAX } else { args.limit });
    if hidden > 0 {
        out.line(format!("{DIM}and {}; --limit 0 shows all{DIM:#}", many(hidden as u64, "more group")));
    }
    if !args.by.code {
        return;
    }
    // The remedy of the most frequent conditions, each once.
    let mut told = Vec::new();
    for g in &summary.groups {
        let Some(c) = g.condition.filter(|c| !told.contains(c)) else { continue };
        if told.is_empty() {
            out.line(format!("\n{BOLD}What to do{BOLD:#}"));
        } else if told.len() == 3 {
            break;
        }
        told.push(c);
        let p = c.predicates();
        out.line(format!(
            "\n{CODE}{}{CODE:#} {BOLD}{}{BOLD:#}  {DIM}retry{DIM:#} {}  {DIM}applied{DIM:#} {}  {DIM}safe to repeat{DIM:#} {}",
            code_of(g),
            c.name(),
            answer(p.retryable, Answer::Yes),
            answer(p.maybe_applied, Answer::No),
            answer(p.retryable_not_applied, Answer::Yes)
        ));
        out.paragraph("what", c.summary());
        out.paragraph("remedy", c.remedy());
    }
    if let Some(g) = summary.groups.iter().find(|g| g.dialect.is_some() && g.value.is_some()) {
        out.line(format!("\n{DIM}More about each: aerocodes explain {}{DIM:#}", code_of(g)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([0, 999, 1_500, 12_345_678, 2_013_000_000].map(size), ["0 bytes", "999 bytes", "1.5 KB", "12 MB", "2.0 GB"]);
        assert_eq!((many(1, "file"), many(0, "file")), ("1 file".to_owned(), "0 files".to_owned()));
        assert_eq!([3.0, 0.05, 0.001].map(rate), ["3.0 a minute", "3.0 an hour", "1.4 a day"]);
        assert_eq!(sparkline(&[0, 1, 4, 8]), " ▁▄█");
        assert_eq!(sparkline(&[0, 0]), "  ");
    }

    #[test]
    fn zones() {
        assert_eq!([zone("+01:00"), zone("-0530"), zone("Z")], [Ok(60), Ok(-330), Ok(0)]);
        for bad in ["", "1", "+1", "+25:00", "+01:60", "+é1:0"] {
            assert!(zone(bad).is_err(), "{bad}");
        }
    }
}
