//! Measures of cash flows, loans and depreciation, on plain slices of monthly flows.
//!
//! Every function takes flows `c_0..c_T` with `c_0` undiscounted and a rate per period. Checked against
//! `tests/vectors/finance.json` (50-digit and certified references).

mod debt;
mod depreciation;
mod irr;
mod loan;
mod payback;
mod tax;

pub use debt::{DebtMonth, DebtSchedule};
pub use depreciation::{
    MACRS_5, MACRS_15, by_year as depreciation_by_year, straight_line as straight_line_depreciation,
};
pub use irr::{IrrRoot, irr_roots};
pub use loan::{Loan, LoanPayment, When, capital_recovery_factor, sculpted_debt};
pub use payback::{Payback, payback};
pub(crate) use payback::{crossing as payback_crossing, is_below as is_below_rounding};
pub use tax::{TaxRule, TaxState, is_tax_month};

/// The effective monthly rate of a yearly rate: `(1 + r)^(1/12) − 1`.
///
/// ```
/// use wattfolio_economics::finance;
///
/// let monthly = finance::monthly_rate(0.12);
/// assert!(((1.0 + monthly).powi(12) - 1.12).abs() < 1e-12);
/// assert!((finance::annualised(monthly) - 0.12).abs() < 1e-12);
/// ```
pub fn monthly_rate(yearly: f64) -> f64 {
    (yearly.ln_1p() / 12.0).exp_m1()
}

/// The yearly rate of an effective monthly rate: `(1 + i)^12 − 1`.
pub fn annualised(monthly: f64) -> f64 {
    (12.0 * monthly.ln_1p()).exp_m1()
}

/// Net present value: `Σ c_k / (1 + rate)^k`, with the rate per period.
///
/// ```
/// use wattfolio_economics::finance;
///
/// let value = finance::npv(0.10, &[-100.0, 60.0, 60.0]);
/// assert!((value - (-100.0 + 60.0 / 1.1 + 60.0 / 1.21)).abs() < 1e-12);
/// ```
pub fn npv(rate: f64, flows: &[f64]) -> f64 {
    let factor = 1.0 / (1.0 + rate);
    let mut sum = 0.0;
    for flow in flows.iter().rev() {
        sum = sum * factor + flow;
    }
    sum
}

/// Modified internal rate of return per period: `(FV(positives)/−PV(negatives))^(1/T) − 1`.
///
/// Negative flows are discounted at `finance_rate`, positive ones compounded at `reinvest_rate`, both per
/// period. `None` if there is no negative or no positive flow.
///
/// ```
/// use wattfolio_economics::finance;
///
/// let rate = finance::mirr(&[-100.0, 60.0, 60.0], 0.09, 0.06).unwrap();
/// assert!((rate - (f64::sqrt((60.0 * 1.06 + 60.0) / 100.0) - 1.0)).abs() < 1e-12);
/// ```
pub fn mirr(flows: &[f64], finance_rate: f64, reinvest_rate: f64) -> Option<f64> {
    let periods = flows.len().checked_sub(1).filter(|&periods| periods > 0)? as f64;
    let discount = 1.0 / (1.0 + finance_rate);
    let (mut paid, mut earned) = (0.0, 0.0);
    for (late, early) in flows.iter().rev().zip(flows) {
        paid = paid * discount - late.min(0.0);
        earned = earned * (1.0 + reinvest_rate) + early.max(0.0);
    }
    (paid > 0.0 && earned > 0.0).then(|| ((earned / paid).ln() / periods).exp_m1())
}

/// Number of changes of sign in a sequence, zeros left out.
pub fn sign_changes(values: impl Iterator<Item = f64>) -> usize {
    let mut last = 0.0;
    let mut changes = 0;
    for value in values {
        // Signs are compared, since the product of two tiny values may underflow to 0.
        if value != 0.0 {
            changes += usize::from(last != 0.0 && (value > 0.0) != (last > 0.0));
            last = value;
        }
    }
    changes
}

/// The running sums of a sequence.
///
/// ```
/// use wattfolio_economics::finance;
///
/// assert!(finance::cumulative(&[-100.0, 60.0, 60.0]).eq([-100.0, -40.0, 20.0]));
/// ```
pub fn cumulative(flows: &[f64]) -> impl Iterator<Item = f64> + '_ {
    flows.iter().scan(0.0, |sum, flow| {
        *sum += flow;
        Some(*sum)
    })
}
