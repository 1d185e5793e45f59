//! The two documents that the project began with, row by row: numbers, names, editions and releases as they print them.
#![cfg(all(feature = "history", feature = "text"))]

use aerocodes::{Category, Code, Condition, Dialect, Edition, Reading};

/// The server's error-code page: value, name, Enterprise only, new in.
#[rustfmt::skip]
const SERVER: [(i32, &str, bool, &str); 70] = [
    (0, "AS_OK", false, ""),
    (1, "AS_ERR_UNKNOWN", false, ""),
    (2, "AS_ERR_NOT_FOUND", false, ""),
    (3, "AS_ERR_GENERATION", false, ""),
    (4, "AS_ERR_PARAMETER", false, ""),
    (5, "AS_ERR_RECORD_EXISTS", false, ""),
    (6, "AS_ERR_BIN_EXISTS", false, ""),
    (7, "AS_ERR_CLUSTER_KEY_MISMATCH", false, ""),
    (8, "AS_ERR_OUT_OF_SPACE", false, ""),
    (9, "AS_ERR_TIMEOUT", false, ""),
    (10, "AS_ERR_ALWAYS_FORBIDDEN", true, ""),
    (11, "AS_ERR_UNAVAILABLE", false, ""),
    (12, "AS_ERR_INCOMPATIBLE_TYPE", false, ""),
    (13, "AS_ERR_RECORD_TOO_BIG", false, ""),
    (14, "AS_ERR_KEY_BUSY", false, ""),
    (15, "AS_ERR_SCAN_ABORT", false, ""),
    (16, "AS_ERR_UNSUPPORTED_FEATURE", false, ""),
    (17, "AS_ERR_BIN_NOT_FOUND", false, ""),
    (18, "AS_ERR_DEVICE_OVERLOAD", false, ""),
    (19, "AS_ERR_KEY_MISMATCH", false, ""),
    (20, "AS_ERR_NAMESPACE", false, ""),
    (21, "AS_ERR_BIN_NAME", false, ""),
    (22, "AS_ERR_FORBIDDEN", false, ""),
    (23, "AS_ERR_ELEMENT_NOT_FOUND", false, "3.7.0.1"),
    (24, "AS_ERR_ELEMENT_EXISTS", false, "3.7.0.1"),
    (25, "AS_ERR_ENTERPRISE_ONLY", true, ""),
    (50, "AS_SEC_OK_LAST", true, ""),
    (51, "AS_SEC_ERR_NOT_SUPPORTED", true, ""),
    (52, "AS_SEC_ERR_NOT_ENABLED", true, ""),
    (53, "AS_SEC_ERR_SCHEME", true, ""),
    (54, "AS_SEC_ERR_COMMAND", true, ""),
    (55, "AS_SEC_ERR_FIELD", true, ""),
    (56, "AS_SEC_ERR_STATE", true, ""),
    (60, "AS_SEC_ERR_USER", true, ""),
    (61, "AS_SEC_ERR_USER_EXISTS", true, ""),
    (62, "AS_SEC_ERR_PASSWORD", true, ""),
    (63, "AS_SEC_ERR_EXPIRED_PASSWORD", true, ""),
    (64, "AS_SEC_ERR_FORBIDDEN_PASSWORD", true, ""),
    (65, "AS_SEC_ERR_CREDENTIAL", true, ""),
    (66, "AS_SEC_ERR_EXPIRED_SESSION", true, "4.1.0.1"),
    (70, "AS_SEC_ERR_ROLE", true, ""),
    (71, "AS_SEC_ERR_ROLE_EXISTS", true, ""),
    (72, "AS_SEC_ERR_PRIVILEGE", true, ""),
    (73, "AS_SEC_ERR_WHITELIST", true, "4.6.0.2"),
    (80, "AS_SEC_ERR_NOT_AUTHENTICATED", true, ""),
    (81, "AS_SEC_ERR_ROLE_VIOLATION", true, ""),
    (82, "AS_SEC_ERR_NOT_WHITELISTED", true, "4.6.0.2"),
    (90, "AS_SEC_ERR_LDAP_NOT_ENABLED", true, "4.1.0.1"),
    (91, "AS_SEC_ERR_LDAP_SETUP", true, "4.1.0.1"),
    (92, "AS_SEC_ERR_LDAP_TLS_SETUP", true, "4.1.0.1"),
    (93, "AS_SEC_ERR_LDAP_AUTHENTICATION", true, "4.1.0.1"),
    (94, "AS_SEC_ERR_LDAP_QUERY", true, "4.1.0.1"),
    (100, "AS_ERR_UDF_EXECUTION", false, ""),
    (150, "AS_ERR_BATCH_DISABLED", false, "3.6.0"),
    (151, "AS_ERR_BATCH_MAX_REQUESTS", false, "3.6.0"),
    (152, "AS_ERR_BATCH_QUEUES_FULL", false, "3.6.0"),
    (160, "AS_ERR_GEO_INVALID_GEOJSON", false, "3.7.0"),
    (200, "AS_ERR_SINDEX_FOUND", false, ""),
    (201, "AS_ERR_SINDEX_NOT_FOUND", false, ""),
    (202, "AS_ERR_SINDEX_OOM", false, ""),
    (203, "AS_ERR_SINDEX_NOT_READABLE", false, ""),
    (204, "AS_ERR_SINDEX_GENERIC", false, ""),
    (205, "AS_ERR_SINDEX_NAME", false, ""),
    (206, "AS_ERR_SINDEX_MAX_COUNT", false, ""),
    (210, "AS_ERR_QUERY_USER_ABORT", false, ""),
    (211, "AS_ERR_QUERY_QUEUE_FULL", false, ""),
    (212, "AS_ERR_QUERY_TIMEOUT", false, ""),
    (213, "AS_ERR_QUERY_CB", false, ""),
    (214, "AS_ERR_QUERY_NET_IO", false, ""),
    (215, "AS_ERR_QUERY_DUPLICATE", false, ""),
];

/// The status page of the Node.js 1.x client: value as printed, name.
#[rustfmt::skip]
const NODE: [(i32, &str); 18] = [
    (0, "AEROSPIKE_OK"),
    (100, "AEROSPIKE_ERR"),
    (200, "AEROSPIKE_ERR_CLIENT"),
    (201, "AEROSPIKE_ERR_PARAM"),
    (300, "AEROSPIKE_ERR_CLUSTER"),
    (400, "AEROSPIKE_ERR_TIMEOUT"),
    (500, "AEROSPIKE_ERR_SERVER"),
    (501, "AEROSPIKE_ERR_REQUEST_INVALID"),
    (501, "AEROSPIKE_ERR_NAMESPACE_NOT_FOUND"),
    (503, "AEROSPIKE_ERR_SERVER_FULL"),
    (504, "AEROSPIKE_ERR_CLUSTER_CHANGE"),
    (600, "AEROSPIKE_ERR_RECORD"),
    (601, "AEROSPIKE_ERR_RECORD_BUSY"),
    (602, "AEROSPIKE_ERR_RECORD_NOT_FOUND"),
    (603, "AEROSPIKE_ERR_RECORD_EXISTS"),
    (604, "AEROSPIKE_ERR_RECORD_GENERATION"),
    (605, "AEROSPIKE_ERR_RECORD_TOO_BIG"),
    (606, "AEROSPIKE_ERR_BIN_INCOMPATIBLE_TYPE"),
];

fn named(dialect: Dialect, value: i32, name: &str) -> Option<Reading> {
    Code::new(dialect, value).readings().find(|r| r.name() == Some(name))
}

#[test]
fn the_server_page() {
    for (value, name, enterprise, new_in) in SERVER {
        let r = named(Dialect::SERVER, value, name).unwrap_or_else(|| panic!("no server:{value} {name}"));
        assert_eq!(r.edition() == Edition::Enterprise, enterprise, "{r}");
        assert_eq!(r.introduced().map_or(String::new(), |i| i.to_string()), new_in, "{r}");
    }
    assert_eq!(SERVER.iter().filter(|r| r.2).count(), 28);
    assert_eq!(SERVER.iter().filter(|r| !r.3.is_empty()).count(), 14);
}

#[test]
fn the_two_rows_marked_as_future() {
    for value in [6, 17] {
        assert!(Dialect::SERVER.lookup(value).erratum().is_some_and(|e| e.contains("future")), "server:{value}");
    }
}

#[test]
fn the_six_ranges_of_the_page() {
    let ranges = [
        (1, 49, Category::BASIC),
        (50, 99, Category::SECURITY),
        (100, 109, Category::UDF),
        (150, 159, Category::BATCH),
        (160, 169, Category::GEO),
        (200, 219, Category::INDEX),
    ];
    for (from, to, category) in ranges {
        assert_eq!(Dialect::SERVER.category_of(from), category);
        assert_eq!(Dialect::SERVER.category_of(to), category);
        assert_ne!(Dialect::SERVER.category_of(to + 1), category);
    }
}

#[test]
fn the_ten_rows_that_server_8_1_contradicts() {
    let release = "8.1.2.0".parse().expect("a release");
    for value in [10, 15, 52, 90, 210, 211, 212, 213, 214, 215] {
        let (_, name, ..) = SERVER.iter().find(|r| r.0 == value).expect("a row");
        let now = aerocodes::lookup_at(Dialect::SERVER, value, release);
        assert_ne!(now.name(), Some(*name), "server:{value}");
        assert!(named(Dialect::SERVER, value, name).and_then(Reading::erratum).is_some(), "server:{value} {name}");
    }
}

#[test]
fn the_node_page() {
    for (value, name) in NODE {
        assert!(named(Dialect::NODEJS_1_0, value, name).is_some(), "no nodejs-1.0:{value} {name}");
    }
}

#[test]
fn the_wrong_row_of_the_node_page() {
    let documented = named(Dialect::NODEJS_1_0, 501, "AEROSPIKE_ERR_NAMESPACE_NOT_FOUND").expect("the documented reading");
    assert!(documented.is_wrong() && documented.erratum().is_some_and(|e| e.contains("502")));
    assert_eq!(Dialect::NODEJS_1_0.lookup(501).name(), Some("AEROSPIKE_ERR_REQUEST_INVALID"));
    assert_eq!(Dialect::NODEJS_1_0.lookup(502).condition(), Some(Condition::NAMESPACE_NOT_FOUND));
    assert_eq!("nodejs-1.0:AEROSPIKE_ERR_NAMESPACE_NOT_FOUND".parse(), Ok(Code::new(Dialect::NODEJS_1_0, 502)));
}

#[test]
fn errata_that_users_see() {
    let at = |d: Dialect, v, r: &str| aerocodes::lookup_at(d, v, r.parse().expect("a release")).condition();
    // Java 9.0.0's transaction codes, 125's two lives, Java 11 before and after 4.1.1, codes of clients above zero.
    assert_eq!(at(Dialect::JAVA, 29, "9.0.0"), Some(Condition::MRT_BLOCKED));
    assert_eq!(at(Dialect::JAVA, 29, "9.0.1"), None);
    assert_eq!(at(Dialect::JAVA, 125, "4.4.4"), Some(Condition::LARGE_ITEM_NOT_FOUND));
    assert_eq!(at(Dialect::JAVA, 125, "9.2.0"), Some(Condition::MRT_ABORTED));
    assert_eq!(at(Dialect::JAVA, 11, "4.1.0"), Some(Condition::SERVER_NOT_AVAILABLE));
    assert_eq!(at(Dialect::JAVA, 11, "4.1.1"), Some(Condition::PARTITION_UNAVAILABLE));
    for value in [1301, 1302] {
        let r = Dialect::C.lookup(value);
        assert!(r.erratum().is_some() && r.origin().key() == "client", "{r}");
    }
    assert!(Dialect::NODEJS_1_0.errata().any(|e| e.contains("wire codes")));
}

#[test]
fn a_short_release_means_its_line() {
    let at = |d: Dialect, v, r: &str| aerocodes::lookup_at(d, v, r.parse().expect("a release")).name();
    assert_eq!(at(Dialect::SERVER, 15, "4.6"), Some("AS_ERR_SCAN_ABORT"));
    assert_eq!(at(Dialect::SERVER, 15, "5.7"), Some("AS_ERR_SCAN_ABORT"));
    assert_eq!(at(Dialect::SERVER, 15, "8.1"), Some("AS_ERR_QUERY_ABORT"));
    assert_eq!(at(Dialect::SERVER, 15, "3.9"), Some("AS_PROTO_RESULT_FAIL_SCAN_ABORT"));
    assert_eq!(at(Dialect::SERVER, 23, "3.6"), None);
    assert_eq!(at(Dialect::C, 6, "4.4"), None);
    assert_eq!(at(Dialect::C, 6, "4.6"), Some("AEROSPIKE_ERR_BIN_EXISTS"));
    assert_eq!(at(Dialect::C, 6, "99"), Some("AEROSPIKE_ERR_BIN_EXISTS"));
    assert_eq!(at(Dialect::SERVER, 151, "6.3"), Some("AS_ERR_BATCH_MAX_REQUESTS"));
    assert_eq!(at(Dialect::SERVER, 151, "7.0"), Some("AS_ERR_UNUSED_151"));
    assert_eq!(at(Dialect::SERVER, 151, "7.1"), Some("AS_ERR_BATCH_MAX_REQUESTS"));
}

#[test]
fn what_a_client_has_no_name_for_passes_through() {
    let geo = Dialect::JAVA.lookup(160);
    assert_eq!((geo.name(), geo.condition(), geo.is_known()), (None, Some(Condition::GEO_INVALID_GEOJSON), true));
    assert_eq!(Dialect::PYTHON.lookup(120).condition(), Some(Condition::MRT_BLOCKED));
    assert_eq!(Dialect::PYTHON.lookup(125).condition(), Some(Condition::MRT_ABORTED));
    assert_eq!(
        aerocodes::lookup_at(Dialect::PYTHON, 125, "2.2.3".parse().expect("a release")).condition(),
        Some(Condition::LARGE_ITEM_NOT_FOUND)
    );
    assert_eq!(Dialect::XDR.lookup(22).condition(), Some(Condition::FORBIDDEN));
    assert_eq!(Dialect::JAVA.lookup(30).name(), Some("MRT_VERSION_MISMATCH"));
    assert_eq!(Dialect::SERVER.lookup(-8).condition(), None);
}
