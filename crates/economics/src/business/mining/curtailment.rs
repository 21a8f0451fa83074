//! Curtailment: miners are off in hours in which power costs more than it earns.

use crate::number::Real;
use crate::scenario::{Power, PowerContract};

/// Curtailment rule for the power price within a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curtailment {
    rule: Rule,
    /// Credit per MWh not taken, USD.
    credit_usd_per_mwh: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Rule {
    /// Every hour runs.
    Off,
    /// One price for every hour: all or nothing.
    OnePrice,
    /// Log-normal hourly prices with this standard deviation.
    Hourly(f64),
}

/// Run share of a month, and its power cost.
#[derive(Clone, Copy, Debug)]
pub struct Run<V> {
    /// Share of the hours, fraction (φ).
    pub share: V,
    /// Cost of power per MWh of the full month, USD (φπ): the mean price of the hours that run, times φ.
    pub power_usd_per_full_mwh: V,
}

impl Curtailment {
    /// The rule of a scenario's power contract.
    pub fn new(power: &Power) -> Self {
        let rule = match power.contract {
            _ if !power.curtailment => Rule::Off,
            PowerContract::Wholesale { hourly_sigma } if hourly_sigma > 0.0 => Rule::Hourly(hourly_sigma),
            PowerContract::Fixed | PowerContract::Wholesale { .. } => Rule::OnePrice,
        };
        let credit_usd_per_mwh = if power.curtailment {
            power.demand_response_usd_per_mw_month / crate::units::HOURS_PER_MONTH
        } else {
            0.0
        };
        Self { rule, credit_usd_per_mwh }
    }

    /// Credit per MWh not taken, USD.
    pub fn credit_usd_per_mwh(&self) -> f64 {
        self.credit_usd_per_mwh
    }

    /// Whether machines can be switched off.
    pub fn is_on(&self) -> bool {
        self.rule != Rule::Off
    }

    /// Run share and power cost of a month in which a MWh earns `revenue_usd_per_mwh` and costs `price_usd_per_mwh` on
    /// average.
    ///
    /// A credit for power not taken raises the cost of taking it, so machines run where `price + credit` is
    /// below the revenue.
    #[inline(always)]
    pub fn run<V: Real>(&self, revenue_usd_per_mwh: V, price_usd_per_mwh: V) -> Run<V> {
        let zero = price_usd_per_mwh.constant(0.0);
        let one = price_usd_per_mwh.constant(1.0);
        let worth = revenue_usd_per_mwh - self.credit_usd_per_mwh;
        match self.rule {
            Rule::Off => Run { share: one, power_usd_per_full_mwh: price_usd_per_mwh },
            Rule::OnePrice => {
                let runs = price_usd_per_mwh.less(worth);
                Run {
                    share: V::select(runs, one, zero),
                    power_usd_per_full_mwh: V::select(runs, price_usd_per_mwh, zero),
                }
            }
            Rule::Hourly(sigma) => {
                let smallest = price_usd_per_mwh.constant(f64::MIN_POSITIVE);
                let log_ratio = worth.max(smallest).ln() - price_usd_per_mwh.max(smallest).ln();
                let below = (log_ratio * (1.0 / sigma) + sigma / 2.0).normal_cdf();
                let paid = (log_ratio * (1.0 / sigma) - sigma / 2.0).normal_cdf() * price_usd_per_mwh;
                let worthless = !zero.less(worth);
                let free = !zero.less(price_usd_per_mwh);
                let share = V::select(free, one, below);
                Run {
                    share: V::select(worthless, zero, share),
                    power_usd_per_full_mwh: V::select(worthless, zero, paid),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Trajectory;

    fn power(contract: PowerContract, demand_response: f64) -> Power {
        Power {
            price_usd_per_kwh: Trajectory::growing(0.05, 0.0),
            contract,
            fixed_months: 0,
            curtailment: true,
            demand_response_usd_per_mw_month: demand_response,
        }
    }

    #[test]
    fn hourly_shares_integrate_the_price_distribution() {
        let sigma = 0.7;
        let rule = Curtailment::new(&power(PowerContract::Wholesale { hourly_sigma: sigma }, 0.0));
        let (revenue, mean) = (60.0, 50.0);
        // Midpoint rule over the standard normal.
        let (mut share, mut cost) = (0.0, 0.0);
        let steps = 400_000;
        for i in 0..steps {
            let z = -8.0 + 16.0 * (f64::from(i) + 0.5) / f64::from(steps);
            let density =
                (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt() * 16.0 / f64::from(steps);
            let price = mean * (sigma * z - 0.5 * sigma * sigma).exp();
            if price < revenue {
                share += density;
                cost += density * price;
            }
        }
        let run = rule.run(revenue, mean);
        assert!((run.share - share).abs() < 1e-5, "{} {share}", run.share);
        assert!((run.power_usd_per_full_mwh - cost).abs() < 1e-3, "{} {cost}", run.power_usd_per_full_mwh);
    }

    #[test]
    fn a_credit_for_standing_by_moves_the_threshold() {
        let rule = Curtailment::new(&power(PowerContract::Fixed, 730.5 * 20.0));
        assert_eq!(rule.run(60.0, 50.0).share, 0.0);
        assert_eq!(rule.run(71.0, 50.0).share, 1.0);
        assert_eq!(rule.run(71.0, 50.0).power_usd_per_full_mwh, 50.0);
    }

    #[test]
    fn free_power_always_runs_and_worthless_hashes_never_do() {
        for contract in [PowerContract::Fixed, PowerContract::Wholesale { hourly_sigma: 0.5 }] {
            let rule = Curtailment::new(&power(contract, 0.0));
            let free = rule.run(10.0, 0.0);
            assert_eq!((free.share, free.power_usd_per_full_mwh), (1.0, 0.0));
            let worthless = rule.run(0.0, 0.0);
            assert_eq!((worthless.share, worthless.power_usd_per_full_mwh), (0.0, 0.0));
        }
    }
}
