//! Compares the registry with the newest client packages that the public registries serve.
//!
//! Each package is fetched by its ecosystem's own client and asked the way a user would: constants are read from source where
//! the package is source, and from the loaded module where it is not. Nothing here runs in the tests: it needs the network.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail, ensure};

use crate::registry::{Reading, Registry, Release};
use crate::run::{Cmd, Context, Missing};

/// What a package calls its codes.
struct Table {
    dialect: &'static str,
    package: String,
    release: String,
    codes: BTreeMap<String, i32>,
}

type Source = (&'static str, fn(&Context) -> Result<Table>);

const SOURCES: &[Source] = &[("java", java), ("nodejs", nodejs), ("python-native", python_native), ("rust", rust), ("go", go)];

/// Prints every name and number that the registry lacks or has differently; how many.
pub fn run(cx: &Context, dialects: &[String]) -> Result<usize> {
    let registry = Registry::load(&cx.root)?;
    for d in dialects {
        ensure!(
            SOURCES.iter().any(|s| s.0 == d),
            "`{d}` is not watched; these are: {}",
            SOURCES.iter().map(|s| s.0).collect::<Vec<_>>().join(", ")
        );
    }
    let mut differences = 0;
    let mut asked = 0;
    for (dialect, read) in SOURCES.iter().filter(|s| dialects.is_empty() || dialects.iter().any(|d| d == s.0)) {
        let table = match read(cx) {
            Ok(t) => t,
            Err(e) if !cx.ci && e.downcast_ref::<Missing>().is_some() => {
                println!("\n!!! SKIPPED {dialect}: {e:#}\n");
                continue;
            }
            Err(e) => return Err(e.context(format!("the newest package of {dialect}"))),
        };
        asked += 1;
        ensure!(
            table.codes.len() > 50,
            "only {} codes were found in {} {}: its source has another shape now",
            table.codes.len(),
            table.package,
            table.release
        );
        let lines = compare(&registry, &table)?;
        println!(
            "── {} {}: {} codes, {}",
            table.package,
            table.release,
            table.codes.len(),
            match lines.len() {
                0 => "all as the registry has them".to_owned(),
                1 => "1 difference".to_owned(),
                n => format!("{n} differences"),
            }
        );
        for line in &lines {
            println!("   {line}");
        }
        differences += lines.len();
    }
    ensure!(asked > 0, "no package could be read");
    Ok(differences)
}

fn holds(r: &Reading, release: &Release) -> bool {
    r.since <= *release && r.until.as_ref().is_none_or(|u| u >= release) && !r.gaps.iter().any(|(a, b)| a <= release && release <= b)
}

/// What the registry lacks or has differently, one line each.
fn compare(registry: &Registry, table: &Table) -> Result<Vec<String>> {
    let at = registry.dialects.iter().position(|d| d.key == table.dialect).context("the dialect is gone")?;
    let release = Release::parse(table.release.trim_start_matches('v')).with_context(|| format!("`{}` is no release", table.release))?;
    let mine: Vec<&Reading> = registry.readings.iter().filter(|r| r.dialect == at && !r.wrong).collect();
    let mut out = Vec::new();
    for (name, &value) in &table.codes {
        let named: Vec<&&Reading> = mine.iter().filter(|r| r.name.as_ref() == Some(name)).collect();
        if named.iter().any(|r| r.value == value && holds(r, &release)) {
            continue;
        }
        if let Some(r) = named.iter().find(|r| r.value == value) {
            let until = r.until.as_ref().map_or("now".to_owned(), Release::text);
            out.push(format!("{value} {name}: the registry has it from {} to {until} only ({})", r.since.text(), r.place));
        } else if let Some(r) = named.iter().find(|r| holds(r, &release)) {
            out.push(format!("{value} {name}: the registry has this name for {} ({})", r.value, r.place));
        } else if let Some(r) = mine.iter().find(|r| r.value == value && holds(r, &release)) {
            out.push(format!("{value} {name}: the registry calls this number {} ({})", r.name.as_deref().unwrap_or("nothing"), r.place));
        } else {
            out.push(format!("{value} {name}: not in the registry"));
        }
    }
    for r in mine.iter().filter(|r| r.primary && holds(r, &release)) {
        if let Some(name) = &r.name
            && !table.codes.contains_key(name)
        {
            out.push(format!("{} {name}: in the registry ({}), but not in the package", r.value, r.place));
        }
    }
    Ok(out)
}

/// Codes of lines such as `NAME<between>VALUE`, where a line must hold `mark`.
fn constants(text: &str, mark: &str, between: &str) -> BTreeMap<String, i32> {
    let mut out = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|l| l.contains(mark) && !l.starts_with("//") && !l.starts_with('*')) {
        let Some((left, right)) = line.split_once(between) else { continue };
        let name = left.trim().rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
        let digits: String = right.trim().chars().take_while(|c| *c == '-' || c.is_ascii_digit()).collect();
        if let Ok(value) = digits.parse()
            && !name.is_empty()
        {
            out.insert(name.to_owned(), value);
        }
    }
    out
}

/// Codes of match arms such as `9 => ResultCode::Timeout,`.
fn arms(text: &str) -> BTreeMap<String, i32> {
    let mut out = BTreeMap::new();
    for line in text.lines().map(str::trim) {
        let Some((value, name)) = line.split_once(" => ") else { continue };
        let (Ok(value), Some((_, name))) = (value.parse(), name.split_once("ResultCode::")) else { continue };
        let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
        out.insert(name, value);
    }
    out
}

fn needs(program: &str, what: &str) -> Result<()> {
    if Cmd::new(program).arg("--version").quiet().succeeds() || Cmd::new(program).arg("version").quiet().succeeds() {
        return Ok(());
    }
    Err(Missing(what.to_owned()).into())
}

fn java(cx: &Context) -> Result<Table> {
    needs("mvn", "Maven")?;
    let dir = cx.fresh("upstream/java")?;
    cx.cmd("mvn")
        .args(["-q", "-B", "-U", "dependency:copy", "-Dartifact=com.aerospike:aerospike-client-jdk8:RELEASE:jar:sources"])
        .arg(format!("-DoutputDirectory={}", dir.display()))
        .quiet()
        .run()?;
    let jar = std::fs::read_dir(&dir)?.filter_map(|e| Some(e.ok()?.path())).find(|p| p.extension().is_some_and(|e| e == "jar"));
    let jar = jar.context("Maven copied nothing")?;
    let name = jar.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let release = name.trim_start_matches("aerospike-client-jdk8-").trim_end_matches("-sources").to_owned();
    cx.cmd("jar").arg("xf").arg(&jar).arg("com/aerospike/client/ResultCode.java").dir(&dir).quiet().run()?;
    let text = std::fs::read_to_string(dir.join("com/aerospike/client/ResultCode.java"))?;
    Ok(Table {
        dialect: "java",
        package: "aerospike-client-jdk8 (Maven)".to_owned(),
        release,
        codes: constants(&text, "static final int", "="),
    })
}

fn nodejs(cx: &Context) -> Result<Table> {
    needs("npm", "Node.js with npm")?;
    let release = Cmd::new("npm").args(["view", "aerospike", "version"]).output()?.trim().to_owned();
    let dir = cx.npm("upstream-nodejs", &[&format!("aerospike@{release}")])?;
    // lib/status.js names the codes; their numbers come from the compiled part, so the module is asked.
    let ask = "const s = require('aerospike').status; console.log(JSON.stringify(Object.fromEntries(Object.entries(s).filter((e) => typeof e[1] === 'number'))))";
    let text = Cmd::new("node").args(["-e", ask]).dir(&dir).output()?;
    Ok(Table { dialect: "nodejs", package: "aerospike (npm)".to_owned(), release, codes: serde_json::from_str(&text)? })
}

fn python_native(cx: &Context) -> Result<Table> {
    needs("python3", "Python 3")?;
    let interpreter = cx.venv("upstream", "python3", &[])?;
    let pip = || Cmd::new(&interpreter).args(["-m", "pip", "--disable-pip-version-check"]);
    pip().args(["install", "-q", "--upgrade", "--no-deps", "--only-binary", ":all:", "aerospike-native"]).quiet().run()?;
    let ask = "import json, importlib.metadata as m\nfrom aerospike_native import ResultCode as R\n\
               print(json.dumps([m.version('aerospike-native'), {n: int(getattr(R, n)) for n in dir(R) if isinstance(getattr(R, n), R)}]))";
    let text = Cmd::new(&interpreter).args(["-c", ask]).output()?;
    let (release, codes): (String, BTreeMap<String, i32>) = serde_json::from_str(&text)?;
    Ok(Table { dialect: "python-native", package: "aerospike-native (PyPI)".to_owned(), release, codes })
}

fn rust(cx: &Context) -> Result<Table> {
    let dir = cx.fresh("upstream/rust")?;
    std::fs::create_dir_all(dir.join("src"))?;
    std::fs::write(dir.join("src/lib.rs"), "")?;
    std::fs::write(
        dir.join("Cargo.toml"),
        "[package]\nname = \"upstream\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\naerospike-core = \"*\"\n[workspace]\n",
    )?;
    let text = cx.cargo().args(["metadata", "-q", "--format-version", "1"]).dir(&dir).output()?;
    let metadata: serde_json::Value = serde_json::from_str(&text)?;
    let package =
        metadata["packages"].as_array().and_then(|p| p.iter().find(|p| p["name"] == "aerospike-core")).context("cargo did not find it")?;
    let manifest = std::path::Path::new(package["manifest_path"].as_str().unwrap_or_default());
    let text = std::fs::read_to_string(manifest.with_file_name("src").join("result_code.rs"))?;
    let release = package["version"].as_str().unwrap_or_default().to_owned();
    Ok(Table { dialect: "rust", package: "aerospike-core (crates.io)".to_owned(), release, codes: arms(&text) })
}

fn go(cx: &Context) -> Result<Table> {
    needs("go", "Go")?;
    let dir = cx.scratch("upstream/go")?;
    std::fs::write(dir.join("go.mod"), "module upstream\n")?;
    let get = |major: u32| {
        let module = format!("github.com/aerospike/aerospike-client-go/v{major}@latest");
        Cmd::new("go").args(["mod", "download", "-json", &module]).dir(&dir).full_output()
    };
    // Each first number is a module of its own: go on until there is no next one.
    let mut newest = None;
    for major in 8.. {
        let (status, text, _) = get(major)?;
        if status != 0 {
            break;
        }
        newest = Some(text);
    }
    let Some(text) = newest else { bail!("the module proxy has no aerospike-client-go v8") };
    let module: serde_json::Value = serde_json::from_str(&text)?;
    let source = std::path::Path::new(module["Dir"].as_str().unwrap_or_default()).join("types/result_code.go");
    let text = std::fs::read_to_string(&source).with_context(|| format!("{} cannot be read", source.display()))?;
    let release = module["Version"].as_str().unwrap_or_default().to_owned();
    Ok(Table {
        dialect: "go",
        package: "aerospike-client-go (Go proxy)".to_owned(),
        release,
        codes: constants(&text, "ResultCode", "ResultCode ="),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_read_from_java_go_and_rust() {
        let java =
            constants("\tpublic static final int TXN_FAILED = -17;\n\t// static final int OLD = 3;\n\tint x = 4;", "static final int", "=");
        assert_eq!(java, [("TXN_FAILED".to_owned(), -17)].into());
        let go = constants("\tNETWORK_ERROR ResultCode = -18\n\t// X ResultCode = 1\n", "ResultCode", "ResultCode =");
        assert_eq!(go, [("NETWORK_ERROR".to_owned(), -18)].into());
        let rust = arms(
            "            9 => ResultCode::Timeout,\n            -12 => ClientResultCode::MaxErrorRate,\n            n => ResultCode::Unknown(n),",
        );
        assert_eq!(rust, [("MaxErrorRate".to_owned(), -12), ("Timeout".to_owned(), 9)].into());
    }

    #[test]
    fn differences_are_named() {
        let registry = Registry::load(&crate::root()).expect("the registry holds together");
        let at = registry.dialects.iter().position(|d| d.key == "java").expect("there is java");
        let release = registry.dialects[at].last.clone();
        let last = Release::parse(&release).expect("a release");
        let mut codes: BTreeMap<String, i32> = registry
            .readings
            .iter()
            .filter(|r| r.dialect == at && !r.wrong && holds(r, &last))
            .filter_map(|r| Some((r.name.clone()?, r.value)))
            .collect();
        let table = |codes: &BTreeMap<String, i32>| Table {
            dialect: "java",
            package: String::new(),
            release: release.clone(),
            codes: codes.clone(),
        };
        assert_eq!(compare(&registry, &table(&codes)).expect("compares"), Vec::<String>::new());
        codes.remove("TIMEOUT");
        codes.insert("BRAND_NEW".to_owned(), 4711);
        codes.insert("KEY_BUSY".to_owned(), 4712);
        let lines = compare(&registry, &table(&codes)).expect("compares").join("\n");
        for part in
            ["4711 BRAND_NEW: not in the registry", "4712 KEY_BUSY: the registry has this name for 14", "9 TIMEOUT: in the registry"]
        {
            assert!(lines.contains(part), "{part} is not in\n{lines}");
        }
    }
}
