//! How every start month would have done, for each business.

use super::machine::Machines;
use super::record::Record;
use super::staged::{NotReplayed, Staged};
use crate::business::{AnyPlan, Business, PerBusiness};
use crate::finance;
use crate::kernel::{Absent, Basis, Maybe, NotEvaluated, ratio};
use crate::results::Flows;
use crate::results::from_flows::FromFlows;
use crate::results::service::peak_equity_usd;
use crate::scenario::{CalendarMonth, ValidScenario};

/// A business of a start month in the markets that came.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cell {
    /// Net present value per dollar of the capital that the plan asked for.
    pub npv_per_capital: Maybe<f64>,
    /// Months until the money is back for good.
    pub payback_months: Maybe<f64>,
    /// The most that cumulative cash fell from an earlier high, the start among them, per dollar of the same capital: 1
    /// where what was paid in is lost on the way, more where it was not enough.
    pub worst_drawdown: Maybe<f64>,
}

/// All start months of a record.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Strip {
    /// The first start.
    pub first: CalendarMonth,
    /// By start month, then business; a business of which nothing is recorded has the reason.
    pub months: Vec<PerBusiness<Result<Cell, NotEvaluated>>>,
}

impl Strip {
    /// Replays a scenario from every month of a record.
    ///
    /// # Errors
    /// If a recorded value is none that its input allows.
    pub fn new(
        record: &Record,
        scenario: &ValidScenario,
        machines: Machines,
        basis: Basis,
    ) -> Result<Self, NotReplayed> {
        let months = record.starts().map(|start| {
            let staged = Staged::new(record, scenario, start, machines, basis)?;
            Ok(PerBusiness::new(|business| match &staged.businesses[business] {
                Ok(plan) => Cell::new(&staged, business, plan),
                Err(reason) => Err(reason.clone()),
            }))
        });
        Ok(Self { first: record.first_start(), months: months.collect::<Result<_, NotReplayed>>()? })
    }

    /// A business of a start; `None` outside of the record.
    pub fn cell(&self, start: CalendarMonth, business: Business) -> Option<&Result<Cell, NotEvaluated>> {
        let index = (start >= self.first).then(|| start.months_since(self.first))?;
        self.months.get(index as usize).map(|month| &month[business])
    }
}

impl Cell {
    fn new(staged: &Staged, business: Business, plan: &AnyPlan) -> Result<Self, NotEvaluated> {
        let flows = staged.site_in(&staged.came_levels).flows(plan);
        if !flows.net.iter().all(|flow| flow.is_finite()) {
            return Err(NotEvaluated::Overflow);
        }
        let discount_rate = business.discount_rate(&staged.came);
        let (capital, without) = match staged.basis {
            // The owner's money as planned: what is lost beyond it would else be its own measure.
            Basis::EquityAfterTax => {
                (peak_equity_usd(&staged.site_believed().flows(plan).equity), Absent::NoEquity)
            }
            Basis::ProjectBeforeTax | Basis::ProjectAfterTax => (plan.capital().capex_usd(), Absent::NoCapex),
        };
        Ok(Self {
            npv_per_capital: ratio(
                finance::npv(finance::monthly_rate(discount_rate), &flows.net),
                capital,
                without,
            ),
            payback_months: FromFlows::PAYBACK_FOR_GOOD.value(&flows, plan.capital(), discount_rate),
            worst_drawdown: ratio(drawdown_usd(&flows), capital, without),
        })
    }
}

/// The deepest fall of cumulative cash, without end proceeds, from an earlier high, USD.
fn drawdown_usd(flows: &Flows) -> f64 {
    let (mut cumulative, mut high, mut deepest) = (0.0_f64, 0.0_f64, 0.0_f64);
    for flow in flows.without_end_proceeds() {
        cumulative += flow;
        high = high.max(cumulative);
        deepest = deepest.max(high - cumulative);
    }
    deepest
}
