//! Results written from the window: the very bytes of the command line, in every format that it offers, asked for before a
//! file is replaced.

use std::fs;
use std::path::Path;
use std::time::Duration;

use egui::{Event, Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use wattfolio::app::{App, Options, Simulate};
use wattfolio::export::{
    Compared, Inputs, Mapped, MarketReport, MixReport, Offer, Ranked, Replayed, Shape, SideBySide,
    SimulationRun, TrainingCosts, offers,
};
use wattfolio::state::{Action, Command, Dialog, ExportRequest, Exports, Notice, Page};
use wattfolio::store;
use wattfolio_economics::catalogue;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::risk::ToTheEnd;
use wattfolio_economics::scenario::Scenario;

use crate::support::files::{enter_path, folder};
use crate::support::program::{HAS_PARQUET, printed};
use crate::support::window::{CTRL, WIDE, Window, harness};

const FIELD: &str = "Path of the export";

/// Inputs that are set in the window as on the command line; few paths take no time.
const SET: [(&str, &str); 3] =
    [("risk.paths", "300"), ("risk.seed", "7"), ("leasing.rental_usd_per_gpu_hour", "2.5")];

/// A scenario with few paths.
fn with_paths(paths: u32) -> Options {
    let mut scenario = Scenario::default();
    scenario.risk.paths = paths;
    Options { scenario: Some(scenario.validate().expect("valid")), ..Options::default() }
}

fn window() -> Window {
    Window::with(with_paths(200))
}

fn show(window: &mut Window, page: Page) {
    window.key(CTRL, page.key());
}

fn export(window: &mut Window, path: &Path) {
    window.key(CTRL, Key::E);
    enter_path(window, FIELD, path);
}

fn notice(window: &Window) -> Notice {
    window.state().view.notice.clone().expect("a message")
}

/// The subcommand that writes what a page exports, and the formats in which it does.
fn on_the_command_line(page: Page) -> (&'static str, Vec<Offer>) {
    match page {
        Page::Compare => ("compare", offers::<Compared>()),
        Page::CashFlow => {
            let holds_ledger = |offer: &Offer| offer.exporter.needs != Shape::Text;
            ("compare", offers::<Compared>().into_iter().filter(holds_ledger).collect())
        }
        Page::Risk => ("simulate", offers::<SimulationRun<ToTheEnd>>()),
        Page::Sensitivity => ("tornado", offers::<Ranked>()),
        Page::WinnerMap => ("map", offers::<Mapped>()),
        Page::Scenarios => ("scenarios", offers::<SideBySide>()),
        Page::History => ("history", offers::<Replayed>()),
        Page::Mix => ("mix", offers::<MixReport>()),
        Page::TrainingCost => ("training-cost", offers::<TrainingCosts>()),
        Page::Market => ("market", offers::<MarketReport>()),
        Page::Method => ("inputs", offers::<Inputs>()),
    }
}

/// What the command line writes to a file.
fn written_by_the_program(command: &str, preset: &str, basis: Basis, path: &Path) -> Vec<u8> {
    if command == "market" {
        // Without an answer it depends on no scenario.
        assert_eq!(printed(&[command, "--out", path.to_str().expect("UTF-8")]), "");
        return fs::read(path).expect("written");
    }
    let mut arguments = vec![command, preset];
    // What no basis changes has no such option.
    if !["inputs", "training-cost"].contains(&command) {
        arguments.extend(["--basis", basis.id()]);
    }
    let set = SET.map(|(id, value)| format!("{id}={value}"));
    for set in &set {
        arguments.extend(["--set", set]);
    }
    arguments.extend(["--out", path.to_str().expect("UTF-8")]);
    assert_eq!(printed(&arguments), "");
    fs::read(path).expect("written")
}

/// Exports what each page shows in every format, and compares it with the file of the command line.
fn assert_files_of_the_command_line(preset: &str, basis: Basis) {
    let folder = folder();
    let mut window = Window::open();
    window.request(Action::OpenBundled(store::find_bundled(preset).expect("bundled")));
    for (id, value) in SET {
        let input = catalogue::find(id).expect("an input");
        window.request(Action::SetText { input, text: value.to_owned() });
    }
    window.request(Action::Run(Command::for_basis(basis)));
    for page in Page::ALL {
        show(&mut window, page);
        let (command, offers) = on_the_command_line(page);
        for offer in &offers {
            let format = &offer.exporter.format;
            let ending = format.ending();
            let path = folder.path().join(format!("{}.{ending}", page.id()));
            window.key(CTRL, Key::E);
            assert!(window.reads(&format!("Export the {}", Exports::of(page).word())), "{page:?}");
            let words = format!(": {}", offer.help);
            assert!(window.reads(&words), "“{words}” is not in {:#?}", window.texts());
            enter_path(&mut window, FIELD, &path);
            let message = notice(&window);
            assert!(
                message.is_done && message.text == format!("Exported to {}", path.display()),
                "{message:?}"
            );
            assert_eq!(window.state().view.dialog, None);
            let of_program = folder.path().join(format!("{}-of-program.{ending}", page.id()));
            let expected = written_by_the_program(command, preset, basis, &of_program);
            assert!(fs::read(&path).expect("written") == expected, "{preset}, {page:?}, {ending}");
        }
        let endings: Vec<&str> = offers.iter().map(|offer| offer.exporter.format.ending()).collect();
        let mut wanted = vec!["txt", "json", "csv", "parquet"];
        wanted.retain(|ending| match *ending {
            "txt" => page != Page::CashFlow,
            "parquet" => HAS_PARQUET,
            _ => true,
        });
        assert_eq!(endings, wanted, "{page:?}");
    }
}

#[test]
fn every_page_exports_the_file_of_the_command_line() {
    assert_files_of_the_command_line("today", Basis::ProjectBeforeTax);
}

#[test]
fn every_page_exports_the_file_of_the_command_line_on_another_basis() {
    assert_files_of_the_command_line("hodl", Basis::EquityAfterTax);
}

#[test]
fn menu_and_palette_name_what_the_page_shows() {
    let mut window = window();
    for (page, text, word) in [
        (Page::Compare, "Export the comparison…", "comparison"),
        (Page::CashFlow, "Export the ledger…", "ledger"),
        (Page::Risk, "Export the simulation…", "simulation"),
        (Page::Sensitivity, "Export the tornado…", "tornado"),
        (Page::WinnerMap, "Export the map…", "map"),
        (Page::Scenarios, "Export the scenarios…", "scenarios"),
        (Page::History, "Export the history…", "history"),
        (Page::Market, "Export the market…", "market"),
        (Page::Method, "Export the inputs…", "inputs"),
    ] {
        show(&mut window, page);
        window.click(Role::Button, "File");
        window.click(Role::Button, text);
        let suggested = window.value_in(Role::TextInput, FIELD);
        assert!(suggested.contains(&format!("-{word}.")), "{suggested}");
        let dialog = window.state().view.dialog.clone();
        assert!(
            matches!(&dialog, Some(Dialog::Export { what, .. }) if *what == Exports::of(page)),
            "{dialog:?}"
        );
        window.click(Role::Button, "Cancel");
        assert_eq!((&window.state().view.dialog, &window.state().view.notice), (&None, &None));
        window.key(CTRL, Key::K);
        window.text(&format!("export the {word}"));
        window.key(Modifiers::NONE, Key::Enter);
        assert_eq!(window.state().view.dialog, dialog);
        window.key(Modifiers::NONE, Key::Escape);
        assert_eq!(window.state().view.dialog, None);
        assert!(!Path::new(&suggested).exists(), "{suggested} was written without a word");
    }
}

#[test]
fn a_simulation_that_still_runs_cannot_be_exported_and_the_menu_says_why() {
    const TEXT: &str = "Export the simulation…";
    let options = Options { simulate: Simulate::InBackground, ..with_paths(1_000_000) };
    let mut harness = harness(options, WIDE);
    let run = |harness: &mut Harness<'static, App>, command| {
        harness.state().request(Action::Run(command));
        harness.run_steps(3);
    };
    run(&mut harness, Command::Page(Page::Risk));
    assert!(harness.state().state().risk.progress.is_some(), "it runs");
    run(&mut harness, Command::Export);
    let message = harness.state().state().view.notice.clone().expect("a message");
    assert!(
        message.is_alert && message.text.starts_with("Not exported. The simulation is still running"),
        "{message:?}"
    );
    assert_eq!(harness.state().state().view.dialog, None);
    // In the menu it cannot be chosen, and says why under the pointer.
    harness.get_by_role_and_label(Role::Button, "File").click();
    harness.run_steps(3);
    let item = harness.get_by_role_and_label(Role::Button, TEXT);
    assert!(item.accesskit_node().is_disabled());
    let place = item.rect().center();
    harness.event(Event::PointerMoved(place));
    harness.run_steps(60);
    let texts = harness.query_all_by_role(Role::Label).filter_map(|node| node.accesskit_node().value());
    let texts: Vec<String> = texts.collect();
    assert!(texts.iter().any(|text| text.contains("it can be exported when it is done")), "{texts:#?}");
    // Once the run is cancelled there is nothing to wait for.
    run(&mut harness, Command::CancelSimulation);
    run(&mut harness, Command::Export);
    let message = harness.state().state().view.notice.clone().expect("a message");
    assert!(
        message.text.contains("was cancelled; the next change of an input starts it again"),
        "{message:?}"
    );
    // The comparison waits for nothing.
    run(&mut harness, Command::Page(Page::Compare));
    run(&mut harness, Command::Export);
    let dialog = harness.state().state().view.dialog.clone();
    assert!(matches!(dialog, Some(Dialog::Export { what: Exports::Comparison, .. })), "{dialog:?}");
}

#[test]
fn results_of_earlier_inputs_are_not_exported() {
    let folder = folder();
    let path = folder.path().join("x.csv");
    let mut window = window();
    let valid = window.state().document.scenario().clone();
    // Two correlations, each allowed, that cannot hold together.
    let mut correlation = valid.risk.correlation;
    correlation.bitcoin_network = 0.99;
    correlation.bitcoin_rental = 0.99;
    correlation.network_rental = -0.99;
    window.request(Action::SetCorrelations(correlation));
    assert!(window.state().results.faults.is_some());
    for page in Page::ALL {
        show(&mut window, page);
        window.key(CTRL, Key::E);
        let message = notice(&window);
        assert!(
            message.is_alert && message.text.contains("those of earlier inputs; correct what is named"),
            "{message:?}"
        );
        assert_eq!(window.state().view.dialog, None);
        // Nor does one that was asked for before.
        let what = Exports::of(page);
        window.request(Action::Export(ExportRequest { what, path: path.clone(), may_replace: true }));
        assert!(notice(&window).is_alert && !path.exists());
    }
    window.key(CTRL, Key::Z);
    export(&mut window, &path);
    assert!(notice(&window).is_done && path.exists());
}

#[test]
fn an_ending_that_is_not_offered_is_refused_with_those_that_are() {
    let folder = folder();
    let mut window = window();
    let endings = if HAS_PARQUET { ".txt, .json, .csv, .parquet" } else { ".txt, .json, .csv" };
    for (name, words) in [
        ("x.png", "x.png would be a PNG picture by its name, which is not written here"),
        ("x.xlsx", "x.xlsx would be an Excel workbook by its name, which is not written here"),
        ("x.ron", "x.ron would be a preset by its name, which is not written here"),
    ] {
        export(&mut window, &folder.path().join(name));
        let message = notice(&window);
        assert!(message.is_alert && message.text.starts_with("Not exported. "), "{message:?}");
        assert!(message.text.contains(words), "{message:?}");
        assert!(message.text.ends_with(&format!("; names can end in {endings}")), "{message:?}");
        assert!(window.reads(&message.text), "the message is drawn");
        assert!(matches!(window.state().view.dialog, Some(Dialog::Export { .. })), "another can be typed");
        window.click(Role::Button, "Cancel");
        assert_eq!(window.state().view.dialog, None);
    }
    // The verdict is not the ledger.
    show(&mut window, Page::CashFlow);
    export(&mut window, &folder.path().join("ledger.txt"));
    assert!(notice(&window).text.contains("ledger.txt would be text by its name"), "{:?}", notice(&window));
    assert_eq!(folder.path().read_dir().expect("a folder").count(), 0);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_format_that_was_not_built_is_refused_with_the_reason() {
    let folder = folder();
    let mut window = window();
    export(&mut window, &folder.path().join("x.parquet"));
    assert!(
        notice(&window).text.ends_with("it was built without the feature parquet"),
        "{:?}",
        notice(&window)
    );
}

#[test]
fn a_name_without_a_known_ending_gets_the_one_that_is_suggested() {
    let folder = folder();
    let mut window = window();
    show(&mut window, Page::CashFlow);
    for name in ["ledger", "plan v1.5", "x.dat"] {
        let path = folder.path().join(format!("{name}.csv"));
        export(&mut window, &folder.path().join(name));
        assert_eq!(notice(&window).text, format!("Exported to {}", path.display()));
        assert!(fs::read_to_string(&path).expect("written").starts_with("business,month,"));
        // What it becomes is not replaced without a question either.
        export(&mut window, &folder.path().join(name));
        assert!(window.reads(&format!("Replace {name}.csv?")), "{:#?}", window.texts());
        window.click(Role::Button, "Cancel");
    }
    assert_eq!(folder.path().read_dir().expect("a folder").count(), 3);
}

#[test]
fn a_file_is_replaced_only_after_a_question() {
    let folder = folder();
    let path = folder.path().join("ledger.csv");
    fs::write(&path, "what was there").expect("written");
    let mut window = window();
    export(&mut window, &path);
    assert!(window.reads("Replace ledger.csv?"), "{:#?}", window.texts());
    window.click(Role::Button, "Cancel");
    assert_eq!(fs::read_to_string(&path).expect("there"), "what was there");
    // Another name can be given instead.
    export(&mut window, &path);
    window.click(Role::Button, "Export the comparison…");
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
fn what_cannot_be_written_is_told_with_its_place_and_what_to_do() {
    let folder = folder();
    let mut window = window();
    export(&mut window, Path::new("/no/such/folder/x.csv"));
    let message = notice(&window);
    assert!(
        message.is_alert && message.text.starts_with("Not exported. /no/such/folder/x.csv: "),
        "{message:?}"
    );
    assert!(message.text.ends_with("; choose another place"), "{message:?}");
    let taken = folder.path().join("taken.csv");
    fs::create_dir(&taken).expect("a folder");
    export(&mut window, &taken);
    window.click(Role::Button, "Replace");
    let message = notice(&window);
    assert!(
        message.is_alert && message.text.ends_with("a folder, not a file; choose another place"),
        "{message:?}"
    );
    // Nothing is asked for without a name.
    window.key(CTRL, Key::E);
    window.write(Role::TextInput, FIELD, " ");
    window.key(Modifiers::NONE, Key::Enter);
    assert!(matches!(window.state().view.dialog, Some(Dialog::Export { .. })));
}

#[test]
fn the_program_ends_when_the_file_is_whole() {
    let folder = folder();
    let path = folder.path().join("paths.csv");
    let ctx = egui::Context::default();
    let mut app = App::new(&ctx, Options { simulate: Simulate::InBackground, ..with_paths(2000) });
    while app.state().risk.simulated.is_none() {
        std::thread::sleep(Duration::from_millis(5));
        app.logic(&ctx);
    }
    let request = ExportRequest { what: Exports::Simulation, path: path.clone(), may_replace: false };
    app.request(Action::Export(request));
    app.logic(&ctx);
    app.on_exit();
    assert_eq!(fs::read_to_string(&path).expect("written").lines().count(), 2001);
}
