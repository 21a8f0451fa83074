//! What taking the chosen figures over would do to the value of each business, before it is done.

use egui::{Align, Sense, Ui, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::results::{Comparison, compare_on};
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use crate::format;
use crate::market_data::live::{Figure, take_over};
use crate::store::About;
use crate::theme::{self, CONTROL, Text};
use crate::view::Context;
use crate::widget;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, figures: &[Figure]) {
    let takes = cx.state.market.takes(figures);
    let mut scenario = Scenario::clone(cx.state.document.scenario());
    let taken = take_over(&mut scenario, &mut About::default(), &takes);
    if taken.is_ok_and(|taken| taken.is_empty()) {
        return;
    }
    ui.add_space(16.0);
    let palette = &cx.theme.palette;
    widget::label(ui, "What this would change", Text::Title, palette.text);
    let Ok(valid) = scenario.validate() else {
        widget::body(ui, cx.theme, "Together with the other inputs these values are not allowed.");
        return;
    };
    let basis = cx.state.document.basis();
    let caption = format!("NPV on plan, {}; computed before you use them", basis.label().to_lowercase());
    widget::caption(ui, cx.theme, caption);
    let (now, then) = (&cx.state.results.comparison, compare_on(&valid, basis));
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    widget::columns(ui, Business::COUNT, (gutter, theme::LEAST_CHART), |ui, index| {
        business_ui(ui, cx, Business::ALL[index], (now, &then));
    });
}

fn business_ui(ui: &mut Ui, cx: &Context<'_>, business: Business, (now, then): (&Comparison, &Comparison)) {
    let npv = |comparison: &Comparison| {
        comparison.business(business).map(|evaluation| evaluation.measures.npv_usd).ok()
    };
    let words = match (npv(now), npv(then)) {
        (Some(now), Some(then)) => {
            let difference = then - now;
            let text = format::short(difference, Unit::Usd);
            let change = if format::short(now, Unit::Usd) == format::short(then, Unit::Usd) {
                "same".to_owned()
            } else {
                format::signed(text, difference)
            };
            format!("{} → {}   {change}", format::short(now, Unit::Usd), format::short(then, Unit::Usd))
        }
        _ => "not evaluated".to_owned(),
    };
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
    let palette = &cx.theme.palette;
    let glyph = theme::glyph(business);
    let mark = widget::put(ui, row, Align::Min, glyph, Text::Caption, cx.theme.mark(business));
    let name = row.with_min_x(mark.right() + 6.0);
    let drawn = widget::put(ui, name, Align::Min, business.label(), Text::Body, palette.text_secondary);
    let rest = row.with_min_x((drawn.right() + 10.0).min(row.right()));
    widget::put(ui, rest, Align::Min, &words, Text::BodyMedium, palette.text);
}
