//! Figures of AI hosting.

use super::Plan;
use crate::finance;
use crate::kernel::{Absent, Ledger, Line, Maybe, PowerPrice, Run, Venture as _, ratio};

/// Figures of AI hosting.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Figures {
    /// IT power, MW.
    pub it_mw: f64,
    /// NOI of the first 12 months at full ramp over own capex, a year.
    pub yield_on_cost: Maybe<f64>,
    /// NOI over fees of the same months.
    pub noi_margin: Maybe<f64>,
    /// Present value of costs over present value of IT power let, USD/kW-month.
    pub levelised_usd_per_kw_month: Maybe<f64>,
    /// First month in which the customer's funding is fully credited.
    pub credit_used_up_month: Maybe<f64>,
    /// Months of the running lease that the end value counts.
    pub end_term_months: f64,
    /// Power price at the start at which the net present value is zero, USD/kWh.
    pub break_even_power_usd_per_kwh: Maybe<f64>,
}

/// Cost lines of the levelised cost per kW let. The works' value at the end of the plan is subtracted separately; fees
/// after the plan are no cost.
pub(super) const LEVELISED_COSTS: [Line; 4] =
    [Line::CapexWorks, Line::PowerBilledOn, Line::Power, Line::Opex];

impl Figures {
    pub(crate) fn new(plan: &Plan, run: &Run<'_>) -> Self {
        let ledger = run.ledger;
        let first_year = first_full_year(plan, ledger.line(Line::Fees).len());
        let noi = first_year.map(|months| {
            let lines = [Line::Fees, Line::PowerBilledOn, Line::Power, Line::Opex];
            let over_year = |line: Line| ledger.line(line)[months.clone()].iter().sum::<f64>();
            let noi: f64 = lines.into_iter().map(over_year).sum();
            let fees: f64 = ledger.line(Line::Fees)[months].iter().sum();
            (noi, fees)
        });
        let capex = plan.capital().capex_usd();
        Self {
            it_mw: plan.it_mw(),
            yield_on_cost: noi.and_then(|(noi, _)| ratio(noi, capex, Absent::NoCapex)),
            noi_margin: noi.and_then(|(noi, fees)| ratio(noi, fees, Absent::NothingSold)),
            levelised_usd_per_kw_month: run.levelised(
                LEVELISED_COSTS,
                plan.capital().works_value_usd(run.levels.len() - 1),
                Line::KwMonthsLet,
            ),
            credit_used_up_month: credit_used_up(plan, ledger),
            end_term_months: plan.months_after_end() as f64,
            break_even_power_usd_per_kwh: if plan.pays_power() {
                PowerPrice { plan, run }.nearest()
            } else {
                Err(Absent::PaysNoPower)
            },
        }
    }
}

/// The first twelve months at full ramp.
fn first_full_year(plan: &Plan, months: usize) -> Maybe<std::ops::Range<usize>> {
    let first = plan.timing().first_full_month();
    if first + 12 <= months { Ok(first..first + 12) } else { Err(Absent::TooShort) }
}

/// First month in which the customer's funding is fully credited.
fn credit_used_up(plan: &Plan, ledger: &Ledger) -> Maybe<f64> {
    let funded = plan.customer_funded_usd();
    if funded <= 0.0 {
        return Err(Absent::NoCredit);
    }
    let used_up = |credited: f64| -credited >= funded * (1.0 - 1e-12);
    finance::cumulative(ledger.line(Line::CreditToCustomer))
        .position(used_up)
        .map(|t| t as f64)
        .ok_or(Absent::Never)
}
