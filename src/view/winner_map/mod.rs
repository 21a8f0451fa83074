//! The winner map: which business is best at every pair of two inputs.

mod axes;
mod borders;
mod field;
mod labels;
mod legend;
mod lines;
mod plot;
mod read_out;
mod strip;

use egui::Ui;
use wattfolio_economics::answers::WinnerMap;
use wattfolio_economics::explain::small;
use wattfolio_economics::results::verdict::Criterion;

use crate::state::MapFound;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::view::compare::criterion_ui;
use crate::widget;
use crate::words::winner_map as map_words;

/// Largest height of the map where the window is no taller.
const MOST_HEIGHT: f32 = 600.0;
/// Height of what stands below the map: values, title of the axis, two lines of the legend, the margin of the page.
const BELOW: f32 = 132.0;
/// Space below the heading.
const BELOW_HEADING: f32 = 6.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(found) = &cx.state.winner_map.found else {
        let reason = cx.state.winner_map.problem.as_deref().unwrap_or("The map appears when it is ready.");
        super::verdict_ui(ui, cx, "There is no map of this scenario.", reason);
        axes::ui(ui, cx, None);
        return;
    };
    let top = ui.cursor().top();
    super::heading_ui(ui, cx, |ui| words_ui(ui, cx, found), |ui| criterion_ui(ui, cx));
    ui.add_space(8.0);
    axes::ui(ui, cx, Some(&found.map));
    ui.add_space(8.0);
    // In a tall window the map is as high as what is left of it, however far it is scrolled.
    let left = ui.clip_rect().height() - (ui.cursor().top() - top) - BELOW;
    let most_height = left.max(MOST_HEIGHT);
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    let mut hovered = None;
    if cx.is_stacked {
        hovered = map_ui(ui, cx, found, MOST_HEIGHT);
        ui.add_space(gutter);
        beside_ui(ui, cx, found, hovered);
        return;
    }
    let right = (0.3 * ui.available_width()).max(theme::LEAST_CARD);
    let room = ui.available_width() - right - gutter;
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            widget::set_max_width(ui, room);
            hovered = map_ui(ui, cx, found, most_height);
        });
        ui.add_space(gutter - ui.spacing().item_spacing.x);
        ui.vertical(|ui| {
            let width = ui.available_width();
            widget::set_max_width(ui, width);
            beside_ui(ui, cx, found, hovered);
        });
    });
}

/// Who leads and where that changes, in the room of two lines each for sentence and conditions, so that the map stays where it
/// is while its criterion changes. Until the borders are found again the sentence is that of before, and pale.
fn words_ui(ui: &mut Ui, cx: &Context<'_>, found: &MapFound) {
    let style = if cx.is_narrow { Text::VerdictNarrow } else { Text::Verdict };
    let height = |style: Text| {
        ui.painter().layout_no_wrap("\n".to_owned(), style.font(), cx.theme.palette.text).size().y
    };
    let apart = 2.0 * ui.spacing().item_spacing.y + BELOW_HEADING;
    let least = height(style) + height(Text::Body) + apart;
    let top = ui.cursor().top();
    let finding = map_words::finding(&found.map);
    let near = cx.state.winner_map.near.as_ref();
    let headline = near.and_then(|(near, is_old)| {
        Some((map_words::headline(&near.borders, near.key.criterion())?, *is_old))
    });
    match headline {
        Some((sentence, is_old)) => {
            let conditions = format!("{finding} {}", conditions(cx, &found.map));
            super::spans_ui(ui, cx, &[(&sentence, is_old)], &conditions);
        }
        None => super::verdict_ui(ui, cx, &finding, &conditions(cx, &found.map)),
    }
    let used = ui.cursor().top() - top;
    if !cx.is_stacked && used < least {
        ui.add_space(least - used);
    }
}

/// By what the map goes.
fn conditions(cx: &Context<'_>, map: &WinnerMap) -> String {
    if cx.state.document.criterion() == Criterion::Loss {
        return "By chance of loss every cell would need a simulation; this map goes by value.".to_owned();
    }
    format!("All else as in the inputs, {}.", small(map.basis.label()))
}

/// The map alone.
pub(super) fn printed_ui(ui: &mut Ui, cx: &Context<'_>) {
    if let Some(found) = &cx.state.winner_map.found {
        map_ui(ui, cx, found, MOST_HEIGHT);
    }
}

/// The map, up to a height, with its legend; gives the cell under the pointer.
fn map_ui(ui: &mut Ui, cx: &Context<'_>, found: &MapFound, most_height: f32) -> Option<(usize, usize)> {
    let hovered = plot::ui(ui, cx, found, most_height);
    ui.add_space(6.0);
    legend::ui(ui, cx, found);
    hovered
}

/// Beside the map: today and the pair under the pointer, the borders about today, and the filmstrip.
fn beside_ui(ui: &mut Ui, cx: &Context<'_>, found: &MapFound, hovered: Option<(usize, usize)>) {
    read_out::ui(ui, cx, &found.map, hovered);
    if let Some((near, is_old)) = &cx.state.winner_map.near {
        ui.add_space(theme::INNER);
        borders::ui(ui, cx, &near.borders, (near.key.criterion(), *is_old));
    }
    if let Some((strip, is_old)) = &cx.state.winner_map.strip {
        ui.add_space(theme::INNER);
        strip::ui(ui, cx, (&strip.strip, *is_old), found);
    }
}
