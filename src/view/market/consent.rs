//! Who may be asked: a switch for each source, and what a source learns.

use egui::{Align, Rect, Sense, Ui, pos2, vec2};

use crate::market_data::live::{KeyHolder, SOURCES, Source, Subject};
use crate::state::{Action, Dialog, MarketAction, Secret};
use crate::theme::{CONTROL, Text};
use crate::view::Context;
use crate::widget;

/// Width of a switch.
const SWITCH: f32 = 36.0;
/// Space between parts of a row.
const GAP: f32 = 10.0;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    widget::label(ui, "Who may be asked", Text::Title, palette.text);
    widget::caption(ui, cx.theme, "One switch each, remembered; off means no connection");
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, subject) in Subject::ALL.into_iter().enumerate() {
            if index > 0 {
                ui.add_space(6.0);
                widget::hairline(ui, cx.theme);
                ui.add_space(6.0);
            }
            widget::caption(ui, cx.theme, subject.label());
            ui.add_space(2.0);
            for source in SOURCES.iter().copied().filter(|source| source.subject == subject) {
                row_ui(ui, cx, source);
            }
        }
    });
    ui.add_space(6.0);
    let learns = "A source learns your address on the internet, and this program’s name and version; nothing about the \
                  scenario. It is asked when you press Refresh, and at no other time.";
    widget::caption(ui, cx.theme, learns);
    ui.add_space(4.0);
    ui.add_enabled_ui(cx.state.market.allowed() > 0, |ui| {
        if widget::button(ui, cx.theme, "All off").clicked() {
            cx.actions.push(Action::Market(MarketAction::AllOff));
        }
    });
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, source: &'static Source) {
    let palette = &cx.theme.palette;
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
    let market = &cx.state.market;
    let is_on = market.permissions.allows(source);
    let right = row.right() - SWITCH;
    let place = Rect::from_min_max(pos2(right, row.top()), row.max);
    let name = format!("May ask {}", source.label);
    if let Some(is_allowed) = widget::switch(ui, cx.theme, place, &name, is_on) {
        cx.actions.push(Action::Market(MarketAction::Allow(source, is_allowed)));
    }
    let mut right = right - GAP;
    if let Some(words) = own_words(cx, source) {
        right = link_ui(ui, cx, source, (row, right), words) - GAP;
    }
    let name_width = widget::width(ui, source.label, Text::BodyMedium).min(110.0);
    let column = row.left() + 104.0_f32.max(name_width + GAP);
    let at = |from: f32, to: f32| Rect::from_min_max(pos2(from, row.top()), pos2(to.max(from), row.bottom()));
    widget::put(ui, at(row.left(), column - 6.0), Align::Min, source.label, Text::BodyMedium, palette.text);
    if source.regions.is_empty() {
        widget::put(ui, at(column, right), Align::Min, source.gives, Text::Caption, palette.text_muted);
    } else {
        region_ui(ui, cx, source, at(column, right));
    }
    // After the texts: of two tooltips the first is shown, and a text that is cut has one of its own.
    response.on_hover_text(format!("{}: {}\n{}", source.label, host(cx, source), source.licence));
}

fn host(cx: &Context<'_>, source: &Source) -> String {
    let own = cx.state.market.permissions.own_base(source);
    own.unwrap_or(source.base).to_owned()
}

/// What the user may add of their own: a machine, or a key.
fn own_words(cx: &Context<'_>, source: &Source) -> Option<&'static str> {
    let market = &cx.state.market;
    if source.can_be_own {
        return Some(if market.permissions.own_base(source).is_some() { "own node" } else { "own node…" });
    }
    source.key.as_ref()?;
    Some(if market.key_holders.contains_key(source.id) { "own key" } else { "own key…" })
}

/// Width of the list of regions, and its tallest.
const REGIONS: f32 = 260.0;
const MOST_REGIONS: f32 = 380.0;

/// The region that a source is asked for, as a link that opens the list of all.
fn region_ui(ui: &Ui, cx: &Context<'_>, source: &'static Source, place: Rect) {
    let palette = &cx.theme.palette;
    let Some(chosen) = cx.state.market.permissions.regions().of(source) else { return };
    let words = format!("{}…", chosen.label);
    let width = (widget::width(ui, &words, Text::Caption) + 1.0).min(place.width());
    let place = place.with_max_x(place.left() + width);
    let response = ui.interact(place, ui.scope_id().with(("region", source.id)), Sense::click());
    let name = format!("{}: region {}", source.label, chosen.label);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let drawn = widget::put(ui, place, Align::Min, &words, Text::Caption, palette.text);
    ui.painter().hline(drawn.x_range(), drawn.bottom(), egui::Stroke::new(1.0, palette.text_secondary));
    widget::focus_ring(ui, cx.theme, &response, place);
    egui::Popup::menu(&response).width(REGIONS).show(|ui| {
        widget::caption(ui, cx.theme, format!("{}, {}", source.label, source.gives));
        widget::scroll_up_to(MOST_REGIONS).show(ui, |ui| {
            for region in source.regions {
                let name = widget::colored(region.label, Text::Body, palette.text);
                let code = widget::colored(region.id, Text::Caption, palette.text_secondary);
                let button = egui::Button::new(name).right_text(code).selected(region == chosen);
                let response = ui.add(button.min_size(vec2(REGIONS - 12.0, CONTROL)));
                response.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::Button, true, region == chosen, region.label)
                });
                if response.clicked() {
                    cx.actions.push(Action::Market(MarketAction::ChooseRegion(source, region)));
                }
            }
        });
    });
}

/// A link at the right; its left edge.
fn link_ui(
    ui: &Ui,
    cx: &Context<'_>,
    source: &'static Source,
    (row, right): (Rect, f32),
    words: &str,
) -> f32 {
    let palette = &cx.theme.palette;
    let left = right - widget::width(ui, words, Text::Caption) - 1.0;
    let place = Rect::from_min_max(pos2(left, row.top()), pos2(right, row.bottom()));
    let response = ui.interact(place, ui.scope_id().with(("own", source.id)), Sense::click());
    let name = format!("{}: {words}", source.label);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let drawn = widget::put(ui, place, Align::Min, words, Text::Caption, palette.text);
    ui.painter().hline(drawn.x_range(), drawn.bottom(), egui::Stroke::new(1.0, palette.text_secondary));
    widget::focus_ring(ui, cx.theme, &response, place);
    if response.clicked() {
        let market = &cx.state.market;
        let dialog = if source.can_be_own {
            let typed = market.permissions.own_base(source).unwrap_or_default().to_owned();
            Dialog::SourceAddress { source, typed }
        } else {
            let is_stored = market.key_holders.get(source.id) != Some(&KeyHolder::Session);
            Dialog::SourceKey { source, typed: Secret::default(), is_stored }
        };
        cx.actions.push(Action::ShowDialog(Some(dialog)));
    }
    left
}
