//! Lines of equal risk in the triangle.

use egui::{Align, Align2, Pos2, Rect, Shape, Stroke, Ui, vec2};
use wattfolio_economics::answers::mix::{Mixed, Mixes, Per, STEPS};
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::units::Unit;

use crate::format;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget::{self, Step};

/// Largest number of lines.
const LINES: f64 = 6.0;

/// Draws lines of equal mean of the worst 5 %, each with its figure.
pub(super) fn contours_ui(
    ui: &Ui,
    cx: &Context<'_>,
    mixes: &Mixes,
    [right, left, top]: [Business; 3],
    place: &dyn Fn(&PerBusiness<f64>) -> Pos2,
) {
    let per = cx.state.view.mix.per;
    let risk = |mixed: &Mixed| mixed.risk(per).value;
    let (least, most) =
        mixes.grid.iter().map(risk).fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), risk| {
            (least.min(risk), most.max(risk))
        });
    let Some(step) = Step::at_least((most - least) / LINES) else { return };
    // The cells of each small triangle: two neighbours on a row, and one on the row above or below.
    let find = |row: usize, column: usize| {
        let shares = [(right, column), (left, STEPS - row - column), (top, row)];
        mixes.grid.iter().find(|mixed| {
            shares
                .iter()
                .all(|(business, steps)| (mixed.shares[*business] * STEPS as f64 - *steps as f64).abs() < 0.5)
        })
    };
    let cells: Vec<Vec<Option<&Mixed>>> =
        (0..=STEPS).map(|row| (0..=STEPS - row).map(|column| find(row, column)).collect()).collect();
    let at = |row: usize, column: usize| cells.get(row).and_then(|row| row.get(column)).copied().flatten();
    let mut small = Vec::new();
    for row in 0..STEPS {
        for column in 0..STEPS - row {
            small.push([at(row, column), at(row, column + 1), at(row + 1, column)]);
            small.push([at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)]);
        }
    }
    let mut taken: Vec<Rect> = Vec::new();
    for tick in step.ticks(least, most) {
        let mut segments: Vec<[Pos2; 2]> = Vec::new();
        for corners in &small {
            let [Some(a), Some(b), Some(c)] = corners else { continue };
            let crossings: Vec<Pos2> = [(a, b), (b, c), (c, a)]
                .into_iter()
                .filter_map(|(from, to)| crossing(from, to, tick.value, risk, place))
                .collect();
            if let &[from, to] = crossings.as_slice() {
                segments.push([from, to]);
            }
        }
        let stroke = Stroke::new(1.0, cx.theme.palette.text_secondary);
        ui.painter().extend(segments.iter().map(|segment| Shape::line_segment(*segment, stroke)));
        if let Some([from, to]) = segments.get(segments.len() / 2) {
            let text = match per {
                Per::Dollar => format!("{} %", format::plain(-100.0 * tick.value)),
                Per::Site => format::short(-tick.value, Unit::Usd),
            };
            let size = vec2(widget::width(ui, &text, Text::Caption) + 6.0, 15.0);
            let label: Rect = Align2::CENTER_CENTER.anchor_size(from.lerp(*to, 0.5), size);
            // Where lines are close, the first has the label.
            if taken.iter().any(|other| other.intersects(label)) {
                continue;
            }
            taken.push(label);
            let backing = cx.theme.palette.app.gamma_multiply(theme::LABEL_BACKING);
            ui.painter().rect_filled(label, theme::RADIUS_FIELD, backing);
            widget::put(
                ui,
                label.shrink2(vec2(2.0, 0.0)),
                Align::Min,
                &text,
                Text::Caption,
                cx.theme.palette.text,
            );
        }
    }
}

/// Where a level lies between two cells.
fn crossing(
    from: &Mixed,
    to: &Mixed,
    level: f64,
    risk: impl Fn(&Mixed) -> f64,
    place: &dyn Fn(&PerBusiness<f64>) -> Pos2,
) -> Option<Pos2> {
    let (low, high) = (risk(from) - level, risk(to) - level);
    ((low < 0.0) != (high < 0.0))
        .then(|| place(&from.shares).lerp(place(&to.shares), (low / (low - high)) as f32))
}
