//! What stands below a discount rate: what such capital costs and why, and that a shared rate is used by none.

use egui::{Ui, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Input;
use wattfolio_economics::units::Unit;

use super::picks::list_ui;
use crate::state::Action;
use crate::theme::{CONTROL, Text};
use crate::view::Context;
use crate::{format, widget};

/// A rate that capital of some kind must expect, of the project before tax.
struct Capital {
    business: Business,
    /// What stands behind the money.
    name: &'static str,
    /// A year, fraction.
    rate: f64,
    /// How it is built up.
    why: &'static str,
}

const CAPITAL: [Capital; 7] = [
    Capital {
        business: Business::Mining,
        name: "Own machines",
        rate: 0.15,
        why: "machines at 11–14 %, equity from 20 %; loans against coins 7.75–9 %. 15–20 %",
    },
    Capital {
        business: Business::Hosting,
        name: "Lease with an AA or A guarantor",
        rate: 0.075,
        why: "80–85 % at 6.2–7.3 % (River Bend 6.192 %, April 2026; Abernathy 7.25 %, December 2025), equity 13–14 %",
    },
    Capital {
        business: Business::Hosting,
        name: "Lease with a BB tenant",
        rate: 0.09,
        why: "75 % at 7.0 % (June 2026) to 9.25 % (November 2025), equity 16 %",
    },
    Capital {
        business: Business::Hosting,
        name: "No lease signed",
        rate: 0.115,
        why: "60–65 % at SOFR + 3.5 to 6.5 points, equity 18–20 %",
    },
    Capital {
        business: Business::Leasing,
        name: "A-rated customer",
        rate: 0.095,
        why: "96 % of the cost by prepayment and notes at 6.0 % (IREN, May 2026)",
    },
    Capital {
        business: Business::Leasing,
        name: "Single-B customers",
        rate: 0.13,
        why: "60–70 % at 9–12 %, equity 22 %",
    },
    Capital {
        business: Business::Leasing,
        name: "No contracts",
        rate: 0.17,
        why: "50–70 % of value at 10–17 %, equity 25 %. 16–18 %",
    },
];

/// What stands below the rate of a business: a list to pick from.
pub(super) fn of_business_ui(ui: &mut Ui, cx: &Context<'_>, business: Business, input: &'static Input) {
    let scenario = cx.state.document.scenario();
    let own = business.own_discount_rate(scenario);
    list_ui(ui, cx, "What such capital costs…", |ui| {
        let shared = format::full(scenario.finance.discount_rate, Unit::Fraction);
        let why = "the rate of all businesses without one of their own";
        let unset = row_ui(ui, cx, ("The shared rate", &shared, why), own.is_none());
        if unset {
            cx.actions.push(Action::SetText { input, text: "None".to_owned() });
        }
        for capital in CAPITAL.iter().filter(|capital| capital.business == business) {
            let rate = format::full(capital.rate, Unit::Fraction);
            if row_ui(ui, cx, (capital.name, &rate, capital.why), own == Some(capital.rate)) {
                cx.actions.push(Action::SetNumber { input, value: capital.rate });
            }
        }
    });
}

/// Says that nobody uses the shared rate, where that is so, and how that can be changed.
pub(super) fn shared_ui(ui: &mut Ui, cx: &Context<'_>) {
    let scenario = cx.state.document.scenario();
    let is_replaced = catalogue::find("finance.discount_rate").is_some_and(|rate| rate.is_replaced(scenario));
    if is_replaced {
        let text =
            "None uses it: each business has a rate of its own. Pick the shared rate below one to unset it.";
        let text = widget::colored(text, Text::Caption, cx.theme.palette.text_secondary);
        ui.add(egui::Label::new(text).wrap());
        ui.add_space(6.0);
    }
}

/// A row of the list; returns whether it was picked.
fn row_ui(ui: &mut Ui, cx: &Context<'_>, (name, rate, why): (&str, &str, &str), is_chosen: bool) -> bool {
    let palette = &cx.theme.palette;
    let button = egui::Button::new(widget::colored(name, Text::Body, palette.text))
        .right_text(widget::colored(rate, Text::Caption, palette.text_secondary))
        .selected(is_chosen)
        .truncate()
        .min_size(vec2(ui.available_width(), CONTROL));
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_chosen, name));
    response.on_hover_text(why).clicked()
}
