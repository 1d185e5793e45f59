//! What holds for any text: spans, order, cuts, windows, time.

use std::fmt::Write as _;

use aerocodes_scan::{Finding, LOOK_AHEAD, Options, Stream, next_cut, recognize, recognize_bytes, scan_buffer, scan_range};
use serde::Deserialize;

#[derive(Deserialize)]
struct Corpus {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
}

fn texts() -> Vec<String> {
    toml::from_str::<Corpus>(include_str!("corpus/positive.toml")).expect("positive.toml").case.into_iter().map(|c| c.text).collect()
}

/// Everything that must not depend on how a text is cut.
fn row(f: &Finding<'_>, base: u64) -> String {
    let mut s = String::new();
    let _ = write!(s, "{} {} {:?} {:?} {:?}", base + f.start as u64, base + f.end as u64, f.dialect, f.value, f.condition);
    let _ = write!(s, " {:?} {:?} {:?} {} {:?} {:?}", f.in_doubt, f.node, f.iteration, f.nested, f.release, f.name);
    s
}

fn whole(text: &[u8]) -> Vec<String> {
    recognize_bytes(text).map(|f| row(&f, 0)).collect()
}

/// A small generator of random numbers, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % n
    }
}

/// Compares lists, and shows where they part.
fn same(got: &[String], want: &[String], what: &str) {
    let differs = got.iter().zip(want).position(|(a, b)| a != b).unwrap_or(got.len().min(want.len()));
    assert!(
        got == want,
        "{what}: {} and {} findings, number {differs} is\n{:?}, not\n{:?}",
        got.len(),
        want.len(),
        got.get(differs),
        want.get(differs)
    );
}

/// The corpus within ordinary log lines.
fn log(repeat: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut random = Random(42);
    for _ in 0..repeat {
        for text in texts() {
            for _ in 0..random.below(4) {
                out.extend_from_slice(b"2026-11-22 04:03:10.120 INFO [main] c.e.App - order 12 of 30 priced, code path 9\n");
            }
            out.extend_from_slice(text.as_bytes());
            if !text.ends_with('\n') {
                out.push(b'\n');
            }
        }
    }
    out
}

#[test]
fn any_cut_gives_the_same_findings() {
    let log = log(2);
    let want = whole(&log);
    assert!(want.len() > 900, "{}", want.len());
    let mut buffered = Vec::new();
    scan_buffer(&log, |f| buffered.push(row(&f, 0)));
    assert_eq!(buffered, want);
    let mut random = Random(7);
    for round in 0..40 {
        let mut cuts = vec![0, log.len()];
        for _ in 0..=round * 3 {
            cuts.push(next_cut(&log, random.below(log.len())));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let mut got = Vec::new();
        for pair in cuts.windows(2) {
            scan_range(&log, pair[0]..pair[1], Options::new(), |f| got.push(row(&f, 0)));
        }
        same(&got, &want, &format!("cuts at {cuts:?}"));
    }
    // The finest cut of all: every event alone.
    let mut got = Vec::new();
    let mut at = 0;
    while at < log.len() {
        let next = next_cut(&log, at + 1);
        scan_range(&log, at..next, Options::new(), |f| got.push(row(&f, 0)));
        at = next;
    }
    assert_eq!(got, want);
}

#[test]
fn any_window_gives_the_same_findings() {
    let log = log(2);
    let want = whole(&log);
    for step in [1000, 4096, 70_000, log.len() + 1] {
        let (mut stream, mut window, mut offset, mut got) = (Stream::new(Options::new()), Vec::new(), 0u64, Vec::new());
        for piece in log.chunks(step) {
            window.extend_from_slice(piece);
            let keep = stream.feed(&window, offset, false, |f| got.push(row(&f, offset)));
            window.drain(..keep);
            offset += keep as u64;
            assert!(window.len() <= step + 2 * LOOK_AHEAD, "a window of {} bytes", window.len());
        }
        stream.feed(&window, offset, true, |f| got.push(row(&f, offset)));
        same(&got, &want, &format!("in steps of {step}"));
    }
}

/// Spans are in order, disjoint, within the text and on character boundaries.
fn sound(text: &str) {
    let mut last = 0;
    for f in recognize(text).chain(None) {
        assert!(f.start >= last && f.start < f.end && f.end <= text.len(), "{}..{} in {text:?}", f.start, f.end);
        assert!(text.is_char_boundary(f.start) && text.is_char_boundary(f.end), "{}..{} in {text:?}", f.start, f.end);
        last = f.end;
    }
    let mut last = 0;
    for f in Options::new().bare_words(true).recognize(text) {
        assert!(
            f.start >= last && f.start < f.end && f.end <= text.len() && text.is_char_boundary(f.start) && text.is_char_boundary(f.end),
            "{text:?}"
        );
        last = f.end;
    }
}

#[test]
fn spans_are_sound_in_damaged_texts() {
    let texts = texts();
    let mut random = Random(99);
    for text in &texts {
        sound(text);
        // Every end, as truncation makes them.
        let step = (text.len() / 60).max(1);
        for end in (0..text.len()).step_by(step).filter(|e| text.is_char_boundary(*e)) {
            sound(&text[..end]);
            sound(&text[end..]);
        }
        for _ in 0..12 {
            let mut chars: Vec<char> = text.chars().collect();
            for _ in 0..1 + random.below(4) {
                let at = random.below(chars.len());
                chars[at] = ['é', '\n', '\\', '"', '(', '9', '\u{1b}', '漢', ' ', ':', ',', '-'][random.below(12)];
            }
            sound(&chars.into_iter().collect::<String>());
        }
    }
    for _ in 0..400 {
        let (a, b) = (&texts[random.below(texts.len())], &texts[random.below(texts.len())]);
        sound(&format!("{a}{b}"));
        sound(&format!("{a} ü {b}"));
    }
}

#[test]
fn bytes_that_are_no_text_are_harmless() {
    let mut random = Random(3);
    for text in texts() {
        let mut bytes = text.into_bytes();
        for _ in 0..5 {
            let at = random.below(bytes.len());
            bytes[at] = [0, 0xFF, 0xC3, 0x80, b'\n'][random.below(5)];
            let mut last = 0;
            for f in recognize_bytes(&bytes) {
                assert!(f.start >= last && f.end <= bytes.len());
                last = f.end;
            }
        }
    }
}

/// Twice the text takes about twice the time, also where every line continues the one before it.
#[test]
fn work_grows_with_the_text_only() {
    let link =
        "\n  ResultCode: NETWORK_ERROR, Iteration: 1, InDoubt: false, Node: <nil>: network error. Check the wrapped error for detail";
    let mut chain = String::from("ResultCode: MAX_RETRIES_EXCEEDED, Iteration: 1, InDoubt: true, Node: <nil>: x");
    while chain.len() < 500_000 {
        chain.push_str(link);
    }
    let escaped = chain.replace('\n', "\\n");
    for text in [&chain, &escaped] {
        let nested = recognize(text).skip(1).filter(|f| f.nested).count();
        assert!(nested >= 1, "nested links");
        assert!(recognize(text).next().is_some_and(|f| f.value == Some(-16) && !f.nested));
    }
    // Hostile repetitions: anchors without an end to their shapes.
    for part in [
        "Error 9,1,",
        "(9, '",
        "ResultCode: ",
        "{ code: 9, ",
        "AerospikeError: ",
        "timeout: ",
        "Error: (9) ",
        "src/main/a.c:1 ",
        "verify errors:\n",
        "\n\tat x",
        "aerospike ",
        "com.aerospike.",
        "\\n",
        "((((((",
    ] {
        let text = part.repeat(120_000 / part.len());
        sound_bytes(&text);
    }
}

fn sound_bytes(text: &str) {
    let start = std::time::Instant::now();
    let n = recognize(text).count();
    // Not a measurement: quadratic work on this text would take minutes.
    assert!(start.elapsed().as_secs() < 20, "{n} findings in {:?} of {:?}…", start.elapsed(), &text[..20]);
}

#[test]
fn bare_words_count_when_asked_for() {
    let text = "it said KEY_BUSY, then RecordNotFound, then TIMEOUT and AEROSPIKE_ERR_CLUSTER";
    assert_eq!(recognize(text).count(), 1);
    let found: Vec<_> = Options::new().bare_words(true).recognize(text).filter_map(|f| f.name).collect();
    assert_eq!(found, ["KEY_BUSY", "RecordNotFound", "TIMEOUT", "AEROSPIKE_ERR_CLUSTER"]);
}
