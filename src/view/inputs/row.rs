//! One input: label, what it moves, value with unit, a way back, and a slider where one helps.

use egui::{Align, Align2, Layout, Rect, Response, RichText, Sense, TextStyle, Ui, pos2, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::input::{Choice, Input, Kind, Number, Scale};
use wattfolio_economics::number::within;
use wattfolio_economics::scenario::Scenario;

use super::field::{choice_field, text_field};
use super::points::points_rows;
use crate::format;
use crate::state::{Action, Actions, Refusal};
use crate::theme::{self, RESET_COLUMN, Text, Theme, VALUE_FIELD_HEIGHT, VALUE_FIELD_WIDTH};
use crate::view::refusal::refusal_ui;
use crate::widget::{Entry, NumberField, caption, colored, room_beside, set_max_width};

/// The scenarios that a row compares, and a value that was refused.
#[derive(Clone, Copy, Debug)]
pub struct RowValues<'a> {
    /// The inputs as they are.
    pub scenario: &'a Scenario,
    /// Reference for changes.
    pub baseline: &'a Scenario,
    /// The defaults of the catalogue.
    pub defaults: &'a Scenario,
    /// A value that was refused, wherever it was.
    pub refused: Option<&'a Refusal>,
    /// An input that was looked for: it is scrolled to, and has the keyboard.
    pub found: Option<&'static Input>,
}

/// By how much a field for a text or a choice is wider than one for a number, points.
const WIDER_FIELD: f32 = 16.0;

/// A row and everything it needs to draw itself.
pub(super) struct Row<'a> {
    pub theme: &'a Theme,
    pub input: &'static Input,
    pub values: &'a RowValues<'a>,
    pub actions: &'a Actions,
    pub is_changed: bool,
}

/// Whether an input has a value in a scenario: not that of an option that is not chosen.
pub(super) fn applies(input: &Input, scenario: &Scenario) -> bool {
    match &input.kind {
        Kind::Number(number) => (number.get)(scenario).is_some(),
        Kind::Choice(choice) => choice.current(scenario).is_some(),
        _ => true,
    }
}

/// Shows an input; nothing where it does not apply.
pub fn input_row(
    ui: &mut Ui,
    theme: &Theme,
    input: &'static Input,
    values: &RowValues<'_>,
    actions: &Actions,
    tooltip: impl FnOnce(&mut Ui),
) {
    let is_changed = input.differs(values.scenario, values.baseline);
    let row = Row { theme, input, values, actions, is_changed };
    if !applies(input, values.scenario) {
        return;
    }
    let top = ui.cursor().top();
    ui.push_id(input.id, |ui| row.ui(ui, tooltip));
    if values.found == Some(input) {
        let rect = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=ui.cursor().top());
        ui.scroll_to_rect(rect, Some(Align::Center));
    }
    if is_changed {
        // At the very edge of the panel, where it does not move anything.
        let bottom = ui.cursor().top() - 6.0;
        let edge = ui.clip_rect().left();
        let bar = Rect::from_min_max(pos2(edge, top), pos2(edge + 3.0, bottom));
        ui.painter().rect_filled(bar, 0, theme.palette.text_strong);
    }
}

impl Row<'_> {
    fn ui(&self, ui: &mut Ui, tooltip: impl FnOnce(&mut Ui)) {
        let width = ui.available_width();
        let label = ui
            .allocate_ui_with_layout(
                vec2(width, VALUE_FIELD_HEIGHT),
                Layout::left_to_right(Align::Center),
                |ui| {
                    let label = self.label_ui(ui);
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        ui.spacing_mut().item_spacing.x = 0.0;
                        self.reset_ui(ui);
                        let field = self.value_ui(ui, &label);
                        if let Some(field) = field.filter(|_| self.values.found == Some(self.input)) {
                            field.request_focus();
                        }
                    });
                    label
                },
            )
            .inner;
        let label = label.on_hover_ui(tooltip);
        match &self.input.kind {
            Kind::Number(number) if number.step > 0.0 || matches!(number.scale, Scale::Stops(_)) => {
                self.slider_ui(ui, number, &label);
            }
            Kind::Points(points) => {
                points_rows(ui, self.theme, self.input, points, self.values, self.actions);
            }
            _ => {}
        }
        refusal_ui(ui, self.theme, self.values.refused, self.input);
        ui.add_space(6.0);
    }

    fn label_ui(&self, ui: &mut Ui) -> Response {
        let palette = &self.theme.palette;
        ui.spacing_mut().item_spacing.x = 5.0;
        let style = if self.is_changed { Text::BodyMedium } else { Text::Body };
        let colour = if self.is_changed { palette.text } else { palette.text_secondary };
        let moved = self.input.moved_businesses(self.values.scenario);
        let count = moved.clone().count();
        // An input that moves every business needs no mark.
        let marks = if count < Business::COUNT { count } else { 0 };
        let is_log = matches!(self.input.kind, Kind::Number(Number { scale: Scale::Log, .. }));
        // Leave room for the value, so that a long label takes two lines instead of pushing it away.
        let field = match self.input.kind {
            Kind::Choice(_) | Kind::Text(_) | Kind::Month(_) => VALUE_FIELD_WIDTH + WIDER_FIELD,
            _ => VALUE_FIELD_WIDTH,
        };
        let beside = field + RESET_COLUMN + 13.0 * marks as f32 + if is_log { 24.0 } else { 0.0 };
        let room = room_beside(ui, beside + 8.0);
        let label = ui
            .scope(|ui| {
                set_max_width(ui, room.max(60.0));
                let text = colored(self.input.label, style, colour);
                ui.add(egui::Label::new(text).wrap().sense(Sense::hover()))
            })
            .inner;
        for business in moved.take(marks) {
            ui.label(colored(theme::glyph(business), Text::Caption, self.theme.mark(business)).size(9.0));
        }
        if is_log {
            caption(ui, self.theme, "log");
        }
        label
    }

    fn reset_ui(&self, ui: &mut Ui) {
        let (rect, _) = ui.allocate_exact_size(vec2(RESET_COLUMN, VALUE_FIELD_HEIGHT), Sense::hover());
        if !self.is_changed {
            return;
        }
        let response = ui.interact(rect, ui.scope_id().with("reset"), Sense::click());
        let name = format!("Reset {}", self.input.label);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        let palette = &self.theme.palette;
        let colour = if response.hovered() || response.has_focus() {
            palette.text_strong
        } else {
            palette.text_secondary
        };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, "↺", Text::Title.font(), colour);
        crate::widget::focus_ring(ui, self.theme, &response, rect);
        let baseline = match &self.input.kind {
            Kind::Number(number) => (number.get)(self.values.baseline).map(|value| {
                format!("{} {}", format::field(value, self.input.unit), format::field_unit(self.input.unit))
            }),
            _ => self.input.text(self.values.baseline),
        };
        let hover = format!("Back to {}", baseline.unwrap_or_else(|| "the baseline".to_owned()));
        if response.on_hover_text(hover).clicked() {
            self.actions.push(Action::Reset(self.input));
        }
    }

    /// Shows the value, and returns its field.
    fn value_ui(&self, ui: &mut Ui, label: &Response) -> Option<Response> {
        match &self.input.kind {
            Kind::Number(number) => self.number_ui(ui, number, label),
            Kind::Flag(access) => {
                let mut is_on = (access.get)(self.values.scenario);
                let response = ui.checkbox(&mut is_on, "").labelled_by(label.id);
                if response.changed() {
                    self.set_text(is_on.to_string());
                }
                Some(response)
            }
            Kind::Month(_) | Kind::Text(_) => Some(self.text_ui(ui, label)),
            Kind::Choice(choice) => self.choice_ui(ui, choice, label),
            Kind::Points(points) => {
                let count = (points.trajectory.get)(self.values.scenario).points.len();
                caption(ui, self.theme, if count == 0 { "none".to_owned() } else { count.to_string() });
                None
            }
        }
    }

    fn set_text(&self, text: String) {
        self.actions.push(Action::SetText { input: self.input, text });
    }

    pub(super) fn set_number(&self, value: f64) {
        self.actions.push(Action::SetNumber { input: self.input, value });
    }

    fn number_ui(&self, ui: &mut Ui, number: &Number, label: &Response) -> Option<Response> {
        let stored = (number.get)(self.values.scenario)?;
        let unit = self.input.unit;
        if self.is_changed {
            ui.style_mut().drag_value_text_style = TextStyle::Name("medium".into());
        }
        let suffix = format::field_unit(unit);
        let suffix = if suffix.is_empty() { String::new() } else { format!(" {suffix}") };
        let digits = |value| format::field(value, unit);
        let field = NumberField {
            speed: drag_speed(number, unit, format::to_shown(stored, unit)),
            suffix: RichText::new(suffix).font(Text::Caption.font()).color(self.theme.palette.text_muted),
            is_right_aligned: true,
            ..NumberField::new(stored, unit, &digits)
        };
        let (response, entry) = field.ui(ui);
        let response = response.labelled_by(label.id);
        match entry {
            None => {}
            Some(Entry::Typed(value)) => self.set_number(value),
            // Dragging a number along stops at the limits, as a slider does; typing does not.
            Some(Entry::Dragged(value)) => {
                let value = within(value, number.min, number.max);
                self.set_number(if number.whole { value.round() } else { value });
            }
            Some(Entry::Unreadable { text, why }) => self.refuse(text, why),
        }
        Some(response)
    }

    fn refuse(&self, text: String, why: String) {
        self.actions.push(Action::Refuse(Refusal::Unreadable { input: self.input, text, why }));
    }

    fn text_ui(&self, ui: &mut Ui, label: &Response) -> Response {
        let current = self.input.text(self.values.scenario).unwrap_or_default();
        let (field, text) = text_field(ui, label, &current, VALUE_FIELD_WIDTH + WIDER_FIELD);
        if let Some(text) = text {
            self.set_text(text);
        }
        field
    }

    fn choice_ui(&self, ui: &mut Ui, choice: &Choice, label: &Response) -> Option<Response> {
        let current = choice.current(self.values.scenario)?;
        let (field, selected) = choice_field(ui, (choice, current), label, VALUE_FIELD_WIDTH + WIDER_FIELD);
        if let Some(text) = selected {
            self.set_text(text);
        }
        Some(field)
    }
}

/// Change of a number per point of dragging in its field.
fn drag_speed(number: &Number, unit: wattfolio_economics::units::Unit, value: f64) -> f64 {
    if number.scale == Scale::Log {
        return (value.abs() / 200.0).max(1e-9);
    }
    let step = format::to_shown(number.step, unit);
    let range = format::to_shown(number.slider.1, unit) - format::to_shown(number.slider.0, unit);
    let speed = if step > 0.0 { step / 4.0 } else { range / 400.0 };
    if speed > 0.0 { speed } else { 0.01 }
}
