//! Figures in the reasons: written as `{…}` and computed, so that none can be another than the program's.
//!
//! `{mining.npv_usd}` is a measure of a business as the window shows it. `loss` and `mean_usd` are those of a simulation,
//! `line@month` is a line of the ledger, and `hold.npv_usd` is the coins bought instead. Before a colon stand the variant
//! and the inputs that are set on top: `{What came; mining.discount_rate=0.12: mining.npv_usd}`.

use wattfolio::format;
use wattfolio::store::Preset;
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::kernel::{Basis, LINES};
use wattfolio_economics::results::{Comparison, compare_on, find_measure};
use wattfolio_economics::risk::{FEW_PATHS, Simulator, ToTheEnd};
use wattfolio_economics::scenario::{Scenario, ValidScenario};
use wattfolio_economics::units::Unit;

/// The text with every figure computed.
pub fn filled(text: &str, preset: &Preset, simulator: &mut Simulator) -> String {
    let mut parts = text.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (wanted, rest) = part.split_once('}').unwrap_or_else(|| panic!("an open brace in {text}"));
        filled.push_str(&figure(wanted, preset, simulator));
        filled.push_str(rest);
    }
    filled
}

/// The text without its computed figures.
pub fn typed(text: &str) -> String {
    let typed = |part: &str| part.split_once('}').map_or(part, |(_, rest)| rest).to_owned();
    text.split('{').map(typed).collect()
}

fn figure(wanted: &str, preset: &Preset, simulator: &mut Simulator) -> String {
    let (case, name) = wanted.rsplit_once(": ").unwrap_or(("", wanted));
    let scenario = scenario(case, preset);
    let basis = preset.view.basis;
    let comparison = compare_on(&scenario, basis);
    let (business, id) = name.split_once('.').unwrap_or_else(|| panic!("no business in {wanted}"));
    if business == "hold" {
        assert_eq!(id, "npv_usd", "{wanted}");
        let holding = comparison.buy_and_hold.as_ref().expect("coins bought instead");
        return format::short(holding.npv_usd, Unit::Usd);
    }
    let business = Business::ALL.into_iter().find(|one| one.id() == business);
    let business = business.unwrap_or_else(|| panic!("no business in {wanted}"));
    match id {
        "loss" | "mean_usd" => simulated(id, (&scenario, basis), business, simulator),
        _ => match id.split_once('@') {
            Some((line, month)) => of_month(&comparison, business, line, month.parse().expect("a month")),
            None => measure(&comparison, business, id),
        },
    }
}

fn scenario(case: &str, preset: &Preset) -> ValidScenario {
    let mut scenario = Scenario::clone(&preset.scenario);
    for part in case.split("; ").filter(|part| !part.is_empty()) {
        if let Some((id, value)) = part.split_once('=') {
            catalogue::assign_all(&mut scenario, [(id, value)])
                .unwrap_or_else(|fault| panic!("{part}: {fault}"));
        } else {
            let variant = preset.variants.iter().find(|variant| variant.name == part);
            scenario = Scenario::clone(&variant.unwrap_or_else(|| panic!("no variant “{part}”")).scenario);
        }
    }
    scenario.validate().expect("valid")
}

fn measure(comparison: &Comparison, business: Business, id: &str) -> String {
    let measure = find_measure(business, id).unwrap_or_else(|| panic!("no measure {id}"));
    let value = measure.read(comparison.business(business).expect("evaluated")).expect("it has the measure");
    match value {
        Ok(value) => format::short(value, measure.unit),
        Err(reason) => reason.short().to_owned(),
    }
}

fn of_month(comparison: &Comparison, business: Business, line: &str, month: usize) -> String {
    let line = LINES.into_iter().find(|one| one.id() == line).unwrap_or_else(|| panic!("no line {line}"));
    let value = comparison.business(business).expect("evaluated").ledger.at(line, month).expect("a value");
    format::short(value, Unit::Usd)
}

fn simulated(
    id: &str,
    (scenario, basis): (&ValidScenario, Basis),
    business: Business,
    simulator: &mut Simulator,
) -> String {
    let few = scenario.edit(|scenario| scenario.risk.paths = FEW_PATHS).expect("so few paths are allowed");
    let simulation = simulator.run(&few, basis, &ToTheEnd).expect("runs to the end");
    let risk = simulation.business(business).expect("simulated");
    match id {
        "loss" => format::short(risk.loss.value, Unit::Fraction),
        _ => format::short(risk.npv.mean.value, Unit::Usd),
    }
}
