//! The page that `scan --report` writes.

use std::io;
use std::path::Path;

use aerocodes_scan::logs::{By, Summary};

/// Writes the page.
pub fn write(_: &Path, _: &Summary, _: By) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
