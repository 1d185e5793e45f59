//! Rust: the prose of 0.1 to 1.3, the variants of 2.0, the line of 3.0; and the Python clients on it.

use aerocodes::Dialect;

use super::{Class, Draft, Hit, Input, class_before, mask, named, salt, sentence};
use crate::event::start_within;
use crate::text::{at, before, boundary, find, int, is_word, line_break, line_end, near_aerospike, str, word_end};

const RUST: [Dialect; 1] = [Dialect::RUST];

/// `Error 9, iter=3, In Doubt: true, node=…: …` at `s`, with the number up to `end`.
pub fn line<'t>(t: Input<'t>, s: usize, value: i32, end: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let prefix = class_before(t, s);
    // Python prints the line behind a class of its module, or as the text in an exception's repr.
    let repr = before(b, s, b"rror('") || before(b, s, b"rror(\"") || before(b, s, b"ception('");
    let python = repr || prefix.is_some_and(|p| p.1 == Class::PythonNative);
    let of = if python { Dialect::PYTHON_NATIVE } else { Dialect::RUST };
    let mut d = Draft::new(prefix.map_or(s, |p| p.0), end, &[of], Some(value), 0.95, "the fields of the Rust client's line");
    let mut i = end;
    let mut fields = 0;
    loop {
        if at(b, i, b", SubCode: ") {
            let (n, k) = int(b, i + 11)?;
            d.subcode = u32::try_from(n).ok();
            i = k;
            if at(b, i, b" (") {
                let e = word_end(b, i + 2);
                if b.get(e) == Some(&b')') {
                    i = e + 1;
                }
            }
        } else if at(b, i, b", iter=") {
            let (n, k) = int(b, i + 7)?;
            d.iteration = u32::try_from(n).ok();
            i = k;
        } else if at(b, i, b", In Doubt: ") {
            let e = word_end(b, i + 12);
            d.in_doubt = match &b[i + 12..e] {
                b"true" => Some(true),
                b"false" => Some(false),
                _ => None,
            };
            i = e;
        } else if at(b, i, b", node=") {
            let stop = line_end(b, i, i + 140);
            let e = find(b, i, stop, b": ").unwrap_or(stop);
            d.node = str(b, i + 7, e).filter(|n| !n.is_empty());
            i = e;
        } else {
            break;
        }
        fields += 1;
    }
    if b.get(i) != Some(&b':') && i < b.len() && line_break(b, i) == 0 {
        return None;
    }
    if fields == 0 && !python {
        // A host before it: `10.0.0.1:3999 Error -1: …`.
        d.node = crate::text::address_before(b, s.saturating_sub(1), t.floor).filter(|_| before(b, s, b" ")).and_then(|a| str(b, a, s - 1));
        if d.node.is_none() {
            let stop = line_end(b, i, i + 200);
            if find(b, i, stop, b"Failed to connect to [").is_none()
                && find(b, i, stop, b"Unable to communicate").is_none()
                && !before(b, s, b"Error: ")
            {
                return None;
            }
        } else if !of.lookup(value).is_known() {
            return None;
        }
        d.host = d.node.map_or(0, |n| salt(n.as_bytes()));
        d.level = 0.85;
    }
    d.end = i;
    d.resume = i;
    d.tail = i;
    if !python {
        d.release = releases!("3.0.0", "");
        // Which of the clients on it: only the prefix of the outermost error tells.
        if d.node.is_some() && fields == 0
            || crate::text::rfind(b, s.saturating_sub(600), s, b"aerospike_")
                .is_some_and(|n| at(b, n, b"aerospike_native") || at(b, n, b"aerospike_sdk"))
        {
            let native = crate::text::rfind(b, s.saturating_sub(600), s, b"aerospike_")
                .is_some_and(|n| at(b, n, b"aerospike_native") || at(b, n, b"aerospike_sdk"));
            if native {
                d.candidates = crate::Candidates::NONE.with(Dialect::PYTHON_NATIVE);
                d.release = releases!("1.0.0", "");
            }
        }
    } else {
        d.release = releases!("1.0.0", "");
    }
    d.finish()
}

/// `Server error: …`, `Batch error: …`, with `error` at `s`.
pub fn server_error<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let text = s + 7;
    if !at(b, s, b"error: ") {
        return None;
    }
    let stop = line_end(b, text, text + 400);
    if before(b, s, b"Server ") && s >= t.floor + 7 && boundary(b, s - 7) {
        let e = word_end(b, text);
        if at(b, e, b", In Doubt: ") {
            return variant(t, s - 7, text, e, "the Rust client's line with a variant's name");
        }
        if let Some(r) = str(b, text, e)
            .and_then(|n| named(Dialect::RUST, n))
            .filter(|_| e - text > 5 && (e >= b.len() || b[e] == b',' || line_break(b, e) > 0))
        {
            let near = near_aerospike(b, s);
            let camel = b[text..e].iter().filter(|c| c.is_ascii_uppercase()).count() > 1;
            if near || camel {
                let mut d = Draft::new(s - 7, e, &RUST, Some(r.value()), 0.7, "the Rust client's line, cut short");
                d.name = str(b, text, e);
                return d.finish();
            }
        }
        let said = sentence(b, text, stop, mask(&RUST))?;
        let whole = said.end >= stop || matches!(b[said.end], b'"' | b'\'' | b',' | b'\\' | b'\r' | b'`' | b'.' | b')' | b';');
        if !whole || said.value == 0 || (said.words < 2 && !near_aerospike(b, s)) {
            return None;
        }
        let mut d = Draft::new(s - 7, said.end, &RUST, Some(said.value), 0.8, "words of Rust up to 1.3, which prints no code");
        d.release = releases!("", "1.3");
        d.weak = true;
        return d.finish();
    }
    let batch = [b"Batch ".as_slice(), b"BatchIndex "].into_iter().find(|w| before(b, s, w))?;
    let code = find(b, text, stop, b"Result Code: ")? + 13;
    let e = word_end(b, code);
    let mut hit = variant(t, (s - batch.len()).max(t.floor), code, e, "the Rust client's line for a record of a batch")?;
    hit.nested = false;
    Some(hit)
}

fn variant<'t>(t: Input<'t>, start: usize, name: usize, e: usize, why: &'static str) -> Option<Hit<'t>> {
    let b = t.b;
    let text = str(b, name, e)?;
    let reading = named(Dialect::RUST, text);
    let mut d = Draft::new(start, e, &RUST, reading.map(|r| r.value()), 0.95, why);
    d.name = Some(text);
    // `Unknown(210)`
    if text == "Unknown" {
        let (v, k) = super::enclosed(b, e, b'(', b')')?;
        d.value = Some(v);
        d.end = k;
    } else if reading.is_none() {
        d.level = 0.6;
    }
    let mut i = d.end;
    if at(b, i, b", In Doubt: ") {
        let w = word_end(b, i + 12);
        d.in_doubt = match &b[i + 12..w] {
            b"true" => Some(true),
            b"false" => Some(false),
            _ => None,
        };
        i = w;
    }
    if at(b, i, b", Node: ") {
        let n = i + 8 + b[i + 8..].iter().take(80).take_while(|c| is_word(**c) || matches!(c, b'.' | b':' | b'[' | b']' | b'-')).count();
        d.node = str(b, i + 8, n).filter(|n| !n.is_empty());
        i = n;
    }
    d.end = i;
    d.resume = i;
    d.tail = i;
    d.release = releases!("2.0.0", "2");
    d.finish()
}

/// `ServerError(KeyNotFoundError, false, "…")`, with the bracket at `open`.
pub fn debug<'t>(t: Input<'t>, open: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let start = crate::text::name_start(b, open, t.floor, b"");
    if !matches!(&b[start..open], b"ServerError" | b"BatchError" | b"BatchIndexError") {
        return None;
    }
    let mut i = open + 1;
    if let Some((_, k)) = int(b, i).filter(|&(_, k)| at(b, k, b", ")) {
        i = k + 2;
    }
    let e = word_end(b, i);
    let name = str(b, i, e)?;
    let reading = named(Dialect::RUST, name);
    let unknown = if name == "Unknown" { super::enclosed(b, e, b'(', b')') } else { None };
    let close = unknown.map_or(e, |u| u.1);
    if reading.is_none() && unknown.is_none() || !matches!(b.get(close), Some(b',' | b')')) {
        return None;
    }
    let mut d = Draft::new(
        start,
        close,
        &RUST,
        unknown.map(|u| u.0).or(reading.map(|r| r.value())),
        0.93,
        "the debug form of the Rust client's error",
    );
    d.name = reading.and(Some(name));
    d.in_doubt = if at(b, close, b", true") { Some(true) } else { at(b, close, b", false").then_some(false) };
    d.resume = close;
    d.release = if b.get(close) == Some(&b')') { releases!("", "1.3") } else { releases!("2.0.0", "2") };
    d.finish()
}

/// `result_code: 9` at `s`, inside `ErrorInner { … }`.
pub fn inner<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if s < t.floor || !at(b, s, b"result_code: ") {
        return None;
    }
    let (value, k) = int(b, s + 13)?;
    let open = crate::text::rfind(b, t.floor.max(s.saturating_sub(600)), s, b"ErrorInner {")?;
    if start_within(b, open + 1, s).is_some() {
        return None;
    }
    let mut d = Draft::new(open, k, &RUST, Some(value), 0.95, "the debug form of the Rust client's error");
    let stop = (k + 600).min(b.len());
    let stop = start_within(b, k + 1, stop).unwrap_or(stop);
    if let Some(i) = find(b, k, stop, b"in_doubt: ") {
        d.in_doubt = if at(b, i + 10, b"true") { Some(true) } else { at(b, i + 10, b"false").then_some(false) };
    }
    if let Some(i) = find(b, open, s, b"rc: ") {
        d.name = str(b, i + 4, word_end(b, i + 4)).filter(|n| named(Dialect::RUST, n).is_some());
    }
    d.release = releases!("3.0.0", "");
    d.finish()
}

/// `Client Timeout: …` or `Timeout: …, Client-Side: …` at `s`.
pub fn timeout<'t>(t: Input<'t>, s: usize, text: usize, limit: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let side = find(b, text, limit, b", Client-Side:");
    if side.is_none() && !near_aerospike(b, s) {
        return None;
    }
    let mut d = Draft::new(s, text, &RUST, Some(9), if side.is_some() { 0.85 } else { 0.6 }, "the Rust client's words for a timeout");
    d.release = if side.is_some() { releases!("2.0.0", "2") } else { releases!("2.0.0", "") };
    d.weak = true;
    d.finish()
}

/// Messages of Rust 0.1 to 1.3 without a code within `from..to`, behind the product's name.
pub fn words<'t>(t: Input<'t>, from: usize, to: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let (s, len, value) = [
        (b"UDF Bad Response: ".as_slice(), 100),
        (b"Bad Server Response: ", -2),
        (b"Invalid cluster node: ", -3),
        (b"Too many connections", -7),
    ]
    .into_iter()
    .find_map(|(words, value)| find(b, from, to, words).map(|s| (s, words.len(), value)))?;
    if !boundary(b, s) {
        return None;
    }
    let end = s + len - if b[s + len - 1] == b' ' { 2 } else { 0 };
    let mut d = Draft::new(s, end, &RUST, Some(value), 0.5, "words of the Rust client, with Aerospike near them");
    d.release = releases!("", "1.3");
    d.weak = true;
    d.finish()
}
