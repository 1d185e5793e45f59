use aerocodes::{Code, Condition, Dialect, Reading, Release};

/// One raised error, found in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding<'t> {
    /// First byte of what identifies the error.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The dialect, when the shape of the text tells; else see `candidates`.
    pub dialect: Option<Dialect>,
    /// The dialects that the shape allows; just `dialect` when that is known.
    pub candidates: Candidates,
    /// The number, written in the text or following from a name.
    pub value: Option<i32>,
    /// The spelling in the text, when it has one.
    pub name: Option<&'t str>,
    /// What happened, when all candidates agree.
    pub condition: Option<Condition>,
    /// The server's refinement of the code.
    pub subcode: Option<u32>,
    /// The client's in-doubt flag.
    pub in_doubt: Option<bool>,
    /// The node, as the text names it.
    pub node: Option<&'t str>,
    /// The attempt, as the text numbers it.
    pub iteration: Option<u32>,
    /// Whether it stands inside another finding: a cause, a sub-error, a record of a batch.
    pub nested: bool,
    /// The releases of the client whose messages have this shape: first, last.
    pub release: (Option<Release>, Option<Release>),
    /// How sure this is, and why.
    pub confidence: Confidence,
}

impl Finding<'_> {
    /// Its code, when dialect and number are known.
    pub fn code(&self) -> Option<Code> {
        Some(Code::new(self.dialect?, self.value?))
    }

    /// What is known about its code.
    pub fn reading(&self) -> Option<Reading> {
        self.code().map(Code::lookup)
    }
}

/// A set of dialects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Candidates(u32);

impl Candidates {
    /// No dialect.
    pub const NONE: Self = Self(0);

    /// The set with one more dialect.
    pub const fn with(self, dialect: Dialect) -> Self {
        Self(self.0 | 1 << dialect.id())
    }

    /// Whether a dialect is in the set.
    pub const fn contains(self, dialect: Dialect) -> bool {
        self.0 >> dialect.id() & 1 != 0
    }

    /// Bit n: the dialect with id n.
    #[cfg(feature = "std")]
    pub(crate) const fn bits(self) -> u32 {
        self.0
    }

    /// The dialects, by id.
    pub fn iter(self) -> impl Iterator<Item = Dialect> {
        let mut left = self.0;
        core::iter::from_fn(move || {
            let id = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            Dialect::from_id(id as u8)
        })
    }
}

/// How sure a finding is, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Confidence {
    /// From 0 to 1.
    pub level: f32,
    /// The reason in a short sentence.
    pub why: &'static str,
}
