//! The menus of both axes.

use egui::Ui;
use wattfolio_economics::answers::{Axis, WinnerMap};
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Group, Input};

use crate::state::{Action, WinnerMapView};
use crate::theme::{Text, UNIT};
use crate::view::Context;
use crate::widget;

/// Tallest list of inputs.
const LIST_HEIGHT: f32 = 380.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, map: Option<&WinnerMap>) {
    let view = cx.state.view.winner_map;
    ui.horizontal_wrapped(|ui| {
        let (x, y) = (map.map(|map| map.x.input), map.map(|map| map.y.input));
        axis_ui(ui, cx, ("Right", x, y), &|input| WinnerMapView { x: Some(input), y: y.or(view.y) });
        ui.add_space(UNIT);
        axis_ui(ui, cx, ("Up", y, x), &|input| WinnerMapView { y: Some(input), x: x.or(view.x) });
        ui.add_space(UNIT);
        let swap = widget::button(ui, cx.theme, "Swap").on_hover_text("Exchange the axes");
        if swap.clicked() {
            cx.actions.push(Action::SetWinnerMap(WinnerMapView { x: y.or(view.y), y: x.or(view.x) }));
        }
    });
}

/// A menu of inputs: the key drivers, then every chapter.
fn axis_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    (name, now, other): (&str, Option<&'static Input>, Option<&'static Input>),
    with: &dyn Fn(&'static Input) -> WinnerMapView,
) {
    let scenario = &cx.state.results.scenario;
    widget::label(ui, name, Text::Body, cx.theme.palette.text_muted);
    let text = now.map_or("Choose an input", |input| input.label);
    let text = widget::colored(format!("{text} ▼"), Text::Body, cx.theme.palette.text);
    let can = |input: &&'static Input| {
        input.shown
            && Some(*input) != other
            && input.moved_businesses(scenario).next().is_some()
            && Axis::of(scenario, input).is_ok()
    };
    ui.menu_button(text, |ui| {
        let item = |ui: &mut Ui, input: &'static Input| {
            let is_on = now == Some(input);
            if ui.add(egui::Button::selectable(is_on, input.label)).on_hover_text(input.meaning).clicked() {
                cx.actions.push(Action::SetWinnerMap(with(input)));
                ui.close();
            }
        };
        for input in catalogue::inputs().iter().filter(|input| input.key_driver).filter(can) {
            item(ui, input);
        }
        ui.separator();
        for group in Group::all() {
            let inputs: Vec<&'static Input> =
                catalogue::inputs().iter().filter(|input| input.group == group).filter(can).collect();
            if inputs.is_empty() {
                continue;
            }
            ui.menu_button(group.label(), |ui| {
                widget::scroll_up_to(LIST_HEIGHT).show(ui, |ui| {
                    for input in inputs {
                        item(ui, input);
                    }
                });
            });
        }
    });
}
