//! The tornado of a figure of the simulation, found beside the window.

use egui::Ui;
use wattfolio_economics::answers::SimulatedBar;

use super::bars::Chart;
use super::titles_ui;
use super::tornado::{SHOWN, rest, title};
use crate::format;
use crate::state::{Command, FigureFound};
use crate::theme;
use crate::view::Context;
use crate::widget;
use crate::words::{capitalised, risk_figure, simulated_tornado as words};

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let state = &cx.state.moved_figure;
    let Some(found) = &state.found else {
        let why = match (state.progress, state.was_cancelled) {
            (Some(_), _) => "The figures appear when they are ready",
            (None, true) => "It was ended; the next change of an input starts it again",
            (None, false) => "There was too little memory, or no thread for it",
        };
        titles_ui(ui, cx, "Moving every input in the simulation…", why);
        return progress_ui(ui, cx);
    };
    ui.scope(|ui| {
        if state.is_old {
            ui.multiply_opacity(theme::STALE);
        }
        found_ui(ui, cx, found);
    });
    progress_ui(ui, cx);
}

fn found_ui(ui: &mut Ui, cx: &Context<'_>, found: &FigureFound) {
    let tornado = &found.tornado;
    let what = format!(
        "{}, the same draws at every end; low end pale, high end full; click a row to go to its input",
        words::what(tornado)
    );
    // What may be chance decides nothing.
    let first = tornado.bars.iter().find(|one| !one.is_noise).map(|one| &one.bar);
    titles_ui(ui, cx, &title(first), &what);
    ui.add_space(4.0);
    let shown: Vec<&SimulatedBar> = tornado.bars.iter().take(SHOWN).collect();
    let spoken = |index: usize| words::lines(shown[index], tornado.figure).join("\n");
    let figure = |bar: usize, end: usize| {
        words::result(&shown[bar].bar.ends[end], shown[bar].values[end], tornado.figure)
    };
    let now = tornado.now.as_ref().ok();
    let now = now.map(|now| (*now, risk_figure::value(tornado.figure, tornado.now_value)));
    let chart = Chart {
        of: tornado.of,
        now,
        figure: &figure,
        bars: shown.iter().map(|one| &one.bar).collect(),
        is_muted: &|index| shown[index].is_noise,
        spoken: &spoken,
    };
    chart.ui(ui, cx);
    ui.add_space(4.0);
    let short = |effect: f64| format::short(effect, tornado.figure.unit);
    let counts = (tornado.bars.len(), tornado.without_effect, tornado.moved());
    let noise = tornado.bars.iter().filter(|one| one.is_noise).count();
    let noise = match noise {
        0 => String::new(),
        count => format!(
            " Of {count} with a muted name the effect is {}: no more than two standard errors.",
            words::NOISE
        ),
    };
    widget::caption(ui, cx.theme, format!("{}{noise}", capitalised(&rest(&chart.bars, counts, short))));
}

/// How far the work is, and a way to end it.
fn progress_ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(done) = cx.state.moved_figure.progress else { return };
    ui.horizontal_wrapped(|ui| {
        let percent = format::grouped(f64::from(done) * 100.0, 0);
        widget::caption(ui, cx.theme, format!("Moving every input, {percent} %"));
        if widget::button(ui, cx.theme, "Cancel").clicked() {
            cx.actions.run(Command::CancelSimulation);
        }
    });
}
