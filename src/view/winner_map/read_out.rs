//! Today and the pair under the pointer, side by side.

use egui::{Align, Rect, Sense, Ui, vec2};
use wattfolio_economics::answers::{Cell, WinnerMap};
use wattfolio_economics::business::Business;

use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::{capitalised, winner_map as words};

/// Height of a line, and the share of its width that the names take.
const LINE: f32 = 20.0;
const NAMES: f32 = 0.34;
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
        line_ui(ui, cx, None, [&now, &under].map(|read| read.as_ref().map(|read| read.title)));
        line_ui(ui, cx, None, [&now, &under].map(|read| read.as_ref().map(|read| read.x.as_str())));
        line_ui(ui, cx, None, [&now, &under].map(|read| read.as_ref().map(|read| read.y.as_str())));
        for business in Business::ALL {
            let value = |read: &Option<Read>| {
                read.as_ref().map(|read| words::value(&read.cell, business, map.criterion))
            };
            let values = [&now, &under].map(value);
            line_ui(ui, cx, Some(business), [values[0].as_deref(), values[1].as_deref()]);
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

/// A line of two values, with the name of a business in front of them.
fn line_ui(ui: &mut Ui, cx: &Context<'_>, business: Option<Business>, values: [Option<&str>; 2]) {
    let palette = &cx.theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let names = rect.left() + NAMES * rect.width();
    let middle = f32::midpoint(names, rect.right());
    let name = business.map(|one| format!("{} {}", theme::glyph(one), capitalised(one.word())));
    if let (Some(business), Some(name)) = (business, &name) {
        let place = rect.with_max_x(names);
        widget::put(ui, place, Align::Min, name, Text::Body, cx.theme.mark_text(business));
    }
    let (style, colour) = match business {
        Some(_) => (Text::BodyMedium, palette.text),
        None => (Text::Caption, palette.text_muted),
    };
    for (value, (left, right)) in values.iter().zip([(names, middle), (middle, rect.right())]) {
        if let Some(value) = value {
            let place = Rect::from_x_y_ranges(left + 6.0..=right, rect.y_range());
            widget::put(ui, place, Align::Max, value, style, colour);
        }
    }
    let words = name.as_deref().into_iter().chain(values.into_iter().flatten());
    let words = words.collect::<Vec<&str>>().join(" ");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
}
