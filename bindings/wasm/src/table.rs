//! The table and the findings as JSON.
//!
//! `xtask/src/codegen/wasm.rs` writes the same table from the registry for pages where WebAssembly is blocked; the tests
//! hold the two together.

use alloc::vec::Vec;

use aerocodes::{Answer, Category, Condition, Dialect, Edition, Kind, Operation, Origin, Reading};

use crate::json::Json;

/// Rows of one kind: `,"key":[[…],[…]]`.
fn rows<T>(j: &mut Json, key: &str, rows: impl Iterator<Item = T>, mut row: impl FnMut(&mut Json, T)) {
    j.key(key);
    j.open(b'[');
    for r in rows {
        j.open(b'[');
        row(j, r);
        j.close(b']');
    }
    j.close(b']');
}

fn answer(a: Answer) -> i32 {
    match a {
        Answer::Unknown => 0,
        Answer::No => 1,
        Answer::Depends => 2,
        Answer::Yes => 3,
    }
}

/// Everything but the long texts. The order of each row's fields is that of the types in `src/js/table.ts`.
pub fn write() -> Vec<u8> {
    let mut json = Json::new();
    let j = &mut json;
    j.open(b'{');
    rows(j, "dialects", Dialect::all(), |j, d| {
        for text in [d.key(), d.title(), d.software(), d.module()] {
            j.text(text.as_bytes());
        }
        j.number(match d.kind() {
            Kind::Current => 0,
            Kind::Legacy => 1,
            _ => 2,
        });
        j.release(Some(d.covered().0));
        j.release(Some(d.covered().1));
        j.open(b'[');
        for (from, to, category) in d.ranges() {
            j.number(from);
            j.number(to);
            j.number(i32::from(category.id()));
        }
        j.close(b']');
        for alias in d.aliases() {
            j.text(alias.as_bytes());
        }
    });
    rows(j, "categories", Category::all(), |j, c| {
        j.text(c.key().as_bytes());
        j.text(c.title().as_bytes());
    });
    rows(j, "operations", Operation::all(), |j, o| {
        j.text(o.key().as_bytes());
        j.text(o.title().as_bytes());
        j.number(i32::from(o.mutates()));
        j.number(i32::from(o.is_idempotent()));
    });
    rows(j, "conditions", Condition::all(), |j, c| {
        j.text(c.name().as_bytes());
        j.number(i32::from(c.category().id()));
        j.number(match c.origin() {
            Origin::Server => 0,
            Origin::Client => 1,
            _ => 2,
        });
        j.number(i32::from(c.edition() == Edition::Enterprise));
        let p = c.predicates();
        j.number(answer(p.retryable));
        j.number(answer(p.maybe_applied));
        j.text(c.summary().as_bytes());
        j.open(b'[');
        for n in c.nearest() {
            j.number(i32::from(n.id()));
        }
        j.close(b']');
        j.open(b'[');
        for s in c.subcodes() {
            j.number(s.value() as i32);
            j.text(s.name().as_bytes());
        }
        j.close(b']');
        for keyword in c.keywords() {
            j.text(keyword.as_bytes());
        }
    });
    rows(j, "readings", Dialect::all().flat_map(Dialect::readings), reading);
    j.close(b'}');
    json.finish()
}

fn reading(j: &mut Json, r: Reading) {
    j.number(i32::from(r.dialect().id()));
    j.number(r.value());
    j.text(r.name().unwrap_or("").as_bytes());
    j.number(r.condition().map_or(0, |c| i32::from(c.id())));
    j.number(i32::from(r.is_primary()) | i32::from(r.is_wrong()) << 1 | i32::from(r.edition() == Edition::Enterprise) << 2);
    j.release(r.since());
    j.release(r.until());
    j.release(r.introduced());
    j.open(b'[');
    for (a, b) in r.gaps() {
        j.release(Some(a));
        j.release(Some(b));
    }
    j.close(b']');
    for f in r.folds() {
        j.number(i32::from(f.id()));
    }
}

/// Each finding: start and end in UTF-8 bytes, then what `aerocodes_scan::Finding` knows.
#[cfg(feature = "recognize")]
pub fn findings(text: &[u8], limit: u32) -> Vec<u8> {
    let mut json = Json::new();
    let j = &mut json;
    j.open(b'[');
    // An absent number is an empty string.
    let number = |j: &mut Json, n: Option<i32>| match n {
        Some(n) => j.number(n),
        None => j.text(b""),
    };
    for f in aerocodes_scan::recognize_bytes(text).take(limit as usize) {
        j.open(b'[');
        j.number(f.start as i32);
        j.number(f.end as i32);
        j.number(f.dialect.map_or(-1, |d| i32::from(d.id())));
        number(j, f.value);
        j.text(f.name.unwrap_or("").as_bytes());
        j.number(f.condition.map_or(0, |c| i32::from(c.id())));
        number(j, f.subcode.map(|s| s as i32));
        number(j, f.in_doubt.map(i32::from));
        j.text(f.node.unwrap_or("").as_bytes());
        number(j, f.iteration.map(|i| i as i32));
        j.number(i32::from(f.nested));
        j.release(f.release.0);
        j.release(f.release.1);
        j.number((f.confidence.level * 1000.0 + 0.5) as i32);
        j.text(f.confidence.why.as_bytes());
        for d in f.candidates.iter() {
            j.number(i32::from(d.id()));
        }
        j.close(b']');
    }
    j.close(b']');
    json.finish()
}
