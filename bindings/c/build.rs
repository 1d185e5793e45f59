//! Gives the shared library its SONAME (Linux, BSD) or its install name (Apple): rustc sets none.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let var = |name| std::env::var(name).unwrap_or_default();
    let major = var("CARGO_PKG_VERSION_MAJOR");
    match var("CARGO_CFG_TARGET_OS").as_str() {
        "linux" | "freebsd" | "netbsd" | "openbsd" | "dragonfly" | "android" => {
            println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libaerocodes.so.{major}");
            // The smallest library (profile `capi-small`): without what only a debugger or an unwinder reads, and without the
            // start and end of a program with constructors, which it has not.
            if var("OPT_LEVEL") == "z" {
                let script = std::path::Path::new(&var("CARGO_MANIFEST_DIR")).join("small.ld");
                println!("cargo:rerun-if-changed={}", script.display());
                println!("cargo:rustc-cdylib-link-arg=-nostartfiles");
                println!("cargo:rustc-cdylib-link-arg=-Wl,-O2,--build-id=none,--no-eh-frame-hdr,-T,{}", script.display());
            }
        }
        "macos" | "ios" => println!("cargo:rustc-cdylib-link-arg=-Wl,-install_name,@rpath/libaerocodes.{major}.dylib"),
        _ => {}
    }
}
