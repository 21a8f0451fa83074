//! Break-evens of a business: the value of each deciding input at which it earns just its capital, and draws level with another.

use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, vec2};
use wattfolio_economics::answers::{BreakEven, Solved};
use wattfolio_economics::input::Input;

use super::titles_ui;
use crate::state::{Action, Answered};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::sensitivity as words;

/// Height of a row.
const ROW: f32 = 24.0;
/// Where columns begin, as shares of the width, beside a rival and without one.
const COLUMNS: [f32; 4] = [0.0, 0.3, 0.48, 0.74];
const COLUMNS_ALONE: [f32; 3] = [0.0, 0.42, 0.68];
/// What stands between a value and its distance from today.
const GAP: &str = "  ";

/// What a row says when it is pointed at, and the input to which a click on it leads.
pub(super) struct Leads {
    /// Full sentences.
    pub spoken: String,
    /// The input.
    pub input: &'static Input,
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, answered: &Answered) {
    let table = &answered.break_evens;
    let title = match table.rows.first().filter(|row| row.distance().is_finite()) {
        Some(row) => format!("{} is nearest to tipping it", row.input().label),
        None => "No input alone tips it".to_owned(),
    };
    let business = table.business.word();
    let level =
        table.rival.map_or_else(String::new, |rival| format!(", and where it is that of {}", rival.word()));
    titles_ui(ui, cx, &title, &format!("Where the NPV of {business} is 0{level}; nearest first"));
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        let (input, now, zero) = ("Input", "Now", "NPV is 0");
        match table.rival {
            Some(rival) => {
                let level = format!("{} {} level", theme::glyph(rival), rival.word());
                line_ui(ui, cx, ([input, now, zero, &level], COLUMNS), Text::Caption, None);
            }
            None => line_ui(ui, cx, ([input, now, zero], COLUMNS_ALONE), Text::Caption, None),
        }
        for row in &table.rows {
            row_ui(ui, cx, row);
        }
    });
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, row: &BreakEven) {
    let now = words::input_value(row.zero.now, row.input());
    let zero = cell(&row.zero);
    let mut lines = vec![words::solution(&row.zero)];
    lines.extend(row.level.as_ref().map(words::solution));
    let leads = Leads { spoken: lines.join("\n"), input: row.input() };
    let label = row.input().label;
    match &row.level {
        Some(level) => {
            line_ui(ui, cx, ([label, &now, &zero, &cell(level)], COLUMNS), Text::Body, Some(leads));
        }
        None => line_ui(ui, cx, ([label, &now, &zero], COLUMNS_ALONE), Text::Body, Some(leads)),
    }
}

/// The nearest solution with its distance from today.
pub(super) fn cell(solved: &Solved) -> String {
    let Some(root) = solved.nearest() else { return "none".to_owned() };
    let distance = words::distance(root.value, solved.now, solved.input.unit);
    beside(&words::input_value(root.value, solved.input), &distance)
}

/// A value with its distance from today's.
pub(super) fn beside(value: &str, distance: &str) -> String {
    if distance.is_empty() { value.to_owned() } else { format!("{value}{GAP}{distance}") }
}

/// A line of a table, with the shares of the width at which its columns begin.
pub(super) fn line_ui<const N: usize>(
    ui: &mut Ui,
    cx: &Context<'_>,
    (cells, columns): ([&str; N], [f32; N]),
    style: Text,
    row: Option<Leads>,
) {
    let palette = &cx.theme.palette;
    let sense = if row.is_some() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    if row.is_some() && (response.hovered() || response.has_focus()) {
        ui.painter().rect_filled(rect, 4, palette.hover);
    }
    for (index, text) in cells.iter().enumerate() {
        let from = rect.left() + rect.width() * columns[index];
        let to = rect.left() + rect.width() * columns.get(index + 1).copied().unwrap_or(1.0);
        let place = Rect::from_x_y_ranges(from..=(to - 8.0).max(from), rect.y_range());
        let align = if index == 0 { Align::Min } else { Align::Max };
        let colour = if row.is_none() || *text == "none" { palette.text_muted } else { palette.text };
        // The unit of the number is left out first, then the distance; the number stays whole.
        let (value, distance) = text.split_once(GAP).unwrap_or((text, ""));
        let bare = beside(words::bare(value), distance);
        let shown = widget::fitting(ui, &[text, &bare, words::bare(value)], style, place.width());
        widget::put(ui, place, align, shown, style, colour);
    }
    let Some(Leads { spoken, input }) = row else { return };
    widget::focus_ring(ui, cx.theme, &response, rect);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    if response.on_hover_text(spoken).clicked() {
        cx.actions.push(Action::Find(input));
    }
}
