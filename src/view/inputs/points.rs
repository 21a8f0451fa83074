//! The later levels of a path as an editable list.

use egui::{Ui, vec2};
use wattfolio_economics::input::{Input, Points};

use super::row::RowValues;
use crate::format;
use crate::state::{Action, Actions, Refusal};
use crate::theme::{Theme, VALUE_FIELD_HEIGHT};
use crate::widget::{Entry, Icon, NumberField, caption, icon_button, was_escaped};

/// Months between the last point and a new one.
const NEXT_POINT_MONTHS: f64 = 12.0;

/// One line per point, and a button for the next.
pub(super) fn points_rows(
    ui: &mut Ui,
    theme: &Theme,
    input: &'static Input,
    points: &Points,
    values: &RowValues<'_>,
    actions: &Actions,
) {
    let path = (points.trajectory.get)(values.scenario);
    let mut edited = path.points.clone();
    let mut removed = None;
    for (index, (month, level)) in edited.iter_mut().enumerate() {
        ui.push_id(index, |ui| {
            ui.horizontal(|ui| {
                let name = |what: &str| format!("{} {} {what}", input.label, index + 1);
                let size = vec2(72.0, VALUE_FIELD_HEIGHT);
                let before = *month;
                let field = egui::DragValue::new(month)
                    .speed(0.25)
                    .min_size(size)
                    .suffix(" mo")
                    .update_while_editing(false);
                let response = ui.add(field);
                response
                    .widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, name("month")));
                if was_escaped(ui, &response) {
                    *month = before;
                }
                let unit = input.unit;
                let digits = |value| format::field(value, unit);
                let field = NumberField {
                    speed: (format::to_shown(*level, unit).abs() / 200.0).max(1e-4),
                    size: vec2(110.0, VALUE_FIELD_HEIGHT),
                    suffix: format!(" {}", format::field_unit(unit)).into(),
                    ..NumberField::new(*level, unit, &digits)
                };
                let (response, entry) = field.ui(ui);
                response
                    .widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, name("level")));
                match entry {
                    None => {}
                    Some(Entry::Typed(value) | Entry::Dragged(value)) => *level = value,
                    Some(Entry::Unreadable { text, why }) => {
                        actions.push(Action::Refuse(Refusal::Unreadable { input, text, why }));
                    }
                }
                if icon_button(ui, theme, Icon::Cross, &name("remove"), "Remove this level", false).clicked()
                {
                    removed = Some(index);
                }
            });
        });
    }
    if let Some(index) = removed {
        edited.remove(index);
    }
    let add = format!("Add a level to {}", input.label);
    let button = ui.small_button("+ level");
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &add));
    if button.on_hover_text("A level known for a later month").clicked() {
        let (month, level) = edited.last().copied().unwrap_or((0.0, path.value));
        edited.push((month + NEXT_POINT_MONTHS, level));
    }
    if edited != path.points {
        let list: Vec<String> =
            edited.iter().map(|(month, level)| format!("({month:?},{level:?})")).collect();
        actions.push(Action::SetText { input, text: format!("[{}]", list.join(",")) });
    }
    if !path.points.is_empty() {
        caption(ui, theme, "Months since the start, and the level then");
    }
}
