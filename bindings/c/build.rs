//! Gives the shared library its SONAME (Linux, BSD) or its install name (Apple): rustc sets none.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let major = std::env::var("CARGO_PKG_VERSION_MAJOR").unwrap_or_default();
    match std::env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("linux" | "freebsd" | "netbsd" | "openbsd" | "dragonfly" | "android") => {
            println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libaerocodes.so.{major}");
        }
        Ok("macos" | "ios") => println!("cargo:rustc-cdylib-link-arg=-Wl,-install_name,@rpath/libaerocodes.{major}.dylib"),
        _ => {}
    }
}
