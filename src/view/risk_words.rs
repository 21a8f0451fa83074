//! Sentences made from a simulation.

use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue::Unit;
use wattfolio_economics::risk::{BusinessRisk, Simulation};
use wattfolio_economics::scenario::Scenario;

use super::words::capitalised;
use crate::format;

/// How many of a hundred futures, in words.
fn of_hundred(share: f64) -> String {
    match share {
        share if share < 0.005 => "almost none".to_owned(),
        share if share > 0.995 => "almost all".to_owned(),
        share => format::grouped(share * 100.0, 0),
    }
}

/// The businesses that were simulated, those that lose most often first.
fn by_loss(simulation: &Simulation) -> Vec<(Business, &BusinessRisk)> {
    let mut risks: Vec<(Business, &BusinessRisk)> = Business::ALL
        .into_iter()
        .filter_map(|business| simulation.business(business).ok().map(|risk| (business, risk)))
        .collect();
    risks.sort_by(|a, b| b.1.loss.value.total_cmp(&a.1.loss.value));
    risks
}

/// The sentence of the risk page.
pub fn risk_verdict(simulation: &Simulation) -> String {
    let risks = by_loss(simulation);
    let Some(((first, risk), others)) = risks.split_first() else {
        return "Nothing could be simulated.".to_owned();
    };
    let name = capitalised(first.word());
    let head = match risk.loss.value {
        share if share < 0.005 && others.is_empty() => {
            return format!("{name} keeps its value in almost every future.");
        }
        share if share < 0.005 => return "All keep their value in almost every future.".to_owned(),
        share if share > 0.995 => format!("{name} loses value in almost every future"),
        share => format!("{name} loses value in {} of 100 futures", of_hundred(share)),
    };
    let others: Vec<String> = others
        .iter()
        .map(|(business, risk)| format!(", {} in {}", business.word(), of_hundred(risk.loss.value)))
        .collect();
    format!("{head}{}.", others.concat())
}

/// The line under it: how many paths, and what counts as a loss.
pub fn risk_conditions(scenario: &Scenario, simulation: &Simulation) -> String {
    format!(
        "{} simulated paths, seed {}, of bitcoin price, network hashrate, GPU rental and electricity. \
         Loss: NPV below 0 at {} a year.",
        format::grouped(simulation.paths as f64, 0),
        format::grouped(simulation.seed as f64, 0),
        format::full(scenario.finance.discount_rate, Unit::Fraction),
    )
}

/// The title of the chart of paybacks: when each is sure, or likely.
pub fn payback_title(simulation: &Simulation) -> String {
    let (mut sure, mut even, mut below) = (Vec::new(), Vec::new(), Vec::new());
    for (business, risk) in by_loss(simulation).into_iter().rev() {
        let year = |share: f64| risk.paid_back_by.iter().position(|by| *by >= share).map(|m| m.div_ceil(12));
        match (year(0.99), year(0.5)) {
            (Some(year), _) => sure.push((business, Some(year))),
            (None, Some(year)) => even.push((business, Some(year))),
            (None, None) => below.push((business, None)),
        }
    }
    let parts = [
        clause(&sure, "is sure", "are sure"),
        clause(&even, "reaches 50 %", "reach 50 %"),
        clause(&below, "stays below 50 %", "stay below 50 %"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    capitalised(&parts.join("; "))
}

/// `leasing is sure by year 5, hosting by year 10`.
fn clause(of: &[(Business, Option<usize>)], verb: &str, verb_of_many: &str) -> Option<String> {
    let ((first, year), others) = of.split_first()?;
    let Some(year) = year else {
        let names: Vec<&str> = of.iter().map(|(business, _)| business.word()).collect();
        let verb = if names.len() > 1 { verb_of_many } else { verb };
        return Some(format!("{} {verb}", names.join(" and ")));
    };
    let others: Vec<String> = others
        .iter()
        .filter_map(|(business, year)| year.map(|year| format!(", {} by {year}", business.word())))
        .collect();
    Some(format!("{} {verb} by year {year}{}", first.word(), others.concat()))
}

/// The title of the histograms: whose outcomes spread most.
pub fn spread_title(simulation: &Simulation, capital_usd: &[f64; 3]) -> String {
    let spread = |index: usize| {
        let risk = simulation.business(Business::ALL[index]).ok()?;
        Some((Business::ALL[index], (risk.npv.quantiles[4] - risk.npv.quantiles[0]) / capital_usd[index]))
    };
    let mut spreads: Vec<(Business, f64)> = (0..3).filter_map(spread).collect();
    spreads.sort_by(|a, b| b.1.total_cmp(&a.1));
    match spreads.as_slice() {
        [] => "Nothing could be simulated".to_owned(),
        [(widest, first), .., (narrowest, last)] if *first > 1.5 * last => {
            format!("{} spreads widest, {} least", capitalised(widest.word()), narrowest.word())
        }
        _ => "The outcomes spread alike".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::business::Basis;
    use wattfolio_economics::risk::simulate;

    use super::*;

    #[test]
    fn sentences_about_the_default_scenario() {
        let mut scenario = Scenario::default();
        scenario.risk.paths = 2000;
        let valid = scenario.validate().expect("valid");
        let simulation = simulate(&valid, Basis::default()).expect("threads");
        let verdict = risk_verdict(&simulation);
        assert!(verdict.starts_with("Mining loses value in 7"), "{verdict}");
        assert!(verdict.ends_with(", leasing in almost none."), "{verdict}");
        let title = payback_title(&simulation);
        // The year in which the 99th of a hundred paths has paid back.
        let mut paybacks = simulation.leasing.as_ref().expect("evaluated").payback_months.clone();
        paybacks.sort_by(f64::total_cmp);
        let year = (paybacks[paybacks.len() * 99 / 100 - 1] / 12.0).ceil();
        assert!(title.starts_with(&format!("Leasing is sure by year {year}, hosting by ")), "{title}");
        assert!(title.ends_with("; mining stays below 50 %"), "{title}");
        assert!(
            risk_conditions(&valid, &simulation).starts_with("2,000 simulated paths, seed 1, of bitcoin")
        );
    }
}
