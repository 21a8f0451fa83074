//! Volatilities and correlations of the simulation.

use super::ALL;
use crate::input::{Group, Input, Number, inputs};
use crate::scenario::Factor;
use crate::units::Unit;

impl Input<Number> {
    const fn volatility(self, label: &'static str) -> Self {
        self.named(label, Unit::FractionPerYear)
            .range(0.0, 3.0)
            .slider(0.0, 1.5, 0.01)
            .about("Volatility a year; the mean stays on the path", "log-normal, mean-one factor")
    }

    const fn reversion(self, label: &'static str) -> Self {
        self.named(label, Unit::Ratio)
            .range(0.01, 50.0)
            .slider(0.1, 10.0, 0.1)
            .about("Speed of the return to the path, 1/year", "log-Ornstein–Uhlenbeck")
    }

    const fn correlation(self, label: &'static str) -> Self {
        self.named(label, Unit::Ratio)
            .range(-1.0, 1.0)
            .slider(-1.0, 1.0, 0.05)
            .about("Correlation of the monthly shocks", "Z = L·e by Cholesky")
            .source("price and hashrate 0.2 since 2020; the others are placeholders")
    }
}

inputs!(
    Group::Risk,
    ALL,
    PATHS = whole!(risk.paths)
        .named("Paths", Unit::Count)
        .also(&["simulations", "trials", "Monte Carlo"])
        .range(100.0, 1e6)
        .slider(1000.0, 100_000.0, 1000.0)
        .log()
        .about("Number of simulated paths", "standard errors fall with its root")
        .source("10,000"),
    SEED = whole!(risk.seed)
        .named("Seed", Unit::Count)
        .also(&["random seed"])
        .range(0.0, 9_007_199_254_740_991.0)
        .slider(0.0, 100.0, 1.0)
        .about("Seed of the random numbers; the same seed gives the same result", "common random numbers")
        .source("1"),
    BITCOIN_VOLATILITY = number!(risk.bitcoin.volatility)
        .volatility("Bitcoin volatility")
        .source("45–60 % a year in all, 2023–2026")
        .market(Factor::Bitcoin),
    BITCOIN_LONG_VOLATILITY = number!(risk.bitcoin.long_volatility)
        .volatility("Settled volatility")
        .about("Volatility a year that bitcoin settles to", "σ(t) = σ∞ + (σ − σ∞)·e^(−τ/s)")
        .source("2022–2026 52.9 % a year, 2024–2026 47.4 %, 2025 37 %")
        .market(Factor::Bitcoin),
    BITCOIN_SETTLE_YEARS = number!(risk.bitcoin.settle_years)
        .named("Settles in", Unit::Years)
        .range(0.1, 50.0)
        .slider(0.5, 10.0, 0.5)
        .about("Years in which all but 1/e of the way to the settled volatility is gone", "e^(−τ/s)")
        .source("judgement: 2–8 years")
        .market(Factor::Bitcoin),
    JUMPS_PER_YEAR = number!(risk.bitcoin.jumps_per_year)
        .named("Jumps", Unit::Ratio)
        .also(&["crash frequency"])
        .range(0.0, 50.0)
        .slider(0.0, 12.0, 0.5)
        .about("Expected number of jumps a year", "Poisson")
        .source("3–6 a year")
        .market(Factor::Bitcoin),
    JUMP_MEAN = number!(risk.bitcoin.jump_mean)
        .named("Mean jump", Unit::Ratio)
        .also(&["crash size"])
        .range(-2.0, 2.0)
        .slider(-0.5, 0.5, 0.01)
        .about("Mean of the logarithm of a jump", "Merton")
        .source("−3 to −5 %")
        .market(Factor::Bitcoin),
    JUMP_SD = number!(risk.bitcoin.jump_sd)
        .named("Jump spread", Unit::Ratio)
        .range(0.0, 2.0)
        .slider(0.0, 0.5, 0.01)
        .about("Standard deviation of the logarithm of a jump", "Merton")
        .source("8–12 %")
        .market(Factor::Bitcoin),
    NETWORK_VOLATILITY = number!(risk.network.volatility)
        .volatility("Network volatility")
        .about(
            "Volatility a year of the hashrate around its rule, which answers to every shock; around its path where given",
            "ln H(t) = ln H(t−1) + g(t) + σ·√Δ·z",
        )
        .source("residual of the rule from month to month: 0.13 since 2022, 0.23 since the middle of 2020")
        .market(Factor::Network),
    RENTAL_VOLATILITY = number!(risk.rental.volatility)
        .volatility("Rental volatility")
        .source("35–45 % a year")
        .market(Factor::Rental),
    RENTAL_REVERSION = number!(risk.rental.reversion)
        .reversion("Rental reversion")
        .source("half-life of 4–8 months")
        .market(Factor::Rental),
    RENTAL_TREND_SD = number!(risk.rental.trend_sd)
        .named("Doubt of the rental’s trend", Unit::FractionPerYear)
        .also(&["trend uncertainty", "GPU price trend"])
        .range(0.0, 0.5)
        .slider(0.0, 0.3, 0.01)
        .about(
            "Nobody knows the trend: a path draws its own once, with this standard deviation a year",
            "e^(θτ − ½s²τ²), θ normal with sd s",
        )
        .source("published views of −14 to −51 % a year differ by 0.13; across GPU generations 0.08–0.10")
        .market(Factor::Rental),
    POWER_VOLATILITY = number!(risk.power.volatility)
        .volatility("Power volatility")
        .source("monthly means of wholesale prices, 45 %")
        .market(Factor::Power),
    POWER_REVERSION = number!(risk.power.reversion)
        .reversion("Power reversion")
        .source("half-life of a quarter")
        .market(Factor::Power),
    BITCOIN_NETWORK = number!(risk.correlation.bitcoin_network).correlation("Bitcoin with network"),
    BITCOIN_RENTAL = number!(risk.correlation.bitcoin_rental).correlation("Bitcoin with rental"),
    BITCOIN_POWER = number!(risk.correlation.bitcoin_power).correlation("Bitcoin with power"),
    NETWORK_RENTAL = number!(risk.correlation.network_rental).correlation("Network with rental"),
    NETWORK_POWER = number!(risk.correlation.network_power).correlation("Network with power"),
    RENTAL_POWER = number!(risk.correlation.rental_power).correlation("Rental with power"),
);
