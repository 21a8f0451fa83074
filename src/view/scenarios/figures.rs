//! Measures of the scenarios beside the baseline, and which business is best in each.

use egui::{Align, Rect, Role, Ui, WidgetInfo, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Better, Maybe};
use wattfolio_economics::results::{MEASURES, find_measure};
use wattfolio_economics::risk::{RISK_FIGURES, RiskFigure};
use wattfolio_economics::units::Unit;

use super::cells::TITLE;
use super::grid::{self, Grid, ROW};
use crate::state::Shown;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::side_by_side::{self, Among, Beside};

/// The measures that always stand here.
const ALWAYS: [&str; 3] = ["npv_usd", "loss", "payback_months"];
/// Widths of the mark of the best, and of a value.
const MARK: f32 = 14.0;
const VALUE: f32 = 58.0;
/// Share of the labels that the name of a measure takes; the business stands behind it.
const NAME: f32 = 0.46;

/// A row of the catalogue of results, or of that of the simulation.
#[derive(Clone, Copy)]
struct Figure {
    id: &'static str,
    label: &'static str,
    unit: Unit,
    better: Better,
    risk: Option<&'static RiskFigure>,
}

impl Figure {
    fn find(id: &str) -> Option<Self> {
        if let Some(risk) = RISK_FIGURES.iter().find(|figure| figure.id == id) {
            let label = if id == "loss" { "Loss risk" } else { risk.label };
            return Some(Self { id: risk.id, label, unit: risk.unit, better: risk.better, risk: Some(risk) });
        }
        let measure = MEASURES.iter().find(|measure| measure.id == id)?;
        let (id, label, unit, better) = (measure.id, measure.label, measure.unit, measure.better);
        Some(Self { id, label, unit, better, risk: None })
    }

    /// Its value for a business in a scenario; `None` where it has none yet or does not apply.
    fn read(&self, cx: &Context<'_>, shown: &Shown, business: Business) -> Option<Maybe<f64>> {
        let Some(risk) = self.risk else {
            let evaluation = shown.comparison.business(business).ok()?;
            return find_measure(business, self.id)?.read(evaluation);
        };
        let (simulated, _) = cx.state.simulated_of(shown)?;
        risk.read(simulated.simulation.business(business).ok()?).number()
    }

    fn applies_to(&self, business: Business) -> bool {
        self.risk.is_some() || find_measure(business, self.id).is_some()
    }
}

/// The figures that are shown.
fn figures(cx: &Context<'_>) -> Vec<Figure> {
    let extra = cx.state.view.scenarios.measures.iter().copied();
    ALWAYS.into_iter().chain(extra).filter_map(Figure::find).collect()
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, grid: &Grid<'_>) {
    let muted = cx.theme.palette.text_muted;
    let row = grid::row(ui, TITLE);
    let count = grid.drawn.len();
    let best = if count > 1 { format!("; ✓ best of {count}") } else { String::new() };
    let title = if count > 1 { "Measures and difference to the baseline" } else { "Measures" };
    widget::put(ui, row, Align::Min, &format!("{title}{best}"), Text::Caption, muted);
    for (index, figure) in figures(cx).into_iter().enumerate() {
        if index > 0 {
            widget::hairline(ui, cx.theme);
        }
        figure_ui(ui, cx, grid, figure);
    }
    ui.add_space(4.0);
}

/// A figure: a row a business.
fn figure_ui(ui: &mut Ui, cx: &Context<'_>, grid: &Grid<'_>, figure: Figure) {
    let palette = &cx.theme.palette;
    let businesses = Business::ALL.into_iter().filter(|business| figure.applies_to(*business));
    for (index, business) in businesses.enumerate() {
        let row = grid::row(ui, ROW);
        let label = grid.label(row);
        let split = label.left() + NAME * label.width();
        if index == 0 {
            let name = label.with_max_x(split - 6.0);
            widget::put(ui, name, Align::Min, figure.label, Text::Body, palette.text);
        }
        let name = label.with_min_x(split);
        let glyph = name.with_max_x(name.left() + 14.0);
        widget::put(ui, glyph, Align::Min, theme::glyph(business), Text::Caption, cx.theme.mark(business));
        let word = crate::words::capitalised(business.word());
        widget::put(ui, name.with_min_x(glyph.right() + 2.0), Align::Min, &word, Text::Body, palette.text);
        let values: Vec<Option<Maybe<f64>>> =
            grid.drawn.iter().map(|shown| figure.read(cx, shown, business)).collect();
        let cells = side_by_side::beside(&values, grid.baseline(), figure.unit, figure.better);
        for (column, shown) in grid.columns() {
            let Some(cell) = cells.get(grid.here.start + column) else { continue };
            let is_old =
                figure.risk.is_some() && cx.state.simulated_of(shown).is_some_and(|(_, is_old)| is_old);
            let place = grid.cell(row, column);
            value_ui(ui, cx, (cell, is_old), place);
            let response =
                ui.interact(place, ui.scope_id().with((figure.id, index, column)), egui::Sense::hover());
            let letter = shown.listed.label.letter;
            let best = if cell.is_best { ", best" } else { "" };
            let spoken = format!(
                "{} {} in {letter}: {} {} {}{best}",
                figure.label,
                business.word(),
                cell.text,
                cell.delta,
                cell.share
            );
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, spoken.trim_end()));
        }
    }
}

/// A value with its mark and its difference; one of an earlier simulation is dimmed.
fn value_ui(ui: &mut Ui, cx: &Context<'_>, (cell, is_old): (&Beside, bool), place: Rect) {
    let palette = &cx.theme.palette;
    let faded = |colour: egui::Color32| if is_old { colour.gamma_multiply(theme::STALE) } else { colour };
    let mark = place.with_max_x(place.left() + MARK);
    if cell.is_best {
        widget::put(ui, mark, Align::Min, "✓", Text::BodyMedium, faded(palette.text));
    }
    let value = Rect::from_min_size(mark.right_top(), vec2(VALUE, place.height()));
    let style = if cell.is_best { Text::BodyMedium } else { Text::Body };
    let colour = if cell.is_absent { palette.text_muted } else { palette.text };
    widget::put(ui, value, Align::Max, &cell.text, style, faded(colour));
    let rest = place.with_min_x(value.right() + 8.0);
    let whole = format!("{}  {}", cell.delta, cell.share);
    // The share goes first where there is no room for both.
    let has_room = widget::width(ui, whole.trim(), Text::Caption) <= rest.width();
    let words = if has_room { whole.trim() } else { cell.delta.as_str() };
    if !words.is_empty() {
        widget::put(ui, rest, Align::Min, words, Text::Caption, faded(palette.text_secondary));
    }
}

/// Which business is best in each scenario.
pub(super) fn verdicts_ui(ui: &mut Ui, cx: &Context<'_>, grid: &Grid<'_>, all: &[Among<'_>]) {
    let palette = &cx.theme.palette;
    let row = grid::row(ui, ROW + 12.0);
    let label = side_by_side::best_label(cx.state.document.criterion());
    widget::put(ui, grid.label(row), Align::Min, label, Text::BodyMedium, palette.text);
    for (column, _) in grid.columns() {
        let Some(one) = all.get(grid.here.start + column) else { continue };
        let place = grid.cell(row, column);
        let Some((business, words)) = side_by_side::best(&one.verdict) else {
            widget::put(ui, place, Align::Min, "none", Text::Body, palette.text_muted);
            continue;
        };
        let glyph = place.with_max_x(place.left() + 14.0);
        widget::put(ui, glyph, Align::Min, theme::glyph(business), Text::Caption, cx.theme.mark(business));
        let rest = place.with_min_x(glyph.right() + 2.0);
        widget::put(ui, rest, Align::Min, &words, Text::BodyMedium, palette.text);
    }
}

/// The menu of all other measures of the catalogues.
pub(super) fn menu_ui(ui: &mut Ui, cx: &Context<'_>) {
    ui.add_space(4.0);
    let text = widget::colored("More measures ▼", Text::Body, cx.theme.palette.text_secondary);
    ui.menu_button(text, |ui| {
        widget::scroll_up_to(360.0).show(ui, |ui| {
            let mut listed: Vec<&str> = ALWAYS.to_vec();
            let ids =
                MEASURES.iter().map(|measure| measure.id).chain(RISK_FIGURES.iter().map(|risk| risk.id));
            for id in ids {
                if listed.contains(&id) {
                    continue;
                }
                listed.push(id);
                let Some(figure) = Figure::find(id) else { continue };
                let is_on = cx.state.view.scenarios.measures.contains(&figure.id);
                if ui.add(egui::Button::selectable(is_on, figure.label)).clicked() {
                    super::set(cx, |view| {
                        if is_on {
                            view.measures.retain(|own| *own != figure.id);
                        } else {
                            view.measures.push(figure.id);
                        }
                    });
                }
            }
        });
    });
}
