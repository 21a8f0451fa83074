//! The winner map: which business is best at every pair of two inputs.

mod axes;
mod field;
mod lines;
mod plot;

use egui::Ui;
use wattfolio_economics::answers::{Cell, WinnerMap};
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

/// Cards beside the map: today, and the pair under the pointer.
fn beside_ui(ui: &mut Ui, cx: &Context<'_>, found: &MapFound, hovered: Option<(usize, usize)>) {
    let map = &found.map;
    let scenario = &cx.state.results.scenario;
    if let (Some(x), Some(y)) = (map.x.now(scenario), map.y.now(scenario)) {
        let now = WinnerMap::judged(scenario, map.basis, map.criterion);
        card_ui(ui, cx, map, &format!("Now: {}", map_words::pair(map, x, y)), &now);
    }
    ui.add_space(theme::UNIT);
    let under = hovered.and_then(|(column, row)| {
        Some((map.columns.get(column)?, map.rows.get(row)?, map.cell(column, row)?))
    });
    match under {
        Some((x, y, cell)) => {
            card_ui(ui, cx, map, &format!("At the pointer: {}", map_words::pair(map, *x, *y)), cell);
        }
        None => {
            widget::caption(
                ui,
                cx.theme,
                "Point at the map to read a cell; drag the point to set both inputs.",
            );
        }
    }
}

fn card_ui(ui: &mut Ui, cx: &Context<'_>, map: &WinnerMap, title: &str, cell: &Cell) {
    let palette = &cx.theme.palette;
    widget::card(ui, cx.theme, None, |ui| {
        widget::label(ui, title, Text::Caption, palette.text_muted);
        widget::body(ui, cx.theme, map_words::field(cell, map.criterion));
        for business in Business::ALL {
            ui.horizontal(|ui| {
                let name = format!("{} {}", theme::glyph(business), business.label());
                widget::label(ui, name, Text::Body, cx.theme.mark_text(business));
                let value = map_words::value(cell, business, map.criterion);
                widget::label(ui, value, Text::BodyMedium, palette.text);
            });
        }
    });
}
