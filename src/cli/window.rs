//! `wattfolio` alone: the window, or the comparison where there is no display.

use std::ffi::OsStr;

use wattfolio_economics::results::compare_on;
use wattfolio_economics::risk::judgement;

use super::Failure;
use super::output::print;
use super::source::{find, load};
use crate::app::{App, Options};
use crate::theme::{Fallback, ICON, PaletteChoice, Theme, logo};
use crate::{export, market_data, store};

/// Name of the program for the system: window class, and the folder of its session.
pub(super) const APP_ID: &str = "wattfolio";
/// Size of the window when it first opens, points.
const FIRST_SIZE: [f32; 2] = [1600.0, 1000.0];
/// The smallest window in which everything fits, points.
const LEAST_SIZE: [f32; 2] = [1024.0, 640.0];

pub(super) fn run(source: Option<&OsStr>) -> Result<(), Failure> {
    if !has_display() {
        return without_display(&load(source)?.0);
    }
    // A file of a newer version is opened as far as it can be read.
    let preset = find(source, store::open)?;
    let options = Options {
        preset: source.is_some().then_some(preset.clone()),
        scenario: None,
        session_folder: eframe::storage_dir(APP_ID),
        has_system_dialogs: true,
        shows_timing: true,
        simulate: crate::app::Simulate::InBackground,
        fallback: Fallback::system(),
        can_ask: true,
        clock: None,
    };
    let native = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("wattfolio")
            .with_app_id(APP_ID)
            .with_icon(icon())
            .with_inner_size(FIRST_SIZE)
            .with_min_inner_size(LEAST_SIZE),
        // The app has its own fallback, which pictures use as well.
        system_font_fallback: false,
        ..eframe::NativeOptions::default()
    };
    let opened =
        eframe::run_native(APP_ID, native, Box::new(move |cc| Ok(Box::new(App::new(&cc.egui_ctx, options)))));
    opened.or_else(|fault| {
        log::warn!("no window: {fault}");
        without_display(&preset.0)
    })
}

/// True if the environment names a display server.
fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

fn without_display(preset: &crate::store::Preset) -> Result<(), Failure> {
    let comparison = compare_on(&preset.scenario, preset.view.basis);
    let record = market_data::resampled(preset.view.factors, &preset.scenario);
    let judgement = judgement(&preset.scenario, &comparison, preset.view.criterion, record.as_ref())
        .map_err(Failure::new)?;
    let mut text = export::comparison_table(&preset.about.title, &preset.scenario, (&comparison, &judgement));
    text.push_str(
        "\nThere is no display for the window. Pictures of it can be had without one:\n  \
         wattfolio screenshot --out compare.png\n  \
         wattfolio screenshot --page cash-flow --theme light --out cash-flow.png\n",
    );
    print(&text)
}

/// The logo as an icon.
fn icon() -> egui::IconData {
    let theme = Theme::get(PaletteChoice::Standard, true);
    let (side, area) = ICON;
    let mut rgba = vec![0; side * side * 4];
    for (bar, colour) in logo(&theme.palette, area) {
        let [left, top, right, bottom] =
            [bar.left(), bar.top(), bar.right(), bar.bottom()].map(|edge| edge.round() as usize);
        for y in top..bottom {
            for x in left..right {
                rgba[(y * side + x) * 4..][..4].copy_from_slice(&colour.to_array());
            }
        }
    }
    egui::IconData { rgba, width: side as u32, height: side as u32 }
}
