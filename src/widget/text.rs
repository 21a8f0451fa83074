//! Text in the five styles.

use std::borrow::Cow;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, Galley, Rect, Response, RichText, Role, Sense, Ui, WidgetInfo, pos2};

use crate::format;
use crate::theme::{Text, Theme};

/// Part of a table that its first column keeps where there is too little room for all.
const LEAST_FIRST: f32 = 0.2;

/// Text of a style and colour.
pub fn colored(text: impl Into<String>, style: Text, colour: Color32) -> RichText {
    RichText::new(text).font(style.font()).color(colour)
}

/// Shows text of a style and colour.
pub fn label(ui: &mut Ui, text: impl Into<String>, style: Text, colour: Color32) -> Response {
    let text = text.into();
    let drawn = format::unbroken(&text);
    let is_joined = matches!(drawn, Cow::Owned(_));
    let response = ui.label(colored(drawn, style, colour));
    if is_joined {
        read_as(&response, &text);
    }
    response
}

/// A screen reader, and who looks for a text, gets it with the usual spaces.
fn read_as(response: &Response, text: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
}

/// Shows small, muted text.
pub fn caption(ui: &mut Ui, theme: &Theme, text: impl Into<String>) -> Response {
    label(ui, text, Text::Caption, theme.palette.text_muted)
}

/// Shows body text.
pub fn body(ui: &mut Ui, theme: &Theme, text: impl Into<String>) -> Response {
    label(ui, text, Text::Body, theme.palette.text_secondary)
}

/// Shows a text of several styles and colours, wrapped like one.
pub fn phrase(ui: &mut Ui, parts: &[(&str, Text, Color32)]) -> Response {
    phrase_of(ui, parts, egui::Label::new(job_of(parts)).wrap())
}

fn phrase_of(ui: &mut Ui, parts: &[(&str, Text, Color32)], label: egui::Label) -> Response {
    let whole: String = parts.iter().map(|(text, ..)| *text).collect();
    let response = ui.add(label);
    if matches!(format::unbroken(&whole), Cow::Owned(_)) {
        read_as(&response, &whole);
    }
    response
}

/// Shows a text of several styles and colours in one line, truncated with an ellipsis.
pub fn tracked_phrase(ui: &mut Ui, parts: &[(&str, Text, Color32)]) -> Response {
    let label = tracking(ui, egui::Label::new(job_of(parts)));
    phrase_of(ui, parts, label)
}

fn job_of(parts: &[(&str, Text, Color32)]) -> LayoutJob {
    let mut job = LayoutJob::default();
    // Neighbours alike are one run, so that a text looks the same in however many parts it comes.
    for run in parts.chunk_by(|a, b| (a.1, a.2) == (b.1, b.2)) {
        let text: String = run.iter().map(|(text, ..)| *text).collect();
        job.append(&format::unbroken(&text), 0.0, TextFormat::simple(run[0].1.font(), run[0].2));
    }
    job
}

/// Shows text in one line, truncated with an ellipsis. On paper, where no tooltip has the rest, it takes more lines.
pub fn tracked(ui: &mut Ui, text: RichText) -> Response {
    ui.add(tracking(ui, egui::Label::new(text)))
}

/// A label in one line, unless the style says that texts wrap; whole where they stand in [`unbroken_ui`](super::unbroken_ui).
fn tracking(ui: &Ui, label: egui::Label) -> egui::Label {
    match ui.style().wrap_mode {
        Some(egui::TextWrapMode::Wrap) => label.wrap(),
        Some(egui::TextWrapMode::Extend) => label.extend(),
        _ => label.truncate(),
    }
}

/// Lays out text in one line, truncated with an ellipsis to `width`.
pub fn one_line(ui: &Ui, text: &str, style: Text, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), style.font(), colour);
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    ui.painter().layout_job(job)
}

/// The width of text in one line.
pub fn width(ui: &Ui, text: &str, style: Text) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), style.font(), Color32::PLACEHOLDER).size().x
}

/// Paints text in one line at the left or right of a place, truncated to it, with the full text as tooltip.
/// Returns its rectangle.
pub fn put(ui: &Ui, place: Rect, align: Align, text: &str, style: Text, colour: Color32) -> Rect {
    let galley = one_line(ui, text, style, colour, place.width());
    let left = match align {
        Align::Min => place.left(),
        Align::Center => place.center().x - galley.size().x / 2.0,
        Align::Max => place.right() - galley.size().x,
    };
    let rect = Rect::from_min_size(pos2(left, place.center().y - galley.size().y / 2.0), galley.size());
    // An ellipsis may be wider than its place.
    whole_on_hover(ui, place.union(rect), &galley);
    ui.painter().galley(rect.min, galley, colour);
    rect
}

/// Paints a text of several lines like [`put`], the lines about the middle of the place.
pub fn put_lines(ui: &Ui, place: Rect, align: Align, text: &str, style: Text, colour: Color32) {
    let lines = text.lines().count().max(1) as f32;
    let height = ui.painter().layout_no_wrap(String::new(), style.font(), colour).size().y;
    let top = place.center().y - height * lines / 2.0;
    for (index, line) in text.lines().enumerate() {
        let y = top + height * index as f32;
        let place = Rect::from_x_y_ranges(place.x_range(), y..=y + height);
        put(ui, place, align, line, style, colour);
    }
}

/// Widths of the columns of a table that fill a room, each with a gap at its left but for the first: as wide as the widest
/// line of their texts, and an equal part of what is left. Where the room is too small, the first column is cut first.
pub fn column_widths<'a>(
    ui: &Ui,
    rows: impl IntoIterator<Item = (&'a [String], Text)>,
    gap: f32,
    room: f32,
) -> Vec<f32> {
    let mut widths: Vec<f32> = Vec::new();
    for (texts, style) in rows {
        widths.resize(widths.len().max(texts.len()), 0.0);
        for (index, (widest, text)) in widths.iter_mut().zip(texts).enumerate() {
            let widest_line = text.lines().map(|line| width(ui, line, style).ceil()).fold(0.0, f32::max);
            *widest = widest.max(widest_line + if index > 0 { gap } else { 0.0 });
        }
    }
    fill(widths, room.max(1.0))
}

/// Widths that add up to a room: wider by equal parts, or the first narrower, and all others where that is not enough.
fn fill(mut widths: Vec<f32>, room: f32) -> Vec<f32> {
    let sum: f32 = widths.iter().sum();
    if sum <= room {
        let more = (room - sum) / widths.len().max(1) as f32;
        for width in &mut widths {
            *width += more;
        }
        return widths;
    }
    let Some((first, others)) = widths.split_first_mut() else { return widths };
    let of_others: f32 = others.iter().sum();
    *first = (room - of_others).max(LEAST_FIRST * room);
    let scale = ((room - *first) / of_others.max(1.0)).min(1.0);
    for width in others {
        *width *= scale;
    }
    widths
}

/// The first of several forms of a text that fits a width, else the last.
pub fn fitting<'a>(ui: &Ui, forms: &[&'a str], style: Text, room: f32) -> &'a str {
    let fits = forms.iter().find(|form| width(ui, form, style) <= room);
    fits.or(forms.last()).copied().unwrap_or_default()
}

/// Shows the full text of a painted galley as tooltip of its place, if an ellipsis stands for a part of it.
pub fn whole_on_hover(ui: &Ui, place: Rect, galley: &Galley) {
    if galley.elided {
        let id = ui.scope_id().with((galley.text(), place.left() as i32, place.top() as i32));
        ui.interact(place, id, Sense::hover()).on_hover_text(galley.text());
    }
}

/// Shows the full text of a control as tooltip, if it is wider than its room and so ends in an ellipsis.
pub fn whole_if_cut(ui: &Ui, response: Response, text: &str, style: Text, room: f32) -> Response {
    if width(ui, text, style) > room { response.on_hover_text(text) } else { response }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_their_room_and_the_first_is_cut_first() {
        assert_eq!(fill(vec![60.0, 20.0, 20.0], 130.0), [70.0, 30.0, 30.0]);
        assert_eq!(fill(vec![60.0, 20.0, 20.0], 90.0), [50.0, 20.0, 20.0]);
        assert_eq!(fill(vec![60.0, 40.0, 40.0], 60.0), [12.0, 24.0, 24.0]);
        assert_eq!(fill(Vec::new(), 60.0), [0.0; 0]);
    }
}
