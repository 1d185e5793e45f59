//! The command: `crates/aerocodes-cli`.

use anyhow::Result;

use super::Room;
use crate::run::{Context, Tally};

pub const ROOM: Room = Room { name: "cli", build: Some(build), test, demo: Some(demo), bench: None };

fn build(cx: &Context) -> Result<()> {
    cx.cargo().args(["build", "-q", "--release", "-p", "aerocodes-cli"]).run()?;
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
    cx.cargo().args(["test", "-q", "--release", "-p", "aerocodes-cli"]).tests()
}

fn demo(cx: &Context) -> Result<()> {
    let command = cx.packages("cli").join("bin/aerocodes");
    cx.cmd(&command).args(["explain", "java:-8", "legacy:602"]).run()?;
    cx.cmd(&command).args(["translate", "nodejs-1.0:400", "--to", "server"]).run()
}
