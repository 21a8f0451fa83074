//! Expected value against risk: every mix a dot, and the efficient frontier.

use egui::{Color32, Ui};
use wattfolio_economics::answers::mix::{Mixed, Mixes, Per};
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::units::Unit;

use super::strip;
use crate::format;
use crate::state::Action;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget::{self, Stroke, Xy, XyAxis, XyDot, XyLine};
use crate::words::mix as words;

/// Height of the chart.
const HEIGHT: f32 = 270.0;
/// Least extent of an axis in dollars.
const LEAST_EXTENT_USD: f64 = 1e3;
/// How far the chart reaches below the frontier, in its own extent.
const REACH: f64 = 5.0;

/// Draws the chart and what its frontier is made of; returns the mix under the pointer.
pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, mixes: &Mixes) -> Option<PerBusiness<f64>> {
    let per = cx.state.view.mix.per;
    let title = words::frontier_title(mixes, per);
    widget::label(ui, &title, Text::Title, cx.theme.palette.text);
    let Some((x, y)) = ranges(cx, mixes) else {
        widget::caption(ui, cx.theme, "Nothing can be mixed");
        return None;
    };
    let is_inside = |mixed: &Mixed| {
        let [risk, value] = point(mixed, per);
        (x.0..=x.1).contains(&risk) && (y.0..=y.1).contains(&value)
    };
    let beyond = mixes.grid.iter().filter(|mixed| !is_inside(mixed)).count();
    let beyond =
        if beyond > 0 { format!("; {beyond} of {} lie beyond", mixes.grid.len()) } else { String::new() };
    let unit = match per {
        Per::Dollar => "per dollar of capital",
        Per::Site => "of the whole site",
    };
    widget::caption(
        ui,
        cx.theme,
        format!(
            "Expected NPV against the mean of the worst 5 %, {unit}; each dot is a mix, and a click takes it{beyond}"
        ),
    );
    ui.add_space(4.0);
    let palette = &cx.theme.palette;
    let (shares, dots): (Vec<PerBusiness<f64>>, Vec<XyDot>) = dots(cx, mixes, &is_inside).into_iter().unzip();
    let line = XyLine {
        name: String::new(),
        points: mixes.frontier_of(per).iter().map(|mixed| point(mixed, per)).collect(),
        colour: palette.text,
        text: palette.text,
        width: theme::NOW,
        stroke: Stroke::Solid,
    };
    let drawn = Xy {
        summary: format!("Mixes by value and risk. {title}."),
        height: HEIGHT,
        x: XyAxis { range: x, is_log: false, tick: &|risk| tick(-risk, per) },
        y: XyAxis { range: y, is_log: false, tick: &|value| format::signed(tick(value, per), value) },
        lines: vec![line],
        dots,
        verticals: Vec::new(),
        is_clicked: true,
    }
    .show(ui, cx.theme);
    widget::caption(ui, cx.theme, format!("Across: mean of the worst 5 %, {unit}; more risk to the right"));
    let outside: Vec<(String, &Mixed)> = named(cx, mixes).filter(|(_, mixed)| !is_inside(mixed)).collect();
    if !outside.is_empty() {
        widget::caption(ui, cx.theme, words::beyond(&outside, per));
    }
    ui.add_space(12.0);
    strip::ui(ui, cx, mixes, (drawn.area.x_range(), x));
    let hovered = *shares.get(drawn.hovered?)?;
    if drawn.response.clicked() {
        cx.actions.push(Action::SetMix(hovered));
    }
    let mixed = mixes.grid.iter().find(|mixed| mixed.shares == hovered);
    let text = mixed.map_or_else(|| words::shares(&hovered), |mixed| words::figures(mixed, per));
    drawn.response.on_hover_text_at_pointer(text);
    Some(hovered)
}

/// Text of a tick of both axes.
fn tick(value: f64, per: Per) -> String {
    match per {
        Per::Dollar => format!("{} %", format::plain(100.0 * value)),
        Per::Site => format::short(value, Unit::Usd),
    }
}

/// Where a mix lies: risk across, value up.
fn point(mixed: &Mixed, per: Per) -> [f64; 2] {
    [mixed.risk(per).value, mixed.value(per).value]
}

/// The mixes that the chart names: each business alone, and the scenario's own.
fn named<'a>(cx: &Context<'a>, mixes: &'a Mixes) -> impl Iterator<Item = (String, &'a Mixed)> {
    let alone = |business: &Business| Some((format!("{} alone", business.word()), mixes.alone(*business)?));
    let now = super::now(cx).map(|now| ("now".to_owned(), now));
    mixes.parts.iter().filter_map(alone).chain(now)
}

/// A dot for each mix that is drawn, the single businesses and the scenario's own on top.
fn dots(
    cx: &Context<'_>,
    mixes: &Mixes,
    is_drawn: &dyn Fn(&Mixed) -> bool,
) -> Vec<(PerBusiness<f64>, XyDot)> {
    let (palette, per) = (&cx.theme.palette, cx.state.view.mix.per);
    let plain = |mixed: &Mixed, radius, fill: Color32| XyDot {
        at: point(mixed, per),
        radius,
        fill,
        outline: fill,
        width: 0.0,
        name: String::new(),
        text: palette.text,
    };
    let mut dots: Vec<(PerBusiness<f64>, XyDot)> = mixes
        .grid
        .iter()
        .filter(|mixed| is_drawn(mixed))
        .map(|mixed| (mixed.shares, plain(mixed, 1.6, palette.text_muted.gamma_multiply(0.6))))
        .collect();
    for business in &mixes.parts {
        let Some(alone) = mixes.alone(*business).filter(|mixed| is_drawn(mixed)) else { continue };
        let name = format!("{} alone", business.word());
        let (mark, text) = (cx.theme.mark(*business), cx.theme.mark_text(*business));
        let dot =
            XyDot { outline: mark, width: 2.0, fill: palette.app, name, text, ..plain(alone, 5.0, mark) };
        dots.push((alone.shares, dot));
    }
    if let Some(now) = super::now(cx).filter(|mixed| is_drawn(mixed)) {
        let dot = XyDot {
            outline: palette.text,
            width: 3.0,
            fill: palette.app,
            name: "now".to_owned(),
            ..plain(now, 6.0, palette.text)
        };
        dots.push((now.shares, dot));
    }
    let lit = super::lit(cx, mixes).filter(|mixed| is_drawn(mixed));
    dots.extend(lit.map(|mixed| (mixed.shares, plain(mixed, 5.0, palette.text))));
    dots
}

/// What is drawn: the frontier, the scenario's own mix if it is near, and some room around.
fn ranges(cx: &Context<'_>, mixes: &Mixes) -> Option<((f64, f64), (f64, f64))> {
    let per = cx.state.view.mix.per;
    let point = |mixed: &Mixed| (mixed.risk(per).value, mixed.value(per).value);
    let frontier = mixes.frontier_of(per);
    let (first, last) = (frontier.first().map(point)?, frontier.last().map(point)?);
    // A frontier of one point has no extent: then that of its figures is taken.
    let least = if per == Per::Dollar { 1e-3 } else { LEAST_EXTENT_USD };
    let extent = |a: f64, b: f64| (a - b).abs().max(0.15 * a.abs().max(b.abs())).max(least);
    let (across, up) = (extent(first.0, last.0), extent(first.1, last.1));
    let mut x = (first.0 - 0.3 * across, last.0 + 0.5 * across);
    let mut y = (first.1 - REACH * up, last.1 + 0.5 * up);
    // Below the lowest mix there is nothing to see.
    let lowest = mixes.grid.iter().map(|mixed| mixed.value(per).value).fold(f64::INFINITY, f64::min);
    y.0 = y.0.max(lowest - 0.5 * up);
    if let Some((risk, value)) = super::now(cx).map(point) {
        if risk - x.1 < 2.0 * across {
            x.1 = x.1.max(risk + 0.2 * across);
        }
        if y.0 - value < 6.0 * up {
            y.0 = y.0.min(value - 0.5 * up);
        }
    }
    [x.0, x.1, y.0, y.1].iter().all(|end| end.is_finite()).then_some((x, y))
}
