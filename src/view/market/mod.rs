//! The market page: who may be asked, what sources say, what they agree on, and what taking it over would change.

mod columns;
mod consent;
mod effect;
mod figure;
mod quote;

use egui::{Align, Layout, Ui};

use crate::export::spread_words;
use crate::format;
use crate::market_data::live::{Figure, ON_DEMAND_WORDS, Rule, age_words, moment};
use crate::state::{Action, MarketAction};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use columns::Columns;

/// Width of the switches beside the figures.
const CONSENT: f32 = 340.0;
/// Least width of the figures beside the switches.
const LEAST_FIGURES: f32 = 560.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let figures = cx.state.market.figures(cx.state.document.scenario());
    let conditions = "No source is asked before you allow it. A value enters the scenario only when you use it, with its source and \
         time, and one undo takes it back.";
    let is_asked = figures.iter().any(Figure::is_asked);
    let conditions = if is_asked {
        format!("{conditions} Ages as of {}.", moment(cx.state.market.now()))
    } else {
        conditions.to_owned()
    };
    super::verdict_ui(ui, cx, &verdict(cx, &figures), &conditions);
    // Above everything that scrolls away.
    use_ui(ui, cx, &figures);
    ui.add_space(12.0);
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    let width = ui.available_width();
    if width < CONSENT + gutter + LEAST_FIGURES {
        consent::ui(ui, cx);
        ui.add_space(16.0);
        figures_ui(ui, cx, &figures);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gutter;
        let column = |ui: &mut Ui, width: f32, add: &mut dyn FnMut(&mut Ui)| {
            ui.allocate_ui_with_layout(egui::vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                widget::set_width(ui, width);
                add(ui);
            });
        };
        column(ui, (width - CONSENT - gutter).floor(), &mut |ui| figures_ui(ui, cx, &figures));
        column(ui, CONSENT, &mut |ui| consent::ui(ui, cx));
    });
}

/// The sentence of the page: the price, and what is refused.
fn verdict(cx: &Context<'_>, figures: &[Figure]) -> String {
    let asked: Vec<&Figure> = figures.iter().filter(|figure| figure.is_asked()).collect();
    if asked.is_empty() {
        let known =
            if cx.state.market.allowed() == 0 { "Nobody may be asked yet" } else { "Nobody was asked yet" };
        return format!("{known}; these are bundled values of October 2026 and before.");
    }
    let price = asked.iter().find(|figure| figure.rule == Rule::Price);
    let head = match price.map(|figure| (&figure.agreed, spread_words(figure))) {
        Some((Ok(agreed), spread)) => {
            let (count, age) = (agreed.sources.len(), age_words(agreed.at, cx.state.market.now()));
            let spread = spread.map(|words| format!(", {words}")).unwrap_or_default();
            let age = if age == "now" { String::new() } else { format!(", {age} ago") };
            format!("Bitcoin is {} by {count} sources{spread}{age}", Rule::Price.text(agreed.value))
        }
        Some((Err(why), _)) => format!("The bitcoin price is refused: {why}"),
        None => "The bitcoin price was not asked for".to_owned(),
    };
    let own = cx.state.document.scenario().gpu_name();
    let is_own = |rule: Rule| !matches!(rule, Rule::Rental(gpu) if !gpu.name.eq_ignore_ascii_case(own));
    let refused: Vec<String> = asked
        .iter()
        .filter(|figure| figure.rule != Rule::Price && is_own(figure.rule))
        .filter_map(|figure| refusal(cx, figure))
        .collect();
    let tail = refused.into_iter().map(|words| format!("; {words}"));
    format!("{head}{}.", tail.collect::<String>())
}

/// Share by which what came differs from the plan before that is worth a word.
const WORTH_A_WORD: f64 = 0.1;

/// Why a figure is refused, and how far what came lies from the plan all the same.
fn refusal(cx: &Context<'_>, figure: &Figure) -> Option<String> {
    let why = figure.agreed.as_ref().err()?;
    let words = format!("{} is refused: {why}", small(&figure.rule.label()));
    let heard = figure.heard().zip(figure::in_plan(cx, figure)).filter(|(_, plan)| *plan != 0.0);
    Some(match heard {
        Some((heard, plan)) if (heard / plan - 1.0).abs() > WORTH_A_WORD => {
            let (heard, factor) = (figure.rule.text(heard), format::grouped(heard / plan, 1));
            format!(
                "{words} (the median so far, {heard}, is {factor}× the plan’s {})",
                figure.rule.text(plan)
            )
        }
        _ => words,
    })
}

/// A name within a sentence; what begins with an abbreviation stays.
fn small(label: &str) -> String {
    if label.starts_with("GPU") { label.to_owned() } else { label.to_lowercase() }
}

fn figures_ui(ui: &mut Ui, cx: &Context<'_>, figures: &[Figure]) {
    widget::card(ui, cx.theme, None, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let columns = Columns::of(ui.max_rect());
        columns.heading_ui(ui, cx);
        for figure in figures {
            ui.push_id(figure.rule.id(), |ui| figure::ui(ui, cx, &columns, figure));
        }
    });
    effect::ui(ui, cx, figures);
    attribution_ui(ui, cx);
}

/// What is chosen, and the two buttons.
fn use_ui(ui: &mut Ui, cx: &Context<'_>, figures: &[Figure]) {
    let market = &cx.state.market;
    let takes = market.takes(figures);
    let names: Vec<String> = takes.iter().map(|take| small(&take.figure.rule.label())).collect();
    let offered = figures.iter().filter(|figure| figure.offered().is_some()).count();
    let words = if offered == 0 {
        let next = if market.allowed() == 0 { "allow a source, then refresh" } else { "refresh" };
        format!("Nothing to choose yet: {next}")
    } else if names.is_empty() {
        format!("None of {offered} figures chosen yet")
    } else {
        format!("{} of {offered} figures chosen: {}", names.len(), names.join(", "))
    };
    let text = |ui: &mut Ui| {
        widget::body(ui, cx.theme, words);
        widget::caption(
            ui,
            cx.theme,
            "One undo step. Source and time stay with the preset and stand at the input’s row.",
        );
    };
    super::heading_ui(ui, cx, text, |ui| {
        ui.add_enabled_ui(!names.is_empty(), |ui| {
            let label =
                if names.len() == 1 { "Use this".to_owned() } else { format!("Use these {}", names.len()) };
            if widget::primary_button(ui, cx.theme, if names.is_empty() { "Use these" } else { &label })
                .clicked()
            {
                cx.actions.push(Action::Market(MarketAction::Use));
            }
        });
        let asking = market.asking.len();
        let label = if asking == 0 { "Refresh".to_owned() } else { format!("Asking {asking}…") };
        ui.add_enabled_ui(asking == 0 && market.allowed() > 0, |ui| {
            let hover = "Ask every source that you allow and that did not ask to be left alone";
            if widget::button(ui, cx.theme, &label).on_hover_text(hover).clicked() {
                cx.actions.push(Action::Market(MarketAction::Refresh));
            }
        });
    });
    if market.takes_rental(figures) {
        ui.add_space(4.0);
        let label = "Utilisation goes to 66 % in the same step";
        if let Some(is_on) = widget::check(ui, cx.theme, label, market.with_utilisation) {
            cx.actions.push(Action::Market(MarketAction::WithUtilisation(is_on)));
        }
        widget::caption(ui, cx.theme, ON_DEMAND_WORDS);
    }
}

/// Licences, and how sources are to be named.
fn attribution_ui(ui: &mut Ui, cx: &Context<'_>) {
    let market = &cx.state.market;
    let known = market.answers.iter().filter(|answer| market.permissions.allows(answer.source));
    let lines: Vec<String> = known
        .map(|answer| {
            let stated = answer.parts.iter().find_map(|part| part.good.as_ref()?.0.licence.clone());
            let licence = stated.unwrap_or_else(|| answer.source.licence.to_owned());
            format!("{}: {}; {licence}.", answer.source.label, answer.source.attribution)
        })
        .collect();
    if lines.is_empty() {
        return;
    }
    ui.add_space(16.0);
    widget::label(ui, "Sources and licences", Text::Title, cx.theme.palette.text);
    for line in lines {
        widget::caption(ui, cx.theme, line);
    }
}
