//! The markets as they were believed and as they came.

use egui::Ui;
use wattfolio_economics::business::Business;
use wattfolio_economics::history::{Driver, Replay};
use wattfolio_economics::kernel::MarketSeries;
use wattfolio_economics::scenario::Scenario;

use super::titles_ui;
use crate::format;
use crate::theme;
use crate::view::Context;
use crate::widget::{self, Chart, Curve, Stroke};
use crate::words::history as history_words;

/// Height of the charts.
const HEIGHT: f32 = 170.0;
/// The narrowest of them.
const LEAST: f32 = 140.0;

/// Most charts beside each other.
const MOST: usize = 3;

/// The markets that decide a business: those that are recorded, and the power price, which is not, where there is room.
fn series_of(business: Business, scenario: &Scenario) -> Vec<MarketSeries> {
    let recorded = [
        (Driver::Price, MarketSeries::BtcPrice),
        (Driver::Network, MarketSeries::NetworkHashrate),
        (Driver::Reward, MarketSeries::Hashprice),
        (Driver::Rental, MarketSeries::Rental),
    ];
    let touching = recorded.into_iter().filter(|(driver, _)| driver.touches(business, scenario));
    touching.map(|(_, series)| series).chain([MarketSeries::PowerPrice]).take(MOST).collect()
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, replay: &Replay) {
    let series = series_of(cx.state.view.history.business, replay.believed());
    let title = history_words::market_title(replay, series[0]);
    titles_ui(
        ui,
        cx,
        &title,
        "Solid: recorded; dashed: what the plan believed; dotted: estimates in the data",
    );
    widget::columns(ui, series.len(), (theme::GUTTER_NARROW, LEAST), |ui, index| {
        chart_ui(ui, cx, replay, series[index]);
    });
}

fn chart_ui(ui: &mut Ui, cx: &Context<'_>, replay: &Replay, series: MarketSeries) {
    let palette = &cx.theme.palette;
    let name = format!("{}, {}", series.label(), format::field_unit(series.unit()));
    widget::tracked(ui, widget::colored(name, theme::Text::Caption, palette.text_secondary));
    let last = replay.last_recorded();
    let shown = |values: &[f64], until: usize| {
        let until = until.min(values.len().saturating_sub(1));
        values[..=until].iter().map(|value| format::to_shown(*value, series.unit())).collect::<Vec<f64>>()
    };
    let planned = shown(replay.plan.network.values(series), last);
    let came = shown(replay.came.network.values(series), last);
    let recorded = replay.estimates_from().map_or(last, |from| from.saturating_sub(1)).min(last);
    let solid = shown(replay.came.network.values(series), recorded);
    let highest = planned.iter().chain(&came).copied().fold(0.0_f64, f64::max);
    let end = |values: &[f64]| {
        values.get(last).map_or_else(String::new, |value| format::short(*value, series.unit()))
    };
    let (of_came, of_plan) = (replay.came.network.values(series), replay.plan.network.values(series));
    let ends = format!("came {}, believed {}", end(of_came), end(of_plan));
    Chart {
        id: series.id(),
        summary: format!("{}: {ends}.", series.label()),
        height: HEIGHT,
        months: last.max(1) as f64,
        calendar: Some(replay.start()),
        range: (0.0, (1.1 * highest).max(1e-9)),
        bands: Vec::new(),
        curves: vec![
            Curve::unread("believed", planned, palette.baseline, (theme::BASELINE, Stroke::Dashed)),
            Curve::unread("estimate", came.clone(), palette.text, (theme::BASELINE, Stroke::Dotted)),
            Curve::unread("recorded", solid, palette.text, (theme::PROBABILITY, Stroke::Solid)),
        ],
        markers: Vec::new(),
        verticals: Vec::new(),
        labels: Vec::new(),
        cursor: None,
        tick: |value| format::significant(value, 2),
        axis_width: 44.0,
    }
    .show(ui, cx.theme);
    widget::caption(ui, cx.theme, ends);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_business_has_markets_to_show_those_that_move_it_first() {
        let of = |business| series_of(business, &Scenario::default());
        let mining = [MarketSeries::BtcPrice, MarketSeries::NetworkHashrate, MarketSeries::Hashprice];
        assert_eq!(of(Business::Mining), mining);
        assert_eq!(of(Business::Hosting), [MarketSeries::PowerPrice]);
        assert_eq!(of(Business::Leasing), [MarketSeries::Rental, MarketSeries::PowerPrice]);
        assert!(Business::ALL.iter().all(|business| (1..=MOST).contains(&of(*business).len())));
    }
}
