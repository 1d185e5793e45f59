//! The history of a code as bars over the releases of its software.

use std::collections::BTreeSet;

use aerocodes::{Dialect, Reading, Release};
use serde::Serialize;

/// A dialect's axis: every first number of a release is as wide as every other, and its releases lie within.
pub struct Axis {
    first: [u16; 3],
    last: [u16; 3],
    known: BTreeSet<[u16; 3]>,
    from: f64,
    to: f64,
}

/// A mark on the axis, in percent of the width.
#[derive(Serialize, Clone)]
pub struct Tick {
    x: String,
    label: String,
    /// How it is set: `start`, `middle` or `end`.
    anchor: &'static str,
    /// Left out where there is little room.
    minor: bool,
}

/// The bar of one reading.
#[derive(Serialize, Clone)]
pub struct Bar {
    x: String,
    width: String,
    y: usize,
    /// `live`, `past`, `wrong`; and `other` where it is another meaning than the newest.
    class: String,
}

/// All bars of one code.
#[derive(Serialize, Clone)]
pub struct Timeline {
    /// What the drawing shows, in words.
    pub label: String,
    height: usize,
    bars: Vec<Bar>,
    ticks: Vec<Tick>,
}

fn triple(r: Release) -> [u16; 3] {
    let p = r.parts();
    [p[0], p.get(1).copied().unwrap_or(0), p.get(2).copied().unwrap_or(0)]
}

fn percent(x: f64) -> String {
    let text = format!("{:.2}", x * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

impl Axis {
    /// The axis of a dialect, from the releases that its readings name.
    pub fn new(dialect: Dialect) -> Self {
        let (first, last) = dialect.covered();
        let mut known: BTreeSet<[u16; 3]> = [triple(first), triple(last)].into();
        for r in dialect.readings() {
            known.extend(r.since().into_iter().chain(r.until()).map(triple));
        }
        let mut axis = Self { first: triple(first), last: triple(last), known, from: 0.0, to: 1.0 };
        axis.from = axis.raw(axis.first);
        // The newest release has a width too: one that began in it must be seen.
        axis.to = axis.raw(axis.last) + (axis.raw(axis.last) - axis.from).max(0.04) * 0.03;
        axis
    }

    /// Where a release lies, in first numbers.
    fn raw(&self, r: [u16; 3]) -> f64 {
        let widest = |f: &dyn Fn(&[u16; 3]) -> Option<u16>| f64::from(self.known.iter().filter_map(f).max().unwrap_or(0)) + 1.0;
        let minors = widest(&|k| (k[0] == r[0]).then_some(k[1]));
        let patches = widest(&|k| (k[..2] == r[..2]).then_some(k[2]));
        f64::from(r[0]) + (f64::from(r[1]) + f64::from(r[2]) / patches) / minors
    }

    fn at(&self, r: [u16; 3]) -> f64 {
        ((self.raw(r) - self.from) / (self.to - self.from)).clamp(0.0, 1.0)
    }

    /// The marks: first numbers where there are several, else second ones, else the ends.
    pub fn ticks(&self) -> Vec<Tick> {
        let (a, b) = (self.first, self.last);
        let marks: Vec<([u16; 3], String)> = if b[0] > a[0] {
            (a[0] + 1..=b[0]).map(|n| ([n, 0, 0], format!("{n}"))).collect()
        } else if b[1] > a[1] {
            (a[1] + 1..=b[1]).map(|n| ([b[0], n, 0], format!("{}.{n}", b[0]))).collect()
        } else {
            let step = if b[2] - a[2] > 30 { 20 } else { 5 };
            (a[2] + 1..b[2]).filter(|n| n % step == 0).map(|n| ([b[0], b[1], n], format!("{}.{}.{n}", b[0], b[1]))).collect()
        };
        let crowded = marks.len() > 8;
        marks
            .into_iter()
            .enumerate()
            .map(|(i, (r, label))| {
                let x = self.at(r);
                let anchor = if x > 0.95 { "end" } else { "middle" };
                Tick { x: percent(x), label, anchor, minor: crowded && i % 3 != 2 }
            })
            .filter(|t| t.x != "0%")
            .collect()
    }

    /// Bars of these readings, which share a code or a condition; another condition than `main`'s is drawn apart.
    pub fn draw(&self, what: &str, readings: &[Reading]) -> Timeline {
        let main = readings.first().and_then(|r| r.condition());
        let mut lanes: Vec<f64> = Vec::new();
        let mut order: Vec<&Reading> = readings.iter().filter(|r| r.since().is_some()).collect();
        order.sort_by_key(|r| r.since());
        let mut bars = Vec::new();
        let mut words = Vec::new();
        for r in &order {
            let Some(since) = r.since() else { continue };
            let from = self.at(triple(since));
            let to = r.until().map_or(1.0, |u| self.at(triple(u)));
            let (from, to) = if to - from < 0.012 { (from.min(0.988), from.min(0.988) + 0.012) } else { (from, to) };
            let lane = lanes.iter().position(|end| *end <= from + 0.004).unwrap_or(lanes.len());
            if lane == lanes.len() {
                lanes.push(0.0);
            }
            lanes[lane] = to;
            let state = match (r.is_wrong(), r.until().is_some()) {
                (true, _) => "wrong",
                (_, true) => "past",
                _ => "live",
            };
            let other = if r.condition() == main { "" } else { " other" };
            bars.push(Bar { x: percent(from), width: percent(to - from), y: lane * 9 + 2, class: format!("{state}{other}") });
            words.push(format!("{} {}", r.name().unwrap_or("without a name"), span(**r)));
        }
        Timeline { label: format!("{what}: {}", words.join("; ")), height: lanes.len().max(1) * 9 + 1, bars, ticks: self.ticks() }
    }
}

/// The releases of a reading in words: `since 4.1.1`, `3.0.85 to 4.0.0`, `only 1.0.4`.
pub fn span(r: Reading) -> String {
    let Some(since) = r.since() else { return String::new() };
    let first = if since == r.dialect().covered().0 { "up to" } else { "" };
    match r.until() {
        None => format!("since {since}"),
        Some(until) if until == since => format!("only {since}"),
        Some(until) if !first.is_empty() => format!("up to {until}"),
        Some(until) => format!("{since} to {until}"),
    }
}
