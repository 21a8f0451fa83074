//! The pages of the window. Views draw from the state and push actions; they never change anything.

mod cash_flow;
mod compare;
mod dialog;
pub mod distinct;
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
mod tabs;
mod top_bar;
pub mod words;

use egui::{Align, CentralPanel, Frame, Layout, Margin, Panel, ScrollArea, Ui};

use crate::app::{Context, Dialog, Page};
use crate::theme::{self, GUTTER, GUTTER_NARROW};
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
    if cx.has_folded_inputs && !cx.state.view.inputs.is_unfolded {
        return;
    }
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
        tabs::ui(ui, cx);
        notice::faults_ui(ui, cx);
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

/// A heading with its tools at the right, or below it where there is no room beside it.
fn heading_ui(ui: &mut Ui, cx: &Context<'_>, words: impl FnOnce(&mut Ui), tools: impl FnOnce(&mut Ui)) {
    if cx.is_stacked {
        words(ui);
        ui.horizontal_wrapped(tools);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            tools(ui);
            ui.add_space(theme::UNIT);
            ui.with_layout(Layout::top_down(Align::Min), words);
        });
    });
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
