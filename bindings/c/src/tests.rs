//! What C relies on and Rust can see best.

use super::*;
use std::ffi::CStr;
use std::string::ToString;

/// A string of the core as C sees it: the pointer alone must lead to the same text.
fn agree(s: &'static str, what: &str) -> usize {
    if s.is_empty() {
        assert!(text(s).is_null());
        return 0;
    }
    // SAFETY: what this test is to find out: a NUL stands behind the text, in the same pool.
    let seen = unsafe { CStr::from_ptr(text(s)) };
    assert_eq!(seen.to_bytes(), s.as_bytes(), "{what}: no NUL behind {s:?}");
    1
}

/// A text of lines: C sees all of them.
fn agree_lines(lines_of: impl Iterator<Item = &'static str> + Clone, what: &str) -> usize {
    let whole = lines_of.clone().collect::<Vec<_>>().join("\n");
    let at = lines(lines_of);
    if whole.is_empty() {
        assert!(at.is_null());
        return 0;
    }
    // SAFETY: as above.
    assert_eq!(unsafe { CStr::from_ptr(at) }.to_str(), Ok(whole.as_str()), "{what}");
    1
}

#[test]
fn every_string_ends_with_nul() {
    let mut n = 0;
    for d in Dialect::all() {
        n += agree(d.key(), "key") + agree(d.title(), "title") + agree(d.software(), "software");
        n += agree(d.repository(), "repository") + agree_lines(d.errata().collect::<Vec<_>>().into_iter(), "errata");
        for r in d.readings() {
            n += agree(r.name().unwrap_or(""), "name") + agree(r.erratum().unwrap_or(""), "erratum");
            for to in Dialect::all() {
                n += agree(aerocodes::translate(r.code(), to).reason(), "translation");
            }
            for o in Operation::all() {
                for doubt in [None, Some(false), Some(true)] {
                    n += agree(aerocodes::advise(r.code(), o, doubt).rule(), "rule");
                }
            }
        }
    }
    for c in Condition::all() {
        for s in [c.name(), c.summary(), c.cause(), c.remedy(), c.reason()] {
            n += agree(s, "condition");
        }
        n += agree_lines(c.sources().collect::<Vec<_>>().into_iter(), "sources");
        n += agree_lines(c.docs().collect::<Vec<_>>().into_iter(), "docs");
        n += agree_lines(c.keywords().collect::<Vec<_>>().into_iter(), "keywords");
        for s in c.subcodes() {
            n += agree(s.name(), "subcode") + agree(s.summary(), "subcode");
        }
    }
    for c in Category::all() {
        n += agree(c.key(), "category") + agree(c.title(), "category");
    }
    for o in Operation::all() {
        n += agree(o.key(), "operation") + agree(o.title(), "operation");
    }
    assert!(n > 20_000, "only {n} strings seen");
}

#[test]
fn words_are_the_cores() {
    // SAFETY: all of them are C string literals.
    let word = |p: *const c_char| unsafe { CStr::from_ptr(p) }.to_str().unwrap();
    for a in [Answer::Unknown, Answer::No, Answer::Depends, Answer::Yes] {
        assert_eq!(word(aerocodes_answer_key(answer(a))), a.key());
    }
    for o in [Origin::Unknown, Origin::Server, Origin::Client, Origin::Either] {
        assert_eq!(word(aerocodes_origin_key(origin(o))), o.key());
    }
    for e in [Edition::Any, Edition::Enterprise] {
        assert_eq!(word(aerocodes_edition_key(edition(e))), e.key());
    }
    for (k, id) in [
        (TranslationKind::None, AEROCODES_TRANSLATION_NONE),
        (TranslationKind::Folded, AEROCODES_TRANSLATION_FOLDED),
        (TranslationKind::Exact, AEROCODES_TRANSLATION_EXACT),
    ] {
        assert_eq!(word(aerocodes_translation_key(id)), k.key());
    }
}

#[test]
fn constants_are_the_cores() {
    assert_eq!(AEROCODES_DIALECT_NODEJS_1_0, i32::from(Dialect::NODEJS_1_0.id()));
    assert_eq!(AEROCODES_CONDITION_TIMEOUT, i32::from(Condition::TIMEOUT.id()));
    assert_eq!(AEROCODES_CATEGORY_SECURITY, i32::from(Category::SECURITY.id()));
    assert_eq!(AEROCODES_OPERATION_QUERY, i32::from(Operation::QUERY.id()));
    assert_eq!(AEROCODES_SERVER_AS_ERR_TIMEOUT, aerocodes::codes::server::AS_ERR_TIMEOUT.value);
}

#[test]
fn a_translation_has_room() {
    for d in Dialect::all() {
        for r in d.readings() {
            for to in Dialect::all() {
                assert!(aerocodes::translate(r.code(), to).targets().len() <= AEROCODES_TRANSLATION_MAX);
            }
        }
    }
}

#[test]
fn releases_survive_packing() {
    for s in ["0", "4.5", "4.5.0", "4.5.0.1", "65534.0.0.65534"] {
        let r: Release = s.parse().unwrap();
        assert_eq!(release_of(release(Some(r))), Some(r));
        let mut buffer = [0 as c_char; 24];
        // SAFETY: the buffer has its size.
        let n = unsafe { aerocodes_release_text(release(Some(r)), buffer.as_mut_ptr(), buffer.len()) };
        // SAFETY: it was written with a NUL.
        assert_eq!((unsafe { CStr::from_ptr(buffer.as_ptr()) }.to_str().unwrap(), n), (r.to_string().as_str(), s.len()));
    }
    assert_eq!(release_of(AEROCODES_RELEASE_NONE), None);
}

#[test]
fn windows_fit() {
    for (d, w) in Dialect::all().zip(&hot::WINDOWS) {
        let window = w.start as usize..(w.start + w.len) as usize;
        assert!(window.end <= hot::NAME_AT.len());
        for (value, &at) in (w.min..).zip(&hot::NAME_AT[window]) {
            let name = d.lookup(value).name();
            assert_eq!(at == u16::MAX, name.is_none());
            assert!(name.is_none_or(|n| aerocodes::pool::NAMES[usize::from(at)..].starts_with(&std::format!("{n}\0"))));
        }
    }
    assert_eq!(hot::WINDOWS.len(), Dialect::COUNT);
}
