//! Fields for values that are no numbers: choices and texts.

use egui::{Response, Ui, vec2};
use wattfolio_economics::input::Choice;

use crate::theme::Text;
use crate::widget::whole_if_cut;

/// A field for a text or a month, and the text once another was typed and the field is left.
pub(in crate::view) fn text_field(
    ui: &mut Ui,
    label: &Response,
    current: &str,
    width: f32,
) -> (Response, Option<String>) {
    let id = ui.scope_id().with("text");
    // While it is edited the field shows what is typed; it counts when the field is left.
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| current.to_owned());
    let edit = egui::TextEdit::singleline(&mut text)
        .desired_width(width)
        .align(egui::Align2::RIGHT_CENTER)
        .margin(vec2(8.0, 4.0));
    let response = ui.add(edit).labelled_by(label.id);
    if response.changed() {
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    if !response.lost_focus() {
        return (response, None);
    }
    ui.data_mut(|data| data.remove::<String>(id));
    let is_kept = text != current && !ui.input(|input| input.key_pressed(egui::Key::Escape));
    (response, is_kept.then_some(text))
}

/// A menu of options, of which one is current, and the text of another that was chosen.
pub(in crate::view) fn choice_field(
    ui: &mut Ui,
    (choice, current): (&Choice, usize),
    label: &Response,
    width: f32,
) -> (Response, Option<String>) {
    let mut selected = current;
    let name = choice.options[current].label;
    let combo = egui::ComboBox::from_id_salt("choice").selected_text(name).width(width).truncate().show_ui(
        ui,
        |ui| {
            for (index, option) in choice.options.iter().enumerate() {
                ui.selectable_value(&mut selected, index, option.label);
            }
        },
    );
    let spacing = ui.spacing();
    let beside = 2.0 * spacing.button_padding.x + spacing.icon_width + spacing.icon_spacing;
    let response = combo.response.labelled_by(label.id);
    let response = whole_if_cut(ui, response, name, Text::Body, width - beside);
    (response, (selected != current).then(|| choice.options[selected].start.to_owned()))
}
