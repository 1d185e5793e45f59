use aerocodes::{Dialect, Reading};

use crate::{Candidates, Confidence, Finding};

/// Every raised error in `text`, in order.
pub fn recognize(text: &str) -> Recognize<'_> {
    Recognize { text, at: 0 }
}

/// The findings in a text; made by [`recognize`]. Needs no allocator.
#[derive(Clone, Debug)]
pub struct Recognize<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Recognize<'t> {
    type Item = Finding<'t>;

    fn next(&mut self) -> Option<Finding<'t>> {
        while let Some(found) = self.text.get(self.at..)?.find("Error ") {
            let start = self.at + found;
            self.at = start + 6;
            let digits = &self.text[self.at..];
            let len = digits.bytes().take_while(|b| b.is_ascii_digit() || *b == b'-').count();
            let Ok(value) = digits[..len].parse::<i32>() else { continue };
            let dialect = Dialect::JAVA;
            return Some(Finding {
                start,
                end: self.at + len,
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
