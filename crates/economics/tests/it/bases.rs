//! Scenarios with few effects besides those under test.

use wattfolio_economics::catalogue::{self, DefaultSet};
use wattfolio_economics::scenario::Scenario;

/// The defaults of October 2026, when a network was given, one rate held for all, and no customer of GPUs failed: little
/// moves besides what a test changes.
pub fn plain() -> Scenario {
    DefaultSet::UNNAMED.scenario()
}

/// A scenario where nothing happens by chance: markets follow the plan, customers stay, works are on time.
pub fn without_chance(mut scenario: Scenario) -> Scenario {
    let certain = catalogue::inputs().iter().filter(|input| {
        let name = input.id.rsplit('.').next().unwrap_or_default();
        matches!(
            name,
            "volatility" | "long_volatility" | "jumps_per_year" | "trend_sd" | "default_hazard_per_year"
        ) || matches!(name, "delay_mean_months" | "overrun_sd")
    });
    for input in certain {
        input.write_number(&mut scenario, 0.0).expect("a spread may be 0");
    }
    scenario
}
