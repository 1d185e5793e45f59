//! Finds Aerospike error codes in any text.
//!
//! ```
//! use aerocodes::Condition;
//! let found: Vec<_> = aerocodes_scan::recognize("AerospikeException: Error -8: Failed to connect").collect();
//! assert_eq!(found[0].condition, Some(Condition::SERVER_NOT_AVAILABLE));
//! ```
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod finding;
mod recognize;

pub use finding::{Candidates, Confidence, Finding};
pub use recognize::{Recognize, recognize};
