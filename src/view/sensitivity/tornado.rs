//! Bars of the inputs that do most, the largest first; a click on one goes to its slider.

use egui::Ui;
use wattfolio_economics::answers::{Bar, Missing};

use super::bars::Chart;
use super::titles_ui;
use crate::format;
use crate::state::Answered;
use crate::view::Context;
use crate::widget;
use crate::words::{capitalised, sensitivity as words};

/// Bars that are drawn; the export has all of them.
pub(super) const SHOWN: usize = 20;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, answered: &Answered) {
    let tornado = &answered.tornado;
    let unit = tornado.asked.quantity.unit();
    let finding = match &tornado.now {
        Err(Missing::NotEvaluated(business, reason)) => {
            format!("{} is not evaluated: {reason}", business.label())
        }
        _ => title(tornado.bars.first()),
    };
    titles_ui(
        ui,
        cx,
        &finding,
        &format!(
            "{}, low end pale, high end full; click a row to go to its input",
            words::quantity(&tornado.asked)
        ),
    );
    ui.add_space(4.0);
    let bars: Vec<&Bar> = tornado.bars.iter().take(SHOWN).collect();
    let spoken = |index: usize| spoken(answered, &tornado.bars[index]);
    let figure = |bar: usize, end: usize| words::result(&tornado.bars[bar].ends[end], unit);
    let now = tornado.now.as_ref().ok().map(|now| (*now, format::short(*now, unit)));
    let chart = Chart {
        of: tornado.asked.quantity.of,
        now,
        figure: &figure,
        bars,
        is_muted: &|_| false,
        spoken: &spoken,
    };
    chart.ui(ui, cx);
    ui.add_space(4.0);
    let counts = (tornado.bars.len(), tornado.without_effect, tornado.moved());
    let short = |effect: f64| format::short(effect, unit);
    widget::caption(ui, cx.theme, capitalised(&rest(&chart.bars, counts, short)));
}

/// The finding.
pub(super) fn title(first: Option<&Bar>) -> String {
    first.map_or_else(|| "No input changes it".to_owned(), |first| format!("{} decides", first.input.label))
}

/// What of the bars is not drawn: their number, and those of inputs without effect and of all that were moved.
pub(super) fn rest(
    shown: &[&Bar],
    (all, without_effect, moved): (usize, usize, usize),
    short: impl Fn(f64) -> String,
) -> String {
    let more = all - shown.len();
    let rest = match shown.last() {
        Some(last) if more > 0 && last.effect.is_finite() => {
            format!("{more} more inputs move it by less than {} each; ", short(last.effect))
        }
        _ => String::new(),
    };
    format!("{rest}{without_effect} of {moved} do not change it.")
}

/// Every end with its result, and the slope.
fn spoken(answered: &Answered, bar: &Bar) -> String {
    let unit = answered.asked().quantity.unit();
    let moved = words::reason(bar.reason).map_or_else(String::new, |reason| format!(", moved {reason}"));
    let mut lines = vec![format!("{}, now {}{moved}", bar.input.label, words::moved(bar.now, bar.input))];
    for end in &bar.ends {
        let result = match &end.result {
            Ok(value) => format::full(*value, unit),
            Err(missing) => words::missing(missing),
        };
        lines.push(format!("{}, {result}", words::moved(end.value, bar.input)));
    }
    if let Some(slope) = answered.slopes.iter().find(|slope| slope.input == bar.input) {
        lines.push(words::slope(slope, &answered.asked()));
    }
    lines.join("\n")
}
