use core::fmt;

use crate::generated::tables::OPERATIONS;
use crate::tables::name_to_nul;
use crate::{Code, Condition, Reading};

/// The answer to a yes-or-no question that may have no plain answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub enum Answer {
    /// Nothing is known.
    #[default]
    Unknown,
    /// No.
    No,
    /// It turns on something that the code does not tell; the reason says on what.
    Depends,
    /// Yes.
    Yes,
}

impl Answer {
    pub(crate) const fn from_bits(bits: u8) -> Self {
        match bits & 3 {
            0 => Self::Unknown,
            1 => Self::No,
            2 => Self::Depends,
            _ => Self::Yes,
        }
    }

    /// The word for programs: `yes`, `no`, `depends` or `unknown`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::No => "no",
            Self::Depends => "depends",
            Self::Yes => "yes",
        }
    }

    /// Both: no wins, then unknown, then depends.
    const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Depends, _) | (_, Self::Depends) => Self::Depends,
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }

    const fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            other => other,
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

/// FoundationDB's three predicates: whether a condition passes, whether the write may have happened, and whether it is
/// safe to send it again for sure.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub struct Predicates {
    /// The condition is transient: the same request may succeed when sent again.
    pub retryable: Answer,
    /// A write may have been applied although the client saw this.
    pub maybe_applied: Answer,
    /// Retryable, and surely not applied: always "retryable and not maybe applied".
    pub retryable_not_applied: Answer,
}

impl Predicates {
    /// All three unknown.
    pub const UNKNOWN: Self = Self::of(Answer::Unknown, Answer::Unknown);

    pub(crate) const fn of(retryable: Answer, maybe_applied: Answer) -> Self {
        Self { retryable, maybe_applied, retryable_not_applied: retryable.and(maybe_applied.not()) }
    }
}

/// What a program was doing when it met a code. An open set with permanent ids.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Operation(u8);

impl Operation {
    /// Reads a record or a batch of them.
    pub const READ: Self = Self(0);
    /// Changes a record in a way that must not happen twice: add, append, list append, UDF.
    pub const WRITE: Self = Self(1);
    /// Changes a record in a way that may happen twice: put of whole values, delete, touch, or guarded by a generation.
    pub const IDEMPOTENT_WRITE: Self = Self(2);
    /// Commits a transaction, or acts inside one.
    pub const TRANSACTION: Self = Self(3);
    /// A scan or a query that only reads.
    pub const QUERY: Self = Self(4);
    /// Users, roles, indexes, UDF modules, truncation.
    pub const ADMIN: Self = Self(5);

    /// All operations, by id.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        (0..OPERATIONS.len() as u8).map(Self)
    }

    /// The operation of this key, such as `idempotent-write`; an underscore does for the hyphen.
    pub fn from_key(key: &str) -> Option<Self> {
        let same = |k: &str| {
            k.len() == key.len() && k.bytes().zip(key.bytes()).all(|(a, b)| a == b.to_ascii_lowercase() || (a == b'-' && b == b'_'))
        };
        Self::all().find(|o| same(o.key()))
    }

    /// The operation with a permanent id; `None` for an id not given yet.
    pub const fn from_id(id: u8) -> Option<Self> {
        if (id as usize) < OPERATIONS.len() { Some(Self(id)) } else { None }
    }

    const fn row(self) -> &'static (u16, u16, bool, bool) {
        &OPERATIONS[self.0 as usize]
    }

    /// The permanent id.
    pub const fn id(self) -> u8 {
        self.0
    }

    /// The word for programs.
    pub fn key(self) -> &'static str {
        name_to_nul(self.row().0)
    }

    /// The words for people.
    pub fn title(self) -> &'static str {
        name_to_nul(self.row().1)
    }

    /// Whether it changes data.
    pub const fn mutates(self) -> bool {
        self.row().2
    }

    /// Whether doing it twice leaves what doing it once does.
    pub const fn is_idempotent(self) -> bool {
        self.row().3
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Operation({})", self.key())
    }
}

/// May I retry, may it have been applied, and why: never a bare yes or no.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Advice {
    /// The reading that the advice is about.
    pub reading: Reading,
    /// What the program was doing.
    pub operation: Operation,
    /// The client's in-doubt flag, if it gave one.
    pub in_doubt: Option<bool>,
    /// Whether sending the same request again is right.
    pub retryable: Answer,
    /// Whether the request may have been applied.
    pub maybe_applied: Answer,
    /// Whether sending it again is right and cannot apply it twice.
    pub retryable_not_applied: Answer,
    rule: Rule,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
enum Rule {
    Unknown,
    Success,
    Read,
    Refused,
    NotApplied,
    Verify,
    Idempotent,
    AppliedFinal,
    Transaction,
}

/// What to do about `code`, met while doing `operation`, with the client's in-doubt flag if it has one.
///
/// The condition's predicates are what a client saw; the operation and the flag sharpen them: a read is never applied, an
/// in-doubt write may have been, and a write that must not happen twice is only to be repeated after a look.
///
/// ```
/// use aerocodes::{Answer, Code, Operation, advise};
/// let timeout: Code = "java:9".parse()?;
/// assert_eq!(advise(timeout, Operation::READ, None).retryable, Answer::Yes);
/// let write = advise(timeout, Operation::WRITE, Some(true));
/// assert_eq!((write.retryable, write.maybe_applied), (Answer::Depends, Answer::Yes));
/// # Ok::<(), aerocodes::ParseCodeError>(())
/// ```
pub fn advise(code: Code, operation: Operation, in_doubt: Option<bool>) -> Advice {
    let reading = code.lookup();
    let Predicates { retryable, maybe_applied, .. } = reading.predicates();
    let make = |retryable, maybe_applied, rule| {
        let p = Predicates::of(retryable, maybe_applied);
        Advice { reading, operation, in_doubt, retryable, maybe_applied, retryable_not_applied: p.retryable_not_applied, rule }
    };
    let condition = reading.condition();
    if condition == Some(Condition::OK) {
        let applied = if operation.mutates() { Answer::Yes } else { Answer::No };
        return make(Answer::No, applied, Rule::Success);
    }
    let applied = match (operation.mutates(), in_doubt) {
        (false, _) => Answer::No,
        (true, Some(true)) => Answer::Yes,
        (true, Some(false)) if condition.is_some() => Answer::No,
        _ => maybe_applied,
    };
    if condition.is_none() {
        return make(Answer::Unknown, applied, Rule::Unknown);
    }
    let open = !matches!(applied, Answer::No);
    let transient = !matches!(retryable, Answer::No);
    match (open, transient) {
        (false, false) => make(retryable, applied, Rule::Refused),
        (false, true) => make(retryable, applied, if operation.mutates() { Rule::NotApplied } else { Rule::Read }),
        (true, false) => make(retryable, applied, Rule::AppliedFinal),
        (true, true) if operation.is_idempotent() => make(retryable, applied, Rule::Idempotent),
        (true, true) => {
            let careful = if matches!(retryable, Answer::Unknown) { Answer::Unknown } else { Answer::Depends };
            make(careful, applied, if operation == Operation::TRANSACTION { Rule::Transaction } else { Rule::Verify })
        }
    }
}

impl Advice {
    /// The rule for the operation in one sentence; the condition's own [`reason`](Condition::reason) tells the rest.
    #[cfg(feature = "text")]
    pub fn rule(&self) -> &'static str {
        use crate::generated::text::{self as t, TEXT, TEXT_AT};
        let phrase = match self.rule {
            Rule::Unknown => t::ADVICE_UNKNOWN,
            Rule::Success => t::ADVICE_SUCCESS,
            Rule::Read => t::ADVICE_READ,
            Rule::Refused => t::ADVICE_REFUSED,
            Rule::NotApplied => t::ADVICE_NOT_APPLIED,
            Rule::Verify => t::ADVICE_VERIFY,
            Rule::Idempotent => t::ADVICE_IDEMPOTENT,
            Rule::AppliedFinal => t::ADVICE_APPLIED_FINAL,
            Rule::Transaction => t::ADVICE_TRANSACTION,
        };
        crate::tables::text(TEXT, &TEXT_AT, phrase)
    }

    /// Why the condition's predicates are what they are; empty when nothing is known.
    #[cfg(feature = "text")]
    pub fn reason(&self) -> &'static str {
        self.reading.condition().map_or("", Condition::reason)
    }

    /// Where that was read.
    #[cfg(feature = "text")]
    pub fn sources(&self) -> impl Iterator<Item = &'static str> {
        self.reading.condition().into_iter().flat_map(Condition::sources)
    }
}
