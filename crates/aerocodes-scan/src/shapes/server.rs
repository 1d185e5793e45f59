//! The server: info answers, log lines, replication and jobs.

use aerocodes::Dialect;

use super::{Draft, Hit, Input, line};
use crate::text::{at, before, find, int, is_word, line_end, near_aerospike, rfind};

const SERVER: [Dialect; 1] = [Dialect::SERVER];

/// `ERROR:4:…`, `FAIL:201:…`, `ERROR::…` at `s`, in any case.
pub fn info<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let word = if b[s].eq_ignore_ascii_case(&b'e') { 5 } else { 4 };
    let i = s + word + 1;
    let unknown = b.get(i) == Some(&b':');
    let (value, k) = if unknown { (1, i) } else { int(b, i)? };
    if b.get(k) != Some(&b':') || value == 0 {
        return None;
    }
    // A path, an address or a field name before it makes it something else.
    if s > 0 && matches!(b[s - 1], b'.' | b'-' | b'_' | b'/') {
        return None;
    }
    let upper = b[s..s + word].iter().all(u8::is_ascii_uppercase);
    let next = b.get(k + 1).copied().unwrap_or(b'\n');
    let context = near_aerospike(b, s);
    let plain =
        next.is_ascii_alphabetic() || matches!(next, b'\n' | b'\r' | b';' | b'"' | b'\\' | b'`' | b'\'' | b')' | b'\t') || k + 1 >= b.len();
    let known = Dialect::SERVER.lookup(value).is_known();
    let inside = rfind(b, t.floor.max(s.saturating_sub(200)), s, b"ailed: ").is_some();
    // `ERROR:12:34:56` is a time, `ERROR::main` a module.
    let fits = if unknown {
        (upper && next.is_ascii_lowercase() && find(b, k, k + 40, b"::").is_none_or(|n| n <= k))
            && (context || find(b, k, k + 40, b"-").is_some())
    } else {
        known || context || inside
    };
    if !fits || !(context || plain || inside) || !(upper || context || (known && value >= 100)) {
        return None;
    }
    if !upper && !context && next == b' ' {
        return None;
    }
    let level = if unknown {
        0.6
    } else if context {
        0.95
    } else {
        0.8
    };
    let mut d = Draft::new(s, k + 1, &SERVER, Some(value), level, "an answer of the info protocol");
    d.tail = k + 1;
    d.finish()
}

/// Whether a server's log line stands around `s`: `… GMT: WARNING (particle): (particle_integer.c:257) `. Returns where its
/// message starts.
fn log_line(t: Input<'_>, s: usize) -> Option<(usize, usize)> {
    let b = t.b;
    let (from, _) = line(t, s, 300, 0);
    let place = rfind(b, from, s, b".c:")?;
    let (_, k) = int(b, place + 3)?;
    if !at(b, k, b") ") || rfind(b, from, place, b"(").is_none() || rfind(b, from, place, b"): (").is_none() {
        return None;
    }
    let mut text = k + 2;
    if at(b, text, b"(repeated:") {
        text = find(b, text, s, b") ")? + 2;
    }
    let name = rfind(b, from, place, b"(")? + 1;
    Some((text, name))
}

/// `build_bin - error 4 …`, with `error` at `s`.
pub fn error<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if !at(b, s, b"error ") {
        return None;
    }
    let (value, k) = int(b, s + 6)?;
    if value <= 0 || b.get(k).is_some_and(|c| is_word(*c) || matches!(c, b'(' | b':' | b',')) {
        return None;
    }
    let (text, file) = log_line(t, s)?;
    let start = if s == text {
        let known = [b"exp.c".as_slice(), b"particle", b"cdt", b"bits", b"hll", b"msgpack"];
        if !known.iter().any(|f| at(b, file, f)) {
            return None;
        }
        s
    } else if before(b, s, b" - ") {
        let name = crate::text::name_start(b, s - 3, text, b"()");
        if name != text || name == s - 3 {
            return None;
        }
        name
    } else {
        return None;
    };
    let mut d = Draft::new(start, k, &SERVER, Some(value), 0.9, "a result code in a line of the server's log");
    d.tail = k;
    d.finish()
}

/// `failed: ret_code=-26` around the anchor `p` (`ode=`): negated.
pub fn negated<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let s = p.checked_sub(5)?;
    if s < t.floor || !at(b, s, b"ret_code=-") || !(before(b, s, b"() failed: ") || before(b, s, b"() failed ")) {
        return None;
    }
    let (value, k) = int(b, s + 9)?;
    let mut d = Draft::new(s, k, &SERVER, Some(value.checked_neg()?), 0.9, "the server's log prints this result code negated");
    d.tail = k;
    d.finish()
}

/// `abandon result -1` around the anchor `p`.
pub fn xdr<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if p < t.floor || !at(b, p, b"abandon result ") {
        return None;
    }
    let (value, k) = int(b, p + 15)?;
    if value == 0 {
        return None;
    }
    let of = if value < 0 { Dialect::XDR } else { Dialect::SERVER };
    let mut d = Draft::new(
        p,
        k,
        &[of],
        Some(value),
        0.93,
        if value < 0 { "XDR's own numbers are negative" } else { "XDR repeats the destination's result code" },
    );
    let (from, _) = line(t, p, 200, 0);
    d.start = rfind(b, from, p, b"DC ").unwrap_or(p);
    d.tail = k;
    d.finish()
}

/// A job's result around `p` (`job`).
pub fn job<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let s = p.checked_sub(6).filter(|&s| at(b, s, b"query ")).or_else(|| p.checked_sub(5).filter(|&s| at(b, s, b"scan ")))?;
    if s < t.floor || !at(b, p, b"job ") {
        return None;
    }
    let (from, end) = line(t, s, 200, 200);
    let end = line_end(b, s, end);
    if at(b, p + 4, b"failed quota ") {
        let (value, k) = int(b, p + 17)?;
        let mut d = Draft::new(s, k, &SERVER, Some(value), 0.8, "the result code behind a job's refused quota");
        d.tail = k;
        return d.finish();
    }
    let (_, k) = number(b, p + 4)?;
    let (open, finished) = if at(b, k, b" (") {
        (k + 1, rfind(b, from, s, b"finished ").is_some())
    } else if at(b, k, b" failed to start (") {
        (k + 17, true)
    } else {
        return None;
    };
    let (value, e) = super::enclosed(b, open, b'(', b')').filter(|x| x.1 <= end)?;
    if !finished || value == 0 {
        return None;
    }
    let mut d = Draft::new(s, e, &[Dialect::JOB], Some(value), 0.92, "the result of a scan or query job in the server's log");
    d.tail = e;
    d.finish()
}

/// An unsigned number of any length.
fn number(b: &[u8], i: usize) -> Option<(usize, usize)> {
    let n = b.get(i..)?.iter().take(24).take_while(|c| c.is_ascii_digit()).count();
    (n > 0).then_some((i, i + n))
}

/// `write fail: queue too deep`, `write_master: record too big`, around `p` (`to`).
pub fn words<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let (s, e, value) = if at(b, p, b"too deep") && before(b, p, b"write fail: queue ") {
        (p - 18, p + 8, 18)
    } else if at(b, p, b"too big") && before(b, p, b"write_master: record ") {
        (p - 21, p + 7, 13)
    } else {
        return None;
    };
    if s < t.floor {
        return None;
    }
    let mut d = Draft::new(s, e, &SERVER, Some(value), 0.8, "words of the server's log that stand for one code");
    d.weak = true;
    d.finish()
}
