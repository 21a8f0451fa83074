//! The value of a business as a bar: what operation earns, and beside it what comes only because the plan ends.

use egui::{Rect, Sense, Stroke, Ui, pos2, vec2};
use wattfolio_economics::results::verdict::{Candidate, Verdict};

use crate::theme::HAIRLINE;
use crate::view::Context;

/// Height of a bar: two rows of half of it each.
const HEIGHT: f32 = 12.0;
/// How pale the part at the end is.
pub(super) const PALE: f32 = 0.35;

/// The values between which the bars of all cards lie, so that they can be compared.
pub(super) fn range(verdict: &Verdict) -> (f64, f64) {
    let ends = |candidate: &Candidate| [candidate.npv_usd, candidate.npv_without_end_usd()];
    let values = verdict.ranking.iter().flat_map(|ranked| ends(&ranked.business));
    values.fold((0.0, 0.0), |(low, high), value| (low.min(value), high.max(value)))
}

/// The bar of a business between the values of [`range`].
pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, candidate: &Candidate, (low, high): (f64, f64)) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let size = high - low;
    if size <= 0.0 || !size.is_finite() {
        return;
    }
    let palette = &cx.theme.palette;
    let at = |value: f64| egui::lerp(rect.x_range(), ((value - low) / size) as f32);
    let part = |from: f64, to: f64, (top, bottom): (f32, f32)| {
        let corners = [pos2(at(from), rect.top() + top), pos2(at(to), rect.top() + bottom)];
        Rect::from_points(&corners)
    };
    let (operation, npv) = (candidate.npv_without_end_usd(), candidate.npv_usd);
    let mark = cx.theme.mark(candidate.business);
    let painter = ui.painter();
    painter.hline(rect.x_range(), rect.center().y, Stroke::new(HAIRLINE, palette.line));
    painter.rect_filled(part(0.0, operation, (1.0, HEIGHT / 2.0)), 0.0, mark);
    painter.rect_filled(part(operation, npv, (HEIGHT / 2.0, HEIGHT - 1.0)), 0.0, mark.gamma_multiply(PALE));
    painter.vline(at(0.0), rect.y_range(), Stroke::new(HAIRLINE, palette.zero_line));
    painter.vline(at(npv), rect.y_range(), Stroke::new(2.0, palette.text));
}
