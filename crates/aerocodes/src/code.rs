use core::fmt;
use core::str::FromStr;

use crate::spelling::{Spelled, find};
use crate::{Dialect, Reading};

/// A dialect and a number: any pair is a code, known or not.
///
/// ```
/// use aerocodes::{Code, Dialect};
/// let code: Code = "server:0x16".parse()?;
/// assert_eq!(code, Code::new(Dialect::SERVER, 22));
/// assert_eq!("AS_ERR_TIMEOUT".parse::<Code>()?, aerocodes::codes::server::AS_ERR_TIMEOUT);
/// assert_eq!("legacy:602".parse::<Code>()?.to_string(), "nodejs-1.0:602");
/// # Ok::<(), aerocodes::ParseCodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The numbering.
    pub dialect: Dialect,
    /// The number.
    pub value: i32,
}

impl Code {
    /// The code `value` of `dialect`.
    pub const fn new(dialect: Dialect, value: i32) -> Self {
        Self { dialect, value }
    }

    /// What it means as of the newest release; the same as [`Dialect::lookup`].
    pub const fn lookup(self) -> Reading {
        self.dialect.lookup(self.value)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({self})")
    }
}

impl fmt::Display for Code {
    /// `java:-8`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.dialect, self.value)
    }
}

/// Why a text is no code (or no release).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParseCodeError {
    kind: ParseErrorKind,
    /// A reading of the ambiguous spelling.
    spelling: Option<Reading>,
}

/// The ways in which a text is no code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// There is no text.
    Empty,
    /// A dialect and a colon, and nothing behind it.
    MissingValue,
    /// No dialect has the key before the colon.
    UnknownDialect,
    /// A number that does not fit 32 bits with sign.
    OutOfRange,
    /// A bare number: it has readings in many dialects.
    NoDialect,
    /// No dialect, or not the one given, has this name.
    UnknownName,
    /// Several dialects have this name: see [`ParseCodeError::candidates`].
    Ambiguous,
    /// Not one to four numbers with dots.
    Release,
}

impl ParseCodeError {
    pub(crate) const fn new(kind: ParseErrorKind) -> Self {
        Self { kind, spelling: None }
    }

    /// What is wrong.
    pub const fn kind(&self) -> ParseErrorKind {
        self.kind
    }

    /// The readings that an ambiguous name may mean; none for other errors.
    ///
    /// ```
    /// use aerocodes::{Code, ParseErrorKind};
    /// let error = "KEY_BUSY".parse::<Code>().unwrap_err();
    /// assert_eq!(error.kind(), ParseErrorKind::Ambiguous);
    /// assert!(error.candidates().any(|r| r.to_string() == "java:14 KEY_BUSY"));
    /// ```
    pub fn candidates(&self) -> impl Iterator<Item = Reading> {
        self.spelling.and_then(Reading::name).map_or(Spelled::none(), find)
    }
}

impl fmt::Display for ParseCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            ParseErrorKind::Empty => f.write_str("the code is empty; write a number, a name, or dialect:number as in java:-8"),
            ParseErrorKind::MissingValue => f.write_str("nothing follows the colon; write a number or a name behind it, as in java:-8"),
            ParseErrorKind::UnknownDialect => {
                f.write_str("no dialect has this key; known are")?;
                for (i, d) in Dialect::all().enumerate() {
                    write!(f, "{} {d}", if i == 0 { "" } else { "," })?;
                }
                Ok(())
            }
            ParseErrorKind::OutOfRange => f.write_str("the number is out of range; codes run from -2147483648 to 2147483647"),
            ParseErrorKind::NoDialect => f.write_str("a number alone has readings in several dialects; write dialect:number as in java:-8"),
            ParseErrorKind::UnknownName => f.write_str("no dialect has a code of this name"),
            ParseErrorKind::Ambiguous => {
                f.write_str("the name is ambiguous; it may mean")?;
                for (i, r) in self.candidates().enumerate() {
                    write!(f, "{} {}", if i == 0 { "" } else { "," }, r.code())?;
                }
                Ok(())
            }
            ParseErrorKind::Release => f.write_str("this is no release; write one to four numbers with dots, as in 4.5.0.1"),
        }
    }
}

impl core::error::Error for ParseCodeError {}

/// A number in decimal or, after `0x`, in hexadecimal; `None` when the text is none.
pub(crate) fn number(s: &str) -> Option<Result<i32, ParseErrorKind>> {
    let (negative, digits) = match s.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, s.strip_prefix('+').unwrap_or(s)),
    };
    let (radix, digits) = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(hex) => (16, hex),
        None => (10, digits),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0i64;
    for b in digits.bytes() {
        // Beyond 32 bits it only has to stay there.
        value = (value * i64::from(radix) + i64::from(char::from(b).to_digit(radix)?)).min(1 << 40);
    }
    Some(i32::try_from(if negative { -value } else { value }).map_err(|_| ParseErrorKind::OutOfRange))
}

impl FromStr for Code {
    type Err = ParseCodeError;

    /// Reads `dialect:number`, `dialect:NAME` (decimal or `0x` hexadecimal), or a name that only one code has.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let fault = |kind| Err(ParseCodeError::new(kind));
        let s = s.trim();
        if s.is_empty() {
            return fault(ParseErrorKind::Empty);
        }
        // By bytes: `split_once` brings a search of its own into small programs.
        let colon = s.bytes().position(|b| b == b':');
        if let Some((key, rest)) = colon.and_then(|i| Some((s.get(..i)?, s.get(i + 1..)?))) {
            let Some(dialect) = Dialect::from_key(key.trim()) else { return fault(ParseErrorKind::UnknownDialect) };
            let rest = rest.trim();
            if rest.is_empty() {
                return fault(ParseErrorKind::MissingValue);
            }
            return match number(rest) {
                Some(value) => value.map(|v| Self::new(dialect, v)).map_err(ParseCodeError::new),
                None => {
                    // A name may have moved: the number of the newest release counts.
                    let best = find(rest)
                        .filter(|r| r.dialect() == dialect)
                        .min_by_key(|r| (r.is_wrong(), r.is_retired(), core::cmp::Reverse(r.value)));
                    best.map(Reading::code).ok_or(ParseCodeError::new(ParseErrorKind::UnknownName))
                }
            };
        }
        match number(s) {
            Some(Ok(_)) => return fault(ParseErrorKind::NoDialect),
            Some(Err(kind)) => return fault(kind),
            None => {}
        }
        let mut found = find(s).filter(|r| !r.is_wrong());
        let Some(first) = found.next() else { return fault(ParseErrorKind::UnknownName) };
        if found.any(|r| r.code() != first.code()) {
            return Err(ParseCodeError { kind: ParseErrorKind::Ambiguous, spelling: Some(first) });
        }
        Ok(first.code())
    }
}
