//! Running other programs: one place for printing, timing, counting and for what is missing.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

/// What every room needs to know.
pub struct Context {
    /// The workspace.
    pub root: PathBuf,
    /// The other interpreters, runtimes, sanitizers and long checks too.
    pub full: bool,
    /// Nothing may be skipped.
    pub ci: bool,
}

impl Context {
    /// A context for the workspace at `root`.
    pub fn new(root: PathBuf, full: bool) -> Self {
        let ci = std::env::var("CI").is_ok_and(|v| !v.is_empty() && v != "0" && v != "false");
        Self { root, full, ci }
    }

    /// Cargo's target directory, where everything that is installed or built goes.
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), |d| self.root.join(d))
    }

    /// Where what a user of this host installs is put: `target/packages/<room>`.
    pub fn packages(&self, room: &str) -> PathBuf {
        self.root.join("target/packages").join(room)
    }

    /// A directory for a room's own files, below the target directory; created.
    pub fn scratch(&self, name: &str) -> Result<PathBuf> {
        let dir = self.target().join("xtask").join(name);
        std::fs::create_dir_all(&dir)?;
        Ok(dir)
    }

    /// The same directory, emptied first.
    pub fn fresh(&self, name: &str) -> Result<PathBuf> {
        let dir = self.target().join("xtask").join(name);
        if dir.exists() {
            std::fs::remove_dir_all(&dir).with_context(|| format!("{} cannot be emptied", dir.display()))?;
        }
        self.scratch(name)
    }

    /// A program to run in the workspace root.
    pub fn cmd(&self, program: impl AsRef<OsStr>) -> Cmd {
        Cmd::new(program).dir(&self.root)
    }

    /// Cargo, of the pinned toolchain.
    pub fn cargo(&self) -> Cmd {
        self.cmd(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Holds what a language's example program printed against `examples/expected.txt`.
    pub fn expect_example(&self, printed: &str) -> Result<()> {
        let expected = std::fs::read_to_string(self.root.join("examples/expected.txt"))?;
        if let Some((i, (a, b))) = printed.lines().zip(expected.lines()).enumerate().find(|(_, (a, b))| a != b) {
            bail!("the example differs from examples/expected.txt in line {}:\n  printed  {a}\n  expected {b}", i + 1);
        }
        if printed.lines().count() != expected.lines().count() {
            bail!("the example printed {} lines, examples/expected.txt has {}", printed.lines().count(), expected.lines().count());
        }
        Ok(())
    }

    /// Makes Debian packages present: installs what is missing where that is allowed, else says which command to run.
    pub fn apt(&self, packages: &[&str]) -> Result<()> {
        let missing: Vec<&str> = packages.iter().copied().filter(|p| !Cmd::new("dpkg").args(["-s", p]).quiet().succeeds()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let command = format!("apt-get install -y --no-install-recommends {}", missing.join(" "));
        let root = Cmd::new("id").arg("-u").output().is_ok_and(|o| o.trim() == "0");
        if !(root && Path::new("/usr/bin/apt-get").exists()) {
            return Err(Missing(format!("these system packages; run: sudo {command}")).into());
        }
        println!("   installing {}", missing.join(" "));
        let install = || {
            Cmd::new("apt-get")
                .args(["install", "-y", "-qq", "--no-install-recommends"])
                .args(&missing)
                .env("DEBIAN_FRONTEND", "noninteractive")
                .quiet()
                .succeeds()
        };
        if !install() {
            Cmd::new("apt-get").args(["update", "-qq"]).quiet().run()?;
            if !install() {
                return Err(Missing(format!("these system packages, which could not be installed; run: {command}")).into());
            }
        }
        Ok(())
    }

    /// Makes a Rust target of the pinned toolchain present.
    pub fn rust_target(&self, target: &str) -> Result<()> {
        if Cmd::new("rustup").args(["target", "list", "--installed"]).dir(&self.root).output()?.lines().any(|l| l == target) {
            return Ok(());
        }
        println!("   installing the Rust target {target}");
        Cmd::new("rustup").args(["target", "add", target]).dir(&self.root).quiet().run()
    }

    /// Makes another Rust toolchain present; its name for `rustup run`.
    pub fn rust_toolchain(&self, name: &str) -> Result<()> {
        if Cmd::new("rustup").args(["run", name, "rustc", "--version"]).quiet().succeeds() {
            return Ok(());
        }
        println!("   installing the Rust toolchain {name}");
        Cmd::new("rustup").args(["toolchain", "install", name, "--profile", "minimal", "--no-self-update"]).quiet().run()
    }

    /// A virtual environment of `python` below the target directory with `packages` (pinned) in it; the path of its interpreter.
    pub fn venv(&self, name: &str, python: &str, packages: &[&str]) -> Result<PathBuf> {
        let dir = self.target().join("xtask/venv").join(name);
        let interpreter = dir.join("bin/python");
        let stamp = dir.join("packages.txt");
        let wanted = format!("{python}\n{}", packages.join("\n"));
        if std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
            return Ok(interpreter);
        }
        if dir.exists() {
            std::fs::remove_dir_all(&dir)?;
        }
        if !Cmd::new(python).arg("--version").quiet().succeeds() {
            return Err(Missing(python.to_owned()).into());
        }
        self.cmd(python).args(["-m", "venv"]).arg(&dir).quiet().run()?;
        if !packages.is_empty() {
            println!("   installing from PyPI: {}", packages.join(" "));
            Cmd::new(&interpreter).args(["-m", "pip", "install", "-q", "--disable-pip-version-check"]).args(packages).quiet().run()?;
        }
        std::fs::write(stamp, wanted)?;
        Ok(interpreter)
    }

    /// npm packages (pinned, `name@version`) below the target directory; the directory that holds `node_modules`.
    pub fn npm(&self, name: &str, packages: &[&str]) -> Result<PathBuf> {
        let dir = self.scratch(&format!("npm/{name}"))?;
        let stamp = dir.join("packages.txt");
        let wanted = packages.join("\n");
        if std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
            return Ok(dir);
        }
        if !Cmd::new("npm").arg("--version").quiet().succeeds() {
            return Err(Missing("Node.js 20 or newer with npm".to_owned()).into());
        }
        println!("   installing from npm: {}", packages.join(" "));
        std::fs::write(dir.join("package.json"), "{ \"private\": true }\n")?;
        Cmd::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact", "--loglevel=error"])
            .args(packages)
            .dir(&dir)
            .quiet()
            .run()?;
        std::fs::write(stamp, wanted)?;
        Ok(dir)
    }
}

/// A toolchain that is not there: skips the room with a loud line, fails it under `CI=true`.
#[derive(Debug)]
pub struct Missing(pub String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "missing: {}", self.0)
    }
}

impl std::error::Error for Missing {}

/// How many checks passed, failed and were skipped.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// Passed.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
    /// Skipped, each with a line that says why.
    pub skipped: usize,
}

impl Tally {
    /// One check that passed.
    pub const PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };

    /// Adds another.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Reads the closing lines of cargo test, pytest, node --test, bun test, go test, JUnit and our own `N passed, N failed`.
    pub fn read(output: &str) -> Self {
        let mut t = Self::default();
        let number = |text: &str, word: &str| -> usize {
            let Some(at) = text.find(word) else { return 0 };
            text[..at].trim_end().rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse().ok()).unwrap_or(0)
        };
        for line in output.lines() {
            let l = line.trim().trim_matches('=').trim();
            if l.starts_with("test result:") || (l.contains(" passed") && (l.contains(" in ") || l.contains(" failed"))) {
                t.passed += number(l, " passed");
                t.failed += number(l, " failed");
                t.skipped += number(l, " skipped");
            } else if let Some(n) = l.strip_prefix("# pass ").or_else(|| l.strip_prefix("ℹ pass ")) {
                t.passed += n.parse().unwrap_or(0);
            } else if let Some(n) = l.strip_prefix("# fail ").or_else(|| l.strip_prefix("ℹ fail ")) {
                t.failed += n.parse().unwrap_or(0);
            } else if let Some(n) = l.strip_suffix(" pass") {
                t.passed += n.parse().unwrap_or(0);
            } else if let Some(n) = l.strip_suffix(" fail") {
                t.failed += n.parse().unwrap_or(0);
            } else if l.starts_with("--- PASS") {
                t.passed += 1;
            } else if l.starts_with("--- FAIL") {
                t.failed += 1;
            } else if l.contains("Tests run:") && l.contains("Time elapsed") {
                let after = |key: &str| {
                    l.split(key)
                        .nth(1)
                        .and_then(|s| s.trim().split(|c: char| !c.is_ascii_digit()).next()?.parse::<usize>().ok())
                        .unwrap_or(0)
                };
                let (run, bad, skip) = (after("Tests run:"), after("Failures:") + after("Errors:"), after("Skipped:"));
                t.passed += run.saturating_sub(bad + skip);
                t.failed += bad;
                t.skipped += skip;
            }
        }
        t
    }
}

/// A command under construction.
pub struct Cmd {
    command: Command,
    shown: String,
    quiet: bool,
    input: Option<Vec<u8>>,
    lines: &'static [&'static str],
}

impl Cmd {
    /// A program.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            shown: program.as_ref().to_string_lossy().into_owned(),
            command: Command::new(program),
            quiet: false,
            input: None,
            lines: &[],
        }
    }

    /// One argument.
    pub fn arg(mut self, a: impl AsRef<OsStr>) -> Self {
        self.shown += " ";
        self.shown += &a.as_ref().to_string_lossy();
        self.command.arg(a);
        self
    }

    /// Several arguments.
    pub fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        for a in args {
            self = self.arg(a);
        }
        self
    }

    /// Where it runs.
    pub fn dir(mut self, d: impl AsRef<Path>) -> Self {
        self.command.current_dir(d);
        self
    }

    /// An environment variable.
    pub fn env(mut self, k: &str, v: impl AsRef<OsStr>) -> Self {
        self.command.env(k, v);
        self
    }

    /// Removes an environment variable.
    pub fn env_remove(mut self, k: &str) -> Self {
        self.command.env_remove(k);
        self
    }

    /// Prints nothing unless it fails.
    pub fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// Lines of a test program to print even when all goes well: those that hold one of these texts.
    pub fn shown(mut self, texts: &'static [&'static str]) -> Self {
        self.lines = texts;
        self
    }

    /// What it reads.
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = Some(bytes.into());
        self
    }

    /// Runs it; fails, with what it printed, when it does not end with 0.
    pub fn run(mut self) -> Result<()> {
        if self.quiet {
            return self.captured().map(|_| ());
        }
        println!("   $ {}", self.shown);
        let status = self.command.stdin(Stdio::null()).status().with_context(|| format!("`{}` cannot be started", self.shown))?;
        if !status.success() {
            bail!("`{}` ended with {status}", self.shown);
        }
        Ok(())
    }

    /// Runs it and returns what it wrote to standard output.
    pub fn output(mut self) -> Result<String> {
        self.captured()
    }

    /// Runs it; its exit status, standard output and standard error, whatever the status.
    pub fn full_output(mut self) -> Result<(i32, String, String)> {
        let out = self.spawn()?;
        Ok((
            out.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&out.stdout).into_owned(),
            String::from_utf8_lossy(&out.stderr).into_owned(),
        ))
    }

    /// Whether it ends with 0.
    pub fn succeeds(mut self) -> bool {
        self.spawn().is_ok_and(|o| o.status.success())
    }

    /// Runs a test program, prints its output and counts its results; at least one, since a run without tests is a fault.
    pub fn tests(mut self) -> Result<Tally> {
        println!("   $ {}", self.shown);
        let out = self.spawn()?;
        let text = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
        let mut tally = Tally::read(&text);
        if !out.status.success() {
            println!("{text}");
            tally.failed = tally.failed.max(1);
        } else if tally.passed + tally.failed == 0 {
            println!("{text}");
            bail!("`{}` ran no test", self.shown);
        }
        for line in text.lines().filter(|l| self.lines.iter().any(|t| l.contains(t))) {
            println!("     {}", line.trim());
        }
        println!(
            "     {} passed, {} failed{}",
            tally.passed,
            tally.failed,
            if tally.skipped > 0 { format!(", {} skipped", tally.skipped) } else { String::new() }
        );
        Ok(tally)
    }

    fn spawn(&mut self) -> Result<std::process::Output> {
        use std::io::Write as _;
        self.command.stdin(if self.input.is_some() { Stdio::piped() } else { Stdio::null() }).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().with_context(|| format!("`{}` cannot be started", self.shown))?;
        let feeder = self.input.take().zip(child.stdin.take()).map(|(bytes, mut pipe)| {
            std::thread::spawn(move || {
                // A program that does not read all of it is not at fault here.
                let _ = pipe.write_all(&bytes);
            })
        });
        let out = child.wait_with_output()?;
        if let Some(f) = feeder {
            let _ = f.join();
        }
        Ok(out)
    }

    fn captured(&mut self) -> Result<String> {
        let out = self.spawn()?;
        if !out.status.success() {
            bail!(
                "`{}` ended with {}\n{}{}",
                self.shown,
                out.status,
                String::from_utf8_lossy(&out.stdout),
                String::from_utf8_lossy(&out.stderr)
            );
        }
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    }
}

/// Runs one named step and says how long it took.
pub fn step<T>(name: &str, f: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("── {name}");
    let start = Instant::now();
    let out = f();
    println!("   {} {name}: {:.1} s", if out.is_ok() { "done" } else { "FAILED" }, start.elapsed().as_secs_f64());
    out
}

/// Copies a directory tree.
pub fn copy_dir(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| format!("{} cannot be read", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_dir(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
