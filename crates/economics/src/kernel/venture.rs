//! Interface between a business and the kernel.

use super::{CapitalCost, CapitalPlan, Customer, Levels, Line, Run, Sink, Timing, Variant};
use crate::number::Real;
use crate::scenario::{CalendarMonth, Debt, Factor, Fault, Scenario, ValidScenario, WorksRisk};

/// Reason why a business cannot be evaluated; the others still are.
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
        /// Name of the unit that does not fit.
        unit: &'static str,
    },
    /// The record begins later than the plan, so that what came is not known.
    #[error("nothing is recorded of it before {}", first.short_name())]
    NothingRecorded {
        /// The first month that can be replayed.
        first: CalendarMonth,
    },
    /// The record has nothing of it in any month.
    #[error("the record has nothing of it")]
    NotRecorded,
    /// A value grew beyond the range of `f64`.
    #[error("a value grows beyond what a number holds; look for extreme growth rates")]
    Overflow,
}

/// What must be recorded of a month for a plan that starts there to be replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayedOn {
    /// Price and network, and a machine that could be bought.
    Machines,
    /// Leases of halls.
    Leases,
    /// The GPU rental.
    Rental,
    /// No record has it, so that no month can be replayed.
    Nothing,
}

/// Operating result of one month.
#[derive(Clone, Copy, Debug)]
pub struct Operations<V> {
    /// Operating cash, USD.
    pub cash: V,
    /// Value of the coins mined and kept, which is income but no cash, USD.
    pub kept_value: V,
}

impl<V: Real> Operations<V> {
    /// A result of cash alone.
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

/// A business for the kernel: monthly tables, and a step from the market of a month to cash.
pub trait Venture: Sized {
    /// Figures of this business alone.
    type Figures;

    /// Lines that it has in addition to the common ones.
    const LINES: &'static [Line];

    /// Common lines that it does not have, e.g. site works where nothing is built.
    const WITHOUT: &'static [Line] = &[];

    /// Number of the random stream of its customer who may fail, if the simulation draws one.
    ///
    /// Its later terms follow in steps of eight. A seed keeps its draws only while numbers stay as they are: a new business
    /// takes one from 11 to 16 that no other has, since overruns of works and second terms have those before.
    const CUSTOMER_STREAM: Option<u64> = None;

    /// What a plan of the past is replayed on.
    const REPLAYED_ON: ReplayedOn = ReplayedOn::Nothing;

    /// What its capital buys, a plural at the begin of a sentence.
    const BOUGHT: &'static str = "Plans";

    /// Id of the input that is the price of what it sells; `None` if no one price is.
    const SOLD_AT: Option<&'static str> = None;

    /// What capital of its kinds costs, to choose a discount rate from.
    const CAPITAL_COSTS: &'static [CapitalCost] = &[];

    /// State carried from month to month: coins kept, credit left.
    type State<V: Real>: Copy;

    /// Compiles this business of a scenario, as it is planned or in a variant of that. With a delay it may go live only after
    /// `T`.
    ///
    /// # Errors
    /// If it cannot be evaluated, with the reason.
    fn compile(scenario: &ValidScenario, variant: Variant) -> Result<Self, NotEvaluated>;

    /// Delay and overrun risk of its works, in the simulation.
    fn works_risk(_: &Scenario) -> WorksRisk {
        WorksRisk::default()
    }

    /// Fault of a scenario whose values are all in range, e.g. more machines than fit.
    fn fault(_: &Scenario) -> Option<Fault> {
        None
    }

    /// Whether a market changes its cash flow under the contracts of a scenario.
    fn depends_on(market: Factor, scenario: &Scenario) -> bool;

    /// Whether a market that deviates from the plan changes the default hazard of its customer.
    fn default_follows(_market: Factor, _: &Scenario) -> bool {
        false
    }

    /// Whether the recorded hashrate of the network holds its machines already.
    fn is_counted_in_network(_: &Scenario) -> bool {
        false
    }

    /// Its debt in a scenario; none for a business without capex.
    fn debt(_: &Scenario) -> Debt {
        Debt::None
    }

    /// Whether it uses the power of the site.
    fn is_on_site(&self) -> bool {
        true
    }

    /// Whether its net present value before tax never rises with the power price, in every month alike.
    fn falls_with_power(&self) -> bool {
        true
    }

    /// Figures of a run.
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

    /// End proceeds, USD: received only because the plan ends at `T`. `levels` are those of month `T`.
    fn end_proceeds<V: Real>(&self, levels: &Levels<V>, state: &Self::State<V>) -> V;

    /// Months after `T` whose earnings the end proceeds count: those left of a running lease.
    fn months_after_end(&self) -> usize {
        0
    }

    /// Part of the end proceeds for its own works, USD; it scales with their cost.
    fn works_end_value_usd(&self) -> f64;

    /// Whether it has a customer who can default in a scenario.
    fn customer_can_fail(_: &Scenario) -> bool {
        false
    }

    /// Number, from 0, of the term that begins in month `t` for a customer who can default.
    #[inline(always)]
    fn term_begun(&self, _t: usize) -> Option<usize> {
        None
    }

    /// The customer who can default, if there is one.
    #[inline(always)]
    fn customer<V: Real>(_: &Self::State<V>) -> Option<&Customer<V>> {
        None
    }

    /// Mutable access to the customer, to begin its term.
    #[inline(always)]
    fn customer_mut<V: Real>(_: &mut Self::State<V>) -> Option<&mut Customer<V>> {
        None
    }

    /// Operating cash of a month at start levels, full ramp and with new machines, USD.
    fn cash_today(&self, start: &Levels<f64>) -> f64;

    /// Capital flows by month.
    fn capital(&self) -> &CapitalPlan;

    /// Calendar of queue, construction, ramp and operation.
    fn timing(&self) -> Timing;
}

/// The calendar, if live is planned within the plan.
pub(crate) fn live_in_time(timing: Timing, scenario: &Scenario) -> Result<Timing, NotEvaluated> {
    let horizon = scenario.horizon_months as usize;
    if timing.planned_live() >= horizon {
        return Err(NotEvaluated::NotLiveInTime { live: timing.planned_live() + 1, horizon });
    }
    Ok(timing)
}
