//! Capital flows in a strip of their own.

use egui::{Color32, Ui};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Line;
use wattfolio_economics::number::within;
use wattfolio_economics::results::Evaluation;
use wattfolio_economics::units::Unit;

use super::parts::blend;
use super::second::Second;
use crate::format;
use crate::theme::Text;
use crate::view::Context;
use crate::widget::{self, BarOfMonth, Bars, Behind, Chart};

/// Capital spent and proceeds besides operations, until the plan ends.
const LINES: [Line; 4] = [Line::CapexWorks, Line::CapexHardware, Line::Deposit, Line::OtherProceeds];

/// Whether a business can have flows of capital.
pub(super) fn has_capital(business: Business) -> bool {
    LINES.into_iter().any(|line| line.belongs_to(business))
}

/// Capital on a scale of its own: beside running cash either would vanish.
pub(super) fn capital_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    evaluation: &Evaluation,
    second: Option<&Second<'_>>,
) {
    let palette = &cx.theme.palette;
    let ledger = &evaluation.ledger;
    let months = cx.state.results.scenario.horizon_months;
    let months = f64::from(second.map_or(months, |second| months.max(second.months())));
    let lines = [
        (Line::CapexWorks, palette.costs[1]),
        (Line::CapexHardware, palette.costs[0]),
        (Line::Deposit, palette.costs[2]),
        (Line::OtherProceeds, blend(palette.app, cx.theme.mark(evaluation.business), 0.58)),
        (Line::EndProceeds, cx.theme.mark(evaluation.business)),
    ];
    let total: Vec<f64> = (0..ledger.line(Line::Revenue).len())
        .map(|t| lines.iter().map(|(line, _)| ledger.line(*line)[t]).sum())
        .collect();
    let (low, high) = total.iter().fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(*v), high.max(*v)));
    let size = (high - low).max(1.0);
    widget::label(ui, "Capital, own scale", Text::BodyMedium, palette.text);
    let words = capital_words(evaluation);
    widget::caption(ui, cx.theme, words.clone());
    if let Some(second) = second {
        let words = capital_words(second.evaluation);
        widget::caption(ui, cx.theme, format!("In {} {words}", second.letter()));
    }
    let width = months / 130.0;
    let bars = |(line, colour): (Line, Color32)| {
        let paid = ledger.line(line).iter().enumerate().filter(|(_, value)| **value != 0.0);
        let bars = paid.map(|(t, value)| BarOfMonth {
            middle: within(t as f64, width / 2.0, months - width / 2.0),
            width: width.max(0.8),
            span: (0.0, *value),
        });
        Bars { name: line.label(), colour, bars: bars.collect() }
    };
    Chart {
        id: "capital",
        summary: format!("Capital flows. {words}."),
        height: 96.0,
        months,
        calendar: None,
        range: (low - 0.08 * size, high + 0.08 * size),
        bands: Vec::new(),
        curves: Vec::new(),
        markers: Vec::new(),
        verticals: Vec::new(),
        labels: Vec::new(),
        cursor: cx.state.view.hovered_month,
        tick: format::axis_tick,
        axis_width: 56.0,
    }
    .show_over(ui, cx.theme, Behind { bars: lines.map(bars).into(), lines: Vec::new() });
}

fn capital_words(evaluation: &Evaluation) -> String {
    let ledger = &evaluation.ledger;
    let mut words: Vec<String> = Vec::new();
    for line in LINES {
        let sum = ledger.sum(line);
        if sum != 0.0 {
            words.push(format!("{} {}", line.label().to_lowercase(), format::short(sum, Unit::Usd)));
        }
    }
    let end = format::short(ledger.sum(Line::EndProceeds), Unit::Usd);
    words.push(format!("end proceeds {end}, not part of payback"));
    words.join(", ")
}
