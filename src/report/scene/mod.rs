//! A drawing of paths and texts, made from what a frame of egui paints.

mod outline;
mod shapes;

pub(super) use shapes::rounded;

use egui::epaint::ClippedShape;
use egui::{Color32, Pos2, Rect, Vec2};

/// A drawing.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Width and height, points.
    pub size: Vec2,
    /// Colour behind it.
    pub background: Color32,
    /// Its parts, from back to front.
    pub items: Vec<Item>,
}

/// A part of a drawing.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where it is cut off; absent where it lies wholly inside.
    pub clip: Option<Rect>,
    /// The part.
    pub mark: Mark,
}

/// A path or a text.
#[derive(Clone, Debug)]
pub enum Mark {
    /// A path.
    Path(Path),
    /// Words in one line.
    Words(Words),
}

/// A filled or stroked path.
#[derive(Clone, Debug)]
pub struct Path {
    /// Its steps.
    pub steps: Vec<Step>,
    /// Colour inside; transparent if there is none.
    pub fill: Color32,
    /// Width in points and colour of the line.
    pub line: Option<(f32, Color32)>,
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Starts a part.
    Move(Pos2),
    /// A straight line.
    Line(Pos2),
    /// A curve with two control points.
    Curve(Pos2, Pos2, Pos2),
    /// Back to the start of the part.
    Close,
}

/// Words in one line, of one font and colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The text.
    pub text: String,
    /// Start of the baseline.
    pub start: Pos2,
    /// For each character, its distance from the start; then the end of the last.
    pub offsets: Vec<f32>,
    /// Size of the font, points.
    pub size: f32,
    /// Weight of the font: 400, 500 or 600.
    pub weight: u16,
    /// Colour.
    pub colour: Color32,
}

impl Words {
    /// Width, points.
    pub fn width(&self) -> f32 {
        self.offsets.last().copied().unwrap_or(0.0)
    }
}

impl Scene {
    /// A drawing of painted shapes.
    pub fn new(shapes: Vec<ClippedShape>, size: Vec2, background: Color32) -> Self {
        let mut items = Vec::new();
        for ClippedShape { clip_rect, shape, .. } in shapes {
            shapes::add(shape, clip_rect.intersect(Rect::from_min_size(Pos2::ZERO, size)), &mut items);
        }
        Self { size, background, items }
    }

    /// Its texts in the order in which they are painted.
    pub fn texts(&self) -> impl Iterator<Item = &Words> {
        self.items.iter().filter_map(|item| match &item.mark {
            Mark::Words(words) => Some(words),
            Mark::Path(_) => None,
        })
    }
}

/// Colour without the alpha that egui multiplies in, and its opacity.
pub fn parts(colour: Color32) -> ([u8; 3], f32) {
    let [red, green, blue, alpha] = colour.to_srgba_unmultiplied();
    ([red, green, blue], f32::from(alpha) / 255.0)
}
