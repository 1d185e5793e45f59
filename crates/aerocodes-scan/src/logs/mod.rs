//! Whole logs: files, folders, globs, standard input; plain, gzip or zstd; in parallel and with bounded memory.
//!
//! ```
//! use aerocodes_scan::logs::Logs;
//!
//! let folder = tempfile::tempdir()?;
//! std::fs::write(
//!     folder.path().join("app.log"),
//!     "2026-11-22 04:03:10,120 ERROR com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9 10.0.0.9 3000: Hot key\n",
//! )?;
//! let summary = Logs::new([folder.path()]).scan();
//! assert_eq!((summary.files, summary.events), (1, 1));
//! assert_eq!(summary.groups[0].name.as_deref(), Some("KEY_BUSY"));
//! assert_eq!(summary.first_seen().map(|t| t.to_string()).as_deref(), Some("2026-11-22T04:03:10.120Z"));
//! assert!(summary.problems.is_empty());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! The findings are those of [`recognize`](crate::recognize), however a file is cut into pieces for the threads. Memory
//! stays below 64 MB besides files that are mapped, whatever the length of a line.
//!
//! On Unix the first scan of a large file installs a handler for SIGBUS, which a truncated mapped file raises: such a file is named
//! among the problems. Faults elsewhere go to the handler that was there before.

mod engine;
mod filter;
mod input;
mod map;
mod problem;
mod summary;
mod time;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

pub use filter::{Filter, FilterError};
pub use problem::{Kind, Problem};
pub use summary::{Example, Group, Summary, Timeline};
pub use time::{TimeError, Timestamp};

use crate::{Finding, Options};

/// By what findings are grouped; several make finer groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct By {
    /// Dialect, number and condition.
    pub code: bool,
    /// The dialect.
    pub dialect: bool,
    /// The node, as the text names it.
    pub node: bool,
    /// The file.
    pub file: bool,
}

impl Default for By {
    fn default() -> Self {
        Self { code: true, dialect: false, node: false, file: false }
    }
}

impl FromStr for By {
    type Err = FilterError;

    /// Reads `code`, `dialect`, `node` and `file` with commas between them.
    fn from_str(s: &str) -> Result<Self, FilterError> {
        let mut by = Self { code: false, dialect: false, node: false, file: false };
        for word in s.split(',').map(str::trim) {
            match word {
                "code" => by.code = true,
                "dialect" => by.dialect = true,
                "node" => by.node = true,
                "file" => by.file = true,
                _ => return Err(FilterError::new(format!("`{word}` is none of code, dialect, node, file"))),
            }
        }
        Ok(by)
    }
}

/// How far a scan is, for a progress bar: read it from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    bytes: AtomicU64,
    total: AtomicU64,
    files: AtomicU64,
    events: AtomicU64,
}

impl Progress {
    /// Bytes of files done, before unpacking.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Bytes of all files come upon so far.
    pub fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    /// Files begun.
    pub fn files(&self) -> u64 {
        self.files.load(Ordering::Relaxed)
    }

    /// Findings so far.
    pub fn events(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }
}

/// A finding at its place.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'t, 'f> {
    /// The file; `-` is standard input.
    pub file: &'t Path,
    /// The finding's first byte in the file, after unpacking.
    pub offset: u64,
    /// The time of its line, or of the line that it continues.
    pub time: Option<Timestamp>,
    /// The finding; its offsets are those of a part of the file.
    pub finding: &'f Finding<'t>,
    window: &'t [u8],
    line_start: usize,
}

type OnHit<'a> = Box<dyn Fn(&Hit<'_, '_>) + Sync + 'a>;

/// A scan under construction.
pub struct Logs<'a> {
    paths: Vec<PathBuf>,
    threads: usize,
    piece: usize,
    options: Options,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    offset: i64,
    filters: Vec<Filter>,
    by: By,
    examples: bool,
    on_hit: Option<OnHit<'a>>,
    progress: Option<&'a Progress>,
}

impl<'a> Logs<'a> {
    /// Of files, folders (with all that is below them, links followed), patterns such as `logs/**/*.log` and `-` for
    /// standard input. A file that several of them mean is read once.
    pub fn new<P: Into<PathBuf>>(paths: impl IntoIterator<Item = P>) -> Self {
        Self {
            paths: paths.into_iter().map(Into::into).collect(),
            threads: std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
            piece: engine::PIECE,
            options: Options::new(),
            since: None,
            until: None,
            offset: 0,
            filters: Vec::new(),
            by: By::default(),
            examples: false,
            on_hit: None,
            progress: None,
        }
    }

    /// How many threads; the default is one for each processor. 0 counts as 1.
    pub fn threads(mut self, n: usize) -> Self {
        self.threads = n.clamp(1, 1024);
        self
    }

    /// How many bytes of a file a thread takes at once, about; any number gives the same findings.
    pub fn piece(mut self, bytes: usize) -> Self {
        self.piece = bytes.max(1);
        self
    }

    /// What counts as a finding.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Only findings at this time or later; those without a time are left out.
    pub fn since(mut self, time: Option<Timestamp>) -> Self {
        self.since = time;
        self
    }

    /// Only findings at this time or earlier; those without a time are left out.
    pub fn until(mut self, time: Option<Timestamp>) -> Self {
        self.until = time;
        self
    }

    /// How many minutes east of Greenwich times are that name no zone.
    pub fn zone(mut self, minutes: i32) -> Self {
        self.offset = i64::from(minutes) * 60_000;
        self
    }

    /// Only findings that pass this filter, besides those given before.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filters.push(filter);
        self
    }

    /// By what to group.
    pub fn by(mut self, by: By) -> Self {
        self.by = by;
        self
    }

    /// Whether to keep the first lines of each group.
    pub fn examples(mut self, yes: bool) -> Self {
        self.examples = yes;
        self
    }

    /// Calls `f` with each finding that passes the filters: in the order of a piece of a file, pieces in any order.
    pub fn on_hit(mut self, f: impl Fn(&Hit<'_, '_>) + Sync + 'a) -> Self {
        self.on_hit = Some(Box::new(f));
        self
    }

    /// Tells another thread how far the scan is.
    pub fn progress(mut self, progress: &'a Progress) -> Self {
        self.progress = Some(progress);
        self
    }

    /// Scans. What cannot be read is a problem in the summary; everything else is scanned.
    pub fn scan(self) -> Summary {
        engine::run(self)
    }
}
