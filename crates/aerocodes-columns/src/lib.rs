//! Whole columns of Aerospike codes.
//!
//! ```
//! use aerocodes::{Condition, Dialect};
//! let mut ids = [0; 3];
//! assert_eq!(aerocodes_columns::decode(Dialect::JAVA, &[9, 2, 424_242], &mut ids), 3);
//! assert_eq!(ids, [Condition::TIMEOUT.id() as u8, Condition::RECORD_NOT_FOUND.id() as u8, 0]);
//! ```
//!
//! The work is memory-bound: about three billion codes a second on one core of 2020.
#![deny(missing_docs)]

pub mod arrow;
mod kernel;
mod table;

pub use kernel::{Kernel, kernels};
pub use table::{MixedTable, Table, decode};
