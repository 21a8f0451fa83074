//! Break-evens of a business: the value of each deciding input at which it earns just its capital, and draws level with another.

use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, vec2};
use wattfolio_economics::answers::{BreakEven, Solved};

use super::titles_ui;
use crate::format;
use crate::state::{Action, Answered};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::sensitivity as words;

/// Height of a row.
const ROW: f32 = 24.0;
/// Where columns begin, as shares of the width.
const COLUMNS: [f32; 4] = [0.0, 0.34, 0.5, 0.76];

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, answered: &Answered) {
    let table = &answered.break_evens;
    let title = match table.rows.first().filter(|row| row.distance().is_finite()) {
        Some(row) => format!("{} is nearest to tipping it", row.input().label),
        None => "No input alone tips it".to_owned(),
    };
    let business = table.business.word();
    let level =
        table.rival.map_or_else(String::new, |rival| format!(", and at which {} draws level", rival.word()));
    titles_ui(ui, cx, &title, &format!("Value at which {business} has an NPV of 0{level}; nearest first"));
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        let level = table
            .rival
            .map_or_else(String::new, |rival| format!("{} {} level", theme::glyph(rival), rival.word()));
        line_ui(ui, cx, ["Input", "Now", "NPV is 0", &level], Text::Caption, None);
        for row in &table.rows {
            row_ui(ui, cx, row);
        }
    });
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, row: &BreakEven) {
    let now = words::input_value(row.zero.now, row.input());
    let zero = cell(&row.zero);
    let level = row.level.as_ref().map(cell).unwrap_or_default();
    line_ui(ui, cx, [row.input().label, &now, &zero, &level], Text::Body, Some(row));
}

/// The nearest solution with its distance from today.
fn cell(solved: &Solved) -> String {
    let Some(root) = solved.nearest() else { return "none".to_owned() };
    let change = root.value - solved.now;
    let distance = if solved.now == 0.0 {
        String::new()
    } else {
        let share = change / solved.now.abs();
        format!("  {}", format::signed(format!("{} %", format::grouped(share * 100.0, 0)), share))
    };
    format!("{}{distance}", words::input_value(root.value, solved.input))
}

fn line_ui(ui: &mut Ui, cx: &Context<'_>, cells: [&str; 4], style: Text, row: Option<&BreakEven>) {
    let palette = &cx.theme.palette;
    let sense = if row.is_some() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    if row.is_some() && (response.hovered() || response.has_focus()) {
        ui.painter().rect_filled(rect, 4, palette.hover);
    }
    for (index, text) in cells.iter().enumerate() {
        let from = rect.left() + rect.width() * COLUMNS[index];
        let to = rect.left() + rect.width() * COLUMNS.get(index + 1).copied().unwrap_or(1.0);
        let place = Rect::from_x_y_ranges(from..=(to - 8.0).max(from), rect.y_range());
        let align = if index == 0 { Align::Min } else { Align::Max };
        let colour = if row.is_none() || *text == "none" { palette.text_muted } else { palette.text };
        widget::put(ui, place, align, text, style, colour);
    }
    let Some(row) = row else { return };
    widget::focus_ring(ui, cx.theme, &response, rect);
    let mut lines = vec![words::solution(&row.zero)];
    lines.extend(row.level.as_ref().map(words::solution));
    let spoken = lines.join("\n");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    if response.on_hover_text(spoken).clicked() {
        cx.actions.push(Action::Find(row.input()));
    }
}
