//! What a scan could not read.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What went wrong with one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// It is not there, or vanished meanwhile.
    Missing,
    /// It may not be read, or reading failed.
    Unreadable,
    /// It was truncated while it was read; what was left was scanned.
    Changed,
    /// A link leads back to a folder above it.
    Loop,
    /// Compressed data ends early or is damaged; what came before was scanned.
    Damaged,
    /// It is compressed in a way that is not read, or needs more memory than is taken.
    Unsupported,
    /// A pattern that no file matches.
    NoMatch,
}

impl Kind {
    /// The word for programs: `missing`, `unreadable`, `changed`, `loop`, `damaged`, `unsupported`, `no-match`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Changed => "changed",
            Self::Loop => "loop",
            Self::Damaged => "damaged",
            Self::Unsupported => "unsupported",
            Self::NoMatch => "no-match",
        }
    }
}

/// A path that could not be scanned, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path, as given or found.
    pub path: PathBuf,
    /// For programs.
    pub kind: Kind,
    /// For people, without the path.
    pub message: String,
    /// Where the path stands among all, for sorting.
    pub(super) order: u32,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

impl Problem {
    pub(super) fn new(path: PathBuf, kind: Kind, message: String) -> Self {
        Self { path, kind, message, order: 0 }
    }

    pub(super) fn io(path: PathBuf, e: &io::Error) -> Self {
        let (kind, message) = match e.kind() {
            io::ErrorKind::NotFound => (Kind::Missing, "no such file or folder".to_owned()),
            io::ErrorKind::PermissionDenied => (Kind::Unreadable, "no permission to read it".to_owned()),
            _ => (Kind::Unreadable, format!("cannot be read: {e}")),
        };
        Self::new(path, kind, message)
    }

    /// A fault while unpacking.
    pub(super) fn unpacking(path: PathBuf, e: &io::Error, packing: &str) -> Self {
        let text = e.to_string();
        match e.kind() {
            io::ErrorKind::UnexpectedEof => {
                Self::new(path, Kind::Damaged, format!("the {packing} data ends early; what comes before was scanned"))
            }
            _ if text.contains("too much memory") => Self::new(
                path,
                Kind::Unsupported,
                "unpacking it takes too much memory (a zstd window above 32 MB); unpack it first".to_owned(),
            ),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
                Self::new(path, Kind::Damaged, format!("the {packing} data is damaged; what comes before was scanned ({text})"))
            }
            _ => Self::io(path, e),
        }
    }

    pub(super) fn walk(e: walkdir::Error) -> Self {
        let path = e.path().map(Path::to_path_buf).unwrap_or_default();
        if let Some(above) = e.loop_ancestor() {
            let message = format!("this link leads back to {}, which is above it", above.display());
            return Self::new(path, Kind::Loop, message);
        }
        match e.io_error() {
            Some(io) if path.symlink_metadata().is_ok_and(|m| m.is_symlink()) && io.kind() == io::ErrorKind::NotFound => {
                Self::new(path, Kind::Missing, "this link leads nowhere".to_owned())
            }
            Some(io) => Self::io(path, io),
            None => Self::new(path, Kind::Unreadable, e.to_string()),
        }
    }
}
