//! Every page in every supported window: texts neither overlap nor are cut.

use egui::Rect;
use wattfolio::app::Options;
use wattfolio::state::{Action, Command, Page};
use wattfolio_economics::catalogue;
use wattfolio_economics::scenario::{Risk, Scenario};

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

/// Tolerated overlap, points: the boxes of glyphs are rounded up to whole pixels.
const TOUCH: f32 = 1.5;

/// A plan with long texts and the largest number of drawn pins.
fn prepare_long(stage: &Stage) {
    let set = |id, text: &str| {
        let input = catalogue::find(id).expect("an input");
        stage.request(Action::SetText { input, text: text.to_owned() });
    };
    let pin = || stage.request(Action::Run(Command::Pin));
    set("bitcoin.price_usd", "60000");
    set("leasing.rental_usd_per_gpu_hour", "2.9");
    pin();
    set("leasing.rental_usd_per_gpu_hour", "4.7");
    set("site.capacity_mw", "1000");
    pin();
    set("bitcoin.price_usd", "1234567");
    set("power.price_usd_per_kwh", "-0.0385");
    pin();
    set("horizon_months", "137");
}

fn windows() -> Vec<((f32, f32), f32)> {
    let every = SIZES.into_iter().flat_map(|size| ZOOMS.map(|zoom| (size, zoom)));
    let largest = SIZES.into_iter().filter(|size| size.0 >= LARGEST_FROM).map(|size| (size, LARGEST_ZOOM));
    every.chain(largest).collect()
}

/// Overlapping and cut texts of a frame.
fn faults(texts: &[DrawnText], screen: Rect) -> Vec<String> {
    let mut faults = Vec::new();
    let seen: Vec<&DrawnText> = texts.iter().filter(|text| text.visible().is_positive()).collect();
    for text in &seen {
        let (rect, clip) = (text.rect, text.clip.intersect(screen).expand(TOUCH));
        // Pages scroll vertically, so only the left and right edges must not cut a text.
        if rect.left() < clip.left() || rect.right() > clip.right() {
            faults.push(format!("“{}” at {rect:?} leaves {clip:?}", text.text));
        }
    }
    for (index, one) in seen.iter().enumerate() {
        for other in &seen[index + 1..] {
            let common = one.visible().intersect(other.visible());
            if common.width() > TOUCH && common.height() > TOUCH {
                faults.push(format!("“{}” and “{}” overlap at {common:?}", one.text, other.text));
            }
        }
    }
    faults
}

/// Lays out every page of a plan in every window.
fn check(name: &str, prepare: fn(&Stage)) {
    let mut found = Vec::new();
    let scenario = Scenario { risk: Risk { paths: 100, ..Scenario::default().risk }, ..Scenario::default() };
    let mut stage =
        Stage::new(Options { scenario: Some(scenario.validate().expect("valid")), ..Options::default() });
    prepare(&stage);
    for page in Page::ALL {
        stage.request(Action::Run(Command::Page(page)));
        for ((width, height), zoom) in windows() {
            // At the height of the window, and high enough for the whole page.
            for height in [height, 4000.0 * zoom] {
                stage.set_zoom(zoom);
                stage.resize(width, height);
                for _ in 0..3 {
                    stage.frame(Vec::new()).unwrap();
                }
                let screen = Rect::from_min_size(egui::Pos2::ZERO, stage.size());
                let faults = faults(stage.drawn(), screen);
                let place = format!("{name}, {}, {width}×{height} at {zoom}", page.id());
                found.extend(faults.into_iter().map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn no_text_of_the_first_window_covers_another_or_is_cut() {
    check("default", |_| ());
}

#[test]
fn no_text_of_a_changed_plan_with_pins_covers_another_or_is_cut() {
    check("changed", prepare_long);
}
