//! The table of sites: name, shares that can be typed, and figures.

use egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::answers::mix::SiteRisk;
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::units::Unit;

use super::Known;
use crate::format;
use crate::state::{Action, ShownSite, SiteAction, SitePlace};
use crate::theme::{self, CONTROL, TABLE_ROW, Text};
use crate::view::Context;
use crate::view::mix::table::{refused_ui, share_ui};
use crate::widget::{self, Icon, icon_button};

/// Heads of the figures.
const FIGURES: [&str; 4] = ["Capital", "NPV", "Worst 5 %", "Loss"];
/// Width of a figure.
const FIGURE: f32 = 84.0;
/// Below this width the figures have a line of their own.
const BESIDE_ABOVE: f32 = 640.0;

pub(super) fn table_ui(ui: &mut Ui, cx: &Context<'_>, known: &Known<'_>) {
    let portfolio = known.portfolio().filter(|_| known.sites.len() > 1);
    let is_awaited = known.is_awaited(cx);
    widget::card(ui, cx.theme, None, |ui| {
        heads_ui(ui, cx, portfolio.is_some() || is_awaited);
        for (index, shown) in known.sites.iter().enumerate() {
            widget::hairline(ui, cx.theme);
            ui.push_id(index, |ui| {
                let risk = portfolio.and_then(|portfolio| portfolio.sites.get(index));
                let figures = match risk {
                    Some(risk) => Some(figures_of(risk)),
                    None => is_awaited.then(|| [(); 4].map(|()| "…".to_owned())),
                };
                site_ui(ui, cx, shown, figures.as_ref(), known.is_old);
            });
        }
        if let Some(portfolio) = portfolio {
            widget::hairline(ui, cx.theme);
            ui.scope(|ui| {
                dim(ui, known.is_old);
                figures_ui(ui, cx, "All sites", &figures_of(&portfolio.total), Text::BodyMedium);
            });
        }
    });
}

/// The heads of the columns, those of figures where there are any.
fn heads_ui(ui: &mut Ui, cx: &Context<'_>, has_figures: bool) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), TABLE_ROW), Sense::hover());
    let words = "Shares of the site";
    let names = rect.with_max_x((rect.right() - 4.0 * FIGURE).max(rect.left()));
    widget::put(ui, names, Align::Min, words, Text::Caption, cx.theme.palette.text_muted);
    if has_figures {
        put_figures(ui, cx, rect, &FIGURES.map(str::to_owned), Text::Caption);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

fn site_ui(ui: &mut Ui, cx: &Context<'_>, shown: &ShownSite, figures: Option<&[String; 4]>, is_old: bool) {
    name_ui(ui, cx, shown);
    let is_narrow = ui.available_width() < BESIDE_ABOVE;
    let line = if is_narrow {
        ui.horizontal_wrapped(|ui| shares_ui(ui, cx, shown))
    } else {
        ui.horizontal(|ui| shares_ui(ui, cx, shown))
    };
    if shown.place == SitePlace::AtHand {
        for business in Business::ALL {
            refused_ui(ui, cx, business);
        }
    }
    let Some(figures) = figures else { return };
    let place = Rect::from_x_y_ranges(ui.max_rect().x_range(), line.response.rect.y_range());
    ui.scope(|ui| {
        dim(ui, is_old);
        if is_narrow {
            return figures_ui(ui, cx, "", figures, Text::Body);
        }
        put_figures(ui, cx, place, figures, Text::Body);
        speak(ui, place, &format!("{}: {}", shown.site.name, spoken(figures)));
    });
}

fn dim(ui: &mut Ui, is_old: bool) {
    if is_old {
        ui.multiply_opacity(theme::STALE);
    }
}

/// The name of a site, where it comes from, and a button that removes it.
fn name_ui(ui: &mut Ui, cx: &Context<'_>, shown: &ShownSite) {
    let palette = &cx.theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
    let (origin, hover) = match shown.place {
        SitePlace::AtHand => {
            ("the scenario at hand".to_owned(), "The scenario that the inputs edit; its mix is saved with it")
        }
        SitePlace::Scenario(letter) => {
            (format!("scenario {letter}"), "A scenario of this file; its mix is saved with it")
        }
        SitePlace::Copy(_) => (
            "a copy".to_owned(),
            "A copy with a mix of its own, kept as long as the window is open; files have no place for it, and undo does not know it",
        ),
    };
    let width = widget::width(ui, &origin, Text::Caption);
    let right = rect.right() - CONTROL - 8.0;
    let name = rect.with_max_x((right - width - 12.0).max(rect.left()));
    let text = format::visible_line(&shown.site.name);
    let put = widget::put(ui, name, Align::Min, &text, Text::BodyMedium, palette.text);
    let origin_place = Rect::from_min_max(pos2(put.right() + 10.0, rect.top()), pos2(right, rect.bottom()));
    if origin_place.width() > width {
        widget::put(ui, origin_place, Align::Min, &origin, Text::Caption, palette.text_muted);
    }
    let spoken = format!("{text}, {origin}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    response.on_hover_text(hover);
    if shown.place == SitePlace::AtHand {
        return;
    }
    let place = Rect::from_min_max(pos2(rect.right() - CONTROL, rect.top()), rect.max);
    let ui = &mut ui.new_child(egui::UiBuilder::new().max_rect(place));
    let name = format!("Remove {text}");
    if icon_button(ui, cx.theme, Icon::Cross, &name, "Remove this site; its scenario stays", false).clicked()
    {
        cx.actions.push(Action::Site(SiteAction::Remove(shown.place)));
    }
}

/// The shares as fields: a changed one leaves the rest to the others.
fn shares_ui(ui: &mut Ui, cx: &Context<'_>, shown: &ShownSite) {
    let shares: PerBusiness<f64> = shown.site.scenario.mix.shares();
    for business in Business::ALL {
        let label = widget::label(ui, theme::glyph(business), Text::Body, cx.theme.mark_text(business));
        let name = format!("{} of {}", business.label(), shown.site.name);
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        let label = label.on_hover_text(business.label());
        let (response, changed) = share_ui(ui, &shares, business);
        response.labelled_by(label.id);
        match changed {
            None => {}
            Some(Ok(changed)) => cx.actions.push(Action::Site(SiteAction::SetMix(shown.place, changed))),
            Some(Err(refusal)) => cx.actions.push(Action::Site(SiteAction::Refuse(shown.place, refusal))),
        }
        ui.add_space(8.0);
    }
}

fn figures_of(risk: &SiteRisk) -> [String; 4] {
    [
        format::short(risk.capital_usd, Unit::Usd),
        format::short(risk.npv_usd.value, Unit::Usd),
        format::short(-risk.cvar_usd.value, Unit::Usd),
        format::probability(&risk.loss),
    ]
}

/// A line of figures with words at its left.
fn figures_ui(ui: &mut Ui, cx: &Context<'_>, words: &str, figures: &[String; 4], style: Text) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TABLE_ROW), Sense::hover());
    let names = rect.with_max_x((rect.right() - 4.0 * FIGURE).max(rect.left()));
    widget::put(ui, names, Align::Min, words, style, cx.theme.palette.text);
    put_figures(ui, cx, rect, figures, style);
    speak(ui, rect, &format!("{words}: {}", spoken(figures)));
}

/// Figures in columns at the right of a place.
fn put_figures(ui: &Ui, cx: &Context<'_>, place: Rect, figures: &[String; 4], style: Text) {
    let palette = &cx.theme.palette;
    let colour = if style == Text::Caption { palette.text_muted } else { palette.text };
    let width = FIGURE.min(place.width() / 4.0);
    for (index, text) in figures.iter().enumerate() {
        let right = place.right() - width * (3 - index) as f32;
        let cell = Rect::from_min_max(pos2(right - width + 4.0, place.top()), pos2(right, place.bottom()));
        widget::put(ui, cell, Align::Max, text, style, colour);
    }
}

fn spoken(figures: &[String; 4]) -> String {
    let parts: Vec<String> =
        FIGURES.iter().zip(figures).map(|(name, figure)| format!("{name} {figure}")).collect();
    parts.join(", ")
}

/// Names a painted line for screen readers.
fn speak(ui: &Ui, place: Rect, words: &str) {
    let response = ui.interact(place, ui.scope_id().with(("figures", place.top() as i32)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}
