//! Now, the baseline and the pins in one table: what differs, and what comes of it.

use egui::{Align, Layout, Ui, vec2};
use wattfolio_economics::analysis::Comparison;
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue::Unit;

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
    let baseline = &document.origin().baseline;
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
            differs: document.origin().preset.title.clone(),
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

const TOOLS: f32 = 62.0;

/// Widths of the columns: the name, and for each business its heading, payback and net present value.
struct Columns {
    name: f32,
    business: f32,
    payback: f32,
    npv: f32,
}

const WIDE: Columns = Columns { name: 150.0, business: 116.0, payback: 62.0, npv: 74.0 };
const NARROW: Columns = Columns { name: 118.0, business: 62.0, payback: 62.0, npv: 68.0 };

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
        let differs = (ui.available_width() - columns.name - 3.0 * figures_width - TOOLS).max(60.0);
        let left = Layout::left_to_right(Align::Center);
        cell_ui(ui, columns.name, left, words[0]);
        cell_ui(ui, differs, left, words[1]);
        for business in Business::ALL {
            cell_ui(ui, columns.business, left, &|ui| figures(ui, business, Column::Heading));
            let right = Layout::right_to_left(Align::Center);
            cell_ui(ui, columns.payback, right, &|ui| figures(ui, business, Column::Payback));
            cell_ui(ui, columns.npv, right, &|ui| figures(ui, business, Column::Npv));
        }
        cell_ui(ui, TOOLS, left, tools);
    });
}

/// A column of a business.
#[derive(Clone, Copy)]
enum Column {
    Heading,
    Payback,
    Npv,
}

fn cell_ui(ui: &mut Ui, width: f32, layout: Layout, add: &dyn Fn(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, theme::TABLE_ROW), layout, |ui| {
        ui.set_width(width);
        add(ui);
    });
}

fn columns(cx: &Context<'_>) -> &'static Columns {
    if cx.is_narrow { &NARROW } else { &WIDE }
}

fn header_ui(ui: &mut Ui, cx: &Context<'_>) {
    let theme = cx.theme;
    let figures = |ui: &mut Ui, business: Business, column: Column| match column {
        Column::Heading => {
            // The heading stands clear of the figures of its neighbour.
            ui.add_space(if cx.is_narrow { 8.0 } else { 20.0 });
            widget::label(ui, theme::glyph(business), Text::Caption, theme.mark(business));
            ui.add_space(4.0);
            widget::caption(ui, theme, if cx.is_narrow { business.word() } else { business.label() });
        }
        Column::Payback => drop(widget::caption(ui, theme, "Payback")),
        Column::Npv => drop(widget::caption(ui, theme, "NPV")),
    };
    let name = |ui: &mut Ui| drop(widget::caption(ui, theme, "Scenario"));
    let differs = |ui: &mut Ui| drop(widget::caption(ui, theme, "What differs from the baseline"));
    row_ui(ui, columns(cx), [&name, &differs], &figures, &|_| {});
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
    row_ui(ui, columns(cx), [&name, &differs], &figures, &tools);
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
