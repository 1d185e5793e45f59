//! The `uniffi` binding.
