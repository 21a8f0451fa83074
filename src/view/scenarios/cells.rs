//! The inputs that differ between scenarios, as cells that can be edited.

use egui::{
    Align, Align2, Layout, Rect, Response, RichText, Role, Sense, TextStyle, Ui, UiBuilder, WidgetInfo, vec2,
};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Input, Kind, Number};
use wattfolio_economics::number::within;

use super::grid::{self, Grid, INSIDE, ROW};
use crate::format;
use crate::state::{Action, Refusal, ScenarioAction, Shown};
use crate::store::Letter;
use crate::theme::{self, RESET_COLUMN, Text, VALUE_FIELD_WIDTH};
use crate::view::Context;
use crate::view::inputs::field::{choice_field, text_field};
use crate::widget::{self, Entry, NumberField};

/// Height of the line that says what the rows are.
pub(super) const TITLE: f32 = 28.0;
/// Height of a row with a field.
const CELL: f32 = ROW + 4.0;
/// Space inside a field for words, at each side.
const FIELD_MARGIN: f32 = 8.0;

/// The inputs in which any of the scenarios differs from another.
fn differing(drawn: &[&Shown]) -> Vec<&'static Input> {
    let Some((first, rest)) = drawn.split_first() else { return Vec::new() };
    let differs =
        |input: &&Input| rest.iter().any(|one| input.differs(&one.listed.scenario, &first.listed.scenario));
    catalogue::inputs().iter().filter(differs).collect()
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, grid: &Grid<'_>) {
    let inputs = differing(grid.drawn);
    let row = grid::row(ui, TITLE);
    let muted = cx.theme.palette.text_muted;
    let title = match inputs.len() {
        0 => "No input differs".to_owned(),
        count => format!("Inputs that differ, {count} of {}", catalogue::inputs().len()),
    };
    let words = if inputs.is_empty() { "" } else { "; type in a cell" };
    widget::put(ui, row, Align::Min, &format!("{title}{words}"), Text::Caption, muted);
    for input in inputs {
        ui.push_id(input.id, |ui| row_ui(ui, cx, grid, input));
    }
    ui.add_space(4.0);
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, grid: &Grid<'_>, input: &'static Input) {
    let row = grid::row(ui, CELL);
    name_ui(ui, cx, grid, input, grid.label(row));
    let baseline = grid.baseline().and_then(|index| grid.drawn.get(index)).copied();
    for (column, shown) in grid.columns() {
        let place = grid.cell(row, column);
        ui.push_id(shown.listed.label.letter, |ui| cell_ui(ui, cx, input, (shown, baseline), place));
    }
}

/// The name of an input, and the marks of the businesses that it moves.
fn name_ui(ui: &mut Ui, cx: &Context<'_>, grid: &Grid<'_>, input: &Input, place: Rect) {
    let moved: Vec<Business> = grid
        .drawn
        .first()
        .map(|one| input.moved_businesses(&one.listed.scenario).collect())
        .unwrap_or_default();
    // An input that moves every business needs no mark.
    let marks = if moved.len() < Business::COUNT { moved.as_slice() } else { &[] };
    let room = place.with_max_x(place.right() - 13.0 * marks.len() as f32);
    let drawn = widget::put(ui, room, Align::Min, input.label, Text::Body, cx.theme.palette.text);
    for (index, business) in marks.iter().enumerate() {
        let centre = egui::pos2(drawn.right() + 9.0 + 13.0 * index as f32, place.center().y);
        let mut font = Text::Caption.font();
        font.size = 9.0;
        let (glyph, colour) = (theme::glyph(*business), cx.theme.mark(*business));
        ui.painter().text(centre, Align2::CENTER_CENTER, glyph, font, colour);
    }
}

fn cell_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    input: &'static Input,
    (shown, baseline): (&Shown, Option<&Shown>),
    place: Rect,
) {
    let palette = &cx.theme.palette;
    let letter = shown.listed.label.letter;
    let is_changed = baseline.is_some_and(|one| input.differs(&shown.listed.scenario, &one.listed.scenario));
    if is_changed {
        let bar = Rect::from_min_size(place.min + vec2(-INSIDE + 3.0, 2.0), vec2(3.0, place.height() - 4.0));
        ui.painter().rect_filled(bar, 0, palette.text_strong);
    }
    let field = place.with_max_x((place.left() + VALUE_FIELD_WIDTH).min(place.right()));
    match &input.kind {
        Kind::Number(number) => match (number.get)(&shown.listed.scenario) {
            Some(value) => number_ui(ui, cx, input, (number, value, is_changed, shown), field),
            None => words_ui(ui, cx, (input, shown), is_changed, field),
        },
        Kind::Choice(_) | Kind::Flag(_) | Kind::Text(_) | Kind::Month(_) => {
            other_ui(ui, cx, (input, shown), is_changed, field);
        }
        Kind::Points(_) => words_ui(ui, cx, (input, shown), is_changed, field),
    }
    if is_changed {
        let reset = Rect::from_min_size(field.right_top(), vec2(RESET_COLUMN, place.height()));
        reset_ui(ui, cx, input, letter, reset);
    }
}

/// A value that is edited at the left: a list of points, and what does not apply.
fn words_ui(ui: &Ui, cx: &Context<'_>, (input, shown): (&Input, &Shown), is_changed: bool, place: Rect) {
    let palette = &cx.theme.palette;
    let style = if is_changed { Text::BodyMedium } else { Text::Body };
    let colour = if is_changed { palette.text } else { palette.text_secondary };
    let text = text_of(input, shown);
    widget::put(ui, place.shrink2(vec2(4.0, 0.0)), Align::Max, &text, style, colour);
}

/// Points by their number, and a value that does not apply.
fn text_of(input: &Input, shown: &Shown) -> String {
    let scenario = &shown.listed.scenario;
    match &input.kind {
        Kind::Points(points) => match (points.trajectory.get)(scenario).points.len() {
            0 => "none".to_owned(),
            1 => "1 later level".to_owned(),
            count => format!("{count} later levels"),
        },
        _ => "–".to_owned(),
    }
}

/// A choice, a switch, a text or a month, as the inputs at the left have them.
fn other_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    (input, shown): (&'static Input, &Shown),
    is_changed: bool,
    place: Rect,
) {
    let letter = shown.listed.label.letter;
    let scenario = &shown.listed.scenario;
    let label = label_ui(ui, input, letter, place);
    let builder = UiBuilder::new().max_rect(place).layout(Layout::right_to_left(Align::Center));
    let child = &mut ui.new_child(builder);
    let width = place.width() - 2.0 * FIELD_MARGIN;
    let text = match &input.kind {
        Kind::Choice(choice) => match choice.current(scenario) {
            Some(current) => choice_field(child, (choice, current), &label, place.width()).1,
            None => return words_ui(ui, cx, (input, shown), is_changed, place),
        },
        Kind::Flag(access) => {
            let mut is_on = (access.get)(scenario);
            let response = child.checkbox(&mut is_on, "").labelled_by(label.id);
            response.changed().then(|| is_on.to_string())
        }
        _ => text_field(child, &label, &input.text(scenario).unwrap_or_default(), width).1,
    };
    if let Some(text) = text {
        cx.actions.push(Action::Scenario(letter, ScenarioAction::SetText(input, text)));
    }
}

/// The name of a cell for those who cannot see its row and column.
fn label_ui(ui: &Ui, input: &Input, letter: Letter, place: Rect) -> Response {
    let label = ui.interact(place, ui.scope_id().with("label"), Sense::hover());
    let name = format!("{} in {letter}", input.label);
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    label
}

fn number_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    input: &'static Input,
    (number, value, is_changed, shown): (&Number, f64, bool, &Shown),
    place: Rect,
) {
    let letter = shown.listed.label.letter;
    let label = label_ui(ui, input, letter, place);
    let builder = UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center));
    let ui = &mut ui.new_child(builder);
    if is_changed {
        ui.style_mut().drag_value_text_style = TextStyle::Name("medium".into());
    } else {
        ui.visuals_mut().override_text_color = Some(cx.theme.palette.text_secondary);
    }
    let unit = input.unit;
    let suffix = format::field_unit(unit);
    let suffix = if suffix.is_empty() { String::new() } else { format!(" {suffix}") };
    let digits = |value| format::field(value, unit);
    let field = NumberField {
        speed: speed(number, format::to_shown(value, unit), unit),
        suffix: RichText::new(suffix).font(Text::Caption.font()).color(cx.theme.palette.text_muted),
        is_right_aligned: true,
        size: vec2(place.width(), theme::VALUE_FIELD_HEIGHT),
        ..NumberField::new(value, unit, &digits)
    };
    let (response, entry) = field.ui(ui);
    response.labelled_by(label.id);
    let set = |value| cx.actions.push(Action::Scenario(letter, ScenarioAction::SetNumber(input, value)));
    match entry {
        None => {}
        Some(Entry::Typed(value)) => set(value),
        // Dragging stops at the limits, as a slider does; typing does not.
        Some(Entry::Dragged(value)) => {
            let value = within(value, number.min, number.max);
            set(if number.whole { value.round() } else { value });
        }
        Some(Entry::Unreadable { text, why }) => {
            cx.actions.push(Action::Refuse(Refusal::Unreadable { input, text, why }));
        }
    }
}

/// Change of a number per point of dragging in its field.
fn speed(number: &Number, shown: f64, unit: wattfolio_economics::units::Unit) -> f64 {
    let step = format::to_shown(number.step, unit);
    if step > 0.0 { step / 4.0 } else { (shown.abs() / 200.0).max(0.01) }
}

fn reset_ui(ui: &Ui, cx: &Context<'_>, input: &'static Input, letter: Letter, place: Rect) {
    let response = ui.interact(place, ui.scope_id().with("reset"), Sense::click());
    let name = format!("Reset {} in {letter}", input.label);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let palette = &cx.theme.palette;
    let is_lit = response.hovered() || response.has_focus();
    let colour = if is_lit { palette.text_strong } else { palette.text_secondary };
    ui.painter().text(place.center(), Align2::CENTER_CENTER, "↺", Text::Title.font(), colour);
    widget::focus_ring(ui, cx.theme, &response, place);
    if response.on_hover_text("Back to the value of the baseline").clicked() {
        cx.actions.push(Action::Scenario(letter, ScenarioAction::Reset(input)));
    }
}
