//! The Go module: `bindings/go`, packed as a module proxy serves it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use super::Room;
use crate::run::{Cmd, Context, Missing, Tally, copy_dir, step};

pub const ROOM: Room = Room { name: "go", build: Some(build), test, demo: Some(demo), bench: Some(bench) };

const MODULE: &str = "github.com/aerocodes/aerocodes/bindings/go";

/// The linter that Go programmers run beside `go vet`; it is fetched through the module proxy.
const STATICCHECK: &str = "honnef.co/go/tools/cmd/staticcheck@v0.8.2";

/// A directory that `GOPROXY=file://…` serves from.
fn build(cx: &Context) -> Result<()> {
    if !Cmd::new("go").arg("version").quiet().succeeds() {
        return Err(Missing("Go 1.23 or newer".to_owned()).into());
    }
    let out = cx.packages("go");
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    let tool = cx.root.join("xtask/tools/go-module/main.go");
    go(cx, &cx.root)
        .args(["run", &tool.to_string_lossy(), &cx.root.join("bindings/go").to_string_lossy(), MODULE, &version()])
        .arg(&cx.root)
        .arg(&out)
        .quiet()
        .run()
}

fn version() -> String {
    format!("v{}", env!("CARGO_PKG_VERSION"))
}

/// Go, without what a developer's own settings would change.
fn go(cx: &Context, dir: &Path) -> Cmd {
    cx.cmd("go").dir(dir).env("GOWORK", "off").env("GOFLAGS", "-mod=mod -modcacherw -buildvcs=false")
}

/// Go in a consumer of the packed module: that comes from the package, everything else from where this machine gets modules.
fn consumer(cx: &Context, dir: &Path) -> Result<Cmd> {
    let others = cx.cmd("go").args(["env", "GOPROXY"]).output()?;
    Ok(go(cx, dir)
        .env("GOPROXY", format!("file://{},{}", cx.packages("go").display(), others.trim()))
        .env("GONOSUMDB", MODULE)
        // Go indexes a module version once and for all; here the same version is built many times.
        .env("GODEBUG", "goindex=0")
        .env("GOMODCACHE", cx.target().join("xtask/go-modules")))
}

/// Forgets the module of an earlier build: a version is built many times here, which Go's cache rightly does not expect.
fn forget(cx: &Context) -> Result<()> {
    let cache = cx.target().join("xtask/go-modules");
    for old in ["github.com/aerocodes", "cache/download/github.com/aerocodes"] {
        let old = cache.join(old);
        if old.exists() {
            std::fs::remove_dir_all(&old).with_context(|| format!("{} cannot be removed", old.display()))?;
        }
    }
    Ok(())
}

/// A copy of `from` in which the packed module is installed.
fn install(cx: &Context, from: &str, name: &str) -> Result<PathBuf> {
    forget(cx)?;
    let dir = cx.fresh(name)?;
    copy_dir(&cx.root.join(from), &dir)?;
    if !dir.join("go.mod").exists() {
        consumer(cx, &dir)?.args(["mod", "init", "example"]).quiet().run()?;
    }
    consumer(cx, &dir)?.args(["get", &format!("{MODULE}@{}", version())]).quiet().run()?;
    consumer(cx, &dir)?.args(["mod", "tidy"]).quiet().run()?;
    Ok(dir)
}

fn test(cx: &Context) -> Result<Tally> {
    let source = cx.root.join("bindings/go");
    let mut t = Tally::default();
    step("format, vet, the documentation's examples", || {
        let unformatted = cx.cmd("gofmt").args(["-l", "bindings/go", "examples/go", "xtask/tools/go-module"]).output()?;
        ensure!(unformatted.is_empty(), "run gofmt -w on:\n{unformatted}");
        go(cx, &source).args(["vet", "./..."]).run()?;
        let needs = go(cx, &source).args(["list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "."]).output()?;
        ensure!(needs.split_whitespace().eq([MODULE]), "the module has dependencies:\n{needs}");
        go(cx, &source).args(["build", "-o", "/dev/null", "."]).env("CGO_ENABLED", "0").run()
    })?;
    t.add(Tally { passed: 3, ..Tally::default() });
    if cx.full {
        step("staticcheck", || go(cx, &source).args(["run", STATICCHECK, "./..."]).run())?;
        t.add(Tally::PASSED);
    }
    t.add(go(cx, &source).args(["test", "-v", "."]).tests()?);
    let dir = step("install the package beside the official client", || install(cx, "bindings/go/tests", "go"))?;
    let vectors = cx.root.join("bindings/vectors.json");
    let mut tests = consumer(cx, &dir)?.args(["test", "-count=1", "-v"]);
    if cx.full {
        tests = tests.arg("-race");
    }
    t.add(tests.arg(".").env("AEROCODES_VECTORS", &vectors).tests()?);
    let trace = cx.root.join("examples/data/trace.txt");
    let recognition =
        with_c_library(cx, consumer(cx, &dir)?)?.args(["test", "-count=1", "-v", "-tags", "aerocodes_cgo", "-run", "Recogni|Core", "."]);
    let mut recognition = recognition.env("AEROCODES_TRACE", trace).shown(&["calls over the boundary"]);
    if cx.full {
        recognition = recognition.env("AEROCODES_CALLS", "10000000");
    }
    t.add(recognition.tests()?);
    Ok(t)
}

/// The C library of the room `c`, as pkg-config and the loader find an installed one.
fn with_c_library(cx: &Context, command: Cmd) -> Result<Cmd> {
    let lib = cx.packages("c").join("lib");
    if !lib.join("pkgconfig/aerocodes.pc").exists() {
        let build = super::c::ROOM.build.context("the room c builds nothing")?;
        step("the C library", || build(cx))?;
    }
    Ok(command.env("CGO_ENABLED", "1").env("PKG_CONFIG_PATH", lib.join("pkgconfig")).env("LD_LIBRARY_PATH", lib))
}

fn demo(cx: &Context) -> Result<()> {
    let dir = install(cx, "examples/go", "go-demo")?;
    let program = dir.join("explain");
    with_c_library(cx, consumer(cx, &dir)?)?.args(["build", "-tags", "aerocodes_cgo", "-o"]).arg(&program).arg(".").run()?;
    let out = with_c_library(cx, cx.cmd(&program))?.args(["examples/data/codes.txt", "examples/data/trace.txt"]).output()?;
    let expected = std::fs::read_to_string(cx.root.join("examples/expected.txt"))?;
    ensure!(out == expected, "the example prints something else than examples/expected.txt:\n{out}");
    println!("   explain.go: as expected, {} lines", out.lines().count());
    Ok(())
}

fn bench(cx: &Context) -> Result<()> {
    build(cx)?;
    let dir = install(cx, "bindings/go/tests", "go-bench")?;
    let out = consumer(cx, &dir)?.args(["test", "-run", "^$", "-bench", ".", "-count", "5"]).output()?;
    let best = |name: &str| {
        out.lines()
            .filter(|l| l.starts_with(name))
            .filter_map(|l| l.split("ns/op").next()?.split_whitespace().last()?.parse::<f64>().ok())
            .min_by(f64::total_cmp)
            .with_context(|| format!("no figure of {name} in\n{out}"))
    };
    let (ours, map) = (best("BenchmarkLookup")?, best("BenchmarkMap")?);
    println!("   lookup {ours:.1} ns, map[int] {map:.1} ns: {:.2} x", ours / map);
    Ok(())
}
