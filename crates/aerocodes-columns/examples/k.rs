use aerocodes::Dialect;
use aerocodes_columns::*;
use std::time::Instant;
fn main() {
    let mut x = 1u64;
    let n = 10_000_000usize;
    let v: Vec<i32> = (0..n)
        .map(|_| {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            (x % 240) as i32 - 20
        })
        .collect();
    let t = Table::new(Dialect::JAVA, |r| r.condition().map_or(0, |c| c.id() as u8));
    let mut out = vec![0u8; n];
    for &(len, what) in &[(n, "10M"), (65536usize, "64k")] {
        for k in kernels() {
            let mut best = f64::MAX;
            let reps = n / len * 10;
            for _ in 0..7 {
                let s = Instant::now();
                for _ in 0..reps {
                    t.decode_with(*k, &v[..len], &mut out[..len]);
                    std::hint::black_box(&out);
                }
                best = best.min(s.elapsed().as_secs_f64() / reps as f64);
            }
            println!("{what} {k:?} {:.3} ns/elem", best / len as f64 * 1e9);
        }
        let mut best = f64::MAX;
        for _ in 0..7 {
            let s = Instant::now();
            for (o, v) in out[..len].iter_mut().zip(&v[..len]) {
                *o = *v as u8;
            }
            std::hint::black_box(&out);
            best = best.min(s.elapsed().as_secs_f64());
        }
        println!("{what} narrow {:.3}", best / len as f64 * 1e9);
        let mut best = f64::MAX;
        for _ in 0..7 {
            let s = Instant::now();
            let f = v[..len].iter().fold(0i32, |a, b| a ^ b);
            std::hint::black_box(f);
            best = best.min(s.elapsed().as_secs_f64());
        }
        println!("{what} read {:.3}", best / len as f64 * 1e9);
    }
    // two threads
    for threads in [1, 2] {
        let mut best = f64::MAX;
        for _ in 0..5 {
            let s = Instant::now();
            std::thread::scope(|sc| {
                for _ in 0..threads {
                    let (t, v) = (&t, &v);
                    sc.spawn(move || {
                        let mut out = vec![0u8; n];
                        for _ in 0..20 / threads {
                            t.decode(v, &mut out);
                            std::hint::black_box(&out);
                        }
                    });
                }
            });
            best = best.min(s.elapsed().as_secs_f64());
        }
        println!("{threads} threads {:.2} ms/decode", best / 20.0 * 1e3);
    }
    for threads in [1, 2] {
        let mut best = f64::MAX;
        for _ in 0..5 {
            let s = Instant::now();
            std::thread::scope(|sc| {
                for _ in 0..threads {
                    let v = &v;
                    sc.spawn(move || {
                        let mut out = vec![0u8; n];
                        for _ in 0..20 / threads {
                            for (o, v) in out.iter_mut().zip(v) {
                                *o = *v as u8;
                            }
                            std::hint::black_box(&out);
                        }
                    });
                }
            });
            best = best.min(s.elapsed().as_secs_f64());
        }
        println!("narrow {threads} threads {:.2} ms/decode", best / 20.0 * 1e3);
    }
}
