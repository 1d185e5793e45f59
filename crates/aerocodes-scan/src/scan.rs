//! Whole buffers: the findings of [`recognize_bytes`](crate::recognize_bytes), range by range or window by window.

use core::ops::Range;

use crate::{Finding, Options, Recognize};

/// How many bytes before a place the recogniser looks at; what stands earlier changes no finding.
pub const LOOK_BEHIND: usize = 4096;
/// How many bytes after a place the recogniser looks at; what stands later changes no finding that starts there.
pub const LOOK_AHEAD: usize = 32 * 1024;

/// Calls `found` with every finding of a buffer, in order.
///
/// ```
/// let mut codes = Vec::new();
/// aerocodes_scan::scan_buffer(b"com.aerospike.client.AerospikeException: Error 13,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: x\n", |f| codes.push(f.value));
/// assert_eq!(codes, [Some(13)]);
/// ```
pub fn scan_buffer(buffer: &[u8], found: impl FnMut(Finding<'_>)) {
    scan_range(buffer, 0..buffer.len(), Options::new(), found);
}

/// Calls `found` with the findings of a buffer that start within `range`; offsets are those of the buffer.
///
/// The range starts and ends at 0, at the buffer's end, or at a [`next_cut`]: then the findings of neighbouring ranges are
/// together exactly the findings of the buffer.
pub fn scan_range(buffer: &[u8], range: Range<usize>, options: Options, found: impl FnMut(Finding<'_>)) {
    Recognize::range(buffer, range, options).for_each(found);
}

/// The first event boundary at or after `at`: the start of a line that continues no earlier one. The buffer's length when
/// there is none.
///
/// ```
/// let log = b"a\njava.lang.Exception: x\n\tat y\nCaused by: z\nb\n";
/// assert_eq!(aerocodes_scan::next_cut(log, 3), log.len() - 2);
/// ```
pub fn next_cut(buffer: &[u8], at: usize) -> usize {
    crate::event::next_start(buffer, at)
}

/// Recognition of a text that comes in pieces, with bounded memory.
///
/// ```
/// use aerocodes_scan::{Options, Stream};
/// let text = b"x\ncom.aerospike.client.AerospikeException: Error 13,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: big\n";
/// let (mut stream, mut window, mut dropped, mut codes) = (Stream::new(Options::new()), Vec::new(), 0, Vec::new());
/// for piece in text.chunks(7) {
///     window.extend_from_slice(piece);
///     let keep = stream.feed(&window, dropped, false, |f| codes.push(dropped + f.start as u64));
///     window.drain(..keep);
///     dropped += keep as u64;
/// }
/// stream.feed(&window, dropped, true, |f| codes.push(dropped + f.start as u64));
/// assert_eq!(codes, [2]);
/// ```
#[derive(Clone, Debug)]
pub struct Stream {
    options: Options,
    state: crate::recognize::State,
    /// Where in the whole text the state's offsets start.
    base: u64,
}

impl Stream {
    /// At the start of a text.
    pub fn new(options: Options) -> Self {
        Self { options, state: crate::recognize::State::default(), base: 0 }
    }

    /// Takes a window of the text that starts at `offset` of it, and calls `found` with the findings that can be decided
    /// (their offsets are those of the window). Returns how many bytes at the front of the window are not needed any more: the next window
    /// must start there or earlier, and go on further. `last` says that the text ends with this window.
    pub fn feed(&mut self, window: &[u8], offset: u64, last: bool, found: impl FnMut(Finding<'_>)) -> usize {
        self.state.rebase(self.base, offset);
        self.base = offset;
        let end = if last { window.len() } else { window.len().saturating_sub(LOOK_AHEAD) };
        let mut it = Recognize::resume(window, self.state, end, self.options);
        it.by_ref().for_each(found);
        self.state = it.state();
        if last { window.len() } else { self.state.needed().min(window.len()) }
    }
}
