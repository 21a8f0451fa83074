//! Energy of a query beside that of a web search, each with its date.

use egui::{Align, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::titles_ui;
use crate::export::{date_words, searches_of};
use crate::format;
use crate::market_data::recorded::{QueryEnergy, query_energies};
use crate::state::Trained;
use crate::theme::{HAIRLINE, Text};
use crate::view::Context;
use crate::widget;
use crate::words::training as words;

/// Height of a row.
const ROW: f32 = 38.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, trained: &Trained) {
    let energies = query_energies();
    let searches = energies.iter().filter_map(searches_of);
    let (least, most) =
        searches.fold((f64::INFINITY, 0.0_f64), |(least, most), count| (least.min(count), most.max(count)));
    let title = words::queries_title(least, most);
    titles_ui(
        ui,
        cx,
        &title,
        "Energy of a query, Wh, with the date of the figure; the dashed line is a web search",
    );
    ui.add_space(4.0);
    let largest = energies.iter().map(|energy| energy.wh_per_query).fold(0.0, f64::max);
    for energy in energies {
        row_ui(ui, cx, energy, largest);
    }
    if let Some(energy) = energies.iter().rfind(|energy| searches_of(energy).is_some()) {
        let miner = trained.now.miner_usd_per_mwh.as_ref().ok().copied();
        let text = words::query_cost(energy.wh_per_query, miner, trained.now.site_usd_per_mwh);
        ui.add_space(4.0);
        widget::body(ui, cx.theme, text);
    }
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, energy: &QueryEnergy, largest: f64) {
    let palette = &cx.theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let name = Rect::from_min_max(rect.min, pos2(rect.left() + rect.width() * 0.42, rect.top() + ROW / 2.0));
    widget::put(ui, name, Align::Min, &energy.service, Text::Body, palette.text);
    let about = words::dated_source(&date_words(energy), &energy.source);
    let below = name.translate(vec2(0.0, ROW / 2.0 - 3.0));
    widget::put(ui, below, Align::Min, &about, Text::Caption, palette.text_muted);
    let words = match searches_of(energy) {
        Some(count) => {
            format!("{} Wh, {}", format::significant(energy.wh_per_query, 2), words::searches(count))
        }
        None => format!("{} Wh, a web search", format::significant(energy.wh_per_query, 2)),
    };
    let bars = Rect::from_x_y_ranges(
        name.right() + 8.0..=rect.right() - 150.0,
        rect.shrink2(vec2(0.0, 12.0)).y_range(),
    );
    let x = |wh: f64| bars.left() + bars.width().max(0.0) * (wh / largest.max(f64::MIN_POSITIVE)) as f32;
    let end = x(energy.wh_per_query);
    if bars.width() > 10.0 {
        let is_search = searches_of(energy).is_none();
        let fill = if is_search { palette.baseline } else { palette.text_secondary };
        ui.painter().rect_filled(Rect::from_x_y_ranges(bars.left()..=end, bars.y_range()), 2, fill);
        if let Some(search) = query_energies().first() {
            let ends =
                [pos2(x(search.wh_per_query), rect.top()), pos2(x(search.wh_per_query), rect.bottom())];
            let stroke = Stroke::new(HAIRLINE, palette.text);
            ui.painter().extend(egui::Shape::dashed_line(&ends, stroke, 3.0, 3.0));
        }
    }
    let from = if bars.width() > 10.0 { end + 8.0 } else { name.right() + 8.0 };
    let place = Rect::from_min_max(pos2(from.min(rect.right()), rect.top()), rect.max);
    widget::put(ui, place, Align::Min, &words, Text::Body, palette.text);
    let spoken = format!("{}, {about}, {words}", energy.service);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    if !energy.remark.is_empty() {
        response.on_hover_text(&energy.remark);
    }
}
