//! The only program that writes files: codegen, build, test, demo, bench, dist, install, upstream, site.

mod codegen;
mod dist;
mod registry;
mod rooms;
mod run;
mod site;
mod upstream;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use run::Context;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, tests and generates everything in this workspace")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write all generated files from the registry.
    Codegen {
        /// Only compare, and fail when a file is stale.
        #[arg(long)]
        check: bool,
    },
    /// Build what a user of this host installs, into target/packages/<room>.
    Build {
        /// core, cli, scan, c, python, node, wasm, uniffi, go; all when none is named.
        rooms: Vec<String>,
    },
    /// Run all tests: every room with one interpreter each. Ends with a line `N passed, N failed`.
    Test {
        /// Only these rooms.
        #[arg(long, value_name = "ROOM")]
        only: Vec<String>,
        /// The other interpreters and runtimes, the second browser, sanitizers, miri, fuzzing and Spark too.
        #[arg(long)]
        full: bool,
    },
    /// The main job: build the packages, install each as a user would, run the same example in every language.
    Demo {
        /// Only these rooms.
        rooms: Vec<String>,
    },
    /// Install the C library, the headers, the command, manual pages and completions.
    Install {
        /// Where to, such as /usr/local.
        #[arg(long)]
        prefix: PathBuf,
        /// A directory that stands for / while a package is made.
        #[arg(long)]
        destdir: Option<PathBuf>,
    },
    /// Remove what `install` wrote.
    Uninstall {
        /// Where to it was installed.
        #[arg(long)]
        prefix: PathBuf,
        /// The directory that stood for /.
        #[arg(long)]
        destdir: Option<PathBuf>,
    },
    /// Draw the reference site into target/site.
    Site {
        /// The address it will have: the list for search engines needs it.
        #[arg(long, value_name = "ADDRESS")]
        base: Option<String>,
        /// Also check it, and put screenshots of every type of page here.
        #[arg(long, value_name = "DIR")]
        shots: Option<PathBuf>,
    },
    /// Compare the registry with the newest client packages that the public registries serve; exit status 1 when it lacks something.
    Upstream {
        /// Only these: java, nodejs, python-native, rust, go.
        dialects: Vec<String>,
    },
    /// Build the command for other platforms, into target/dist.
    Dist {
        /// Such as aarch64-unknown-linux-musl; all known ones when none is named.
        targets: Vec<String>,
    },
    /// Measure rooms beside their peers, in one run, and print ratios.
    Bench {
        /// Only these rooms.
        rooms: Vec<String>,
        /// Also what takes minutes: PySpark on clusters of one and two executors.
        #[arg(long)]
        full: bool,
    },
}

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(code) => code,
        Err(e) => {
            eprintln!("xtask: {e:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> Result<ExitCode> {
    let root = root();
    match args.command {
        Command::Codegen { check } => codegen::run(&root, check)?,
        Command::Build { rooms } => rooms::build(&Context::new(root, false), &rooms)?,
        Command::Demo { rooms } => {
            rooms::demo(&Context::new(root, false), &rooms)?;
            println!("\nThe demo ran through.");
        }
        Command::Install { prefix, destdir } => rooms::c::install(&Context::new(root, false), &prefix, destdir.as_deref())?,
        Command::Uninstall { prefix, destdir } => rooms::c::uninstall(&prefix, destdir.as_deref())?,
        Command::Site { base, shots } => {
            let cx = Context::new(root, false);
            let site = site::build(&cx, base.as_deref())?;
            if let Some(to) = shots {
                site::shots(&cx, &site, &to)?;
            }
            println!("   {}", site.join("index.html").display());
        }
        Command::Upstream { dialects } => {
            let differences = upstream::run(&Context::new(root, false), &dialects)?;
            println!("\n{differences} differences");
            if differences > 0 {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Dist { targets } => dist::run(&Context::new(root, false), &targets)?,
        Command::Bench { rooms, full } => rooms::bench(&Context::new(root, full), &rooms)?,
        Command::Test { only, full } => {
            let tally = rooms::test(&Context::new(root, full), &only)?;
            let skipped = if tally.skipped > 0 { format!(", {} skipped", tally.skipped) } else { String::new() };
            println!("\n{} passed, {} failed{skipped}", tally.passed, tally.failed);
            if tally.failed > 0 || tally.passed == 0 {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
