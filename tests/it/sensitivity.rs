//! The sentence of the sensitivity page: every number of it is one that the command line answers.

use serde_json::Value;
use wattfolio::store::bundled;
use wattfolio::words::sensitivity::{Part, sentence};
use wattfolio_economics::answers::Overview;
use wattfolio_economics::scenario::ValidScenario;

use crate::support::program::{json, printed};

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

#[test]
fn the_hashprice_at_which_a_miner_would_not_convert_is_said_and_in_every_format() {
    let text = printed(&["solve", "today"]);
    assert!(
        text.contains("Converting to hosting adds nothing to going on with mining at a hashprice of $"),
        "{text}"
    );
    let all = json(&["solve", "today", "--format", "json"]);
    let hosting = &all["converting"][0];
    assert_eq!((hosting["to"].as_str(), hosting["side"].as_str()), (Some("hosting"), Some("above")));
    let root = &hosting["would_not_convert"][0];
    let price = root["bitcoin_price_usd"].as_f64().expect("a price");
    let hashprice = root["hashprice_usd_per_ph_day"].as_f64().expect("a hashprice");
    assert_eq!(hosting["going_on"]["roots"][0]["value"].as_f64(), Some(price));
    // The network of month 0 is the same at any price.
    let now = hosting["hashprice_usd_per_ph_day_now"].as_f64().expect("a hashprice");
    assert!((hashprice / now - price / 84_700.0).abs() < 1e-9, "{hosting}");
    // Put back in, converting adds nothing.
    let set = format!("bitcoin.price_usd={price}");
    let of = ["solve", "today", "--set", &set, "--for", "hosting-going_on.npv_usd", "--input", "hosting.pue"];
    let again = json(&[&of[..], &["--format", "json"]].concat());
    assert!(again["solved"][0]["result_now"].as_f64().is_some_and(|adds| adds.abs() < 1.0), "{again}");
    assert_eq!(again["converting"].as_array().map(Vec::len), Some(0), "something else was asked for");
    let csv = printed(&["solve", "today", "--format", "csv"]);
    let rows = csv.lines().filter(|line| line.starts_with("hosting-going_on.npv_usd,"));
    let found: Vec<f64> = rows.filter_map(|row| row.rsplit(',').next()?.parse().ok()).collect();
    assert!(found.len() == 1 && (found[0] / hashprice - 1.0).abs() < 1e-12, "{csv}");
}

#[test]
fn a_figure_of_the_simulation_is_moved_with_its_standard_errors() {
    use crate::support::program::run;
    let few = ["tornado", "today", "--set", "risk.paths=200", "--format", "json"];
    let of = |more: &[&str]| -> Value {
        let output = run(&[&few[..], more].concat());
        assert!(output.status.success(), "{more:?}");
        let said = String::from_utf8(output.stderr).expect("text");
        assert!(
            said.lines()
                .eq([25, 50, 75].map(|percent| format!("wattfolio: moving every input, {percent} %"))),
            "{said}"
        );
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let tornado = of(&["--for", "mining.npv_p5_usd"]);
    assert_eq!(
        (tornado["quantity"].as_str(), tornado["paths"].as_u64()),
        (Some("mining.npv_p5_usd"), Some(200))
    );
    let bars = tornado["bars"].as_array().expect("bars");
    let volatility = bars.iter().find(|bar| bar["input"] == "risk.bitcoin.volatility").expect("a risk");
    assert!(volatility["ends"][0]["standard_error_of_difference"].as_f64().is_some_and(|error| error > 0.0));
    assert!(bars.iter().all(|bar| bar["within_noise"].is_boolean()));
    // By chance of loss the default is that of the simulation.
    let by_loss = of(&["--criterion", "loss"]);
    let figure = by_loss["quantity"].as_str().and_then(|id| id.split_once('.')).map(|(_, figure)| figure);
    assert_eq!(figure, Some("loss"));
    let line = crate::support::program::refused(&["tornado", "--for", "mining.irr_p5"]);
    assert!(line.contains("irr_p5 is not moved"), "{line}");
}

#[test]
fn the_default_measure_follows_the_criterion() {
    for (criterion, measure) in [
        ("value", "npv_usd"),
        ("value_per_capex", "npv_per_capex"),
        ("payback", "payback_last_months"),
        ("irr", "irr"),
    ] {
        let tornado = json(&["tornado", "today", "--criterion", criterion, "--format", "json"]);
        let id = tornado["quantity"].as_str().expect("a quantity");
        assert_eq!(id.split_once('.').expect("a dot").1, measure, "{criterion}");
        let solved = json(&["solve", "today", "--criterion", criterion, "--format", "json"]);
        let asked = solved["solved"][0]["quantity"].as_str().expect("a quantity");
        let (best, _) = id.split_once('.').expect("a dot");
        // No payback says that the capital is just earned; an NPV of 0 does, and the IRR that is the discount rate.
        let npv = format!("{best}.npv_usd");
        assert_eq!(asked, if criterion == "payback" { &npv } else { id }, "{criterion}");
        let target = solved["solved"][0]["target"].as_f64().expect("a target");
        assert_eq!(target > 0.0, criterion == "irr", "{criterion}: {target}");
    }
}

#[test]
fn what_has_no_value_says_why_and_figures_of_the_simulation_are_refused() {
    let text = printed(&["solve", "crash-2022", "--for", "leasing.npv_usd"]);
    assert!(text.contains("NPV of leasing has no value: ") && text.contains("live in month"), "{text}");
    let line = crate::support::program::refused(&["solve", "--for", "mining.npv_p5_usd"]);
    assert!(line.contains("of the simulation") && line.contains("wattfolio tornado"), "{line}");
}

#[test]
fn a_solution_on_a_path_with_points_is_put_back_by_moving_it() {
    let input = "bitcoin.price_usd";
    let solved =
        json(&["solve", "crash-2022", "--input", input, "--for", "mining.npv_usd", "--format", "json"]);
    let root = solved["solved"][0]["roots"][0]["value"].as_f64().expect("a solution");
    let npv = |option: &str| {
        let compared =
            json(&["compare", "crash-2022", option, &format!("{input}={root}"), "--format", "json"]);
        let basis = solved["basis"].as_str().expect("a basis").to_owned();
        assert_eq!(compared["basis"].as_str(), Some(&*basis));
        compared["mining"]["measures"]["npv_usd"].as_f64().expect("a value")
    };
    assert!(npv("--move").abs() < 1.0, "{}", npv("--move"));
    assert!(npv("--set").abs() > 1e6, "the first value alone is another plan: {}", npv("--set"));
    let line = crate::support::program::refused(&["compare", "--move", "mining.treasury=SellAll"]);
    assert!(line.contains("--move mining.treasury=SellAll: it is no number"), "{line}");
    let text = printed(&["solve", "crash-2022", "--input", input, "--for", "mining.npv_usd"]);
    assert!(text.contains("--move ID=VALUE puts both back"), "{text}");
}

#[test]
fn every_command_takes_a_scenario_of_a_file_by_its_letter() {
    for command in ["compare", "tornado", "solve", "map", "training-cost"] {
        let text = printed(&[command, "tight-grid#A"]);
        assert!(text.contains("Tight grid"), "{command}: {text}");
        let line = crate::support::program::refused(&[command, "tight-grid#Z"]);
        assert!(line.contains("there is no scenario Z"), "{line}");
    }
}
