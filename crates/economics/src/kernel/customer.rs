//! Customers who can default before their term ends.
//!
//! A customer draws its patience, `−ln U`, once a term. The hazard of each month reduces it, and the customer leaves in
//! the first month in which it is used up. A change of the hazard thus moves the month of a default without a new draw.
//! In the plan patience is infinite, and nobody leaves.

use crate::number::Real;

/// Largest factor of the market on a hazard, and the value of a ratio to a rental of 0.
const MOST_RAISED: f64 = 5.0;
/// Upper limit of a ratio before its power, so that its logarithm is finite.
const LARGEST_RATIO: f64 = 1e300;

/// Default hazard of the customer of a term.
#[derive(Clone, Copy, Debug, Default)]
pub struct Credit {
    hazard_per_month: f64,
    wrong_way: f64,
}

/// The customer of the running term on a path.
#[derive(Clone, Copy, Debug)]
pub struct Customer<V> {
    /// Patience left in the running term.
    patience: V,
    /// Month of the last default; 0 before the first.
    left_in: V,
}

/// Position of a month in a customer's term, in months since the start; small, since every month has one.
#[derive(Clone, Copy, Debug)]
pub struct TermMonth {
    month: u16,
    /// First month of the term; `u16::MAX` without a term.
    begins: u16,
    number: u16,
    /// Whether the customer owes something for this month, so that it can default.
    pub may_fail: bool,
}

impl Default for TermMonth {
    /// A month without a customer.
    fn default() -> Self {
        Self { month: 0, begins: u16::MAX, number: 0, may_fail: false }
    }
}

impl TermMonth {
    /// Month `month` of term `number`, from 0, which begins in month `begins`, not before month 1.
    pub fn new(month: usize, begins: usize, number: usize, may_fail: bool) -> Self {
        Self { month: month as u16, begins: begins as u16, number: number as u16, may_fail }
    }

    /// The month.
    #[inline(always)]
    pub fn month(&self) -> f64 {
        f64::from(self.month)
    }

    /// Number of the term in its first month, else `None`.
    #[inline(always)]
    pub fn begun(&self) -> Option<usize> {
        if self.month == self.begins { Some(usize::from(self.number)) } else { None }
    }
}

impl Credit {
    /// From a hazard a year and the exponent of wrong-way risk.
    pub fn new(hazard_per_year: f64, wrong_way: f64) -> Self {
        Self { hazard_per_month: hazard_per_year / 12.0, wrong_way }
    }

    /// Whether a customer can default.
    #[inline(always)]
    pub fn can_fail(&self) -> bool {
        self.hazard_per_month > 0.0
    }

    /// Factor of a market on the hazard: `min(5, max(1, (above/below)^γ))`.
    #[inline(always)]
    pub fn factor<V: Real>(&self, above: V, below: V) -> V {
        let zero = below.constant(0.0);
        let one = zero + 1.0;
        if self.wrong_way == 0.0 {
            return one;
        }
        let is_something = zero.less(below);
        let ratio = above / V::select(is_something, below, one);
        let ratio = V::select(is_something, ratio, zero + MOST_RAISED).max(one);
        let raised =
            if self.wrong_way == 1.0 { ratio } else { ratio.min(zero + LARGEST_RATIO).power(self.wrong_way) };
        raised.min(zero + MOST_RAISED)
    }

    /// Hazard of a month under a factor: the reduction of the patience.
    #[inline(always)]
    pub fn hazard<V: Real>(&self, factor: V) -> V {
        factor * self.hazard_per_month
    }

    /// Advances the customer by one month; returns the lanes whose customer leaves in it.
    #[inline(always)]
    pub fn pass<V: Real>(&self, month: &TermMonth, factor: V, customer: &mut Customer<V>) -> V::Mask {
        let zero = factor.constant(0.0);
        let was_gone = customer.is_gone(month);
        customer.patience = customer.patience - self.hazard(factor);
        let leaves = customer.patience.less(zero) & !was_gone;
        customer.left_in = V::select(leaves, zero + month.month(), customer.left_in);
        leaves
    }
}

impl<V: Real> Customer<V> {
    /// A customer who never leaves: its patience is infinite.
    #[inline(always)]
    pub fn faithful(like: V) -> Self {
        let zero = like.constant(0.0);
        Self { patience: zero + f64::INFINITY, left_in: zero }
    }

    /// Begins a term with the patience drawn for it.
    #[inline(always)]
    pub fn begin_term(&mut self, patience: V) {
        self.patience = patience;
    }

    /// Lanes in which the customer of the month's term has left.
    #[inline(always)]
    pub fn is_gone(&self, month: &TermMonth) -> V::Mask {
        !self.left_in.less(self.left_in.constant(f64::from(month.begins)))
    }

    /// Patience left in the running term.
    #[inline(always)]
    pub fn patience(&self) -> V {
        self.patience
    }

    /// Month of the last default; 0 before the first.
    #[inline(always)]
    pub fn left_in(&self) -> V {
        self.left_in
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_way_risk_is_capped_and_never_lowers_a_hazard() {
        let credit = |wrong_way| Credit::new(0.12, wrong_way);
        assert_eq!(credit(1.0).factor(3.0, 2.0), 1.5);
        assert!((credit(2.0).factor(3.0, 2.0) - 2.25).abs() < 1e-15);
        assert!((credit(0.5).factor(4.0, 1.0) - 2.0).abs() < 1e-15);
        for (above, below) in [(2.0, 3.0), (0.0, 1.0)] {
            assert_eq!(
                [0.0, 0.5, 1.0, 3.0].map(|wrong_way| credit(wrong_way).factor(above, below)),
                [1.0; 4]
            );
        }
        assert_eq!([1.0, 2.0, 5.0].map(|wrong_way| credit(wrong_way).factor(11.0, 2.0)), [5.0; 3]);
        assert_eq!(credit(5.0).factor(1e308, 1e-308), 5.0);
        // A ratio to 0 counts as 5.
        assert_eq!(credit(1.0).factor(0.0, 0.0), 5.0);
        assert!((credit(0.5).factor(1.0, 0.0) - 5.0_f64.sqrt()).abs() < 1e-15);
        assert_eq!(credit(0.0).factor(1.0, 0.0), 1.0);
    }

    #[test]
    fn a_customer_leaves_once_a_term_in_the_month_that_uses_up_its_patience() {
        let credit = Credit::new(0.12, 0.0);
        let mut customer = Customer::faithful(0.0);
        let month = |t: usize, begins: usize| TermMonth::new(t, begins, 0, true);
        assert!((1..=1000).all(|t| !credit.pass(&month(t, 1), 5.0, &mut customer)), "the plan");
        customer.begin_term(0.035);
        let left: Vec<usize> =
            (11..=20).filter(|t| credit.pass(&month(*t, 11), 1.0, &mut customer)).collect();
        assert_eq!((left, customer.left_in()), (vec![14], 14.0));
        assert!(customer.is_gone(&month(12, 11)) && !customer.is_gone(&month(21, 21)));
        assert!(!customer.is_gone(&TermMonth::default()));
        assert_eq!((month(11, 11).begun(), month(12, 11).begun()), (Some(0), None));
        customer.begin_term(0.015);
        let left: Vec<usize> =
            (21..=30).filter(|t| credit.pass(&month(*t, 21), 1.0, &mut customer)).collect();
        assert_eq!(left, [22]);
    }
}
