//! The later levels of a path as an editable list.

use egui::{Ui, vec2};
use wattfolio_economics::catalogue::{Input, Points};

use super::icon::{Icon, icon_button};
use super::input_row::{RowValues, was_escaped};
use super::text::caption;
use crate::app::{Action, Actions};
use crate::format;
use crate::theme::{Theme, VALUE_FIELD_HEIGHT};

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
    let path = (points.path.get)(values.scenario);
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
                let mut shown = format::to_shown(*level, unit);
                let (before, speed) = (shown, (shown.abs() / 200.0).max(1e-4));
                let field = egui::DragValue::new(&mut shown)
                    .speed(speed)
                    .min_size(vec2(110.0, VALUE_FIELD_HEIGHT))
                    .suffix(format!(" {}", format::field_unit(unit)))
                    .custom_formatter(move |value, _| format::field(format::from_shown(value, unit), unit))
                    .custom_parser(move |text| {
                        format::parse(text, unit).map(|value| format::to_shown(value, unit))
                    })
                    .update_while_editing(false);
                let response = ui.add(field);
                response
                    .widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, name("level")));
                let was_escaped = was_escaped(ui, &response);
                if shown != before && !was_escaped {
                    *level = format::from_shown(shown, unit);
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
        actions.push(Action::SetText { id: input.id, text: format!("[{}]", list.join(",")) });
    }
    if !path.points.is_empty() {
        caption(ui, theme, "Months since the start, and the level then");
    }
}
