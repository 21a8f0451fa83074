//! The figures of the simulation, a column per business, each with its standard error where it has one.

use egui::{Align, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::risk::{RISK_FIGURES, RiskFigure, RiskTopic, RiskValue};

use super::columns::Columns;
use super::pair::{self, Second};
use super::{fade_old, titles_ui};
use crate::state::Simulated;
use crate::theme::{self, HAIRLINE, Text};
use crate::view::Context;
use crate::words::{self, risk_figure};
use crate::{format, widget};

/// Least room for a standard error; it grows in steps, so that a drag does not move the columns with every digit.
const ERROR: f32 = 56.0;
const ERROR_STEP: f32 = 8.0;
/// Space between a figure and its error.
const ERROR_GAP: f32 = 6.0;

/// A figure of a business.
struct Cell {
    words: String,
    /// What a gain in place of a loss means: in place of the words where there is room, else in the tooltip.
    gain: Option<String>,
    error: Option<String>,
    bound: Option<String>,
    is_muted: bool,
}

/// A figure of all businesses; a line above sets it apart where a topic starts.
struct Row {
    figure: RiskFigure,
    starts_topic: bool,
    cells: [Cell; Business::COUNT],
}

/// Layout of the figures.
struct Layout {
    columns: Columns,
    /// True if gains in place of losses are spelled out.
    spells_gains: bool,
    /// Room behind each figure for its error; absent where errors are left to the tooltips.
    error: Option<f32>,
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, simulated: &Simulated) {
    if let Some(second) = Second::of(cx) {
        titles_ui(ui, cx, title(simulated), &second.subtitle(cx, simulated));
        markets_ui(ui, cx);
        ui.add_space(4.0);
        widget::card(ui, cx.theme, None, |ui| {
            pair::ui(ui, cx, simulated, &second);
            absent_ui(ui, cx, simulated);
        });
        return;
    }
    let rows = rows(simulated);
    let layout = layout(ui, widget::room_beside(ui, 2.0 * theme::INNER), &rows);
    titles_ui(ui, cx, title(simulated), &subtitle(simulated, layout.error.is_some()));
    markets_ui(ui, cx);
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let size = vec2(ui.available_width(), layout.columns.row_height(1.0));
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        layout.columns.heading_ui(ui, cx, rect, layout.error.unwrap_or(0.0));
        for row in &rows {
            row_ui(ui, cx, &layout, row);
        }
        absent_ui(ui, cx, simulated);
    });
}

/// Where the markets go: a chance of loss rests on that, so that it is never read without it.
fn markets_ui(ui: &mut Ui, cx: &Context<'_>) {
    if let Some(deep) = &cx.state.risk.deep {
        ui.scope(|ui| {
            fade_old(ui, cx, deep);
            let words = format!("{}.", words::risk::markets_line(&deep.outlook.markets));
            widget::caption(ui, cx.theme, words);
        });
    }
}

fn rows(simulated: &Simulated) -> Vec<Row> {
    let mut topic = RiskTopic::Mean;
    let row = |figure: RiskFigure| {
        let starts_topic = std::mem::replace(&mut topic, figure.topic) != figure.topic;
        let cells = Business::ALL.map(|business| cell(simulated, &figure, business));
        Row { figure, starts_topic, cells }
    };
    RISK_FIGURES.into_iter().map(row).collect()
}

fn cell(simulated: &Simulated, figure: &RiskFigure, business: Business) -> Cell {
    let Ok(risk) = simulated.simulation.business(business) else {
        return Cell { words: "–".to_owned(), gain: None, error: None, bound: None, is_muted: true };
    };
    let value = figure.read(risk);
    Cell {
        words: risk_figure::value(figure, value),
        gain: risk_figure::gain(figure, value),
        error: risk_figure::error(figure, value),
        bound: risk_figure::bound(value),
        is_muted: matches!(value, RiskValue::Absent(_)),
    }
}

impl Cell {
    fn shown(&self, spells_gains: bool) -> &str {
        self.gain.as_deref().filter(|_| spells_gains).unwrap_or(&self.words)
    }
}

/// The fullest layout that fits: with errors and gains spelled out, with either, without, with the labels above the
/// figures.
fn layout(ui: &Ui, room: f32, rows: &[Row]) -> Layout {
    let widest = |widths: &mut dyn Iterator<Item = f32>| widths.fold(0.0, f32::max);
    let label = widest(&mut rows.iter().map(|row| widget::width(ui, row.figure.label, Text::Body)));
    let errors = rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.error.as_ref());
    let error = widest(&mut errors.map(|error| widget::width(ui, error, Text::Caption)));
    let error = ERROR_GAP + ERROR + ((error - ERROR) / ERROR_STEP).ceil().max(0.0) * ERROR_STEP;
    let figures = |spells_gains: bool| {
        Business::ALL.map(|business| {
            let cells = rows.iter().map(|row| row.cells[business as usize].shown(spells_gains));
            let words = widest(&mut cells.map(|words| widget::width(ui, words, Text::BodyMedium)));
            words.max(Columns::heading_width(ui, business))
        })
    };
    for (spells_gains, error) in [(true, Some(error)), (false, Some(error)), (true, None), (false, None)] {
        let needed = figures(spells_gains).map(|figure| figure + error.unwrap_or(0.0));
        if let Some(columns) = Columns::beside(room, label, needed) {
            return Layout { columns, spells_gains, error };
        }
    }
    Layout { columns: Columns::below(room, figures(false)), spells_gains: false, error: None }
}

/// The business that loses most in the worst paths.
fn title(simulated: &Simulated) -> String {
    let tail = |business: Business| {
        let risk = simulated.simulation.business(business).ok()?;
        Some((business, risk.tail.conditional_value_at_risk.value))
    };
    let worst = Business::ALL.into_iter().filter_map(tail).max_by(|a, b| a.1.total_cmp(&b.1));
    match worst {
        Some((business, loss)) if loss > 0.0 => {
            let usd = format::short(loss, wattfolio_economics::units::Unit::Usd);
            format!("In its worst 5 % {} loses most, {usd} on average", business.word())
        }
        Some(_) => "Even the worst 5 % of paths make money".to_owned(),
        None => "Nothing could be simulated".to_owned(),
    }
}

fn subtitle(simulated: &Simulated, has_errors: bool) -> String {
    let basis = simulated.simulation.basis.label().to_lowercase();
    let horizon = words::horizon(&simulated.scenario);
    let errors = if has_errors { "± standard error over other seeds" } else { "hover for standard errors" };
    format!("Over {horizon}, {basis}; {errors}")
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, layout: &Layout, row: &Row) {
    let palette = &cx.theme.palette;
    let columns = &layout.columns;
    let size = vec2(ui.available_width(), columns.row_height(1.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if row.starts_topic {
        ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(HAIRLINE, palette.line));
    }
    columns.label_ui(ui, rect, row.figure.label, palette.text_secondary);
    let named = || Business::ALL.into_iter().zip(&row.cells);
    for (business, cell) in named() {
        let place = columns.place(rect, business);
        let figure = place.with_max_x(place.right() - layout.error.unwrap_or(0.0));
        let colour = if cell.is_muted { palette.text_muted } else { palette.text };
        let words = cell.shown(layout.spells_gains);
        widget::put(ui, figure, Align::Max, words, Text::BodyMedium, colour);
        if let (Some(error), true) = (&cell.error, layout.error.is_some()) {
            let place = Rect::from_x_y_ranges(figure.right() + ERROR_GAP..=place.right(), place.y_range());
            widget::put(ui, place, Align::Min, error, Text::Caption, palette.text_muted);
        }
    }
    let spoken = named().map(|(business, cell)| format!(", {} {}", business.word(), cell.shown(true)));
    let spoken = format!("{}{}", row.figure.label, spoken.collect::<String>());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    response.on_hover_text(hover(row, layout.error.is_some()));
}

/// Meaning of a figure, with standard errors that have no room beside it, and bounds.
fn hover(row: &Row, has_errors: bool) -> String {
    let mut hover = row.figure.meaning.to_owned();
    let named = || Business::ALL.into_iter().zip(&row.cells);
    let error =
        |(business, cell): (Business, &Cell)| Some(format!("{} {}", business.word(), cell.error.as_ref()?));
    let errors: Vec<String> = named().filter_map(error).collect();
    if !has_errors && !errors.is_empty() {
        hover = format!("{hover}; standard errors: {}", errors.join(", "));
    }
    for (business, cell) in named() {
        let name = words::capitalised(business.word());
        if let Some(gain) = &cell.gain {
            hover = format!("{hover}\n{name} {gain}");
        }
        if let Some(bound) = &cell.bound {
            hover = format!("{hover}\n{name}: {bound}");
        }
    }
    hover
}

/// Why a column has no figures.
fn absent_ui(ui: &mut Ui, cx: &Context<'_>, simulated: &Simulated) {
    for business in Business::ALL {
        if let Err(reason) = simulated.simulation.business(business) {
            let words = format!("{} is not evaluated: {reason}.", business.label());
            widget::caption(ui, cx.theme, words);
        }
    }
}
