//! Keyboard shortcuts.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::state::Command;

/// The commands whose keys were pressed in this frame; longer chords first, so that Ctrl+Shift+S is not
/// Ctrl+S.
pub fn pressed(ctx: &egui::Context) -> Vec<Command> {
    let mut commands: Vec<(Command, KeyboardShortcut)> =
        Command::all().filter_map(|command| command.shortcut().map(|keys| (command, keys))).collect();
    commands.sort_by_key(|(_, keys)| std::cmp::Reverse(keys.modifiers.shift));
    // In a text field undo and redo belong to the text.
    let is_typing = ctx.text_edit_focused();
    commands.retain(|(command, _)| !(is_typing && matches!(command, Command::Undo | Command::Redo)));
    let taken = |keys: &KeyboardShortcut| ctx.input_mut(|input| input.consume_shortcut(keys));
    let mut found: Vec<Command> =
        commands.into_iter().filter(|(_, keys)| taken(keys)).map(|(command, _)| command).collect();
    // The other usual chord for redo.
    if !is_typing && taken(&KeyboardShortcut::new(Modifiers::COMMAND, Key::Y)) {
        found.push(Command::Redo);
    }
    // Ctrl and the key that holds plus and equals zoom in on most keyboards.
    if taken(&KeyboardShortcut::new(Modifiers::COMMAND, Key::Equals)) {
        found.push(Command::ZoomIn);
    }
    found
}
