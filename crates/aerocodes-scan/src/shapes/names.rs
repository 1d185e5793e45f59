//! Names of codes in any dialect, the product's name with a code near it, and Ruby and PHP, whose texts start with it.

use aerocodes::{Dialect, Kind, Reading};

use super::{Draft, Hit, Input, c, enclosed, enclosed_before, hard_start, leading_node, mask, named, node, sentence};
use crate::Candidates;
use crate::event::prefix_at;
use crate::text::{address_before, at, before, boundary, find, int, is_word, last, line_break, line_end, listed, str, word_end};

/// The dialects that spell a code so, those in use rather than legacy ones; the number they agree on; the likeliest reading.
fn spelled(name: &str) -> Option<(Candidates, Option<i32>, Reading)> {
    let likeliest = Reading::from_name(name)?;
    let (mut live, mut candidates, mut value, mut several) = (false, Candidates::NONE, None, false);
    for r in aerocodes::find(name).filter(|r| !r.is_wrong()) {
        let current = r.dialect().kind() == Kind::Current;
        if live && !current {
            continue;
        }
        if current && !live {
            (live, candidates, value, several) = (true, Candidates::NONE, None, false);
        }
        candidates = candidates.with(r.dialect());
        several |= value.is_some_and(|v| v != r.value());
        value = Some(r.value());
    }
    Some((candidates, if several { None } else { value }, likeliest))
}

/// A name that starts at `s`: `AEROSPIKE_ERR_TIMEOUT`, `AS_ERR_…`, `ERR_…`.
pub fn symbol<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if s < t.floor || !boundary(b, s) {
        return None;
    }
    let e = word_end(b, s);
    let name = str(b, s, e)?;
    if name == "AEROSPIKE_ERR" {
        // The Rust client under another Python: `AEROSPIKE_ERR (9): …`.
        if let Some((value, k)) = enclosed(b, e + 1, b'(', b')').filter(|&(_, k)| b.get(e) == Some(&b' ') && b.get(k) == Some(&b':')) {
            let stop = line_end(b, k, k + 300);
            let text = k + 2;
            let inner = find(b, k, stop, b"Server error: ").map(|i| i + 14).and_then(|i| named(Dialect::RUST, str(b, i, word_end(b, i))?));
            let value = if value == -1 { inner.map_or(value, |r| r.value()) } else { value };
            let mut d = Draft::new(s, k, &[Dialect::RUST], Some(value), 0.85, "a third Python client's line on the Rust client");
            d.in_doubt = find(b, k, stop, b"[in_doubt]").map(|_| true);
            d.tail = text;
            d.resume = stop;
            return d.finish();
        }
        return None;
    }
    let (candidates, value, first) = spelled(name)?;
    if first.value() == 0 {
        return None;
    }
    // Text of a program raises nothing: a comparison, a definition, a case.
    let defined = at(b, e, b" = ") && int(b, e + 3).is_some_and(|(_, k)| b.get(k) == Some(&b',') || line_break(b, k) > 0 || k >= b.len());
    let program = [b"case ".as_slice(), b"#define ", b"== ", b"!= "].into_iter().any(|w| before(b, s, w));
    if defined || program || at(b, e, b" == ") || at(b, e, b" != ") {
        return None;
    }
    let mut d = Draft::new(s, e, &[], value, 0.8, "a name that only Aerospike has");
    d.candidates = candidates;
    d.name = Some(name);
    d.weak = true;
    if value.is_none() {
        d.condition = first.condition();
    }
    let address = address_before(b, s.saturating_sub(1), t.floor).filter(|_| before(b, s, b" "));
    d.node = address.and_then(|a| str(b, a, s - 1));
    let message = address.unwrap_or(s);
    if name.starts_with("AEROSPIKE_") {
        // `(9) NAME`, `[9] NAME`.
        if let Some((o, v)) = enclosed_before(b, message, t.floor, b'(', b')') {
            number(&mut d, o, v, name, Dialect::C, 0.93, "a number in brackets before its name, an idiom of C");
        } else if let Some((o, v)) = enclosed_before(b, message, t.floor, b'[', b']') {
            number(&mut d, o, v, name, Dialect::PHP, 0.9, "a number in square brackets before its name, an idiom of PHP");
        } else if before(b, s, b",") {
            // A list of attempts: `9,1,10.0.0.1:3000,NAME`.
            let from = hard_start(b, s, t.floor.max(s.saturating_sub(100)));
            let comma = |to: usize| last(b, from, to, b",");
            if let Some((second, first)) = comma(s - 1).and_then(|k| Some((k, comma(k)?))) {
                let start = first - b[from..first].iter().rev().take_while(|c| c.is_ascii_digit()).count();
                let start = start - usize::from(start > from && b[start - 1] == b'-');
                if let (Some((v, _)), Some((n, _))) = (int(b, start), int(b, first + 1)) {
                    number(&mut d, start, v, name, Dialect::C, 0.92, "an entry of the C client's list of attempts");
                    d.iteration = u32::try_from(n).ok();
                    d.node = str(b, second + 1, s - 1);
                    d.nested = true;
                }
            }
        }
    }
    d.finish()
}

/// Puts a number that stands beside a name into the draft.
fn number(d: &mut Draft<'_>, start: usize, value: i32, name: &str, dialect: Dialect, level: f32, why: &'static str) {
    let of = c::numbering(value, Some(name))[0];
    let of = if of == Dialect::C { dialect } else { of };
    d.start = start;
    d.value = Some(value);
    d.candidates = Candidates::NONE.with(of);
    d.condition = None;
    d.level = level;
    d.why = why;
    d.weak = false;
}

/// Where a Ruby class name starts that ends, with a colon, before `i`.
pub fn ruby_class_before(t: Input<'_>, i: usize) -> Option<usize> {
    let colon = i.checked_sub(2).filter(|&c| c >= t.floor && &t.b[c..i] == b": ")?;
    let s = crate::text::name_start(t.b, colon, t.floor, b":");
    at(t.b, s, b"Aerospike::Exceptions::").then_some(s)
}

/// The product's name at `s`, in any of its forms that are not upper case.
pub fn product<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let e = word_end(b, s);
    let word = &b[s..e];
    match word {
        b"AerospikeError" if !before(b, s, b".") && boundary(b, s) => {
            if let Some(hit) = node::error(t, s, e) {
                return Some(hit);
            }
        }
        b"Aerospike" if at(b, e, b"::Exceptions::") => return ruby(t, s, e + 14),
        b"Aerospike" if at(b, e, b" failed to connect[") => {
            let (value, k) = enclosed(b, e + 18, b'[', b']')?;
            let mut d = Draft::new(s, k, &[Dialect::PHP], Some(value), 0.93, "an idiom of PHP's documentation");
            let text = k + 2;
            let (node, message) = leading_node(b, text);
            d.node = node;
            if let Some((name, end)) = c::symbol_at(b, message) {
                d.name = Some(name);
                d.resume = end;
            }
            d.tail = text;
            return d.finish();
        }
        b"Aerospike" if before(b, s, b"\"errorno\":\"") || before(b, s, b"[errorno:") || before(b, s, b"\\\"errorno\\\":\\\"") => {
            let stop = (e + 60).min(b.len());
            let arrow = find(b, e, stop, b"=>")? + 2;
            let mut i = arrow;
            loop {
                match line_break(b, i) {
                    _ if i > arrow + 64 => return None,
                    0 if b.get(i) == Some(&b' ') => i += 1,
                    0 => break,
                    n => i += n + prefix_at(b, i + n),
                }
            }
            let (value, k) = if at(b, i, b"int(") { int(b, i + 4)? } else { int(b, i)? };
            if value == 0 || matches!(b.get(k), Some(c) if is_word(*c) || matches!(c, b'-' | b'.' | b':')) {
                return None;
            }
            let mut d =
                Draft::new(s.saturating_sub(12).max(t.floor), k, &[Dialect::PHP], Some(value), 0.93, "PHP's dump of its client object");
            // The object's message belongs to it.
            let stop = (k + 400).min(b.len());
            if let Some(m) = find(b, k, stop, b"\"error\":\"Aerospike\"") {
                d.resume = line_end(b, m, m + 300);
                if let Some(x) = find(b, m, (m + 300).min(b.len()), b"AEROSPIKE_") {
                    d.resume = word_end(b, x);
                    d.name = str(b, x, word_end(b, x));
                }
            }
            return d.finish();
        }
        b"aerospike" | b"Aerospike" | b"aerospike_native" | b"aerospike_sdk" => {
            if let Some(hit) = class(t, s) {
                return Some(hit);
            }
        }
        _ => {}
    }
    // A later part of the same class name, or the number behind it, has its own turn.
    let class = e + b[e..].iter().take(120).take_while(|c| is_word(**c) || matches!(c, b'$' | b'.' | b'+')).count();
    if find(b, e, class, b"erospike").is_some() {
        return None;
    }
    let number = |i: usize| b.get(i).is_some_and(|c| c.is_ascii_digit() || *c == b'-');
    if (at(b, class, b": Error ") && number(class + 8)) || (at(b, class, b": (") && number(class + 3)) {
        return None;
    }
    around(t, s, e)
}

/// `Aerospike::Exceptions::Timeout: …`
fn ruby<'t>(t: Input<'t>, s: usize, i: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let e = word_end(b, i);
    let colon = at(b, e, b": ");
    // The names of the classes: the gem's own, each raised with one code.
    const CLASSES: &[u8] =
        b"Timeout|Serialize|Parse|InvalidNode|ScanTerminated|QueryTerminated|CommandRejected|InvalidNamespace|MaxRetriesExceeded";
    const VALUES: [i32; 9] = [9, -1, -2, -3, -4, -5, -6, 20, -16];
    let class = &b[i..e];
    let value = listed(CLASSES).position(|c| c == class).map(|n| VALUES[n]);
    let text = if colon { e + 2 } else { e };
    if at(b, text, b"ResultCode ") {
        return None;
    }
    let stop = line_end(b, text, text + 300);
    let ruby = [Dialect::RUBY];
    let said = if colon { sentence(b, text, stop, mask(&[Dialect::JAVA, Dialect::GO, Dialect::RUST])) } else { None };
    let plain = class == b"Aerospike";
    let number = if plain { said.map(|s| s.value).filter(|v| *v > 0) } else { value };
    let mut d = Draft::new(s, e, &ruby, number, 0.85, "a class of the Ruby client, which prints no code");
    if class == b"Connection" {
        // 11 up to 2.20, -11 later.
        d.condition = Some(aerocodes::Condition::SERVER_NOT_AVAILABLE);
    } else if number.is_none() {
        if plain {
            return None;
        }
        d.level = 0.5;
    }
    if plain {
        d.why = "an error of the Ruby client whose words are those of one code";
    }
    // Behind the message Ruby repeats the class.
    d.weak = !colon;
    d.resume = if find(b, text, stop, b"Aerospike::").is_some() || !colon { e } else { stop.min(text + 300) };
    d.tail = text;
    d.finish()
}

/// `aerospike.exception.RecordNotFound` without its tuple.
fn class<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if !at(b, s, b"aerospike.exception.") {
        return None;
    }
    let i = s + 20;
    let e = word_end(b, i);
    let name = str(b, i, e)?;
    let reading = named(Dialect::PYTHON, name)?;
    // With a tuple behind it, the tuple's own anchor parses both.
    if at(b, e, b": (") || at(b, e, b"(") {
        let open = e + if b[e] == b':' { 2 } else { 0 };
        if int(b, open + 1).is_some_and(|(_, k)| b.get(k) == Some(&b',') || (b.get(k) == Some(&b'L') && b.get(k + 1) == Some(&b','))) {
            return None;
        }
    }
    let raised = b.get(e) == Some(&b':') && !before(b, s, b"except ") || e >= b.len();
    if !raised || before(b, s, b"raise ") || before(b, s, b"except ") || before(b, s, b"import ") {
        return None;
    }
    let mut d = Draft::new(s, e, &[Dialect::PYTHON], Some(reading.value()), 0.8, "a class of Python's client, without its tuple");
    d.name = Some(name);
    d.finish()
}

/// A known name or sentence near the product's name on the same line.
fn around<'t>(t: Input<'t>, s: usize, e: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let stop = line_end(b, e, e + 160);
    let from = hard_start(b, s, t.floor.max(s.saturating_sub(120)).min(s));
    if let Some(hit) = word_in(t, from, s) {
        return Some(hit);
    }
    // Another mention of the product has its own turn.
    let stop = find(b, e, stop, b"erospike").map_or(stop, |n| n.max(e));
    // So has what carries a number.
    let stop = numbered(b, e, stop).unwrap_or(stop);
    // An error's own words: after a class and a colon.
    if at(b, e, b": ") || (b.get(e) == Some(&b'$') || b.get(e) == Some(&b'.')) {
        let mut k = e;
        while k < e + 120 && b.get(k).is_some_and(|c| is_word(*c) || matches!(c, b'$' | b'.' | b'+')) {
            k += 1;
        }
        let class = &b[s..k];
        if at(b, k, b": ") && (find(class, 0, class.len(), b"Exception").is_some()) {
            let languages = [Dialect::JAVA, Dialect::CSHARP];
            let said = sentence(b, k + 2, line_end(b, k + 2, k + 200), mask(&languages)).filter(|x| x.value != 0 && x.words > 1);
            if let Some(said) = said {
                let whole =
                    said.end >= b.len() || line_break(b, said.end) > 0 || matches!(b[said.end], b'"' | b'\'' | b';' | b',' | b'.' | b'\\');
                if whole {
                    let start = crate::text::name_start(b, s, t.floor, b".").min(s);
                    let mut d =
                        Draft::new(start, said.end, &[], Some(said.value), 0.6, "an Aerospike exception whose words are those of one code");
                    d.candidates = languages.into_iter().filter(|x| said.said_by(*x)).fold(Candidates::NONE, |c, x| c.with(x));
                    d.weak = true;
                    return d.finish();
                }
            }
        }
    }
    word_in(t, e, stop).or_else(|| super::rust::words(t, e, stop)).or_else(|| told(t, s, e, stop))
}

/// What people write about an error: `AerospikeException resultCode=14`, `aerospike … error code 14`.
fn told<'t>(t: Input<'t>, s: usize, e: usize, stop: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let phrases = [b"resultCode=".as_slice(), b"error code ", b"error code: ", b"result code ", b"result code: "];
    let own = [b" code=".as_slice(), b"] code="].into_iter().find(|w| at(b, e, w) && b[s..e].starts_with(b"Aerospike")).map(|w| (e, w));
    let (k, phrase) = own.or_else(|| phrases.into_iter().find_map(|w| find(b, e, stop, w).map(|k| (k, w))))?;
    let (value, end) = int(b, k + phrase.len())?;
    if value == 0
        || (own.is_none() && !boundary(b, k))
        || b.get(end).is_some_and(|c| is_word(*c))
        || (b.get(end) == Some(&b'.') && b.get(end + 1).is_some_and(u8::is_ascii_digit))
    {
        return None;
    }
    let exception = &b[s..e] == b"AerospikeException";
    // Who speaks, by a word before it.
    const WORDS: &[u8] = b"ython|ode.js|odejs|ava |C# |.NET|Go |olang";
    const SPEAKERS: [Dialect; 8] =
        [Dialect::PYTHON, Dialect::NODEJS, Dialect::NODEJS, Dialect::JAVA, Dialect::CSHARP, Dialect::CSHARP, Dialect::GO, Dialect::GO];
    let from = hard_start(b, s, s.saturating_sub(60));
    let one = listed(WORDS).position(|w| find(b, from, k, w).is_some()).map(|n| &SPEAKERS[n]);
    const OF_ERROR: [Dialect; 2] = [Dialect::NODEJS, Dialect::PYTHON];
    const ALL: [Dialect; 7] = [Dialect::JAVA, Dialect::CSHARP, Dialect::SERVER, Dialect::C, Dialect::PYTHON, Dialect::NODEJS, Dialect::GO];
    let languages = match one {
        _ if &b[s..e] == b"AerospikeError" => {
            let node = find(b, end, line_end(b, end, end + 200), b"inDoubt").is_some();
            &OF_ERROR[..if node { 1 } else { 2 }]
        }
        _ if exception => &ALL[..if phrase == b"resultCode=" { 1 } else { 2 }],
        Some(one) => core::slice::from_ref(one),
        None => &ALL,
    };
    if !languages.iter().any(|d| d.lookup(value).is_known()) {
        return None;
    }
    let (start, level) = if exception || own.is_some() { (s, 0.6) } else { (k, 0.4) };
    let mut d = Draft::new(start, end, languages, Some(value), level, "somebody's own words for a code of Aerospike");
    d.weak = true;
    d.finish()
}

/// The first beginning of a shape with a number within `from..to`: `Error `, `rror(`, `rror: `, `err(`, `ResultCode`.
fn numbered(b: &[u8], from: usize, to: usize) -> Option<usize> {
    let mut i = from;
    let error = loop {
        let Some(k) = find(b, i, to, b"rr") else { break None };
        let s = k.saturating_sub(1);
        if k > from && (at(&b[..to], s, b"Error ") || at(&b[..to], s, b"err(")) {
            break Some(s);
        }
        if at(&b[..to], k, b"rror(") || at(&b[..to], k, b"rror: ") {
            break Some(k);
        }
        i = k + 1;
    };
    find(b, from, error.unwrap_or(to).min(to), b"ResultCode").or(error)
}

/// A known name within `from..to`, such as `KEY_BUSY` or `RecordNotFound`.
fn word_in<'t>(t: Input<'t>, from: usize, to: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let mut i = from.max(t.floor);
    while let Some(n) = b.get(i..to)?.iter().position(u8::is_ascii_uppercase) {
        i += n;
        if !boundary(b, i) {
            i += 1;
            continue;
        }
        let e = word_end(b, i);
        if e > to {
            return None;
        }
        if let Some(hit) = bare(t, i, e, false) {
            return Some(hit);
        }
        i = e.max(i + 1);
    }
    None
}

/// A word of its own that names a code. Without `asked`, words that other software uses are left out.
pub fn bare<'t>(t: Input<'t>, s: usize, e: usize, asked: bool) -> Option<Hit<'t>> {
    let b = t.b;
    if e - s < 4 {
        return None;
    }
    let (mut capitals, mut small, mut underscore) = (0, false, false);
    for c in &b[s..e] {
        capitals += usize::from(c.is_ascii_uppercase());
        small |= c.is_ascii_lowercase();
        underscore |= *c == b'_';
    }
    let shouted = !small;
    let camel = small && !underscore && capitals >= 2;
    if !(shouted || camel) {
        return None;
    }
    let name = str(b, s, e)?;
    // Those have anchors of their own, with more around them to read.
    let anchored = [b"AEROSPIKE_".as_slice(), b"AS_", b"CITRUSLEAF_", b"LOCAL_ERR_"].into_iter().any(|p| name.as_bytes().starts_with(p));
    let shape =
        [b"Code: ".as_slice(), b"Code.", b"error: ", b"rror("].into_iter().any(|w| before(b, s, w)) || at(b, e, b": (") || at(b, e, b"(");
    if anchored || shape {
        return None;
    }
    // What anchors parse has its own turn; what everybody calls so says nothing.
    const COMMON: [&str; 22] = [
        "ServerError",
        "ClientError",
        "ConnectionError",
        "TimeoutError",
        "IndexError",
        "ParamError",
        "QueryError",
        "ServerFull",
        "ParseError",
        "Timeout",
        "InvalidRequest",
        "TLSError",
        "SERVER_ERROR",
        "CLIENT_ERROR",
        "PARSE_ERROR",
        "NETWORK_ERROR",
        "CONNECTION_ERROR",
        "NotAuthenticated",
        "ForbiddenError",
        "InvalidUser",
        "InvalidPassword",
        "InvalidCommand",
    ];
    if !asked && (COMMON.contains(&name) || (shouted && !underscore && name != "TIMEOUT")) {
        return None;
    }
    if !asked && matches!(b.get(e), Some(b'=' | b'(' | b'/' | b'-' | b'.'))
        || !asked && s > 0 && matches!(b[s - 1], b'/' | b'-' | b'$' | b'.' | b'{')
    {
        return None;
    }
    let (candidates, value, first) = spelled(name)?;
    if first.value() == 0 {
        return None;
    }
    let mut d = Draft::new(
        s,
        e,
        &[],
        value,
        if asked { 0.4 } else { 0.55 },
        if asked { "a known name, asked for wherever it stands" } else { "a known name with Aerospike on its line" },
    );
    d.candidates = candidates;
    d.name = Some(name);
    d.weak = true;
    if value.is_none() {
        let mut conditions = aerocodes::find(name).filter(|r| !r.is_wrong()).map(|r| r.condition());
        let one = conditions.next().flatten();
        d.condition = if conditions.all(|c| c == one) { one } else { None };
        d.unclear = d.condition.is_none();
    }
    d.finish()
}
