//! Outcomes of the businesses under lower and higher volatilities of all markets.

use egui::{Align, Role, Sense, Stroke, Ui, WidgetInfo, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::risk::FactorSource;
use wattfolio_economics::units::Unit;

use super::columns::Columns;
use super::titles_ui;
use crate::state::{Deep, Outcome, SCALES};
use crate::theme::{HAIRLINE, Text};
use crate::view::Context;
use crate::words::capitalised;
use crate::{format, widget};

/// Name of the column of factors.
const VOLATILITY: &str = "Volatility";

/// A factor and what each business comes to under it: NPV at P5 and chance of loss.
struct Row {
    label: String,
    cells: [Option<[String; 2]>; Business::COUNT],
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, deep: &Deep) {
    let shown = match cx.state.document.factors() {
        FactorSource::Parametric => "All volatilities and jumps times a factor; NPV at P5, chance of loss",
        FactorSource::Bootstrap => {
            "Volatilities of rental and power times a factor, bitcoin and network as recorded; NPV at P5, chance of loss"
        }
    };
    titles_ui(ui, cx, title(deep), shown);
    ui.add_space(4.0);
    let rows: Vec<Row> = SCALES
        .into_iter()
        .zip(&deep.what_if)
        .map(|(scale, outcomes)| Row {
            label: format!("× {}", format::plain(scale)),
            cells: Business::ALL.map(|business| outcomes.as_ref()?[business].map(words)),
        })
        .collect();
    widget::card(ui, cx.theme, None, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let (columns, is_one_line) = layout(ui, &rows);
        heading_ui(ui, cx, &columns);
        for row in &rows {
            row_ui(ui, cx, &columns, is_one_line, row);
        }
    });
}

fn words(outcome: Outcome) -> [String; 2] {
    [format::short(outcome.p5_usd, Unit::Usd), format::probability(&outcome.loss)]
}

/// Both figures in a line, or one below the other where that is too wide.
fn layout(ui: &Ui, rows: &[Row]) -> (Columns, bool) {
    let width = |text: &str| widget::width(ui, text, Text::BodyMedium);
    let labels = rows.iter().map(|row| row.label.as_str()).chain([VOLATILITY]);
    let label = labels.map(|label| widget::width(ui, label, Text::Body)).fold(0.0, f32::max);
    let needed = |of_cell: &dyn Fn(&[String; 2]) -> f32| {
        Business::ALL.map(|business| {
            let cells = rows.iter().filter_map(|row| row.cells[business as usize].as_ref());
            cells.map(of_cell).fold(Columns::heading_width(ui, business), f32::max)
        })
    };
    let in_a_line = needed(&|cell| width(&cell.join(", ")));
    let stacked = needed(&|[p5, loss]| width(p5).max(width(loss)));
    let room = ui.available_width();
    if let Some(columns) = Columns::beside(room, label, in_a_line) {
        return (columns, true);
    }
    (Columns::beside(room, label, stacked).unwrap_or_else(|| Columns::below(room, stacked)), false)
}

/// The business whose chance of loss depends most on the volatilities.
fn title(deep: &Deep) -> String {
    let loss =
        |row: usize, business| deep.what_if.get(row)?.as_ref()?[business].map(|outcome| outcome.loss.value);
    let last = SCALES.len() - 1;
    let change = |business| Some((business, loss(last, business)? - loss(0, business)?));
    let most = Business::ALL.into_iter().filter_map(change).max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    match most {
        Some((business, change)) if change.abs() >= 0.01 => {
            let direction = if change > 0.0 { "raise" } else { "lower" };
            format!("Wilder markets {direction} {}’s chance of loss most", business.word())
        }
        Some(_) => "Wilder markets hardly change who loses".to_owned(),
        None => "What wilder markets change is not known".to_owned(),
    }
}

fn heading_ui(ui: &mut Ui, cx: &Context<'_>, columns: &Columns) {
    let height = columns.row_height(1.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    columns.label_ui(ui, rect, VOLATILITY, cx.theme.palette.text_secondary);
    columns.heading_ui(ui, cx, rect, 0.0);
    let names = Business::ALL.map(|business| capitalised(business.word()));
    let spoken = format!("{VOLATILITY}, {}", names.join(", "));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, columns: &Columns, is_one_line: bool, row: &Row) {
    let palette = &cx.theme.palette;
    let lines = if is_one_line { 1.0 } else { 2.0 };
    let size = vec2(ui.available_width(), columns.row_height(lines));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(HAIRLINE, palette.line));
    columns.label_ui(ui, rect, &row.label, palette.text_secondary);
    let mut spoken = row.label.clone();
    for (business, cell) in Business::ALL.into_iter().zip(&row.cells) {
        let words = cell.as_ref().map_or_else(|| "–".to_owned(), |cell| cell.join(", "));
        spoken = format!("{spoken}, {words}");
        let place = columns.place(rect, business);
        match cell {
            Some([p5, loss]) if !is_one_line => {
                let (upper, lower) = place.shrink2(vec2(0.0, 3.0)).split_top_bottom_at_fraction(0.5);
                widget::put(ui, upper, Align::Max, p5, Text::BodyMedium, palette.text);
                widget::put(ui, lower, Align::Max, loss, Text::BodyMedium, palette.text);
            }
            _ => drop(widget::put(ui, place, Align::Max, &words, Text::BodyMedium, palette.text)),
        }
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
}
