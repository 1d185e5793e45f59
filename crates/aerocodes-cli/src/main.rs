//! The `aerocodes` command.

fn main() {}
