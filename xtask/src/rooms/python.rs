//! The Python package: `bindings/python`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};

use super::Room;
use crate::run::{Cmd, Context, Missing, Tally, step};

pub const ROOM: Room = Room { name: "python", build: Some(build), test, demo: Some(demo), bench: Some(bench) };

/// What builds the wheel. Zig links against the old glibc that manylinux_2_17 promises.
const BUILD: &[&str] = &["maturin==1.16.0", "ziglang==0.17.1", "cargo-zigbuild==0.24.0"];
/// What the tests use: the test runner, every package that a helper of ours is for, and the checkers of types and wheels.
const TEST: &[&str] = &[
    "pytest==9.2.0",
    "numpy==2.4.6",
    "pyarrow==26.0.1",
    "pandas==3.1.1",
    "polars==2.1.0",
    "duckdb==2.0.0",
    "rich==15.0.0",
    "tenacity==9.2.1",
    "aerospike==19.3.0",
    "mypy==2.4.1",
    "pyright==1.1.414",
    "auditwheel==6.8.2",
    "abi3audit==0.0.26",
    "twine==7.0.0",
    "check-wheel-contents==0.6.3",
    "nbclient==0.11.0",
    "nbformat==5.11.1",
    "ipykernel==7.4.0",
    "matplotlib==3.11.2",
];
/// What only the full test uses.
const SPARK: &[&str] = &["pyspark==4.3.0", "pyarrow==26.0.1", "pytest==9.2.0"];

/// An interpreter of this version, on the path or among pyenv's.
fn interpreter(version: &str) -> Option<PathBuf> {
    let works = |p: &Path| {
        Cmd::new(p)
            .args(["-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
            .full_output()
            .is_ok_and(|(status, out, _)| status == 0 && out.trim() == version)
    };
    let plain = PathBuf::from(format!("python{version}"));
    if works(&plain) {
        return Some(plain);
    }
    let root =
        std::env::var_os("PYENV_ROOT").map(PathBuf::from).or_else(|| std::env::var_os("HOME").map(|h| PathBuf::from(h).join(".pyenv")))?;
    let mut found: Vec<PathBuf> = std::fs::read_dir(root.join("versions"))
        .ok()?
        .filter_map(Result::ok)
        .filter(|e| e.file_name().to_string_lossy().starts_with(&format!("{version}.")))
        .map(|e| e.path().join("bin/python"))
        .filter(|p| works(p))
        .collect();
    found.sort();
    found.pop()
}

/// The interpreter that builds and tests.
fn python() -> Result<PathBuf> {
    ["3.11", "3.12", "3.13", "3.10"].iter().find_map(|v| interpreter(v)).ok_or_else(|| Missing("CPython 3.10 or newer".to_owned()).into())
}

fn text(p: &Path) -> Result<&str> {
    p.to_str().context("a path that is not Unicode")
}

/// The wheel and the source distribution.
fn build(cx: &Context) -> Result<()> {
    let python = cx.venv("python-build", text(&python()?)?, BUILD)?;
    let bin = python.parent().context("no parent")?.to_path_buf();
    let source = cx.root.join("bindings/python");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    // The command is carried by the wheel, so it keeps the wheel's promise about the oldest glibc.
    cx.cmd(bin.join("cargo-zigbuild"))
        .args(["zigbuild", "-q", "--release", "-p", "aerocodes-cli", "--target", &format!("{target}.2.17")])
        .env("PATH", &path)
        .quiet()
        .run()?;
    let scripts = source.join("aerocodes.data/scripts");
    std::fs::create_dir_all(&scripts)?;
    std::fs::copy(cx.target().join(&target).join("release/aerocodes"), scripts.join("aerocodes"))?;
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        std::fs::copy(cx.root.join(license), source.join(license))?;
    }
    let out = cx.packages("python");
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    std::fs::create_dir_all(&out)?;
    cx.cmd(bin.join("maturin"))
        .args(["build", "-q", "--release", "--zig", "--compatibility", "manylinux_2_17", "--target", &target, "-o"])
        .arg(&out)
        .arg("-i")
        .arg(&python)
        .dir(&source)
        .env("PATH", &path)
        .quiet()
        .run()?;
    cx.cmd(bin.join("maturin")).args(["sdist", "-o"]).arg(&out).dir(&source).env("PATH", &path).quiet().run()?;
    for file in [wheel(cx)?, sdist(cx)?] {
        println!("   {} {} bytes", file.file_name().unwrap_or_default().to_string_lossy(), std::fs::metadata(&file)?.len());
    }
    Ok(())
}

fn package(cx: &Context, end: &str) -> Result<PathBuf> {
    let found: Vec<PathBuf> = std::fs::read_dir(cx.packages("python"))?
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.to_string_lossy().ends_with(end))
        .collect();
    match &found[..] {
        [one] => Ok(one.clone()),
        _ => bail!("{} files end with {end} in target/packages/python", found.len()),
    }
}

fn wheel(cx: &Context) -> Result<PathBuf> {
    package(cx, ".whl")
}

fn sdist(cx: &Context) -> Result<PathBuf> {
    package(cx, ".tar.gz")
}

/// A virtual environment with the wheel in it, and nothing else but `packages`.
fn installed(cx: &Context, name: &str, python: &Path, packages: &[&str]) -> Result<PathBuf> {
    let interpreter = cx.venv(name, text(python)?, packages)?;
    cx.cmd(&interpreter)
        .args(["-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--no-index", "--force-reinstall"])
        .arg(wheel(cx)?)
        .quiet()
        .run()?;
    Ok(interpreter)
}

/// pytest on the tests and on the docstrings of the installed package.
fn pytest(cx: &Context, python: &Path, tests: &[&str]) -> Cmd {
    let dir = cx.root.join("bindings/python/tests");
    let mut c = cx.cmd(python).args(["-I", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir"]).arg(&dir);
    for t in tests {
        c = c.arg(dir.join(t));
    }
    c.env("AEROCODES_ROOT", text(&cx.root).unwrap_or_default()).env_remove("PYTHONPATH")
}

fn test(cx: &Context) -> Result<Tally> {
    let mut t = Tally::default();
    let base = python()?;
    step("the wheel in an empty environment", || empty(cx, &base))?;
    t.add(Tally::PASSED);
    let python = step("install the wheel beside the packages that it works with", || installed(cx, "python-test", &base, TEST))?;
    t.add(pytest(cx, &python, &["."]).tests()?);
    t.add(pytest(cx, &python, &["test_vectors.py", "test_api.py", "test_columns.py"]).env("AEROCODES_PURE", "1").tests()?);
    t.add(doctests(cx, &python)?);
    t.add(step("wheel and source distribution", || packages(cx, &python))?);
    t.add(step("types", || types(cx, &python))?);
    if cx.full {
        for version in ["3.10", "3.12", "3.13"] {
            let Some(p) = interpreter(version) else {
                println!("!!! SKIPPED CPython {version}: missing");
                t.add(Tally { skipped: 1, ..Tally::default() });
                continue;
            };
            let p = installed(cx, &format!("python-{version}"), &p, &["pytest==9.2.0", "numpy==2.2.6", "pyarrow==25.0.1"])?;
            for pure in ["0", "1"] {
                t.add(pytest(cx, &p, &["test_vectors.py", "test_api.py", "test_columns.py"]).env("AEROCODES_PURE", pure).tests()?);
            }
        }
        let p = installed(cx, "python-spark", &base, SPARK)?;
        t.add(pytest(cx, &p, &["on_spark.py"]).tests()?);
    }
    Ok(t)
}

/// Installs the wheel where there is neither a compiler nor another package, and asks it something.
fn empty(cx: &Context, python: &Path) -> Result<()> {
    let p = installed(cx, "python-empty", python, &[])?;
    let out = cx.cmd(&p).args(["-I", "-c", "import aerocodes; print(aerocodes.native, aerocodes.lookup('nodejs-1.0', 602))"]).output()?;
    ensure!(out.trim() == "True nodejs-1.0:602 AEROSPIKE_ERR_RECORD_NOT_FOUND", "the installed package printed {out}");
    let out = cx.cmd(&p).args(["-I", "-m", "aerocodes", "explain", "java:-8"]).output()?;
    ensure!(out.contains("SERVER_NOT_AVAILABLE"), "the command printed {out}");
    Ok(())
}

/// The examples in the docstrings of the installed package.
fn doctests(cx: &Context, python: &Path) -> Result<Tally> {
    let program = "import doctest, importlib, sys\nran = bad = 0\nfor m in ['__init__', '_model', '_explain', '_columns', '_enum', 'retry', 'conditions', 'codes', 'duckdb', 'pandas', 'polars', 'spark']:\n    r = doctest.testmod(importlib.import_module('aerocodes' if m == '__init__' else 'aerocodes.' + m))\n    ran += r.attempted; bad += r.failed\nprint(f'{ran - bad} passed in doctests' if not bad else f'{bad} failed, {ran - bad} passed in doctests')\nsys.exit(bad > 0)";
    cx.cmd(python).args(["-I", "-c", program]).tests()
}

/// What an index and an installer want of the files.
fn packages(cx: &Context, python: &Path) -> Result<Tally> {
    let (wheel, sdist) = (wheel(cx)?, sdist(cx)?);
    let run = |args: &[&str]| cx.cmd(python).args(args).arg(&wheel);
    // auditwheel only shows: the tag that it finds the wheel consistent with must be the one that the wheel claims, or an older.
    let show = run(&["-m", "auditwheel", "show"]).output()?;
    let words = show.split_whitespace().collect::<Vec<_>>().join(" ");
    let minor: Option<u32> = words
        .split("is consistent with the following platform tag: \"manylinux_2_")
        .nth(1)
        .and_then(|rest| rest.split('_').next()?.parse().ok());
    ensure!(minor.is_some_and(|m| m <= 17), "auditwheel says: {show}");
    // abi3audit passes a wheel in which it finds nothing to look at.
    let (status, out, said) = run(&["-m", "abi3audit", "--strict", "--verbose"]).full_output()?;
    let words = format!("{out}{said}").split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = words.contains("1 extensions scanned; 0 ABI version mismatches and 0 ABI violations found");
    ensure!(status == 0 && clean, "abi3audit ended with {status}: {words}");
    run(&["-m", "twine", "check", "--strict"]).arg(&sdist).quiet().run()?;
    let bin = python.parent().context("no parent")?;
    cx.cmd(bin.join("check-wheel-contents")).arg(&wheel).quiet().run()?;
    let names = cx.cmd(python).args(["-m", "zipfile", "-l"]).arg(&wheel).output()?;
    for wanted in
        ["aerocodes/py.typed", "aerocodes/_native.pyi", "aerocodes/__init__.pyi", "data/scripts/aerocodes", "licenses/LICENSE-MIT"]
    {
        ensure!(names.contains(wanted), "the wheel has no {wanted}");
    }
    if cx.full {
        // The source distribution builds where there is a Rust compiler.
        let build = cx.venv("python-build", text(&self::python()?)?, BUILD)?;
        let out = cx.fresh("python-sdist")?;
        cx.cmd(&build).args(["-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w"]).arg(out).arg(&sdist).quiet().run()?;
    }
    Ok(Tally { passed: 5, ..Tally::default() })
}

/// A strictly typed consumer, and the stubs against what is there at run time.
fn types(cx: &Context, python: &Path) -> Result<Tally> {
    let consumer = cx.root.join("bindings/python/tests/consumer.py");
    let dir = cx.fresh("python-types")?;
    std::fs::copy(consumer, dir.join("consumer.py"))?;
    cx.cmd(python).args(["-m", "mypy", "--strict", "consumer.py"]).dir(&dir).quiet().run()?;
    // The package itself, where its users' checkers look into it.
    cx.cmd(python).args(["-m", "mypy", "--strict", "--ignore-missing-imports", "-p", "aerocodes"]).dir(&dir).quiet().run()?;
    let pyright = python.parent().context("no parent")?.join("pyright");
    cx.cmd(&pyright).arg("--pythonpath").arg(python).arg("consumer.py").dir(&dir).quiet().run()?;
    // Every public name has a type that all checkers infer alike. Here pyright takes the first interpreter of the path.
    let path =
        format!("{}:{}", python.parent().map_or(String::new(), |p| p.display().to_string()), std::env::var("PATH").unwrap_or_default());
    cx.cmd(&pyright).args(["--verifytypes", "aerocodes", "--ignoreexternal"]).env("PATH", path).dir(&dir).quiet().run()?;
    // pyarrow, pandas and PySpark come without types.
    std::fs::write(dir.join("mypy.ini"), "[mypy]\nignore_missing_imports = True\n")?;
    let skip = dir.join("skip.txt");
    // stubtest does not know an alias of literals.
    std::fs::write(&skip, "aerocodes\\._columns\\.Into\n")?;
    cx.cmd(python)
        .args(["-m", "mypy.stubtest", "--concise", "--mypy-config-file", "mypy.ini", "--allowlist"])
        .arg(&skip)
        .arg("aerocodes")
        .dir(&dir)
        .quiet()
        .run()?;
    cx.cmd(python).args(["consumer.py"]).dir(&dir).quiet().run()?;
    Ok(Tally { passed: 6, ..Tally::default() })
}

fn demo(cx: &Context) -> Result<()> {
    let python = installed(cx, "python-empty", &python()?, &[])?;
    cx.cmd(&python)
        .args(["-I", "-c", "import aerocodes; print(aerocodes.lookup('nodejs-1.0', 602)); print(aerocodes.explain('java:-8'))"])
        .run()?;
    let out = cx.cmd(&python).args(["-I", "examples/python/explain.py", "examples/data/codes.txt", "examples/data/trace.txt"]).output()?;
    print!("{out}");
    ensure!(out == std::fs::read_to_string(cx.root.join("examples/expected.txt"))?, "the example does not print examples/expected.txt");
    Ok(())
}

fn bench(cx: &Context) -> Result<()> {
    build(cx)?;
    let python = installed(cx, "python-test", &python()?, TEST)?;
    cx.cmd(python).args(["-I", "bindings/python/bench/bench.py"]).run()?;
    if cx.full {
        let python = installed(cx, "python-spark", &self::python()?, SPARK)?;
        cx.cmd(python).args(["-I", "bindings/python/bench/spark.py"]).run()?;
    }
    Ok(())
}
