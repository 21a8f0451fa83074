//! The ledger as tab-separated text in dollars.

use std::fmt::Write as _;

use wattfolio_economics::explain::PeriodLength;

use super::ledger::second_of;
use super::rows::{LedgerRow, both_rows};
use crate::state::State;

/// The ledger that the page shows; none where its business is not evaluated.
pub(crate) fn shown(state: &State) -> Option<String> {
    let view = state.view.cash_flow;
    let evaluation = state.results.comparison.business(view.business).ok()?;
    let (period, second) = (view.ledger_period, second_of(state, evaluation));
    let both = second.as_ref().map(|(evaluation, _)| *evaluation);
    let (rows, others) = both_rows(evaluation, both, period.months(), state.results.comparison.basis);
    Some(match &second {
        Some((_, letters)) => of_two(&[&rows, &others], period, letters),
        None => of_one(&rows, period),
    })
}

/// The table in its periods; the first column is the number of the period.
fn of_one(rows: &[LedgerRow], period: PeriodLength) -> String {
    let mut text = format!("{}\t{}\n", period.word(), names(rows));
    add(&mut text, "", rows);
    text
}

/// The tables of two scenarios, one below the other, and the difference of their sums; the first column is the scenario.
fn of_two(both: &[&[LedgerRow]; 2], period: PeriodLength, letters: &[String; 3]) -> String {
    let [first, second] = both;
    let mut text = format!("scenario\t{}\t{}\n", period.word(), names(first));
    for (rows, letter) in both.iter().zip(letters) {
        add(&mut text, &format!("{letter}\t"), rows);
    }
    let differences: Vec<String> =
        first.iter().zip(*second).map(|(one, other)| (other.sum - one.sum).to_string()).collect();
    // Writing to a string cannot fail.
    writeln!(text, "{}\tsum\t{}", letters[2], differences.join("\t")).ok();
    text
}

fn names(rows: &[LedgerRow]) -> String {
    rows.iter().map(|row| row.line.id()).collect::<Vec<_>>().join("\t")
}

fn add(text: &mut String, before: &str, rows: &[LedgerRow]) {
    let mut line = |head: String, values: Vec<String>| {
        // Writing to a string cannot fail.
        writeln!(text, "{before}{head}\t{}", values.join("\t")).ok();
    };
    for index in 0..rows.first().map_or(0, |row| row.values.len()) {
        line((index + 1).to_string(), rows.iter().map(|row| row.values[index].to_string()).collect());
    }
    line("sum".to_owned(), rows.iter().map(|row| row.sum.to_string()).collect());
}
