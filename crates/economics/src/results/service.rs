//! Debt service: cover, the owner's equity, months in which cash is short.

use crate::kernel::{Absent, Financing, Maybe, Timing, finite, ratio};

/// Figures of the debt and of the owner's flow, the same on every basis.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DebtService {
    /// The lowest operating cash over debt service from full operation on.
    pub min_dscr: Maybe<f64>,
    /// The mean of operating cash over debt service.
    pub avg_dscr: Maybe<f64>,
    /// Largest sum of the owner's money in the project, USD.
    pub peak_equity_usd: f64,
    /// Months after the ramp in which reserve and equity flow since its end are below zero.
    pub short_months: Vec<usize>,
}

impl DebtService {
    /// `equity` and `operating_cash` hold one value per month `0..=T`, USD. The balloon at `T` is not debt service.
    pub(crate) fn new(
        equity: &[f64],
        operating_cash: &[f64],
        financing: &Financing,
        timing: Timing,
        reserve_usd: f64,
    ) -> Self {
        let (mut lowest, mut sum, mut served) = (None::<f64>, 0.0, 0_u32);
        let months = if financing.debt().is_some() { &financing.debt().months[..] } else { &[] };
        for (t, month) in months.iter().enumerate().filter(|(_, month)| month.payment > 0.0) {
            let dscr = operating_cash[t] / month.payment;
            sum += dscr;
            served += 1;
            if t >= timing.first_full_month() {
                lowest = Some(lowest.map_or(dscr, |lowest| lowest.min(dscr)));
            }
        }
        let mut cash = reserve_usd;
        let short = |&(_, flow): &(usize, &f64)| {
            cash += flow;
            cash < 0.0
        };
        let since_ramp = equity.iter().enumerate().skip(timing.ramp_end() + 1);
        Self {
            min_dscr: lowest.ok_or(Absent::NoDebtService).and_then(finite),
            avg_dscr: ratio(sum, f64::from(served), Absent::NoDebtService),
            peak_equity_usd: peak_equity_usd(equity),
            short_months: since_ramp.filter(short).map(|(t, _)| t).collect(),
        }
    }
}

/// Largest sum of the owner's money in the project, USD.
pub(crate) fn peak_equity_usd(equity: &[f64]) -> f64 {
    let (mut peak, mut cumulative) = (0.0_f64, 0.0);
    for flow in equity {
        cumulative += flow;
        peak = peak.max(-cumulative);
    }
    peak
}
