//! Tests over many cases in two lengths: a short one that every run of the tests affords, and a long one for
//! `.ci/soak`, which sets `WATTFOLIO_SOAK`.

use proptest::test_runner::Config;

/// The settings of a test over `short` random cases, or over `long` in the long form, which says so.
///
/// A case that fails is printed in its smallest form; it belongs into a test of its own rather than into a file of
/// seeds that a change of the generator makes worthless.
pub fn config(what: &str, short: u32, long: u32) -> Config {
    let is_long = std::env::var_os("WATTFOLIO_SOAK").is_some();
    let cases = if is_long { long } else { short };
    if is_long {
        println!("soak: {what}: {cases}");
    }
    Config { cases, failure_persistence: None, ..Config::default() }
}
