//! Whole logs: the same findings however a file is cut, packed or read, and every fault named once.
#![cfg(feature = "std")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use aerocodes::{Condition, Dialect};
use aerocodes_scan::logs::{By, Filter, Kind, Logs, Progress, Summary, Timestamp};
use aerocodes_scan::recognize_bytes;

/// What must not depend on the cut: place, length, meaning, nesting.
type Found = (u64, usize, Option<Dialect>, Option<i32>, Option<Condition>, bool, Option<bool>, Option<String>);

fn expected(text: &[u8]) -> Vec<Found> {
    recognize_bytes(text)
        .map(|f| (f.start as u64, f.end - f.start, f.dialect, f.value, f.condition, f.nested, f.in_doubt, f.node.map(Into::into)))
        .collect()
}

fn scanned(logs: Logs<'_>) -> (Vec<Found>, Summary) {
    let found = Mutex::new(Vec::new());
    let summary = logs
        .on_hit(|h| {
            let f = h.finding;
            let row = (h.offset, f.end - f.start, f.dialect, f.value, f.condition, f.nested, f.in_doubt, f.node.map(Into::into));
            found.lock().unwrap().push(row);
        })
        .scan();
    let mut found = found.into_inner().unwrap();
    found.sort_by_key(|f| (f.0, f.1));
    (found, summary)
}

/// Every text of both corpora, with and without errors, and the logs below `examples/data`.
fn corpus() -> Vec<Vec<u8>> {
    #[derive(serde::Deserialize)]
    struct Positives {
        case: Vec<Case>,
    }
    #[derive(serde::Deserialize)]
    struct Case {
        text: String,
    }
    #[derive(serde::Deserialize)]
    struct Negatives {
        text: Vec<String>,
    }
    let mut out: Vec<Vec<u8>> = Vec::new();
    for (positives, negatives) in [
        (include_str!("corpus/positive.toml"), include_str!("corpus/negative.toml")),
        (include_str!("corpus/held-back-positive.toml"), include_str!("corpus/held-back-negative.toml")),
    ] {
        let positives: Positives = toml::from_str(positives).unwrap();
        // Turn by turn, so that each kind stands next to the other.
        let mut negatives = toml::from_str::<Negatives>(negatives).unwrap().text.into_iter();
        for case in positives.case {
            out.push(case.text.into_bytes());
            out.extend(negatives.next().map(String::into_bytes));
        }
        out.extend(negatives.map(String::into_bytes));
    }
    let logs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data/logs");
    let mut paths: Vec<PathBuf> = fs::read_dir(logs).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    out.extend(paths.iter().map(|p| fs::read(p).unwrap()));
    assert!(out.len() > 1000);
    out
}

/// A log of at least `size` bytes with the whole corpus in it, and ordinary lines between.
fn log(size: usize) -> Vec<u8> {
    let texts = corpus();
    let mut out = Vec::new();
    let mut n = 0u32;
    while out.len() < size {
        for text in &texts {
            writeln!(
                out,
                "2026-11-22 04:{:02}:{:02},120 INFO [worker-{}] c.e.cart.CartService - cart {n} saved in 12 ms",
                n / 60 % 60,
                n % 60,
                n % 9
            )
            .unwrap();
            out.extend_from_slice(text);
            if !text.ends_with(b"\n") {
                out.push(b'\n');
            }
            n += 1;
        }
    }
    out
}

#[test]
fn threads_and_pieces_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("app.log");
    let text = log(1 << 19);
    fs::write(&path, &text).unwrap();
    let want = expected(&text);
    assert!(want.len() > 20, "{} findings", want.len());
    let packed = dir.path().join("app.log.gz");
    let mut gz = flate2::write::GzEncoder::new(fs::File::create(&packed).unwrap(), flate2::Compression::fast());
    gz.write_all(&text).unwrap();
    gz.finish().unwrap();
    assert_eq!(scanned(Logs::new([&packed])).0, want, "streamed");
    let (_, first) = scanned(Logs::new([&path]).examples(true));
    for threads in [1, 2, 7] {
        for piece in [1 << 22, 65_536, 4_096, 509, 61, 1] {
            let (found, summary) = scanned(Logs::new([&path]).threads(threads).piece(piece).examples(true));
            assert!(found == want, "{threads} threads, pieces of {piece}: {} findings, not {}", found.len(), want.len());
            assert_eq!((summary.files, summary.bytes), (1, text.len() as u64));
            assert_eq!(format!("{:?}", summary.groups), format!("{:?}", first.groups), "{threads} threads, pieces of {piece}");
        }
    }
}

#[test]
fn packing_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    // Longer than several windows of the reader.
    let text = log(5 << 20);
    let want = expected(&text);
    let gz = dir.path().join("app.log.1.gz");
    let (a, b) = text.split_at(text.len() / 3);
    let mut file = fs::File::create(&gz).unwrap();
    for part in [a, b] {
        // Joined members, as rotation by appending makes them.
        let mut member = flate2::write::GzEncoder::new(&mut file, flate2::Compression::fast());
        member.write_all(part).unwrap();
        member.finish().unwrap();
    }
    let zst = dir.path().join("app.log-20261122");
    let mut packed = zstd::encode_all(a, 1).unwrap();
    packed.extend(zstd::encode_all(b, 3).unwrap());
    fs::write(&zst, packed).unwrap();
    for path in [gz, zst] {
        let (found, summary) = scanned(Logs::new([&path]));
        assert!(found == want, "{}: {} findings, not {}", path.display(), found.len(), want.len());
        assert_eq!((summary.bytes, summary.problems), (text.len() as u64, vec![]));
    }
}

#[test]
fn one_line_of_many_megabytes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("line.log");
    let mut text = vec![b'x'; 9 << 20];
    let error = b" com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9020011AC4202 10.0.0.9 3000: Hot key ";
    for at in [0, (2 << 20) - 40, 5 << 20, text.len() - error.len()] {
        text[at..at + error.len()].copy_from_slice(error);
    }
    fs::write(&path, &text).unwrap();
    let want = expected(&text);
    assert_eq!(want.len(), 4);
    assert_eq!(scanned(Logs::new([&path])).0, want);
    assert_eq!(scanned(Logs::new([&path]).threads(2)).0, want);
}

#[test]
fn times_groups_and_filters() {
    let dir = tempfile::tempdir().unwrap();
    let error =
        |code: i32, node: &str| format!("com.aerospike.client.AerospikeException: Error {code},1,0,30000,1000,0,{node} 10.0.0.9 3000: x");
    fs::write(
        dir.path().join("a.log"),
        format!(
            "2026-11-22 04:00:00,000 ERROR {}\n2026-11-22 04:01:00,000 ERROR request failed\n{}\n\tat x\n2026-11-22 04:04:00,000 ERROR {}\n",
            error(14, "BB1020011AC4202"),
            error(14, "BB2020011AC4202"),
            error(9, "BB1020011AC4202")
        ),
    )
    .unwrap();
    fs::write(dir.path().join("b.log"), format!("{}\n", error(14, "BB1020011AC4202"))).unwrap();
    let scan = || Logs::new([dir.path()]);
    let s = scan().scan();
    assert_eq!((s.files, s.events, s.undated), (2, 4, 1));
    assert_eq!(s.groups.iter().map(|g| (g.value, g.count)).collect::<Vec<_>>(), [(Some(14), 3), (Some(9), 1)]);
    let time = |t: Option<Timestamp>| t.map(|t| t.to_string());
    assert_eq!(time(s.groups[0].first_seen).as_deref(), Some("2026-11-22T04:00:00Z"));
    assert_eq!(time(s.groups[0].last_seen).as_deref(), Some("2026-11-22T04:01:00Z"));
    assert_eq!(s.timeline.steps().1.iter().sum::<u64>(), 3);
    let since = scan().since("2026-11-22T04:00:30Z".parse().ok()).scan();
    assert_eq!(since.events, 2);
    let until = scan().until("2026-11-22T04:00:30Z".parse().ok()).scan();
    assert_eq!(until.events, 1);
    let east = scan().zone(60).scan();
    assert_eq!(time(east.first_seen()).as_deref(), Some("2026-11-22T03:00:00Z"));
    let filtered = scan().filter("condition=TIMEOUT".parse::<Filter>().unwrap()).scan();
    assert_eq!((filtered.events, filtered.groups.len()), (1, 1));
    let by = |by: &str| scan().by(by.parse::<By>().unwrap()).scan().groups;
    assert_eq!(by("dialect").iter().map(|g| g.count).collect::<Vec<_>>(), [4]);
    assert_eq!(by("file").iter().map(|g| g.count).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(by("code,file").len(), 3);
    assert_eq!(by("node").iter().map(|g| g.count).sum::<u64>(), 4);
    assert!("code,colour".parse::<By>().is_err());
}

#[test]
fn globs_and_names_given_twice() {
    let dir = tempfile::tempdir().unwrap();
    let line = "com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9020011AC4202 10.0.0.9 3000: x\n";
    fs::create_dir_all(dir.path().join("deep/er")).unwrap();
    for name in ["a.log", "a.log.1", "b.txt", "deep/c.log", "deep/er/d.log"] {
        fs::write(dir.path().join(name), line).unwrap();
    }
    let files = |patterns: &[&str]| {
        let s = Logs::new(patterns.iter().map(|p| dir.path().join(p))).scan();
        assert_eq!(s.files, s.events);
        (s.files, s.problems.len())
    };
    assert_eq!(files(&["*.log"]), (1, 0));
    assert_eq!(files(&["*.log*"]), (2, 0));
    assert_eq!(files(&["**/*.log"]), (3, 0));
    assert_eq!(files(&["deep/*.log"]), (1, 0));
    assert_eq!(files(&["{a,b}.*", "a.log"]), (3, 0));
    assert_eq!(files(&["", "a.log", "deep"]), (5, 0));
    assert_eq!(files(&["*.none"]), (0, 1));
    assert_eq!(files(&["[x-"]), (0, 1));
}

/// A file that is truncated under the scan, as log rotation by copying does, costs what it lost and nothing else.
#[cfg(unix)]
#[test]
fn a_file_that_shrinks_is_named_and_the_rest_is_scanned() {
    let dir = tempfile::tempdir().unwrap();
    let line = b"com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9020011AC4202 10.0.0.9 3000: x\n";
    let (first, second) = (dir.path().join("a.log"), dir.path().join("b.log"));
    for left in [0, 4096, 1 << 20] {
        for threads in [1, 3] {
            fs::write(&first, line.repeat(80_000)).unwrap();
            fs::write(&second, line).unwrap();
            let once = std::sync::Once::new();
            let s = Logs::new([dir.path()])
                .threads(threads)
                .piece(1 << 18)
                .on_hit(|h| {
                    if h.file == first {
                        once.call_once(|| fs::File::options().write(true).open(&first).unwrap().set_len(left).unwrap());
                    }
                })
                .scan();
            let problems: Vec<_> = s.problems.iter().map(|p| (p.path.clone(), p.kind)).collect();
            assert_eq!(problems, [(first.clone(), Kind::Changed)], "{left} {threads}");
            assert!((2..80_000).contains(&s.events) && s.files == 2, "{} in {}", s.events, s.files);
        }
    }
}

/// A file that is removed after the scan came upon its name.
#[test]
fn a_file_that_vanishes_is_named_and_the_rest_is_scanned() {
    let dir = tempfile::tempdir().unwrap();
    let line = "com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9020011AC4202 10.0.0.9 3000: x\n";
    let path = |name: &str| dir.path().join(name);
    for name in ["a.log", "b.log", "c.log"] {
        fs::write(path(name), line).unwrap();
    }
    let s = Logs::new(["a.log", "b.log", "c.log"].map(path))
        .threads(1)
        .on_hit(|h| {
            if h.file == path("a.log") {
                fs::remove_file(path("b.log")).unwrap();
            }
        })
        .scan();
    assert_eq!(s.problems.iter().map(|p| (p.path.clone(), p.kind)).collect::<Vec<_>>(), [(path("b.log"), Kind::Missing)]);
    assert_eq!((s.events, s.files), (2, 2));
}

#[cfg(unix)]
#[test]
fn every_fault_is_named_once_and_the_rest_is_scanned() {
    let dir = tempfile::tempdir().unwrap();
    let d = dir.path();
    let line = "com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9020011AC4202 10.0.0.9 3000: x\n";
    fs::write(d.join("good.log"), line).unwrap();
    let mut invalid = vec![0xff, 0xfe, 0x00, 0x80];
    invalid.extend_from_slice(line.as_bytes());
    fs::write(d.join("binary.bin"), &invalid).unwrap();
    fs::write(d.join("empty.log"), "").unwrap();
    // An error, then more than a block: cut so that the error comes before the end.
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(line.as_bytes()).unwrap();
    let noise: Vec<u8> = (0..200_000u32).flat_map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    gz.write_all(&noise).unwrap();
    let gz = gz.finish().unwrap();
    fs::write(d.join("short.gz"), &gz[..gz.len() - 1000]).unwrap();
    fs::write(d.join("stub.gz"), &gz[..6]).unwrap();
    let mut broken = zstd::encode_all(line.as_bytes(), 1).unwrap();
    broken.extend([0x28, 0xb5, 0x2f, 0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    fs::write(d.join("broken.zst"), broken).unwrap();
    fs::write(d.join("other.xz"), [0xfd, b'7', b'z', b'X', b'Z', 0, 0, 4]).unwrap();
    fs::create_dir(d.join("sub")).unwrap();
    std::os::unix::fs::symlink("..", d.join("sub/loop")).unwrap();
    std::os::unix::fs::symlink("nowhere", d.join("dangling.log")).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(d.join("socket")).unwrap();
    let s = Logs::new([d.to_path_buf(), d.join("missing.log")]).threads(2).scan();
    drop(socket);
    let mut problems: Vec<(String, Kind)> =
        s.problems.iter().map(|p| (p.path.file_name().unwrap().to_string_lossy().into_owned(), p.kind)).collect();
    problems.sort_by(|a, b| a.0.cmp(&b.0));
    let names: Vec<(&str, Kind)> = problems.iter().map(|(n, k)| (n.as_str(), *k)).collect();
    assert_eq!(
        names,
        [
            ("broken.zst", Kind::Damaged),
            ("dangling.log", Kind::Missing),
            ("loop", Kind::Loop),
            ("missing.log", Kind::Missing),
            ("other.xz", Kind::Unsupported),
            ("short.gz", Kind::Damaged),
            ("stub.gz", Kind::Damaged),
        ],
        "{:#?}",
        s.problems
    );
    // good, binary, short.gz, broken.zst
    assert_eq!(s.events, 4, "{:#?}", s.groups);
}

#[test]
fn a_zstd_window_that_is_too_wide_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("wide.zst");
    // A frame header that asks for 128 MB, and one raw last block of one byte.
    fs::write(&path, [0x28, 0xb5, 0x2f, 0xfd, 0x00, 17 << 3, 0x09, 0x00, 0x00, b'x']).unwrap();
    let s = Logs::new([&path]).scan();
    assert_eq!(s.problems.iter().map(|p| p.kind).collect::<Vec<_>>(), [Kind::Unsupported], "{:?}", s.problems);
}

#[test]
fn ten_thousand_files() {
    let dir = tempfile::tempdir().unwrap();
    let line = "com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9020011AC4202 10.0.0.9 3000: x\n";
    for i in 0..10_000 {
        fs::write(dir.path().join(format!("{i:05}.log")), if i % 10 == 0 { line } else { "fine\n" }).unwrap();
    }
    let progress = Progress::default();
    let s = Logs::new([dir.path()]).threads(3).progress(&progress).examples(true).scan();
    assert_eq!((s.files, s.events, s.problems.len()), (10_000, 1000, 0));
    assert_eq!((progress.files(), progress.events(), progress.bytes()), (10_000, 1000, progress.total()));
    let names: Vec<_> = s.groups[0].examples.iter().map(|e| e.file.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(names, ["00000.log", "00010.log", "00020.log"]);
    let e = &s.groups[0].examples[0];
    assert!(e.text[e.span.0..e.span.1].contains("Error 14"), "{e:?}");
}

#[cfg(feature = "serde")]
#[test]
fn the_shape_in_json() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(
        dir.path().join("a.log"),
        "2026-11-22 04:00:00,000 com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9020011AC4202 10.0.0.9 3000: x\n",
    )
    .unwrap();
    let json = serde_json::to_value(Logs::new([dir.path().join("a.log"), dir.path().join("b.log")]).scan()).unwrap();
    assert_eq!((&json["files"], &json["events"]), (&1.into(), &1.into()));
    let group = &json["groups"][0];
    for (field, want) in [("dialect", "java"), ("name", "KEY_BUSY"), ("condition", "KEY_BUSY"), ("first_seen", "2026-11-22T04:00:00Z")] {
        assert_eq!(group[field], want, "{field}");
    }
    assert_eq!((&group["value"], &group["count"]), (&14.into(), &1.into()));
    assert_eq!(json["problems"][0]["kind"], "missing");
}
