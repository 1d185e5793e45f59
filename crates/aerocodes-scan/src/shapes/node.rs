//! Node.js: error objects with `code`, and errors whose stack carries no code.

use aerocodes::Dialect;

use super::{Draft, Hit, Input, leading_node, line, mask, named, python::symbol_in, sentence};
use crate::event::start_within;
use crate::text::{at, blanks, find, int, is_word, line_break, line_end, near_aerospike, str};

const NODE: [Dialect; 1] = [Dialect::NODEJS];

/// A field `key: ` or `"key":` within `from..to`, by what follows it.
fn field(b: &[u8], from: usize, to: usize, key: &[u8]) -> Option<usize> {
    let mut i = from;
    while let Some(k) = find(b, i, to, key) {
        let e = k + key.len();
        if k == 0 || !is_word(b[k - 1]) || (k >= 2 && b[k - 2] == b'\\') {
            let mut e = e;
            while matches!(b.get(e), Some(b'\\' | b'"' | b'\'')) {
                e += 1;
            }
            if b.get(e) == Some(&b':') {
                e += 1;
                return Some(e + blanks(b, e));
            }
        }
        i = k + 1;
    }
    None
}

/// How far the event goes, at most `ahead` bytes.
fn event_end(b: &[u8], i: usize, ahead: usize) -> usize {
    let to = (i + ahead).min(b.len());
    start_within(b, i + 1, to).unwrap_or(to)
}

fn truth(b: &[u8], i: usize) -> Option<bool> {
    if at(b, i, b"true") { Some(true) } else { at(b, i, b"false").then_some(false) }
}

/// `code: 9` at `s` within an object.
pub fn object<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if s < t.floor || !at(b, s, b"code") || (s > 0 && is_word(b[s - 1]) && !(s >= 2 && b[s - 2] == b'\\')) {
        return None;
    }
    let mut i = s + 4;
    while matches!(b.get(i), Some(b'\\' | b'"' | b'\'')) {
        i += 1;
    }
    if b.get(i) != Some(&b':') {
        return None;
    }
    i += 1;
    i += blanks(b, i);
    i = crate::text::plain(b, i);
    let (value, k) = int(b, i)?;
    let after = crate::text::plain(b, k);
    if value == 0 || !(matches!(b.get(after), Some(b',' | b'}' | b' ') | None) || line_break(b, after) > 0) {
        return None;
    }
    let end = event_end(b, k, 1500);
    let end = find(b, k, end, b"}").unwrap_or(end);
    let from = {
        let (from, _) = line(t, s, 500, 0);
        from
    };
    let has = |key: &[u8]| field(b, k, end, key).is_some();
    let client_file =
        field(b, k, end, b"file").is_some_and(|f| find(b, f, f + 4, b"src/").is_some() || find(b, f, f + 80, b".c").is_some());
    let message = field(b, k, end, b"message").or_else(|| field(b, k, end, b"msg"));
    let quoted = |m: usize| m + b[m..].iter().take(3).take_while(|c| matches!(c, b'\\' | b'"' | b'\'' | b'`')).count();
    let symbol = message
        .and_then(|m| symbol_in(b, quoted(m), line_end(b, m, (m + 300).min(end))))
        .filter(|_| message.is_some_and(|m| find(b, m, m + 64, b"AEROSPIKE_").is_some()));
    let traits = [has(b"func"), client_file, has(b"inDoubt"), symbol.is_some()].into_iter().filter(|x| *x).count();
    let named_error = find(b, from, s, b"AerospikeError").is_some() || find(b, k, end, b"AerospikeError").is_some();
    // Python's dictionary of an error has the same keys, in quotes.
    let dictionary = b.get(s + 4) == Some(&b'\'') && message.is_some() && {
        let file = field(b, k, end, b"file");
        file.is_some_and(|f| find(b, f, f + 24, b"src/main/aerospike").is_some())
    };
    if !(traits >= 2
        || dictionary
        || (named_error && traits >= 1)
        || (named_error && message.is_some())
        || (symbol.is_some() && (message.is_some() || near_aerospike(b, s))))
    {
        return None;
    }
    let mut d = draft(t, s, k, value, symbol);
    if dictionary {
        d.candidates = crate::Candidates::NONE.with(Dialect::PYTHON);
    }
    d.why = if dictionary { "a dictionary of the fields of a Python error" } else { "the fields of a Node.js error object" };
    d.level = if traits >= 2 { 0.96 } else { 0.85 };
    // The object's brace belongs to it.
    let brace = s.saturating_sub(3).max(t.floor).min(s);
    if let Some(o) = b[brace..s].iter().rposition(|&c| c == b'{') {
        d.start = brace + o;
    }
    if let Some(m) = message {
        d.node = leading_node(b, quoted(m)).0;
        d.tail = quoted(m);
    }
    d.in_doubt = field(b, k, end, b"inDoubt").and_then(|i| truth(b, i));
    d.resume = end.max(k);
    d.finish()
}

/// Which numbering: the old one where the symbol or the number says so.
fn draft<'t>(t: Input<'t>, start: usize, end: usize, value: i32, symbol: Option<&'t str>) -> Draft<'t> {
    let _ = t;
    let old = Dialect::NODEJS_1_0;
    let of: &[Dialect] = match symbol.map(|s| (named(old, s).map(|r| r.value()), named(Dialect::NODEJS, s).map(|r| r.value()))) {
        Some((Some(v), _)) if v == value => &[Dialect::NODEJS_1_0],
        Some((_, Some(v))) if v == value => &NODE,
        _ if !Dialect::NODEJS.lookup(value).is_known() && old.lookup(value).is_known() => &[Dialect::NODEJS_1_0],
        None if matches!(value, 200 | 201) => &[Dialect::NODEJS, Dialect::NODEJS_1_0],
        _ => &NODE,
    };
    let mut d = Draft::new(start, end, of, Some(value), 0.9, "");
    d.name = symbol;
    d
}

/// `AerospikeError` at `s`, up to `e`.
pub fn error<'t>(t: Input<'t>, s: usize, e: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let (i, headed) = match b.get(e) {
        Some(b':') => (e + 1 + usize::from(b.get(e + 1) == Some(&b' ')), true),
        _ if at(b, e, b" [") => return None,
        _ if b.get(e) == Some(&b'\'') || b.get(e) == Some(&b'"') || b.get(e) == Some(&b'\\') => (e, false),
        _ => return None,
    };
    let end = event_end(b, s, 6000);
    let stop = line_end(b, i, i + 400).min(end.max(i));
    let symbol = if headed { symbol_in(b, i, stop) } else { None };
    // An inspected error carries its fields behind the stack.
    let code = field(b, i, end, b"code").and_then(|c| int(b, crate::text::plain(b, c)).map(|(v, k)| (c, v, k)));
    if let Some((c, value, k)) = code {
        let same = find(b, i, c, b"AerospikeError: ").is_none();
        let traits = field(b, k, end, b"inDoubt").is_some()
            || field(b, k, end, b"func").is_some()
            || field(b, k, end, b"file").is_some()
            || field(b, k, end, b"command").is_some()
            || field(b, i, c, b"message").is_some()
            || field(b, k, end, b"message").is_some()
            || headed;
        if same && traits && value != 0 {
            let mut d = draft(t, s, if c < stop { k } else { stop.max(e) }, value, symbol);
            d.level = 0.96;
            d.why = "an inspected Node.js error with its code";
            d.node = leading_node(b, i).0;
            d.tail = i;
            d.in_doubt = field(b, k, end, b"inDoubt").and_then(|i| truth(b, i));
            d.resume = find(b, k, end, b"}").unwrap_or(k).max(k);
            if matches!(d.candidates.iter().next(), Some(Dialect::NODEJS)) {
                d.release = releases!("2.0.0", "");
            }
            return d.finish();
        }
    }
    if !headed {
        return None;
    }
    if let Some(reading) = symbol.and_then(|n| named(Dialect::NODEJS, n)) {
        let at = find(b, i, stop, b"AEROSPIKE_")?;
        let mut d =
            Draft::new(s, crate::text::word_end(b, at), &NODE, Some(reading.value()), 0.9, "a Node.js error with a symbol and no number");
        d.name = symbol;
        d.node = leading_node(b, i).0;
        d.tail = i;
        d.release = releases!("2.0.0", "");
        return d.finish();
    }
    let (node, text) = leading_node(b, i);
    let last = b[text..stop].iter().rposition(|&c| c == b'[').map(|n| text + n);
    if let Some((value, k)) = last.and_then(|o| super::enclosed(b, o, b'[', b']')) {
        let mut d = Draft::new(s, k, &NODE, Some(value), 0.7, "a Node.js error with a number in brackets");
        d.node = node;
        return d.finish();
    }
    // The number behind these words is the event library's.
    if let Some(w) = [b"Socket read failed: -".as_slice(), b"Socket write failed: -"].into_iter().find(|w| at(b, text, w)) {
        let (_, k) = int(b, text + w.len() - 1)?;
        let reading = named(Dialect::NODEJS, "AEROSPIKE_ERR_ASYNC_CONNECTION")?;
        let mut d = Draft::new(s, k, &NODE, Some(reading.value()), 0.8, "a Node.js error about a socket, with the event library's number");
        d.node = node;
        d.tail = i;
        return d.finish();
    }
    let said = sentence(b, text, stop, mask(&NODE)).filter(|s| s.words > 1)?;
    let mut d = Draft::new(s, said.end, &NODE, Some(said.value), 0.85, "a Node.js error whose words are those of one code");
    d.node = node;
    d.tail = i;
    d.release = releases!("3.0.0", "");
    let _ = str(b, i, stop);
    d.finish()
}
