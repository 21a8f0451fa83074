//! Charts over months, drawn with `egui_plot`.

mod bars;
mod label;
mod obstacles;
mod over;
mod reach;
#[cfg(test)]
mod tests;
mod ticks;

use egui::{Color32, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo};
use egui_plot::{
    AxisHints, FilledArea, GridMark, Line, LineStyle, MarkerShape, Plot, PlotPoint, PlotPoints,
    PlotTransform, PlotUi, Points, VLine,
};
use wattfolio_economics::business::Business;
use wattfolio_economics::number::within;
use wattfolio_economics::scenario::CalendarMonth;

use super::room_beside;
use crate::theme::{self, MARKER, MARKER_RADIUS, Theme};

use reach::{Reach, drawable};

pub use bars::{BarOfMonth, Bars, Behind, LineOver};
pub use label::{Label, LabelSide};
pub use ticks::{Step, Tick, label_stride, log_ticks};

/// Marker of each business, in their order, with its size: shapes of the same radius do not look equally
/// large.
const MARKER_SHAPES: [(MarkerShape, f32); 6] = [
    (MarkerShape::Diamond, 1.2),
    (MarkerShape::Square, 1.15),
    (MarkerShape::Circle, 1.0),
    (MarkerShape::Up, 1.15),
    (MarkerShape::Down, 1.15),
    (MarkerShape::Asterisk, 1.2),
];
const _: () = assert!(Business::ALL.len() <= MARKER_SHAPES.len(), "each business needs a marker of its own");

/// Line style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Continuous.
    Solid,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Long dashes.
    LongDashed,
}

impl Stroke {
    fn style(self) -> LineStyle {
        match self {
            Self::Solid => LineStyle::Solid,
            Self::Dashed => LineStyle::Dashed { length: 6.0 },
            Self::Dotted => LineStyle::Dotted { spacing: 6.0 },
            Self::LongDashed => LineStyle::Dashed { length: 14.0 },
        }
    }
}

/// Heights between which a chart is low: its steps are closer, so that its axis has numbers beside 0. Points.
const LOW: std::ops::Range<f32> = 90.0..160.0;
/// Least height of a step of a low chart, points.
const LOW_STEP: f32 = 25.0;

/// A line of a chart.
#[derive(Clone, Debug)]
pub struct Curve {
    /// Its name.
    pub name: String,
    /// Value by month, from month 0.
    pub values: Vec<f64>,
    /// Its colour.
    pub colour: Color32,
    /// Its width in points.
    pub width: f32,
    /// Its line style.
    pub stroke: Stroke,
    /// True if the cursor marks its value.
    pub is_read: bool,
}

impl Curve {
    /// A line whose value the cursor does not mark.
    pub fn unread(name: &str, values: Vec<f64>, colour: Color32, (width, stroke): (f32, Stroke)) -> Self {
        Self { name: name.to_owned(), values, colour, width, stroke, is_read: false }
    }
}

/// An area between two lines, behind the curves.
#[derive(Clone, Debug)]
pub struct Band {
    /// Lower edge by month, from month 0.
    pub low: Vec<f64>,
    /// Upper edge by month.
    pub high: Vec<f64>,
    /// Its colour.
    pub fill: Color32,
    /// Colour of its edges.
    pub edge: Option<Color32>,
}

/// The mark of a business at a point of a chart.
#[derive(Clone, Copy, Debug)]
pub struct Marker {
    /// The business whose shape and colour it has.
    pub business: Business,
    /// Position in months.
    pub month: f64,
    /// Position in the chart's unit.
    pub value: f64,
}

/// A line across a chart at a month.
#[derive(Clone, Debug)]
pub struct VerticalLine {
    /// Position in months.
    pub month: f64,
    /// Its event.
    pub name: String,
}

/// A chart over the months of the plan.
#[derive(Clone, Debug)]
pub struct Chart<'a> {
    /// A name that is unique on the page.
    pub id: &'a str,
    /// Summary for screen readers.
    pub summary: String,
    /// Height in points.
    pub height: f32,
    /// Length of the plan in months.
    pub months: f64,
    /// First month of the plan if the ticks are years of the calendar; `None` counts from the start.
    pub calendar: Option<CalendarMonth>,
    /// Lowest and highest value.
    pub range: (f64, f64),
    /// Areas behind the lines, from back to front.
    pub bands: Vec<Band>,
    /// Lines, from back to front.
    pub curves: Vec<Curve>,
    /// Marks on top of the lines.
    pub markers: Vec<Marker>,
    /// Vertical lines.
    pub verticals: Vec<VerticalLine>,
    /// Labels on top of everything.
    pub labels: Vec<Label>,
    /// The month of the cursor.
    pub cursor: Option<f64>,
    /// Formatter of the ticks of the value axis.
    pub tick: fn(f64) -> String,
    /// Width of the value axis in points.
    pub axis_width: f32,
}

/// Where a chart was drawn, and what the pointer is at.
#[derive(Debug)]
pub struct Drawn {
    /// The plot.
    pub response: Response,
    /// The month under the pointer.
    pub hovered_month: Option<f64>,
    transform: PlotTransform,
}

impl Drawn {
    /// Screen position of a point.
    pub fn position(&self, month: f64, value: f64) -> Pos2 {
        self.transform.position_from_point(&PlotPoint::new(month, value))
    }

    /// The month at a horizontal place of the screen, with its fraction.
    pub fn month_at(&self, x: f32) -> f64 {
        self.transform.value_from_position(Pos2::new(x, 0.0)).x
    }

    /// The area of the plot without its axes.
    pub fn area(&self) -> Rect {
        *self.transform.frame()
    }
}

/// Ticks of an axis as grid marks of `egui_plot`.
fn marks(step: Option<Step>, (low, high): (f64, f64)) -> Vec<GridMark> {
    let Some(step) = step else { return Vec::new() };
    let mark = |tick: Tick| GridMark { value: tick.value, step_size: step.size() };
    step.ticks(low, high).map(mark).collect()
}

fn month_marks(months: f64, (first, step): (f64, f64)) -> Vec<GridMark> {
    let numbers = 0..=((months - first) / step).max(0.0) as u32;
    let marks = numbers.map(|number| GridMark { value: first + f64::from(number) * step, step_size: step });
    marks.filter(|mark| mark.value <= months).collect()
}

impl Chart<'_> {
    /// Draws the chart over the available width.
    pub fn show(self, ui: &mut Ui, theme: &Theme) -> Drawn {
        self.show_over(ui, theme, Behind::default())
    }

    /// Draws the chart with bars behind its lines.
    pub fn show_over(self, ui: &mut Ui, theme: &Theme, behind: Behind) -> Drawn {
        let palette = &theme.palette;
        let months = self.months.max(1.0);
        let (low, high) = drawable(self.range);
        let (tick, calendar) = (self.tick, self.calendar);
        // About 68 points between ticks.
        let least_steps = if LOW.contains(&self.height) { f64::from(self.height / LOW_STEP) } else { 1.2 };
        let y_step = Step::at_least((high - low) / f64::from(self.height / 68.0).max(least_steps));
        let (x_first, x_step) = self.month_step(ui, marks(y_step, (low, high)));
        ui.visuals_mut().widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
        ui.visuals_mut().override_text_color = Some(palette.text_muted);
        let plot = Plot::new(self.id)
            .height(self.height)
            // Read by the pointer alone: there is nothing in it that the keyboard could do.
            .sense(Sense::hover())
            .allow_zoom(false)
            .allow_drag(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_axis_zoom_drag(false)
            .allow_double_click_reset(false)
            .show_x(false)
            .show_y(false)
            .show_grid([false, true])
            .grid_color(palette.grid)
            .grid_fade(0.0)
            .cursor_color(Color32::TRANSPARENT)
            .set_margin_fraction(egui::Vec2::ZERO)
            .y_axis_min_width(self.axis_width)
            .x_grid_spacer(move |_| month_marks(months, (x_first, x_step)))
            .y_grid_spacer(move |_| marks(y_step, (low, high)))
            // The step leaves room for the labels; egui_plot itself leaves out ticks closer than 60
            // points.
            .custom_x_axes(vec![
                AxisHints::new_x()
                    .formatter(move |mark, _| ticks::tick_text(mark.value, x_step, calendar))
                    .label_spacing(0.0..=1.0),
            ])
            .y_axis_formatter(move |mark, _| tick(mark.value));
        let shown = plot.show(ui, |plot_ui| {
            plot_ui.set_plot_bounds_x(0.0..=months);
            plot_ui.set_plot_bounds_y(low..=high);
            behind.draw(plot_ui);
            self.draw_bands(plot_ui);
            self.draw_lines(plot_ui, theme);
        });
        let hovered_month = shown
            .response
            .hover_pos()
            .filter(|position| shown.transform.frame().contains(*position))
            .map(|position| within(shown.transform.value_from_position(position).x.round(), 0.0, months));
        let drawn = Drawn { response: shown.response, hovered_month, transform: shown.transform };
        drawn.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &self.summary));
        self.paint_over(ui, theme, &drawn);
        drawn
    }

    /// The first tick and the months between two, so that their labels do not overlap, nor that of the value axis.
    fn month_step(&self, ui: &Ui, value_marks: Vec<GridMark>) -> (f64, f64) {
        let font = egui::TextStyle::Body.resolve(ui.style());
        let width = |text: String| {
            ui.painter().layout_no_wrap(text, font.clone(), ui.visuals().text_color()).size().x
        };
        let value_labels = value_marks.into_iter().map(|mark| width((self.tick)(mark.value)) + 8.0);
        let plot_width = room_beside(ui, value_labels.fold(self.axis_width, f32::max));
        let label_width = |month: f64, step: f64| width(ticks::tick_text(month, step, self.calendar));
        let least = if self.calendar.is_some() { 12.0 } else { 1.0 };
        let months = self.months.max(1.0);
        let step = ticks::month_step(months, least, plot_width, label_width);
        let Some(start) = self.calendar else { return (0.0, step) };
        let first = f64::from(ticks::to_january(start));
        let is_near = plot_width * (first / months) as f32 <= label_width(first, step) / 2.0;
        (if is_near { first + 12.0 } else { first }, step)
    }

    fn draw_bands(&self, plot_ui: &mut PlotUi<'_>) {
        for band in &self.bands {
            let months: Vec<f64> =
                (0..band.low.len().min(band.high.len())).map(|month| month as f64).collect();
            let reach = Reach::of_areas(self.range);
            let edge = |values: &[f64]| -> Vec<f64> {
                values[..months.len()].iter().map(|value| reach.value(*value)).collect()
            };
            let (low, high) = (edge(&band.low), edge(&band.high));
            let area = FilledArea::new("", &months, &low, &high).fill_color(band.fill).allow_hover(false);
            let area = match band.edge {
                Some(edge) => area.stroke(egui::Stroke::new(theme::HAIRLINE, edge)),
                None => area,
            };
            plot_ui.add(area);
        }
    }

    fn draw_lines(&self, plot_ui: &mut PlotUi<'_>, theme: &Theme) {
        let palette = &theme.palette;
        let ends = vec![[0.0, 0.0], [self.months, 0.0]];
        plot_ui.line(Line::new("break-even", ends).color(palette.zero_line).width(1.2).allow_hover(false));
        for vertical in &self.verticals {
            let line = VLine::new(&vertical.name, vertical.month)
                .color(palette.text_muted.gamma_multiply(0.8))
                .width(0.8)
                .style(LineStyle::Dotted { spacing: 5.0 })
                .allow_hover(false);
            plot_ui.vline(line);
        }
        let reach = Reach::of_lines(self.range);
        for curve in &self.curves {
            let line = Line::new(&curve.name, PlotPoints::from(reach.line(&curve.values)))
                .color(curve.colour)
                .width(curve.width)
                .style(curve.stroke.style())
                .allow_hover(false);
            plot_ui.line(line);
        }
        for marker in &self.markers {
            let point = || vec![[marker.month, marker.value]];
            let (shape, size) = MARKER_SHAPES[marker.business as usize];
            let dots = |colour: Color32, radius: f32| {
                Points::new("", point())
                    .shape(shape)
                    .color(colour)
                    .radius(radius)
                    .filled(true)
                    .allow_hover(false)
            };
            let radius = MARKER_RADIUS * size;
            // A filled background keeps the line from showing through the mark.
            plot_ui.points(dots(theme.mark(marker.business), radius + MARKER / 2.0));
            plot_ui.points(dots(palette.app, radius - MARKER / 2.0));
        }
    }
}
