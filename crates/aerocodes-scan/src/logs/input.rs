//! Where the text comes from: files, folders, globs, standard input, compressed or not.

use std::collections::HashSet;
use std::fs::Metadata;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError};

use super::{Kind, Problem};

/// Standard input, in a list of paths.
pub(super) const STDIN: &str = "-";

/// Every file that the arguments mean, in their order, those of a folder by name; each file once.
pub(super) struct Files {
    arguments: std::vec::IntoIter<PathBuf>,
    walk: Option<Walk>,
    seen: HashSet<FileId>,
    stdin: bool,
}

struct Walk {
    entries: walkdir::IntoIter,
    pattern: Option<(globset::GlobMatcher, PathBuf)>,
    matched: bool,
}

/// What the walk comes upon.
pub(super) enum Found {
    File(PathBuf, Option<Metadata>),
    Problem(Problem),
}

impl Files {
    pub(super) fn new(arguments: Vec<PathBuf>) -> Self {
        Self { arguments: arguments.into_iter(), walk: None, seen: HashSet::new(), stdin: false }
    }

    /// Whether this file is new.
    fn is_new(&mut self, path: &Path, data: &Metadata) -> bool {
        // What is no regular file has no identity worth keeping.
        !data.is_file() || id(path, data).is_none_or(|id| self.seen.insert(id))
    }

    fn argument(&mut self, path: PathBuf) -> Option<Found> {
        if path.as_os_str() == STDIN {
            let first = !self.stdin;
            self.stdin = true;
            return first.then_some(Found::File(path, None));
        }
        match std::fs::metadata(&path) {
            Ok(data) if data.is_dir() => {
                self.walk = Some(Walk { entries: walker(&path).into_iter(), pattern: None, matched: true });
                None
            }
            Ok(data) => self.is_new(&path, &data).then_some(Found::File(path, Some(data))),
            Err(e) if e.kind() == io::ErrorKind::NotFound && is_glob(&path) => match glob(&path) {
                Ok(walk) => {
                    self.walk = Some(walk);
                    None
                }
                Err(e) => Some(Found::Problem(Problem::new(path, Kind::NoMatch, format!("this pattern is not understood: {}", e.kind())))),
            },
            Err(e) => Some(Found::Problem(Problem::io(path, &e))),
        }
    }
}

impl Iterator for Files {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let Some(walk) = &mut self.walk else {
                let path = self.arguments.next()?;
                let name = path.clone();
                if let Some(found) = self.argument(path) {
                    return Some(found);
                }
                if let Some(walk) = &mut self.walk {
                    if let Some((_, shown)) = &mut walk.pattern {
                        *shown = name;
                    }
                }
                continue;
            };
            match walk.entries.next() {
                None => {
                    let missed = self.walk.take().filter(|w| !w.matched).and_then(|w| w.pattern);
                    if let Some((_, path)) = missed {
                        return Some(Found::Problem(Problem::new(path, Kind::NoMatch, "no file matches this pattern".to_owned())));
                    }
                }
                Some(Ok(entry)) => {
                    if entry.file_type().is_dir() || walk.pattern.as_ref().is_some_and(|(p, _)| !p.is_match(plain(entry.path()))) {
                        continue;
                    }
                    walk.matched = true;
                    // The walk follows links: this is the file that the name leads to.
                    match entry.metadata() {
                        Ok(data) if data.is_file() => {
                            let path = entry.into_path();
                            if self.is_new(&path, &data) {
                                return Some(Found::File(path, Some(data)));
                            }
                        }
                        // Sockets, pipes and devices in a folder are no logs, and reading them may never end.
                        Ok(_) => {}
                        Err(e) => return Some(Found::Problem(Problem::walk(e))),
                    }
                }
                Some(Err(e)) => {
                    if walk.pattern.is_none() {
                        return Some(Found::Problem(Problem::walk(e)));
                    }
                }
            }
        }
    }
}

fn walker(path: &Path) -> walkdir::WalkDir {
    walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name()
}

fn is_glob(path: &Path) -> bool {
    path.to_str().is_some_and(|p| p.contains(['*', '?', '[', '{']))
}

/// Without a leading `./`, which would keep a pattern from matching.
fn plain(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

fn glob(path: &Path) -> Result<Walk, globset::Error> {
    let text = plain(path).to_string_lossy().into_owned();
    let pattern = globset::GlobBuilder::new(&text).literal_separator(true).build()?.compile_matcher();
    let mut base = PathBuf::new();
    for part in plain(path).components() {
        if matches!(part, Component::Normal(p) if p.to_str().is_none_or(|p| is_glob(Path::new(p)))) {
            break;
        }
        base.push(part);
    }
    if base.as_os_str().is_empty() {
        base.push(".");
    }
    let mut walk = walker(&base);
    if !text.contains("**") {
        walk = walk.max_depth(plain(path).components().count() - plain(&base).components().count());
    }
    Ok(Walk { entries: walk.into_iter(), pattern: Some((pattern, PathBuf::new())), matched: false })
}

#[cfg(unix)]
type FileId = (u64, u64);
#[cfg(not(unix))]
type FileId = PathBuf;

#[cfg(unix)]
fn id(_: &Path, data: &Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    Some((data.dev(), data.ino()))
}

#[cfg(not(unix))]
fn id(path: &Path, _: &Metadata) -> Option<FileId> {
    path.canonicalize().ok()
}

/// How a file is packed, by its first bytes: names are no guide to rotated files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
    /// With the bytes that its first frame needs for decoding.
    Zstd(u64),
    Unknown(&'static str),
}

impl Packing {
    /// Of a file that starts so; 18 bytes are enough.
    pub(super) fn of(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, 8, ..] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, frame @ ..] => Self::Zstd(window(frame)),
            // A skippable frame first.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd(8 << 20),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => Self::Unknown("bzip2"),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Unknown("xz"),
            [4, 0x22, 0x4d, 0x18, ..] => Self::Unknown("lz4"),
            // Many files that are no logs are zip archives inside; see `named`.
            [b'P', b'K', 3, 4, ..] => Self::Unknown("zip"),
            _ => Self::Plain,
        }
    }

    /// A jar or a document in a folder is as good as any binary file; an archive of logs is named so.
    pub(super) fn named(self, path: &Path) -> Self {
        match self {
            Self::Unknown("zip") if path.extension().is_none_or(|e| !e.eq_ignore_ascii_case("zip")) => Self::Plain,
            other => other,
        }
    }
}

/// The window of a zstd frame in bytes, from its header behind the magic number (RFC 8878, 3.1.1.1).
fn window(frame: &[u8]) -> u64 {
    let Some(&descriptor) = frame.first() else { return 0 };
    if descriptor & 0x20 == 0 {
        let w = frame.get(1).copied().unwrap_or(0);
        let base = 1u64 << (10 + (w >> 3));
        return base + base / 8 * u64::from(w & 7);
    }
    // A single segment: the window is the content, whose size stands behind the dictionary's id.
    let at = 1 + [0, 1, 2, 4][usize::from(descriptor & 3)];
    let n = [1, 2, 4, 8][usize::from(descriptor >> 6)];
    let mut bytes = [0; 8];
    if let Some(size) = frame.get(at..at + n) {
        bytes[..n].copy_from_slice(size);
    }
    u64::from_le_bytes(bytes) + if n == 2 { 256 } else { 0 }
}

/// The widest zstd window that is decoded: more would break the promise about memory.
const WIDEST: u32 = 25;

/// What decoding takes, in bytes.
pub(super) fn cost(packing: Packing) -> u64 {
    match packing {
        Packing::Zstd(window) => window.clamp(1 << 20, 1 << WIDEST) + (1 << 20),
        Packing::Gzip => 128 << 10,
        _ => 64 << 10,
    }
}

/// The unpacked bytes.
pub(super) fn unpack<'r>(reader: impl Read + Send + 'r, packing: Packing) -> io::Result<Box<dyn Read + Send + 'r>> {
    Ok(match packing {
        Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(io::BufReader::with_capacity(64 << 10, reader))),
        Packing::Zstd(window) => {
            let mut decoder = zstd::stream::read::Decoder::new(reader)?;
            // A later frame may not need more than the first made room for, or 8 MB.
            let log = (window.max(1 << 23).next_power_of_two().trailing_zeros()).min(WIDEST);
            decoder.window_log_max(log)?;
            Box::new(decoder)
        }
        Packing::Plain | Packing::Unknown(_) => Box::new(reader),
    })
}

/// Memory that readers of streams share.
pub(super) struct Budget {
    left: Mutex<u64>,
    freed: Condvar,
}

impl Budget {
    pub(super) fn new(bytes: u64) -> Self {
        Self { left: Mutex::new(bytes), freed: Condvar::new() }
    }

    /// Waits until there are so many bytes, and runs `f` with them. `bytes` is at most what the budget started with.
    pub(super) fn with<T>(&self, bytes: u64, f: impl FnOnce() -> T) -> T {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        while *left < bytes {
            left = self.freed.wait(left).unwrap_or_else(PoisonError::into_inner);
        }
        *left -= bytes;
        drop(left);
        let out = f();
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) += bytes;
        self.freed.notify_all();
        out
    }
}

/// Reads until the buffer is full or the input ends; what was read, and the fault that ended it.
pub(super) fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> (usize, Option<io::Error>) {
    let mut n = 0;
    while n < buffer.len() {
        match reader.read(&mut buffer[n..]) {
            Ok(0) => break,
            Ok(more) => n += more,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return (n, Some(e)),
        }
    }
    (n, None)
}
