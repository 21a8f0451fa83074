//! Every page in every supported window: texts neither overlap nor are cut, and what ends in an ellipsis has a tooltip.

use std::path::Path;

use egui::{Event, Rect};
use tempfile::TempDir;
use wattfolio::app::Options;
use wattfolio::state::{Action, ChartView, Command, Dialog, Page};
use wattfolio::store::{Session, find_bundled, session_file};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Group;

use super::pages::dialogs;
use crate::support::files::folder;
use crate::support::stage::{DrawnText, Stage};

/// Widths and heights of a window in points at a zoom of 1.
const SIZES: [(f32, f32); 6] =
    [(1024.0, 640.0), (1060.0, 700.0), (1280.0, 720.0), (1366.0, 768.0), (1600.0, 1000.0), (2560.0, 1440.0)];
/// Zooms that every size supports.
const ZOOMS: [f32; 6] = [0.75, 0.9, 1.0, 1.1, 1.25, 1.5];
/// The zoom from [`LARGEST_FROM`] on.
const LARGEST_ZOOM: f32 = 2.0;
/// Smallest width of the largest zoom.
const LARGEST_FROM: f32 = 1280.0;

/// Sizes and zooms that are used most.
const USUAL: [((f32, f32), f32); 5] = [
    ((1024.0, 640.0), 1.0),
    ((1280.0, 720.0), 1.0),
    ((1280.0, 720.0), 0.75),
    ((1280.0, 720.0), 2.0),
    ((1600.0, 1000.0), 1.0),
];
/// Windows so narrow that the inputs are behind a button.
const FOLDED: [((f32, f32), f32); 3] =
    [((1280.0, 720.0), 2.0), ((1500.0, 900.0), 2.0), ((1024.0, 640.0), 1.5)];
/// Examples with large losses, small errors and curves that leave their charts.
const PRESETS: [&str; 5] = ["crash-2022", "gpu-glut", "core-scientific-coreweave", "galaxy-helios", "hodl"];
/// Numbers of simulated paths.
const FEW: u32 = 100;
const MANY: u32 = 10_000;

/// Least space between two texts of a line, points: with less they read as one.
const LEAST_SPACE: f32 = 3.5;

/// Left of this the inputs stand, points.
const INPUTS: f32 = 200.0;

/// Height of a window in which no page scrolls, points.
const TALL: f32 = 16_000.0;

/// Tolerated overlap, points: the boxes of glyphs are rounded up to whole pixels.
const TOUCH: f32 = 1.5;

/// A plan with long texts and several scenarios beside it.
fn prepare_long(stage: &Stage) {
    let set = |id, text: &str| {
        let input = catalogue::find(id).expect("an input");
        stage.request(Action::SetText { input, text: text.to_owned() });
    };
    let add = || stage.request(Action::Run(Command::NewScenario));
    set("bitcoin.price_usd", "60000");
    set("leasing.rental_usd_per_gpu_hour", "2.9");
    add();
    set("leasing.rental_usd_per_gpu_hour", "4.7");
    set("site.capacity_mw", "1000");
    add();
    set("bitcoin.price_usd", "1234567");
    set("power.price_usd_per_kwh", "-0.0385");
    add();
    set("horizon_months", "137");
}

fn windows() -> Vec<((f32, f32), f32)> {
    let every = SIZES.into_iter().flat_map(|size| ZOOMS.map(|zoom| (size, zoom)));
    let largest = SIZES.into_iter().filter(|size| size.0 >= LARGEST_FROM).map(|size| (size, LARGEST_ZOOM));
    every.chain(largest).collect()
}

/// Overlapping and cut texts of a frame. Where pages and inputs scroll, only the left and right edges must not cut a
/// text; else none may, and none may be out of sight.
fn faults(texts: &[DrawnText], screen: Rect, scrolls: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let is_seen = |text: &&DrawnText| !scrolls || text.visible().is_positive();
    let seen: Vec<&DrawnText> = texts.iter().filter(|text| text.rect.is_positive()).filter(is_seen).collect();
    for text in &seen {
        let (rect, clip) = (text.rect, text.clip.intersect(screen).expand(TOUCH));
        let is_beside = rect.left() < clip.left() || rect.right() > clip.right();
        let is_beyond = rect.top() < clip.top() || rect.bottom() > clip.bottom();
        if is_beside || (is_beyond && !scrolls) {
            faults.push(format!("“{}” at {rect:?} leaves {clip:?}", text.text));
        }
    }
    for (index, one) in seen.iter().enumerate() {
        for other in &seen[index + 1..] {
            let common = one.visible().intersect(other.visible());
            // Marks of curves are glyphs on larger ones, and lie where their curves cross.
            let is_mark = [one, other].iter().all(|drawn| drawn.text.chars().count() == 1);
            if common.width() > TOUCH && common.height() > TOUCH && !is_mark {
                faults.push(format!("“{}” and “{}” overlap at {common:?}", one.text, other.text));
            } else if run_together(one, other) {
                faults.push(format!("“{}” and “{}” run together at {common:?}", one.text, other.text));
            }
        }
    }
    faults
}

/// Whether two texts of a line have hardly any space between them.
fn run_together(one: &DrawnText, other: &DrawnText) -> bool {
    let (first, second) = (one.visible(), other.visible());
    let is_a_line = (first.center().y - second.center().y).abs() < first.height().min(second.height()) / 2.0;
    let space = (second.left() - first.right()).max(first.left() - second.right());
    // A glyph stands close to its name, and a unit, which begins with a space, to its value.
    let is_part = |drawn: &DrawnText| drawn.text.chars().count() == 1 || drawn.text.starts_with(' ');
    is_a_line && !is_part(one) && !is_part(other) && space < LEAST_SPACE
}

/// A window with few paths, unless the figures of many are meant.
fn open(preset: &str, paths: u32) -> Stage {
    Stage::new(options(preset, paths))
}

fn options(preset: &str, paths: u32) -> Options {
    let bundled = find_bundled(preset).expect("a preset");
    let mut scenario = (*bundled.preset.scenario).clone();
    scenario.risk.paths = paths;
    let preset = Some((bundled.preset.clone(), None));
    let scenario = Some(scenario.validate().expect("valid"));
    Options { preset, scenario, ..Options::default() }
}

/// A window that has opened files with long paths.
fn open_with_recent_files(folder: &TempDir) -> Stage {
    let mut session = Session::default();
    for year in 2020..2026 {
        let path =
            format!("/home/somebody/plans/the site at the river/{year}/after the second review/120 MW.ron");
        session.remember(Path::new(&path));
    }
    session.save(&session_file(folder.path())).expect("saved");
    Stage::new(Options { session_folder: Some(folder.path().to_owned()), ..options("today", FEW) })
}

/// Faults of what is shown in some windows.
fn in_windows(stage: &mut Stage, name: &str, windows: &[((f32, f32), f32)]) -> Vec<String> {
    let mut found = Vec::new();
    for &((width, height), zoom) in windows {
        // At the height of the window, and high enough for the whole page.
        for (height, scrolls) in [(height, true), (TALL * zoom, false)] {
            stage.set_zoom(zoom);
            stage.resize(width, height);
            stage.rest().unwrap();
            let screen = Rect::from_min_size(egui::Pos2::ZERO, stage.size());
            let mut faults = faults(stage.drawn(), screen, scrolls);
            if !scrolls {
                faults.extend(without_tooltip(stage));
            }
            let place = format!("{name}, {width}×{height} at {zoom}");
            found.extend(faults.into_iter().map(|fault| format!("{place}: {fault}")));
        }
    }
    found
}

/// Texts with an ellipsis of which no tooltip shows the whole: of a figure that explains itself, all of its digits.
fn without_tooltip(stage: &mut Stage) -> Vec<String> {
    let is_cut = |drawn: &&DrawnText| drawn.is_elided && drawn.visible().is_positive();
    let cut = stage.drawn().iter().filter(is_cut).map(|drawn| (drawn.text.clone(), drawn.visible().center()));
    let cut: Vec<_> = cut.collect();
    let mut found = Vec::new();
    for (text, place) in cut {
        // What falls together is one word in a chart, and a line each in its tooltip.
        let parts: Vec<String> = text.split(", ").map(str::to_lowercase).collect();
        let says_all = |drawn: &&DrawnText| {
            let shown = drawn.text.to_lowercase();
            !drawn.is_elided && parts.iter().all(|part| shown.contains(part))
        };
        // A figure that explains itself has more digits in its tooltip than on its card.
        let explains = |drawn: &&DrawnText| drawn.text.contains("Click for the formula");
        let count =
            |stage: &Stage| stage.drawn().iter().filter(|drawn| says_all(drawn) || explains(drawn)).count();
        let before = count(stage);
        // A tooltip comes after the pointer has rested, and takes a frame to find its size.
        let pointer = std::iter::once(Event::PointerMoved(place));
        for events in [pointer.collect(), Vec::new(), Vec::new(), Vec::new()] {
            stage.frame(events).unwrap();
        }
        if count(stage) == before {
            found.push(format!("“{text}” is cut at {place:?}, and no tooltip has the whole of it"));
        }
        stage.frame(vec![Event::PointerGone]).unwrap();
        stage.frame(Vec::new()).unwrap();
    }
    found
}

/// Faults of every page in some windows.
fn on_pages(stage: &mut Stage, name: &str, windows: &[((f32, f32), f32)]) -> Vec<String> {
    let each = Page::ALL.into_iter().flat_map(|page| {
        stage.request(Action::Run(Command::Page(page)));
        if page == Page::Market {
            for action in crate::market::window::busy() {
                stage.request(action);
            }
        }
        in_windows(stage, &format!("{name}, {}", page.id()), windows)
    });
    each.collect()
}

fn assert_none(found: &[String]) {
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn no_text_of_the_first_window_covers_another_or_is_cut() {
    assert_none(&on_pages(&mut open("today", FEW), "default", &windows()));
}

#[test]
fn no_text_of_a_changed_plan_with_pins_covers_another_or_is_cut() {
    let mut stage = open("today", FEW);
    prepare_long(&stage);
    assert_none(&on_pages(&mut stage, "changed", &windows()));
}

#[test]
fn no_text_of_an_example_covers_another_or_is_cut() {
    // Many paths: probabilities and errors have more digits.
    let found = PRESETS.map(|preset| on_pages(&mut open(preset, MANY), preset, &USUAL));
    assert_none(&found.concat());
}

#[test]
fn no_text_beside_unfolded_inputs_covers_another_or_is_cut() {
    let mut stage = open("today", FEW);
    stage.resize(640.0, 480.0);
    stage.frame(Vec::new()).unwrap();
    stage.request(Action::Run(Command::ToggleInputs));
    assert_none(&on_pages(&mut stage, "unfolded", &FOLDED));
}

#[test]
fn no_name_of_an_input_covers_another_or_is_cut() {
    let mut stage = open("today", FEW);
    let mut found = Vec::new();
    let mut check = |stage: &mut Stage, name: &str| {
        found.extend(in_windows(stage, name, &USUAL));
        let cut = stage.drawn().iter().filter(|drawn| drawn.is_elided && drawn.rect.left() < INPUTS);
        found.extend(cut.map(|drawn| format!("{name}: “{}” is cut", drawn.text)));
    };
    stage.request(Action::Search("price".to_owned()));
    check(&mut stage, "found");
    stage.request(Action::Search(String::new()));
    for group in Group::all() {
        stage.request(Action::ToggleGroup(Some(group)));
    }
    check(&mut stage, "all groups");
    assert_none(&found);
}

#[test]
fn cards_beside_each_other_have_their_figures_at_one_height() {
    let mut stage = open("today", FEW);
    let input = catalogue::find("hosting.customer_capex_share").expect("an input");
    stage.request(Action::SetText { input, text: "1".to_owned() });
    stage.request(Action::Run(Command::ByValuePerCapex));
    stage.resize(1600.0, 1000.0);
    stage.rest().unwrap();
    assert!(stage.reads("no capex"), "the case that is meant");
    let labels = stage.drawn().iter().filter(|drawn| drawn.text == "Loss risk");
    // Above the cards is the switch of the criteria, below them the columns of figures.
    let of_cards = labels.filter(|drawn| (200.0..500.0).contains(&drawn.rect.top()));
    let tops: Vec<f32> = of_cards.map(|drawn| drawn.rect.top()).collect();
    assert_eq!(tops.len(), Business::ALL.len());
    assert!(tops.iter().all(|top| *top == tops[0]), "{tops:?}");
}

#[test]
fn a_card_cuts_no_label_while_its_other_columns_have_room() {
    let mut stage = open("today", FEW);
    // Where the figures stand below that of the criterion; beside it no column has room to spare.
    for width in [320.0, 340.0, 1400.0] {
        stage.resize(width, 1000.0);
        stage.rest().unwrap();
        let labels = stage.drawn().iter().filter(|drawn| drawn.text.starts_with("At today"));
        let cut: Vec<&str> = labels.filter(|drawn| drawn.is_elided).map(|drawn| &*drawn.text).collect();
        assert!(cut.is_empty(), "{width}: {cut:?}");
    }
}

#[test]
fn the_table_of_scenarios_is_in_reach_in_the_first_window() {
    let mut stage = open("today", FEW);
    prepare_long(&stage);
    stage.resize(1600.0, 1000.0);
    for is_overlaid in [false, true] {
        stage.request(Action::SetChart(ChartView { is_overlaid, ..ChartView::default() }));
        stage.rest().unwrap();
        for row in ["Now (C)", "Scenario A", "Scenario B"] {
            // The names stand at the left of the page, where no legend is.
            let of_row = |drawn: &&DrawnText| drawn.text == row && drawn.rect.left() < 420.0;
            let places: Vec<Rect> = stage.drawn().iter().filter(of_row).map(|drawn| drawn.rect).collect();
            assert_eq!(places.len(), 1, "{row}: {places:?}");
            let clip = stage.drawn().iter().find(of_row).unwrap().clip;
            assert!(clip.contains_rect(places[0]), "{row} at {places:?} leaves {clip}");
        }
        // What is smaller than the others is still a chart.
        let ticks =
            stage.drawn().iter().filter(|drawn| drawn.text.ends_with('×') && drawn.rect.left() < 480.0);
        assert!(ticks.count() >= 2, "its axis has numbers beside 0");
    }
}

/// Windows in which dialogs are drawn, the smallest of them lower and narrower than any dialog wants to be. A smaller
/// one follows a larger one, whose size a dialog must forget.
const OF_DIALOGS: [((f32, f32), f32); 5] = [
    ((640.0, 480.0), 1.0),
    ((1024.0, 640.0), 1.0),
    ((1280.0, 720.0), 1.0),
    ((1280.0, 720.0), 2.0),
    ((1600.0, 1000.0), 1.0),
];

/// Shows a dialog and lets it come to rest.
fn show(stage: &mut Stage, dialog: &Dialog) {
    stage.request(Action::ShowDialog(Some(dialog.clone())));
    stage.rest().unwrap();
}

#[test]
fn no_dialog_leaves_the_window_and_none_of_its_texts_is_cut() {
    let folder = folder();
    let mut stage = open_with_recent_files(&folder);
    let mut found = Vec::new();
    for ((width, height), zoom) in OF_DIALOGS {
        stage.set_zoom(zoom);
        stage.resize(width, height);
        let screen = Rect::from_min_size(egui::Pos2::ZERO, stage.size());
        for turn in 0..6 {
            // Explanations differ from turn to turn.
            let differs = |dialog: &Dialog| turn == 0 || matches!(dialog, Dialog::Explain { .. });
            for dialog in dialogs(&stage, turn).into_iter().filter(differs) {
                show(&mut stage, &dialog);
                let place = format!("{dialog:?}, {width}×{height} at {zoom}");
                match stage.dialog() {
                    Some(frame) if screen.contains_rect(frame) => {}
                    frame => found.push(format!("{place}: the dialog is at {frame:?}")),
                }
                let mut faults = faults(stage.drawn(), screen, true);
                faults.extend(without_tooltip(&mut stage));
                found.extend(faults.into_iter().map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    assert_none(&found);
}

#[test]
fn a_dialog_looks_the_same_after_any_other() {
    let size = |stage: &mut Stage| stage.resize(1600.0, 1000.0);
    let look = |stage: &Stage| -> Vec<(String, [i32; 2])> {
        let place = |drawn: &DrawnText| [drawn.rect.left() as i32, drawn.rect.top() as i32];
        stage.drawn().iter().map(|drawn| (drawn.text.clone(), place(drawn))).collect()
    };
    let all = dialogs(&open("today", FEW), 0);
    let alone: Vec<_> = all
        .iter()
        .map(|dialog| {
            let mut stage = open("today", FEW);
            size(&mut stage);
            show(&mut stage, dialog);
            look(&stage)
        })
        .collect();
    for before in &all {
        let mut stage = open("today", FEW);
        size(&mut stage);
        for (dialog, alone) in all.iter().zip(&alone) {
            show(&mut stage, before);
            show(&mut stage, dialog);
            assert_eq!(look(&stage), *alone, "{dialog:?} after {before:?}");
        }
    }
}
