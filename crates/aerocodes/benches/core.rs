//! Lookups beside their peers, on the same rows, in one run: `cargo xtask bench core`.
//!
//! Prints nanoseconds and ratios; asserts only that the answers are the same.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use aerocodes::{Code, Dialect, Reading, decode};

/// Nanoseconds of one of `n` calls: the best of 25 samples, which other work on the machine disturbs least.
fn measure(n: usize, mut f: impl FnMut() -> u64) -> f64 {
    (0..25).map(|_| measure_once(n, &mut f)).fold(f64::INFINITY, f64::min)
}

fn measure_once(n: usize, f: &mut impl FnMut() -> u64) -> f64 {
    let start = Instant::now();
    black_box(f());
    start.elapsed().as_nanos() as f64 / n as f64
}

/// A small reproducible generator.
struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize
    }
}

/// A phf map over keys known only at run time, built with phf's own generator.
fn phf_map<K: phf::PhfHash + Copy + Eq + 'static>(keys: &[K], values: &[u16]) -> phf::Map<K, u16> {
    let state = phf_generator::generate_hash(keys);
    let entries: Vec<(K, u16)> = state.map.iter().map(|&i| (keys[i], values[i])).collect();
    phf::Map { key: state.key, disps: Box::leak(state.disps.into_boxed_slice()), entries: Box::leak(entries.into_boxed_slice()) }
}

fn report(what: &str, ours: f64, peers: &[(&str, f64, f64)]) {
    println!("{what}: {ours:.2} ns");
    for (peer, ns, bar) in peers {
        println!("    {peer:<28} {ns:>7.2} ns   {:>5.1}x slower (bar: {bar}x)", ns / ours);
    }
}

fn main() {
    let rows: Vec<Reading> = Dialect::all().flat_map(Dialect::readings).filter(|r| r.code().lookup() == *r).collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let condition = |r: Reading| r.condition().map_or(0, |c| c.id());

    // Codes: 8192 random ones, one in eight unknown.
    let queries: Vec<Code> = (0..8192)
        .map(|i| {
            if i % 8 == 0 {
                Code::new(rows[random.next() % rows.len()].dialect(), 2000 + (random.next() % 1000) as i32)
            } else {
                rows[random.next() % rows.len()].code()
            }
        })
        .collect();
    let key = |c: Code| u64::from(c.dialect.id()) << 32 | u64::from(c.value as u32);
    let ids: Vec<u16> = rows.iter().map(|r| condition(*r)).collect();
    let sorted: Vec<(u64, u16)> = {
        let mut s: Vec<_> = rows.iter().map(|r| (key(r.code()), condition(*r))).collect();
        s.sort_unstable();
        s
    };
    let phf = phf_map(&rows.iter().map(|r| key(r.code())).collect::<Vec<_>>(), &ids);
    let hash: HashMap<u64, u16> = sorted.iter().copied().collect();
    let of = |id: Option<u16>| u64::from(id.unwrap_or(0));
    for q in &queries {
        let ours = q.lookup().condition().map(|c| c.id());
        assert_eq!(ours, sorted.binary_search_by_key(&key(*q), |s| s.0).ok().map(|i| sorted[i].1));
        assert_eq!(ours, phf.get(&key(*q)).copied());
    }
    const ROUNDS: usize = 200;
    let n = queries.len() * ROUNDS;
    let run = |f: &mut dyn FnMut(Code) -> u64| {
        measure(n, || {
            let mut sum = 0;
            for _ in 0..ROUNDS {
                for q in black_box(&queries) {
                    sum += f(*q);
                }
            }
            sum
        })
    };
    let peers = [
        ("binary search", run(&mut |q| of(sorted.binary_search_by_key(&key(q), |s| s.0).ok().map(|i| sorted[i].1))), 4.5),
        ("phf", run(&mut |q| of(phf.get(&key(q)).copied())), 6.0),
        ("std HashMap", run(&mut |q| of(hash.get(&key(q)).copied())), 1.0),
    ];
    let ours = measure(n, || {
        let mut sum = 0;
        for _ in 0..ROUNDS {
            for q in black_box(&queries) {
                sum += q.lookup().condition().map_or(0, |c| u64::from(c.id()));
            }
        }
        sum
    });
    report("code to condition", ours, &peers);

    // Names: every spelling, one in eight unknown.
    let names: Vec<&str> = {
        let mut v: Vec<&str> =
            rows.iter().chain(&Dialect::all().flat_map(Dialect::readings).collect::<Vec<_>>()).filter_map(|r| r.name()).collect();
        v.sort_unstable();
        v.dedup();
        v
    };
    let unknown: Vec<String> = names.iter().map(|n| n.replace('E', "Q")).collect();
    let asked: Vec<&str> = (0..8192)
        .map(|i| if i % 8 == 0 { unknown[random.next() % unknown.len()].as_str() } else { names[random.next() % names.len()] })
        .collect();
    let values: Vec<u16> = names.iter().map(|n| Reading::from_name(n).map_or(0, condition)).collect();
    let phf = phf_map(&names, &values);
    for a in &asked {
        assert_eq!(Reading::from_name(a).map(condition), phf.get(a).copied());
    }
    const NAME_ROUNDS: usize = 100;
    let n = asked.len() * NAME_ROUNDS;
    let time = |f: &dyn Fn(&str) -> u64| {
        measure(n, || {
            let mut sum = 0;
            for _ in 0..NAME_ROUNDS {
                for a in black_box(&asked) {
                    sum += f(a);
                }
            }
            sum
        })
    };
    let ours = measure(n, || {
        let mut sum = 0;
        for _ in 0..NAME_ROUNDS {
            for a in black_box(&asked) {
                sum += Reading::from_name(a).map_or(0, |r| u64::from(condition(r)));
            }
        }
        sum
    });
    report(
        "name to condition",
        ours,
        &[
            ("phf", time(&|a| phf.get(a).map_or(0, |v| u64::from(*v))), 3.0),
            ("binary search", time(&|a| names.binary_search(&a).map_or(0, |i| u64::from(values[i]))), 15.0),
        ],
    );

    // Bulk: ten million numbers.
    let column: Vec<i32> = (0..10_000_000).map(|_| (random.next() % 240) as i32 - 24).collect();
    let mut ids = vec![0u8; column.len()];
    let from: Vec<u8> = vec![1; column.len() * 5 / 2];
    let mut to = vec![0u8; from.len()];
    // Bound by memory: the two are measured in turn, and the median of the ratios counts.
    let mut rounds: Vec<(f64, f64)> = (0..25)
        .map(|_| {
            let copy = measure_once(column.len(), &mut || {
                to.copy_from_slice(black_box(&from));
                u64::from(to[0])
            });
            let ours = measure_once(column.len(), &mut || {
                decode(Dialect::JAVA, black_box(&column), &mut ids);
                u64::from(ids[0])
            });
            (copy, ours)
        })
        .collect();
    rounds.sort_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)));
    let (copy, java) = rounds[12];
    println!("bulk decode of 10 M i32: {java:.3} ns each, memcpy of the same bytes {copy:.3} ns: {:.2}x memcpy (bar: 0.33x)", copy / java);
}
