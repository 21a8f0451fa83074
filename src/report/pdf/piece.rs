//! What stands on pages: pieces that are not broken, and the structure that they belong to.

use std::sync::Arc;

use egui::Vec2;

use crate::report::scene::{Item, Mark, Path, Step, Words};

/// A node of the structure of a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A heading of a level.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// A table.
    Table,
    /// A row.
    Row,
    /// The heading of a column, or of rows below it over a number of columns.
    ColumnHead(u32),
    /// The heading of a row.
    RowHead,
    /// A cell.
    Cell,
    /// A figure with what it shows in words.
    Figure(String),
    /// Parts that belong together.
    Division,
}

/// A node and the one that it is in.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) parent: Option<usize>,
    pub(super) kind: Kind,
}

/// What is drawn, and which node it belongs to; none is decoration.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) group: Option<usize>,
    pub(super) items: Vec<Item>,
}

/// The head of a table, drawn again on the pages after the first.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) height: f32,
    pub(super) items: Vec<Item>,
}

/// What stays together on a page. Places are from the left edge of the page and from its own top.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    /// Space above it, unless it stands at the top of a page.
    pub(super) before: f32,
    pub(super) height: f32,
    pub(super) parts: Vec<Part>,
    /// Whether the next piece has to be on the same page.
    pub(super) keeps_next: bool,
    /// Whether it begins a page.
    pub(super) starts_page: bool,
    /// The head to draw above it where it begins a page.
    pub(super) head: Option<Arc<Head>>,
    /// Name in the list of bookmarks.
    pub(super) bookmark: Option<String>,
}

/// An item in its whole.
pub(super) fn whole(mark: Mark) -> Item {
    Item { clip: None, mark }
}

/// Words as an item.
pub(super) fn text(words: Words) -> Item {
    whole(Mark::Words(words))
}

/// A horizontal line.
pub(super) fn rule((left, right): (f32, f32), y: f32, (width, colour): (f32, egui::Color32)) -> Item {
    let steps = vec![Step::Move(egui::pos2(left, y)), Step::Line(egui::pos2(right, y))];
    whole(Mark::Path(Path { steps, fill: egui::Color32::TRANSPARENT, line: Some((width, colour)) }))
}

/// An item at another place and size.
pub(super) fn placed(item: &Item, scale: f32, by: Vec2) -> Item {
    let at = |point: egui::Pos2| (point.to_vec2() * scale + by).to_pos2();
    let clip = item.clip.map(|clip| egui::Rect::from_min_max(at(clip.min), at(clip.max)));
    let mark = match &item.mark {
        Mark::Path(path) => Mark::Path(Path {
            steps: path
                .steps
                .iter()
                .map(|step| match *step {
                    Step::Move(to) => Step::Move(at(to)),
                    Step::Line(to) => Step::Line(at(to)),
                    Step::Curve(a, b, to) => Step::Curve(at(a), at(b), at(to)),
                    Step::Close => Step::Close,
                })
                .collect(),
            fill: path.fill,
            line: path.line.map(|(width, colour)| (width * scale, colour)),
        }),
        Mark::Words(words) => Mark::Words(Words {
            start: at(words.start),
            offsets: words.offsets.iter().map(|offset| offset * scale).collect(),
            size: words.size * scale,
            ..words.clone()
        }),
    };
    Item { clip, mark }
}
