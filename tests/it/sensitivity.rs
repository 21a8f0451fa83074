//! The sentence of the sensitivity page: every number of it is one that the command line answers.

use serde_json::Value;
use wattfolio::store::bundled;
use wattfolio::words::sensitivity::{Part, sentence};
use wattfolio_economics::answers::Overview;
use wattfolio_economics::scenario::ValidScenario;

use crate::support::program::json;

/// Whether a list of JSON has a number, to the last digits that a decimal text keeps.
fn has(numbers: &[Value], key: &str, wanted: f64) -> bool {
    let is_it = |number: f64| (number - wanted).abs() <= 1e-12 * wanted.abs();
    numbers.iter().filter_map(|one| one[key].as_f64()).any(is_it)
}

#[test]
fn every_number_of_each_sentence_is_in_the_json_of_solve_and_tornado() {
    let mut checked = 0;
    for bundled in bundled() {
        let scenario = ValidScenario::clone(&bundled.preset.scenario);
        let overview = Overview::new(&scenario, bundled.preset.view.basis);
        let sentence = sentence(&overview);
        let text = sentence.to_string();
        for part in &sentence.0 {
            match part {
                Part::Words(words) => {
                    assert!(
                        !words.contains(|letter: char| letter.is_ascii_digit()),
                        "{}: {text}",
                        bundled.name
                    );
                }
                Part::Root { asked, input, value } => {
                    let of = format!("{}=0", asked.quantity.id());
                    let arguments =
                        ["solve", bundled.name, "--input", input.id, "--for", &of, "--format", "json"];
                    let solved = json(&arguments);
                    let roots = solved["solved"][0]["roots"].as_array().expect("roots");
                    assert!(has(roots, "value", *value), "{}: {text}: {solved}", bundled.name);
                    checked += 1;
                }
                Part::End { asked, input, value, result } => {
                    let of = asked.quantity.id();
                    let tornado = json(&["tornado", bundled.name, "--for", &of, "--format", "json"]);
                    let first = &tornado["bars"][0];
                    assert_eq!(first["input"], input.id, "{}: {text}", bundled.name);
                    let ends = first["ends"].as_array().expect("ends");
                    assert!(
                        has(ends, "value", *value) && has(ends, "result", *result),
                        "{}: {text}",
                        bundled.name
                    );
                    checked += 2;
                }
            }
        }
        println!("{}: {text}", bundled.name);
        assert!(text.ends_with('.'), "{text}");
    }
    assert!(checked > 3 * bundled().len(), "{checked}");
}

#[test]
fn what_is_mistyped_is_refused_with_what_there_is() {
    use crate::support::program::refused;
    for (arguments, words) in [
        (&["solve", "--input", "power.prise_usd_per_kwh"][..], "did you mean one of power.price_usd_per_kwh"),
        (&["solve", "--input", "mining.treasury"], "mining.treasury is no number"),
        (&["solve", "--for", "mining.npv"], "did you mean npv_usd"),
        (&["solve", "--for", "mining.npv_usd=much"], "the target is much"),
        (&["solve", "--input", "risk.seed"], "belongs to the simulation"),
        (&["tornado", "--for", "gold.npv_usd"], "there are mining, hosting, leasing"),
        (&["tornado", "--for", "mining-mining.irr"], "always 0"),
    ] {
        let line = refused(arguments);
        assert!(line.contains(words), "{arguments:?}: {line}");
    }
}
