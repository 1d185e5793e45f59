//! The command: `crates/aerocodes-cli`.

use anyhow::Result;

use super::Room;
use crate::run::{Context, Tally};

pub const ROOM: Room = Room { name: "cli", build: Some(build), test, demo: Some(demo), bench: None };

fn build(cx: &Context) -> Result<()> {
    // Loading shared libraries takes as long as the whole answer: without them the command starts in two thirds of the time.
    let whole = ["rustc", "-q", "--release", "-p", "aerocodes-cli", "--bin", "aerocodes", "--", "-C", "target-feature=+crt-static"];
    let glibc = cfg!(all(target_os = "linux", target_env = "gnu"));
    // Not every system has the archives for it.
    if !(glibc && cx.cargo().args(whole).quiet().succeeds()) {
        cx.cargo().args(["build", "-q", "--release", "-p", "aerocodes-cli"]).run()?;
    }
    let bin = cx.packages("cli").join("bin");
    std::fs::create_dir_all(&bin)?;
    // A new file, not the old one overwritten: it may be running.
    let (from, to) = (cx.target().join("release/aerocodes"), bin.join("aerocodes"));
    let new = bin.join("aerocodes.new");
    std::fs::copy(from, &new)?;
    std::fs::rename(new, to)?;
    Ok(())
}

fn test(cx: &Context) -> Result<Tally> {
    // Not optimised: overflows are faults then.
    let mut t = cx.cargo().args(["test", "-q", "-p", "aerocodes-cli"]).tests()?;
    if cx.full {
        // Gigabytes: optimised.
        t.add(cx.cargo().args(["test", "-q", "--release", "-p", "aerocodes-cli", "--test", "faults", "--", "--ignored"]).tests()?);
    }
    Ok(t)
}

fn demo(cx: &Context) -> Result<()> {
    let command = cx.packages("cli").join("bin/aerocodes");
    cx.cmd(&command).args(["explain", "java:-8", "legacy:602"]).run()?;
    cx.cmd(&command).args(["translate", "nodejs-1.0:400", "--to", "server"]).run()?;
    cx.cmd(&command).args(["recognize", "examples/data/trace.txt"]).run()?;
    let report = cx.scratch("demo")?.join("report.html");
    cx.cmd(&command).args(["scan", "examples/data", "--limit", "5", "--report"]).arg(&report).run()?;
    println!("   the page: {}", report.display());
    Ok(())
}
