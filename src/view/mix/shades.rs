//! The shades of the cells by expected NPV, and the legend that says what they mean.

use egui::{Color32, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use wattfolio_economics::answers::mix::{Mixed, Mixes, Per};

use crate::theme::{HAIRLINE, Palette};
use crate::view::Context;
use crate::widget;
use crate::words::mix as words;

/// Opacities of the ink, from the lowest value up.
const INK: [f32; 5] = [0.14, 0.24, 0.35, 0.47, 0.6];
/// Size of a shade in the legend.
const SHADE: [f32; 2] = [16.0, 12.0];

/// The scale of the shades.
pub(super) struct Shades {
    /// Least value of all mixes.
    least: f64,
    /// Value at the lowest shade: nothing, or the least value where every mix loses.
    low: f64,
    /// Most value of all mixes.
    most: f64,
}

impl Shades {
    pub(super) fn new(mixes: &Mixes, per: Per) -> Self {
        let value = |mixed: &Mixed| mixed.value(per).value;
        let most = mixes.grid.iter().map(value).fold(f64::NEG_INFINITY, f64::max);
        let least = mixes.grid.iter().map(value).fold(f64::INFINITY, f64::min);
        Self { least, low: if most > 0.0 { 0.0 } else { least }, most }
    }

    /// The shade of a value, counted from 0; `None` for a loss where others gain.
    fn step(&self, value: f64) -> Option<usize> {
        let share = (value - self.low) / (self.most - self.low).max(f64::MIN_POSITIVE);
        (share >= 0.0).then(|| ((share * INK.len() as f64) as usize).min(INK.len() - 1))
    }

    /// The colour of a cell; `None` for one that is an outline alone.
    pub(super) fn ink(&self, palette: &Palette, value: f64) -> Option<Color32> {
        self.step(value).map(|step| palette.text.gamma_multiply(INK[step]))
    }
}

/// The colour of the outline of a cell that loses.
pub(super) fn outline(palette: &Palette) -> Color32 {
    palette.baseline.gamma_multiply(0.7)
}

/// Draws the legend: what a loss looks like, and the shades between their two ends.
pub(super) fn legend_ui(ui: &mut Ui, cx: &Context<'_>, shades: &Shades, per: Per) {
    let palette = &cx.theme.palette;
    let value = |value: f64| words::signed(value, per);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        widget::caption(ui, cx.theme, format!("Expected NPV{}", words::unit(per)));
        if shades.least < shades.low {
            let (rect, _) = ui.allocate_exact_size(SHADE.into(), Sense::hover());
            let stroke = Stroke::new(HAIRLINE, outline(palette));
            ui.painter().rect_stroke(rect, 0, stroke, StrokeKind::Inside);
            widget::caption(ui, cx.theme, format!("loss, down to {}", value(shades.least)));
            ui.add_space(8.0);
        }
        widget::caption(ui, cx.theme, value(shades.low));
        let size = vec2(SHADE[0] * INK.len() as f32, SHADE[1]);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        for (index, ink) in INK.iter().enumerate() {
            let left = rect.left() + SHADE[0] * index as f32;
            let shade = rect.with_min_x(left).with_max_x(left + SHADE[0]);
            ui.painter().add(Shape::rect_filled(shade, 0, palette.text.gamma_multiply(*ink)));
        }
        widget::caption(ui, cx.theme, value(shades.most));
        let spoken = format!("Shades of the cells, from {} to {}", value(shades.low), value(shades.most));
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &spoken));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_run_from_nothing_or_from_the_worst_to_the_best() {
        let gains = Shades { least: -0.09, low: 0.0, most: 0.065 };
        assert_eq!(
            [-0.01, 0.0, 0.03, 0.065].map(|value| gains.step(value)),
            [None, Some(0), Some(2), Some(4)]
        );
        let losses = Shades { least: -0.9, low: -0.9, most: -0.1 };
        assert_eq!([-0.9, -0.1].map(|value| losses.step(value)), [Some(0), Some(4)]);
        let flat = Shades { least: -0.9, low: -0.9, most: -0.9 };
        assert_eq!(flat.step(-0.9), Some(0));
    }
}
