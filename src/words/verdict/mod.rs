//! The sentence of a verdict, in parts.

mod against;
mod judged;
mod lead;
mod part;
mod payback;
mod terms;

use std::fmt;

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::Comparison;
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use super::{capitalised, join};
use crate::format;
pub use against::loss_share;
pub use judged::Judged;
pub use part::Part;
pub use terms::{EndWords, Terms};

/// Parts of the sentence of a verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The best by the criterion, or that nothing earns its capital.
    pub lead: Part,
    /// Objections to it, and the businesses that follow.
    pub more: Vec<Part>,
    /// A remark after it.
    pub aside: Option<String>,
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.lead)?;
        self.more.iter().try_for_each(|part| write!(f, "; {part}"))?;
        f.write_str(".")?;
        self.aside.iter().try_for_each(|aside| write!(f, " {aside}."))
    }
}

impl Sentence {
    /// Its text in spans, each with whether a simulation says it, so that it can be drawn as old.
    pub fn spans(&self) -> Vec<(&str, bool)> {
        let parts = self.more.iter().flat_map(|part| std::iter::once(("; ", false)).chain(part.spans()));
        let aside = self.aside.iter().flat_map(|aside| [(" ", false), (aside.as_str(), false), (".", false)]);
        self.lead.spans().into_iter().chain(parts).chain([(".", false)]).chain(aside).collect()
    }
}

/// The sentence of a verdict of a comparison.
pub fn sentence(scenario: &Scenario, comparison: &Comparison, verdict: &Verdict) -> Sentence {
    sentence_under(verdict, &Terms::new(scenario, comparison))
}

/// The sentence of a verdict under the terms of its plans.
pub fn sentence_under(verdict: &Verdict, terms: &Terms) -> Sentence {
    let mut sentence = lead::lead(verdict, terms);
    if verdict.criterion == Criterion::Payback {
        sentence.more.extend(payback::others(verdict).into_iter().map(Part::planned));
    }
    sentence.more.extend(against::said(verdict, terms));
    // If all are missing, the lead says it.
    if !terms.missing.is_empty() && !verdict.ranking.is_empty() {
        let names: Vec<String> = terms.missing.iter().map(|business| business.word().to_owned()).collect();
        sentence.more.push(Part::planned(format!("{} cannot be evaluated", join(&names))));
    }
    if sentence.aside.is_none() {
        sentence.aside = against::of_the_next(verdict, terms);
    }
    sentence
}

/// The rates as they are said: on the equity basis, whose flows are the owner's, that they are the project's.
pub fn rates(scenario: &Scenario, basis: Basis) -> String {
    let rates = Terms::rates_of(scenario).words();
    if basis == Basis::EquityAfterTax {
        format!("the project’s rates, {rates} a year")
    } else {
        format!("{rates} a year")
    }
}

/// The line under the sentence: the rates, and what was assumed.
pub fn conditions(scenario: &Scenario, basis: Basis, verdict: &Verdict) -> String {
    let rates = rates(scenario, basis);
    let counts = match verdict.criterion {
        Criterion::Payback => "payback leaves resale out".to_owned(),
        Criterion::Irr if basis == Basis::EquityAfterTax => format!("capital is held against {rates}"),
        Criterion::Irr => format!("capital costs {rates}"),
        Criterion::Loss => format!("a loss is an NPV below 0 at {rates}"),
        Criterion::Value | Criterion::ValuePerCapex => format!("NPV at {rates}"),
    };
    let over = verdict.paths().map(|paths| format!("; {} paths", format::grouped(paths as f64, 0)));
    format!(
        "Electricity {}, bitcoin {}. Each alone on the whole {}; {counts}{}.",
        format::full(scenario.power.price_usd_per_kwh.value, Unit::UsdPerKwh),
        format::full(scenario.bitcoin.price_usd.value, Unit::UsdPerBtc),
        format::full(scenario.site.capacity_mw, Unit::Mw),
        over.unwrap_or_default(),
    )
}

/// An amount as it is said: `$94M`, `−$863M`, `$3M`; two figures, three from a hundred on.
pub(in crate::words) fn money(usd: f64) -> String {
    // Rounded once: three figures first would turn 1,146 million into 1.2 billion.
    let unit = 1000_f64.powf((usd.abs().max(1.0).log10() / 3.0).floor());
    let scaled = usd / unit;
    let once = if scaled.abs() >= 10.0 { scaled.round() } else { (scaled * 10.0).round() / 10.0 };
    let text = format::short(once * unit, Unit::Usd);
    let digits: String = text.chars().filter(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    let Ok(number) = digits.parse::<f64>() else { return text };
    let rounded = if number >= 10.0 { number.round() } else { (number * 10.0).round() / 10.0 };
    text.replace(&digits, &format::plain(rounded))
}

/// A business at the head of a sentence.
pub(super) fn headed(business: wattfolio_economics::business::Business) -> String {
    capitalised(business.word())
}

#[cfg(test)]
mod tests;
