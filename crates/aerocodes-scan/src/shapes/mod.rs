//! The shapes: what each client, tool and server prints around a code.
//!
//! Every parser starts at an anchor, reads a bounded number of bytes before and after it, and stays within the event. What
//! it returns depends on these bytes alone.

/// The first and the last release that prints a shape; empty is open.
macro_rules! releases {
    ($first:literal, $last:literal) => {
        const { &($crate::shapes::release($first), $crate::shapes::release($last)) }
    };
}

mod c;
mod go;
pub mod java;
mod names;
pub use names::bare;
mod node;
mod python;
mod rust;
mod server;

use aerocodes::{Condition, Dialect, Reading, Release, lookup_at};

use crate::text::{at, before, boundary, hard_end, hard_start, int, words};
use crate::{Candidates, Confidence, Finding};

/// A release at compile time; `None` of an empty text.
const fn release(text: &str) -> Option<Release> {
    let b = text.as_bytes();
    let (mut parts, mut count, mut i) = ([0u16; 4], 1, 0);
    while i < b.len() {
        if b[i] == b'.' {
            count += 1;
        } else {
            parts[count - 1] = parts[count - 1] * 10 + (b[i] - b'0') as u16;
        }
        i += 1;
    }
    if b.is_empty() { None } else { Release::from_parts(parts.split_at(count).0) }
}

/// What a parser sees.
#[derive(Clone, Copy)]
pub struct Input<'t> {
    pub b: &'t [u8],
    /// The first byte that no earlier finding owns.
    pub floor: usize,
    /// Known names count wherever they stand.
    pub bare_words: bool,
}

/// What a parser found.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'t> {
    pub finding: Finding<'t>,
    /// Where the search goes on.
    pub resume: usize,
    /// Where the message starts: tells repetitions from other errors.
    pub tail: usize,
    /// A name or a sentence without a number: drops out when its event has the same condition already.
    pub weak: bool,
    /// It starts a text of its own within a message, such as a record of a batch.
    pub nested: bool,
    /// Tells entries of a list of hosts apart that say the same.
    pub host: u32,
    /// The number has several meanings, and nothing tells which.
    pub unclear: bool,
}

/// A finding in the making.
#[derive(Clone, Copy)]
pub struct Draft<'t> {
    pub start: usize,
    pub end: usize,
    pub resume: usize,
    pub tail: usize,
    pub candidates: Candidates,
    pub value: Option<i32>,
    pub name: Option<&'t str>,
    pub condition: Option<Condition>,
    pub subcode: Option<u32>,
    pub in_doubt: Option<bool>,
    pub node: Option<&'t str>,
    pub iteration: Option<u32>,
    pub release: &'static (Option<Release>, Option<Release>),
    pub level: f32,
    pub why: &'static str,
    pub weak: bool,
    pub nested: bool,
    pub unclear: bool,
    /// Tells entries of a list of hosts apart that say the same.
    pub host: u32,
}

impl<'t> Draft<'t> {
    pub fn new(start: usize, end: usize, dialects: &[Dialect], value: Option<i32>, level: f32, why: &'static str) -> Self {
        let candidates = dialects.iter().fold(Candidates::NONE, |c, d| c.with(*d));
        Self {
            start,
            end,
            resume: end,
            tail: end,
            candidates,
            value,
            name: None,
            condition: None,
            subcode: None,
            in_doubt: None,
            node: None,
            iteration: None,
            release: releases!("", ""),
            level,
            why,
            weak: false,
            nested: false,
            unclear: false,
            host: 0,
        }
    }

    pub fn finish(self) -> Option<Hit<'t>> {
        let mut all = self.candidates.iter();
        let first = all.next();
        let dialect = if all.next().is_none() { first } else { None };
        let condition = self
            .condition
            .or_else(|| if self.unclear { None } else { self.value.and_then(|v| agreed(self.candidates, v, self.release.1)) });
        Some(Hit {
            finding: Finding {
                start: self.start,
                end: self.end,
                dialect,
                candidates: self.candidates,
                value: self.value,
                name: self.name,
                condition,
                subcode: self.subcode,
                in_doubt: self.in_doubt,
                node: self.node,
                iteration: self.iteration,
                nested: self.nested,
                release: *self.release,
                confidence: Confidence { level: self.level, why: self.why },
            },
            resume: self.resume.max(self.end),
            tail: self.tail,
            weak: self.weak,
            nested: self.nested,
            host: self.host,
            unclear: self.unclear,
        })
    }
}

/// The condition of a number, when all candidates agree; as of `release` for a single one.
fn agreed(candidates: Candidates, value: i32, release: Option<Release>) -> Option<Condition> {
    let mut found = None;
    let mut several = false;
    for d in candidates.iter() {
        let newest = d.lookup(value);
        let reading = match release {
            // One reading is the answer, whether it held then or not.
            Some(r) if newest.code().readings().len() > 1 => Some(lookup_at(d, value, r)).filter(|r| r.is_known()).unwrap_or(newest),
            _ => newest,
        };
        let Some(c) = reading.condition() else { continue };
        several |= found.is_some_and(|f| f != c);
        found = Some(c);
    }
    if several { None } else { found }
}

/// The reading of a name in one dialect, the newest first.
pub fn named(dialect: Dialect, name: &str) -> Option<Reading> {
    let likeliest = Reading::from_name(name)?;
    let here = dialect.lookup(likeliest.value());
    if here.name() == Some(name) && !here.is_wrong() {
        return Some(here);
    }
    aerocodes::find(name)
        .filter(|r| r.dialect() == dialect && r.name() == Some(name) && !r.is_wrong())
        .min_by_key(|r| (r.is_retired(), core::cmp::Reverse(r.value())))
}

/// A sentence of a client: its number, the dialects (one bit each, by id) that say so, how many words, where it ends.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    pub value: i32,
    pub dialects: u16,
    pub words: usize,
    pub end: usize,
}

impl Sentence {
    pub fn said_by(&self, d: Dialect) -> bool {
        self.dialects >> d.id() & 1 != 0
    }
}

/// The longest known sentence at `i`, of the dialects given by `mask`.
pub fn sentence(b: &[u8], i: usize, limit: usize, mask: u16) -> Option<Sentence> {
    let table = &crate::fingerprints::SENTENCES;
    let mut found = None;
    let limit = limit.min(i + 120).min(b.len());
    words(b, i, limit, |hash, n, end| {
        let mut k = table.partition_point(|r| r.0 < hash);
        while let Some(&(h, count, dialects, value)) = table.get(k) {
            if h != hash {
                break;
            }
            if usize::from(count) == n && dialects & mask != 0 {
                found = Some(Sentence { value: i32::from(value), dialects: dialects & mask, words: n, end });
            }
            k += 1;
        }
        n < 6
    });
    found
}

/// Bits of a set of dialects.
pub fn mask(dialects: &[Dialect]) -> u16 {
    dialects.iter().fold(0, |m, d| m | 1 << d.id())
}

/// Parses what stands at an anchor.
pub fn parse<'t>(t: Input<'t>, p: usize) -> Option<Hit<'t>> {
    let b = t.b;
    let w: [u8; 4] = b.get(p..p + 4)?.try_into().ok()?;
    match &w {
        [b'r' | b'R', b'o' | b'O', b'r' | b'R', b' ' | b':' | b'('] => {
            let s = p.checked_sub(2)?;
            if !(matches!(b[s], b'E' | b'e') && matches!(b[s + 1], b'r' | b'R')) || s < t.floor {
                return None;
            }
            match (w[3], boundary(b, s)) {
                (b' ', true) => {
                    java::error(t, s).or_else(|| c::error_in(t, s)).or_else(|| server::error(t, s)).or_else(|| go::error_code(t, s))
                }
                (b':', true) => server::info(t, s)
                    .or_else(|| c::aql(t, s))
                    .or_else(|| rust::server_error(t, s))
                    .or_else(|| c::benchmark(t, s))
                    .or_else(|| c::bracketed(t, s)),
                (b'(', true) if at(b, s, b"error(") => c::error_paren(t, s, p + 3),
                (b'(', false) => rust::debug(t, p + 3),
                _ => None,
            }
        }
        [b'a' | b'A', b'i' | b'I', b'l' | b'L', b':'] => {
            let s = p.checked_sub(1)?;
            (s >= t.floor && matches!(b[s], b'f' | b'F') && boundary(b, s)).then(|| server::info(t, s))?
        }
        b"ospi" => {
            let s = p.checked_sub(3)?;
            (s >= t.floor && matches!(&b[s..s + 3], b"aer" | b"Aer") && at(b, p + 4, b"ke")).then(|| names::product(t, s))?
        }
        b"SPIK" => {
            let s = p.checked_sub(4)?;
            if s < t.floor || &b[s..p] != b"AERO" {
                return None;
            }
            names::symbol(t, s)
        }
        [b'A', b'S', b'_', _] => names::symbol(t, p),
        b"AL_E" => names::symbol(t, p.checked_sub(3)?),
        b"EAF_" => names::symbol(t, p.checked_sub(7)?),
        b"ltCo" => go::result_code(t, p.checked_sub(4)?),
        b"imeo" => java::timeout(t, p + 3),
        b"imed" => go::timed_out(t, p.checked_sub(3)?),
        [b'0'..=b'9' | b'L', b',', b' ', _] => python::tuple(t, p),
        b"err(" => c::error_paren(t, p, p + 3),
        b"c/ma" => c::source(t, p.checked_sub(2)?),
        b"code" => {
            if p >= 2 && at(b, p - 2, b"- ") {
                return c::backup(t, p - 2);
            }
            server::negated(t, p + 1).or_else(|| rust::inner(t, p.checked_sub(7)?)).or_else(|| node::object(t, p))
        }
        b"band" => server::xdr(t, p.checked_sub(1)?),
        [b'y' | b'n', b' ', b'j', b'o'] => server::job(t, p + 2),
        b"l: q" => server::words(t, p + 9),
        b"_mas" => server::words(t, p + 16),
        b"e no" => go::partition(t, p + 16),
        b"s em" => go::empty(t, p),
        b"n: -" => c::tend(t, p.checked_sub(14)?),
        _ => None,
    }
}

/// The line that holds `p`: from the floor or the line's start to its end, at most `ahead` bytes on.
pub fn line(t: Input<'_>, p: usize, behind: usize, ahead: usize) -> (usize, usize) {
    let floor = t.floor.max(p.saturating_sub(behind));
    (hard_start(t.b, p, floor.min(p)), hard_end(t.b, p, p + ahead))
}

/// A node that C prints before a message (`10.0.0.1:3000 `), by the start of the message.
pub fn leading_node(b: &[u8], i: usize) -> (Option<&str>, usize) {
    match crate::text::address_at(b, i) {
        Some(e) if b.get(e) == Some(&b' ') => (crate::text::str(b, i, e), e + 1),
        _ => (None, i),
    }
}

/// The class name that ends, with a colon and a space, before `i`: where it starts. `None` when it is no Aerospike class.
pub fn class_before(t: Input<'_>, i: usize) -> Option<(usize, Class)> {
    let b = t.b;
    let i = crate::text::rplain(b, i, t.floor);
    let colon = i.checked_sub(2).filter(|&c| c >= t.floor && &b[c..i] == b": ")?;
    let colon = crate::text::rplain(b, colon, t.floor);
    let start = crate::text::name_start(b, colon, t.floor, b".$+:");
    let name = &b[start..colon];
    let has = |s: &[u8]| crate::text::find(name, 0, name.len(), s).is_some();
    let product = crate::text::find(name, 0, name.len(), b"erospike")?;
    let behind = product + 8;
    let class = if at(name, behind, b".client.") && before(name, product, b"com.a") {
        if at(name, behind, b".client.sdk") { Class::JavaSdk } else { Class::Java }
    } else if has(b"aerospike_native") || has(b"aerospike_sdk") {
        Class::PythonNative
    } else if has(b"com.aerospike.client.") {
        Class::Java
    } else if has(b"Aerospike.Client.") || has(b"+") {
        Class::CSharp
    } else if has(b"$") || has(b"aerospike.") {
        Class::Java
    } else {
        Class::Either
    };
    Some((start, class))
}

/// Whose exception a class name is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    Java,
    JavaSdk,
    CSharp,
    PythonNative,
    Either,
}

/// A hash of a host's name, never 0.
pub fn salt(host: &[u8]) -> u32 {
    let mut h = 1;
    words(host, 0, host.len(), |hash, _, _| {
        h = hash | 1;
        true
    });
    h
}

/// A number in brackets of the given kind at `i`.
pub fn enclosed(b: &[u8], i: usize, open: u8, close: u8) -> Option<(i32, usize)> {
    if b.get(i) != Some(&open) {
        return None;
    }
    let (v, k) = int(b, i + 1)?;
    (b.get(k) == Some(&close)).then_some((v, k + 1))
}

/// A number in brackets that ends before `i`, with one blank between: where it starts.
pub fn enclosed_before(b: &[u8], i: usize, floor: usize, open: u8, close: u8) -> Option<(usize, i32)> {
    let e = i.checked_sub(2)?;
    if e < floor || !before(b, i, b" ") || b[e] != close {
        return None;
    }
    let floor = floor.max(e.saturating_sub(13)).min(e);
    let s = b[floor..e].iter().rposition(|&c| c == open)? + floor;
    let (v, k) = int(b, s + 1)?;
    (k == e).then_some((s, v))
}
