//! The corpus: what must be found in texts that hold errors, and that nothing is found in texts that hold none.

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
    let mut wanted: Vec<&str> = dialects.split('|').collect();
    wanted.sort_unstable();
    let mut candidates = got(f);
    candidates.sort_unstable();
    let mut wrong = String::new();
    let mut check = |what: &str, ok: bool, got: String| {
        if !ok {
            let _ = write!(wrong, "{what} is {got}; ");
        }
    };
    check("dialect", dialects == "*" || wanted == candidates, candidates.join("|"));
    check("dialect of one candidate", f.dialect.is_some() == (candidates.len() == 1), format!("{:?}", f.dialect));
    let number = f.value.map_or("-".to_owned(), |v| v.to_string());
    check("value", number == value, number.clone());
    let name = f.condition.map_or("-", |c| c.name());
    check("condition", name == condition, name.to_owned());
    check("nested", f.nested == nested, f.nested.to_string());
    for field in fields.split_whitespace() {
        let (key, want) = field.split_once('=').expect("key and value");
        let got = match key {
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

#[test]
fn positives_are_found() {
    let cases = positives();
    assert!(cases.len() >= 300, "only {} positives", cases.len());
    let (mut wanted, mut hit, mut extra) = (0, 0, 0);
    let mut report = String::new();
    for case in &cases {
        let found: Vec<_> = recognize(&case.text).collect();
        wanted += case.found.len();
        let good = case.found.iter().zip(&found).filter(|(want, f)| fits(f, want).is_ok()).count();
        hit += good;
        extra += found.len().saturating_sub(case.found.len());
        if good != case.found.len() || found.len() != case.found.len() {
            let _ = writeln!(report, "── {}: {:?}", case.title, case.text);
            for (i, want) in case.found.iter().enumerate() {
                let verdict = found.get(i).map_or("not found".to_owned(), |f| fits(f, want).err().unwrap_or("ok".to_owned()));
                let _ = writeln!(report, "   want {want:?}: {verdict}");
            }
            for f in &found {
                let _ = writeln!(report, "   got  {}", shown(f));
            }
        }
    }
    println!("{} texts, {wanted} errors, {hit} found as described, {extra} too many", cases.len());
    assert!(report.is_empty(), "{report}\n{hit} of {wanted}, {extra} too many");
}

#[test]
fn negatives_stay_empty() {
    let texts = toml::from_str::<Negatives>(include_str!("corpus/negative.toml")).expect("negative.toml").text;
    assert!(texts.len() >= 200, "only {} negatives", texts.len());
    let mut report = String::new();
    for text in &texts {
        for f in recognize(text) {
            let _ = writeln!(report, "{text:?}: {} {:?}", shown(&f), &text[f.start..f.end]);
        }
    }
    assert!(report.is_empty(), "{report}");
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
