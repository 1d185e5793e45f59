use core::fmt;

use crate::generated::tables::{ALIASES, DIALECTS, DIRECT, OVERFLOW, RANGES, WINDOWS};
use crate::tables::{BLOCK, Dial, name_to_nul};
use crate::{Category, Reading, Readings};

/// One numbering of status codes: a client's, the server's, or a legacy or log-only one.
///
/// An open set with a permanent small number each; the constants name those that this release knows.
///
/// ```
/// use aerocodes::Dialect;
/// assert_eq!(Dialect::from_key("java"), Some(Dialect::JAVA));
/// assert_eq!(Dialect::from_key("legacy"), Some(Dialect::NODEJS_1_0));
/// assert_eq!(Dialect::from_key("cobol"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dialect(pub(crate) u8);

/// Whether a dialect is spoken today.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Spoken by a server or a client in use.
    Current,
    /// Superseded numbers of old releases.
    Legacy,
    /// Found in log lines only.
    Log,
}

impl Dialect {
    /// How many dialects there are; ids run from 0 to one less.
    pub const COUNT: usize = DIALECTS.len();

    /// All dialects, by id.
    ///
    /// ```
    /// assert!(aerocodes::Dialect::all().any(|d| d.key() == "go"));
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        (0..DIALECTS.len() as u8).map(Self)
    }

    /// The dialect with a permanent id, as [`id`](Self::id) returns it; `None` for an id not given yet.
    pub const fn from_id(id: u8) -> Option<Self> {
        if (id as usize) < DIALECTS.len() { Some(Self(id)) } else { None }
    }

    /// The dialect that `key` names, by its key or an alias, in any case.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all()
            .find(|d| d.key().eq_ignore_ascii_case(key))
            .or_else(|| ALIASES.iter().find(|(a, _)| name_to_nul(*a).eq_ignore_ascii_case(key)).map(|&(_, d)| Self(d)))
    }

    pub(crate) const fn row(self) -> &'static Dial {
        &DIALECTS[self.0 as usize]
    }

    /// The permanent id, 0 to 255.
    pub const fn id(self) -> u8 {
        self.0
    }

    /// What users type, such as `java` or `nodejs-1.0`.
    pub fn key(self) -> &'static str {
        name_to_nul(self.row().key)
    }

    /// For people, such as "Java client".
    pub fn title(self) -> &'static str {
        name_to_nul(self.row().title)
    }

    /// The software whose releases the release ranges of this dialect speak of.
    pub fn software(self) -> &'static str {
        name_to_nul(self.row().software)
    }

    /// Identifier of this dialect in programs, such as `NodeJs`.
    pub fn module(self) -> &'static str {
        name_to_nul(self.row().module)
    }

    /// Whether the dialect is spoken today.
    pub const fn kind(self) -> Kind {
        match self.row().kind {
            0 => Kind::Current,
            1 => Kind::Legacy,
            _ => Kind::Log,
        }
    }

    /// Other keys that mean this dialect.
    pub fn aliases(self) -> impl Iterator<Item = &'static str> {
        ALIASES.iter().filter(move |(_, d)| *d == self.0).map(|&(a, _)| name_to_nul(a))
    }

    /// What `value` means in this dialect, as of the newest release; the hot lookup.
    ///
    /// A number that only older releases used answers with that older reading: see [`Reading::is_retired`].
    ///
    /// ```
    /// use aerocodes::{Condition, Dialect};
    /// assert_eq!(Dialect::C.lookup(-8).condition(), Some(Condition::INVALID_NODE));
    /// assert_eq!(Dialect::JAVA.lookup(-8).condition(), Some(Condition::SERVER_NOT_AVAILABLE));
    /// ```
    #[inline]
    pub const fn lookup(self, value: i32) -> Reading {
        let window = &WINDOWS[self.0 as usize];
        let k = value.wrapping_sub(window.min as i32) as u32;
        let b = value.wrapping_sub(BLOCK) as u32;
        // Selected, not branched upon: a number outside both windows reads the empty first cell.
        let near = if k < window.len as u32 { window.start as u32 + k } else { 0 };
        let at = if b < window.block_len as u32 { window.block as u32 + b } else { near };
        let [slot, condition] = DIRECT[at as usize];
        if slot == 0 && value > 0 && value <= window.far as i32 {
            return self.far_reading(value);
        }
        // 0 becomes `Reading::NONE`, whatever the dialect's first reading is.
        let index = if slot == 0 { Reading::NONE } else { window.readings + slot as u16 - 1 };
        Reading { value, index, dialect: self, condition }
    }

    #[cold]
    const fn far_reading(self, value: i32) -> Reading {
        let (mut from, mut to) = (self.row().over.0 as usize, self.row().over.1 as usize);
        while from < to {
            let middle = usize::midpoint(from, to);
            let (v, reading) = OVERFLOW[middle];
            if v as i32 == value {
                return Reading::at(reading);
            }
            if (v as i32) < value {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        Reading { value, index: Reading::NONE, dialect: self, condition: 0 }
    }

    /// The category of a number in this dialect that has no name: from the dialect's number ranges.
    pub const fn category_of(self, value: i32) -> Category {
        let (mut i, end) = (self.row().ranges.0 as usize, self.row().ranges.1 as usize);
        while i < end {
            let (from, to, category) = RANGES[i];
            if (from == i16::MIN || from as i32 <= value) && value <= to as i32 {
                return Category(category);
            }
            i += 1;
        }
        Category::UNKNOWN
    }

    /// The number range that `value` falls into, inclusive, if the dialect has one.
    pub fn range_of(self, value: i32) -> Option<(i32, i32, Category)> {
        self.ranges().find(|r| (r.0..=r.1).contains(&value))
    }

    /// The number ranges with their categories: from, to, inclusive.
    ///
    /// ```
    /// assert!(aerocodes::Dialect::SERVER.ranges().any(|(from, to, c)| from <= 80 && 80 <= to && c.key() == "security"));
    /// ```
    pub fn ranges(self) -> impl Iterator<Item = (i32, i32, Category)> {
        let (from, to) = self.row().ranges;
        let wide = |r: &(i16, i16, u8)| (if r.0 == i16::MIN { i32::MIN } else { i32::from(r.0) }, i32::from(r.1), Category(r.2));
        RANGES[from as usize..to as usize].iter().map(wide)
    }

    /// Every reading of this dialect, by number, the best as of the newest release first.
    pub fn readings(self) -> Readings {
        Readings::rows(self.row().readings)
    }

    /// Where the numbers were read: repository and path, or an address.
    #[cfg(feature = "text")]
    pub fn repository(self) -> &'static str {
        use crate::generated::text::{DIALECT_TEXTS, TEXT, TEXT_AT};
        crate::tables::text(TEXT, &TEXT_AT, DIALECT_TEXTS + usize::from(self.0) * 2)
    }

    /// What users of the whole dialect must know, a sentence or two each.
    #[cfg(feature = "text")]
    pub fn errata(self) -> impl Iterator<Item = &'static str> {
        use crate::generated::text::{DIALECT_TEXTS, TEXT, TEXT_AT};
        crate::tables::text(TEXT, &TEXT_AT, DIALECT_TEXTS + usize::from(self.0) * 2 + 1).split('\n').filter(|s| !s.is_empty())
    }
}

#[cfg(feature = "history")]
impl Dialect {
    /// The first and the last release that were read.
    pub fn covered(self) -> (crate::Release, crate::Release) {
        use crate::generated::history::{COVERED, RELEASES};
        let (a, b) = COVERED[usize::from(self.0)];
        (crate::Release::of_row(RELEASES[usize::from(a)]), crate::Release::of_row(RELEASES[usize::from(b)]))
    }
}

impl fmt::Debug for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dialect({})", self.key())
    }
}

impl fmt::Display for Dialect {
    /// The key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}
