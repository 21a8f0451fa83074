//! Blocks of a report as pieces of pages.

use egui::epaint::CornerRadiusF32;
use egui::{Color32, Rect, Vec2, pos2, vec2};

use super::fonts::{Fonts, baseline};
use super::piece::{Group, Kind, Part, Piece, placed, text, whole};
use super::table;
use crate::report::chart::Studio;
use crate::report::content::{Block, Style};
use crate::report::scene::{Item, Mark, Path, rounded};
use crate::theme::Palette;
use crate::view::Printed;

/// Points of paper for a point of the window.
const CHART_SCALE: f32 = 0.56;
/// Space between two columns.
const GUTTER: f32 = 18.0;
/// Space inside a callout.
const INSIDE: f32 = 10.0;
/// Letters from which a verdict is set smaller.
const LONG_VERDICT: usize = 130;

/// Font of a text: its size and weight, and the height of its lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) font: (f32, u16),
    pub(super) line: f32,
}

impl Type {
    pub(super) const fn new(size: f32, weight: u16, line: f32) -> Self {
        Self { font: (size, weight), line }
    }

    fn of(style: Style, letters: usize) -> Self {
        match style {
            Style::Verdict if letters > LONG_VERDICT => Self::new(13.0, 600, 16.4),
            Style::Verdict => Self::new(16.0, 600, 20.0),
            Style::Lead => Self::new(8.8, 400, 12.6),
            Style::Body => Self::new(8.8, 400, 12.4),
            Style::Note => Self::new(7.4, 400, 10.4),
        }
    }
}

/// Sets blocks into pieces of a width.
pub(super) struct Setter<'a> {
    pub(super) fonts: &'a mut Fonts,
    pub(super) groups: Vec<Group>,
    pub(super) palette: &'a Palette,
    studio: Studio<'a>,
}

impl<'a> Setter<'a> {
    pub(super) fn new(fonts: &'a mut Fonts, palette: &'a Palette, studio: Studio<'a>) -> Self {
        Self { fonts, groups: Vec::new(), palette, studio }
    }

    /// A new node of the structure.
    pub(super) fn group(&mut self, parent: Option<usize>, kind: Kind) -> usize {
        self.groups.push(Group { parent, kind });
        self.groups.len() - 1
    }

    /// The pieces of blocks between two edges.
    pub(super) fn pieces(&mut self, blocks: &[Block], edges: (f32, f32)) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut bookmark = None;
        let mut starts_page = false;
        for block in blocks {
            let mut own = match block {
                Block::PageBreak => {
                    starts_page = true;
                    continue;
                }
                Block::Heading(0, name) => {
                    bookmark = Some(name.clone());
                    continue;
                }
                Block::Heading(level, name) => vec![self.heading(*level, name, edges)],
                Block::Words { style, text, .. } => vec![self.paragraph(*style, text, edges)],
                Block::Table(table) => table::pieces(self, table, edges),
                Block::Chart(chart, words) => self.chart(*chart, words, edges).into_iter().collect(),
                Block::Callout { title, lines, .. } => vec![self.callout(title, lines, edges)],
                Block::Columns(share, columns) => self.columns(*share, columns, edges).into_iter().collect(),
            };
            if let Some(first) = own.first_mut() {
                first.starts_page |= std::mem::take(&mut starts_page);
                first.bookmark = bookmark.take().or(first.bookmark.take());
            }
            pieces.append(&mut own);
        }
        pieces
    }

    /// Lines of a text from the top left of a part.
    pub(super) fn lines(
        &mut self,
        words: &str,
        own: Type,
        colour: Color32,
        (left, top, width): (f32, f32, f32),
    ) -> (Vec<Item>, f32) {
        let lines = self.fonts.lines(words, own.font, width);
        let height = lines.len() as f32 * own.line;
        let item = |(index, line): (usize, String)| {
            let start = baseline(left, top + index as f32 * own.line, (own.font.0, own.line));
            text(self.fonts.words(&line, own.font, colour, start))
        };
        (lines.into_iter().enumerate().map(item).collect(), height)
    }

    fn heading(&mut self, level: u8, name: &str, (left, right): (f32, f32)) -> Piece {
        let own = if level == 1 { Type::new(14.0, 600, 18.0) } else { Type::new(10.0, 600, 13.4) };
        let (items, height) = self.lines(name, own, self.palette.text, (left, 0.0, right - left));
        let group = self.group(None, Kind::Heading(u16::from(level), name.to_owned()));
        Piece {
            before: if level == 1 { 18.0 } else { 12.0 },
            height: height + 2.0,
            parts: vec![Part { group: Some(group), items }],
            keeps_next: true,
            bookmark: (level == 1).then(|| name.to_owned()),
            ..Piece::default()
        }
    }

    fn paragraph(&mut self, style: Style, words: &str, (left, right): (f32, f32)) -> Piece {
        let own = Type::of(style, words.chars().count());
        let colour = match style {
            Style::Verdict => self.palette.text,
            Style::Lead | Style::Body => self.palette.text_secondary,
            Style::Note => self.palette.text_muted,
        };
        let (items, height) = self.lines(words, own, colour, (left, 0.0, right - left));
        let kind = if style == Style::Verdict { Kind::Heading(1, words.to_owned()) } else { Kind::Paragraph };
        let group = self.group(None, kind);
        Piece {
            before: if style == Style::Note { 2.0 } else { 5.0 },
            height,
            parts: vec![Part { group: Some(group), items }],
            keeps_next: style == Style::Verdict,
            ..Piece::default()
        }
    }

    fn chart(&mut self, chart: Printed, words: &str, (left, right): (f32, f32)) -> Option<Piece> {
        let scene = self.studio.scene(chart, ((right - left) / CHART_SCALE, 0));
        if scene.items.is_empty() {
            return None;
        }
        let items = scene.items.iter().map(|item| placed(item, CHART_SCALE, vec2(left, 0.0))).collect();
        let group = self.group(None, Kind::Figure(words.to_owned()));
        Some(Piece {
            before: 8.0,
            height: scene.size.y * CHART_SCALE,
            parts: vec![Part { group: Some(group), items }],
            ..Piece::default()
        })
    }

    fn callout(&mut self, title: &str, lines: &[String], (left, right): (f32, f32)) -> Piece {
        let (own, head) = (Type::of(Style::Body, 0), Type::new(9.2, 600, 13.4));
        let division = self.group(None, Kind::Division);
        let inner = (left + INSIDE, right - left - 2.0 * INSIDE);
        let (items, mut y) = self.lines(title, head, self.palette.text, (inner.0, INSIDE, inner.1));
        y += INSIDE + 1.0;
        let group = self.group(Some(division), Kind::Heading(2, title.to_owned()));
        let mut parts = vec![Part { group: Some(group), items }];
        let (items, height) =
            self.lines(&lines.join(" "), own, self.palette.text_secondary, (inner.0, y, inner.1));
        let group = self.group(Some(division), Kind::Paragraph);
        parts.push(Part { group: Some(group), items });
        y += height;
        let height = y + INSIDE;
        let place = Rect::from_min_max(pos2(left, 0.0), pos2(right, height));
        let fill =
            Path { steps: rounded(place, CornerRadiusF32::same(4.0)), fill: self.palette.field, line: None };
        parts.insert(0, Part { group: None, items: vec![whole(Mark::Path(fill))] });
        Piece { before: 10.0, height, parts, ..Piece::default() }
    }

    /// Two columns as one piece.
    fn columns(&mut self, share: f32, columns: &[Vec<Block>; 2], (left, right): (f32, f32)) -> Option<Piece> {
        let middle = left + (right - left) * share;
        let edges = [(left, middle - GUTTER / 2.0), (middle + GUTTER / 2.0, right)];
        let mut whole = Piece { before: 7.0, ..Piece::default() };
        for (blocks, edges) in columns.iter().zip(edges) {
            let mut y = 0.0;
            for piece in self.pieces(blocks, edges) {
                y += if y > 0.0 { piece.before } else { 0.0 };
                whole.parts.extend(piece.parts.iter().map(|part| moved(part, y)));
                y += piece.height;
            }
            whole.height = whole.height.max(y);
        }
        (!whole.parts.is_empty()).then_some(whole)
    }
}

/// A part further down.
pub(super) fn moved(part: &Part, by: f32) -> Part {
    let by = Vec2::new(0.0, by);
    Part { group: part.group, items: part.items.iter().map(|item| placed(item, 1.0, by)).collect() }
}
