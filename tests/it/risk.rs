//! The simulation from outside: the fan, the risk page, cancelling, correlations, and the command line.

mod bounds;
mod correlations;
mod gains;

use std::process::Output;
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use wattfolio::app::{App, Options, Simulate};
use wattfolio::state::{Action, Command as AppCommand, Page};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::scenario::{Scenario, correlation};

use crate::support::program::run;
use crate::support::window::{WIDE, harness};

fn window(options: Options) -> Harness<'static, App> {
    let mut harness = harness(options, WIDE);
    harness.run();
    harness
}

fn loss(harness: &Harness<'_, App>, business: Business) -> f64 {
    harness.state().state().risk.business(business).unwrap().loss.value
}

fn request(harness: &mut Harness<'_, App>, action: Action) {
    harness.state().request(action);
    harness.run();
}

#[test]
fn the_fan_is_drawn_until_cash_is_discounted() {
    let mut harness = window(Options::default());
    harness.get_by_label("P5–P95");
    harness.get_by_label_contains("Cumulative cash, × capital; 9.6 % of paths pay back within 10 y");
    harness.get_by_label_contains("95.6 %");
    harness.get_by_label("Fan").click();
    harness.run();
    assert!(!harness.state().state().view.chart.has_fan);
    assert!(harness.query_by_label("P5–P95").is_none());
    harness.get_by_label("Fan").click();
    harness.get_by_label("Discounted").click();
    harness.run();
    assert!(harness.state().state().view.chart.has_fan);
    assert!(harness.query_by_label("P5–P95").is_none());
}

#[test]
fn the_risk_page_shows_the_figures_and_follows_a_driver() {
    let mut harness = window(Options::default());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num3);
    harness.run();
    assert_eq!(harness.state().state().view.page, Page::Risk);
    harness.get_by_label_contains("Mining loses value in 96 of 100 futures, leasing in 31, hosting in 28.");
    // The order is that of the tail per dollar, with the driver of each.
    harness
        .get_by_label_contains("Per dollar of capital mining risks most, 96.8 % (bitcoin), then leasing 4");
    harness.get_by_label_contains("(the rental’s trend), hosting 18.6 % (its works).");
    // What decides stands beside the tails, and the chance of loss beside where the markets go.
    let place = |label: &str| harness.get_by_label_contains(label).rect();
    let (tails, last) = (place("In its worst 5 %"), place("Without IRR"));
    let drivers = place("CVaR at 95 % per dollar of capital, and what");
    assert!(drivers.left() > tails.left() + 300.0, "{tails} {drivers}");
    assert!((tails.top()..last.bottom()).contains(&drivers.top()), "{tails} {last} {drivers}");
    harness.get_by_label_contains("the plan’s bitcoin price, $");
    harness.get_by_label("Chance of loss, mining 95.6 %, hosting 28 %, leasing 31 %");
    harness.get_by_label("Payback median, mining never, hosting 9.3 y, leasing 4.6 y");
    let before = loss(&harness, Business::Mining);
    request(
        &mut harness,
        Action::SetNumber {
            input: catalogue::find("power.price_usd_per_kwh").expect("an input"),
            value: 0.02,
        },
    );
    let state = harness.state().state();
    assert!(!state.risk.is_stale && loss(&harness, Business::Mining) < before - 0.05);
    assert!(harness.query_by_label_contains("Mining loses value in 96").is_none());
}

#[test]
fn impossible_correlations_are_refused_and_the_nearest_taken_over() {
    let mut harness = window(Options::default());
    request(&mut harness, Action::Run(AppCommand::Page(Page::Risk)));
    for (id, value) in [
        ("risk.correlation.bitcoin_network", 0.9),
        ("risk.correlation.bitcoin_rental", 0.9),
        ("risk.correlation.network_rental", -0.9),
    ] {
        request(&mut harness, Action::SetNumber { input: catalogue::find(id).expect("an input"), value });
    }
    let faults = harness.state().state().results.faults.clone().unwrap();
    assert_eq!(faults.0[0].id, "risk.correlation");
    harness.get_by_label_contains("Not valid together");
    // Below the fold of a small window, where a screen reader and the keyboard reach it.
    harness.get_by_label("Nearest valid correlations").click_accesskit();
    harness.run();
    let state = harness.state().state();
    assert!(state.results.faults.is_none());
    let taken = state.document.scenario().risk.correlation.clone();
    assert!(correlation::cholesky(&taken).is_some() && taken.network_rental < -0.3, "{taken:?}");
    harness.get_by_label("Independent factors").click_accesskit();
    harness.run();
    assert_eq!(harness.state().state().document.scenario().risk.correlation, correlation::independent());
    request(&mut harness, Action::Run(AppCommand::Undo));
    assert_eq!(harness.state().state().document.scenario().risk.correlation, taken);
}

/// Draws frames until something is so, or far too much time has passed.
fn wait(harness: &mut Harness<'_, App>, is_so: impl Fn(&App) -> bool) {
    let started = Instant::now();
    while !is_so(harness.state()) {
        assert!(started.elapsed() < Duration::from_mins(2), "waited in vain");
        std::thread::sleep(Duration::from_millis(20));
        harness.step();
    }
}

#[test]
fn a_long_run_shows_its_progress_and_can_be_cancelled() {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 1000;
    let options = Options {
        scenario: Some(scenario.validate().expect("valid")),
        simulate: Simulate::InBackground,
        ..Options::default()
    };
    let mut harness = window(options);
    wait(&mut harness, |app| app.state().risk.simulated.is_some());
    let before = loss(&harness, Business::Mining);
    harness.state().request(Action::SetNumber {
        input: catalogue::find("risk.paths").expect("an input"),
        value: 1_000_000.0,
    });
    harness.step();
    let risk = &harness.state().state().risk;
    assert!(risk.is_stale && risk.progress.is_some());
    wait(&mut harness, |app| app.state().risk.progress.is_none_or(|(_, took)| took.as_millis() > 400));
    harness.step();
    // A machine that does a million paths in the blink of an eye has nothing to cancel.
    if harness.state().state().risk.progress.is_some() {
        harness.get_by_label("Cancel simulation").click();
        harness.step();
        harness.step();
        let risk = &harness.state().state().risk;
        assert!(risk.progress.is_none() && risk.is_stale && risk.was_cancelled);
        assert_eq!(loss(&harness, Business::Mining), before);
    }
    harness.state().request(Action::SetNumber {
        input: catalogue::find("risk.paths").expect("an input"),
        value: 2000.0,
    });
    harness.step();
    wait(&mut harness, |app| !app.state().risk.is_stale);
    let risk = &harness.state().state().risk;
    assert!(!risk.was_cancelled && risk.simulated.as_ref().unwrap().simulation.paths == 2000);
}

fn simulate(arguments: &[&str]) -> Output {
    run(&[&["simulate"], arguments].concat())
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_output() {
    let run = |seed| text(&simulate(&["--paths", "500", "--seed", seed, "--format", "csv"]));
    assert_eq!(run("7"), run("7"));
    assert_ne!(run("7"), run("8"));
    let table = text(&simulate(&["--paths", "500"]));
    assert!(table.contains("CVaR 95 %") && table.contains("500 simulated paths, seed 1"), "{table}");
}

#[test]
fn json_has_fan_quantiles_and_standard_errors() {
    let json: serde_json::Value =
        serde_json::from_str(&text(&simulate(&["--paths", "500", "--format", "json"]))).unwrap();
    assert_eq!((json["paths"].as_u64(), json["seed"].as_u64()), (Some(500), Some(1)));
    for business in ["mining", "hosting", "leasing"] {
        for percentile in ["p5", "p25", "p50", "p75", "p95"] {
            assert_eq!(json[business]["fan_usd"][percentile].as_array().unwrap().len(), 121);
        }
        let measures = &json[business]["measures"];
        assert!(measures["cvar_usd"]["standard_error"].as_f64().unwrap() > 0.0);
        assert!(measures["loss"]["value"].is_number());
    }
    // Never is said in words, as in `compare`, and is no large number.
    assert_eq!(json["mining"]["measures"]["payback_p95_months"]["absent"], "never");
    assert_eq!(json["mining"]["payback_quantiles_months"][4]["absent"], "never");
    assert_eq!(json["schema"], wattfolio::export::OUTPUT_SCHEMA);
}

#[test]
fn csv_has_a_row_a_path_and_an_empty_cell_for_what_there_is_not() {
    let csv = text(&simulate(&["--paths", "500", "--format", "csv"]));
    let mut rows = csv.lines();
    let head: Vec<&str> = rows.next().unwrap().split(',').collect();
    let column = |name: &str| head.iter().position(|head| *head == name).unwrap();
    assert_eq!(head.len(), 1 + 2 * 4 + 1 + 4 * 3 + 1);
    let cells: Vec<Vec<&str>> = rows.map(|row| row.split(',').collect()).collect();
    assert!(cells.len() == 500 && cells.iter().all(|row| row.len() == head.len()));
    for name in ["mining_payback_months", "customer_default_month", "leasing_customer_default_month"] {
        let column = column(name);
        assert!(
            cells.iter().any(|row| row[column].is_empty()) && cells.iter().any(|row| !row[column].is_empty())
        );
    }
    // Each customer has a column of its own: the two do not leave in the same months.
    let months = |name: &str| cells.iter().map(|row| row[column(name)]).collect::<Vec<_>>();
    assert_ne!(months("customer_default_month"), months("leasing_customer_default_month"));
    assert!(!head.contains(&"mining_customer_default_month"), "nobody rents a miner");
    // The rows are the paths of the table.
    let losses = cells.iter().filter(|row| row[column("mining_npv_usd")].starts_with('-')).count();
    let json: serde_json::Value =
        serde_json::from_str(&text(&simulate(&["--paths", "500", "--format", "json"]))).unwrap();
    assert_eq!(json["mining"]["measures"]["loss"]["value"].as_f64(), Some(losses as f64 / 500.0));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_the_table_of_csv() {
    use parquet::basic::Type::{DOUBLE, INT64};
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paths.parquet");
    let csv = text(&simulate(&["--paths", "300", "--format", "csv", "--set=power.price_usd_per_kwh=0.03"]));
    let out = format!("--out={}", file.display());
    let set = "--set=power.price_usd_per_kwh=0.03";
    assert_eq!(text(&simulate(&["--paths", "300", "--format", "parquet", set, &out])), "");
    let reader = SerializedFileReader::new(std::fs::File::open(&file).unwrap()).unwrap();
    let about = reader.metadata().file_metadata().key_value_metadata().unwrap();
    assert!(about.iter().any(|pair| pair.key == "seed" && pair.value.as_deref() == Some("1")));
    assert!(about.iter().any(|pair| pair.key == "basis" && pair.value.as_deref() == Some("before-tax")));
    let columns = reader.metadata().file_metadata().schema_descr().columns();
    let of = |name: &str| {
        let column = columns.iter().find(|column| column.name() == name).unwrap();
        (column.physical_type(), column.max_def_level() == 0)
    };
    assert_eq!([of("path"), of("customer_default_month")], [(INT64, true), (INT64, false)]);
    assert_eq!(of("leasing_customer_default_month"), (INT64, false));
    assert_eq!([of("btc_price_usd_mean"), of("mining_payback_months")], [(DOUBLE, true), (DOUBLE, false)]);
    let mut lines = csv.lines().skip(1);
    for row in reader.get_row_iter(None).unwrap() {
        let cells: Vec<String> = row
            .unwrap()
            .get_column_iter()
            .map(|(_, field)| match field {
                parquet::record::Field::Double(value) => value.to_string(),
                parquet::record::Field::Long(value) => value.to_string(),
                parquet::record::Field::Null => String::new(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(Some(cells.join(",").as_str()), lines.next());
    }
    assert_eq!(lines.next(), None);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_the_feature_parquet_is_refused_with_the_reason_and_listed_nowhere() {
    let reason = "this build writes no Parquet: it was built without the feature parquet";
    for arguments in [["--format", "parquet"], ["--out", "paths.parquet"]] {
        let output = simulate(&arguments);
        let fault = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && fault.contains(reason), "{fault}");
    }
    assert!(!text(&simulate(&["--help"])).to_lowercase().contains("parquet"));
    assert!(!std::path::Path::new("paths.parquet").exists());
}

#[test]
fn the_risk_page_looks_deeper_for_rates_single_paths_and_other_volatilities() {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 2000;
    (scenario.mining.delay_mean_months, scenario.mining.overrun_sd) = (0.0, 0.0);
    let mut harness =
        window(Options { scenario: Some(scenario.validate().expect("valid")), ..Options::default() });
    // Nobody looks at single paths on another page.
    assert!(harness.state().state().risk.deep.is_none());
    request(&mut harness, Action::Run(AppCommand::Page(Page::Risk)));
    let state = harness.state().state();
    let deep = state.risk.deep.clone().unwrap();
    let risk = state.risk.business(Business::Mining).unwrap();
    let worst = deep.worst[Business::Mining].as_ref().unwrap()[0].businesses[Business::Mining]
        .as_ref()
        .unwrap()
        .npv_usd;
    assert_eq!(worst, risk.npv_usd.iter().copied().fold(f64::INFINITY, f64::min));
    assert_eq!(deep.sampled.len(), 16);
    assert_eq!(deep.sampled[5].businesses[Business::Mining].as_ref().unwrap().npv_usd, risk.npv_usd[5]);
    // Times 1 is the scenario itself, times 0 knows nothing of markets.
    let outcome = |row: usize| deep.what_if[row].as_ref().unwrap()[Business::Mining].unwrap();
    assert_eq!((outcome(2).p5_usd, outcome(2).loss), (risk.npv.quantiles[0], risk.loss));
    assert_eq!(outcome(0).p5_usd, outcome(0).median_usd);
    harness.get_by_label_contains("IRR median, mining none");
    harness.get_by_label_contains("× 0.5, ");
    assert_eq!(harness.query_all_by_label_contains("Worst, path ").count(), 3);
    request(
        &mut harness,
        Action::SetNumber {
            input: catalogue::find("leasing.rental_usd_per_gpu_hour").expect("an input"),
            value: 2.0,
        },
    );
    let state = harness.state().state();
    let newer = state.risk.deep.clone().unwrap();
    assert!(newer.revision > deep.revision && state.risk.business(Business::Leasing).unwrap().irr.is_some());
}

#[test]
fn quasi_random_numbers_are_told_and_limited() {
    let quasi = ["--sampling", "quasi", "--format", "json", "--paths"];
    let json = |paths: &str| -> serde_json::Value {
        serde_json::from_str(&text(&simulate(&[&quasi[..], &[paths]].concat()))).unwrap()
    };
    assert_eq!((json("512")["sampling"].as_str(), json("512")["paths"].as_u64()), (Some("quasi"), Some(512)));
    assert!(text(&simulate(&["--paths", "512", "--sampling", "quasi"])).contains("512 quasi-random paths"));
    let refused = simulate(&[&quasi[..], &["1000000"]].concat());
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("at most 26040 paths of 120 months"));
}

#[test]
fn bad_input_ends_with_code_2() {
    let impossible = [
        "--set=risk.correlation.bitcoin_network=0.9",
        "--set=risk.correlation.bitcoin_rental=0.9",
        "--set=risk.correlation.network_rental=-0.9",
    ];
    for arguments in [&["--paths", "7"][..], &["--seed", "x"], &["nowhere.ron"], &impossible] {
        let output = simulate(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn the_offered_correlations_can_be_set_as_they_stand() {
    let impossible = ["bitcoin_network=0.9", "bitcoin_rental=0.9", "network_rental=-0.9"]
        .map(|value| format!("--set=risk.correlation.{value}"));
    let impossible: Vec<&str> = impossible.iter().map(String::as_str).collect();
    let refusal = String::from_utf8(simulate(&impossible).stderr).unwrap();
    assert!(refusal.contains("risk.correlation is"), "{refusal}");
    let (_, offered) = refusal.trim_end().split_once("the nearest is ").unwrap();
    let offered: Vec<String> = offered.split(", ").map(|offer| format!("--set={offer}")).collect();
    assert_eq!(offered.len(), 6, "{refusal}");
    let mut arguments = impossible;
    arguments.extend(offered.iter().map(String::as_str));
    arguments.extend(["--paths", "100", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text(&simulate(&arguments))).unwrap();
    for offer in &offered {
        let (id, value) = offer.trim_start_matches("--set=").split_once('=').unwrap();
        assert_eq!(json["scenario"][id].as_f64(), value.parse().ok(), "{offer}");
    }
}
