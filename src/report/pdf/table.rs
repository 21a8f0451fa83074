//! Tables as pieces of pages: a head, and a piece a row.

use std::sync::Arc;

use egui::Color32;
use wattfolio_economics::business::Business;

use super::fonts::baseline;
use super::piece::{Head, Kind, Part, Piece, rule, text};
use super::set::{Setter, Type, moved};
use crate::report::content::{Cell, Column, Row, Table};
use crate::report::scene::Item;
use crate::theme;

/// Space between columns.
const GAP: f32 = 6.0;
/// Space between a number and its standard error.
const ERROR_GAP: f32 = 3.5;
/// Rows from which a table is set closer.
const MANY_ROWS: usize = 8;
/// Width of the glyph of a business with the space behind it, in sizes of the font.
const GLYPH: f32 = 1.35;

/// Widths and types of a table.
struct Plan {
    left: f32,
    right: f32,
    /// Left and right edge of each column.
    edges: Vec<(f32, f32)>,
    /// Room for standard errors at the right of each column.
    errors: Vec<f32>,
    label: f32,
    own: Type,
    small: Type,
    head: Type,
    /// Space above and below the text of a row.
    air: f32,
}

/// The pieces of a table.
pub(super) fn pieces(setter: &mut Setter<'_>, table: &Table, edges: (f32, f32)) -> Vec<Piece> {
    let plan = Plan::new(setter, table, edges);
    let mut pieces = titles(setter, table, edges);
    if table.rows.is_empty() || table.columns.is_empty() {
        return pieces;
    }
    let group = setter.group(None, Kind::Table);
    let has_titles = table.columns.iter().any(|column| !column.title.is_empty());
    let head = if has_titles {
        let piece = head(setter, table, &plan, group);
        let items = piece.parts.iter().flat_map(|part| part.items.clone()).collect();
        let head = Arc::new(Head { height: piece.height, items });
        pieces.push(piece);
        Some(head)
    } else {
        None
    };
    for row in &table.rows {
        let mut piece = if row.is_heading {
            heading_row(setter, table, row, &plan, group)
        } else {
            self::row(setter, row, table, &plan, group)
        };
        piece.head.clone_from(&head);
        pieces.push(piece);
    }
    pieces
}

impl Plan {
    fn new(setter: &mut Setter<'_>, table: &Table, (left, right): (f32, f32)) -> Self {
        let is_close = table.rows.len() > MANY_ROWS;
        let (own, small, air) = if is_close {
            (Type::new(7.6, 400, 9.8), Type::new(6.8, 400, 8.8), 1.5)
        } else {
            (Type::new(8.6, 400, 11.4), Type::new(7.2, 400, 9.6), 3.0)
        };
        let label = (right - left) * table.label_share;
        let total: f32 = table.columns.iter().map(|column| column.share).sum::<f32>().max(0.01);
        let room = right - left - label;
        let mut at = left + label;
        let edges = table.columns.iter().map(|column| {
            let from = at;
            at += room * column.share / total;
            (from + GAP, at)
        });
        let edges: Vec<(f32, f32)> = edges.collect();
        let error = |index: usize| {
            let cells = table.rows.iter().filter_map(|row| row.cells.get(index)?.error.as_ref());
            let widest = cells.map(|(text, _)| setter.fonts.width(text, small.font)).fold(0.0, f32::max);
            if widest > 0.0 { widest + ERROR_GAP } else { 0.0 }
        };
        let errors = (0..table.columns.len()).map(error).collect();
        let head = Type::new(7.4, 400, 9.8);
        Self { left, right, edges, errors, label, own, small, head, air }
    }
}

/// Title and subtitle.
fn titles(setter: &mut Setter<'_>, table: &Table, (left, right): (f32, f32)) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let palette = setter.palette;
    let mut add = |words: &str, own: Type, colour: Color32, kind: Kind, before: f32| {
        if words.is_empty() {
            return;
        }
        let (items, height) = setter.lines(words, own, colour, (left, 0.0, right - left));
        let group = setter.group(None, kind);
        let parts = vec![Part { group: Some(group), items }];
        pieces.push(Piece { before, height, parts, keeps_next: true, ..Piece::default() });
    };
    let kind = Kind::Heading(2, table.title.clone());
    add(&table.title, Type::new(9.4, 600, 12.6), palette.text, kind, 12.0);
    let before = if table.title.is_empty() { 6.0 } else { 0.0 };
    add(&table.subtitle, Type::new(7.4, 400, 10.4), palette.text_muted, Kind::Paragraph, before);
    pieces
}

/// The glyph of a business at the left of a text.
fn glyph(setter: &mut Setter<'_>, business: Business, (left, top): (f32, f32), own: Type) -> Item {
    let colour = setter.palette.businesses[business].mark;
    let font = (own.font.0, 400);
    text(setter.fonts.words(
        theme::glyph(business),
        font,
        colour,
        baseline(left, top, (own.font.0, own.line)),
    ))
}

/// Least size of a number that is made smaller to fit, relative to its usual size.
const LEAST_SIZE: f32 = 0.74;

/// The type in which a number fits in one line, if a smaller one is enough for that.
fn shrunk(setter: &mut Setter<'_>, words: &str, own: Type, room: f32) -> Type {
    let fit = room / setter.fonts.width(words, own.font).max(0.01);
    if !(LEAST_SIZE..1.0).contains(&fit) {
        return own;
    }
    Type { font: (own.font.0 * fit * 0.995, own.font.1), line: own.line }
}

/// Lines of a text that ends at an edge.
fn right_aligned(
    setter: &mut Setter<'_>,
    words: &str,
    own: Type,
    colour: Color32,
    (left, right, top): (f32, f32, f32),
) -> (Vec<Item>, f32) {
    let own = shrunk(setter, words, own, right - left);
    let lines = setter.fonts.lines(words, own.font, (right - left).max(1.0));
    let height = lines.len() as f32 * own.line;
    let mut items = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let width = setter.fonts.width(line, own.font);
        let start = baseline(right - width, top + index as f32 * own.line, (own.font.0, own.line));
        items.push(text(setter.fonts.words(line, own.font, colour, start)));
    }
    (items, height)
}

/// The headings of the columns.
fn head(setter: &mut Setter<'_>, table: &Table, plan: &Plan, group: usize) -> Piece {
    let row = setter.group(Some(group), Kind::Row);
    let first = setter.group(Some(row), Kind::Cell);
    let mut parts = vec![Part { group: Some(first), items: Vec::new() }];
    let mut height: f32 = plan.head.line;
    for (index, column) in table.columns.iter().enumerate() {
        let group = setter.group(Some(row), Kind::ColumnHead(1));
        let (items, own) = head_cell(setter, column, plan, index);
        parts.push(Part { group: Some(group), items });
        height = height.max(own);
    }
    let height = height + 2.0 * plan.air;
    let items = vec![rule((plan.left, plan.right), height - 0.25, (0.6, setter.palette.line))];
    let mut parts: Vec<Part> = parts.iter().map(|part| moved(part, plan.air)).collect();
    parts.push(Part { group: None, items });
    Piece { before: 6.0, height, parts, keeps_next: true, ..Piece::default() }
}

fn head_cell(setter: &mut Setter<'_>, column: &Column, plan: &Plan, index: usize) -> (Vec<Item>, f32) {
    let (left, right) = plan.edges[index];
    let palette = setter.palette;
    if column.is_words {
        return setter.lines(&column.title, plan.head, palette.text_muted, (left, 0.0, right - left));
    }
    let right = right - plan.errors[index];
    let Some(business) = column.business else {
        return right_aligned(setter, &column.title, plan.head, palette.text_muted, (left, right, 0.0));
    };
    let own = Type::new(plan.head.font.0 + 0.6, 600, plan.head.line);
    let (colour, indent) = (palette.businesses[business].text, GLYPH * own.font.0);
    // Beside a narrow number a long name reaches into the room of the errors.
    let width = setter.fonts.width(&column.title, own.font) + indent;
    let right = if width > right - left { plan.edges[index].1.min(left + width) } else { right };
    let (mut items, height) = right_aligned(setter, &column.title, own, colour, (left + indent, right, 0.0));
    let start = right - setter.fonts.width(&column.title, own.font).min(right - left - indent) - indent;
    items.push(glyph(setter, business, (start, 0.0), own));
    (items, height)
}

/// A row that names those below it.
fn heading_row(setter: &mut Setter<'_>, table: &Table, row: &Row, plan: &Plan, group: usize) -> Piece {
    let node = setter.group(Some(group), Kind::Row);
    let cell = setter.group(Some(node), Kind::ColumnHead(table.columns.len() as u32 + 1));
    let own = Type::new(plan.own.font.0, 600, plan.own.line);
    let top = plan.air + 3.0;
    let (mut left, colour) = (plan.left, setter.palette.text);
    let mut items = Vec::new();
    if let Some(business) = row.business {
        items.push(glyph(setter, business, (left, top), own));
        left += GLYPH * own.font.0;
    }
    let (words, height) = setter.lines(&row.label, own, colour, (left, top, plan.right - left));
    items.extend(words);
    let height = height + 2.0 * plan.air + 3.0;
    let line = rule((plan.left, plan.right), height - 0.25, (0.5, setter.palette.line));
    let parts = vec![Part { group: Some(cell), items }, Part { group: None, items: vec![line] }];
    Piece { height, parts, keeps_next: true, ..Piece::default() }
}

fn row(setter: &mut Setter<'_>, row: &Row, table: &Table, plan: &Plan, group: usize) -> Piece {
    let node = setter.group(Some(group), Kind::Row);
    let head = setter.group(Some(node), Kind::RowHead);
    let (mut items, mut height) = label(setter, row, plan);
    let mut parts = Vec::new();
    for (index, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
        let node = setter.group(Some(node), Kind::Cell);
        let (items, own) = self::cell(setter, cell, column, (plan, index));
        parts.push(Part { group: Some(node), items });
        height = height.max(own);
    }
    if !row.note.is_empty() {
        let colour = setter.palette.text_muted;
        let top = plan.air + height;
        let place = (plan.left, top, plan.right - plan.left);
        let (note, own) = setter.lines(&row.note, plan.small, colour, place);
        items.extend(note);
        height += own;
    }
    parts.insert(0, Part { group: Some(head), items });
    let height = height + 2.0 * plan.air;
    let line = rule((plan.left, plan.right), height - 0.25, (0.4, setter.palette.grid));
    parts.push(Part { group: None, items: vec![line] });
    Piece { height, parts, ..Piece::default() }
}

/// The label of a row, and its height.
fn label(setter: &mut Setter<'_>, row: &Row, plan: &Plan) -> (Vec<Item>, f32) {
    let palette = setter.palette;
    let weight = if row.is_strong { 500 } else { 400 };
    let own = Type::new(plan.own.font.0, weight, plan.own.line);
    let colour = if row.is_strong { palette.text } else { palette.text_secondary };
    let mut left = plan.left;
    let mut items = Vec::new();
    if let Some(business) = row.business {
        items.push(glyph(setter, business, (left, plan.air), own));
        left += GLYPH * own.font.0;
    }
    let room = plan.left + plan.label - left;
    let (words, height) = setter.lines(&row.label, own, colour, (left, plan.air, room));
    items.extend(words);
    (items, height)
}

/// A cell, and its height.
fn cell(
    setter: &mut Setter<'_>,
    cell: &Cell,
    column: &Column,
    (plan, index): (&Plan, usize),
) -> (Vec<Item>, f32) {
    let palette = setter.palette;
    let (left, right) = plan.edges[index];
    if cell.text.is_empty() {
        return (Vec::new(), 0.0);
    }
    if column.is_words {
        let colour = palette.text_muted;
        return setter.lines(&cell.text, plan.small, colour, (left, plan.air + 0.4, right - left));
    }
    let weight = if cell.is_strong { 600 } else { 400 };
    let own = Type::new(plan.own.font.0, weight, plan.own.line);
    let colour = if cell.is_muted { palette.text_muted } else { palette.text };
    let edge = right - plan.errors[index];
    let (mut items, height) = right_aligned(setter, &cell.text, own, colour, (left, edge, plan.air));
    if let Some((error, _)) = &cell.error {
        let start = baseline(edge + ERROR_GAP, plan.air, (plan.small.font.0, plan.own.line));
        items.push(text(setter.fonts.words(error, plan.small.font, palette.text_muted, start)));
    }
    (items, height)
}
