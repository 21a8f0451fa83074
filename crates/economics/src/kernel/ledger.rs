//! The ledger of a business, and the sink through which the kernel writes its lines.

use super::{LINES, Line, Maybe};
use crate::number::Real;

/// Receiver of the ledger lines that the kernel computes.
pub trait Sink<V> {
    /// Whether lines are recorded; if not, the kernel skips values that only the ledger needs.
    const LISTENS: bool;
    /// Selects the month of the following lines.
    fn turn_to(&mut self, t: usize);
    /// Records the value of a line in the selected month.
    fn put(&mut self, line: Line, value: V);
}

/// The sink of the simulation, which records nothing.
impl<V: Real> Sink<V> for () {
    const LISTENS: bool = false;

    #[inline(always)]
    fn turn_to(&mut self, _: usize) {}

    #[inline(always)]
    fn put(&mut self, _: Line, _: V) {}
}

/// Every line of every month `0..=T` of one business.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    months: usize,
    values: Vec<f64>,
}

impl Ledger {
    /// A ledger of zeros for the months `0..=horizon_months`.
    pub fn new(horizon_months: usize) -> Self {
        let months = horizon_months + 1;
        Self { months, values: vec![0.0; LINES.len() * months] }
    }

    /// The value of a line in a month.
    ///
    /// # Errors
    /// If it does not exist: the shutdown bitcoin price where mining earns nothing at any price.
    ///
    /// ```
    /// # use wattfolio_economics::prelude::*;
    /// let mut scenario = Scenario::default();
    /// scenario.bitcoin.fees_btc_per_block.value = 0.0;
    /// scenario.bitcoin.block_subsidy_btc = Some(0.0);
    /// let comparison = compare(&scenario.validate()?);
    /// let mining = comparison.business(Business::Mining).unwrap();
    /// assert_eq!(mining.ledger.at(Line::ShutdownPrice, 24), Err(Absent::EarnsNothing));
    /// assert_eq!(mining.ledger.at(Line::ShutdownPower, 24), Ok(0.0));
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn at(&self, line: Line, t: usize) -> Maybe<f64> {
        match line.exists_with() {
            Some((other, reason)) if self.line(other)[t] <= 0.0 => Err(reason),
            _ => Ok(self.line(line)[t]),
        }
    }

    /// One value per month `0..=T`; 0 where it does not exist ([`Ledger::at`]).
    pub fn line(&self, line: Line) -> &[f64] {
        let from = line as usize * self.months;
        &self.values[from..from + self.months]
    }

    /// The sum of a line over the plan.
    pub fn sum(&self, line: Line) -> f64 {
        self.line(line).iter().sum()
    }

    /// Whether the line is non-zero in some month.
    pub fn has(&self, line: Line) -> bool {
        self.line(line).iter().any(|&value| value != 0.0)
    }

    /// Whether every value is finite.
    pub fn is_finite(&self) -> bool {
        // Without an early exit the loop vectorises.
        !self.values.iter().fold(false, |bad, value| bad | !value.is_finite())
    }

    /// The ledger as a sink that begins in month `t`.
    pub fn month(&mut self, t: usize) -> MonthOfLedger<'_> {
        MonthOfLedger { ledger: self, t }
    }

    /// Sets one value.
    pub fn set(&mut self, line: Line, t: usize, value: f64) {
        self.values[line as usize * self.months + t] = value;
    }
}

/// The sink that writes into a ledger, one month at a time.
#[derive(Debug)]
pub struct MonthOfLedger<'a> {
    ledger: &'a mut Ledger,
    t: usize,
}

impl Sink<f64> for MonthOfLedger<'_> {
    const LISTENS: bool = true;

    #[inline(always)]
    fn turn_to(&mut self, t: usize) {
        self.t = t;
    }

    #[inline(always)]
    fn put(&mut self, line: Line, value: f64) {
        self.ledger.set(line, self.t, value);
    }
}
