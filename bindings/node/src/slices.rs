//! A file in slices: each thread reads its own and scans it while it is in the cache. No slice depends on how many threads there
//! are, so neither do the findings.

use std::any::Any;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use aerocodes_scan::{Finding, LOOK_AHEAD, LOOK_BEHIND, Options, next_cut, scan_range};

use crate::found::Rows;

/// Bytes of a slice: little enough to stay in the cache from reading to scanning.
pub const SLICE: u64 = 1 << 20;
/// An event that goes on further than this behind a slice's border is cut there.
const LONGEST: usize = 4 << 20;
/// How many slices each thread works through before a caller hears of it.
const ROUNDS: u64 = 16;

/// A finding's dialect, candidates, number and condition.
type Key = (Option<u8>, u32, Option<i32>, u16);

#[derive(Default)]
struct Group {
    count: u64,
    first: u64,
    last: u64,
}

/// A file under way.
pub struct Slices {
    file: File,
    /// The file's length when it was opened: what is written later is not read.
    length: u64,
    slice: u64,
    /// The next slice.
    next: u64,
    options: Options,
    rows: bool,
    windows: Vec<Window>,
    groups: HashMap<Key, Group>,
    events: u64,
    failed: bool,
}

/// What one thread has read.
#[derive(Default)]
struct Window {
    bytes: Vec<u8>,
    filled: usize,
    /// Where in the file it starts.
    from: u64,
    /// Nothing follows.
    ended: bool,
}

/// What one thread found: JSON rows by slice, and counts.
#[derive(Default)]
struct Part {
    rows: Vec<(u64, String)>,
    groups: HashMap<Key, Group>,
}

impl Slices {
    /// Opens a file; with `rows`, every finding is reported, otherwise they are only counted.
    pub fn open(path: &str, options: Options, threads: usize, rows: bool, slice: u64) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let windows = (0..threads.clamp(1, 64)).map(|_| Window::default()).collect();
        Ok(Self { file, length, slice, next: 0, options, rows, windows, groups: HashMap::new(), events: 0, failed: false })
    }

    /// Scans on for a while: `[ended, bytes, events, rows]` as JSON.
    pub fn work(&mut self) -> io::Result<String> {
        if self.failed {
            return Err(io::Error::other("an earlier slice failed"));
        }
        let slices = self.length.div_ceil(self.slice);
        let end = slices.min(self.next + ROUNDS * self.windows.len() as u64);
        let claim = AtomicU64::new(self.next);
        let (file, length, slice, options, rows) = (&self.file, self.length, self.slice, self.options, self.rows);
        let job = |window: &mut Window| -> io::Result<Part> {
            let mut part = Part::default();
            loop {
                let i = claim.fetch_add(1, Ordering::Relaxed);
                if i >= end {
                    return Ok(part);
                }
                let (from, to) = (i * slice, ((i + 1) * slice).min(length));
                window.load(file, from.saturating_sub(LOOK_BEHIND as u64), (to + 2 * LOOK_AHEAD as u64).min(length), length)?;
                let start = if from == 0 { 0 } else { window.cut(file, from, length)? };
                let stop = if to == length { window.filled } else { window.cut(file, to, length)? };
                if start >= stop {
                    continue;
                }
                let mut out = Rows::new(window.from);
                scan_range(&window.bytes[..window.filled], start..stop, options, |f| {
                    count(&mut part.groups, &f, window.from);
                    if rows {
                        out.push(&f);
                    }
                });
                let text = out.finish();
                if text.len() > 2 {
                    part.rows.push((i, text));
                }
            }
        };
        let parts = match in_threads(&mut self.windows, job) {
            Ok(parts) => parts,
            Err(error) => {
                self.failed = true;
                return Err(error);
            }
        };
        self.next = end;
        let mut texts = Vec::new();
        for part in parts {
            texts.extend(part.rows);
            for (key, g) in part.groups {
                self.events += g.count;
                let mine = self.groups.entry(key).or_insert(Group { count: 0, first: g.first, last: g.last });
                mine.count += g.count;
                mine.first = mine.first.min(g.first);
                mine.last = mine.last.max(g.last);
            }
        }
        texts.sort_by_key(|(i, _)| *i);
        let mut all = String::new();
        for (_, text) in &texts {
            if !all.is_empty() {
                all.push(',');
            }
            all.push_str(&text[1..text.len() - 1]);
        }
        Ok(format!("[{},{},{},[{all}]]", end == slices, (end * self.slice).min(self.length), self.events))
    }

    /// The counts so far: JSON rows of dialect, candidates, value, condition, count, first and last offset.
    pub fn groups(&self) -> String {
        let mut o = String::from("[");
        for ((dialect, candidates, value, condition), g) in &self.groups {
            let of = |n: Option<i64>| n.map_or("null".to_owned(), |n| n.to_string());
            let _ = write!(
                o,
                "{}[{},{candidates},{},{condition},{},{},{}]",
                if o.len() > 1 { "," } else { "" },
                of(dialect.map(i64::from)),
                of(value.map(i64::from)),
                g.count,
                g.first,
                g.last
            );
        }
        o.push(']');
        o
    }
}

impl Window {
    /// Reads the file from `from` to `to`.
    fn load(&mut self, file: &File, from: u64, to: u64, length: u64) -> io::Result<()> {
        (self.from, self.filled, self.ended) = (from, 0, false);
        self.extend(file, to, length)
    }

    /// Reads on up to `to`; less when the file has become shorter.
    fn extend(&mut self, file: &File, to: u64, length: u64) -> io::Result<()> {
        let want = usize::try_from(to - self.from).map_err(io::Error::other)?;
        if self.bytes.len() < want {
            self.bytes.resize(want, 0);
        }
        while self.filled < want {
            match read_at(file, &mut self.bytes[self.filled..want], self.from + self.filled as u64) {
                Ok(0) => {
                    self.ended = true;
                    return Ok(());
                }
                Ok(n) => self.filled += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        self.ended = to == length;
        Ok(())
    }

    /// Where the event begins that the border `at` of two slices falls to; the same for both, whatever else each has read.
    fn cut(&mut self, file: &File, at: u64, length: u64) -> io::Result<usize> {
        let at = usize::try_from(at - self.from).map_err(io::Error::other)?.min(self.filled);
        let farthest = at + LONGEST;
        let mut more = 2 * LOOK_AHEAD;
        loop {
            let cut = next_cut(&self.bytes[..self.filled], at);
            if self.ended || cut + LOOK_AHEAD <= self.filled || self.filled >= farthest + LOOK_AHEAD {
                return Ok(if cut <= farthest { cut } else { at });
            }
            let to = (self.from + (self.filled.max(at) + more) as u64).min(length);
            self.extend(file, to, length)?;
            more *= 2;
        }
    }
}

/// Runs `job` on every window, each in a thread of its own; a panic in one of them is an error of all.
fn in_threads<W: Send, T: Send>(windows: &mut [W], job: impl Fn(&mut W) -> io::Result<T> + Sync) -> io::Result<Vec<T>> {
    let run = |window: &mut W| catch_unwind(AssertUnwindSafe(|| job(window))).unwrap_or_else(|fault| Err(broken(&*fault)));
    let Some((mine, others)) = windows.split_first_mut() else { return Ok(Vec::new()) };
    std::thread::scope(|s| {
        // A thread that the system refuses is one less; this one always works.
        let run = &run;
        let started: Vec<_> = others.iter_mut().map_while(|w| std::thread::Builder::new().spawn_scoped(s, move || run(w)).ok()).collect();
        let mut all = vec![run(mine)];
        all.extend(started.into_iter().map(|t| t.join().unwrap_or_else(|fault| Err(broken(&*fault)))));
        all.into_iter().collect()
    })
}

fn broken(fault: &(dyn Any + Send)) -> io::Error {
    let why = fault.downcast_ref::<&str>().copied().or_else(|| fault.downcast_ref::<String>().map(String::as_str));
    io::Error::other(format!("a thread of the scan broke off: {}", why.unwrap_or("it gave no reason")))
}

fn count(groups: &mut HashMap<Key, Group>, f: &Finding<'_>, base: u64) {
    let candidates = f.candidates.iter().fold(0u32, |set, d| set | 1u32.wrapping_shl(u32::from(d.id())));
    let key = (f.dialect.map(|d| d.id()), candidates, f.value, f.condition.map_or(0, |c| c.id()));
    let at = base + f.start as u64;
    let g = groups.entry(key).or_insert(Group { count: 0, first: at, last: at });
    g.count += 1;
    g.last = at;
}

#[cfg(unix)]
fn read_at(file: &File, into: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, at)
}

#[cfg(windows)]
fn read_at(file: &File, into: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERROR: &str =
        "com.aerospike.client.AerospikeException: Error 13,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: x\n\tat a.b(C.java:1)\n";

    fn scan(path: &str, threads: usize, slice: u64) -> (Vec<String>, String) {
        let mut all = Vec::new();
        let mut slices = Slices::open(path, Options::new(), threads, true, slice).unwrap();
        loop {
            let text = slices.work().unwrap();
            let (head, rows) = text.split_once(",[").unwrap();
            let rows = &rows[..rows.len() - 2];
            if !rows.is_empty() {
                all.push(rows.to_owned());
            }
            if head.starts_with("[true") {
                return (all, slices.groups());
            }
        }
    }

    #[test]
    fn every_slice_and_thread_gives_the_findings_of_the_whole() {
        let mut text = String::new();
        for i in 0..900 {
            text += &"2026-11-22 04:03:10.120 INFO nothing to see\n".repeat(i % 7);
            text += ERROR;
            if i % 50 == 0 {
                text += &"\tat a.long.trace(File.java:12)\n".repeat(300);
            }
        }
        let path = std::env::temp_dir().join(format!("aerocodes-slices-{}", std::process::id()));
        std::fs::write(&path, &text).unwrap();
        let name = path.to_str().unwrap();
        let mut whole = Rows::new(0);
        Options::new().recognize(&text).for_each(|f| whole.push(&f));
        let whole = whole.finish();
        let mut counts = Vec::new();
        for (threads, slice) in [(1, SLICE), (1, 1 << 30), (1, 1000), (2, 1000), (3, 4097), (7, 100), (2, text.len() as u64)] {
            let (rows, groups) = scan(name, threads, slice);
            assert!(format!("[{}]", rows.join(",")) == whole, "{threads} threads, slices of {slice}");
            counts.push(groups);
        }
        assert!(counts.iter().all(|c| *c == counts[0]), "{counts:?}");
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_thread_that_panics_is_an_error() {
        for broken in 0..3 {
            let result = in_threads(&mut [0, 1, 2], |i| if *i == broken { panic!("slice {i}") } else { Ok(()) });
            assert_eq!(result.unwrap_err().to_string(), format!("a thread of the scan broke off: slice {broken}"));
        }
        assert_eq!(in_threads(&mut [1, 2], |i| Ok(*i)).unwrap(), [1, 2]);
    }
}
