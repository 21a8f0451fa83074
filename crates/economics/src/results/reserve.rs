//! The cash reserve against a shortfall.

use crate::kernel::{Financing, Ledger, Line, Timing};
use crate::scenario::Risk;

/// Lines of operating costs. Power billed on cancels its cost; the two are adjacent, so that they cancel exactly.
pub(crate) const COSTS: [Line; 6] =
    [Line::Power, Line::PowerBilledOn, Line::Opex, Line::Maintenance, Line::Replacement, Line::Colocation];

/// The cash reserve plus `reserve_months` of the plan's mean operating costs and scheduled debt service after the ramp,
/// USD.
pub(crate) fn reserve_usd(risk: &Risk, ledger: &Ledger, financing: &Financing, timing: Timing) -> f64 {
    let months = timing.ramp_end() + 1..=financing.horizon();
    let count = months.clone().count();
    if risk.reserve_months == 0.0 || count == 0 {
        return risk.cash_reserve_usd;
    }
    let spent = |t: usize| {
        let costs: f64 = COSTS.iter().map(|line| ledger.line(*line)[t]).sum();
        financing.debt().months[t].payment - costs
    };
    risk.cash_reserve_usd + risk.reserve_months * months.map(spent).sum::<f64>() / count as f64
}
