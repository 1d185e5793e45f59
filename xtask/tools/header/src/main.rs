//! `xtask-header CRATE OUT BANNER`: writes the C header of the crate at `CRATE` to `OUT`, `BANNER` as its first line.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [krate, out, banner] = args.as_slice() else {
        eprintln!("usage: xtask-header CRATE OUT BANNER");
        return ExitCode::FAILURE;
    };
    match header(Path::new(krate), banner).and_then(|text| std::fs::write(out, text).map_err(|e| format!("{out}: {e}"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("xtask-header: {e}");
            ExitCode::FAILURE
        }
    }
}

fn header(krate: &Path, banner: &str) -> Result<String, String> {
    let mut config = cbindgen::Config::from_file(krate.join("cbindgen.toml"))?;
    config.header = Some(format!("/* {banner} */\n{}", config.header.unwrap_or_default().trim_end()));
    // cbindgen leaves out constants that are strings or not literal.
    config.after_includes = Some(format!(
        "\n/// Version of this header; aerocodes_version is that of the library.\n#define AEROCODES_VERSION \"{}\"\n\n\
         /// `length` of aerocodes_recognize for a text that ends with a NUL.\n#define AEROCODES_NUL_TERMINATED SIZE_MAX",
        env!("CARGO_PKG_VERSION")
    ));
    // The sources themselves, in this order: nothing has to be resolved or built.
    let mut builder = cbindgen::Builder::new().with_config(config);
    for file in ["generated.rs", "lib.rs"] {
        builder = builder.with_src(krate.join("src").join(file));
    }
    let mut text = Vec::new();
    builder.generate().map_err(|e| e.to_string())?.write(&mut text);
    let text = String::from_utf8(text).map_err(|e| e.to_string())?;
    // The heading is for Rust; what stands below it is for C too.
    Ok(text.lines().filter(|l| *l != "/// # Safety").map(|l| format!("{l}\n")).collect())
}
