//! A record of 1,200 months simulated from known parameters.

use wattfolio_economics::bitcoin::{hashprice_usd_per_ph_day, recorded_subsidy_btc};
use wattfolio_economics::history::{Record, Recorded, Series};
use wattfolio_economics::scenario::{CalendarMonth, NetworkRule, Scenario};

use super::record::{month, steady};

pub const MONTHS: usize = 1_200;
pub const FIRST: &str = "2010-01";

/// A generator of its own, so that the estimates are tested by other random numbers than the product's.
pub struct Noise(u64);

impl Noise {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Jumps of a month, in logarithms.
    fn jumps(&mut self, expected: f64, mean: f64, sd: f64) -> f64 {
        let (mut sum, mut left) = (0.0, (-expected).exp());
        let mut product = self.uniform();
        while product > left {
            sum += mean + sd * self.normal();
            product *= self.uniform();
            left = (-expected).exp();
        }
        sum
    }
}

/// Simulates months under the risks, rule and rental of a scenario, without drift of the price.
pub fn simulate(scenario: &Scenario, seed: u64) -> Record {
    let noise = &mut Noise::new(seed);
    let (risk, dt) = (&scenario.risk, 1.0 / 12.0_f64);
    let NetworkRule::Responsive {
        response_per_month,
        breakeven_hashprice_usd,
        breakeven_decline_per_year,
        same_month,
        inertia,
        max_fall,
        max_rise,
    } = scenario.bitcoin.network
    else {
        panic!("the rule is what is calibrated")
    };
    let at = |index: usize| month(FIRST).plus(index as u32);
    let share = 0.02;
    let (mut close, mut network) = (vec![100.0_f64, 100.0], vec![1.0_f64, 1.0]);
    let (mut rental, mut distance) = (Vec::new(), 0.0_f64);
    let mut price_shocks = [0.0; 2];
    let (kappa, trend) =
        (risk.rental.reversion, scenario.leasing.rental_usd_per_gpu_hour.growth_per_year.ln_1p());
    for index in 2..MONTHS {
        let shock = noise.normal();
        price_shocks = [price_shocks[1], shock];
        let bitcoin = &risk.bitcoin;
        let jumps = noise.jumps(bitcoin.jumps_per_year * dt, bitcoin.jump_mean, bitcoin.jump_sd);
        // Jumps have no mean, lest a hundred years of them leave no price.
        let jumps = jumps - bitcoin.jumps_per_year * dt * bitcoin.jump_mean;
        close.push(close[index - 1] * (bitcoin.volatility * dt.sqrt() * shock + jumps).exp());
        let mid = |t: usize| (close[t - 1] * close[t]).sqrt();
        let before: CalendarMonth = at(index - 1);
        let reward = recorded_subsidy_btc(before) * (1.0 + share);
        let pay = hashprice_usd_per_ph_day(reward, mid(index - 1), network[index - 1]);
        let years = before.years_since(month("2026-11")) + 0.5 / 12.0;
        let need = breakeven_hashprice_usd * (1.0 - breakeven_decline_per_year).powf(years);
        let growth = response_per_month * (pay / need).ln()
            + inertia * (network[index - 1] / network[index - 2]).ln()
            + same_month * (mid(index) / mid(index - 1)).ln();
        // The price of mid-months moves by the mean of two months' shocks.
        let of_price = (price_shocks[0] + price_shocks[1]) / 2.0_f64.sqrt();
        let together = risk.correlation.bitcoin_network;
        let shock = together * of_price + (1.0 - together * together).sqrt() * noise.normal();
        let sigma = risk.network.volatility;
        let chance = sigma * dt.sqrt() * shock - 0.5 * sigma * sigma * dt;
        network.push(network[index - 1] * (growth.max(-max_fall).min(max_rise) + chance).exp());
    }
    for index in 0..MONTHS {
        rental.push(3.0 * (trend * index as f64 * dt + distance).exp());
        let sd = risk.rental.volatility * ((1.0 - (-2.0 * kappa * dt).exp()) / (2.0 * kappa)).sqrt();
        distance = distance * (-kappa * dt).exp() + sd * noise.normal();
    }
    let series = |values: Vec<f64>| {
        let months = values.into_iter().map(|value| Recorded { value, is_estimate: false });
        Series::new(month(FIRST), months.collect()).unwrap()
    };
    let fees = steady(FIRST, MONTHS, |_| share);
    Record::new((series(close), series(network), fees), (series(rental), 3.0), month("2024-06"), Vec::new())
}
