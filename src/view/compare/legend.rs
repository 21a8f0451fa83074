//! Legend of the payback charts.

use egui::{Align, Color32, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Text};
use crate::view::{Context, line};
use crate::widget;

/// Letters of a scenario's name that a legend shows; the table of scenarios has all of them.
const MOST_LETTERS: usize = 28;

/// Drawing style of an entry.
#[derive(Clone, Copy)]
enum Mark {
    Line { width: f32, colour: Color32, stroke: widget::Stroke },
    Band { opacity: f32 },
}

impl Mark {
    const fn width(self) -> f32 {
        match self {
            Self::Line { .. } => 22.0,
            Self::Band { .. } => 16.0,
        }
    }

    fn paint(self, ui: &Ui, rect: Rect, ink: Color32) {
        match self {
            Self::Line { width, colour, stroke: style } => {
                line::sample(ui, rect, style, width, colour);
            }
            Self::Band { opacity } => {
                let bar = Rect::from_center_size(rect.center(), vec2(rect.width(), 9.0));
                ui.painter().rect_filled(bar, 2, ink.gamma_multiply(opacity));
            }
        }
    }
}

/// The entries, from the left.
pub(super) struct Legend(Vec<(String, Mark)>);

impl Legend {
    /// The elements that are drawn now.
    pub(super) fn of(cx: &Context<'_>) -> Self {
        let palette = &cx.theme.palette;
        let mark = |width, colour, stroke| Mark::Line { width, colour, stroke };
        let (solid, dashed, dotted) = (widget::Stroke::Solid, widget::Stroke::Dashed, widget::Stroke::Dotted);
        let mut entries = Vec::new();
        if cx.state.view.chart.has_fan && !cx.state.view.chart.is_discounted {
            let middle = theme::FAN_WIDE + theme::FAN_MIDDLE;
            entries.push(("P5–P95".to_owned(), Mark::Band { opacity: theme::FAN_WIDE }));
            entries.push(("P25–P75".to_owned(), Mark::Band { opacity: middle }));
        }
        entries.push(("Now".to_owned(), mark(theme::NOW, palette.text, solid)));
        if cx.state.document.changes().next().is_some() {
            entries.push(("Baseline".to_owned(), mark(theme::BASELINE, palette.baseline, dashed)));
        }
        // Its label in the chart may find no place.
        let holding = cx.state.results.comparison.buy_and_hold.as_ref();
        if cx.state.view.chart.has_holding && holding.is_some_and(|holding| holding.spent_usd > 0.0) {
            let mark = mark(theme::BASELINE, palette.text_secondary, dotted);
            entries.push(("Same $ in bitcoin".to_owned(), mark));
        }
        for other in cx.state.others().filter(|other| !other.listed.is_baseline) {
            let label = &other.listed.label;
            // The name that a scenario gets has its letter.
            let has_letter = label.name.split(' ').any(|word| word == label.letter.to_string());
            let name =
                if has_letter { label.name.clone() } else { format!("{} {}", label.letter, label.name) };
            let stroke = line::stroke(label.line);
            entries.push((shortened(&name), mark(theme::PINNED, palette.text_secondary, stroke)));
        }
        Self(entries)
    }

    /// Points that it takes in one line.
    pub(super) fn width(&self, ui: &Ui) -> f32 {
        self.0.iter().map(|entry| entry_width(ui, entry) + ui.spacing().item_spacing.x).sum()
    }

    /// Draws it from the left, or from the right in a layout that runs so.
    pub(super) fn ui(&self, ui: &mut Ui, cx: &Context<'_>, from_the_right: bool) {
        if from_the_right {
            self.0.iter().rev().for_each(|entry| entry_ui(ui, cx, entry));
        } else {
            self.0.iter().for_each(|entry| entry_ui(ui, cx, entry));
        }
    }
}

/// Space between a mark and its words, and behind them.
const SPACE: f32 = 8.0;

fn entry_width(ui: &Ui, (name, mark): &(String, Mark)) -> f32 {
    mark.width() + SPACE + widget::width(ui, name, Text::Caption) + 4.0
}

/// A mark with its words, which stay together where the line ends.
fn entry_ui(ui: &mut Ui, cx: &Context<'_>, entry: &(String, Mark)) {
    let (name, mark) = entry;
    let (rect, response) = ui.allocate_exact_size(vec2(entry_width(ui, entry), 18.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    mark.paint(ui, rect.with_max_x(rect.left() + mark.width()), cx.theme.palette.text);
    let words = rect.with_min_x(rect.left() + mark.width() + SPACE);
    widget::put(ui, words, Align::Min, name, Text::Caption, cx.theme.palette.text_muted);
}

/// A name of a bearable length.
fn shortened(name: &str) -> String {
    if name.chars().count() <= MOST_LETTERS {
        return name.to_owned();
    }
    let kept: String = name.chars().take(MOST_LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}
