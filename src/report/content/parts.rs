//! Cells that several pages share.

use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::kernel::Maybe;
use wattfolio_economics::results::Measure;
use wattfolio_economics::risk::{RISK_FIGURES, RiskFigure, Share};
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use super::block::{Cell, Column};
use crate::format;
use crate::report::input::{Case, ReportInput};
use crate::words::risk_figure;

/// A column a business.
pub(super) fn businesses() -> Vec<Column> {
    let column = |business: Business| Column {
        id: business.id().to_owned(),
        title: business.label().to_owned(),
        business: Some(business),
        share: 1.0,
        ..Column::default()
    };
    Business::ALL.map(column).into()
}

/// A value, or why there is none.
pub(super) fn value(value: Option<Maybe<f64>>, unit: Unit) -> Cell {
    match value {
        Some(Ok(value)) => Cell::number(format::short(value, unit), value),
        Some(Err(reason)) => Cell::reason(reason.short()),
        None => Cell::default(),
    }
}

/// A measure of a business in a case.
pub(super) fn measure(case: &Case, business: Business, measure: &Measure) -> Cell {
    let evaluation = case.comparison.business(business).ok();
    match evaluation {
        Some(evaluation) => value(measure.read(evaluation), measure.unit),
        None => Cell::reason("–"),
    }
}

/// A figure of a simulation with its standard error.
pub(super) fn risk(case: &Case, business: Business, figure: &RiskFigure) -> Cell {
    let simulated =
        case.simulated.as_ref().and_then(|simulated| simulated.simulation.business(business).ok());
    let Some(risk) = simulated else { return Cell::reason("–") };
    let value = figure.read(risk);
    let text = risk_figure::value(figure, value);
    let number = value.number().and_then(Result::ok);
    let error = risk_figure::error(figure, value).zip(value.standard_error());
    Cell { text, value: number, error, is_muted: number.is_none(), ..Cell::default() }
}

/// A figure of the simulation by its id.
pub(super) fn risk_by_id(case: &Case, business: Business, id: &str) -> Cell {
    let figure = RISK_FIGURES.iter().find(|figure| figure.id == id);
    figure.map_or_else(Cell::default, |figure| risk(case, business, figure))
}

/// A share of paths.
pub(super) fn share(share: &Share) -> Cell {
    Cell::number(format::probability(share), share.value)
}

/// The value of an input as the window shows it; empty where it does not apply.
pub(super) fn input_cell(input: &Input, scenario: &Scenario) -> Cell {
    match &input.kind {
        Kind::Number(number) => (number.get)(scenario)
            .map(|value| Cell::number(input_text(value, input.unit), value))
            .unwrap_or_default(),
        Kind::Choice(choice) => {
            let label = choice.current(scenario).map(|index| choice.options[index].label);
            Cell::words(label.map_or_else(|| input.text(scenario).unwrap_or_default(), str::to_owned))
        }
        Kind::Flag(flag) => Cell::words(if (flag.get)(scenario) { "yes" } else { "no" }),
        Kind::Points(points) if (points.trajectory.get)(scenario).points.is_empty() => Cell::words("none"),
        _ => Cell::words(shortened(&input.text(scenario).unwrap_or_default())),
    }
}

/// The value of an input: months as they are typed, everything else in full.
fn input_text(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Months => format!("{} {}", format::plain(value), if value == 1.0 { "month" } else { "months" }),
        unit => format::full(value, unit),
    }
}

/// Longest value of an input that is printed whole, characters.
const MOST_LETTERS: usize = 120;

/// A long value, such as the points of a path, to its first part.
fn shortened(text: &str) -> String {
    let text = format::visible_line(text);
    if text.chars().count() <= MOST_LETTERS {
        return text.into_owned();
    }
    let start: String = text.chars().take(MOST_LETTERS - 1).collect();
    format!("{start}…")
}

/// Inputs that are shown and differ between two scenarios.
pub(super) fn differing(a: &Scenario, b: &Scenario) -> Vec<&'static Input> {
    catalogue::inputs().iter().filter(|input| input.shown && input.differs(a, b)).collect()
}

/// What is said of values that the file gives, whose sources are not told value by value.
pub(super) const OF_FILE: &str = "as in the file, whose sources stand under Story and sources";

/// Whether a value is that of the file, and the file says where its values come from.
fn is_of_file(report: &ReportInput, input: &Input, scenario: &Scenario) -> bool {
    let baseline = &report.baseline.scenario;
    // Where the baseline is the file, what is as there is the file's; else all that differs from the default is.
    let is_its_own = input.differs(scenario, baseline) != report.baseline.is_file;
    is_its_own && !report.about.sources.is_empty()
}

/// Where the value of an input comes from.
pub(super) fn source(report: &ReportInput, input: &Input, scenario: &Scenario) -> String {
    if let Some(taken) = report.about.origin(input, scenario) {
        let when = taken.observed_at.format("%-d %b %Y %H:%M UTC");
        return format!("{}, observed {when}", format::visible_line(&taken.from));
    }
    let default = Scenario::default();
    if !input.differs(scenario, &default) {
        return if input.source.is_empty() { "default".to_owned() } else { input.source.to_owned() };
    }
    if is_of_file(report, input, scenario) {
        return OF_FILE.to_owned();
    }
    let usual = input_cell(input, &default).text;
    let of_default = if input.source.is_empty() { String::new() } else { format!(" ({})", input.source) };
    if usual.is_empty() {
        "set for this report, without a source".to_owned()
    } else {
        format!("set for this report, without a source; default {usual}{of_default}")
    }
}

/// A name of a user in quotes, without what acts on readers.
pub(super) fn quoted(name: &str) -> String {
    format!("“{}”", format::visible_line(name))
}

/// Fingerprint of the inputs of a scenario: the same for the same inputs, in every version with the same inputs.
///
/// Of every input with its value as it is written to files.
pub fn scenario_hash(scenario: &Scenario) -> u64 {
    let inputs = catalogue::inputs().iter();
    fingerprint(inputs.filter_map(|input| Some(format!("{}={}\n", input.id, input.text(scenario)?))))
}

/// Fingerprint of texts, FNV-1a.
pub fn fingerprint(texts: impl Iterator<Item = String>) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for text in texts {
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
