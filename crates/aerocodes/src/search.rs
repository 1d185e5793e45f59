//! Search by words: names, spellings, summaries and keywords, with tolerance for typing errors.

use crate::{Condition, Dialect, Kind};

/// A condition that a search found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The condition.
    pub condition: Condition,
    /// How well it fits, for comparison within one search only; higher is better.
    pub score: u32,
}

/// The hits of one search, the best first; at most [`Hits::MAX`].
#[derive(Clone, Debug)]
pub struct Hits {
    hits: [Hit; Hits::MAX],
    count: usize,
}

impl Hits {
    /// The most hits that a search returns.
    pub const MAX: usize = 24;

    /// The hits, the best first.
    pub fn as_slice(&self) -> &[Hit] {
        &self.hits[..self.count]
    }

    fn insert(&mut self, hit: Hit) {
        let at = self.as_slice().iter().position(|h| h.score < hit.score).unwrap_or(self.count);
        if at < Self::MAX {
            let end = (self.count + 1).min(Self::MAX);
            self.hits.copy_within(at..end - 1, at + 1);
            self.hits[at] = hit;
            self.count = end;
        }
    }
}

impl<'a> IntoIterator for &'a Hits {
    type Item = &'a Hit;
    type IntoIter = core::slice::Iter<'a, Hit>;

    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter()
    }
}

const MAX_WORDS: usize = 12;
/// Words that say nothing about which error it is; one string, so that it needs no relocations.
const STOP: &str =
    "a an and are as at be by can code do does err error exception for from get got i in is it my of on or that the this to was what with";

/// Conditions that fit the words, the best first.
///
/// Words are compared without regard to case with the condition's name, its spellings in all dialects, its summary and
/// its keywords; beginnings count, and one or two wrong letters in longer words are forgiven. Rare words weigh more.
///
/// ```
/// use aerocodes::{Condition, search};
/// let first = |words| search(words).as_slice().first().map(|h| h.condition);
/// assert_eq!(first("device overlaod"), Some(Condition::DEVICE_OVERLOAD));
/// assert_eq!(first("KEY_NOT_FOUND_ERROR"), Some(Condition::RECORD_NOT_FOUND));
/// assert_eq!(first("zzzzqqqq"), None);
/// ```
pub fn search(words: &str) -> Hits {
    let mut query = [""; MAX_WORDS];
    let mut n = 0;
    for stop_too in [false, true] {
        for w in tokens(words).filter(|w| stop_too || !STOP.split(' ').any(|s| s.eq_ignore_ascii_case(w))) {
            if n < MAX_WORDS {
                query[n] = w;
                n += 1;
            }
        }
        if n > 0 {
            break;
        }
    }
    let query = &query[..n];
    let empty = Hit { condition: Condition::OK, score: 0 };
    let mut out = Hits { hits: [empty; Hits::MAX], count: 0 };
    if query.is_empty() {
        return out;
    }
    let mut best = [[0u8; MAX_WORDS]; 256];
    for c in Condition::all() {
        score(c, query, &mut best[usize::from(c.0)]);
    }
    // One walk through the readings for all conditions: their names, and which conditions a current dialect knows.
    let mut live = [false; 256];
    for r in Dialect::all().flat_map(Dialect::readings) {
        let Some(c) = r.condition().map(|c| usize::from(c.0)) else { continue };
        live[c] |= !r.is_retired() && r.dialect().kind() == Kind::Current;
        field(80, tokens(r.name().unwrap_or("")), query, &mut best[c]);
    }
    let mut named_so = [false; 256];
    for c in crate::find(words.trim()).filter_map(|r| r.condition()) {
        named_so[usize::from(c.0)] = true;
    }
    let mut frequency = [0u32; MAX_WORDS];
    for c in Condition::all() {
        for (f, s) in frequency.iter_mut().zip(&best[usize::from(c.0)]) {
            *f += u32::from(*s >= 40);
        }
    }
    for c in Condition::all() {
        let row = &best[usize::from(c.0)];
        let mut total = 0;
        let mut matched = 0;
        for (i, &s) in row.iter().take(n).enumerate() {
            let rarity = 9 - (frequency[i] + 1).ilog2().min(8);
            total += u32::from(s) * rarity;
            matched += u32::from(s > 0);
        }
        if matched == 0 || (n > 2 && matched * 3 < n as u32) {
            continue;
        }
        // A name that holds nothing but the words asked for is what was meant.
        let spare = tokens(c.name()).filter(|t| !query.iter().any(|q| likeness(q, t) >= 60)).count() as u32;
        let named = tokens(c.name()).count() as u32;
        total = total * (8 + matched) / (8 + n as u32) + (named - spare) * 60 / named;
        // What only superseded numberings know is seldom meant.
        if !live[usize::from(c.0)] {
            total = total * 3 / 4;
        }
        if c.keywords().any(|k| k.eq_ignore_ascii_case(words.trim())) {
            total += 3_000;
        }
        if words.trim().eq_ignore_ascii_case(c.name()) {
            total += 10_000;
        } else if named_so[usize::from(c.0)] {
            total += 5_000;
        }
        out.insert(Hit { condition: c, score: total });
    }
    out
}

/// The best likeness of each word to words of a field, times the field's weight.
fn field<'a>(weight: u32, words: impl Iterator<Item = &'a str>, query: &[&str], row: &mut [u8; MAX_WORDS]) {
    for t in words {
        for (q, best) in query.iter().zip(row.iter_mut()) {
            *best = (*best).max((likeness(q, t) * weight / 100) as u8);
        }
    }
}

/// The best likeness of each word to the condition's own texts and name.
fn score(c: Condition, query: &[&str], row: &mut [u8; MAX_WORDS]) {
    #[cfg(feature = "text")]
    {
        field(35, tokens(c.cause()), query, row);
        field(25, tokens(c.remedy()), query, row);
    }
    field(90, c.keywords().flat_map(tokens), query, row);
    field(70, tokens(c.summary()), query, row);
    field(100, tokens(c.name()), query, row);
    // The whole name written as one word.
    let mut joined = [0; 40];
    let mut len = 0;
    for b in c.name().bytes().filter(|b| *b != b'_').take(joined.len()) {
        joined[len] = b;
        len += 1;
    }
    for (q, best) in query.iter().zip(row.iter_mut()).filter(|(q, _)| q.len() >= 6) {
        let near = distance(q.as_bytes(), &joined[..len], 2).map_or(0, |d| 100 - 10 * d as u8);
        *best = (*best).max(near);
    }
}

/// Words: runs of letters and digits, a capital after a small letter beginning a new one.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let start = rest.find(|c: char| c.is_alphanumeric())?;
        rest = &rest[start..];
        let mut last_lower = false;
        let mut end = rest.len();
        for (i, c) in rest.char_indices() {
            if !c.is_alphanumeric() || (i > 0 && c.is_uppercase() && last_lower) {
                end = i;
                break;
            }
            last_lower = c.is_lowercase();
        }
        let word = &rest[..end];
        rest = &rest[end..];
        Some(word)
    })
}

/// From 0 (nothing alike) to 100 (the same, whatever the case).
fn likeness(query: &str, word: &str) -> u32 {
    let (q, w) = (query.as_bytes(), word.as_bytes());
    if q.eq_ignore_ascii_case(w) {
        return 100;
    }
    let (short, long) = (q.len().min(w.len()), q.len().max(w.len()));
    let common = q.iter().zip(w).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    if common == short && short >= 3 {
        // One is the beginning of the other: plural, tense, or still being typed.
        return if long - short <= 2 {
            90
        } else if short == q.len() {
            75
        } else if short * 2 > long {
            60
        } else {
            0
        };
    }
    // Words of one stem: `migrating` and `migration`.
    if common >= 5 && common + 4 >= long {
        return 70;
    }
    let allowed = match short {
        0..=3 => return 0,
        4..=6 => 1,
        _ => 2,
    };
    if long - short > allowed {
        return 0;
    }
    // An edit takes at most one letter away and brings one in.
    let (a, b) = (letters(q), letters(w));
    if (a & !b).count_ones().max((b & !a).count_ones()) as usize > allowed {
        return 0;
    }
    match distance(q, w, allowed) {
        Some(1) => 75,
        Some(2) => 60,
        _ => 0,
    }
}

/// Which letters a word has, whatever their case; a bit may stand for several characters.
fn letters(word: &[u8]) -> u32 {
    word.iter().fold(0, |set, c| set | 1 << (c & 31))
}

/// Edit distance with swaps of neighbours, if it is at most `allowed` (1 or 2).
fn distance(a: &[u8], b: &[u8], allowed: usize) -> Option<usize> {
    const MAX: usize = 28;
    if a.len() > MAX || b.len() > MAX {
        return None;
    }
    let mut rows = [[0usize; MAX + 1]; 3];
    for (j, cell) in rows[1].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        let mut least = i;
        let mut new = [0; MAX + 1];
        new[0] = i;
        for j in 1..=b.len() {
            let same = a[i - 1].eq_ignore_ascii_case(&b[j - 1]);
            let mut d = (rows[1][j] + 1).min(new[j - 1] + 1).min(rows[1][j - 1] + usize::from(!same));
            if i > 1 && j > 1 && a[i - 1].eq_ignore_ascii_case(&b[j - 2]) && a[i - 2].eq_ignore_ascii_case(&b[j - 1]) {
                d = d.min(rows[0][j - 2] + 1);
            }
            new[j] = d;
            least = least.min(d);
        }
        if least > allowed {
            return None;
        }
        rows[0] = rows[1];
        rows[1] = new;
    }
    Some(rows[1][b.len()]).filter(|&d| d <= allowed)
}
