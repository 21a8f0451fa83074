//! What the network does at a bitcoin price: the line under the cards of the compare page.

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Event, Line};
use wattfolio_economics::results::{Comparison, Timeline};
use wattfolio_economics::scenario::{NetworkRule, Scenario};
use wattfolio_economics::units::Unit;

use crate::format;

/// Months after which the network is told.
const AHEAD: usize = 24;
/// Share of the network from which the own fleet is worth a word.
const WORTH_A_WORD: f64 = 0.01;

/// What the network does: the finding, and the rest of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkLine {
    /// What stands out.
    pub finding: String,
    /// What goes on after it.
    pub rest: String,
}

/// What the network of a scenario does, beside the baseline's where they differ.
pub fn network_line(scenario: &Scenario, now: &Comparison, baseline: &Comparison) -> NetworkLine {
    let network = &now.network;
    let month = AHEAD.min(network.network_hashrate_eh_s.len() - 1);
    let there = network.network_hashrate_eh_s[month];
    let start = network.network_hashrate_eh_s[0];
    let price = format::short(network.btc_price_usd[0], Unit::Usd);
    let when = scenario.start.plus(month as u32).short_name();
    let verb = if there >= start { "grows" } else { "shrinks" };
    let finding = match scenario.bitcoin.network {
        NetworkRule::Responsive { .. } => {
            format!("At {price} the network {verb} to {} by {when}", eh_per_second(there))
        }
        NetworkRule::Given => format!("The network is given: {} by {when}", eh_per_second(there)),
    };
    let before = baseline.network.network_hashrate_eh_s.get(month).copied();
    let before = before.map(eh_per_second).filter(|before| *before != eh_per_second(there));
    let not = before.map(|before| format!(", not {before}")).unwrap_or_default();
    NetworkLine { finding, rest: format!("{not}: {}.{}", hashprice(scenario, now), own_fleet(scenario, now)) }
}

/// With every exahash, where cards round to three figures: two networks are told apart.
fn eh_per_second(hashrate: f64) -> String {
    let decimals = if hashrate < 10.0 { 2 } else { 0 };
    format!("{} EH/s", format::grouped(hashrate, decimals))
}

/// The hashprice now, and around the next halving.
fn hashprice(scenario: &Scenario, comparison: &Comparison) -> String {
    let prices = &comparison.network.hashprice_usd_ph_day;
    let usd = |month: usize| format::short(prices[month], Unit::Usd);
    let (last, first) = (prices.len() - 1, usd(0));
    let halving = next_halving(scenario, comparison);
    match halving {
        // The halving month is split by its blocks; the one after it has the new reward alone.
        Some(month) if month < last && month >= 2 => {
            let (before, after) = (month - 1, month + 1);
            let until = usd(before);
            let way = match prices[before] < prices[0] {
                _ if until == first => format!("stays at {first} until"),
                true => format!("slips from {first} to {until} before"),
                false => format!("rises from {first} to {until} before"),
            };
            format!("hashprice {way} the halving and stands at {} after it", usd(after))
        }
        Some(month) if month < last => {
            format!("hashprice is {first} and stands at {} after the halving", usd(month + 1))
        }
        _ => format!("hashprice goes from {first} to {} at the end of the plan", usd(last)),
    }
}

/// The month in which the reward halves first.
fn next_halving(scenario: &Scenario, comparison: &Comparison) -> Option<usize> {
    let miner = comparison.business(Business::OF_NETWORK).ok()?;
    let timeline = Timeline::new(scenario, miner);
    timeline.months_of(Event::Halving).next().map(|month| month.ceil() as usize)
}

/// A word on the own fleet where it is a part of the network that counts.
fn own_fleet(scenario: &Scenario, comparison: &Comparison) -> String {
    let Ok(miner) = comparison.business(Business::OF_NETWORK) else { return String::new() };
    let network = &comparison.network.network_hashrate_eh_s;
    let is_counted = miner.business.is_counted_in_network(scenario);
    let share = |(fleet, network): (&f64, &f64)| {
        if is_counted { fleet / network.max(*fleet) } else { fleet / (network + fleet) }
    };
    let most = miner.ledger.line(Line::FleetHashrate).iter().zip(network).map(share).fold(0.0, f64::max);
    if most <= WORTH_A_WORD {
        return String::new();
    }
    let percent = format::short(most, Unit::Fraction);
    let how = if is_counted { "which holds it already" } else { "to which it is added" };
    format!(" The own fleet is up to {percent} of the network, {how}.")
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::results::compare;

    use super::*;

    fn line(change: impl Fn(&mut Scenario)) -> String {
        let mut scenario = Scenario::default();
        let baseline = compare(&scenario.validate().expect("valid"));
        change(&mut scenario);
        let now = compare(&scenario.validate().expect("valid"));
        let NetworkLine { finding, rest } = network_line(&scenario, &now, &baseline);
        format!("{finding}{rest}")
    }

    #[test]
    fn the_network_is_told_with_and_without_a_change() {
        assert_eq!(
            line(|_| ()),
            "At $84.7k the network grows to 1,310 EH/s by Nov 2028: hashprice slips from $39.9 to $33.3 before the \
             halving and stands at $16.6 after it."
        );
        let dearer = line(|scenario| scenario.bitcoin.price_usd.value = 150_000.0);
        assert!(
            dearer.starts_with("At $150k the network grows to 1,865 EH/s by Nov 2028, not 1,310 EH/s: hash"),
            "{dearer}"
        );
        assert!(dearer.contains(" the halving and stands at $21.8 after it"), "{dearer}");
        let given = line(|scenario| scenario.bitcoin.network = NetworkRule::Given);
        assert!(
            given.starts_with(
                "The network is given: 1,162 EH/s by Nov 2028, not 1,310 EH/s: hashprice stays at $39.9 until"
            ),
            "{given}"
        );
    }

    #[test]
    fn a_large_fleet_is_told() {
        let large = line(|scenario| scenario.site.capacity_mw = 2_000.0);
        assert!(
            large.contains(" The own fleet is up to ") && large.ends_with("to which it is added."),
            "{large}"
        );
        let counted = line(|scenario| {
            scenario.site.capacity_mw = 2_000.0;
            scenario.mining.fleet_counted_in_network = true;
        });
        assert!(counted.ends_with("which holds it already."), "{counted}");
        assert!(line(|scenario| scenario.horizon_months = 12).contains("at the end of the plan"));
    }
}
