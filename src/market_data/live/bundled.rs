//! What the program knows without any source: the values and dates of its released defaults.

use wattfolio_economics::catalogue;
use wattfolio_economics::input::Kind;
use wattfolio_economics::scenario::Scenario;

use super::figure::Rule;
use super::gpu::Gpu;

/// A bundled value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bundled {
    /// The value, in the stored unit of the input.
    pub value: f64,
    /// Its date, in words.
    pub date: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

/// The bundled value of a figure.
pub fn bundled(rule: Rule) -> Option<Bundled> {
    let date = match rule {
        Rule::Price | Rule::Network => "3 October 2026",
        Rule::Fees => "October 2026",
        Rule::Rental(gpu) if Some(gpu) == Gpu::named(Scenario::default().gpu_name()) => "September 2026",
        // The default is what miners pay, and no price of Texas.
        Rule::Height | Rule::Rental(_) | Rule::RetailPower(_) | Rule::DayAheadPower(_) => return None,
    };
    let input = catalogue::find(rule.input()?.id)?;
    let Kind::Number(number) = &input.kind else { return None };
    Some(Bundled { value: (number.get)(&Scenario::default())?, date, source: input.source })
}
