//! A JSON writer without `core::fmt`, which would weigh more than everything else here.

use alloc::vec::Vec;

/// Writes nested arrays and objects; puts the commas.
pub struct Json {
    out: Vec<u8>,
    fresh: bool,
}

impl Json {
    /// Nothing written yet.
    pub fn new() -> Self {
        Self { out: Vec::new(), fresh: true }
    }

    /// The text, in UTF-8.
    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    #[inline(never)]
    fn byte(&mut self, b: u8) {
        self.out.push(b);
    }

    #[inline(never)]
    fn comma(&mut self) {
        if !self.fresh {
            self.byte(b',');
        }
        self.fresh = false;
    }

    /// Opens an array or an object.
    #[inline(never)]
    pub fn open(&mut self, bracket: u8) {
        self.comma();
        self.byte(bracket);
        self.fresh = true;
    }

    /// Closes it.
    #[inline(never)]
    pub fn close(&mut self, bracket: u8) {
        self.byte(bracket);
        self.fresh = false;
    }

    /// A key of an object, before its value.
    pub fn key(&mut self, key: &str) {
        self.text(key.as_bytes());
        self.byte(b':');
        self.fresh = true;
    }

    /// A number.
    #[inline(never)]
    pub fn number(&mut self, n: i32) {
        self.comma();
        self.digits(n);
    }

    /// The digits of a number, with nothing before them.
    #[inline(never)]
    fn digits(&mut self, n: i32) {
        if n < 0 {
            self.byte(b'-');
        }
        let rest = n.unsigned_abs();
        let mut unit = 1_000_000_000u32;
        while unit > 1 && rest < unit {
            unit /= 10;
        }
        while unit > 0 {
            self.byte(b'0' + (rest / unit % 10) as u8);
            unit /= 10;
        }
    }

    /// A string, in UTF-8.
    #[inline(never)]
    pub fn text(&mut self, s: &[u8]) {
        self.comma();
        self.byte(b'"');
        for &b in s {
            match b {
                b'"' | b'\\' => {
                    self.byte(b'\\');
                    self.byte(b);
                }
                b'\n' => {
                    self.byte(b'\\');
                    self.byte(b'n');
                }
                // Other control characters carry nothing that a reader of a code needs.
                0..32 => self.byte(b' '),
                _ => self.byte(b),
            }
        }
        self.byte(b'"');
    }

    /// A release as a string; 0 where there is none.
    #[inline(never)]
    pub fn release(&mut self, r: Option<aerocodes::Release>) {
        let Some(r) = r else { return self.number(0) };
        self.comma();
        self.byte(b'"');
        let mut dot = false;
        for n in r.parts() {
            if dot {
                self.byte(b'.');
            }
            dot = true;
            self.digits(i32::from(*n));
        }
        self.byte(b'"');
    }
}
