//! Curves of cumulative cash: discounted or not, with or without end proceeds.

use super::{BuyAndHold, Evaluation};
use crate::kernel::Line;

/// Kind of a curve of cumulative cash; the default is that of payback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Curve {
    /// Whether each month is discounted to the start.
    pub discounted: bool,
    /// Whether the last month includes end proceeds.
    pub with_end_proceeds: bool,
}

impl Evaluation {
    /// Cumulative cash on the basis by month `0..=T`, USD.
    ///
    /// ```
    /// # use wattfolio_economics::prelude::*;
    /// let comparison = compare(&Scenario::default().validate()?);
    /// let leasing = comparison.business(Business::Leasing).unwrap();
    /// let curve = leasing.curve(Curve { discounted: true, with_end_proceeds: true });
    /// assert_eq!(curve.len(), leasing.horizon() + 1);
    /// let npv = leasing.measures.npv_usd;
    /// assert!((curve[leasing.horizon()] - npv).abs() < 1e-9 * npv.abs());
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn curve(&self, curve: Curve) -> Vec<f64> {
        let line = if curve.discounted { Line::DiscountedCumulative } else { Line::Cumulative };
        let mut cumulative_usd = self.ledger.line(line).to_vec();
        if !curve.with_end_proceeds
            && let Some(last) = cumulative_usd.last_mut()
        {
            let factor = if curve.discounted { factors(self.discount).nth(self.horizon()) } else { None };
            *last -= self.flows.beyond_payback * factor.unwrap_or(1.0);
        }
        cumulative_usd
    }
}

impl BuyAndHold {
    /// Value less cost by month `0..=T`, USD; discounted, each month as if sold in it.
    pub fn curve(&self, discounted: bool) -> Vec<f64> {
        let factors = factors(if discounted { self.discount } else { 1.0 });
        self.net_usd.iter().zip(factors).map(|(net, factor)| net * factor).collect()
    }
}

/// The discount factors of months 0, 1, …, multiplied up as in the ledger.
fn factors(discount: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(1.0), move |factor| Some(factor * discount))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::business::Business;
    use crate::finance;
    use crate::kernel::{Absent, Basis};
    use crate::results::{Comparison, compare_on};
    use crate::scenario::{Debt, Scenario};

    const CURVES: [Curve; 4] = [
        Curve { discounted: false, with_end_proceeds: false },
        Curve { discounted: false, with_end_proceeds: true },
        Curve { discounted: true, with_end_proceeds: false },
        Curve { discounted: true, with_end_proceeds: true },
    ];

    fn comparisons() -> Vec<(Scenario, Comparison)> {
        let mut scenario = Scenario { horizon_months: 37, ..Scenario::default() };
        scenario.leasing.debt = Debt::Loan { loan_to_cost: 0.6, apr: 0.09, term_months: 60, grace_months: 6 };
        // End proceeds above the balloon.
        scenario.leasing.resale_share = 0.3;
        let valid = scenario.validate().unwrap();
        Basis::ALL.map(|basis| (scenario.clone(), compare_on(&valid, basis))).into()
    }

    #[test]
    fn a_curve_is_the_running_sum_of_its_flows() {
        for (scenario, comparison) in comparisons() {
            for evaluation in comparison.evaluations() {
                let monthly = finance::monthly_rate(evaluation.business.discount_rate(&scenario));
                assert_eq!(evaluation.horizon(), 37);
                for curve in CURVES {
                    let flows = if curve.with_end_proceeds {
                        evaluation.flows.net.clone()
                    } else {
                        evaluation.flows.without_end_proceeds()
                    };
                    let rate = if curve.discounted { monthly } else { 0.0 };
                    let values = evaluation.curve(curve);
                    assert_eq!(values.len(), 38);
                    let size = values.iter().fold(0.0_f64, |size, value| size.max(value.abs()));
                    for (t, value) in values.iter().enumerate() {
                        let expected = finance::npv(rate, &flows[..=t]);
                        assert!(
                            (value - expected).abs() <= 1e-12 * size,
                            "{curve:?} {t}: {value} {expected}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn end_proceeds_change_the_last_month_alone() {
        for (_, comparison) in comparisons() {
            let leasing = comparison.business(Business::Leasing).unwrap();
            assert!(leasing.flows.beyond_payback > 0.0);
            let [without, with, ..] = CURVES.map(|curve| leasing.curve(curve));
            assert_eq!(without[..37], with[..37]);
            let gained = with[37] - without[37];
            assert!((gained / leasing.flows.beyond_payback - 1.0).abs() < 1e-9, "{gained}");
        }
    }

    #[test]
    fn a_holding_is_discounted_month_by_month() {
        let (scenario, comparison) = comparisons().remove(0);
        let holding = comparison.buy_and_hold.unwrap();
        assert_eq!(holding.curve(false), holding.net_usd);
        let discounted = holding.curve(true);
        assert_eq!(discounted.len(), 38);
        for (t, (value, net)) in discounted.iter().zip(&holding.net_usd).enumerate() {
            let expected = net * (1.0 + Business::Mining.discount_rate(&scenario)).powf(-(t as f64) / 12.0);
            assert!((value - expected).abs() <= 1e-12 * expected.abs(), "{t}: {value} {expected}");
        }
    }

    #[test]
    fn a_business_without_capital_has_none_to_be_a_multiple_of() {
        let mut scenario = Scenario::default();
        scenario.hosting.customer_capex_share = 1.0;
        let valid = scenario.validate().unwrap();
        let capital = |basis| compare_on(&valid, basis).business(Business::Hosting).unwrap().capital_usd();
        assert_eq!(capital(Basis::ProjectBeforeTax), Err(Absent::NoCapex));
        assert_eq!(capital(Basis::ProjectAfterTax), Err(Absent::NoCapex));
        assert_eq!(capital(Basis::EquityAfterTax), Err(Absent::NoEquity));
    }
}
