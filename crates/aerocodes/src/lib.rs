//! Every Aerospike status code, in every client's numbering.
//!
//! A number such as `-8` means nothing until one knows who printed it: an invalid node in C, Python and Node.js, an
//! unreachable server in Java, an empty connection pool in Go. This crate holds all numberings ([`Dialect`]), what each
//! number was called in which releases ([`Reading`]), what happened whatever the numbering ([`Condition`]), and whether a
//! request may be sent again ([`Advice`]).
//!
//! ```
//! use aerocodes::{Answer, Condition, Dialect, Operation};
//!
//! let timeout = Dialect::JAVA.lookup(9);
//! assert_eq!(timeout.condition(), Some(Condition::TIMEOUT));
//! assert_eq!(Dialect::NODEJS_1_0.lookup(602).name(), Some("AEROSPIKE_ERR_RECORD_NOT_FOUND"));
//! assert_eq!(aerocodes::advise(timeout.code(), Operation::WRITE, None).maybe_applied, Answer::Yes);
//! ```
//!
//! Unknown numbers are values, not errors: they have no name and no condition, and keep their number.
//!
//! ```
//! use aerocodes::{Category, Dialect};
//!
//! let unknown = Dialect::SERVER.lookup(88);
//! assert_eq!((unknown.value(), unknown.name(), unknown.category()), (88, None, Category::SECURITY));
//! ```
//!
//! # What this crate does not do
//! It opens no connection, wraps no client and retries nothing. It recognises codes in numbers and names only; text such as
//! a stack trace is the work of `aerocodes-scan`.
//!
//! # Features
//! `history` (release ranges), `names` ([`find`] without a walk through all readings), `search` (summaries, keywords,
//! [`search`]) and `text` (causes, remedies, reasons, sources) are on by default; without them the tables take less than 40 KB. `serde` adds `Serialize`. No feature needs `std` or `alloc`.
#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod advice;
mod code;
mod condition;
mod decode;
mod dialect;
#[allow(missing_docs)]
mod generated;
mod reading;
#[cfg(feature = "history")]
mod release;
#[cfg(feature = "search")]
mod search;
#[cfg(feature = "serde")]
mod serialize;
mod spelling;
#[allow(missing_docs)]
mod tables;
mod translate;

pub use advice::{Advice, Answer, Operation, Predicates, advise};
pub use code::{Code, ParseCodeError, ParseErrorKind};
pub use condition::{Category, Condition, Edition, Origin, Subcode};
pub use decode::{condition_table, decode};
pub use dialect::{Dialect, Kind};
pub use generated::codes;
#[cfg(feature = "history")]
pub use reading::lookup_at;
pub use reading::{Reading, Readings, lookup, readings};
#[cfg(feature = "history")]
pub use release::Release;
#[cfg(feature = "search")]
pub use search::{Hit, Hits, search};
pub use spelling::{Spelled, find};
pub use translate::{Targets, Translation, TranslationKind, translate};

/// For bindings that generate offsets into the pool of names.
#[doc(hidden)]
pub mod pool {
    pub use crate::generated::tables::NAMES;
}

/// The tables as they lie in memory, for the binding that reads them there: `bindings/wasm`.
#[doc(hidden)]
#[cfg(all(feature = "history", feature = "search"))]
pub mod raw {
    pub use crate::generated::brief::BRIEF;
    pub use crate::generated::history::{COVERED, GAPS, INTRODUCED, RELEASES, SPAN, SPANS, SPANS_OF};
    pub use crate::generated::tables::{
        ALIASES, CATEGORIES, CONDITIONS, DIALECTS, FOLDS, NAMES, NEAREST, OPERATIONS, RANGES, READINGS, SUBCODES,
    };
    pub use crate::tables::{Cond, Dial, Read};
}
