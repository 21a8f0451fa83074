//! A number field, edited by dragging or typing.

use std::cell::RefCell;

use egui::{Response, RichText, Ui, Vec2, vec2};
use wattfolio_economics::units::Unit;

use crate::format;
use crate::theme::{VALUE_FIELD_HEIGHT, VALUE_FIELD_WIDTH};

/// A number that can be edited.
pub struct NumberField<'a> {
    /// The value in its stored unit.
    pub value: f64,
    /// The unit in which it is stored.
    pub unit: Unit,
    /// Change per point of dragging, in the shown unit.
    pub speed: f64,
    /// Minimum size, points.
    pub size: Vec2,
    /// Unit after the digits.
    pub suffix: RichText,
    /// True if digits are aligned to the right, for columns.
    pub is_right_aligned: bool,
    /// Formatter of the digits of a stored value.
    pub digits: &'a dyn Fn(f64) -> String,
}

/// An edit of a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Dragged to a value, in its stored unit.
    Dragged(f64),
    /// Typed a value, in its stored unit.
    Typed(f64),
    /// Typed an unreadable text.
    Unreadable {
        /// The typed text.
        text: String,
        /// The reason it cannot be read, and an accepted form.
        why: String,
    },
}

impl<'a> NumberField<'a> {
    /// A field of the usual size with the usual digits.
    pub fn new(value: f64, unit: Unit, digits: &'a dyn Fn(f64) -> String) -> Self {
        Self {
            value,
            unit,
            speed: 0.01,
            size: vec2(VALUE_FIELD_WIDTH, VALUE_FIELD_HEIGHT),
            suffix: RichText::default(),
            is_right_aligned: false,
            digits,
        }
    }

    /// Draws the field and returns the edit of this frame.
    pub fn ui(self, ui: &mut Ui) -> (Response, Option<Entry>) {
        let Self { value, unit, speed, size, suffix, is_right_aligned, digits } = self;
        let mut shown = format::to_shown(value, unit);
        let before = shown;
        let unreadable = RefCell::new(None);
        // The field accepts any number, so that a value out of range is refused with a message, not clamped
        // silently.
        let mut field = egui::DragValue::new(&mut shown)
            .speed(speed)
            .min_size(size)
            .update_while_editing(false)
            .clip_text(true)
            .suffix(suffix)
            .custom_formatter(|shown, _| digits(format::from_shown(shown, unit)))
            .custom_parser(|text| match format::read_shown(text, unit) {
                Ok(value) => Some(format::to_shown(value, unit)),
                Err(why) => {
                    *unreadable.borrow_mut() = Some((text.to_owned(), why.to_string()));
                    None
                }
            });
        if is_right_aligned {
            // Aligns number and unit to the right.
            field = field.prefix(egui::Atom::grow());
        }
        let response = ui.add(field);
        // Called in every frame, because it records the frame in which escape was pressed.
        if was_escaped(ui, &response) {
            return (response, None);
        }
        let entry = if let Some((text, why)) = unreadable.into_inner() {
            Some(Entry::Unreadable { text, why })
        } else if shown != before {
            let value = format::from_shown(shown, unit);
            Some(if response.dragged() { Entry::Dragged(value) } else { Entry::Typed(value) })
        } else {
            None
        };
        (response, entry)
    }
}

/// True if escape has just left a field. egui drops the typed text in that frame, but applies it in the next,
/// because it reports a field as left for two frames.
fn was_escaped(ui: &Ui, field: &Response) -> bool {
    let id = field.id.with("escaped");
    let pass = ui.ctx().cumulative_pass_nr();
    if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        ui.data_mut(|data| data.insert_temp(id, pass));
    }
    ui.data(|data| data.get_temp::<u64>(id)).is_some_and(|escaped| pass <= escaped + 1)
}
