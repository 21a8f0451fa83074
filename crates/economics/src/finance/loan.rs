//! Loans with level payments, and debt sculpted to the cash that serves it.

/// Time of payments within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At the end: the usual loan.
    End,
    /// At the beginning: the first payment bears no interest.
    Begin,
}

/// A loan with level payments.
#[derive(Clone, Copy, Debug, PartialEq)]
///
/// ```
/// use wattfolio_economics::finance::{Loan, When};
///
/// let loan = Loan { principal: 1e6, rate: 0.09 / 12.0, periods: 60, balloon: 0.0, when: When::End };
/// let schedule = loan.schedule();
/// assert!((schedule[0].interest - 7500.0).abs() < 1e-9);
/// assert!(schedule[59].balance.abs() < 1e-6);
/// ```
pub struct Loan {
    /// Amount borrowed.
    pub principal: f64,
    /// Interest per period; for a monthly loan one twelfth of the APR.
    pub rate: f64,
    /// Number of payments.
    pub periods: u32,
    /// Amount still owed after the last payment.
    pub balloon: f64,
    /// When payments fall.
    pub when: When,
}

/// One payment of a loan; all amounts positive.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct LoanPayment {
    /// Interest part.
    pub interest: f64,
    /// Principal part.
    pub principal: f64,
    /// Amount owed afterwards.
    pub balance: f64,
}

impl Loan {
    /// The level payment of a period, positive.
    ///
    /// Written with `expm1`/`log1p`, so that it is accurate down to a rate of 0.
    pub fn payment(&self) -> f64 {
        let n = f64::from(self.periods);
        let at_end = if self.rate == 0.0 {
            (self.principal - self.balloon) / n
        } else {
            let growth = (n * self.rate.ln_1p()).exp_m1();
            // P·(1 + g)·r/g − B·r/g, with (1 + g)/g = 1 + 1/g
            self.rate * (self.principal + (self.principal - self.balloon) / growth)
        };
        match self.when {
            When::End => at_end,
            When::Begin => at_end / (1.0 + self.rate),
        }
    }

    /// Every payment in order.
    pub fn schedule(&self) -> Vec<LoanPayment> {
        let payment = self.payment();
        let mut balance = self.principal;
        let mut payments = Vec::with_capacity(self.periods as usize);
        for period in 0..self.periods {
            let bears_interest = self.when == When::End || period > 0;
            let interest = if bears_interest { balance * self.rate } else { 0.0 };
            let principal = payment - interest;
            balance -= principal;
            payments.push(LoanPayment { interest, principal, balance });
        }
        payments
    }
}

/// The level payment that repays 1 over `periods` at `rate`: `r(1+r)^n / ((1+r)^n − 1)`.
///
/// ```
/// use wattfolio_economics::finance;
///
/// let factor = finance::capital_recovery_factor(0.10, 2);
/// assert!((factor - 0.10 * 1.21 / 0.21).abs() < 1e-12);
/// ```
pub fn capital_recovery_factor(rate: f64, periods: u32) -> f64 {
    Loan { principal: 1.0, rate, periods, balloon: 0.0, when: When::End }.payment()
}

/// Debt sculpted to cash: payments of `cash/dscr` (none where cash is negative), and the amount they repay.
///
/// Returns the balance at the start, which is the present value of the payments at `rate` per period, and
/// the payments.
pub fn sculpted_debt(cash: &[f64], dscr: f64, rate: f64) -> (f64, Vec<f64>) {
    let payments: Vec<f64> = cash.iter().map(|cash| cash.max(0.0) / dscr).collect();
    let factor = 1.0 / (1.0 + rate);
    let balance = payments.iter().rev().fold(0.0, |sum, payment| (sum + payment) * factor);
    (balance, payments)
}
