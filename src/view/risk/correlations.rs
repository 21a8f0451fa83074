//! The correlations of the four factors: the upper triangle is typed or dragged, the lower one mirrors it.

use egui::{
    Align2, Direction, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Input;
use wattfolio_economics::number::within;
use wattfolio_economics::scenario::correlation;
use wattfolio_economics::units::Unit;

use super::titles_ui;
use crate::format;
use crate::state::{Action, Command, Refusal};
use crate::theme::{HAIRLINE, RADIUS_FIELD, Text};
use crate::view::Context;
use crate::view::refusal::refusal_ui;
use crate::widget::{self, Entry, NumberField};

const FACTORS: [&str; 4] = ["Bitcoin", "Network", "Rental", "Electricity"];
/// Height of a row of cells.
const ROW: f32 = 48.0;
/// Height of the names above the cells.
const HEADING: f32 = 22.0;
/// Most opacity of a cell's colour, so that its number stays legible.
const STRONGEST: f32 = 0.55;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let given = &cx.state.document.scenario().risk.correlation;
    let is_valid = correlation::cholesky(given).is_some();
    let title = if is_valid {
        "How the four factors move together"
    } else {
        "These correlations contradict each other"
    };
    titles_ui(ui, cx, title.to_owned(), "Correlation of monthly shocks; type, or drag a cell");
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        matrix_ui(ui, cx, &correlation::matrix(given));
        ui.add_space(8.0);
        validity_ui(ui, cx, is_valid, correlation::smallest_eigenvalue(given));
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            command_ui(ui, cx, Command::IndependentFactors, correlation::independent() != *given);
            if !is_valid {
                command_ui(ui, cx, Command::NearestCorrelations, true);
            }
        });
        ui.add_space(8.0);
        crate::view::factors::ui(ui, cx);
    });
}

fn command_ui(ui: &mut Ui, cx: &Context<'_>, command: Command, is_enabled: bool) {
    ui.add_enabled_ui(is_enabled, |ui| {
        if widget::button(ui, cx.theme, command.text()).on_hover_text(command.hover(ui.ctx())).clicked() {
            cx.actions.run(command);
        }
    });
}

fn validity_ui(ui: &mut Ui, cx: &Context<'_>, is_valid: bool, eigenvalue: f64) {
    let palette = &cx.theme.palette;
    let smallest = format::significant(eigenvalue, 2);
    if is_valid {
        let text = format!("✓ Valid: the smallest eigenvalue is {smallest}");
        widget::label(ui, text, Text::Body, palette.text);
        widget::caption(ui, cx.theme, "If they contradict each other, the nearest valid ones are offered.");
    } else {
        let text = format!("⚠ Not valid together: the smallest eigenvalue is {smallest}");
        widget::label(ui, text, Text::Body, palette.alert);
        let nearest = correlation::nearest_valid_short(&cx.state.document.scenario().risk.correlation);
        let values = correlation::triangle_values(&nearest).map(number);
        widget::caption(ui, cx.theme, format!("The nearest valid ones, row by row: {}", values.join("   ")));
    }
}

/// Two decimals, or three where they are needed.
fn number(value: f64) -> String {
    let decimals = if ((value * 100.0).round() / 100.0 - value).abs() < 1e-9 { 2 } else { 3 };
    format::grouped(value, decimals)
}

fn matrix_ui(ui: &mut Ui, cx: &Context<'_>, matrix: &correlation::Matrix) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEADING), Sense::hover());
        let names = if cx.is_narrow { 72.0 } else { 88.0 };
        let width = (rect.width() - names) / FACTORS.len() as f32;
        let (font, colour) = (Text::Caption.font(), cx.theme.palette.text_muted);
        for (i, name) in FACTORS.into_iter().enumerate() {
            let place = pos2(rect.left() + names + width * (i as f32 + 0.5), rect.top() + 9.0);
            ui.painter().text(place, Align2::CENTER_CENTER, name, font.clone(), colour);
        }
        for (i, values) in matrix.iter().enumerate() {
            let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            let place = pos2(row.left() + names - 12.0, row.center().y);
            ui.painter().text(place, Align2::RIGHT_CENTER, FACTORS[i], font.clone(), colour);
            row_ui(ui, cx, row.with_min_x(row.left() + names), i, values);
            // Below the row, as the cells have no room for words; in a part of its own, so that the fields below it keep
            // their identity, and with it the keyboard, when the words come and go.
            ui.push_id(("refused", i), |ui| {
                for input in (i + 1..FACTORS.len()).filter_map(|j| input_of(i, j)) {
                    refusal_ui(ui, cx.theme, cx.state.view.inputs.refused.as_ref(), input);
                }
            });
        }
    });
}

/// The cells of a row; those up to the diagonal cannot be changed.
fn row_ui(ui: &mut Ui, cx: &Context<'_>, row: Rect, i: usize, values: &[f64]) {
    let palette = &cx.theme.palette;
    let width = row.width() / values.len() as f32;
    for (j, value) in values.iter().enumerate() {
        let left = row.left() + width * j as f32;
        let cell = Rect::from_min_size(pos2(left, row.top()), vec2(width, ROW)).shrink(2.0);
        if j > i {
            cell_ui(ui, cx, cell, (i, j), *value);
            continue;
        }
        let text = if i == j { "1".to_owned() } else { number(*value) };
        if i == j {
            let outline = Stroke::new(HAIRLINE, palette.line);
            ui.painter().rect_stroke(cell, RADIUS_FIELD, outline, StrokeKind::Inside);
        }
        ui.painter().text(cell.center(), Align2::CENTER_CENTER, text, Text::Body.font(), palette.text_muted);
    }
}

/// The input of a cell above the diagonal: those of the matrix stand in the catalogue row by row.
fn input_of(row: usize, column: usize) -> Option<&'static Input> {
    let before: usize = (0..row).map(|row| FACTORS.len() - 1 - row).sum();
    let mut cells = catalogue::inputs().iter().filter(|input| input.id.starts_with("risk.correlation."));
    cells.nth(before + column - row - 1)
}

/// A cell that can be changed.
fn cell_ui(ui: &mut Ui, cx: &Context<'_>, cell: Rect, (i, j): (usize, usize), stored: f64) {
    let palette = &cx.theme.palette;
    let hue = if stored < 0.0 { palette.diverging.below } else { palette.diverging.above };
    ui.painter().rect_filled(cell, RADIUS_FIELD, palette.field);
    let strength = STRONGEST * (stored.abs() as f32).min(1.0).sqrt();
    ui.painter().rect_filled(cell, RADIUS_FIELD, hue.gamma_multiply(strength));
    let name = format!("Correlation of {} and {}", FACTORS[i].to_lowercase(), FACTORS[j].to_lowercase());
    let (response, entry) = ui
        .scope(|ui| {
            let visuals = ui.visuals_mut();
            for state in
                [&mut visuals.widgets.inactive, &mut visuals.widgets.hovered, &mut visuals.widgets.active]
            {
                state.weak_bg_fill = egui::Color32::TRANSPARENT;
                state.bg_fill = egui::Color32::TRANSPARENT;
            }
            ui.spacing_mut().interact_size = cell.size();
            let field = NumberField {
                speed: 0.005,
                size: cell.size(),
                ..NumberField::new(stored, Unit::Ratio, &number)
            };
            let centred = Layout::centered_and_justified(Direction::TopDown);
            let place = UiBuilder::new().max_rect(cell).layout(centred);
            ui.scope_builder(place, |ui| field.ui(ui)).inner
        })
        .inner;
    response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, &name));
    let Some(input) = input_of(i, j) else { return };
    let refused = cx.state.view.inputs.refused.as_ref();
    let is_refused = refused.is_some_and(|refusal| refusal.input() == input);
    if response.has_focus() || response.hovered() || is_refused {
        let colour = if is_refused { palette.alert } else { palette.text };
        ui.painter().rect_stroke(cell, RADIUS_FIELD, Stroke::new(1.5, colour), StrokeKind::Inside);
    }
    response.on_hover_text(name);
    match entry {
        None => {}
        Some(Entry::Typed(value)) => cx.actions.push(Action::SetNumber { input, value }),
        // Dragging stops at the limits; a typed number beyond them is refused with a word.
        Some(Entry::Dragged(value)) => {
            let value = within((value * 100.0).round(), -100.0, 100.0) / 100.0;
            cx.actions.push(Action::SetNumber { input, value });
        }
        Some(Entry::Unreadable { text, why }) => {
            cx.actions.push(Action::Refuse(Refusal::Unreadable { input, text, why }));
        }
    }
}
