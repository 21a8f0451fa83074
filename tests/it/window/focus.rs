//! Whatever has the keyboard shows it: each control that Tab reaches looks different with the focus than without.

use std::collections::BTreeMap;

use egui::epaint::{ClippedPrimitive, ClippedShape, Primitive};
use egui::{ColorImage, Context, Event, Id, Key, Modifiers, Pos2, RawInput, Rect, Vec2, accesskit};
use egui_raster::Renderer;
use wattfolio::app::{App, Options};
use wattfolio::state::{Action, CashFlowView, Command, Dialog, OpenFor, Page};
use wattfolio::store::{Session, session_file};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::explain::Subject;
use wattfolio_economics::input::Group;
use wattfolio_economics::kernel::Line;
use wattfolio_economics::scenario::Scenario;

use crate::support::files::folder;

/// So high that pages and inputs need not scroll.
const SIZE: Vec2 = Vec2::new(1280.0, 4200.0);
/// What is drawn around a control belongs to it, points.
const AROUND: f32 = 5.0;
/// Least difference of a channel that is seen, and least number of such pixels: a ring around a check box has more.
const LEAST_DIFFERENCE: u8 = 48;
const LEAST_PIXELS: usize = 24;
/// Most controls of a page.
const MOST: usize = 1000;

/// A window in memory of which parts are drawn.
struct Screen {
    ctx: Context,
    app: App,
    renderer: Renderer,
    seconds: f64,
    shapes: Vec<ClippedShape>,
    names: BTreeMap<accesskit::NodeId, String>,
    focus: Option<accesskit::NodeId>,
}

impl Screen {
    fn new(options: Options, theme: Command) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        let app = App::new(&ctx, options);
        app.request(Action::Run(theme));
        let (renderer, shapes, names) = (Renderer::new(), Vec::new(), BTreeMap::new());
        let mut screen = Self { ctx, app, renderer, seconds: 0.0, shapes, names, focus: None };
        screen.rest();
        screen
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.seconds += 1.0;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, SIZE));
        let input = RawInput { screen_rect, time: Some(self.seconds), events, ..RawInput::default() };
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| {
            app.logic(&ui.ctx().clone());
            app.ui(ui);
        });
        self.renderer.update_textures(&output.textures_delta);
        output.textures_delta.clear();
        if let Some(update) = output.platform_output.accesskit_update {
            self.focus = Some(update.focus);
            let name = |node: &accesskit::Node| node.label().or(node.value()).unwrap_or_default().to_owned();
            self.names = update
                .nodes
                .iter()
                .map(|(id, node)| (*id, format!("{:?} “{}”", node.role(), name(node))))
                .collect();
        }
        self.shapes = output.shapes;
    }

    /// Frames until what an event has changed is drawn.
    fn rest(&mut self) {
        (0..3).for_each(|_| self.frame(Vec::new()));
    }

    fn request(&mut self, action: Action) {
        self.app.request(action);
        self.rest();
    }

    fn tab(&mut self) -> Option<Id> {
        let (key, modifiers) = (Key::Tab, Modifiers::NONE);
        for pressed in [true, false] {
            self.frame(vec![Event::Key { key, pressed, modifiers, repeat: false, physical_key: None }]);
        }
        self.rest();
        self.ctx.memory(egui::Memory::focused)
    }

    /// A part of the last frame.
    fn picture(&mut self, part: Rect) -> ColorImage {
        let (min, size) = (part.min.floor(), part.size().ceil());
        let clip = |primitive: &ClippedPrimitive| primitive.clip_rect.intersect(part).is_positive();
        let primitives = self.ctx.tessellate(self.shapes.clone(), 1.0);
        let moved = primitives.into_iter().filter(clip).map(|mut primitive| {
            primitive.clip_rect = primitive.clip_rect.translate(-min.to_vec2());
            if let Primitive::Mesh(mesh) = &mut primitive.primitive {
                mesh.translate(-min.to_vec2());
            }
            primitive
        });
        let moved: Vec<ClippedPrimitive> = moved.collect();
        let size = [size.x as u32 + 1, size.y as u32 + 1];
        self.renderer.render(&moved, size, 1.0, egui::Color32::BLACK)
    }
}

fn is_seen(with: &ColorImage, without: &ColorImage) -> bool {
    let differs = |(a, b): &(&egui::Color32, &egui::Color32)| {
        a.to_array().iter().zip(b.to_array()).any(|(a, b)| a.abs_diff(b) >= LEAST_DIFFERENCE)
    };
    with.pixels.iter().zip(&without.pixels).filter(differs).count() >= LEAST_PIXELS
}

/// Goes through all controls with Tab; those whose focus is not seen, and how many there are.
fn unseen(screen: &mut Screen, place: &str) -> (Vec<String>, usize) {
    let (mut found, mut seen) = (Vec::new(), Vec::new());
    while let Some(id) = screen.tab() {
        if seen.contains(&id) || seen.len() > MOST {
            break;
        }
        seen.push(id);
        let name = screen.focus.and_then(|focus| screen.names.get(&focus).cloned()).unwrap_or_default();
        let part = screen.ctx.read_response(id).map(|response| response.interact_rect);
        let Some(part) = part.filter(egui::Rect::is_positive) else {
            found.push(format!("{place}: {name} is out of sight"));
            continue;
        };
        let part = part.expand(AROUND);
        let with = screen.picture(part);
        screen.ctx.memory_mut(|memory| memory.surrender_focus(id));
        screen.rest();
        let without = screen.picture(part);
        if !is_seen(&with, &without) {
            found.push(format!("{place}: {name} at {part}"));
        }
        screen.ctx.memory_mut(|memory| memory.request_focus(id));
        screen.rest();
    }
    screen.ctx.memory_mut(egui::Memory::stop_text_input);
    (found, seen.len())
}

/// Pages and dialogs, each with the least number of its controls.
fn check(theme: Command) {
    let folder = folder();
    let mut session = Session::default();
    session.remember(std::path::Path::new("/home/somebody/plan.ron"));
    session.save(&session_file(folder.path())).expect("saved");
    let mut scenario = Scenario::default();
    scenario.risk.paths = 100;
    let scenario = Some(scenario.validate().expect("valid"));
    let options = Options { scenario, session_folder: Some(folder.path().to_owned()), ..Options::default() };
    let mut screen = Screen::new(options, theme);
    // Every kind of row: choices, later levels, months, names, flags, a reset; a second scenario with its tools.
    for group in [Group::Of(Business::Mining), Group::Debt] {
        screen.request(Action::ToggleGroup(Some(group)));
    }
    let input = |id| catalogue::find(id).expect("an input");
    screen.request(Action::SetNumber { input: input("bitcoin.price_usd"), value: 60_000.0 });
    screen.request(Action::Run(Command::NewScenario));
    screen.request(Action::SetText {
        input: input("mining.machine.price_usd.points"),
        text: "[(12,3000.0)]".to_owned(),
    });
    let (mut found, mut counts) = (Vec::new(), Vec::new());
    for page in Page::ALL {
        screen.request(Action::Run(Command::Page(page)));
        let view = CashFlowView { business: Business::Leasing, ..CashFlowView::default() };
        screen.request(Action::SetCashFlow(view));
        let (unseen, count) = unseen(&mut screen, page.label());
        found.extend(unseen);
        counts.push(count);
        // The inputs are the same on every page.
        for group in [Group::Of(Business::Mining), Group::Debt] {
            if screen.app.state().view.inputs.open.contains(&group) {
                screen.request(Action::ToggleGroup(Some(group)));
            }
        }
    }
    assert!(counts.iter().all(|count| *count > 30), "{counts:?}");
    let subject = Subject::line(Business::Mining, Line::Power, 12);
    for (dialog, least) in [
        (Dialog::Explain { subject, trail: vec![subject] }, 5),
        (Dialog::Open { path: "a.ron".to_owned(), to: OpenFor::Document }, 4),
        (Dialog::SaveAs { path: "a.ron".to_owned(), title: "A".to_owned() }, 4),
        (Dialog::ConfirmQuit, 3),
        (Dialog::Gallery { tag: Some("bitcoin".to_owned()), criterion: None }, 3),
        (Dialog::Recover, 1),
    ] {
        screen.request(Action::ShowDialog(Some(dialog.clone())));
        let (unseen, count) = unseen(&mut screen, &format!("{dialog:?}"));
        assert!(count >= least, "{dialog:?} has {count} controls");
        found.extend(unseen);
    }
    assert!(found.is_empty(), "{} of {counts:?} show no focus:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_control_shows_that_it_has_the_keyboard_in_the_dark() {
    check(Command::ThemeDark);
}

#[test]
fn every_control_shows_that_it_has_the_keyboard_in_the_light() {
    check(Command::ThemeLight);
}

#[test]
fn the_chosen_command_of_the_palette_has_a_ring() {
    let mut screen = Screen::new(Options::default(), Command::ThemeDark);
    screen.request(Action::ShowDialog(Some(Dialog::Palette { query: "theme".to_owned(), chosen: 1 })));
    let whole = Rect::from_min_size(Pos2::ZERO, SIZE);
    let chosen = screen.picture(whole);
    screen.request(Action::ShowDialog(Some(Dialog::Palette { query: "theme".to_owned(), chosen: 2 })));
    assert!(is_seen(&chosen, &screen.picture(whole)));
}
