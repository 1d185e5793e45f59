//! Finding a code by its name: a perfect hash over every spelling.

use crate::Reading;
#[cfg(feature = "names")]
use crate::generated::names::SAME_NAME;
use crate::generated::tables::{NAME_SEEDS, NAME_SLOTS, NAMES, READINGS};
use crate::tables::name;

/// Every reading with this spelling, in all dialects: as written, or in any case when no dialect has it as written.
///
/// ```
/// let found: Vec<_> = aerocodes::find("RecordNotFound").map(|r| r.to_string()).collect();
/// assert_eq!(found, ["python:2 RecordNotFound"]);
/// assert!(aerocodes::find("as_err_timeout").next().is_some());
/// assert_eq!(aerocodes::find("NO_SUCH_NAME").count(), 0);
/// ```
pub fn find(spelling: &str) -> Spelled<'_> {
    match exact(spelling) {
        Some(r) => same_name(r),
        None => Spelled { next: 0, of: Of::AnyCase(spelling) },
    }
}

/// The readings that share the name of reading `r`.
#[cfg(feature = "names")]
fn same_name(mut r: u16) -> Spelled<'static> {
    let after = |r: u16| SAME_NAME[usize::from(r)];
    while after(r) > r {
        r = after(r);
    }
    Spelled { next: after(r), of: Of::Chain }
}
#[cfg(not(feature = "names"))]
fn same_name(r: u16) -> Spelled<'static> {
    let row = &READINGS[usize::from(r)];
    Spelled { next: 0, of: Of::Pooled(row.name(), row.len) }
}

impl Reading {
    /// The likeliest reading with exactly this spelling, over all dialects: one hash, one comparison.
    ///
    /// ```
    /// use aerocodes::{Condition, Reading};
    /// assert_eq!(Reading::from_name("AEROSPIKE_ERR_TIMEOUT").and_then(|r| r.condition()), Some(Condition::TIMEOUT));
    /// ```
    #[inline]
    pub fn from_name(spelling: &str) -> Option<Self> {
        exact(spelling).map(Self::at)
    }
}

/// Readings that share a spelling; made by [`find`].
#[derive(Clone, Debug)]
pub struct Spelled<'a> {
    /// The next reading to look at.
    next: u16,
    of: Of<'a>,
}

/// What the readings of a [`Spelled`] have in common.
#[derive(Clone, Copy, Debug)]
enum Of<'a> {
    /// `next` has the name, and so have those chained to it.
    #[cfg(feature = "names")]
    Chain,
    /// The name that stands here in the pool, with its length.
    #[cfg(not(feature = "names"))]
    Pooled(u16, u8),
    /// This name in any case.
    AnyCase(&'a str),
}

impl Spelled<'_> {
    pub(crate) const fn none() -> Self {
        Self { next: u16::MAX, of: Of::AnyCase("") }
    }
}

impl Iterator for Spelled<'_> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        while let Some(row) = READINGS.get(usize::from(self.next)) {
            let here = self.next;
            self.next += 1;
            let hit = match self.of {
                #[cfg(feature = "names")]
                Of::Chain => {
                    let after = SAME_NAME[usize::from(here)];
                    self.next = if after > here { after } else { u16::MAX };
                    true
                }
                #[cfg(not(feature = "names"))]
                Of::Pooled(at, len) => (row.name(), row.len) == (at, len),
                Of::AnyCase(text) => {
                    usize::from(row.len) == text.len() && row.len > 0 && name(row.name(), row.len).eq_ignore_ascii_case(text)
                }
            };
            if hit {
                return Some(Reading::at(here));
            }
        }
        None
    }
}

#[inline]
fn exact(s: &str) -> Option<u16> {
    let words = words(s.as_bytes());
    let h = hash(words, s.len());
    let seed = NAME_SEEDS[(h as usize) % NAME_SEEDS.len()];
    let x = ((h >> 32) as u32).wrapping_add(u32::from(seed).wrapping_mul((h >> 9) as u32 | 1));
    let r = NAME_SLOTS[((u64::from(x) * NAME_SLOTS.len() as u64) >> 32) as usize];
    let row = READINGS.get(usize::from(r))?;
    // Compared as bytes: slicing a `str` would look for the bounds of characters first.
    let at = usize::from(row.name());
    (NAMES.as_bytes().get(at..at + usize::from(row.len)) == Some(s.as_bytes())).then_some(r)
}

/// Head, tail and middle of a text.
#[inline]
fn words(s: &[u8]) -> [u64; 3] {
    let n = s.len();
    let word = |i: usize| s.get(i..i + 8).map_or(0, |w| u64::from_le_bytes([w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]]));
    if n >= 8 {
        [word(0), word(n - 8), word((n - 8) / 2)]
    } else if n >= 4 {
        let half = |i: usize| u64::from(u32::from_le_bytes([s[i], s[i + 1], s[i + 2], s[i + 3]]));
        [half(0), half(n - 4), 0]
    } else if n > 0 {
        [u64::from(s[0]), u64::from(s[n / 2]), u64::from(s[n - 1])]
    } else {
        [0, 0, 0]
    }
}

/// The words, mixed with one multiplication. The table is built with the same function by
/// `xtask/src/codegen/core_tables.rs`.
#[inline]
fn hash([a, b, c]: [u64; 3], n: usize) -> u64 {
    let m = u128::from(a ^ c.rotate_left(29) ^ 0x9E37_79B9_7F4A_7C15) * u128::from(b ^ (n as u64) << 56 ^ 0xD1B5_4A32_D192_ED03);
    (m as u64) ^ ((m >> 64) as u64)
}
