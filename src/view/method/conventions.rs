//! The conventions of the model in a few sentences.

use egui::Ui;

use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;

/// Purpose of the page, version of the program, and the disclaimer.
pub(super) const LEAD: &str = concat!(
    "How the figures come about, and how they compare with published ones. wattfolio ",
    env!("CARGO_PKG_VERSION"),
    ". Not investment advice."
);

/// A convention: what it is about, and how it is.
const CONVENTIONS: [(&str, &str); 6] = [
    (
        "Money and time",
        "Money is nominal USD. A plan runs by months of 730.5 hours; what is paid in a month falls at its end. \
         Prices and other levels that drift are read in the middle of their month. Yearly rates are effective \
         rates.",
    ),
    (
        "The same site",
        "Each business is evaluated alone, over the same months, with the same power price and the same discount \
         rate. One calculation runs month by month for curves, explanations and every figure here.",
    ),
    (
        "Payback",
        "The first month in which cumulative cash is back to zero. What comes only because the plan ends (resale, \
         coins that were kept, a deposit returned) counts in NPV, IRR and profit, but never in payback.",
    ),
    (
        "Whose money",
        "Before and after tax count the project as if it had no debt. Equity counts the owner’s cash after tax, \
         with the loan drawn, served and repaid. Multiples compare with own capex, or with the owner’s peak \
         equity.",
    ),
    (
        "Rates of return",
        "An IRR is shown where a plan has a profit and one positive rate, or no profit and flows that change sign \
         once. Other rates above −99 % a year are listed as not meaningful, and “never” is a result.",
    ),
    (
        "What it is not",
        "Everything follows from the inputs, and nobody knows next year’s prices. The program predicts nothing; \
         it shows what your assumptions lead to.",
    ),
];

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    widget::card(ui, cx.theme, None, |ui| {
        let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
        for (index, row) in CONVENTIONS.chunks(3).enumerate() {
            ui.add_space(if index == 0 { 0.0 } else { 10.0 });
            ui.push_id(index, |ui| {
                widget::columns(ui, row.len(), (gutter, theme::LEAST_CHART), |ui, column| {
                    let (title, text) = row[column];
                    ui.spacing_mut().item_spacing.y = 3.0;
                    widget::label(ui, title, Text::Title, cx.theme.palette.text);
                    widget::body(ui, cx.theme, text);
                });
            });
        }
    });
}
