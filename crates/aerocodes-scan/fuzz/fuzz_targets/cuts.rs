//! Any bytes, cut anywhere: the findings of the pieces are those of the whole.
#![no_main]

use aerocodes_scan::{Options, next_cut, scan_buffer, scan_range};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, &[u8])| {
    let (at, data) = input;
    let mut whole = Vec::new();
    scan_buffer(data, |f| whole.push((f.start, f.end, f.value, f.nested)));
    let cut = next_cut(data, usize::from(at) % (data.len() + 1));
    let mut parts = Vec::new();
    for range in [0..cut, cut..data.len()] {
        scan_range(data, range, Options::new(), |f| parts.push((f.start, f.end, f.value, f.nested)));
    }
    assert_eq!(whole, parts);
});
