//! What cannot be read or written is named once, everything else is scanned, and the exit status says so.
#![cfg(unix)]

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

const LINE: &str =
    "2026-11-22 04:00:00,000 com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9020011AC4202 10.0.0.9 3000: Hot key\n";

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_aerocodes"))
}

fn said(out: &Output) -> Vec<String> {
    String::from_utf8_lossy(&out.stderr).lines().map(str::to_owned).collect()
}

fn events(out: &Output) -> Option<u64> {
    serde_json::from_slice::<Value>(&out.stdout).ok()?["events"].as_u64()
}

/// A folder with something that another user may not read, links to nowhere and upwards, a socket, a pipe.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let d = dir.path();
    fs::write(d.join("good.log"), LINE).unwrap();
    fs::write(d.join("secret.log"), LINE).unwrap();
    fs::set_permissions(d.join("secret.log"), PermissionsExt::from_mode(0o000)).unwrap();
    fs::create_dir(d.join("locked")).unwrap();
    fs::write(d.join("locked/in.log"), LINE).unwrap();
    fs::set_permissions(d.join("locked"), PermissionsExt::from_mode(0o000)).unwrap();
    fs::create_dir(d.join("sub")).unwrap();
    symlink("..", d.join("sub/up")).unwrap();
    symlink("nowhere", d.join("dangling.log")).unwrap();
    symlink("circle.log", d.join("circle.log")).unwrap();
    drop(UnixListener::bind(d.join("socket")).unwrap());
    assert!(Command::new("mkfifo").arg(d.join("pipe")).status().unwrap().success());
    fs::set_permissions(d, PermissionsExt::from_mode(0o755)).unwrap();
    dir
}

#[test]
fn another_users_files() {
    let dir = folder();
    // Root reads everything, so it becomes nobody; the command stands where nobody may run it.
    let bin = tempfile::tempdir().unwrap();
    fs::set_permissions(bin.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let program = bin.path().join("aerocodes");
    fs::copy(env!("CARGO_BIN_EXE_aerocodes"), &program).unwrap();
    let root = fs::read(dir.path().join("secret.log")).is_ok();
    let mut command = Command::new(&program);
    if root {
        command.uid(65534).gid(65534);
    }
    let out = command.args(["scan", "--format", "json"]).arg(dir.path()).output().unwrap();
    fs::set_permissions(dir.path().join("locked"), PermissionsExt::from_mode(0o755)).unwrap();
    let said = said(&out);
    for (name, part) in [
        ("circle.log", "symbolic link"),
        ("dangling.log", "leads nowhere"),
        ("locked", "no permission"),
        ("secret.log", "no permission"),
        ("sub/up", "leads back"),
    ] {
        let name = dir.path().join(name).display().to_string() + ":";
        assert_eq!(said.iter().filter(|l| l.contains(&name) && l.contains(part)).count(), 1, "{name} {said:#?}");
    }
    assert_eq!((said.len(), out.status.code(), events(&out)), (5, Some(3), Some(1)), "{said:#?}");
}

#[test]
fn reading_fails() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("good.log"), LINE).unwrap();
    // Its first byte is never mapped: reading it is an input/output error.
    let memory = "/proc/self/mem";
    if !Path::new(memory).exists() {
        return;
    }
    let out = command().args(["scan", "--format", "json", memory]).arg(dir.path()).output().unwrap();
    assert_eq!((said(&out).len(), out.status.code(), events(&out)), (1, Some(3), Some(1)), "{:?}", said(&out));
    assert!(said(&out)[0].contains("cannot be read"));
}

#[test]
fn a_pipe_that_is_named_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let pipe = dir.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let child = command().args(["scan", "--format", "json"]).arg(&pipe).stdout(Stdio::piped()).spawn().unwrap();
    fs::OpenOptions::new().write(true).open(&pipe).unwrap().write_all(LINE.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!((out.status.code(), events(&out)), (Some(0), Some(1)));
}

#[test]
fn nowhere_to_write() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("a.log");
    fs::write(&log, LINE).unwrap();
    if Path::new("/dev/full").exists() {
        let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let out = command().arg("scan").arg(&log).stdout(full()).output().unwrap();
        assert_eq!((said(&out).len(), out.status.code()), (1, Some(3)), "{:?}", said(&out));
        let out = command().arg("scan").arg(&log).args(["--report", "/dev/full"]).output().unwrap();
        assert_eq!((said(&out).len(), out.status.code()), (1, Some(3)), "{:?}", said(&out));
        assert!(!out.stdout.is_empty());
    }
    for path in [dir.path().to_path_buf(), dir.path().join("none/out.html")] {
        let out = command().arg("scan").arg(&log).arg("--report").arg(&path).output().unwrap();
        assert_eq!((said(&out).len(), out.status.code()), (1, Some(3)), "{:?}", said(&out));
        assert!(said(&out)[0].contains(&path.display().to_string()));
    }
    // Nobody reads the answer: not worth a word.
    let mut child = command().arg("scan").arg(&log).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    assert_eq!((said(&out).len(), out.status.code()), (0, Some(0)), "{:?}", said(&out));
}

/// A stream without end takes little memory, and ends at once when it is told to.
#[cfg(target_os = "linux")]
#[test]
fn interrupted() {
    let mut child = command().args(["scan", "/dev/zero"]).stdout(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(400));
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak: u64 = status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok()).unwrap();
    assert!(peak < 64 << 10, "{peak} kB");
    let asked = Instant::now();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    assert_eq!((child.wait().unwrap().signal(), text.as_str()), (Some(2), ""));
    assert!(asked.elapsed() < Duration::from_secs(30));
}

/// The most memory that a scan takes, in bytes, and how many errors it found.
#[cfg(target_os = "linux")]
fn peak(path: &Path, threads: &str) -> (u64, Option<u64>) {
    let mut command = command();
    let mut child = command.args(["scan", "--format", "json", "--threads", threads]).arg(path).stdout(Stdio::piped()).spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let now = status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        most = most.max(now.unwrap_or(0) << 10);
        std::thread::sleep(Duration::from_millis(2));
    }
    (most, events(&child.wait_with_output().unwrap()))
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "writes gigabytes: for --full"]
fn a_gigabyte_in_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let plain = dir.path().join("line.log");
    let mut file = fs::File::create(&plain).unwrap();
    let filler = b"abc def ghi jkl mno pqr ".repeat(1 << 16);
    let mut size = 0;
    for i in 0..700 {
        file.write_all(&filler).unwrap();
        size += filler.len() as u64;
        if i % 100 == 0 {
            let error = LINE.trim_end().as_bytes();
            file.write_all(error).unwrap();
            size += error.len() as u64;
        }
    }
    assert!(size > 1 << 30);
    for threads in ["1", "2", "7"] {
        let (bytes, found) = peak(&plain, threads);
        assert_eq!(found, Some(7));
        assert!(bytes.saturating_sub(size) <= 64 << 20, "{threads} threads: {bytes} bytes for a file of {size}");
    }
    // Several at once, unpacked: what a stream holds counts as well.
    let packed = dir.path().join("packed");
    fs::create_dir(&packed).unwrap();
    assert!(Command::new("gzip").args(["-1", "-f"]).arg(&plain).status().unwrap().success());
    for i in 0..7 {
        fs::copy(dir.path().join("line.log.gz"), packed.join(format!("{i}.gz"))).unwrap();
    }
    let (bytes, found) = peak(&packed, "7");
    assert_eq!(found, Some(49));
    assert!(bytes <= 64 << 20, "{bytes} bytes");
}
