use core::ops::Range;

use aerocodes::{Dialect, Reading};

use crate::{Candidates, Confidence, Finding, Options};

/// Every raised error in `text`, in order.
pub fn recognize(text: &str) -> Recognize<'_> {
    Options::new().recognize(text)
}

/// Every raised error in `bytes`, in order; bytes that are no UTF-8 are like any other character.
pub fn recognize_bytes(bytes: &[u8]) -> Recognize<'_> {
    Options::new().recognize_bytes(bytes)
}

/// The findings in a text; made by [`recognize`]. Needs no allocator.
#[derive(Clone, Debug)]
pub struct Recognize<'t> {
    b: &'t [u8],
    end: usize,
    state: State,
}

/// What the recogniser remembers between two findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    at: usize,
}

impl State {
    /// Makes offsets that count from `from` count from `to`.
    pub fn rebase(&mut self, from: u64, to: u64) {
        self.at = (self.at as u64 + from).saturating_sub(to) as usize;
    }

    /// First byte that may still be looked at.
    pub fn needed(&self) -> usize {
        self.at.saturating_sub(crate::LOOK_BEHIND)
    }
}

impl<'t> Recognize<'t> {
    pub(crate) fn range(b: &'t [u8], range: Range<usize>, options: Options) -> Self {
        Self::resume(b, State { at: range.start }, range.end, options)
    }

    pub(crate) fn resume(b: &'t [u8], state: State, end: usize, _: Options) -> Self {
        Self { b, end, state }
    }

    pub(crate) fn state(&self) -> State {
        State { at: self.state.at.max(self.end) }
    }
}

impl<'t> Iterator for Recognize<'t> {
    type Item = Finding<'t>;

    fn next(&mut self) -> Option<Finding<'t>> {
        while let Some(found) = self.b.get(self.state.at..self.end)?.windows(6).position(|w| w == b"Error ") {
            let start = self.state.at + found;
            self.state.at = start + 6;
            let digits = &self.b[self.state.at..];
            let len = digits.iter().take_while(|b| b.is_ascii_digit() || **b == b'-').count();
            let Ok(value) = core::str::from_utf8(&digits[..len]).unwrap_or("").parse::<i32>() else { continue };
            let dialect = Dialect::JAVA;
            return Some(Finding {
                start,
                end: self.state.at + len,
                dialect: Some(dialect),
                candidates: Candidates::NONE.with(dialect),
                value: Some(value),
                name: None,
                condition: Reading::condition(dialect.lookup(value)),
                subcode: None,
                in_doubt: None,
                node: None,
                iteration: None,
                nested: false,
                release: (None, None),
                confidence: Confidence { level: 0.5, why: "the shape of a Java message" },
            });
        }
        None
    }
}
