//! What one source says: value, distance from the median, age, or why there is none, and when it is asked again.

use egui::{Align, Pos2, Rangef, Rect, Sense, Stroke, Ui, pos2, vec2};
use wattfolio_economics::number::within;

use super::columns::{Columns, MARKS};
use crate::market_data::live::{Figure, Quote, Rule, Standing, age_words, moment};
use crate::theme::{HAIRLINE, Text};
use crate::view::Context;
use crate::widget;

/// Height of a row.
const HEIGHT: f32 = 24.0;
/// Width of the line with the dot.
const DOTS: f32 = 72.0;
/// Least room for the line with the dot beside the words.
const LEAST_WORDS: f32 = 150.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, columns: &Columns, figure: &Figure, quote: &Quote) {
    let palette = &cx.theme.palette;
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let edge = Stroke::new(HAIRLINE, palette.line);
    ui.painter().vline(row.left() + MARKS - 14.0, row.y_range(), edge);
    let cells = columns.cells(row);
    let at = |range: Rangef| Rect::from_x_y_ranges(range, row.y_range());
    let (name, value, words, age) = if columns.is_beside() {
        let words = Rangef::new(cells.how.left(), cells.spread.right());
        (cells.name.x_range(), cells.market.x_range(), words, cells.age.x_range())
    } else {
        // Name and value share the line with the words.
        let (left, right) = (row.left() + MARKS, row.right());
        let third = (right - left) / 3.0;
        let name = Rangef::new(left, left + third - 8.0);
        let value = Rangef::new(left + third, left + 1.8 * third - 8.0);
        (name, value, Rangef::new(left + 1.8 * third, right), Rangef::new(right, right))
    };
    let counts = quote.standing == Standing::Counts;
    let colour = if counts { palette.text_secondary } else { palette.text_muted };
    widget::put(ui, at(name), Align::Min, quote.source.label, Text::Body, palette.text_secondary);
    let shown = quote.value.map_or_else(|| "no answer".to_owned(), |(what, value)| what.text(value));
    widget::put(ui, at(value), Align::Max, &shown, Text::Body, colour);
    let mut words = words;
    let dot = middle(figure).filter(|_| words.span() >= DOTS + LEAST_WORDS && figure.quotes.len() > 1);
    if let (Some((middle, limit)), Some((_, value))) = (dot, quote.value) {
        let line = Rect::from_center_size(pos2(words.min + DOTS / 2.0, row.center().y), vec2(DOTS, HEIGHT));
        dot_ui(ui, cx, line, within((value / middle - 1.0) / limit, -1.0, 1.0) as f32, counts);
        words.min += DOTS + 12.0;
    }
    // A note that finds no room in the row stands below it, in full.
    let note = in_row(cx, quote);
    let is_below = widget::width(ui, &note, Text::Caption) > words.span();
    if !is_below {
        widget::put(ui, at(words), Align::Min, &note, Text::Caption, palette.text_muted);
    }
    if let (Some(at_time), true) = (quote.at, age.span() > 0.0) {
        let text = age_words(at_time, cx.state.market.now());
        widget::put(ui, at(age), Align::Max, &text, Text::Body, colour);
    }
    response.on_hover_text(hover(cx, quote));
    if is_below {
        super::figure::note_ui(ui, cx, note);
        ui.add_space(4.0);
    }
}

/// The value in the middle, and the distance from it at the end of the line.
fn middle(figure: &Figure) -> Option<(f64, f64)> {
    let limit = match figure.rule {
        Rule::Price => 0.01,
        _ => figure.rule.most_spread()?,
    };
    let mut values: Vec<f64> = figure.quotes.iter().filter_map(|quote| Some(quote.value?.1)).collect();
    values.sort_by(f64::total_cmp);
    let middle = *values.get(values.len() / 2)?;
    (middle != 0.0).then_some((middle, limit))
}

fn dot_ui(ui: &Ui, cx: &Context<'_>, line: Rect, share: f32, counts: bool) {
    let palette = &cx.theme.palette;
    ui.painter().hline(line.x_range(), line.center().y, Stroke::new(HAIRLINE, palette.line));
    let tick = Rangef::new(line.center().y - 5.0, line.center().y + 5.0);
    ui.painter().vline(line.center().x, tick, Stroke::new(HAIRLINE, palette.text_muted));
    let centre = Pos2::new(line.center().x + share * (line.width() / 2.0 - 4.0), line.center().y);
    // Hollow is what does not count.
    if counts {
        ui.painter().circle_filled(centre, 3.0, palette.text);
    } else {
        ui.painter().circle_stroke(centre, 3.0, Stroke::new(1.2, palette.text_muted));
    }
}

/// What is said of a quote in its row.
fn said(quote: &Quote) -> String {
    let standing = match &quote.standing {
        Standing::Counts => "",
        Standing::TooFar => "too far from the median",
        Standing::TooOld => "older than the others",
        Standing::Missing(why) => why,
    };
    let parts = [standing, quote.note.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// What is said of a quote in its row: of one that is missing also when its source is asked again.
fn in_row(cx: &Context<'_>, quote: &Quote) -> String {
    let market = &cx.state.market;
    let wait = market.answer(quote.source).map(|answer| (answer.not_before - market.now()).num_seconds());
    match (wait, &quote.standing) {
        (Some(wait), Standing::Missing(why)) if wait > 0 => {
            format!("{why}; next try in {}", wait_words(wait))
        }
        _ => said(quote),
    }
}

/// A wait in words.
fn wait_words(seconds: i64) -> String {
    if seconds < 90 { format!("{seconds} s") } else { format!("{} min", (seconds + 59) / 60) }
}

/// When the source was tried, and when it may be tried again.
fn hover(cx: &Context<'_>, quote: &Quote) -> String {
    let market = &cx.state.market;
    let Some(answer) = market.answer(quote.source) else { return String::new() };
    let now = market.now();
    let mut lines = vec![format!("{} at {}", quote.source.label, answer.host)];
    lines.extend(Some(said(quote)).filter(|words| !words.is_empty()));
    lines.extend(quote.at.map(|at| format!("observed {}", moment(at))));
    let ago = match age_words(answer.tried_at, now).as_str() {
        "now" => "just now".to_owned(),
        age => format!("{age} ago"),
    };
    lines.push(format!("last tried {ago}"));
    let wait = (answer.not_before - now).num_seconds();
    lines.push(if wait > 0 {
        format!("may be asked again in {}", wait_words(wait))
    } else {
        "may be asked again now".to_owned()
    });
    if let Some(ahead) = answer.clock_ahead_s {
        lines.push(format!("its clock is {} min ahead of this computer’s", ahead / 60));
    }
    lines.join("\n")
}
