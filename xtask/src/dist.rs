//! `cargo xtask dist`: the command and the npm platform packages for other platforms, cross-built with zig as the linker, under `target/dist`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::rooms::node::{PLATFORMS, Platform};
use crate::run::{Cmd, Context, step};

/// Rust's name of each platform; a suffix names the oldest glibc it shall run on.
const TARGETS: [&str; 7] = [
    "x86_64-unknown-linux-gnu.2.17",
    "aarch64-unknown-linux-gnu.2.17",
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
    "x86_64-pc-windows-gnu",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
];

/// zig carries the C libraries and linkers of all these platforms; cargo-zigbuild hands it to cargo.
const TOOLS: [&str; 2] = ["cargo-zigbuild==0.24.0", "ziglang==0.17.1"];

/// Builds an archive and an npm package, each with a checksum, for each of `targets`, for all known ones when there are none.
pub fn run(cx: &Context, targets: &[String]) -> Result<()> {
    let chosen: Vec<&str> = if targets.is_empty() { TARGETS.to_vec() } else { targets.iter().map(String::as_str).collect() };
    if let Some(unknown) = chosen.iter().find(|t| !TARGETS.iter().any(|k| k == *t || k.split_once(".2").is_some_and(|(k, _)| k == **t))) {
        bail!("there is no platform `{unknown}`; known are {}", TARGETS.join(", "));
    }
    let python = cx.venv("dist", "python3", &TOOLS)?;
    let bin = python.parent().context("a virtual environment has a folder for programs")?.to_path_buf();
    let path = std::env::join_paths(std::iter::once(bin).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())))?;
    let dist = cx.root.join("target/dist");
    std::fs::create_dir_all(&dist)?;
    for target in chosen {
        step(&format!("dist {target}"), || {
            let plain = target.split_once(".2").map_or(target, |(t, _)| t);
            cx.rust_target(plain)?;
            cx.cargo().args(["zigbuild", "-q", "--release", "-p", "aerocodes-cli", "--target", target]).env("PATH", &path).run()?;
            let name = if plain.contains("windows") { "aerocodes.exe" } else { "aerocodes" };
            let built = cx.target().join(plain).join("release").join(name);
            let folder = format!("aerocodes-{}-{plain}", env!("CARGO_PKG_VERSION"));
            let dir = dist.join(&folder);
            std::fs::create_dir_all(&dir)?;
            std::fs::copy(&built, dir.join(name)).with_context(|| format!("{} was not built", built.display()))?;
            for text in ["README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
                std::fs::copy(cx.root.join(text), dir.join(text))?;
            }
            let archive = format!("{folder}.tar.gz");
            Cmd::new("tar")
                .args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "-czf", &archive, &folder])
                .dir(&dist)
                .run()?;
            checksum(&dist, &archive)?;
            if let Some(platform) = PLATFORMS.iter().find(|p| p.target == plain) {
                let addon = addon(cx, platform, target, &path, &python)?;
                let stage = cx.scratch("dist/node")?;
                checksum(&dist, &platform.pack(cx, &addon, &built, &stage, &dist)?)?;
            }
            Ok(())
        })?;
    }
    println!("\nArchives, npm packages and checksums are in target/dist.");
    Ok(())
}

fn checksum(dist: &Path, file: &str) -> Result<()> {
    let sum = Cmd::new("sha256sum").arg(file).dir(dist).output()?;
    std::fs::write(dist.join(format!("{file}.sha256")), sum)?;
    Ok(())
}

/// The Node-API addon for a platform.
fn addon(cx: &Context, platform: &Platform, target: &str, path: &OsStr, python: &Path) -> Result<PathBuf> {
    let mut cargo = cx.cargo().args(["zigbuild", "-q", "--release", "-p", "aerocodes-node", "--target", target]).env("PATH", path);
    if platform.target.ends_with("musl") {
        // A shared library cannot hold the C library itself.
        cargo = cargo.env("RUSTFLAGS", "-Ctarget-feature=-crt-static");
    }
    if platform.target.contains("windows") {
        // napi's build scripts ask for node's library, of which the addon, that looks its symbols up at run time, uses nothing.
        let dir = cx.scratch("dist/libnode")?;
        let empty = dir.join("empty.c");
        std::fs::write(&empty, "int aerocodes_nothing(void) { return 0; }\n")?;
        let zig = cx.cmd(python).args(["-m", "ziglang", "cc", "-target", "x86_64-windows-gnu", "-shared", "-o"]);
        zig.arg(dir.join("libnode.dll")).arg(&empty).quiet().run()?;
        cargo = cargo.env("LIBNODE_PATH", &dir);
    }
    cargo.run()?;
    Ok(cx.target().join(platform.target).join("release").join(platform.addon()))
}
