//! Figures of a business for a ranking.

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
    /// Blocks of paths that share a draw and so are one sample.
    pub blocks: Blocks,
    /// Share of paths with a negative net present value.
    pub loss: f64,
    /// Mean of the net present value, USD.
    pub mean_usd: f64,
    /// Minus the mean of the worst 5 %, USD: positive for a loss.
    pub cvar_usd: f64,
    /// Share of the simulated bitcoin prices at `T` that lie below the plan's; `None` where it is not known.
    pub bitcoin_percentile: Option<f64>,
}

/// Simulated figures of a business in a verdict.
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

/// Figures of a business for a ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The business.
    pub business: Business,
    /// Net present value of the plan, USD.
    pub npv_usd: f64,
    /// The part of it from end proceeds, USD.
    pub end_proceeds_npv_usd: f64,
    /// Own capex, on the equity basis peak equity, USD.
    pub capital_usd: Maybe<f64>,
    /// Net present value per dollar of capital.
    pub npv_per_capex: Maybe<f64>,
    /// Internal rate of return a year.
    pub irr: Maybe<f64>,
    /// First payback, months.
    pub payback_months: Maybe<f64>,
    /// Payback for good, months.
    pub payback_last_months: Maybe<f64>,
    /// Lowest operating cash over debt service.
    pub min_dscr: Maybe<f64>,
    /// The single customer that the business depends on.
    pub customer: Option<OneCustomer>,
    /// Simulated figures, if there is a simulation.
    pub odds: Option<Odds>,
}

impl Candidate {
    /// Figures of the plan of a business, and of its simulation if there is one.
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

    /// Its value of a criterion; for payback, the last crossing.
    ///
    /// # Errors
    /// If it has none, with the reason.
    pub fn value(&self, criterion: Criterion) -> Maybe<f64> {
        match criterion {
            Criterion::Value => Ok(self.npv_usd),
            Criterion::ValuePerCapex => self.npv_per_capex,
            Criterion::Payback => self.payback_last_months,
            Criterion::Irr => self.irr,
            Criterion::Loss => self.odds.map(|odds| odds.loss).ok_or(Absent::NotSimulated),
        }
    }

    /// Simulated mean of a criterion, if it has one.
    pub fn mean(&self, criterion: Criterion) -> Option<f64> {
        let mean_usd = self.odds?.mean_usd;
        match criterion {
            Criterion::Value => Some(mean_usd),
            Criterion::ValuePerCapex => self.capital_usd.ok().map(|capital| mean_usd / capital),
            Criterion::Payback | Criterion::Irr | Criterion::Loss => None,
        }
    }

    /// Mean loss of the worst 5 % of paths per dollar of capital.
    pub fn cvar_per_capital(&self) -> Option<f64> {
        Some(self.odds?.cvar_usd / self.capital_usd.ok()?)
    }

    /// Whether end proceeds are more than half of its net present value; `false` for a negative value.
    pub fn is_mostly_end(&self) -> bool {
        self.npv_usd >= 0.0
            && (self.end_proceeds_npv_usd > 0.5 * self.npv_usd || self.npv_usd < self.end_proceeds_npv_usd)
    }

    /// Net present value without end proceeds, USD.
    pub fn npv_without_end_usd(&self) -> f64 {
        self.npv_usd - self.end_proceeds_npv_usd
    }
}
