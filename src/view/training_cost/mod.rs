//! The page of training costs: what a bitcoin price does to AI.

mod costs;
mod hypothesis;
mod power;
mod queries;
mod table;

use egui::Ui;
use wattfolio_economics::answers::training_cost::RunCost;

use crate::state::{Action, Trained, TrainingView};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::training as words;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(trained) = &cx.state.training else {
        return super::verdict_ui(
            ui,
            cx,
            "Pricing the known runs…",
            "The figures appear when they are ready.",
        );
    };
    let Some((run, now)) = run_now(cx, trained) else { return };
    let doubled = trained.doubled_of(run);
    let (verdict, conditions) =
        (words::verdict(&now, doubled.as_ref()), words::conditions(&trained.cost, trained.scenario.start));
    super::verdict_ui(ui, cx, &verdict, &conditions);
    ui.add_space(8.0);
    let shown = Shown { trained, run, now: &now, doubled: doubled.as_ref() };
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    widget::columns(ui, 2, (gutter, theme::LEAST_HALF), |ui, index| {
        if index == 0 {
            costs::ui(ui, cx, &shown);
            ui.add_space(20.0);
            table::ui(ui, cx, &shown);
        } else {
            power::ui(ui, cx, &shown);
            ui.add_space(20.0);
            hypothesis::ui(ui, cx, &shown);
            ui.add_space(20.0);
            queries::ui(ui, cx, trained);
        }
    });
}

/// The costs along the axis alone.
pub(super) fn printed_ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(trained) = &cx.state.training else { return };
    let Some((run, now)) = run_now(cx, trained) else { return };
    let doubled = trained.doubled_of(run);
    costs::ui(ui, cx, &Shown { trained, run, now: &now, doubled: doubled.as_ref() });
}

/// The run that is drawn, with its costs.
struct Shown<'a> {
    trained: &'a Trained,
    run: usize,
    now: &'a RunCost,
    doubled: Option<&'a RunCost>,
}

/// The number of the run that is drawn, and its costs now.
fn run_now(cx: &Context<'_>, trained: &Trained) -> Option<(usize, RunCost)> {
    let run = cx.state.view.training.run.min(trained.cost.runs().len().saturating_sub(1));
    Some((run, trained.now_of(run)?))
}

/// Asks for other settings of the page.
fn set(cx: &Context<'_>, change: impl FnOnce(&mut TrainingView)) {
    let mut view = cx.state.view.training;
    change(&mut view);
    cx.actions.push(Action::SetTraining(view));
}

/// The finding of a part, and what is shown.
fn titles_ui(ui: &mut Ui, cx: &Context<'_>, title: &str, subtitle: &str) {
    widget::label(ui, title, Text::Title, cx.theme.palette.text);
    widget::caption(ui, cx.theme, subtitle);
}
