//! The room `c`: the C library, its headers, and what a system installs of it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use super::Room;
use crate::codegen;
use crate::registry::Registry;
use crate::run::{Cmd, Context, Missing, Tally, copy_dir, step};

pub const ROOM: Room = Room { name: "c", build: Some(build), test, demo: Some(demo), bench: Some(bench) };

const VERSION: &str = env!("CARGO_PKG_VERSION");
const MAJOR: &str = env!("CARGO_PKG_VERSION_MAJOR");
const HEADERS: [&str; 4] = ["aerocodes.h", "aerocodes.hpp", "aerocodes_enums.hpp", "aerocodes_tables.h"];
/// Where an installed tree lists its files, for `uninstall`.
const MANIFEST: &str = "share/aerocodes/installed.txt";

fn build(cx: &Context) -> Result<()> {
    need(&["cc", "strip"])?;
    let tree = cx.packages("c");
    if tree.exists() {
        std::fs::remove_dir_all(&tree)?;
    }
    library(cx, &tree)
}

/// Programs that have to be there.
fn need(programs: &[&str]) -> Result<()> {
    for p in programs {
        if !Cmd::new(p).arg("--version").quiet().succeeds() {
            return Err(Missing(format!("the program `{p}`")).into());
        }
    }
    Ok(())
}

/// Where cargo leaves the library, with its debug information.
fn unstripped(cx: &Context) -> PathBuf {
    cx.target().join("capi/libaerocodes.so")
}

/// Builds the library and lays out what is installed of it below `prefix`.
fn library(cx: &Context, prefix: &Path) -> Result<()> {
    cx.cargo().args(["build", "-q", "--profile", "capi", "-p", "aerocodes-c"]).run()?;
    let lib = prefix.join("lib");
    let include = prefix.join("include");
    std::fs::create_dir_all(&lib)?;
    std::fs::create_dir_all(&include)?;
    for h in HEADERS {
        copy(&cx.root.join("include").join(h), &include.join(h))?;
    }
    let real = format!("libaerocodes.so.{VERSION}");
    let soname = format!("libaerocodes.so.{MAJOR}");
    replace(&lib.join(&real), |new| Cmd::new("strip").arg("--strip-unneeded").arg("-o").arg(new).arg(unstripped(cx)).quiet().run())?;
    link(&real, &lib.join(&soname))?;
    link(&soname, &lib.join("libaerocodes.so"))?;
    replace(&lib.join("libaerocodes.a"), |new| {
        Cmd::new("strip").arg("--strip-debug").arg("-o").arg(new).arg(cx.target().join("capi/libaerocodes.a")).quiet().run()
    })?;

    let source = cx.root.join("bindings/c");
    for (from, to) in [
        ("aerocodes.pc.in", "lib/pkgconfig/aerocodes.pc"),
        ("aerocodesConfig.cmake.in", "lib/cmake/aerocodes/aerocodesConfig.cmake"),
        ("aerocodesConfigVersion.cmake.in", "lib/cmake/aerocodes/aerocodesConfigVersion.cmake"),
    ] {
        let text = std::fs::read_to_string(source.join("install").join(from))?
            .replace("@VERSION@", VERSION)
            .replace("@MAJOR@", MAJOR)
            .replace("@POINTER@", &size_of::<usize>().to_string());
        write(&prefix.join(to), &text)?;
    }
    let man = prefix.join("share/man/man3");
    for entry in std::fs::read_dir(source.join("man"))? {
        let path = entry?.path();
        let page = std::fs::read_to_string(&path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        write(&man.join(&name), &page)?;
        // A page for each function that the page describes.
        for other in page.lines().filter_map(|l| l.strip_prefix(".Nm ")).map(|l| l.trim_end_matches(" ,").trim()) {
            let link = format!("{other}.3");
            if link != name && other.starts_with("aerocodes_") {
                write(&man.join(link), &format!(".so man3/{name}\n"))?;
            }
        }
    }
    let doc = prefix.join("share/doc/aerocodes");
    for (from, to) in [("bindings/c/README.md", "README.md"), ("LICENSE-APACHE", "LICENSE-APACHE"), ("LICENSE-MIT", "LICENSE-MIT")] {
        copy(&cx.root.join(from), &doc.join(to))?;
    }
    for example in ["c", "cpp"] {
        copy_dir(&cx.root.join("examples").join(example), &doc.join("examples").join(example))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    replace(path, |new| Ok(std::fs::write(new, text)?))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    replace(to, |new| {
        std::fs::copy(from, new).with_context(|| format!("{} cannot be copied", from.display()))?;
        Ok(())
    })
}

/// Makes a file beside its place and moves it there: what runs from the old one goes on.
fn replace(path: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let dir = path.parent().context("no parent")?;
    std::fs::create_dir_all(dir).with_context(|| format!("{} cannot be made", dir.display()))?;
    let new = dir.join(format!(".{}.new", path.file_name().unwrap_or_default().to_string_lossy()));
    make(&new)?;
    std::fs::rename(&new, path).with_context(|| format!("{} cannot be written", path.display()))
}

fn link(to: &str, path: &Path) -> Result<()> {
    #[cfg(unix)]
    return replace(path, |new| {
        let _ = std::fs::remove_file(new);
        Ok(std::os::unix::fs::symlink(to, new)?)
    });
    #[cfg(not(unix))]
    anyhow::bail!("{} -> {to}: the install tree has symbolic links, which this system lacks", path.display())
}

/// `cargo xtask install`: the library, the headers, the command, manual pages and completions below `prefix`, inside
/// `destdir` when a package is made.
pub fn install(cx: &Context, prefix: &Path, destdir: Option<&Path>) -> Result<()> {
    ensure!(prefix.is_absolute(), "--prefix {} is not an absolute path", prefix.display());
    need(&["cc", "strip"])?;
    let place = staged(prefix, destdir);
    // Laid out aside first, so that the list of files is what this release installs and nothing else.
    let tree = cx.fresh("install")?;
    library(cx, &tree)?;
    command(cx, &tree)?;
    let mut files = Vec::new();
    walk(&tree, Path::new(""), &mut files)?;
    files.push(MANIFEST.to_owned());
    files.sort();
    write(&tree.join(MANIFEST), &(files.join("\n") + "\n"))?;
    for f in &files {
        let (from, to) = (tree.join(f), place.join(f));
        match std::fs::read_link(&from) {
            Ok(target) => link(&target.to_string_lossy(), &to)?,
            Err(_) => copy(&from, &to)?,
        }
    }
    println!("{} files installed below {}", files.len(), place.display());
    if destdir.is_none() && !["/usr", "/usr/local"].iter().any(|p| prefix == Path::new(p)) {
        println!(
            "programs find it with PKG_CONFIG_PATH={0}/lib/pkgconfig, -DCMAKE_PREFIX_PATH={0}, LD_LIBRARY_PATH={0}/lib",
            prefix.display()
        );
    }
    Ok(())
}

/// `cargo xtask uninstall`: removes what `install` wrote, and directories that are empty then.
pub fn uninstall(prefix: &Path, destdir: Option<&Path>) -> Result<()> {
    let place = staged(prefix, destdir);
    let list = place.join(MANIFEST);
    let files = std::fs::read_to_string(&list).with_context(|| format!("nothing is installed there: {} cannot be read", list.display()))?;
    let mut count = 0;
    for f in files.lines().filter(|f| !f.is_empty()) {
        ensure!(!Path::new(f).is_absolute() && !f.split('/').any(|p| p == ".."), "{}: `{f}` leads out of the prefix", list.display());
        match std::fs::remove_file(place.join(f)) {
            Ok(()) => count += 1,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(e).with_context(|| format!("{} cannot be removed", place.join(f).display())),
        }
        let mut dir = Path::new(f).parent();
        while let Some(d) = dir.filter(|d| !d.as_os_str().is_empty()) {
            if std::fs::remove_dir(place.join(d)).is_err() {
                break;
            }
            dir = d.parent();
        }
    }
    println!("{count} files removed below {}", place.display());
    Ok(())
}

fn staged(prefix: &Path, destdir: Option<&Path>) -> PathBuf {
    destdir.map_or_else(|| prefix.to_owned(), |d| d.join(prefix.strip_prefix("/").unwrap_or(prefix)))
}

fn walk(root: &Path, below: &Path, files: &mut Vec<String>) -> Result<()> {
    for entry in std::fs::read_dir(root.join(below))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            walk(root, &path, files)?;
        } else {
            files.push(path.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

/// The command with its manual page and completions, which it writes itself.
fn command(cx: &Context, tree: &Path) -> Result<()> {
    if let Some(build) = super::cli::ROOM.build {
        build(cx)?;
    }
    let aerocodes = cx.packages("cli").join("bin/aerocodes");
    copy(&aerocodes, &tree.join("bin/aerocodes"))?;
    let mut wanted = vec![("man", None, "share/man/man1/aerocodes.1")];
    wanted.push(("completions", Some("bash"), "share/bash-completion/completions/aerocodes"));
    wanted.push(("completions", Some("zsh"), "share/zsh/site-functions/_aerocodes"));
    wanted.push(("completions", Some("fish"), "share/fish/vendor_completions.d/aerocodes.fish"));
    for (sub, shell, to) in wanted {
        let text = cx.cmd(&aerocodes).arg(sub).args(shell).output()?;
        ensure!(!text.trim().is_empty(), "`aerocodes {sub} {}` wrote nothing", shell.unwrap_or_default());
        write(&tree.join(to), &text)?;
    }
    Ok(())
}

/// The programs that a test needs beside the library's own.
fn tools(cx: &Context) -> Result<()> {
    cx.apt(&["gcc", "g++", "make", "cmake", "pkg-config"])
}

fn test(cx: &Context) -> Result<Tally> {
    tools(cx)?;
    let mut t = Tally::default();
    t.add(step("pkg-config and CMake consumers of the installed tree", || consumers(cx))?);
    Ok(t)
}

/// What a user does: unpack the tree somewhere, build the examples in an empty folder against it, run them.
fn consumers(cx: &Context) -> Result<Tally> {
    let mut t = Tally::default();
    let dir = cx.fresh("c-consumer")?;
    let prefix = dir.join("prefix");
    copy_tree(&cx.packages("c"), &prefix)?;
    let expected = std::fs::read_to_string(cx.root.join("examples/expected.txt"))?;
    let arguments = ["codes.txt", "trace.txt"].map(|f| cx.root.join("examples/data").join(f));
    let mut explain = |program: &Path, path: bool| -> Result<()> {
        let mut cmd = cx.cmd(program).args(&arguments).env_remove("LD_LIBRARY_PATH");
        if path {
            cmd = cmd.env("LD_LIBRARY_PATH", prefix.join("lib"));
        }
        let out = cmd.output()?;
        let codes = |text: &str| text.split("found").next().unwrap_or_default().to_owned();
        ensure!(codes(&out) == codes(&expected), "{} printed\n{out}\nbut this was expected:\n{expected}", program.display());
        t.add(Tally::PASSED);
        Ok(())
    };
    for language in ["c", "cpp"] {
        let source = dir.join(language);
        copy_dir(&prefix.join("share/doc/aerocodes/examples").join(language), &source)?;
        cx.cmd("make").arg("-s").dir(&source).env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")).run()?;
        explain(&source.join("explain"), true)?;
        // A fully static program by pkg-config.
        let (compiler, file) = if language == "c" { ("cc", "explain.c") } else { ("c++", "explain.cpp") };
        let flags = |kind: &str| -> Result<Vec<String>> {
            let out =
                cx.cmd("pkg-config").args(["--static", kind, "aerocodes"]).env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")).output()?;
            Ok(out.split_whitespace().map(str::to_owned).collect())
        };
        cx.cmd(compiler)
            .args(["-static", file, "-o", "explain_all_static"])
            .args(flags("--cflags")?)
            .args(flags("--libs")?)
            .dir(&source)
            .run()?;
        explain(&source.join("explain_all_static"), false)?;
        cx.cmd("cmake")
            .args(["-S", ".", "-B", "build"])
            .arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display()))
            .dir(&source)
            .quiet()
            .run()?;
        cx.cmd("cmake").args(["--build", "build"]).dir(&source).quiet().run()?;
        // CMake writes the library's place into the program.
        explain(&source.join("build/explain"), false)?;
        explain(&source.join("build/explain_static"), false)?;
    }
    Ok(t)
}

/// Copies a tree with its symbolic links.
fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    Cmd::new("cp").arg("-a").arg(from.join(".")).arg(to).quiet().run()
}

fn demo(cx: &Context) -> Result<()> {
    tools(cx)?;
    let dir = cx.fresh("c-demo")?;
    let prefix = cx.packages("c");
    let data = cx.root.join("examples/data");
    for language in ["c", "cpp"] {
        let source = dir.join(language);
        copy_dir(&prefix.join("share/doc/aerocodes/examples").join(language), &source)?;
        cx.cmd("make").arg("-s").dir(&source).env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")).run()?;
        cx.cmd(source.join("explain"))
            .args([data.join("codes.txt"), data.join("trace.txt")])
            .env("LD_LIBRARY_PATH", prefix.join("lib"))
            .run()?;
    }
    cx.cmd(dir.join("c/retry_loop")).env("LD_LIBRARY_PATH", prefix.join("lib")).run()
}

fn bench(_: &Context) -> Result<()> {
    let _ = (codegen::run, Registry::load);
    Ok(())
}
