//! Worked examples: a card each, with its curves and its verdict.

use std::sync::LazyLock;

use egui::{
    Align, Align2, Layout, Modal, Rect, Role, ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::analysis::{Comparison, compare};
use wattfolio_economics::business::Business;

use super::{payback, words};
use crate::app::{Action, ChartView, Context, Dialog};
use crate::format;
use crate::store::{Bundled, bundled};
use crate::theme::{self, HAIRLINE, RADIUS_CARD, RADIUS_FIELD, Text};
use crate::widget::{self, Icon, icon_button};

/// The results of the bundled presets, which never change.
static RESULTS: LazyLock<Vec<Option<Comparison>>> = LazyLock::new(|| {
    let evaluate =
        |bundled: &Bundled| bundled.preset.scenario.clone().validate().ok().map(|valid| compare(&valid));
    bundled().iter().map(evaluate).collect()
});

const CARD: Vec2 = vec2(320.0, 216.0);

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, tag: Option<&str>) {
    let palette = &cx.theme.palette;
    let screen = ui.ctx().content_rect();
    let modal = Modal::new(egui::Id::unique("gallery"))
        .frame(egui::Frame::new().fill(palette.app).corner_radius(RADIUS_CARD).inner_margin(24))
        .backdrop_color(palette.app.gamma_multiply(0.7))
        .show(ui.ctx(), |ui| {
            ui.set_width((screen.width() - 140.0).min(1400.0));
            ui.set_height(screen.height() - 140.0);
            heading_ui(ui, cx);
            tags_ui(ui, cx, tag);
            ui.add_space(10.0);
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| cards_ui(ui, cx, tag));
        });
    if modal.should_close() {
        cx.actions.push(Action::ShowDialog(None));
    }
}

fn heading_ui(ui: &mut Ui, cx: &Context<'_>) {
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            widget::label(ui, "Start from a worked example", Text::Verdict, cx.theme.palette.text);
            let text = "Every case names its sources, and says what is assumed where nothing was published. Your scenario is kept; undo brings it back.";
            widget::body(ui, cx.theme, text);
        });
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if icon_button(ui, cx.theme, Icon::Cross, "Close worked examples", "Close (Esc)", false).clicked() {
                cx.actions.push(Action::ShowDialog(None));
            }
        });
    });
    ui.add_space(6.0);
}

fn tags_ui(ui: &mut Ui, cx: &Context<'_>, tag: Option<&str>) {
    let mut tags: Vec<&str> = Vec::new();
    for tag in bundled().iter().flat_map(|bundled| &bundled.preset.tags) {
        if !tags.contains(&tag.as_str()) {
            tags.push(tag);
        }
    }
    let choose = |tag: Option<&str>| {
        cx.actions.push(Action::ShowDialog(Some(Dialog::Gallery { tag: tag.map(str::to_owned) })));
    };
    ui.horizontal_wrapped(|ui| {
        if widget::chip(ui, cx.theme, &format!("All  {}", bundled().len()), tag.is_none()).clicked() {
            choose(None);
        }
        for name in tags {
            let count =
                bundled().iter().filter(|bundled| bundled.preset.tags.iter().any(|tag| tag == name)).count();
            if widget::chip(ui, cx.theme, &format!("{name}  {count}"), tag == Some(name)).clicked() {
                choose(Some(name));
            }
        }
        for file in &cx.state.session.recent {
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let response = widget::chip(ui, cx.theme, &name, false).on_hover_text(file.display().to_string());
            if response.clicked() {
                cx.actions.push(Action::OpenFile(file.clone()));
            }
        }
    });
}

fn cards_ui(ui: &mut Ui, cx: &Context<'_>, tag: Option<&str>) {
    let shown: Vec<usize> = (0..bundled().len())
        .filter(|&index| tag.is_none_or(|tag| bundled()[index].preset.tags.iter().any(|own| own == tag)))
        .collect();
    let gap = 16.0;
    let columns = ((ui.available_width() + gap) / (CARD.x + gap)).floor().max(1.0) as usize;
    let width = (ui.available_width() + gap) / columns as f32 - gap - 4.0;
    for row in shown.chunks(columns) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for &index in row {
                card_ui(ui, cx, index, vec2(width, CARD.y));
            }
        });
        ui.add_space(gap);
    }
}

fn card_ui(ui: &mut Ui, cx: &Context<'_>, index: usize, size: Vec2) {
    let palette = &cx.theme.palette;
    let Bundled { name, preset } = &bundled()[index];
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &preset.title));
    let is_lit = response.hovered() || response.has_focus();
    let outline = if is_lit { Stroke::new(2.0, palette.text) } else { Stroke::new(HAIRLINE, palette.line) };
    ui.painter().rect(rect, RADIUS_CARD, palette.card, outline, egui::StrokeKind::Inside);
    let inner = rect.shrink(16.0);
    let painter = ui.painter_at(rect);
    painter.text(inner.left_top(), Align2::LEFT_TOP, &preset.title, Text::Title.font(), palette.text);
    let date = preset.scenario.start.short_name();
    painter.text(inner.right_top(), Align2::RIGHT_TOP, date, Text::Caption.font(), palette.text_muted);
    story_ui(
        &painter,
        cx,
        &preset.story,
        Rect::from_min_size(inner.left_top() + vec2(0.0, 22.0), vec2(inner.width(), 36.0)),
    );
    if let Some(comparison) = RESULTS.get(index).and_then(Option::as_ref) {
        let picture =
            Rect::from_min_size(inner.left_top() + vec2(0.0, 66.0), vec2(inner.width() * 0.56, 84.0));
        curves_ui(&painter, cx, &preset.scenario, comparison, picture);
        paybacks_ui(
            &painter,
            cx,
            comparison,
            Rect::from_min_max(
                pos2(picture.right() + 14.0, picture.top()),
                pos2(inner.right(), picture.bottom()),
            ),
        );
        let verdict = words::short_verdict(&preset.scenario, comparison);
        let line = Rect::from_min_max(pos2(inner.left(), inner.bottom() - 18.0), inner.max);
        clipped_ui(&painter, &format!("{verdict}."), Text::BodyMedium, palette.text, line);
    }
    let hover = response.on_hover_ui(|ui| story_hover_ui(ui, cx, index));
    if hover.clicked() {
        cx.actions.push(Action::OpenBundled(name));
    }
}

/// One line of text, cut with an ellipsis.
fn clipped_ui(painter: &egui::Painter, text: &str, style: Text, colour: egui::Color32, rect: Rect) {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), style.font(), colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width());
    let galley = painter.layout_job(job);
    painter.galley(rect.left_top(), galley, colour);
}

fn story_ui(painter: &egui::Painter, cx: &Context<'_>, story: &str, rect: Rect) {
    let colour = cx.theme.palette.text_secondary;
    let mut job = egui::text::LayoutJob::simple(story.to_owned(), Text::Body.font(), colour, rect.width());
    job.wrap.max_rows = 2;
    job.wrap.break_anywhere = false;
    let galley = painter.layout_job(job);
    painter.galley(rect.left_top(), galley, colour);
}

/// The three payback curves in small, in multiples of the capital.
fn curves_ui(
    painter: &egui::Painter,
    cx: &Context<'_>,
    scenario: &wattfolio_economics::scenario::Scenario,
    comparison: &Comparison,
    rect: Rect,
) {
    let palette = &cx.theme.palette;
    painter.rect_filled(rect, RADIUS_FIELD, palette.app);
    let chart = ChartView::default();
    let (low, high) = (-1.1, 1.1);
    let x_of = |month: f64| {
        egui::remap(
            month,
            0.0..=f64::from(scenario.horizon_months),
            f64::from(rect.left())..=f64::from(rect.right()),
        ) as f32
    };
    let y_of =
        |value: f64| egui::remap(value, low..=high, f64::from(rect.bottom())..=f64::from(rect.top())) as f32;
    let clipped = painter.with_clip_rect(rect.shrink(1.0));
    clipped.hline(rect.x_range(), y_of(0.0), Stroke::new(1.0, palette.zero_line));
    for (business, evaluation) in payback::evaluated(comparison) {
        let values = payback::curve(evaluation, scenario, &chart);
        let points: Vec<egui::Pos2> =
            values.iter().enumerate().map(|(t, v)| pos2(x_of(t as f64), y_of(*v))).collect();
        clipped.line(points, Stroke::new(1.5, cx.theme.mark(business)));
        if let Some(month) = payback::crossing(evaluation, &chart) {
            let at = pos2(x_of(month), y_of(0.0));
            clipped.text(
                at,
                Align2::CENTER_CENTER,
                theme::glyph(business),
                Text::Caption.font(),
                cx.theme.mark(business),
            );
        }
    }
}

fn paybacks_ui(painter: &egui::Painter, cx: &Context<'_>, comparison: &Comparison, rect: Rect) {
    let palette = &cx.theme.palette;
    for (i, business) in Business::ALL.into_iter().enumerate() {
        let y = rect.top() + 14.0 + 28.0 * i as f32;
        let left = pos2(rect.left(), y);
        painter.text(
            left,
            Align2::LEFT_CENTER,
            theme::glyph(business),
            Text::Caption.font(),
            cx.theme.mark(business),
        );
        let name = egui::pos2(rect.left() + 16.0, y);
        let word = match business {
            Business::Mining => "Mining",
            Business::Hosting => "Hosting",
            Business::Leasing => "Leasing",
        };
        painter.text(name, Align2::LEFT_CENTER, word, Text::Caption.font(), palette.text_secondary);
        let (text, colour) =
            match comparison.business(business).map(|evaluation| evaluation.measures.payback_months) {
                Ok(Ok(months)) => (format::months_as_years(months), palette.text),
                Ok(Err(reason)) => (reason.to_string(), palette.text_muted),
                Err(_) => ("–".to_owned(), palette.text_muted),
            };
        painter.text(pos2(rect.right(), y), Align2::RIGHT_CENTER, text, Text::BodyMedium.font(), colour);
    }
}

/// The whole story with facts, sources and assumptions.
fn story_hover_ui(ui: &mut Ui, cx: &Context<'_>, index: usize) {
    let preset = &bundled()[index].preset;
    ui.set_max_width(520.0);
    widget::label(ui, &preset.title, Text::Title, cx.theme.palette.text);
    widget::body(ui, cx.theme, &preset.story);
    for (title, lines) in
        [("Facts", &preset.facts), ("Sources", &preset.sources), ("Assumptions", &preset.assumptions)]
    {
        ui.add_space(6.0);
        widget::label(ui, title, Text::BodyMedium, cx.theme.palette.text);
        for line in lines {
            widget::caption(ui, cx.theme, format!("• {line}"));
        }
    }
}
