//! One business, month by month, with everything that is known of it.

use crate::business::Business;
use crate::finance::TaxState;
use crate::kernel::{
    Absent, Basis, Books, Financing, LastTax, Ledger, Levels, Line, Maybe, Operations, Sink, Timing, Venture,
};
use crate::results::{Measures, Readouts};
use crate::scenario::{Debt, Finance};

/// A business evaluated over the plan.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Evaluation {
    /// Which one.
    pub business: Business,
    /// Whose flows are measured.
    pub basis: Basis,
    /// When it waits, builds and runs.
    pub timing: Timing,
    /// The first month in which no scheduled debt is owed any more; `None` without one.
    pub debt_paid_month: Option<usize>,
    /// Every line of every month.
    pub ledger: Ledger,
    /// Net flows on the basis.
    pub flows: Flows,
    /// Measures that all businesses have.
    pub measures: Measures,
    /// Figures of this business alone.
    pub readouts: Readouts,
    /// Discount factor of one month.
    pub(crate) discount: f64,
}

impl Evaluation {
    /// Length of the plan in months: its flows are those of months `0..=horizon`.
    pub fn horizon(&self) -> usize {
        self.flows.net.len().saturating_sub(1)
    }

    /// The money that multiples and returns compare with: own capex of the project, or the owner's peak
    /// equity, USD.
    ///
    /// # Errors
    /// If there is none, as for every figure per dollar of it.
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
        let (usd, without) = match self.basis {
            Basis::EquityAfterTax => (self.measures.service.peak_equity_usd, Absent::NoEquity),
            Basis::ProjectBeforeTax | Basis::ProjectAfterTax => (self.measures.capex_usd, Absent::NoCapex),
        };
        if usd > 0.0 { Ok(usd) } else { Err(without) }
    }
}

/// Net cash flows `c_0..c_T` of a business.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Flows {
    /// The net flow of each month on the basis, USD.
    pub net: Vec<f64>,
    /// The owner's flow of each month, whatever the basis, USD.
    pub equity: Vec<f64>,
    /// Sum of the flows before tax, USD.
    pub profit_before_tax: f64,
    /// What comes only because the plan ends, before tax, USD.
    pub end_proceeds: f64,
    /// The part of the last flow that payback leaves out: end proceeds less the tax on them, as far as they
    /// need not repay debt, USD.
    pub beyond_payback: f64,
    /// Operating cash of each month, before tax, USD.
    pub operating_cash: Vec<f64>,
}

impl Flows {
    /// The flows without end proceeds, on which payback is counted.
    ///
    /// ```
    /// # use wattfolio_economics::prelude::*;
    /// let comparison = compare(&Scenario::default().validate()?);
    /// let leasing = comparison.business(Business::Leasing).unwrap();
    /// let payback = finance::payback(&leasing.flows.without_end_proceeds(), 0.0).unwrap();
    /// assert_eq!(leasing.measures.payback_months, Ok(payback.first));
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn without_end_proceeds(&self) -> Vec<f64> {
        let mut flows = self.net.clone();
        if let Some(last) = flows.last_mut() {
            *last -= self.beyond_payback;
        }
        flows
    }
}

/// How a run is financed and counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms<'a> {
    pub finance: &'a Finance,
    pub debt: Debt,
    pub basis: Basis,
    /// Discount factor of one month.
    pub discount: f64,
}

/// Runs a business through a market and writes its ledger.
pub(crate) fn run<P: Venture>(
    plan: &P,
    levels: &[Levels<f64>],
    terms: &Terms<'_>,
) -> (Ledger, Flows, Financing) {
    let mut ledger = Ledger::new(levels.len() - 1);
    let operated = operate(plan, levels, &mut ledger);
    let operating_cash: Vec<f64> = operated.months.iter().map(|operations| operations.cash).collect();
    let financing =
        Financing::compile(terms.finance, terms.debt, plan.capital(), plan.timing(), &operating_cash);
    let mut flows = settle_books(plan, &operated, &financing, terms, &mut ledger);
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

/// The operating result of every month, and what the end brings.
struct Operated {
    months: Vec<Operations<f64>>,
    end_proceeds: f64,
    /// What kept coins were worth when they were mined, USD.
    kept_cost: f64,
}

/// The first pass: operations alone.
fn operate<P: Venture>(plan: &P, levels: &[Levels<f64>], ledger: &mut Ledger) -> Operated {
    let mut state = plan.start(0.0);
    let mut months = Vec::with_capacity(levels.len());
    let mut kept_cost = 0.0;
    for (t, level) in levels.iter().enumerate() {
        let mut month = ledger.month(t);
        let operations = plan.operate(t, level, &mut state, &mut month);
        kept_cost += operations.kept_value;
        month.put(Line::Ebitda, operations.ebitda());
        months.push(operations);
    }
    let end_proceeds = plan.end_proceeds(&levels[levels.len() - 1], &state);
    Operated { months, end_proceeds, kept_cost }
}

/// The second pass: capital, tax and debt. Writes their lines and gives the flows of the basis.
fn settle_books<P: Venture>(
    plan: &P,
    operated: &Operated,
    financing: &Financing,
    terms: &Terms<'_>,
    ledger: &mut Ledger,
) -> Flows {
    let horizon = operated.months.len() - 1;
    let mut flows = Flows {
        net: Vec::with_capacity(horizon + 1),
        equity: Vec::with_capacity(horizon + 1),
        end_proceeds: operated.end_proceeds,
        ..Flows::default()
    };
    let mut project = Taxpayer::new(Books::Project);
    let mut owner = Taxpayer::new(Books::Equity);
    for (t, operations) in operated.months.iter().enumerate() {
        let outlay = plan.capital().outlay(t);
        let end = if t == horizon { operated.end_proceeds } else { 0.0 };
        let before = operations.cash + outlay.total() + end;
        project.month(t, operations.ebitda(), operated, financing);
        // Without debt the owner's books are the project's.
        let (payer, equity) = if financing.debt().is_some() {
            owner.month(t, operations.ebitda(), operated, financing);
            let equity = owners_flow(before - owner.tax, financing, t);
            put_debt(&mut ledger.month(t), financing, t, plan.timing().live());
            (if terms.basis == Basis::EquityAfterTax { &owner } else { &project }, equity)
        } else {
            (&project, before - project.tax)
        };
        let mut month = ledger.month(t);
        month.put(Line::OtherProceeds, outlay.other_proceeds);
        month.put(Line::CapexWorks, outlay.works);
        month.put(Line::CapexHardware, outlay.hardware);
        month.put(Line::Deposit, outlay.deposit);
        month.put(Line::EndProceeds, end);
        month.put(Line::NetBeforeTax, before);
        month.put(Line::Depreciation, 0.0 - financing.depreciation_usd(t));
        month.put(Line::TaxableIncome, payer.income);
        month.put(Line::Tax, 0.0 - payer.tax);
        month.put(Line::NetAfterTax, before - payer.tax);
        month.put(Line::Equity, equity);
        flows.profit_before_tax += before;
        flows.equity.push(equity);
        flows.net.push(match terms.basis {
            Basis::ProjectBeforeTax => before,
            Basis::ProjectAfterTax => before - project.tax,
            Basis::EquityAfterTax => equity,
        });
    }
    flows.beyond_payback = match terms.basis {
        Basis::ProjectBeforeTax => operated.end_proceeds,
        Basis::ProjectAfterTax => operated.end_proceeds - project.tax_on_end,
        Basis::EquityAfterTax => {
            let payer = if financing.debt().is_some() { &owner } else { &project };
            let end = operated.end_proceeds - payer.tax_on_end;
            // What the end proceeds repay to the lender cannot delay a payback that leaves them out.
            end - financing.debt().balloon.min(end.max(0.0))
        }
    };
    flows
}

/// What is left to the owner of a flow after tax; a month that cancels but for rounding is exactly 0.
fn owners_flow(after_tax: f64, financing: &Financing, t: usize) -> f64 {
    let debt = &financing.debt().months[t];
    let repaid = financing.repaid_usd(t);
    let equity = after_tax + debt.drawn - repaid;
    let size = after_tax.abs() + debt.drawn + repaid;
    if equity.abs() <= 1e-12 * size { 0.0 } else { equity }
}

/// The lines of a debt. Interest until live is owed, not paid.
fn put_debt(month: &mut impl Sink<f64>, financing: &Financing, t: usize, live: usize) {
    let debt = &financing.debt().months[t];
    month.put(Line::DebtDrawn, debt.drawn);
    month.put(Line::DebtBalance, debt.balance - (financing.repaid_usd(t) - debt.payment));
    if t > live {
        month.put(Line::Interest, 0.0 - debt.interest);
        month.put(Line::Principal, debt.interest - financing.repaid_usd(t));
    }
}

/// Somebody who owes tax, and what it comes to in the month at hand.
struct Taxpayer {
    books: Books,
    state: TaxState<f64>,
    income: f64,
    tax: f64,
    tax_on_end: f64,
}

impl Taxpayer {
    fn new(books: Books) -> Self {
        Self { books, state: TaxState::start(0.0), income: 0.0, tax: 0.0, tax_on_end: 0.0 }
    }

    fn month(&mut self, t: usize, ebitda: f64, operated: &Operated, financing: &Financing) {
        self.income = financing.income(self.books, t, ebitda);
        if t + 1 < operated.months.len() {
            self.tax = financing.month_tax(t, self.income, &mut self.state);
            return;
        }
        let gain = financing.gain(operated.end_proceeds, operated.kept_cost);
        let LastTax { total, on_end_proceeds } = financing.last_tax(self.income, gain, self.state);
        self.income += gain;
        self.tax = total;
        self.tax_on_end = on_end_proceeds;
    }
}

/// The financing of a plan in a market: what it deducts, and the debt that its operating cash carries.
pub(crate) fn financing<P: Venture>(
    plan: &P,
    levels: &[Levels<f64>],
    finance: &Finance,
    debt: Debt,
) -> Financing {
    let mut state = plan.start(0.0);
    let cash: Vec<f64> = levels
        .iter()
        .enumerate()
        .map(|(t, level)| plan.operate(t, level, &mut state, &mut ()).cash)
        .collect();
    Financing::compile(finance, debt, plan.capital(), plan.timing(), &cash)
}
