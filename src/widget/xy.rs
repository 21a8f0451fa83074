//! A chart of one quantity against another, painted: lines, dots, and the name of each line at its right end.

use egui::{
    Align, Align2, Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Ui, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::number::within;

use super::chart::{Step, Stroke, log_ticks};
use super::{put, width};
use crate::theme::{self, HAIRLINE, LABEL_BACKING, Text, Theme};

/// Height of the axis below a chart, points.
const AXIS: f32 = 20.0;
/// Height of a line of a name.
const NAME: f32 = 16.0;
/// Space between ticks of an axis that is no logarithm, points.
const TICK_ACROSS: f32 = 84.0;
/// The same of the upright axis.
const TICK_UP: f32 = 48.0;

/// An axis.
pub struct XyAxis<'a> {
    /// Least and largest value.
    pub range: (f64, f64),
    /// Whether equal factors are equally far apart; the range is then above 0.
    pub is_log: bool,
    /// Text of a tick.
    pub tick: &'a dyn Fn(f64) -> String,
}

impl XyAxis<'_> {
    /// Where a value lies between the ends, 0 to 1 if it is between them.
    fn share(&self, value: f64) -> f32 {
        let (low, high) = self.range;
        let share = if self.is_log {
            (value.max(f64::MIN_POSITIVE) / low).ln() / (high / low).ln()
        } else {
            (value - low) / (high - low)
        };
        // Beyond the picture nothing needs to be exact, but must be finite.
        if share.is_finite() { within(share, -20.0, 20.0) as f32 } else { 0.0 }
    }

    fn ticks(&self, steps: f32) -> Vec<f64> {
        let (low, high) = self.range;
        if !self.is_log {
            let step = Step::at_least((high - low) / f64::from(steps.max(1.0)));
            return step
                .map(|step| step.ticks(low, high).map(|tick| tick.value).collect())
                .unwrap_or_default();
        }
        log_ticks(low, high, usize::MAX)
    }
}

/// A line.
pub struct XyLine {
    /// Its name at the right end, in lines; nothing where it is empty.
    pub name: String,
    /// Its points from left to right.
    pub points: Vec<[f64; 2]>,
    /// Its colour.
    pub colour: Color32,
    /// Colour of its name.
    pub text: Color32,
    /// Its width, points.
    pub width: f32,
    /// Its style.
    pub stroke: Stroke,
}

/// A dot.
pub struct XyDot {
    /// Where it is.
    pub at: [f64; 2],
    /// Its radius, points.
    pub radius: f32,
    /// Colour inside.
    pub fill: Color32,
    /// Its outline.
    pub outline: Color32,
    /// Width of the outline, points.
    pub width: f32,
    /// A name beside it; nothing where it is empty.
    pub name: String,
    /// Colour of the name.
    pub text: Color32,
}

/// The chart.
pub struct Xy<'a> {
    /// Summary for screen readers.
    pub summary: String,
    /// Height, points.
    pub height: f32,
    /// The axis across.
    pub x: XyAxis<'a>,
    /// The upright axis.
    pub y: XyAxis<'a>,
    /// Lines, from back to front.
    pub lines: Vec<XyLine>,
    /// Dots on top of the lines.
    pub dots: Vec<XyDot>,
    /// Upright lines, each with its name on top.
    pub verticals: Vec<(f64, String)>,
    /// Whether a click on a dot means something; what it does must be done elsewhere by the keyboard as well.
    pub is_clicked: bool,
}

/// Where a chart was painted.
pub struct XyDrawn {
    /// The response of the area.
    pub response: Response,
    /// The plot without its axes.
    pub area: Rect,
    /// The dot next to the pointer, within a few points.
    pub hovered: Option<usize>,
}

impl Xy<'_> {
    /// Paints the chart over the available width.
    pub fn show(&self, ui: &mut Ui, theme: &Theme) -> XyDrawn {
        let size = vec2(ui.available_width().max(1.0), self.height + AXIS);
        let sense = if self.is_clicked { Sense::CLICK } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &self.summary));
        let area = self.area(ui, rect);
        self.grid(ui, theme, area);
        let place = |[x, y]: [f64; 2]| {
            pos2(
                area.left() + area.width() * self.x.share(x),
                area.bottom() - area.height() * self.y.share(y),
            )
        };
        let painter = ui.painter().with_clip_rect(area.expand(1.0).intersect(ui.clip_rect()));
        for (x, _) in &self.verticals {
            let at = place([*x, self.y.range.0]).x;
            let ends = [pos2(at, area.top()), pos2(at, area.bottom())];
            painter.extend(Shape::dashed_line(&ends, egui::Stroke::new(1.2, theme.palette.text), 3.0, 3.0));
        }
        for line in &self.lines {
            paint_line(&painter, line, line.points.iter().map(|point| place(*point)).collect());
        }
        for dot in &self.dots {
            let stroke = egui::Stroke::new(dot.width, dot.outline);
            painter.circle(place(dot.at), dot.radius, dot.fill, stroke);
        }
        self.names(ui, theme, (area, rect), &place);
        let hovered = response.hover_pos().and_then(|pointer| {
            let distance = |dot: &XyDot| place(dot.at).distance(pointer);
            let nearest = self.dots.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
            nearest.filter(|(_, dot)| distance(dot) < 8.0).map(|(index, _)| index)
        });
        XyDrawn { response, area, hovered }
    }

    /// The plot without its axes and the names of lines.
    fn area(&self, ui: &Ui, rect: Rect) -> Rect {
        let text = |text: &str| width(ui, text, Text::Caption);
        let left = self.y.ticks(self.height / TICK_UP).into_iter().map(|value| text(&(self.y.tick)(value)));
        let left = left.fold(24.0, f32::max) + 8.0;
        let names = self.lines.iter().flat_map(|line| line.name.lines()).map(text);
        let right = names.fold(0.0, f32::max);
        let right = if right > 0.0 { right + 10.0 } else { 6.0 };
        let right = right.min(rect.width() * 0.35);
        let (low, high) = (rect.left() + left.min(rect.width() * 0.4), rect.right() - right);
        Rect::from_min_max(pos2(low, rect.top() + 6.0), pos2(high.max(low + 1.0), rect.top() + self.height))
    }

    fn grid(&self, ui: &Ui, theme: &Theme, area: Rect) {
        let palette = &theme.palette;
        let hairline = egui::Stroke::new(HAIRLINE, palette.grid);
        for value in self.y.ticks(area.height() / TICK_UP) {
            let y = area.bottom() - area.height() * self.y.share(value);
            let line = if value == 0.0 { egui::Stroke::new(1.2, palette.zero_line) } else { hairline };
            ui.painter().hline(area.x_range(), y, line);
            let place =
                Rect::from_min_max(pos2(area.left() - 90.0, y - 8.0), pos2(area.left() - 8.0, y + 8.0));
            put(ui, place, Align::Max, &(self.y.tick)(value), Text::Caption, palette.text_muted);
        }
        let mut taken = f32::NEG_INFINITY;
        for value in self.x.ticks(area.width() / TICK_ACROSS) {
            let x = area.left() + area.width() * self.x.share(value);
            let text = (self.x.tick)(value);
            let half = width(ui, &text, Text::Caption) / 2.0 + 1.0;
            // A label that would touch the one before is left out, as is one that would leave the chart.
            if x - half < taken + 8.0 || x + half > ui.max_rect().right() {
                continue;
            }
            taken = x + half;
            let place =
                Rect::from_center_size(pos2(x, area.bottom() + AXIS / 2.0 + 1.0), vec2(2.0 * half, NAME));
            put(ui, place, Align::Center, &text, Text::Caption, palette.text_muted);
        }
    }

    /// The names of lines at their right ends, those of upright lines on top, and those of dots beside them.
    fn names(&self, ui: &Ui, theme: &Theme, (area, rect): (Rect, Rect), place: &dyn Fn([f64; 2]) -> Pos2) {
        let mut ends: Vec<(f32, &XyLine)> = Vec::new();
        for line in self.lines.iter().filter(|line| !line.name.is_empty()) {
            let inside = line.points.iter().rev().find(|point| area.expand(1.0).contains(place(**point)));
            if let Some(end) = inside.or(line.points.last()) {
                ends.push((within(place(*end).y, area.top(), area.bottom()), line));
            }
        }
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let heights: Vec<f32> =
            ends.iter().map(|(_, line)| NAME * line.name.lines().count() as f32).collect();
        let tops = apart(
            &ends.iter().map(|(y, _)| *y).collect::<Vec<f32>>(),
            &heights,
            (rect.top(), area.bottom() + NAME),
        );
        for ((top, (_, line)), _) in tops.iter().zip(&ends).zip(&heights) {
            for (index, text) in line.name.lines().enumerate() {
                let y = top + NAME * index as f32;
                let place = Rect::from_min_max(pos2(area.right() + 8.0, y), pos2(rect.right(), y + NAME));
                put(ui, place, Align::Min, text, Text::Caption, line.text);
            }
        }
        // No name covers a dot that has one.
        let named = self.dots.iter().filter(|dot| !dot.name.is_empty());
        let mut taken: Vec<Rect> = named
            .map(|dot| Rect::from_center_size(place(dot.at), egui::Vec2::splat(2.0 * dot.radius)))
            .collect();
        for (x, name) in self.verticals.iter().filter(|(_, name)| !name.is_empty()) {
            let at = pos2(place([*x, self.y.range.0]).x, area.top() + 8.0);
            backed(ui, theme, (name, theme.palette.text), (at, Align2::CENTER_CENTER), area, &mut taken);
        }
        for dot in self.dots.iter().filter(|dot| !dot.name.is_empty()) {
            let at = place(dot.at);
            if area.expand(2.0).contains(at) {
                let beside = at + vec2(dot.radius + 6.0, 0.0);
                backed(ui, theme, (&dot.name, dot.text), (beside, Align2::LEFT_CENTER), area, &mut taken);
            }
        }
    }
}

/// A text on a small backing inside a chart, where it covers no other; left out where there is no such place.
fn backed(
    ui: &Ui,
    theme: &Theme,
    (text, colour): (&str, Color32),
    (at, side): (Pos2, Align2),
    area: Rect,
    taken: &mut Vec<Rect>,
) {
    let size = vec2(width(ui, text, Text::Caption) + 6.0, NAME);
    if size.x > area.width() || size.y > area.height() {
        return;
    }
    let wanted = side.anchor_size(at, size);
    let shifts =
        [0.0, -1.0, 1.0, -2.0, 2.0, -3.0, 3.0].map(|lines| wanted.translate(vec2(0.0, lines * NAME)));
    let inside = shifts.map(|rect| {
        let x = within(rect.left(), area.left(), (area.right() - size.x).max(area.left()));
        let y = within(rect.top(), area.top(), (area.bottom() - size.y).max(area.top()));
        Rect::from_min_size(pos2(x, y), size)
    });
    let Some(rect) = inside.into_iter().find(|rect| taken.iter().all(|other| !other.intersects(*rect)))
    else {
        return;
    };
    taken.push(rect);
    let backing = theme.palette.app.gamma_multiply(LABEL_BACKING);
    ui.painter().rect_filled(rect, theme::RADIUS_FIELD, backing);
    put(ui, rect.shrink2(vec2(3.0, 0.0)), Align::Min, text, Text::Caption, colour);
}

/// Tops of boxes around the places that they want, in order, none on another and all within a range if they fit.
fn apart(wanted: &[f32], heights: &[f32], (low, high): (f32, f32)) -> Vec<f32> {
    let mut tops: Vec<f32> = wanted.iter().zip(heights).map(|(y, height)| y - height / 2.0).collect();
    let mut free = low;
    for (top, height) in tops.iter_mut().zip(heights) {
        *top = top.max(free);
        free = *top + height;
    }
    let mut free = high;
    for (top, height) in tops.iter_mut().zip(heights).rev() {
        *top = top.min(free - height);
        free = *top;
    }
    tops
}

fn paint_line(painter: &Painter, line: &XyLine, points: Vec<Pos2>) {
    let stroke = egui::Stroke::new(line.width, line.colour);
    match line.stroke {
        Stroke::Solid => drop(painter.add(Shape::line(points, stroke))),
        Stroke::Dashed => painter.extend(Shape::dashed_line(&points, stroke, 6.0, 3.0)),
        Stroke::LongDashed => painter.extend(Shape::dashed_line(&points, stroke, 14.0, 4.0)),
        Stroke::Dotted => painter.extend(Shape::dotted_line(&points, line.colour, 5.0, line.width / 2.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_apart_and_in_order() {
        let tops = apart(&[50.0, 52.0, 54.0, 200.0], &[16.0; 4], (0.0, 120.0));
        assert!(tops.windows(2).all(|pair| pair[1] - pair[0] >= 16.0 - 1e-3), "{tops:?}");
        assert!(tops[3] <= 104.0 && tops[0] >= 0.0, "{tops:?}");
    }

    #[test]
    fn a_logarithmic_axis_has_round_ticks_within_its_range() {
        let tick = |value: f64| value.to_string();
        let axis = XyAxis { range: (30_000.0, 300_000.0), is_log: true, tick: &tick };
        assert_eq!(axis.ticks(5.0), [30_000.0, 50_000.0, 100_000.0, 200_000.0, 300_000.0]);
        assert!((axis.share(30_000.0), axis.share(300_000.0)) == (0.0, 1.0));
        assert!(axis.share(0.0).is_finite() && axis.share(f64::INFINITY).is_finite());
    }
}
