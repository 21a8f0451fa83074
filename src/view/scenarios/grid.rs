//! Where the columns of the table stand.

use std::ops::Range;

use egui::{Rect, Sense, Ui, pos2, vec2};

use wattfolio_economics::number::within;

use crate::state::Shown;
use crate::theme::VALUE_FIELD_WIDTH;
use crate::view::Context;

/// Height of a row.
pub(super) const ROW: f32 = 24.0;
/// Least and most width of the names of rows.
const LABELS: (f32, f32) = (142.0, 216.0);
/// Least width of a column: a field, the bar before it and the way back behind it.
const LEAST_COLUMN: f32 = VALUE_FIELD_WIDTH + 52.0;
/// Space inside a column, at its left.
pub(super) const INSIDE: f32 = 8.0;

/// How many scenarios stand side by side in so much room.
pub(super) fn most_columns(width: f32) -> usize {
    (((width - LABELS.0) / LEAST_COLUMN).max(1.0)) as usize
}

/// A row over the whole width.
pub(super) fn row(ui: &mut Ui, height: f32) -> Rect {
    ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover()).0
}

/// Some of the scenarios side by side, which are all that have room.
pub(super) struct Grid<'a> {
    /// All that are drawn.
    pub(super) drawn: &'a [&'a Shown],
    /// Which of them stand here.
    pub(super) here: Range<usize>,
    labels: f32,
    column: f32,
}

impl<'a> Grid<'a> {
    /// Columns for a part of the scenarios; `in_row` columns would fill the width.
    pub(super) fn new(
        ui: &Ui,
        cx: &Context<'_>,
        drawn: &'a [&'a Shown],
        here: Range<usize>,
        in_row: usize,
    ) -> Self {
        let width = ui.available_width();
        // Blocks of one table have columns of one width.
        let columns = in_row.min(drawn.len()).max(1) as f32;
        let labels = if cx.is_narrow { LABELS.0 } else { LABELS.1 };
        let labels = labels.min((width - columns * LEAST_COLUMN).max(LABELS.0));
        // Two scenarios need not be as far apart as the page is wide.
        let column = within((width - labels) / columns, 0.0, 2.2 * LEAST_COLUMN);
        Self { drawn, here, labels, column }
    }

    /// The scenarios that stand here, each with its column.
    pub(super) fn columns(&self) -> impl Iterator<Item = (usize, &'a Shown)> {
        let drawn = self.drawn;
        self.here.clone().enumerate().filter_map(move |(column, index)| Some((column, *drawn.get(index)?)))
    }

    /// The column of the scenario that is shown and edited.
    pub(super) fn current(&self) -> Option<usize> {
        self.columns().find(|(_, shown)| shown.listed.is_current).map(|(column, _)| column)
    }

    /// The baseline among all that are drawn.
    pub(super) fn baseline(&self) -> Option<usize> {
        self.drawn.iter().position(|shown| shown.listed.is_baseline)
    }

    /// The place of the name of a row.
    pub(super) fn label(&self, row: Rect) -> Rect {
        row.with_max_x(row.left() + self.labels - INSIDE)
    }

    /// The place of a column in a row, with the space inside it.
    pub(super) fn cell(&self, row: Rect, column: usize) -> Rect {
        let left = row.left() + self.labels + column as f32 * self.column;
        Rect::from_min_max(pos2(left + INSIDE, row.top()), pos2(left + self.column - INSIDE, row.bottom()))
    }

    /// The whole of a column between two heights.
    pub(super) fn column(&self, ui: &Ui, column: usize, heights: Range<f32>) -> Rect {
        let left = ui.max_rect().left() + self.labels + column as f32 * self.column;
        Rect::from_min_max(pos2(left, heights.start), pos2(left + self.column, heights.end))
    }

    /// The column at a height-free position, for a scenario that is dragged.
    pub(super) fn at(&self, row: Rect, x: f32) -> usize {
        let column = ((x - row.left() - self.labels) / self.column.max(1.0)).floor().max(0.0) as usize;
        column.min(self.here.len().saturating_sub(1))
    }
}
