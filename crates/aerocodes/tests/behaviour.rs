//! What the official clients do by themselves, against what this registry advises.
//!
//! The tables are read from the clients' sources (releases in the rows). Every code on which a client and the advice
//! differ is listed with the reason; a difference that is not listed, or listed but gone, fails.
#![cfg(feature = "text")]

use aerocodes::{Answer, Condition, Dialect};

/// A client's retry rules for single commands and for scans and queries, and after which server codes a write that was sent
/// once is in doubt.
struct Client {
    name: &'static str,
    dialect: Dialect,
    /// Codes that a single command is sent again for, by the client's own numbers.
    retries: &'static [i32],
    /// Codes for which partitions of a scan or query are asked for again.
    resumes: &'static [i32],
    /// Server codes above zero that leave a write in doubt after one attempt; codes below zero do in all of these clients
    /// where they have an in-doubt flag.
    in_doubt: &'static [i32],
}

const CLIENTS: [Client; 8] = [
    // Java 9.2.0 SyncCommand, PartitionTracker; AerospikeException of 9.0.5.
    Client { name: "java", dialect: Dialect::JAVA, retries: &[9, 14, 18, -8, -12], resumes: &[-8, 9, 201, 203], in_doubt: &[9] },
    // C# 8.4.0 SyncCommand, AsyncCommand, PartitionTracker, AerospikeException.
    Client { name: "csharp", dialect: Dialect::CSHARP, retries: &[9, 14, 18, -8, -12], resumes: &[-8, 9, 201, 203], in_doubt: &[9] },
    // C 7.5.0 as_command.c, as_partition_tracker.c, as_error.h; Python 19 takes it over.
    Client {
        name: "c",
        dialect: Dialect::C,
        retries: &[9, 11, 18, -10, -7, -14],
        resumes: &[-10, -8, -6, 9, 11, 201, 203],
        in_doubt: &[9],
    },
    Client {
        name: "python",
        dialect: Dialect::PYTHON,
        retries: &[9, 11, 18, -10, -7, -14],
        resumes: &[-10, -8, -6, 9, 11, 201, 203],
        in_doubt: &[9],
    },
    // C 7.5.0 as_event.c, which Node.js 6 uses: no server code is retried.
    Client { name: "nodejs", dialect: Dialect::NODEJS, retries: &[-10, -7, -14], resumes: &[-10, -8, -6, 9, 11, 201, 203], in_doubt: &[9] },
    // Go 8.6.0 command.go, error.go; partition_tracker.go of 7.1.0.
    Client { name: "go", dialect: Dialect::GO, retries: &[9, -18, -15], resumes: &[-18, -11, 9, 201, 203], in_doubt: &[9] },
    // Rust 3.0.0 commands/mod.rs, single_command.rs, errors.rs.
    Client { name: "rust", dialect: Dialect::RUST, retries: &[9, 11, 14, 18, -8, -12], resumes: &[-8, 9], in_doubt: &[9] },
    // Ruby 4.1.0 command.rb, partition_tracker.rb: exceptions carry no in-doubt flag.
    Client { name: "ruby", dialect: Dialect::RUBY, retries: &[-11], resumes: &[-18, -11, 9, 201], in_doubt: &[] },
];

/// Conditions that the advice calls retryable without reservation while a client that knows them does not retry them by
/// itself, and why the advice stands.
const NOT_RETRIED: &[(&str, &[&str], &str)] = &[
    (
        "TIMEOUT",
        &["nodejs", "ruby"],
        "no server code is retried by the asynchronous C core, and none at all by Ruby outside scans; the condition passes all the same",
    ),
    (
        "KEY_BUSY",
        &["c", "python", "nodejs", "go", "ruby"],
        "only Java, C# and Rust retry it; the vendor advises to back off and send it again",
    ),
    ("DEVICE_OVERLOAD", &["nodejs", "go", "ruby"], "the others count and retry it; it passes when the device catches up"),
    ("SERVER_NOT_AVAILABLE", &["go"], "Go retries what it calls a network error, and this one only in scans and queries"),
    (
        "NO_MORE_CONNECTIONS",
        &["java", "csharp", "go", "rust", "ruby"],
        "the C core waits and tries again; elsewhere a free connection ends it just as well",
    ),
    ("NETWORK_ERROR", &["ruby"], "Ruby looks for it in scans and queries only, and its sockets raise another code"),
    ("MAX_ERROR_RATE", &["ruby"], "Ruby declares the code and never raises it"),
    (
        "INVALID_NODE",
        &["java", "csharp", "c", "python", "nodejs", "go", "rust", "ruby"],
        "the clients map the partition anew on the next command; sending it again after a tend interval is what helps",
    ),
];

fn transient(a: Answer) -> bool {
    matches!(a, Answer::Yes | Answer::Depends)
}

#[test]
fn what_a_client_retries_is_never_called_final() {
    for c in &CLIENTS {
        for value in c.retries.iter().chain(c.resumes) {
            let r = c.dialect.lookup(*value);
            let condition = r.condition().unwrap_or_else(|| panic!("{r} is not known"));
            assert!(
                transient(condition.predicates().retryable),
                "{} retries {r}, yet {condition} is called {}",
                c.name,
                condition.predicates().retryable
            );
        }
    }
}

#[test]
fn every_disagreement_has_its_reason() {
    let mut found: Vec<(Condition, Vec<&str>)> = Vec::new();
    for condition in Condition::all().filter(|c| c.predicates().retryable == Answer::Yes) {
        let against: Vec<&str> = CLIENTS
            .iter()
            .filter(|c| {
                let mut own = condition.readings().filter(|r| r.dialect() == c.dialect && !r.is_retired() && !r.is_wrong()).peekable();
                own.peek().is_some() && !own.any(|r| c.retries.contains(&r.value()))
            })
            .map(|c| c.name)
            .collect();
        let retried = CLIENTS.iter().any(|c| condition.readings().any(|r| r.dialect() == c.dialect && c.retries.contains(&r.value())));
        if !against.is_empty() && (retried || NOT_RETRIED.iter().any(|n| n.0 == condition.name())) {
            found.push((condition, against));
        }
    }
    let listed: Vec<(&str, &[&str])> = NOT_RETRIED.iter().map(|n| (n.0, n.1)).collect();
    let found: Vec<(&str, Vec<&str>)> = found.iter().map(|(c, a)| (c.name(), a.clone())).collect();
    for (name, against) in &found {
        let row = listed.iter().find(|l| l.0 == *name);
        assert!(row.is_some_and(|l| l.1 == against.as_slice()), "{name}: not retried by {against:?}, listed {row:?}");
        println!("{name}: not retried by {}: {}", against.join(", "), NOT_RETRIED.iter().find(|n| n.0 == *name).map_or("", |n| n.2));
    }
    for (name, _) in listed {
        assert!(found.iter().any(|f| f.0 == name), "{name} is listed as a disagreement, but there is none");
    }
}

#[test]
fn in_doubt_follows_the_clients() {
    for c in &CLIENTS {
        for r in c.dialect.readings().filter(|r| !r.is_retired() && !r.is_wrong()) {
            let Some(condition) = r.condition() else { continue };
            let applied = condition.predicates().maybe_applied;
            if c.in_doubt.contains(&r.value()) {
                assert_eq!(applied, Answer::Yes, "{} marks {r} in doubt", c.name);
            }
            // The codes that people meet when the server plainly refused: no client marks them after one attempt.
            if [2, 3, 4, 5, 13, 14, 18, 20, 22].contains(&r.value()) && c.dialect != Dialect::RUBY {
                assert_eq!(applied, Answer::No, "{r}");
            }
        }
    }
    for condition in [Condition::SERVER_NOT_AVAILABLE, Condition::CONNECTION_ERROR, Condition::NETWORK_ERROR, Condition::CLIENT_TIMEOUT] {
        assert_eq!(
            condition.predicates().maybe_applied,
            Answer::Yes,
            "{condition}: a link that broke after sending leaves the outcome open"
        );
    }
    for condition in [Condition::NO_MORE_CONNECTIONS, Condition::MAX_ERROR_RATE, Condition::INVALID_PARAMETER] {
        assert_eq!(condition.predicates().maybe_applied, Answer::No, "{condition} is raised before anything is sent");
    }
}

#[test]
fn what_is_no_error_has_nothing_to_retry() {
    for condition in [Condition::OK, Condition::QUERY_END] {
        assert_eq!(condition.predicates().retryable, Answer::No, "{condition}");
    }
    assert_eq!(Condition::UNUSED.predicates().retryable, Answer::Unknown);
}
