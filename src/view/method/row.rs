//! A row: what is compared, what was published, what is computed, and the verdict in words.

use egui::{
    Align, Align2, Color32, Rangef, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::published::{Row, Verdict, Via};

use crate::theme::{RADIUS_FIELD, Text};
use crate::view::Context;
use crate::widget;

/// Height of a row of two lines, of one whose case stands above, and of one whose figures stand below each other.
const HEIGHT: f32 = 44.0;
const ABOVE_HEIGHT: f32 = 62.0;
const STACKED_HEIGHT: f32 = 98.0;
/// Height of the names of the columns.
const HEADING: f32 = 20.0;
/// Space between columns.
const GAP: f32 = 20.0;
/// Least width of the cases beside the figures.
const LEAST_CASE: f32 = 110.0;
/// Most width of a column; quoted words may be cut beyond it, and the tooltip of a row has all of them.
const MOST: f32 = 220.0;
/// Space that the mark of a verdict takes.
const MARK: f32 = 20.0;

/// Column positions: figures are right-aligned, words left-aligned.
pub(super) enum Columns {
    Beside {
        case: Rangef,
        published: Rangef,
        computed: Rangef,
        verdict: Rangef,
    },
    /// The case in a line of its own above the figures.
    Above {
        case: Rangef,
        published: Rangef,
        computed: Rangef,
        verdict: Rangef,
    },
    /// A line for each figure, where they have no room beside each other.
    Stacked(Rangef),
}

impl Columns {
    /// Columns so wide that no figure of the rows is cut.
    pub(super) fn of<'a>(ui: &Ui, inner: Rect, rows: impl Iterator<Item = &'a Row> + Clone) -> Self {
        let widest = |texts: &mut dyn Iterator<Item = String>, style| {
            texts.map(|text| widget::width(ui, &text, style)).fold(0.0, f32::max).min(MOST).ceil()
        };
        let published = widest(&mut rows.clone().map(Row::published_text), Text::Body);
        let computed = widest(&mut rows.clone().map(Row::computed_text), Text::BodyMedium);
        let words = widest(&mut rows.map(|row| row.verdict().label().to_owned()), Text::BodyMedium) + MARK;
        let left = inner.width() - published - computed - words - 2.5 * GAP;
        if left < 0.0 {
            return Self::Stacked(inner.x_range());
        }
        let spare = (left - GAP - LEAST_CASE).max(0.0);
        // Of what is left over a quarter goes to what must hold, the rest to the cases.
        let verdict = Rangef::new(inner.right() - (words + spare / 4.0).min(MOST.max(words)), inner.right());
        let ending = |right: f32, width: f32| Rangef::new(right - width, right);
        let computed = ending(verdict.min - 1.5 * GAP, computed);
        let published = ending(computed.min - GAP, published);
        if left < GAP + LEAST_CASE {
            return Self::Above { case: inner.x_range(), published, computed, verdict };
        }
        Self::Beside { case: Rangef::new(inner.left(), published.min - GAP), published, computed, verdict }
    }

    /// Height of a row.
    pub(super) const fn row_height(&self) -> f32 {
        match self {
            Self::Beside { .. } => HEIGHT,
            Self::Above { .. } => ABOVE_HEIGHT,
            Self::Stacked(_) => STACKED_HEIGHT,
        }
    }

    /// The names of the columns; stacked figures have theirs beside them.
    pub(super) fn heading_ui(&self, ui: &Ui, cx: &Context<'_>, y: f32) {
        let muted = cx.theme.palette.text_muted;
        let (case, published, computed, verdict) = match self {
            Self::Beside { case, published, computed, verdict } => (*case, *published, *computed, *verdict),
            Self::Above { case, published, computed, verdict } => {
                // Above figures at the right of their column the name of the cases may go on.
                let name = widget::width(ui, "Published", Text::Caption);
                (Rangef::new(case.min, published.max - name - GAP), *published, *computed, *verdict)
            }
            Self::Stacked(room) => {
                return line_ui(
                    ui,
                    "Cases, figures and sources",
                    (*room, Align::Min),
                    y,
                    Text::Caption,
                    muted,
                );
            }
        };
        let names = [
            (case, Align::Min, "Case and source"),
            (published, Align::Max, "Published"),
            (computed, Align::Max, "Computed"),
            (verdict, Align::Min, "Verdict, and what must hold"),
        ];
        for (room, align, name) in names {
            let place = Rect::from_x_y_ranges(room, y - HEADING / 2.0..=y + HEADING / 2.0);
            widget::put(ui, place, align, name, Text::Caption, muted);
        }
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
    match columns {
        Columns::Beside { case, published, computed, verdict } => {
            let (first, second) = (place.top() + 14.0, place.top() + 31.0);
            case_ui(ui, cx, row, *case, first);
            // Nothing stands below the figures, so a long source goes on there.
            source_ui(ui, cx, row, Rangef::new(case.min, computed.max), second);
            figures_ui(ui, cx, row, [(*published, first), (*computed, first)]);
            verdict_ui(ui, cx, row, *verdict, first);
            let holds = (*verdict, Align::Min);
            line_ui(ui, &must_hold(row), holds, second, Text::Caption, palette.text_muted);
        }
        Columns::Above { case, published, computed, verdict } => {
            let line = |number: u8| place.top() + 14.0 + 17.5 * f32::from(number);
            case_ui(ui, cx, row, *case, line(0));
            figures_ui(ui, cx, row, [(*published, line(1)), (*computed, line(1))]);
            verdict_ui(ui, cx, row, *verdict, line(1));
            source_ui(ui, cx, row, Rangef::new(case.min, computed.max), line(2));
            let holds = (*verdict, Align::Min);
            line_ui(ui, &must_hold(row), holds, line(2), Text::Caption, palette.text_muted);
        }
        Columns::Stacked(room) => stacked_ui(ui, cx, row, *room, place.top()),
    }
    if response.has_focus() {
        response.show_tooltip_ui(|ui| tooltip_ui(ui, cx, row));
    } else {
        response.on_hover_ui(|ui| tooltip_ui(ui, cx, row));
    }
}

/// Case, figures, verdict and source below each other.
fn stacked_ui(ui: &Ui, cx: &Context<'_>, row: &Row, room: Rangef, top: f32) {
    let muted = cx.theme.palette.text_muted;
    let line = |number: u8| top + 14.0 + 17.5 * f32::from(number);
    case_ui(ui, cx, row, room, line(0));
    for (name, y) in [("Published", line(1)), ("Computed", line(2))] {
        line_ui(ui, name, (room, Align::Min), y, Text::Caption, muted);
    }
    let label = widget::width(ui, "Published", Text::Caption) + GAP;
    let figures = Rangef::new(room.min + label, room.max);
    figures_ui(ui, cx, row, [(figures, line(1)), (figures, line(2))]);
    let words = widget::width(ui, row.verdict().label(), Text::BodyMedium) + MARK;
    let split = (room.min + words + GAP).min(room.max);
    verdict_ui(ui, cx, row, Rangef::new(room.min, split - GAP), line(3));
    let holds = (Rangef::new(split, room.max), Align::Max);
    line_ui(ui, &must_hold(row), holds, line(3), Text::Caption, muted);
    source_ui(ui, cx, row, room, line(4));
}

fn case_ui(ui: &Ui, cx: &Context<'_>, row: &Row, room: Rangef, y: f32) {
    line_ui(ui, &row.case, (room, Align::Min), y, Text::Body, cx.theme.palette.text);
}

fn source_ui(ui: &Ui, cx: &Context<'_>, row: &Row, room: Rangef, y: f32) {
    line_ui(ui, &source(row), (room, Align::Min), y, Text::Caption, cx.theme.palette.text_muted);
}

/// The published figure, and the computed one.
fn figures_ui(ui: &Ui, cx: &Context<'_>, row: &Row, places: [(Rangef, f32); 2]) {
    let palette = &cx.theme.palette;
    let [(published, first), (computed, second)] = places;
    let published = (published, Align::Max);
    line_ui(ui, &row.published_text(), published, first, Text::Body, palette.text_secondary);
    line_ui(ui, &row.computed_text(), (computed, Align::Max), second, Text::BodyMedium, palette.text);
}

/// The verdict in words; what is no agreement has a mark.
fn verdict_ui(ui: &Ui, cx: &Context<'_>, row: &Row, mut room: Rangef, y: f32) {
    let palette = &cx.theme.palette;
    let is_good = row.verdict() == Verdict::Agrees;
    if !is_good {
        let place = pos2(room.min, y);
        let icon = ui.painter().text(place, Align2::LEFT_CENTER, "⚠", Text::Body.font(), palette.alert);
        room.min = icon.right() + 5.0;
    }
    let (style, colour) =
        if is_good { (Text::Body, palette.text_secondary) } else { (Text::BodyMedium, palette.text) };
    line_ui(ui, row.verdict().label(), (room, Align::Min), y, style, colour);
}

/// A line of text that ends with an ellipsis where space ends; the tooltip of the row has all of it.
fn line_ui(ui: &Ui, text: &str, (room, align): (Rangef, Align), y: f32, style: Text, colour: Color32) {
    let galley = widget::one_line(ui, text, style, colour, room.span());
    let left = if align == Align::Max { room.max - galley.size().x } else { room.min };
    ui.painter().galley(pos2(left, y - galley.size().y / 2.0), galley, colour);
}

/// Publication of a figure, with the date if one is known.
fn source(row: &Row) -> String {
    let separator = if row.source.date.is_empty() { "" } else { ", " };
    format!("{}{separator}{}", row.source.name, row.source.date)
}

/// Expected relation between the two values.
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
