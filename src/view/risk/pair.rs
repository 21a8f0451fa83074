//! A second scenario on the page: its figures below those of the current one, each with its difference, and what charts
//! draw of it.

use egui::{Align, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Maybe;
use wattfolio_economics::risk::{Histogram, RISK_FIGURES, RiskFigure, RiskTopic, RiskValue};

use super::columns::Columns;
use crate::state::{Shown, Simulated};
use crate::theme::{self, HAIRLINE, Text};
use crate::view::{Context, beside};
use crate::widget::{self, Curve};
use crate::words::side_by_side;
use crate::words::{self, risk_figure};

/// Height of one of the three lines of a figure, and space above and below them.
const LINE: f32 = 20.0;
const ABOVE: f32 = 3.0;
/// Space between the name of a figure and the letter of a scenario.
const LETTER_GAP: f32 = 10.0;

/// The scenario that was chosen, with its simulation.
pub(super) struct Second<'a> {
    pub(super) shown: &'a Shown,
    pub(super) simulated: &'a Simulated,
    /// Whether the simulation is of earlier inputs.
    pub(super) is_old: bool,
}

/// The histogram of a business in a second scenario.
pub(super) struct Outline<'a> {
    pub(super) second: &'a Second<'a>,
    pub(super) histogram: &'a Histogram,
}

impl<'a> Second<'a> {
    /// The chosen scenario once it is simulated.
    pub(super) fn of(cx: &Context<'a>) -> Option<Self> {
        let shown = cx.state.second()?;
        let (simulated, is_old) = cx.state.simulated_of(shown)?;
        Some(Self { shown, simulated, is_old })
    }

    pub(super) fn stroke(&self) -> widget::Stroke {
        beside::stroke(self.shown)
    }

    /// Which line is that of the scenario: `dashed: A`.
    pub(super) fn line_words(&self) -> String {
        format!("{} {}", beside::stroke_word(self.shown), self.shown.listed.label.letter)
    }

    pub(super) fn months(&self) -> u32 {
        self.simulated.scenario.horizon_months
    }

    /// What is said below the title of the table.
    pub(super) fn subtitle(&self, cx: &Context<'_>, simulated: &Simulated) -> String {
        let basis = simulated.simulation.basis.label().to_lowercase();
        let [.., difference] = beside::letters(cx.state, self.shown);
        let old = if self.is_old { "; the second of earlier inputs" } else { "" };
        format!("{}; Δ is {difference}; hover for standard errors{old}", words::capitalised(&basis))
    }

    /// The probability that a business has paid back, by month.
    pub(super) fn paid_back(&self, cx: &Context<'_>, business: Business) -> Option<Curve> {
        let paybacks = self.simulated.simulation.business(business).ok()?.payback.as_ref().ok()?;
        let fade = if self.is_old { theme::STALE } else { 1.0 };
        let name = format!("{} in {}", business.label(), self.shown.listed.label.letter);
        let colour = cx.theme.mark(business).gamma_multiply(fade);
        Some(Curve::unread(&name, paybacks.by_month.clone(), colour, (theme::PINNED, self.stroke())))
    }
}

/// The figure of a business in both scenarios.
struct Cell {
    /// First, second, difference.
    lines: [String; 3],
    is_absent: [bool; 2],
    errors: [Option<String>; 2],
}

struct Row {
    figure: RiskFigure,
    starts_topic: bool,
    cells: [Cell; Business::COUNT],
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, simulated: &Simulated, second: &Second<'_>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let rows = rows(simulated, second);
    let [first, other, _] = beside::letters(cx.state, second.shown);
    let letters = [first, other, "Δ".to_owned()];
    let (columns, has_letters) = layout(ui, &rows, &letters);
    let size = vec2(ui.available_width(), columns.row_height(1.0));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    columns.heading_ui(ui, cx, rect, 0.0);
    for row in &rows {
        row_ui(ui, cx, &columns, row, (&letters, has_letters, second.is_old));
    }
}

fn rows(simulated: &Simulated, second: &Second<'_>) -> Vec<Row> {
    let mut topic = RiskTopic::Mean;
    let row = |figure: RiskFigure| {
        let starts_topic = std::mem::replace(&mut topic, figure.topic) != figure.topic;
        let cells = Business::ALL.map(|business| cell([simulated, second.simulated], &figure, business));
        Row { figure, starts_topic, cells }
    };
    // Rates of return are looked for in the current scenario alone.
    RISK_FIGURES.into_iter().filter(|figure| figure.topic != RiskTopic::Returns).map(row).collect()
}

fn cell(both: [&Simulated; 2], figure: &RiskFigure, business: Business) -> Cell {
    let read = both.map(|one| one.simulation.business(business).ok().map(|risk| figure.read(risk)));
    let words = |index: usize| {
        let value: Option<_> = read[index];
        value.map_or_else(|| "–".to_owned(), |value| risk_figure::value(figure, value))
    };
    let numbers: Vec<Option<Maybe<f64>>> =
        read.iter().map(|value| value.and_then(RiskValue::number)).collect();
    let is_absent = read.map(|value| value.and_then(RiskValue::number).is_none_or(|value| value.is_err()));
    let errors = read.map(|value| value.and_then(|value| risk_figure::error(figure, value)));
    let delta = side_by_side::beside(&numbers, Some(0), figure.unit, figure.better).pop();
    Cell { lines: [words(0), words(1), delta.unwrap_or_default().delta], is_absent, errors }
}

/// Labels and letters beside the figures, or above them where there is no room.
fn layout(ui: &Ui, rows: &[Row], letters: &[String; 3]) -> (Columns, bool) {
    let widest = |widths: &mut dyn Iterator<Item = f32>| widths.fold(0.0, f32::max);
    let label = widest(&mut rows.iter().map(|row| widget::width(ui, row.figure.label, Text::Body)));
    let letter = widest(&mut letters.iter().map(|letter| widget::width(ui, letter, Text::Caption)));
    let needed = Business::ALL.map(|business| {
        let texts = rows.iter().flat_map(|row| &row.cells[business as usize].lines);
        let words = widest(&mut texts.map(|text| widget::width(ui, text, Text::BodyMedium)));
        words.max(Columns::heading_width(ui, business))
    });
    let room = ui.available_width();
    match Columns::beside(room, label + LETTER_GAP + letter, needed) {
        Some(columns) => (columns, true),
        None => (Columns::below(room, needed), false),
    }
}

fn row_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    columns: &Columns,
    row: &Row,
    (letters, has_letters, is_old): (&[String; 3], bool, bool),
) {
    let palette = &cx.theme.palette;
    let size = vec2(ui.available_width(), columns.row_height(3.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if row.starts_topic {
        ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(HAIRLINE, palette.line));
    }
    let line = |place: Rect, index: usize| {
        let top = place.top() + ABOVE + LINE * index as f32;
        Rect::from_x_y_ranges(place.x_range(), top..=top + LINE)
    };
    let label = columns.label_place(rect);
    let name = if has_letters {
        row.figure.label.to_owned()
    } else {
        format!("{} ({})", row.figure.label, letters.join(", "))
    };
    widget::put(ui, line(label, 0), Align::Min, &name, Text::Body, palette.text_secondary);
    if has_letters {
        for (index, letter) in letters.iter().enumerate() {
            widget::put(ui, line(label, index), Align::Max, letter, Text::Caption, palette.text_muted);
        }
    }
    let mut spoken = row.figure.label.to_owned();
    for (business, cell) in Business::ALL.into_iter().zip(&row.cells) {
        let place = columns.place(rect, business);
        for (index, text) in cell.lines.iter().enumerate() {
            let (style, colour) = match index {
                2 => (Text::Caption, palette.text_secondary),
                _ if cell.is_absent[index] => (Text::BodyMedium, palette.text_muted),
                _ => (Text::BodyMedium, palette.text),
            };
            let fade = if is_old && index > 0 { theme::STALE } else { 1.0 };
            widget::put(ui, line(place, index), Align::Max, text, style, colour.gamma_multiply(fade));
        }
        let [first, second, delta] = &cell.lines;
        let (a, b) = (&letters[0], &letters[1]);
        spoken = format!("{spoken}, {} {first} in {a}, {second} in {b}, Δ {delta}", business.word());
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    response.on_hover_text(hover(row, letters));
}

/// Meaning of a figure, and the standard errors of both scenarios.
fn hover(row: &Row, letters: &[String; 3]) -> String {
    let mut hover = row.figure.meaning.to_owned();
    for (index, letter) in letters.iter().take(2).enumerate() {
        let error = |(business, cell): (Business, &Cell)| {
            Some(format!("{} {}", business.word(), cell.errors[index].as_ref()?))
        };
        let errors: Vec<String> = Business::ALL.into_iter().zip(&row.cells).filter_map(error).collect();
        if !errors.is_empty() {
            hover = format!("{hover}\nStandard errors in {letter}: {}", errors.join(", "));
        }
    }
    hover
}
