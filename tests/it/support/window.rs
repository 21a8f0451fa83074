//! Driver of a window: finds widgets by role and name, points, presses keys, and inspects the drawn texts.

use egui::{Event, Key, Modifiers, Pos2, Rect, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use wattfolio::app::{App, Options};
use wattfolio::format;
use wattfolio::state::{Action, State};
use wattfolio::words;
use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::units::Unit;

/// The control key, as on Linux and Windows.
pub const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
/// Control and shift.
pub const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };

/// The size of a window as it first opens, in points.
pub const WIDE: [f32; 2] = [1600.0, 1000.0];
/// Largest number of frames until a window must be at rest.
const MOST_FRAMES: u64 = 8;

/// A window in memory, for tests that inspect nodes themselves.
pub fn harness(options: Options, size: [f32; 2]) -> Harness<'static, App> {
    let builder = Harness::builder().with_size(size).with_max_steps(MOST_FRAMES);
    builder.build_eframe(|cc| App::new(&cc.egui_ctx, options))
}

/// A running window.
pub struct Window(Harness<'static, App>);

impl Window {
    /// A window as it first opens.
    pub fn open() -> Self {
        Self::with(Options::default())
    }

    pub fn with(options: Options) -> Self {
        Self::sized(options, WIDE)
    }

    /// A window of another size, in points.
    pub fn sized(options: Options, size: [f32; 2]) -> Self {
        Self(harness(options, size))
    }

    /// Where a widget stands.
    pub fn place(&self, role: Role, name: &str) -> Rect {
        self.node(role, name).rect()
    }

    /// Names and texts of all widgets, with their places.
    pub fn placed_texts(&self) -> Vec<(Rect, String)> {
        let text = |node: Node<'_>| {
            let own = node.accesskit_node();
            let place = own.bounding_box()?;
            let corner = |x: f64, y: f64| Pos2::new(x as f32, y as f32);
            let rect = Rect::from_min_max(corner(place.x0, place.y0), corner(place.x1, place.y1));
            Some((rect, own.label().or_else(|| own.value())?))
        };
        self.0.root().children_recursive().filter_map(text).collect()
    }

    pub fn state(&self) -> &State {
        self.0.state().state()
    }

    /// Pushes an action that no widget offers, as a view would.
    pub fn request(&mut self, action: Action) {
        self.0.state().request(action);
        self.settle();
    }

    /// The raw harness, for events that no helper makes.
    pub fn harness(&mut self) -> &mut Harness<'static, App> {
        &mut self.0
    }

    /// Runs frames until none is requested; fails if that never happens.
    pub fn settle(&mut self) -> u64 {
        self.0.run()
    }

    pub fn node<'a>(&'a self, role: Role, name: &'a str) -> Node<'a> {
        self.0.get_by_role_and_label(role, name)
    }

    pub fn has(&self, role: Role, name: &str) -> bool {
        self.0.query_all_by_role_and_label(role, name).next().is_some()
    }

    /// Number of widgets with a role and a name.
    pub fn count(&self, role: Role, name: &str) -> usize {
        self.0.query_all_by_role_and_label(role, name).count()
    }

    /// True if a drawn text contains these words.
    pub fn reads(&self, words: &str) -> bool {
        self.texts().iter().any(|text| text.contains(words))
    }

    /// Every drawn text.
    pub fn texts(&self) -> Vec<String> {
        let nodes = self.0.query_all_by_role(Role::Label);
        nodes.filter_map(|node| node.accesskit_node().value()).collect()
    }

    /// Places of the selected widgets of a role.
    pub fn selected(&self, role: Role) -> Vec<Rect> {
        let nodes = self.0.query_all_by_role(role);
        let is_on = |node: &Node<'_>| node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True);
        nodes.filter(is_on).map(|node| node.rect()).collect()
    }

    /// True if a text that begins with these words is drawn whole, in the window and off what scrolls.
    pub fn shows(&self, words: &str) -> bool {
        let screen = self.0.ctx.content_rect();
        self.0.output().shapes.iter().any(|clipped| {
            let egui::Shape::Text(text) = &clipped.shape else { return false };
            let rect = text.galley.mesh_bounds.translate(text.pos.to_vec2());
            // A space at which no line ends reads like any other.
            text.galley.text().replace('\u{a0}', " ").starts_with(words)
                && clipped.clip_rect.intersect(screen).contains_rect(rect)
        })
    }

    /// Number of buttons whose name starts with these words; a shortcut may follow.
    pub fn nodes_starting_with(&self, words: &str) -> usize {
        let nodes = self.0.query_all_by_role(Role::Button);
        nodes.filter(|node| node.accesskit_node().label().is_some_and(|name| name.starts_with(words))).count()
    }

    /// Name of the widget that has the keyboard.
    pub fn focused(&self) -> Option<String> {
        let is_focused = |node: &Node<'_>| node.is_focused();
        let node = self.0.root().children_recursive().find(is_focused)?;
        node.accesskit_node().label()
    }

    /// Clicks a widget with the pointer.
    pub fn click(&mut self, role: Role, name: &str) {
        self.node(role, name).click();
        self.settle();
    }

    /// Activates a widget, even one scrolled out of sight, as a screen reader does.
    pub fn activate(&mut self, role: Role, name: &str) {
        self.node(role, name).click_accesskit();
        self.settle();
    }

    pub fn focus(&mut self, role: Role, name: &str) {
        self.node(role, name).focus();
        self.settle();
    }

    pub fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.0.key_press_modifiers(modifiers, key);
        self.settle();
    }

    pub fn text(&mut self, text: &str) {
        self.0.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Runs the one frame of an event.
    pub fn frame(&mut self, event: Event) {
        self.0.event(event);
        self.0.step();
    }

    /// Runs the one frame in which a key goes down.
    pub fn key_frame(&mut self, key: Key) {
        let modifiers = Modifiers::NONE;
        self.frame(Event::Key { key, pressed: true, modifiers, repeat: false, physical_key: None });
    }

    pub fn key_up(&mut self, key: Key) {
        let modifiers = Modifiers::NONE;
        self.frame(Event::Key { key, pressed: false, modifiers, repeat: false, physical_key: None });
        self.settle();
    }

    /// Runs the one frame in which the mouse button goes down or up.
    pub fn button_frame(&mut self, pos: Pos2, pressed: bool) {
        let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
        self.frame(Event::PointerButton { pos, button, pressed, modifiers });
    }

    /// Replaces the text of a field, without leaving the field.
    pub fn write(&mut self, role: Role, name: &str, text: &str) {
        self.focus(role, name);
        self.key(CTRL, Key::A);
        self.text(text);
    }

    /// Types the value of an input and confirms it.
    pub fn set(&mut self, name: &str, text: &str) {
        self.write(Role::SpinButton, name, text);
        self.key(Modifiers::NONE, Key::Enter);
    }

    /// A position on a slider, as a share of its length.
    pub fn place_on(&self, slider: &str, share: f32) -> Pos2 {
        let rect = self.node(Role::Slider, slider).rect();
        Pos2::new(egui::lerp(rect.x_range(), share), rect.center().y)
    }

    /// The text of a field, without its unit.
    pub fn value_in(&self, role: Role, name: &str) -> String {
        let value = self.node(role, name).accesskit_node().value().unwrap_or_default();
        value.split_whitespace().next().unwrap_or_default().to_owned()
    }

    /// Number of slider knobs at a height, each position counted once.
    pub fn knobs_near(&self, y: f32) -> usize {
        let mut places: Vec<i32> = Vec::new();
        for clipped in &self.0.output().shapes {
            if let egui::Shape::Circle(circle) = &clipped.shape
                && circle.radius >= 5.0
                && (circle.center.y - y).abs() < 2.0
                && !places.contains(&(circle.center.x.round() as i32))
            {
                places.push(circle.center.x.round() as i32);
            }
        }
        places.len()
    }

    /// The net flows of each business, in cents; its curve is their sum. Amounts passed on to a customer are
    /// added and subtracted again, which leaves noise far below a cent.
    pub fn flows(&self) -> PerBusiness<Vec<i64>> {
        let cents = |flows: &Vec<f64>| flows.iter().map(|flow| (flow * 100.0).round() as i64).collect();
        PerBusiness::new(|business| {
            let evaluation = self.state().results.comparison.business(business);
            evaluation.map(|evaluation| cents(&evaluation.flows.net)).unwrap_or_default()
        })
    }

    /// Fails unless the latest frame shows the results of the current inputs.
    pub fn assert_up_to_date(&self) {
        let results = &self.state().results;
        assert_eq!(**results.scenario, *self.state().document.scenario(), "the results are of now");
        let verdict = self.state().verdict();
        let verdict = words::verdict::sentence(&results.scenario, &results.comparison, &verdict).to_string();
        let texts = self.texts();
        let is_drawn = |wanted: &str| texts.iter().any(|text| text == wanted);
        assert!(is_drawn(&verdict), "“{verdict}” is not drawn, but {texts:#?}");
        for evaluation in results.comparison.evaluations() {
            let npv = format::short(evaluation.measures.npv_usd, Unit::Usd);
            assert!(is_drawn(&npv), "{npv} of {} is not drawn", evaluation.business.label());
        }
    }
}
