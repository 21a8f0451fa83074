//! What a ranking knows of a business.

use crate::business::Business;
use crate::kernel::{Absent, Maybe, OneCustomer};
use crate::results::{Blocks, Evaluation};
use crate::scenario::Scenario;

use super::Criterion;

/// The simulated NPV of a business. Paths of the same index have the same markets in every business.
#[derive(Clone, Copy, Debug)]
pub struct SimulatedNpv<'a> {
    /// Net present value of each path, USD.
    pub npv_usd: &'a [f64],
    /// Paths that are one sample, because they share a draw.
    pub blocks: Blocks,
    /// Share of paths with a negative one.
    pub loss: f64,
    /// Their mean, USD.
    pub mean_usd: f64,
    /// Minus the mean of the worst 5 %, USD: positive for a loss.
    pub cvar_usd: f64,
    /// Share of the simulated bitcoin prices at `T` that lie below the plan's; `None` where it is not known.
    pub bitcoin_percentile: Option<f64>,
}

/// The simulated figures of a business that a verdict says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    /// Number of paths.
    pub paths: usize,
    /// Mean of the net present value, USD.
    pub mean_usd: f64,
    /// Share of paths with a negative net present value.
    pub loss: f64,
    /// Minus the mean of the worst 5 %, USD.
    pub cvar_usd: f64,
    /// Share of the simulated bitcoin prices at `T` that lie below the plan's.
    pub bitcoin_percentile: Option<f64>,
}

/// What a ranking knows of a business.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Which one.
    pub business: Business,
    /// Net present value of the plan, USD.
    pub npv_usd: f64,
    /// The part of it that comes only because the plan ends, USD.
    pub end_proceeds_npv_usd: f64,
    /// Own capex, on the equity basis peak equity, USD.
    pub capital_usd: Maybe<f64>,
    /// Net present value per dollar of it.
    pub npv_per_capex: Maybe<f64>,
    /// Internal rate of return a year.
    pub irr: Maybe<f64>,
    /// First payback, months.
    pub payback_months: Maybe<f64>,
    /// Payback for good, months.
    pub payback_last_months: Maybe<f64>,
    /// Lowest operating cash over debt service.
    pub min_dscr: Maybe<f64>,
    /// The customer on whom the business rests.
    pub customer: Option<OneCustomer>,
    /// What a simulation found.
    pub odds: Option<Odds>,
}

impl Candidate {
    /// What the plan says of a business, and its simulation where there is one.
    pub fn new(scenario: &Scenario, evaluation: &Evaluation, paths: Option<&SimulatedNpv<'_>>) -> Self {
        let measures = &evaluation.measures;
        Self {
            business: evaluation.business,
            npv_usd: measures.npv_usd,
            end_proceeds_npv_usd: measures.end_proceeds_npv_usd,
            capital_usd: evaluation.capital_usd(),
            npv_per_capex: measures.npv_per_capex,
            irr: measures.irr,
            payback_months: measures.payback_months,
            payback_last_months: measures.payback_last_months,
            min_dscr: measures.service.min_dscr,
            customer: evaluation.one_customer(scenario),
            odds: paths.map(|paths| Odds {
                paths: paths.npv_usd.len(),
                mean_usd: paths.mean_usd,
                loss: paths.loss,
                cvar_usd: paths.cvar_usd,
                bitcoin_percentile: paths.bitcoin_percentile,
            }),
        }
    }

    /// Its value of a criterion; by payback the last crossing counts.
    ///
    /// # Errors
    /// Why it has none.
    pub fn value(&self, criterion: Criterion) -> Maybe<f64> {
        match criterion {
            Criterion::Value => Ok(self.npv_usd),
            Criterion::ValuePerCapex => self.npv_per_capex,
            Criterion::Payback => self.payback_last_months,
            Criterion::Irr => self.irr,
            Criterion::Loss => self.odds.map(|odds| odds.loss).ok_or(Absent::NotSimulated),
        }
    }

    /// Simulated mean of a criterion, where it has one.
    pub fn mean(&self, criterion: Criterion) -> Option<f64> {
        let mean_usd = self.odds?.mean_usd;
        match criterion {
            Criterion::Value => Some(mean_usd),
            Criterion::ValuePerCapex => self.capital_usd.ok().map(|capital| mean_usd / capital),
            Criterion::Payback | Criterion::Irr | Criterion::Loss => None,
        }
    }

    /// What the worst 5 % of paths lose on average per dollar of capital.
    pub fn cvar_per_capital(&self) -> Option<f64> {
        Some(self.odds?.cvar_usd / self.capital_usd.ok()?)
    }

    /// Whether most of its net present value, or all of it, comes only because the plan ends. A loss has no value of
    /// which that could be said.
    pub fn is_mostly_end(&self) -> bool {
        self.npv_usd >= 0.0
            && (self.end_proceeds_npv_usd > 0.5 * self.npv_usd || self.npv_usd < self.end_proceeds_npv_usd)
    }

    /// Net present value without what comes only because the plan ends, USD.
    pub fn npv_without_end_usd(&self) -> f64 {
        self.npv_usd - self.end_proceeds_npv_usd
    }
}
