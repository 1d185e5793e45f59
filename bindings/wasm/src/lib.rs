//! The WebAssembly module of the npm package `aerocodes-web`.
//!
//! JavaScript reads the tables once, where they lie in memory ([`packed`]), and then looks up, searches, translates and
//! advises by itself: a lookup crosses no boundary, and a page on which WebAssembly is blocked answers the same from a
//! table that it fetches instead. What is here besides the tables is what needs Rust: finding codes in text.
//!
//! Only numbers cross the boundary, and nothing is allocated: texts lie in the memory behind the static data.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![deny(missing_docs)]

#[cfg(all(target_arch = "wasm32", feature = "recognize"))]
mod json;
#[cfg(target_arch = "wasm32")]
mod memory;
#[cfg(target_arch = "wasm32")]
mod packed;

#[cfg(target_arch = "wasm32")]
mod exports {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        core::arch::wasm32::unreachable()
    }

    /// Where the list of tables lies.
    #[wasm_bindgen]
    pub fn packed() -> u32 {
        (&raw const crate::packed::PACKED) as u32
    }

    /// Where a text of so many bytes may be put for [`recognize`]; 0 when there is no memory for it.
    #[cfg(feature = "recognize")]
    #[wasm_bindgen]
    pub fn room(bytes: u32) -> u32 {
        if crate::memory::reach(bytes as usize) { crate::memory::base() as u32 } else { 0 }
    }

    /// Finds the first `limit` codes in the text of so many bytes (UTF-8) that was put where [`room`] said; with `bare_words`
    /// a known name counts wherever it stands.
    ///
    /// What it found stands behind the text, as JSON up to the address returned: see `Found` in `src/js/recognize.ts`.
    /// Returns 0 when there is no memory for it.
    #[cfg(feature = "recognize")]
    #[wasm_bindgen]
    pub fn recognize(bytes: u32, limit: u32, bare_words: bool) -> u32 {
        crate::json::findings(crate::memory::text(bytes as usize), limit, bare_words) as u32
    }
}
