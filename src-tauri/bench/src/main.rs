//! Everything `cargo xtask bench` prints.

fn main() {}
