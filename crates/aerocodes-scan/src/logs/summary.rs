//! What a scan found: groups with counts, times and example lines.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aerocodes::{Category, Code, Condition, Dialect, Edition, Origin, Predicates, Reading};

use super::{By, Hit, Problem, Timestamp};
use crate::{Candidates, Finding};

/// What a scan found.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Files read, at least in part; standard input counts as one.
    pub files: u64,
    /// Bytes read, after unpacking.
    pub bytes: u64,
    /// Findings that passed the filters: the sum of all groups' counts.
    pub events: u64,
    /// Those of them that carry no time.
    pub undated: u64,
    /// The largest groups first.
    pub groups: Vec<Group>,
    /// What could not be read, each named once, in the order of the files.
    pub problems: Vec<Problem>,
    /// All groups together.
    pub timeline: Timeline,
}

impl Summary {
    /// The time of the earliest finding.
    pub fn first_seen(&self) -> Option<Timestamp> {
        self.groups.iter().filter_map(|g| g.first_seen).min()
    }

    /// The time of the latest finding.
    pub fn last_seen(&self) -> Option<Timestamp> {
        self.groups.iter().filter_map(|g| g.last_seen).max()
    }
}

/// Findings that have something in common: see [`By`].
#[derive(Clone, Debug)]
pub struct Group {
    /// The dialect; `None` when the shape of the text cannot tell, or when the groups are not by code or dialect.
    pub dialect: Option<Dialect>,
    /// The dialects that the shape allows.
    pub candidates: Candidates,
    /// The number.
    pub value: Option<i32>,
    /// The dialect's name for it, else the name in the text.
    pub name: Option<String>,
    /// What happened.
    pub condition: Option<Condition>,
    /// The node, as the text names it, in groups by node.
    pub node: Option<String>,
    /// The file, in groups by file.
    pub file: Option<PathBuf>,
    /// How many findings.
    pub count: u64,
    /// How many of them stand inside another finding: a cause, a sub-error, a record of a batch.
    pub nested: u64,
    /// How many of them say that a write may have been applied.
    pub in_doubt: u64,
    /// The earliest.
    pub first_seen: Option<Timestamp>,
    /// The latest.
    pub last_seen: Option<Timestamp>,
    /// When they happened.
    pub timeline: Timeline,
    /// The first lines, in the order of the files.
    pub examples: Vec<Example>,
}

impl Group {
    /// What is known about its code.
    pub fn reading(&self) -> Option<Reading> {
        reading_of(self.dialect?, self.value?, self.condition)
    }

    /// Its condition's category, else that of the number's range.
    pub fn category(&self) -> Category {
        match (self.condition, self.dialect, self.value) {
            (Some(c), _, _) => c.category(),
            (None, Some(d), Some(v)) => d.category_of(v),
            _ => Category::UNKNOWN,
        }
    }

    /// Who raises it.
    pub fn origin(&self) -> Origin {
        self.condition.map_or(Origin::Unknown, Condition::origin)
    }

    /// The server edition in which it occurs.
    pub fn edition(&self) -> Edition {
        self.condition.map_or(Edition::Any, Condition::edition)
    }

    /// The condition's three predicates.
    pub fn predicates(&self) -> Predicates {
        self.condition.map_or(Predicates::UNKNOWN, Condition::predicates)
    }

    /// Findings per minute between the first and the last; `None` when they carry no time or all the same.
    pub fn per_minute(&self) -> Option<f64> {
        let span = self.last_seen?.as_millis().checked_sub(self.first_seen?.as_millis()).filter(|s| *s > 0)?;
        Some(self.count as f64 * 60_000.0 / span as f64)
    }
}

/// The reading of a code that means this condition: a number may have meant something else in another release.
pub(super) fn reading_of(dialect: Dialect, value: i32, condition: Option<Condition>) -> Option<Reading> {
    let code = Code::new(dialect, value);
    let newest = code.lookup();
    if newest.condition() == condition {
        return Some(newest);
    }
    Some(code.readings().find(|r| !r.is_wrong() && r.condition() == condition).unwrap_or(newest))
}

/// A line with a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The file.
    pub file: Arc<Path>,
    /// The finding's first byte in the file, after unpacking.
    pub offset: u64,
    /// Its time.
    pub time: Option<Timestamp>,
    /// The line, shortened around the finding.
    pub text: String,
    /// The finding's bytes in `text`.
    pub span: (usize, usize),
    pub(super) order: u32,
}

/// How many bytes of a line an example keeps on each side of the finding, and of the finding itself.
const MARGIN: usize = 160;
const SPAN: usize = 240;

impl Example {
    fn of(hit: &Hit<'_, '_>, file: &Arc<Path>, order: u32) -> Self {
        let (text, f) = (hit.window, hit.finding);
        let from = f.start.saturating_sub(MARGIN).max(hit.line_start.min(f.start));
        let stop = f.end.min(f.start + SPAN);
        let until = text.len().min(stop + MARGIN);
        let until = memchr::memchr(b'\n', &text[stop..until]).map_or(until, |n| stop + n);
        let show = |bytes: &[u8]| -> String {
            String::from_utf8_lossy(bytes).chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
        };
        let before = show(&text[char_edge(text, from)..f.start]).trim_start().to_owned();
        let inside = show(&text[f.start..char_edge(text, stop)]);
        let after = show(&text[char_edge(text, stop)..char_edge(text, until)]).trim_end().to_owned();
        let span = (before.len(), before.len() + inside.len());
        Self { file: file.clone(), offset: hit.offset, time: hit.time, text: before + &inside + &after, span, order }
    }
}

/// The next character boundary, where the text is UTF-8.
fn char_edge(text: &[u8], at: usize) -> usize {
    (at..text.len().min(at + 3)).find(|i| text[*i] & 0xc0 != 0x80).unwrap_or(at)
}

/// Counts over time, in at most 256 steps of equal width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// A step is 2^shift seconds.
    shift: u32,
    /// The first step's number, counted from 1970.
    base: i64,
    counts: Vec<u64>,
}

const STEPS: usize = 256;

impl Timeline {
    /// The start of the first step and the counts; every step is [`step_seconds`](Self::step_seconds) long.
    pub fn steps(&self) -> (Timestamp, &[u64]) {
        (Timestamp::from_millis((self.base << self.shift) * 1000), &self.counts)
    }

    /// How long a step is.
    pub const fn step_seconds(&self) -> u64 {
        1 << self.shift
    }

    /// The same counts from `from` to `to` in `n` steps of equal length: a step's count goes where its middle falls.
    pub fn spread(&self, from: Timestamp, to: Timestamp, n: usize) -> Vec<u64> {
        let mut out = vec![0; n];
        let span = (to.as_millis() - from.as_millis()).max(1) as f64;
        for (i, c) in self.counts.iter().enumerate().filter(|(_, c)| **c > 0) {
            let middle = (((self.base + i as i64) << self.shift) * 1000) as f64 + (1u64 << self.shift) as f64 * 500.0;
            let at = (middle - from.as_millis() as f64) / span * n as f64;
            if let Some(slot) = out.get_mut((at.max(0.0) as usize).min(n.saturating_sub(1))) {
                *slot += c;
            }
        }
        out
    }

    /// The same counts in at most `n` steps.
    #[cfg(feature = "serde")]
    pub(crate) fn at_most(&self, n: usize) -> Self {
        let mut less = self.clone();
        while less.counts.len() > n.max(2) {
            less.widen();
        }
        less
    }

    fn widen(&mut self) {
        let base = self.base >> 1;
        let mut counts = vec![0; ((self.base + self.counts.len() as i64 - 1) >> 1).abs_diff(base) as usize + 1];
        for (i, c) in self.counts.iter().enumerate() {
            counts[((self.base + i as i64) >> 1).abs_diff(base) as usize] += c;
        }
        (self.base, self.counts, self.shift) = (base, counts, self.shift + 1);
    }

    pub(super) fn add(&mut self, seconds: i64, n: u64) {
        // Most times fall into the steps there are.
        let at = (seconds >> self.shift).wrapping_sub(self.base);
        if let Some(count) = usize::try_from(at).ok().and_then(|at| self.counts.get_mut(at)) {
            *count += n;
            return;
        }
        if self.counts.is_empty() {
            self.base = seconds >> self.shift;
            self.counts.push(n);
            return;
        }
        loop {
            let step = seconds >> self.shift;
            let first = self.base.min(step);
            let last = (self.base + self.counts.len() as i64 - 1).max(step);
            if last.abs_diff(first) >= STEPS as u64 {
                self.widen();
                continue;
            }
            if step < self.base {
                let more = self.base.abs_diff(step) as usize;
                self.counts.splice(0..0, std::iter::repeat_n(0, more));
                self.base = step;
            }
            let at = step.abs_diff(self.base) as usize;
            if at >= self.counts.len() {
                self.counts.resize(at + 1, 0);
            }
            self.counts[at] += n;
            return;
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        while !self.counts.is_empty() && self.shift < other.shift {
            self.widen();
        }
        self.shift = self.shift.max(other.shift);
        for (i, c) in other.counts.iter().enumerate().filter(|(_, c)| **c > 0) {
            self.add((other.base + i as i64) << other.shift, *c);
        }
    }
}

#[derive(Clone, PartialEq, Eq, Hash, Default)]
struct Key {
    dialect: Option<u8>,
    candidates: Vec<u8>,
    value: Option<i32>,
    condition: Option<u16>,
    name: Option<Box<str>>,
    node: Option<Box<str>>,
    file: Option<u32>,
}

/// What makes two findings alike without any copy of text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Short {
    candidates: Candidates,
    value: Option<i32>,
    condition: Option<Condition>,
    dialect: Option<Dialect>,
    file: Option<u32>,
}

impl Short {
    /// Its place among the recent ones.
    fn slot(&self) -> usize {
        let bits = self.candidates.bits() ^ (self.value.unwrap_or(0) as u32) << 8 ^ self.file.unwrap_or(0) << 16;
        let bits = bits ^ self.condition.map_or(0, |c| u32::from(c.id()) << 20);
        (bits.wrapping_mul(0x9E37_79B9) >> (32 - RECENT.ilog2())) as usize
    }
}

/// How many recent groups are found at once: more than one log mixes, as a rule.
const RECENT: usize = 64;

/// More groups than anybody reads; what exceeds them is counted in a group without a code.
const MOST: usize = 10_000;
/// The longest name of a node or code that is kept.
const LONGEST: usize = 120;
const EXAMPLES: usize = 3;

/// Counts the findings of one thread.
pub(super) struct Counter {
    by: By,
    examples: bool,
    groups: Vec<Group>,
    keys: HashMap<Key, usize>,
    short: HashMap<Short, usize>,
    /// The groups of the latest findings, by a few bits of what they have in common.
    recent: [Option<(Short, usize)>; RECENT],
    pub(super) events: u64,
    pub(super) undated: u64,
}

impl Counter {
    pub(super) fn new(by: By, examples: bool) -> Self {
        Self {
            by,
            examples,
            groups: Vec::new(),
            keys: HashMap::new(),
            short: HashMap::new(),
            recent: [None; RECENT],
            events: 0,
            undated: 0,
        }
    }

    fn slot(&mut self, f: &Finding<'_>, file: &Arc<Path>, order: u32) -> usize {
        let by = self.by;
        let short = Short {
            candidates: if by.code || by.dialect { f.candidates } else { Candidates::NONE },
            value: f.value.filter(|_| by.code),
            condition: f.condition.filter(|_| by.code),
            dialect: f.dialect.filter(|_| by.code || by.dialect),
            file: by.file.then_some(order),
        };
        let textual = by.node || (by.code && f.value.is_none() && f.condition.is_none());
        let recent = short.slot();
        if !textual {
            if let Some((_, i)) = self.recent[recent].filter(|(s, _)| *s == short) {
                return i;
            }
            if let Some(&i) = self.short.get(&short) {
                self.recent[recent] = Some((short, i));
                return i;
            }
        }
        let cut = |s: &str| -> Box<str> { s[..(0..=LONGEST.min(s.len())).rev().find(|i| s.is_char_boundary(*i)).unwrap_or(0)].into() };
        let reading = match (short.dialect, short.value) {
            (Some(d), Some(v)) => reading_of(d, v, f.condition),
            _ => None,
        };
        let textual_name = || f.name.filter(|_| by.code).map(cut);
        let mut key = Key {
            dialect: short.dialect.map(Dialect::id),
            candidates: short.candidates.iter().map(Dialect::id).collect(),
            value: short.value,
            condition: short.condition.map(Condition::id),
            name: if short.value.is_none() && short.condition.is_none() { textual_name() } else { None },
            node: if by.node { f.node.map(cut) } else { None },
            file: short.file,
        };
        if !self.keys.contains_key(&key) && self.keys.len() >= MOST {
            key = Key::default();
        }
        let other = key == Key::default() && (by.code || by.dialect);
        let next = self.groups.len();
        let i = *self.keys.entry(key.clone()).or_insert(next);
        if i == next {
            self.groups.push(Group {
                dialect: short.dialect.filter(|_| !other),
                candidates: if other { Candidates::NONE } else { short.candidates },
                value: key.value,
                name: if other { None } else { reading.and_then(Reading::name).map(Into::into).or_else(textual_name).map(Into::into) },
                condition: short.condition.filter(|_| !other),
                node: key.node.map(Into::into),
                file: key.file.map(|_| file.to_path_buf()),
                count: 0,
                nested: 0,
                in_doubt: 0,
                first_seen: None,
                last_seen: None,
                timeline: Timeline::default(),
                examples: Vec::new(),
            });
        }
        if !textual && self.short.len() < MOST {
            self.short.insert(short, i);
            self.recent[recent] = Some((short, i));
        }
        i
    }

    pub(super) fn add(&mut self, hit: &Hit<'_, '_>, file: &Arc<Path>, order: u32) {
        let i = self.slot(hit.finding, file, order);
        let group = &mut self.groups[i];
        group.count += 1;
        self.events += 1;
        group.nested += u64::from(hit.finding.nested);
        group.in_doubt += u64::from(hit.finding.in_doubt == Some(true));
        if let Some(t) = hit.time {
            group.first_seen = Some(group.first_seen.map_or(t, |f| f.min(t)));
            group.last_seen = Some(group.last_seen.map_or(t, |l| l.max(t)));
            group.timeline.add(t.as_millis().div_euclid(1000), 1);
        } else {
            self.undated += 1;
        }
        if self.examples && i < 1000 {
            let place = (order, hit.offset);
            let full = group.examples.len() == EXAMPLES;
            if !full || group.examples.last().is_some_and(|e| place < (e.order, e.offset)) {
                if full {
                    group.examples.pop();
                }
                let at = group.examples.partition_point(|e| (e.order, e.offset) < place);
                group.examples.insert(at, Example::of(hit, file, order));
            }
        }
    }

    /// Adds what another thread counted.
    pub(super) fn merge(&mut self, other: Self) {
        self.events += other.events;
        self.undated += other.undated;
        let mut keys: Vec<Option<Key>> = vec![None; other.groups.len()];
        for (key, i) in other.keys {
            keys[i] = Some(key);
        }
        for (key, group) in keys.into_iter().zip(other.groups) {
            let Some(key) = key else { continue };
            let next = self.groups.len();
            let i = *self.keys.entry(key).or_insert(next);
            if i == next {
                self.groups.push(group);
                continue;
            }
            let mine = &mut self.groups[i];
            mine.count += group.count;
            mine.nested += group.nested;
            mine.in_doubt += group.in_doubt;
            mine.first_seen = [mine.first_seen, group.first_seen].into_iter().flatten().min();
            mine.last_seen = [mine.last_seen, group.last_seen].into_iter().flatten().max();
            mine.timeline.merge(&group.timeline);
            mine.examples.extend(group.examples);
            mine.examples.sort_by_key(|e| (e.order, e.offset));
            mine.examples.truncate(EXAMPLES);
        }
    }

    pub(super) fn finish(self) -> (Vec<Group>, Timeline) {
        let mut groups = self.groups;
        groups.sort_by(|a, b| {
            let rest = |g: &Group| (g.dialect, g.value, g.condition.map(Condition::id));
            b.count
                .cmp(&a.count)
                .then_with(|| rest(a).cmp(&rest(b)))
                .then_with(|| a.candidates.iter().cmp(b.candidates.iter()))
                .then_with(|| (&a.name, &a.node, &a.file).cmp(&(&b.name, &b.node, &b.file)))
        });
        let mut all = Timeline::default();
        for g in &groups {
            all.merge(&g.timeline);
        }
        (groups, all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeline_keeps_every_count_whatever_the_order() {
        let times: Vec<i64> = (0..5000).map(|i| 1_795_000_000 + (i * 7919) % 900_001).collect();
        let whole = times.iter().fold(Timeline::default(), |mut t, s| {
            t.add(*s, 1);
            t
        });
        assert_eq!(whole.counts.iter().sum::<u64>(), 5000);
        assert!(whole.counts.len() <= STEPS && whole.counts.len() > STEPS / 4);
        let mut parts = Timeline::default();
        for part in times.rchunks(37) {
            let mut t = Timeline::default();
            part.iter().rev().for_each(|s| t.add(*s, 1));
            parts.merge(&t);
        }
        assert_eq!(parts, whole);
        let (from, _) = whole.steps();
        let to = Timestamp::from_millis(from.as_millis() + (whole.step_seconds() * 1000) as i64 * whole.counts.len() as i64);
        assert_eq!(whole.spread(from, to, 10).iter().sum::<u64>(), 5000);
        assert_eq!(whole.spread(from, from, 0), Vec::<u64>::new());
    }

    #[test]
    fn extreme_times_are_counted() {
        let mut t = Timeline::default();
        for s in [i64::MIN / 1000, -1, 0, i64::MAX / 1000] {
            t.add(s, 1);
        }
        assert_eq!(t.counts.iter().sum::<u64>(), 4);
        assert!(t.counts.len() <= STEPS);
    }
}
