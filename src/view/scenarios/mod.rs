//! The page of scenarios: what differs between them, what comes of it, and one business minus another.

mod cells;
mod charts;
mod figures;
mod grid;
mod heads;
mod minus;

use egui::Ui;
use wattfolio_economics::results::verdict::{Criterion, Verdict};

use crate::state::{Action, Command, ScenariosView, Shown};
use crate::theme;
use crate::view::Context;
use crate::widget;
use crate::words::side_by_side::{self, Among};
use grid::Grid;

/// Space between two blocks of the table, and before the charts.
const BETWEEN: f32 = 16.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let drawn = cx.state.drawn();
    let all: Vec<Among<'_>> = drawn.iter().map(|shown| among(cx, shown)).collect();
    let sentence = side_by_side::sentence(&all, cx.state.document.criterion());
    let mut conditions = side_by_side::conditions(&all);
    if let Some(words) = cx.state.undrawn() {
        conditions = format!("{conditions} {words}.");
    }
    let verdict = |ui: &mut Ui| super::verdict_ui(ui, cx, &sentence, &conditions);
    super::heading_ui(ui, cx, verdict, |ui| {
        let command = Command::NewScenario;
        if widget::button(ui, cx.theme, "Add scenario").on_hover_text(command.hover(ui.ctx())).clicked() {
            cx.actions.run(command);
        }
    });
    if cx.is_stacked {
        ui.add_space(6.0);
    }
    widget::card(ui, cx.theme, None, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let in_row = grid::most_columns(ui.available_width());
        for (index, block) in drawn.chunks(in_row).enumerate() {
            if index > 0 {
                ui.add_space(BETWEEN);
            }
            let grid = Grid::new(ui, cx, &drawn, (index * in_row)..(index * in_row + block.len()), in_row);
            ui.push_id(index, |ui| table_ui(ui, cx, &grid, &all));
        }
        figures::menu_ui(ui, cx);
    });
    ui.add_space(BETWEEN);
    charts_ui(ui, cx);
}

/// The curves of every business, and one business minus another.
pub(super) fn charts_ui(ui: &mut Ui, cx: &Context<'_>) {
    let drawn = cx.state.drawn();
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    let businesses = wattfolio_economics::business::Business::ALL;
    widget::columns(ui, businesses.len() + 1, (gutter, theme::LEAST_CHART), |ui, index| {
        match businesses.get(index) {
            Some(business) => charts::ui(ui, cx, &drawn, *business),
            None => minus::ui(ui, cx),
        }
    });
}

/// The heads, the inputs that differ, the measures and the verdicts of some of the scenarios.
fn table_ui(ui: &mut Ui, cx: &Context<'_>, grid: &Grid<'_>, all: &[Among<'_>]) {
    // Behind everything, once its height is known.
    let back = ui.painter().add(egui::Shape::Noop);
    let edge = ui.painter().add(egui::Shape::Noop);
    let top = ui.cursor().top();
    heads::ui(ui, cx, grid);
    widget::hairline(ui, cx.theme);
    cells::ui(ui, cx, grid);
    widget::hairline(ui, cx.theme);
    figures::ui(ui, cx, grid);
    widget::hairline(ui, cx.theme);
    figures::verdicts_ui(ui, cx, grid, all);
    let bottom = ui.cursor().top();
    if let Some(column) = grid.current() {
        let place = grid.column(ui, column, top..bottom);
        ui.painter().set(back, egui::Shape::rect_filled(place, 0, cx.theme.palette.app));
        let ink = place.with_max_y(place.top() + 3.0);
        ui.painter().set(edge, egui::Shape::rect_filled(ink, 0, cx.theme.palette.text));
    }
}

/// A scenario as sentences speak of it, with the simulation that its criterion may need.
pub(super) fn among<'a>(cx: &Context<'a>, shown: &'a Shown) -> Among<'a> {
    let listed = &shown.listed;
    let criterion = cx.state.document.criterion();
    // Only a chance of loss needs the paths, which take a while to read in every frame.
    let simulated = cx.state.simulated_of(shown).filter(|_| criterion == Criterion::Loss);
    let npvs = simulated.map(|(simulated, _)| simulated.simulation.npvs());
    Among {
        letter: listed.label.letter.to_string(),
        name: &listed.label.name,
        scenario: &listed.scenario,
        comparison: &shown.comparison,
        verdict: Verdict::new(&listed.scenario, &shown.comparison, npvs.as_ref(), criterion),
        is_baseline: listed.is_baseline,
    }
}

/// Asks for other settings of the page.
fn set(cx: &Context<'_>, change: impl FnOnce(&mut ScenariosView)) {
    let mut view = cx.state.view.scenarios.clone();
    change(&mut view);
    cx.actions.push(Action::SetScenarios(view));
}
