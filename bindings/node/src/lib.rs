//! The native part of the npm package `aerocodes`: what is worth a call out of JavaScript. Lookups are not: they are answered
//! from the tables that JavaScript has itself.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod found;
mod scan;
mod slices;

use std::sync::Mutex;

use aerocodes::{Code, Condition, Dialect, Operation};
use napi::bindgen_prelude::Uint8Array;
use napi::{Error, Result};
use napi_derive::napi;

use found::{Pieces, Rows, options};

fn dialect_of(id: u8) -> Result<Dialect> {
    Dialect::from_id(id).ok_or_else(|| Error::from_reason(format!("no dialect has the id {id}")))
}

/// The version of this build, which must equal that of the package that loads it.
#[napi]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Decodes `values` into `ids`, which is at least as long.
#[napi(catch_unwind)]
pub fn decode(dialect: u8, values: &[i32], mut ids: Uint8Array) -> Result<()> {
    let dialect = dialect_of(dialect)?;
    // SAFETY: JavaScript runs nothing while this call lasts, and the wrapper hands in no shared memory.
    let out = unsafe { ids.as_mut() };
    aerocodes_columns::decode(dialect, values, out);
    Ok(())
}

/// The findings in a text: JSON rows.
#[napi(catch_unwind)]
pub fn recognize(text: String, bare_words: bool) -> String {
    let mut rows = Rows::new(0);
    options(bare_words).recognize(&text).for_each(|f| rows.push(&f));
    rows.finish()
}

/// A text that comes in pieces.
#[napi]
pub struct TextStream {
    pieces: Mutex<Pieces>,
}

#[napi]
impl TextStream {
    /// At the start of a text.
    #[napi(constructor)]
    pub fn new(bare_words: bool) -> Self {
        Self { pieces: Mutex::new(Pieces::new(bare_words)) }
    }

    /// Takes the next piece; the rows of the findings that are decided now.
    #[napi(catch_unwind)]
    pub fn feed(&self, piece: &[u8], last: bool) -> Result<String> {
        let mut pieces = self.pieces.lock().map_err(|_| Error::from_reason("an earlier piece failed"))?;
        Ok(pieces.feed(piece, last))
    }
}

/// What the core answers, for the tests that hold the JavaScript implementation to it: dialect, value, release or nothing.
#[napi]
pub fn core_lookup(dialect: u8, value: i32, release: Option<String>) -> Result<Vec<String>> {
    let dialect = dialect_of(dialect)?;
    let reading = match release {
        None => dialect.lookup(value),
        Some(r) => {
            aerocodes::lookup_at(dialect, value, r.parse().map_err(|e: aerocodes::ParseCodeError| Error::from_reason(e.to_string()))?)
        }
    };
    Ok(vec![reading.name().unwrap_or_default().to_owned(), reading.condition().map_or("", Condition::name).to_owned()])
}

/// The core's search: `NAME score` each.
#[napi]
pub fn core_search(words: String) -> Vec<String> {
    aerocodes::search(&words).as_slice().iter().map(|h| format!("{} {}", h.condition, h.score)).collect()
}

/// The core's translation, as it prints itself.
#[napi]
pub fn core_translate(dialect: u8, value: i32, to: u8) -> Result<String> {
    let t = aerocodes::translate(Code::new(dialect_of(dialect)?, value), dialect_of(to)?);
    Ok(format!("{t}\n{}", t.reason()))
}

/// The core's advice: the three predicates and the rule.
#[napi]
pub fn core_advise(dialect: u8, value: i32, operation: u8, in_doubt: Option<bool>) -> Result<Vec<String>> {
    let operation = Operation::from_id(operation).ok_or_else(|| Error::from_reason("no such operation"))?;
    let a = aerocodes::advise(Code::new(dialect_of(dialect)?, value), operation, in_doubt);
    Ok([a.retryable.key(), a.maybe_applied.key(), a.retryable_not_applied.key(), a.rule()].map(str::to_owned).to_vec())
}

/// The core's `find`: codes.
#[napi]
pub fn core_find(name: String) -> Vec<String> {
    aerocodes::find(&name).map(|r| r.to_string()).collect()
}
