//! The menus of both axes, and of the third input.

use egui::Ui;
use wattfolio_economics::answers::{Axis, WinnerMap};
use wattfolio_economics::input::Input;

use crate::state::{Action, WinnerMapView};
use crate::theme::{Text, UNIT};
use crate::view::Context;
use crate::view::input_menu::{InputMenu, key_drivers};
use crate::widget;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, map: Option<&WinnerMap>) {
    let view = cx.state.view.winner_map;
    let set = |view: WinnerMapView| cx.actions.push(Action::SetWinnerMap(view));
    ui.horizontal_wrapped(|ui| {
        let (x, y) = (map.map(|map| map.x.input), map.map(|map| map.y.input));
        if let Some(input) = axis_ui(ui, cx, ("Right", x), &[y]) {
            set(WinnerMapView { x: Some(input), y: y.or(view.y), ..view });
        }
        ui.add_space(UNIT);
        if let Some(input) = axis_ui(ui, cx, ("Up", y), &[x]) {
            set(WinnerMapView { y: Some(input), x: x.or(view.x), ..view });
        }
        ui.add_space(UNIT);
        let swap = widget::button(ui, cx.theme, "Swap").on_hover_text("Exchange the axes");
        if swap.clicked() {
            set(WinnerMapView { x: y.or(view.y), y: x.or(view.x), ..view });
        }
        ui.add_space(UNIT);
        third_ui(ui, cx, [x, y]);
    });
}

/// A menu of inputs that can be an axis beside some others; returns the one that was clicked.
fn axis_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    (name, now): (&str, Option<&'static Input>),
    others: &[Option<&'static Input>],
) -> Option<&'static Input> {
    let text = format!("{} ▼", now.map_or("Choose an input", |input| input.label));
    name_ui(ui, cx, name, &text);
    ui.menu_button(widget::colored(text, Text::Body, cx.theme.palette.text), |ui| {
        inputs_ui(ui, cx, now, others)
    })
    .inner
    .flatten()
}

/// The name in front of a menu, in a new line where both do not fit into this one.
fn name_ui(ui: &mut Ui, cx: &Context<'_>, name: &str, menu: &str) {
    let spacing = ui.spacing();
    let around = 2.0 * spacing.button_padding.x + spacing.item_spacing.x;
    let width = widget::width(ui, name, Text::Body) + widget::width(ui, menu, Text::Body) + around;
    if ui.available_size_before_wrap().x < width {
        ui.end_row();
    }
    widget::label(ui, name, Text::Body, cx.theme.palette.text_muted);
}

fn inputs_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    now: Option<&'static Input>,
    others: &[Option<&'static Input>],
) -> Option<&'static Input> {
    let scenario = &cx.state.results.scenario;
    let can = |input: &'static Input| {
        !others.contains(&Some(input))
            && input.moved_businesses(scenario).next().is_some()
            && Axis::of(scenario, input).is_ok()
    };
    InputMenu { first: &key_drivers(), now, can: &can }.ui(ui)
}

/// The menu of the third input, which may be none.
fn third_ui(ui: &mut Ui, cx: &Context<'_>, axes: [Option<&'static Input>; 2]) {
    let view = cx.state.view.winner_map;
    let now = cx.state.winner_map.third.as_ref().map(|(axis, _)| axis.input);
    let text = format!("{} ▼", now.map_or("None", |input| input.label));
    name_ui(ui, cx, "Third input", &text);
    ui.menu_button(widget::colored(text, Text::Body, cx.theme.palette.text), |ui| {
        if ui.add(egui::Button::selectable(now.is_none(), "None")).clicked() {
            cx.actions.push(Action::SetWinnerMap(WinnerMapView { z: None, ..view }));
            ui.close();
        }
        if let Some(input) = inputs_ui(ui, cx, now, &axes) {
            cx.actions.push(Action::SetWinnerMap(WinnerMapView { z: Some(input), ..view }));
        }
    });
}
