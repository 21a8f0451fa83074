//! Messages: they move nothing, and good news goes by itself.

use egui::Rect;
use wattfolio::app::Options;
use wattfolio::state::{Action, Command, Page};
use wattfolio_economics::scenario::Scenario;

use crate::support::stage::Stage;

/// Seconds for which good news stays, and between two frames of the window in memory.
const STAYS_SECONDS: usize = 6;
const FRAME_SECONDS: usize = 1;

fn open(width: f32, height: f32) -> Stage {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 100;
    let scenario = Some(scenario.validate().expect("valid"));
    let mut stage = Stage::new(Options { scenario, ..Options::default() });
    stage.resize(width, height);
    stage
}

fn frames(stage: &mut Stage, count: usize) {
    (0..count).for_each(|_| stage.frame(Vec::new()).unwrap());
}

/// Every text with its place.
fn places(stage: &Stage) -> Vec<(String, Rect)> {
    let drawn = stage.drawn().iter().filter(|drawn| drawn.rect.is_positive());
    drawn.map(|drawn| (drawn.text.clone(), drawn.rect)).collect()
}

#[test]
fn a_message_moves_nothing_and_good_news_goes_by_itself() {
    for (width, height) in [(1024.0, 640.0), (1600.0, 1000.0)] {
        let mut stage = open(width, height);
        for page in Page::ALL {
            stage.request(Action::Run(Command::Page(page)));
            frames(&mut stage, 3);
            let before = places(&stage);
            let is_whole = |stage: &Stage| {
                let now = places(stage);
                before.iter().all(|text| now.contains(text))
            };
            stage.request(Action::Copy { text: "x".to_owned(), what: "Comparison" });
            frames(&mut stage, 2);
            assert!(stage.reads("Comparison copied") && is_whole(&stage), "{page:?} at {width}×{height}");
            frames(&mut stage, STAYS_SECONDS / FRAME_SECONDS - 2);
            assert!(stage.reads("Comparison copied"), "it can be read for {STAYS_SECONDS} s");
            frames(&mut stage, 2);
            assert!(!stage.reads("Comparison copied") && places(&stage) == before, "{page:?}");
            // What went wrong stays until it is dismissed, and moves nothing either.
            stage.request(Action::Run(Command::Redo));
            frames(&mut stage, 60);
            assert!(stage.reads("Nothing to redo") && is_whole(&stage), "{page:?} at {width}×{height}");
            stage.request(Action::DismissNotice);
            frames(&mut stage, 2);
            assert!(places(&stage) == before, "{page:?}");
        }
    }
}
