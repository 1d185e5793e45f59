//! The room `scan`: the recogniser and the search in whole logs.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use super::Room;
use crate::run::{Context, Missing, Tally, step};

pub const ROOM: Room = Room { name: "scan", build: None, test, demo: None, bench: Some(bench) };

fn test(cx: &Context) -> Result<Tally> {
    let mut t = Tally::default();
    t.add(cx.cargo().args(["test", "-q", "-p", "aerocodes-scan", "--all-features"]).tests()?);
    step("no std, other targets, oldest Rust", || {
        for target in ["thumbv7em-none-eabihf", "wasm32-unknown-unknown"] {
            cx.rust_target(target)?;
            cx.cargo().args(["build", "-q", "-p", "aerocodes-scan", "--target", target]).run()?;
        }
        let tree = cx.cargo().args(["tree", "-p", "aerocodes-scan", "-e", "normal", "--no-default-features"]).output()?;
        ensure!(tree.lines().count() == 2, "the recogniser has dependencies:\n{tree}");
        cx.rust_toolchain("1.85")?;
        let dir = cx.scratch("msrv")?;
        cx.cmd("rustup")
            .args(["run", "1.85", "cargo", "build", "-q", "-p", "aerocodes-scan"])
            .env("CARGO_TARGET_DIR", dir)
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("CARGO")
            .run()
    })?;
    t.add(Tally { passed: 4, ..Tally::default() });
    if cx.full {
        for target in ["recognize", "cuts", "logs"] {
            step(&format!("a minute of fuzzing: {target}"), || fuzz(cx, target))?;
            t.add(Tally::PASSED);
        }
    }
    Ok(t)
}

/// Runs one fuzz target for a minute; needs the nightly toolchain, and installs cargo-fuzz.
fn fuzz(cx: &Context, target: &str) -> Result<()> {
    const INSTALL: [&str; 7] = ["cargo", "install", "-q", "cargo-fuzz", "--locked", "--version", "0.13.2"];
    let nightly = || cx.cmd("rustup").args(["run", "nightly"]).env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
    let there = || nightly().args(["cargo", "fuzz", "--version"]).quiet().succeeds();
    let installed = there() || (nightly().args(INSTALL).succeeds() && there());
    if !installed {
        return Err(Missing(
            "cargo-fuzz on the nightly toolchain; run: cargo +nightly install cargo-fuzz --locked --version 0.13.2".into(),
        )
        .into());
    }
    nightly()
        .args(["cargo", "fuzz", "run", target, "--", "-max_total_time=60", "-max_len=4096"])
        .dir(cx.root.join("crates/aerocodes-scan"))
        .run()
}

/// What the other tools look for: the anchors, as literals.
const ANCHORS: &str = "aerospike|Aerospike|AEROSPIKE_|AS_ERR_|AS_SEC_|CITRUSLEAF_|ResultCode|Error [-0-9C]|Error: \\(|err\\(|ERROR:|FAIL:|imeout: |[0-9], '|code=|code: |code\":|src/main/|abandon|query job|scan job|write_master";

/// The same job with Python's `re`.
const PYTHON: &str = "import re,sys,time\nd=open(sys.argv[1],'rb').read(int(sys.argv[2]))\nt=time.perf_counter()\nn=sum(1 for _ in re.finditer(sys.argv[3].encode(),d))\ns=time.perf_counter()-t\nprint(f'{len(d)/s/1e9:.4f} GB/s, {n} hits')\n";

fn bench(cx: &Context) -> Result<()> {
    cx.apt(&["ripgrep"])?;
    cx.cargo().args(["build", "-q", "--release", "-p", "aerocodes-scan", "--features", "std", "--example", "throughput"]).run()?;
    let tool = cx.target().join("release/examples/throughput");
    let dir = cx.scratch("scan-bench")?;
    let size: u64 = std::env::var("AEROCODES_BENCH_BYTES").ok().and_then(|s| s.parse().ok()).unwrap_or(2_000_000_000);
    for (name, bytes, percent) in [("sparse", size, "1"), ("dense", size / 4, "100")] {
        let file = dir.join(format!("{name}-{bytes}.log"));
        if !file.exists() {
            cx.cmd(&tool).arg("generate").arg(&file).arg(bytes.to_string()).arg(percent).run()?;
        }
        // Warm the cache.
        cx.cmd("cat").arg(&file).quiet().run()?;
        println!("\n{name}: {:.2} GB, {percent} % of the lines hold an error; best of three, in GB/s", bytes as f64 / 1e9);
        let ours = |threads: &str| -> Result<f64> { figure(&cx.cmd(&tool).arg("scan").arg(&file).args([threads, "3"]).output()?) };
        let cat = shell(cx, &format!("cat {0:?} >/dev/null", file), bytes)?;
        let count = shell(cx, &format!("rg -c {ANCHORS:?} {file:?} | cat >/dev/null"), bytes)?;
        let only = shell(cx, &format!("rg -o {ANCHORS:?} {file:?} >/dev/null"), bytes)?;
        let python = figure(&cx.cmd("python3").args(["-c", PYTHON]).arg(&file).arg("20000000").arg(ANCHORS).output()?)?;
        let (one, two) = (ours("1")?, ours("2")?);
        println!("   one thread {one:.2}, two threads {two:.2}; cat {cat:.2}, rg -c {count:.2}, rg -o {only:.2}, Python re {python:.4}");
        let ratio = |what: &str, got: f64, bar: f64| {
            println!("   {what:34} {got:7.2} (bar {bar:.2}){}", if got < bar { "  below the bar" } else { "" });
        };
        if name == "sparse" {
            ratio("one thread / cat", one / cat, 0.65);
            ratio("one thread / rg -c", one / count, 0.95);
            ratio("one thread / rg -o", one / only, 1.15);
            ratio("two threads / cat", two / cat, 1.25);
            ratio("one thread / Python re", one / python, 40.0);
        } else {
            ratio("one thread / rg -o", one / only, 4.0);
        }
    }
    Ok(())
}

/// The number that a line starts with.
fn figure(line: &str) -> Result<f64> {
    line.split_whitespace().next().and_then(|n| n.parse().ok()).with_context(|| format!("no figure in {line:?}"))
}

/// The best of three runs of a shell command over `bytes` bytes, in GB/s.
fn shell(cx: &Context, command: &str, bytes: u64) -> Result<f64> {
    let mut best = 0f64;
    for _ in 0..3 {
        let start = Instant::now();
        cx.cmd("sh").args(["-c", command]).dir(Path::new(&cx.root)).quiet().run()?;
        best = best.max(bytes as f64 / start.elapsed().as_secs_f64() / 1e9);
    }
    Ok(best)
}
