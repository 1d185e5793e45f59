//! The C client and what prints its errors: idioms, aql, backup and benchmark tools, Node's log, PHP.

use aerocodes::Dialect;

use super::{Draft, Hit, Input, enclosed, leading_node, line, named};
use crate::text::{at, before, boundary, find, int, line_break, line_end, near_aerospike, rfind, str, word_end};

const C: [Dialect; 1] = [Dialect::C];

/// The numbering of a number beside a symbol: the legacy one where the symbol says so, or where only that has the number.
pub fn numbering(value: i32, symbol: Option<&str>) -> &'static [Dialect] {
    let said = |d: Dialect| symbol.and_then(|s| named(d, s)).is_some_and(|r| r.value() == value);
    let old = Dialect::C_3_0;
    if !said(Dialect::C) && (said(old) || (!Dialect::C.lookup(value).is_known() && old.lookup(value).is_known())) {
        &[Dialect::C_3_0]
    } else {
        &C
    }
}

/// A symbol at `i`, by its end.
pub fn symbol_at(b: &[u8], i: usize) -> Option<(&str, usize)> {
    if !at(b, i, b"AEROSPIKE_") {
        return None;
    }
    let e = word_end(b, i);
    str(b, i, e).map(|s| (s, e))
}

/// A number in brackets with a message behind it, whose symbol (if any) belongs to it.
fn with_message<'t>(t: Input<'t>, start: usize, value: i32, text: usize, level: f32, why: &'static str) -> Draft<'t> {
    let (node, message) = leading_node(t.b, text);
    let symbol = symbol_at(t.b, message);
    let mut d =
        Draft::new(start, symbol.map_or(text.saturating_sub(1), |s| s.1), numbering(value, symbol.map(|s| s.0)), Some(value), level, why);
    d.name = symbol.map(|s| s.0);
    d.node = node;
    d.tail = text;
    d
}

/// `Error: (9) …` at `s`: aql.
pub fn aql<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if !at(b, s, b"Error: (") {
        return None;
    }
    let (value, k) = enclosed(b, s + 7, b'(', b')')?;
    if b.get(k) != Some(&b' ') && k < b.len() && line_break(b, k) == 0 {
        return None;
    }
    let text = (k + 1).min(b.len());
    let mut d = with_message(t, s, value, text, 0.95, "the shape of aql's error line");
    if d.name.is_none() {
        let (from, _) = line(t, s, 300, 0);
        let zero = before(b, s, b"rows in set\n") || rfind(b, from.saturating_sub(300).max(t.floor.min(from)), s, b"aql>").is_some();
        if !(zero || near_aerospike(b, s)) || !d.candidates.iter().any(|d| d.lookup(value).is_known()) {
            return None;
        }
        d.end = k;
        d.level = 0.75;
        // aql's message may be words that hold a timeout of their own.
        d.resume = line_end(b, k, k + 300);
    }
    d.finish()
}

/// `err(9) …` or `error(9) …` at `s`, with the bracket at `open`.
pub fn error_paren<'t>(t: Input<'t>, s: usize, open: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if s < t.floor || !boundary(b, s) {
        return None;
    }
    let (value, k) = enclosed(b, open, b'(', b')')?;
    if b.get(k) != Some(&b' ') || value == 0 {
        return None;
    }
    let mut d = with_message(t, s, value, k + 1, 0.95, "an idiom of the C client's documentation");
    let end = line_end(b, k, k + 600);
    let place = find(b, k, end, b" at ").and_then(|_| find(b, k, end, b".c:").or_else(|| find(b, k, end, b"(null):")));
    let place = place.filter(|&p| b[p..end.min(p + 24)].contains(&b']'));
    if d.name.is_none() {
        let keyed = find(b, k, end, b"imeout: ").is_some_and(|m| find(b, m, end, b"iterations=").is_some());
        let known = d.candidates.iter().any(|d| d.lookup(value).is_known());
        if !(place.is_some() || keyed || (known && near_aerospike(b, s))) {
            return None;
        }
        d.level = if place.is_some() { 0.9 } else { 0.7 };
        d.end = k;
        if keyed || place.is_some() {
            d.resume = find(b, k, end, b"sub-errors:").or(place).unwrap_or(end);
        }
    } else if let Some(p) = place {
        d.resume = find(b, k, p, b"sub-errors:").unwrap_or(p);
    }
    d.finish()
}

/// `… at …[src/main/…c:12]` around `s` (`src/main/`): the number in brackets that starts the line's message.
pub fn source<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if s < t.floor || !at(b, s, b"src/main/") {
        return None;
    }
    let name = s + b[s..].iter().take(120).take_while(|c| c.is_ascii_alphanumeric() || matches!(c, b'/' | b'_' | b'.' | b'-')).count();
    if !before(b, name, b".c") || b.get(name) != Some(&b':') || int(b, name + 1).is_none() || !before(b, s, b"[") {
        return None;
    }
    let (from, _) = line(t, s, 500, 0);
    rfind(b, from, s, b" at ")?;
    let open = rfind(b, from, s, b"(").and_then(|_| {
        let mut to = s;
        loop {
            let o = rfind(b, from, to, b"(")?;
            if let Some((v, k)) = enclosed(b, o, b'(', b')').filter(|&(v, k)| v != 0 && b.get(k) == Some(&b' ')) {
                return Some((o, v, k));
            }
            to = o;
        }
    });
    let (o, value, k) = open?;
    let mut d = with_message(t, o, value, k + 1, 0.85, "a number in brackets before a source line of the C client");
    if d.name.is_none() {
        d.end = k;
    }
    d.resume = name;
    d.finish()
}

/// `- code 9: …` around the anchor `p`: asbackup and asrestore.
pub fn backup<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if p < t.floor || !at(b, p, b"- code ") || !before(b, p, b" ") {
        return None;
    }
    let (value, k) = int(b, p + 7)?;
    let end = line_end(b, k, k + 500);
    if value == 0 || !(k >= end || b[k] == b':' || b[k] == b'"' || b[k] == b'\\' || b[k] == b' ') {
        return None;
    }
    let (from, _) = line(t, p, 500, 0);
    let said = [b"Error while".as_slice(), b"[ERR]", b"rror "].into_iter().any(|w| rfind(b, from, p, w).is_some());
    let verbs = [b"storing ".as_slice(), b"running ", b"connecting ", b"querying ", b"getting "];
    let whiles = rfind(b, from, p, b"Error while ").is_some_and(|w| verbs.into_iter().any(|v| at(b, w + 12, v)));
    if !said || !(rfind(b, from, p, b"[ERR]").is_some() || whiles || near_aerospike(b, p)) {
        return None;
    }
    let mut d = with_message(t, p + 2, value, (k + 2).min(b.len()), 0.9, "the end of an asbackup or asrestore message");
    if d.name.is_none() {
        d.end = k;
    }
    if b.get(k) == Some(&b':') {
        d.resume = end;
    }
    d.finish()
}

/// `Read error: ns=… code=9 message=…`, with `error:` at `s`: asbenchmark.
pub fn benchmark<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if !at(b, s + 5, b": ns=") {
        return None;
    }
    let end = line_end(b, s, s + 2000);
    let code = find(b, s, end, b" code=")?;
    let (value, k) = int(b, code + 6)?;
    let start = crate::text::name_start(b, s.saturating_sub(1), t.floor, b"-").min(s);
    let message = find(b, k, end, b"message=").map_or(k, |m| m + 8);
    let mut d = with_message(t, start, value, message, 0.96, "an error line of asbenchmark");
    d.end = k;
    d.tail = message;
    d.resume = end;
    d.finish()
}

/// `Client error in Get command: … [-6]`, with `error` at `s`: the log of the Node.js client.
pub fn error_in<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if !at(b, s, b"error in ") || !(before(b, s, b"Client ") || before(b, s, b"Server ")) {
        return None;
    }
    let end = line_end(b, s, s + 1000);
    let command = find(b, s, end, b" command: ")?;
    let last = rfind(b, command, end, b"[")?;
    let (value, k) = enclosed(b, last, b'[', b']')?;
    let text = command + 10;
    let (node, message) = leading_node(b, text);
    let mut d = Draft::new((s - 7).max(t.floor), k, &[Dialect::NODEJS], Some(value), 0.95, "a line of the Node.js client's log");
    d.name = symbol_at(b, message).map(|s| s.0);
    d.node = node;
    d.tail = text;
    d.finish()
}

/// `Error: … [9]`, with `Error` at `s`: the idiom of Python's documentation.
pub fn bracketed<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if !at(b, s, b"Error: ") {
        return None;
    }
    let mut end = line_end(b, s, s + 500);
    // The string that holds it may end before the line.
    end = find(b, s, end, b"]\"").map_or(end, |k| k + 1);
    while end > s && matches!(b[end - 1], b'"' | b'\'' | b' ' | b'`') {
        end -= 1;
    }
    let last = end.checked_sub(1).filter(|&e| b[e] == b']')?;
    let open = rfind(b, s, last, b"[")?;
    let (value, k) = enclosed(b, open, b'[', b']').filter(|x| x.1 == end)?;
    if value == 0 || !before(b, open, b" ") {
        return None;
    }
    let text = s + 7;
    let (node, message) = leading_node(b, text);
    let symbol = symbol_at(b, message);
    let words = at(b, message, b"Node not found for partition");
    let known = Dialect::PYTHON.lookup(value).is_known();
    if !(words || symbol.is_some() || node.is_some() && known || near_aerospike(b, s) && known) {
        return None;
    }
    let mut d = Draft::new(
        s,
        k,
        &[Dialect::PYTHON],
        Some(value),
        0.75,
        "the idiom of Python's documentation: the code in brackets behind the message",
    );
    d.candidates = [Dialect::C, Dialect::NODEJS, Dialect::PHP].iter().fold(d.candidates, |c, x| c.with(*x));
    d.node = node;
    d.name = symbol.map(|s| s.0);
    d.tail = text;
    d.finish()
}

/// `Failed to get tend connection: -1 …` around the anchor `p` (`tend`).
pub fn tend<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if !at(b, p, b"tend connection: ") || !before(b, p, b"Failed to get ") {
        return None;
    }
    let (value, k) = int(b, p + 17)?;
    let mut d = with_message(t, (p - 14).max(t.floor), value, k + 1, 0.9, "a line of the C client's log");
    if d.name.is_none() {
        d.end = k;
    }
    d.finish()
}
