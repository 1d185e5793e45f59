//! The page that `scan --report` writes: one file, no network, no script but its own. It is readable without script too.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Write as _};
use std::io::{self, Write as _};
use std::path::Path;

use aerocodes::{Answer, Dialect};
use aerocodes_scan::logs::{By, Example, Group, Summary, Timestamp};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::scan::{code_of, grouped, many, rate, size};

const STYLE: &str = include_str!("report/style.css");
const SCRIPT: &str = include_str!("report/script.js");
/// Columns of the chart.
const STEPS: usize = 60;
/// Series that the chart tells apart; the last is all others.
const SERIES: usize = 8;
/// Groups on the page: more make it slow, and nobody reads them.
const MOST: usize = 500;

/// Writes the page. What was there before is replaced only when all of the new page is on the disk.
pub fn write(path: &Path, summary: &Summary, by: By) -> io::Result<()> {
    let page = page(summary, by);
    let regular = std::fs::symlink_metadata(path).map_or(true, |m| m.is_file());
    let Some(name) = path.file_name().filter(|_| regular) else {
        return std::fs::File::options().write(true).open(path)?.write_all(page.as_bytes());
    };
    let mut part = name.to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(part);
    let written = std::fs::File::create(&part).and_then(|mut f| {
        f.write_all(page.as_bytes())?;
        f.sync_all()
    });
    written.and_then(|()| std::fs::rename(&part, path)).inspect_err(|_| {
        // The first fault is the one to tell.
        let _ = std::fs::remove_file(&part);
    })
}

/// Text in HTML.
struct Safe<T>(T);

impl<T: Display> Display for Safe<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Escape<'a, 'b>(&'a mut fmt::Formatter<'b>);
        impl fmt::Write for Escape<'_, '_> {
            fn write_str(&mut self, s: &str) -> fmt::Result {
                for c in s.chars() {
                    match c {
                        '&' => self.0.write_str("&amp;")?,
                        '<' => self.0.write_str("&lt;")?,
                        '>' => self.0.write_str("&gt;")?,
                        '"' => self.0.write_str("&quot;")?,
                        '\'' => self.0.write_str("&#39;")?,
                        // Directional marks could make a line read as another one.
                        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => self.0.write_char('\u{fffd}')?,
                        c if c.is_control() && c != '\n' => self.0.write_char(' ')?,
                        c => self.0.write_char(c)?,
                    }
                }
                Ok(())
            }
        }
        write!(Escape(f), "{}", self.0)
    }
}

/// Sentences of the registry, whose `words in backquotes` are code.
fn prose(text: &str) -> String {
    text.split('`')
        .enumerate()
        .map(|(i, part)| if i % 2 == 1 { format!("<code>{}</code>", Safe(part)) } else { Safe(part).to_string() })
        .collect()
}

fn hash(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::from("'sha256-");
    for three in Sha256::digest(text.as_bytes()).chunks(3) {
        let n = three.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for i in 0..4 {
            out.push(if i <= three.len() { char::from(DIGITS[(n >> (18 - 6 * i) & 63) as usize]) } else { '=' });
        }
    }
    out + "'"
}

/// `2026-11-22 04:03:10`.
fn when(t: Timestamp) -> String {
    t.to_string().get(..19).unwrap_or("").replace('T', " ")
}

fn label(g: &Group, by: By) -> String {
    let mut parts = Vec::new();
    if by.code || by.dialect {
        parts.push(code_of(g));
    }
    if by.code {
        parts.extend(g.name.clone().or(g.condition.map(|c| c.name().to_owned())));
    }
    if by.node {
        parts.push(g.node.clone().unwrap_or_else(|| "no node".to_owned()));
    }
    if by.file {
        parts.extend(g.file.as_deref().map(|f| f.display().to_string()));
    }
    parts.join(" ")
}

fn page(summary: &Summary, by: By) -> String {
    let mut p = String::new();
    // Writing to a string does not fail.
    let _ = draw(&mut p, summary, by);
    p
}

fn draw(p: &mut String, summary: &Summary, by: By) -> fmt::Result {
    let title = format!("{} in {}", many(summary.events, "Aerospike error"), many(summary.files, "file"));
    write!(
        p,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"generator\" content=\"aerocodes {}\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{}</h1>\n",
        hash(STYLE),
        hash(SCRIPT),
        env!("CARGO_PKG_VERSION"),
        Safe(&title),
        Safe(&title)
    )?;
    let span = summary.first_seen().zip(summary.last_seen());
    match span {
        Some((a, b)) => writeln!(p, "<p class=\"soft\">{} to {} UTC</p>", when(a), when(b))?,
        None => writeln!(p, "<p class=\"soft\">No line with an error carries a time.</p>")?,
    }
    tiles(p, summary, by)?;
    p.push_str("</header>\n<main>\n");
    let groups = &summary.groups[..summary.groups.len().min(MOST)];
    // All in one moment still makes a column.
    let span = span.map(|(a, b)| (a, b.max(Timestamp::from_millis(a.as_millis() + 1000))));
    let times: Vec<String> = span.map_or(Vec::new(), |(a, b)| {
        let step = (b.as_millis() - a.as_millis()) / STEPS as i64;
        (0..STEPS as i64).map(|i| when(Timestamp::from_millis(a.as_millis() + i * step))).collect()
    });
    let counts: Vec<Vec<u64>> = groups.iter().map(|g| span.map_or(Vec::new(), |(a, b)| g.timeline.spread(a, b, STEPS))).collect();
    if span.is_some() {
        chart(p, groups, by, &times, &counts)?;
    }
    list(p, summary, groups, by, &counts)?;
    if !summary.problems.is_empty() {
        writeln!(p, "<h2>Not read</h2>\n<ul class=\"problems\">")?;
        for problem in &summary.problems {
            writeln!(p, "<li><code>{}</code>: {}</li>", Safe(problem.path.display()), Safe(&problem.message))?;
        }
        p.push_str("</ul>\n");
    }
    let rows: Vec<_> = groups
        .iter()
        .zip(&counts)
        .map(|(g, counts)| {
            let c = g.condition;
            let text = [label(g, by), c.map_or("", |c| c.name()).to_owned(), c.map_or("", |c| c.summary()).to_owned()].join(" ");
            json!({
                "label": label(g, by), "count": g.count, "counts": counts, "category": g.category().key(),
                "dialects": dialects(g).map(Dialect::key).collect::<Vec<_>>(), "retry": g.predicates().retryable.key(),
                "first": g.first_seen.map(|t| t.to_string()), "last": g.last_seen.map(|t| t.to_string()), "text": text.to_lowercase(),
            })
        })
        .collect();
    // Within a script element only `<` could end it.
    let data = json!({ "times": times, "groups": rows }).to_string().replace('<', "\\u003c");
    write!(
        p,
        "</main>\n<footer>Made by aerocodes {}. Times are UTC. Aerospike is a trademark of its owner, who has no part in this page.</footer>\n\
         <script type=\"application/json\" id=\"data\">{data}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn dialects(g: &Group) -> impl Iterator<Item = Dialect> {
    g.dialect.into_iter().chain(g.candidates.iter().filter(move |d| Some(*d) != g.dialect))
}

fn tiles(p: &mut String, summary: &Summary, by: By) -> fmt::Result {
    let in_doubt: u64 = summary.groups.iter().map(|g| g.in_doubt).sum();
    let tiles = [
        ("findings", grouped(summary.events), true),
        (if by.code { "different codes" } else { "groups" }, grouped(summary.groups.len() as u64), true),
        ("files", grouped(summary.files), true),
        ("read", size(summary.bytes), true),
        ("in doubt", grouped(in_doubt), in_doubt > 0),
        ("without a time", grouped(summary.undated), summary.undated > 0),
        ("not read", grouped(summary.problems.len() as u64), !summary.problems.is_empty()),
    ];
    p.push_str("<dl class=\"tiles\">\n");
    for (name, value, _) in tiles.iter().filter(|t| t.2) {
        writeln!(p, "<div><dt>{name}</dt><dd>{value}</dd></div>")?;
    }
    p.push_str("</dl>\n");
    Ok(())
}

fn chart(p: &mut String, groups: &[Group], by: By, times: &[String], counts: &[Vec<u64>]) -> fmt::Result {
    let mut series: Vec<(String, Vec<u64>)> = groups.iter().zip(counts).take(SERIES - 1).map(|(g, c)| (label(g, by), c.clone())).collect();
    if groups.len() >= SERIES {
        let others = (0..STEPS).map(|i| counts[SERIES - 1..].iter().map(|c| c[i]).sum()).collect();
        series.push((format!("{} others", groups.len() + 1 - SERIES), others));
    }
    let most = (0..STEPS).map(|i| series.iter().map(|s| s.1[i]).sum::<u64>()).max().unwrap_or(0).max(1);
    write!(
        p,
        "<h2>Over time</h2>\n<div class=\"panel\">\n<div class=\"chart\"><svg viewBox=\"0 0 {} 100\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Errors over time, stacked by group\">\n\
         <path class=\"grid\" d=\"M0 0H{0}M0 50H{0}\"/>\n<g id=\"bars\">",
        STEPS * 10
    )?;
    for (i, time) in times.iter().enumerate() {
        let mut y = 100.0;
        for (n, (name, counts)) in series.iter().enumerate().filter(|(_, s)| s.1[i] > 0) {
            let h = counts[i] as f64 / most as f64 * 100.0;
            y -= h;
            write!(
                p,
                "<rect class=\"s{n}\" x=\"{}\" y=\"{y:.2}\" width=\"8\" height=\"{h:.2}\"><title>{time}  {}: {}</title></rect>",
                i * 10 + 1,
                Safe(name),
                grouped(counts[i])
            )?;
        }
    }
    write!(p, "</g>\n</svg><span class=\"most\" id=\"most\">{}</span></div>\n<div class=\"axis\">", grouped(most))?;
    let same_day = times.first().zip(times.last()).is_some_and(|(a, b)| a[..10] == b[..10]);
    for i in 0..5 {
        let time = &times[i * (STEPS - 1) / 4];
        write!(p, "<span>{}</span>", if same_day { &time[11..] } else { &time[..16] })?;
    }
    p.push_str("</div>\n<ul class=\"legend\" id=\"legend\">");
    for (n, (name, _)) in series.iter().enumerate() {
        write!(
            p,
            "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"s{n}\" width=\"10\" height=\"10\" rx=\"2\"/></svg>{}</li>",
            Safe(name)
        )?;
    }
    p.push_str("</ul>\n</div>\n");
    Ok(())
}

fn list(p: &mut String, summary: &Summary, groups: &[Group], by: By, counts: &[Vec<u64>]) -> fmt::Result {
    writeln!(p, "<h2>What was found</h2>")?;
    if groups.is_empty() {
        return writeln!(p, "<p>Nothing.</p>");
    }
    p.push_str("<div class=\"filters\">\n<label>Words<input id=\"words\" type=\"search\" autocomplete=\"off\"></label>\n");
    let options = |p: &mut String, id: &str, name: &str, values: BTreeSet<&str>| {
        write!(p, "<label>{name}<select id=\"{id}\"><option value=\"\">any</option>")?;
        for v in values {
            write!(p, "<option>{}</option>", Safe(v))?;
        }
        writeln!(p, "</select></label>")
    };
    options(p, "category", "Category", groups.iter().map(|g| g.category().key()).collect())?;
    options(p, "dialect", "Client", groups.iter().flat_map(|g| dialects(g).map(Dialect::key)).collect())?;
    options(p, "retry", "Retry", groups.iter().map(|g| g.predicates().retryable.key()).collect())?;
    p.push_str(
        "<label>Order<select id=\"order\"><option value=\"count\">most frequent</option><option value=\"last\">latest</option>\
         <option value=\"first\">earliest</option><option value=\"code\">code</option></select></label>\n</div>\n\
         <p class=\"soft\" id=\"shown\" role=\"status\"></p>\n<div id=\"groups\">\n",
    );
    for (i, (g, counts)) in groups.iter().zip(counts).enumerate() {
        group(p, i, g, by, counts)?;
    }
    p.push_str("</div>\n");
    if summary.groups.len() > groups.len() {
        writeln!(p, "<p class=\"soft\">and {} with fewer findings</p>", many((summary.groups.len() - groups.len()) as u64, "group"))?;
    }
    Ok(())
}

/// An answer in its colour; `good` is the answer that needs no care.
fn word(a: Answer, good: Answer) -> String {
    let class = match a {
        Answer::Yes | Answer::No if a == good => "good",
        Answer::Yes | Answer::No => "bad",
        _ => "care",
    };
    format!("<span class=\"{class}\">{a}</span>")
}

fn group(p: &mut String, i: usize, g: &Group, by: By, counts: &[u64]) -> fmt::Result {
    write!(p, "<details id=\"g{i}\"><summary><span class=\"count\">{}</span><span class=\"name\">", grouped(g.count))?;
    let name = g.name.as_deref().or(g.condition.map(|c| c.name()));
    if by.code {
        // A long name breaks behind an underscore.
        write!(p, "<b>{}</b>", Safe(name.unwrap_or("unknown")).to_string().replace('_', "_<wbr>"))?;
    }
    let mut what = Vec::new();
    if by.code || by.dialect {
        what.push(code_of(g));
    }
    what.extend(g.condition.filter(|c| Some(c.name()) != name).map(|c| c.name().to_owned()));
    what.extend(g.node.clone());
    what.extend(g.file.as_deref().map(|f| f.display().to_string()));
    write!(p, "<span class=\"code\">{}</span></span>", Safe(what.join(" · ")).to_string().replace('_', "_<wbr>"))?;
    let a = g.predicates();
    if by.code {
        write!(p, "<span class=\"say\">retry {}<br>applied {}</span>", word(a.retryable, Answer::Yes), word(a.maybe_applied, Answer::No))?;
    } else {
        p.push_str("<span class=\"say\"></span>");
    }
    match (g.first_seen, g.last_seen) {
        (Some(first), Some(last)) => write!(p, "<span class=\"when\">{}<br>{}</span>", when(first), when(last))?,
        _ => p.push_str("<span class=\"when\"></span>"),
    }
    p.push_str("<svg class=\"spark\" viewBox=\"0 0 60 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    for (x, c) in counts.iter().enumerate().filter(|(_, c)| **c > 0) {
        // A single finding is still to be seen.
        let h = (*c as f64 / most * 10.0).max(1.0);
        write!(p, "<rect x=\"{x}\" y=\"{:.1}\" width=\"0.9\" height=\"{h:.1}\"/>", 10.0 - h)?;
    }
    p.push_str("</svg></summary>\n<div class=\"body\">\n");
    if let Some(c) = g.condition.filter(|_| by.code) {
        writeln!(p, "<p><b>{}</b></p>", prose(c.summary()))?;
        if let Some(erratum) = g.reading().and_then(|r| r.erratum()) {
            writeln!(p, "<p>{}</p>", prose(erratum))?;
        }
        writeln!(p, "<h3>What to do</h3>\n<p>{}</p>", prose(c.remedy()))?;
        writeln!(p, "<h3>Cause</h3>\n<p>{}</p>", prose(c.cause()))?;
        writeln!(
            p,
            "<h3>Advice</h3>\n<p>Retry: {}. Applied: {}. Safe to repeat: {}.</p>\n<p>{}</p>",
            word(a.retryable, Answer::Yes),
            word(a.maybe_applied, Answer::No),
            word(a.retryable_not_applied, Answer::Yes),
            prose(c.reason())
        )?;
        let docs: Vec<&str> = c.docs().filter(|d| d.starts_with("https://")).collect();
        if !docs.is_empty() {
            p.push_str("<h3>Vendor's pages</h3>\n");
            for d in docs {
                writeln!(p, "<p><a href=\"{0}\" rel=\"noreferrer\">{0}</a></p>", Safe(d))?;
            }
        }
    } else if by.code {
        writeln!(p, "<p>Nothing is known about this number{}.</p>", if g.dialect.is_some() { " in this numbering" } else { "" })?;
    }
    let mut facts = Vec::new();
    if g.in_doubt > 0 {
        facts.push(format!("{} in doubt", grouped(g.in_doubt)));
    }
    if g.nested > 0 {
        facts.push(format!("{} inside another error", grouped(g.nested)));
    }
    facts.extend(g.per_minute().map(rate));
    if !facts.is_empty() {
        writeln!(p, "<h3>Numbers</h3>\n<p>{}</p>", facts.join(" · "))?;
    }
    if !g.examples.is_empty() {
        p.push_str("<h3>Lines</h3>\n");
        for e in &g.examples {
            example(p, e)?;
        }
    }
    p.push_str("</div></details>\n");
    Ok(())
}

fn example(p: &mut String, e: &Example) -> fmt::Result {
    let (from, to) = e.span;
    let part = |a: usize, b: usize| e.text.get(a..b).unwrap_or("");
    writeln!(
        p,
        "<pre>{}<mark>{}</mark>{}</pre>\n<p class=\"place\">{}, byte {}</p>",
        Safe(part(0, from)),
        Safe(part(from, to)),
        Safe(part(to, e.text.len())),
        Safe(e.file.display()),
        grouped(e.offset)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use aerocodes_scan::logs::Logs;

    fn scanned(text: &str) -> Summary {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("<b>.log");
        std::fs::write(&path, text).unwrap();
        Logs::new([path]).examples(true).scan()
    }

    #[test]
    fn nothing_in_a_log_becomes_markup() {
        let s = scanned(
            "2026-11-22 04:00:00 <script>alert(1)</script> com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0: </pre><img src=x>\n",
        );
        assert_eq!(s.events, 1);
        let page = page(&s, By::default());
        assert!(!page.contains("<script>alert") && !page.contains("<img") && !page.contains("<b>.log"));
        assert!(page.contains("&lt;img src=x&gt;"));
        assert_eq!(page.matches("<script").count(), 2);
    }

    #[test]
    fn it_needs_no_network_and_allows_only_its_own_script() {
        let page = page(&scanned("x\n"), By::default());
        assert!(page.contains("default-src 'none'") && !page.contains("unsafe"));
        for part in ["<link", "src=", "@import", "url(", "style=\"", "onclick"] {
            assert!(!page.contains(part), "{part}");
        }
        // RFC 6234's own test vector: "abc".
        assert_eq!(hash("abc"), "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
    }

    #[test]
    fn every_grouping_makes_a_page() {
        let s = scanned("2026-11-22 04:00:00 com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0: x\n");
        for by in ["code", "dialect", "node", "file", "code,dialect,node,file"] {
            assert!(page(&s, by.parse().unwrap()).ends_with("</html>\n"));
        }
        assert!(page(&Summary::default(), By::default()).contains("Nothing."));
    }

    #[test]
    fn a_full_disk_leaves_what_was_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("gone/out.html");
        assert!(write(&path, &Summary::default(), By::default()).is_err());
        let path = dir.path().join("out.html");
        write(&path, &Summary::default(), By::default()).unwrap();
        write(&path, &Summary::default(), By::default()).unwrap();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        #[cfg(target_os = "linux")]
        assert!(write(Path::new("/dev/full"), &Summary::default(), By::default()).is_err());
    }
}
