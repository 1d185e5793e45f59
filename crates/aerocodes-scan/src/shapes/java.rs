//! Java and C#; also the Rust client 3 and what is built on it, whose line starts alike.

use aerocodes::{Condition, Dialect};

use super::{Class, Draft, Hit, Input, class_before, line, mask, rust, salt, sentence};
use crate::event::start_within;
use crate::text::{at, before, blanks, boundary, find, first, int, last, line_break, line_end, listed, near_aerospike, plain, rfind, str};

const JAVA: Dialect = Dialect::JAVA;
const CSHARP: Dialect = Dialect::CSHARP;
const BOTH: [Dialect; 2] = [JAVA, CSHARP];

/// What a message and the lines after it say about the language: a class name, a Java or a .NET stack.
fn stack(b: &[u8], from: usize) -> Option<Class> {
    const WORDS: &[u8] = b"com.aerospike.client.|java.|Aerospike.Client.|System.";
    let named = |from: usize, to: usize| {
        let n = listed(WORDS).position(|w| find(b, from, to, w).is_some_and(|k| boundary(b, k)))?;
        Some(if n < 2 { Class::Java } else { Class::CSharp })
    };
    let mut i = line_end(b, from, from + 600);
    if let Some(class) = named(from, i) {
        return Some(class);
    }
    for _ in 0..3 {
        let n = line_break(b, i);
        if n == 0 {
            return None;
        }
        i += n;
        let k = i + blanks(b, i);
        if k > i && at(b, k, b"at ") {
            let end = line_end(b, k, k + 300);
            if find(b, k, end, b" in ").is_some() || find(b, k, end, b"Aerospike.Client.").is_some() {
                return Some(Class::CSharp);
            }
            return find(b, k, end, b"(").map(|_| Class::Java);
        }
        let end = line_end(b, i, i + 600);
        if start_within(b, i, i).is_none() {
            if let Some(class) = named(i, end) {
                return Some(class);
            }
        }
        i = end;
    }
    None
}

fn dialects(class: Option<Class>) -> &'static [Dialect] {
    match class {
        Some(Class::Java | Class::JavaSdk) => &BOTH[..1],
        Some(Class::CSharp) => &BOTH[1..],
        _ => &BOTH,
    }
}

/// Whether a line, or the literal that holds it, stops at `i`: a terminal or a log's limit cut it.
fn stops(b: &[u8], i: usize) -> bool {
    matches!(b.get(i), Some(b'"' | b'\'' | b'`')) || line_break(b, i) > 0
}

/// Whether the name of the class that stands before `s` starts so.
fn class_of(t: Input<'_>, s: usize, package: &[u8]) -> bool {
    let name = crate::text::name_start(t.b, s.saturating_sub(2).max(t.floor).min(s), t.floor, b".$");
    before(t.b, s, b": ") && at(t.b, name, package)
}

/// Whether Spring's exception wraps what stands at `s`.
fn spring(t: Input<'_>, s: usize) -> bool {
    class_of(t, s, b"org.springframework.")
}

/// Whether the class before `s` is one of Java itself, which wraps nothing of a client's.
fn of_java(t: Input<'_>, s: usize) -> bool {
    class_of(t, s, b"java.") || class_of(t, s, b"javax.")
}

/// Whether the line before `s` is one of the client's log: `Seed 10.0.0.9 3000 failed: `, `Node BB… refresh failed: `.
fn client_log(t: Input<'_>, s: usize) -> bool {
    let b = t.b;
    if !before(b, s, b"failed: ") {
        return false;
    }
    let (from, _) = line(t, s, 200, 0);
    [b"Seed ".as_slice(), b"Address ", b"Node BB"].into_iter().any(|w| rfind(b, from, s, w).is_some_and(|k| boundary(b, k)))
}

/// `Error …` at `s`.
pub fn error<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    if !at(b, s, b"Error ") {
        return None;
    }
    if at(b, s + 6, b"Code ") {
        return old(t, s);
    }
    // A colour may start before the number and end behind it.
    let (value, end) = int(b, plain(b, s + 6))?;
    let end = plain(b, end);
    match b.get(end) {
        Some(b',') if b.get(end + 1) == Some(&b' ') => return rust::line(t, s, value, end),
        Some(b',' | b':') => {}
        Some(b'(') if at(b, end, b"(inDoubt)") => {}
        Some(b' ') if at(b, end, b" from ") => {}
        None => {}
        Some(_) if stops(b, end) => {}
        Some(_) => return None,
    }
    let prefix = class_before(t, s);
    if prefix.is_none() && stops(b, end) {
        return None;
    }
    if prefix.is_some_and(|p| p.1 == Class::PythonNative) {
        return rust::line(t, s, value, end);
    }
    let (mut numbers, mut count) = ([0i32; 6], 0);
    let (mut in_doubt, mut node, mut between) = (false, None, false);
    let mut i = end;
    if at(b, i, b"(inDoubt)") {
        (in_doubt, between) = (true, true);
        i += 9;
    }
    if at(b, i, b" from ") {
        let e = find(b, i + 6, i + 120, b": ")?;
        (node, between) = (str(b, i + 6, e), true);
        i = e;
    }
    while b.get(i) == Some(&b',') {
        if at(b, i, b",inDoubt") && !b.get(i + 8).is_some_and(u8::is_ascii_alphanumeric) {
            in_doubt = true;
            i += 8;
            continue;
        }
        if let Some((n, k)) = int(b, i + 1).filter(|&(_, k)| count < 6 && (matches!(b.get(k), Some(b',' | b':') | None) || stops(b, k))) {
            numbers[count] = n;
            count += 1;
            i = k;
            continue;
        }
        // The node: name, address and port with blanks between.
        let stop = line_end(b, i + 1, i + 120);
        let e = find(b, i + 1, stop, b": ").or_else(|| b[i + 1..stop].ends_with(b":").then_some(stop - 1)).unwrap_or(stop);
        let gap = first(b, i + 1, e, b" ");
        let next = gap.and_then(|k| first(b, k + 1, e, b" "));
        let name = &b[i + 1..gap.unwrap_or(e)];
        let port = |k: usize| k + 1 < e && b[k + 1..e].iter().all(u8::is_ascii_digit);
        let whole = next.is_some_and(port);
        if name.is_empty() && count >= 3 && gap.is_some_and(port) {
            // The node that was not reached has a port only.
            i = e;
        } else if whole
            || (e == stop && (name.starts_with(b"BB") || name.is_empty() || b"inDoubt".starts_with(name)))
            || (name.starts_with(b"BB") && name.len() >= 12)
        {
            node = str(b, i + 1, e).filter(|n| !n.is_empty());
            i = e;
        } else if count < 3 {
            return None;
        }
        break;
    }
    let colon = b.get(i) == Some(&b':');
    let cut = i >= b.len() || stops(b, i) || (i > end && b.len() - i < 2);
    if !colon && (!cut || (i < b.len() && prefix.is_none() && node.is_none() && !near_aerospike(b, s))) {
        return None;
    }
    let text = if colon { i + 1 + usize::from(b.get(i + 1) == Some(&b' ')) } else { i };
    let limit = line_end(b, text, text + 400);
    let policies = count >= 3;
    let strong = policies || (node.is_some() && count > 0) || (in_doubt && count > 0);
    let said =
        if prefix.is_none() && !strong { sentence(b, text, limit, mask(&BOTH)).filter(|s| s.value == value && s.words > 1) } else { None };
    let (mut class, start) = (prefix.map(|p| p.1), prefix.map_or(s, |p| p.0));
    let mut level = 0.98;
    let mut why = "an Aerospike exception class with the code behind it";
    let (mut rust, mut host) = (false, 0u32);
    if prefix.is_none() {
        if count == 0 && !between {
            // `10.0.0.7:3000 Error -1: …` is the Rust client's list of hosts, `10.0.0.7 3000 Error -3: …` Java's.
            let (from, _) = line(t, s, 200, 0);
            let address = crate::text::address_before(b, s.saturating_sub(1), from).filter(|_| before(b, s, b" "));
            let hosts = address.is_some();
            let gap = last(b, from, s.saturating_sub(1), b" ");
            let port = &b[gap.map_or(from, |k| k + 1).min(s)..s];
            let java_hosts = !hosts
                && port.len() > 1
                && port.len() <= 6
                && port.split_last().is_some_and(|(c, p)| *c == b' ' && p.iter().all(u8::is_ascii_digit));
            let listing = find(b, text, limit, b"Failed to connect to [").is_some()
                || find(b, text, limit, b"Failed to connect to host(s)").is_some();
            if java_hosts {
                // Host and port: several hosts fail alike.
                host = salt(&b[gap.and_then(|k| last(b, from, k, b" ")).unwrap_or(from)..s]);
            }
            if hosts || seed_host(b, s) {
                return rust::line(t, s, value, end);
            }
            if listing {
                let k = limit + line_break(b, limit);
                let k = k + blanks(b, k);
                rust = crate::text::address_at(b, k).is_some_and(|e| at(b, e, b" Error"));
                rust |= find(b, text, limit, b"Unable to communicate").is_some();
            }
            let said_of_commit = {
                let k = limit + line_break(b, limit);
                let k = k + blanks(b, k);
                at(b, k, b"verify errors:") || at(b, k, b"roll errors:")
            };
            let context = near_aerospike(b, s) || client_log(t, s) || said_of_commit;
            let known = JAVA.lookup(value).is_known() || Dialect::RUST.lookup(value).is_known();
            if value == 0
                || !(listing
                    || said.is_some()
                    || (java_hosts && known)
                    || (context && known)
                    || (b[text..limit].starts_with(b"ERROR:"))
                    || t.floor_event_is_java(s))
            {
                return None;
            }
            level = if listing || said.is_some() { 0.85 } else { 0.6 };
            why = if said.is_some() {
                "a Java-like line whose words are those of its number"
            } else {
                "a Java-like line with Aerospike near it"
            };
        } else if strong || between {
            level = if policies && node.is_some() {
                0.97
            } else if policies {
                0.93
            } else {
                0.85
            };
            why = "the fields between the code and the colon are those of a Java-like line";
            if (between || (!colon && of_java(t, s))) && !near_aerospike(b, s) && said.is_none() && node.is_none() {
                return None;
            }
        } else {
            let context = near_aerospike(b, s);
            if !(context || said.is_some()) || !JAVA.lookup(value).is_known() {
                return None;
            }
            level = 0.7;
            why = "a Java-like line with an iteration and Aerospike near it or its words";
        }
        class = if count == 5 || spring(t, s) { Some(Class::Java) } else { stack(b, text) };
    } else if class == Some(Class::Either) {
        class = if count == 5 { Some(Class::Java) } else { stack(b, text).or(class) };
    }
    if rust {
        return rust::line(t, s, value, end);
    }
    let of = dialects(class);
    let mut d = Draft::new(start, i, of, Some(value), level, why);
    d.host = host;
    d.tail = text;
    d.in_doubt = Some(in_doubt).filter(|&yes| yes || colon);
    d.node = node;
    if matches!(count, 1 | 4 | 5) {
        d.iteration = u32::try_from(numbers[0]).ok();
    }
    let server = at(b, text, b"Server timeout");
    let timeout = value == 9 && (server || at(b, text, b"Client timeout"));
    d.release = match class {
        Some(Class::JavaSdk) => releases!("", ""),
        Some(Class::Java) if at(b, text, b"FORBIDDEN_PASSWORD (64)") => releases!("9.1.0", ""),
        Some(Class::Java) if timeout && count == 5 => releases!("8.1.0", ""),
        Some(Class::Java) => match count {
            0 if between => releases!("4.2.0", "4.2"),
            0 => releases!("4.2.0", ""),
            1 => releases!("4.3.0", ""),
            4 | 3 => releases!("4.4.1", "5.0.2"),
            _ => releases!("5.0.3", ""),
        },
        Some(Class::CSharp) => match count {
            0 if between => releases!("3.6.7", "3.6.8"),
            0 => releases!("3.6.7", ""),
            1 => releases!("3.7.0", ""),
            _ => releases!("3.8.1", ""),
        },
        _ => releases!("", ""),
    };
    if value == -1 && at(b, text, b"FORBIDDEN_PASSWORD (64)") {
        d.value = Some(64);
        d.end = text + 23;
        d.name = str(b, text, text + 18);
        d.why = "Java 9.1 and later print this refusal as -1 with the code in the text";
    }
    // A Java exception class that stands in the message again names the same error's cause: nested, found on its own.
    d.finish()
}

/// Whether the line before `s` is that of the Rust client about a seed host.
fn seed_host(b: &[u8], s: usize) -> bool {
    before(b, s, b"Error: ") && rfind(b, s.saturating_sub(200), s, b"validate seed host").is_some()
}

/// `Error Code <n>` at `s`.
fn old<'t>(t: Input<'t>, s: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let (value, i) = int(b, plain(b, s + 11))?;
    let mut i = plain(b, i);
    let in_doubt = at(b, i, b"(inDoubt)");
    if in_doubt {
        i += 9;
    }
    let cut = i >= b.len() || line_break(b, i) > 0;
    if b.get(i) != Some(&b':') && !cut {
        return None;
    }
    let text = (i + 1 + usize::from(b.get(i + 1) == Some(&b' '))).min(b.len());
    let limit = line_end(b, text, text + 400);
    let prefix = class_before(t, s);
    let said = sentence(b, text, limit, mask(&BOTH)).filter(|s| s.value == value && s.words > 1);
    let connect = find(b, text, limit, b"Failed to connect to host(s)").is_some();
    let known = JAVA.lookup(value).is_known();
    let near = prefix.is_none() && (near_aerospike(b, s) || t.floor_event_is_java(s)) && known;
    if prefix.is_none() && said.is_none() && !near && !connect && !in_doubt {
        return None;
    }
    let class = prefix.map(|p| p.1).filter(|c| *c != Class::Either).or_else(|| stack(b, text));
    let level = if prefix.is_some() { 0.97 } else { 0.75 };
    let mut d = Draft::new(
        prefix.map_or(s, |p| p.0),
        i,
        dialects(class),
        Some(value),
        level,
        "\"Error Code\" is Java up to 4.1 and C# up to 3.6.6",
    );
    d.tail = text;
    d.in_doubt = in_doubt.then_some(true);
    d.release = match (class, in_doubt) {
        (Some(Class::Java | Class::JavaSdk), true) => releases!("4.1.2", "4.1"),
        (Some(Class::Java | Class::JavaSdk), false) => releases!("", "4.1"),
        (Some(Class::CSharp), true) => releases!("3.5.3", "3.6.6"),
        (Some(Class::CSharp), false) => releases!("", "3.6.6"),
        _ => releases!("", ""),
    };
    let words = &b[text..limit];
    let has = |s: &[u8]| find(words, 0, words.len(), s).is_some();
    if value == -1 && (before(b, s, b"Exception$Serialize: ") || before(b, s, b"Exception+Serialize: ") || has(b"erialize error")) {
        d.condition = Some(Condition::SERIALIZE_ERROR);
    }
    if value == 11 {
        if has(b"artition") {
            d.condition = Some(Condition::PARTITION_UNAVAILABLE);
            if matches!(class, Some(Class::Java)) {
                d.release = releases!("4.1.1", "4.1");
            }
        } else if has(b"onnect") || has(b"nvalid host") || has(b"not available") {
            d.condition = Some(Condition::SERVER_NOT_AVAILABLE);
            if matches!(class, Some(Class::Java)) {
                d.release = releases!("", "4.1.0");
            }
        } else {
            d.unclear = true;
        }
    }
    d.finish()
}

/// `Client timeout: socket=…` around the anchor `p` (`out:`).
pub fn timeout<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let w = p.checked_sub(4)?;
    if !matches!(&b[w..p], b"time" | b"Time") || !at(b, p, b"out:") || w < t.floor {
        return None;
    }
    let who = [b"Client ".as_slice(), b"Server ", b"Pipeline "].into_iter().find(|who| before(b, w, who) && w - who.len() >= t.floor);
    let s = w - who.map_or(0, <[u8]>::len);
    if !boundary(b, s) || (who.is_none() && b[w] != b'T') {
        return None;
    }
    let text = p + 4;
    let fields = text + blanks(b, text);
    let capital = b[w] == b'T';
    let keys: [&[u8]; 6] = [b"timeout=", b"socket=", b"iterations=", b"iteration=", b"connect=", b"total="];
    let keyed = keys.into_iter().any(|k| at(b, fields, k));
    // `Client timeout: 1000`, only with the class before it.
    let bare = int(b, fields);
    if !capital && !keyed && bare.is_none() {
        return None;
    }
    let limit = line_end(b, text, text + 600);
    if capital && (who.is_some() || find(b, text, limit, b"Client-Side:").is_some()) {
        return rust::timeout(t, s, text, limit);
    }
    let mut first = fields;
    let prefix = class_before(t, s);
    if !keyed {
        first = bare?.1;
        prefix?;
    }
    let (mut in_doubt, mut node, mut iteration, mut capital) = (None, None, None, false);
    let (mut connect, mut retries, mut new_words, mut total, mut failed) = (false, false, false, false, false);
    let mut i = first;
    while i < limit {
        let k = crate::text::word_end(b, i);
        if b.get(k) != Some(&b'=') {
            break;
        }
        let key = &b[i..k];
        let mut e = k
            + 1
            + b[k + 1..limit]
                .iter()
                .position(|c| !(c.is_ascii_alphanumeric() || matches!(c, b'.' | b':' | b'_' | b'-' | b'(' | b')' | b'[' | b']' | b'%')))
                .unwrap_or(limit - k - 1);
        match key {
            b"iteration" | b"iterations" => iteration = int(b, k + 1).and_then(|(n, _)| u32::try_from(n).ok()),
            b"inDoubt" => {
                in_doubt = match &b[k + 1..e] {
                    b"true" | b"True" => Some(true),
                    b"false" | b"False" => Some(false),
                    _ => None,
                };
                capital = matches!(b.get(k + 1), Some(b'T' | b'F'));
            }
            b"node" | b"lastNode" => {
                new_words = key == b"node";
                // Java's node has blanks in it: it reaches to the next field.
                let mut end = e;
                let mut parts = 1;
                while parts < 3 && b.get(end) == Some(&b' ') {
                    let n = end
                        + 1
                        + b[end + 1..limit].iter().position(|c| matches!(c, b' ' | b'=' | b'"' | b'\'' | b',')).unwrap_or(limit - end - 1);
                    if b.get(n) == Some(&b'=') || n == end + 1 || !b[end + 1..n].iter().any(u8::is_ascii_digit) {
                        break;
                    }
                    (end, parts) = (n, parts + 1);
                }
                e = end;
                node = str(b, k + 1, e).filter(|n| !n.is_empty() && !matches!(*n, "null" | "(null)"));
            }
            b"connect" => connect = true,
            b"maxRetries" => retries = true,
            b"total" => total = true,
            b"failedNodes" => failed = true,
            _ => {}
        }
        i = e;
        first = e;
        if b.get(i) == Some(&b' ') {
            i += 1;
        } else {
            break;
        }
    }
    // The idioms of C put the number before the message.
    let mut start = prefix.map_or(s, |c| c.0);
    let mut value = 9;
    let mut idiom = false;
    if prefix.is_none() {
        let message = crate::text::address_before(b, s.saturating_sub(1), t.floor).filter(|_| before(b, s, b" ")).unwrap_or(s);
        if let Some((k, v)) =
            super::enclosed_before(b, message, t.floor, b'(', b')').or_else(|| super::enclosed_before(b, message, t.floor, b'[', b']'))
        {
            (start, value, idiom) = (k, v, true);
        }
    }
    let c_family: &[Dialect] = &[Dialect::C, Dialect::PYTHON, Dialect::NODEJS, Dialect::PHP];
    let everyone: &[Dialect] = &[Dialect::C, Dialect::PYTHON, Dialect::NODEJS, Dialect::PHP, JAVA, CSHARP];
    // Only C puts a colon before a node's port.
    let c_node = node.is_some_and(|n| n.contains(':'));
    let shown = if connect {
        Some(Class::Java)
    } else if capital {
        Some(Class::CSharp)
    } else {
        None
    };
    let class =
        prefix.map(|p| p.1).filter(|c| *c != Class::Either).or(shown).or_else(|| if idiom || c_node { None } else { stack(b, text) });
    let of: &[Dialect] = match class {
        Some(Class::CSharp) => &BOTH[1..],
        Some(Class::Java | Class::JavaSdk) => &BOTH[..1],
        _ if idiom => &c_family[..1],
        _ if in_doubt.is_some() && !capital => &BOTH[..1],
        _ if prefix.is_some() => &BOTH,
        _ if who.is_none() || who == Some(b"Pipeline ") => c_family,
        _ if new_words => &BOTH,
        _ => everyone,
    };
    let mut d = Draft::new(start, first, of, Some(value), 0.9, "the keywords of a timeout message; the code is not printed");
    if idiom {
        d.why = "a number in brackets before a timeout message";
    }
    d.in_doubt = in_doubt;
    d.node = node;
    d.iteration = iteration;
    d.tail = p + 4;
    d.weak = !idiom;
    if let [one] = of {
        d.release = match (*one == JAVA, *one == CSHARP) {
            (true, _) if connect => releases!("5.0.3", "8.0"),
            (true, _) if retries => releases!("4.4.1", "5.0.2"),
            (true, _) if new_words => releases!("4.2.0", "4.4.0"),
            (true, _) if failed => releases!("", "4.0.4"),
            (true, _) if in_doubt.is_some() => releases!("4.1.2", "4.1"),
            (true, _) if total => releases!("4.0.5", "4.1"),
            (_, true) if retries => releases!("3.8.1", ""),
            (_, true) if new_words => releases!("3.6.7", ""),
            (_, true) if in_doubt.is_some() => releases!("3.5.3", "3.6.6"),
            (_, true) if failed => releases!("", "3.4"),
            _ => releases!("", ""),
        };
    }
    d.finish()
}

impl Input<'_> {
    /// Whether the text just before `s` is a list or a cause of a Java-like message: a line `sub-exceptions:`.
    pub fn floor_event_is_java(&self, s: usize) -> bool {
        let from = s.saturating_sub(300);
        let w = &self.b[from..s];
        find(w, 0, w.len(), b"sub-exceptions:").is_some()
    }
}

/// A record of a failed commit behind the line break at `i`: `ns:set:key:digest,13,false`. Returns it and where it ends.
pub fn record<'t>(t: Input<'t>, i: usize) -> Option<(Option<Hit<'t>>, usize)> {
    let b = t.b;
    let n = line_break(b, i);
    let s = i + n + blanks(b, i + n);
    let end = line_end(b, s, s + 1200);
    if n == 0 || end <= s {
        return None;
    }
    let last = rfind(b, s, end, b",")?;
    let code = rfind(b, s, last, b",")?;
    let e = crate::text::word_end(b, last + 1);
    let in_doubt = match &b[last + 1..e] {
        b"true" | b"True" => true,
        b"false" | b"False" => false,
        _ => return None,
    };
    let (value, k) = int(b, code + 1)?;
    if k != last || b[s..code].iter().filter(|c| **c == b':').count() < 3 {
        return None;
    }
    if value == 0 {
        return Some((None, end));
    }
    let mut d = Draft::new(code + 1, e, &BOTH, Some(value), 0.9, "a record of a failed commit");
    d.in_doubt = Some(in_doubt);
    d.nested = true;
    d.tail = e;
    Some((d.finish(), end))
}
