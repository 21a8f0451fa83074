//! A sentence of a target and an input, which is solved while either changes.

use egui::{ComboBox, Ui};
use wattfolio_economics::answers::{Quantity, Solved};

use super::{set, titles_ui};
use crate::format;
use crate::state::{Action, Answered, Notice, Of};
use crate::theme::Text;
use crate::view::Context;
use crate::widget::{self, Entry, NumberField};
use crate::words::sensitivity as words;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, answered: &Answered) {
    let Some(solved) = &answered.solved else { return };
    titles_ui(
        ui,
        cx,
        "Pull the answer, see the input",
        "Drag or type the target; the input that reaches it is solved",
    );
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        widget::unbroken_ui(ui, |ui| {
            widget::body(ui, cx.theme, format!("{} of", words::quantity(&solved.asked)));
            target_ui(ui, cx, solved);
            widget::body(ui, cx.theme, "needs");
            input_ui(ui, cx, answered, solved);
            answer_ui(ui, cx, solved);
        });
        if solved.roots.is_empty() {
            let words = format!("No solution: {}", words::stays(solved));
            widget::label(ui, words, Text::Body, cx.theme.palette.text_muted);
        }
    });
}

fn target_ui(ui: &mut Ui, cx: &Context<'_>, solved: &Solved) {
    let unit = solved.asked.quantity.unit();
    let digits = |value| format::field(value, unit);
    let size = solved.result_now.as_ref().map_or(1.0, |now| now.abs());
    let speed = (format::to_shown(size, unit).abs() / 200.0).max(1e-3);
    let suffix =
        widget::colored(format!(" {}", format::field_unit(unit)), Text::Caption, cx.theme.palette.text_muted);
    let field = NumberField { speed, suffix, ..NumberField::new(solved.target, unit, &digits) };
    let (response, entry) = field.ui(ui);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "Target"));
    match entry {
        Some(Entry::Dragged(value) | Entry::Typed(value)) => set(cx, |view| view.target = Some(value)),
        Some(Entry::Unreadable { text, why }) => {
            cx.actions.push(Action::Notify(Notice::alert(format!("Target “{text}” is refused; {why}."))));
        }
        None => {}
    }
}

fn input_ui(ui: &mut Ui, cx: &Context<'_>, answered: &Answered, solved: &Solved) {
    let combo = ComboBox::from_id_salt("solved input")
        .selected_text(widget::colored(solved.input.label, Text::Body, cx.theme.palette.text))
        .width(150.0)
        .truncate()
        .show_ui(ui, |ui| {
            for slope in answered.slopes.iter() {
                let is_on = slope.input == solved.input;
                if ui.selectable_label(is_on, slope.input.label).clicked() && !is_on {
                    set(cx, |view| view.input = Some(slope.input));
                }
            }
        });
    combo
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Input that follows"));
}

fn answer_ui(ui: &mut Ui, cx: &Context<'_>, solved: &Solved) {
    let palette = &cx.theme.palette;
    let Some(root) = solved.nearest() else { return };
    let shown = words::input_value(root.value, solved.input);
    let others = solved.roots.len() - 1;
    let label = widget::label(ui, format!("of {shown}"), Text::BodyMedium, palette.text);
    let full = format::full(root.value, solved.input.unit);
    label.on_hover_text(if others > 0 { format!("{full}\n{}", words::solution(solved)) } else { full });
    if widget::button(ui, cx.theme, "Use").clicked() {
        // Another business may be the best with it: the question stays the one that was asked.
        let Quantity { of, minus, measure } = solved.asked.quantity;
        set(cx, |view| {
            view.of = Some(if minus.is_some() { Of::Difference } else { Of::Business(of) });
            (view.measure, view.input) = (Some(measure), Some(solved.input));
        });
        cx.actions.push(Action::SetNumber { input: solved.input, value: root.value });
    }
}
