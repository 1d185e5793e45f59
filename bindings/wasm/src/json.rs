//! What was found, as JSON: without `core::fmt`, which would weigh more than everything else here.

use aerocodes::Release;
use aerocodes_scan::Options;

use crate::memory::Out;

/// Writes an array of arrays; puts the commas.
struct Json {
    out: Out,
    fresh: bool,
}

impl Json {
    #[inline(never)]
    fn comma(&mut self) {
        if !self.fresh {
            self.out.push(b',');
        }
        self.fresh = false;
    }

    fn open(&mut self) {
        self.comma();
        self.out.push(b'[');
        self.fresh = true;
    }

    fn close(&mut self) {
        self.out.push(b']');
        self.fresh = false;
    }

    /// A number.
    #[inline(never)]
    fn number(&mut self, n: i32) {
        self.comma();
        self.digits(n);
    }

    /// A number that may be absent: then an empty string.
    #[inline(never)]
    fn maybe(&mut self, n: Option<i32>) {
        match n {
            Some(n) => self.number(n),
            None => self.text(b""),
        }
    }

    #[inline(never)]
    fn digits(&mut self, n: i32) {
        if n < 0 {
            self.out.push(b'-');
        }
        let rest = n.unsigned_abs();
        let mut unit = 1_000_000_000u32;
        while unit > 1 && rest < unit {
            unit /= 10;
        }
        while unit > 0 {
            self.out.push(b'0' + (rest / unit % 10) as u8);
            unit /= 10;
        }
    }

    /// A string, in UTF-8.
    #[inline(never)]
    fn text(&mut self, s: &[u8]) {
        self.comma();
        self.out.push(b'"');
        for &b in s {
            if b == b'"' || b == b'\\' {
                self.out.push(b'\\');
            }
            // Control characters carry nothing that a reader of a code needs.
            self.out.push(b.max(b' '));
        }
        self.out.push(b'"');
    }

    /// A release as a string; 0 where there is none.
    #[inline(never)]
    fn release(&mut self, r: Option<Release>) {
        let Some(r) = r else { return self.number(0) };
        self.comma();
        self.out.push(b'"');
        let mut dot = false;
        for n in r.parts() {
            if dot {
                self.out.push(b'.');
            }
            dot = true;
            self.digits(i32::from(*n));
        }
        self.out.push(b'"');
    }
}

/// Writes what `text` holds behind it; where that ends, or 0 when memory did not suffice. The order of the fields is that
/// of `Found` in `src/js/recognize.ts`: start and end in UTF-8 bytes, then what `aerocodes_scan::Finding` knows.
pub fn findings(text: &'static [u8], limit: u32, bare_words: bool) -> usize {
    let mut j = Json { out: Out::behind(text), fresh: true };
    j.open();
    for f in Options::new().bare_words(bare_words).recognize_bytes(text).take(limit as usize) {
        j.open();
        j.number(f.start as i32);
        j.number(f.end as i32);
        j.number(f.dialect.map_or(-1, |d| i32::from(d.id())));
        j.maybe(f.value);
        j.text(f.name.unwrap_or("").as_bytes());
        j.number(f.condition.map_or(0, |c| i32::from(c.id())));
        j.maybe(f.subcode.map(|s| s as i32));
        j.maybe(f.in_doubt.map(i32::from));
        j.text(f.node.unwrap_or("").as_bytes());
        j.maybe(f.iteration.map(|i| i as i32));
        j.number(i32::from(f.nested));
        j.release(f.release.0);
        j.release(f.release.1);
        j.number((f.confidence.level * 1000.0 + 0.5) as i32);
        j.text(f.confidence.why.as_bytes());
        for d in f.candidates.iter() {
            j.number(i32::from(d.id()));
        }
        j.close();
    }
    j.close();
    j.out.finish()
}
