//! The values under the cursor.

use egui::Ui;
use wattfolio_economics::business::Business;

use crate::app::Context;
use crate::theme::{self, Text};
use crate::view::{payback, words};
use crate::widget::Drawn;

/// The value of every business at the cursor, in the chart under the pointer and off its line.
pub(super) fn read_out_ui(ui: &Ui, cx: &Context<'_>, drawn: &Drawn, month: f64) {
    let chart = &cx.state.view.chart;
    let scenario = &cx.state.results.scenario;
    let palette = &cx.theme.palette;
    let heading = format!("{}, {}", crate::format::months_as_years(month), words::calendar(scenario, month));
    let rows: Vec<(Business, String, f64)> = payback::evaluated(&cx.state.results.comparison)
        .filter_map(|(business, evaluation)| {
            let value = *payback::curve(evaluation, scenario, chart).get(month as usize)?;
            Some((business, payback::value(value, chart.scale), value))
        })
        .collect();
    let size = egui::vec2(150.0, 28.0 + 20.0 * rows.len() as f32);
    let area = drawn.area();
    let cursor = drawn.position(month, 0.0).x;
    let x = if cursor + size.x + 16.0 < area.right() { cursor + 12.0 } else { cursor - size.x - 12.0 };
    let mean = rows.iter().map(|(_, _, value)| drawn.position(month, *value).y).sum::<f32>()
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
    for (i, (business, value, _)) in rows.iter().enumerate() {
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
        text(right, egui::Align2::RIGHT_CENTER, value, Text::BodyMedium, palette.text);
    }
}
