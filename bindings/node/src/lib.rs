//! The `node` binding.
