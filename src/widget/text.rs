//! Text in the five styles.

use egui::{Color32, Response, RichText, Ui};

use crate::theme::{Text, Theme};

/// Text of a style and colour.
pub fn colored(text: impl Into<String>, style: Text, colour: Color32) -> RichText {
    RichText::new(text).font(style.font()).color(colour)
}

/// Shows text of a style and colour.
pub fn label(ui: &mut Ui, text: impl Into<String>, style: Text, colour: Color32) -> Response {
    ui.label(colored(text, style, colour))
}

/// Shows small, muted text.
pub fn caption(ui: &mut Ui, theme: &Theme, text: impl Into<String>) -> Response {
    label(ui, text, Text::Caption, theme.palette.text_muted)
}

/// Shows body text.
pub fn body(ui: &mut Ui, theme: &Theme, text: impl Into<String>) -> Response {
    label(ui, text, Text::Body, theme.palette.text_secondary)
}

/// Shows text that never wraps and is cut with an ellipsis where space ends.
pub fn tracked(ui: &mut Ui, text: RichText) -> Response {
    ui.add(egui::Label::new(text).truncate())
}
