//! Where the columns of the figures stand: beside each other, or in three lines where there is no room.

use egui::{Align, Rangef, Rect, Sense, Ui, vec2};

use crate::theme::{TABLE_ROW, Text};
use crate::view::Context;
use crate::widget;

/// Space between columns.
const GAP: f32 = 14.0;
/// Width of the check box and the triangle.
pub(super) const MARKS: f32 = 44.0;
/// Least width at which all columns stand beside each other.
const LEAST_BESIDE: f32 = 800.0;
/// Widths of the columns at the right: spread, age, in the plan, change.
const RIGHT: [f32; 4] = [116.0, 84.0, 92.0, 62.0];
/// Height of a line where columns stand below each other.
const LINE: f32 = 20.0;

/// Places of the cells of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells {
    pub name: Rect,
    pub market: Rect,
    pub how: Rect,
    pub spread: Rect,
    pub age: Rect,
    pub plan: Rect,
    pub change: Rect,
}

/// The columns of the figures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    inner: Rangef,
    is_beside: bool,
}

impl Columns {
    pub fn of(inner: Rect) -> Self {
        Self { inner: inner.x_range(), is_beside: inner.width() >= LEAST_BESIDE }
    }

    /// Whether all columns stand beside each other.
    pub const fn is_beside(&self) -> bool {
        self.is_beside
    }

    /// Height of the row of a figure.
    pub const fn row_height(&self) -> f32 {
        if self.is_beside { TABLE_ROW + 4.0 } else { TABLE_ROW + 2.0 * LINE + 4.0 }
    }

    /// Places of the cells in a row.
    pub fn cells(&self, row: Rect) -> Cells {
        let left = self.inner.min + MARKS;
        let line = |index: f32| {
            let top =
                if index == 0.0 { row.top() + 2.0 } else { row.top() + TABLE_ROW + (index - 1.0) * LINE };
            Rangef::new(top, top + if index == 0.0 { TABLE_ROW } else { LINE })
        };
        let at = |from: f32, to: f32, y: Rangef| Rect::from_x_y_ranges(Rangef::new(from, to.max(from)), y);
        if !self.is_beside {
            let (right, half) = (self.inner.max, f32::midpoint(left, self.inner.max));
            return Cells {
                name: at(left, right - 128.0 - GAP, line(0.0)),
                market: at((right - 128.0).max(left), right, line(0.0)),
                how: at(left, right - 84.0 - GAP, line(1.0)),
                age: at((right - 84.0).max(left), right, line(1.0)),
                spread: at(left, half - GAP, line(2.0)),
                plan: at(half, right - 84.0 - GAP, line(2.0)),
                change: at((right - 84.0).max(half), right, line(2.0)),
            };
        }
        let y = Rangef::new(row.top(), row.bottom());
        let mut right = self.inner.max;
        let mut take = |width: f32| {
            let place = at(right - width, right, y);
            right -= width + GAP;
            place
        };
        let (change, plan, age, spread) = (take(RIGHT[3]), take(RIGHT[2]), take(RIGHT[1]), take(RIGHT[0]));
        let room = right - left;
        let (name, market) = (room * 0.39, room * 0.27);
        Cells {
            name: at(left, left + name - GAP, y),
            market: at(left + name, left + name + market - GAP, y),
            how: at(left + name + market, right, y),
            spread,
            age,
            plan,
            change,
        }
    }

    /// The names of the columns.
    pub fn heading_ui(&self, ui: &mut Ui, cx: &Context<'_>) {
        let muted = cx.theme.palette.text_muted;
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
        let put = |place: Rect, align, text| widget::put(ui, place, align, text, Text::Caption, muted);
        if !self.is_beside {
            put(row, Align::Min, "Figures: market, how it comes about, spread, age, in the plan");
            return;
        }
        let cells = self.cells(row);
        put(cells.name, Align::Min, "Figure");
        put(cells.market, Align::Max, "Market");
        put(cells.how, Align::Min, "How it comes about");
        put(cells.spread, Align::Max, "Spread, most");
        put(cells.age, Align::Max, "Age");
        put(cells.plan, Align::Max, "In the plan");
        put(cells.change, Align::Max, "Change");
    }
}
