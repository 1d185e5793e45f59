//! UniFFI's own generator: `uniffi-bindgen generate --language kotlin --out-dir D libX.so`.

fn main() {
    uniffi::uniffi_bindgen_main();
}
