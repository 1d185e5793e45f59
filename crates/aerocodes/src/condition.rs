use core::fmt;

use crate::advice::{Answer, Predicates};
use crate::generated::tables::{CATEGORIES, CONDITIONS, NEAREST, READINGS, SUBCODES};
use crate::reading::Readings;
use crate::tables::{Cond, name, name_to_nul};

/// What happened, independent of any dialect: the currency to branch on.
///
/// An open set with a permanent number each; the constants name those that this release knows.
///
/// ```
/// use aerocodes::{Condition, Dialect};
/// assert_eq!(Dialect::GO.lookup(-16).condition(), Dialect::JAVA.lookup(-11).condition());
/// assert_eq!(Condition::from_name("KEY_BUSY"), Some(Condition::KEY_BUSY));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition(pub(crate) u8);

/// A kind of condition, such as security or secondary index. An open set with permanent numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category(pub(crate) u8);

/// Who raises a condition.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// The server answers it.
    Server,
    /// The client library raises it.
    Client,
    /// Either of them; the code alone does not tell.
    Either,
    /// Not known: the code has no reading.
    Unknown,
}

/// The server edition in which a code occurs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[non_exhaustive]
pub enum Edition {
    /// Every edition.
    Any,
    /// Enterprise only.
    Enterprise,
}

/// A server's refinement of a code: meaningful only with its condition.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Subcode {
    index: u8,
}

impl Condition {
    /// How many conditions there are; ids run from 1 to this.
    pub const COUNT: usize = CONDITIONS.len();

    /// All conditions, by id.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        (1..CONDITIONS.len() as u8 + 1).map(Self)
    }

    /// The condition with a permanent id, as [`id`](Self::id) returns it; `None` for 0 and ids not given yet.
    pub const fn from_id(id: u16) -> Option<Self> {
        if id > 0 && id as usize <= CONDITIONS.len() { Some(Self(id as u8)) } else { None }
    }

    /// The condition of this name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|c| c.name().eq_ignore_ascii_case(name))
    }

    const fn row(self) -> &'static Cond {
        &CONDITIONS[self.0 as usize - 1]
    }

    /// The permanent id, from 1.
    pub const fn id(self) -> u16 {
        self.0 as u16
    }

    /// The permanent name, such as `TIMEOUT`.
    pub fn name(self) -> &'static str {
        name(self.row().name(), self.row().len)
    }

    /// Its kind.
    pub const fn category(self) -> Category {
        Category(self.row().category)
    }

    /// Who raises it.
    pub const fn origin(self) -> Origin {
        match self.row().traits >> 4 & 3 {
            0 => Origin::Server,
            1 => Origin::Client,
            _ => Origin::Either,
        }
    }

    /// The server edition in which it occurs.
    pub const fn edition(self) -> Edition {
        if self.row().traits >> 6 != 0 { Edition::Enterprise } else { Edition::Any }
    }

    /// The three predicates, whatever the operation; see [`advise`](crate::advise) for one operation.
    pub const fn predicates(self) -> Predicates {
        Predicates::of(Answer::from_bits(self.row().traits), Answer::from_bits(self.row().traits >> 2))
    }

    /// Where to look when a dialect has no code for this condition: the nearest first.
    ///
    /// ```
    /// use aerocodes::Condition;
    /// assert!(Condition::all().any(|c| c.nearest().next().is_some()));
    /// ```
    pub fn nearest(self) -> impl Iterator<Item = Self> {
        NEAREST.iter().filter(move |n| n.0 == self.0).map(|n| Self(n.1))
    }

    /// Every spelling of this condition, in all dialects.
    pub fn readings(self) -> impl Iterator<Item = crate::Reading> {
        Readings::rows((0, READINGS.len() as u16)).filter(move |r| r.condition() == Some(self))
    }

    /// The server's refinements of this condition.
    pub fn subcodes(self) -> impl Iterator<Item = Subcode> {
        (0..SUBCODES.len() as u8).filter(move |&i| SUBCODES[usize::from(i)].0 == self.0).map(|index| Subcode { index })
    }

    /// The refinement with this number.
    ///
    /// ```
    /// use aerocodes::Condition;
    /// assert_eq!(Condition::FORBIDDEN.subcode(6).map(|s| s.name()), Some("FORBID_TRUNCATED"));
    /// assert_eq!(Condition::FORBIDDEN.subcode(999), None);
    /// ```
    pub fn subcode(self, value: u32) -> Option<Subcode> {
        self.subcodes().find(|s| s.value() == value)
    }
}

#[cfg(feature = "search")]
impl Condition {
    fn brief(self, field: usize) -> &'static str {
        use crate::generated::brief::{BRIEF, BRIEF_AT};
        crate::tables::text(BRIEF, &BRIEF_AT, (usize::from(self.0) - 1) * 2 + field)
    }

    /// One sentence of at most 80 characters.
    pub fn summary(self) -> &'static str {
        self.brief(0)
    }

    /// Words people use for it that are not in its name.
    pub fn keywords(self) -> impl Iterator<Item = &'static str> {
        self.brief(1).split('\n').filter(|s| !s.is_empty())
    }
}

#[cfg(feature = "text")]
impl Condition {
    fn long(self, field: usize) -> &'static str {
        use crate::generated::text::{TEXT, TEXT_AT};
        crate::tables::text(TEXT, &TEXT_AT, (usize::from(self.0) - 1) * 5 + field)
    }

    /// What makes the server or the client say this.
    pub fn cause(self) -> &'static str {
        self.long(0)
    }

    /// What an operator and a developer can do.
    pub fn remedy(self) -> &'static str {
        self.long(1)
    }

    /// Why the predicates are what they are.
    pub fn reason(self) -> &'static str {
        self.long(2)
    }

    /// Where the advice was read: a client or server release with path and lines, or an address.
    pub fn sources(self) -> impl Iterator<Item = &'static str> {
        self.long(3).split('\n').filter(|s| !s.is_empty())
    }

    /// The vendor's pages about it.
    pub fn docs(self) -> impl Iterator<Item = &'static str> {
        self.long(4).split('\n').filter(|s| !s.is_empty())
    }
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Condition({})", self.name())
    }
}

impl fmt::Display for Condition {
    /// The name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Category {
    /// All categories, by id.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        (0..CATEGORIES.len() as u8).map(Self)
    }

    /// The permanent id; 0 is unknown.
    pub const fn id(self) -> u8 {
        self.0
    }

    /// The word for programs, such as `security`.
    pub fn key(self) -> &'static str {
        name_to_nul(CATEGORIES[self.0 as usize].0)
    }

    /// The words for people.
    pub fn title(self) -> &'static str {
        name_to_nul(CATEGORIES[self.0 as usize].1)
    }
}

impl fmt::Debug for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Category({})", self.key())
    }
}

impl fmt::Display for Category {
    /// The key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

impl Origin {
    /// The word for programs: `server`, `client`, `either` or `unknown`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Client => "client",
            Self::Either => "either",
            Self::Unknown => "unknown",
        }
    }
}

impl Edition {
    /// The word for programs: `any` or `enterprise`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Enterprise => "enterprise",
        }
    }
}

impl Subcode {
    const fn row(self) -> (u8, u8, u16, u8, u8) {
        SUBCODES[self.index as usize]
    }

    /// The condition it refines.
    pub const fn condition(self) -> Condition {
        Condition(self.row().0)
    }

    /// Its number, meaningful only with the condition.
    pub const fn value(self) -> u32 {
        self.row().1 as u32
    }

    /// The Rust client's name for it, which is also the later Java and native Python clients'; the C client puts
    /// `AS_SUB_` before it.
    pub fn name(self) -> &'static str {
        name(self.row().2, self.row().3)
    }

    /// Whether C client 7.5.0 has it.
    pub const fn in_c(self) -> bool {
        self.row().4 & 1 != 0
    }

    /// Whether Rust client 3.0.0 has it.
    pub const fn in_rust(self) -> bool {
        self.row().4 & 2 != 0
    }

    /// What it adds to the condition, in a short sentence.
    #[cfg(feature = "text")]
    pub fn summary(self) -> &'static str {
        use crate::generated::text::{SUBCODE_TEXTS, TEXT, TEXT_AT};
        crate::tables::text(TEXT, &TEXT_AT, SUBCODE_TEXTS + usize::from(self.index))
    }
}
