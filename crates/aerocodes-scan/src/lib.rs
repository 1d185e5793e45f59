//! Finds Aerospike error codes in any text.
//!
//! ```
//! use aerocodes::Condition;
//! let found: Vec<_> = aerocodes_scan::recognize("AerospikeException: Error -8: Failed to connect").collect();
//! assert_eq!(found[0].condition, Some(Condition::SERVER_NOT_AVAILABLE));
//! ```
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(unsafe_code)]
#![deny(missing_docs)]

mod anchors;
mod event;
mod finding;
mod fingerprints;
#[cfg(feature = "std")]
pub mod logs;
mod options;
mod recognize;
mod scan;
#[cfg(feature = "serde")]
mod serialize;
mod shapes;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod simd;
mod text;

pub use finding::{Candidates, Confidence, Finding};
pub use options::Options;
pub use recognize::{Recognize, recognize, recognize_bytes};
pub use scan::{LOOK_AHEAD, LOOK_BEHIND, Stream, next_cut, scan_buffer, scan_range};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
