//! Events: a log line with the lines that continue it.

/// The first start of an event at or after `at`; the length when there is none.
pub fn next_start(b: &[u8], at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let mut from = at - 1;
    loop {
        let Some(n) = b.get(from..).and_then(|r| r.iter().position(|&c| c == b'\n')) else { return b.len() };
        let line = from + n + 1;
        if line >= b.len() {
            return b.len();
        }
        if !b[line].is_ascii_whitespace() && !b[line..].starts_with(b"Caused by") {
            return line;
        }
        from = line;
    }
}
