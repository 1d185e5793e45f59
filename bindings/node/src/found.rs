//! Findings as JSON rows, and the window over a text that comes in pieces: what the addon and the WebAssembly fallback share.

use std::fmt::Write as _;

use aerocodes::Release;
use aerocodes_scan::{Finding, Options, Stream};

/// JSON text of findings: an array of arrays, in the order that `lib/engine.js` reads.
pub struct Rows {
    out: String,
    /// Added to every offset.
    pub base: u64,
}

impl Rows {
    /// No row yet.
    pub fn new(base: u64) -> Self {
        Self { out: String::from("["), base }
    }

    /// Adds a finding.
    pub fn push(&mut self, f: &Finding<'_>) {
        let o = &mut self.out;
        if o.len() > 1 {
            o.push(',');
        }
        let _ = write!(o, "[{},{},", self.base + f.start as u64, self.base + f.end as u64);
        number(o, f.dialect.map(|d| i64::from(d.id())));
        o.push('[');
        for (i, d) in f.candidates.iter().enumerate() {
            let _ = write!(o, "{}{}", if i > 0 { "," } else { "" }, d.id());
        }
        o.push_str("],");
        number(o, f.value.map(i64::from));
        text(o, f.name);
        number(o, f.condition.map(|c| i64::from(c.id())));
        number(o, f.subcode.map(i64::from));
        number(o, f.in_doubt.map(i64::from));
        text(o, f.node);
        number(o, f.iteration.map(i64::from));
        number(o, Some(i64::from(f.nested)));
        release(o, f.release.0);
        release(o, f.release.1);
        let _ = write!(o, "{:.2},", f.confidence.level);
        text(o, Some(f.confidence.why));
        o.pop();
        o.push(']');
    }

    /// The whole text.
    pub fn finish(mut self) -> String {
        self.out.push(']');
        self.out
    }
}

fn number(o: &mut String, n: Option<i64>) {
    match n {
        Some(n) => {
            let _ = write!(o, "{n},");
        }
        None => o.push_str("null,"),
    }
}

fn release(o: &mut String, r: Option<Release>) {
    match r {
        Some(r) => {
            let _ = write!(o, "\"{r}\",");
        }
        None => o.push_str("null,"),
    }
}

fn text(o: &mut String, s: Option<&str>) {
    let Some(s) = s else { return o.push_str("null,") };
    o.push('"');
    for c in s.chars() {
        match c {
            '"' | '\\' => {
                o.push('\\');
                o.push(c);
            }
            c if c < ' ' => {
                let _ = write!(o, "\\u{:04x}", c as u32);
            }
            c => o.push(c),
        }
    }
    o.push_str("\",");
}

/// Options from the flag that crosses the boundary.
pub fn options(bare_words: bool) -> Options {
    Options::new().bare_words(bare_words)
}

/// A text in pieces, with bounded memory.
pub struct Pieces {
    stream: Stream,
    window: Vec<u8>,
    dropped: u64,
}

impl Pieces {
    /// At the start of a text.
    pub fn new(bare_words: bool) -> Self {
        Self { stream: Stream::new(options(bare_words)), window: Vec::new(), dropped: 0 }
    }

    /// Takes the next piece; the rows of the findings that are decided now, with offsets in the whole text.
    pub fn feed(&mut self, piece: &[u8], last: bool) -> String {
        self.window.extend_from_slice(piece);
        let mut rows = Rows::new(self.dropped);
        let keep = self.stream.feed(&self.window, self.dropped, last, |f| rows.push(&f));
        self.window.drain(..keep);
        self.dropped += keep as u64;
        rows.finish()
    }
}
