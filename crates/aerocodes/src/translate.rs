use core::fmt;

use crate::{Code, Condition, Dialect, Reading};

/// How well a translation fits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum TranslationKind {
    /// One code for one code.
    Exact,
    /// Many to one, one to many, or the nearest there is.
    Folded,
    /// The target has nothing for it.
    None,
}

impl TranslationKind {
    /// The word for programs: `exact`, `folded` or `none`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Folded => "folded",
            Self::None => "none",
        }
    }
}

/// A code in another dialect's terms.
#[derive(Clone, Debug)]
pub struct Translation {
    /// What was translated.
    pub from: Reading,
    /// The target.
    pub to: Dialect,
    /// How well it fits.
    pub kind: TranslationKind,
    targets: [Reading; Translation::MAX],
    count: usize,
    why: Why,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Why {
    Exact,
    From,
    To,
    Nearest,
    None,
    Unknown,
}

/// The target readings of a translation, the best first.
pub type Targets<'a> = core::iter::Copied<core::slice::Iter<'a, Reading>>;

/// Says `code` in the terms of `to`, as of the newest releases.
///
/// Live codes are preferred to retired ones. When several conditions share a number on either side, the answer is folded
/// and all of them are named; when the target has no code, its nearest one is given, folded, or none.
///
/// ```
/// use aerocodes::{Dialect, TranslationKind, translate};
/// let t = translate("nodejs-1.0:602".parse()?, Dialect::JAVA);
/// assert_eq!((t.kind, t.targets().next().map(|r| r.value())), (TranslationKind::Exact, Some(2)));
/// let t = translate("nodejs-1.0:400".parse()?, Dialect::SERVER);
/// assert_eq!(t.kind, TranslationKind::Folded);
/// assert!(t.targets().map(|r| r.value()).eq([9, 212]));
/// # Ok::<(), aerocodes::ParseCodeError>(())
/// ```
pub fn translate(code: Code, to: Dialect) -> Translation {
    let from = code.lookup();
    let mut out = Translation { from, to, kind: TranslationKind::None, targets: [from; Translation::MAX], count: 0, why: Why::Unknown };
    let Some(condition) = from.condition() else { return out };
    let mut folded = false;
    for c in core::iter::once(condition).chain(from.folds()) {
        folded |= out.add(c);
    }
    if out.count == 0 {
        for c in condition.nearest() {
            out.add(c);
            if out.count > 0 {
                break;
            }
        }
        out.why = if out.count > 0 { Why::Nearest } else { Why::None };
        out.kind = if out.count > 0 { TranslationKind::Folded } else { TranslationKind::None };
        return out;
    }
    // Two numberings that fold alike, as the legacy Node.js and C clients do, say the same thing.
    let alike = out.targets().any(|t| t.condition() == from.condition() && t.folds().eq(from.folds()));
    out.why = if out.count == 1 && alike {
        Why::Exact
    } else if from.folds().next().is_some() {
        Why::From
    } else if folded || out.count > 1 || out.targets().any(|t| t.folds().next().is_some()) {
        Why::To
    } else {
        Why::Exact
    };
    out.kind = if out.why == Why::Exact { TranslationKind::Exact } else { TranslationKind::Folded };
    out
}

impl Translation {
    /// No number of any dialect stands for more codes of another than this; the tests hold the registry to it.
    const MAX: usize = 12;

    /// Adds the target's codes for a condition: live ones that mean it, else live ones that stand for it among others,
    /// else the same of retired ones. Tells whether they only stand for it.
    fn add(&mut self, condition: Condition) -> bool {
        for (retired, fold) in [(false, false), (false, true), (true, false), (true, true)] {
            let hits = self.to.readings().filter(|r| {
                let means = if fold { r.folds().any(|f| f == condition) } else { r.condition() == Some(condition) };
                means && !r.is_wrong() && r.is_retired() == retired
            });
            let mut any = false;
            for r in hits {
                any = true;
                if !self.targets().any(|t| t.value() == r.value()) && self.count < Self::MAX {
                    self.targets[self.count] = r;
                    self.count += 1;
                }
            }
            if any {
                return fold;
            }
        }
        false
    }

    /// The target's readings, the best first; one for each code.
    pub fn targets(&self) -> Targets<'_> {
        self.targets[..self.count].iter().copied()
    }

    /// Why it is exact, folded or none, in one sentence.
    #[cfg(feature = "text")]
    pub fn reason(&self) -> &'static str {
        use crate::generated::text::{self as t, TEXT, TEXT_AT};
        let phrase = match self.why {
            Why::Exact => t::TRANSLATE_EXACT,
            Why::From => t::TRANSLATE_FOLDED_FROM,
            Why::To => t::TRANSLATE_FOLDED_TO,
            Why::Nearest => t::TRANSLATE_NEAREST,
            Why::None => t::TRANSLATE_NONE,
            Why::Unknown => t::TRANSLATE_UNKNOWN,
        };
        crate::tables::text(TEXT, &TEXT_AT, phrase)
    }
}

impl fmt::Display for Translation {
    /// `nodejs-1.0:400 -> server: folded 9, 212`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}: {}", self.from.code(), self.to, self.kind.key())?;
        for (i, t) in self.targets().enumerate() {
            write!(f, "{}{}", if i == 0 { " " } else { ", " }, t.value())?;
        }
        Ok(())
    }
}
