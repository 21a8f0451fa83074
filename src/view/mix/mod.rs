//! The page of mixes: shares of the site as a triangle, the frontier, and what a hedge costs; and several sites.

mod field;
mod frontier;
mod place;
mod shades;
mod sites;
mod strip;
mod table;
mod triangle;

use egui::Ui;
use wattfolio_economics::answers::mix::{Mixed, Mixes, Per};
use wattfolio_economics::units::Unit;

use crate::format;
use crate::state::{Action, Command, MixFound, MixPart, MixView};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::mix as words;

/// Names of the parts of the page, in the order of the switch.
const PARTS: [(MixPart, &str); 2] =
    [(MixPart::OneSite, "One site"), (MixPart::SeveralSites, "Several sites")];
/// What value and risk are counted for, in the order of the switch.
const PERS: [(Per, &str); 2] = [(Per::Site, "$"), (Per::Dollar, "per $")];

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    match cx.state.view.mix.part {
        MixPart::OneSite => one_site_ui(ui, cx),
        MixPart::SeveralSites => sites::ui(ui, cx),
    }
}

fn one_site_ui(ui: &mut Ui, cx: &Context<'_>) {
    let state = &cx.state.mix;
    let Some(found) = &state.found else {
        let conditions = if state.was_cancelled {
            "It was ended; the next change of an input starts it again."
        } else {
            "The figures appear when they are ready."
        };
        heading_ui(ui, cx, &[("Mixing the businesses…", false)], conditions);
        progress_ui(ui, cx, "Mixing", state.progress);
        return table::shares_ui(ui, cx);
    };
    let (mixes, per) = (&found.mixes, cx.state.view.mix.per);
    let left_out = words::left_out(mixes);
    let conditions = format!("{} {left_out}", words::conditions(&found.asked.scenario, mixes, per));
    heading_ui(ui, cx, &[(&words::verdict(mixes, per), state.is_old)], conditions.trim_end());
    if state.is_old {
        progress_ui(ui, cx, "Mixing", state.progress);
    }
    ui.add_space(8.0);
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    let mut hovered = None;
    widget::columns(ui, 2, (gutter, theme::LEAST_HALF), |ui, index| {
        ui.scope(|ui| {
            if state.is_old {
                ui.multiply_opacity(theme::STALE);
            }
            if index == 0 {
                hovered = hovered.or(triangle::ui(ui, cx, mixes));
                ui.add_space(16.0);
                hedge_ui(ui, cx, found);
            } else {
                hovered = hovered.or(frontier::ui(ui, cx, mixes));
                ui.add_space(20.0);
                table::ui(ui, cx, mixes);
            }
        });
    });
    if hovered != cx.state.view.hovered_mix {
        cx.actions.push(Action::HoverMix(hovered));
    }
}

/// The sentence of a part with the switches of the page.
fn heading_ui(ui: &mut Ui, cx: &Context<'_>, spans: &[(&str, bool)], conditions: &str) {
    let view = cx.state.view.mix;
    let part_ui = |ui: &mut Ui| {
        let selected = PARTS.iter().position(|(part, _)| *part == view.part).unwrap_or(0);
        if let Some(index) = widget::segmented(ui, cx.theme, &PARTS.map(|(_, name)| name), selected) {
            cx.actions.push(Action::SetMixView(MixView { part: PARTS[index].0, ..view }));
        }
    };
    // Sites of other sizes are compared in dollars.
    let per_ui = |ui: &mut Ui| {
        if view.part != MixPart::OneSite {
            return;
        }
        let selected = PERS.iter().position(|(per, _)| *per == view.per).unwrap_or(0);
        if let Some(index) = widget::segmented(ui, cx.theme, &PERS.map(|(_, name)| name), selected) {
            cx.actions.push(Action::SetMixView(MixView { per: PERS[index].0, ..view }));
        }
    };
    let words = |ui: &mut Ui| super::spans_ui(ui, cx, spans, conditions);
    super::heading_ui(ui, cx, words, |ui| {
        // Beside the words the first stands at the right edge.
        if cx.is_stacked {
            part_ui(ui);
            per_ui(ui);
        } else {
            per_ui(ui);
            part_ui(ui);
        }
    });
}

/// The mix of the grid under the pointer.
fn lit<'a>(cx: &Context<'_>, mixes: &'a Mixes) -> Option<&'a Mixed> {
    let hovered = cx.state.view.hovered_mix?;
    mixes.grid.iter().find(|mixed| mixed.shares == hovered)
}

/// The triangle and the frontier alone, or the sites.
pub(super) fn printed_ui(ui: &mut Ui, cx: &Context<'_>) {
    if cx.state.view.mix.part == MixPart::SeveralSites {
        return sites::printed_ui(ui, cx);
    }
    let Some(found) = &cx.state.mix.found else { return };
    widget::columns(ui, 2, (theme::GUTTER, theme::LEAST_HALF), |ui, index| {
        if index == 0 {
            triangle::ui(ui, cx, &found.mixes)
        } else {
            frontier::ui(ui, cx, &found.mixes)
        };
    });
}

/// How far the work is, and a way to end it.
fn progress_ui(ui: &mut Ui, cx: &Context<'_>, doing: &str, progress: Option<f32>) {
    let Some(done) = progress else { return };
    ui.horizontal_wrapped(|ui| {
        widget::caption(ui, cx.theme, format!("{doing}, {} %", format::grouped(f64::from(done) * 100.0, 0)));
        if widget::button(ui, cx.theme, "Cancel").clicked() {
            cx.actions.run(Command::CancelSimulation);
        }
    });
}

/// The mix of the scenario at hand, scaled; `None` where a business in it is left out.
fn now<'a>(cx: &Context<'a>) -> Option<&'a Mixed> {
    cx.state.mix.now.as_ref()?.1.as_ref()
}

/// What the hedge takes off and costs, how businesses move together, and what the own mix is worth.
fn hedge_ui(ui: &mut Ui, cx: &Context<'_>, found: &MixFound) {
    let mixes = &found.mixes;
    let hedge = mixes.hedge_of(cx.state.view.mix.per);
    let title = if hedge.is_some() { "What the hedge is worth" } else { "What the mix of now is worth" };
    widget::label(ui, title, Text::Title, cx.theme.palette.text);
    let mut lines: Vec<String> = hedge.iter().map(|hedge| format!("{}.", words::hedge(hedge))).collect();
    lines.extend(
        mixes
            .correlations
            .iter()
            .map(|(first, second, value)| words::correlation(first.word(), second.word(), *value)),
    );
    lines.extend(ten_points(mixes));
    // The exact figures are those of the mix that was asked for, not of one under the knob.
    if std::sync::Arc::ptr_eq(&found.asked.scenario, &cx.state.results.scenario) {
        lines.extend(words::difference(mixes));
        lines.push(words::plan(&mixes.exact.plan));
        lines.extend(words::idle(&mixes.exact.plan));
    }
    for line in lines {
        widget::body(ui, cx.theme, line);
    }
}

/// What ten points of the worst business in place of the best cost.
fn ten_points(mixes: &Mixes) -> Option<String> {
    let npv_usd = |business| Some((business, mixes.alone(business)?.npv_usd.value));
    let singles: Vec<_> = mixes.parts.iter().copied().filter_map(npv_usd).collect();
    let (best, most) = singles.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let (worst, least) = singles.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    (best != worst).then(|| {
        let usd = format::short(0.1 * (least - most), Unit::Usd);
        format!("{usd} of expected NPV for ten points of {} in place of {}.", worst.word(), best.word())
    })
}
