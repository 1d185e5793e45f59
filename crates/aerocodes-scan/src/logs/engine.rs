//! The threads: each takes the next piece of a mapped file, or the next file.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::input::{self, Budget, Files, Found, Packing, STDIN, fill, unpack};
use super::map::{Fault, Map};
use super::summary::Counter;
use super::time::{Clock, of_line, usual};
use super::{Hit, Kind, Logs, Problem, Progress, Summary, Timestamp};
use crate::{Finding, LOOK_AHEAD, LOOK_BEHIND, Stream, next_cut, scan_range};

/// How much of a mapped file a thread takes at once: small enough to share a file evenly, large enough not to be felt.
pub(super) const PIECE: usize = 4 << 20;
/// Smaller files are read: mapping them costs more.
const MAPPED_FROM: u64 = 256 << 10;
/// What a stream is read into.
const WINDOW: usize = 2 << 20;
/// What all streams together may hold, decoders included.
const MEMORY: u64 = 44 << 20;

/// How far before a finding its line may start.
const BACK: usize = 64 << 10;
/// How many lines before it the time may stand: a stack trace is long.
const LINES: u32 = 400;

struct Shared<'a> {
    logs: Logs<'a>,
    work: Mutex<Work>,
    changed: Condvar,
    budget: Budget,
    problems: Mutex<Vec<Problem>>,
}

struct Work {
    files: Option<Files>,
    order: u32,
    /// Mapped files with pieces left.
    open: VecDeque<Arc<Open>>,
    /// Threads that may yet open a file with pieces to share.
    busy: usize,
}

/// A mapped file.
struct Open {
    path: Arc<Path>,
    order: u32,
    map: Map,
    clock: Clock,
    /// Where the next piece starts.
    next: Mutex<usize>,
    /// Bytes that are not scanned yet.
    left: AtomicUsize,
}

impl Open {
    /// The next piece, and whether it is the last. Cuts are found one after the other, so that a line without end is looked through once.
    fn take(&self, piece: usize) -> Option<(usize, usize)> {
        let mut next = lock(&self.next);
        let start = *next;
        if start >= self.map.len() {
            return None;
        }
        let end = if self.map.len() - start <= piece { self.map.len() } else { next_cut(&self.map, start + piece) };
        *next = end;
        Some((start, end))
    }
}

fn lock<T>(m: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    m.lock().unwrap_or_else(PoisonError::into_inner)
}

enum Task {
    Piece(Arc<Open>, usize, usize),
    File(PathBuf, u32, Option<std::fs::Metadata>),
}

struct Worker<'s, 'a> {
    shared: &'s Shared<'a>,
    counter: Counter,
    files: u64,
    bytes: u64,
    /// Events that the progress knows of.
    told: u64,
    buffer: Vec<u8>,
}

pub(super) fn run(mut logs: Logs<'_>) -> Summary {
    let threads = logs.threads;
    let files = Files::new(std::mem::take(&mut logs.paths));
    let shared = Shared {
        logs,
        work: Mutex::new(Work { files: Some(files), order: 0, open: VecDeque::new(), busy: 0 }),
        changed: Condvar::new(),
        budget: Budget::new(MEMORY),
        problems: Mutex::new(Vec::new()),
    };
    let work = || {
        let mut w = Worker {
            shared: &shared,
            counter: Counter::new(shared.logs.by, shared.logs.examples),
            files: 0,
            bytes: 0,
            told: 0,
            buffer: Vec::new(),
        };
        w.run();
        (w.counter, w.files, w.bytes)
    };
    let results = std::thread::scope(|s| {
        // A thread that the system refuses is one less; this one always works.
        let others: Vec<_> = (1..threads).map_while(|_| std::thread::Builder::new().spawn_scoped(s, work).ok()).collect();
        let mut all = vec![work()];
        all.extend(others.into_iter().map(|t| t.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))));
        all
    });
    let mut summary = Summary::default();
    let mut counter = Counter::new(shared.logs.by, shared.logs.examples);
    for (c, files, bytes) in results {
        counter.merge(c);
        summary.files += files;
        summary.bytes += bytes;
    }
    (summary.events, summary.undated) = (counter.events, counter.undated);
    (summary.groups, summary.timeline) = counter.finish();
    summary.problems = shared.problems.into_inner().unwrap_or_else(PoisonError::into_inner);
    summary.problems.sort_by_key(|p| p.order);
    summary
}

impl Shared<'_> {
    fn progress(&self, f: impl FnOnce(&Progress)) {
        if let Some(p) = self.logs.progress {
            f(p);
        }
    }

    fn problem(&self, order: u32, mut p: Problem) {
        p.order = order;
        lock(&self.problems).push(p);
    }

    /// The next task; waits while another thread may open a file to share. `None` when all is done.
    fn next(&self) -> Option<Task> {
        let mut work = lock(&self.work);
        loop {
            while let Some(open) = work.open.front().cloned() {
                // Finding the cut takes a moment: not under the lock of all.
                drop(work);
                if let Some((start, end)) = open.take(self.logs.piece) {
                    return Some(Task::Piece(open, start, end));
                }
                work = lock(&self.work);
                work.open.retain(|o| !Arc::ptr_eq(o, &open));
            }
            match work.files.as_mut().and_then(Iterator::next) {
                Some(Found::File(path, data)) => {
                    work.order += 1;
                    work.busy += 1;
                    let size = data.as_ref().map_or(0, std::fs::Metadata::len);
                    self.progress(|p| {
                        p.total.fetch_add(size, Ordering::Relaxed);
                        p.files.fetch_add(1, Ordering::Relaxed);
                    });
                    return Some(Task::File(path, work.order, data));
                }
                Some(Found::Problem(p)) => {
                    work.order += 1;
                    self.problem(work.order, p);
                }
                None => {
                    work.files = None;
                    if work.busy == 0 {
                        return None;
                    }
                    work = self.changed.wait(work).unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }

    /// The file of a task needs no other threads any more, or is there to be shared.
    fn opened(&self, open: Option<Arc<Open>>) {
        let mut work = lock(&self.work);
        work.open.extend(open);
        work.busy -= 1;
        drop(work);
        self.changed.notify_all();
    }
}

/// What a file turns out to be.
enum Source<'a> {
    Map(Map),
    /// Read whole.
    Small(usize),
    Stream(Box<dyn Read + Send + 'a>, Packing),
}

impl<'a> Worker<'_, 'a> {
    fn run(&mut self) {
        while let Some(task) = self.shared.next() {
            match task {
                Task::Piece(open, start, end) => {
                    self.range(&open.path, open.order, &open.clock, &open.map, start, end);
                    self.tell((end - start) as u64);
                    if open.left.fetch_sub(end - start, Ordering::AcqRel) == end - start {
                        self.closed(&open);
                    }
                }
                Task::File(path, order, data) => {
                    let open = self.file(path, order, data);
                    self.shared.opened(open);
                }
            }
        }
    }

    /// Counts what was scanned, and for the progress bar what was read for it.
    fn tell(&mut self, read: u64) {
        let events = self.counter.events - self.told;
        self.told = self.counter.events;
        self.shared.progress(|p| {
            p.bytes.fetch_add(read, Ordering::Relaxed);
            p.events.fetch_add(events, Ordering::Relaxed);
        });
    }

    /// All of a mapped file is scanned.
    fn closed(&self, open: &Open) {
        let (kind, message) = match open.map.fault() {
            None => return,
            Some(Fault::Shrank) => (Kind::Changed, "it was truncated while it was read; what was left was scanned"),
            Some(Fault::Unreadable) => (Kind::Unreadable, "parts of it cannot be read; the others were scanned"),
        };
        self.shared.problem(open.order, Problem::new(open.path.to_path_buf(), kind, message.to_owned()));
    }

    /// Scans a file, or maps it for all threads.
    fn file(&mut self, path: PathBuf, order: u32, data: Option<std::fs::Metadata>) -> Option<Arc<Open>> {
        let changed = data.as_ref().and_then(|d| d.modified().ok());
        let clock = Clock { offset: self.shared.logs.offset, latest: changed.map_or_else(Timestamp::now, Timestamp::from) };
        let source = match self.open(&path, data.as_ref()) {
            Ok(source) => source,
            Err(e) => {
                self.shared.problem(order, Problem::io(path, &e));
                return None;
            }
        };
        let path: Arc<Path> = path.into();
        match source {
            Source::Map(map) => {
                self.files += 1;
                let left = AtomicUsize::new(map.len());
                return Some(Arc::new(Open { path, order, map, clock, next: Mutex::new(0), left }));
            }
            Source::Small(n) => {
                self.files += 1;
                let buffer = std::mem::take(&mut self.buffer);
                self.range(&path, order, &clock, &buffer[..n], 0, n);
                self.buffer = buffer;
                self.tell(n as u64);
            }
            Source::Stream(_, Packing::Unknown(packing)) => {
                let message = format!("compressed with {packing}, which is not read; unpack it first");
                self.shared.problem(order, Problem::new(path.to_path_buf(), Kind::Unsupported, message));
            }
            Source::Stream(reader, packing) => {
                self.files += 1;
                let cost = input::cost(packing) + WINDOW as u64;
                // A copy of the reference, so that the budget does not borrow the worker.
                let shared = self.shared;
                let result = shared.budget.with(cost, || {
                    let mut unpacked = unpack(reader, packing).map_err(|e| (e, packing))?;
                    self.stream(&path, order, &clock, &mut *unpacked).map_err(|e| (e, packing))
                });
                if let Err((e, packing)) = result {
                    let name = match packing {
                        Packing::Gzip => Some("gzip"),
                        Packing::Zstd(_) => Some("zstd"),
                        _ => None,
                    };
                    let path = path.to_path_buf();
                    let problem = name.map_or_else(|| Problem::io(path.clone(), &e), |n| Problem::unpacking(path.clone(), &e, n));
                    shared.problem(order, problem);
                }
            }
        }
        None
    }

    fn open(&mut self, path: &Path, data: Option<&std::fs::Metadata>) -> io::Result<Source<'a>> {
        let peek = |reader: &mut dyn Read| -> io::Result<(Vec<u8>, Packing)> {
            let mut head = [0; 18];
            let (n, fault) = fill(reader, &mut head);
            match fault {
                Some(e) if n == 0 => Err(e),
                _ => Ok((head[..n].to_vec(), Packing::of(&head[..n]))),
            }
        };
        if path.as_os_str() == STDIN {
            let mut stdin = io::stdin();
            let (head, packing) = peek(&mut stdin)?;
            return Ok(self.counted(io::Cursor::new(head).chain(stdin), packing));
        }
        let mut file = File::open(path)?;
        let (head, packing) = peek(&mut file)?;
        let packing = packing.named(path);
        let regular = data.is_some_and(std::fs::Metadata::is_file);
        if packing != Packing::Plain || !regular {
            return Ok(self.counted(io::Cursor::new(head).chain(file), packing));
        }
        file.rewind()?;
        // Files below /proc say that they are empty, and a log may have grown.
        let size = file.metadata()?.len();
        if size < MAPPED_FROM {
            // One byte more tells whether it grew beyond.
            self.buffer.resize(MAPPED_FROM as usize + 1, 0);
            let (n, fault) = fill(&mut file, &mut self.buffer);
            if let Some(e) = fault {
                return Err(e);
            }
            if n <= MAPPED_FROM as usize {
                return Ok(Source::Small(n));
            }
            file.rewind()?;
            return Ok(self.counted(file, Packing::Plain));
        }
        match file.try_clone().and_then(Map::new) {
            Ok(map) => Ok(Source::Map(map)),
            // Not every file system can map, and not more than some files are mapped at once.
            Err(_) => Ok(self.counted(file, Packing::Plain)),
        }
    }

    fn counted(&self, inner: impl Read + Send + 'a, packing: Packing) -> Source<'a> {
        Source::Stream(Box::new(Counted { inner, progress: self.shared.logs.progress }), packing)
    }

    /// Scans a stream window by window.
    fn stream(&mut self, path: &Arc<Path>, order: u32, clock: &Clock, reader: &mut dyn Read) -> io::Result<()> {
        let mut stream = Stream::new(self.shared.logs.options);
        let mut window = vec![0; WINDOW];
        let (mut held, mut offset) = (0, 0u64);
        let result = loop {
            let (read, fault) = fill(reader, &mut window[held..]);
            let len = held + read;
            let last = len < window.len() || fault.is_some();
            let mut times = Times::new(&window[..len], clock);
            let keep = stream.feed(&window[..len], offset, last, |f| {
                hit(&self.shared.logs, &mut self.counter, &mut times, path, order, offset, &f);
            });
            self.bytes += read as u64;
            self.tell(0);
            if last {
                break fault.map_or(Ok(()), Err);
            }
            // The lines before the next findings hold their times.
            let keep = keep.min((len - LOOK_AHEAD).saturating_sub(BACK + LOOK_BEHIND));
            window.copy_within(keep..len, 0);
            held = len - keep;
            offset += keep as u64;
        };
        // Not kept: all threads' windows together count against the budget only while they are in use.
        drop(window);
        result
    }

    fn range(&mut self, path: &Arc<Path>, order: u32, clock: &Clock, text: &[u8], start: usize, end: usize) {
        self.bytes += (end - start) as u64;
        let mut times = Times::new(text, clock);
        scan_range(text, start..end, self.shared.logs.options, |f| {
            hit(&self.shared.logs, &mut self.counter, &mut times, path, order, 0, &f);
        });
    }
}

fn hit(logs: &Logs<'_>, counter: &mut Counter, times: &mut Times<'_>, path: &Arc<Path>, order: u32, offset: u64, f: &Finding<'_>) {
    if !logs.filters.iter().all(|x| x.passes(f)) {
        return;
    }
    let (line_start, time) = times.of(f.start);
    if logs.since.is_some_and(|s| time.is_none_or(|t| t < s)) || logs.until.is_some_and(|u| time.is_none_or(|t| t > u)) {
        return;
    }
    let hit = Hit { file: path, offset: offset + f.start as u64, time, finding: f, window: times.text, line_start };
    if let Some(call) = &logs.on_hit {
        call(&hit);
    }
    counter.add(&hit, path, order);
}

/// Tells the progress bar how much of a file was read.
struct Counted<'a, R> {
    inner: R,
    progress: Option<&'a Progress>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        if let Some(p) = self.progress {
            p.bytes.fetch_add(n as u64, Ordering::Relaxed);
        }
        Ok(n)
    }
}

/// Finds the times of findings. The answer depends on the file alone, not on where it is cut: what is remembered only saves a second look.
struct Times<'t> {
    text: &'t [u8],
    clock: &'t Clock,
    known: Option<Known>,
}

/// The time of the last line asked for.
#[derive(Clone, Copy)]
struct Known {
    line: usize,
    /// The time, the start of the line that carries it, and how many lines before this one that is.
    time: Option<(Timestamp, usize, u32)>,
}

impl<'t> Times<'t> {
    fn new(text: &'t [u8], clock: &'t Clock) -> Self {
        Self { text, clock, known: None }
    }

    /// Where the line of the byte `at` starts (as far back as is looked), and its time.
    fn of(&mut self, at: usize) -> (usize, Option<Timestamp>) {
        let floor = at.saturating_sub(BACK);
        let line = match memchr::memrchr(b'\n', &self.text[floor..at]) {
            Some(n) => floor + n + 1,
            None if floor == 0 => 0,
            None => return (floor, None),
        };
        let known = match self.known {
            Some(k) if k.line == line => k,
            _ => Known { line, time: self.look(line, at) },
        };
        self.known = Some(known);
        (line, known.time.map(|t| t.0))
    }

    fn look(&self, line: usize, at: usize) -> Option<(Timestamp, usize, u32)> {
        if let Some(t) = usual(&self.text[line..], self.clock) {
            return Some((t, line, 0));
        }
        let limit = self.text.len().min(at.saturating_add(LOOK_AHEAD));
        let end = memchr::memchr(b'\n', &self.text[line..limit]).map_or(limit, |n| line + n);
        if let Some(t) = of_line(&self.text[line..end], self.clock) {
            return Some((t, line, 0));
        }
        let floor = line.saturating_sub(BACK);
        let mut next = line;
        for lines in 1..=LINES {
            let end = next.checked_sub(1).filter(|e| *e >= floor)?;
            let start = match memchr::memrchr(b'\n', &self.text[floor..end]) {
                Some(n) => floor + n + 1,
                None if floor == 0 => 0,
                None => return None,
            };
            if let Some(k) = self.known.filter(|k| k.line == start) {
                return k
                    .time
                    .filter(|(_, from, more)| *from >= floor && lines + more <= LINES)
                    .map(|(t, from, more)| (t, from, lines + more));
            }
            if let Some(t) = of_line(&self.text[start..end], self.clock) {
                return Some((t, start, lines));
            }
            next = start;
        }
        None
    }
}
