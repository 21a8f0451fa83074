//! Column positions of a table: a label, and one column a business, each as wide as its widest text.

use egui::{Align, Color32, Rect, Ui, pos2};
use wattfolio_economics::business::Business;

use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::capitalised;

/// Least space between two columns, points.
const GAP: f32 = 14.0;
/// Space between the glyph of a business and its name.
const GLYPH_GAP: f32 = 6.0;
/// Height of a line.
const LINE: f32 = 26.0;
/// Height of a label that stands above its figures.
const LABEL_LINE: f32 = 20.0;

/// The columns of a table.
pub(super) struct Columns {
    /// Right end of each column, from the left of the table.
    rights: [f32; Business::COUNT],
    widths: [f32; Business::COUNT],
    /// Width of the labels; absent where they stand above the figures.
    label: Option<f32>,
}

impl Columns {
    /// Labels beside the figures; `None` if the room is too narrow for that.
    pub(super) fn beside(room: f32, label: f32, needed: [f32; Business::COUNT]) -> Option<Self> {
        let label = label + GAP;
        let spare = room - label - total(needed);
        (spare >= 0.0).then(|| Self::spread(room, label, needed, Some(label)))
    }

    /// Labels above the figures, which share the whole width and are cut where that is too narrow.
    pub(super) fn below(room: f32, needed: [f32; Business::COUNT]) -> Self {
        Self::spread(room, 0.0, needed, None)
    }

    /// Equal columns where all texts fit in them; else each gets its own width and an equal part of the rest.
    fn spread(room: f32, left: f32, needed: [f32; Business::COUNT], label: Option<f32>) -> Self {
        let count = Business::COUNT as f32;
        let equal = (room - left + GAP) / count - GAP;
        let is_equal = needed.iter().all(|width| *width <= equal);
        let spare = (room - left - total(needed)) / count;
        let widths = needed.map(|width| if is_equal { equal } else { (width + spare).max(0.0) });
        let mut end = left - GAP;
        let rights = widths.map(|width| {
            end += GAP + width;
            end
        });
        Self { rights, widths, label }
    }

    /// Height of a row with `lines` lines of figures.
    pub(super) const fn row_height(&self, lines: f32) -> f32 {
        let label = if self.label.is_some() { 0.0 } else { LABEL_LINE };
        label + if lines > 1.0 { lines * LABEL_LINE + 6.0 } else { LINE }
    }

    /// The place of the label in a row.
    pub(super) fn label_place(&self, row: Rect) -> Rect {
        match self.label {
            Some(width) => Rect::from_min_max(row.min, pos2(row.left() + width - GAP, row.bottom())),
            None => row.with_max_y(row.top() + LABEL_LINE + 4.0),
        }
    }

    /// The place of the figures of a business in a row.
    pub(super) fn place(&self, row: Rect, business: Business) -> Rect {
        let top = if self.label.is_some() { row.top() } else { row.top() + LABEL_LINE };
        let right = row.left() + self.rights[business as usize];
        Rect::from_min_max(pos2(right - self.widths[business as usize], top), pos2(right, row.bottom()))
    }

    /// Width that the heading of a business needs.
    pub(super) fn heading_width(ui: &Ui, business: Business) -> f32 {
        let name = widget::width(ui, &capitalised(business.word()), Text::BodyMedium);
        widget::width(ui, theme::glyph(business), Text::Caption) + GLYPH_GAP + name
    }

    /// Paints the names of the businesses with their glyphs; `after` is the room kept for errors.
    pub(super) fn heading_ui(&self, ui: &Ui, cx: &Context<'_>, row: Rect, after: f32) {
        for business in Business::ALL {
            let place = self.place(row, business);
            let place = place.with_max_x(place.right() - after);
            let name = capitalised(business.word());
            let name = widget::put(ui, place, Align::Max, &name, Text::BodyMedium, cx.theme.palette.text);
            let place = place.with_max_x(name.left() - GLYPH_GAP);
            let (glyph, colour) = (theme::glyph(business), cx.theme.mark(business));
            widget::put(ui, place, Align::Max, glyph, Text::Caption, colour);
        }
    }

    /// Paints a label.
    pub(super) fn label_ui(&self, ui: &Ui, row: Rect, label: &str, colour: Color32) {
        widget::put(ui, self.label_place(row), Align::Min, label, Text::Body, colour);
    }
}

/// Width of all columns with the space between them.
fn total(needed: [f32; Business::COUNT]) -> f32 {
    needed.iter().sum::<f32>() + (Business::COUNT as f32 - 1.0) * GAP
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: Rect = Rect { min: pos2(10.0, 0.0), max: pos2(410.0, 26.0) };

    #[test]
    fn texts_that_fit_get_equal_columns() {
        let columns = Columns::beside(400.0, 86.0, [50.0; Business::COUNT]).expect("room");
        let places = Business::ALL.map(|business| columns.place(ROW, business));
        assert!(places.iter().all(|place| (place.width() - places[0].width()).abs() < 1e-3));
        assert!((places[Business::COUNT - 1].right() - ROW.right()).abs() < 1e-3);
        assert!(columns.label_place(ROW).right() < places[0].left());
    }

    #[test]
    fn every_text_has_its_width_and_a_gap_before_it() {
        let mut needed = [40.0; Business::COUNT];
        needed[1] = 130.0;
        let columns = Columns::beside(400.0, 90.0, needed).expect("room");
        let mut left = columns.label_place(ROW).right();
        for business in Business::ALL {
            let place = columns.place(ROW, business);
            assert!(place.width() >= needed[business as usize] && place.left() >= left + GAP - 1e-3);
            left = place.right();
        }
        assert!(left <= ROW.right() + 1e-3);
        // A point less than needed, and the labels go above the figures.
        let least = 90.0 + GAP + total(needed);
        assert!(Columns::beside(least, 90.0, needed).is_some());
        assert!(Columns::beside(least - 1.0, 90.0, needed).is_none());
        let below = Columns::below(least - 1.0, needed);
        assert!(below.place(ROW, Business::ALL[0]).top() > ROW.top());
        assert!(below.place(ROW, Business::ALL[1]).width() >= needed[1]);
    }
}
