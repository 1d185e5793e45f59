//! What must hold for the whole registry, whatever is in it.
#![cfg(all(feature = "history", feature = "search", feature = "text"))]

use aerocodes::{Code, Condition, Dialect, translate};

#[test]
fn every_number_round_trips() {
    for d in Dialect::all() {
        for v in (-2000..=2000).chain([i32::MIN, i32::MAX, i32::MIN + 1, 65_535, 65_536, -32_768]) {
            let r = d.lookup(v);
            assert_eq!((r.dialect(), r.value()), (d, v));
            assert_eq!(r.is_known(), d.readings().any(|x| x.value() == v), "{d}:{v}");
            assert_eq!(Code::new(d, v).to_string().parse::<Code>(), Ok(Code::new(d, v)));
        }
    }
}

#[test]
fn texts_are_there_and_of_their_own() {
    for c in Condition::all() {
        for (what, text) in [("summary", c.summary()), ("cause", c.cause()), ("remedy", c.remedy()), ("reason", c.reason())] {
            assert!(text.len() > 15, "{c}: the {what} is too short: {text}");
            assert!(!text.to_lowercase().contains(&format!("{} is", c.name().to_lowercase())), "{c}: the {what} restates the name");
        }
        assert!(c.summary().chars().count() <= 80, "{c}");
        assert!(c.sources().count() > 0, "{c} has no source");
        assert!(c.sources().chain(c.docs()).all(|s| !s.starts_with('/')), "{c} cites a file of somebody's machine");
    }
    for (what, text) in [
        ("summary", Condition::summary as fn(Condition) -> &'static str),
        ("cause", Condition::cause),
        ("remedy", Condition::remedy),
        ("reason", Condition::reason),
    ] {
        let bags: Vec<(Condition, Vec<String>)> = Condition::all().map(|c| (c, bag(text(c)))).collect();
        for (i, (a, x)) in bags.iter().enumerate() {
            for (b, y) in &bags[i + 1..] {
                let alike = likeness(x, y);
                assert!(alike < 0.8, "the {what} of {a} and {b} are {:.0} % alike:\n{}\n{}", alike * 100.0, text(*a), text(*b));
            }
        }
    }
}

/// The words of a text, sorted.
fn bag(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    words.sort();
    words
}

/// How many of the words of two texts are the same, from 0 to 1.
fn likeness(a: &[String], b: &[String]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    2.0 * f64::from(common) / (a.len() + b.len()) as f64
}

#[test]
fn likeness_tells_a_template() {
    let (a, b) =
        (bag("The server found no index of this name in the namespace."), bag("The server found no record of this name in the namespace."));
    assert!(likeness(&a, &b) >= 0.8);
    assert!(likeness(&a, &bag("A filter expression was false for this record, so nothing was done.")) < 0.5);
}

#[test]
fn no_translation_is_cut_short() {
    for d in Dialect::all() {
        for r in d.readings() {
            for to in Dialect::all() {
                assert!(translate(r.code(), to).targets().count() < 12, "{r} to {to}: enlarge Translation::MAX");
            }
        }
    }
}

#[test]
fn decoding_a_column_is_looking_up_each() {
    for d in Dialect::all() {
        let values: Vec<i32> = (-1500..=1500).chain([i32::MIN, i32::MAX]).collect();
        let mut ids = vec![255; values.len() + 3];
        assert_eq!(aerocodes::decode(d, &values, &mut ids), values.len());
        for (v, id) in values.iter().zip(&ids) {
            assert_eq!(u16::from(*id), d.lookup(*v).condition().map_or(0, Condition::id), "{d}:{v}");
        }
        assert_eq!(ids[values.len()..], [255; 3]);
    }
}
