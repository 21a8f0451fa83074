//! Differences between scenarios, in a few words each.

use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::scenario::Scenario;

use crate::format;

/// Largest number of inputs that are named; the others are counted.
const MOST_NAMED: usize = 3;

/// A scenario among others.
pub struct Named<'a> {
    /// Name in the texts of later scenarios.
    pub name: String,
    /// Its inputs.
    pub scenario: &'a Scenario,
}

/// Differences of each scenario from the baseline and from the scenarios before it. A scenario that extends
/// an earlier one names the addition only: `Electricity $60.0/MWh`, then `A + bitcoin $150k`.
pub fn distinctions(scenarios: &[Named<'_>], baseline: &Scenario) -> Vec<String> {
    let changes: Vec<Vec<&Input>> = scenarios
        .iter()
        .map(|one| catalogue::inputs().iter().filter(|input| input.differs(one.scenario, baseline)).collect())
        .collect();
    (0..scenarios.len()).map(|index| distinction(scenarios, &changes, index)).collect()
}

fn distinction(scenarios: &[Named<'_>], changes: &[Vec<&Input>], index: usize) -> String {
    let (one, own) = (scenarios[index].scenario, &changes[index]);
    if own.is_empty() {
        return "as the baseline".to_owned();
    }
    // The earlier scenario with the most changes, all of which this one has too.
    let is_part = |earlier: &usize| {
        let part = &changes[*earlier];
        let has = |input: &&Input| !input.differs(scenarios[*earlier].scenario, one);
        !part.is_empty() && part.iter().all(has)
    };
    let Some(from) = (0..index).filter(is_part).max_by_key(|earlier| changes[*earlier].len()) else {
        return listed(own, one, false);
    };
    let more: Vec<&Input> =
        own.iter().copied().filter(|input| input.differs(one, scenarios[from].scenario)).collect();
    let name = &scenarios[from].name;
    if more.is_empty() { format!("as {name}") } else { format!("{name} + {}", listed(&more, one, true)) }
}

/// Inputs with their values.
fn listed(inputs: &[&Input], scenario: &Scenario, is_continued: bool) -> String {
    let kept = if inputs.len() <= MOST_NAMED { inputs.len() } else { MOST_NAMED - 1 };
    let words = |(index, input): (usize, &&Input)| named(input, scenario, is_continued || index > 0);
    let named: Vec<String> = inputs[..kept].iter().enumerate().map(words).collect();
    match inputs.len() - kept {
        0 => named.join(", "),
        more => format!("{}, {more} more", named.join(", ")),
    }
}

/// An input and its value: `Electricity $60.0/MWh`.
fn named(input: &Input, scenario: &Scenario, is_continued: bool) -> String {
    let value = match &input.kind {
        Kind::Number(number) => (number.get)(scenario).map(|value| format::short(value, input.unit)),
        Kind::Choice(choice) => choice.current(scenario).map(|index| choice.options[index].label.to_owned()),
        _ => input.text(scenario).filter(|text| text.len() < 24),
    };
    let label =
        [" cost", " price"].iter().find_map(|end| input.label.strip_suffix(end)).unwrap_or(input.label);
    let label = if is_continued { continued(label) } else { label.to_owned() };
    format!("{label} {}", value.unwrap_or_default()).trim_end().to_owned()
}

/// A label within a sentence; abbreviations such as GPU stay as they are.
fn continued(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain([second]).chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(values: &[(&str, &str)]) -> Scenario {
        let mut scenario = Scenario::default();
        for (id, value) in values {
            catalogue::find(id).unwrap().write(&mut scenario, value).unwrap();
        }
        scenario
    }

    fn words(scenarios: &[Scenario]) -> Vec<String> {
        let named: Vec<Named<'_>> = scenarios
            .iter()
            .zip('A'..)
            .map(|(scenario, name)| Named { name: name.to_string(), scenario })
            .collect();
        distinctions(&named, &Scenario::default())
    }

    const POWER: (&str, &str) = ("power.price_usd_per_kwh", "0.06");
    const BITCOIN: (&str, &str) = ("bitcoin.price_usd", "150000");

    #[test]
    fn a_scenario_that_adds_to_another_says_what() {
        let scenarios =
            [with(&[POWER]), with(&[POWER, BITCOIN]), with(&[BITCOIN]), with(&[POWER]), with(&[])];
        let expected =
            ["Electricity $60.0/MWh", "A + bitcoin $150k", "Bitcoin $150k", "as A", "as the baseline"];
        assert_eq!(words(&scenarios), expected);
    }

    #[test]
    fn another_value_of_the_same_input_is_no_addition() {
        let scenarios = [with(&[POWER]), with(&[("power.price_usd_per_kwh", "0.07"), BITCOIN])];
        assert_eq!(words(&scenarios)[1], "Electricity $70.0/MWh, bitcoin $150k");
    }

    #[test]
    fn many_changes_are_counted() {
        let many = with(&[
            POWER,
            BITCOIN,
            ("leasing.rental_usd_per_gpu_hour", "4"),
            ("site.capacity_mw", "30"),
            ("horizon_months", "60"),
        ]);
        let text = words(&[many]).remove(0);
        assert!(text.ends_with(", 3 more") && text.matches(',').count() == 2, "{text}");
    }
}
