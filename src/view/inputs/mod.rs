//! The inputs at the left: key drivers, chapters, search.

use egui::{Align, Frame, Layout, Margin, ScrollArea, Sense, Stroke, Ui, vec2};
use wattfolio_economics::answers::{Asked, Quantity, slope};
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Group, Input, Kind, Number};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::number::within;
use wattfolio_economics::results::compare_on;
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

pub(super) mod field;
mod legend;
mod origin;
mod picks;
mod points;
mod rates;
mod row;
mod slider;
use crate::format;
use crate::state::{Action, Command};
use crate::theme::{CONTROL, GROUP_ROW, HAIRLINE, Text};
use crate::view::Context;
use crate::widget::{self, Icon};
use crate::words::sensitivity;
use legend::legend_ui;
use row::applies;
pub(super) use row::{RowValues, input_row};

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    egui::Panel::bottom("inputs foot")
        .exact_size(44.0)
        .show_separator_line(false)
        .frame(Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(16, 0)))
        .show(ui, |ui| foot_ui(ui, cx));
    Frame::new()
        .inner_margin(Margin { left: 16, right: 16, top: 14, bottom: 4 })
        .show(ui, |ui| search_ui(ui, cx));
    ScrollArea::vertical().id_salt("inputs").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: 16, right: 10, top: 4, bottom: 12 }).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            widget::set_width(ui, ui.available_width());
            rows_ui(ui, cx);
        });
    });
}

fn search_ui(ui: &mut Ui, cx: &Context<'_>) {
    let view = &cx.state.view.inputs;
    ui.horizontal(|ui| {
        let mut text = view.search.clone();
        let width = widget::room_beside(ui, 124.0);
        let edit = egui::TextEdit::singleline(&mut text)
            .hint_text("Find an input")
            .desired_width(width)
            .min_size(vec2(0.0, CONTROL))
            .margin(vec2(10.0, 6.0));
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find an input"));
        if view.focus_search {
            response.request_focus();
            cx.actions.push(Action::SearchFocused);
        }
        // Escape takes the focus away before anything is drawn.
        if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
            text.clear();
        }
        if text != view.search {
            cx.actions.push(Action::Search(text));
        }
        if widget::check(ui, cx.theme, "Changed only", view.changed_only).is_some() {
            cx.actions.run(Command::ToggleChangedOnly);
        }
    });
}

fn foot_ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    let edge = Stroke::new(HAIRLINE, palette.line);
    ui.painter().hline(ui.clip_rect().x_range(), ui.max_rect().top() + 0.5, edge);
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let changes = cx.state.document.changes().count();
        let text = match changes {
            0 => "As the baseline".to_owned(),
            changes => format!("{changes} changed from baseline"),
        };
        widget::body(ui, cx.theme, text);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let hover = Command::ResetAll.hover(ui.ctx());
            ui.add_enabled_ui(changes > 0, |ui| {
                if widget::button(ui, cx.theme, "Reset all").on_hover_text(hover).clicked() {
                    cx.actions.run(Command::ResetAll);
                }
            });
        });
    });
}

fn shown() -> impl Iterator<Item = &'static Input> {
    catalogue::inputs().iter().filter(|input| input.shown)
}

fn rows_ui(ui: &mut Ui, cx: &Context<'_>) {
    let defaults = Scenario::default();
    let values = RowValues {
        scenario: cx.state.document.scenario(),
        baseline: &cx.state.document.baseline().scenario,
        defaults: &defaults,
        refused: cx.state.view.inputs.refused.as_ref(),
        found: cx.state.view.inputs.found,
    };
    let view = &cx.state.view.inputs;
    let is_changed = |input: &&Input| input.differs(values.scenario, values.baseline);
    if !view.search.is_empty() || view.changed_only {
        let words: Vec<String> = view.search.split_whitespace().map(str::to_lowercase).collect();
        let hits: Vec<&'static Input> = shown()
            .filter(|input| matches(input, &words) && (!view.changed_only || is_changed(input)))
            .collect();
        if hits.is_empty() {
            nothing_ui(ui, cx);
        }
        rows_of_ui(ui, cx, &hits, &values);
        return;
    }
    let keys: Vec<&'static Input> = shown().filter(|input| input.key_driver).collect();
    let is_open = !view.key_drivers_closed;
    let changed = keys.iter().copied().filter(|i| is_changed(i)).count();
    heading_ui(ui, cx, None, is_open, changed, keys.len());
    if is_open {
        for input in keys {
            row_ui(ui, cx, input, &values);
        }
        legend_ui(ui, cx);
    }
    for group in Group::all() {
        let rows: Vec<&'static Input> =
            shown().filter(|input| input.group == group && !input.key_driver).collect();
        if rows.is_empty() {
            continue;
        }
        widget::hairline(ui, cx.theme);
        let is_open = view.open.contains(&group);
        let changed = rows.iter().copied().filter(|i| is_changed(i)).count();
        heading_ui(ui, cx, Some(group), is_open, changed, rows.len());
        if is_open {
            rows_of_ui(ui, cx, &rows, &values);
        }
    }
}

/// Rows of a chapter, or found ones; before the first about a loan it is said where loans move nothing.
fn rows_of_ui(ui: &mut Ui, cx: &Context<'_>, rows: &[&'static Input], values: &RowValues<'_>) {
    // The chapter of loans has the reserve as well, which is none.
    let is_of_loan = |input: &&Input| input.id.contains(".debt") && applies(input, values.scenario);
    let first_of_loan = rows.iter().position(is_of_loan);
    for (index, input) in rows.iter().enumerate() {
        if first_of_loan == Some(index) {
            debt_hint_ui(ui, cx);
        }
        row_ui(ui, cx, input, values);
    }
}

/// A loan moves the owner's money alone; where another basis is shown, that is said and offered.
fn debt_hint_ui(ui: &mut Ui, cx: &Context<'_>) {
    let basis = cx.state.document.basis();
    if basis == Basis::EquityAfterTax {
        return;
    }
    let words =
        format!("Loans move nothing here: {} counts the project without debt.", basis.label().to_lowercase());
    widget::caption(ui, cx.theme, words);
    ui.add_space(4.0);
    let hover = Command::BasisEquity.hover(ui.ctx());
    if widget::button(ui, cx.theme, "Show equity").on_hover_text(hover).clicked() {
        cx.actions.run(Command::BasisEquity);
    }
    ui.add_space(6.0);
}

/// Whether every word, in small letters, stands in a name, synonym, meaning or chapter of an input.
fn matches(input: &Input, words: &[String]) -> bool {
    let synonyms = input.synonyms.join(" ");
    let text = format!("{} {synonyms} {} {} {}", input.label, input.id, input.meaning, input.group.label())
        .to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

fn nothing_ui(ui: &mut Ui, cx: &Context<'_>) {
    let view = &cx.state.view.inputs;
    ui.add_space(12.0);
    let (title, hint) = if view.search.is_empty() {
        ("Nothing is changed".to_owned(), "Every input is as in the baseline.")
    } else {
        (format!("Nothing found for “{}”", view.search), "Try a word of its name, its unit or its chapter.")
    };
    widget::label(ui, title, Text::Title, cx.theme.palette.text);
    widget::body(ui, cx.theme, hint);
    ui.add_space(8.0);
    if widget::button(ui, cx.theme, "Show all inputs").clicked() {
        cx.actions.push(Action::Search(String::new()));
        if view.changed_only {
            cx.actions.run(Command::ToggleChangedOnly);
        }
    }
}

/// The heading of a chapter; `None` is that of the key drivers.
fn heading_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    group: Option<Group>,
    is_open: bool,
    changed: usize,
    count: usize,
) {
    let label = group.map_or("Key drivers", Group::label);
    let palette = &cx.theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), GROUP_ROW), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::DisclosureTriangle, true, is_open, label));
    let icon = if is_open { Icon::Open } else { Icon::Closed };
    let colour = if response.hovered() || response.has_focus() { palette.text_strong } else { palette.text };
    let square = egui::Rect::from_min_size(rect.min - vec2(2.0, 0.0), vec2(16.0, GROUP_ROW));
    icon.paint(ui.painter(), square, palette.text_secondary);
    widget::focus_ring(ui, cx.theme, &response, rect);
    let style = if group.is_none() { Text::Title } else { Text::Body };
    let left = egui::pos2(rect.left() + 20.0, rect.center().y);
    ui.painter().text(left, egui::Align2::LEFT_CENTER, label, style.font(), colour);
    let note = match (group, changed) {
        (None, 0) => String::new(),
        (None, changed) => format!("{changed} changed"),
        (Some(_), 0) => count.to_string(),
        (Some(_), changed) => format!("{changed} changed   {count}"),
    };
    let right = egui::pos2(rect.right() - 6.0, rect.center().y);
    ui.painter().text(right, egui::Align2::RIGHT_CENTER, note, Text::Caption.font(), palette.text_muted);
    if response.clicked() {
        cx.actions.push(Action::ToggleGroup(group));
    }
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, input: &'static Input, values: &RowValues<'_>) {
    input_row(ui, cx.theme, input, values, cx.actions, |ui| tooltip_ui(ui, cx, input));
    if values.found == Some(input) {
        cx.actions.push(Action::InputShown);
    }
    origin::ui(ui, cx, input);
    picks::below_input_ui(ui, cx, input);
}

/// Meaning, range and source of an input, and the effect of ten percent of it.
fn tooltip_ui(ui: &mut Ui, cx: &Context<'_>, input: &'static Input) {
    let palette = &cx.theme.palette;
    widget::set_max_width(ui, 400.0);
    widget::label(ui, input.label, Text::Title, palette.text);
    widget::body(ui, cx.theme, input.meaning);
    widget::caption(ui, cx.theme, format!("Enters as {}", input.formula));
    widget::caption(ui, cx.theme, format!("Allowed {}", sensitivity::allowed(input)));
    widget::caption(ui, cx.theme, format!("Default from {}", input.source));
    if let Some((heading, effects)) = ten_percent(cx, input) {
        ui.add_space(4.0);
        widget::label(ui, heading, Text::BodyMedium, palette.text);
        for line in effects {
            widget::body(ui, cx.theme, line);
        }
    }
    for line in slopes(cx, input) {
        widget::body(ui, cx.theme, line);
    }
    ui.add_space(4.0);
    widget::caption(ui, cx.theme, input.id);
}

/// How fast the net present value of each business follows an input now.
fn slopes(cx: &Context<'_>, input: &'static Input) -> Vec<String> {
    let scenario = &cx.state.results.scenario;
    let of = |business| {
        let asked = Asked::new(Quantity::npv(business), cx.state.document.basis());
        let slope = slope(scenario, asked, input).filter(|slope| slope.value() != 0.0)?;
        Some(format!("{} {}", business.label(), sensitivity::slope(&slope, &asked)))
    };
    input.moved_businesses(scenario).filter_map(of).collect()
}

/// What an input ten percent lower and higher does to the net present values it moves, with a heading that names the
/// two values.
fn ten_percent(cx: &Context<'_>, input: &Input) -> Option<(String, Vec<String>)> {
    let Kind::Number(number) = &input.kind else { return None };
    let scenario = &cx.state.results.scenario;
    let value = (number.get)(scenario).filter(|value| *value != 0.0)?;
    let values = ten_percent_around(number, value)?;
    let at = |value: f64| {
        let changed = scenario.with(input, value).ok()?;
        Some(compare_on(&changed, cx.state.document.basis()))
    };
    let (low, high) = (at(values[0])?, at(values[1])?);
    let npv = |comparison: &wattfolio_economics::results::Comparison, business| {
        comparison.business(business).map(|evaluation| evaluation.measures.npv_usd).ok()
    };
    let now = &cx.state.results.comparison;
    let lines = input.moved_businesses(scenario).filter_map(|business| {
        let base = npv(now, business)?;
        let change = |comparison| {
            let difference = npv(comparison, business)? - base;
            let text = format::short(difference, Unit::Usd);
            Some(format::signed(text, difference))
        };
        Some(format!("{} {} … {}", business.label(), change(&low)?, change(&high)?))
    });
    Some((heading_of_effects(value, values, input.unit), lines.collect()))
}

/// The values ten percent below and above, as far as the input may take them; `None` if they are one and the same.
fn ten_percent_around(number: &Number, value: f64) -> Option<[f64; 2]> {
    let values = [0.9, 1.1].map(|factor| {
        let value = within(value * factor, number.min, number.max);
        if number.whole { value.round() } else { value }
    });
    (values[0] != values[1]).then_some(values)
}

/// The heading of the effects: the two values in percent, or as they are where a limit or a whole number is nearer.
fn heading_of_effects(value: f64, values: [f64; 2], unit: Unit) -> String {
    let is_ten_percent = [0.9, 1.1].map(|factor| value * factor) == values;
    if is_ten_percent {
        return "NPV at −10 % … +10 %".to_owned();
    }
    let [low, high] = values.map(|value| format::field(value, unit));
    format!("NPV at {low} … {high} {}", format::field_unit(unit)).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_found_by_what_people_call_it() {
        let found = |search: &str| -> Vec<&str> {
            let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
            catalogue::inputs().iter().filter(|input| matches(input, &words)).map(|input| input.id).collect()
        };
        for (search, id) in [
            ("WACC", "finance.discount_rate"),
            ("hurdle rate", "finance.discount_rate"),
            ("difficulty", "bitcoin.network_hashrate_eh_s"),
            ("energy", "power.price_usd_per_kwh"),
            ("PPA", "power.contract"),
            ("ppa", "power.price_usd_per_kwh"),
            ("salvage", "mining.resale_share"),
            ("salvage", "leasing.works_resale_share"),
            ("capex", "hosting.fit_out_usd_per_it_mw"),
            ("capex", "leasing.fit_out_usd_per_it_mw"),
            ("capex", "mining.site_capex_usd_per_mw"),
            ("tariff", "power.price_usd_per_kwh"),
            ("hosting rent", "hosting.fee_usd_per_kw_month"),
            ("LTV", "mining.debt.loan_to_cost"),
        ] {
            assert!(found(search).contains(&id), "{search}: {:?}", found(search));
        }
        assert_eq!(found("xyzzy"), Vec::<&str>::new());
    }

    #[test]
    fn effects_are_headed_by_the_values_that_were_used() {
        let heading = |id: &str, value: f64| {
            let input = catalogue::find(id).expect("an input");
            let Kind::Number(number) = &input.kind else { panic!("{id} is a number") };
            Some(heading_of_effects(value, ten_percent_around(number, value)?, input.unit))
        };
        let headed = |id: &str, value: f64| heading(id, value).expect("two values");
        assert_eq!(headed("power.price_usd_per_kwh", 0.05), "NPV at −10 % … +10 %");
        // The limits are nearer than ten percent: 2 USD/kWh, and all of the hours.
        assert_eq!(headed("power.price_usd_per_kwh", 2.0), "NPV at 1,800.00 … 2,000.00 $/MWh");
        assert_eq!(headed("mining.uptime", 0.98), "NPV at 88.2 … 100 %");
        // Whole numbers are not at ten percent, and of few machines they are the number itself.
        assert_eq!(headed("horizon_months", 12.0), "NPV at 11 … 13 months");
        assert_eq!(heading("mining.build_months", 1.0), None);
    }

    #[test]
    fn a_synonym_says_what_the_name_does_not() {
        for input in catalogue::inputs() {
            for synonym in input.synonyms {
                let says_it = |text: &str| text.to_lowercase().contains(&synonym.to_lowercase());
                assert!(!says_it(input.label) && !synonym.is_empty(), "{}: {synonym}", input.id);
            }
        }
    }
}
