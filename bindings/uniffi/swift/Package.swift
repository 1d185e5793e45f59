// swift-tools-version:5.9
import PackageDescription

let package = Package(
    name: "Aerocodes",
    platforms: [.macOS(.v12), .iOS(.v15)],
    products: [.library(name: "Aerocodes", targets: ["Aerocodes"])],
    targets: [
        // The C header of the native library; `cargo xtask build uniffi` puts it there.
        .systemLibrary(name: "AerocodesFFI"),
        // What UniFFI generates; put there by the same command.
        .target(name: "AerocodesNative", dependencies: ["AerocodesFFI"]),
        .target(name: "Aerocodes", dependencies: ["AerocodesNative"]),
    ]
)
