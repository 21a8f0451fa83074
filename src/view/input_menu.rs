//! A menu of inputs: a few first, then every chapter.

use egui::Ui;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Group, Input};

use crate::widget;

/// Tallest list of inputs.
const LIST_HEIGHT: f32 = 380.0;

/// The inputs of a menu.
pub(super) struct InputMenu<'a> {
    /// Those that stand first.
    pub first: &'a [&'static Input],
    /// The one that is chosen.
    pub now: Option<&'static Input>,
    /// Whether an input can be chosen.
    pub can: &'a dyn Fn(&'static Input) -> bool,
}

impl InputMenu<'_> {
    /// Draws the items; returns the input that was clicked.
    pub(super) fn ui(&self, ui: &mut Ui) -> Option<&'static Input> {
        let mut clicked = None;
        let mut item = |ui: &mut Ui, input: &'static Input| {
            let is_on = self.now == Some(input);
            if ui.add(egui::Button::selectable(is_on, input.label)).on_hover_text(input.meaning).clicked() {
                clicked = Some(input);
                ui.close();
            }
        };
        for input in self.first.iter().copied().filter(|input| (self.can)(input)) {
            item(ui, input);
        }
        ui.separator();
        for group in Group::all() {
            let of_group = catalogue::inputs().iter().filter(|input| input.group == group && input.shown);
            let inputs: Vec<&'static Input> = of_group.filter(|input| (self.can)(input)).collect();
            if inputs.is_empty() {
                continue;
            }
            ui.menu_button(group.label(), |ui| {
                widget::scroll_up_to(LIST_HEIGHT).show(ui, |ui| {
                    for input in inputs {
                        item(ui, input);
                    }
                });
            });
        }
        clicked
    }
}

/// The key drivers in the order of the catalogue.
pub(super) fn key_drivers() -> Vec<&'static Input> {
    catalogue::inputs().iter().filter(|input| input.key_driver && input.shown).collect()
}
