//! One worked example: title, story, curves, figures, verdict and tags.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Color32, Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;

use super::summary::{curves, example};
use crate::state::{Action, Example, ExampleFigure, Standing};
use crate::store::bundled;
use crate::theme::{self, HAIRLINE, INNER, RADIUS_CARD, RADIUS_FIELD, Text};
use crate::view::Context;
use crate::widget;
use crate::words;

/// Cards are at least this wide.
pub(super) const SMALLEST_WIDTH: f32 = 310.0;
const HEIGHT: f32 = 280.0;
/// Height of two rows of text.
const TWO_ROWS: f32 = 36.0;
/// Share of the card's width that the curves take.
const CURVES_SHARE: f32 = 0.56;
const CURVES_HEIGHT: f32 = 84.0;
/// Space between the curves and the figures.
const FIGURES_GAP: f32 = 14.0;
/// Room of the glyph before a name.
const GLYPH: f32 = 16.0;
/// Least space between a name and its figure.
const FIGURE_GAP: f32 = 5.0;
/// The range of the curves, in multiples of the capital; what lies outside leaves the picture.
const RANGE: (f32, f32) = (-1.1, 1.1);

/// A card that is shown.
pub(super) struct Shown {
    /// Index of the bundled preset.
    pub index: usize,
    /// What every card goes by; what its file says if none is chosen.
    pub criterion: Option<Criterion>,
    /// Its width in points.
    pub width: f32,
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown) {
    let Shown { index, width, .. } = *shown;
    let palette = &cx.theme.palette;
    let preset = &bundled()[index].preset;
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &preset.about.title));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if ui.is_rect_visible(rect) {
        let is_lit = response.hovered() || response.has_focus();
        let outline =
            if is_lit { Stroke::new(2.0, palette.text) } else { Stroke::new(HAIRLINE, palette.line) };
        ui.painter().rect(rect, RADIUS_CARD, palette.card, outline, StrokeKind::Inside);
        content_ui(&ui.painter_at(rect), cx, shown, rect.shrink(INNER));
    }
    if response.on_hover_ui(|ui| story_ui(ui, cx, shown)).clicked() {
        cx.actions.push(Action::OpenBundled(&bundled()[index]));
    }
}

fn content_ui(painter: &Painter, cx: &Context<'_>, shown: &Shown, inner: Rect) {
    let index = shown.index;
    let palette = &cx.theme.palette;
    let preset = &bundled()[index].preset;
    let date = preset.scenario.start.short_name();
    let date =
        painter.text(inner.right_top(), Align2::RIGHT_TOP, date, Text::Caption.font(), palette.text_muted);
    let title = Rect::from_min_max(inner.min, pos2(date.left() - 8.0, inner.top() + 20.0));
    text_ui(painter, &preset.about.title, Text::Title, palette.text, title, 1);
    let story = Rect::from_min_size(inner.min + vec2(0.0, 22.0), vec2(inner.width(), TWO_ROWS));
    text_ui(painter, &preset.about.story, Text::Body, palette.text_secondary, story, 2);
    let tags = Rect::from_min_max(pos2(inner.left(), inner.bottom() - 16.0), inner.max);
    let mut words = preset.about.tags.join("   ");
    if preset.view.basis != Basis::default() {
        words = format!("{words}   {}", preset.view.basis.label().to_lowercase());
    }
    text_ui(painter, &words, Text::Caption, palette.text_muted, tags, 1);
    let example = example(cx, index, shown.criterion);
    // The figures stand beside the curves in full, however long the names of the businesses are.
    let widest = example.map_or(0.0, |example| figures_width(painter, example));
    let room = (inner.width() - widest - FIGURES_GAP).floor();
    let width = (inner.width() * CURVES_SHARE).round().min(room);
    let curves = Rect::from_min_size(inner.min + vec2(0.0, 66.0), vec2(width, CURVES_HEIGHT));
    curves_ui(painter, cx, index, curves);
    let below = curves.bottom() + 6.0;
    let rows = |top: f32| Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), TWO_ROWS));
    let Some(example) = example else {
        text_ui(painter, "Simulating…", Text::BodyMedium, palette.text_muted, rows(below), 1);
        return;
    };
    let figures = Rect::from_min_max(
        pos2(curves.right() + FIGURES_GAP, curves.top()),
        pos2(inner.right(), curves.bottom()),
    );
    figures_ui(painter, cx, example, figures);
    let Some(beside) = example.beside() else {
        // What speaks against the winner has the room of both sentences.
        text_ui(painter, &example.verdict, Text::BodyMedium, palette.text, rows(below), 4);
        return;
    };
    text_ui(painter, &example.verdict, Text::BodyMedium, palette.text, rows(below), 2);
    text_ui(painter, &beside, Text::Body, palette.text_secondary, rows(below + TWO_ROWS), 2);
}

/// Text in a number of rows; what does not fit ends in an ellipsis.
fn text_ui(painter: &Painter, text: &str, style: Text, colour: Color32, rect: Rect, rows: usize) {
    let mut job = LayoutJob::simple(text.to_owned(), style.font(), colour, rect.width());
    job.wrap = TextWrapping { max_width: rect.width(), max_rows: rows, ..TextWrapping::default() };
    let galley = painter.layout_job(job);
    painter.galley(rect.left_top(), galley, colour);
}

/// The payback curves in small, in multiples of the capital.
fn curves_ui(painter: &Painter, cx: &Context<'_>, index: usize, rect: Rect) {
    let palette = &cx.theme.palette;
    painter.rect_filled(rect, RADIUS_FIELD, palette.app);
    let inside = painter.with_clip_rect(rect.shrink(1.0));
    let at = |share: f32, value: f32| {
        pos2(
            egui::lerp(rect.x_range(), share),
            egui::remap(value, RANGE.0..=RANGE.1, rect.bottom()..=rect.top()),
        )
    };
    inside.hline(rect.x_range(), at(0.0, 0.0).y, Stroke::new(HAIRLINE, palette.zero_line));
    for curve in curves(index) {
        let points = curve.points.iter().map(|&[share, value]| at(share, value)).collect();
        inside.line(points, Stroke::new(1.5, cx.theme.mark(curve.business)));
    }
    // Marks above every line and whole at the edge; on a rim of background they stay apart where curves cross.
    for curve in curves(index) {
        let Some(share) = curve.crossing else { continue };
        let (glyph, colour) = (theme::glyph(curve.business), cx.theme.mark(curve.business));
        let centre = at(share, 0.0);
        painter.text(centre, Align2::CENTER_CENTER, glyph, Text::Title.font(), palette.app);
        painter.text(centre, Align2::CENTER_CENTER, glyph, Text::Caption.font(), colour);
    }
}

/// Width of the longest name with its figure.
fn figures_width(painter: &Painter, example: &Example) -> f32 {
    let width =
        |text: String, style: Text| painter.layout_no_wrap(text, style.font(), Color32::PLACEHOLDER).size().x;
    let row = |(business, figure): (Business, &ExampleFigure)| {
        let name = width(words::capitalised(business.word()), Text::Caption);
        GLYPH + name + FIGURE_GAP + width(figure.text.clone(), style_of(figure.standing))
    };
    example.figures.iter().map(row).fold(0.0, f32::max)
}

const fn style_of(standing: Standing) -> Text {
    match standing {
        Standing::Best => Text::BodyMedium,
        Standing::Behind | Standing::Muted => Text::Body,
    }
}

/// A figure a business, spread over the height of the curves.
fn figures_ui(painter: &Painter, cx: &Context<'_>, example: &Example, rect: Rect) {
    let palette = &cx.theme.palette;
    let row = rect.height() / Business::COUNT as f32;
    for (i, (business, figure)) in example.figures.iter().enumerate() {
        let y = rect.top() + row * (i as f32 + 0.5);
        let left = pos2(rect.left(), y);
        let (glyph, mark) = (theme::glyph(business), cx.theme.mark(business));
        painter.text(left, Align2::LEFT_CENTER, glyph, Text::Caption.font(), mark);
        let style = style_of(figure.standing);
        let colour = match figure.standing {
            Standing::Best => palette.text,
            Standing::Behind => palette.text_secondary,
            Standing::Muted => palette.text_muted,
        };
        let right = pos2(rect.right(), y);
        painter.text(right, Align2::RIGHT_CENTER, &figure.text, style.font(), colour);
        let word = words::capitalised(business.word());
        let at = pos2(rect.left() + GLYPH, y);
        painter.text(at, Align2::LEFT_CENTER, word, Text::Caption.font(), palette.text_secondary);
    }
}

/// The whole story with facts, sources and assumptions.
fn story_ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown) {
    let index = shown.index;
    let preset = &bundled()[index].preset;
    widget::set_max_width(ui, 720.0);
    widget::label(ui, &preset.about.title, Text::Title, cx.theme.palette.text);
    if let Some(example) = example(cx, index, shown.criterion) {
        widget::label(ui, &example.verdict, Text::BodyMedium, cx.theme.palette.text);
        if let Some(beside) = example.beside() {
            widget::label(ui, beside, Text::Body, cx.theme.palette.text);
        }
    }
    widget::body(ui, cx.theme, &preset.about.story);
    ui.spacing_mut().item_spacing.y = 2.0;
    let title_ui = |ui: &mut Ui, title: &str| {
        ui.add_space(6.0);
        widget::label(ui, title, Text::BodyMedium, cx.theme.palette.text);
    };
    for (title, lines) in [("Facts", &preset.about.facts), ("Assumptions", &preset.about.assumptions)] {
        title_ui(ui, title);
        for line in lines {
            widget::caption(ui, cx.theme, format!("• {line}"));
        }
    }
    // In one paragraph, so that the longest story still fits a small window.
    title_ui(ui, "Sources");
    let numbered = preset.about.sources.iter().enumerate().map(|(i, source)| format!("[{}] {source}", i + 1));
    widget::caption(ui, cx.theme, numbered.collect::<Vec<_>>().join("   "));
}
