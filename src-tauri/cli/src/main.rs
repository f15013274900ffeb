//! The same commands in a terminal, and `serve` for a browser on this machine.

fn main() {}
