//! Explain a number: its formula, the values that went into it, and where each comes from.

use egui::{Align, Align2, Key, Layout, Modal, Modifiers, Sense, StrokeKind, Ui, vec2};
use wattfolio_economics::catalogue;
use wattfolio_economics::explain::{Explanation, Operand, Source, small};
use wattfolio_economics::units::Unit;

use super::fitting_width;
use crate::export::{source_words, subject_words};
use crate::state::{Action, Dialog};
use crate::theme::{HAIRLINE, RADIUS_CARD, RADIUS_FIELD, Text};
use crate::view::Context;
use crate::{format, widget};
use wattfolio_economics::explain::{Figure, Subject};

const WIDTH: f32 = 640.0;
/// Space inside the frame, and between the dialog and the top of the window.
const INNER: f32 = 20.0;
const TOP: f32 = 72.0;
/// Room for all buttons of the heading, and the least for its title beside them.
const BUTTONS: f32 = 330.0;
const LEAST_TITLE: f32 = 160.0;
/// Parts of the width for names and values; sources have the rest.
const NAME: f32 = 232.0 / WIDTH;
const VALUE: f32 = 118.0 / WIDTH;

/// A place that explains its figure when it is clicked, or with enter and space when it has the keyboard.
pub(in crate::view) fn target(
    ui: &Ui,
    cx: &Context<'_>,
    rect: egui::Rect,
    figure: &str,
    hover: &str,
    subject: Subject,
) {
    let id = ui.scope_id().with(("explain", figure, subject.business.id()));
    let response = ui.interact(rect, id, Sense::click());
    let name = format!("Explain {figure} of {}", subject.business.word());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if response.has_focus() || response.hovered() {
        let palette = &cx.theme.palette;
        let (width, colour) =
            if response.has_focus() { (2.0, palette.text) } else { (HAIRLINE, palette.zero_line) };
        let outline = egui::Stroke::new(width, colour);
        ui.painter().rect_stroke(rect.expand2(vec2(4.0, 2.0)), RADIUS_FIELD, outline, StrokeKind::Inside);
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.on_hover_text(format!("{hover}\nClick for the formula")).clicked() {
        open(cx, subject);
    }
}

/// Asks for the explanation of a figure.
pub(in crate::view) fn open(cx: &Context<'_>, subject: Subject) {
    cx.actions.push(Action::ShowDialog(Some(Dialog::Explain { subject, trail: Vec::new() })));
}

/// The dialog.
pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, subject: Subject, trail: &[Subject]) {
    let palette = &cx.theme.palette;
    let width = fitting_width(ui, WIDTH, INNER);
    let modal = Modal::new(egui::Id::unique("explain"))
        .area(Modal::default_area(egui::Id::unique("explain")).anchor(Align2::CENTER_TOP, vec2(0.0, TOP)))
        .frame(
            egui::Frame::new()
                .fill(palette.card)
                .stroke(egui::Stroke::new(HAIRLINE, palette.line))
                .corner_radius(RADIUS_CARD)
                .inner_margin(INNER),
        )
        .backdrop_color(palette.app.gamma_multiply(0.6))
        .show(ui.ctx(), |ui| {
            widget::set_width(ui, width);
            ui.spacing_mut().item_spacing.y = 4.0;
            content_ui(ui, cx, subject, trail);
        });
    if modal.should_close() {
        cx.actions.push(Action::ShowDialog(None));
    }
}

fn content_ui(ui: &mut Ui, cx: &Context<'_>, subject: Subject, trail: &[Subject]) {
    let results = &cx.state.results;
    // A plan that became shorter has no such month any more; the last one is shown instead.
    let horizon = results.scenario.horizon_months as usize;
    let subject = subject.within(horizon);
    let explanation = subject.explanation(&results.scenario, &results.comparison);
    let Some(explanation) = explanation else {
        widget::label(ui, "Not evaluated", Text::Verdict, cx.theme.palette.text);
        widget::body(ui, cx.theme, "This business is absent from the comparison.");
        return;
    };
    heading_ui(ui, cx, subject, trail, &explanation, horizon);
    let go = |next: Subject| {
        let trail = trail.iter().copied().chain([subject]).collect();
        cx.actions.push(Action::ShowDialog(Some(Dialog::Explain { subject: next, trail })));
    };
    let height = (ui.ctx().content_rect().height() - 300.0).max(160.0);
    widget::scroll_up_to(height).id_salt("explanation").show(ui, |ui| {
        widget::set_width(ui, ui.available_width());
        body_ui(ui, cx, subject, &explanation, &go);
    });
}

fn heading_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    subject: Subject,
    trail: &[Subject],
    explanation: &Explanation,
    horizon: usize,
) {
    let palette = &cx.theme.palette;
    let buttons = |ui: &mut Ui| {
        if widget::button(ui, cx.theme, "Close").clicked() {
            cx.actions.push(Action::ShowDialog(None));
        }
        stepper_ui(ui, cx, subject, trail, horizon);
        back_ui(ui, cx, trail);
    };
    // The buttons keep their place; a long title takes more lines beside them, or its own above them.
    let is_beside = ui.available_width() - BUTTONS >= LEAST_TITLE;
    if !is_beside {
        widget::label(ui, &explanation.title, Text::Verdict, palette.text);
    }
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        buttons(ui);
        if is_beside {
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                widget::label(ui, &explanation.title, Text::Verdict, palette.text);
            });
        }
    });
    let words = subject_words(&cx.state.results.scenario, cx.state.results.comparison.basis, subject);
    widget::caption(ui, cx.theme, words);
    ui.add_space(6.0);
    let (text, colour) = match explanation.result {
        Ok(value) => (format::full(value, explanation.unit), palette.text_strong),
        Err(reason) => (reason.to_string(), palette.text_muted),
    };
    let result = widget::label(ui, &text, Text::CardValue, colour);
    let name = format!("Result {text}");
    result.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    ui.add_space(4.0);
}

fn back_ui(ui: &mut Ui, cx: &Context<'_>, trail: &[Subject]) {
    let Some((last, before)) = trail.split_last() else { return };
    if widget::button(ui, cx.theme, "Back").clicked() {
        let dialog = Dialog::Explain { subject: *last, trail: before.to_vec() };
        cx.actions.push(Action::ShowDialog(Some(dialog)));
    }
}

/// Previous and next month or period of a line, by button and arrow key.
fn stepper_ui(ui: &mut Ui, cx: &Context<'_>, subject: Subject, trail: &[Subject], horizon: usize) {
    let [later, earlier] = match subject.figure {
        Figure::Measure(_) => return,
        Figure::Line { .. } => ["Next month", "Previous month"],
        Figure::Period { .. } => ["Next", "Previous"],
    };
    for (step, name, key) in [(1, later, Key::ArrowRight), (-1, earlier, Key::ArrowLeft)] {
        let next = subject.moved(step, horizon);
        let button = ui.add_enabled_ui(next.is_some(), |ui| widget::button(ui, cx.theme, name)).inner;
        let pressed = ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if let Some(subject) = next.filter(|_| button.clicked() || pressed) {
            let dialog = Dialog::Explain { subject, trail: trail.to_vec() };
            cx.actions.push(Action::ShowDialog(Some(dialog)));
        }
    }
}

/// Formula, operands, steps and what else must be known.
fn body_ui(ui: &mut Ui, cx: &Context<'_>, subject: Subject, explanation: &Explanation, go: &dyn Fn(Subject)) {
    if let Some(note) = &explanation.note {
        widget::body(ui, cx.theme, note);
    }
    if let Some(expr) = &explanation.expr
        && !explanation.operands().is_empty()
    {
        formula_ui(ui, cx, expr);
        operands_ui(ui, cx, subject, &explanation.operands(), go);
    }
    for step in explanation.steps() {
        ui.add_space(6.0);
        widget::hairline(ui, cx.theme);
        ui.horizontal(|ui| {
            let value = shown(step.value, step.unit);
            widget::label(ui, format!("{}  {value}", step.name), Text::Title, cx.theme.palette.text)
                .on_hover_text(format::full(step.value, step.unit));
        });
        formula_ui(ui, cx, &step.expr);
        operands_ui(ui, cx, subject, &step.expr.operands(), go);
    }
    if !explanation.context.is_empty() {
        ui.add_space(6.0);
        widget::hairline(ui, cx.theme);
        widget::caption(ui, cx.theme, "Also");
        operands_ui(ui, cx, subject, &explanation.context, go);
    }
}

/// The formula by name, and once more with the values.
fn formula_ui(ui: &mut Ui, cx: &Context<'_>, expr: &wattfolio_economics::explain::Expr) {
    let names = expr.write(&|operand| small(&operand.name));
    let values = expr.write(&|operand| {
        operand.value.map_or_else(|why| why.to_string(), |value| shown(value, operand.unit))
    });
    let formula = widget::label(ui, format!("= {names}"), Text::BodyMedium, cx.theme.palette.text);
    formula.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &names));
    if values != names {
        widget::caption(ui, cx.theme, format!("= {values}"));
    }
    ui.add_space(2.0);
}

fn operands_ui(ui: &mut Ui, cx: &Context<'_>, subject: Subject, operands: &[Operand], go: &dyn Fn(Subject)) {
    ui.spacing_mut().item_spacing.y = 1.0;
    for operand in operands {
        operand_ui(ui, cx, subject, operand, go);
    }
    ui.spacing_mut().item_spacing.y = 4.0;
}

fn operand_ui(ui: &mut Ui, cx: &Context<'_>, subject: Subject, operand: &Operand, go: &dyn Fn(Subject)) {
    let palette = &cx.theme.palette;
    ui.horizontal(|ui| {
        let cell = |ui: &mut Ui, width: f32, align: Align, text: egui::RichText| {
            let layout = Layout::top_down(align);
            ui.allocate_ui_with_layout(vec2(width, 18.0), layout, |ui| {
                widget::set_width(ui, width);
                widget::tracked(ui, text)
            })
            .inner
        };
        let whole = ui.available_width();
        cell(
            ui,
            NAME * whole,
            Align::Min,
            widget::colored(&operand.name, Text::Body, palette.text_secondary),
        );
        let (value, full, colour) = match operand.value {
            Ok(value) => (shown(value, operand.unit), format::full(value, operand.unit), palette.text),
            Err(reason) => (reason.short().to_owned(), reason.to_string(), palette.text_muted),
        };
        cell(ui, VALUE * whole, Align::Max, widget::colored(value, Text::BodyMedium, colour))
            .on_hover_text(full);
        ui.add_space(8.0);
        source_ui(ui, cx, subject, &operand.source, go);
    });
}

/// A value with three figures; months stay months, so that a sum of them can be checked.
fn shown(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Months => format!("{} mo", format::plain((value * 100.0).round() / 100.0)),
        _ => format::short(value, unit),
    }
}

/// Source of a value; those of inputs and lines are links.
fn source_ui(ui: &mut Ui, cx: &Context<'_>, subject: Subject, source: &Source, go: &dyn Fn(Subject)) {
    let palette = &cx.theme.palette;
    let words = source_words(source);
    let link = |ui: &mut Ui, hint: &str| widget::link(ui, cx.theme, &words, Text::Caption, hint).clicked();
    match source {
        Source::Input(id) => {
            if link(ui, "Find this input")
                && let Some(input) = catalogue::find(id)
            {
                cx.actions.push(Action::Find(input));
            }
        }
        Source::Line(line, month) | Source::Lines(line, _, month) => {
            if link(ui, "Explain this line") {
                go(Subject::line(subject.business, *line, *month));
            }
        }
        Source::Network(..) | Source::Step | Source::Plan(_) => {
            drop(widget::tracked(ui, widget::colored(&words, Text::Caption, palette.text_muted)));
        }
    }
}
