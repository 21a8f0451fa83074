//! The ledger as a table: lines down, periods across, sums at the right.

use egui::{Align2, Color32, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::kernel::Line;
use wattfolio_economics::results::Evaluation;

use super::rows::{LedgerRow, both_rows, ledger_unit};
use super::text;
use crate::state::{Action, CashFlowView, State};
use crate::theme::{HAIRLINE, LEDGER_ROW, RADIUS_CARD, RADIUS_FIELD, Text};
use crate::view::dialog::explain;
use crate::view::{Context, beside};
use crate::{format, widget};
use wattfolio_economics::explain::{Period, PeriodLength, Subject};

const LABELS: f32 = 190.0;
const COLUMN: f32 = 78.0;
const SUM: f32 = 96.0;
const HEADER: f32 = 30.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, evaluation: &Evaluation) {
    let view = cx.state.view.cash_flow;
    let period = view.ledger_period;
    let second = second_of(cx.state, evaluation);
    let both = second.as_ref().map(|(evaluation, _)| *evaluation);
    let (rows, others) = both_rows(evaluation, both, period.months(), cx.state.results.comparison.basis);
    let (divisor, unit) = ledger_unit(&rows);
    let titles = |ui: &mut Ui| {
        ui.horizontal(|ui| {
            widget::label(ui, "Ledger", Text::Title, cx.theme.palette.text);
            let words = format!("{unit}, by plan {}", period.word());
            widget::tracked(ui, widget::colored(words, Text::Caption, cx.theme.palette.text_muted));
        });
    };
    let copy_ui = |ui: &mut Ui| {
        let button = widget::button(ui, cx.theme, "Copy table");
        if button.on_hover_text("Copy the table as it is shown").clicked() {
            let text = text::shown(cx.state).unwrap_or_default();
            cx.actions.push(Action::Copy { text, what: "Ledger" });
        }
    };
    super::super::heading_ui(ui, cx, titles, |ui| {
        // Tools stand from the right beside a heading, and from the left below it.
        if !cx.is_stacked {
            copy_ui(ui);
        }
        period_ui(ui, cx);
        if cx.is_stacked {
            copy_ui(ui);
        }
    });
    ui.add_space(6.0);
    let second = second.map(|(_, letters)| Sums { rows: others, letters });
    table_ui(ui, cx, &Table { evaluation, rows: &rows, second: second.as_ref(), period, divisor });
}

/// A business in the scenario beside the current one, with the letters of both and of their difference.
pub(super) fn second_of<'a>(state: &'a State, own: &Evaluation) -> Option<(&'a Evaluation, [String; 3])> {
    let shown = state.second()?;
    Some((shown.comparison.business(own.business).ok()?, beside::letters(state, shown)))
}

/// The length of the columns.
fn period_ui(ui: &mut Ui, cx: &Context<'_>) {
    let view = cx.state.view.cash_flow;
    let names = PeriodLength::ALL.map(PeriodLength::label);
    let selected = PeriodLength::ALL.iter().position(|period| *period == view.ledger_period).unwrap_or(0);
    ui.push_id("ledger period", |ui| {
        if let Some(index) = widget::segmented(ui, cx.theme, &names, selected) {
            let ledger_period = PeriodLength::ALL[index];
            cx.actions.push(Action::SetCashFlow(CashFlowView { ledger_period, ..view }));
        }
    });
}

/// The rows of a second scenario, of the same lines as those beside which they stand.
struct Sums {
    rows: Vec<LedgerRow>,
    /// The letters of both scenarios, and that of their difference.
    letters: [String; 3],
}

impl Sums {
    /// The columns of sums: of the first scenario, of the second, and their difference, USD.
    fn of(&self, index: usize, first: f64) -> [f64; 3] {
        let second = self.rows.get(index).map_or(0.0, |row| row.sum);
        [first, second, second - first]
    }
}

fn table_ui(ui: &mut Ui, cx: &Context<'_>, table: &Table<'_>) {
    let Table { evaluation, rows, second, divisor, .. } = *table;
    let palette = &cx.theme.palette;
    let height = HEADER + LEDGER_ROW * rows.len() as f32 + 12.0;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let name = format!("Ledger of {}", evaluation.business.label());
    response.widget_info(|| WidgetInfo::labeled(Role::Table, true, &name));
    let outline = if cx.theme.is_dark { Stroke::NONE } else { Stroke::new(HAIRLINE, palette.line) };
    ui.painter().rect(rect, RADIUS_CARD, palette.card, outline, egui::StrokeKind::Inside);
    let inner = rect.shrink2(vec2(16.0, 6.0));
    let middle = Rect::from_min_max(
        pos2(inner.left() + LABELS, inner.top()),
        pos2(inner.right() - if second.is_some() { 3.0 * SUM } else { SUM }, inner.bottom()),
    );
    let y_of = |index: usize| inner.top() + HEADER + LEDGER_ROW * (index as f32 + 0.5);
    let painter = ui.painter();
    for (index, row) in rows.iter().enumerate() {
        let y = y_of(index);
        if row.is_total {
            let band =
                Rect::from_center_size(pos2(inner.center().x, y), vec2(inner.width() + 12.0, LEDGER_ROW));
            painter.rect_filled(band, RADIUS_FIELD, palette.field);
        }
        let style = if row.is_total { Text::Title } else { Text::Body };
        let colour = if row.is_total { palette.text } else { palette.text_secondary };
        painter.text(pos2(inner.left(), y), Align2::LEFT_CENTER, row.line.label(), style.font(), colour);
        let put = |column: usize, value: f64, style: Text, colour: Color32| {
            let at = pos2(inner.right() - SUM * column as f32, y);
            painter.text(at, Align2::RIGHT_CENTER, format::ledger(value, divisor), style.font(), colour);
        };
        match second {
            None => put(0, row.sum, Text::BodyMedium, palette.text),
            Some(second) => {
                let [first, other, difference] = second.of(index, row.sum);
                put(2, first, Text::BodyMedium, palette.text);
                put(1, other, Text::BodyMedium, palette.text);
                put(0, difference, Text::Body, palette.text_secondary);
            }
        }
        let name = Rect::from_center_size(pos2(inner.left() + LABELS / 2.0, y), vec2(LABELS, LEDGER_ROW));
        let month = first_month(evaluation, row.line);
        let subject = Subject::line(evaluation.business, row.line, month);
        let hover = format!("{} in month {month}", row.line.label());
        explain::target(ui, cx, name.shrink2(vec2(6.0, 2.0)), row.line.label(), &hover, subject);
    }
    let heads = match second {
        None => vec!["Sum".to_owned()],
        Some(Sums { letters: [first, other, difference], .. }) => {
            vec![difference.clone(), format!("Sum {other}"), format!("Sum {first}")]
        }
    };
    for (column, head) in heads.iter().enumerate() {
        let at = pos2(inner.right() - SUM * column as f32, inner.top() + HEADER / 2.0);
        painter.text(at, Align2::RIGHT_CENTER, head, Text::Caption.font(), palette.text_muted);
    }
    let line = Stroke::new(HAIRLINE, palette.line);
    painter.hline(inner.x_range(), inner.top() + HEADER - 2.0, line);
    columns_ui(ui, cx, table, middle);
}

/// The first month in which a line is not zero; without one the first of operation.
fn first_month(evaluation: &Evaluation, line: Line) -> usize {
    let values = evaluation.ledger.line(line);
    values.iter().position(|value| *value != 0.0).unwrap_or(evaluation.timing.live() + 1)
}

/// Data of the columns.
struct Table<'a> {
    evaluation: &'a Evaluation,
    rows: &'a [LedgerRow],
    /// The sums of a second scenario.
    second: Option<&'a Sums>,
    /// Length of a column.
    period: PeriodLength,
    divisor: f64,
}

/// The periods; many of them scroll, and only those in sight are drawn.
fn columns_ui(ui: &mut Ui, cx: &Context<'_>, table: &Table<'_>, middle: Rect) {
    let Table { rows, period, divisor, .. } = *table;
    let palette = &cx.theme.palette;
    let count = rows.first().map_or(0, |row| row.values.len());
    // As many whole columns as have room, so that none is cut where the scrolling rests.
    let in_sight = ((middle.width() / COLUMN).floor() as usize).max(1).min(count.max(1));
    let column = (middle.width() / in_sight as f32).max(COLUMN);
    let word = match period {
        PeriodLength::Month => "M",
        PeriodLength::Quarter => "Q",
        PeriodLength::Year => "Year",
    };
    ui.scope_builder(egui::UiBuilder::new().max_rect(middle), |ui| {
        let area = ScrollArea::horizontal().id_salt("ledger").auto_shrink(false);
        area.show_viewport(ui, |ui, seen| {
            let size = vec2(column * count as f32, middle.height() - 8.0);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            // A column that is not whole would have its figures cut.
            let first = ((seen.left() - 0.5) / column).ceil().max(0.0) as usize;
            let last = (((seen.right() + 0.5) / column).floor() as usize).min(count);
            let painter = ui.painter();
            for index in first..last {
                let right = rect.left() + column * (index as f32 + 1.0) - 4.0;
                let head = pos2(right, rect.top() + HEADER / 2.0);
                let title = format!("{word} {}", index + 1);
                painter.text(head, Align2::RIGHT_CENTER, title, Text::Caption.font(), palette.text_muted);
                for (line, row) in rows.iter().enumerate() {
                    let y = rect.top() + HEADER + LEDGER_ROW * (line as f32 + 0.5);
                    let value = row.values[index];
                    let style = if row.is_total { Text::BodyMedium } else { Text::Body };
                    let colour = if value == 0.0 {
                        palette.text_muted
                    } else if row.is_total {
                        palette.text
                    } else {
                        palette.text_secondary
                    };
                    let text = format::ledger(value, divisor);
                    painter.text(pos2(right, y), Align2::RIGHT_CENTER, text, style.font(), colour);
                    let size = vec2(column - 8.0, LEDGER_ROW - 2.0);
                    let cell = Rect::from_center_size(pos2(right + 4.0 - column / 2.0, y), size);
                    cell_ui(ui, cx, table, (line, row), index, cell);
                }
            }
        });
    });
}

/// A cell that explains its line in its period, by pointer and by keyboard.
fn cell_ui(
    ui: &Ui,
    cx: &Context<'_>,
    table: &Table<'_>,
    (line, row): (usize, &LedgerRow),
    index: usize,
    cell: Rect,
) {
    let evaluation = table.evaluation;
    let period = Period { length: table.period, index };
    let when = period.name();
    let response = ui.interact(cell, ui.scope_id().with((row.line.id(), index)), Sense::click());
    let name = format!("Explain {} in {when}", row.line.label());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.hovered() {
        let outline = Stroke::new(HAIRLINE, cx.theme.palette.zero_line);
        ui.painter().rect_stroke(cell, RADIUS_FIELD, outline, egui::StrokeKind::Inside);
    }
    widget::focus_ring(ui, cx.theme, &response, cell);
    let full = format::full(row.values[index], wattfolio_economics::units::Unit::Usd);
    // The second scenario is in the tooltip: a column of its own in every period would be half the page.
    let full = match table.second.and_then(|second| Some((second, second.rows.get(line)?.values.get(index)?)))
    {
        Some((Sums { letters: [first, other, _], .. }, value)) => {
            let value = format::full(*value, wattfolio_economics::units::Unit::Usd);
            format!("{full} in {first}\n{value} in {other}")
        }
        None => full,
    };
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.on_hover_text(format!("{full}\nClick for the formula in {when}")).clicked() {
        let business = evaluation.business;
        // The first column has the start as well, so that even a month is a sum there.
        let subject = match (table.period, index) {
            (PeriodLength::Month, 1..) => Subject::line(business, row.line, index + 1),
            _ => Subject::period(business, row.line, period),
        };
        explain::open(cx, subject);
    }
}
