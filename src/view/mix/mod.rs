//! The page of mixes: shares of the site as a triangle, the frontier, and what a hedge costs.

mod field;
mod frontier;
mod place;
mod table;
mod triangle;

use egui::Ui;
use wattfolio_economics::answers::mix::{Mixed, Mixes};
use wattfolio_economics::units::Unit;

use crate::format;
use crate::state::{Command, MixFound};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::mix as words;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let state = &cx.state.mix;
    let Some(found) = &state.found else {
        let conditions = if state.was_cancelled {
            "It was ended; the next change of an input starts it again."
        } else {
            "The figures appear when they are ready."
        };
        super::verdict_ui(ui, cx, "Mixing the businesses…", conditions);
        progress_ui(ui, cx);
        return table::shares_ui(ui, cx);
    };
    let mixes = &found.mixes;
    let left_out = words::left_out(mixes);
    let conditions = format!("{} {left_out}", words::conditions(&found.asked.scenario, mixes));
    super::spans_ui(ui, cx, &[(&words::verdict(mixes), state.is_old)], conditions.trim_end());
    if state.is_old {
        progress_ui(ui, cx);
    }
    ui.add_space(8.0);
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    widget::columns(ui, 2, (gutter, theme::LEAST_HALF), |ui, index| {
        ui.scope(|ui| {
            if state.is_old {
                ui.multiply_opacity(theme::STALE);
            }
            if index == 0 {
                triangle::ui(ui, cx, mixes);
                ui.add_space(16.0);
                hedge_ui(ui, cx, found);
            } else {
                frontier::ui(ui, cx, mixes);
                ui.add_space(20.0);
                table::ui(ui, cx, mixes);
            }
        });
    });
}

/// The triangle and the frontier alone.
pub(super) fn printed_ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(found) = &cx.state.mix.found else { return };
    widget::columns(ui, 2, (theme::GUTTER, theme::LEAST_HALF), |ui, index| {
        if index == 0 { triangle::ui(ui, cx, &found.mixes) } else { frontier::ui(ui, cx, &found.mixes) }
    });
}

/// How far the work is, and a way to end it.
fn progress_ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(done) = cx.state.mix.progress else { return };
    ui.horizontal_wrapped(|ui| {
        widget::caption(ui, cx.theme, format!("Mixing, {} %", format::grouped(f64::from(done) * 100.0, 0)));
        if widget::button(ui, cx.theme, "Cancel").clicked() {
            cx.actions.run(Command::CancelSimulation);
        }
    });
}

/// The mix of the scenario at hand, scaled; `None` where a business in it is left out.
fn now<'a>(cx: &Context<'a>) -> Option<&'a Mixed> {
    cx.state.mix.now.as_ref()?.1.as_ref()
}

/// What the hedge takes off and costs, how businesses hang together, and what scaling leaves out.
fn hedge_ui(ui: &mut Ui, cx: &Context<'_>, found: &MixFound) {
    let mixes = &found.mixes;
    widget::label(ui, "What the hedge is worth", Text::Title, cx.theme.palette.text);
    let mut lines: Vec<String> =
        mixes.hedge.iter().map(|hedge| format!("{}.", words::hedge(hedge))).collect();
    lines.extend(mixes.correlations.iter().map(|(first, second, correlation)| {
        format!(
            "Correlation of {} and {}: {}.",
            first.word(),
            second.word(),
            format::grouped(*correlation, 2)
        )
    }));
    lines.extend(ten_points(mixes));
    // The exact figures are those of the mix that was asked for, not of one under the knob.
    if std::sync::Arc::ptr_eq(&found.asked.scenario, &cx.state.results.scenario) {
        lines.extend(words::difference(mixes));
        lines.push(plan_words(mixes));
    }
    for line in lines {
        widget::body(ui, cx.theme, line);
    }
}

/// What ten points of the worst business in place of the best cost.
fn ten_points(mixes: &Mixes) -> Option<String> {
    let alone = |business| mixes.grid.iter().find(|mixed| mixed.shares[business] == 1.0);
    let singles =
        mixes.parts.iter().filter_map(|business| Some((*business, alone(*business)?.npv_usd.value)));
    let singles: Vec<_> = singles.collect();
    let (best, most) = singles.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let (worst, least) = singles.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    (best != worst).then(|| {
        let usd = format::short(0.1 * (least - most), Unit::Usd);
        format!("{usd} of expected NPV for ten points of {} in place of {}.", worst.word(), best.word())
    })
}

/// The plan of the scenario's own mix on its basis.
fn plan_words(mixes: &Mixes) -> String {
    let plan = &mixes.exact.plan;
    let irr = plan
        .irr
        .map_or_else(|reason| reason.short().to_owned(), |irr| format::short(irr, Unit::FractionPerYear));
    let payback =
        plan.payback_last_months.map_or_else(|reason| reason.short().to_owned(), crate::words::duration);
    format!(
        "The plan of this mix, {}: NPV {}, IRR {irr}, payback {payback}; one tax for all of it.",
        plan.basis.label().to_lowercase(),
        format::short(plan.npv_usd, Unit::Usd)
    )
}
