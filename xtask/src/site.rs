//! The reference site: built by `xtask/tools/site`, checked in Chromium by `xtask/tools/site/tests/check.mjs`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::run::{Cmd, Context, Tally};

/// What the checks need, pinned: a validator that runs on Node.js 20, the accessibility rules, and the driver of Chromium.
const NPM: &[&str] = &["html-validate@10.9.0", "axe-core@4.14.1", "playwright-core@1.65.1"];

/// Draws the site into `target/site`, with the widget when it has been built; where it is.
pub fn build(cx: &Context, base: Option<&str>) -> Result<PathBuf> {
    let out = cx.target().join("site");
    let widget = widget(cx)?;
    let mut tool = cx.cargo().args(["run", "-q", "-p", "aerocodes-site", "--", "--out"]).arg(&out);
    if let Some(dir) = &widget {
        tool = tool.arg("--widget").arg(dir);
    } else {
        println!("   without the widget: `cargo xtask build wasm` makes it");
    }
    if let Some(base) = base {
        tool = tool.args(["--base", base]);
    }
    tool.run()?;
    Ok(out)
}

/// What a page with the widget fetches; the package holds more.
const WIDGET: &[&str] = &["widget.js", "index.js", "aerocodes.wasm", "texts.json", "fallback.json"];

/// A directory with the widget's files and what they weigh compressed, if its package has been built.
fn widget(cx: &Context) -> Result<Option<PathBuf>> {
    let Ok(entries) = std::fs::read_dir(cx.packages("wasm")) else { return Ok(None) };
    let package = entries.filter_map(|e| Some(e.ok()?.path())).find(|p| p.extension().is_some_and(|e| e == "tgz"));
    let Some(package) = package else { return Ok(None) };
    let dir = cx.fresh("site-widget")?;
    cx.cmd("tar").arg("-xzf").arg(&package).arg("-C").arg(&dir).args(["--strip-components=2", "package/dist"]).quiet().run()?;
    let weigh = "const fs = require('fs'), { brotliCompressSync } = require('zlib'); \
                 console.log(JSON.stringify(Object.fromEntries(process.argv.slice(1).map((f) => [f, brotliCompressSync(fs.readFileSync(f)).length]))))";
    let keep = cx.fresh("site-widget-files")?;
    let sizes = cx.cmd("node").args(["-e", weigh]).args(WIDGET).dir(&dir).output()?;
    std::fs::write(keep.join("sizes.json"), sizes)?;
    for name in WIDGET {
        std::fs::copy(dir.join(name), keep.join(name)).with_context(|| format!("{} has no {name}", package.display()))?;
    }
    Ok(Some(keep))
}

/// Builds the site and checks it: the crate's own tests, links, HTML, and a sample of pages in Chromium; every page with `--full`.
pub fn test(cx: &Context) -> Result<Tally> {
    let mut tally = cx.cargo().args(["test", "-q", "-p", "aerocodes-site"]).tests()?;
    let site = build(cx, None)?;
    cx.apt(&["chromium"])?;
    let modules = cx.npm("site", NPM)?;
    let mut check = cx.cmd("node").arg(cx.root.join("xtask/tools/site/tests/check.mjs")).arg(&site).arg(&modules);
    if cx.full {
        check = check.arg("--all");
    }
    tally.add(check.tests()?);
    Ok(tally)
}

/// Screenshots of every type of page in several widths, light and dark.
pub fn shots(cx: &Context, site: &Path, to: &Path) -> Result<()> {
    cx.apt(&["chromium"])?;
    let modules = cx.npm("site", NPM)?;
    let check = cx.root.join("xtask/tools/site/tests/check.mjs");
    Cmd::new("node").arg(check).arg(site).arg(modules).arg("--shots").arg(to).dir(&cx.root).run().context("the site has faults")
}
