//! Where mining is worth what another use of its site is: the price with only mining's NPV, and the hashprice at which a miner
//! would not convert.

use egui::Ui;
use wattfolio_economics::answers::Converting;
use wattfolio_economics::business::Business;
use wattfolio_economics::units::Unit;

use super::table::{Leads, beside, cell, line_ui};
use super::titles_ui;
use crate::state::Answered;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::converting as words;
use crate::words::sensitivity::distance;

/// Where columns begin, as shares of the width.
const COLUMNS: [f32; 3] = [0.0, 0.34, 0.66];

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, answered: &Answered) {
    let all = &answered.converting;
    if all.is_empty() {
        return;
    }
    let miner = Business::OF_NETWORK.word();
    let subtitle = format!("Price with only {miner}’s NPV, and hashprice at which going on is level");
    titles_ui(ui, cx, &words::finding(all), &subtitle);
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        let head = ["Converting to", &format!("Has {miner}’s NPV at"), "Hashprice"];
        line_ui(ui, cx, (head, COLUMNS), Text::Caption, None);
        for one in all.iter() {
            row_ui(ui, cx, one);
        }
    });
    ui.add_space(20.0);
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, one: &Converting) {
    let to = format!("{} {}", theme::glyph(one.to), one.to.label());
    let level = match &one.level {
        Some(level) => cell(level),
        None => "none".to_owned(),
    };
    let hashprice = words::nearest_hashprice(one).map_or_else(
        || "none".to_owned(),
        |at| beside(&words::hashprice(at), &distance(at, one.hashprice_now, Unit::UsdPerPhDay)),
    );
    let leads = Leads { spoken: words::sentences(one).join("\n"), input: one.stays.input };
    line_ui(ui, cx, ([&to, &level, &hashprice], COLUMNS), Text::Body, Some(leads));
}
