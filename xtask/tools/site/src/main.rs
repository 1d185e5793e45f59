//! Draws the reference site: one static page per condition and per dialect, from the registry and nothing else.
//!
//! The pages need no script, no style attribute and no other host, so they work under the strictest content security policy
//! and from a plain file server. Every address ends in `/` and stays: `/condition/TIMEOUT/`, `/dialect/java/#-8`.

mod clients;
mod model;
mod pages;
mod prose;
mod timeline;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

/// What the site is drawn from and where to.
pub struct Options {
    /// An empty or absent directory that receives the pages.
    pub out: PathBuf,
    /// The unpacked widget package, if it has been built.
    pub widget: Option<PathBuf>,
    /// The address the site will have, with a `/` at the end: the sitemap needs whole addresses.
    pub base: String,
}

fn main() -> ExitCode {
    match options().and_then(|o| pages::write(&o)) {
        Ok(pages) => {
            println!("   {pages} pages");
            ExitCode::SUCCESS
        }
        Err(e) => {
            eprintln!("aerocodes-site: {e:#}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options> {
    let mut args = std::env::args().skip(1);
    let (mut out, mut widget, mut base) = (None, None, None);
    while let Some(flag) = args.next() {
        let value = args.next().with_context(|| format!("{flag} needs a value"))?;
        match flag.as_str() {
            "--out" => out = Some(PathBuf::from(value)),
            "--widget" => widget = Some(PathBuf::from(value)),
            "--base" => base = Some(value),
            _ => bail!("there is no {flag}; the arguments are --out DIR [--widget DIR] [--base ADDRESS]"),
        }
    }
    let mut base = base.unwrap_or_else(pages_address);
    if !base.ends_with('/') {
        base.push('/');
    }
    Ok(Options { out: out.context("--out DIR is missing")?, widget, base })
}

/// Where the repository's host serves its pages.
fn pages_address() -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    match repository.strip_prefix("https://github.com/").and_then(|r| r.split_once('/')) {
        Some((owner, name)) => format!("https://{owner}.github.io/{name}/"),
        None => repository.to_owned(),
    }
}
