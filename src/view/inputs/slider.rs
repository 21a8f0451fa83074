//! The slider of a row, with its marks: default, baseline, stops.

use egui::{Color32, Rect, Response, Slider, SliderClamping, Stroke, Ui, pos2, vec2};
use wattfolio_economics::input::{Input, Number, Scale};
use wattfolio_economics::number::within;
use wattfolio_economics::units::Unit;

use super::row::Row;
use crate::format;
use crate::theme::{INPUT_ROW, RESET_COLUMN, VALUE_FIELD_HEIGHT};
use crate::widget::room_beside;

impl Row<'_> {
    pub(in crate::view::inputs) fn slider_ui(&self, ui: &mut Ui, number: &Number, label: &Response) {
        let Some(stored) = (number.get)(self.values.scenario) else { return };
        let scale = SliderScale::new(number, self.input);
        let before = scale.position(stored);
        let mut position = before;
        ui.spacing_mut().slider_width = room_beside(ui, RESET_COLUMN);
        ui.spacing_mut().interact_size.y = INPUT_ROW - VALUE_FIELD_HEIGHT - 14.0;
        self.slider_visuals(ui);
        // A screen reader says the stored value, without the rounding of the slider's steps.
        let mut get_set = |moved: Option<f64>| {
            position = moved.map_or(position, |to| scale.position(scale.value(to)));
            position
        };
        let mut slider = Slider::from_get_set(scale.low..=scale.high, &mut get_set)
            .show_value(false)
            .logarithmic(scale.is_log)
            .clamping(SliderClamping::Edits)
            .smart_aim(scale.step == 0.0);
        if scale.step > 0.0 && !scale.is_log {
            slider = slider.step_by(scale.step);
        }
        let response = ui.add(slider).labelled_by(label.id);
        if position != before {
            self.set_number(scale.value(position));
        }
        self.ticks_ui(ui, &scale, number, &response);
    }

    fn slider_visuals(&self, ui: &mut Ui) {
        let palette = &self.theme.palette;
        let visuals = ui.visuals_mut();
        visuals.widgets.inactive.bg_fill = palette.slider_track;
        visuals.selection.bg_fill = palette.text_muted;
        for widget in
            [&mut visuals.widgets.inactive, &mut visuals.widgets.hovered, &mut visuals.widgets.active]
        {
            widget.fg_stroke = Stroke::new(2.0, palette.panel);
        }
        visuals.widgets.hovered.bg_fill = palette.text_strong;
        visuals.widgets.active.bg_fill = palette.text_strong;
    }

    /// A caret below the default, a bar at the baseline, dots at stops, and the knob over them.
    fn ticks_ui(&self, ui: &Ui, scale: &SliderScale, number: &Number, response: &Response) {
        let rect = response.rect;
        let palette = &self.theme.palette;
        let painter = ui.painter();
        let x_of = |stored: f64| scale.x(rect, scale.position(stored));
        let center = rect.center().y;
        if let Some(stops) = scale.stops {
            for &stop in stops {
                painter.circle(
                    pos2(x_of(stop), center),
                    3.0,
                    palette.panel,
                    Stroke::new(1.2, palette.text_muted),
                );
            }
        }
        if let Some(default) = (number.get)(self.values.defaults) {
            caret(painter, pos2(x_of(default), center + 8.0), palette.baseline);
        }
        if let Some(baseline) = (number.get)(self.values.baseline).filter(|_| self.is_changed) {
            let x = x_of(baseline);
            painter.vline(x, center - 7.0..=center + 7.0, Stroke::new(2.0, palette.baseline));
        }
        if let Some(value) = (number.get)(self.values.scenario) {
            // The knob again, above the marks.
            let knob = pos2(x_of(value), center);
            painter.circle(knob, 6.0, palette.text, Stroke::new(2.0, palette.panel));
            if response.has_focus() {
                painter.circle_stroke(knob, 9.0, Stroke::new(2.0, palette.text));
            }
        }
    }
}

/// A small triangle that points up.
fn caret(painter: &egui::Painter, tip: egui::Pos2, colour: Color32) {
    let points = vec![tip, tip + vec2(3.5, 4.5), tip + vec2(-3.5, 4.5)];
    painter.add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
}

/// A slider's run, in the unit that is shown; over stops it runs over their indices.
struct SliderScale {
    low: f64,
    high: f64,
    step: f64,
    is_log: bool,
    stops: Option<&'static [f64]>,
    unit: Unit,
    whole: bool,
}

impl SliderScale {
    fn new(number: &Number, input: &Input) -> Self {
        let unit = input.unit;
        let shown = |value: f64| format::to_shown(value, unit);
        let base = Self {
            low: shown(number.slider.0),
            high: shown(number.slider.1),
            step: shown(number.step),
            is_log: number.scale == Scale::Log,
            stops: None,
            unit,
            whole: number.whole,
        };
        match number.scale {
            Scale::Stops(stops) => {
                Self { low: 0.0, high: (stops.len() - 1) as f64, step: 1.0, stops: Some(stops), ..base }
            }
            Scale::Linear | Scale::Log => base,
        }
    }

    /// Position of a stored value.
    fn position(&self, stored: f64) -> f64 {
        let Some(stops) = self.stops else { return format::to_shown(stored, self.unit) };
        // Between two stops by the factor between them, as the eye expects of halvings.
        let above = stops.iter().position(|&stop| stop >= stored).unwrap_or(stops.len() - 1);
        if above == 0 || stored >= stops[above] {
            return above as f64;
        }
        let (low, high) = (stops[above - 1], stops[above]);
        (above - 1) as f64 + (stored / low).ln() / (high / low).ln()
    }

    /// The stored value of a position.
    fn value(&self, position: f64) -> f64 {
        if let Some(stops) = self.stops {
            return stops[(position.round().max(0.0) as usize).min(stops.len() - 1)];
        }
        let stored = format::from_shown(self.rounded(position), self.unit);
        if self.whole { stored.round() } else { stored }
    }

    /// Positions of a log slider are rounded to what a hand can mean: three figures, or the step.
    fn rounded(&self, position: f64) -> f64 {
        if !self.is_log || position == 0.0 {
            return position;
        }
        let unit = 10f64.powf(position.abs().log10().floor() - 2.0);
        (position / unit).round() * unit
    }

    /// The x of a position on a slider's rectangle, which keeps the radius of the knob free at both ends.
    fn x(&self, rect: Rect, position: f64) -> f32 {
        let share = if self.is_log {
            (position.max(self.low) / self.low).ln() / (self.high / self.low).ln()
        } else {
            (position - self.low) / (self.high - self.low)
        };
        let run = rect.x_range().shrink(rect.height() / 2.5);
        egui::lerp(run.min..=run.max, within(share, 0.0, 1.0) as f32)
    }
}
