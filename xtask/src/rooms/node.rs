//! The room `node`: the npm package `aerocodes` with its platform package, in `bindings/node`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::Room;
use crate::run::{Context, Missing, Tally, copy_dir, step};

pub const ROOM: Room = Room { name: "node", build: Some(build), test, demo: Some(demo), bench: Some(bench) };

/// esbuild puts one file out of the sources; the parser is bundled into `aerocodes-migrate`.
const TOOLS: [&str; 2] = ["esbuild@0.25.12", "@babel/parser@7.28.5"];
/// The platforms for which a package may exist: those that `dist` can build.
const PLATFORMS: [&str; 6] = ["linux-x64-gnu", "linux-x64-musl", "linux-arm64-gnu", "linux-arm64-musl", "darwin-arm64", "darwin-x64"];
const HOST: &str = "linux-x64-gnu";

fn build(cx: &Context) -> Result<()> {
    if !cx.cmd("node").arg("--version").quiet().succeeds() {
        return Err(Missing("Node.js 20 or newer".to_owned()).into());
    }
    let tools = cx.npm("node-tools", &TOOLS)?;
    cx.rust_target("wasm32-unknown-unknown")?;
    cx.cargo().args(["build", "-q", "--release", "-p", "aerocodes-node", "-p", "aerocodes-cli"]).run()?;
    cx.cargo()
        .args(["build", "-q", "--release", "-p", "aerocodes-node-fallback", "--target", "wasm32-unknown-unknown"])
        .env("CARGO_PROFILE_RELEASE_PANIC", "abort")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s")
        .env("CARGO_PROFILE_RELEASE_STRIP", "symbols")
        .run()?;

    let from = cx.root.join("bindings/node");
    let dir = cx.fresh("node/stage")?;
    let (root, platform) = (dir.join("aerocodes"), dir.join(HOST));
    fs::create_dir_all(root.join("dist"))?;
    fs::create_dir_all(platform.join("bin"))?;
    let mut manifest: Value = serde_json::from_str(&fs::read_to_string(from.join("package.json"))?)?;
    let version = manifest["version"].clone();
    manifest["optionalDependencies"] = PLATFORMS.iter().map(|p| (format!("@aerocodes/{p}"), version.clone())).collect();
    write_json(&root.join("package.json"), &manifest)?;
    cx.cmd("node").arg(from.join("scripts/stage.mjs")).arg(&root).arg(&tools).run()?;
    let release = cx.target().join("release");
    fs::copy(cx.target().join("wasm32-unknown-unknown/release/aerocodes_node_fallback.wasm"), root.join("dist/fallback.wasm"))?;
    fs::copy(release.join("libaerocodes_node.so"), platform.join("aerocodes.node"))?;
    fs::copy(release.join("aerocodes"), platform.join("bin/aerocodes"))?;
    let mut of_host = json!({
        "name": format!("@aerocodes/{HOST}"),
        "version": version,
        "description": format!("The native part of aerocodes for {HOST}"),
        "os": ["linux"], "cpu": ["x64"], "libc": ["glibc"],
        "main": "aerocodes.node",
        "files": ["aerocodes.node", "bin"],
    });
    for key in ["license", "homepage", "repository", "engines"] {
        of_host[key] = manifest[key].clone();
    }
    write_json(&platform.join("package.json"), &of_host)?;
    fs::write(
        platform.join("README.md"),
        format!("The native part of [aerocodes](https://www.npmjs.com/package/aerocodes) for {HOST}.\n"),
    )?;
    fs::copy(from.join("README.md"), root.join("README.md"))?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        for package in [&root, &platform] {
            fs::copy(cx.root.join(licence), package.join(licence))?;
        }
    }
    let packages = cx.packages("node");
    if packages.exists() {
        fs::remove_dir_all(&packages)?;
    }
    fs::create_dir_all(&packages)?;
    for package in [&root, &platform] {
        cx.cmd("npm").args(["pack", "--silent", "--pack-destination"]).arg(&packages).dir(package).quiet().run()?;
    }
    Ok(())
}

fn write_json(path: &Path, value: &Value) -> Result<()> {
    fs::write(path, format!("{value:#}\n")).with_context(|| path.display().to_string())
}

/// The tarballs: the root package and that of this platform.
fn tarballs(cx: &Context) -> Result<(PathBuf, PathBuf)> {
    let mut all: Vec<PathBuf> = fs::read_dir(cx.packages("node"))?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    all.sort();
    ensure!(all.len() == 2, "target/packages/node holds {all:?}; run `cargo xtask build node`");
    // `aerocodes-0.1.0.tgz` sorts before `aerocodes-linux-x64-gnu-0.1.0.tgz`.
    Ok((all[0].clone(), all[1].clone()))
}

/// Installs tarballs in an empty folder, as a user does.
fn install(cx: &Context, name: &str, packages: &[&Path]) -> Result<PathBuf> {
    let dir = cx.fresh(&format!("node/{name}"))?;
    fs::write(dir.join("package.json"), "{ \"private\": true }\n")?;
    // Packages of other platforms are on no registry while the version is unpublished.
    cx.cmd("npm")
        .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"])
        .args(packages)
        .dir(&dir)
        .quiet()
        .run()?;
    Ok(dir)
}

fn test(cx: &Context) -> Result<Tally> {
    let mut t = Tally::default();
    let (root, platform) = tarballs(cx)?;
    let dir = install(cx, "consumer", &[&root, &platform])?;
    copy_dir(&cx.root.join("bindings/node/tests"), &dir.join("tests"))?;
    let tests = |engine: &str| {
        cx.cmd("node").args(["--test", "tests/"]).env("AEROCODES_ENGINE", engine).env("AEROCODES_ROOT", &cx.root).dir(&dir).tests()
    };
    t.add(step("vectors and behaviour, native", || tests("native"))?);
    t.add(step("vectors and behaviour, fallback", || tests("wasm"))?);
    Ok(t)
}

fn demo(cx: &Context) -> Result<()> {
    let (root, platform) = tarballs(cx)?;
    let dir = install(cx, "demo", &[&root, &platform])?;
    cx.cmd("node").args(["-e", "console.log(String(require('aerocodes').lookup('nodejs-1.0', 602)))"]).dir(&dir).run()
}

fn bench(_: &Context) -> Result<()> {
    Ok(())
}
