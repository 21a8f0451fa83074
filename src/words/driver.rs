//! Words for what decides the value of a business: shares of its variance.

use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::risk::{BusinessRisk, Simulation, VarianceFactor, VarianceShares};
use wattfolio_economics::units::Unit;

use super::capitalised;
use crate::format;

/// Share below which a factor has no word of its own.
const WORTH_A_WORD: f64 = 0.05;

/// Name of a factor within a sentence.
pub const fn factor(factor: VarianceFactor) -> &'static str {
    match factor {
        VarianceFactor::Bitcoin => "bitcoin",
        VarianceFactor::Network => "the network",
        VarianceFactor::Rental => "the rental",
        VarianceFactor::RentalTrend => "the rental’s trend",
        VarianceFactor::Power => "electricity",
        VarianceFactor::Customer => "its customer",
        VarianceFactor::Works => "its works",
    }
}

/// Main sources of a business's risk: `67 % of its risk is the rental’s trend, 15 % its customer`.
pub fn shares(shares: &VarianceShares) -> String {
    let mut factors: Vec<(VarianceFactor, f64)> =
        VarianceFactor::ALL.into_iter().zip(shares.shares.map(|share| share.value)).collect();
    factors.sort_by(|a, b| b.1.total_cmp(&a.1));
    let percent = |share: f64| format!("{} %", format::grouped(share * 100.0, 0));
    let (first, share) = factors[0];
    let others = factors[1..].iter().filter(|(_, share)| *share >= WORTH_A_WORD).take(2);
    let others: Vec<String> =
        others.map(|(other, share)| format!(", {} {}", percent(*share), factor(*other))).collect();
    format!("{} of its risk is {}{}", percent(share), factor(first), others.concat())
}

/// The simulated businesses with what their worst 5 % of paths lose per dollar of capital, the most first.
pub fn by_tail(simulation: &Simulation) -> Vec<(Business, &BusinessRisk, f64)> {
    let of = |business| {
        let risk = simulation.business(business).ok()?;
        Some((business, risk, risk.cvar_per_capex.ok()?.value))
    };
    let mut tails: Vec<_> = Business::ALL.into_iter().filter_map(of).collect();
    tails.sort_by(|a, b| b.2.total_cmp(&a.2));
    tails
}

/// The order of risk: `Per dollar of capital mining risks most, 97 %, then leasing 42 %, hosting 19 %`.
pub fn order(simulation: &Simulation) -> String {
    order_with(simulation, None).unwrap_or_else(|| "No business has capital at risk".to_owned())
}

/// The order of risk, and the factor that drives each business where it is known:
/// `… mining risks most, 97 % (bitcoin), then leasing 42 % (the rental’s trend), hosting 19 % (its works)`.
pub fn order_with(
    simulation: &Simulation,
    shares: Option<&PerBusiness<Option<VarianceShares>>>,
) -> Option<String> {
    let tails = by_tail(simulation);
    let of = |business: Business, share: f64| {
        let driver = shares.and_then(|shares| shares[business].as_ref()).map(|shares| factor(first(shares)));
        let driver = driver.map(|driver| format!(" ({driver})"));
        format!("{}{}", format::short(share, Unit::Fraction), driver.unwrap_or_default())
    };
    let ((most, _, share), others) = tails.split_first()?;
    if others.is_empty() {
        return Some(format!("{} risks {} of its capital", capitalised(most.word()), of(*most, *share)));
    }
    let others =
        others.iter().map(|(business, _, share)| format!("{} {}", business.word(), of(*business, *share)));
    Some(format!(
        "Per dollar of capital {} risks most, {}, then {}",
        most.word(),
        of(*most, *share),
        others.collect::<Vec<_>>().join(", ")
    ))
}

/// The factor that explains most.
fn first(shares: &VarianceShares) -> VarianceFactor {
    let of = |index: usize| shares.shares[index].value;
    let indices = (0..VarianceFactor::ALL.len()).rev();
    let first = indices.max_by(|a, b| of(*a).total_cmp(&of(*b))).unwrap_or(0);
    VarianceFactor::ALL[first]
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::kernel::Basis;
    use wattfolio_economics::risk::{Simulator, ToTheEnd};
    use wattfolio_economics::scenario::Scenario;

    use super::*;

    #[test]
    fn the_driver_of_each_business_is_named() {
        let mut scenario = Scenario::default();
        scenario.risk.paths = 2_000;
        let valid = scenario.validate().expect("valid");
        let mut simulator = Simulator::new(0).expect("threads");
        let found = simulator.variance_shares(&valid, Basis::default(), &ToTheEnd).expect("runs to the end");
        let words = |business: Business| shares(&found[business].expect("it varies"));
        assert!(
            words(Business::Mining).contains(" % of its risk is bitcoin, "),
            "{}",
            words(Business::Mining)
        );
        assert!(
            words(Business::Hosting).contains(" % of its risk is its works, "),
            "{}",
            words(Business::Hosting)
        );
        assert!(
            words(Business::Leasing).contains(" % of its risk is the rental’s trend, "),
            "{}",
            words(Business::Leasing)
        );
        let simulation = simulator.run(&valid, Basis::default(), &ToTheEnd).expect("runs to the end");
        let order = order(&simulation);
        assert!(order.starts_with("Per dollar of capital mining risks most, 9"), "{order}");
        assert!(order.contains(", then leasing ") && order.contains(", hosting "), "{order}");
        // The heading of the risk page names the driver of each.
        let heading = crate::words::risk::risk_verdict(&simulation, Some(&found));
        for driver in [" % (bitcoin), then leasing ", " % (the rental’s trend), hosting ", " % (its works). "]
        {
            assert!(heading.contains(driver), "{driver} is not in “{heading}”");
        }
        assert!(heading.contains("Mining loses value in 9"), "{heading}");
    }
}
