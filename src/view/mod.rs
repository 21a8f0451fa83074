//! The pages of the window. Views draw from the state and push actions; they never change anything.

mod cash_flow;
mod compare;
mod dialog;
mod explain;
mod figures;
mod gallery;
mod inputs;
mod method;
mod notice;
mod palette;
pub(crate) mod payback;
mod picks;
mod risk;
pub mod risk_words;
mod scenarios;
mod status_bar;
mod summary;
mod top_bar;
pub mod words;

use egui::{Align, CentralPanel, Frame, Layout, Margin, Panel, ScrollArea, Stroke, Ui, UiBuilder};
use wattfolio_economics::kernel::Basis;

use crate::app::{Command, Context, Dialog, Page};
use crate::theme::{self, GUTTER, GUTTER_NARROW, HAIRLINE};
use crate::widget;

/// Everything around the page: top bar, status bar and inputs.
pub fn frame_ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    let flat = |margin: Margin| Frame::new().fill(palette.panel).inner_margin(margin);
    Panel::top("top bar")
        .exact_size(theme::TOP_BAR)
        .frame(flat(Margin::symmetric(12, 0)))
        .show(ui, |ui| top_bar::ui(ui, cx));
    Panel::bottom("status bar")
        .exact_size(theme::STATUS_BAR)
        .frame(flat(Margin::symmetric(16, 0)))
        .show(ui, |ui| status_bar::ui(ui, cx));
    let width = if cx.is_narrow { theme::INPUTS_NARROW } else { theme::INPUTS };
    Panel::left("inputs")
        .exact_size(width)
        .resizable(false)
        .frame(flat(Margin::ZERO))
        .show(ui, |ui| inputs::ui(ui, cx));
}

/// The page that is chosen.
pub fn page_ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    CentralPanel::default().frame(Frame::new().fill(palette.app)).show(ui, |ui| {
        tabs_ui(ui, cx);
        notice::ui(ui, cx);
        let margin = if cx.is_narrow { GUTTER_NARROW } else { GUTTER };
        ScrollArea::vertical().id_salt(cx.state.view.page.id()).auto_shrink(false).show(ui, |ui| {
            Frame::new().inner_margin(Margin::symmetric(margin as i8, 14)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                match cx.state.view.page {
                    Page::Compare => compare::ui(ui, cx),
                    Page::CashFlow => cash_flow::ui(ui, cx),
                    Page::Risk => risk::ui(ui, cx),
                    Page::Method => method::ui(ui, cx),
                }
            });
        });
    });
}

/// Dialogs above the page.
pub fn dialogs_ui(ui: &mut Ui, cx: &Context<'_>) {
    match &cx.state.view.dialog {
        None => {}
        Some(Dialog::Gallery { tag }) => gallery::ui(ui, cx, tag.as_deref()),
        Some(Dialog::Palette { query, chosen }) => palette::ui(ui, cx, query, *chosen),
        Some(Dialog::Explain { subject, trail }) => explain::ui(ui, cx, *subject, trail),
        Some(dialog) => dialog::ui(ui, cx, dialog),
    }
}

fn tabs_ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    Frame::new().fill(palette.panel).show(ui, |ui| {
        let height = theme::TABS;
        let (rect, _) =
            ui.allocate_exact_size(egui::vec2(ui.available_width(), height), egui::Sense::hover());
        let margin = if cx.is_narrow { GUTTER_NARROW } else { GUTTER };
        let mut left = rect.left() + margin;
        for page in Page::ALL {
            let is_selected = page == cx.state.view.page;
            let style = if is_selected { theme::Text::BodyMedium } else { theme::Text::Body };
            let colour = if is_selected { palette.text } else { palette.text_secondary };
            let galley = ui.painter().layout_no_wrap(page.label().to_owned(), style.font(), colour);
            let tab =
                egui::Rect::from_min_size(egui::pos2(left, rect.top()), egui::vec2(galley.size().x, height));
            let command = Command::for_page(page);
            let response = ui.interact(tab, ui.scope_id().with(page.id()), egui::Sense::click());
            response
                .widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, is_selected, page.label()));
            let baseline = egui::pos2(tab.left(), tab.center().y - galley.size().y / 2.0);
            ui.painter().galley(baseline, galley, colour);
            if is_selected || response.has_focus() {
                let bar = egui::Rect::from_min_max(egui::pos2(tab.left(), tab.bottom() - 3.0), tab.max);
                ui.painter().rect_filled(bar, 0, palette.text);
            }
            if response.on_hover_text(command.hover(ui.ctx())).clicked() {
                cx.actions.run(command);
            }
            left += tab.width() + 24.0;
        }
        let edge = Stroke::new(HAIRLINE, palette.line);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, edge);
        let right = rect.with_min_x(left).shrink2(egui::vec2(margin, 0.0));
        let layout = Layout::right_to_left(Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(right).layout(layout), |ui| basis_ui(ui, cx));
    });
    ui.add_space(-ui.spacing().item_spacing.y);
}

/// Whose money every page counts.
fn basis_ui(ui: &mut Ui, cx: &Context<'_>) {
    let bases = [
        (Basis::ProjectBeforeTax, "Before tax"),
        (Basis::ProjectAfterTax, "After tax"),
        (Basis::EquityAfterTax, "Equity"),
    ];
    let selected = bases.iter().position(|(basis, _)| *basis == cx.state.document.basis()).unwrap_or(0);
    let names = bases.map(|(_, name)| name);
    if let Some(index) = widget::segmented(ui, cx.theme, &names, selected) {
        cx.actions.run(Command::for_basis(bases[index].0));
    }
}

/// The sentence of a page, and a line about its conditions.
fn verdict_ui(ui: &mut Ui, cx: &Context<'_>, verdict: &str, conditions: &str) {
    let palette = &cx.theme.palette;
    let style = if cx.is_narrow { theme::Text::VerdictNarrow } else { theme::Text::Verdict };
    let sentence = widget::label(ui, verdict, style, palette.text);
    sentence.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, verdict));
    widget::body(ui, cx.theme, conditions);
    ui.add_space(6.0);
}
