//! Kotlin, Java, Ruby and Swift over one native library: `bindings/uniffi`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use super::Room;
use crate::run::{Cmd, Context, Missing, Tally, copy_dir, step};

pub const ROOM: Room = Room { name: "uniffi", build: Some(build), test, demo: Some(demo), bench: Some(bench) };

const VERSION: &str = env!("CARGO_PKG_VERSION");
const LIBRARY: &str = "libaerocodes_uniffi.so";

fn build(cx: &Context) -> Result<()> {
    let generated = step("the native library and UniFFI's code for it", || generate(cx))?;
    let out = cx.packages("uniffi");
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    std::fs::create_dir_all(&out)?;
    step("the gem", || gem(cx, &generated, &out))?;
    step("the Swift package", || swift(cx, &generated, &out))?;
    step("the jar", || jar(cx, &generated, &out))
}

/// Builds the library, and what UniFFI generates for it below one directory per language.
fn generate(cx: &Context) -> Result<PathBuf> {
    // Unoptimised: the generator runs for a second and would compile for two minutes.
    cx.cargo().args(["build", "-q", "-p", "aerocodes-uniffi-bindgen"]).run()?;
    cx.cargo().args(["build", "-q", "--release", "-p", "aerocodes-uniffi"]).run()?;
    let dir = cx.fresh("uniffi")?;
    for language in ["kotlin", "ruby", "swift"] {
        cx.cmd(cx.target().join("debug/uniffi-bindgen"))
            .args(["generate", "--no-format", "--config", "bindings/uniffi/uniffi.toml", "--crate", "aerocodes_uniffi"])
            .args(["--language", language, "--out-dir"])
            .arg(dir.join(language))
            .arg(library(cx))
            .quiet()
            .run()?;
    }
    Ok(dir)
}

fn library(cx: &Context) -> PathBuf {
    cx.target().join("release").join(LIBRARY)
}

/// Maven with a repository of its own below the target directory.
fn mvn(cx: &Context, dir: &Path) -> Result<Cmd> {
    if !Cmd::new("mvn").arg("--version").quiet().succeeds() {
        return Err(Missing("Maven 3.8 or newer with a JDK of 11 or newer".to_owned()).into());
    }
    Ok(cx
        .cmd("mvn")
        .args(["-B", "-ntp", "-Dstyle.color=never", &format!("-Dmaven.repo.local={}", repository(cx).display()), "-f"])
        .arg(dir.join("pom.xml"))
        // A compiler that stays behind after the build is of no use here.
        .arg("-Dkotlin.compiler.daemon=false")
        // Cargo's own would let JNA find the build tree's library before the jar's.
        .env_remove("LD_LIBRARY_PATH")
        .env("MAVEN_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"))
}

fn repository(cx: &Context) -> PathBuf {
    cx.target().join("xtask/m2")
}

fn jar(cx: &Context, generated: &Path, out: &Path) -> Result<()> {
    // JNA looks for the library under the name of the platform.
    let natives = generated.join("natives");
    let platform = natives.join(if cfg!(target_arch = "aarch64") { "linux-aarch64" } else { "linux-x86-64" });
    std::fs::create_dir_all(&platform)?;
    std::fs::copy(library(cx), platform.join(LIBRARY))?;
    let build = cx.scratch("uniffi/kotlin-build")?;
    mvn(cx, &cx.root.join("bindings/uniffi/kotlin"))?
        .arg(format!("-Daerocodes.generated={}", generated.join("kotlin").display()))
        .arg(format!("-Daerocodes.natives={}", natives.display()))
        .arg(format!("-Daerocodes.build={}", build.display()))
        .arg("install")
        .quiet()
        .run()?;
    let name = format!("aerocodes-{VERSION}.jar");
    std::fs::copy(build.join(&name), out.join(&name))?;
    std::fs::copy(cx.root.join("bindings/uniffi/kotlin/pom.xml"), out.join(format!("aerocodes-{VERSION}.pom")))?;
    Ok(())
}

const GEM_PLATFORM: &str = if cfg!(target_arch = "aarch64") { "aarch64-linux" } else { "x86_64-linux" };

fn gem_name() -> String {
    format!("aerocodes-{VERSION}-{GEM_PLATFORM}.gem")
}

fn ruby(cx: &Context) -> Result<()> {
    cx.apt(&["ruby", "ruby-ffi", "ruby-minitest"])
}

fn gem(cx: &Context, generated: &Path, out: &Path) -> Result<()> {
    ruby(cx)?;
    let tree = generated.join("gem");
    copy_dir(&cx.root.join("bindings/uniffi/ruby"), &tree)?;
    let mut text = std::fs::read_to_string(generated.join("ruby/aerocodes_native.rb"))?;
    let beside = format!("ffi_lib File.expand_path('{LIBRARY}', __dir__)");
    for (theirs, ours) in [
        // The generated file asks the loader for a bare name; the gem carries the library beside it.
        ("ffi_lib 'aerocodes_uniffi'", beside.as_str()),
        // It makes an array of all bytes of a text, which takes a hundred times the text's memory.
        ("reserve(value.bytes.size) do", "reserve(value.bytesize) do"),
        ("put_array_of_char @rust_buf.len, value.bytes", "put_bytes @rust_buf.len, value"),
    ] {
        ensure!(text.matches(theirs).count() == 1, "UniFFI's Ruby does not hold `{theirs}` once any more");
        text = text.replace(theirs, ours);
    }
    text = text.replace("v.bytes.size", "v.bytesize");
    std::fs::write(tree.join("lib/aerocodes/aerocodes_native.rb"), text)?;
    std::fs::copy(library(cx), tree.join("lib/aerocodes").join(LIBRARY))?;
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        std::fs::copy(cx.root.join(license), tree.join(license))?;
    }
    cx.cmd("gem")
        .args(["build", "-q", "--strict", "aerocodes.gemspec", "--output"])
        .arg(out.join(gem_name()))
        .env("AEROCODES_PLATFORM", GEM_PLATFORM)
        .dir(&tree)
        .quiet()
        .run()
}

/// Copies what a Swift user compiles: the package with UniFFI's code and C header in their places.
fn swift(cx: &Context, generated: &Path, out: &Path) -> Result<()> {
    let tree = out.join("swift");
    copy_dir(&cx.root.join("bindings/uniffi/swift"), &tree)?;
    let from = generated.join("swift");
    std::fs::create_dir_all(tree.join("Sources/AerocodesNative"))?;
    std::fs::create_dir_all(tree.join("Sources/AerocodesFFI"))?;
    std::fs::copy(from.join("AerocodesNative.swift"), tree.join("Sources/AerocodesNative/AerocodesNative.swift"))?;
    std::fs::copy(from.join("AerocodesFFI.h"), tree.join("Sources/AerocodesFFI/AerocodesFFI.h"))?;
    std::fs::write(
        tree.join("Sources/AerocodesFFI/module.modulemap"),
        "module AerocodesFFI {\n    header \"AerocodesFFI.h\"\n    link \"aerocodes_uniffi\"\n    export *\n}\n",
    )?;
    Ok(())
}

/// The environment into which the gem is installed: a directory below the target directory, and Debian's for ffi.
fn gem_home(cx: &Context) -> Result<PathBuf> {
    let home = cx.fresh("gems")?;
    cx.cmd("gem")
        .args(["install", "-q", "--local", "--no-document", "--ignore-dependencies", "--install-dir"])
        .arg(&home)
        .arg(cx.packages("uniffi").join(gem_name()))
        .quiet()
        .run()?;
    Ok(home)
}

fn gem_ruby(cx: &Context, home: &Path) -> Result<Cmd> {
    let system = cx.cmd("ruby").args(["-e", "print Gem.path.join(':')"]).env_remove("GEM_PATH").env_remove("GEM_HOME").output()?;
    Ok(cx.cmd("ruby").arg("-W").env("GEM_PATH", format!("{}:{system}", home.display())).env_remove("RUBYLIB").env_remove("LD_LIBRARY_PATH"))
}

fn test(cx: &Context) -> Result<Tally> {
    let mut t = Tally::default();
    // Over the boundary, from several threads: resident memory must not grow.
    let calls = if cx.full { "10000000" } else { "100000" };
    let vectors = cx.root.join("bindings/vectors.json");
    t.add(cx.cargo().args(["test", "-q", "-p", "aerocodes-uniffi", "--lib"]).tests()?);
    let home = step("install the gem", || gem_home(cx))?;
    t.add(
        gem_ruby(cx, &home)?
            .arg("bindings/uniffi/ruby/tests/all.rb")
            .env("AEROCODES_VECTORS", &vectors)
            .env("AEROCODES_CALLS", calls)
            .env("AEROCODES_TRACE", cx.root.join("examples/data/trace.txt"))
            .shown(&["calls over the boundary"])
            .tests()?,
    );
    t.add(step("Swift as text", || swift_text(cx))?);
    t.add(
        mvn(cx, &consumer(cx)?)?
            .args(["test", &format!("-DargLine=-Xms256m -Xmx256m -XX:+AlwaysPreTouch -Daerocodes.calls={calls}")])
            .env("AEROCODES_VECTORS", &vectors)
            .env("AEROCODES_TRACE", cx.root.join("examples/data/trace.txt"))
            .shown(&["calls over the boundary"])
            .tests()?,
    );
    if cx.full {
        step("KDoc", || kdoc(cx))?;
        t.add(Tally::PASSED);
    }
    Ok(t)
}

/// Builds the pages of the Kotlin package: a public item without documentation or a link to nothing fails.
fn kdoc(cx: &Context) -> Result<()> {
    let generated = cx.scratch("uniffi")?;
    let out = mvn(cx, &cx.root.join("bindings/uniffi/kotlin"))?
        .arg(format!("-Daerocodes.generated={}", generated.join("kotlin").display()))
        .arg(format!("-Daerocodes.natives={}", generated.join("natives").display()))
        .arg(format!("-Daerocodes.build={}", cx.scratch("uniffi/kotlin-docs")?.display()))
        .args(["-Pdocs", "package"])
        .output()?;
    // The compiler makes these of every enum: nobody can document them.
    let made = |l: &str| ["/values/#", "/valueOf/#", "/entries/#", "/getEntries/#"].iter().any(|m| l.contains(m));
    let faults: Vec<&str> =
        out.lines().filter(|l| l.starts_with("[WARNING]") && !l.contains("Source root doesn't exist") && !made(l)).collect();
    ensure!(faults.is_empty(), "the Kotlin package's documentation:\n{}", faults.join("\n"));
    Ok(())
}

/// A copy of the project that uses the jar: it compiles below the target directory.
fn consumer(cx: &Context) -> Result<PathBuf> {
    let dir = cx.scratch("uniffi/consumer")?;
    for part in ["src", "target/test-classes"] {
        if dir.join(part).exists() {
            std::fs::remove_dir_all(dir.join(part))?;
        }
    }
    copy_dir(&cx.root.join("bindings/uniffi/kotlin/tests"), &dir)?;
    // The examples are compiled with the tests.
    copy_dir(&cx.root.join("examples/kotlin"), &dir.join("src/test/kotlin"))?;
    copy_dir(&cx.root.join("examples/java"), &dir.join("src/test/java"))?;
    Ok(dir)
}

/// Java with the jar, what it needs, and the consumer's classes.
fn java(cx: &Context) -> Result<Cmd> {
    let m2 = repository(cx);
    let classpath = [
        cx.packages("uniffi").join(format!("aerocodes-{VERSION}.jar")),
        m2.join("org/jetbrains/kotlin/kotlin-stdlib/2.4.21/kotlin-stdlib-2.4.21.jar"),
        m2.join("net/java/dev/jna/jna/5.19.1/jna-5.19.1.jar"),
        cx.scratch("uniffi/consumer")?.join("target/test-classes"),
    ];
    for entry in &classpath {
        ensure!(entry.exists(), "{} is not there", entry.display());
    }
    let classpath: Vec<String> = classpath.iter().map(|p| p.display().to_string()).collect();
    Ok(cx.cmd("java").env_remove("LD_LIBRARY_PATH").args(["-cp", &classpath.join(":")]))
}

/// No Swift compiler is to be had here: UniFFI's Swift is compared with a list of what it must declare, and every call of the
/// hand-written package with those declarations; all of it is parsed.
fn swift_text(cx: &Context) -> Result<Tally> {
    let tree = cx.packages("uniffi").join("swift/Sources");
    let generated = std::fs::read_to_string(tree.join("AerocodesNative/AerocodesNative.swift"))?;
    let declared: Vec<&str> = generated
        .lines()
        .map(str::trim)
        .filter(|l| l.starts_with("public func native") || l.starts_with("public struct Native") || l.starts_with("public enum Native"))
        .collect();
    let mut now = declared.join("\n");
    now.push('\n');
    let path = cx.root.join("bindings/uniffi/swift/golden.txt");
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    ensure!(
        golden == now,
        "UniFFI's Swift declares something else than bindings/uniffi/swift/golden.txt:\n{now}\nAdapt the Swift package and put these lines there."
    );
    let mut calls = 0;
    for file in ["Native.swift"] {
        let text = std::fs::read_to_string(tree.join("Aerocodes").join(file))?;
        for name in text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.starts_with("native") && w.len() > 6) {
            calls += 1;
            ensure!(declared.iter().any(|d| d.contains(&format!("func {name}("))), "{file} calls {name}, which UniFFI does not declare");
        }
    }
    ensure!(calls > 5, "the Swift package calls nothing");
    let package = cx.packages("uniffi").join("swift");
    let files = [
        package.join("Package.swift"),
        tree.join("Aerocodes/Aerocodes.swift"),
        tree.join("Aerocodes/Constants.swift"),
        tree.join("Aerocodes/Native.swift"),
        tree.join("Aerocodes/Tables.swift"),
        tree.join("AerocodesNative/AerocodesNative.swift"),
        cx.root.join("examples/swift/explain.swift"),
    ];
    // A parser that others keep, for want of a compiler.
    let python = cx.venv("swift-syntax", "python3", &["tree-sitter==0.26.1", "tree-sitter-swift==0.7.4"])?;
    let syntax = cx.cmd(python).arg("xtask/tools/swift-syntax/check.py").args(&files).tests()?;
    // The words that Clang has for pointers are no C.
    cx.cmd("cc")
        .args(["-fsyntax-only", "-Wall", "-Werror", "-D_Nonnull=", "-D_Nullable=", "-include"])
        .arg(tree.join("AerocodesFFI/AerocodesFFI.h"))
        .args(["-x", "c", "/dev/null"])
        .quiet()
        .run()?;
    let mut t = Tally { passed: 3, ..Tally::default() };
    t.add(syntax);
    Ok(t)
}

fn demo(cx: &Context) -> Result<()> {
    let expected = std::fs::read_to_string(cx.root.join("examples/expected.txt"))?;
    let files = ["examples/data/codes.txt", "examples/data/trace.txt"];
    let check = |name: &str, out: &str| -> Result<()> {
        ensure!(out == expected, "{name} prints something else than examples/expected.txt:\n{out}");
        println!("   {name}: as expected, {} lines", out.lines().count());
        Ok(())
    };
    let home = gem_home(cx)?;
    check("explain.rb", &gem_ruby(cx, &home)?.arg("examples/ruby/explain.rb").args(files).output()?)?;
    mvn(cx, &consumer(cx)?)?.args(["test-compile"]).quiet().run()?;
    check("explain.kt", &java(cx)?.arg("ExplainKt").args(files).output()?)?;
    check("Explain.java", &java(cx)?.arg("Explain").args(files).output()?)?;
    Ok(())
}

fn bench(cx: &Context) -> Result<()> {
    build(cx)?;
    mvn(cx, &consumer(cx)?)?.args(["test-compile"]).quiet().run()?;
    let out = java(cx)?.args(["-Xmx512m", "Bench"]).output()?;
    print!("{}", out.lines().map(|l| format!("   Kotlin: {l}\n")).collect::<String>());
    let home = gem_home(cx)?;
    let out = gem_ruby(cx, &home)?.arg("bindings/uniffi/ruby/tests/bench.rb").output()?;
    print!("{}", out.lines().map(|l| format!("   Ruby: {l}\n")).collect::<String>());
    out.lines().next().context("no figures")?;
    Ok(())
}
