//! The later levels of a path as an editable list.

use egui::{Ui, vec2};
use wattfolio_economics::input::{Input, Points};
use wattfolio_economics::number::within;
use wattfolio_economics::units::Unit;

use super::row::RowValues;
use crate::format;
use crate::state::{Action, Actions, Refusal};
use crate::theme::{Theme, VALUE_FIELD_HEIGHT};
use crate::widget::{Entry, Icon, NumberField, caption, icon_button};

/// Months between the last point and a new one.
const NEXT_POINT_MONTHS: f64 = 12.0;
/// Months in which a level may be known.
const MONTHS: (f64, f64) = (0.0, 600.0);

/// One later level of a path.
struct Level<'a> {
    input: &'static Input,
    points: &'a Points,
    actions: &'a Actions,
    index: usize,
}

impl Level<'_> {
    fn name(&self, what: &str) -> String {
        format!("{} {} {what}", self.input.label, self.index + 1)
    }

    /// Month and level as fields; true if the level is to be removed.
    fn ui(&self, ui: &mut Ui, theme: &Theme, (month, level): &mut (f64, f64)) -> bool {
        let digits = |value| format::field(value, Unit::Months);
        let field = NumberField {
            speed: 0.25,
            size: vec2(72.0, VALUE_FIELD_HEIGHT),
            suffix: " mo".into(),
            ..NumberField::new(*month, Unit::Months, &digits)
        };
        self.number_ui(ui, "month", field, month, MONTHS);
        let unit = self.input.unit;
        let digits = |value| format::field(value, unit);
        let field = NumberField {
            speed: (format::to_shown(*level, unit).abs() / 200.0).max(1e-4),
            size: vec2(110.0, VALUE_FIELD_HEIGHT),
            suffix: format!(" {}", format::field_unit(unit)).into(),
            ..NumberField::new(*level, unit, &digits)
        };
        self.number_ui(ui, "level", field, level, (self.points.min, self.points.max));
        icon_button(ui, theme, Icon::Cross, &self.name("remove"), "Remove this level", false).clicked()
    }

    fn number_ui(
        &self,
        ui: &mut Ui,
        what: &str,
        field: NumberField<'_>,
        number: &mut f64,
        (low, high): (f64, f64),
    ) {
        let (response, entry) = field.ui(ui);
        let name = self.name(what);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, &name));
        match entry {
            None => {}
            Some(Entry::Typed(value)) => *number = value,
            // Dragging a number along stops at the limits; typing does not.
            Some(Entry::Dragged(value)) => *number = within(value, low, high),
            Some(Entry::Unreadable { text, why }) => {
                let input = self.input;
                self.actions.push(Action::Refuse(Refusal::Unreadable { input, text, why }));
            }
        }
    }
}

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
    for (index, point) in edited.iter_mut().enumerate() {
        let level = Level { input, points, actions, index };
        ui.push_id(index, |ui| {
            if ui.horizontal(|ui| level.ui(ui, theme, point)).inner {
                removed = Some(index);
            }
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
