//! The winner map: which business is best at every pair of two inputs.

mod axes;
mod borders;
mod field;
mod lines;
mod plot;
mod read_out;
mod strip;

use egui::Ui;
use wattfolio_economics::answers::WinnerMap;
use wattfolio_economics::business::Business;
use wattfolio_economics::explain::small;
use wattfolio_economics::results::verdict::Criterion;

use crate::format;
use crate::state::MapFound;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::view::compare::criterion_ui;
use crate::widget;
use crate::words::winner_map as map_words;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(found) = &cx.state.winner_map.found else {
        let reason = cx.state.winner_map.problem.as_deref().unwrap_or("The map appears when it is ready.");
        super::verdict_ui(ui, cx, "There is no map of this scenario.", reason);
        axes::ui(ui, cx, None);
        return;
    };
    let conditions = conditions(cx, &found.map);
    let sentence = map_words::finding(&found.map);
    super::heading_ui(
        ui,
        cx,
        |ui| super::verdict_ui(ui, cx, &sentence, &conditions),
        |ui| criterion_ui(ui, cx),
    );
    ui.add_space(8.0);
    axes::ui(ui, cx, Some(&found.map));
    ui.add_space(8.0);
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    let mut hovered = None;
    if cx.is_stacked {
        hovered = map_ui(ui, cx, found);
        ui.add_space(gutter);
        beside_ui(ui, cx, found, hovered);
        return;
    }
    let right = (0.3 * ui.available_width()).max(theme::LEAST_CARD);
    let room = ui.available_width() - right - gutter;
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            widget::set_max_width(ui, room);
            hovered = map_ui(ui, cx, found);
        });
        ui.add_space(gutter - ui.spacing().item_spacing.x);
        ui.vertical(|ui| {
            let width = ui.available_width();
            widget::set_max_width(ui, width);
            beside_ui(ui, cx, found, hovered);
        });
    });
}

/// What the colours mean, and by what they go.
fn conditions(cx: &Context<'_>, map: &WinnerMap) -> String {
    let by = if cx.state.document.criterion() == Criterion::Loss {
        "By chance of loss every cell would need a simulation; this map goes by value. "
    } else {
        ""
    };
    let best = map_words::is_best(map.criterion);
    format!(
        "{by}Colour: the business that {best}; strength: its lead over the next. Everything else as in the inputs, {}.",
        small(map.basis.label())
    )
}

/// The map alone.
pub(super) fn printed_ui(ui: &mut Ui, cx: &Context<'_>) {
    if let Some(found) = &cx.state.winner_map.found {
        map_ui(ui, cx, found);
    }
}

/// The map with its legend; gives the cell under the pointer.
fn map_ui(ui: &mut Ui, cx: &Context<'_>, found: &MapFound) -> Option<(usize, usize)> {
    let hovered = plot::ui(ui, cx, found);
    ui.add_space(6.0);
    legend_ui(ui, cx, found);
    hovered
}

fn legend_ui(ui: &mut Ui, cx: &Context<'_>, found: &MapFound) {
    let palette = &cx.theme.palette;
    widget::unbroken_ui(ui, |ui| {
        for business in Business::ALL {
            widget::label(ui, theme::glyph(business), Text::Caption, cx.theme.mark_text(business));
            for step in 0..field::STEPS {
                field::swatch(ui, field::strength(cx, business, step));
            }
        }
        let unit = found.map.criterion.unit();
        let lead =
            format!("{} … {} and more", format::short(0.0, unit), format::short(found.full_lead, unit));
        widget::caption(ui, cx.theme, lead);
        field::swatch(ui, palette.field);
        widget::caption(ui, cx.theme, "about equal");
        field::hatched_swatch(ui, palette.text_muted);
        widget::caption(ui, cx.theme, "none earns its capital");
        widget::caption(ui, cx.theme, "— level");
        widget::caption(ui, cx.theme, "- - NPV of 0");
    });
}

/// Beside the map: today and the pair under the pointer, the borders about today, and the filmstrip.
fn beside_ui(ui: &mut Ui, cx: &Context<'_>, found: &MapFound, hovered: Option<(usize, usize)>) {
    read_out::ui(ui, cx, &found.map, hovered);
    if let Some((near, is_old)) = &cx.state.winner_map.near {
        ui.add_space(theme::INNER);
        borders::ui(ui, cx, &near.borders, (found.map.criterion, *is_old));
    }
    if let Some((strip, is_old)) = &cx.state.winner_map.strip {
        ui.add_space(theme::INNER);
        strip::ui(ui, cx, (&strip.strip, *is_old), found);
    }
}
