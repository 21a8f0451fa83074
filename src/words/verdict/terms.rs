//! Terms that a sentence needs besides the figures: lengths, rates, contracts, and what ends a plan.

use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::kernel::Event;
use wattfolio_economics::results::{Comparison, Timeline};
use wattfolio_economics::scenario::Scenario;

use crate::format;

/// Kind of the proceeds at the end of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EndWords {
    /// A lease that runs on.
    Lease,
    /// Sale of machines, works and coins.
    #[default]
    Resale,
}

/// A first term: a contract or a lease.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// Its end, months since the start.
    pub ends: f64,
    /// Its length, months.
    pub months: f64,
    /// Whether it is a contract, and not a lease.
    pub is_contract: bool,
}

/// Discount rates by business, a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates(pub PerBusiness<f64>);

impl Rates {
    /// `12 %` where all are the same, else one a business in their order: `15 / 9 / 13 %`.
    pub fn words(&self) -> String {
        let each = Business::ALL.map(|business| self.0[business]);
        if each.iter().all(|rate| rate == &each[0]) {
            return hundredths(each[0]) + " %";
        }
        format!("{} %", each.map(hundredths).join(" / "))
    }
}

/// A rate in percent, with as many of two decimals as it has.
fn hundredths(rate: f64) -> String {
    format::plain((rate * 1e4).round() / 100.0)
}

/// A share as it is said: `11.5 %`.
pub(super) fn percent(share: f64) -> String {
    format!("{} %", format::plain((share * 1e3).round() / 10.0))
}

/// Terms that a sentence needs besides the figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// Length of the plan, months.
    pub horizon_months: u32,
    /// Discount rates.
    pub rates: Rates,
    /// First terms.
    pub first_terms: PerBusiness<Option<Term>>,
    /// Kind of the end proceeds of each business.
    pub ends: PerBusiness<EndWords>,
    /// Businesses that could not be evaluated.
    pub missing: Vec<Business>,
}

impl Terms {
    /// Those of a comparison.
    pub fn new(scenario: &Scenario, comparison: &Comparison) -> Self {
        let term = |business| {
            let evaluation = comparison.business(business).ok()?;
            let (ends, event) = Timeline::new(scenario, evaluation).first_term?;
            let months = ends - evaluation.timing.live() as f64;
            Some(Term { ends, months, is_contract: event == Event::ContractEnds })
        };
        let end = |business| match comparison.business(business) {
            Ok(evaluation) if evaluation.months_after_end > 0 => EndWords::Lease,
            _ => EndWords::Resale,
        };
        let is_missing = |business: &Business| comparison.business(*business).is_err();
        Self {
            horizon_months: scenario.horizon_months,
            rates: Self::rates_of(scenario),
            first_terms: PerBusiness::new(term),
            ends: PerBusiness::new(end),
            missing: Business::ALL.into_iter().filter(is_missing).collect(),
        }
    }

    /// The rate of each business: its own, or the one that businesses share.
    pub fn rates_of(scenario: &Scenario) -> Rates {
        Rates(PerBusiness::new(|business| business.discount_rate(scenario)))
    }

    /// Source of the end proceeds in words: `the lease after year ten`.
    pub fn end_of(&self, business: Business) -> String {
        match self.ends[business] {
            EndWords::Lease => format!("the lease after {}", self.horizon_words()),
            EndWords::Resale => "what is sold at the end".to_owned(),
        }
    }

    fn horizon_words(&self) -> String {
        let months = self.horizon_months;
        if months.is_multiple_of(12) {
            format!("year {}", count_words(months / 12))
        } else {
            format!("month {months}")
        }
    }

    /// A payback relative to the first term of its business: `within its five-year contract`.
    pub fn within_term(&self, business: Business, payback: f64) -> Option<String> {
        let term = self.first_terms[business]?;
        let kind = if term.is_contract { "contract" } else { "lease" };
        if payback > term.ends {
            return Some(format!("after the {kind} ends"));
        }
        let years = (term.months / 12.0).round();
        let length = if (years * 12.0 - term.months).abs() < 0.5 {
            format!("{}-year", count_words(years as u32))
        } else {
            format!("{}-month", format::grouped(term.months, 0))
        };
        Some(format!("within its {length} {kind}"))
    }
}

/// Small counts as words.
fn count_words(count: u32) -> String {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(count as usize).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// A value per dollar as it is said: `0.16`.
pub(super) fn multiple(value: f64) -> String {
    // Beyond what anybody reads digit by digit only the magnitude is said.
    if value.abs() >= 1e15 { format!("{value:.1e}") } else { format::significant(value, 2) }
}
