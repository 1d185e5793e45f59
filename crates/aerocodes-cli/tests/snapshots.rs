//! What the command prints, word for word: `tests/cmd/*.md`. `TRYCMD=overwrite cargo test -p aerocodes-cli` takes over a change.

use std::io::Write as _;
use std::process::{Command, Stdio};

#[test]
fn snapshots() {
    // A terminal's width must not decide, nor its colours.
    trycmd::TestCases::new().env("COLUMNS", "80").env("NO_COLOR", "1").case("tests/cmd/*.md").run();
}

fn command() -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_aerocodes"));
    c.env("COLUMNS", "80").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    c
}

#[test]
fn a_closed_pipe_ends_it_silently() {
    let mut child = command().args(["list"]).spawn().expect("it starts");
    drop(child.stdout.take());
    let out = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&out.stderr), "");
}

#[test]
fn binary_input_is_refused_line_by_line() {
    let mut child = command().args(["explain", "-"]).stdin(Stdio::piped()).spawn().expect("it starts");
    let bytes: Vec<u8> = (0..=255u8).cycle().take(20_000).collect();
    child.stdin.take().expect("a pipe").write_all(&bytes).expect("it reads");
    let out = child.wait_with_output().expect("it ends");
    assert!(matches!(out.status.code(), Some(1 | 2)), "{:?}", out.status);
    let complaints = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(complaints.lines().all(|l| l.starts_with("aerocodes: ")) && !complaints.contains("panicked"), "{complaints}");
}

#[test]
fn json_is_valid_whatever_was_asked() {
    for args in [&["-8"][..], &["server:88"], &["frobnicate"], &["java:9", "nosuch:1"], &["TIMEOUT"], &["AS_ERR_FORBIDDEN"]] {
        let out = command().arg("explain").args(args).args(["--format", "json"]).output().expect("it runs");
        let v: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}"));
        assert_eq!(v["schema"], "aerocodes/1");
        assert!(v["readings"].is_array(), "{args:?}");
    }
}

#[test]
fn every_line_of_ndjson_and_every_record_of_csv_is_whole() {
    let out = command().args(["list", "--format", "ndjson"]).output().expect("it runs");
    let lines: Vec<serde_json::Value> =
        String::from_utf8_lossy(&out.stdout).lines().map(|l| serde_json::from_str(l).expect("an object")).collect();
    let out = command().args(["list", "--format", "csv"]).output().expect("it runs");
    let mut csv = csv::Reader::from_reader(&out.stdout[..]);
    assert_eq!(csv.records().filter(Result::is_ok).count(), lines.len());
    assert!(lines.len() > 1500);
}

#[test]
fn colour_is_for_terminals_only() {
    let plain = command().args(["java:9"]).output().expect("it runs").stdout;
    let forced = command().args(["java:9", "--color", "always"]).output().expect("it runs").stdout;
    assert!(!plain.contains(&0x1b) && forced.contains(&0x1b));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in ["60", "80", "200"] {
        let out = command().env("COLUMNS", width).args(["-8", "java:9", "server:22", "nodejs-1.0:400"]).output().expect("it runs");
        for line in String::from_utf8_lossy(&out.stdout).lines() {
            let long_word = line.split_whitespace().any(|w| w.len() > 40);
            assert!(line.chars().count() <= width.parse::<usize>().unwrap_or(0).max(76) || long_word, "{width}: {line}");
        }
    }
}

/// A line without end on standard input: more of it than the memory that may be used.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_whatever_the_length_of_a_line() {
    const ALLOWED: usize = 64 << 20;
    let mut child = command().args(["scan", "-", "--format", "json"]).stdin(Stdio::piped()).spawn().expect("it starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(b"com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9020011AC4202 10.0.0.9 3000: Hot key ")
        .expect("it reads");
    let filler = vec![b'x'; 1 << 20];
    for _ in 0..ALLOWED / filler.len() + 16 {
        pipe.write_all(&filler).expect("it reads");
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("its state");
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).expect("its peak");
    let kilobytes: usize = peak.trim().trim_end_matches(" kB").parse().expect("a number");
    drop(pipe);
    let out = child.wait_with_output().expect("it ends");
    let v: serde_json::Value = serde_json::from_slice(&out.stdout).expect("an object");
    assert_eq!(v["events"], 1);
    assert!(kilobytes * 1024 <= ALLOWED, "{kilobytes} kB");
}
