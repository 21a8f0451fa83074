//! A row: what is compared, what was published, what is computed, and the verdict in words.

use egui::{
    Align, Align2, Color32, Rangef, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::number::within;
use wattfolio_economics::published::{Row, Verdict, Via};

use crate::theme::{RADIUS_FIELD, Text};
use crate::view::Context;
use crate::widget;

/// Height of a row: two lines of text.
pub(super) const HEIGHT: f32 = 44.0;
/// Space between columns.
const GAP: f32 = 20.0;

/// Where the columns stand: figures end at the right of theirs, words begin at the left.
pub(super) struct Columns {
    case: egui::Rangef,
    published: f32,
    computed: f32,
    verdict: egui::Rangef,
}

impl Columns {
    pub(super) fn of(inner: Rect) -> Self {
        // Below these widths the words are cut, and the tooltip of a row has all of them.
        let share = |part: f32, least: f32, most: f32| within(inner.width() * part, least, most);
        let [published, computed, verdict] =
            [share(0.18, 96.0, 200.0), share(0.15, 84.0, 190.0), share(0.2, 96.0, 220.0)];
        let verdict = egui::Rangef::new(inner.right() - verdict, inner.right());
        let computed_right = verdict.min - 1.5 * GAP;
        let published_right = computed_right - computed - GAP;
        let case = egui::Rangef::new(inner.left(), published_right - published - GAP);
        Self { case, published: published_right, computed: computed_right, verdict }
    }

    /// The names of the columns.
    pub(super) fn heading_ui(&self, ui: &Ui, cx: &Context<'_>, y: f32) {
        let names = [
            (self.case, Align::Min, "Case and source"),
            (self.published_room(), Align::Max, "Published"),
            (self.computed_room(), Align::Max, "Computed"),
            (self.verdict, Align::Min, "Verdict, and what must hold"),
        ];
        for (room, align, name) in names {
            line_ui(ui, name, (room, align), y, Text::Caption, cx.theme.palette.text_muted);
        }
    }

    fn published_room(&self) -> Rangef {
        Rangef::new(self.case.max + GAP, self.published)
    }

    fn computed_room(&self) -> Rangef {
        Rangef::new(self.published + GAP, self.computed)
    }
}

/// Draws a row at a place.
pub(super) fn ui(ui: &Ui, cx: &Context<'_>, columns: &Columns, place: Rect, index: usize, row: &Row) {
    let palette = &cx.theme.palette;
    let response =
        ui.interact(place, ui.scope_id().with(("published", index)), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, spoken(row)));
    let band = place.expand2(vec2(8.0, 0.0)).shrink2(vec2(0.0, 1.0));
    if response.hovered() {
        ui.painter().rect_filled(band, RADIUS_FIELD, palette.field);
    }
    if response.has_focus() {
        let ring = Stroke::new(2.0, palette.text);
        ui.painter().rect_stroke(band, RADIUS_FIELD, ring, StrokeKind::Inside);
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let (first, second) = (place.top() + 14.0, place.top() + 31.0);
    line_ui(ui, &row.case, (columns.case, Align::Min), first, Text::Body, palette.text);
    // Nothing stands below the figures, so a long source goes on there.
    let under = egui::Rangef::new(columns.case.min, columns.computed);
    line_ui(ui, &source(row), (under, Align::Min), second, Text::Caption, palette.text_muted);
    let figures = [
        (columns.published_room(), row.published_text(), Text::Body, palette.text_secondary),
        (columns.computed_room(), row.computed_text(), Text::BodyMedium, palette.text),
    ];
    for (room, text, style, colour) in figures {
        line_ui(ui, &text, (room, Align::Max), first, style, colour);
    }
    let mut verdict = columns.verdict;
    let is_good = row.verdict() == Verdict::Agrees;
    if !is_good {
        let place = pos2(verdict.min, first);
        let icon = ui.painter().text(place, Align2::LEFT_CENTER, "⚠", Text::Body.font(), palette.alert);
        verdict.min = icon.right() + 5.0;
    }
    let (style, colour) =
        if is_good { (Text::Body, palette.text_secondary) } else { (Text::BodyMedium, palette.text) };
    line_ui(ui, row.verdict().label(), (verdict, Align::Min), first, style, colour);
    line_ui(ui, &must_hold(row), (columns.verdict, Align::Min), second, Text::Caption, palette.text_muted);
    if response.has_focus() {
        response.show_tooltip_ui(|ui| tooltip_ui(ui, cx, row));
    } else {
        response.on_hover_ui(|ui| tooltip_ui(ui, cx, row));
    }
}

/// A line of text that ends with an ellipsis where space ends; the tooltip of the row has all of it.
fn line_ui(ui: &Ui, text: &str, (room, align): (Rangef, Align), y: f32, style: Text, colour: Color32) {
    let galley = widget::one_line(ui, text, style, colour, room.span());
    let left = if align == Align::Max { room.max - galley.size().x } else { room.min };
    ui.painter().galley(pos2(left, y - galley.size().y / 2.0), galley, colour);
}

/// Where a figure was published, with the date if one is known.
fn source(row: &Row) -> String {
    let separator = if row.source.date.is_empty() { "" } else { ", " };
    format!("{}{separator}{}", row.source.name, row.source.date)
}

/// What must hold between the two values.
fn must_hold(row: &Row) -> String {
    match row.verdict() {
        Verdict::SourceWrong => format!("right is {}", row.expectation_text()),
        Verdict::Agrees | Verdict::Fails => row.expectation_text(),
    }
}

/// A row for somebody who hears it.
fn spoken(row: &Row) -> String {
    let verdict = row.verdict().label();
    let figures = format!("published {}, computed {}", row.published_text(), row.computed_text());
    format!("{}, {figures}, {verdict}. {}. {}", row.case, source(row), row.remark)
}

/// Everything that is known of a row.
fn tooltip_ui(ui: &mut Ui, cx: &Context<'_>, row: &Row) {
    widget::set_max_width(ui, 420.0);
    widget::label(ui, row.case.as_ref(), Text::Title, cx.theme.palette.text);
    let ratio = row.ratio().map_or_else(String::new, |ratio| format!(", {ratio:.4} of the computed one"));
    widget::body(ui, cx.theme, format!("Published {}{ratio}", row.published_text()));
    widget::body(ui, cx.theme, format!("Computed {}, {}", row.computed_text(), must_hold(row)));
    if !row.remark.is_empty() {
        widget::body(ui, cx.theme, row.remark);
    }
    let how = match row.via {
        Via::Plan => "A scenario, evaluated like any other",
        Via::Function => "A function that plans use too",
    };
    widget::caption(ui, cx.theme, format!("{how}; {}", row.formula));
    widget::caption(ui, cx.theme, source(row));
}
