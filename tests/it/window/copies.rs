//! What is copied to the clipboard: the table and the charts of the page.

use egui::OutputCommand;
use wattfolio::app::Options;
use wattfolio::export::measures_table;
use wattfolio::state::{Action, Command, Page, ScenarioAction};
use wattfolio_economics::business::Business;
use wattfolio_economics::scenario::Scenario;

use crate::support::window::{CTRL, Window};

fn window() -> Window {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 200;
    Window::with(Options { scenario: Some(scenario.validate().expect("valid")), ..Options::default() })
}

/// What a command puts on the clipboard.
fn copied(window: &mut Window, command: Command) -> Vec<OutputCommand> {
    window.harness().state().request(Action::Run(command));
    window.harness().step();
    let commands = window.harness().output().platform_output.commands.clone();
    window.settle();
    commands
}

fn text(window: &mut Window, page: Page) -> String {
    window.key(CTRL, page.key());
    match copied(window, Command::CopyTable).as_slice() {
        [OutputCommand::CopyText(text)] => text.clone(),
        other => panic!("{page:?}: {other:?}"),
    }
}

#[test]
fn the_table_of_every_page_is_copied_in_columns() {
    let mut window = window();
    for page in Page::ALL {
        let text = text(&mut window, page);
        let columns = |line: &str| line.split('\t').count();
        let head = text.lines().next().expect("a head");
        assert!(columns(head) > 3 && text.lines().count() > 3, "{page:?}: {text}");
        assert!(text.lines().all(|line| columns(line) == columns(head)), "{page:?}");
        assert!(window.reads("Table copied"), "{page:?}");
    }
    let comparison = &window.state().results.comparison;
    let expected = measures_table(comparison);
    assert_eq!(text(&mut window, Page::Compare), expected);
}

#[test]
fn a_second_scenario_is_in_the_copied_table_with_its_difference() {
    let mut window = window();
    let first = window.state().document.current();
    window.request(Action::Scenario(first, ScenarioAction::Duplicate));
    let input = wattfolio_economics::catalogue::find("power.price_usd_per_kwh").expect("an input");
    window.request(Action::SetNumber { input, value: 0.03 });
    window.request(Action::SetBeside(Some(first)));
    let risk = text(&mut window, Page::Risk);
    let rows: Vec<Vec<&str>> = risk
        .lines()
        .map(|line| line.split('\t').collect())
        .filter(|row: &Vec<&str>| row[1] == "mining" && row[2] == "npv_mean_usd")
        .collect();
    let value = |row: usize, column: usize| rows[row][column].parse::<f64>().expect("a number");
    assert_eq!((rows[0][0], rows[1][0]), ("A", "0"));
    assert_eq!(value(1, 7), value(1, 5) - value(0, 5));
    assert!(value(1, 7) < 0.0, "dearer power is worth less");
    let ledger = text(&mut window, Page::CashFlow);
    assert!(ledger.starts_with("scenario\tyear\t"), "{ledger}");
    assert!(ledger.lines().last().expect("a line").starts_with("0 − A\tsum\t"), "{ledger}");
}

#[test]
fn the_charts_of_a_page_are_copied_at_twice_their_size() {
    let mut window = window();
    for page in Page::ALL {
        window.key(CTRL, page.key());
        let commands = copied(&mut window, Command::CopyChart);
        let width = match page {
            Page::Compare | Page::Risk | Page::Mix | Page::Scenarios => 1200,
            Page::CashFlow => 960,
            Page::Sensitivity | Page::WinnerMap | Page::TrainingCost | Page::History => 640,
            Page::Market | Page::Method => {
                assert!(commands.is_empty() && window.reads("has no chart"), "{page:?}");
                continue;
            }
        };
        let [OutputCommand::CopyImage(image)] = commands.as_slice() else {
            panic!("{page:?}: {} commands", commands.len());
        };
        assert_eq!(image.size[0], 2 * (width + 32), "{page:?}");
        assert!(image.size[1] > 300, "{page:?}: {:?}", image.size);
        let palette = wattfolio::theme::Theme::get(window.state().session.palette, true);
        let marked = |business: Business| {
            image.pixels.iter().filter(|pixel| **pixel == palette.mark(business)).count() > 50
        };
        // A training run is no business: its lines are of ink.
        let ink = image.pixels.iter().filter(|pixel| **pixel == palette.palette.text).count();
        let shows = if page == Page::TrainingCost { ink > 50 } else { Business::ALL.into_iter().any(marked) };
        assert!(shows, "{page:?}");
        assert!(window.reads("Chart copied"));
    }
}
