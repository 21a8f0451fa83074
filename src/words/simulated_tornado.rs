//! What inputs do to a figure of the simulation, in words.

use wattfolio_economics::answers::{BarEnd, SimulatedBar, SimulatedTornado};
use wattfolio_economics::risk::{RiskFigure, RiskValue};
use wattfolio_economics::units::Unit;

use super::risk_figure;
use super::sensitivity::{missing, moved};
use crate::format;

/// What is said of a bar whose ends may differ from today by chance.
pub const NOISE: &str = "within noise";

/// What is moved, and how: `P5, mining, over 2,000 paths`.
pub fn what(tornado: &SimulatedTornado) -> String {
    let paths = format::grouped(tornado.paths as f64, 0);
    format!("{}, {}, over {paths} paths", tornado.figure.label, tornado.of.word())
}

/// The figure now with its standard error, or why there is none: `−$1.20M ± $52.1k`, `< 0.15 %`.
pub fn now(tornado: &SimulatedTornado) -> String {
    let (figure, value) = (tornado.figure, tornado.now_value);
    match &tornado.now {
        Ok(_) => {
            let error =
                risk_figure::error(figure, value).map_or_else(String::new, |error| format!(" {error}"));
            format!("{}{error}", risk_figure::value(figure, value))
        }
        Err(missing) => missing.to_string(),
    }
}

/// The figure at an end, or why there is none.
pub fn result(end: &BarEnd, value: RiskValue, figure: &RiskFigure) -> String {
    match &end.result {
        Ok(_) => risk_figure::value(figure, value),
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
    let values = one.values.iter().zip(&one.errors);
    lines.extend(bar.ends.iter().zip(values).map(|(end, (value, difference))| {
        let line = format!(
            "{}, {} {}",
            moved(end.value, bar.input),
            result(end, *value, figure),
            error(*difference, figure)
        );
        line.trim_end().to_owned()
    }));
    if one.is_noise {
        lines.push(format!("{}: the difference may be chance", super::capitalised(NOISE)));
    }
    lines
}
