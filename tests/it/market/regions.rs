//! Power prices of a region that the user chose: asked for, labelled, remembered, and never mixed with another one.

use egui::Role;
use serde_json::Value;
use wattfolio::app::Options;
use wattfolio::market_data::live::{Asking, Permissions, Region, What, permissions_file, regions};
use wattfolio::state::{Action, Command, MarketAction, Page};

use super::sources::fake;
use super::window::answered_by;
use super::{fixture, source, then, today};
use crate::support::files::{folder, kept_in};
use crate::support::program::program;
use crate::support::server::{Server, good};
use crate::support::window::Window;

fn region(id: &str) -> &'static Region {
    regions().find(|(_, region)| region.id == id).unwrap_or_else(|| panic!("no region {id}")).1
}

/// What a source answers for a region.
fn body(region: &Region, text: &str) -> String {
    text.replace("\"TX\"", &format!("\"{}\"", region.code))
}

#[test]
fn every_region_is_asked_for_and_read_as_itself() {
    let mut ids = std::collections::BTreeSet::new();
    for (source, region) in regions() {
        assert!(ids.insert(region.id), "{} is there twice", region.id);
        let asking = Asking { now: then(), region: Some(region) };
        let part = &source.parts[0];
        let query = (part.request)(asking).query;
        assert!(query.iter().any(|(_, value)| value == region.code), "{}: {query:?}", region.id);
        let name = super::sources::good_answer_of(source.id, part.name);
        let text = String::from_utf8(fixture(&format!("composed/{name}"))).unwrap();
        let observed = (part.read)(body(region, &text).as_bytes(), asking).unwrap();
        let what = observed.readings[0].what;
        assert_eq!(what.region(), Some(region));
        assert!(what.label().ends_with(region.label), "{}", what.label());
        assert_eq!(What::find(&what.id()), Some(what), "the cache finds it again");
    }
    assert_eq!(What::find("retail_power_usd_per_kwh").unwrap().label(), "Electricity, Texas");
    assert_eq!(What::find("day_ahead_power_eur_per_mwh").unwrap().label(), "Electricity, Germany");
    // An answer about another state is none.
    let asking = Asking { now: then(), region: Some(region("US-NY")) };
    let texas = fixture("composed/eia_retail_sales_tx_ind.json");
    assert!((source("eia").parts[0].read)(&texas, asking).is_err());
}

#[test]
fn the_command_line_names_a_region() {
    let folder = tempfile::tempdir().unwrap();
    let market = |arguments: &[&str]| {
        let mut command = program(&[&["market"], arguments].concat());
        command
            .current_dir(&folder)
            .env("HOME", folder.path())
            .env("XDG_DATA_HOME", folder.path().join("data"));
        command.env("WATTFOLIO_EIA_KEY", "a-key").env_remove("DBUS_SESSION_BUS_ADDRESS");
        command.env_remove("WATTFOLIO_OFFLINE").output().unwrap()
    };
    let new_york = region("US-NY");
    let server = Server::start(move |_, _| {
        let text = String::from_utf8(today("eia_retail_sales_tx_ind.json")).unwrap();
        good(body(new_york, &text))
    });
    let asked = ["--source", "eia", "--base-url", &server.url(), "--region", "US-NY"];
    let output = market(&[&asked[..], &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let root: Value = serde_json::from_slice(&output.stdout).unwrap();
    let figures = root["figures"].as_array().unwrap();
    let found = figures.iter().find(|figure| figure["id"] == "retail_power_usd_per_kwh_us_ny").unwrap();
    assert_eq!((&found["label"], &found["region"]), (&"Electricity, New York".into(), &"US-NY".into()));
    assert_eq!((&found["value"], &found["input"]), (&0.0671.into(), &"power.price_usd_per_kwh".into()));
    assert!(server.seen()[0].line.contains("facets%5Bstateid%5D%5B%5D=NY"), "{:?}", server.seen());
    for (arguments, words) in [
        (&["--region", "Atlantis"][..], "possible values: US-TX, US"),
        (
            &["--source", "eia", "--region", "FR"],
            "--region FR: it is one of energy-charts, which is not asked",
        ),
    ] {
        let output = market(arguments);
        let fault = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), fault.lines().count()), (Some(2), 1), "{fault}");
        assert!(fault.contains(words), "{fault}");
    }
}

#[test]
fn a_region_is_chosen_on_the_page_and_remembered() {
    let folder = folder();
    let options = || Options { clock: Some(then()), ..kept_in(&folder) };
    let eia = source("eia");
    let mut window = Window::with(options());
    window.request(Action::Run(Command::Page(Page::Market)));
    window.request(Action::Market(MarketAction::Allow(eia, true)));
    window.request(answered_by(eia));
    assert!(window.reads("$67.1/MWh") && window.shows("Electricity, Texas"));
    window.click(Role::Button, "EIA: region Texas");
    window.activate(Role::Button, "New York");
    assert!(window.shows("Electricity, New York"));
    assert!(!window.reads("$67.1/MWh"), "the price of Texas is none of New York");
    assert!(window.state().market.answer(eia).is_none());
    // An answer about the old region that comes late is left out.
    window.request(answered_by(eia));
    assert!(window.state().market.answer(eia).is_none());
    drop(window);
    let permissions = Permissions::load(&permissions_file(folder.path()));
    assert_eq!(permissions.regions().of(eia), Some(region("US-NY")));
    let mut window = Window::with(options());
    window.request(Action::Run(Command::Page(Page::Market)));
    assert!(window.shows("Electricity, New York"));
    assert!(fake("eia").seen().is_empty());
}
