//! The menu that adds a site.

use egui::Ui;

use crate::format;
use crate::state::{Action, ShownSite, SiteAction, SitePlace};
use crate::store::bundled;
use crate::theme::Text;
use crate::view::Context;
use crate::view::beside;
use crate::widget;

/// Tallest list of worked examples.
const LIST_HEIGHT: f32 = 380.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, sites: &[ShownSite]) {
    let text = widget::colored("Add a site ▼", Text::BodyMedium, cx.theme.palette.text);
    ui.menu_button(text, |ui| {
        let add = |ui: &Ui, action: SiteAction| {
            cx.actions.push(Action::Site(action));
            ui.close();
        };
        let is_there = |place| sites.iter().any(|shown| shown.place == place);
        let others = cx.state.scenarios.iter().filter(|shown| !shown.listed.is_current);
        for label in others.map(|shown| &shown.listed.label) {
            let is_free = !is_there(SitePlace::Scenario(label.letter));
            let name = format::visible_line(&beside::name(label)).into_owned();
            let button = ui.add_enabled(is_free, egui::Button::new(name));
            if button.on_hover_text("A scenario of this file; its mix is saved with it").clicked() {
                add(ui, SiteAction::AddScenario(label.letter));
            }
        }
        if cx.state.scenarios.len() > 1 {
            ui.separator();
        }
        ui.menu_button("Worked example", |ui| {
            widget::scroll_up_to(LIST_HEIGHT).show(ui, |ui| {
                for bundled in bundled() {
                    if ui.button(&bundled.preset.about.title).clicked() {
                        add(ui, SiteAction::AddBundled(bundled));
                    }
                }
            });
        });
        if ui.button("From a file…").clicked() {
            cx.actions.push(Action::Site(SiteAction::ChooseFile));
            ui.close();
        }
    });
}
