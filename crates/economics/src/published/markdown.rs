//! The table as a document.

use crate::number::within;
use std::fmt::Write;

use crate::published::{Expectation, Published, Row, Topic, Verdict, Via};

const HEAD: &str = "\
# Published against computed

Every row runs the crate: a *plan* is a scenario, compiled and evaluated like any other; a *function* is one
that plans use. What a source printed stands beside it with what must hold between the two. *Derived* means
that the figure follows by plain arithmetic from printed terms. Where a published figure is wrong, the table
says what is right.

Made by `crates/economics/tests/it/validation.rs`; do not edit. `UPDATE=1 cargo test -p
wattfolio-economics validation` writes it anew.
";

/// The table as Markdown, a section for each topic.
pub fn markdown(rows: &[Row]) -> String {
    let mut text = HEAD.to_owned();
    let count = |verdict| rows.iter().filter(|row| row.verdict() == verdict).count();
    let (agree, wrong, fail) = (count(Verdict::Agrees), count(Verdict::SourceWrong), count(Verdict::Fails));
    line(
        &mut text,
        &format!("\n{} figures: {agree} agree, {wrong} are wrong in their source, {fail} fail.", rows.len()),
    );
    for topic in Topic::all() {
        line(&mut text, &format!("\n## {}\n", topic.label()));
        line(
            &mut text,
            "| Case | Published | Computed | Published ÷ computed | Must be | Verdict | How | Source |",
        );
        line(&mut text, "| --- | ---: | ---: | ---: | --- | --- | --- | --- |");
        for row in rows.iter().filter(|row| row.topic == topic) {
            line(&mut text, &table_row(row));
        }
        remarks(&mut text, rows.iter().filter(|row| row.topic == topic));
    }
    text
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn table_row(row: &Row) -> String {
    let via = match row.via {
        Via::Plan => "plan",
        Via::Function => "function",
    };
    let date = if row.source.date.is_empty() { String::new() } else { format!(", {}", row.source.date) };
    let cells = [
        row.case.to_string(),
        row.published_text(),
        row.computed_text(),
        row.ratio().map_or_else(String::new, |ratio| format!("{ratio:.4}")),
        row.expectation_text(),
        row.verdict().label().to_owned(),
        format!("{via}: {}", row.formula),
        format!("{}{date}", row.source.name),
    ];
    format!("| {} |", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

fn remarks<'a>(text: &mut String, rows: impl Iterator<Item = &'a Row>) {
    let mut printed: Vec<&str> = Vec::new();
    for row in rows.filter(|row| !row.remark.is_empty()) {
        if !printed.contains(&row.remark) {
            if printed.is_empty() {
                text.push('\n');
            }
            printed.push(row.remark);
            let _ = writeln!(text, "- {}: {}", row.case, row.remark);
        }
    }
}

impl Row {
    /// The published statement, with its unit.
    pub fn published_text(&self) -> String {
        match self.published {
            Published::Printed(value) => self.figure(value, 15),
            Published::Derived(value) => format!("{} (derived)", self.figure(value, 15)),
            Published::Words(words, _) => format!("“{words}”"),
        }
    }

    /// The computed value, with its unit.
    pub fn computed_text(&self) -> String {
        let digits = match self.published {
            Published::Printed(value) | Published::Derived(value) => significant_digits(value),
            Published::Words(..) => 0,
        };
        self.figure(self.computed, within(digits + 1, 6, 10))
    }

    /// The required relation of the two, in words.
    pub fn expectation_text(&self) -> String {
        let figure = |value: f64| self.figure(value, 8);
        match self.expectation {
            Expectation::Exact => "exact".to_owned(),
            Expectation::Relative(most) => format!("± {}", percent(most)),
            Expectation::Absolute(most) => format!("± {}", figure(most)),
            Expectation::Between(low, high) => format!("{} … {}", figure(low), figure(high)),
            Expectation::Ratio(low, high) => format!("ratio {low:.3} … {high:.3}"),
            Expectation::Wrong { right, within } => format!("{} ± {}", figure(right), percent(within)),
        }
    }

    fn figure(&self, value: f64, digits: usize) -> String {
        if self.unit == "compact bits" {
            return format!("0x{:08x}", value as u32);
        }
        let number = rounded(value, digits);
        if self.unit.is_empty() { number } else { format!("{number} {}", self.unit) }
    }
}

fn percent(fraction: f64) -> String {
    if fraction < 1e-6 { format!("{fraction:e}") } else { format!("{} %", rounded(fraction * 100.0, 3)) }
}

/// Digits of the shortest text that reads back as the number.
fn significant_digits(value: f64) -> usize {
    let text = format!("{value:e}");
    text.split('e').next().map_or(0, |mantissa| mantissa.bytes().filter(u8::is_ascii_digit).count())
}

/// A number rounded to significant digits, without trailing zeros, in groups of three.
fn rounded(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return "none".to_owned();
    }
    if value != 0.0 && (value.abs() < 1e-5) {
        return format!("{value:e}");
    }
    let magnitude = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    let decimals = (digits as i32 - 1 - magnitude).max(0) as usize;
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_grouped_and_keep_their_sign() {
        assert_eq!(rounded(2_099_999_997_690_000.0, 6), "2,099,999,997,690,000");
        assert_eq!(rounded(-8_333.333_375_347, 10), "−8,333.333375");
        assert_eq!(rounded(0.000_205_478_684, 7), "0.0002054787");
        assert_eq!((rounded(0.0, 6), rounded(12.50, 6)), ("0".to_owned(), "12.5".to_owned()));
        assert_eq!((rounded(1e-9, 3), rounded(f64::NAN, 6)), ("1e-9".to_owned(), "none".to_owned()));
    }
}
