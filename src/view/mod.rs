//! The pages of the window. Views draw from the state and push actions; they never change anything.

mod beside;
mod cash_flow;
mod compare;
mod context;
mod dialog;
mod factors;
mod history;
mod input_menu;
mod inputs;
mod line;
mod markers;
mod market;
mod method;
mod mix;
mod page_chart;
mod payback;
mod printed;
mod refusal;
mod risk;
mod scenarios;
mod sensitivity;
mod shell;
mod training_cost;
mod winner_map;

pub(crate) use cash_flow::ledger_text;
pub(crate) use cash_flow::{ledger_rows, ledger_unit};
pub use context::Context;
pub use dialog::export::{export_target, offers as export_offers, usual_format};
pub(crate) use page_chart::{page_chart_ui, page_chart_width};
pub use printed::Printed;

use egui::{Align, CentralPanel, Frame, Layout, Margin, Panel, ScrollArea, Ui};

use crate::state::{Page, with_pages};
use crate::theme::{self, GUTTER, GUTTER_NARROW};
use crate::widget;

/// Everything around the page: top bar, status bar and inputs.
pub fn frame_ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    let flat = |margin: Margin| Frame::new().fill(palette.panel).inner_margin(margin);
    Panel::top("top bar")
        .exact_size(theme::TOP_BAR)
        .frame(flat(Margin::symmetric(12, 0)))
        .show(ui, |ui| shell::top_bar::ui(ui, cx));
    Panel::bottom("status bar")
        .exact_size(theme::STATUS_BAR)
        .frame(flat(Margin::symmetric(16, 0)))
        .show(ui, |ui| shell::status_bar::ui(ui, cx));
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
        shell::tabs::ui(ui, cx);
        shell::notice::faults_ui(ui, cx);
        shell::notice::ui(ui, cx);
        let margin = if cx.is_narrow { GUTTER_NARROW } else { GUTTER };
        ScrollArea::vertical().id_salt(cx.state.view.page.id()).auto_shrink(false).show(ui, |ui| {
            Frame::new().inner_margin(Margin::symmetric(margin as i8, 14)).show(ui, |ui| {
                widget::set_width(ui, ui.available_width());
                chosen_page_ui(ui, cx);
            });
        });
    });
}

macro_rules! chosen_page {
    ($($group:literal {
        $($Page:ident $module:ident $id:literal $label:literal $key:ident $tooltip:literal;)*
    })*) => {
        fn chosen_page_ui(ui: &mut Ui, cx: &Context<'_>) {
            match cx.state.view.page {
                $($(Page::$Page => $module::ui(ui, cx),)*)*
            }
        }
    };
}
with_pages!(chosen_page);

/// Dialogs above the page.
pub fn dialogs_ui(ui: &mut Ui, cx: &Context<'_>) {
    if let Some(dialog) = &cx.state.view.dialog {
        dialog::ui(ui, cx, dialog);
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
    spans_ui(ui, cx, &[(verdict, false)], conditions);
}

/// The sentence of a page in spans, of which some are of an earlier scenario and dimmed, and a line about its
/// conditions.
fn spans_ui(ui: &mut Ui, cx: &Context<'_>, spans: &[(&str, bool)], conditions: &str) {
    let palette = &cx.theme.palette;
    let style = if cx.is_narrow { theme::Text::VerdictNarrow } else { theme::Text::Verdict };
    let colour = |is_old| if is_old { palette.text.gamma_multiply(theme::STALE) } else { palette.text };
    let parts: Vec<_> = spans.iter().map(|(text, is_old)| (*text, style, colour(*is_old))).collect();
    let sentence = widget::phrase(ui, &parts);
    let whole: String = spans.iter().map(|(text, _)| *text).collect();
    sentence.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &whole));
    widget::body(ui, cx.theme, conditions);
    ui.add_space(6.0);
}
