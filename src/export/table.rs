//! Tables of words: for a terminal, and for the clipboard.

use std::fmt::Write as _;

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Maybe;
use wattfolio_economics::results::{Comparison, MEASURES, Measure};
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use crate::format;
use crate::words;

/// The measures that a terminal shows, in order.
const HEADLINES: [&str; 19] = [
    "payback_months",
    "payback_last_months",
    "discounted_payback_months",
    "payback_today_months",
    "npv_usd",
    "npv_per_capex",
    "irr",
    "mirr",
    "annualised_total_return",
    "multiple",
    "profit_usd",
    "capex_usd",
    "peak_funding_usd",
    "profit_usd_per_mwh",
    "end_proceeds_usd",
    "peak_equity_usd",
    "min_dscr",
    "avg_dscr",
    "short_months",
];

/// Rows of cells, the first cell a label; rendered with columns of equal width.
pub(super) struct Grid(pub(super) Vec<Vec<String>>);

impl Grid {
    pub(super) fn render(&self) -> String {
        let columns = self.0.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.0
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.0 {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let padding = " ".repeat(widths[column].saturating_sub(cell.chars().count()));
                if column == 0 {
                    line.push_str(cell);
                    line.push_str(&padding);
                } else {
                    line.push_str("   ");
                    line.push_str(&padding);
                    line.push_str(cell);
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

fn cell(value: Option<Maybe<f64>>, unit: Unit) -> String {
    match value {
        Some(Ok(value)) => format::short(value, unit),
        Some(Err(reason)) => reason.to_string(),
        None => String::new(),
    }
}

fn row(measure: &Measure, comparison: &Comparison) -> Vec<String> {
    let values = Business::ALL.map(|business| {
        let evaluation = comparison.business(business).ok();
        cell(evaluation.and_then(|evaluation| measure.read(evaluation)), measure.unit)
    });
    std::iter::once(measure.label.to_owned()).chain(values).collect()
}

/// The comparison for a terminal: verdict, headline measures, and figures of each business.
pub fn comparison_table(title: &str, scenario: &Scenario, comparison: &Comparison) -> String {
    let mut text = format!(
        "{}\n{}\n{} {}.\n\n",
        format::visible_line(title),
        words::verdict(scenario, comparison),
        words::conditions(scenario),
        comparison.basis.label(),
    );
    let header = std::iter::once(String::new()).chain(Business::ALL.map(|b| b.label().to_owned())).collect();
    let mut rows = vec![header];
    let headline = |id: &str| MEASURES.iter().find(|measure| measure.id == id);
    rows.extend(HEADLINES.iter().filter_map(|id| headline(id)).map(|measure| row(measure, comparison)));
    text.push_str(&Grid(rows).render());
    for business in Business::ALL {
        text.push('\n');
        match comparison.business(business) {
            Err(reason) => {
                // Writing to a string cannot fail.
                writeln!(text, "{}: not evaluated, {reason}", business.label()).ok();
            }
            Ok(evaluation) => {
                text.push_str(business.label());
                text.push('\n');
                let own = MEASURES.iter().filter(|m| m.applies_to(business) && !m.is_common());
                let rows = own
                    .map(|measure| {
                        vec![format!("  {}", measure.label), cell(measure.read(evaluation), measure.unit)]
                    })
                    .collect();
                text.push_str(&Grid(rows).render());
            }
        }
    }
    text
}

/// Every measure as tab-separated text with full values, for a spreadsheet.
pub fn measures_table(comparison: &Comparison) -> String {
    let mut text = String::from("measure\tid\tunit");
    for business in Business::ALL {
        text.push('\t');
        text.push_str(business.label());
    }
    text.push('\n');
    for measure in MEASURES.iter() {
        write!(text, "{}\t{}\t{}", measure.label, measure.id, measure.unit.symbol()).ok();
        for business in Business::ALL {
            let value = comparison.business(business).ok().and_then(|evaluation| measure.read(evaluation));
            text.push('\t');
            match value {
                Some(Ok(value)) => text.push_str(&value.to_string()),
                Some(Err(reason)) => text.push_str(&reason.to_string()),
                None => {}
            }
        }
        text.push('\n');
    }
    text
}
