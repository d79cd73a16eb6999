//! `cargo xtask serve | test | dist`.
fn main() {}
