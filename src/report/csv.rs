//! CSV for spreadsheets: one row a month and business.

use std::fmt::Write as _;

use wattfolio_economics::analysis::Comparison;
use wattfolio_economics::business::LINES;

/// The ledger of every business and the market of every month, one row a month and business.
///
/// Cells of a line that a business does not have are empty.
pub fn ledger_csv(comparison: &Comparison) -> String {
    let mut text = String::from("business,month");
    let network = comparison.network.series();
    for name in network.iter().map(|(name, _)| *name).chain(LINES.iter().map(|line| line.id())) {
        text.push(',');
        text.push_str(name);
    }
    text.push('\n');
    for evaluation in comparison.evaluations() {
        for t in 0..evaluation.flows.net.len() {
            // Writing to a string cannot fail.
            write!(text, "{},{t}", evaluation.business.id()).ok();
            for (_, series) in network {
                write!(text, ",{}", series[t]).ok();
            }
            for line in LINES {
                text.push(',');
                if line.belongs_to(evaluation.business) {
                    write!(text, "{}", evaluation.ledger.line(line)[t]).ok();
                }
            }
            text.push('\n');
        }
    }
    text
}
