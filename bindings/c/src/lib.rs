//! The C library: `include/aerocodes.h` is written from this file and from `generated.rs`.
//!
//! Integers and static strings cross the boundary, never a Rust enum. Nothing allocates, locks or unwinds, and but for the
//! pointers of `aerocodes_shared` there is no state:
//! with `panic = "abort"` (the profile `capi`, which is what is shipped) the crate is `no_std` and links beside other Rust
//! archives. The types and functions carry their C names.
#![cfg_attr(panic = "abort", no_std)]
#![allow(non_camel_case_types)]
#![deny(missing_docs)]

use core::ffi::{CStr, c_char, c_void};
use core::mem::size_of;
use core::ptr::null;
use core::sync::atomic::{AtomicPtr, Ordering};

#[cfg(feature = "history")]
use aerocodes::Release;
use aerocodes::{Answer, Category, Code, Condition, Dialect, Edition, Kind, Operation, Origin, Reading, TranslationKind};

mod generated;
#[cfg(feature = "hot")]
mod hot;
#[cfg(test)]
mod tests;

pub use generated::*;

#[cfg(all(panic = "abort", not(test)))]
mod runtime {
    // memcpy, memcmp and strlen, which compiled code calls.
    #[link(name = "c")]
    unsafe extern "C" {
        safe fn abort() -> !;
    }

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        abort()
    }
}

/// A release such as 4.5.0.1: four numbers of 16 bits, the first in the highest bits, 65535 for those that are absent.
pub type aerocodes_release = u64;

/// No release: what is not known, has not ended, or is no release.
pub const AEROCODES_RELEASE_NONE: u64 = 0xFFFF_FFFF_FFFF_FFFF;

/// `length` of aerocodes_recognize for a text that ends with a NUL.
pub const AEROCODES_NUL_TERMINATED: usize = usize::MAX;

/// The answer is not known.
pub const AEROCODES_ANSWER_UNKNOWN: i32 = 0;
/// No.
pub const AEROCODES_ANSWER_NO: i32 = 1;
/// It turns on something that the code does not tell; the reason says on what.
pub const AEROCODES_ANSWER_DEPENDS: i32 = 2;
/// Yes.
pub const AEROCODES_ANSWER_YES: i32 = 3;

/// Not known who raises it.
pub const AEROCODES_ORIGIN_UNKNOWN: i32 = 0;
/// The server answers it.
pub const AEROCODES_ORIGIN_SERVER: i32 = 1;
/// The client library raises it.
pub const AEROCODES_ORIGIN_CLIENT: i32 = 2;
/// Either of them; the code alone does not tell.
pub const AEROCODES_ORIGIN_EITHER: i32 = 3;

/// Every edition of the server.
pub const AEROCODES_EDITION_ANY: i32 = 0;
/// Enterprise only.
pub const AEROCODES_EDITION_ENTERPRISE: i32 = 1;

/// A dialect spoken by a server or a client in use.
pub const AEROCODES_KIND_CURRENT: i32 = 0;
/// A dialect of old releases.
pub const AEROCODES_KIND_LEGACY: i32 = 1;
/// A dialect found in log lines only.
pub const AEROCODES_KIND_LOG: i32 = 2;

/// The target has nothing for the code.
pub const AEROCODES_TRANSLATION_NONE: i32 = 0;
/// Many to one, one to many, or the nearest there is.
pub const AEROCODES_TRANSLATION_FOLDED: i32 = 1;
/// One code for one code.
pub const AEROCODES_TRANSLATION_EXACT: i32 = 2;

/// Flag of a reading: something is known about the code.
pub const AEROCODES_READING_KNOWN: u32 = 1;
/// Flag of a reading: its name is the one to use for the code today.
pub const AEROCODES_READING_PRIMARY: u32 = 2;
/// Flag of a reading: it ended before the newest release read.
pub const AEROCODES_READING_RETIRED: u32 = 4;
/// Flag of a reading: documented or exported so, but not what the software does; the erratum tells what is.
pub const AEROCODES_READING_WRONG: u32 = 8;

/// Flag of a finding: its number is known.
pub const AEROCODES_FINDING_VALUE: u32 = 1;
/// Flag of a finding: it stands inside another finding (a cause, a sub-error, a record of a batch).
pub const AEROCODES_FINDING_NESTED: u32 = 2;

/// The client gave no in-doubt flag. Any negative number says the same; 0 is "not in doubt", any positive number "in doubt".
pub const AEROCODES_IN_DOUBT_UNKNOWN: i32 = -1;

/// The text is a code.
pub const AEROCODES_PARSE_OK: i32 = 0;
/// There is no text.
pub const AEROCODES_PARSE_EMPTY: i32 = 1;
/// A dialect and a colon, and nothing behind it.
pub const AEROCODES_PARSE_MISSING_VALUE: i32 = 2;
/// No dialect has the key before the colon.
pub const AEROCODES_PARSE_UNKNOWN_DIALECT: i32 = 3;
/// A number that does not fit 32 bits with sign.
pub const AEROCODES_PARSE_OUT_OF_RANGE: i32 = 4;
/// A bare number: it has readings in many dialects; see aerocodes_readings.
pub const AEROCODES_PARSE_NO_DIALECT: i32 = 5;
/// No dialect, or not the one given, has this name; also a text that is not UTF-8.
pub const AEROCODES_PARSE_UNKNOWN_NAME: i32 = 6;
/// Several dialects have this name: see aerocodes_find.
pub const AEROCODES_PARSE_AMBIGUOUS: i32 = 7;

/// One meaning of one code: its spelling, its condition and the releases in which that held.
///
/// Set `size` to `sizeof(aerocodes_reading)` before the call (of an array: in its first element). The library writes no
/// more than that and sets `size` to what it wrote, so programs and libraries of different releases fit together.
/// A `size` below the first release's writes nothing.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct aerocodes_reading {
    /// Bytes of this structure.
    pub size: usize,
    /// The dialect's name for the code; NULL when it has none.
    pub name: *const c_char,
    /// The condition's sentence of at most 80 characters; NULL when nothing is known.
    pub summary: *const c_char,
    /// What users must know about this very row: a slip in documentation, a moved number; NULL when there is nothing.
    pub erratum: *const c_char,
    /// First release in which this reading held; AEROCODES_RELEASE_NONE when nothing is known.
    pub since: aerocodes_release,
    /// Last release in which this reading held; AEROCODES_RELEASE_NONE while it does.
    pub until: aerocodes_release,
    /// Release in which the code itself appeared, where that is documented; else AEROCODES_RELEASE_NONE.
    pub introduced: aerocodes_release,
    /// The dialect, as it was asked for: AEROCODES_DIALECT_...
    pub dialect: i32,
    /// The number, as it was asked for.
    pub value: i32,
    /// What happened: AEROCODES_CONDITION_...; 0 when nothing is known.
    pub condition: i32,
    /// AEROCODES_CATEGORY_...; for an unknown number that of the dialect's number range.
    pub category: i32,
    /// Who raises it: AEROCODES_ORIGIN_...
    pub origin: i32,
    /// The server edition in which it occurs: AEROCODES_EDITION_...
    pub edition: i32,
    /// Whether the condition is transient: AEROCODES_ANSWER_...
    pub retryable: i32,
    /// Whether a write may have been applied although the client saw this: AEROCODES_ANSWER_...
    pub maybe_applied: i32,
    /// Retryable, and surely not applied: AEROCODES_ANSWER_...
    pub retryable_not_applied: i32,
    /// Sum of AEROCODES_READING_... flags.
    pub flags: u32,
}

/// May I retry, may it have been applied, and why. `size` as in aerocodes_reading.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct aerocodes_advice {
    /// Bytes of this structure.
    pub size: usize,
    /// The rule for the operation in one sentence; NULL for an unknown operation or in a library built without texts.
    pub rule: *const c_char,
    /// Why the condition's predicates are what they are; NULL when nothing is known.
    pub reason: *const c_char,
    /// Whether sending the same request again is right: AEROCODES_ANSWER_...
    pub retryable: i32,
    /// Whether the request may have been applied: AEROCODES_ANSWER_...
    pub maybe_applied: i32,
    /// Whether sending it again is right and cannot apply it twice: AEROCODES_ANSWER_...
    pub retryable_not_applied: i32,
    /// AEROCODES_CONDITION_...; 0 when nothing is known.
    pub condition: i32,
}

/// Most targets of a translation.
pub const AEROCODES_TRANSLATION_MAX: usize = 16;

/// A code in another dialect's terms. `size` as in aerocodes_reading.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct aerocodes_translation {
    /// Bytes of this structure.
    pub size: usize,
    /// Why the kind is what it is, in one sentence; NULL in a library built without texts.
    pub reason: *const c_char,
    /// AEROCODES_TRANSLATION_NONE, _FOLDED or _EXACT.
    pub kind: i32,
    /// How many of `values` count.
    pub count: u32,
    /// The target's numbers, the best first; 0 behind `count`.
    pub values: [i32; AEROCODES_TRANSLATION_MAX],
}

/// One raised error, found in a text. `size` as in aerocodes_reading.
///
/// `name` and `node` point into the text that was searched, `why` is static; none of the three ends with a NUL: print them
/// with `%.*s`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct aerocodes_finding {
    /// Bytes of this structure.
    pub size: usize,
    /// First byte of what identifies the error.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The spelling in the text; NULL when it has none.
    pub name: *const c_char,
    /// Bytes of `name`.
    pub name_length: usize,
    /// The node as the text names it; NULL when it names none.
    pub node: *const c_char,
    /// Bytes of `node`.
    pub node_length: usize,
    /// First release of the client whose messages have this shape; AEROCODES_RELEASE_NONE when the shape does not tell.
    pub release_first: aerocodes_release,
    /// Last such release; AEROCODES_RELEASE_NONE when the shape does not tell.
    pub release_last: aerocodes_release,
    /// The server's refinement of the code; -1 when the text has none.
    pub subcode: i64,
    /// The attempt as the text numbers it; -1 when it does not.
    pub iteration: i64,
    /// How sure this is, from 0 to 1.
    pub confidence: f64,
    /// AEROCODES_DIALECT_...; -1 when the shape of the text cannot tell, then see `candidates`.
    pub dialect: i32,
    /// The number, when `flags` has AEROCODES_FINDING_VALUE; else 0.
    pub value: i32,
    /// What happened, when all candidates agree: AEROCODES_CONDITION_...; else 0.
    pub condition: i32,
    /// The client's in-doubt flag: 0 or 1; AEROCODES_IN_DOUBT_UNKNOWN when the text has none.
    pub in_doubt: i32,
    /// The dialects that the shape allows: bit N is the dialect N.
    pub candidates: u32,
    /// Sum of AEROCODES_FINDING_... flags.
    pub flags: u32,
    /// Why it is that sure, in a short sentence.
    pub why: *const c_char,
    /// Bytes of `why`.
    pub why_length: usize,
}

// ------------------------------------------------------------------------------------------------ helpers, not exported

/// What a feature has, or what is said without it.
macro_rules! with {
    ($feature:literal, $value:expr, $without:expr) => {{
        #[cfg(feature = $feature)]
        let value = $value;
        #[cfg(not(feature = $feature))]
        let value = $without;
        value
    }};
}

/// A string of the core's pools, which hold a NUL behind each (`tests::every_string_ends_with_nul`).
fn text(s: &'static str) -> *const c_char {
    if s.is_empty() { null() } else { s.as_ptr().cast() }
}

/// A text of lines that the core hands out one by one: where the first begins, up to the NUL behind the last.
#[cfg(any(feature = "search", feature = "text"))]
fn lines(mut s: impl Iterator<Item = &'static str>) -> *const c_char {
    s.next().map_or(null(), text)
}

/// A caller's text.
///
/// # Safety
/// NULL, or a text that ends with a NUL and outlives the result.
unsafe fn given<'a>(s: *const c_char) -> Option<&'a str> {
    if s.is_null() {
        return None;
    }
    // SAFETY: as above.
    unsafe { CStr::from_ptr(s) }.to_str().ok()
}

/// A structure whose first field is its size.
///
/// # Safety
/// `repr(C)`, `Copy`, and a `usize` first.
unsafe trait Sized_: Copy {
    /// Bytes of the structure in the first release.
    const FIRST: usize;
}

// SAFETY: so they are.
unsafe impl Sized_ for aerocodes_reading {
    const FIRST: usize = size_of::<Self>();
}
// SAFETY: so it is.
unsafe impl Sized_ for aerocodes_advice {
    const FIRST: usize = size_of::<Self>();
}
// SAFETY: so it is.
unsafe impl Sized_ for aerocodes_translation {
    const FIRST: usize = size_of::<Self>();
}
// SAFETY: so it is.
unsafe impl Sized_ for aerocodes_finding {
    const FIRST: usize = size_of::<Self>();
}

/// A caller's array of structures, each as large as the caller's header has it.
struct Out<T> {
    at: *mut u8,
    stride: usize,
    capacity: usize,
    count: usize,
    kind: core::marker::PhantomData<T>,
}

impl<T: Sized_> Out<T> {
    /// # Safety
    /// `out` is NULL, or `capacity` is 0, or `out` points to as many structures, each as large as the first one's size says.
    unsafe fn new(out: *mut T, capacity: usize) -> Self {
        let mut new = Self { at: out.cast(), stride: 0, capacity: 0, count: 0, kind: core::marker::PhantomData };
        if !out.is_null() && capacity > 0 {
            // SAFETY: there is one structure, which begins with its size.
            new.stride = unsafe { out.cast::<usize>().read() };
            if new.stride >= T::FIRST {
                new.capacity = capacity;
            }
        }
        new
    }

    /// Counts one more, and writes it where there is room. `value` begins with `size_of::<T>()`.
    fn push(&mut self, mut value: T) {
        if self.count < self.capacity {
            let bytes = self.stride.min(size_of::<T>());
            // SAFETY: element `count` lies inside the caller's array and has `stride` bytes; the size is the first field.
            unsafe {
                (&raw mut value).cast::<usize>().write(bytes);
                (&raw const value).cast::<u8>().copy_to_nonoverlapping(self.at.add(self.count * self.stride), bytes);
            }
        }
        self.count += 1;
    }
}

#[inline]
fn dialect_of(id: i32) -> Option<Dialect> {
    u8::try_from(id).ok().and_then(Dialect::from_id)
}

#[inline]
fn condition_of(id: i32) -> Option<Condition> {
    u16::try_from(id).ok().and_then(Condition::from_id)
}

#[inline]
fn reading_of(dialect: i32, value: i32) -> Option<Reading> {
    dialect_of(dialect).map(|d| d.lookup(value))
}

fn operation_of(id: i32) -> Option<Operation> {
    u8::try_from(id).ok().and_then(Operation::from_id)
}

fn category_of(id: i32) -> Option<Category> {
    Category::all().find(|c| i32::from(c.id()) == id)
}

const fn answer(a: Answer) -> i32 {
    match a {
        Answer::Unknown => AEROCODES_ANSWER_UNKNOWN,
        Answer::No => AEROCODES_ANSWER_NO,
        Answer::Depends => AEROCODES_ANSWER_DEPENDS,
        Answer::Yes => AEROCODES_ANSWER_YES,
    }
}

const fn origin(o: Origin) -> i32 {
    match o {
        Origin::Server => AEROCODES_ORIGIN_SERVER,
        Origin::Client => AEROCODES_ORIGIN_CLIENT,
        Origin::Either => AEROCODES_ORIGIN_EITHER,
        _ => AEROCODES_ORIGIN_UNKNOWN,
    }
}

const fn edition(e: Edition) -> i32 {
    match e {
        Edition::Enterprise => AEROCODES_EDITION_ENTERPRISE,
        _ => AEROCODES_EDITION_ANY,
    }
}

const ABSENT: u16 = u16::MAX;

const fn pack(parts: [u16; 4]) -> aerocodes_release {
    (parts[0] as u64) << 48 | (parts[1] as u64) << 32 | (parts[2] as u64) << 16 | parts[3] as u64
}

/// The numbers of a release, as many as it has.
fn unpack(packed: aerocodes_release) -> ([u16; 4], usize) {
    let parts = [48, 32, 16, 0].map(|shift| (packed >> shift) as u16);
    let n = parts.iter().position(|&p| p == ABSENT).unwrap_or(4);
    (parts, n)
}

#[cfg(feature = "history")]
fn release(r: Option<Release>) -> aerocodes_release {
    let mut parts = [ABSENT; 4];
    if let Some(r) = r {
        for (part, n) in parts.iter_mut().zip(r.parts()) {
            *part = *n;
        }
    }
    pack(parts)
}

#[cfg(feature = "history")]
fn release_of(packed: aerocodes_release) -> Option<Release> {
    let (parts, n) = unpack(packed);
    Release::from_parts(&parts[..n])
}

fn reading(r: Reading) -> aerocodes_reading {
    let p = r.predicates();
    let flag = |set: bool, flag: u32| if set { flag } else { 0 };
    aerocodes_reading {
        size: size_of::<aerocodes_reading>(),
        name: text(r.name().unwrap_or("")),
        summary: with!("search", text(r.summary()), null()),
        erratum: with!("text", text(r.erratum().unwrap_or("")), null()),
        since: with!("history", release(r.since()), AEROCODES_RELEASE_NONE),
        until: with!("history", release(r.until()), AEROCODES_RELEASE_NONE),
        introduced: with!("history", release(r.introduced()), AEROCODES_RELEASE_NONE),
        dialect: i32::from(r.dialect().id()),
        value: r.value(),
        condition: r.condition().map_or(0, |c| i32::from(c.id())),
        category: i32::from(r.category().id()),
        origin: origin(r.origin()),
        edition: edition(r.edition()),
        retryable: answer(p.retryable),
        maybe_applied: answer(p.maybe_applied),
        retryable_not_applied: answer(p.retryable_not_applied),
        flags: flag(r.is_known(), AEROCODES_READING_KNOWN)
            | flag(r.is_primary(), AEROCODES_READING_PRIMARY)
            | flag(r.is_retired(), AEROCODES_READING_RETIRED)
            | flag(r.is_wrong(), AEROCODES_READING_WRONG),
    }
}

/// The reading of a number in a dialect that there is not.
fn nowhere(dialect: i32, value: i32) -> aerocodes_reading {
    aerocodes_reading { dialect, category: 0, ..reading(Dialect::SERVER.lookup(i32::MIN)) }.with_value(value)
}

impl aerocodes_reading {
    const fn with_value(self, value: i32) -> Self {
        Self { value, ..self }
    }
}

/// # Safety
/// As for [`Out::new`].
unsafe fn all(readings: impl Iterator<Item = Reading>, out: *mut aerocodes_reading, capacity: usize) -> usize {
    // SAFETY: as above.
    let mut out = unsafe { Out::new(out, capacity) };
    readings.for_each(|r| out.push(reading(r)));
    out.count
}

/// # Safety
/// `out` is NULL or has room for `capacity` numbers.
unsafe fn numbers<N: Copy>(all: impl Iterator<Item = N>, out: *mut N, capacity: usize) -> usize {
    let mut count = 0;
    for n in all {
        if !out.is_null() && count < capacity {
            // SAFETY: there is room for `capacity` of them.
            unsafe { out.add(count).write(n) };
        }
        count += 1;
    }
    count
}

// ------------------------------------------------------------------------------------------------ codes

/// The version of the library, such as "0.1.0"; AEROCODES_VERSION is that of the header.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// The dialect's name for a code as of the newest release, such as "AEROSPIKE_ERR_TIMEOUT".
///
/// NULL when the dialect has no name for the number, and for a dialect that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_name(dialect: i32, value: i32) -> *const c_char {
    #[cfg(feature = "hot")]
    // A negative dialect becomes one that there is not.
    if let Some(window) = hot::WINDOWS.get(dialect as usize) {
        let k = value.wrapping_sub(window.min) as u32;
        if k < window.len {
            // SAFETY: each window's `start + len` lies inside the table (`tests::windows_fit`).
            let at = unsafe { *hot::NAME_AT.get_unchecked((window.start + k) as usize) };
            return match at {
                u16::MAX => null(),
                // SAFETY: the offsets are made from the same pool (`tests::windows_fit`).
                at => unsafe { aerocodes::pool::NAMES.as_ptr().add(usize::from(at)) }.cast(),
            };
        }
    }
    any_name(dialect, value)
}

#[cfg_attr(feature = "hot", cold)]
fn any_name(dialect: i32, value: i32) -> *const c_char {
    reading_of(dialect, value).and_then(Reading::name).map_or(null(), |n| n.as_ptr().cast())
}

/// What happened: AEROCODES_CONDITION_...; 0 when nothing is known.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition(dialect: i32, value: i32) -> i32 {
    reading_of(dialect, value).and_then(Reading::condition).map_or(0, |c| i32::from(c.id()))
}

/// AEROCODES_CATEGORY_... of a code; for an unknown number that of the dialect's number range.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_category(dialect: i32, value: i32) -> i32 {
    reading_of(dialect, value).map_or(0, |r| i32::from(r.category().id()))
}

/// The sentence of at most 80 characters that tells what the code means; NULL when nothing is known.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_summary(dialect: i32, value: i32) -> *const c_char {
    with!("search", reading_of(dialect, value).map_or(null(), |r| text(r.summary())), {
        let _ = (dialect, value);
        null()
    })
}

/// Whether the condition is transient, whatever the operation: AEROCODES_ANSWER_... See aerocodes_advise for one operation.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_retryable(dialect: i32, value: i32) -> i32 {
    reading_of(dialect, value).map_or(AEROCODES_ANSWER_UNKNOWN, |r| answer(r.predicates().retryable))
}

/// Whether a write may have been applied although the client saw this code: AEROCODES_ANSWER_...
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_maybe_applied(dialect: i32, value: i32) -> i32 {
    reading_of(dialect, value).map_or(AEROCODES_ANSWER_UNKNOWN, |r| answer(r.predicates().maybe_applied))
}

/// Retryable, and surely not applied: AEROCODES_ANSWER_...
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_retryable_not_applied(dialect: i32, value: i32) -> i32 {
    reading_of(dialect, value).map_or(AEROCODES_ANSWER_UNKNOWN, |r| answer(r.predicates().retryable_not_applied))
}

/// Writes everything known about a code, as of the newest release, to `out`; returns its condition, 0 when nothing is known.
///
/// A number that only older releases used answers with that older reading, flagged AEROCODES_READING_RETIRED. An unknown
/// code fills `out` too: with its number, its category, and nothing else.
///
/// # Safety
/// `out` is NULL, or its `size` is set and true.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_lookup(dialect: i32, value: i32, out: *mut aerocodes_reading) -> i32 {
    let found = reading_of(dialect, value).map_or_else(|| nowhere(dialect, value), reading);
    // SAFETY: the caller's promise.
    unsafe { Out::new(out, 1) }.push(found);
    found.condition
}

/// As aerocodes_lookup, as of a release of the dialect's software.
///
/// A short release means its line: 4.1 is every 4.1.x, and of two meanings within the line the later one answers. Releases
/// outside those that were read count as the nearest one read. AEROCODES_RELEASE_NONE means the newest.
///
/// # Safety
/// As for aerocodes_lookup.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_lookup_at(dialect: i32, value: i32, release: aerocodes_release, out: *mut aerocodes_reading) -> i32 {
    let found = match dialect_of(dialect) {
        None => nowhere(dialect, value),
        Some(d) => {
            reading(with!("history", release_of(release).map_or_else(|| d.lookup(value), |at| aerocodes::lookup_at(d, value, at)), {
                let _ = release;
                d.lookup(value)
            }))
        }
    };
    // SAFETY: the caller's promise.
    unsafe { Out::new(out, 1) }.push(found);
    found.condition
}

/// Every reading of a bare number, in all dialects, the likeliest first; returns how many there are.
///
/// At most `capacity` of them are written to `out`, so (NULL, 0) only counts.
///
/// # Safety
/// `out` is NULL or an array of `capacity` structures, `size` set in the first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_readings(value: i32, out: *mut aerocodes_reading, capacity: usize) -> usize {
    // SAFETY: the caller's promise.
    unsafe { all(aerocodes::readings(value), out, capacity) }
}

/// Every reading of one code, the best as of the newest release first; returns how many there are.
///
/// # Safety
/// As for aerocodes_readings.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_code_readings(dialect: i32, value: i32, out: *mut aerocodes_reading, capacity: usize) -> usize {
    // SAFETY: the caller's promise.
    dialect_of(dialect).map_or(0, |d| unsafe { all(Code::new(d, value).readings(), out, capacity) })
}

/// Every reading of a dialect, by number, the best as of the newest release first; returns how many there are.
///
/// # Safety
/// As for aerocodes_readings.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_dialect_readings(dialect: i32, out: *mut aerocodes_reading, capacity: usize) -> usize {
    // SAFETY: the caller's promise.
    dialect_of(dialect).map_or(0, |d| unsafe { all(d.readings(), out, capacity) })
}

/// Every spelling of a condition, in all dialects; returns how many there are.
///
/// # Safety
/// As for aerocodes_readings.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_condition_readings(condition: i32, out: *mut aerocodes_reading, capacity: usize) -> usize {
    // SAFETY: the caller's promise.
    condition_of(condition).map_or(0, |c| unsafe { all(c.readings(), out, capacity) })
}

/// Every reading with this spelling, in all dialects: as written, or in any case when no dialect has it as written.
///
/// Returns how many there are; 0 for NULL, for an unknown name and for a text that is not UTF-8.
///
/// # Safety
/// As for aerocodes_readings; `name` is NULL or ends with a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_find(name: *const c_char, out: *mut aerocodes_reading, capacity: usize) -> usize {
    // SAFETY: the caller's promise.
    unsafe { given(name) }.map_or(0, |n| unsafe { all(aerocodes::find(n), out, capacity) })
}

/// Conditions that fit some words, the best first: names, spellings, summaries and keywords, forgiving typing errors.
///
/// Returns how many there are, at most 24, and writes at most `capacity` ids to `conditions`. Needs up to 8 KB of stack.
///
/// # Safety
/// `words` is NULL or ends with a NUL; `conditions` is NULL or has room for `capacity` numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_search(words: *const c_char, conditions: *mut i32, capacity: usize) -> usize {
    // SAFETY: the caller's promise.
    let Some(words) = (unsafe { given(words) }) else { return 0 };
    with!(
        "search",
        // SAFETY: the caller's promise.
        unsafe { numbers(aerocodes::search(words).as_slice().iter().map(|h| i32::from(h.condition.id())), conditions, capacity) },
        {
            let _ = (words, conditions, capacity);
            0
        }
    )
}

/// Reads a code from a text: "java:-8", "server:0x16", "java:TIMEOUT", or a name that only one code has.
///
/// Writes it and returns AEROCODES_PARSE_OK; else writes nothing and returns AEROCODES_PARSE_...
///
/// # Safety
/// `code` is NULL or ends with a NUL; `dialect` and `value` are NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_parse(code: *const c_char, dialect: *mut i32, value: *mut i32) -> i32 {
    use aerocodes::ParseErrorKind as E;
    if code.is_null() {
        return AEROCODES_PARSE_EMPTY;
    }
    // SAFETY: the caller's promise.
    let Some(code) = (unsafe { given(code) }) else { return AEROCODES_PARSE_UNKNOWN_NAME };
    match code.parse::<Code>() {
        Ok(c) => {
            // SAFETY: the caller's promise.
            unsafe {
                if !dialect.is_null() {
                    dialect.write(i32::from(c.dialect.id()));
                }
                if !value.is_null() {
                    value.write(c.value);
                }
            }
            AEROCODES_PARSE_OK
        }
        Err(e) => match e.kind() {
            E::Empty => AEROCODES_PARSE_EMPTY,
            E::MissingValue => AEROCODES_PARSE_MISSING_VALUE,
            E::UnknownDialect => AEROCODES_PARSE_UNKNOWN_DIALECT,
            E::OutOfRange => AEROCODES_PARSE_OUT_OF_RANGE,
            E::NoDialect => AEROCODES_PARSE_NO_DIALECT,
            E::Ambiguous => AEROCODES_PARSE_AMBIGUOUS,
            _ => AEROCODES_PARSE_UNKNOWN_NAME,
        },
    }
}

/// Further conditions that a code stands for besides aerocodes_condition; returns how many there are.
///
/// # Safety
/// `conditions` is NULL or has room for `capacity` numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_folds(dialect: i32, value: i32, conditions: *mut i32, capacity: usize) -> usize {
    let Some(r) = reading_of(dialect, value) else { return 0 };
    // SAFETY: the caller's promise.
    unsafe { numbers(r.folds().map(|c| i32::from(c.id())), conditions, capacity) }
}

/// What to do about a code, met while doing `operation` (AEROCODES_OPERATION_...), with the client's in-doubt flag.
///
/// A read is never applied, an in-doubt write may have been, and a write that must not happen twice is only to be repeated
/// after a look. Returns the answer of `retryable`; an operation that there is not gives AEROCODES_ANSWER_UNKNOWN thrice.
///
/// # Safety
/// As for aerocodes_lookup.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_advise(dialect: i32, value: i32, operation: i32, in_doubt: i32, out: *mut aerocodes_advice) -> i32 {
    let r = reading_of(dialect, value);
    let condition = r.and_then(Reading::condition);
    let mut advice = aerocodes_advice {
        size: size_of::<aerocodes_advice>(),
        rule: null(),
        reason: with!("text", condition.map_or(null(), |c| text(c.reason())), null()),
        retryable: AEROCODES_ANSWER_UNKNOWN,
        maybe_applied: AEROCODES_ANSWER_UNKNOWN,
        retryable_not_applied: AEROCODES_ANSWER_UNKNOWN,
        condition: condition.map_or(0, |c| i32::from(c.id())),
    };
    if let (Some(r), Some(operation)) = (r, operation_of(operation)) {
        let a = aerocodes::advise(r.code(), operation, (in_doubt >= 0).then_some(in_doubt > 0));
        advice.retryable = answer(a.retryable);
        advice.maybe_applied = answer(a.maybe_applied);
        advice.retryable_not_applied = answer(a.retryable_not_applied);
        #[cfg(feature = "text")]
        {
            advice.rule = text(a.rule());
        }
    }
    // SAFETY: the caller's promise.
    unsafe { Out::new(out, 1) }.push(advice);
    advice.retryable
}

/// Says a code in the terms of the dialect `to`, as of the newest releases; returns AEROCODES_TRANSLATION_...
///
/// Live codes are preferred to retired ones. When several conditions share a number on either side the answer is folded
/// and all of them are named; when the target has no code its nearest one is given, folded, or none.
///
/// # Safety
/// As for aerocodes_lookup.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_translate(dialect: i32, value: i32, to: i32, out: *mut aerocodes_translation) -> i32 {
    let mut translation = aerocodes_translation {
        size: size_of::<aerocodes_translation>(),
        reason: null(),
        kind: AEROCODES_TRANSLATION_NONE,
        count: 0,
        values: [0; AEROCODES_TRANSLATION_MAX],
    };
    if let (Some(d), Some(to)) = (dialect_of(dialect), dialect_of(to)) {
        let t = aerocodes::translate(Code::new(d, value), to);
        translation.kind = match t.kind {
            TranslationKind::None => AEROCODES_TRANSLATION_NONE,
            TranslationKind::Folded => AEROCODES_TRANSLATION_FOLDED,
            TranslationKind::Exact => AEROCODES_TRANSLATION_EXACT,
        };
        for (slot, target) in translation.values.iter_mut().zip(t.targets()) {
            *slot = target.value();
            translation.count += 1;
        }
        #[cfg(feature = "text")]
        {
            translation.reason = text(t.reason());
        }
    }
    // SAFETY: the caller's promise.
    unsafe { Out::new(out, 1) }.push(translation);
    translation.kind
}

/// Decodes a column of `count` numbers of one dialect into condition ids, a byte each: 0 where nothing is known.
///
/// Returns how many were decoded: `count`, or 0 when a pointer is NULL. For a dialect that there is not, all are 0.
///
/// # Safety
/// `values` points to `count` numbers and `conditions` to `count` bytes that do not overlap them; or one is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_decode(dialect: i32, values: *const i32, count: usize, conditions: *mut u8) -> usize {
    if values.is_null() || conditions.is_null() || count > isize::MAX as usize / size_of::<i32>() {
        return 0;
    }
    // SAFETY: the caller's promise, and no array is larger.
    let (values, conditions) = unsafe { (core::slice::from_raw_parts(values, count), core::slice::from_raw_parts_mut(conditions, count)) };
    match dialect_of(dialect) {
        #[cfg(feature = "hot")]
        Some(d) => aerocodes::decode(d, values, conditions),
        #[cfg(not(feature = "hot"))]
        Some(d) => {
            for (value, id) in values.iter().zip(conditions) {
                *id = d.lookup(*value).condition().map_or(0, |c| c.id() as u8);
            }
            count
        }
        None => {
            conditions.fill(0);
            count
        }
    }
}

/// Finds every raised error in a text of `length` bytes, in order; returns how many there are.
///
/// At most `capacity` of them are written to `out`, so (NULL, 0) only counts. With AEROCODES_NUL_TERMINATED as the length
/// the text ends at its NUL. Bytes that are not UTF-8 are like any other character.
///
/// # Safety
/// `text` is NULL or has `length` bytes; `out` as for aerocodes_readings.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_recognize(text: *const c_char, length: usize, out: *mut aerocodes_finding, capacity: usize) -> usize {
    // SAFETY: the caller's promise.
    let mut out = unsafe { Out::new(out, capacity) };
    let bytes: &[u8] = match length {
        _ if text.is_null() => &[],
        // SAFETY: the caller's promise.
        AEROCODES_NUL_TERMINATED => unsafe { CStr::from_ptr(text) }.to_bytes(),
        n if n > isize::MAX as usize => &[],
        // SAFETY: the caller's promise, and no array is larger.
        n => unsafe { core::slice::from_raw_parts(text.cast(), n) },
    };
    #[cfg(feature = "recognize")]
    {
        for f in aerocodes_scan::recognize_bytes(bytes) {
            out.push(finding(&f));
        }
    }
    #[cfg(not(feature = "recognize"))]
    let _ = (bytes, &mut out);
    out.count
}

#[cfg(feature = "recognize")]
fn finding(f: &aerocodes_scan::Finding<'_>) -> aerocodes_finding {
    let mut flags = 0;
    if f.value.is_some() {
        flags |= AEROCODES_FINDING_VALUE;
    }
    if f.nested {
        flags |= AEROCODES_FINDING_NESTED;
    }
    let slice = |s: Option<&str>| s.map_or((null(), 0), |s| (s.as_ptr().cast(), s.len()));
    let ((name, name_length), (node, node_length)) = (slice(f.name), slice(f.node));
    aerocodes_finding {
        size: size_of::<aerocodes_finding>(),
        start: f.start,
        end: f.end,
        name,
        name_length,
        node,
        node_length,
        release_first: with!("history", release(f.release.0), AEROCODES_RELEASE_NONE),
        release_last: with!("history", release(f.release.1), AEROCODES_RELEASE_NONE),
        subcode: f.subcode.map_or(-1, i64::from),
        iteration: f.iteration.map_or(-1, i64::from),
        confidence: f64::from(f.confidence.level),
        dialect: f.dialect.map_or(-1, |d| i32::from(d.id())),
        value: f.value.unwrap_or(0),
        condition: f.condition.map_or(0, |c| i32::from(c.id())),
        in_doubt: f.in_doubt.map_or(AEROCODES_IN_DOUBT_UNKNOWN, i32::from),
        candidates: f.candidates.iter().fold(0, |bits, d| bits | 1 << d.id()),
        flags,
        why: f.confidence.why.as_ptr().cast(),
        why_length: f.confidence.why.len(),
    }
}

static SHARED: [AtomicPtr<c_void>; 64] = [const { AtomicPtr::new(core::ptr::null_mut()) }; 64];

/// For aerocodes.hpp: the object that all shared objects of a program use under a number, the first one that was offered.
///
/// C++ compares error categories by their addresses, and each shared object may have its own. `candidate` must outlive the
/// program's use of it. A number that is not from 0 to 63, and a NULL, are handed back.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_shared(number: i32, candidate: *const c_void) -> *const c_void {
    let Some(slot) = usize::try_from(number).ok().and_then(|i| SHARED.get(i)) else { return candidate };
    if candidate.is_null() {
        return candidate;
    }
    match slot.compare_exchange(core::ptr::null_mut(), candidate.cast_mut(), Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => candidate,
        Err(first) => first,
    }
}

// ------------------------------------------------------------------------------------------------ conditions

/// A text of a condition that a feature has; else NULL.
macro_rules! of_condition {
    ($feature:literal, $id:ident, $text:expr) => {
        with!($feature, condition_of($id).map_or(null(), $text), {
            let _ = $id;
            null()
        })
    };
}

/// A text of a dialect that a feature has; else NULL.
macro_rules! of_dialect {
    ($feature:literal, $id:ident, $text:expr, $none:expr) => {
        with!($feature, dialect_of($id).map_or($none, $text), {
            let _ = $id;
            $none
        })
    };
}

/// How many conditions there are; their ids run from 1 to this.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_count() -> i32 {
    Condition::COUNT as i32
}

/// The id of the condition of this name, in any case; 0 when there is none.
///
/// # Safety
/// `name` is NULL or ends with a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_condition_by_name(name: *const c_char) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { given(name) }.and_then(Condition::from_name).map_or(0, |c| i32::from(c.id()))
}

/// The permanent name of a condition, such as "TIMEOUT"; NULL for an id that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_name(condition: i32) -> *const c_char {
    condition_of(condition).map_or(null(), |c| text(c.name()))
}

/// One sentence of at most 80 characters; NULL for an id that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_summary(condition: i32) -> *const c_char {
    of_condition!("search", condition, |c| text(c.summary()))
}

/// AEROCODES_CATEGORY_... of a condition; AEROCODES_CATEGORY_UNKNOWN for an id that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_category(condition: i32) -> i32 {
    condition_of(condition).map_or(0, |c| i32::from(c.category().id()))
}

/// Who raises a condition: AEROCODES_ORIGIN_...
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_origin(condition: i32) -> i32 {
    condition_of(condition).map_or(AEROCODES_ORIGIN_UNKNOWN, |c| origin(c.origin()))
}

/// The server edition in which a condition occurs: AEROCODES_EDITION_...
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_edition(condition: i32) -> i32 {
    condition_of(condition).map_or(AEROCODES_EDITION_ANY, |c| edition(c.edition()))
}

/// Whether a condition is transient: AEROCODES_ANSWER_...
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_retryable(condition: i32) -> i32 {
    condition_of(condition).map_or(AEROCODES_ANSWER_UNKNOWN, |c| answer(c.predicates().retryable))
}

/// Whether a write may have been applied when this happened: AEROCODES_ANSWER_...
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_maybe_applied(condition: i32) -> i32 {
    condition_of(condition).map_or(AEROCODES_ANSWER_UNKNOWN, |c| answer(c.predicates().maybe_applied))
}

/// Retryable, and surely not applied: AEROCODES_ANSWER_...
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_retryable_not_applied(condition: i32) -> i32 {
    condition_of(condition).map_or(AEROCODES_ANSWER_UNKNOWN, |c| answer(c.predicates().retryable_not_applied))
}

/// Words people use for a condition that are not in its name, a line each; NULL when there are none.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_keywords(condition: i32) -> *const c_char {
    of_condition!("search", condition, |c| lines(c.keywords()))
}

/// What makes the server or the client say this; NULL when nothing is known.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_cause(condition: i32) -> *const c_char {
    of_condition!("text", condition, |c| text(c.cause()))
}

/// What an operator and a developer can do; NULL when nothing is known.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_remedy(condition: i32) -> *const c_char {
    of_condition!("text", condition, |c| text(c.remedy()))
}

/// Why the predicates are what they are; NULL when nothing is known.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_reason(condition: i32) -> *const c_char {
    of_condition!("text", condition, |c| text(c.reason()))
}

/// Where the advice was read, a line each; NULL when nothing is known.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_sources(condition: i32) -> *const c_char {
    of_condition!("text", condition, |c| lines(c.sources()))
}

/// The vendor's pages about it, a line each; NULL when there are none.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_condition_docs(condition: i32) -> *const c_char {
    of_condition!("text", condition, |c| lines(c.docs()))
}

/// The server's refinements of a condition: writes at most `capacity` numbers, returns how many there are.
///
/// # Safety
/// `subcodes` is NULL or has room for `capacity` numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_subcodes(condition: i32, subcodes: *mut u32, capacity: usize) -> usize {
    let Some(c) = condition_of(condition) else { return 0 };
    // SAFETY: the caller's promise.
    unsafe { numbers(c.subcodes().map(|s| s.value()), subcodes, capacity) }
}

/// The name of a refinement, such as "FORBID_TRUNCATED"; NULL when the condition has none of this number.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_subcode_name(condition: i32, subcode: u32) -> *const c_char {
    condition_of(condition).and_then(|c| c.subcode(subcode)).map_or(null(), |s| text(s.name()))
}

/// What a refinement adds to the condition, in a short sentence; NULL when the condition has none of this number.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_subcode_summary(condition: i32, subcode: u32) -> *const c_char {
    with!("text", condition_of(condition).and_then(|c| c.subcode(subcode)).map_or(null(), |s| text(s.summary())), {
        let _ = (condition, subcode);
        null()
    })
}

// ------------------------------------------------------------------------------------------------ dialects

/// How many dialects there are; their ids run from 0 to one less.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_dialect_count() -> i32 {
    Dialect::COUNT as i32
}

/// The id of the dialect that a key or an alias names, in any case; -1 when there is none.
///
/// # Safety
/// `key` is NULL or ends with a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_dialect(key: *const c_char) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { given(key) }.and_then(Dialect::from_key).map_or(-1, |d| i32::from(d.id()))
}

/// What users type, such as "java" or "nodejs-1.0"; NULL for a dialect that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_dialect_key(dialect: i32) -> *const c_char {
    dialect_of(dialect).map_or(null(), |d| text(d.key()))
}

/// For people, such as "Java client"; NULL for a dialect that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_dialect_title(dialect: i32) -> *const c_char {
    dialect_of(dialect).map_or(null(), |d| text(d.title()))
}

/// The software whose releases the releases of this dialect are; NULL for a dialect that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_dialect_software(dialect: i32) -> *const c_char {
    dialect_of(dialect).map_or(null(), |d| text(d.software()))
}

/// Whether the dialect is spoken today: AEROCODES_KIND_...; -1 for a dialect that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_dialect_kind(dialect: i32) -> i32 {
    dialect_of(dialect).map_or(-1, |d| match d.kind() {
        Kind::Current => AEROCODES_KIND_CURRENT,
        Kind::Legacy => AEROCODES_KIND_LEGACY,
        _ => AEROCODES_KIND_LOG,
    })
}

/// The first release of the dialect's software that was read; AEROCODES_RELEASE_NONE for a dialect that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_dialect_first_release(dialect: i32) -> aerocodes_release {
    of_dialect!("history", dialect, |d| release(Some(d.covered().0)), AEROCODES_RELEASE_NONE)
}

/// The last release of the dialect's software that was read; AEROCODES_RELEASE_NONE for a dialect that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_dialect_last_release(dialect: i32) -> aerocodes_release {
    of_dialect!("history", dialect, |d| release(Some(d.covered().1)), AEROCODES_RELEASE_NONE)
}

/// Where the dialect's numbers were read; NULL for a dialect that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_dialect_repository(dialect: i32) -> *const c_char {
    of_dialect!("text", dialect, |d| text(d.repository()), null())
}

/// What users of the whole dialect must know, a line each; NULL when there is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_dialect_errata(dialect: i32) -> *const c_char {
    of_dialect!("text", dialect, |d| lines(d.errata()), null())
}

// ------------------------------------------------------------------------------------------------ words

/// How many categories there are; their ids run from 0 (unknown) to one less.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_category_count() -> i32 {
    Category::all().len() as i32
}

/// The word for programs, such as "security"; NULL for a category that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_category_key(category: i32) -> *const c_char {
    category_of(category).map_or(null(), |c| text(c.key()))
}

/// The words for people; NULL for a category that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_category_title(category: i32) -> *const c_char {
    category_of(category).map_or(null(), |c| text(c.title()))
}

/// How many operations there are; their ids run from 0 to one less.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_operation_count() -> i32 {
    Operation::all().len() as i32
}

/// The id of an operation by its key, such as "idempotent-write" or "idempotent_write"; -1 when there is none.
///
/// # Safety
/// `key` is NULL or ends with a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_operation(key: *const c_char) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { given(key) }.and_then(Operation::from_key).map_or(-1, |o| i32::from(o.id()))
}

/// The word for programs, such as "idempotent-write"; NULL for an operation that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_operation_key(operation: i32) -> *const c_char {
    operation_of(operation).map_or(null(), |o| text(o.key()))
}

/// The words for people; NULL for an operation that there is not.
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_operation_title(operation: i32) -> *const c_char {
    operation_of(operation).map_or(null(), |o| text(o.title()))
}

/// "yes", "no", "depends" or "unknown"; an answer that there is not is "unknown".
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_answer_key(answer: i32) -> *const c_char {
    match answer {
        AEROCODES_ANSWER_NO => c"no",
        AEROCODES_ANSWER_DEPENDS => c"depends",
        AEROCODES_ANSWER_YES => c"yes",
        _ => c"unknown",
    }
    .as_ptr()
}

/// "server", "client", "either" or "unknown"; an origin that there is not is "unknown".
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_origin_key(origin: i32) -> *const c_char {
    match origin {
        AEROCODES_ORIGIN_SERVER => c"server",
        AEROCODES_ORIGIN_CLIENT => c"client",
        AEROCODES_ORIGIN_EITHER => c"either",
        _ => c"unknown",
    }
    .as_ptr()
}

/// "any" or "enterprise"; an edition that there is not is "any".
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_edition_key(edition: i32) -> *const c_char {
    match edition {
        AEROCODES_EDITION_ENTERPRISE => c"enterprise",
        _ => c"any",
    }
    .as_ptr()
}

/// "exact", "folded" or "none"; a kind that there is not is "none".
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_translation_key(kind: i32) -> *const c_char {
    match kind {
        AEROCODES_TRANSLATION_EXACT => c"exact",
        AEROCODES_TRANSLATION_FOLDED => c"folded",
        _ => c"none",
    }
    .as_ptr()
}

/// Reads a release: one to four numbers below 65535 with dots, an optional v before them.
///
/// AEROCODES_RELEASE_NONE when the text is none.
///
/// # Safety
/// `text` is NULL or ends with a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_release_parse(text: *const c_char) -> aerocodes_release {
    // SAFETY: the caller's promise.
    let text = if text.is_null() { &[] } else { unsafe { CStr::from_ptr(text) }.to_bytes() };
    let numbers = if let [b'v' | b'V', rest @ ..] = text { rest } else { text };
    let mut parts = [ABSENT; 4];
    for (i, part) in numbers.split(|&b| b == b'.').enumerate() {
        // What is no digit and what is too large become 65535, which no release has.
        let digit = |b: u8| if b.is_ascii_digit() { u32::from(b - b'0') } else { u32::from(ABSENT) };
        let number = part.iter().fold(0, |n, &b| (n * 10 + digit(b)).min(u32::from(ABSENT)));
        match parts.get_mut(i) {
            Some(place) if !part.is_empty() && number < u32::from(ABSENT) => *place = number as u16,
            _ => return AEROCODES_RELEASE_NONE,
        }
    }
    pack(parts)
}

/// Writes a release with dots, such as "4.5.0.1", and a NUL to `buffer`; cuts it where `size` bytes do not suffice.
///
/// Returns the length of the whole text without its NUL, as snprintf does; at most 23. AEROCODES_RELEASE_NONE is "".
///
/// # Safety
/// `buffer` is NULL or has room for `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_release_text(release: aerocodes_release, buffer: *mut c_char, size: usize) -> usize {
    let mut whole = [0u8; 24];
    // From behind, where the NUL is.
    let mut start = whole.len() - 1;
    let mut put = |b: u8| {
        start -= 1;
        whole[start] = b;
    };
    let (parts, n) = unpack(release);
    for (i, &part) in parts[..n].iter().enumerate().rev() {
        let mut rest = part;
        loop {
            put(b'0' + (rest % 10) as u8);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if i > 0 {
            put(b'.');
        }
    }
    let text = &whole[start..whole.len() - 1];
    if !buffer.is_null() && size > 0 {
        let n = text.len().min(size - 1);
        // SAFETY: the caller's promise.
        unsafe {
            buffer.cast::<u8>().copy_from_nonoverlapping(text.as_ptr(), n);
            buffer.add(n).write(0);
        }
    }
    text.len()
}
