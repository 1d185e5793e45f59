//! `examples/data/logs/*.log` and `examples/data/mixed.log`: logs as each client's users have them, in the formats that the
//! real packages print (run against a closed port, or read in their sources), with invented events.

use anyhow::Result;

use super::Output;
use crate::registry::Registry;

/// How big the mixed log is.
const SIZE: usize = 1_000_000;

/// A program that logs: its file's name, how it begins a line, what it logs when all is well, and its errors.
struct Source {
    name: &'static str,
    line: fn(&Moment, &str) -> String,
    fine: &'static [&'static str],
    errors: &'static [&'static str],
}

/// When a line is written and by whom.
struct Moment {
    /// Seconds of the day.
    second: u32,
    millis: u32,
    n: u32,
}

impl Moment {
    fn clock(&self) -> String {
        format!("{:02}:{:02}:{:02}", self.second / 3600, self.second / 60 % 60, self.second % 60)
    }
}

fn java(m: &Moment, text: &str) -> String {
    let level = if text.contains("Exception") || text.contains("failed") { "ERROR" } else { "INFO " };
    format!("2026-11-22 {},{:03} {level} [worker-{}] c.e.cart.CartService - {text}", m.clock(), m.millis, m.n % 8)
}

fn iso(m: &Moment, text: &str) -> String {
    format!("2026-11-22T{}.{:03}Z {text}", m.clock(), m.millis)
}

fn csharp(m: &Moment, text: &str) -> String {
    format!("{} fail: Cart.Orders[{}]\n      {}", iso(m, "").trim_end(), m.n % 5, text.replace('\n', "\n      "))
}

fn python(m: &Moment, text: &str) -> String {
    let level = if text.contains("Traceback") || text.contains("repr") { "ERROR" } else { "INFO" };
    format!("2026-11-22 {},{:03} {level} cart: {text}", m.clock(), m.millis)
}

fn go(m: &Moment, text: &str) -> String {
    format!("2026/11/22 {} cart.go:{}: {text}", m.clock(), 40 + m.n % 60)
}

fn zap(m: &Moment, text: &str) -> String {
    // 2026-11-22T00:00:00Z.
    let seconds = 1_795_305_600 + m.second;
    format!(
        "{{\"level\":\"error\",\"ts\":{seconds}.{:03},\"caller\":\"cart/save.go:{}\",\"msg\":\"cart\",\"error\":\"{}\"}}",
        m.millis,
        40 + m.n % 60,
        text.replace('\n', "\\n")
    )
}

fn syslog(m: &Moment, text: &str) -> String {
    format!("Nov 22 {} web-{} cart[{}]: {text}", m.clock(), m.n % 3, 700 + m.n % 7)
}

fn server(m: &Moment, text: &str) -> String {
    format!("Nov 22 2026 {} GMT: {text}", m.clock())
}

fn tool(m: &Moment, text: &str) -> String {
    format!("2026-11-22 {} UTC {text}", m.clock())
}

fn docker(m: &Moment, text: &str) -> String {
    format!(
        "{{\"log\":\"{}\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T{}.{:03}123456Z\"}}",
        text.replace('\n', "\\n").replace('\t', "\\t"),
        m.clock(),
        m.millis
    )
}

const FINE: &[&str] =
    &["cart 4711 saved in 12 ms", "order 9 shipped to 10.0.0.7:8080", "GET /carts/404 200 5 ms", "pool has 14 connections, 2 idle"];

const SOURCES: &[Source] = &[
    Source {
        name: "java",
        line: java,
        fine: FINE,
        errors: &[
            "cart not saved\ncom.aerospike.client.AerospikeException$Timeout: Error 9,1,0,30000,1000,0,inDoubt,BB9020011AC4202 10.0.0.7 3000: Client timeout\n\tat com.aerospike.client.command.SyncCommand.executeCommand(SyncCommand.java:230)\n\tat com.example.cart.CartService.save(CartService.java:88)",
            "cart not saved\ncom.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9030011AC4202 10.0.0.9 3000: Hot key\n\tat com.example.cart.CartService.save(CartService.java:88)",
            "request failed\njava.lang.RuntimeException: order not loaded\n\tat com.example.cart.OrderService.load(OrderService.java:31)\nCaused by: com.aerospike.client.AerospikeException: Error 22,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: Operation not allowed at this time\n\tat com.example.cart.OrderService.load(OrderService.java:29)\n\t... 12 more",
            "cannot connect\ncom.aerospike.client.AerospikeException$Connection: Error -8: Failed to connect to [1] host(s):\n10.0.0.7 3000 Error -3: Node name is null\n\n\tat com.aerospike.client.cluster.Cluster.seedNodes(Cluster.java:532)",
        ],
    },
    Source {
        name: "csharp",
        line: csharp,
        fine: &[],
        errors: &[
            "Aerospike.Client.AerospikeException: Error 4,1,30000,1000,0,BB9020011AC4202 10.0.0.7:3000: Parameter error\n   at Aerospike.Client.SyncCommand.ExecuteCommand()\n   at Cart.Orders.Save(Order order) in Orders.cs:line 51",
            "Aerospike.Client.AerospikeException+Timeout: Client timeout: iteration=1 socket=30000 total=1000 maxRetries=0 node=BB9020011AC4202 10.0.0.7:3000 inDoubt=True\n   at Cart.Orders.Save(Order order) in Orders.cs:line 51",
        ],
    },
    Source {
        name: "go",
        line: go,
        fine: FINE,
        errors: &[
            "ResultCode: KEY_BUSY, Iteration: 1, InDoubt: false, Node: BB9030011AC4202 10.0.0.9:3000: Hot key",
            "save: ResultCode: MAX_RETRIES_EXCEEDED, Iteration: 1, InDoubt: true, Node: <nil>: command execution timed out on client\n  ResultCode: NETWORK_ERROR, Iteration: 0, InDoubt: true, Node: BB9030011AC4202 10.0.0.9:3000: network error\n  read tcp 10.0.0.4:51234->10.0.0.9:3000: i/o timeout",
            "ResultCode: INVALID_NODE_ERROR, Iteration: 0, InDoubt: false, Node: <nil>: Failed to connect to hosts: [10.0.0.7:3000]\n  ResultCode: NETWORK_ERROR, Iteration: 0, InDoubt: false, Node: <nil>: network error. Check the wrapped error for detail\n  dial tcp 10.0.0.7:3000: connect: connection refused",
        ],
    },
    Source {
        name: "go-json",
        line: zap,
        fine: &[],
        errors: &[
            "ResultCode: KEY_NOT_FOUND_ERROR, Iteration: 1, InDoubt: false, Node: BB9020011AC4202 10.0.0.7:3000: Key not found",
            "ResultCode: DEVICE_OVERLOAD, Iteration: 2, InDoubt: false, Node: BB9020011AC4202 10.0.0.7:3000: Device overload",
        ],
    },
    Source {
        name: "python",
        line: python,
        fine: FINE,
        errors: &[
            "cannot connect\nTraceback (most recent call last):\n  File \"/srv/cart/app.py\", line 5, in <module>\n    aerospike.client(config).connect()\nexception.ConnectionError: (-10, 'Failed to connect', 'src/main/aerospike/as_cluster.c', 435, False)",
            "repr RecordNotFound(2, '10.0.0.8:3000 AEROSPIKE_ERR_RECORD_NOT_FOUND', 'src/main/aerospike/as_command.c', 1242, False)",
            "save\nTraceback (most recent call last):\n  File \"/srv/cart/app.py\", line 41, in save\n    client.put(key, bins)\naerospike.exception.TimeoutError: (9, 'Client timeout: socket=30000 total=1000 iterations=1 lastNode=10.0.0.7:3000', 'src/main/aerospike/as_command.c', 751, True)",
        ],
    },
    Source {
        name: "nodejs",
        line: iso,
        fine: FINE,
        errors: &[
            "cart not saved AerospikeError: 10.0.0.7:3000 Record too big\n    at AerospikeError.fromASError (/srv/cart/node_modules/aerospike/lib/error.js:119:21)\n    at PutCommand.convertError (/srv/cart/node_modules/aerospike/lib/commands/command.js:89:27) {\n  code: 13,\n  command: PutCommand {},\n  func: 'as_event_command_parse_result',\n  file: 'src/main/aerospike/as_event.c',\n  line: 1726,\n  inDoubt: false\n}",
            "cart not read { code: 602, message: 'AEROSPIKE_ERR_RECORD_NOT_FOUND', func: 'as_command_parse_result', file: 'src/main/aerospike/as_command.c', line: 1028 }",
        ],
    },
    Source {
        name: "c",
        line: syslog,
        fine: FINE,
        errors: &[
            "aerospike_key_put() failed: err(9) Client timeout: socket=30000 total=1000 iterations=1 lastNode=10.0.0.7:3000 at [src/main/aerospike/as_command.c:751]",
            "aerospike_key_get() failed: err(2) 10.0.0.8:3000 AEROSPIKE_ERR_RECORD_NOT_FOUND at [src/main/aerospike/as_command.c:2158]",
            "WARN (24052) [as_cluster.c:414] [as_cluster_seed_node] - Failed to connect to seed 10.0.0.7 3000. AEROSPIKE_ERR_CONNECTION Socket write error: 111, 10.0.0.7:3000",
        ],
    },
    Source {
        name: "rust",
        line: iso,
        fine: &[],
        errors: &[
            "ERROR cart: aerospike: Error 14, iter=1, node=10.0.0.9:3000: Hot key",
            "ERROR cart: aerospike: Error -11, iter=3, In Doubt: true, node=10.0.0.7:3000: Max retries exceeded\nsub-errors:\n\tError 9: Timeout\ncaused by: Error 9, In Doubt: true: Timeout",
        ],
    },
    Source {
        name: "ruby",
        line: iso,
        fine: &[],
        errors: &[
            "FATAL -- cart: Aerospike::Exceptions::Timeout: Timeout after 3 attempts",
            "ERROR -- cart: Aerospike::Exceptions::Aerospike: ResultCode 88 unknown in the client. Please file a github issue.",
        ],
    },
    Source {
        name: "php",
        line: syslog,
        fine: &[],
        errors: &[
            "php: Aerospike failed to connect[-10]: unable to connect to server",
            "php: put failed [13] 10.0.0.7:3000 AEROSPIKE_ERR_RECORD_TOO_BIG",
        ],
    },
    Source {
        name: "docker",
        line: docker,
        fine: FINE,
        errors: &[
            "com.aerospike.client.AerospikeException: Error 18,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: Device overload\n\tat com.example.cart.CartService.save(CartService.java:88)",
        ],
    },
    Source {
        name: "server",
        line: server,
        fine: &[
            "INFO (info): (ticker.c:497)    system: total-cpu-pct 31 user-cpu-pct 12 kernel-cpu-pct 19",
            "INFO (nsup): (nsup.c:1008) {test} nsup-done: non-expirable 0 expired (120,1) evicted (0,0) evict-ttl 0 total-ms 3",
        ],
        errors: &[
            "WARNING (particle): (cdt.c:3331) cdt_packed_modify() failed: ret_code=-26",
            "WARNING (exp): (exp.c:1522) build_bin - error 4 bin name too long",
        ],
    },
    Source {
        name: "tools",
        line: tool,
        fine: &["[INF] [  812] Starting backup of 10.0.0.7 (namespace: test, set: [all])"],
        errors: &[
            "[ERR] [  812] Error while running scan for node BB9020011AC4202 - code 9: Client timeout at src/main/aerospike/as_command.c:751",
            "[INF] aql: Error: (4) 10.0.0.7:3000 AEROSPIKE_ERR_REQUEST_INVALID",
            "[INF] asinfo: ERROR:201:index not found",
        ],
    },
];

pub fn outputs(_: &Registry) -> Result<Vec<Output>> {
    let mut outputs: Vec<Output> = SOURCES.iter().map(|s| Output::new(&format!("examples/data/logs/{}.log", s.name), one(s))).collect();
    outputs.push(Output::new("examples/data/mixed.log", mixed()));
    Ok(outputs)
}

/// Each of a source's errors twice, with ordinary lines between.
fn one(source: &Source) -> String {
    let mut out = String::new();
    let count = source.errors.len() * 2;
    for (i, error) in source.errors.iter().chain(source.errors).enumerate() {
        let moment = |k: usize| Moment { second: 14_590 + (i * 97 + k) as u32, millis: (i * 127 % 1000) as u32, n: (i + k) as u32 };
        for (k, fine) in source.fine.iter().enumerate().filter(|(k, _)| (k + i) % 2 == 0) {
            out += &(source.line)(&moment(k), fine);
            out.push('\n');
        }
        out += &(source.line)(&moment(7), error);
        out.push('\n');
        debug_assert!(i < count);
    }
    out
}

/// All sources in one file, a day long: mostly ordinary lines, and two bad hours.
fn mixed() -> String {
    let mut out = String::with_capacity(SIZE);
    // Knuth's generator: the same file everywhere.
    let mut state = 2026u64;
    let mut random = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let mut n = 0u32;
    while out.len() < SIZE {
        // How far through the day: as far as through the file.
        let second = (out.len() as u64 * 86_399 / SIZE as u64) as u32;
        let moment = Moment { second, millis: random(1000) as u32, n };
        let bad = matches!(second / 3600, 9 | 15);
        let odds = if bad { 4 } else { 40 };
        if random(odds) == 0 {
            // In a bad hour mostly one client, with mostly its first error.
            let source =
                &SOURCES[if bad && random(3) > 0 { usize::from(second / 3600 == 15) * 2 } else { random(SOURCES.len() as u64) as usize }];
            let error = source.errors[if random(2) == 0 { 0 } else { random(source.errors.len() as u64) as usize }];
            out += &(source.line)(&moment, error);
        } else {
            let with_fine = SOURCES.iter().filter(|s| !s.fine.is_empty());
            let source = with_fine.clone().nth(random(with_fine.count() as u64) as usize).unwrap_or(&SOURCES[0]);
            out += &(source.line)(&moment, source.fine[random(source.fine.len() as u64) as usize]);
        }
        out.push('\n');
        n += 1;
    }
    out
}
