//! Evaluation of one business, month by month.

use crate::business::Business;
use crate::kernel::{
    Absent, Account, Basis, Books, Financing, Ledger, Levels, Line, Maybe, Operations, Sink, Timing, Venture,
    run_months,
};
use crate::results::{Flows, Measures, Readouts};
use crate::scenario::{Debt, Finance};

/// A business evaluated over the plan.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Evaluation {
    /// The business.
    pub business: Business,
    /// Basis of the flows.
    pub basis: Basis,
    /// Calendar of queue, construction, ramp and operation.
    pub timing: Timing,
    /// The first month in which no debt is owed any more; `None` without debt or with a balloon at `T`.
    pub debt_paid_month: Option<usize>,
    /// Every line of every month.
    pub ledger: Ledger,
    /// Net flows on the basis.
    pub flows: Flows,
    /// Measures that all businesses have.
    pub measures: Measures,
    /// Figures of this business alone.
    pub readouts: Readouts,
    /// Months after the end of the plan whose earnings its end proceeds count: those left of a running lease.
    pub months_after_end: usize,
    /// Discount factor of one month.
    pub(crate) discount: f64,
}

impl Evaluation {
    /// Length of the plan in months: its flows are those of months `0..=horizon`.
    pub fn horizon(&self) -> usize {
        self.flows.net.len().saturating_sub(1)
    }

    /// Capital that multiples and returns refer to: own capex of the project, or the owner's peak equity, USD. Without own
    /// capex there is none on any basis: what operation loses in some months is not invested.
    ///
    /// # Errors
    /// If there is none.
    ///
    /// ```
    /// # use wattfolio_economics::prelude::*;
    /// let scenario = Scenario::default().with("hosting.customer_capex_share", 1.0)?.validate()?;
    /// let comparison = compare(&scenario);
    /// let hosting = comparison.business(Business::Hosting).unwrap();
    /// assert_eq!(hosting.capital_usd(), Err(Absent::NoCapex));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn capital_usd(&self) -> Maybe<f64> {
        capital_usd(self.basis, self.measures.capex_usd, || self.measures.service.peak_equity_usd)
    }
}

/// Capital that multiples and returns refer to on a basis, USD; see [`Evaluation::capital_usd`]. Peak equity is asked for on the
/// owner's basis only.
pub(crate) fn capital_usd(basis: Basis, capex_usd: f64, peak_equity_usd: impl FnOnce() -> f64) -> Maybe<f64> {
    if capex_usd <= 0.0 {
        return Err(Absent::NoCapex);
    }
    match basis {
        Basis::EquityAfterTax => Some(peak_equity_usd()).filter(|usd| *usd > 0.0).ok_or(Absent::NoEquity),
        Basis::ProjectBeforeTax | Basis::ProjectAfterTax => Ok(capex_usd),
    }
}

/// Financing, basis and discounting of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms<'a> {
    pub finance: &'a Finance,
    pub debt: Debt,
    pub basis: Basis,
    /// Discount factor of one month.
    pub discount: f64,
    /// Operating cash of each month that a debt is sized on, where it is not that of the run itself, USD.
    pub sized_on: Option<&'a [f64]>,
}

/// Runs a business through a market and writes its ledger.
pub(crate) fn run<P: Venture>(
    plan: &P,
    levels: &[Levels<f64>],
    terms: &Terms<'_>,
) -> (Ledger, Flows, Financing) {
    let mut ledger = Ledger::new(levels.len() - 1);
    let mut months = Vec::with_capacity(levels.len());
    let take = |_, operations| months.push(operations);
    let end_proceeds = run_months(plan, levels, |_, _| (), &mut ledger.month(0), take);
    let operated = Operated { months, end_proceeds };
    let operating_cash = operated.months.iter().map(|operations| operations.cash).collect::<Vec<f64>>();
    let sized_on = terms.sized_on.unwrap_or(&operating_cash);
    let financing = Financing::compile(terms.finance, terms.debt, plan.capital(), plan.timing(), sized_on);
    let mut flows = settle_books(plan, &operated, &financing, terms.basis, &mut ledger);
    flows.operating_cash = operating_cash;
    let (mut cumulative, mut discounted, mut factor) = (0.0, 0.0, 1.0);
    for (t, net) in flows.net.iter().enumerate() {
        cumulative += net;
        discounted += net * factor;
        factor *= terms.discount;
        ledger.set(Line::Cumulative, t, cumulative);
        ledger.set(Line::DiscountedCumulative, t, discounted);
    }
    (ledger, flows, financing)
}

/// The operating result of every month, and the end proceeds.
struct Operated {
    months: Vec<Operations<f64>>,
    end_proceeds: f64,
}

/// Settles the books of the owner and of the basis, and returns the flows. The tax return in the ledger is that of the
/// basis; for the project before tax, that of the project after tax.
fn settle_books<P: Venture>(
    plan: &P,
    operated: &Operated,
    financing: &Financing,
    basis: Basis,
    ledger: &mut Ledger,
) -> Flows {
    let (equity, beyond_equity) = settle(plan, operated, financing, Basis::EquityAfterTax, ledger);
    // Without debt the owner's books are the project's.
    let project = (basis != Basis::EquityAfterTax && financing.debt().is_some())
        .then(|| settle(plan, operated, financing, Basis::ProjectAfterTax, ledger));
    let before_tax = ledger.line(Line::NetBeforeTax);
    let (net, beyond_payback) = match (basis, project) {
        (Basis::ProjectBeforeTax, _) => (before_tax.to_vec(), operated.end_proceeds),
        (Basis::ProjectAfterTax, Some(project)) => project,
        (Basis::ProjectAfterTax, None) | (Basis::EquityAfterTax, _) => (equity.clone(), beyond_equity),
    };
    Flows {
        net,
        equity,
        profit_before_tax: before_tax.iter().sum(),
        end_proceeds: operated.end_proceeds,
        beyond_payback,
        operating_cash: Vec::new(),
    }
}

/// The flows of a basis, and the part of the last one that payback excludes, USD; records their lines.
fn settle<P: Venture>(
    plan: &P,
    operated: &Operated,
    financing: &Financing,
    basis: Basis,
    ledger: &mut Ledger,
) -> (Vec<f64>, f64) {
    let books = Books::new(plan, financing, basis);
    let horizon = operated.months.len() - 1;
    let (mut account, mut sink) = (Account::start(0.0), ledger.month(0));
    let mut flows = Vec::with_capacity(horizon + 1);
    for (t, operations) in operated.months[..horizon].iter().enumerate() {
        sink.turn_to(t);
        flows.push(books.month(t, operations, 0.0, &mut account, &mut sink));
    }
    sink.turn_to(horizon);
    let last = &operated.months[horizon];
    let last = books.last_month(last, operated.end_proceeds, 0.0, &mut account, &mut sink);
    flows.push(last.net());
    (flows, last.beyond)
}

/// The financing of a plan in a market: deductions, and the debt that its operating cash carries.
pub(crate) fn financing<P: Venture>(
    plan: &P,
    levels: &[Levels<f64>],
    finance: &Finance,
    debt: Debt,
) -> Financing {
    let mut cash = Vec::with_capacity(levels.len());
    run_months(plan, levels, |_, _| (), &mut (), |_, operations| cash.push(operations.cash));
    Financing::compile(finance, debt, plan.capital(), plan.timing(), &cash)
}
