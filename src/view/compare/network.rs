//! Line on the network at this bitcoin price; it is always there, so that nothing jumps.

use egui::{Align, Layout, Ui};
use wattfolio_economics::business::Business;

use crate::state::{Command, Page};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::network::{NetworkLine, network_line};

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let results = &cx.state.results;
    let NetworkLine { finding, rest } =
        network_line(&results.scenario, &results.comparison, &results.baseline);
    let palette = &cx.theme.palette;
    let parts = [
        (theme::glyph(Business::OF_NETWORK), Text::Body, cx.theme.mark(Business::OF_NETWORK)),
        (&*format!(" {finding}"), Text::BodyMedium, palette.text),
        (&*rest, Text::Body, palette.text_muted),
    ];
    ui.horizontal_top(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let why = widget::button(ui, cx.theme, "Why");
            if why.on_hover_text("The simulated network and hashprice, on the risk page").clicked() {
                cx.actions.run(Command::Page(Page::Risk));
            }
            ui.add_space(theme::UNIT);
            ui.with_layout(Layout::top_down(Align::Min), |ui| widget::phrase(ui, &parts));
        });
    });
}
