//! What inputs do to a figure of the simulation, in words.

use wattfolio_economics::answers::{BarEnd, SimulatedBar, SimulatedTornado};
use wattfolio_economics::risk::{RiskFigure, RiskValue};
use wattfolio_economics::units::Unit;

use super::risk_figure;
use super::sensitivity::{missing, moved};
use crate::format;

/// What is said of a bar whose ends may differ from today by chance.
pub const NOISE: &str = "within noise";

/// What is moved, and how: `P5 of mining over 2,000 paths`.
pub fn what(tornado: &SimulatedTornado) -> String {
    let paths = format::grouped(tornado.paths as f64, 0);
    format!("{} of {} over {paths} paths", tornado.figure.label, tornado.of.word())
}

/// The figure at an end, or why there is none.
pub fn result(end: &BarEnd, figure: &RiskFigure) -> String {
    match &end.result {
        Ok(value) => risk_figure::value(figure, RiskValue::Number(*value)),
        Err(reason) => missing(reason),
    }
}

/// The standard error of a difference: `± $52.1k`; empty without one.
pub fn error(error: Option<f64>, figure: &RiskFigure) -> String {
    error.map_or_else(String::new, |error| match figure.unit {
        Unit::Fraction => format::share_error(error),
        unit => format!("± {}", format::short(error, unit)),
    })
}

/// Every end of a bar with its result and the standard error of its difference, a line each.
pub fn lines(one: &SimulatedBar, figure: &RiskFigure) -> Vec<String> {
    let bar = &one.bar;
    let mut lines = vec![format!("{}, now {}", bar.input.label, moved(bar.now, bar.input))];
    lines.extend(bar.ends.iter().zip(&one.errors).map(|(end, difference)| {
        let line = format!(
            "{}, {} {}",
            moved(end.value, bar.input),
            result(end, figure),
            error(*difference, figure)
        );
        line.trim_end().to_owned()
    }));
    if one.is_noise {
        lines.push(format!("{}: the difference may be chance", super::capitalised(NOISE)));
    }
    lines
}
