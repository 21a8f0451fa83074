//! What a miner could pay for the power, at once and after the network's answer.

use egui::Ui;
use wattfolio_economics::answers::training_cost::{Against, NotCosted, Prices};
use wattfolio_economics::business::Business;
use wattfolio_economics::units::Unit;

use super::{Shown, titles_ui};
use crate::format;
use crate::theme;
use crate::view::Context;
use crate::widget::{Stroke, Xy, XyAxis, XyLine};
use crate::words::training as words;

/// Height of the chart.
const HEIGHT: f32 = 150.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown<'_>) {
    let trained = shown.trained;
    let now = match &trained.now.miner_usd_per_mwh {
        Ok(now) => *now,
        Err(reason) => {
            return titles_ui(ui, cx, "No miner could use this power", &crate::words::sentence_of(reason));
        }
    };
    let doubled = trained.doubled.as_ref().and_then(|prices| prices.miner_usd_per_mwh.clone().ok());
    let title = words::power_title(now, doubled, trained.scenario.start);
    let machine = &trained.scenario.mining.machine.name;
    // Along another axis the price of bitcoin stands still, and there is no curve.
    if trained.against != Against::Bitcoin || trained.along.len() < 2 {
        let site = format::short(trained.now.site_usd_per_mwh, Unit::UsdPerMwh);
        let subtitle = format!(
            "What a MWh earns in a new {machine}, where the site pays {site}; the curve is there along the axis of bitcoin"
        );
        return titles_ui(ui, cx, &title, &subtitle);
    }
    titles_ui(ui, cx, &title, &words::power_subtitle(machine, trained.cost.answer_months()));
    ui.add_space(4.0);
    chart_ui(ui, cx, shown, &title);
}

fn chart_ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown<'_>, title: &str) {
    let trained = shown.trained;
    let palette = &cx.theme.palette;
    let points = |read: &dyn Fn(&Prices) -> Result<f64, NotCosted>| -> Vec<[f64; 2]> {
        trained.along.iter().filter_map(|(value, prices)| Some([*value, read(prices).ok()?])).collect()
    };
    let (mark, text) = (cx.theme.mark(Business::OF_NETWORK), cx.theme.mark_text(Business::OF_NETWORK));
    let line = |name: &str, points, (colour, text), (width, stroke)| XyLine {
        name: name.to_owned(),
        points,
        colour,
        text,
        width,
        stroke,
    };
    let mut lines = vec![
        line(
            "site",
            points(&|prices| Ok(prices.site_usd_per_mwh)),
            (palette.text_muted, palette.text_muted),
            (1.2, Stroke::Solid),
        ),
        line(
            "answered",
            points(&|prices| prices.answered_usd_per_mwh.clone()),
            (mark, text),
            (1.2, Stroke::Dashed),
        ),
        line(
            "mining, at once",
            points(&|prices| prices.miner_usd_per_mwh.clone().map_err(NotCosted::from)),
            (mark, text),
            (theme::NOW, Stroke::Solid),
        ),
    ];
    lines.retain(|line| !line.points.is_empty());
    let most = lines.iter().flat_map(|line| &line.points).fold(0.0_f64, |most, point| most.max(point[1]));
    let (Some((first, _)), Some((last, _))) = (trained.along.first(), trained.along.last()) else { return };
    if !(most > 0.0 && most.is_finite()) {
        return;
    }
    let own = trained.cost.value(Against::Bitcoin);
    Xy {
        summary: format!("What a miner can pay for power. {title}."),
        height: HEIGHT,
        x: XyAxis { range: (*first, *last), is_log: true, tick: &|usd| format::axis_tick(usd) },
        y: XyAxis { range: (0.0, most), is_log: false, tick: &|usd| format::axis_tick(usd) },
        lines,
        dots: Vec::new(),
        verticals: vec![(own, String::new())],
        is_clicked: false,
    }
    .show(ui, cx.theme);
}
