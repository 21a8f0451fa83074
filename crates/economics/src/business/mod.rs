//! The cash-flow kernel: three businesses on the same megawatts, month by month.
//!
//! A validated scenario is compiled into a [`Plan`] of monthly tables. One step per business turns the market
//! of a month into cash, over any [`Real`]: `f64` for the curve that is shown, lanes for simulated paths.

mod basis;
mod capital;
mod curtailment;
mod financing;
mod hosting;
mod lease;
mod leasing;
mod ledger;
mod market;
mod mining;
mod timing;

use crate::number::Real;
use crate::scenario::{Scenario, ValidScenario};

pub use basis::Basis;
pub use capital::{CapitalPlan, Outlay};
pub use curtailment::Curtailment;
pub use financing::{Books, Financing, LastTax};
pub use hosting::HostingPlan;
pub use leasing::LeasingPlan;
pub(crate) use leasing::gpus_that_fit;
pub use ledger::{LINES, Ledger, Line, MonthOfLedger, Sink};
pub use market::{Factors, Levels, Market};
pub use mining::MiningPlan;
pub use timing::Timing;

/// The three uses of a megawatt, in the order in which they are always shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Business {
    /// Mine bitcoin with own machines.
    Mining,
    /// Let space and power to AI customers.
    Hosting,
    /// Rent out own GPUs by the hour.
    Leasing,
}

impl Business {
    /// All three, in order.
    pub const ALL: [Self; 3] = [Self::Mining, Self::Hosting, Self::Leasing];

    /// The stable name in ids and files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mining => "mining",
            Self::Hosting => "hosting",
            Self::Leasing => "leasing",
        }
    }

    /// The name in titles.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mining => "Mining",
            Self::Hosting => "AI hosting",
            Self::Leasing => "Compute leasing",
        }
    }

    /// The name inside a sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mining => "mining",
            Self::Hosting => "hosting",
            Self::Leasing => "leasing",
        }
    }
}

/// Why a business cannot be evaluated; the others still are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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

/// One business as monthly tables, and its month step.
pub trait BusinessPlan {
    /// What one month hands to the next: coins kept, credit left.
    type State<V: Real>: Copy;

    /// The state at the start.
    fn start<V: Real>(&self, like: V) -> Self::State<V>;

    /// Runs month `t` in a market and tells a sink its lines.
    fn operate<V: Real, S: Sink<V>>(
        &self,
        t: usize,
        levels: &Levels<V>,
        state: &mut Self::State<V>,
        sink: &mut S,
    ) -> Operations<V>;

    /// What comes only because the plan ends at `T`, USD; `levels` are those of month `T`.
    fn end_proceeds<V: Real>(&self, levels: &Levels<V>, state: &Self::State<V>) -> V;

    /// Operating cash of a month at start levels, full ramp and with new machines, USD.
    fn cash_today(&self, start: &Levels<f64>) -> f64;

    /// What is spent, and when.
    fn capital(&self) -> &CapitalPlan;

    /// When it waits, builds and runs.
    fn timing(&self) -> Timing;
}

/// A scenario compiled into monthly tables.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The markets all three see.
    pub market: Market,
    /// Mining, or why there is none.
    pub mining: Result<MiningPlan, NotEvaluated>,
    /// AI hosting, or why there is none.
    pub hosting: Result<HostingPlan, NotEvaluated>,
    /// Compute leasing, or why there is none.
    pub leasing: Result<LeasingPlan, NotEvaluated>,
}

impl Plan {
    /// Compiles a scenario.
    pub fn compile(scenario: &ValidScenario) -> Self {
        Self {
            market: Market::compile(scenario),
            mining: MiningPlan::compile(scenario),
            hosting: HostingPlan::compile(scenario),
            leasing: LeasingPlan::compile(scenario),
        }
    }
}

/// Whole machines that a share of power carries; the factor keeps the order of the operands from losing one.
pub(crate) fn whole_machines(count: f64) -> f64 {
    (count * (1.0 + 1e-12)).floor()
}

/// A calendar that ends within the plan, or why it does not.
pub(crate) fn live_in_time(timing: Timing, scenario: &Scenario) -> Result<Timing, NotEvaluated> {
    let horizon = scenario.horizon_months as usize;
    if timing.live() >= horizon {
        return Err(NotEvaluated::NotLiveInTime { live: timing.live() + 1, horizon });
    }
    Ok(timing)
}

/// Yearly steps `(1 + rate)^⌊months/12⌋` of escalators and inflation.
#[derive(Clone, Debug)]
pub(crate) struct YearlySteps {
    powers: Vec<f64>,
}

impl YearlySteps {
    /// The steps of the first `months` months and the year after them.
    pub(crate) fn new(rate: f64, months: usize) -> Self {
        let years = 0..=(months / 12 + 1) as i32;
        Self { powers: years.map(|year| (1.0 + rate).powi(year)).collect() }
    }

    /// The factor after so many whole months.
    pub(crate) fn after(&self, months: usize) -> f64 {
        self.powers[months / 12]
    }

    /// Inflation on a cost of month `t` in money of the start: the first year's costs are not raised.
    pub(crate) fn of_month(&self, t: usize) -> f64 {
        self.after(t.saturating_sub(1))
    }
}

/// What is left of a price at an age: `share^(age/life)`.
pub(crate) fn price_left(share: f64, age_months: f64, life_months: u32) -> f64 {
    if age_months == 0.0 { 1.0 } else { (share.ln() * age_months / f64::from(life_months)).exp() }
}

/// Discount factor of one month: `(1 + rate)^(−1/12)`.
pub(crate) fn monthly_discount(yearly_rate: f64) -> f64 {
    (-yearly_rate.ln_1p() / 12.0).exp()
}
