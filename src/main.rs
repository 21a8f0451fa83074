//! wattfolio.
fn main() {}
