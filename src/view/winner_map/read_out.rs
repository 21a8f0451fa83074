//! Today and the pair under the pointer, side by side.

use egui::{Align, Rect, Sense, Ui, vec2};
use wattfolio_economics::answers::{Cell, WinnerMap};
use wattfolio_economics::business::Business;

use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::{capitalised, winner_map as words};

/// Height of a line, and the share of its width that the names take beside two values.
const LINE: f32 = 20.0;
const NAMES: f32 = 0.42;
/// Width from which on a card has no more use for it.
const MOST_WIDTH: f32 = 520.0;

/// A pair of values with its verdict.
struct Read {
    title: &'static str,
    x: String,
    y: String,
    cell: Cell,
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, map: &WinnerMap, hovered: Option<(usize, usize)>) {
    let scenario = &cx.state.results.scenario;
    let now = map.x.now(scenario).zip(map.y.now(scenario)).map(|(x, y)| Read {
        title: "Now",
        x: words::at(&map.x, x),
        y: words::at(&map.y, y),
        cell: WinnerMap::judged(scenario, map.basis, map.criterion),
    });
    let under = hovered.and_then(|(column, row)| {
        let (x, y) = (map.columns.get(column)?, map.rows.get(row)?);
        let (x, y) = (words::at(&map.x, *x), words::at(&map.y, *y));
        Some(Read { title: "Pointer", x, y, cell: *map.cell(column, row)? })
    });
    widget::card(ui, cx.theme, None, |ui| {
        let width = ui.available_width().min(MOST_WIDTH);
        widget::set_max_width(ui, width);
        // Today alone takes the whole width until the pointer is on the map.
        let reads: Vec<&Read> = now.iter().chain(&under).collect();
        let line = |ui: &mut Ui, name: &str, of: Option<Business>, value: &dyn Fn(&Read) -> String| {
            let values: Vec<String> = reads.iter().map(|read| value(read)).collect();
            line_ui(ui, cx, (name, of), &values);
        };
        line(ui, "", None, &|read| read.title.to_owned());
        line(ui, map.x.input.label, None, &|read| read.x.clone());
        line(ui, map.y.input.label, None, &|read| read.y.clone());
        for business in Business::ALL {
            let name = format!("{} {}", theme::glyph(business), capitalised(business.word()));
            let value = |read: &Read| words::value(&read.cell, business, map.criterion);
            line(ui, &name, Some(business), &value);
        }
        ui.add_space(4.0);
        // Each sentence has a line of its own, so that nothing below moves with the pointer.
        if let Some(read) = &now {
            sentence_ui(ui, cx, &sentence(read, map));
        }
        match &under {
            Some(read) => sentence_ui(ui, cx, &sentence(read, map)),
            None => sentence_ui(ui, cx, "Pointer: read a cell, or drag the point"),
        }
    });
}

/// Who is best, and by how much: `Now: leasing leads, $70.5M over hosting`.
fn sentence(read: &Read, map: &WinnerMap) -> String {
    format!("{}: {}", read.title, words::read_out(&read.cell, map.criterion))
}

fn sentence_ui(ui: &mut Ui, cx: &Context<'_>, text: &str) {
    widget::tracked(ui, widget::colored(text, Text::Caption, cx.theme.palette.text_secondary));
}

/// A line of values, with what they are in front of them.
fn line_ui(ui: &mut Ui, cx: &Context<'_>, (name, of): (&str, Option<Business>), values: &[String]) {
    let palette = &cx.theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let names = rect.left() + NAMES * rect.width();
    let each = (rect.right() - names) / 2.0;
    let of_values = rect.right() - each * values.len() as f32;
    let (style, colour, ink) = match of {
        Some(business) => (Text::BodyMedium, palette.text, cx.theme.mark_text(business)),
        None => (Text::Caption, palette.text_muted, palette.text_muted),
    };
    let name_style = if of.is_some() { Text::Body } else { Text::Caption };
    widget::put(ui, rect.with_max_x(of_values), Align::Min, name, name_style, ink);
    for (index, value) in values.iter().enumerate() {
        let left = of_values + each * index as f32;
        let place = Rect::from_x_y_ranges(left + 6.0..=left + each, rect.y_range());
        widget::put(ui, place, Align::Max, value, style, colour);
    }
    let words = Some(name).filter(|name| !name.is_empty()).into_iter();
    let words = words.chain(values.iter().map(String::as_str)).collect::<Vec<&str>>().join(" ");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
}
