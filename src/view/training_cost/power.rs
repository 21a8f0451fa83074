//! What a miner could pay for the power, at once and after the network's answer.

use egui::Ui;
use wattfolio_economics::answers::training_cost::{ANSWER_MONTHS, Against, Prices};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::NotEvaluated;
use wattfolio_economics::units::Unit;

use super::{Shown, titles_ui};
use crate::format;
use crate::theme;
use crate::view::Context;
use crate::widget::{self, Stroke, Xy, XyAxis, XyLine};

/// Height of the chart.
const HEIGHT: f32 = 150.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown<'_>) {
    let trained = shown.trained;
    let usd = |usd: f64| format::short(usd, Unit::UsdPerMwh);
    let now = match &trained.now.miner_usd_per_mwh {
        Ok(now) => *now,
        Err(reason) => {
            return titles_ui(ui, cx, "No miner could use this power", &crate::words::sentence_of(reason));
        }
    };
    let doubled = trained.doubled.as_ref().and_then(|prices| prices.miner_usd_per_mwh.clone().ok());
    let title = match doubled {
        Some(doubled) => format!("A miner can pay {} today, {} at a doubled bitcoin", usd(now), usd(doubled)),
        None => format!("A miner can pay {} today", usd(now)),
    };
    let machine = &trained.scenario.mining.machine.name;
    let subtitle = format!(
        "What a MWh earns in a new {machine}, against the bitcoin price; dashed: after {ANSWER_MONTHS} months of the network’s answer"
    );
    titles_ui(ui, cx, &title, &subtitle);
    // Along another axis the price of bitcoin stands still.
    if trained.against != Against::Bitcoin || trained.along.len() < 2 {
        widget::caption(
            ui,
            cx.theme,
            format!(
                "The site pays {}. The curve is drawn against bitcoin.",
                usd(trained.now.site_usd_per_mwh)
            ),
        );
        return;
    }
    ui.add_space(4.0);
    chart_ui(ui, cx, shown, &title);
}

fn chart_ui(ui: &mut Ui, cx: &Context<'_>, shown: &Shown<'_>, title: &str) {
    let trained = shown.trained;
    let palette = &cx.theme.palette;
    let points = |read: &dyn Fn(&Prices) -> Result<f64, NotEvaluated>| -> Vec<[f64; 2]> {
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
    let lines = vec![
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
            points(&|prices| prices.miner_usd_per_mwh.clone()),
            (mark, text),
            (theme::NOW, Stroke::Solid),
        ),
    ];
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
