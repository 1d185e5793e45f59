//! The core crate: `crates/aerocodes`.

use std::time::Instant;

use anyhow::{Result, ensure};

use super::Room;
use crate::run::{Cmd, Context, Missing, Tally, step};

pub const ROOM: Room = Room { name: "core", build: None, test, demo: Some(demo), bench: Some(bench) };

fn test(cx: &Context) -> Result<Tally> {
    let mut t = Tally::default();
    step("format, lints, documentation", || {
        cx.cargo().args(["fmt", "--all", "--check"]).run()?;
        cx.cargo().args(["clippy", "-q", "--all-targets", "--all-features", "--", "-D", "warnings"]).run()?;
        cx.cargo().args(["doc", "-q", "--no-deps", "--all-features", "-p", "aerocodes"]).env("RUSTDOCFLAGS", "-D warnings").run()
    })?;
    t.add(cx.cargo().args(["test", "-q", "-p", "aerocodes", "--all-features"]).tests()?);
    t.add(cx.cargo().args(["test", "-q", "-p", "xtask"]).tests()?);
    step("no features, other targets, oldest Rust", || {
        let tree = cx.cargo().args(["tree", "-p", "aerocodes", "-e", "normal", "--no-default-features"]).output()?;
        ensure!(tree.lines().count() == 1, "the core has dependencies:\n{tree}");
        cx.cargo().args(["test", "-q", "-p", "aerocodes", "--no-default-features", "--lib", "--tests"]).quiet().run()?;
        for target in ["thumbv7em-none-eabihf", "wasm32-unknown-unknown"] {
            cx.rust_target(target)?;
            cx.cargo().args(["build", "-q", "-p", "aerocodes", "--target", target]).run()?;
        }
        cx.rust_toolchain("1.85")?;
        let dir = cx.scratch("msrv")?;
        cx.cmd("rustup")
            .args(["run", "1.85", "cargo", "build", "-q", "-p", "aerocodes"])
            .env("CARGO_TARGET_DIR", dir)
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("CARGO")
            .run()
    })?;
    t.add(Tally { passed: 4, ..Tally::default() });
    step("size of the smallest tables", || size(cx))?;
    t.add(Tally::PASSED);
    step("a consumer of the packaged crate", || package(cx))?;
    t.add(Tally::PASSED);
    step("the example program", || demo(cx))?;
    t.add(Tally::PASSED);
    if cx.full {
        step("miri: pointers of the Arrow interface", || miri(cx))?;
        t.add(Tally::PASSED);
    }
    Ok(t)
}

/// Runs the tests of the code that reads through pointers in an interpreter that finds undefined behaviour.
fn miri(cx: &Context) -> Result<()> {
    if !Cmd::new("rustup").args(["run", "nightly", "cargo", "miri", "--version"]).quiet().succeeds() {
        return Err(Missing("miri; run: rustup component add --toolchain nightly miri rust-src".into()).into());
    }
    cx.cmd("rustup")
        .args(["run", "nightly", "cargo", "miri", "test", "-q", "-p", "aerocodes-columns", "--test", "arrow"])
        .env("CARGO_TARGET_DIR", cx.scratch("miri")?)
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .run()
}

/// Packs the crate, unpacks it and builds an empty project against it.
fn package(cx: &Context) -> Result<()> {
    const CRATES: [&str; 3] = ["aerocodes", "aerocodes-scan", "aerocodes-columns"];
    let dir = cx.fresh("package")?;
    let version = env!("CARGO_PKG_VERSION");
    cx.cargo()
        .args(["package", "-q", "--allow-dirty", "--no-verify"])
        .args(CRATES.iter().flat_map(|c| ["-p", c]))
        .arg("--target-dir")
        .arg(&dir)
        .quiet()
        .run()?;
    for krate in CRATES {
        cx.cmd("tar").arg("-xzf").arg(dir.join(format!("package/{krate}-{version}.crate"))).arg("-C").arg(&dir).quiet().run()?;
    }
    let consumer = dir.join("consumer");
    std::fs::create_dir_all(consumer.join("src"))?;
    let entries = |indent: &str| CRATES.iter().map(|c| format!("{indent}{c} = {{ path = \"../{c}-{version}\" }}\n")).collect::<String>();
    std::fs::write(
        consumer.join("Cargo.toml"),
        format!(
            "[package]\nname = \"consumer\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[dependencies]\n{}[patch.crates-io]\n{}[workspace]\n",
            entries(""),
            entries("")
        ),
    )?;
    std::fs::write(
        consumer.join("src/main.rs"),
        "fn main() {\n    println!(\"{}\", aerocodes::Dialect::NODEJS_1_0.lookup(602));\n    println!(\"{}\", aerocodes_scan::recognize(\"err(9) Client timeout: socket=1 total=1 iterations=1 lastNode=BB9\").count());\n    \
         let mut ids = [0; 2];\n    aerocodes_columns::decode(aerocodes::Dialect::JAVA, &[9, -8], &mut ids);\n    println!(\"{ids:?}\");\n}\n",
    )?;
    let out = cx.cargo().args(["run", "-q", "--offline"]).dir(&consumer).env("CARGO_TARGET_DIR", dir.join("target")).output()?;
    let lines: Vec<&str> = out.lines().collect();
    ensure!(
        lines.len() == 3 && lines[0] == "nodejs-1.0:602 AEROSPIKE_ERR_RECORD_NOT_FOUND" && lines[1] == "1" && lines[2].starts_with("[10, "),
        "the consumer printed {out}"
    );
    Ok(())
}

/// Runs the example program of every language, in Rust.
fn demo(cx: &Context) -> Result<()> {
    let out = cx
        .cargo()
        .args(["run", "-q", "-p", "aerocodes-scan", "--example", "explain", "--", "examples/data/codes.txt", "examples/data/trace.txt"])
        .output()?;
    cx.expect_example(&out)?;
    println!("{out}");
    Ok(())
}

/// Adds up the read-only data of a program that uses the tables, without and with history, and looks for relocations in it.
fn size(cx: &Context) -> Result<()> {
    let dir = cx.fresh("size")?;
    std::fs::create_dir_all(dir.join("src"))?;
    std::fs::write(
        dir.join("Cargo.toml"),
        format!(
            "[package]\nname = \"size\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n[dependencies]\naerocodes = {{ path = {:?}, default-features = false }}\n[features]\nhistory = [\"aerocodes/history\"]\n[profile.release]\npanic = \"abort\"\nlto = \"fat\"\nopt-level = \"s\"\ncodegen-units = 1\n[workspace]\n",
            cx.root.join("crates/aerocodes")
        ),
    )?;
    std::fs::write(
        dir.join("src/lib.rs"),
        "#![no_std]\nuse aerocodes::{Code, Dialect, Reading, translate};\n#[panic_handler]\nfn panic(_: &core::panic::PanicInfo) -> ! { loop {} }\n\
         /// # Safety\n/// `out` holds 64 bytes.\n#[unsafe(no_mangle)]\npub unsafe extern \"C\" fn probe(d: u8, v: i32, n: *const u8, len: usize, out: *mut usize) -> usize {\n\
         let Some(d) = Dialect::from_id(d) else { return 0 };\n let r = Code::new(d, v).lookup();\n let name = unsafe { core::slice::from_raw_parts(n, len) };\n\
         let by = core::str::from_utf8(name).ok().and_then(Reading::from_name);\n let t = translate(r.code(), Dialect::GO);\n\
         #[cfg(feature = \"history\")]\n unsafe { *out.add(1) = r.since().map_or(0, |s| s.parts().len()) + usize::from(r.until().is_some()) + usize::from(r.introduced().is_some()) + r.gaps().count() + usize::from(aerocodes::lookup_at(d, v, r.since().unwrap_or(r.dialect().covered().0)).is_known()) };\n\
         unsafe { *out = r.name().map_or(0, |n| n.as_ptr() as usize) + by.and_then(|b| b.condition()).map_or(0, |c| c.name().as_ptr() as usize) };\n t.targets().count() + r.category().title().len() + d.title().len() + d.software().len()\n}\n",
    )?;
    for (features, limit) in [("", 40 * 1024), ("history", 64 * 1024)] {
        let target = dir.join("target");
        cx.cargo()
            .args(["build", "-q", "--release", "--offline", "--features", features])
            .dir(&dir)
            .env("CARGO_TARGET_DIR", &target)
            .run()?;
        let so = target.join("release/libsize.so");
        let sections = cx.cmd("readelf").args(["-SW"]).arg(&so).output()?;
        let of = |name: &str| -> u64 {
            sections
                .lines()
                .filter(|l| l.contains(&format!(" {name} ")))
                .filter_map(|l| l.split_whitespace().skip_while(|w| *w != "PROGBITS").nth(3))
                .filter_map(|h| u64::from_str_radix(h, 16).ok())
                .sum()
        };
        let (rodata, relro) = (of(".rodata"), of(".data.rel.ro"));
        println!(
            "   {}: {rodata} bytes of read-only data, {relro} that need relocation (limit {limit})",
            if features.is_empty() { "smallest" } else { features }
        );
        ensure!(rodata > 10_000, "the tables are not in the probe");
        ensure!(rodata <= limit, "the tables have outgrown {limit} bytes");
        ensure!(relro == 0, "{relro} bytes of the tables need relocation");
    }
    Ok(())
}

fn bench(cx: &Context) -> Result<()> {
    cx.cargo().args(["bench", "-q", "-p", "aerocodes", "--bench", "core"]).run()?;
    // The whole process, beside one that does nothing; interleaved.
    cx.cargo().args(["build", "-q", "--release", "-p", "aerocodes-cli"]).run()?;
    let command = cx.target().join("release/aerocodes");
    let (mut ours, mut none) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        for (program, args, times) in [(command.as_path(), &["-8"][..], &mut ours), (std::path::Path::new("/bin/true"), &[][..], &mut none)]
        {
            let start = Instant::now();
            ensure!(Cmd::new(program).args(args).succeeds(), "{} failed", program.display());
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    let median = |v: &mut Vec<f64>| {
        v.sort_by(f64::total_cmp);
        v[v.len() / 2]
    };
    let (a, b) = (median(&mut ours), median(&mut none));
    println!("process `aerocodes -8`: {a:.2} ms, `true`: {b:.2} ms: {:.2}x (bar: at most 2x)", a / b);
    Ok(())
}
