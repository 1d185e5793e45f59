//! Any bytes as a file, packed or not: no panic, the counts add up, the example lines hold their spans.
#![no_main]

use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::sync::{LazyLock, Mutex};

use aerocodes_scan::logs::Logs;
use libfuzzer_sys::fuzz_target;

/// One file for all runs.
static FILE: LazyLock<(String, Mutex<File>)> = LazyLock::new(|| {
    let path = std::env::temp_dir().join(format!("aerocodes-fuzz-{}", std::process::id()));
    let file = File::create(&path).expect("a temporary file");
    (path.to_string_lossy().into_owned(), Mutex::new(file))
});

fuzz_target!(|data: &[u8]| {
    let (path, file) = &*FILE;
    let mut file = file.lock().expect("one run at a time");
    file.rewind().expect("rewind");
    file.set_len(0).expect("truncate");
    file.write_all(data).expect("write");
    let s = Logs::new([path]).threads(1).examples(true).scan();
    assert_eq!(s.groups.iter().map(|g| g.count).sum::<u64>(), s.events);
    assert!(s.problems.len() <= 1 && s.undated <= s.events);
    for g in &s.groups {
        assert_eq!(g.timeline.steps().1.iter().sum::<u64>() > 0, g.first_seen.is_some());
        assert!(g.first_seen <= g.last_seen);
        for e in &g.examples {
            assert!(e.text.get(e.span.0..e.span.1).is_some_and(|t| !t.is_empty()));
        }
    }
});
