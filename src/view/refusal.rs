//! The word at a field whose typed value was refused.

use egui::Ui;
use wattfolio_economics::input::Input;

use crate::state::Refusal;
use crate::theme::{Text, Theme};
use crate::widget;

/// Says what is wrong with the value that was typed for an input, if it was refused. Every place with a field for the
/// input shows it there, because the others may be folded away or on another page.
pub(super) fn refusal_ui(ui: &mut Ui, theme: &Theme, refused: Option<&Refusal>, input: &Input) {
    let Some(refusal) = refused.filter(|refusal| refusal.input() == input) else { return };
    // Clear of the mark below a slider.
    ui.add_space(4.0);
    let text = widget::colored(format!("⚠ {}", refusal.words()), Text::Caption, theme.palette.alert);
    ui.add(egui::Label::new(text).wrap());
}
