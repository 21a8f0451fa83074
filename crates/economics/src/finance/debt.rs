//! The debt of a business as a monthly schedule: draws, interest and payments.

use super::loan::{Loan, When, sculpted_debt};

/// One month of a debt; all amounts positive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DebtMonth {
    /// Drawn from the lender, USD.
    pub drawn: f64,
    /// Interest that accrues on the balance of the month before, USD; until live it is added to the balance.
    pub interest: f64,
    /// Paid to the lender by schedule: interest and principal, USD.
    pub payment: f64,
    /// Owed after the payment of the month, USD; at `T` before the balloon.
    pub balance: f64,
}

/// The schedule of one debt over `t = 0..=T`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DebtSchedule {
    /// Every month.
    pub months: Vec<DebtMonth>,
    /// Balance after the payment of month `T`, repaid then, USD.
    pub balloon: f64,
    /// Whether anything is drawn.
    is_some: bool,
}

/// Repayment of the balance after live.
struct Service<'a> {
    /// Month of the last payment, counted from live.
    last: usize,
    kind: Kind<'a>,
}

enum Kind<'a> {
    /// Interest only for the grace, then level payments.
    Level { grace: usize, term: u32 },
    /// Payments sized to the operating cash, from the first month after live.
    Sculpted(&'a [f64]),
}

impl DebtSchedule {
    /// No debt in the months `0..=horizon`.
    pub fn none(horizon: usize) -> Self {
        Self { months: vec![DebtMonth::default(); horizon + 1], ..Self::default() }
    }

    /// A loan that draws its share of each month's capex, pays interest alone for a grace after live, and then level
    /// payments over its term.
    ///
    /// `capex` holds one value per month `0..=T`, USD, positive; `live` is the month before the first live one. `apr`
    /// is the nominal rate a year, a twelfth a month.
    ///
    /// ```
    /// use wattfolio_economics::finance::DebtSchedule;
    ///
    /// let schedule = DebtSchedule::loan(&[600.0, 0.0, 0.0, 0.0], 0, 0.5, 0.0, (3, 0));
    /// assert_eq!(schedule.months[0].drawn, 300.0);
    /// assert_eq!((schedule.months[1].payment, schedule.paid_month()), (100.0, Some(3)));
    /// ```
    pub fn loan(
        capex: &[f64],
        live: usize,
        loan_to_cost: f64,
        apr: f64,
        (term_months, grace_months): (u32, u32),
    ) -> Self {
        if !spends(capex) {
            return Self::none(capex.len() - 1);
        }
        let last = grace_months as usize + term_months as usize;
        let kind = Kind::Level { grace: grace_months as usize, term: term_months };
        roll(capex, live, loan_to_cost, apr / 12.0, &Service { last, kind })
    }

    /// A debt that is sized to the operating cash: the present value of payments of `operating cash / DSCR` over its
    /// term.
    ///
    /// It draws in proportion to capex so that with capitalised interest it reaches that balance at `live`, and at
    /// most all of the capex, in which case the payments shrink with it (the DSCR rises, as in SAM). Months, `live` and
    /// `apr` are those of [`loan`](Self::loan).
    pub fn sized(
        capex: &[f64],
        operating_cash: &[f64],
        live: usize,
        dscr: f64,
        apr: f64,
        term_months: u32,
    ) -> Self {
        let horizon = capex.len() - 1;
        if !spends(capex) {
            return Self::none(horizon);
        }
        let last = (live + term_months as usize).min(horizon);
        let rate = apr / 12.0;
        let (balance, mut payments) = sculpted_debt(&operating_cash[live + 1..=last], dscr, rate);
        let mut share = balance / capitalised(&capex[..=live], rate);
        if share > 1.0 {
            for payment in &mut payments {
                *payment /= share;
            }
            share = 1.0;
        }
        // Months without cash may follow the payment that clears the debt, and its rounding.
        let last_payment = payments.iter().rposition(|&payment| payment > 0.0);
        let kind = Kind::Sculpted(&payments);
        roll(capex, live, share, rate, &Service { last: last_payment.map_or(0, |at| at + 1), kind })
    }

    /// Whether anything is ever owed.
    pub fn is_some(&self) -> bool {
        self.is_some
    }

    /// The first month from which nothing is owed any more; `None` without a debt or if only the balloon at `T`
    /// repays it.
    pub fn paid_month(&self) -> Option<usize> {
        if self.balloon > 0.0 {
            return None;
        }
        let owed = self.months.iter().rposition(|month| month.balance > 0.0)?;
        Some((owed + 1).min(self.months.len() - 1))
    }
}

fn spends(capex: &[f64]) -> bool {
    capex.iter().any(|&capex| capex > 0.0)
}

/// Balance in the last month if all of the capex is drawn and interest capitalised, USD.
fn capitalised(capex: &[f64], rate: f64) -> f64 {
    capex.iter().fold(0.0, |balance, capex| balance * (1.0 + rate) + capex)
}

/// Rolls a balance through draws, interest and payments.
fn roll(capex: &[f64], live: usize, share: f64, rate: f64, service: &Service<'_>) -> DebtSchedule {
    let mut months = Vec::with_capacity(capex.len());
    let (mut balance, mut level) = (0.0, 0.0);
    for (t, capex) in capex.iter().enumerate() {
        let mut month = DebtMonth { interest: balance * rate, ..DebtMonth::default() };
        if t <= live {
            month.drawn = share * capex;
            balance += month.interest + month.drawn;
        } else {
            let after_live = t - live;
            month.payment = match service.kind {
                Kind::Level { grace, .. } if after_live <= grace => month.interest,
                Kind::Level { .. } if after_live > service.last => 0.0,
                // The last payment clears the rounding.
                Kind::Level { .. } if after_live == service.last => balance + month.interest,
                Kind::Level { grace, term } => {
                    if after_live == grace + 1 {
                        let loan =
                            Loan { principal: balance, rate, periods: term, balloon: 0.0, when: When::End };
                        level = loan.payment();
                    }
                    level
                }
                Kind::Sculpted(payments) => payments.get(after_live - 1).copied().unwrap_or(0.0),
            };
            balance += month.interest - month.payment;
            if after_live == service.last {
                balance = 0.0;
            }
        }
        month.balance = balance;
        months.push(month);
    }
    DebtSchedule { months, balloon: balance, is_some: share > 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPEX: [f64; 7] = [600.0, 0.0, 400.0, 0.0, 0.0, 0.0, 0.0];
    const CASH: [f64; 7] = [0.0, 0.0, 0.0, 300.0, -50.0, 300.0, 300.0];

    #[test]
    fn a_loan_capitalises_interest_until_live_and_is_repaid_in_its_term() {
        let schedule = DebtSchedule::loan(&CAPEX, 2, 0.5, 0.12, (2, 1));
        let owed = 300.0 * 1.01 * 1.01 + 200.0;
        assert!((schedule.months[2].balance - owed).abs() < 1e-9);
        assert!((schedule.months[3].payment - owed * 0.01).abs() < 1e-9, "interest only");
        assert!((schedule.months[4].payment - schedule.months[5].payment).abs() < 1e-9);
        assert_eq!(
            (schedule.months[5].balance, schedule.balloon, schedule.paid_month()),
            (0.0, 0.0, Some(5))
        );
    }

    #[test]
    fn a_loan_beyond_the_plan_leaves_a_balloon() {
        let schedule = DebtSchedule::loan(&CAPEX, 2, 1.0, 0.0, (10, 0));
        assert!((schedule.balloon - 600.0).abs() < 1e-9, "{}", schedule.balloon);
        assert_eq!(schedule.paid_month(), None);
    }

    #[test]
    fn a_sized_debt_follows_the_cash_and_ends_at_zero() {
        let schedule = DebtSchedule::sized(&CAPEX, &CASH, 2, 2.0, 0.12, 3);
        let payments: Vec<f64> = schedule.months.iter().map(|month| month.payment).collect();
        assert_eq!(payments, [0.0, 0.0, 0.0, 150.0, 0.0, 150.0, 0.0]);
        let owed = 150.0 / 1.01 + 150.0 / 1.01_f64.powi(3);
        assert!((schedule.months[2].balance - owed).abs() < 1e-9);
        assert_eq!(schedule.balloon, 0.0);
    }

    #[test]
    fn a_sized_debt_is_repaid_when_its_last_payment_is() {
        let cash = [0.0, 0.0, 0.0, 0.1, 0.7, 0.2, 0.0, -1.0];
        let capex = [9.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        for apr in [0.0, 0.07, 0.12] {
            let schedule = DebtSchedule::sized(&capex, &cash, 2, 1.4, apr, 84);
            assert_eq!(schedule.months[5..].iter().map(|month| month.balance).sum::<f64>(), 0.0);
            assert_eq!((schedule.paid_month(), schedule.balloon), (Some(5), 0.0));
        }
    }

    #[test]
    fn a_sized_debt_never_exceeds_the_capex() {
        let rich: Vec<f64> = CASH.iter().map(|cash| cash * 100.0).collect();
        let schedule = DebtSchedule::sized(&CAPEX, &rich, 2, 1.0, 0.12, 4);
        let drawn: f64 = schedule.months.iter().map(|month| month.drawn).sum();
        assert!((drawn - 1000.0).abs() < 1e-9);
        assert!(schedule.months[3].payment < rich[3], "the DSCR rises");
        assert_eq!(schedule.months[6].balance, 0.0);
    }
}
