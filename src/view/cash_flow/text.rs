//! The ledger as tab-separated text in dollars.

use std::fmt::Write as _;

use wattfolio_economics::explain::PeriodLength;

use super::rows::LedgerRow;

/// The table in its periods; the first column is the number of the period.
pub(super) fn of_one(rows: &[LedgerRow], period: PeriodLength) -> String {
    let mut text = format!("{}\t{}\n", period.word(), names(rows));
    add(&mut text, "", rows);
    text
}

/// The tables of two scenarios, one below the other, and the difference of their sums; the first column is the scenario.
pub(super) fn of_two(both: &[&[LedgerRow]; 2], period: PeriodLength, letters: &[String; 3]) -> String {
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
