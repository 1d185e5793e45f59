//! Python's tuples: `(9, 'message', 'src/main/…', 123[, False])`.

use aerocodes::Dialect;

use super::{Draft, Hit, Input, leading_node, named};
use crate::text::{at, before, boundary, find, first, int, last, name_start, near_aerospike, str};

/// The end of a string literal at `i` (after its closing quote), its quote and its text; quotes may be escaped once, as in JSON.
fn literal(b: &[u8], i: usize, limit: usize) -> Option<(usize, usize, usize, bool)> {
    let i = i + usize::from(matches!(b.get(i), Some(b'u')) && matches!(b.get(i + 1), Some(b'\'' | b'"')));
    let slash = b[i.min(b.len())..].iter().take(4).take_while(|c| **c == b'\\').count();
    let quote = *b.get(i + slash).filter(|c| matches!(c, b'\'' | b'"'))?;
    let from = i + slash + 1;
    let mut k = from;
    // What may end or escape: the rest is text.
    while let Some(n) = first(b, k, limit, &[b'\n', b'\\', b'"', quote]) {
        k = n;
        match b[k] {
            b'\n' => return Some((from, k, k, false)),
            b'\\' if slash == 0 => k += 2,
            b'\\' => {
                let n = b[k..limit].iter().take_while(|c| **c == b'\\').count();
                if n == slash && b.get(k + n) == Some(&quote) {
                    return Some((from, k, k + n + 1, true));
                }
                k += n + 1;
            }
            c if c == quote && slash == 0 => return Some((from, k, k + 1, true)),
            // The JSON string that holds the tuple ends here.
            b'"' if slash > 0 => return Some((from, k, k, false)),
            _ => k += 1,
        }
    }
    Some((from, limit, limit, false))
}

/// A tuple whose number ends at the anchor `p`.
pub fn tuple<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let long = b[p] == b'L';
    let floor = t.floor.max(p.saturating_sub(13)).min(p);
    let s = b[floor..p + 1].iter().rposition(|&c| c == b'(')? + floor;
    let (value, k) = int(b, s + 1)?;
    if k + usize::from(long) != p + 1 || value == 0 {
        return None;
    }
    // A literal ends at its line's end by itself.
    let limit = b.len().min(p + 20_000);
    let (text, text_end, mut i, closed) = literal(b, p + 3, limit)?;
    let has = |s: &[u8]| find(b, text, text_end, s).is_some();
    let spoken = has(b"AEROSPIKE_") || has(b"lient timeout:") || has(b"erver timeout:");
    let lists = has(b"sub-errors:");
    let (mut path, mut fields, mut in_doubt) = (false, 2, None);
    if closed && at(b, i, b", ") {
        if let Some((f, e, k, shut)) = literal(b, i + 2, limit) {
            let file = &b[f..e];
            let c_source = shut && (file.ends_with(b".c") || file.ends_with(b".h"));
            path = c_source || file.starts_with(b"src/main/aerospike") || (!shut && !file.is_empty() && b"src/main/".starts_with(file));
            i = k;
            fields = 3;
            if shut && at(b, i, b", ") {
                if let Some((_, k)) = int(b, i + 2) {
                    i = k;
                    fields = 4;
                }
            }
        } else if at(b, i, b", None") {
            i += 6;
            fields = 3;
            if let Some((_, k)) = int(b, i + 2).filter(|_| at(b, i, b", ")) {
                i = k;
                fields = 4;
            }
        }
        if fields == 4 {
            for (word, yes) in [(b", True".as_slice(), true), (b", False", false)] {
                if at(b, i, word) {
                    in_doubt = Some(yes);
                    i += word.len();
                    fields = 5;
                }
            }
        }
    }
    if b.get(i) == Some(&b')') {
        i += 1;
    } else if fields >= 4 && i < limit && !matches!(b[i], b',' | b'"' | b'\'' | b'\\' | b'.') {
        return None;
    }
    // `module.Class: (` or `Class(`.
    let class_end = if before(b, s, b": ") { s - 2 } else { s };
    let start = name_start(b, class_end, t.floor, b".").min(class_end);
    let class = &b[start..class_end];
    let module =
        class.starts_with(b"aerospike.") || class.starts_with(b"exception.") || find(class, 0, class.len(), b"aerospike").is_some();
    let simple = &b[last(b, start, class_end, b".").map_or(start, |k| k + 1)..class_end];
    let name = core::str::from_utf8(simple).ok().filter(|n| !n.is_empty());
    let reading = name.and_then(|n| named(Dialect::PYTHON, n));
    // A class of another module is another class, whatever its name.
    let own = module || !class.contains(&b'.');
    let agrees = reading.is_some_and(|r| r.value() == value) || simple == b"AerospikeError";
    let plausible = path || module || spoken || (agrees && own && !class.is_empty() && fields >= 2);
    let context = plausible || (near_aerospike(b, p) && (Dialect::PYTHON.lookup(value).is_known() || fields >= 4));
    // A tuple of other things: nothing of Aerospike in it.
    if !context || (!path && !module && !spoken && fields >= 3 && !agrees) || !(boundary(b, s) || module || agrees) {
        return None;
    }
    let legacy = !Dialect::PYTHON.lookup(value).is_known() && Dialect::C_3_0.lookup(value).is_known();
    let of = if legacy { Dialect::C_3_0 } else { Dialect::PYTHON };
    let (level, why) = if path {
        (0.98, "a tuple with a source file of the client, as Python prints it")
    } else if module || spoken {
        (0.92, "a Python exception's tuple, cut short")
    } else {
        (0.65, "a Python tuple with Aerospike near it or its class")
    };
    let keep = module || agrees;
    let mut d = Draft::new(if keep { start } else { s }, i.min(limit), &[of], Some(value), level, why);
    d.in_doubt = in_doubt;
    d.tail = text;
    d.node = leading_node(b, text).0;
    if keep && reading.is_some() {
        d.name = name;
    }
    if d.name.is_none() {
        d.name = symbol_in(b, text, text_end);
    }
    if !legacy && fields == 4 && b.get(i - 1) == Some(&b')') {
        d.release = releases!("", "3.0");
    } else if !legacy && fields == 5 {
        d.release = if class.starts_with(b"exception.") { releases!("3.1.0", "14") } else { releases!("3.1.0", "") };
    }
    if lists {
        d.end = text;
        d.resume = find(b, text, text_end, b"sub-errors:").unwrap_or(text);
    }
    d.finish()
}

/// The first AEROSPIKE_… word of a message.
pub fn symbol_in(b: &[u8], from: usize, to: usize) -> Option<&str> {
    let s = find(b, from, to, b"AEROSPIKE_")?;
    str(b, s, crate::text::word_end(b, s))
}
