//! Now, the baseline and the pins in one table: what differs, and what comes of it.

use egui::{Align, Layout, Sense, Ui, UiBuilder, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::results::Comparison;
use wattfolio_economics::units::Unit;

use super::words;
use crate::app::{Action, Context};
use crate::format;
use crate::theme::{self, Text};
use crate::widget::{self, Icon, icon_button};

/// One line of the table.
struct Line<'a> {
    name: String,
    differs: String,
    comparison: &'a Comparison,
    pin: Option<char>,
    is_now: bool,
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let document = &cx.state.document;
    let baseline = &document.baseline().scenario;
    let mut lines = vec![Line {
        name: "Now".to_owned(),
        differs: words::differences(document.scenario(), baseline),
        comparison: &cx.state.results.comparison,
        pin: None,
        is_now: true,
    }];
    if document.changes().next().is_some() {
        lines.push(Line {
            name: "Baseline".to_owned(),
            differs: document.baseline().name.clone(),
            comparison: &cx.state.results.baseline,
            pin: None,
            is_now: false,
        });
    }
    lines.extend(cx.state.pins.iter().map(|pin| Line {
        name: format!("{} {}", pin.letter, pin.name),
        differs: pin.differs.clone(),
        comparison: &pin.comparison,
        pin: Some(pin.letter),
        is_now: false,
    }));
    if lines.len() == 1 {
        // A table of one line says nothing that the cards do not.
        return;
    }
    widget::card(ui, cx.theme, None, |ui| {
        header_ui(ui, cx);
        for line in &lines {
            widget::hairline(ui, cx.theme);
            line_ui(ui, cx, line);
        }
    });
}

/// Space after a column of words, which may be cut where it ends.
const WORDS_GAP: f32 = 12.0;

/// Widths of the columns: the name, for each business its heading, payback and net present value, and the tools.
#[derive(Clone, Copy)]
struct Columns {
    name: f32,
    business: f32,
    payback: f32,
    npv: f32,
    tools: f32,
}

const WIDE: Columns = Columns { name: 150.0, business: 136.0, payback: 60.0, npv: 70.0, tools: 68.0 };
const NARROW: Columns = Columns { name: 118.0, business: 74.0, payback: 58.0, npv: 66.0, tools: 68.0 };

/// A line of the table; `figures` draws the heading, the payback and the net present value of a business.
fn row_ui(
    ui: &mut Ui,
    columns: &Columns,
    words: [&dyn Fn(&mut Ui); 2],
    figures: &dyn Fn(&mut Ui, Business, Column),
    tools: &dyn Fn(&mut Ui),
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let figures_width = columns.business + columns.payback + columns.npv;
        let differs = (ui.available_width() - columns.name - 3.0 * figures_width - columns.tools).max(60.0);
        let left = Layout::left_to_right(Align::Center);
        for (width, words) in [columns.name, differs].into_iter().zip(words) {
            cell_ui(ui, width - WORDS_GAP, left, words);
            ui.add_space(WORDS_GAP);
        }
        for business in Business::ALL {
            cell_ui(ui, columns.business, left, &|ui| figures(ui, business, Column::Heading));
            let right = Layout::right_to_left(Align::Center);
            cell_ui(ui, columns.payback, right, &|ui| figures(ui, business, Column::Payback));
            cell_ui(ui, columns.npv, right, &|ui| figures(ui, business, Column::Npv));
        }
        cell_ui(ui, columns.tools, left, tools);
    });
}

/// A column of a business.
#[derive(Clone, Copy)]
enum Column {
    Heading,
    Payback,
    Npv,
}

/// A cell of a fixed width; what it holds never widens the table.
fn cell_ui(ui: &mut Ui, width: f32, layout: Layout, add: &dyn Fn(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::TABLE_ROW), Sense::hover());
    add(&mut ui.new_child(UiBuilder::new().max_rect(rect).layout(layout)));
}

/// A table narrower than this has short names and narrow columns.
const SHORT_BELOW: f32 = 1150.0;

/// Room for the tools is kept only where there is a pin to use them on.
fn columns(cx: &Context<'_>, room: f32) -> Columns {
    let columns = if room < SHORT_BELOW { NARROW } else { WIDE };
    if cx.state.pins.is_empty() { Columns { tools: 0.0, ..columns } } else { columns }
}

fn header_ui(ui: &mut Ui, cx: &Context<'_>) {
    let theme = cx.theme;
    let is_short = ui.available_width() < SHORT_BELOW;
    let figures = |ui: &mut Ui, business: Business, column: Column| match column {
        Column::Heading => {
            // The heading stands clear of the figures of its neighbour.
            ui.add_space(if is_short { 14.0 } else { 22.0 });
            widget::label(ui, theme::glyph(business), Text::Caption, theme.mark(business));
            ui.add_space(4.0);
            let name =
                if is_short { words::capitalised(business.word()) } else { business.label().to_owned() };
            widget::caption(ui, theme, name);
        }
        Column::Payback => drop(widget::caption(ui, theme, "Payback")),
        Column::Npv => drop(widget::caption(ui, theme, "NPV")),
    };
    let name = |ui: &mut Ui| drop(widget::caption(ui, theme, "Scenario"));
    let differs = |ui: &mut Ui| drop(widget::caption(ui, theme, "Differs from baseline"));
    row_ui(ui, &columns(cx, ui.available_width()), [&name, &differs], &figures, &|_| {});
}

fn line_ui(ui: &mut Ui, cx: &Context<'_>, line: &Line<'_>) {
    let palette = &cx.theme.palette;
    let style = if line.is_now { Text::BodyMedium } else { Text::Body };
    let name = |ui: &mut Ui| drop(widget::tracked(ui, widget::colored(&line.name, style, palette.text)));
    let differs = |ui: &mut Ui| {
        widget::tracked(ui, widget::colored(&line.differs, Text::Body, palette.text_secondary));
    };
    let tools = |ui: &mut Ui| {
        let Some(letter) = line.pin else { return };
        ui.add_space(6.0);
        let name = format!("Open pin {letter}");
        if icon_button(ui, cx.theme, Icon::Undo, &name, "Go on from this scenario", false).clicked() {
            cx.actions.push(Action::OpenPin(letter));
        }
        let name = format!("Remove pin {letter}");
        if icon_button(ui, cx.theme, Icon::Cross, &name, "Remove this pin", false).clicked() {
            cx.actions.push(Action::RemovePin(letter));
        }
    };
    let figures = |ui: &mut Ui, business, column| figure_ui(ui, cx, line, business, column);
    row_ui(ui, &columns(cx, ui.available_width()), [&name, &differs], &figures, &tools);
}

fn figure_ui(ui: &mut Ui, cx: &Context<'_>, line: &Line<'_>, business: Business, column: Column) {
    let palette = &cx.theme.palette;
    let style = if line.is_now { Text::BodyMedium } else { Text::Body };
    let measures = line.comparison.business(business).ok().map(|evaluation| &evaluation.measures);
    let (text, colour) = match (column, measures) {
        (Column::Heading, _) => return,
        (Column::Payback, None) => ("–".to_owned(), palette.text_muted),
        (Column::Npv, None) => ("no result".to_owned(), palette.text_muted),
        (Column::Payback, Some(measures)) => match measures.payback_months {
            Ok(months) => (format::short(months, Unit::Months), palette.text),
            Err(reason) => (reason.short().to_owned(), palette.text_muted),
        },
        (Column::Npv, Some(measures)) => (format::short(measures.npv_usd, Unit::Usd), palette.text),
    };
    widget::label(ui, text, style, colour);
}
