//! Files, slice by slice: JavaScript asks for the next slice and may stop at any time, so that nothing outlives its caller.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::sync::{Arc, Mutex};

use aerocodes_scan::{Finding, LOOK_AHEAD, LOOK_BEHIND, Options, next_cut, scan_range};
use napi::bindgen_prelude::AsyncTask;
use napi::{Env, Error, Result, Task};
use napi_derive::napi;

use crate::found::{Rows, options};

/// Bytes read at once by each thread: little enough to stay in the cache until it is scanned.
const SLICE: usize = 4 << 20;
/// How many slices one call works through before it reports.
const ROUNDS: usize = 8;

/// A finding's dialect, candidates, number and condition.
type Key = (Option<u8>, u32, Option<i32>, u16);

#[derive(Default)]
struct Group {
    count: u64,
    first: u64,
    last: u64,
}

struct State {
    file: File,
    options: Options,
    threads: usize,
    rows: bool,
    buffer: Vec<u8>,
    /// Where in the file the buffer starts.
    base: u64,
    /// Up to here of the buffer is scanned.
    done: usize,
    /// Up to here the buffer is filled.
    filled: usize,
    ended: bool,
    groups: HashMap<Key, Group>,
    events: u64,
}

/// A file under way.
#[napi]
pub struct FileScan {
    state: Arc<Mutex<State>>,
}

#[napi]
impl FileScan {
    /// Opens a file; with `rows`, every finding is reported, otherwise they are only counted.
    #[napi(constructor)]
    pub fn new(path: String, bare_words: bool, threads: u32, rows: bool) -> Result<Self> {
        let file = File::open(&path).map_err(|e| Error::from_reason(e.to_string()))?;
        let threads = (threads as usize).clamp(1, 64);
        Ok(Self {
            state: Arc::new(Mutex::new(State {
                file,
                options: options(bare_words),
                threads,
                rows,
                buffer: Vec::new(),
                base: 0,
                done: 0,
                filled: 0,
                ended: false,
                groups: HashMap::new(),
                events: 0,
            })),
        })
    }

    /// Scans on for a while in the background: `[ended, bytes, events, rows]` as JSON.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn next(&self) -> AsyncTask<Next> {
        AsyncTask::new(Next(Arc::clone(&self.state)))
    }

    /// The counts so far: JSON rows of dialect, candidates, value, condition, count, first and last offset.
    #[napi]
    pub fn groups(&self) -> Result<String> {
        let state = self.state.lock().map_err(|_| Error::from_reason("an earlier slice failed"))?;
        let mut o = String::from("[");
        for ((dialect, candidates, value, condition), g) in &state.groups {
            let of = |n: Option<i64>| n.map_or("null".to_owned(), |n| n.to_string());
            let _ = write!(
                o,
                "{}[{},{candidates},{},{condition},{},{},{}]",
                if o.len() > 1 { "," } else { "" },
                of(dialect.map(i64::from)),
                of(value.map(i64::from)),
                g.count,
                g.first,
                g.last
            );
        }
        o.push(']');
        Ok(o)
    }
}

/// One call's work.
pub struct Next(Arc<Mutex<State>>);

impl Task for Next {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> Result<String> {
        let mut state = self.0.lock().map_err(|_| Error::from_reason("an earlier slice failed"))?;
        state.work().map_err(|e| Error::from_reason(e.to_string()))
    }

    fn resolve(&mut self, _: Env, output: String) -> Result<String> {
        Ok(output)
    }
}

impl State {
    fn work(&mut self) -> std::io::Result<String> {
        let mut all = String::new();
        for _ in 0..ROUNDS {
            if self.ended {
                break;
            }
            self.fill()?;
            self.scan(&mut all);
        }
        let at = self.base + self.done as u64;
        Ok(format!("[{},{at},{},[{all}]]", self.ended, self.events))
    }

    /// Drops what is not looked at any more, and reads on.
    fn fill(&mut self) -> std::io::Result<()> {
        let spare = self.done.saturating_sub(LOOK_BEHIND);
        self.buffer.copy_within(spare..self.filled, 0);
        self.base += spare as u64;
        self.done -= spare;
        self.filled -= spare;
        let want = self.filled + SLICE * self.threads;
        if self.buffer.len() < want {
            self.buffer.resize(want, 0);
        }
        while self.filled < want {
            match self.file.read(&mut self.buffer[self.filled..want]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(n) => self.filled += n,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    /// Scans what is decided: up to the last event boundary that has enough text behind it.
    fn scan(&mut self, all: &mut String) {
        let window = &self.buffer[..self.filled];
        let end = if self.ended { self.filled } else { last_cut(window, self.done, self.filled.saturating_sub(LOOK_AHEAD)) };
        if end <= self.done && !self.ended {
            return;
        }
        let mut cuts = vec![self.done];
        for i in 1..self.threads {
            let cut = next_cut(window, self.done + (end - self.done) / self.threads * i).min(end);
            if cuts.last().is_some_and(|c| *c < cut) {
                cuts.push(cut);
            }
        }
        cuts.push(end);
        let (options, rows, base) = (self.options, self.rows, self.base);
        let part = |from: usize, to: usize| {
            let mut out = Rows::new(base);
            let mut groups: HashMap<Key, Group> = HashMap::new();
            scan_range(window, from..to, options, |f| {
                count(&mut groups, &f, base);
                if rows {
                    out.push(&f);
                }
            });
            (out.finish(), groups)
        };
        let parts: Vec<_> = if cuts.len() == 2 {
            vec![part(cuts[0], cuts[1])]
        } else {
            std::thread::scope(|s| {
                let running: Vec<_> = cuts.windows(2).map(|c| (c[0], c[1])).map(|(a, b)| s.spawn(move || part(a, b))).collect();
                running.into_iter().filter_map(|t| t.join().ok()).collect()
            })
        };
        for (text, groups) in parts {
            let inner = &text[1..text.len() - 1];
            if !inner.is_empty() {
                if !all.is_empty() {
                    all.push(',');
                }
                all.push_str(inner);
            }
            for (key, g) in groups {
                self.events += g.count;
                let mine = self.groups.entry(key).or_insert(Group { count: 0, first: g.first, last: g.last });
                mine.count += g.count;
                mine.first = mine.first.min(g.first);
                mine.last = mine.last.max(g.last);
            }
        }
        self.done = end;
    }
}

fn count(groups: &mut HashMap<Key, Group>, f: &Finding<'_>, base: u64) {
    let candidates = f.candidates.iter().fold(0u32, |set, d| set | 1u32.wrapping_shl(u32::from(d.id())));
    let key = (f.dialect.map(|d| d.id()), candidates, f.value, f.condition.map_or(0, |c| c.id()));
    let at = base + f.start as u64;
    let g = groups.entry(key).or_insert(Group { count: 0, first: at, last: at });
    g.count += 1;
    g.last = at;
}

/// The last event boundary in `from..=to`, or `to` itself when a single event is longer than that.
fn last_cut(window: &[u8], from: usize, to: usize) -> usize {
    if to <= from {
        return to;
    }
    let mut back = 4096;
    loop {
        let start = to.saturating_sub(back).max(from);
        let mut cut = next_cut(window, start + usize::from(start == from));
        if cut <= to {
            loop {
                let next = next_cut(window, cut + 1);
                if next > to {
                    return cut;
                }
                cut = next;
            }
        }
        if start == from {
            return to;
        }
        back *= 8;
    }
}
