//! Any bytes: no panic; spans in order, disjoint, in bounds, and on character boundaries of what is text.
#![no_main]

use aerocodes_scan::{Options, recognize, recognize_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut last = 0;
    for f in recognize_bytes(data) {
        assert!(f.start >= last && f.start < f.end && f.end <= data.len());
        assert!((0.0..=1.0).contains(&f.confidence.level));
        last = f.end;
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    for f in recognize(text).chain(Options::new().bare_words(true).recognize(text)) {
        assert!(text.is_char_boundary(f.start) && text.is_char_boundary(f.end));
    }
});
