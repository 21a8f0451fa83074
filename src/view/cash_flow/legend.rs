//! Legend of the cash-flow chart, with amounts.

use egui::{Color32, Ui, vec2};
use wattfolio_economics::kernel::Line;
use wattfolio_economics::units::Unit;

use super::parts::Part;
use super::second::Second;
use crate::theme::Text;
use crate::view::Context;
use crate::words;
use crate::{format, widget};

/// Name of each colour, with its sum over the plan or in the period under the pointer.
pub(super) fn legend_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    [revenue, costs]: [&[Part]; 2],
    (cash, second): (&[f64], Option<&Second<'_>>),
    period: Option<usize>,
) {
    let palette = &cx.theme.palette;
    let months = cx.state.view.cash_flow.period.months();
    let scenario = &cx.state.results.scenario;
    let heading = match period {
        None => format!("Over {}", words::duration(f64::from(scenario.horizon_months))),
        Some(period) => format!("{} to {}", period * months + 1, (period + 1) * months),
    };
    let heading = match period {
        Some(period) if months == 1 => {
            format!("Month {}, {}", period + 1, words::calendar(scenario, period as f64))
        }
        Some(_) => format!("Months {heading}"),
        None => heading,
    };
    widget::label(ui, heading, Text::BodyMedium, palette.text);
    ui.add_space(4.0);
    let amount = |values: &[f64]| match period {
        Some(period) => values.get(period).copied().unwrap_or(0.0),
        None => values.iter().sum(),
    };
    let entry = |ui: &mut Ui, (name, colour, is_line): (&str, Color32, bool), value: f64, other: f64| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().interact_size.y = 16.0;
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(12.0, 12.0), egui::Sense::hover());
            if is_line {
                let stroke = egui::Stroke::new(2.0, colour);
                ui.painter().line_segment([rect.left_center(), rect.right_center()], stroke);
            } else {
                ui.painter().rect_filled(rect.shrink(1.0), 2, colour);
            }
            widget::body(ui, cx.theme, name);
        });
        ui.horizontal(|ui| {
            ui.add_space(20.0);
            let text = format::short(value, Unit::Usd);
            let full = format::full(value, Unit::Usd);
            widget::label(ui, text, Text::BodyMedium, palette.text).on_hover_text(full);
        });
        if let Some(second) = second {
            ui.horizontal(|ui| {
                ui.add_space(20.0);
                let amount = format::short(other, Unit::Usd);
                let delta = format::signed(format::short(other - value, Unit::Usd), other - value);
                widget::caption(ui, cx.theme, format!("{} {amount}, Δ {delta}", second.letter()));
            });
        }
        ui.add_space(8.0);
    };
    let [revenue_there, costs_there] =
        second.map_or([&[][..], &[]], |second| [&second.revenue[..], &second.costs]);
    let value_in = |parts: &[Part], line: Line| {
        let part = parts.iter().find(|part| part.line == line);
        part.map_or(0.0, |part| amount(&part.values))
    };
    let is_only_in = |own: &[Part], part: &Part| own.iter().all(|own| own.line != part.line);
    for part in revenue {
        let other = value_in(revenue_there, part.line);
        entry(ui, (part.name, part.colour, false), amount(&part.values), other);
    }
    for part in revenue_there.iter().filter(|part| is_only_in(revenue, part)) {
        entry(ui, (part.name, part.colour, false), 0.0, amount(&part.values));
    }
    let other = second.map_or(0.0, |second| amount(&second.cash));
    entry(ui, ("Operating cash", palette.text_strong, true), amount(cash), other);
    // A prepayment stands above the line.
    for part in costs.iter().filter(|part| part.line != Line::Prepayment) {
        let other = value_in(costs_there, part.line);
        entry(ui, (part.name, part.colour, false), amount(&part.values), other);
    }
    let more = costs_there.iter().filter(|part| part.line != Line::Prepayment && is_only_in(costs, part));
    for part in more {
        entry(ui, (part.name, part.colour, false), 0.0, amount(&part.values));
    }
}
