//! A second scenario beside the current one on the pages of cash flow and risk.

use std::fs;

use egui::{Key, Role};
use wattfolio::app::Options;
use wattfolio::state::{Action, Command, ExportRequest, Exports, Page, ScenarioAction};
use wattfolio::store::Letter;
use wattfolio::words::{risk_figure, side_by_side};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::kernel::Line;
use wattfolio_economics::risk::{RISK_FIGURES, RiskValue};
use wattfolio_economics::scenario::Scenario;

use crate::support::files::folder;
use crate::support::window::{CTRL, Window};

fn letter(text: &str) -> Letter {
    text.parse().expect("a letter")
}

fn set(id: &str, text: &str) -> Action {
    let input = catalogue::find(id).expect("an input");
    Action::SetText { input, text: text.to_owned() }
}

/// A window with three scenarios of few paths, of which B is shown: 0, A with cheap power, B with a high fee.
fn window() -> Window {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 200;
    let scenario = Some(scenario.validate().expect("valid"));
    let mut window = Window::with(Options { scenario, ..Options::default() });
    for (id, text) in [("power.price_usd_per_kwh", "0.03"), ("hosting.fee_usd_per_kw_month", "150")] {
        window.request(Action::Scenario(letter("0"), ScenarioAction::Duplicate));
        window.request(set(id, text));
    }
    window.request(Action::Scenario(letter("A"), ScenarioAction::MoveTo(1)));
    window
}

#[test]
fn a_command_goes_through_the_other_scenarios_and_ends_with_none() {
    let mut window = window();
    let mut seen = Vec::new();
    for _ in 0..4 {
        window.key(CTRL, Key::B);
        seen.push(window.state().view.beside);
    }
    assert_eq!(seen, [Some(letter("0")), Some(letter("A")), None, Some(letter("0"))]);
    // A scenario never stands beside itself, nor one that is gone.
    window.request(Action::Scenario(letter("0"), ScenarioAction::Show));
    assert!(window.state().second().is_none());
    window.request(Action::SetBeside(Some(letter("A"))));
    window.request(Action::Scenario(letter("A"), ScenarioAction::Delete));
    assert!(window.state().second().is_none());
    window.request(Action::Scenario(letter("B"), ScenarioAction::Delete));
    window.request(Action::Run(Command::NextBeside));
    assert!(window.reads("There is one scenario; add another"), "{:#?}", window.texts());
}

#[test]
fn the_risk_page_has_the_figures_of_both_with_their_difference() {
    let mut window = window();
    window.key(CTRL, Page::Risk.key());
    assert!(window.has(Role::ComboBox, "Scenario beside"));
    window.request(Action::SetBeside(Some(letter("A"))));
    let state = window.state();
    let own = state.risk.simulated.clone().expect("simulated");
    let (other, is_old) = state.simulated_of(state.second().expect("chosen")).expect("simulated");
    assert!(!is_old);
    assert_eq!((own.simulation.seed, own.simulation.paths), (other.simulation.seed, other.simulation.paths));
    assert!(!state.beside.contains_key(&letter("0")), "what no page shows is not simulated");
    for id in ["npv_mean_usd", "cvar_usd", "loss"] {
        let figure = RISK_FIGURES.into_iter().find(|figure| figure.id == id).expect("a figure");
        let business = Business::Mining;
        let read = |simulation: &wattfolio_economics::risk::Simulation| {
            figure.read(simulation.business(business).expect("simulated"))
        };
        let [a, b] = [read(&own.simulation), read(&other.simulation)];
        let number = |value: RiskValue| value.number().expect("known").expect("a number");
        let delta = side_by_side::difference(number(b), number(a), figure.unit).0;
        let words = format!(
            "mining {} in B, {} in A, Δ {delta}",
            risk_figure::value(&figure, a),
            risk_figure::value(&figure, b)
        );
        assert!(window.reads(&words), "{words}: {:#?}", window.texts());
        if id == "npv_mean_usd" {
            assert!(delta.starts_with('+'), "cheap power helps: {delta}");
        }
    }
    assert!(window.reads("Δ is A − B"), "{:#?}", window.texts());
    assert!(window.reads("One seed for both"), "{:#?}", window.texts());
    // What differs is said.
    window.request(Action::Scenario(
        letter("A"),
        ScenarioAction::SetNumber(catalogue::find("risk.seed").expect("an input"), 9.0),
    ));
    window.request(Action::Scenario(
        letter("A"),
        ScenarioAction::SetNumber(catalogue::find("horizon_months").expect("an input"), 96.0),
    ));
    assert!(window.reads("Horizons differ: 120 months in B, 96 months in A"), "{:#?}", window.texts());
    assert!(window.reads("Their simulated figures also differ by chance"), "{:#?}", window.texts());
}

#[test]
fn the_cash_flow_page_has_the_amounts_of_both() {
    let mut window = window();
    window.key(CTRL, Page::CashFlow.key());
    let before = window.texts();
    assert!(!before.iter().any(|text| text.contains(", Δ ")), "{before:#?}");
    window.request(Action::SetBeside(Some(letter("A"))));
    let cash = |index: usize| {
        let shown = &window.state().scenarios[index].comparison;
        let ledger = &shown.business(Business::Mining).expect("evaluated").ledger;
        ledger.sum(Line::Ebitda) - ledger.sum(Line::BtcKeptValue)
    };
    let (own, other) = (cash(2), cash(1));
    assert!(other > own, "cheap power");
    let usd = |value: f64| wattfolio::format::short(value, wattfolio_economics::units::Unit::Usd);
    let words = format!("A {}, Δ +{}", usd(other), usd(other - own));
    assert!(window.reads(&words), "{words}: {:#?}", window.texts());
    assert!(window.reads("In A "), "its capital");
}

#[test]
fn exports_have_both_scenarios_and_their_difference() {
    let folder = folder();
    let mut window = window();
    let write = |window: &mut Window, what, name: &str| {
        let path = folder.path().join(name);
        window.request(Action::Export(ExportRequest { what, path: path.clone(), may_replace: true }));
        assert!(window.reads("Exported to"), "{:#?}", window.texts());
        fs::read_to_string(path).expect("written")
    };
    let alone = write(&mut window, Exports::Ledger, "alone.csv");
    window.key(CTRL, Page::Risk.key());
    let paths = write(&mut window, Exports::Simulation, "paths.csv");
    window.request(Action::SetBeside(Some(letter("A"))));
    for (what, name, one) in
        [(Exports::Ledger, "both.csv", &alone), (Exports::Simulation, "both-paths.csv", &paths)]
    {
        let both = write(&mut window, what, name);
        let of = |letter: &str| -> Vec<String> {
            let lines = both.lines().filter_map(|line| line.strip_prefix(&format!("{letter},")));
            lines.map(str::to_owned).collect()
        };
        let head = both.lines().next().and_then(|line| line.strip_prefix("scenario,")).expect("a head");
        assert_eq!(Some(head), one.lines().next());
        assert_eq!(of("B"), one.lines().skip(1).collect::<Vec<_>>(), "{name}");
        assert_eq!(of("A").len(), of("B").len());
        assert!(of("A") != of("B"));
    }
    let json = write(&mut window, Exports::Simulation, "both.json");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let npv = |index: usize| {
        json["scenarios"][index]["results"]["mining"]["measures"]["npv_mean_usd"]["value"]
            .as_f64()
            .expect("one")
    };
    assert_eq!(json["scenarios"][1]["letter"], "A");
    // Reading JSON may round the last digit.
    let difference = json["second_less_first"]["mining"]["npv_mean_usd"].as_f64().expect("a number");
    assert!((difference - (npv(1) - npv(0))).abs() < 1e-9 * npv(0).abs(), "{difference}");
    let text = write(&mut window, Exports::Simulation, "both.txt");
    assert!(text.contains(" less B "), "{text}");
}
