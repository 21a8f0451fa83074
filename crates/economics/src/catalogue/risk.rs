//! Volatilities and correlations of the simulation.

use super::ALL;
use crate::input::{Group, Input, number, whole};
use crate::kernel::Factor;
use crate::units::Unit;

pub(super) fn inputs() -> Vec<Input> {
    let mut inputs = simulation();
    inputs.extend(factors());
    inputs.extend(correlations());
    inputs.into_iter().map(|input| Input { group: Group::Risk, ..input }).collect()
}

fn simulation() -> Vec<Input> {
    vec![
        whole!(risk.paths)
            .named("Paths", Unit::Count)
            .range(100.0, 1e6)
            .slider(1000.0, 100_000.0, 1000.0)
            .log()
            .about("Number of simulated paths", "standard errors fall with its root")
            .source("10,000")
            .moves(ALL),
        whole!(risk.seed)
            .named("Seed", Unit::Count)
            .range(0.0, 9_007_199_254_740_991.0)
            .slider(0.0, 100.0, 1.0)
            .about("Seed of the random numbers; the same seed gives the same result", "common random numbers")
            .source("1")
            .moves(ALL),
    ]
}

fn factors() -> Vec<Input> {
    let volatility = |input: Input, label: &'static str, source: &'static str| {
        input
            .named(label, Unit::FractionPerYear)
            .range(0.0, 3.0)
            .slider(0.0, 1.5, 0.01)
            .about("Volatility a year; the mean stays on the path", "log-normal, mean-one factor")
            .source(source)
    };
    let reversion = |input: Input, label: &'static str, source: &'static str| {
        input
            .named(label, Unit::Ratio)
            .range(0.01, 50.0)
            .slider(0.1, 10.0, 0.1)
            .about("Speed of the return to the path, 1/year", "log-Ornstein–Uhlenbeck")
            .source(source)
    };
    vec![
        volatility(
            number!(risk.bitcoin.volatility),
            "Bitcoin volatility",
            "45–60 % a year in all, 2023–2026",
        )
        .market(Factor::Bitcoin),
        number!(risk.bitcoin.jumps_per_year)
            .named("Jumps", Unit::Ratio)
            .range(0.0, 50.0)
            .slider(0.0, 12.0, 0.5)
            .about("Expected number of jumps a year", "Poisson")
            .source("3–6 a year")
            .market(Factor::Bitcoin),
        number!(risk.bitcoin.jump_mean)
            .named("Mean jump", Unit::Ratio)
            .range(-2.0, 2.0)
            .slider(-0.5, 0.5, 0.01)
            .about("Mean of the logarithm of a jump", "Merton")
            .source("−3 to −5 %")
            .market(Factor::Bitcoin),
        number!(risk.bitcoin.jump_sd)
            .named("Jump spread", Unit::Ratio)
            .range(0.0, 2.0)
            .slider(0.0, 0.5, 0.01)
            .about("Standard deviation of the logarithm of a jump", "Merton")
            .source("8–12 %")
            .market(Factor::Bitcoin),
        volatility(number!(risk.network.volatility), "Network volatility", "22 % a year since 2020")
            .market(Factor::Network),
        volatility(number!(risk.rental.volatility), "Rental volatility", "35–45 % a year")
            .market(Factor::Rental),
        reversion(number!(risk.rental.reversion), "Rental reversion", "half-life of 4–8 months")
            .market(Factor::Rental),
        volatility(
            number!(risk.power.volatility),
            "Power volatility",
            "monthly means of wholesale prices, 45 %",
        )
        .market(Factor::Power),
        reversion(number!(risk.power.reversion), "Power reversion", "half-life of a quarter")
            .market(Factor::Power),
    ]
}

fn correlations() -> Vec<Input> {
    let correlation = |input: Input, label: &'static str| {
        input
            .named(label, Unit::Ratio)
            .range(-1.0, 1.0)
            .slider(-1.0, 1.0, 0.05)
            .about("Correlation of the monthly shocks", "Z = L·e by Cholesky")
            .source("price and hashrate 0.2 since 2020; the others are placeholders")
            .moves(ALL)
    };
    vec![
        correlation(number!(risk.correlation.bitcoin_network), "Bitcoin with network"),
        correlation(number!(risk.correlation.bitcoin_rental), "Bitcoin with rental"),
        correlation(number!(risk.correlation.bitcoin_power), "Bitcoin with power"),
        correlation(number!(risk.correlation.network_rental), "Network with rental"),
        correlation(number!(risk.correlation.network_power), "Network with power"),
        correlation(number!(risk.correlation.rental_power), "Rental with power"),
    ]
}
