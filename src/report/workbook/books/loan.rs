//! The loan of a business: its terms, and its schedule by the functions of the model.

use wattfolio_economics::finance::{self, DebtSchedule};
use wattfolio_economics::scenario::Debt;

use super::Books;
use crate::report::workbook::value::{NOTHING, Value};

impl Books<'_> {
    pub(super) fn debt(&mut self) {
        let debt = self.business.debt(self.scenario);
        let (capex, cash) = (self.column("capex"), self.column("cash"));
        let (live, horizon) = (self.live, self.horizon);
        let terms = LoanTerms::of(debt);
        let rate = terms.apr / 12.0;
        let worth = |values: &[f64]| -> f64 {
            values
                .iter()
                .enumerate()
                .map(|(t, value)| value * (1.0 + rate).powi(live as i32 - t as i32))
                .sum()
        };
        let sculpted: Vec<f64> = (0..=horizon)
            .map(|t| {
                let is_paid = terms.kind == 2 && t > live && t <= live + terms.term;
                if is_paid { cash[t].max(0.0) / terms.dscr } else { 0.0 }
            })
            .collect();
        let (capitalised, covered) = (worth(&capex), worth(&sculpted));
        let coverage = if capitalised > 0.0 { covered / capitalised } else { 0.0 };
        let schedule = schedule(debt, &capex, &cash, live);
        let share = match debt {
            Debt::Loan { loan_to_cost, .. } if capitalised > 0.0 => loan_to_cost,
            Debt::None | Debt::Loan { .. } => 0.0,
            Debt::SizedToDscr { .. } => coverage.min(1.0),
        };
        let later: Vec<f64> = (0..=horizon).map(|t| sculpted[t + 1..].iter().rev().sum()).collect();
        self.put("sculpted", sculpted);
        self.put("later", later);
        self.put("drawn", schedule.months.iter().map(|month| month.drawn));
        self.put("interest", schedule.months.iter().map(|month| month.interest));
        self.put("payment", schedule.months.iter().map(|month| month.payment));
        self.put("balance", schedule.months.iter().map(|month| month.balance));
        let cover = schedule.months.iter().zip(&cash).map(|(month, cash)| {
            if month.payment > 0.0 { Value::from(cash / month.payment) } else { NOTHING }
        });
        self.columns.insert("dscr", cover.collect());
        self.term("loan_kind", terms.kind);
        self.term("loan_to_cost", terms.loan_to_cost);
        self.term("dscr", terms.dscr);
        self.term("apr", terms.apr);
        self.term("term", terms.term);
        self.term("grace", terms.grace);
        self.term("loan_monthly", rate);
        self.term("capitalised", capitalised);
        self.term("sculpted_value", covered);
        self.term("coverage", coverage);
        self.term("loan_share", share);
        self.term("level", level_payment(&terms, rate, share * capitalised));
        self.term("balloon", schedule.balloon);
    }
}

/// The schedule of a debt.
fn schedule(debt: Debt, capex: &[f64], cash: &[f64], live: usize) -> DebtSchedule {
    match debt {
        Debt::None => DebtSchedule::none(capex.len() - 1),
        Debt::Loan { loan_to_cost, apr, term_months, grace_months } => {
            DebtSchedule::loan(capex, live, loan_to_cost, apr, (term_months, grace_months))
        }
        Debt::SizedToDscr { dscr, apr, term_months } => {
            DebtSchedule::sized(capex, cash, live, dscr, apr, term_months)
        }
    }
}

/// The terms of a debt; 0 where its kind has no such term.
struct LoanTerms {
    /// 0 none, 1 a loan on cost, 2 sized to the DSCR.
    kind: usize,
    loan_to_cost: f64,
    dscr: f64,
    apr: f64,
    term: usize,
    grace: usize,
}

impl LoanTerms {
    fn of(debt: Debt) -> Self {
        let none = Self { kind: 0, loan_to_cost: 0.0, dscr: 0.0, apr: 0.0, term: 0, grace: 0 };
        match debt {
            Debt::None => none,
            Debt::Loan { loan_to_cost, apr, term_months, grace_months } => Self {
                kind: 1,
                loan_to_cost,
                apr,
                term: term_months as usize,
                grace: grace_months as usize,
                ..none
            },
            Debt::SizedToDscr { dscr, apr, term_months } => {
                Self { kind: 2, dscr, apr, term: term_months as usize, ..none }
            }
        }
    }
}

/// The level payment of a loan, USD a month.
fn level_payment(terms: &LoanTerms, rate: f64, owed: f64) -> f64 {
    if terms.kind == 1 { owed * finance::capital_recovery_factor(rate, terms.term as u32) } else { 0.0 }
}
