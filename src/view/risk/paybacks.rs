//! The probability that each business has paid back, by month.

use egui::Ui;
use wattfolio_economics::business::Business;
use wattfolio_economics::risk::Paybacks;

use super::pair::Second;
use super::titles_ui;
use crate::state::Simulated;
use crate::view::{Context, markers};
use crate::widget::{Chart, Curve, Label, LabelSide, Marker, Stroke};
use crate::words::risk as risk_words;
use crate::{format, theme};

/// Height of the charts in the upper row.
pub(super) const HEIGHT: f32 = 290.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, simulated: &Simulated) {
    let title = risk_words::payback_title(&simulated.simulation);
    let summary = format!("Probability of payback by month. {title}.");
    let second = Second::of(cx);
    let mut subtitle = "Probability that the business has paid back, by month; no resale".to_owned();
    if let Some(second) = &second {
        subtitle = format!("{subtitle}; {}", second.line_words());
    }
    titles_ui(ui, cx, title, &subtitle);
    let months = simulated.scenario.horizon_months;
    let shown_months = second.as_ref().map_or(months, |second| months.max(second.months()));
    let (mut curves, mut labels, mut markers) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(second) = &second {
        curves.extend(Business::ALL.into_iter().filter_map(|business| second.paid_back(cx, business)));
    }
    for business in Business::ALL {
        let Ok(risk) = simulated.simulation.business(business) else { continue };
        let colour = cx.theme.mark_text(business);
        // The title names the businesses without a payback.
        let Ok(paybacks) = &risk.payback else { continue };
        labels.push(end_label(paybacks, business, f64::from(months), colour));
        if let Some(month) = even_odds(paybacks) {
            markers.push(Marker { business, month, value: 0.5 });
            labels.push(Label {
                month,
                value: 0.5,
                lines: vec![(format!("even odds {}", format::months_as_years(month)), colour)],
                side: LabelSide::LeftAbove,
                is_strong: false,
            });
        }
        curves.push(Curve {
            name: business.label().to_owned(),
            values: paybacks.by_month.clone(),
            colour: cx.theme.mark(business),
            width: theme::PROBABILITY,
            stroke: Stroke::Solid,
            is_read: true,
        });
    }
    Chart {
        id: "probability of payback",
        summary,
        height: HEIGHT,
        months: f64::from(shown_months),
        calendar: None,
        range: (-0.02, 1.16),
        bands: Vec::new(),
        curves,
        markers,
        verticals: markers::halvings_of_all(&simulated.scenario, &simulated.comparison),
        labels,
        cursor: None,
        tick: |share| format!("{} %", format::grouped(share * 100.0, 0)),
        axis_width: 44.0,
    }
    .show(ui, cx.theme);
}

/// When half of the paths have paid back, between two months.
fn even_odds(paybacks: &Paybacks) -> Option<f64> {
    let month = paybacks.by_month.iter().position(|by| *by >= 0.5)?;
    // Plans paid back from the start need no fraction of a month.
    let Some(before) = month.checked_sub(1).map(|month| paybacks.by_month[month]) else { return Some(0.0) };
    let after = paybacks.by_month[month];
    Some(month as f64 - (after - 0.5) / (after - before))
}

fn end_label(paybacks: &Paybacks, business: Business, months: f64, colour: egui::Color32) -> Label {
    let end = paybacks.by_month.last().copied().unwrap_or(0.0);
    let paid_back = format::probability(&paybacks.share);
    let text = format!("{} {} {paid_back}", theme::glyph(business), business.word());
    Label {
        month: months,
        value: end,
        lines: vec![(text, colour)],
        side: LabelSide::RightEdge,
        is_strong: true,
    }
}
