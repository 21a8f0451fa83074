//! The cells: a colour in steps of the lead, and hatching where the first loses value.

use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, Ui, pos2};
use wattfolio_economics::answers::{Field, WinnerMap};
use wattfolio_economics::business::Business;
use wattfolio_economics::number::within;

use crate::state::MapFound;
use crate::theme::HAIRLINE;
use crate::view::Context;

/// Steps of the lead.
pub(super) const STEPS: usize = 5;
/// Strengths of the colour of a business on the ground, from the least lead up.
const STRENGTHS: [f32; STEPS] = [0.16, 0.28, 0.4, 0.54, 0.7];
/// Distance of two hatching lines.
const HATCH: f32 = 7.0;

/// The colour of a business at a step of its lead.
pub(super) fn strength(cx: &Context<'_>, business: Business, step: usize) -> Color32 {
    cx.theme.palette.app.lerp_to_gamma(cx.theme.mark(business), STRENGTHS[step.min(STEPS - 1)])
}

/// The ground below the hatching of a business that is first and loses value.
pub(super) fn losing(cx: &Context<'_>, business: Business) -> Color32 {
    strength(cx, business, 0)
}

/// The ground where businesses are about equal.
pub(super) fn about_equal(cx: &Context<'_>) -> Color32 {
    cx.theme.palette.hover
}

/// The hatching of a loss in a swatch of the legend.
pub(super) fn hatched(ui: &Ui, rect: Rect, ink: Color32) {
    let step = rect.height() / 2.0;
    let mut left = rect.left();
    while left + rect.height() <= rect.right() {
        let ends = [pos2(left, rect.bottom()), pos2(left + rect.height(), rect.top())];
        ui.painter().line_segment(ends, Stroke::new(HAIRLINE, ink));
        left += step;
    }
}

/// The colours of all cells as one mesh; equal neighbours of a row are one rectangle.
///
/// The strength of a colour is that of the lead in the large map, which was `found`.
pub(super) fn cells_ui(ui: &Ui, cx: &Context<'_>, rect: Rect, (map, found): (&WinnerMap, &MapFound)) {
    let palette = &cx.theme.palette;
    let colour = |column: usize, row: usize| {
        let cell = map.cell(column, row)?;
        Some(match cell.field {
            Field::Best(first) => strength(cx, first, found.strength(cell.lead, STEPS)),
            Field::AboutEqual(_) => about_equal(cx),
            Field::LosesValue(first) => losing(cx, first),
            Field::NoneEarns(_) => palette.app,
            Field::NoValue | Field::NotAllowed => palette.line,
        })
    };
    let (columns, rows) = (map.columns.len(), map.rows.len());
    let x = |column: usize| rect.left() + rect.width() * column as f32 / columns as f32;
    let y = |row: usize| rect.bottom() - rect.height() * row as f32 / rows as f32;
    let mut mesh = Mesh::default();
    for row in 0..rows {
        let mut start = 0;
        while start < columns {
            let of = colour(start, row);
            let end = (start + 1..columns).find(|column| colour(*column, row) != of).unwrap_or(columns);
            let place = Rect::from_x_y_ranges(x(start)..=x(end), y(row + 1)..=y(row));
            mesh.add_colored_rect(place, of.unwrap_or(palette.app));
            start = end;
        }
    }
    ui.painter().add(Shape::mesh(mesh));
    hatch_ui(ui, cx, rect, map);
}

/// Diagonal lines over the cells whose first loses value: grey where none earns its capital, in its colour where another does.
fn hatch_ui(ui: &Ui, cx: &Context<'_>, rect: Rect, map: &WinnerMap) {
    let ink = |at: Pos2| {
        let share = (at - rect.min) / rect.size();
        let (column, row) = map.place([f64::from(share.x), f64::from(1.0 - share.y)]);
        match map.cell(column, row)?.field {
            Field::NoneEarns(_) => Some(cx.theme.palette.text_muted),
            Field::LosesValue(first) => Some(cx.theme.mark(first)),
            _ => None,
        }
    };
    let step = within(rect.width() / map.columns.len().max(1) as f32, 1.0, HATCH);
    let count = ((rect.width() + rect.height()) / HATCH) as usize;
    for line in 1..count {
        // A diagonal from the left or the lower edge, up to the right.
        let offset = HATCH * line as f32;
        let at = |run: f32| pos2(rect.left() + run, rect.top() + offset - run);
        let (first, last) = ((offset - rect.height()).max(0.0), offset.min(rect.width()));
        let mut begun: Option<(f32, Color32)> = None;
        let mut run = first;
        while run < last {
            let next = (run + step).min(last);
            let here = ink(at(f32::midpoint(run, next)));
            if begun.map(|(_, colour)| colour) != here {
                if let Some((from, colour)) = begun {
                    ui.painter().line_segment([at(from), at(run)], Stroke::new(HAIRLINE, colour));
                }
                begun = here.map(|colour| (run, colour));
            }
            run = next;
        }
        if let Some((from, colour)) = begun {
            ui.painter().line_segment([at(from), at(last)], Stroke::new(HAIRLINE, colour));
        }
    }
}
