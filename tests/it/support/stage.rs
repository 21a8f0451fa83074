//! A window in memory that lays out frames and inspects their shapes, without rasterising.

use std::collections::HashSet;

use egui::epaint::{ClippedShape, Primitive};
use egui::{Context, Event, Pos2, RawInput, Rect, Shape, Vec2, accesskit};
use wattfolio::app::{App, Options};
use wattfolio::state::{Action, State};

/// Seconds between two frames: animations end at once.
const FRAME_SECONDS: f64 = 1.0;
/// Most frames until a window is at rest.
const MOST_FRAMES: usize = 3;

/// The app and its window.
pub struct Stage {
    ctx: Context,
    app: App,
    size: Vec2,
    seconds: f64,
    zoom: f32,
    drawn: Drawn,
    /// Texts that can be read: most are those of the frame before.
    readable: HashSet<String>,
}

/// What the latest frame drew.
#[derive(Default)]
struct Drawn {
    /// Its texts, in front of the backdrop of a dialog if there is one.
    texts: Vec<DrawnText>,
    /// The frame of a dialog.
    dialog: Option<Rect>,
    /// True behind a backdrop, before the frame of its dialog.
    awaits_dialog: bool,
}

/// A drawn text.
pub struct DrawnText {
    pub text: String,
    /// Bounds of its letters.
    pub rect: Rect,
    /// Its clip rectangle.
    pub clip: Rect,
    /// True if it ends with an ellipsis for what has no room.
    pub is_elided: bool,
}

impl DrawnText {
    /// The visible part.
    pub fn visible(&self) -> Rect {
        self.rect.intersect(self.clip)
    }

    /// Whether another text reads the same in the same place. Bounds without letters are no numbers.
    fn is_same(&self, other: &Self) -> bool {
        let places = |drawn: &Self| {
            let [rect, clip] = [drawn.rect, drawn.clip];
            [rect.min, rect.max, clip.min, clip.max].map(|at| (at.x.to_bits(), at.y.to_bits()))
        };
        self.text == other.text && self.is_elided == other.is_elided && places(self) == places(other)
    }
}

impl Stage {
    pub fn new(options: Options) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        let app = App::new(&ctx, options);
        let (size, drawn, readable) = (Vec2::new(1280.0, 800.0), Drawn::default(), HashSet::new());
        Self { ctx, app, size, seconds: 0.0, zoom: 1.0, drawn, readable }
    }

    pub fn state(&self) -> &State {
        self.app.state()
    }

    pub fn request(&self, action: Action) {
        self.app.request(action);
    }

    pub fn resize(&mut self, width: f32, height: f32) {
        self.size = Vec2::new(width, height);
    }

    pub fn set_zoom(&mut self, zoom: f32) {
        self.zoom = zoom;
        self.ctx.set_zoom_factor(zoom);
    }

    /// Size of the window in points, reduced by the zoom.
    pub fn size(&self) -> Vec2 {
        self.size / self.zoom
    }

    /// The texts of the latest frame.
    pub fn drawn(&self) -> &[DrawnText] {
        &self.drawn.texts
    }

    /// The frame of the dialog in the latest frame.
    pub fn dialog(&self) -> Option<Rect> {
        self.drawn.dialog
    }

    /// True if the latest frame has a text.
    pub fn reads(&self, text: &str) -> bool {
        self.drawn.texts.iter().any(|drawn| drawn.text == text)
    }

    /// Runs frames until two after each other draw the same texts; what is wrong with one of them.
    pub fn rest(&mut self) -> Result<(), String> {
        // What was asked for may come only with the second frame.
        self.frame(Vec::new())?;
        for _ in 1..MOST_FRAMES {
            let before = std::mem::take(&mut self.drawn.texts);
            self.frame(Vec::new())?;
            let now = &self.drawn.texts;
            if now.len() == before.len() && now.iter().zip(&before).all(|(one, other)| one.is_same(other)) {
                break;
            }
        }
        Ok(())
    }

    /// Runs a frame with events; fails if a shape cannot be drawn or a text cannot be read.
    pub fn frame(&mut self, events: Vec<Event>) -> Result<(), String> {
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, self.size()));
        self.seconds += FRAME_SECONDS;
        let input = RawInput { screen_rect, time: Some(self.seconds), events, ..RawInput::default() };
        let Self { ctx, app, .. } = self;
        let mut output = ctx.run_ui(input, |ui| {
            app.logic(&ui.ctx().clone());
            app.ui(ui);
        });
        // No renderer takes the textures.
        output.textures_delta.clear();
        let screen = Rect::from_min_size(Pos2::ZERO, self.size());
        let mut drawn = Drawn::default();
        output.shapes.iter().for_each(|clipped| drawn.read(&clipped.shape, clipped.clip_rect, screen));
        let nodes = output.platform_output.accesskit_update.into_iter().flat_map(|update| update.nodes);
        let heard: Vec<String> = nodes.flat_map(|(_, node)| heard(&node)).collect();
        self.drawn = drawn;
        for text in self.drawn.texts.iter().map(|drawn| &drawn.text).chain(&heard) {
            if self.readable.contains(text) {
                continue;
            }
            if is_unreadable(text) {
                return Err(format!("“{text}” is shown"));
            }
            self.readable.insert(text.clone());
        }
        self.check_places(output.shapes, output.pixels_per_point)
    }

    fn check_places(&self, shapes: Vec<ClippedShape>, pixels_per_point: f32) -> Result<(), String> {
        for primitive in self.ctx.tessellate(shapes, pixels_per_point) {
            let Primitive::Mesh(mesh) = primitive.primitive else { continue };
            if let Some(vertex) = mesh.vertices.iter().find(|vertex| !vertex.pos.is_finite()) {
                return Err(format!(
                    "something is drawn at {:?} within {:?}",
                    vertex.pos, primitive.clip_rect
                ));
            }
        }
        Ok(())
    }
}

impl Drawn {
    /// Collects texts of a shape, and of a group of shapes. What lies behind a backdrop is forgotten.
    fn read(&mut self, shape: &Shape, clip: Rect, screen: Rect) {
        match shape {
            Shape::Text(text) => {
                let rect = text.galley.mesh_bounds.translate(text.pos.to_vec2());
                self.texts.push(DrawnText {
                    // A space at which no line ends reads like any other.
                    text: text.galley.text().replace('\u{a0}', " "),
                    rect,
                    clip,
                    is_elided: text.galley.elided,
                });
            }
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.read(shape, clip, screen)),
            Shape::Rect(rect)
                if rect.fill.a() > 0 && rect.rect.contains_rect(screen) && !rect.fill.is_opaque() =>
            {
                *self = Self { awaits_dialog: true, ..Self::default() };
            }
            Shape::Rect(rect) if self.awaits_dialog && rect.fill.is_opaque() => {
                self.awaits_dialog = false;
                self.dialog = Some(rect.rect);
            }
            _ => {}
        }
    }
}

/// Texts of a node for screen readers.
fn heard(node: &accesskit::Node) -> Vec<String> {
    let numbers = [node.numeric_value(), node.min_numeric_value(), node.max_numeric_value()];
    let numbers = numbers.into_iter().flatten().map(|number| number.to_string());
    let words = [node.label(), node.value(), node.description()].into_iter().flatten().map(str::to_owned);
    words.chain(numbers).collect()
}

/// True if a text contains NaN, infinity, or a number with rounding noise.
pub fn is_unreadable(text: &str) -> bool {
    is_no_number(text) || has_dust(text)
}

/// True if a text contains NaN or infinity.
pub fn is_no_number(text: &str) -> bool {
    let has_word = |word: &str| {
        text.match_indices(word).any(|(at, _)| {
            // Digits too: the name of a temporary file may hold the letters.
            let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
            !is_letter(text[..at].chars().next_back()) && !is_letter(text[at + word.len()..].chars().next())
        })
    };
    has_word("NaN") || has_word("inf")
}

/// Smallest number of digits that indicates rounding noise; 17 digits distinguish any two `f64`.
const DIGITS_OF_DUST: usize = 15;

/// True if a number has that many digits and a long run of zeros or nines before the last:
/// 0.30000000000000004.
fn has_dust(text: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_digit() && letter != ',' && letter != '.').any(|number| {
        let Some((whole, fraction)) = number.split_once('.') else { return false };
        // A large amount in cents may have as many digits, and is rounded.
        if fraction.len() <= 2 {
            return false;
        }
        let digits = whole.replace(',', "") + fraction;
        let significant = digits.trim_start_matches('0').trim_end_matches('0');
        // Leading zeros of a small number are no noise.
        let is_run = significant.contains("00000000") || significant.contains("99999999");
        significant.len() >= DIGITS_OF_DUST && is_run
    })
}

#[test]
fn words_that_hold_the_letters_are_not_numbers() {
    for text in ["NaN", "−inf", "$inf", "inf×", "P5 NaN, P95 2", "0.30000000000000004", "1.4999999999999998"]
    {
        assert!(is_unreadable(text), "{text}");
    }
    for text in [
        "information",
        ".wattfolio-y01inf.tmp",
        "no inflation",
        "Financing",
        "$1,000,000,000,000",
        "0.3",
        "1.0000000000000000",
        "0.00000000000012",
        "0.01000000001 kW",
        "0.000000000843513087742971",
    ] {
        assert!(!is_unreadable(text), "{text}");
    }
}
