use core::ops::Range;

use aerocodes::Dialect;

use crate::anchors::Search;
use crate::event::start_within;
use crate::shapes::java::record;
use crate::shapes::{Hit, Input, bare, parse};
use crate::text::{at, before, find, first, is_word, line_break, rfind, words};
use crate::{Finding, LOOK_BEHIND, Options};

/// Every raised error in `text`, in order.
///
/// One finding stands for one raised error, however often its text is repeated within an event (a log line with the
/// lines that continue it). Causes, sub-errors and records of a batch are findings of their own, marked as nested. Spans
/// are disjoint and in order.
///
/// ```
/// let trace = "com.aerospike.client.AerospikeException: Error -8: Failed to connect to [1] host(s):\n10.0.0.7 3000 Error -3: Node name is null\n";
/// let found: Vec<_> = aerocodes_scan::recognize(trace).map(|f| (f.value, f.nested)).collect();
/// assert_eq!(found, [(Some(-8), false), (Some(-3), true)]);
/// ```
pub fn recognize(text: &str) -> Recognize<'_> {
    Options::new().recognize(text)
}

/// Every raised error in `bytes`, in order; bytes that are no UTF-8 are like any other character.
///
/// ```
/// assert_eq!(aerocodes_scan::recognize_bytes(b"\xFF err(9) 10.0.0.7:3000 AEROSPIKE_ERR_TIMEOUT").count(), 1);
/// ```
pub fn recognize_bytes(bytes: &[u8]) -> Recognize<'_> {
    Options::new().recognize_bytes(bytes)
}

/// The findings in a text; made by [`recognize`]. Needs no allocator.
#[derive(Clone, Debug)]
pub struct Recognize<'t> {
    b: &'t [u8],
    end: usize,
    options: Options,
    state: State,
}

/// How many errors of one event are remembered.
const MEMORY: usize = 8;
/// How far apart two findings of one event may be, in bytes; a line may have gigabytes.
const REACH: i64 = 32 * 1024;

/// What the recogniser remembers between two findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    search: Search,
    /// Where the search goes on.
    at: usize,
    /// The event has a finding, and its last one ends here.
    last: Option<i64>,
    /// Number and message of the event's findings, newest last; and their conditions.
    seen: [(u32, u16); MEMORY],
    count: usize,
    /// Where the newest one's message starts, while its hash is not made: most events have one error only.
    pending: Option<usize>,
    /// A list's header was passed: its entries are errors of their own.
    list: bool,
    /// The records of a failed commit go on behind this place.
    records: Option<usize>,
    /// The numbering of the event's last error.
    dialect: Option<Dialect>,
}

impl State {
    /// Makes offsets that count from `from` count from `to`.
    pub fn rebase(&mut self, from: u64, to: u64) {
        self.at = (self.at as u64 + from).saturating_sub(to) as usize;
        self.last = self.last.map(|last| last + from as i64 - to as i64);
        self.pending = None;
        self.records = self.records.map(|r| (r as u64 + from).saturating_sub(to) as usize);
        self.search = Search::new((self.search.done() as u64 + from).saturating_sub(to) as usize);
    }

    /// First byte that may still be looked at.
    pub fn needed(&self) -> usize {
        self.search.done().saturating_sub(2 * LOOK_BEHIND)
    }

    /// Makes the hash that is still missing.
    fn settle(&mut self, b: &[u8]) {
        if let Some(tail) = self.pending.take() {
            if let Some(seen) = self.count.checked_sub(1).and_then(|n| self.seen.get_mut(n)) {
                seen.0 ^= message(b, tail);
            }
        }
    }

    fn forget(&mut self) {
        self.last = None;
        self.pending = None;
        self.count = 0;
        self.list = false;
        self.dialect = None;
    }
}

impl<'t> Recognize<'t> {
    pub(crate) fn range(b: &'t [u8], range: Range<usize>, options: Options) -> Self {
        let at = range.start.min(b.len());
        Self::resume(b, State { search: Search::new(at), at, ..State::default() }, range.end.min(b.len()), options)
    }

    pub(crate) fn resume(b: &'t [u8], state: State, end: usize, options: Options) -> Self {
        Self { b, end, options, state }
    }

    /// The state after the last finding, for the next window of a stream.
    pub(crate) fn state(&self) -> State {
        let mut state = self.state;
        state.settle(self.b);
        // Shapes that start before the place reached so far, and whose anchors stand behind it, are still to come.
        state.search = Search::new(self.end);
        // The event that goes on keeps its memory; one that ended within the window is forgotten now, so that the bytes
        // in between need not be kept.
        if let Some(last) = state.last {
            let last = last.max(0) as usize;
            match start_within(self.b, last + 1, self.end) {
                Some(_) => state.forget(),
                None => {
                    let (nested, list) = self.between(last, self.end);
                    let _ = nested;
                    state.list |= list;
                }
            }
        }
        state
    }

    /// What stands between the event's last finding and a place after it: a mark of a cause, the header of a list.
    fn between(&self, from: usize, to: usize) -> (bool, bool) {
        if to < from + 8 {
            return (false, false);
        }
        let b = self.b;
        let cause = [b"aused by".as_slice(), b"ested exception", b"last error", b"uppressed:", b"caused by:", b"inner exception", b"---> "];
        let from = from.max(to.saturating_sub(LOOK_BEHIND)).min(to);
        let list = [b"sub-exceptions:".as_slice(), b"sub-errors:", b"verify errors:", b"roll errors:"]
            .into_iter()
            .any(|w| rfind(b, from, to, w).is_some());
        (cause.into_iter().any(|w| rfind(b, from, to, w).is_some()), list)
    }

    /// Whether a finding at `start` belongs to the one that ended at `from` by the bytes between them.
    fn within_message(&self, from: usize, start: usize) -> bool {
        let b = self.b;
        let gap = &b[from..start];
        if gap.len() > 2000
            || !(gap.starts_with(b": ") || gap.starts_with(b":") || gap.starts_with(b" ") || gap.starts_with(b"'") || gap.is_empty())
        {
            return false;
        }
        // Another value, field or statement starts in between.
        let mut i = from;
        while i < start {
            match b[i] {
                b'{' | b'}' | b';' => return false,
                b'"' if b.get(i + 1) == Some(&b',') || b.get(i + 1) == Some(&b':') => return false,
                b'\n' | b'\r' | b'\\' => {
                    let n = line_break(b, i);
                    if n > 0 {
                        // Lines of the same message: indented, or a host of a failed connection, or escaped.
                        let escaped = b[i] == b'\\';
                        let next = i + n;
                        let indented =
                            matches!(b.get(next), Some(b' ' | b'\t')) || (b.get(next) == Some(&b'\\') && b.get(next + 1) == Some(&b't'));
                        let stack = find(b, next, (next + 40).min(start), b"at ").is_some();
                        let wrapped = next == start && at(b, start, b"ResultCode: ");
                        return !stack && (indented || escaped || wrapped || (next < start && start - next < 80));
                    }
                }
                _ => {}
            }
            i += 1;
        }
        true
    }

    /// Decides what a hit is within its event: nested, a repetition (then `None`), or an error of its own.
    fn place(&mut self, mut hit: Hit<'t>) -> Option<Finding<'t>> {
        let b = self.b;
        let start = hit.finding.start;
        let near = self.state.last.filter(|&last| start as i64 - last <= REACH);
        let last = near.map(|last| last.max(0) as usize).filter(|&last| start_within(b, last + 1, start).is_none());
        let attempt = hit.finding.iteration.unwrap_or(u32::MAX).wrapping_mul(0x85EB_CA6B);
        let number = (hit.finding.value.unwrap_or(i32::MIN) as u32).wrapping_mul(0x9E37_79B1);
        let mut key = (number ^ attempt ^ hit.host, hit.finding.condition.map_or(0, |c| c.id()));
        if last.is_some() {
            self.state.settle(b);
            key.0 ^= message(b, hit.tail);
        }
        let alone = last.is_none();
        if let Some(last) = last {
            let (cause, list) = self.between(last, start);
            self.state.list |= list;
            let message = self.within_message(last, start);
            let seen = &self.state.seen[..self.state.count];
            let repeated = if hit.weak { key.1 != 0 && seen.iter().any(|s| s.1 == key.1) } else { seen.iter().any(|s| s.0 == key.0) };
            // Words without a name in an error's message are its text; where a table lacks the code, the name is a general one.
            let text =
                hit.weak && message && !cause && matches!(hit.finding.name, None | Some("AEROSPIKE_ERR_SERVER" | "AEROSPIKE_ERR_CLIENT"));
            let again = cause && rfind(b, last.max(start.saturating_sub(LOOK_BEHIND)), start, b"Caused by").is_some();
            if text || (repeated && (!self.state.list || again)) {
                self.state.last = Some(hit.finding.end as i64);
                return None;
            }
            hit.finding.nested = hit.nested || cause || message || self.state.list;
            if hit.finding.nested {
                self.adopt(&mut hit.finding, hit.unclear);
            }
        } else {
            self.state.forget();
            hit.finding.nested = false;
        }
        if self.state.count == MEMORY {
            self.state.seen.copy_within(1.., 0);
            self.state.count -= 1;
        }
        self.state.seen[self.state.count] = key;
        self.state.count += 1;
        self.state.pending = alone.then_some(hit.tail);
        self.state.last = Some(hit.finding.end as i64);
        self.state.dialect = hit.finding.dialect.or(self.state.dialect);
        Some(hit.finding)
    }

    /// A nested line that fits several clients is one of the client around it.
    fn adopt(&self, f: &mut Finding<'t>, unclear: bool) {
        let Some(outer) = self.state.dialect else { return };
        let rust = outer == Dialect::RUST || outer == Dialect::PYTHON_NATIVE;
        let alike =
            rust && (f.dialect == Some(Dialect::RUST) || (f.candidates.contains(Dialect::JAVA) && f.candidates.contains(Dialect::CSHARP)));
        if (f.dialect.is_none() && f.candidates.contains(outer)) || alike {
            if f.dialect == Some(Dialect::RUST) && outer == Dialect::RUST {
                return;
            }
            f.dialect = Some(outer);
            f.candidates = crate::Candidates::NONE.with(outer);
            if let Some(value) = f.value.filter(|_| alike || (f.condition.is_none() && !unclear)) {
                f.condition = outer.lookup(value).condition();
            }
            if alike {
                f.release = (None, None);
            }
        }
    }

    /// The next record of a failed commit.
    fn record(&mut self) -> Option<Finding<'t>> {
        while let Some(i) = self.state.records.filter(|&i| i < self.end && self.state.last.is_some()) {
            let input = Input { b: self.b, floor: i, bare_words: false };
            let Some((hit, next)) = record(input, i) else { break };
            self.state.records = Some(next);
            self.state.at = self.state.at.max(next);
            if let Some(finding) = hit.and_then(|hit| self.place(hit)) {
                return Some(finding);
            }
        }
        if self.state.records.is_some_and(|i| i < self.end) {
            self.state.records = None;
        }
        None
    }
}

/// A hash of the first words of the message at `tail`.
fn message(b: &[u8], tail: usize) -> u32 {
    let tail = tail.min(b.len());
    let to = first(b, tail, tail + 64, b"\n\r\"\\;'`").unwrap_or((tail + 64).min(b.len()));
    let mut h = 0;
    words(b, tail, to, |hash, n, _| {
        h = hash;
        n < 5
    });
    h
}

impl<'t> Iterator for Recognize<'t> {
    type Item = Finding<'t>;

    fn next(&mut self) -> Option<Finding<'t>> {
        loop {
            if self.state.records.is_some() {
                if let Some(found) = self.record() {
                    return Some(found);
                }
            }
            let at = self.state.at;
            let anchor = self.state.search.next(self.b, at, self.end);
            if self.options.bare_words {
                // Words between the anchors count too.
                let to = anchor.unwrap_or(self.end);
                if let Some(found) = self.bare_word(at, to) {
                    self.state.search = Search::new(self.state.at);
                    return Some(found);
                }
            }
            let p = anchor?;
            let input = Input { b: self.b, floor: self.floor(p), bare_words: self.options.bare_words };
            if self.state.last.is_some()
                && self.b[p..].starts_with(b"ors:")
                && (before(self.b, p, b"verify err") || before(self.b, p, b"roll err"))
            {
                self.state.records = Some(p + 4);
                self.state.list = true;
                continue;
            }
            let Some(hit) = parse(input, p) else { continue };
            self.state.at = hit.resume.max(hit.finding.end).max(p + 1);
            if let Some(finding) = self.place(hit) {
                return Some(finding);
            }
        }
    }
}

impl<'t> Recognize<'t> {
    /// The first byte that a finding at the anchor `p` may own.
    fn floor(&self, p: usize) -> usize {
        self.state.at.min(p).max(p.saturating_sub(LOOK_BEHIND / 2))
    }

    /// The first known name within `from..to` that no anchor stands in.
    fn bare_word(&mut self, from: usize, to: usize) -> Option<Finding<'t>> {
        let mut i = from;
        while i < to {
            if !self.b[i].is_ascii_uppercase() || (i > 0 && is_word(self.b[i - 1])) {
                i += 1;
                continue;
            }
            let e = crate::text::word_end(self.b, i);
            if e > to {
                break;
            }
            let input = Input { b: self.b, floor: i, bare_words: true };
            if let Some(hit) = bare(input, i, e, true) {
                self.state.at = hit.resume;
                if let Some(finding) = self.place(hit) {
                    return Some(finding);
                }
            }
            i = e;
        }
        None
    }
}
