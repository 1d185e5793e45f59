//! The native side for Kotlin, Java, Swift and Ruby: what is not worth doing twice.
//!
//! Each language has its own table of all readings and looks numbers up in it; what crosses this boundary are texts,
//! searches, translations and whole columns. Numbers cross as `i32`, whatever they are, and readings as their row
//! in that table, which has the order of [`aerocodes::Dialect::readings`] over all dialects: −1 stands for none.

use aerocodes::{Answer, Code, Condition, Dialect, Operation, Reading, Release, TranslationKind};

mod direct;

uniffi::setup_scaffolding!("aerocodes_native");

/// The answer to a yes-or-no question that may have no plain answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, uniffi::Enum)]
pub enum NativeAnswer {
    /// Nothing is known.
    Unknown,
    /// No.
    No,
    /// It turns on something that the code does not tell.
    Depends,
    /// Yes.
    Yes,
}

impl From<Answer> for NativeAnswer {
    fn from(a: Answer) -> Self {
        match a {
            Answer::Unknown => Self::Unknown,
            Answer::No => Self::No,
            Answer::Depends => Self::Depends,
            Answer::Yes => Self::Yes,
        }
    }
}

/// A code in another dialect's terms.
#[derive(Clone, PartialEq, Debug, uniffi::Record)]
pub struct NativeTranslation {
    /// 0 none, 1 folded, 2 exact.
    pub kind: i32,
    /// Rows, the best first.
    pub targets: Vec<i32>,
    /// Why, in one sentence.
    pub reason: String,
}

/// What to do about a code.
#[derive(Clone, PartialEq, Debug, uniffi::Record)]
pub struct NativeAdvice {
    /// Whether sending the same request again is right.
    pub retryable: NativeAnswer,
    /// Whether the request may have been applied.
    pub maybe_applied: NativeAnswer,
    /// Whether sending it again is right and cannot apply it twice.
    pub retryable_not_applied: NativeAnswer,
    /// The rule for the operation in one sentence.
    pub rule: String,
}

/// A condition that a search found.
#[derive(Clone, PartialEq, Debug, uniffi::Record)]
pub struct NativeHit {
    /// Its id.
    pub condition: i32,
    /// How well it fits; higher is better.
    pub score: u32,
}

/// The long texts of a condition.
#[derive(Clone, PartialEq, Debug, Default, uniffi::Record)]
pub struct NativeTexts {
    /// What makes the server or the client say this.
    pub cause: String,
    /// What an operator and a developer can do.
    pub remedy: String,
    /// Why the predicates are what they are.
    pub reason: String,
    /// Words people use for it.
    pub keywords: Vec<String>,
    /// Where the advice was read.
    pub sources: Vec<String>,
    /// The vendor's pages about it.
    pub docs: Vec<String>,
    /// The server's refinements.
    pub subcodes: Vec<NativeSubcode>,
}

/// A server's refinement of a condition.
#[derive(Clone, PartialEq, Debug, uniffi::Record)]
pub struct NativeSubcode {
    /// Its number.
    pub value: u32,
    /// Its name.
    pub name: String,
    /// What it adds to the condition.
    pub summary: String,
}

/// One raised error, found in a text.
#[derive(Clone, PartialEq, Debug, uniffi::Record)]
pub struct NativeFinding {
    /// First byte.
    pub start: u64,
    /// One past the last byte.
    pub end: u64,
    /// The same two in UTF-16 units of the text.
    pub start_utf16: u64,
    /// One past the last unit.
    pub end_utf16: u64,
    /// The same two in characters of the text.
    pub start_char: u64,
    /// One past the last character.
    pub end_char: u64,
    /// The dialects that the shape allows: one when it tells.
    pub dialects: Vec<i32>,
    /// The number.
    pub value: Option<i32>,
    /// The spelling in the text.
    pub name: Option<String>,
    /// Id of the condition, 0 when the dialects do not agree.
    pub condition: i32,
    /// The server's refinement.
    pub subcode: Option<u32>,
    /// The client's in-doubt flag.
    pub in_doubt: Option<bool>,
    /// The node.
    pub node: Option<String>,
    /// The attempt.
    pub iteration: Option<u32>,
    /// Whether it stands inside another finding.
    pub nested: bool,
    /// First release of the client whose messages have this shape.
    pub first_release: Option<String>,
    /// The last one.
    pub last_release: Option<String>,
    /// From 0 to 1.
    pub confidence: f32,
    /// Why that sure.
    pub why: String,
}

fn dialect(id: i32) -> Option<Dialect> {
    u8::try_from(id).ok().and_then(Dialect::from_id)
}

fn row(r: Reading) -> i32 {
    if !r.is_known() {
        return -1;
    }
    let before: usize = Dialect::all().take(usize::from(r.dialect().id())).map(|d| d.readings().len()).sum();
    let place = r.dialect().readings().position(|x| x == r);
    place.map_or(-1, |p| (before + p) as i32)
}

fn reading(row: i32) -> Option<Reading> {
    Dialect::all().flat_map(Dialect::readings).nth(usize::try_from(row).ok()?)
}

/// How many rows the table has: a language's table of another size belongs to another release.
#[uniffi::export]
pub fn native_rows() -> i32 {
    Dialect::all().map(|d| d.readings().len()).sum::<usize>() as i32
}

/// The release of this library.
#[uniffi::export]
pub fn native_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The row that answers for a code as of a release; −1 for none, −2 when the text is no release.
#[uniffi::export]
pub fn native_lookup_at(dialect_id: i32, value: i32, release: String) -> i32 {
    lookup_at(dialect_id, value, &release)
}

fn lookup_at(dialect_id: i32, value: i32, release: &str) -> i32 {
    let Ok(release) = release.parse::<Release>() else { return -2 };
    dialect(dialect_id).map_or(-1, |d| row(aerocodes::lookup_at(d, value, release)))
}

/// The rows of a bare number, the likeliest first.
#[uniffi::export]
pub fn native_readings(value: i32) -> Vec<i32> {
    aerocodes::readings(value).map(row).collect()
}

/// The rows with a spelling.
#[uniffi::export]
pub fn native_find(spelling: String) -> Vec<i32> {
    aerocodes::find(&spelling).map(row).collect()
}

/// A code in another dialect's terms.
#[uniffi::export]
pub fn native_translate(dialect_id: i32, value: i32, to: i32) -> NativeTranslation {
    let (Some(from), Some(to)) = (dialect(dialect_id), dialect(to)) else {
        return NativeTranslation { kind: 0, targets: Vec::new(), reason: String::new() };
    };
    let t = aerocodes::translate(Code::new(from, value), to);
    let kind = match t.kind {
        TranslationKind::None => 0,
        TranslationKind::Folded => 1,
        TranslationKind::Exact => 2,
    };
    NativeTranslation { kind, targets: t.targets().map(row).collect(), reason: t.reason().to_owned() }
}

/// What to do about a code met while doing an operation; one that there is not counts as a write, the most careful one.
///
/// `in_doubt` is 0 or 1, or −1 when the client gave no flag: UniFFI's Ruby passes an optional `false` as none.
#[uniffi::export]
pub fn native_advise(dialect_id: i32, value: i32, operation: i32, in_doubt: i32) -> NativeAdvice {
    let in_doubt = match in_doubt {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    };
    let operation = u8::try_from(operation).ok().and_then(Operation::from_id).unwrap_or(Operation::WRITE);
    let Some(d) = dialect(dialect_id) else {
        let unknown = NativeAnswer::Unknown;
        return NativeAdvice { retryable: unknown, maybe_applied: unknown, retryable_not_applied: unknown, rule: String::new() };
    };
    let a = aerocodes::advise(Code::new(d, value), operation, in_doubt);
    NativeAdvice {
        retryable: a.retryable.into(),
        maybe_applied: a.maybe_applied.into(),
        retryable_not_applied: a.retryable_not_applied.into(),
        rule: a.rule().to_owned(),
    }
}

/// Conditions that fit the words, the best first.
#[uniffi::export]
pub fn native_search(words: String) -> Vec<NativeHit> {
    aerocodes::search(&words).into_iter().map(|h| NativeHit { condition: i32::from(h.condition.id()), score: h.score }).collect()
}

/// The long texts of a condition; empty ones for an id not given yet.
#[uniffi::export]
pub fn native_texts(condition: i32) -> NativeTexts {
    let Some(c) = u16::try_from(condition).ok().and_then(Condition::from_id) else { return NativeTexts::default() };
    let owned = |texts: &mut dyn Iterator<Item = &'static str>| texts.map(str::to_owned).collect();
    NativeTexts {
        cause: c.cause().to_owned(),
        remedy: c.remedy().to_owned(),
        reason: c.reason().to_owned(),
        keywords: owned(&mut c.keywords()),
        sources: owned(&mut c.sources()),
        docs: owned(&mut c.docs()),
        subcodes: c
            .subcodes()
            .map(|s| NativeSubcode { value: s.value(), name: s.name().to_owned(), summary: s.summary().to_owned() })
            .collect(),
    }
}

/// What users must know about a row.
#[uniffi::export]
pub fn native_erratum(row: i32) -> Option<String> {
    reading(row)?.erratum().map(str::to_owned)
}

/// Decodes little-endian 32-bit numbers into condition ids, a byte each; 0 where nothing is known.
#[uniffi::export]
pub fn native_decode(dialect_id: i32, values: Vec<u8>) -> Vec<u8> {
    let numbers: Vec<i32> = values.chunks_exact(4).map(|b| i32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    let mut ids = vec![0; numbers.len()];
    if let Some(d) = dialect(dialect_id) {
        aerocodes::decode(d, &numbers, &mut ids);
    }
    ids
}

/// Every raised error in a text of UTF-8 bytes, in order; bytes that are no UTF-8 are like any other character.
#[uniffi::export]
pub fn native_recognize(text: Vec<u8>) -> Vec<NativeFinding> {
    recognized(&text)
}

fn recognized(text: &[u8]) -> Vec<NativeFinding> {
    let mut counted = Counter { bytes: text, at: 0, utf16: 0, chars: 0 };
    aerocodes_scan::recognize_bytes(text)
        .map(|f| {
            let (start_utf16, start_char) = counted.to(f.start);
            // Findings begin in order, but one may end behind the beginning of the next.
            let (end_utf16, end_char) = counted.clone().to(f.end);
            NativeFinding {
                start: f.start as u64,
                end: f.end as u64,
                start_utf16,
                end_utf16,
                start_char,
                end_char,
                dialects: f.candidates.iter().map(|d| i32::from(d.id())).collect(),
                value: f.value,
                name: f.name.map(str::to_owned),
                condition: f.condition.map_or(0, |c| i32::from(c.id())),
                subcode: f.subcode,
                in_doubt: f.in_doubt,
                node: f.node.map(str::to_owned),
                iteration: f.iteration,
                nested: f.nested,
                first_release: f.release.0.map(|r| r.to_string()),
                last_release: f.release.1.map(|r| r.to_string()),
                confidence: f.confidence.level,
                why: f.confidence.why.to_owned(),
            }
        })
        .collect()
}

/// Turns byte offsets into UTF-16 units and characters.
#[derive(Clone)]
struct Counter<'t> {
    bytes: &'t [u8],
    at: usize,
    utf16: u64,
    chars: u64,
}

impl Counter<'_> {
    fn to(&mut self, at: usize) -> (u64, u64) {
        if at < self.at {
            (self.at, self.utf16, self.chars) = (0, 0, 0);
        }
        for b in &self.bytes[self.at..at.min(self.bytes.len())] {
            // Every byte but a continuation begins a character; one of four bytes is two units.
            self.chars += u64::from(b & 0xC0 != 0x80);
            self.utf16 += u64::from(b & 0xC0 != 0x80) + u64::from(*b >= 0xF0);
        }
        self.at = at;
        (self.utf16, self.chars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_count_over_all_dialects() {
        for (i, r) in Dialect::all().flat_map(Dialect::readings).enumerate() {
            assert_eq!(row(r), i as i32);
            assert_eq!(reading(i as i32), Some(r));
        }
        assert_eq!((row(Dialect::SERVER.lookup(88)), reading(-1), reading(native_rows())), (-1, None, None));
    }

    #[test]
    fn bad_input_is_answered() {
        for id in [i32::MIN, -1, 16, 255, 256, i32::MAX] {
            assert_eq!(native_lookup_at(id, 9, "1".into()), -1);
            assert_eq!(native_translate(id, 9, 0).kind, 0);
            assert_eq!(native_advise(id, 9, id, -1).retryable, NativeAnswer::Unknown);
            assert_eq!(native_decode(id, vec![9, 0, 0, 0, 1]), [0]);
        }
        assert_eq!(native_lookup_at(0, 9, "x".into()), -2);
        assert_eq!(native_texts(0), NativeTexts::default());
    }

    #[test]
    fn offsets_in_all_units() {
        let found = native_recognize("é😀 com.aerospike.client.AerospikeException: Error 2,1,0,30000,1000,0: Key not found".into());
        let f = &found[0];
        assert_eq!((f.start - f.start_utf16, f.start - f.start_char), (3, 4));
        assert_eq!(f.end - f.start, f.end_char - f.start_char);
    }
}
