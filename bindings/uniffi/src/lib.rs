//! The native side for Kotlin, Java, Swift and Ruby.
uniffi::setup_scaffolding!("aerocodes");
