//! The developer's door: run, test, bench, bless. Standard library only.

fn main() {}
