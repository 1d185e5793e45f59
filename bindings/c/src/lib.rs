//! The `c` binding.
