//! Which draw decides each business: shares of the variance of its NPV, the riskiest per dollar first.

use egui::{Color32, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::risk::{Outlook, Simulation, VarianceFactor, VarianceShares};
use wattfolio_economics::units::Unit;

use super::titles_ui;
use crate::state::Simulated;
use crate::theme::{self, RADIUS_FIELD, Text};
use crate::view::Context;
use crate::words::{capitalised, driver as words};
use crate::{format, widget};

/// Height of a bar.
const BAR: f32 = 14.0;
/// Opacity of each factor relative to the one before it.
const STEP: f32 = 0.72;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, simulated: &Simulated, outlook: &Outlook) {
    let simulation = &simulated.simulation;
    titles_ui(
        ui,
        cx,
        words::order(simulation),
        "CVaR at 95 % per dollar of capital, and what its NPV varies with",
    );
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        for (index, (business, risk, tail)) in words::by_tail(simulation).into_iter().enumerate() {
            if index > 0 {
                ui.add_space(10.0);
            }
            let error = risk.cvar_per_capex.map_or(0.0, |cvar| cvar.standard_error);
            row_ui(ui, cx, business, (tail, error), outlook.shares[business].as_ref());
        }
        without_capital_ui(ui, cx, simulation);
        ui.add_space(8.0);
        widget::caption(
            ui,
            cx.theme,
            "What correlation carries counts for the earlier of bitcoin, network, rental and electricity; jumps belong to \
             bitcoin. Grey is what factors do together.",
        );
    });
}

fn row_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    business: Business,
    (tail, error): (f64, f64),
    shares: Option<&VarianceShares>,
) {
    let palette = &cx.theme.palette;
    let tail_words = format::short(tail, Unit::Fraction);
    let name = format!("{} {}", theme::glyph(business), capitalised(business.word()));
    let words = shares.map_or_else(|| "nothing moves it".to_owned(), words::shares);
    let parts = [
        (&*name, Text::BodyMedium, cx.theme.mark_text(business)),
        (&*format!("  {tail_words} of its capital  "), Text::BodyMedium, palette.text),
        (&*words, Text::Body, palette.text_muted),
    ];
    widget::phrase(ui, &parts).on_hover_text(format!(
        "What the worst 5 % of paths lose on average, {}, ± {} standard error",
        format::full(tail, Unit::Fraction),
        format::short(error, Unit::Fraction)
    ));
    if let Some(shares) = shares {
        bar_ui(ui, cx, business, shares);
    }
}

/// The shares side by side; what factors do together is what is left.
fn bar_ui(ui: &mut Ui, cx: &Context<'_>, business: Business, shares: &VarianceShares) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR), Sense::hover());
    ui.painter().rect_filled(rect, RADIUS_FIELD, cx.theme.palette.field);
    let mut factors: Vec<(VarianceFactor, f64)> =
        VarianceFactor::ALL.into_iter().zip(shares.shares.map(|share| share.value.max(0.0))).collect();
    factors.sort_by(|a, b| b.1.total_cmp(&a.1));
    // Chance may lead the shares a little beyond the whole.
    let whole = factors.iter().map(|(_, share)| share).sum::<f64>().max(1.0);
    let mut left = rect.left();
    let mut colour = cx.theme.mark(business);
    for (_, share) in &factors {
        let width = rect.width() * (share / whole) as f32;
        let part = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width, rect.bottom()));
        if width >= 1.0 {
            ui.painter().rect_filled(part.shrink2(vec2(0.5, 0.0)), 0.0, colour);
        }
        left += width;
        colour = paler(colour);
    }
    let spoken = spoken(business, shares);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    response.on_hover_text(spoken);
}

fn paler(colour: Color32) -> Color32 {
    colour.gamma_multiply(STEP)
}

/// Every share with its standard error.
fn spoken(business: Business, shares: &VarianceShares) -> String {
    let percent = |share: f64| format!("{} %", format::grouped(share * 100.0, 1));
    let mut lines = vec![format!("What the NPV of {} varies with", business.word())];
    for (factor, share) in VarianceFactor::ALL.into_iter().zip(shares.shares) {
        let name = capitalised(words::factor(factor));
        lines.push(format!("{name} {} ± {}", percent(share.value), percent(share.standard_error)));
    }
    let together = shares.interaction;
    lines.push(format!("Together {} ± {}", percent(together.value), percent(together.standard_error)));
    lines.push(format!("From {} points", format::grouped(shares.points as f64, 0)));
    lines.join("\n")
}

/// The businesses that have no capital of which a loss could be a share.
fn without_capital_ui(ui: &mut Ui, cx: &Context<'_>, simulation: &Simulation) {
    for business in Business::ALL {
        if simulation.business(business).is_ok_and(|risk| risk.cvar_per_capex.is_err()) {
            let words = format!("{} has no capital of its own at risk", capitalised(business.word()));
            widget::label(ui, words, Text::Body, cx.theme.palette.text_muted);
        }
    }
}
