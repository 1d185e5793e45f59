//! The rooms: what each builds, tests, shows and measures. One file a room, all alike.

use anyhow::{Result, bail};

use crate::run::{Context, Missing, Tally, step};

pub mod c;
mod cli;
mod core;
mod go;
pub mod node;
mod python;
mod scan;
mod uniffi;
mod wasm;

/// A room of the house.
pub struct Room {
    /// As in `cargo xtask test --only NAME`.
    pub name: &'static str,
    /// Builds what a user of this host installs into `target/packages/<name>`; `None` where there is nothing to install.
    pub build: Option<fn(&Context) -> Result<()>>,
    /// Runs all its tests, from the packages where there are some.
    pub test: fn(&Context) -> Result<Tally>,
    /// Installs the package as a user would and runs the example on real input.
    pub demo: Option<fn(&Context) -> Result<()>>,
    /// Measures it beside its peers, in one run, and prints ratios.
    pub bench: Option<fn(&Context) -> Result<()>>,
}

/// All rooms, in the order in which they are built and tested.
pub const ROOMS: &[Room] = &[core::ROOM, scan::ROOM, cli::ROOM, c::ROOM, python::ROOM, node::ROOM, wasm::ROOM, uniffi::ROOM, go::ROOM];

/// The rooms of these names; all of them when there are none.
pub fn chosen(names: &[String]) -> Result<Vec<&'static Room>> {
    if names.is_empty() {
        return Ok(ROOMS.iter().collect());
    }
    names
        .iter()
        .map(|n| match ROOMS.iter().find(|r| r.name == n) {
            Some(r) => Ok(r),
            None => bail!("there is no room `{n}`; the rooms are {}", ROOMS.iter().map(|r| r.name).collect::<Vec<_>>().join(", ")),
        })
        .collect()
}

/// Builds rooms.
pub fn build(cx: &Context, names: &[String]) -> Result<()> {
    for room in chosen(names)? {
        if let Some(f) = room.build {
            guarded(cx, room.name, || step(&format!("build {}", room.name), || f(cx)))?;
        }
    }
    Ok(())
}

/// Tests rooms; goes on after a failure and counts it.
pub fn test(cx: &Context, names: &[String]) -> Result<Tally> {
    let mut all = Tally::default();
    let mut times = Vec::new();
    for room in chosen(names)? {
        let start = std::time::Instant::now();
        let result = guarded(cx, room.name, || {
            if let Some(f) = room.build {
                step(&format!("build {}", room.name), || f(cx))?;
            }
            step(&format!("test {}", room.name), || (room.test)(cx))
        });
        match result {
            Ok(Some(t)) => all.add(t),
            Ok(None) => all.skipped += 1,
            Err(e) => {
                eprintln!("\nFAILED {}: {e:#}\n", room.name);
                all.failed += 1;
            }
        }
        times.push((room.name, start.elapsed().as_secs_f64()));
    }
    println!("── time by room: {}", times.iter().map(|(n, t)| format!("{n} {t:.0} s")).collect::<Vec<_>>().join(", "));
    Ok(all)
}

/// Shows every room's package at work.
pub fn demo(cx: &Context, names: &[String]) -> Result<()> {
    for room in chosen(names)? {
        if let Some(f) = room.demo {
            guarded(cx, room.name, || {
                if let Some(b) = room.build {
                    step(&format!("build {}", room.name), || b(cx))?;
                }
                step(&format!("demo {}", room.name), || f(cx))
            })?;
        }
    }
    Ok(())
}

/// Measures rooms.
pub fn bench(cx: &Context, names: &[String]) -> Result<()> {
    for room in chosen(names)? {
        if let Some(f) = room.bench {
            step(&format!("bench {}", room.name), || f(cx))?;
        }
    }
    Ok(())
}

/// Runs something that may lack its toolchain: then says so loudly and goes on, or fails under `CI=true`.
fn guarded<T>(cx: &Context, room: &str, f: impl FnOnce() -> Result<T>) -> Result<Option<T>> {
    match f() {
        Ok(v) => Ok(Some(v)),
        Err(e) if !cx.ci && e.downcast_ref::<Missing>().is_some() => {
            println!("\n!!! SKIPPED {room}: {e:#}\n");
            Ok(None)
        }
        Err(e) => Err(e),
    }
}
