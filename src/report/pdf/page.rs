//! Pieces onto pages, with a head and a foot on each.

use std::sync::Arc;

use egui::{Color32, Rect, pos2};

use super::fonts::{Fonts, baseline};
use super::piece::{Part, Piece, rule, text, whole};
use super::set::moved;
use crate::report::scene::{Item, Mark, Path, Step};
use crate::state::Paper;
use crate::theme::{Palette, logo};

/// A page: what belongs to the structure, and its decoration.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) parts: Vec<Part>,
    /// Bookmarks with their heights.
    pub(super) bookmarks: Vec<(f32, String)>,
}

/// The part of a page from which what starts a page goes to the next one.
const LEAST_USED: f32 = 0.35;

/// Puts pieces onto pages. Pieces that keep the next one move to a new page with it.
pub(super) fn pages(pieces: Vec<Piece>, paper: Paper) -> Vec<Page> {
    let mut pages = vec![Page::default()];
    let mut y = Paper::TOP;
    let mut rest = pieces.into_iter().peekable();
    while let Some(piece) = rest.next() {
        let mut chain = vec![piece];
        while chain.last().is_some_and(|piece| piece.keeps_next) {
            let Some(next) = rest.next() else { break };
            chain.push(next);
        }
        let height: f32 = chain.iter().map(|piece| piece.before + piece.height).sum();
        let is_top = y <= Paper::TOP;
        // What a page has hardly begun goes on below what it has, rather than leave it nearly empty.
        let used = (y - Paper::TOP) / (paper.bottom() - Paper::TOP);
        let starts = chain.iter().any(|piece| piece.starts_page) && used > LEAST_USED;
        let is_new = starts || y + height > paper.bottom() + 0.01;
        if is_new && !is_top {
            pages.push(Page::default());
            y = Paper::TOP;
        }
        for piece in chain {
            // A chain that is longer than a page is broken all the same.
            if y + piece.height > paper.bottom() + 0.01 && y > Paper::TOP {
                pages.push(Page::default());
                y = Paper::TOP;
            }
            put(&mut pages, &mut y, &piece);
        }
    }
    pages
}

fn put(pages: &mut [Page], y: &mut f32, piece: &Piece) {
    let Some(page) = pages.last_mut() else { return };
    let is_top = *y <= Paper::TOP;
    if is_top {
        if let Some(head) = &piece.head {
            let head = Arc::clone(head);
            page.parts.push(moved(&Part { group: None, items: head.items.clone() }, *y));
            *y += head.height;
        }
    } else {
        *y += piece.before;
    }
    if let Some(name) = &piece.bookmark {
        page.bookmarks.push((*y, name.clone()));
    }
    page.parts.extend(piece.parts.iter().map(|part| moved(part, *y)));
    *y += piece.height;
}

/// What stands at the head and foot of every page.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) title: String,
    pub(super) lines: [String; 2],
}

impl Frame {
    /// The decoration of a page.
    pub(super) fn items(
        &self,
        fonts: &mut Fonts,
        palette: &Palette,
        paper: Paper,
        (number, count): (usize, usize),
    ) -> Vec<Item> {
        let (left, right) = paper.sides();
        let mut items = mark(palette, left);
        let line = (9.0, 12.0);
        let at = |x: f32, y: f32, line: (f32, f32)| baseline(x, y - line.1 / 2.0, line);
        let name = (9.0, 600);
        items.push(text(fonts.words("wattfolio", name, palette.text, at(left + 17.0, Paper::HEAD, line))));
        let own = (8.6, 400);
        let title = fonts.cut(&self.title, own, (right - left) * 0.75);
        let width = fonts.width(&title, own);
        let start = at(right - width, Paper::HEAD, line);
        items.push(text(fonts.words(&title, own, palette.text_secondary, start)));
        items.push(rule((left, right), Paper::HEAD + 12.0, (1.0, palette.text)));
        items.push(rule((left, right), paper.foot(), (0.6, palette.line)));
        let small = (7.0, 400);
        let line = (7.0, 10.4);
        for (index, words) in self.lines.iter().enumerate() {
            let y = paper.foot() + 11.0 + 10.4 * index as f32;
            let words = fonts.cut(words, small, (right - left) * 0.9);
            items.push(text(fonts.words(&words, small, palette.text_muted, at(left, y, line))));
        }
        let number = format!("{number} / {count}");
        let width = fonts.width(&number, small);
        let start = at(right - width, paper.foot() + 21.4, line);
        items.push(text(fonts.words(&number, small, palette.text, start)));
        items
    }
}

/// The logo on the line of a page's head.
fn mark(palette: &Palette, left: f32) -> Vec<Item> {
    let bottom = Paper::HEAD + 4.6;
    let bar = |(area, fill): (Rect, Color32)| {
        let steps = vec![
            Step::Move(area.left_top()),
            Step::Line(area.right_top()),
            Step::Line(area.right_bottom()),
            Step::Line(area.left_bottom()),
            Step::Close,
        ];
        whole(Mark::Path(Path { steps, fill, line: None }))
    };
    let area = Rect::from_min_max(pos2(left, bottom - 9.4), pos2(left + 11.6, bottom));
    logo(palette, area).map(bar).collect()
}
