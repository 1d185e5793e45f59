//! The `python` binding.
