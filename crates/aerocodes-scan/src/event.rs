//! Events: a log line with the lines that continue it.
//!
//! Whether a line starts an event follows from the line and from at most [`LOOK_BEHIND`] bytes before it, so that any
//! thread finds the same events.

use crate::LOOK_BEHIND;
use crate::text::{at, before, find, first, hard_end, hard_start, int, is_word, last, plain};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Line {
    /// Starts an event.
    Start,
    /// Continues the line before it.
    Continued,
    /// A class name with a message: belongs to an ordinary line before it.
    Class,
    /// An entry such as `Error 9,…`: belongs to a list whose header stands before it.
    Entry,
    /// A line of Go: the cause of the line before it when that says so.
    Wrapped,
}

/// What loggers, containers and people put before a line that ends at `end`: its length.
fn prefix(b: &[u8], line: usize, end: usize) -> usize {
    let mut i = plain(b, line);
    for _ in 0..3 {
        let n = one_prefix(&b[i.min(end)..end.min(i + 160)]);
        if n == 0 {
            break;
        }
        i = plain(b, i + n);
    }
    i - line
}

/// The length of what stands before the line that starts at `line`.
pub fn prefix_at(b: &[u8], line: usize) -> usize {
    prefix(b, line, hard_end(b, line, line + 700))
}

fn one_prefix(head: &[u8]) -> usize {
    match head.first() {
        Some(b'{') if head.starts_with(b"{\"log\":\"") => 8,
        Some(b'>') if head.get(1) == Some(&b' ') => 2,
        Some(b'[') if head.starts_with(b"[pod/") => {
            head.iter().position(|&c| c == b']').map_or(0, |n| n + 1 + usize::from(head.get(n + 1) == Some(&b' ')))
        }
        Some(c) if c.is_ascii_alphanumeric() => {
            let blank = first(head, 0, head.len(), b" ").unwrap_or(head.len());
            // A container's time and stream: `2026-…Z stdout F `.
            if c.is_ascii_digit() && blank > 18 && (at(head, blank, b" stdout ") || at(head, blank, b" stderr ")) {
                let flag = head.get(blank + 8);
                if matches!(flag, Some(b'F' | b'P')) && matches!(head.get(blank + 9), Some(b' ') | None) {
                    return blank + 10;
                }
            }
            // The time that `docker logs -t`, `kubectl logs --timestamps` and build services put before each line.
            if c.is_ascii_digit() && (20..40).contains(&blank) && head[blank - 1] == b'Z' && head[10] == b'T' && head[4] == b'-' {
                return blank + 1;
            }
            // A service of a composition: `cart-1  | `.
            let gap = head[blank..].iter().take_while(|c| **c == b' ').count();
            if gap > 0 && at(head, blank + gap, b"| ") && head[..blank].iter().all(|c| is_word(*c) || matches!(c, b'-' | b'.')) {
                return blank + gap + 2;
            }
            // The journal: `Nov 22 04:03:10 host unit[123]: `. The first colon with a blank is the one behind the bracket.
            if let Some(n) = find(head, 0, head.len(), b": ").filter(|&n| n > 0 && head[n - 1] == b']') {
                let n = n - 1;
                let open = last(head, 0, n, b"[");
                if open.is_some_and(|o| o + 1 < n && head[o + 1..n].iter().all(u8::is_ascii_digit))
                    && head[..n].iter().filter(|c| **c == b':').count() >= 2
                {
                    return n + 3;
                }
            }
            0
        }
        _ => 0,
    }
}

/// Whether a line starts with a date, a blank and a time of day, as most loggers write them.
#[inline]
fn dated(head: &[u8]) -> bool {
    let Some(head) = head.first_chunk::<16>() else { return false };
    let [y, _, _, _, d1, _, _, d2, _, _, blank, h, _, colon, m, _] = *head;
    (d1, d2, blank, colon) == (b'-', b'-', b' ', b':') && y.is_ascii_digit() && h.is_ascii_digit() && m.is_ascii_digit()
}

/// Whether a line that starts with a date is seen at once to start an event: no more than the journal's prefix (`]: `) and
/// a record's end (an `e`) can make it continue anything.
#[inline]
fn starts_plainly(b: &[u8], line: usize) -> bool {
    let reach = b.len().min(line + 200);
    if !dated(&b[line..reach]) {
        return false;
    }
    let mut i = line;
    while let Some(n) = first(b, i, reach, b"\n]") {
        if b[n] == b'\n' {
            return !(before(b, n, b"e") || before(b, n, b"e\r"));
        }
        if at(b, n, b"]: ") {
            return false;
        }
        i = n + 1;
    }
    !(before(b, reach, b"e") || before(b, reach, b"e\r"))
}

fn kind(b: &[u8], line: usize) -> Line {
    if starts_plainly(b, line) {
        return Line::Start;
    }
    let whole = hard_end(b, line, line + 700);
    let whole = if before(b, whole, b"\r") && whole > line + 1 { whole - 1 } else { whole };
    let i = line + prefix(b, line, whole);
    let end = whole.min(i + 200);
    let Some(&c) = b.get(i).filter(|_| i < end) else { return Line::Continued };
    match c {
        b' ' | b'\t' | b'}' | b']' | b')' | b'\r' => return Line::Continued,
        b'\\' if at(b, i, b"\\t") => return Line::Continued,
        b'-' | b'0'..=b'9' => {
            let entry = int(b, i)
                .filter(|&(_, k)| b.get(k) == Some(&b','))
                .and_then(|(_, k)| int(b, k + 1))
                .is_some_and(|(_, k)| b.get(k) == Some(&b','));
            if entry {
                return Line::Entry;
            }
        }
        b'C' | b'c' | b's' | b'v' | b'r' | b'S' | b'i' | b'.' | b'n' | b'D' | b'T' => {
            for s in [
                b"Caused by".as_slice(),
                b"caused by",
                b"sub-e",
                b"verify errors",
                b"roll errors",
                b"Suppressed:",
                b"iteration=",
                b"... ",
                b"nested exception",
                b"During handling",
                b"The above exception",
            ] {
                if at(b, i, s) {
                    return Line::Continued;
                }
            }
            if at(b, i, b"Traceback (") {
                return Line::Class;
            }
        }
        b'R' if at(b, i, b"ResultCode: ") => return Line::Wrapped,
        b'E' if at(b, i, b"Error ") && (int(b, i + 6).is_some() || at(b, i + 6, b"Code ")) => return Line::Entry,
        _ => {}
    }
    let head = &b[i..end];
    // A class name: dots or colons in it, `Exception` or `Error` at its end, then a colon or nothing.
    let name = head.iter().take_while(|c| is_word(**c) || matches!(c, b'.' | b'$' | b'+')).count();
    let name = if at(head, name, b"::") { head.iter().take_while(|c| is_word(**c) || **c == b':').count().saturating_sub(1) } else { name };
    if name > 8
        && (at(head, name, b": ") || at(head, name, b"; nested exception is ") || name == head.len())
        && head[..name].iter().any(|c| matches!(c, b'.' | b':'))
    {
        let class = &head[..name];
        if find(class, 0, name, b"xception").is_some() || find(class, 0, name, b"Error").is_some() {
            return Line::Class;
        }
    }
    // A host of a failed connection: `10.0.0.1 3000 Error -3: …`.
    if let Some(n) = first(head, 0, head.len(), b" ") {
        if let Some((_, k)) = int(head, n + 1) {
            if at(head, k, b" Error ") && (int(head, k + 7).is_some() || at(head, k + 7, b"Code ")) {
                return Line::Continued;
            }
        } else if at(head, n, b" Error ") && int(head, n + 7).is_some() && head[..n].iter().any(|c| matches!(c, b'.' | b':')) {
            return Line::Continued;
        }
    }
    // A record of a failed commit: `ns:set:key:digest,13,false`.
    let flags = [b",true".as_slice(), b",false", b",True", b",False"];
    if let Some(head) = flags.into_iter().filter(|_| head.ends_with(b"e")).find_map(|w| head.strip_suffix(w)) {
        let (record, code) = match last(head, 0, head.len(), b",") {
            Some(n) => (&head[..n], &head[n + 1..]),
            None => (&head[..0], head),
        };
        if int(code, 0).is_some() && record.iter().filter(|c| **c == b':').count() >= 3 {
            return Line::Entry;
        }
    }
    Line::Start
}

/// Whether the line that starts at `line` starts an event.
pub fn is_start(b: &[u8], line: usize) -> bool {
    if line == 0 {
        return true;
    }
    let floor = line.saturating_sub(LOOK_BEHIND);
    let previous = |line: usize| (line > floor).then(|| hard_start(b, line - 1, floor));
    match kind(b, line) {
        Line::Start => true,
        Line::Continued => false,
        Line::Wrapped => previous(line).is_none_or(|p| find(b, p, line, b"ResultCode: MAX_RETRIES_EXCEEDED").is_none()),
        Line::Class => {
            let Some(mut p) = previous(line) else { return true };
            if kind(b, p) == Line::Start {
                return false;
            }
            if find(b, p, line, b"nested exception is").is_some() {
                return false;
            }
            // The last line of a Python traceback belongs to the line before the traceback.
            while kind(b, p) == Line::Continued && b.get(p + prefix_at(b, p)) == Some(&b' ') {
                match previous(p) {
                    Some(q) => p = q,
                    None => return true,
                }
            }
            let i = p + prefix_at(b, p);
            !at(b, i, b"Traceback (")
        }
        Line::Entry => {
            let mut p = line;
            for _ in 0..64 {
                match previous(p) {
                    Some(q) => p = q,
                    None => return true,
                }
                match kind(b, p) {
                    Line::Entry => {}
                    Line::Continued => {
                        let end = hard_end(b, p, p + 200);
                        let line = &b[p..end];
                        let line = line.strip_suffix(b"\r").unwrap_or(line);
                        return !(line.ends_with(b"errors:") || line.ends_with(b"exceptions:"));
                    }
                    _ => return true,
                }
            }
            true
        }
    }
}

/// The first start of an event at or after `from`; the length when there is none.
pub fn next_start(b: &[u8], from: usize) -> usize {
    start_within(b, from, b.len()).unwrap_or(b.len())
}

/// The first start of an event within `from..=to`.
pub fn start_within(b: &[u8], from: usize, to: usize) -> Option<usize> {
    if from == 0 {
        return Some(0);
    }
    let mut k = from - 1;
    while let Some(n) = first(b, k, to, b"\n") {
        k = n + 1;
        if k < b.len() && is_start(b, k) {
            return Some(k);
        }
    }
    None
}
