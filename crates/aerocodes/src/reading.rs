use core::fmt;
use core::ops::Range;

use crate::advice::Predicates;
use crate::generated::tables::{FOLDS as FOLD_ROWS, READINGS, WINDOWS};
use crate::tables::{ENTERPRISE, FOLDS, LAST, PRIMARY, RETIRED, Read, WRONG, name};
use crate::{Category, Code, Condition, Dialect, Edition, Kind, Origin};

/// One meaning of one code: its spelling, its condition and the releases in which that held.
///
/// Eight bytes, copied freely. A number that nobody uses has a reading too: without a name and a condition.
///
/// ```
/// use aerocodes::Dialect;
/// let r = Dialect::SERVER.lookup(22);
/// assert_eq!((r.name(), r.value()), (Some("AS_ERR_FORBIDDEN"), 22));
/// assert_eq!(Dialect::SERVER.lookup(i32::MIN).name(), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading {
    pub(crate) value: i32,
    pub(crate) index: u16,
    pub(crate) dialect: Dialect,
    /// Id of the condition, 0 when nothing is known.
    pub(crate) condition: u8,
}

/// What `value` means in `dialect` as of the newest release; the same as [`Dialect::lookup`].
#[inline]
pub const fn lookup(dialect: Dialect, value: i32) -> Reading {
    dialect.lookup(value)
}

/// Every reading of a bare number, in all dialects, the likeliest first: the server and clients in use before what they
/// said in older releases, then legacy numberings, then numbers found only in logs, then rows that are documented but wrong.
///
/// ```
/// let names: Vec<_> = aerocodes::readings(-8).map(|r| (r.dialect().key(), r.name().unwrap_or("-"))).collect();
/// assert_eq!(names[0], ("c", "AEROSPIKE_ERR_INVALID_NODE"));
/// assert!(names.contains(&("go", "NO_AVAILABLE_CONNECTIONS_TO_NODE")));
/// assert_eq!(aerocodes::readings(424_242).count(), 0);
/// ```
pub fn readings(value: i32) -> impl Iterator<Item = Reading> + Clone {
    (0..5u8).flat_map(move |tier| {
        Dialect::all().flat_map(move |d| Code::new(d, value).readings()).filter(move |r| {
            let t = match (r.is_wrong(), r.dialect.kind(), r.is_retired()) {
                (true, _, _) => 4,
                (_, Kind::Log, _) => 3,
                (_, Kind::Legacy, _) => 2,
                (_, _, true) => 1,
                _ => 0,
            };
            t == tier
        })
    })
}

impl Reading {
    pub(crate) const NONE: u16 = u16::MAX;

    pub(crate) const fn at(index: u16) -> Self {
        let row = &READINGS[index as usize];
        // Readings stand by dialect; the last window that begins at or before this one is its own.
        let mut dialect = WINDOWS.len() - 1;
        while WINDOWS[dialect].readings > index {
            dialect -= 1;
        }
        Self { value: row.value() as i32, index, dialect: Dialect(dialect as u8), condition: row.cond }
    }

    const fn row(self) -> Option<&'static Read> {
        if self.index == Self::NONE { None } else { Some(&READINGS[self.index as usize]) }
    }

    const fn flag(self, flag: u8) -> bool {
        match self.row() {
            Some(row) => row.flags & flag != 0,
            None => false,
        }
    }

    /// The dialect it is in.
    pub const fn dialect(self) -> Dialect {
        self.dialect
    }

    /// The number.
    pub const fn value(self) -> i32 {
        self.value
    }

    /// Dialect and number.
    pub const fn code(self) -> Code {
        Code::new(self.dialect, self.value)
    }

    /// Whether anything is known about it.
    pub const fn is_known(self) -> bool {
        self.index != Self::NONE
    }

    /// The dialect's name for it; `None` when it has none.
    #[inline]
    pub fn name(self) -> Option<&'static str> {
        match self.row() {
            Some(row) if row.len > 0 => Some(name(row.name(), row.len)),
            _ => None,
        }
    }

    /// What happened; `None` when nothing is known.
    #[inline]
    pub const fn condition(self) -> Option<Condition> {
        if self.condition == 0 { None } else { Some(Condition(self.condition)) }
    }

    /// The condition's kind; for an unknown number that of the dialect's number range.
    #[inline]
    pub const fn category(self) -> Category {
        match self.condition() {
            Some(c) => c.category(),
            None => self.dialect.category_of(self.value),
        }
    }

    /// Whether this is the name to use for the code today: the only live one, or the preferred one of several.
    pub const fn is_primary(self) -> bool {
        self.flag(PRIMARY)
    }

    /// Whether it ended before the newest release read.
    pub const fn is_retired(self) -> bool {
        self.flag(RETIRED)
    }

    /// Whether it is documented or exported so, but not what the software does; the erratum tells what is.
    pub const fn is_wrong(self) -> bool {
        self.flag(WRONG)
    }

    /// Who raises it.
    pub const fn origin(self) -> Origin {
        match self.condition() {
            Some(c) => c.origin(),
            None => Origin::Unknown,
        }
    }

    /// The server edition in which it occurs.
    pub const fn edition(self) -> Edition {
        if self.flag(ENTERPRISE) { Edition::Enterprise } else { Edition::Any }
    }

    /// The three predicates of the condition; all unknown when nothing is known.
    pub const fn predicates(self) -> Predicates {
        match self.condition() {
            Some(c) => c.predicates(),
            None => Predicates::UNKNOWN,
        }
    }

    /// Further conditions that this number stands for besides [`condition`](Self::condition).
    ///
    /// ```
    /// use aerocodes::{Condition, Dialect};
    /// assert!(Dialect::NODEJS_1_0.lookup(400).folds().any(|c| c == Condition::QUERY_TIMEOUT));
    /// ```
    pub fn folds(self) -> impl Iterator<Item = Condition> + Clone {
        let rows: &'static [(u16, u8)] = if self.flag(FOLDS) { &FOLD_ROWS } else { &[] };
        rows.iter().filter(move |r| r.0 == self.index).map(|r| Condition(r.1))
    }

    /// The condition's summary; empty when nothing is known.
    #[cfg(feature = "search")]
    pub fn summary(self) -> &'static str {
        self.condition().map_or("", Condition::summary)
    }

    /// What users must know about this very row: a slip in documentation, a moved number, a caveat.
    #[cfg(feature = "text")]
    pub fn erratum(self) -> Option<&'static str> {
        use crate::generated::text::{ERRATA, TEXT, TEXT_AT};
        if !self.flag(crate::tables::ERRATUM) {
            return None;
        }
        let i = ERRATA.binary_search_by_key(&self.index, |r| r.0).ok()?;
        Some(crate::tables::text(TEXT, &TEXT_AT, usize::from(ERRATA[i].1)))
    }
}

#[cfg(feature = "history")]
mod history {
    use super::Reading;
    use crate::generated::history::{GAPS, INTRODUCED, SPAN, SPANS, SPANS_OF};
    use crate::{Code, Dialect, Release};

    /// What `value` meant in `dialect` as of a release of that dialect's software.
    ///
    /// A short release means its line: `4.1` is every 4.1.x, and of two meanings within the line the later one answers.
    /// Releases outside those that were read count as the nearest one read. Nothing known as of that release is a reading
    /// without name and condition.
    ///
    /// ```
    /// use aerocodes::{Condition, Dialect, lookup_at};
    /// let at = |release: &str| lookup_at(Dialect::JAVA, 11, release.parse().unwrap()).condition();
    /// assert_eq!(at("4.1.0"), Some(Condition::SERVER_NOT_AVAILABLE));
    /// assert_eq!(at("4.1.1"), Some(Condition::PARTITION_UNAVAILABLE));
    /// ```
    pub fn lookup_at(dialect: Dialect, value: i32, release: Release) -> Reading {
        let unknown = Reading { value, index: Reading::NONE, dialect, condition: 0 };
        Code::new(dialect, value)
            .readings()
            .filter(|r| !r.is_wrong() && r.holds_in(release))
            .max_by_key(|r| {
                // A release's place does for the release: they ascend. One number, as tuples compare at length.
                let since = u64::from(r.span().map_or(0, |s| s.0));
                u64::from(!r.is_gone_in_part_of(release)) << 33 | u64::from(r.is_primary()) << 32 | since << 16 | u64::from(!r.index)
            })
            .unwrap_or(unknown)
    }

    impl Reading {
        /// First and last release, as [`Release::named`] numbers them.
        fn span(self) -> Option<(u16, u16)> {
            let own = *SPAN.get(usize::from(self.index))?;
            SPANS.get(usize::from(SPANS_OF[usize::from(self.dialect.0)]) + usize::from(own)).copied()
        }

        /// First release in which this reading held; the dialect's first release read may mean "or earlier".
        pub fn since(self) -> Option<Release> {
            Release::named(self.span()?.0)
        }

        /// Last release in which this reading held; `None` while it does.
        pub fn until(self) -> Option<Release> {
            Release::named(self.span()?.1)
        }

        /// Inclusive ranges of releases in between that lack it.
        pub fn gaps(self) -> impl Iterator<Item = (Release, Release)> {
            GAPS.iter().filter(move |g| g.0 == self.index).filter_map(|g| Some((Release::named(g.1)?, Release::named(g.2)?)))
        }

        /// Release in which the code itself appeared, where that is documented.
        pub fn introduced(self) -> Option<Release> {
            INTRODUCED.iter().find(|g| g.0 == self.index).and_then(|g| Release::named(g.1))
        }

        /// Whether the line that a short release means lies in a gap at its end: another reading of that line is surer.
        fn is_gone_in_part_of(self, release: Release) -> bool {
            self.gaps().any(|(_, b)| release.cmp_line(b).is_eq() && release.highest() > b.highest())
        }

        /// Whether it held in `release`, or in some release of that line when it is short.
        pub fn holds_in(self, release: Release) -> bool {
            let Some(since) = self.since() else { return false };
            let (first, _) = self.dialect.covered();
            if self.introduced().is_some_and(|i| release.cmp_line(i).is_lt()) {
                return false;
            }
            let open = since == first && release.cmp_line(first).is_lt();
            let begun = open || !release.cmp_line(since).is_lt();
            let ended = self.until().is_some_and(|u| release.cmp_line(u).is_gt());
            begun && !ended && !self.gaps().any(|(a, b)| release.lowest() >= a.lowest() && release.highest() <= b.highest())
        }
    }
}
#[cfg(feature = "history")]
pub use history::lookup_at;

impl Code {
    /// Every reading of this code, the best as of the newest release first; none when nothing is known.
    ///
    /// ```
    /// use aerocodes::{Code, Dialect};
    /// let lives: Vec<_> = Code::new(Dialect::C, 125).readings().filter_map(|r| r.name()).collect();
    /// assert_eq!(lives, ["AEROSPIKE_MRT_ABORTED", "AEROSPIKE_ERR_LARGE_ITEM_NOT_FOUND"]);
    /// ```
    pub fn readings(self) -> Readings {
        let first = self.dialect.lookup(self.value).index;
        if first == Reading::NONE {
            return Readings(0..0);
        }
        let mut end = first;
        while READINGS[usize::from(end)].flags & LAST == 0 {
            end += 1;
        }
        Readings(first..end + 1)
    }
}

/// Readings that stand together in the table.
#[derive(Clone, Debug)]
pub struct Readings(Range<u16>);

impl Readings {
    pub(crate) const fn rows(range: (u16, u16)) -> Self {
        Self(range.0..range.1)
    }
}

impl Iterator for Readings {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        self.0.next().map(Reading::at)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Readings {}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reading({}:{} {})", self.dialect, self.value, self.name().unwrap_or("-"))
    }
}

impl fmt::Display for Reading {
    /// `java:9 TIMEOUT`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.dialect, self.value)?;
        self.name().map_or(Ok(()), |n| write!(f, " {n}"))
    }
}
