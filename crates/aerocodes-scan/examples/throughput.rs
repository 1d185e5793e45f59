//! Measures the search in whole files, mapping and counting included: `cargo xtask bench scan` drives it.
//!
//!     throughput generate FILE BYTES PERCENT   writes a log in which PERCENT of the lines hold an error
//!     throughput scan FILE THREADS ROUNDS      the best of ROUNDS, in GB/s, and the number of findings
//!     throughput sum FILE ROUNDS               only reads the mapped bytes: the limit

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::Instant;

use aerocodes_scan::logs::Logs;

const ERRORS: [&str; 12] = [
    "com.aerospike.client.AerospikeException: Error 9,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: Client timeout",
    "save failed: Error 13,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: Record too big",
    "ResultCode: KEY_BUSY, Iteration: 1, InDoubt: false, Node: BB9030011AC4202 10.0.0.9:3000: Hot key",
    "aerospike.exception.RecordNotFound: (2, '10.0.0.8:3000 AEROSPIKE_ERR_RECORD_NOT_FOUND', 'src/main/aerospike/as_command.c', 1242, False)",
    "err(9) 10.0.0.8:3000 AEROSPIKE_ERR_TIMEOUT at [src/main/aerospike/as_command.c:512]",
    "Error: (11) 10.0.0.8:3000 AEROSPIKE_ERR_CLUSTER",
    "sindex-create: ERROR:200:index-exists",
    "WARNING (particle): (cdt.c:1101) cdt_packed_modify() failed: ret_code=-26",
    "Client timeout: socket=30000 total=1000 iterations=2 lastNode=10.0.0.8:3000",
    "Aerospike.Client.AerospikeException: Error 14,1,30000,1000,2,BB9020011AC4202 10.0.0.7 3000: Hot key",
    "Server error: KeyNotFoundError, In Doubt: false, Node: 10.0.0.8:3000",
    "INFO (xdr): (dc.c:1208) {test} DC dc1 abandon result -1",
];

const LINES: [&str; 10] = [
    "INFO  [http-nio-8080-exec-12] c.e.cart.CartController - GET /api/v1/carts/4711 200 in 14 ms, 3 items, total 129.90 EUR",
    "DEBUG [worker-3] c.e.orders.OrderService - order 982144 priced with rule set 17, discount 0.05, customer tier gold",
    "INFO  [kafka-consumer-1] o.a.k.c.consumer.internals.Fetcher - partition orders-7 offset 88213901 lag 0",
    "WARN  [pool-2-thread-5] c.z.hikari.pool.HikariPool - connection db01:5432 was idle for 1800000 ms, closing it",
    "INFO  [main] o.s.b.w.embedded.tomcat.TomcatWebServer - started on port(s): 8080 (http) with context path '/shop'",
    "TRACE [scheduler-1] c.e.jobs.Heartbeat - beat 11829 from node shop-6f9c7d-abcde, uptime 3 d 04:11, heap 412 of 2048 MB",
    "INFO  [grpc-default-executor-0] c.e.stock.StockService - reserved 2 of sku 10-448-1 in warehouse WH-3, reservation 7f2c19e0",
    "ERROR [http-nio-8080-exec-4] c.e.web.Filter - request rejected: token expired at 2026-11-22T03:59:58Z for user 88120",
    "INFO  [audit] c.e.audit.Log - user 10023 changed address from 'Main Street 1' to 'High Street 22', approved by policy 4",
    "DEBUG [cache-refresh] c.e.cache.Loader - loaded 1200 keys in 38 ms, evicted 17, hit ratio 0.97, size 48 MB",
];

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["generate", file, bytes, percent] => generate(file, bytes.parse()?, percent.parse()?),
        ["scan", file, threads, rounds] => {
            let (threads, rounds) = (threads.parse()?, rounds.parse::<usize>()?);
            let bytes = std::fs::metadata(file)?.len() as f64;
            let mut best = 0f64;
            let mut findings = 0;
            for _ in 0..rounds {
                let start = Instant::now();
                findings = Logs::new([file]).threads(threads).scan().events;
                best = best.max(bytes / start.elapsed().as_secs_f64() / 1e9);
            }
            println!("{best:.3} GB/s, {findings} findings");
            Ok(())
        }
        ["sum", file, rounds] => {
            let file = File::open(file)?;
            // SAFETY: nobody writes the file while it is measured.
            #[allow(unsafe_code)]
            let map = unsafe { memmap2::Mmap::map(&file)? };
            let mut best = 0f64;
            for _ in 0..rounds.parse::<usize>()? {
                let start = Instant::now();
                let sum = map.chunks_exact(8).fold(0u64, |s, c| s.wrapping_add(u64::from_le_bytes(c.try_into().unwrap_or_default())));
                std::hint::black_box(sum);
                best = best.max(map.len() as f64 / start.elapsed().as_secs_f64() / 1e9);
            }
            println!("{best:.3} GB/s");
            Ok(())
        }
        _ => Err("usage: throughput generate FILE BYTES PERCENT | scan FILE THREADS ROUNDS | sum FILE ROUNDS".into()),
    }
}

fn generate(file: &str, bytes: u64, percent: u64) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    let (mut written, mut n, mut seed) = (0u64, 0u64, 0x9E37_79B9_7F4A_7C15u64);
    while written < bytes {
        // A small generator of random numbers: the same log on every machine.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let text =
            if seed % 100 < percent { ERRORS[(seed >> 32) as usize % ERRORS.len()] } else { LINES[(seed >> 32) as usize % LINES.len()] };
        let (s, ms) = (n / 1000, n % 1000);
        let line = format!("2026-11-22 {:02}:{:02}:{:02}.{ms:03} {text}\n", s / 3600 % 24, s / 60 % 60, s % 60);
        out.write_all(line.as_bytes())?;
        written += line.len() as u64;
        n += 1;
    }
    out.flush()?;
    Ok(())
}
