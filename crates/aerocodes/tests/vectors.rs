//! The golden vectors, which a second implementation makes from the registry: see `xtask/src/codegen/naive.rs`.
#![cfg(all(feature = "history", feature = "search", feature = "text"))]

use aerocodes::{
    Advice, Answer, Category, Code, Condition, Dialect, Operation, Release, advise, find, lookup_at, readings, search, translate,
};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../bindings/vectors.json")).expect("vectors.json is JSON")
}

fn rows(v: &Value, section: &str) -> Vec<Value> {
    let rows = v[section].as_array().expect("the section is an array").clone();
    assert!(!rows.is_empty(), "{section} has no rows");
    rows
}

fn code(row: &Value) -> Code {
    let dialect = Dialect::from_key(row[0].as_str().expect("a key")).expect("a known dialect");
    Code::new(dialect, i32::try_from(row[1].as_i64().expect("a number")).expect("an i32"))
}

#[test]
fn known_codes() {
    for row in rows(&vectors(), "lookups") {
        let r = code(&row).lookup();
        let p = r.predicates();
        assert_eq!(r.name(), row[2].as_str(), "{row}");
        assert_eq!(r.condition().map(|c| u64::from(c.id())), row[3].as_u64(), "{row}");
        assert_eq!([r.category().key(), r.origin().key(), r.edition().key()], [4, 5, 6].map(|i| row[i].as_str().unwrap_or("")), "{row}");
        assert_eq!(r.since().map(|s| s.to_string()).as_deref(), row[7].as_str(), "{row}");
        assert_eq!(r.until().map(|s| s.to_string()).as_deref(), row[8].as_str(), "{row}");
        assert_eq!(r.is_primary(), row[9].as_bool().unwrap_or(false), "{row}");
        assert_eq!(
            [p.retryable, p.maybe_applied, p.retryable_not_applied].map(Answer::key),
            [0, 1, 2].map(|i| row[10][i].as_str().unwrap_or("")),
            "{row}"
        );
    }
}

#[test]
fn codes_as_of_a_release() {
    for row in rows(&vectors(), "at") {
        let c = code(&row);
        let release: Release = row[2].as_str().expect("a release").parse().expect("a release");
        let r = lookup_at(c.dialect, c.value, release);
        assert_eq!((r.name(), r.condition().map_or(0, |c| u64::from(c.id()))), (row[3].as_str(), row[4].as_u64().unwrap_or(999)), "{row}");
    }
}

#[test]
fn unknown_codes() {
    for row in rows(&vectors(), "unknown") {
        let r = code(&row).lookup();
        assert_eq!(
            (r.name(), r.condition(), r.is_known(), i64::from(r.value())),
            (None, None, false, row[1].as_i64().unwrap_or(0)),
            "{row}"
        );
        assert_eq!(Some(r.category().key()), row[2].as_str(), "{row}");
    }
}

#[test]
fn translations() {
    for row in rows(&vectors(), "translations") {
        for to in Dialect::all() {
            let t = translate(code(&row), to);
            let wanted = &row[2][to.key()];
            let values: Vec<i64> = t.targets().map(|r| i64::from(r.value())).collect();
            let expected: Vec<i64> = wanted[1].as_array().map_or(vec![], |a| a.iter().filter_map(Value::as_i64).collect());
            assert_eq!((t.kind.key(), values), (wanted[0].as_str().unwrap_or("none"), expected), "{row} to {to}");
            assert!(t.targets().all(|r| r.dialect() == to && !r.is_wrong()));
        }
    }
}

#[test]
fn advice() {
    let letters = |a: Advice| [a.retryable, a.maybe_applied, a.retryable_not_applied].map(|x| &x.key()[..1]).concat();
    for row in rows(&vectors(), "advice") {
        for (op, wanted) in Operation::all().zip(row[2].as_array().expect("operations")) {
            for (doubt, w) in [None, Some(false), Some(true)].into_iter().zip(wanted.as_array().expect("flags")) {
                assert_eq!(Some(letters(advise(code(&row), op, doubt)).as_str()), w.as_str(), "{row} {op:?} {doubt:?}");
            }
        }
    }
}

#[test]
fn lookup_by_name() {
    for row in rows(&vectors(), "names") {
        let name = row[0].as_str().expect("a name");
        let found: Vec<Code> = find(name).map(|r| r.code()).collect();
        let wanted: Vec<Code> = row[1].as_array().expect("codes").iter().map(code).collect();
        assert_eq!(found, wanted, "{name}");
        assert!(found.contains(&aerocodes::Reading::from_name(name).expect("the hash finds it").code()));
        let folded = find(&name.to_ascii_lowercase()).count();
        assert!(folded >= 1, "{name} in lower case");
    }
    for no in ["", "A", "AS_ERR_", "TIMEOUT ", "Zeitüberschreitung", "x".repeat(5000).as_str()] {
        assert_eq!(find(no).count(), 0, "{no}");
    }
}

#[test]
fn readings_of_a_number() {
    for row in rows(&vectors(), "readings") {
        let value = i32::try_from(row[0].as_i64().expect("a number")).expect("an i32");
        assert_eq!(readings(value).count() as u64, row[1].as_u64().expect("a count"), "{value}");
        assert!(readings(value).all(|r| r.value() == value));
    }
}

#[test]
fn surface_is_complete() {
    let v = vectors();
    let keys = |section: &str| rows(&v, section).iter().map(|k| k.as_str().expect("a word").to_owned()).collect::<Vec<_>>();
    assert_eq!(Dialect::all().map(|d| d.key().to_owned()).collect::<Vec<_>>(), keys("dialects"));
    assert_eq!(Condition::all().map(|c| c.name().to_owned()).collect::<Vec<_>>(), keys("conditions"));
    assert_eq!(Operation::all().map(|c| c.key().to_owned()).collect::<Vec<_>>(), keys("operations"));
    assert_eq!(Category::all().map(|c| c.key().to_owned()).collect::<Vec<_>>(), keys("categories"));
    let codes: usize = Dialect::all().map(|d| d.readings().filter(|r| r.code().lookup() == *r).count()).sum();
    assert_eq!(codes, rows(&v, "lookups").len());
}

#[test]
fn searches() {
    let mut missed = Vec::new();
    let all = rows(&vectors(), "searches");
    for row in &all {
        let hits = search(row[0].as_str().expect("words"));
        let first = hits.as_slice().first().map(|h| h.condition.name());
        if first != row[1].as_str() {
            missed.push(format!("{row}: {:?}", hits.as_slice().iter().take(4).map(|h| (h.condition.name(), h.score)).collect::<Vec<_>>()));
        }
    }
    assert!(all.len() >= 50, "only {} searches", all.len());
    assert!(missed.is_empty(), "{} of {} missed:\n{}", missed.len(), all.len(), missed.join("\n"));
}
