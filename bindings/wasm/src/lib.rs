//! The `wasm` binding.
