//! The room `wasm`: the npm package `aerocodes-web` with the docs widget, in real browsers.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::Room;
use crate::run::{Cmd, Context, Tally, copy_dir, step};

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
        .args(["--flatten", "--rereloop", "-Oz", "-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"])
        .args(WASM_FEATURES)
        .arg(out.join("glue_bg.wasm"))
        .arg("-o")
        .arg(out.join("aerocodes.wasm"))
        .run()?;
    Ok(out)
}

/// The package as it is published: `target/packages/wasm/aerocodes-web-<version>.tgz`.
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
    cx.cmd(tools.join("node_modules/.bin/tsc")).arg("-p").arg(source.join("tsconfig.json")).arg("--outDir").arg(&dist).quiet().run()?;
    for entry in std::fs::read_dir(&dist)? {
        // Within the package the engine is the script beside the widget.
        let path = entry?.path();
        let text = std::fs::read_to_string(&path)?;
        std::fs::write(&path, text.replace("\"aerocodes-api\"", "\"./index.js\""))?;
    }
    bundle(cx, &glue, &dist)?;
    let packages = cx.packages("wasm");
    if packages.exists() {
        std::fs::remove_dir_all(&packages)?;
    }
    std::fs::create_dir_all(&packages)?;
    Cmd::new("npm").args(["pack", "--silent", "--pack-destination"]).arg(&packages).dir(&package).quiet().run()
}

/// Runs esbuild over the scripts.
fn bundle(cx: &Context, glue: &Path, out: &Path) -> Result<()> {
    let tools = cx.npm("wasm-build", BUILD_TOOLS)?;
    cx.cmd("node").arg(cx.root.join("bindings/wasm/build.mjs")).arg(tools).arg(glue).arg(out).quiet().run()
}

/// A project that has installed the package from its archive, with what the tests need beside it.
fn installed(cx: &Context) -> Result<PathBuf> {
    let dir = cx.npm("wasm-test", TEST_TOOLS)?;
    let package = dir.join("node_modules/aerocodes-web");
    if package.exists() {
        std::fs::remove_dir_all(&package)?;
    }
    std::fs::create_dir_all(&package)?;
    let archive = cx.packages("wasm").join(format!("aerocodes-web-{}.tgz", env!("CARGO_PKG_VERSION")));
    cx.cmd("tar").args(["-xz", "--strip-components=1", "-C"]).arg(&package).arg("-f").arg(archive).quiet().run()?;
    Ok(dir)
}

/// The example app, built by Vite inside the project.
fn vite(cx: &Context, project: &Path, scratch: &Path) -> Result<()> {
    let app = project.join("app");
    if app.exists() {
        std::fs::remove_dir_all(&app)?;
    }
    copy_dir(&cx.root.join("examples/vite"), &app)?;
    cx.cmd("node")
        .arg(project.join("node_modules/vite/bin/vite.js"))
        .args(["build", "--logLevel", "warn", "--emptyOutDir", "--outDir"])
        .arg(scratch.join("vite"))
        .dir(&app)
        .run()
}

/// A script of the room's tests with the places it needs.
fn script(cx: &Context, project: &Path, scratch: &Path, arguments: &[&str], file: &str) -> Result<Cmd> {
    Ok(cx
        .cmd("node")
        .args(arguments)
        .arg(cx.root.join("bindings/wasm/tests").join(file))
        .env("AEROCODES_ROOT", &cx.root)
        .env("AEROCODES_PROJECT", project)
        .env("AEROCODES_SCRATCH", scratch)
        .env("AEROCODES_TOOLS", cx.npm("wasm-build", BUILD_TOOLS)?)
        .env("AEROCODES_PLAIN", cx.target().join("xtask/wasm/glue-plain"))
        .env("AEROCODES_CHROMIUM", "/usr/bin/chromium")
        .env("AEROCODES_FIREFOX", "/usr/bin/firefox-esr"))
}

fn test(cx: &Context) -> Result<Tally> {
    let project = installed(cx)?;
    let scratch = cx.fresh("wasm/browser")?;
    let mut t = Tally::default();
    let mut run = |file: &str| -> Result<()> {
        t.add(script(cx, &project, &scratch, &["--test", "--test-reporter=tap"], file)?.tests()?);
        Ok(())
    };
    step("the package in Node.js", || run("node.test.mjs"))?;
    step("sizes", || {
        let plain = module(cx, false)?;
        bundle(cx, &plain, &plain)?;
        run("sizes.test.mjs")
    })?;
    step("the package and the examples in Chromium", || {
        cx.apt(&["chromium"])?;
        vite(cx, &project, &scratch)?;
        run("browser.test.mjs")
    })?;
    if cx.full {
        step("the main paths in Firefox", || {
            cx.apt(&["firefox-esr"])?;
            let tools = cx.npm("wasm-firefox", FIREFOX_TOOLS)?;
            t.add(
                script(cx, &project, &scratch, &["--test", "--test-reporter=tap"], "firefox.test.mjs")?
                    .env("AEROCODES_PUPPETEER", tools)
                    .tests()?,
            );
            Ok(())
        })?;
    }
    t.add(step("the reference site", || crate::site::test(cx))?);
    Ok(t)
}

fn demo(cx: &Context) -> Result<()> {
    let project = installed(cx)?;
    let scratch = cx.fresh("wasm/browser")?;
    cx.apt(&["chromium"])?;
    vite(cx, &project, &scratch)?;
    script(cx, &project, &scratch, &[], "demo.mjs")?.run()
}

fn bench(cx: &Context) -> Result<()> {
    build(cx)?;
    let project = installed(cx)?;
    let scratch = cx.fresh("wasm/browser")?;
    cx.apt(&["chromium"])?;
    script(cx, &project, &scratch, &[], "bench.mjs")?.run()
}
