//! Makes the JavaScript glue of a WebAssembly module: `aerocodes-wasm-bindgen MODULE OUT`.
//!
//! The `wasm-bindgen` command is not used: crate and generator must be of one version, and here the lockfile holds both.

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1);
    let input = args.next().context("usage: aerocodes-wasm-bindgen MODULE OUT")?;
    let out = args.next().context("usage: aerocodes-wasm-bindgen MODULE OUT")?;
    Bindgen::new()
        .input_path(input)
        .out_name("glue")
        .web(true)?
        // The package loads the module itself, so that it can fall back to the table where WebAssembly is blocked.
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out)
}
