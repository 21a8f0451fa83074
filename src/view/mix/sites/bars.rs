//! What the worst 5 % lose apart and together, as two bars.

use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::answers::mix::Portfolio;
use wattfolio_economics::units::Unit;

use crate::format;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;

/// Height of a bar, and of a line with it.
const BAR: f32 = 22.0;
const LINE: f32 = 30.0;
/// Width of the names at the left, and of the figures at the right.
const NAMES: f32 = 74.0;
const FIGURE: f32 = 72.0;
/// Opacities of the sites, one after the other.
const INK: [f32; 4] = [0.62, 0.34, 0.5, 0.22];

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, portfolio: &Portfolio) {
    let palette = &cx.theme.palette;
    let losses: Vec<f64> = portfolio.sites.iter().map(|site| site.cvar_usd.value).collect();
    let (apart, together) = (losses.iter().sum::<f64>(), portfolio.total.cvar_usd.value);
    let title = format!(
        "The worst 5 % come to {} apart and {} together",
        format::short(-apart, Unit::Usd),
        format::short(-together, Unit::Usd)
    );
    widget::label(ui, &title, Text::Title, palette.text);
    // Gains cannot be stacked with losses.
    if losses.iter().any(|loss| *loss < 0.0) || together < 0.0 || apart <= 0.0 {
        widget::caption(ui, cx.theme, "Some bring a gain even then, so that there are no bars to compare");
        return;
    }
    widget::caption(ui, cx.theme, "Mean loss of the worst 5 % of the futures, the sites in their order");
    ui.add_space(4.0);
    let names: Vec<String> =
        portfolio.sites.iter().map(|site| format::visible_line(&site.name).into_owned()).collect();
    let segments: Vec<(f64, &str)> = losses.iter().copied().zip(names.iter().map(String::as_str)).collect();
    bar(ui, cx, "Apart", apart, &segments);
    bar(ui, cx, "Together", apart, &[(together, "All sites")]);
}

/// One bar of segments; the whole width is `most`.
fn bar(ui: &mut Ui, cx: &Context<'_>, name: &str, most: f64, segments: &[(f64, &str)]) {
    let palette = &cx.theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().max(1.0), LINE), Sense::hover());
    widget::put(ui, rect.with_max_x(rect.left() + NAMES), Align::Min, name, Text::Body, palette.text);
    let area = Rect::from_min_max(
        pos2(rect.left() + NAMES, rect.center().y - BAR / 2.0),
        pos2((rect.right() - FIGURE).max(rect.left() + NAMES + 1.0), rect.center().y + BAR / 2.0),
    );
    let mut left = area.left();
    for (index, (loss, text)) in segments.iter().enumerate() {
        let right = left + area.width() * (loss / most) as f32;
        let place = Rect::from_x_y_ranges(left..=right, area.y_range());
        ui.painter().rect_filled(place, 0, palette.text.gamma_multiply(INK[index % INK.len()]));
        ui.painter().vline(right, area.y_range(), egui::Stroke::new(2.0, palette.app));
        label(ui, cx, place, text);
        left = right;
    }
    let total: f64 = segments.iter().map(|(loss, _)| loss).sum();
    let figure = Rect::from_min_max(pos2(area.right() + 4.0, rect.top()), rect.max);
    widget::put(ui, figure, Align::Max, &format::short(-total, Unit::Usd), Text::Body, palette.text);
    let parts: Vec<String> =
        segments.iter().map(|(loss, text)| format!("{text} {}", format::short(-loss, Unit::Usd))).collect();
    let spoken = format!("{name}: {}", parts.join(", "));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &spoken));
    response.on_hover_text(spoken.clone());
}

/// The name of a site in its segment, where it fits.
fn label(ui: &Ui, cx: &Context<'_>, place: Rect, text: &str) {
    let width = widget::width(ui, text, Text::Caption) + 8.0;
    if width + 8.0 > place.width() {
        return;
    }
    let backed = Rect::from_min_size(place.left_center() + vec2(4.0, -8.0), vec2(width, 16.0));
    ui.painter().rect_filled(backed, theme::RADIUS_FIELD, cx.theme.palette.app);
    widget::put(ui, backed.shrink2(vec2(4.0, 0.0)), Align::Min, text, Text::Caption, cx.theme.palette.text);
}
