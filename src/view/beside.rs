//! A second scenario on a page: which one, and what makes it hard to compare.

use egui::{ComboBox, Role, Ui, WidgetInfo};

use super::scenarios::among;
use super::{Context, line};
use crate::state::{Action, Command, Shown, State};
use crate::store::{Label, LineStyle};
use crate::theme::{CONTROL, Text};
use crate::widget::{self, Stroke};
use crate::words::side_by_side;

/// Widest text of the closed menu, points.
const WIDTH: f32 = 150.0;

/// The menu of the scenarios that can stand beside the current one; nothing where there is no other.
pub(super) fn menu_ui(ui: &mut Ui, cx: &Context<'_>) {
    if cx.state.scenarios.len() < 2 {
        return;
    }
    let now = cx.state.second().map(|second| second.listed.label.letter);
    let text = cx.state.second().map_or_else(|| "nothing".to_owned(), |second| name(&second.listed.label));
    ui.spacing_mut().interact_size.y = CONTROL;
    let mut chosen = now;
    let combo = ComboBox::from_id_salt("beside")
        .selected_text(widget::colored(format!("Beside {text}"), Text::BodyMedium, cx.theme.palette.text))
        .width(WIDTH)
        .truncate()
        .show_ui(ui, |ui| {
            ui.selectable_value(&mut chosen, None, "nothing");
            for shown in cx.state.scenarios.iter().filter(|one| !one.listed.is_current) {
                let label = &shown.listed.label;
                ui.selectable_value(&mut chosen, Some(label.letter), name(label));
            }
        });
    combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Scenario beside"));
    combo.response.on_hover_text(Command::NextBeside.hover(ui.ctx()));
    if chosen != now {
        cx.actions.push(Action::SetBeside(chosen));
    }
}

/// Letter and name of a scenario.
pub(super) fn name(label: &Label) -> String {
    format!("{} {}", label.letter, label.name)
}

/// The scenario that is edited, among all.
pub(super) fn current(state: &State) -> Option<&Shown> {
    state.scenarios.iter().find(|one| one.listed.is_current)
}

/// The letters of the current scenario and of the second one, and that of a difference: `B − A`.
pub(super) fn letters(state: &State, second: &Shown) -> [String; 3] {
    let first = current(state).map(|one| one.listed.label.letter.to_string()).unwrap_or_default();
    let second = second.listed.label.letter.to_string();
    let difference = format!("{second} − {first}");
    [first, second, difference]
}

/// The stroke of a second scenario. One whose line is solid, as what it stands beside, is drawn in dashes.
pub(super) fn stroke(second: &Shown) -> Stroke {
    match second.listed.label.line {
        LineStyle::Solid => Stroke::Dashed,
        other => line::stroke(other),
    }
}

/// The stroke in a word, as captions say it.
pub(super) fn stroke_word(second: &Shown) -> &'static str {
    match stroke(second) {
        Stroke::Solid => "solid",
        Stroke::Dashed => "dashed",
        Stroke::Dotted => "dotted",
        Stroke::LongDashed => "long dashes",
    }
}

/// What stands beside the current scenario, and whether starts, horizons or seeds differ.
pub(super) fn conditions(cx: &Context<'_>) -> Option<String> {
    let pair = [current(cx.state)?, cx.state.second()?].map(|shown| among(cx, shown));
    let [first, second] = &pair;
    let words = side_by_side::conditions(&pair);
    Some(format!("{} {}, beside it {} {}. {words}", first.letter, first.name, second.letter, second.name))
}
