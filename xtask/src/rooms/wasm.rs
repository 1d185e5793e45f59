//! The room `wasm`: the npm package `aerocodes-web` with the docs widget, in real browsers.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::Room;
use crate::run::{Cmd, Context, Tally, step};

pub const ROOM: Room = Room { name: "wasm", build: Some(build), test, demo: Some(demo), bench: Some(bench) };

/// What the build needs: binaryen for wasm-opt, esbuild to bundle, TypeScript for the declarations.
const BUILD_TOOLS: &[&str] = &["binaryen@132.0.0", "esbuild@0.28.2", "typescript@7.0.2"];
/// What the tests need: Playwright drives Chromium, axe-core checks accessibility, Vite builds the example app.
const TEST_TOOLS: &[&str] = &["playwright-core@1.65.1", "axe-core@4.14.1", "vite@8.3.8"];
/// Playwright cannot drive Debian's Firefox; Puppeteer does, over WebDriver BiDi.
const FIREFOX_TOOLS: &[&str] = &["puppeteer-core@24.43.0"];
/// What every engine of the last years has; more makes modules that Node.js 20 refuses.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// Compiles the module with or without the recogniser; the directory with `glue.js` and `aerocodes.wasm`.
fn module(cx: &Context, recognize: bool) -> Result<PathBuf> {
    let tools = cx.npm("wasm-build", BUILD_TOOLS)?;
    cx.rust_target("wasm32-unknown-unknown")?;
    cx.cargo().args(["build", "-q", "-p", "aerocodes-wasm-bindgen"]).run()?;
    let features: &[&str] = if recognize { &[] } else { &["--no-default-features"] };
    cx.cargo()
        .args(["build", "-q", "-p", "aerocodes-wasm", "--lib", "--profile", "wasm", "--target", "wasm32-unknown-unknown"])
        .args(features)
        .run()?;
    let out = cx.fresh(if recognize { "wasm/glue" } else { "wasm/glue-plain" })?;
    let built = cx.target().join("wasm32-unknown-unknown/wasm/aerocodes_wasm.wasm");
    cx.cmd(cx.target().join("debug/aerocodes-wasm-bindgen")).arg(built).arg(&out).run()?;
    cx.cmd(tools.join("node_modules/.bin/wasm-opt"))
        .args(["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"])
        .args(WASM_FEATURES)
        .arg(out.join("glue_bg.wasm"))
        .arg("-o")
        .arg(out.join("aerocodes.wasm"))
        .run()?;
    Ok(out)
}

/// The package as it is published: `target/packages/wasm/aerocodes-web-0.1.0.tgz`.
fn build(cx: &Context) -> Result<()> {
    let glue = module(cx, true)?;
    let tools = cx.npm("wasm-build", BUILD_TOOLS)?;
    let package = cx.fresh("wasm/package")?;
    let source = cx.root.join("bindings/wasm");
    for name in ["package.json", "README.md"] {
        std::fs::copy(source.join(name), package.join(name)).with_context(|| name.to_owned())?;
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        std::fs::copy(cx.root.join(name), package.join(name))?;
    }
    let dist = package.join("dist");
    cx.cmd(tools.join("node_modules/.bin/tsc")).arg("-p").arg(source.join("tsconfig.json")).arg("--outDir").arg(&dist).run()?;
    for entry in std::fs::read_dir(&dist)? {
        // Within the package the engine is the script beside the widget.
        let path = entry?.path();
        let text = std::fs::read_to_string(&path)?;
        std::fs::write(&path, text.replace("\"aerocodes-api\"", "\"./index.js\""))?;
    }
    cx.cmd("node").arg(source.join("build.mjs")).arg(&tools).arg(&glue).arg(&dist).run()?;
    let packages = cx.packages("wasm");
    if packages.exists() {
        std::fs::remove_dir_all(&packages)?;
    }
    std::fs::create_dir_all(&packages)?;
    Cmd::new("npm").args(["pack", "--silent", "--pack-destination"]).arg(&packages).dir(&package).quiet().run()
}

/// A project that has installed the package from its archive, with what the tests need beside it.
fn installed(cx: &Context) -> Result<PathBuf> {
    let dir = cx.npm("wasm-test", TEST_TOOLS)?;
    let package = dir.join("node_modules/aerocodes-web");
    if package.exists() {
        std::fs::remove_dir_all(&package)?;
    }
    std::fs::create_dir_all(&package)?;
    let archive = cx.packages("wasm").join("aerocodes-web-0.1.0.tgz");
    cx.cmd("tar").args(["-xz", "--strip-components=1", "-C"]).arg(&package).arg("-f").arg(archive).run()?;
    Ok(dir)
}

fn node_test(cx: &Context, dir: &std::path::Path, file: &str) -> Cmd {
    cx.cmd("node")
        .args(["--test", "--test-reporter=tap"])
        .arg(cx.root.join("bindings/wasm/tests").join(file))
        .env("AEROCODES_PROJECT", dir)
        .env("AEROCODES_ROOT", &cx.root)
}

fn test(cx: &Context) -> Result<Tally> {
    let dir = installed(cx)?;
    let mut t = Tally::default();
    step("the package in Node.js", || {
        t.add(node_test(cx, &dir, "node.test.mjs").tests()?);
        Ok(())
    })?;
    t.add(step("the reference site", || crate::site::test(cx))?);
    Ok(t)
}

fn demo(cx: &Context) -> Result<()> {
    let _ = cx;
    Ok(())
}

fn bench(cx: &Context) -> Result<()> {
    let _ = (cx, FIREFOX_TOOLS);
    Ok(())
}
