//! Worked examples: a card each, with its curves and its verdict.

mod card;
mod summary;

use std::iter;

use egui::{Align, Frame, Layout, Modal, ScrollArea, Ui};
use wattfolio_economics::business::Business;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::FEW_PATHS;

use crate::format;
use crate::state::{Action, Dialog};
use crate::store::{Preset, bundled};
use crate::theme::{self, RADIUS_CARD, Text};
use crate::view::Context;
use crate::widget::{self, Icon, icon_button};

/// Space between cards.
const GAP: f32 = 16.0;
/// Space that the scroll bar takes beside the cards.
const SCROLL_BAR: f32 = 12.0;
/// Width of the menu of criteria.
const CRITERION: f32 = 150.0;
/// Below this width the chips need the whole line.
const LEGEND_ABOVE: f32 = 1000.0;

/// Which examples are shown, and what their cards go by.
pub(super) struct Asked<'a> {
    /// Only examples with this tag.
    pub tag: Option<&'a str>,
    /// What every card goes by; what each file says if none is chosen.
    pub criterion: Option<Criterion>,
}

impl Asked<'_> {
    /// Asks for another tag or criterion.
    fn push(&self, cx: &Context<'_>) {
        let (tag, criterion) = (self.tag.map(str::to_owned), self.criterion);
        cx.actions.push(Action::ShowDialog(Some(Dialog::Gallery { tag, criterion })));
    }
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, asked: &Asked<'_>) {
    let palette = &cx.theme.palette;
    let screen = ui.ctx().content_rect();
    let margin = if cx.is_narrow { 48.0 } else { 96.0 };
    if cx.state.examples.awaited == 0 && cx.state.examples.missing(asked.criterion).next().is_some() {
        cx.actions.push(Action::SimulateExamples);
    }
    let modal = Modal::new(egui::Id::unique("gallery"))
        .frame(Frame::new().fill(palette.app).corner_radius(RADIUS_CARD).inner_margin(24))
        .backdrop_color(palette.app.gamma_multiply(0.7))
        .show(ui.ctx(), |ui| {
            widget::set_width(ui, (screen.width() - margin - 48.0).min(1480.0));
            widget::set_height(ui, screen.height() - margin - 48.0);
            heading_ui(ui, cx, asked);
            filter_ui(ui, cx, asked);
            ui.add_space(10.0);
            let cards = ScrollArea::vertical().id_salt(asked.tag).auto_shrink(false);
            cards.show(ui, |ui| cards_ui(ui, cx, asked));
        });
    if modal.should_close() {
        cx.actions.push(Action::ShowDialog(None));
    }
}

fn heading_ui(ui: &mut Ui, cx: &Context<'_>, asked: &Asked<'_>) {
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            widget::label(ui, "Start from a worked example", Text::Verdict, cx.theme.palette.text);
            let text = "Every case names its sources, and says what is assumed where nothing was published. Your scenario is kept; undo brings it back.";
            let by_loss = asked.criterion == Some(Criterion::Loss);
            let paths = by_loss.then(|| format::grouped(f64::from(FEW_PATHS), 0));
            let paths = paths.map(|paths| format!(" Chances of loss are those of {paths} simulated paths of each."));
            widget::body(ui, cx.theme, format!("{text}{}", paths.unwrap_or_default()));
        });
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if icon_button(ui, cx.theme, Icon::Cross, "Close worked examples", "Close (Esc)", false).clicked() {
                cx.actions.push(Action::ShowDialog(None));
            }
        });
    });
    ui.add_space(6.0);
}

fn has_tag(preset: &Preset, tag: &str) -> bool {
    preset.about.tags.iter().any(|own| own == tag)
}

/// Chips of the tags and of recent files, and what the marks in the curves mean.
fn filter_ui(ui: &mut Ui, cx: &Context<'_>, asked: &Asked<'_>) {
    let mut tags: Vec<&str> = Vec::new();
    for tag in bundled().iter().flat_map(|bundled| &bundled.preset.about.tags) {
        if !tags.contains(&tag.as_str()) {
            tags.push(tag);
        }
    }
    let choose = |tag: Option<&str>| Asked { tag, criterion: asked.criterion }.push(cx);
    let has_legend = ui.available_width() > LEGEND_ABOVE;
    ui.horizontal_wrapped(|ui| {
        criterion_ui(ui, cx, asked);
        if widget::chip(ui, cx.theme, &format!("All  {}", bundled().len()), asked.tag.is_none()).clicked() {
            choose(None);
        }
        for name in tags {
            let count = bundled().iter().filter(|bundled| has_tag(&bundled.preset, name)).count();
            if widget::chip(ui, cx.theme, &format!("{name}  {count}"), asked.tag == Some(name)).clicked() {
                choose(Some(name));
            }
        }
        for file in &cx.state.session.recent {
            let name = file.0.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let response =
                widget::chip(ui, cx.theme, &name, false).on_hover_text(file.0.display().to_string());
            if response.clicked() {
                cx.actions.push(Action::OpenFile(file.0.clone()));
            }
        }
        if has_legend && cx.state.session.recent.is_empty() {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| legend_ui(ui, cx));
        }
    });
}

/// What the cards go by, by name: also the usual criterion can be asked of files that say another one.
fn criterion_ui(ui: &mut Ui, cx: &Context<'_>, asked: &Asked<'_>) {
    let label = widget::label(ui, "Best by", Text::Body, cx.theme.palette.text_muted);
    let name = |criterion: Option<Criterion>| criterion.map_or("what each file says", Criterion::label);
    let mut chosen = asked.criterion;
    let combo = egui::ComboBox::from_id_salt("criterion of the gallery").selected_text(name(chosen));
    let combo = combo.width(CRITERION).show_ui(ui, |ui| {
        for criterion in iter::once(None).chain(Criterion::ALL.map(Some)) {
            ui.selectable_value(&mut chosen, criterion, name(criterion));
        }
    });
    combo.response.labelled_by(label.id);
    if chosen != asked.criterion {
        Asked { tag: asked.tag, criterion: chosen }.push(cx);
    }
}

/// Written from the right.
fn legend_ui(ui: &mut Ui, cx: &Context<'_>) {
    ui.add_space(SCROLL_BAR);
    widget::caption(ui, cx.theme, "cumulative cash, × capital");
    ui.add_space(16.0);
    for business in Business::ALL.into_iter().rev() {
        widget::label(ui, business.label(), Text::Caption, cx.theme.palette.text_secondary);
        widget::label(ui, theme::glyph(business), Text::Caption, cx.theme.mark(business));
        ui.add_space(6.0);
    }
}

fn cards_ui(ui: &mut Ui, cx: &Context<'_>, asked: &Asked<'_>) {
    let shown: Vec<usize> = (0..bundled().len())
        .filter(|&index| asked.tag.is_none_or(|tag| has_tag(&bundled()[index].preset, tag)))
        .collect();
    let room = widget::room_beside(ui, SCROLL_BAR);
    let columns = ((room + GAP) / (card::SMALLEST_WIDTH + GAP)).floor().max(1.0) as usize;
    let width = ((room + GAP) / columns as f32 - GAP).floor();
    for row in shown.chunks(columns) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            for &index in row {
                card::ui(ui, cx, &card::Shown { index, criterion: asked.criterion, width });
            }
        });
        ui.add_space(GAP - ui.spacing().item_spacing.y);
    }
}
