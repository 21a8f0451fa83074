//! Price lists: picked in the window by accessible name, printed on the command line.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use wattfolio::app::{App, Options};
use wattfolio::state::{Action, Command};
use wattfolio_economics::catalogue;
use wattfolio_economics::scenario::Scenario;

use crate::support::program::{json, printed};
use crate::support::window::{WIDE, harness};

fn window() -> Harness<'static, App> {
    harness(Options::default(), WIDE)
}

fn scenario(harness: &Harness<'_, App>) -> Scenario {
    harness.state().state().document.scenario().clone()
}

/// Asks for a change and lets it happen.
fn request(harness: &mut Harness<'_, App>, action: Action) {
    harness.state().request(action);
    harness.run_steps(3);
}

/// Opens a list and picks a row.
fn pick(harness: &mut Harness<'_, App>, list: &str, row: &str) {
    harness.get_by_label(list).click();
    harness.run_steps(3);
    harness.get_by_role_and_label(egui::accesskit::Role::Button, row).click();
    harness.run_steps(3);
}

#[test]
fn a_machine_fills_name_hashrate_power_and_price() {
    let mut harness = window();
    request(&mut harness, Action::Search("machine".to_owned()));
    harness.get_by_label_contains("Listed at $3,454/machine, Oct 2026 (reseller), 1 month old");
    pick(&mut harness, "Pick a machine…", "Antminer S19 XP");
    let machine = scenario(&harness).mining.machine;
    assert_eq!(machine.name, "Antminer S19 XP");
    assert_eq!((machine.hashrate_th_s, machine.watts, machine.price_usd.value), (140.0, 3010.0, 440.0));
    harness.get_by_label_contains("Listed at $440/machine");

    // Free to edit afterwards, and the whole pick is one step of history.
    request(
        &mut harness,
        Action::SetNumber {
            input: catalogue::find("mining.machine.price_usd").expect("an input"),
            value: 500.0,
        },
    );
    assert_eq!(scenario(&harness).mining.machine.price_usd.value, 500.0);
    request(&mut harness, Action::Run(Command::Undo));
    request(&mut harness, Action::Run(Command::Undo));
    assert_eq!(scenario(&harness), Scenario::default());
}

#[test]
fn a_machine_without_a_price_keeps_the_price_and_says_so() {
    let mut harness = window();
    request(&mut harness, Action::Search("machine".to_owned()));
    pick(&mut harness, "Pick a machine…", "Whatsminer M50");
    let machine = scenario(&harness).mining.machine;
    assert_eq!((machine.watts, machine.price_usd.value), (3422.0, 4050.0));
    harness.get_by_label_contains("the list does not know its price");
}

#[test]
fn a_gpu_fills_name_power_price_and_rental() {
    let mut harness = window();
    request(&mut harness, Action::Search("GPU".to_owned()));
    pick(&mut harness, "Pick a GPU…", "H200 SXM");
    let leasing = scenario(&harness).leasing;
    assert_eq!((leasing.gpu.name.as_str(), leasing.kw_per_gpu), ("H200 SXM", 1.28));
    assert_eq!((leasing.gpu_price_usd.value, leasing.rental_usd_per_gpu_hour.value), (40_600.0, 2.9));
    assert_eq!(
        leasing.rental_usd_per_gpu_hour.floor,
        Scenario::default().leasing.rental_usd_per_gpu_hour.floor
    );
}

#[test]
fn a_deal_fills_the_fee_with_the_escalator_that_belongs_to_it() {
    let mut harness = window();
    pick(&mut harness, "See what deals pay…", "TeraWulf - Core42 (December 2024)");
    let hosting = scenario(&harness).hosting;
    assert_eq!((hosting.fee_usd_per_kw_month.value, hosting.fee_escalator), (125.0, 0.03));
    pick(&mut harness, "See what deals pay…", "Galaxy - CoreWeave Helios");
    let hosting = scenario(&harness).hosting;
    assert_eq!((hosting.fee_usd_per_kw_month.value, hosting.fee_escalator), (158.4, 0.0));
}

#[test]
fn the_command_line_prints_the_lists() {
    let all = printed(&["hardware"]);
    for words in
        ["Antminer S21 XP", "$3,454/machine", "Oct 2026 (reseller)", "B200", "$54,000/GPU", "$158.4/kW-mo"]
    {
        assert!(all.contains(words), "{words} is missing in\n{all}");
    }
    let gpus = json(&["hardware", "gpus", "--format", "json"]);
    assert_eq!(gpus.as_array().map(Vec::len), Some(9));
    assert!(
        gpus.as_array()
            .unwrap()
            .iter()
            .all(|gpu| gpu["source"].as_str().is_some_and(|text| !text.is_empty()))
    );
    let all = json(&["hardware", "--format", "json"]);
    assert_eq!(all["asics"].as_array().map(Vec::len), Some(25));
    let river_bend = all["deals"]
        .as_array()
        .unwrap()
        .iter()
        .find(|deal| deal["name"].as_str().is_some_and(|name| name.contains("River Bend")));
    assert_eq!(river_bend.unwrap()["fee_usd_per_kw_month"], 128.0);
}
