//! The cash-flow page: what comes in and goes out, month by month, and the ledger.

mod capital;
mod flows;
mod ledger;
mod legend;
mod parts;
mod rows;
mod second;
mod text;

use egui::{Align, Layout, Ui, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::explain::PeriodLength;
use wattfolio_economics::kernel::{Basis, Line};
use wattfolio_economics::results::Evaluation;
use wattfolio_economics::units::Unit;

use self::parts::{operating_cash, parts};
pub(crate) use self::rows::{ledger_rows, ledger_unit};
use self::second::Second;
pub(crate) use self::text::shown as ledger_text;
use crate::state::{Action, CashFlowView};
use crate::theme::Text;
use crate::view::Context;
use crate::words;
use crate::{format, widget};

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let view = cx.state.view.cash_flow;
    let results = &cx.state.results;
    let selected = Business::ALL.iter().position(|business| *business == view.business).unwrap_or(0);
    let set = |view: CashFlowView| cx.actions.push(Action::SetCashFlow(view));
    let verdict = |ui: &mut Ui| match results.comparison.business(view.business) {
        Ok(evaluation) => {
            let verdict = format!("{}.", words::cash_flow_verdict(evaluation));
            let mut words = conditions(evaluation, results.comparison.basis);
            if let Some(beside) = super::beside::conditions(cx) {
                words = format!("{words} {beside}");
            }
            super::verdict_ui(ui, cx, &verdict, &words);
        }
        Err(reason) => {
            let verdict = format!("{} is not evaluated.", view.business.label());
            super::verdict_ui(ui, cx, &verdict, &words::sentence_of(reason));
        }
    };
    super::heading_ui(ui, cx, verdict, |ui| {
        let names = Business::ALL.map(Business::label);
        if let Some(index) = widget::segmented(ui, cx.theme, &names, selected) {
            set(CashFlowView { business: Business::ALL[index], ..view });
        }
        super::beside::menu_ui(ui, cx);
    });
    let Ok(evaluation) = results.comparison.business(view.business) else { return };
    let line = if cx.theme.is_dark { "white line" } else { "black line" };
    let titles = |ui: &mut Ui| {
        let palette = &cx.theme.palette;
        ui.spacing_mut().item_spacing.y = 2.0;
        widget::tracked(ui, widget::colored(title(evaluation), Text::Title, palette.text));
        let below = match results.comparison.basis {
            Basis::ProjectBeforeTax => "operating costs",
            Basis::ProjectAfterTax => "operating costs and tax",
            Basis::EquityAfterTax => "operating costs, tax and debt service",
        };
        let mut words = format!("Revenue above the line, {below} below; {line}: operating cash");
        if let Some(second) = cx.state.second() {
            words = format!("{words}, {}", Second::line_words(second, view.business));
        }
        widget::tracked(ui, widget::colored(words, Text::Caption, palette.text_muted));
    };
    super::heading_ui(ui, cx, titles, |ui| {
        let names = PeriodLength::ALL.map(PeriodLength::label);
        let selected = PeriodLength::ALL.iter().position(|period| *period == view.period).unwrap_or(0);
        if let Some(index) = widget::segmented(ui, cx.theme, &names, selected) {
            set(CashFlowView { period: PeriodLength::ALL[index], ..view });
        }
    });
    ui.add_space(4.0);
    chart_ui(ui, cx, evaluation);
    ui.add_space(16.0);
    ledger::ui(ui, cx, evaluation);
}

/// The chart of a business alone, with its legend and its capital.
pub(super) fn printed_ui(ui: &mut Ui, cx: &Context<'_>) {
    let business = cx.state.view.cash_flow.business;
    let Ok(evaluation) = cx.state.results.comparison.business(business) else { return };
    let palette = &cx.theme.palette;
    widget::label(ui, business.label(), Text::BodyMedium, cx.theme.mark_text(business));
    widget::label(ui, title(evaluation), Text::Title, palette.text);
    chart_ui(ui, cx, evaluation);
}

fn conditions(evaluation: &Evaluation, basis: Basis) -> String {
    let size = evaluation.size().into_iter();
    let size: Vec<String> =
        size.map(|(value, unit, noun)| format!("{} {noun}", format::short(value, unit))).collect();
    let size = size.join(" on ");
    format!("{}, {size}. {}, nominal USD.", evaluation.business.label(), basis.label())
}

fn title(evaluation: &Evaluation) -> String {
    let sum = |line: Line| evaluation.ledger.sum(line);
    let cash = sum(Line::Ebitda) - sum(Line::BtcKeptValue);
    let cash = format::short(cash, Unit::Usd);
    if !capital::has_capital(evaluation.business) {
        return format!("{cash} of operating cash without capital of its own");
    }
    let capex = format::short(evaluation.measures.capex_usd, Unit::Usd);
    format!("{cash} of operating cash against {capex} of capital")
}

fn chart_ui(ui: &mut Ui, cx: &Context<'_>, evaluation: &Evaluation) {
    let months = cx.state.view.cash_flow.period.months();
    let (revenue, costs) = parts(cx.theme, evaluation, months);
    let legend = if cx.is_narrow { 150.0 } else { 190.0 };
    let cash = operating_cash(evaluation, months);
    let second = Second::of(cx, evaluation.business);
    ui.horizontal_top(|ui| {
        let width = widget::room_beside(ui, legend + 16.0);
        let hovered = ui
            .allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                widget::set_width(ui, width);
                let drawn = (&cash[..], second.as_ref());
                let hovered =
                    flows::flows_ui(ui, cx, evaluation, &title(evaluation), [&revenue, &costs], drawn);
                if capital::has_capital(evaluation.business) {
                    capital::capital_ui(ui, cx, evaluation, second.as_ref());
                }
                hovered
            })
            .inner;
        ui.add_space(8.0);
        ui.vertical(|ui| {
            let period = hovered.map(|month| period_of(month, months));
            legend::legend_ui(ui, cx, [&revenue, &costs], (&cash, second.as_ref()), period);
        });
    });
}

fn period_of(month: f64, months: usize) -> usize {
    ((month - 0.5).max(0.0) as usize) / months
}
