//! The WebAssembly module of the npm package `aerocodes-web`.
//!
//! JavaScript gets the whole table once ([`table`]) and then looks up, searches, translates and advises by itself: a lookup
//! crosses no boundary, and a page on which WebAssembly is blocked answers the same from a table that it fetches instead.
//! What is here besides the table is what needs Rust: finding codes in text.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![deny(missing_docs)]

extern crate alloc;

#[cfg(target_arch = "wasm32")]
mod allocator;
mod json;
mod table;

use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// Everything but the long texts: the JSON that `fallback.json` holds too, in UTF-8.
#[wasm_bindgen]
pub fn table() -> Vec<u8> {
    table::write()
}

/// The first `limit` codes that `text` (UTF-8) holds, as JSON: see `Found` in `src/js/recognize.ts`.
#[cfg(feature = "recognize")]
#[wasm_bindgen]
pub fn recognize(text: &[u8], limit: u32) -> Vec<u8> {
    table::findings(text, limit)
}
