//! A card per business: the figure of the criterion, and what an investor asks next.

use egui::{Align, Color32, Layout, Response, Sense, Ui, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Absent, Basis, Maybe};
use wattfolio_economics::number::within;
use wattfolio_economics::results::measure::{
    CAPEX_USD, IRR, NPV_USD, PAYBACK_MONTHS, PAYBACK_TODAY_MONTHS, PEAK_EQUITY_USD,
};
use wattfolio_economics::results::verdict::{Candidate, Criterion, Place, Verdict};
use wattfolio_economics::results::{Evaluation, Measure};
use wattfolio_economics::units::Unit;

use super::value_bar;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::view::dialog::explain;
use crate::words::verdict::Terms;
use crate::words::{self, CardFigure};
use crate::{format, widget};
use wattfolio_economics::explain::Subject;

/// A figure of a card beside that of the criterion.
#[derive(Clone, Copy)]
enum Figure {
    /// A measure of the plan.
    Of(&'static Measure),
    /// The chance of loss, which no single plan has.
    Loss,
    /// The mean loss of the worst paths per dollar of capital.
    Tail,
}

/// Label of the loss of the worst paths.
const TAIL_LABEL: &str = "CVaR per $";

/// Figures on a card in rows, beside that of a criterion; a narrow window has room for the first.
const fn rows_of(criterion: Criterion) -> [[Figure; 3]; 2] {
    use Figure::{Loss, Of, Tail};
    let first = match criterion {
        Criterion::Value | Criterion::ValuePerCapex => [Of(&PAYBACK_MONTHS), Of(&IRR), Loss],
        Criterion::Payback => [Of(&NPV_USD), Of(&IRR), Loss],
        Criterion::Irr => [Of(&NPV_USD), Of(&PAYBACK_MONTHS), Loss],
        Criterion::Loss => [Of(&NPV_USD), Of(&PAYBACK_MONTHS), Of(&IRR)],
    };
    [first, [Of(&CAPEX_USD), Tail, Of(LONGEST)]]
}

pub(super) fn cards_ui(ui: &mut Ui, cx: &Context<'_>, verdict: &Verdict) {
    let gutter = if cx.is_narrow { theme::GUTTER_NARROW } else { theme::GUTTER };
    let terms = Terms::new(&cx.state.results.scenario, &cx.state.results.comparison);
    let range = value_bar::range(verdict);
    let least_width = if cx.is_stacked { f32::INFINITY } else { theme::LEAST_CARD };
    widget::columns(ui, Business::ALL.len(), (gutter, least_width), |ui, index| {
        let business = Business::ALL[index];
        widget::card(ui, cx.theme, Some(cx.theme.mark(business)), |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            heading_ui(ui, cx, business, verdict);
            let shown = cx.state.results.comparison.business(business);
            match (shown, verdict.candidate(business)) {
                (Ok(evaluation), Some(candidate)) => {
                    let card = Card { evaluation, candidate, criterion: verdict.criterion };
                    card.figures_ui(ui, cx);
                    value_bar::ui(ui, cx, candidate, range);
                    card.end_ui(ui, cx, &terms);
                    card.note_ui(ui, cx, &terms);
                }
                (shown, _) => {
                    let reason = shown.err().map(words::sentence_of).unwrap_or_default();
                    widget::label(ui, "Not evaluated", Text::Title, cx.theme.palette.text_muted);
                    widget::body(ui, cx.theme, reason);
                    ui.add_space(if cx.is_narrow { 16.0 } else { 40.0 });
                }
            }
        });
    });
}

fn heading_ui(ui: &mut Ui, cx: &Context<'_>, business: Business, verdict: &Verdict) {
    let palette = &cx.theme.palette;
    // By chance of loss every place is the simulation's.
    let fade = if verdict.criterion == Criterion::Loss { simulated_fade(cx) } else { 1.0 };
    ui.horizontal(|ui| {
        widget::label(ui, theme::glyph(business), Text::Title, cx.theme.mark(business));
        widget::label(ui, business.label(), Text::Title, palette.text);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let badge = words::badge(verdict.place(business), verdict.criterion);
            let Some((spelled, short, is_praise)) = badge else { return };
            // The name stays whole; beside it the place may be all that fits, on every card alike.
            let longest = words::badge(Place::Best, verdict.criterion).map(|(spelled, ..)| spelled);
            let widest = widget::width(ui, &longest.unwrap_or_default(), Text::Caption);
            let words = if widest + 20.0 <= ui.available_width() { spelled } else { short };
            ui.multiply_opacity(fade);
            if is_praise {
                let text = widget::colored(words, Text::Caption, palette.panel);
                egui::Frame::new()
                    .fill(palette.text)
                    .corner_radius(theme::RADIUS_PILL)
                    .inner_margin(egui::Margin::symmetric(10, 2))
                    .show(ui, |ui| ui.label(text));
            } else {
                widget::caption(ui, cx.theme, words);
            }
        });
    });
    ui.add_space(4.0);
}

/// Content of a card.
struct Card<'a> {
    evaluation: &'a Evaluation,
    candidate: &'a Candidate,
    criterion: Criterion,
}

/// Widest texts of the three measures of a row, for which every cell has room.
const WIDEST: [&str; 3] = ["−$99.9M", "−99.9 %", "> 99.99 %"];
/// Widest figure of a card.
const WIDEST_FIGURE: &str = "−$99.9M";
/// Measure of the last column whose label is the longest.
const LONGEST: &Measure = &PAYBACK_TODAY_MONTHS;
/// Most points by which a column grows in a wide card.
const MOST_MORE: f32 = 60.0;
/// Space between two measures.
const CELL_GAP: f32 = 6.0;

impl Card<'_> {
    /// The figure of the criterion, and the measures beside it, or below it where they have no room beside it.
    fn figures_ui(&self, ui: &mut Ui, cx: &Context<'_>) {
        let both = rows_of(self.criterion);
        let rows = if cx.is_narrow && !cx.is_stacked { &both[..1] } else { &both[..] };
        let mut cells = WIDEST.map(|text| widget::width(ui, text, Text::CardValue) + CELL_GAP);
        cells[1] = cells[1].max(widget::width(ui, TAIL_LABEL, Text::Caption) + CELL_GAP + 1.0);
        // Behind the figure stand its unit and the space before it.
        let left = widget::width(ui, WIDEST_FIGURE, Text::Figure) + theme::UNIT;
        let needed: f32 = left + CELL_GAP + cells.iter().sum::<f32>();
        if ui.available_width() >= needed {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                self.figure_ui(ui, cx, left);
                ui.add_space(CELL_GAP);
                self.rows_ui(ui, cx, rows, cells);
            });
        } else {
            let width = ui.available_width();
            self.figure_ui(ui, cx, width);
            ui.add_space(6.0);
            // Thirds, unless they cut the longest label and the other columns can spare the room.
            let third = (width + CELL_GAP) / 3.0;
            let longest = widget::width(ui, LONGEST.label, Text::Caption) + CELL_GAP + 1.0;
            let is_spared =
                rows.len() > 1 && third < longest && cells.iter().sum::<f32>() <= width + CELL_GAP;
            self.rows_ui(ui, cx, rows, if is_spared { cells } else { [third; 3] });
        }
    }

    /// The figure of the card, what it is, its average, and how it stands to the baseline.
    fn figure_ui(&self, ui: &mut Ui, cx: &Context<'_>, width: f32) {
        let palette = &cx.theme.palette;
        let value = self.candidate.value(self.criterion);
        let CardFigure { figure, unit, words, measure } = words::card_figure(self.criterion, self.candidate);
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
            widget::set_width(ui, width);
            ui.spacing_mut().item_spacing.y = 0.0;
            // A loss is muted, like what does not exist.
            let is_loss = self.candidate.npv_usd < 0.0 || value.is_err();
            let colour = if is_loss { palette.text_muted } else { palette.text };
            let fade = if self.criterion == Criterion::Loss { simulated_fade(cx) } else { 1.0 };
            let colour = colour.gamma_multiply(fade);
            let row = ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                widget::label(ui, figure, Text::Figure, colour);
                ui.with_layout(Layout::left_to_right(Align::Max), |ui| {
                    ui.add_space(0.0);
                    widget::label(ui, unit, Text::Body, palette.text_secondary);
                });
            });
            let hover = full_text(&value, self.criterion.unit());
            if let Some(measure) = measure {
                let subject = Subject::measure(self.evaluation.business, measure);
                explain::target(ui, cx, row.response.rect, measure.label, &hover, subject);
            }
            widget::tracked(ui, widget::colored(words, Text::Caption, palette.text_secondary));
            if cx.is_narrow {
                return;
            }
            if let Some(text) = self.mean_words() {
                let colour = palette.text_muted.gamma_multiply(simulated_fade(cx));
                widget::tracked(ui, widget::colored(text, Text::Caption, colour))
                    .on_hover_text("Mean over the simulated paths");
            } else if self.has_means() {
                blank_line(ui);
            }
            self.baseline_ui(ui, cx, &value);
        });
    }

    /// Whether cards have a mean of the criterion. Where this one has none its line is blank, so that all are as high.
    fn has_means(&self) -> bool {
        matches!(self.criterion, Criterion::Value | Criterion::ValuePerCapex)
    }

    /// The simulated mean; an ellipsis keeps its place until it is known.
    fn mean_words(&self) -> Option<String> {
        let is_awaited = self.has_means() && self.candidate.odds.is_none();
        let mean = self.candidate.mean(self.criterion).map(|mean| format::short(mean, self.criterion.unit()));
        let mean = mean.or_else(|| is_awaited.then(|| "…".to_owned()))?;
        Some(format!("{mean} on average"))
    }

    /// The figure relative to the baseline.
    fn baseline_ui(&self, ui: &mut Ui, cx: &Context<'_>, value: &Maybe<f64>) {
        let results = &cx.state.results;
        // Before any change there is nothing to compare, and the baseline is not simulated.
        if cx.state.document.changes().next().is_none() || self.criterion == Criterion::Loss {
            return;
        }
        let Ok(baseline) = results.baseline.business(self.evaluation.business) else { return };
        let baseline = Candidate::new(&results.scenario, baseline, None).value(self.criterion);
        let text = words::against_baseline(self.criterion, value, &baseline);
        widget::tracked(ui, widget::colored(text, Text::Caption, cx.theme.palette.text_muted))
            .on_hover_text("Compared with the baseline");
    }

    /// Parts of the value: operation, and what comes only because the plan ends.
    fn end_ui(&self, ui: &mut Ui, cx: &Context<'_>, terms: &Terms) {
        let palette = &cx.theme.palette;
        let (operation, end, is_mostly_end) = words::end_words(self.candidate, terms);
        let colour = if is_mostly_end { palette.text } else { palette.text_muted };
        let mark = cx.theme.mark(self.evaluation.business);
        let operation = format!("{operation}   ");
        let mut parts = vec![("■ ", Text::Caption, mark), (&*operation, Text::Caption, colour)];
        if let Some(end) = &end {
            parts.push(("■ ", Text::Caption, mark.gamma_multiply(value_bar::PALE)));
            parts.push((&**end, Text::Caption, colour));
        }
        widget::tracked_phrase(ui, &parts).on_hover_text(
            "NPV of what is earned until the plan ends, and of what comes only because it ends",
        );
    }

    /// What a loser would need, or what the value hangs on; the line is there on every card, so that all are as high.
    fn note_ui(&self, ui: &mut Ui, cx: &Context<'_>, terms: &Terms) {
        let note = words::card_note(&cx.state.results.scenario, self.evaluation, self.candidate, terms);
        if note.is_empty() {
            return blank_line(ui);
        }
        widget::tracked(ui, widget::colored(note, Text::Caption, cx.theme.palette.text_muted));
    }

    fn rows_ui(&self, ui: &mut Ui, cx: &Context<'_>, rows: &[[Figure; 3]], cells: [f32; 3]) {
        rows_of_cells_ui(ui, rows, cells, |ui, figure, width| match figure {
            Figure::Loss => loss_ui(ui, cx, self.evaluation.business, width),
            Figure::Tail => self.tail_ui(ui, cx, width),
            Figure::Of(measure) => measure_ui(ui, cx, self.evaluation, measure, width),
        });
    }

    /// What the worst paths lose per dollar of capital.
    fn tail_ui(&self, ui: &mut Ui, cx: &Context<'_>, width: f32) {
        let words = match (self.candidate.odds, self.candidate.cvar_per_capital()) {
            (None, _) => "…".to_owned(),
            (Some(_), None) => self.candidate.capital_usd.err().map_or("–", Absent::short).to_owned(),
            (Some(_), Some(tail)) => format::short(tail, Unit::Fraction),
        };
        // What there is not is muted, as among the measures.
        let is_absent = self.candidate.odds.is_some() && self.candidate.capital_usd.is_err();
        let palette = &cx.theme.palette;
        let colour = if is_absent { palette.text_muted } else { palette.text };
        simulated_ui(ui, cx, (TAIL_LABEL, words, colour), width).on_hover_text(
            "What the worst 5 % of the simulated paths lose on average, per dollar of capital",
        );
    }
}

/// The height of a line of small text.
fn blank_line(ui: &mut Ui) {
    let line = ui.painter().layout_no_wrap("–".to_owned(), Text::Caption.font(), Color32::PLACEHOLDER);
    ui.allocate_exact_size(vec2(0.0, line.size().y), Sense::hover());
}

fn rows_of_cells_ui(
    ui: &mut Ui,
    rows: &[[Figure; 3]],
    cells: [f32; 3],
    cell_ui: impl Fn(&mut Ui, Figure, f32),
) {
    // Spare width goes to the last column until its longest label fits, and then to all.
    // Behind the last there is no gap.
    let rest = (ui.available_width() + CELL_GAP - cells.iter().sum::<f32>()).max(0.0);
    let wanted = widget::width(ui, LONGEST.label, Text::Caption) + CELL_GAP + 1.0 - cells[2];
    let first = within(wanted, 0.0, rest);
    let each = ((rest - first) / 3.0).min(MOST_MORE);
    let widths = [cells[0] + each, cells[1] + each, cells[2] + first + each];
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for row in rows {
            ui.horizontal_top(|ui| {
                for (place, (figure, width)) in row.iter().zip(widths).enumerate() {
                    if place > 0 {
                        ui.add_space(CELL_GAP);
                    }
                    cell_ui(ui, *figure, width - CELL_GAP);
                }
            });
            ui.add_space(6.0);
        }
    });
}

fn measure_ui(ui: &mut Ui, cx: &Context<'_>, evaluation: &Evaluation, measure: &'static Measure, width: f32) {
    // The money that the multiples of the card and the chart compare with.
    let is_equity = *measure == CAPEX_USD && evaluation.basis == Basis::EquityAfterTax;
    let measure = if is_equity { &PEAK_EQUITY_USD } else { measure };
    let Some(value) = measure.read(evaluation) else { return };
    let label = if is_equity { "Equity" } else { measure.label };
    let palette = &cx.theme.palette;
    let cell = ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        widget::set_width(ui, width);
        ui.spacing_mut().item_spacing.y = 1.0;
        widget::tracked(ui, widget::colored(label, Text::Caption, palette.text_muted));
        // The label says per MWh; the unit would not fit a second time.
        let unit = if measure.unit == Unit::UsdPerMwh { Unit::Usd } else { measure.unit };
        let (text, colour) = match &value {
            Ok(value) => (format::short(*value, unit), palette.text),
            Err(reason) => (reason.short().to_owned(), palette.text_muted),
        };
        widget::tracked(ui, widget::colored(text, Text::CardValue, colour));
    });
    let subject = Subject::measure(evaluation.business, measure);
    explain::target(ui, cx, cell.response.rect, label, &hover_text(measure, &value), subject);
}

/// How strongly a simulated figure is drawn: paler while it belongs to an earlier scenario.
fn simulated_fade(cx: &Context<'_>) -> f32 {
    if cx.state.risk.is_stale { theme::STALE } else { 1.0 }
}

/// A figure of the simulation with its label; pale while it belongs to an earlier scenario.
fn simulated_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    (label, words, colour): (&str, String, Color32),
    width: f32,
) -> Response {
    let palette = &cx.theme.palette;
    let cell = ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        widget::set_width(ui, width);
        ui.spacing_mut().item_spacing.y = 1.0;
        widget::tracked(ui, widget::colored(label, Text::Caption, palette.text_muted));
        let colour = colour.gamma_multiply(simulated_fade(cx));
        widget::tracked(ui, widget::colored(words, Text::CardValue, colour));
    });
    cell.response
}

/// The chance of loss.
fn loss_ui(ui: &mut Ui, cx: &Context<'_>, business: Business, width: f32) {
    let risk = &cx.state.risk;
    let words = risk.business(business).map(|risk| format::probability(&risk.loss));
    let words = words.unwrap_or_else(|| "…".to_owned());
    let cell = simulated_ui(ui, cx, ("Loss risk", words, cx.theme.palette.text), width);
    let simulated = risk.simulated.as_ref().map(|simulated| simulated.simulation.paths as f64);
    let paths = simulated.unwrap_or_else(|| f64::from(cx.state.results.scenario.risk.paths));
    let mut hover =
        format!("Share of {} simulated paths whose net present value is negative", format::grouped(paths, 0));
    if let Some(bound) = risk.business(business).and_then(|risk| format::bound(&risk.loss)) {
        hover = format!("{hover}; {bound}");
    }
    cell.on_hover_text(hover);
}

/// Meaning of a measure, and its full value.
pub(super) fn hover_text(measure: &Measure, value: &Maybe<f64>) -> String {
    format!("{}\n{}", measure.meaning, full_text(value, measure.unit))
}

fn full_text(value: &Maybe<f64>, unit: Unit) -> String {
    match value {
        Ok(value) => format::full(*value, unit),
        Err(reason) => reason.to_string(),
    }
}
