//! What a business is to the kernel: monthly tables, and a step that turns the market of a month into cash.

use super::{CapitalPlan, Customer, Levels, Line, Run, Sink, Timing};
use crate::number::Real;
use crate::scenario::{CalendarMonth, Debt, Factor, Fault, Scenario, ValidScenario, WorksRisk};

/// Why a business cannot be evaluated; the others still are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotEvaluated {
    /// It would go live only at or after the end of the plan.
    #[error("live in month {live}, after the plan ends in month {horizon}")]
    NotLiveInTime {
        /// First month in which it could be live.
        live: usize,
        /// Length of the plan, months.
        horizon: usize,
    },
    /// Not even one machine fits on the site.
    #[error("the site does not carry a single {unit}")]
    NothingFits {
        /// What does not fit.
        unit: &'static str,
    },
    /// The record begins later than the plan, so that what came is not known.
    #[error("nothing is recorded of it before {first}")]
    NothingRecorded {
        /// The first month that can be replayed.
        first: CalendarMonth,
    },
    /// A value grew beyond what a number holds.
    #[error("a value grows beyond what a number holds; look for extreme growth rates")]
    Overflow,
}

/// Operating result of one month.
#[derive(Clone, Copy, Debug)]
pub struct Operations<V> {
    /// Operating cash, USD.
    pub cash: V,
    /// Worth of the coins mined and kept, which is income but no cash, USD.
    pub kept_value: V,
}

impl<V: Real> Operations<V> {
    /// Cash alone.
    #[inline(always)]
    pub fn cash(cash: V) -> Self {
        Self { cash, kept_value: cash.constant(0.0) }
    }

    /// Revenue less operating costs, with kept coins at the month's price, USD.
    #[inline(always)]
    pub fn ebitda(&self) -> V {
        self.cash + self.kept_value
    }
}

/// What a business is to the kernel: monthly tables, and a step that turns the market of a month into cash.
pub trait Venture: Sized {
    /// Figures that this business alone has.
    type Figures;

    /// The lines that it has besides those of every business.
    const LINES: &'static [Line];

    /// The lines of every business that it lacks, as site works where nothing is built.
    const WITHOUT: &'static [Line] = &[];

    /// What one month hands to the next: coins kept, credit left.
    type State<V: Real>: Copy;

    /// Compiles this business of a scenario, with its works so many months later than planned. The plan has no delay;
    /// with one it may go live only after `T`.
    ///
    /// # Errors
    /// Why it cannot be evaluated.
    fn compile(scenario: &ValidScenario, delay_months: usize) -> Result<Self, NotEvaluated>;

    /// What its works may do besides what is planned, in the simulation.
    fn works_risk(_: &Scenario) -> WorksRisk {
        WorksRisk::default()
    }

    /// What it has against a scenario whose values are all in range, as more machines than fit.
    fn fault(_: &Scenario) -> Option<Fault> {
        None
    }

    /// Whether a market moves its cash under the contracts of a scenario.
    fn depends_on(market: Factor, scenario: &Scenario) -> bool;

    /// Whether a market, where it leaves its plan, moves the default of a customer.
    fn default_follows(_market: Factor, _: &Scenario) -> bool {
        false
    }

    /// Its loan in a scenario; a business that spends nothing has nothing to borrow for.
    fn debt(_: &Scenario) -> Debt {
        Debt::None
    }

    /// Whether it uses the power of the site.
    fn is_on_site(&self) -> bool {
        true
    }

    /// Whether its worth before tax can only fall as the power price rises, in every month alike.
    fn falls_with_power(&self) -> bool {
        true
    }

    /// The figures of a run of it.
    fn figures(&self, run: &Run<'_>) -> Self::Figures;

    /// The state at the start.
    fn start<V: Real>(&self, like: V) -> Self::State<V>;

    /// Runs month `t` in a market and writes its lines to a sink.
    fn operate<V: Real, S: Sink<V>>(
        &self,
        t: usize,
        levels: &Levels<V>,
        state: &mut Self::State<V>,
        sink: &mut S,
    ) -> Operations<V>;

    /// What comes only because the plan ends at `T`, USD; `levels` are those of month `T`.
    fn end_proceeds<V: Real>(&self, levels: &Levels<V>, state: &Self::State<V>) -> V;

    /// Months after `T` whose earnings the end proceeds count: those left of a running lease.
    fn months_after_end(&self) -> usize {
        0
    }

    /// What of the end proceeds is the left value of its own works, USD: it grows with what they cost.
    fn works_end_value_usd(&self) -> f64;

    /// Whether it has a customer who may fail in a scenario.
    fn customer_can_fail(_: &Scenario) -> bool {
        false
    }

    /// Number of the term of a customer who may fail that begins in month `t`, counted from 0.
    #[inline(always)]
    fn term_begun(&self, _t: usize) -> Option<usize> {
        None
    }

    /// The customer who may fail, if there is one.
    #[inline(always)]
    fn customer<V: Real>(_: &Self::State<V>) -> Option<&Customer<V>> {
        None
    }

    /// The same, to begin its term.
    #[inline(always)]
    fn customer_mut<V: Real>(_: &mut Self::State<V>) -> Option<&mut Customer<V>> {
        None
    }

    /// Operating cash of a month at start levels, full ramp and with new machines, USD.
    fn cash_today(&self, start: &Levels<f64>) -> f64;

    /// What is spent, and when.
    fn capital(&self) -> &CapitalPlan;

    /// When it waits, builds and runs.
    fn timing(&self) -> Timing;
}

/// A calendar that is planned to end within the plan, or why it does not.
pub(crate) fn live_in_time(timing: Timing, scenario: &Scenario) -> Result<Timing, NotEvaluated> {
    let horizon = scenario.horizon_months as usize;
    if timing.planned_live() >= horizon {
        return Err(NotEvaluated::NotLiveInTime { live: timing.planned_live() + 1, horizon });
    }
    Ok(timing)
}
