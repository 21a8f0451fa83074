//! The internal rate of return.

use crate::finance;
use crate::kernel::{Absent, Maybe};

/// Rates at or below this are not listed, a year: a hundredth of the money is left after a year.
const LOWEST_RATE: f64 = -0.99;
/// A profit below this share of the absolute flows is rounding.
const NO_PROFIT: f64 = 1e-12;

/// The internal rate of return a year of monthly flows, and every rate above −99 % a year at which their net
/// present value is zero, ascending.
///
/// A rate is *the* internal rate of return of an investment, whose first flow goes out, in two cases: there is a profit
/// and one positive rate; or there is no profit, and the flows change sign once. A plan that does not return its money
/// and ends in costs has none, however long it idles.
///
/// # Errors
/// If there is none, with the reason; the rates are listed all the same.
///
/// ```
/// use wattfolio_economics::results::internal_rate;
///
/// let (rate, all) = internal_rate(&[-1000.0, 1930.0, -927.0]);
/// assert!((rate.unwrap() - (1.03_f64.powi(12) - 1.0)).abs() < 1e-12);
/// assert_eq!(all.len(), 2);
/// ```
pub fn internal_rate(flows: &[f64]) -> (Maybe<f64>, Vec<f64>) {
    let roots: Vec<f64> = finance::irr_roots(flows).iter().map(|root| root.rate).collect();
    let profit = profit(flows);
    let first = flows.iter().find(|&&flow| flow != 0.0);
    let is_investment = first.is_some_and(|&flow| flow < 0.0);
    let changes_once = finance::sign_changes(flows.iter().copied()) == 1;
    if is_investment && changes_once && profit == 0.0 {
        return (Ok(0.0), vec![0.0]);
    }
    let yearly = |monthly: f64| finance::annualised(monthly);
    let listed = |rate: &f64| rate.is_finite() && *rate > LOWEST_RATE;
    let rates: Vec<f64> = roots.iter().copied().map(yearly).filter(listed).collect();
    let is_beyond = roots.iter().any(|&root| yearly(root).is_infinite());
    let irr = if rates.is_empty() {
        Err(if is_beyond { Absent::TooLarge } else { Absent::NoRate })
    } else if !is_investment {
        Err(Absent::NotAnInvestment)
    } else if profit > 0.0 {
        only(roots.iter().copied().filter(|&root| root > 0.0).map(yearly))
    } else if changes_once {
        Ok(rates[0])
    } else {
        Err(Absent::NotReturned)
    };
    (irr, rates)
}

/// The sum of the flows; exactly 0 if it is within rounding.
fn profit(flows: &[f64]) -> f64 {
    let (sum, size) = flows.iter().fold((0.0, 0.0), |(sum, size), flow| (sum + flow, size + flow.abs()));
    if f64::abs(sum) <= NO_PROFIT * size { 0.0 } else { sum }
}

/// The positive rate of a plan with a profit. There is at least one, unless it is beyond the range of `f64`.
fn only(mut positive: impl Iterator<Item = f64>) -> Maybe<f64> {
    match (positive.next(), positive.next()) {
        (Some(rate), None) if rate.is_finite() => Ok(rate),
        (_, None) => Err(Absent::TooLarge),
        _ => Err(Absent::SeveralRates),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_that_idles_after_its_costs_has_no_rate_below_all_others() {
        // Money comes back for three months, then a hundred months cost a little: the far root is no rate.
        let mut flows = vec![-100.0, 30.0, 30.0, 30.0];
        flows.extend(std::iter::repeat_n(-0.01, 100));
        assert_eq!(internal_rate(&flows), (Err(Absent::NoRate), Vec::new()));
    }

    #[test]
    fn a_rate_is_told_beside_one_that_nobody_has() {
        // 25 % a year, and costs at the end of which a dollar in ten billion would be left.
        let mut flows = vec![0.0; 25];
        (flows[0], flows[12], flows[24]) = (-1000.0, 1250.0, -1e-7);
        let (rate, all) = internal_rate(&flows);
        assert!((rate.unwrap() - 0.25).abs() < 1e-9, "{rate:?}");
        assert_eq!(all, [rate.unwrap()]);
    }

    #[test]
    fn what_is_no_investment_and_what_is_several_is_said() {
        assert_eq!(internal_rate(&[5.0, -100.0, 60.0, 60.0]).0, Err(Absent::NotAnInvestment));
        assert_eq!(internal_rate(&[-1000.0, 3120.0, -3243.5, 1123.524]).0, Err(Absent::SeveralRates));
        assert_eq!(internal_rate(&[-1000.0, 2070.0, -1071.0]).0, Err(Absent::NotReturned));
        assert_eq!(internal_rate(&[-1e-30, 1e30]).0, Err(Absent::TooLarge));
        assert_eq!(internal_rate(&[]).0, Err(Absent::NoRate));
    }

    #[test]
    fn a_profit_that_only_rounding_makes_is_none() {
        for rest in [1e-11, -1e-11, 0.0] {
            assert_eq!(internal_rate(&[-100.0, 40.0, 60.0 + rest]), (Ok(0.0), vec![0.0]), "{rest}");
        }
        assert!(internal_rate(&[-100.0, 40.0, 60.0 + 1e-9]).0.unwrap() > 0.0);
    }
}
