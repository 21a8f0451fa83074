//! The cash reserve against a shortfall.

use crate::kernel::{Financing, Ledger, Line, Timing, operating_costs};
use crate::scenario::Risk;

/// Lines of what operation costs. Power that is billed on is the customer's, and nets with its cost: the two stand side
/// by side, so that nothing is lost between them.
pub(crate) fn costs() -> impl Iterator<Item = Line> {
    [Line::PowerBilledOn].into_iter().chain(operating_costs())
}

/// The cash reserve plus `reserve_months` of the plan's mean operating costs and scheduled debt service after the ramp,
/// USD.
pub(crate) fn reserve_usd(risk: &Risk, ledger: &Ledger, financing: &Financing, timing: Timing) -> f64 {
    let months = timing.ramp_end() + 1..=financing.horizon();
    let count = months.clone().count();
    if risk.reserve_months == 0.0 || count == 0 {
        return risk.cash_reserve_usd;
    }
    let spent = |t: usize| {
        let costs: f64 = costs().map(|line| ledger.line(line)[t]).sum();
        financing.debt().months[t].payment - costs
    };
    risk.cash_reserve_usd + risk.reserve_months * months.map(spent).sum::<f64>() / count as f64
}
