//! Every known run, priced; a click draws it.

use egui::{Align, Color32, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::units::Unit;

use super::{Shown, set, titles_ui};
use crate::export::certainty;
use crate::format;
use crate::market_data::recorded::{TrainingRun, training_runs};
use crate::theme::{RADIUS_FIELD, TABLE_ROW, Text};
use crate::view::Context;
use crate::widget;
use crate::words::{capitalised, training as words};

/// Width below which the table has smaller letters.
const LEAST_WIDTH: f32 = 500.0;
/// Heads of the columns, in two lines where words are long.
const HEADS: [&str; 7] = ["Run", "Hours", "Rental", "Own\nGPUs", "Miner’s\npower", "Bitcoin\n×2", "Known"];
/// Height of the heads.
const HEADS_HEIGHT: f32 = 34.0;
/// Space between columns.
const GAP: f32 = 6.0;

/// A run with what it costs, as texts.
struct Row {
    /// The run, and the run without its GPU for where there is less room.
    name: [String; 2],
    texts: Vec<String>,
    /// Reasons and source, for the tooltip.
    about: String,
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown<'_>) {
    let palette = &cx.theme.palette;
    let title = format!("{} known runs, repriced", capitalised(number(training_runs().len())));
    titles_ui(ui, cx, &title, "Miner’s power and bitcoin ×2 are on own GPUs; click a run to draw it");
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        let rows = rows(shown);
        let room = ui.available_width();
        let (plain, drawn) =
            if room < LEAST_WIDTH { (Text::Caption, Text::Caption) } else { (Text::Body, Text::BodyMedium) };
        let heads = HEADS.map(str::to_owned);
        // Every row may be the one that is drawn, and no click moves a column.
        let all = rows.iter().map(|row| (&row.texts[..], drawn)).chain([(&heads[..], Text::Caption)]);
        let widths = widget::column_widths(ui, all, GAP, room);
        let (rect, _) = ui.allocate_exact_size(vec2(room, HEADS_HEIGHT), Sense::hover());
        cells(ui, rect, &widths, &heads, |_| (Text::Caption, palette.text_muted));
        // All names lose their GPU, or none.
        let fits = |row: &Row| widget::width(ui, &row.name[0], drawn) <= widths[0];
        let form = usize::from(!rows.iter().all(fits));
        for (index, row) in rows.iter().enumerate() {
            let is_drawn = index == shown.run;
            let style = if is_drawn { drawn } else { plain };
            if row_ui(ui, cx, (row, form), &widths, style, is_drawn) {
                set(cx, |view| view.run = index);
            }
        }
    });
}

/// The texts of every known run.
fn rows(shown: &Shown<'_>) -> Vec<Row> {
    let usd = |usd: &Result<f64, _>| match usd {
        Ok(usd) => format::short(*usd, Unit::Usd),
        Err(_) => "none".to_owned(),
    };
    let row = |(index, run): (usize, &'static TrainingRun)| {
        let cost = shown.trained.cost.cost(index, &shown.trained.now)?;
        let doubled = shown.trained.doubled_of(index);
        let name = [format!("{}, {}", run.model, run.gpu), run.model.clone()];
        let texts = vec![
            name[0].clone(),
            words::hours(run.gpu_hours),
            usd(&cost.rental_usd),
            usd(&cost.own_usd),
            usd(&cost.own_at_miners_usd),
            doubled.as_ref().map_or_else(|| "beyond".to_owned(), |cost| usd(&cost.own_at_miners_usd)),
            certainty(run.certainty).to_owned(),
        ];
        let title = words::title(&cost, &shown.trained.cost, shown.trained.scenario.start);
        let about = format!("{}: {title}. {}. {}", name[0], run.source, run.remark);
        Some(Row { name, texts, about })
    };
    training_runs().iter().enumerate().filter_map(row).collect()
}

/// One run; true if it was clicked.
fn row_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    (row, form): (&Row, usize),
    widths: &[f32],
    style: Text,
    is_drawn: bool,
) -> bool {
    let palette = &cx.theme.palette;
    let size = vec2(ui.available_width(), TABLE_ROW - 4.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let spoken = row.texts.join(", ");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_drawn, &spoken));
    if is_drawn || response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), RADIUS_FIELD, palette.field);
    }
    widget::focus_ring(ui, cx.theme, &response, rect);
    let mut texts = row.texts.clone();
    texts[0].clone_from(&row.name[form]);
    let colour = |text: &str| if text == "none" { palette.text_muted } else { palette.text };
    cells(ui, rect, widths, &texts, |text| (style, colour(text)));
    response.on_hover_text(&row.about).clicked()
}

/// Writes a row: the first cell at the left, the last as well, numbers at the right of their columns.
fn cells(ui: &Ui, row: Rect, widths: &[f32], texts: &[String], look: impl Fn(&str) -> (Text, Color32)) {
    let mut left = row.left();
    for (index, (text, width)) in texts.iter().zip(widths).enumerate() {
        let align = if index == 0 || index == texts.len() - 1 { Align::Min } else { Align::Max };
        let from = if index == 0 { left } else { left + GAP };
        let place = Rect::from_min_max(pos2(from, row.top()), pos2(left + width, row.bottom()));
        let (style, colour) = look(text);
        widget::put_lines(ui, place, align, text, style, colour);
        left += width;
    }
}

/// A small number in words.
fn number(count: usize) -> &'static str {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(count).copied().unwrap_or("many")
}
