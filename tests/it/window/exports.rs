//! Results written from the window: in every format that the command line offers, asked for before a file is replaced.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use egui::{Key, Modifiers, Role};
use serde_json::Value;
use wattfolio::app::{App, Options, Simulate};
use wattfolio::export::{Compared, Exported, Offer, SimulationRun, offers};
use wattfolio::state::{Action, Dialog, ExportRequest, Exports, Notice};
use wattfolio_economics::risk::ToTheEnd;
use wattfolio_economics::scenario::Scenario;

use crate::support::files::enter_path;
use crate::support::window::{CTRL, CTRL_SHIFT, Window};

const FIELD: &str = "Path of the export";

/// A window with few paths, so that their rates of return take no time.
fn window() -> Window {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 200;
    Window::with(Options { scenario: Some(scenario.validate().expect("valid")), ..Options::default() })
}

fn export(window: &mut Window, path: &Path) {
    window.key(CTRL, Key::E);
    enter_path(window, FIELD, path);
}

fn notice(window: &Window) -> Notice {
    window.state().view.notice.clone().expect("a message")
}

/// What an exporter writes of the comparison that is shown, and of the simulation.
fn expected(window: &Window, what: Exports, offer: &Offer) -> Vec<u8> {
    let state = window.state();
    let title = state.document.title().to_owned();
    let (scenario, comparison) = (&state.results.scenario, &state.results.comparison);
    let mut results: Box<dyn Exported> = match what {
        Exports::Comparison => {
            let (scenario, comparison) = (Arc::clone(scenario), Arc::clone(comparison));
            Box::new(Compared { title, scenario, comparison })
        }
        Exports::Simulation => {
            let simulation = state.risk.simulated.as_ref().expect("simulated").simulation.clone();
            let scenario = (**scenario).clone();
            Box::new(SimulationRun { title, scenario, simulation, simulator: None, control: ToTheEnd })
        }
    };
    let mut bytes = Vec::new();
    offer.exporter.export(&mut *results, &mut bytes).expect("written");
    bytes
}

/// Exports what a page shows in every format; the bytes by ending.
fn export_all(window: &mut Window, what: Exports, offers: &[Offer]) -> Vec<(&'static str, Vec<u8>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let written = offers.iter().map(|offer| {
        let ending = offer.exporter.format.ending();
        let path = folder.path().join(format!("results.{}", ending.to_uppercase()));
        window.key(CTRL, Key::E);
        assert!(window.reads(&format!("Export the {}", what.word())), "{:#?}", window.texts());
        assert!(window.reads(&format!(".{ending}: {}", offer.help)), "{:#?}", window.texts());
        enter_path(window, FIELD, &path);
        let told = notice(window);
        assert!(told.is_done && told.text == format!("Exported to {}", path.display()), "{told:?}");
        assert_eq!(window.state().view.dialog, None);
        let bytes = fs::read(&path).expect("written");
        assert!(bytes == expected(window, what, offer), "{ending}");
        (ending, bytes)
    });
    written.collect()
}

#[test]
fn the_comparison_that_is_shown_is_exported_in_every_format() {
    let mut window = window();
    window.set("Rental rate", "2.5");
    window.key(CTRL_SHIFT, Key::E);
    let written = export_all(&mut window, Exports::Comparison, &offers::<Compared>());
    let endings: Vec<&str> = written.iter().map(|(ending, _)| *ending).collect();
    assert_eq!(endings, ["txt", "json", "csv", "parquet"]);
    let root: Value = serde_json::from_slice(&written[1].1).expect("JSON");
    assert_eq!(
        (&root["basis"], &root["scenario"]["leasing.rental_usd_per_gpu_hour"]),
        (&"equity".into(), &2.5.into())
    );
    let text = String::from_utf8_lossy(&written[0].1);
    assert!(text.starts_with(window.state().document.title()), "{text}");
}

#[test]
fn on_the_risk_page_the_simulation_is_exported() {
    let mut window = window();
    window.key(CTRL, Key::Num3);
    let written = export_all(&mut window, Exports::Simulation, &offers::<SimulationRun<ToTheEnd>>());
    let root: Value = serde_json::from_slice(&written[1].1).expect("JSON");
    assert_eq!((&root["paths"], &root["basis"]), (&200.into(), &"before-tax".into()));
    assert!(root["mining"]["measures"]["irr_p50"]["value"].is_number(), "rates are found for it");
    assert_eq!(String::from_utf8_lossy(&written[2].1).lines().count(), 1 + 200);
}

#[test]
fn an_ending_that_is_not_offered_is_refused_with_those_that_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window();
    for (name, words) in [
        ("x.png", "x.png would be a PNG picture by its name, which is not written here"),
        ("x.xlsx", "x.xlsx would be an Excel workbook by its name, which is not written here"),
        ("x.ron", "x.ron would be a preset by its name, which is not written here"),
        ("x.dat", "x.dat does not say by its name what to write"),
        ("ledger", "ledger does not say by its name what to write"),
    ] {
        export(&mut window, &folder.path().join(name));
        let told = notice(&window);
        assert!(told.is_alert && told.text.starts_with("Not exported. "), "{told:?}");
        assert!(told.text.contains(words), "{told:?}");
        assert!(told.text.ends_with("; names can end in .txt, .json, .csv, .parquet"), "{told:?}");
        assert!(window.reads(&told.text), "the message is drawn");
        assert!(matches!(window.state().view.dialog, Some(Dialog::Export { .. })), "another can be typed");
        window.click(Role::Button, "Cancel");
        assert_eq!(window.state().view.dialog, None);
    }
    assert_eq!(folder.path().read_dir().expect("a folder").count(), 0);
}

#[test]
fn a_file_is_replaced_only_after_a_question() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.csv");
    fs::write(&path, "what was there").expect("written");
    let mut window = window();
    export(&mut window, &path);
    assert!(window.reads("Replace ledger.csv?"), "{:#?}", window.texts());
    window.click(Role::Button, "Cancel");
    assert_eq!(fs::read_to_string(&path).expect("there"), "what was there");
    // Another name can be given instead.
    export(&mut window, &path);
    window.click(Role::Button, "Export…");
    let other = folder.path().join("other.csv");
    enter_path(&mut window, FIELD, &other);
    assert!(window.reads("Exported to"), "{:#?}", window.texts());
    assert_eq!(fs::read_to_string(&path).expect("there"), "what was there");
    export(&mut window, &path);
    window.click(Role::Button, "Replace");
    assert_eq!(fs::read(&path).expect("there"), fs::read(&other).expect("written"));
    assert_eq!(folder.path().read_dir().expect("a folder").count(), 2, "nothing else is left there");
}

#[test]
fn what_cannot_be_written_is_told_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window();
    export(&mut window, Path::new("/no/such/folder/x.csv"));
    let told = notice(&window);
    assert!(told.is_alert && told.text.starts_with("Not exported. /no/such/folder/x.csv: "), "{told:?}");
    let taken = folder.path().join("taken.csv");
    fs::create_dir(&taken).expect("a folder");
    export(&mut window, &taken);
    window.click(Role::Button, "Replace");
    let told = notice(&window);
    assert!(told.is_alert && told.text.ends_with("a folder, not a file"), "{told:?}");
    // Nothing is asked for without a name.
    window.key(CTRL, Key::E);
    window.write(Role::TextInput, FIELD, " ");
    window.key(Modifiers::NONE, Key::Enter);
    assert!(matches!(window.state().view.dialog, Some(Dialog::Export { .. })));
}

#[test]
fn the_program_ends_when_the_file_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("paths.csv");
    let mut scenario = Scenario::default();
    scenario.risk.paths = 2000;
    let ctx = egui::Context::default();
    let options = Options {
        scenario: Some(scenario.validate().expect("valid")),
        simulate: Simulate::InBackground,
        ..Options::default()
    };
    let mut app = App::new(&ctx, options);
    while app.state().risk.simulated.is_none() {
        std::thread::sleep(std::time::Duration::from_millis(5));
        app.logic(&ctx);
    }
    let request = ExportRequest { what: Exports::Simulation, path: path.clone(), may_replace: false };
    app.request(Action::Export(request));
    app.logic(&ctx);
    app.on_exit();
    assert_eq!(fs::read_to_string(&path).expect("written").lines().count(), 2001);
}
