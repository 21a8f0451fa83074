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
        for capital in business.capital_costs() {
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
