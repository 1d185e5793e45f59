//! What the command prints as JSON against `schema.json`, by a validator of JSON Schema.

use std::process::{Command, Stdio};

use boon::{Compiler, Schemas};
use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../schema.json");

/// The schema; a strict one also refuses fields that it does not describe, so that none goes undocumented.
struct Validator {
    schemas: Schemas,
    at: std::collections::BTreeMap<String, boon::SchemaIndex>,
}

impl Validator {
    fn new(strict: bool) -> Self {
        let mut schema: Value = serde_json::from_str(SCHEMA).expect("schema.json is JSON");
        if strict {
            for (name, def) in schema["$defs"].as_object_mut().expect("definitions") {
                // What others build upon must stay open; they close it.
                if def.get("properties").is_some() && name != "readingFields" {
                    def["unevaluatedProperties"] = json!(false);
                }
            }
        }
        let names: Vec<String> = schema["$defs"].as_object().expect("definitions").keys().cloned().collect();
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        compiler.add_resource("urn:aerocodes:1", schema).expect("a resource");
        let mut schemas = Schemas::new();
        let mut at: std::collections::BTreeMap<_, _> = names
            .iter()
            .map(|n| (n.clone(), compiler.compile(&format!("urn:aerocodes:1#/$defs/{n}"), &mut schemas).expect("a valid schema")))
            .collect();
        at.insert(String::new(), compiler.compile("urn:aerocodes:1", &mut schemas).expect("a valid schema"));
        Self { schemas, at }
    }

    fn faults(&self, def: &str, value: &Value) -> Option<String> {
        self.schemas.validate(value, self.at[def]).err().map(|e| e.to_string())
    }
}

fn run(args: &[&str], input: &str) -> String {
    use std::io::Write as _;
    let mut child = Command::new(env!("CARGO_BIN_EXE_aerocodes"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    // A command that reads nothing may end before its input does.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    String::from_utf8(child.wait_with_output().expect("it ends").stdout).expect("UTF-8")
}

const TEXT: &str = "2026-11-22T04:03:10Z ERROR com.aerospike.client.AerospikeException: Error 22,6,0,30000,1000,0,BB9 10.0.0.1 3000: Forbidden\n\
    aerospike.exception.RecordNotFound: (2, 'AEROSPIKE_ERR_RECORD_NOT_FOUND', 'src/main/client/get.c', 118, False)\n\
    AEROSPIKE_ERR_TIMEOUT\n";

/// Arguments, and the definition of one line of ndjson.
const CASES: &[(&[&str], &str)] = &[
    (&["explain", "java:-8", "legacy:602", "-8", "server:88", "c:125", "nodejs-1.0:400", "KEY_BUSY"], "reading"),
    (&["explain", "java:11", "--release", "4.1.0"], "reading"),
    (&["explain", "java:9", "server:88", "--operation", "write", "--in-doubt=true"], "reading"),
    (&["explain", "frobnicate"], "reading"),
    (&["list"], "reading"),
    (&["list", "--dialect", "citrusleaf"], "reading"),
    (&["list", "--conditions"], "condition"),
    (&["search", "hot key"], "condition"),
    (&["search", "zzzzzzzz"], "condition"),
    (&["translate", "nodejs-1.0:400", "nodejs-1.0:602", "java:-8", "server:88", "--to", "server"], "translation"),
    (&["dialects"], "dialect"),
    (&["recognize", "-"], "finding"),
    (&["scan", "--no-progress", "-"], "group"),
    (&["scan", "--no-progress", "--by", "code,node,file", "--examples", "-"], "group"),
    (&["scan", "--no-progress", "/no/such/file"], "group"),
];

#[test]
fn every_answer_fits_the_schema_and_has_no_other_field() {
    let (open, strict) = (Validator::new(false), Validator::new(true));
    let mut checked = 0;
    for (args, def) in CASES {
        let text = run(&[args, &["--format", "json"][..]].concat(), TEXT);
        let value: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{args:?}: {e}\n{text}"));
        for v in [&open, &strict] {
            assert_eq!(v.faults("", &value), None, "{args:?}");
        }
        for line in run(&[args, &["--format", "ndjson"][..]].concat(), TEXT).lines() {
            let value: Value = serde_json::from_str(line).expect("an object a line");
            assert_eq!(strict.faults(def, &value), None, "{args:?}: {line}");
            checked += 1;
        }
    }
    assert!(checked > 1700, "only {checked} lines were seen");
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let (open, strict) = (Validator::new(false), Validator::new(true));
    let good: Value = serde_json::from_str(&run(&["explain", "java:9", "--format", "json"], "")).expect("JSON");
    let spoilt = |path: &str, with: Value| {
        let mut v = good.clone();
        *v.pointer_mut(path).expect("a place") = with;
        v
    };
    for (path, with) in [
        ("/schema", json!("aerocodes/2")),
        ("/readings/0/value", json!("9")),
        ("/readings/0/value", json!(3_000_000_000i64)),
        ("/readings/0/retryable", json!(true)),
        ("/readings/0/since", json!("yesterday")),
        ("/readings/0/edition", Value::Null),
        ("/readings/0", json!({ "dialect": "java" })),
    ] {
        assert!(open.faults("", &spoilt(path, with.clone())).is_some(), "{path} = {with} passes");
    }
    let mut more = good.clone();
    more["readings"][0]["new_field"] = json!(1);
    assert_eq!(open.faults("", &more), None, "a new field is allowed for");
    assert!(strict.faults("", &more).is_some(), "the strict form does not see a new field");
}
