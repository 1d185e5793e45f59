//! Go: `ResultCode: NAME, Iteration: …`; the prose of v1 to v4; other `ResultCode` forms.

use aerocodes::Dialect;

use super::{Draft, Hit, Input, named};
use crate::event::start_within;
use crate::text::{at, before, boundary, find, int, line_break, line_end, near_aerospike, rfind, str, word_end};

const GO: [Dialect; 1] = [Dialect::GO];

/// `ResultCode` at `s`.
pub fn result_code<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if s < t.floor || !at(b, s, b"ResultCode") || !boundary(b, s) {
        return None;
    }
    let i = s + 10;
    match b.get(i)? {
        b':' if b.get(i + 1) == Some(&b' ') => line(t, s, crate::text::plain(b, i + 2)),
        b':' => {
            // `%#v` of the error: `ResultCode:2, InDoubt:false`.
            let (value, k) = int(b, i + 1)?;
            let open = rfind(b, t.floor.max(s.saturating_sub(400)), s, b"AerospikeError{").filter(|&o| start_within(b, o + 1, s).is_none());
            if value == 0 || !(at(b, k, b", InDoubt:") || open.is_some()) {
                return None;
            }
            let start = open.map_or(s, |o| crate::text::name_start(b, o, t.floor, b".&"));
            let mut d = Draft::new(start, k, &GO, Some(value), 0.9, "the fields of Go's error");
            if at(b, k, b", InDoubt:") {
                d.in_doubt = if at(b, k + 10, b"true") { Some(true) } else { at(b, k + 10, b"false").then_some(false) };
            }
            d.finish()
        }
        b' ' => {
            let (value, k) = int(b, i + 1)?;
            at(b, k, b" unknown in the client").then(|| {
                let mut d = Draft::new(s, k, &[Dialect::RUBY], Some(value), 0.9, "what Ruby says of a code it does not know");
                if let Some(c) = super::names::ruby_class_before(t, s) {
                    d.start = c;
                }
                d.resume = line_end(b, k, k + 200);
                d.finish()
            })?
        }
        b'.' => {
            let e = word_end(b, i + 1);
            let name = str(b, i + 1, e)?;
            if before(b, s, b"<") {
                // Python's repr: `<ResultCode.KEY_BUSY: 14>`.
                let (value, k) = int(b, e + 2).filter(|_| at(b, e, b": "))?;
                if value == 0 || b.get(k) != Some(&b'>') {
                    return None;
                }
                let mut d = Draft::new(
                    s - 1,
                    k + 1,
                    &[Dialect::PYTHON_NATIVE],
                    Some(value),
                    0.92,
                    "Python's repr of a native client's result code",
                );
                d.name = Some(name);
                let from = t.floor.max(s.saturating_sub(600));
                if let Some(q) = rfind(b, from, s, b"rror(") {
                    if b.get(q + 5).is_some_and(|c| matches!(c, b'\'' | b'"' | b'\\')) && crate::text::hard_end(b, q, s) == s {
                        d.start = crate::text::name_start(b, q, from, b".");
                    }
                }
                d.in_doubt = if at(b, k + 1, b", True") { Some(true) } else { at(b, k + 1, b", False").then_some(false) };
                return d.finish();
            }
            let of = [Dialect::JAVA, Dialect::CSHARP, Dialect::PYTHON_NATIVE, Dialect::RUST];
            let reading = of.iter().find_map(|d| named(*d, name))?;
            let import = before(b, crate::text::name_start(b, s, t.floor, b"."), b"import ")
                || before(b, crate::text::name_start(b, s, t.floor, b"."), b"import static ");
            if reading.value() == 0 || import || !(t.bare_words || near_aerospike(b, s)) {
                return None;
            }
            let mut d = Draft::new(s, e, &[], Some(reading.value()), 0.5, "a constant's name with Aerospike near it");
            for dialect in of.into_iter().filter(|d| named(*d, name).is_some()) {
                d.candidates = d.candidates.with(dialect);
            }
            d.name = Some(name);
            d.weak = true;
            d.finish()
        }
        _ => None,
    }
}

/// The name of a code starts at `i`.
fn line<'t>(t: Input<'t>, s: usize, i: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let e = word_end(b, i);
    let mut d;
    let mut k;
    if at(b, i, b"invalid ResultCode") {
        // A code that the client does not know: since v6.14 with its number.
        let number = int(b, i + 19).filter(|_| b.get(i + 18) == Some(&b' '));
        let stop = line_end(b, i, i + 240);
        k = find(b, i, stop, b", Iteration:").unwrap_or(number.map_or(i + 18, |n| n.1));
        d = Draft::new(s, k, &GO, number.map(|n| n.0), 0.9, "Go's line for a code that it does not know");
        d.release = if number.is_some() { releases!("6.14.0", "") } else { releases!("5.0.0", "6.13.0") };
    } else {
        let name_end = if at(b, i, b"GRPC error") { i + 10 } else { e };
        let name = str(b, i, name_end)?;
        let full = at(b, crate::text::plain(b, name_end), b", Iteration:");
        let reading = named(Dialect::GO, if name == "GRPC error" { "GRPC_ERROR" } else { name });
        let cut = name_end >= b.len() || line_break(b, name_end) > 0;
        let prefix_of_known = b.len() == name_end && !full && reading.is_none();
        if prefix_of_known
            || name.is_empty()
            || (!full && reading.is_none())
            || name == "OK"
            || (!full && !cut && !matches!(b.get(name_end), Some(b',' | b'`' | b'"' | b'\'' | b'\\' | b'.' | b')' | b' ' | b';')))
        {
            return None;
        }
        if !full && !name.bytes().all(|c| c.is_ascii_uppercase() || c == b'_' || c == b' ') && name != "GRPC error" {
            return None;
        }
        k = crate::text::plain(b, name_end);
        d = Draft::new(s, k, &GO, reading.map(|r| r.value()), if full { 0.98 } else { 0.85 }, "the shape of Go's error line");
        d.name = Some(name);
        d.condition = reading.and_then(|r| r.condition());
        d.release = releases!("5.0.0", "");
    }
    let stop = line_end(b, k, k + 300);
    if at(b, k, b", Iteration: ") {
        if let Some((n, e)) = int(b, k + 13) {
            d.iteration = u32::try_from(n).ok();
            k = e;
        }
    }
    if at(b, k, b", InDoubt: ") {
        let word = word_end(b, k + 11);
        d.in_doubt = match &b[k + 11..word] {
            b"true" => Some(true),
            b"false" => Some(false),
            _ => None,
        };
        k = if d.in_doubt.is_some() { word } else { k };
    }
    if at(b, k, b", Node: ") {
        let from = k + 8;
        let e = find(b, from, stop.min(from + 120), b": ")
            .or_else(|| (stop > from && b[stop - 1] == b':').then_some(stop - 1))
            .unwrap_or(stop.min(from + 120));
        let e = from + b[from..e].iter().position(|c| matches!(c, b'"' | b'`' | b',' | b'\'' | b'}')).unwrap_or(e - from);
        d.node = str(b, from, e).filter(|n| !n.is_empty() && *n != "<nil>" && !"<nil>".starts_with(n));
        if e > from {
            k = e;
        }
    }
    d.end = k;
    d.resume = k;
    d.tail = k;
    if d.value.is_some() && find(b, k, (k + 220).min(stop), b"not available yet").is_some() {
        // The prose of an unknown code repeats its number.
        d.resume = find(b, k, stop, b"not available yet").map_or(k, |n| n + 17);
    }
    if k > d.start + 12 && at(b, d.start, b"ResultCode: invalid ResultCode. ") && at(b, k, b": Error code") {
        d.resume = stop.min(k + 200);
    }
    d.finish()
}

/// `Error code (<n>) not available yet` at `s`: Go v1 to v4.
pub fn error_code<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if !at(b, s, b"Error code (") {
        return None;
    }
    let i = if at(b, s + 12, b"invalid ResultCode ") { s + 31 } else { s + 12 };
    let (value, k) = int(b, i)?;
    find(b, k, k + 80, b"not available yet").map(|e| {
        let mut d = Draft::new(s, e + 17, &GO, Some(value), 0.9, "what Go says of a code it does not know");
        d.release = if i == s + 12 { releases!("1.0.0", "4.7.1") } else { releases!("6.14.0", "") };
        d.finish()
    })?
}

/// `Node not found for partition … in partition table.` around the anchor `p` (`titi`).
pub fn partition<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let s = p.checked_sub(19)?;
    if s < t.floor || !at(b, s, b"Node not found for partition ") {
        return None;
    }
    let stop = line_end(b, s, s + 160);
    let go = find(b, s, stop, b" in partition table");
    // `… [-8]`, the idiom of Python's documentation, has the number.
    if go.is_none() {
        let open = find(b, s, stop, b" [")?;
        let (value, k) = super::enclosed(b, open + 1, b'[', b']')?;
        let c = [Dialect::C, Dialect::PYTHON, Dialect::NODEJS, Dialect::PHP];
        return Draft::new(s, k, &c, Some(value), 0.7, "the C client's words with a number in brackets").finish();
    }
    let mut d = Draft::new(s, go? + 19, &GO, Some(-3), 0.7, "words of Go up to v4, which prints no code");
    d.release = releases!("1.0.0", "4.7.1");
    d.weak = true;
    d.finish()
}

/// `Cluster is empty.` around the anchor `p` (`s em`).
pub fn empty<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let s = p.checked_sub(9)?;
    if s < t.floor || !at(b, s, b"Cluster is empty.") || !boundary(b, s) {
        return None;
    }
    let mut d = Draft::new(s, s + 16, &GO, Some(-11), 0.5, "words of Go up to v4, which prints no code");
    d.release = releases!("1.0.0", "4.7.1");
    d.weak = true;
    d.finish()
}

/// `command execution timed out` around the anchor `p` (`n ti`).
pub fn timed_out<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let s = p.checked_sub(16)?;
    if s < t.floor || !at(b, s, b"command execution timed out") || !boundary(b, s) {
        return None;
    }
    let end = s + 27 + if at(b, s + 27, b" on client") { 10 } else { 0 };
    if b.get(end) != Some(&b':') {
        return None;
    }
    let mut d = Draft::new(s, end, &GO, Some(9), 0.8, "words of Go up to v4, which prints no code");
    d.release = releases!("1.0.0", "4.7.1");
    d.weak = true;
    d.finish()
}
