//! The command palette, the menus and the gallery.

use egui::{Event, Key, Modifiers, OutputCommand, Pos2, Role};
use wattfolio::app::{App, Options};
use wattfolio::state::{
    AboutForm, Action, Command, Dialog, ExportRequest, Exports, OpenFor, Page, SaveQuestion, SaveRequest,
    ScenarioForm,
};
use wattfolio::store;
use wattfolio::store::{About, Label, Letter};

use crate::support::window::{CTRL, CTRL_SHIFT, Window};

#[test]
fn the_palette_runs_commands_by_name() {
    let mut window = Window::open();
    window.key(CTRL, Key::K);
    assert!(window.has(Role::TextInput, "Command to run"));
    window.text("cash flow");
    assert!(window.has(Role::Button, "Cash flow"));
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().view.page, Page::CashFlow);
    assert_eq!(window.state().view.dialog, None);
}

#[test]
fn arrows_choose_in_the_palette() {
    let mut window = Window::open();
    window.click(Role::Button, Command::Palette.text());
    window.text("theme");
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.harness().ctx.theme(), egui::Theme::Light);
    window.key(CTRL, Key::K);
    window.text("no command is called like this");
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.reads("No command has these words"));
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.state().view.dialog, None);
}

#[test]
fn the_palette_offers_only_enabled_commands() {
    let mut window = Window::open();
    window.key(CTRL, Key::K);
    window.text("undo the last change");
    assert!(window.reads("No command has these words"), "there is nothing to undo");
    window.key(Modifiers::NONE, Key::Escape);
    window.set("Rental rate", "2.5");
    window.key(CTRL, Key::K);
    window.text("undo the last change");
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.reads("As the baseline"));
}

/// A window of this size in points.
fn sized(width: f32, height: f32) -> Window {
    let mut window = Window::open();
    window.harness().set_size(egui::vec2(width, height));
    window.settle();
    window
}

#[test]
fn the_chosen_command_stays_in_sight() {
    for (width, height) in [(640.0, 360.0), (640.0, 480.0), (1024.0, 640.0), (1600.0, 1000.0)] {
        let mut window = sized(width, height);
        window.key(CTRL, Key::K);
        for _ in 0..60 {
            window.key(Modifiers::NONE, Key::ArrowDown);
        }
        let chosen = window.selected(Role::Button);
        assert_eq!(chosen.len(), 1, "{chosen:?}");
        let screen = egui::Rect::from_min_size(Pos2::ZERO, egui::vec2(width, height));
        assert!(screen.contains_rect(chosen[0]), "{:?} in {screen:?}", chosen[0]);
    }
}

#[test]
fn a_menu_is_whole_where_the_window_has_room() {
    for (width, height) in [(1280.0, 720.0), (1600.0, 1000.0)] {
        let mut window = sized(width, height);
        for menu in wattfolio::state::MENUS {
            window.click(Role::Button, menu.name);
            let commands = menu.rows().flatten().map(|command| command.text_on(window.state().view.page));
            let drawn: Vec<bool> = commands.map(|text| window.shows(text)).collect();
            assert!(drawn.iter().all(|is_drawn| *is_drawn), "{} is cut at {height}: {drawn:?}", menu.name);
            window.key(Modifiers::NONE, Key::Escape);
        }
    }
}

#[test]
fn menus_hold_every_command() {
    let mut window = Window::open();
    for menu in wattfolio::state::MENUS {
        window.click(Role::Button, menu.name);
        for command in menu.rows().flatten() {
            let text = command.text_on(window.state().view.page);
            let nodes = window.nodes_starting_with(text);
            assert!(nodes >= 1, "{text} is not in {}", menu.name);
        }
        window.key(Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn the_gallery_opens_a_worked_example() {
    let mut window = Window::open();
    window.set("Rental rate", "2.5");
    let mine = window.state().document.scenario().clone();
    window.key(CTRL, Key::G);
    for bundled in store::bundled() {
        assert!(window.has(Role::Button, &bundled.preset.about.title), "{}", bundled.name);
    }
    let hodl = store::find_bundled("hodl").expect("bundled");
    window.activate(Role::Button, &hodl.preset.about.title);
    assert_eq!(*window.state().document.scenario(), hodl.preset.scenario);
    assert_eq!(window.state().view.dialog, None);
    let count = 1 + hodl.preset.variants.len();
    assert_eq!(window.state().scenarios.len(), count, "variants are further scenarios");
    window.assert_up_to_date();
    // Undo restores the scenario and its title.
    window.key(CTRL, Key::Z);
    assert_eq!(*window.state().document.scenario(), mine);
    assert_eq!(window.state().document.title(), store::bundled()[0].preset.about.title);
}

#[test]
fn the_gallery_is_sorted_by_tags() {
    let mut window = Window::open();
    window.key(CTRL, Key::G);
    let tag = store::find_bundled("hodl").expect("bundled").preset.about.tags[0].clone();
    let with_tag =
        |tag: &String| store::bundled().iter().filter(|b| b.preset.about.tags.contains(tag)).count();
    window.click(Role::Button, &format!("{tag}  {}", with_tag(&tag)));
    assert_eq!(window.state().view.dialog, Some(Dialog::Gallery { tag: Some(tag.clone()), criterion: None }));
    for bundled in &store::bundled()[1..] {
        let is_shown = window.has(Role::Button, &bundled.preset.about.title);
        assert_eq!(is_shown, bundled.preset.about.tags.contains(&tag), "{}", bundled.name);
    }
    window.click(Role::Button, "Close worked examples");
    assert_eq!(window.state().view.dialog, None);
}

#[test]
fn the_comparison_is_copied_as_a_table() {
    let mut window = Window::open();
    let mut copied = String::new();
    let (key, modifiers) = (Key::C, CTRL_SHIFT);
    window.harness().event(Event::ModifiersChanged(modifiers));
    window.harness().step();
    window.frame(Event::Key { key, pressed: true, modifiers, repeat: false, physical_key: None });
    for command in &window.harness().output().platform_output.commands {
        if let OutputCommand::CopyText(text) = command {
            copied.push_str(text);
        }
    }
    let comparison = &window.state().results.comparison;
    assert_eq!(copied, wattfolio::export::measures_table(comparison));
    assert!(copied.lines().count() > 10 && copied.contains('\t'), "{copied}");
    window.settle();
    assert!(window.reads("Comparison copied"), "{:#?}", window.texts());
}

/// A dialog that takes a lock twice would deadlock here.
#[test]
fn every_dialog_is_drawn_and_the_path_has_the_keyboard() {
    let path = || "a path".to_owned();
    let request = || SaveRequest::new("plan.ron", "A title");
    let export = || ExportRequest { what: Exports::Comparison, path: path().into(), may_replace: false };
    let confirm = |question| (Dialog::ConfirmSave { request: request(), question }, false);
    let dialogs = [
        (Dialog::Open { path: path(), to: OpenFor::Document }, true),
        (Dialog::Open { path: path(), to: OpenFor::Into }, true),
        (Dialog::SaveAs { path: path(), title: "A title".to_owned() }, true),
        (Dialog::SavePicture { path: path() }, true),
        (Dialog::Export { what: Exports::Comparison, path: path() }, true),
        (Dialog::Export { what: Exports::Ledger, path: path() }, true),
        (Dialog::Export { what: Exports::Simulation, path: path() }, true),
        (Dialog::Export { what: Exports::Inputs, path: path() }, true),
        (Dialog::ConfirmQuit, false),
        (Dialog::ConfirmPicture(path().into()), false),
        (Dialog::ConfirmExport(export()), false),
        (Dialog::Recover, false),
        (Dialog::Document(AboutForm::from(&About::default())), false),
        (Dialog::Scenario(Letter::default(), ScenarioForm::from(Label::default())), true),
        confirm(SaveQuestion::Replaces),
        confirm(SaveQuestion::NotAPreset),
        confirm(SaveQuestion::ChangedOnDisk),
        confirm(SaveQuestion::Comments(3)),
        confirm(SaveQuestion::Newer { schema: 9 }),
        confirm(SaveQuestion::ReadOnly("it is read-only")),
    ];
    for (dialog, has_field) in dialogs {
        let ctx = egui::Context::default();
        let mut app = App::new(&ctx, Options::default());
        app.request(Action::ShowDialog(Some(dialog.clone())));
        let frame = |app: &mut App| {
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                app.logic(&ui.ctx().clone());
                app.ui(ui);
            });
            output.textures_delta.clear();
        };
        for _ in 0..4 {
            frame(&mut app);
        }
        assert_eq!(app.state().view.dialog, Some(dialog));
        assert_eq!(ctx.memory(egui::Memory::focused).is_some(), has_field);
        // Focused once: a field that takes the focus back can be neither left nor confirmed with enter.
        ctx.memory_mut(egui::Memory::stop_text_input);
        frame(&mut app);
        assert_eq!(ctx.memory(egui::Memory::focused), None);
    }
}
