use crate::Recognize;

/// What counts as a finding.
///
/// ```
/// use aerocodes_scan::Options;
/// assert_eq!(Options::new().recognize("it said KEY_BUSY").count(), 0);
/// assert_eq!(Options::new().bare_words(true).recognize("it said KEY_BUSY").count(), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Options {
    pub(crate) bare_words: bool,
}

impl Options {
    /// What [`recognize`](crate::recognize) uses: a bare word counts only with Aerospike context near it.
    pub const fn new() -> Self {
        Self { bare_words: false }
    }

    /// Whether a known name such as `KEY_BUSY` counts wherever it stands.
    pub const fn bare_words(mut self, yes: bool) -> Self {
        self.bare_words = yes;
        self
    }

    /// Every raised error in `text`, in order.
    pub fn recognize(self, text: &str) -> Recognize<'_> {
        self.recognize_bytes(text.as_bytes())
    }

    /// Every raised error in `bytes`, in order; bytes that are no UTF-8 are like any other character.
    pub fn recognize_bytes(self, bytes: &[u8]) -> Recognize<'_> {
        Recognize::range(bytes, 0..bytes.len(), self)
    }
}
