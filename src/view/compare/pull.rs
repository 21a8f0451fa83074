//! The payback point can be pulled along the months: an input follows, and is solved for meanwhile.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{
    CursorIcon, EventFilter, Grid, Key, Popup, PopupAnchor, PopupCloseBehavior, Rect, Response, Role, Sense,
    Stroke, Tooltip, Ui, Vec2, WidgetInfo,
};
use wattfolio_economics::answers::key_numbers;
use wattfolio_economics::business::Business;
use wattfolio_economics::input::Input;
use wattfolio_economics::number::within;
use wattfolio_economics::results::Evaluation;
use wattfolio_economics::units::Unit;

use crate::format;
use crate::state::{Action, ChartView, Pull, Pulled, Refusal, can_follow};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::view::input_menu::InputMenu;
use crate::view::payback;
use crate::widget::{self, Drawn, Entry, NumberField};
use crate::words::{self, sensitivity::label};

/// Side of what can be grabbed about a point: more than the mark.
const GRAB: f32 = 30.0;
/// Months by which a payback that was solved for a whole month may miss it.
const ROUNDING: f64 = 1e-6;
/// Width of a text at the pointer.
const TEXT_WIDTH: f32 = 280.0;

/// Lets the payback point of a business be grabbed.
pub(super) fn ui(ui: &Ui, cx: &Context<'_>, drawn: &Drawn, (evaluation, chart): (&Evaluation, &ChartView)) {
    let business = evaluation.business;
    let Some(month) = payback::crossing(evaluation, chart) else { return };
    let at = drawn.position(month, 0.0);
    if !drawn.area().expand(1.0).contains(at) {
        return;
    }
    let id = ui.scope_id().with(("payback point", business.id()));
    let response = ui.interact(Rect::from_center_size(at, Vec2::splat(GRAB)), id, Sense::click_and_drag());
    let cursor = if response.dragged() { CursorIcon::Grabbing } else { CursorIcon::Grab };
    let response = response.on_hover_and_drag_cursor(cursor);
    let name = format!("Payback point of {}, {}", business.word(), format::months_as_years(month));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.has_focus() {
        let ring = Stroke::new(2.0, cx.theme.palette.text);
        ui.painter().circle_stroke(at, theme::MARKER_RADIUS + 5.0, ring);
    }
    if response.clicked() {
        response.request_focus();
    }
    if let Some(target_months) = target(ui, &response, drawn, month, cx) {
        pull(cx, business, target_months);
    }
    if response.drag_stopped() {
        cx.actions.push(Action::PullPayback(None));
    }
    told_ui(ui, cx, &response, business);
    let menu = Popup::context_menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    menu.show(|ui| targets_ui(ui, cx, &[business]));
}

/// The whole month to which a hand or an arrow moves the point.
fn target(ui: &Ui, response: &Response, drawn: &Drawn, month: f64, cx: &Context<'_>) -> Option<f64> {
    let horizon = f64::from(cx.state.results.scenario.horizon_months);
    let inside = |month: f64| within(month, 1.0, horizon);
    if response.dragged() {
        let at = response.interact_pointer_pos()?;
        return Some(inside(drawn.month_at(at.x).round()));
    }
    if !response.has_focus() {
        return None;
    }
    let arrows = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    if pressed(Key::ArrowLeft) {
        return Some(inside((month - ROUNDING).ceil() - 1.0));
    }
    pressed(Key::ArrowRight).then(|| inside((month + ROUNDING).floor() + 1.0))
}

/// Asks for a payback, unless it was asked for already and its input is as it was left then: a field that is left says its value
/// twice, and a hand may rest.
fn pull(cx: &Context<'_>, business: Business, target_months: f64) {
    let Some(input) = follower(cx, business) else { return };
    let is_discounted = cx.state.view.chart.is_discounted;
    let pull = Pull { business, input, target_months, is_discounted };
    if latest(cx, business).is_none_or(|pulled| pulled.pull != pull) {
        cx.actions.push(Action::PullPayback(Some(pull)));
    }
}

fn follower(cx: &Context<'_>, business: Business) -> Option<&'static Input> {
    let results = &cx.state.results;
    cx.state.view.payback.follower(business, &results.scenario, results.comparison.basis)
}

/// The latest pull of a business, if nothing has moved its input since.
fn latest<'a>(cx: &Context<'a>, business: Business) -> Option<&'a Pulled> {
    let pulled = cx.state.view.payback.pulled.as_ref()?;
    (pulled.pull.business == business && pulled.is_of(&cx.state.results.scenario)).then_some(pulled)
}

/// At the point: what the pull needs or why it stops, else what can be done.
fn told_ui(ui: &Ui, cx: &Context<'_>, response: &Response, business: Business) {
    let is_pulled = response.dragged() || response.has_focus();
    if let Some(pulled) = latest(cx, business).filter(|_| is_pulled) {
        let text = words::payback_pull(&pulled.solved);
        let anchor = if response.dragged() { PopupAnchor::Pointer } else { response.into() };
        Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), response.id, anchor)
            .width(TEXT_WIDTH)
            .gap(theme::INNER)
            .show(|ui| widget::body(ui, cx.theme, text));
        return;
    }
    response.clone().on_hover_ui(|ui| {
        let Some(input) = follower(cx, business) else { return };
        let text = format!(
            "Drag along the months, and {} follows. A right click chooses another input or takes a target.",
            label(input)
        );
        widget::set_max_width(ui, TEXT_WIDTH);
        widget::body(ui, cx.theme, text);
    });
}

/// The menu of all payback points beside the settings of the charts.
pub(super) fn menu_ui(ui: &mut Ui, cx: &Context<'_>) {
    let text = widget::colored("Payback point ▼", Text::Body, cx.theme.palette.text);
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    MenuButton::new(text).config(config).ui(ui, |ui| targets_ui(ui, cx, &Business::ALL));
}

/// For each business the input that follows, and a field for the target.
fn targets_ui(ui: &mut Ui, cx: &Context<'_>, businesses: &[Business]) {
    widget::caption(ui, cx.theme, "Dragging a payback point changes");
    ui.add_space(4.0);
    Grid::new("payback targets").num_columns(4).spacing(Vec2::new(10.0, 6.0)).show(ui, |ui| {
        for &business in businesses {
            if let Ok(evaluation) = cx.state.results.comparison.business(business) {
                row_ui(ui, cx, evaluation);
                ui.end_row();
            }
        }
    });
    let told = businesses.iter().find_map(|business| latest(cx, *business));
    if let Some(pulled) = told {
        ui.add_space(4.0);
        widget::set_max_width(ui, 1.5 * TEXT_WIDTH);
        widget::phrase(
            ui,
            &[(&words::payback_pull(&pulled.solved), Text::Body, cx.theme.palette.text_secondary)],
        );
    }
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, evaluation: &Evaluation) {
    let (business, palette) = (evaluation.business, &cx.theme.palette);
    let results = &cx.state.results;
    let name = format!("{} {}", theme::glyph(business), business.label());
    widget::label(ui, name, Text::Body, cx.theme.mark_text(business));
    let now = follower(cx, business);
    let text = now.map_or("No input", |input| input.label);
    ui.menu_button(widget::colored(text, Text::Body, palette.text), |ui| {
        let first = key_numbers(&results.scenario, business, results.comparison.basis);
        let can = |input: &'static Input| can_follow(input, business, &results.scenario);
        if let Some(input) = (InputMenu { first: &first, now, can: &can }).ui(ui) {
            cx.actions.push(Action::Follow(business, input));
        }
    });
    let Some(input) = now else { return };
    widget::label(ui, "Payback target", Text::Body, palette.text_muted);
    let month = payback::crossing(evaluation, &cx.state.view.chart);
    let digits = |value: f64| match month {
        None if value == 0.0 => "never".to_owned(),
        _ => format::field(value, Unit::Months),
    };
    let suffix = if month.is_some() { " months" } else { "" };
    let suffix = widget::colored(suffix, Text::Caption, palette.text_muted);
    let field =
        NumberField { speed: 0.5, suffix, ..NumberField::new(month.unwrap_or(0.0), Unit::Months, &digits) };
    let (response, entry) = field.ui(ui);
    let name = format!("Payback target of {}", business.word());
    response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, &name));
    match entry {
        Some(Entry::Dragged(target) | Entry::Typed(target)) => pull(cx, business, target),
        Some(Entry::Unreadable { text, why }) => {
            cx.actions.push(Action::Refuse(Refusal::Unreadable { input, text, why }));
        }
        None => {}
    }
}
