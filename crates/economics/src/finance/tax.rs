//! Income tax by plan year, with losses carried forward.

use crate::number::Real;

/// Rate and loss rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaxRule {
    /// Tax on income, fraction.
    pub rate: f64,
    /// Share of a year's income that losses carried forward may offset, fraction.
    pub loss_limit: f64,
}

/// State carried from month to month.
#[derive(Clone, Copy, Debug)]
pub struct TaxState<V> {
    /// Taxable income of the running plan year so far, USD.
    income: V,
    /// Losses carried forward, USD, positive.
    losses: V,
}

impl<V: Real> TaxState<V> {
    /// The state at the start: no income, no losses.
    #[inline(always)]
    pub fn start(like: V) -> Self {
        Self { income: like.constant(0.0), losses: like.constant(0.0) }
    }

    /// Adds a month's taxable income, USD.
    #[inline(always)]
    pub fn earn(&mut self, income: V) {
        self.income = self.income + income;
    }

    /// Ends the plan year and returns its tax, USD, never negative.
    #[inline(always)]
    pub fn close_year(&mut self, rule: &TaxRule) -> V {
        let zero = self.income.constant(0.0);
        let gain = self.income.max(zero);
        let used = self.losses.min(gain * rule.loss_limit);
        self.losses = self.losses - used - self.income.min(zero);
        self.income = zero;
        (gain - used) * rule.rate
    }
}

/// Whether tax falls due at the end of month `t` of a plan of `horizon` months.
pub const fn is_tax_month(t: usize, horizon: usize) -> bool {
    t > 0 && (t.is_multiple_of(12) || t == horizon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_offset_at_most_their_share_of_later_income() {
        let rule = TaxRule { rate: 0.25, loss_limit: 0.8 };
        let mut state = TaxState::start(0.0);
        let mut year = |income: f64| {
            state.earn(income);
            state.close_year(&rule)
        };
        assert_eq!(year(-100.0), 0.0);
        // 80 of 100 are offset, 20 are left over.
        assert_eq!(year(100.0), 5.0);
        assert_eq!(year(100.0), 20.0);
        assert_eq!(year(100.0), 25.0);
    }

    #[test]
    fn tax_falls_due_every_twelfth_month_and_at_the_end() {
        let due: Vec<usize> = (0..=30).filter(|&t| is_tax_month(t, 30)).collect();
        assert_eq!(due, [12, 24, 30]);
    }
}
