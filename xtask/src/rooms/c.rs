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

/// The C and C++ compilers to hold the headers to: GCC, and Clang under the name it has here.
fn compilers(cx: &Context) -> Result<[(String, String); 2]> {
    let gcc = ("gcc".to_owned(), "g++".to_owned());
    for suffix in ["", "-14", "-15", "-16", "-17", "-18", "-19"] {
        let (c, cpp) = (format!("clang{suffix}"), format!("clang++{suffix}"));
        if Cmd::new(&cpp).arg("--version").quiet().succeeds() {
            return Ok([gcc, (c, cpp)]);
        }
    }
    cx.apt(&["clang-14", "libclang-rt-14-dev"])?;
    Ok([gcc, ("clang-14".to_owned(), "clang++-14".to_owned())])
}

const WARNINGS: [&str; 5] = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"];

fn test(cx: &Context) -> Result<Tally> {
    tools(cx)?;
    let compilers = compilers(cx)?;
    cx.apt(&["valgrind", "abigail-tools", "mandoc"])?;
    let dir = cx.fresh("c-test")?;
    // As a user has it: the tree unpacked somewhere else.
    let prefix = dir.join("prefix");
    copy_tree(&cx.packages("c"), &prefix)?;
    let mut t = Tally::default();
    let mut add = |name: &str, f: &dyn Fn() -> Result<Tally>| -> Result<()> {
        t.add(step(name, f)?);
        Ok(())
    };
    add("the header is what cbindgen writes", &|| {
        let fresh = dir.join("aerocodes.h");
        codegen::c::write_header(&cx.root, &fresh)?;
        ensure!(
            std::fs::read(&fresh)? == std::fs::read(cx.root.join(codegen::c::HEADER))?,
            "{} was edited by hand, or cbindgen has changed; remove it, run `cargo xtask codegen` and commit the result",
            codegen::c::HEADER
        );
        Ok(Tally::PASSED)
    })?;
    add("Rust tests", &|| cx.cargo().args(["test", "-q", "-p", "aerocodes-c"]).tests())?;
    add("headers under every standard", &|| headers(cx, &prefix, &compilers))?;
    add("symbols, relocations, SONAME, size", &|| symbols(cx, &prefix))?;
    add("ABI", &|| abi(cx, &dir))?;
    add("programs against the installed tree", &|| programs(cx, &dir, &prefix, &compilers))?;
    add("pkg-config and CMake consumers of the installed tree", &|| consumers(cx, &dir, &prefix))?;
    add("manual pages", &|| manual(cx, &prefix))?;
    add("install and uninstall", &|| installed(cx, &dir))?;
    Ok(t)
}

/// Each header alone, twice, and in two files of one program.
fn headers(cx: &Context, prefix: &Path, compilers: &[(String, String)]) -> Result<Tally> {
    let mut t = Tally::default();
    let include = prefix.join("include");
    for (c, cpp) in compilers {
        for standard in ["c99", "c11", "c17", "c++11", "c++14", "c++17", "c++20"] {
            let plus = standard.starts_with("c++");
            let modern = ["c++17", "c++20"].contains(&standard);
            for header in HEADERS.iter().filter(|h| !h.ends_with("hpp") || modern) {
                let mut cmd =
                    cx.cmd(if plus { cpp } else { c }).arg(format!("-std={standard}")).args(WARNINGS).args(["-pedantic-errors", "-Wundef"]);
                cmd = if plus { cmd.args(["-Wold-style-cast", "-x", "c++"]) } else { cmd.args(["-Wstrict-prototypes", "-x", "c"]) };
                let twice = format!("#include <{header}>\n#include <{header}>\nint main(void);\nint main(void) {{ return 0; }}\n");
                cmd.arg("-I")
                    .arg(&include)
                    .args(["-fsyntax-only", "-"])
                    .input(twice)
                    .output()
                    .with_context(|| format!("{header} as {standard}"))?;
                t.add(Tally::PASSED);
            }
        }
        for (compiler, header, file, standard) in
            [(c, "aerocodes_tables.h", "x.c", "-std=c99"), (cpp, "aerocodes.hpp", "x.cpp", "-std=c++17")]
        {
            let dir = cx.fresh("c-two-files")?;
            for (name, body) in
                [("a", "int b(void);\nint main(void) { return b(); }\n"), ("b", "int b(void);\nint b(void) { return 0; }\n")]
            {
                std::fs::write(dir.join(file.replace('x', name)), format!("#include <{header}>\n{body}"))?;
            }
            cx.cmd(compiler)
                .arg(standard)
                .args(WARNINGS)
                .arg("-I")
                .arg(&include)
                .args([file.replace('x', "a"), file.replace('x', "b")])
                .dir(&dir)
                .output()?;
            t.add(Tally::PASSED);
        }
    }
    println!("   {} combinations", t.passed);
    Ok(t)
}

/// What the shared library exports, and what the loader has to do for it.
fn symbols(cx: &Context, prefix: &Path) -> Result<Tally> {
    let mut t = Tally::default();
    let so = prefix.join("lib/libaerocodes.so");
    let list = "bindings/c/abi/exports.txt";
    let have: String = cx
        .cmd("nm")
        .args(["-D", "--defined-only"])
        .arg(&so)
        .output()?
        .lines()
        .filter_map(|l| l.split_whitespace().nth(2))
        .map(|s| format!("{s}\n"))
        .collect();
    let want = std::fs::read_to_string(cx.root.join(list))?;
    if have != want {
        let fresh = cx.scratch("c-abi")?.join("exports.txt");
        std::fs::write(&fresh, &have)?;
        anyhow::bail!(
            "the library does not export what {list} says. A symbol that is gone breaks programs; if only new ones are there,\n    cp {} {list}",
            fresh.display()
        );
    }
    t.add(Tally::PASSED);
    let header = std::fs::read_to_string(prefix.join("include/aerocodes.h"))?;
    for symbol in have.lines() {
        ensure!(
            header.contains(&format!(" {symbol}(")) || header.contains(&format!("*{symbol}(")),
            "{symbol} is exported and not declared"
        );
    }
    t.add(Tally::PASSED);
    ensure!(
        cx.cmd("readelf").arg("-dW").arg(&so).output()?.contains(&format!("[libaerocodes.so.{MAJOR}]")),
        "the SONAME is not libaerocodes.so.{MAJOR}"
    );
    t.add(Tally::PASSED);
    let sections = cx.cmd("readelf").arg("-SW").arg(&so).output()?;
    ensure!(!sections.contains(".data.rel.ro"), "the tables need relocations:\n{sections}");
    t.add(Tally::PASSED);
    let small = ["--profile", "capi-small", "-p", "aerocodes-c", "--no-default-features", "--features", "history"];
    cx.cargo().args(["build", "-q"]).args(small).run()?;
    let small = cx.target().join("capi-small/libaerocodes.so");
    let (size, whole) = (std::fs::metadata(&small)?.len(), std::fs::metadata(&so)?.len());
    println!("   stripped: {whole} bytes with everything, {size} bytes without texts, search and recognition (limit 65536)");
    ensure!(size <= 65536, "the smallest library has {size} bytes");
    t.add(Tally::PASSED);
    let relocations = cx.cmd("readelf").arg("-rW").arg(&small).output()?;
    ensure!(!relocations.contains("_RELATIVE"), "the smallest library needs relocations:\n{relocations}");
    t.add(Tally::PASSED);
    Ok(t)
}

/// The ABI against the committed description, and descriptions of another ABI that must be told from it.
fn abi(cx: &Context, dir: &Path) -> Result<Tally> {
    let mut t = Tally::default();
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        println!("   !!! SKIPPED: the description is that of x86-64 Linux");
        return Ok(Tally { skipped: 1, ..t });
    }
    let committed = cx.root.join("bindings/c/abi/libaerocodes.abi");
    let fresh = dir.join("libaerocodes.abi");
    // With debug information, without which abidiff compares names only and passes everything.
    let so = unstripped(cx);
    let text = cx.cmd("abidw").args(["--no-show-locs", "--no-corpus-path", "--no-comp-dir-path", "--no-elf-needed"]).arg(&so).output()?;
    // Where it was built and by what is no part of the ABI. The paths stay distinct: of units that share one, only one is read.
    let text: String = text
        .lines()
        .map(|l| match (l.find(" path='"), l.find("/@/"), l.rfind("' language=")) {
            (Some(a), Some(at), Some(b)) => {
                let path = &l[a + 7..at];
                let path = path.strip_prefix("/rustc/").and_then(|p| p.split_once('/')).map_or(path, |(_, p)| p);
                format!("{} path='{path}{}\n", &l[..a], &l[b..])
            }
            _ => format!("{l}\n"),
        })
        .collect();
    std::fs::write(&fresh, &text)?;
    let compare = |description: &Path, library: &Path| -> Result<(i32, String)> {
        let (code, out, err) = cx.cmd("abidiff").arg("--no-added-syms").arg(description).arg(library).full_output()?;
        Ok((code, out + &err))
    };
    ensure!(
        committed.exists(),
        "{} is missing; if there is no earlier release, cp {} {}",
        committed.display(),
        fresh.display(),
        committed.display()
    );
    let (code, said) = compare(&committed, &so)?;
    ensure!(
        code == 0,
        "the ABI is not what bindings/c/abi/libaerocodes.abi describes:\n{said}\nAn incompatible change needs a new major version. When a structure only grew at its end, or a function was added,\n    cp {} bindings/c/abi/libaerocodes.abi",
        fresh.display()
    );
    t.add(Tally::PASSED);
    // Libraries that are really built from changed source; the first is not changed, so that what is found is the change.
    let source = std::fs::read_to_string(cx.root.join("bindings/c/src/lib.rs"))?;
    let other = cx.fresh("c-abi-other")?;
    std::fs::copy(cx.root.join("bindings/c/src/generated.rs"), other.join("generated.rs"))?;
    let core = other.join("libcore_of_c.rlib");
    let rustc = || {
        let cmd = cx.cmd("rustc").args(["--edition", "2024", "-g", "-Cpanic=abort", "--cap-lints=allow"]);
        cmd.env("CARGO_PKG_VERSION", VERSION).dir(&cx.root)
    };
    let all = ["--cfg=feature=\"history\"", "--cfg=feature=\"search\"", "--cfg=feature=\"text\""];
    let rlib = ["--crate-type=rlib", "--crate-name=aerocodes", "-Cmetadata=core", "crates/aerocodes/src/lib.rs", "-o"];
    rustc().args(all).args(rlib).arg(&core).output()?;
    for (name, from, to) in [
        ("nothing", "", ""),
        ("a parameter of another type", "fn aerocodes_shared(number: i32,", "fn aerocodes_shared(number: i64,"),
        ("a field of another type", "    pub iteration: i64,", "    pub iteration: i32,"),
        ("a field in the middle", "    pub iteration: i64,", "    pub more: i64,\n    pub iteration: i64,"),
        ("a field that is gone", "    pub candidates: u32,", ""),
        ("a function that is gone", "fn aerocodes_version()", "fn aerocodes_versions()"),
        ("one parameter more", "fn aerocodes_condition_count()", "fn aerocodes_condition_count(_: i32)"),
    ] {
        let changed = source.replacen(from, to, 1);
        ensure!(from.is_empty() || changed != source, "{name}: lib.rs has no `{from}`");
        std::fs::write(other.join("lib.rs"), changed)?;
        let library = other.join("libaerocodes.so");
        let cdylib = ["--crate-type=cdylib", "--crate-name=aerocodes", "-Cmetadata=c", "-o"];
        let mut cmd = rustc().args(all).args(cdylib).arg(&library).arg("--extern");
        cmd = cmd.arg(format!("aerocodes={}", core.display())).arg(other.join("lib.rs"));
        cmd.arg(format!("-Clink-arg=-Wl,-soname,libaerocodes.so.{MAJOR}")).output().with_context(|| name.to_owned())?;
        let (code, said) = compare(&committed, &library)?;
        if from.is_empty() {
            ensure!(code == 0, "abidiff sees a change where there is none:\n{said}");
        } else {
            ensure!(code & 1 == 0 && code & 4 != 0, "abidiff does not see {name}:\n{said}");
        }
        t.add(Tally::PASSED);
    }
    Ok(t)
}

/// The test programs, shared and static, plain, under valgrind and with sanitizers.
fn programs(cx: &Context, dir: &Path, prefix: &Path, compilers: &[(String, String)]) -> Result<Tally> {
    let mut t = Tally::default();
    let tests = cx.root.join("bindings/c/tests");
    let lib = prefix.join("lib");
    let archive = lib.join("libaerocodes.a");
    let vectors = cx.root.join("bindings/vectors.json");
    let build = |compiler: &str, source: &str, options: &[&str], out: &str, shared: bool| -> Result<PathBuf> {
        let out = dir.join(out);
        let mut cmd = cx.cmd(compiler).args(["-g", "-O1", "-Wall", "-Wextra", "-Werror"]).args(options);
        cmd = cmd.arg("-I").arg(prefix.join("include")).arg(tests.join(source)).arg("-o").arg(&out);
        cmd = if shared { cmd.arg("-L").arg(&lib).arg("-laerocodes") } else { cmd.arg(&archive) };
        cmd.arg("-pthread").output()?;
        Ok(out)
    };
    let run = |program: &Path| cx.cmd(program).env("LD_LIBRARY_PATH", &lib);
    let gcc = &compilers[0];

    let strict = ["-std=gnu99", "-Wpedantic", "-Wconversion", "-Wstrict-prototypes"];
    for (source, argument) in [("vectors.c", Some(&vectors)), ("api.c", None)] {
        let shared = build(&gcc.0, source, &strict, "shared", true)?;
        let valgrind = cx.cmd("valgrind").args(["-q", "--error-exitcode=1", "--leak-check=full", "--show-leak-kinds=all"]);
        t.add(valgrind.arg(&shared).args(argument).env("LD_LIBRARY_PATH", &lib).tests()?);
        // Undefined behaviour of the archive's own code is for Miri; these see the header, and reads and writes of buffers.
        let sanitized = build(
            &compilers[1].0,
            source,
            &["-std=gnu99", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
            "sanitized",
            false,
        )?;
        t.add(run(&sanitized).args(argument).tests()?);
    }
    for (_, cpp) in compilers {
        for standard in ["-std=c++17", "-std=c++20"] {
            let program = build(
                cpp,
                "errors.cpp",
                &[standard, "-Wpedantic", "-Wconversion", "-Wold-style-cast"],
                "errors",
                standard == "-std=c++17",
            )?;
            t.add(run(&program).tests()?);
        }
        let hidden = ["-std=c++17", "-shared", "-fPIC", "-fvisibility=hidden", "-fvisibility-inlines-hidden", "-DPLUGIN"];
        let plugins = [build(cpp, "dso.cpp", &hidden, "one.so", true)?, build(cpp, "dso.cpp", &hidden, "two.so", true)?];
        let program = build(cpp, "dso.cpp", &["-std=c++17"], "dso", true)?;
        t.add(run(&program).args(&plugins).tests()?);
    }
    let sanitized = build(
        &compilers[1].1,
        "errors.cpp",
        &["-std=c++17", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
        "sanitized",
        false,
    )?;
    t.add(run(&sanitized).tests()?);

    // Beside another Rust archive, in both orders.
    let other = dir.join("libother.a");
    cx.cmd("rustc")
        .args(["--edition", "2024", "-O", "-C", "lto=fat", "--crate-type", "staticlib", "-o"])
        .arg(&other)
        .arg(tests.join("other.rs"))
        .output()?;
    for pair in [[&archive, &other], [&other, &archive]] {
        let program = dir.join("two");
        let cmd = cx.cmd(&gcc.0).arg("-I").arg(prefix.join("include")).arg(tests.join("two.c")).args(pair);
        cmd.args(["-lpthread", "-ldl", "-lm", "-o"]).arg(&program).output()?;
        t.add(run(&program).tests()?);
    }
    Ok(t)
}

/// The pages are well formed, and each function has one.
fn manual(cx: &Context, prefix: &Path) -> Result<Tally> {
    let man = prefix.join("share/man/man3");
    for entry in std::fs::read_dir(cx.root.join("bindings/c/man"))? {
        let path = entry?.path();
        let (code, out, err) = cx.cmd("mandoc").args(["-T", "lint", "-W", "warning"]).arg(&path).full_output()?;
        ensure!(code == 0, "{}{err}", out);
    }
    for symbol in std::fs::read_to_string(cx.root.join("bindings/c/abi/exports.txt"))?.lines() {
        ensure!(man.join(format!("{symbol}.3")).exists(), "{symbol} has no manual page; name it in one of bindings/c/man");
    }
    let shown = cx.cmd("mandoc").args(["-T", "ascii"]).arg(man.join("aerocodes_lookup.3")).output()?;
    ensure!(shown.contains("N\u{8}NA\u{8}AM\u{8}ME\u{8}E"), "aerocodes_lookup(3) cannot be shown");
    Ok(Tally { passed: 2, ..Tally::default() })
}

/// Installs below a prefix and below a staging directory, uses it, and removes it without a trace.
fn installed(cx: &Context, dir: &Path) -> Result<Tally> {
    let mut t = Tally::default();
    let prefix = dir.join("usr");
    install(cx, &prefix, None)?;
    let mut first = Vec::new();
    walk(&prefix, Path::new(""), &mut first)?;
    for file in ["bin/aerocodes", "include/aerocodes.h", "lib/libaerocodes.so", "lib/libaerocodes.a", "share/man/man3/aerocodes_lookup.3"] {
        ensure!(first.iter().any(|f| f == file), "{file} is not installed");
    }
    let said = cx.cmd("pkg-config").args(["--modversion", "aerocodes"]).env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")).output()?;
    ensure!(said.trim() == VERSION, "pkg-config says version {said}");
    let said = cx.cmd(prefix.join("bin/aerocodes")).args(["explain", "nodejs-1.0:602"]).output()?;
    ensure!(said.contains("RECORD_NOT_FOUND"), "the installed command says {said}");
    t.add(Tally::PASSED);

    let stage = dir.join("stage");
    install(cx, Path::new("/usr"), Some(&stage))?;
    let mut second = Vec::new();
    walk(&stage.join("usr"), Path::new(""), &mut second)?;
    first.sort();
    second.sort();
    ensure!(first == second, "--destdir installs other files");
    t.add(Tally::PASSED);

    std::fs::write(prefix.join("lib/of-someone-else"), "")?;
    uninstall(&prefix, None)?;
    let mut left = Vec::new();
    walk(&prefix, Path::new(""), &mut left)?;
    ensure!(left == ["lib/of-someone-else"], "uninstall leaves {left:?}");
    uninstall(Path::new("/usr"), Some(&stage))?;
    ensure!(!stage.join("usr/lib").exists() && !stage.join("usr/share").exists(), "uninstall leaves directories");
    ensure!(uninstall(&prefix, None).is_err(), "uninstalling nothing is no error");
    ensure!(install(cx, Path::new("relative"), None).is_err(), "a relative prefix is no error");
    t.add(Tally::PASSED);
    Ok(t)
}

/// What a user does: unpack the tree somewhere, build the examples in an empty folder against it, run them.
fn consumers(cx: &Context, dir: &Path, prefix: &Path) -> Result<Tally> {
    let mut t = Tally::default();
    let expected = std::fs::read_to_string(cx.root.join("examples/expected.txt"))?;
    let arguments = ["codes.txt", "trace.txt"].map(|f| cx.root.join("examples/data").join(f));
    let mut explain = |program: &Path, path: bool| -> Result<()> {
        let mut cmd = cx.cmd(program).args(&arguments).env_remove("LD_LIBRARY_PATH");
        if path {
            cmd = cmd.env("LD_LIBRARY_PATH", prefix.join("lib"));
        }
        let out = cmd.output()?;
        ensure!(out == expected, "{} printed\n{out}\nbut this was expected:\n{expected}", program.display());
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

fn bench(cx: &Context) -> Result<()> {
    tools(cx)?;
    build(cx)?;
    let dir = cx.fresh("c-bench")?;
    // The switch that somebody would write: the server's codes, in the order of their numbers.
    let registry = Registry::load(&cx.root)?;
    let (mut cases, mut values) = (String::new(), String::new());
    for (dialect, value, readings) in registry.codes() {
        if let (0, Some(name)) = (dialect, registry.readings[readings.start].name.as_deref()) {
            cases += &format!("    case {value}: return \"{name}\";\n");
            values += &format!("{value}, ");
        }
    }
    std::fs::write(
        dir.join("switch.h"),
        format!(
            "static const int switch_values[] = {{{values}}};\nstatic inline const char *switch_name(int value)\n{{\n    switch (value) {{\n{cases}    default: return 0;\n    }}\n}}\n"
        ),
    )?;
    let prefix = cx.packages("c");
    let program = dir.join("bench");
    cx.cmd("gcc")
        .args(["-O2", "-std=gnu99", "-I"])
        .arg(prefix.join("include"))
        .arg("-I")
        .arg(&dir)
        .arg(cx.root.join("bindings/c/bench/bench.c"))
        .arg("-L")
        .arg(prefix.join("lib"))
        .args(["-laerocodes", "-o"])
        .arg(&program)
        .output()?;
    let (code, out, err) = cx.cmd(&program).env("LD_LIBRARY_PATH", prefix.join("lib")).full_output()?;
    print!("{out}{err}");
    ensure!(code == 0, "a bar was missed");
    Ok(())
}
