//! The sensitivity page: what decides a figure, and where it tips.

mod bars;
mod converting;
mod ends;
mod simulated;
mod solve_line;
mod table;
mod tornado;

use egui::{ComboBox, Ui};
use wattfolio_economics::answers::SimulatedTornado;
use wattfolio_economics::business::Business;
use wattfolio_economics::results::MEASURES;
use wattfolio_economics::risk::{RISK_FIGURES, RiskFigure};

use super::risk::{self, RiskChart};
use crate::format;
use crate::state::{Action, Answered, Notice, Of, SensitivityView};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::sensitivity as words;
use crate::words::simulated_tornado as simulated_words;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(answered) = cx.state.sensitivity.clone() else {
        return super::verdict_ui(ui, cx, "Moving every input…", "The figures appear when they are ready.");
    };
    let sentence = words::sentence(&answered.overview).to_string();
    super::verdict_ui(ui, cx, &sentence, &conditions(cx, &answered));
    ui.horizontal_wrapped(|ui| {
        of_ui(ui, cx, &answered);
        measure_ui(ui, cx, &answered);
    });
    ui.add_space(8.0);
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    widget::columns(ui, 2, (gutter, theme::LEAST_HALF), |ui, index| {
        if index == 0 && answered.view.figure.is_some() {
            simulated::ui(ui, cx);
        } else if index == 0 {
            tornado::ui(ui, cx, &answered);
        } else {
            table::ui(ui, cx, &answered);
            ui.add_space(20.0);
            converting::ui(ui, cx, &answered);
            // Nothing is solved for a figure of the simulation.
            if answered.view.figure.is_none() {
                solve_line::ui(ui, cx, &answered);
            }
            if let Some(deep) = &cx.state.risk.deep {
                ui.add_space(20.0);
                risk::printed_ui(ui, cx, RiskChart::Drivers(&deep.outlook));
            }
        }
    });
}

/// The tornado alone.
pub(super) fn printed_ui(ui: &mut Ui, cx: &Context<'_>) {
    match &cx.state.sensitivity {
        Some(answered) if answered.view.figure.is_some() => simulated::ui(ui, cx),
        Some(answered) => tornado::ui(ui, cx, answered),
        None => {}
    }
}

/// What is moved, on which basis and from where to where.
fn conditions(cx: &Context<'_>, answered: &Answered) -> String {
    let asked = answered.asked();
    let (what, now) = match (answered.view.figure, &cx.state.moved_figure.found) {
        (Some(_), Some(found)) => {
            (simulated_words::what(&found.tornado), format!("now {}", simulated_words::now(&found.tornado)))
        }
        (Some(figure), None) => (simulated_label(figure), "being computed".to_owned()),
        (None, _) => {
            let now = match &answered.tornado.now {
                Ok(value) => format!("now {}", format::short(*value, asked.quantity.unit())),
                Err(missing) => missing.to_string(),
            };
            (words::quantity(&asked), now)
        }
    };
    format!("{what}, {}, {now}. {}", wattfolio_economics::explain::small(asked.basis.label()), words::ENDS)
}

/// Asks for other settings of the page.
fn set(cx: &Context<'_>, change: impl FnOnce(&mut SensitivityView)) {
    let mut view = cx.state.view.sensitivity;
    change(&mut view);
    cx.actions.push(Action::SetSensitivity(view));
}

/// Whose figure is looked at.
fn of_ui(ui: &mut Ui, cx: &Context<'_>, answered: &Answered) {
    let mut names = Business::ALL.map(Business::label).to_vec();
    names.push("Difference");
    let quantity = answered.asked().quantity;
    let selected = match quantity.minus {
        Some(_) => Business::COUNT,
        None => quantity.of as usize,
    };
    if let Some(index) = widget::segmented(ui, cx.theme, &names, selected) {
        match Business::ALL.get(index) {
            Some(business) => set(cx, |view| view.of = Some(Of::Business(*business))),
            None if answered.overview.rival.is_some() => set(cx, |view| view.of = Some(Of::Difference)),
            None => {
                let why = "There is no difference: no second business is evaluated.".to_owned();
                cx.actions.push(Action::Notify(Notice::alert(why)));
            }
        }
    }
}

/// Which figure is looked at.
fn measure_ui(ui: &mut Ui, cx: &Context<'_>, answered: &Answered) {
    let (now, figure) = (answered.asked().quantity.measure, answered.view.figure);
    let shown = figure.map_or_else(|| now.label.to_owned(), simulated_label);
    let combo = ComboBox::from_id_salt("measure")
        .selected_text(widget::colored(shown, Text::Body, cx.theme.palette.text))
        .width(140.0)
        .truncate()
        .show_ui(ui, |ui| {
            for measure in MEASURES.iter().filter(|measure| measure.is_common()) {
                let is_on = measure == now && figure.is_none();
                if ui.selectable_label(is_on, measure.label).clicked() && !is_on {
                    set(cx, |view| {
                        // The target is one of the measure.
                        view.target = view.target.filter(|_| measure == now);
                        (view.measure, view.figure) = (Some(measure), None);
                    });
                }
            }
            for simulated in RISK_FIGURES.iter().filter(|figure| SimulatedTornado::check(figure).is_ok()) {
                let is_on = figure == Some(simulated);
                if ui.selectable_label(is_on, simulated_label(simulated)).clicked() && !is_on {
                    set(cx, |view| view.figure = Some(simulated));
                }
            }
        });
    combo.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Figure"));
}

/// Label of a figure of the simulation among measures of the plan.
fn simulated_label(figure: &RiskFigure) -> String {
    format!("{}, simulated", figure.label)
}

/// The finding of a part, and what is shown.
fn titles_ui(ui: &mut Ui, cx: &Context<'_>, title: &str, subtitle: &str) {
    let palette = &cx.theme.palette;
    widget::tracked(ui, widget::colored(title, Text::Title, palette.text));
    widget::caption(ui, cx.theme, subtitle);
}
