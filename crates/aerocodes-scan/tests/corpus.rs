//! The corpora: what must be found in texts that hold errors, and that nothing is found in texts that hold none.
//! One was written beside the recogniser; the other is held back, written from the formats alone by somebody else.

use std::fmt::Write as _;

use aerocodes_scan::{Finding, recognize};
use serde::Deserialize;

#[derive(Deserialize)]
struct Positives {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    title: String,
    text: String,
    found: Vec<String>,
}

#[derive(Deserialize)]
struct Negatives {
    text: Vec<String>,
}

fn positives() -> Vec<Case> {
    toml::from_str::<Positives>(include_str!("corpus/positive.toml")).expect("positive.toml").case
}

/// Whether a finding is the one expected, and what it is.
fn fits(f: &Finding<'_>, want: &str) -> Result<(), String> {
    let (main, fields) = want.split_once("; ").unwrap_or((want, ""));
    let nested = main.starts_with("  ");
    let (code, condition) = main.trim().split_once(' ').expect("code and condition");
    let (dialects, value) = code.rsplit_once(':').expect("dialect and value");
    let got = |f: &Finding<'_>| f.candidates.iter().map(|d| d.key()).collect::<Vec<_>>();
    let at_least = dialects.strip_prefix('+');
    let mut wanted: Vec<&str> = at_least.unwrap_or(dialects).split('|').collect();
    wanted.sort_unstable();
    let mut candidates = got(f);
    candidates.sort_unstable();
    let dialects_fit = match at_least {
        Some(_) => wanted.iter().all(|d| candidates.contains(d)),
        None => matches!(dialects, "*" | "?") || wanted == candidates,
    };
    let mut wrong = String::new();
    let mut check = |what: &str, ok: bool, got: String| {
        if !ok {
            let _ = write!(wrong, "{what} is {got}; ");
        }
    };
    check("dialect", dialects_fit, candidates.join("|"));
    check("dialect of one candidate", f.dialect.is_some() == (candidates.len() == 1), format!("{:?}", f.dialect));
    let number = f.value.map_or("-".to_owned(), |v| v.to_string());
    check("value", value == "?" || number == value, number.clone());
    let name = f.condition.map_or("-", |c| c.name());
    check("condition", condition == "?" || name == condition, name.to_owned());
    let nested_either = fields.split_whitespace().any(|field| field == "nested=any");
    check("nested", nested_either || f.nested == nested, f.nested.to_string());
    for field in fields.split_whitespace() {
        let (key, want) = field.split_once('=').expect("key and value");
        let got = match key {
            "nested" => continue,
            "in_doubt" => f.in_doubt.map_or("-".to_owned(), |x| x.to_string()),
            "iteration" => f.iteration.map_or("-".to_owned(), |x| x.to_string()),
            "subcode" => f.subcode.map_or("-".to_owned(), |x| x.to_string()),
            "node" => f.node.unwrap_or("-").replace(' ', "_"),
            "since" => f.release.0.map_or("-".to_owned(), |x| x.to_string()),
            "until" => f.release.1.map_or("-".to_owned(), |x| x.to_string()),
            other => panic!("unknown field {other}"),
        };
        check(key, got == want, got.clone());
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn shown(f: &Finding<'_>) -> String {
    format!(
        "{}{}:{} {} [{}..{}] {}",
        if f.nested { "  " } else { "" },
        f.candidates.iter().map(|d| d.key()).collect::<Vec<_>>().join("|"),
        f.value.map_or("-".to_owned(), |v| v.to_string()),
        f.condition.map_or("-", |c| c.name()),
        f.start,
        f.end,
        f.confidence.why
    )
}

/// What came of a corpus of texts with errors.
#[derive(Default)]
struct Outcome {
    wanted: usize,
    hit: usize,
    extra: usize,
    report: String,
}

fn run(cases: &[Case]) -> Outcome {
    let mut o = Outcome::default();
    for case in cases {
        let found: Vec<_> = recognize(&case.text).collect();
        o.wanted += case.found.len();
        let good = matched(&case.found, &found);
        o.hit += good;
        o.extra += found.len() - good.min(found.len());
        if good != case.found.len() || found.len() != case.found.len() {
            let _ = writeln!(o.report, "── {}: {:?}", case.title, case.text);
            for (i, want) in case.found.iter().enumerate() {
                let verdict = found.get(i).map_or("not found".to_owned(), |f| fits(f, want).err().unwrap_or("ok".to_owned()));
                let _ = writeln!(o.report, "   want {want:?}: {verdict}");
            }
            for f in &found {
                let _ = writeln!(o.report, "   got  {}", shown(f));
            }
        }
    }
    println!("{} texts, {} errors, {} found as described, {} too many or otherwise", cases.len(), o.wanted, o.hit, o.extra);
    o
}

/// The most expectations that findings fit one to one, both in order: one finding too many does not spoil those behind it.
fn matched(want: &[String], found: &[Finding<'_>]) -> usize {
    let mut row = vec![0; found.len() + 1];
    for w in want {
        let before = row.clone();
        for (i, f) in found.iter().enumerate() {
            row[i + 1] = if fits(f, w).is_ok() { before[i] + 1 } else { before[i + 1].max(row[i]) };
        }
    }
    row[found.len()]
}

#[test]
fn positives_are_found() {
    let cases = positives();
    assert!(cases.len() >= 300, "only {} positives", cases.len());
    let o = run(&cases);
    assert!(o.report.is_empty(), "{}\n{} of {}, {} too many", o.report, o.hit, o.wanted, o.extra);
}

/// The held-back texts: most are found as described, and hardly anything else is.
#[test]
fn held_back_positives_are_found() {
    let cases = toml::from_str::<Positives>(include_str!("corpus/held-back-positive.toml")).expect("held-back-positive.toml").case;
    assert!(cases.len() >= 250, "only {} positives", cases.len());
    let o = run(&cases);
    let recall = o.hit as f64 / o.wanted as f64;
    let precision = o.hit as f64 / (o.hit + o.extra) as f64;
    println!("{}", o.report);
    assert!(recall >= 0.98 && precision >= 0.99, "{}\nrecall {recall:.4}, precision {precision:.4}", o.report);
}

/// What was found where nothing should be.
fn findings_in(corpus: &str, at_least: usize) -> String {
    let texts = toml::from_str::<Negatives>(corpus).expect("a corpus of texts").text;
    assert!(texts.len() >= at_least, "only {} negatives", texts.len());
    let mut report = String::new();
    for text in &texts {
        for f in recognize(text) {
            let _ = writeln!(report, "{text:?}: {} {:?}", shown(&f), &text[f.start..f.end]);
        }
    }
    report
}

#[test]
fn negatives_stay_empty() {
    let report = findings_in(include_str!("corpus/negative.toml"), 200);
    assert!(report.is_empty(), "{report}");
}

#[test]
fn held_back_negatives_stay_empty() {
    let report = findings_in(include_str!("corpus/held-back-negative.toml"), 250);
    assert!(report.is_empty(), "{report}");
}

/// The ways in which people paste a text: each keeps every error, its number and its nesting.
fn wrapped(text: &str) -> Vec<(&'static str, String)> {
    let each = |prefix: &str| text.lines().map(|l| format!("{prefix}{l}\n")).collect::<String>();
    let json = serde_json::to_string(text).expect("a string");
    let twice = serde_json::to_string(&format!("{{\"msg\":{json}}}\n")).expect("a string");
    vec![
        ("CRLF", text.replace("\r\n", "\n").replace('\n', "\r\n")),
        ("indented", each("    ")),
        ("quoted", each("> ")),
        ("in a fence", format!("It says:\n\n```\n{text}\n```\n\nWhy?\n")),
        ("compose", each("api-1  | ")),
        ("journald", each("Apr 07 11:22:33 app-7 java[2211]: ")),
        ("containerd", each("2026-04-07T11:22:33.000000001Z stderr F ")),
        ("kubectl", each("[pod/orders-6d5f7/orders] ")),
        ("JSON", format!("{{\"level\":\"error\",\"msg\":{json},\"n\":7}}\n")),
        ("JSON in JSON", format!("{{\"log\":{twice},\"stream\":\"stdout\"}}\n")),
    ]
}

#[test]
fn wrappings_change_nothing() {
    let mut report = String::new();
    let (mut all, mut wrong) = (0, 0);
    let held_back = toml::from_str::<Positives>(include_str!("corpus/held-back-positive.toml")).expect("held-back-positive.toml").case;
    for case in positives().into_iter().chain(held_back) {
        let key = |f: &Finding<'_>| (f.value, f.condition.map(|c| c.name()), f.nested);
        let plain: Vec<_> = recognize(&case.text).map(|f| key(&f)).collect();
        // Colours and JSON are wrappings themselves.
        if case.text.contains(['\u{1b}', '\u{feff}']) || case.text.contains("\\\"") || case.text.contains("{\"") {
            continue;
        }
        // Lines that are indented alike, or that stand in one message, are one event.
        let events = plain.iter().filter(|f| !f.2).count();
        for (how, text) in wrapped(&case.text) {
            if events > 1 && matches!(how, "indented" | "JSON" | "JSON in JSON") {
                continue;
            }
            all += 1;
            let got: Vec<_> = recognize(&text).map(|f| key(&f)).collect();
            if got != plain {
                wrong += 1;
                let _ = writeln!(report, "{how}: {}: {text:?}\n   plain {plain:?}\n   got   {got:?}", case.title);
            }
        }
    }
    println!("{report}{wrong} of {all}");
    assert!(all > 4000 && wrong * 100 <= all, "{report}{wrong} of {all}");
}

/// A finding's explanation is there, and its numbers are in their ranges.
#[test]
fn every_finding_is_explained() {
    for case in positives() {
        for f in recognize(&case.text) {
            assert!((0.0..=1.0).contains(&f.confidence.level) && f.confidence.level > 0.0, "{}", case.title);
            assert!(f.confidence.why.len() > 10, "{}", case.title);
            assert!(
                f.value.is_some() || f.condition.is_some() || f.name.is_some() || f.confidence.why.contains("does not know"),
                "{}",
                case.title
            );
        }
    }
}
