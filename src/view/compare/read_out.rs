//! The values under the cursor.

use egui::Ui;
use wattfolio_economics::business::Business;
use wattfolio_economics::results::Evaluation;

use super::fan;
use crate::state::ChartView;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::view::payback;
use crate::widget::Drawn;
use crate::words;

/// The value of every business at the cursor, in the chart under the pointer and off its line.
pub(super) fn read_out_ui(ui: &Ui, cx: &Context<'_>, drawn: &Drawn, month: f64) {
    let chart = &cx.state.view.chart;
    let scenario = &cx.state.results.scenario;
    let palette = &cx.theme.palette;
    let heading = format!("{}, {}", crate::format::months_as_years(month), words::calendar(scenario, month));
    let has_fan = chart.has_fan && !chart.is_discounted && !cx.is_narrow;
    let rows: Vec<(Business, String, f64, Option<String>)> = payback::evaluated(&cx.state.results.comparison)
        .filter_map(|(business, evaluation)| {
            let chart = payback::chart_of(evaluation, chart);
            let value = *payback::curve(evaluation, scenario, &chart).ok()?.get(month as usize)?;
            let fan = if has_fan { fan_words(cx, evaluation, &chart, month) } else { None };
            Some((business, payback::value(value, chart.scale), value, fan))
        })
        .collect();
    let has_fan = rows.iter().any(|(.., fan)| fan.is_some());
    let fan_width = if has_fan { 112.0 } else { 0.0 };
    let size = egui::vec2(150.0 + fan_width, 28.0 + 20.0 * rows.len() as f32);
    let area = drawn.area();
    let cursor = drawn.position(month, 0.0).x;
    let x = if cursor + size.x + 16.0 < area.right() { cursor + 12.0 } else { cursor - size.x - 12.0 };
    let mean = rows.iter().map(|(_, _, value, _)| drawn.position(month, *value).y).sum::<f32>()
        / rows.len().max(1) as f32;
    let y = if mean > area.center().y { area.top() + 8.0 } else { area.bottom() - size.y - 8.0 };
    let rect = egui::Rect::from_min_size(egui::pos2(x, y), size);
    let painter = ui.painter();
    let outline = egui::Stroke::new(theme::HAIRLINE, palette.line);
    painter.rect(rect, theme::RADIUS_CONTROL, palette.field, outline, egui::StrokeKind::Inside);
    let text = |at: egui::Pos2, align, words: &str, style: Text, colour| {
        painter.text(at, align, words, style.font(), colour);
    };
    let left = rect.left() + 10.0;
    text(
        egui::pos2(left, rect.top() + 14.0),
        egui::Align2::LEFT_CENTER,
        &heading,
        Text::BodyMedium,
        palette.text,
    );
    if has_fan {
        let at = egui::pos2(rect.right() - 10.0, rect.top() + 14.0);
        text(at, egui::Align2::RIGHT_CENTER, "P5 … P95", Text::Caption, palette.text_muted);
    }
    for (i, (business, value, _, fan)) in rows.iter().enumerate() {
        let y = rect.top() + 36.0 + 20.0 * i as f32;
        text(
            egui::pos2(left, y),
            egui::Align2::LEFT_CENTER,
            theme::glyph(*business),
            Text::Caption,
            cx.theme.mark(*business),
        );
        let name = egui::pos2(left + 18.0, y);
        let word = words::capitalised(business.word());
        text(name, egui::Align2::LEFT_CENTER, &word, Text::Caption, palette.text_secondary);
        let right = egui::pos2(rect.right() - 10.0, y);
        let value_at = right - egui::vec2(fan_width, 0.0);
        text(value_at, egui::Align2::RIGHT_CENTER, value, Text::BodyMedium, palette.text);
        if let Some(fan) = fan {
            text(right, egui::Align2::RIGHT_CENTER, fan, Text::Caption, palette.text_secondary);
        }
    }
}

/// Between which values nine of ten paths lie at a month.
fn fan_words(cx: &Context<'_>, evaluation: &Evaluation, chart: &ChartView, month: f64) -> Option<String> {
    let scale = chart.scale;
    let [p5, .., p95] =
        fan::quantiles(cx, evaluation, chart)?.map(|values| values.get(month as usize).copied());
    Some(format!("{} … {}", payback::value(p5?, scale), payback::value(p95?, scale)))
}
