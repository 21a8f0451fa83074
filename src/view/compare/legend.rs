//! Legend of the payback charts.

use egui::{Align, Color32, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, vec2};

use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;

/// Letters of a pin's name that a legend shows; the table of scenarios has all of them.
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
                let ends = [rect.left_center(), rect.right_center()];
                let stroke = Stroke::new(width, colour);
                match style {
                    widget::Stroke::Solid => drop(ui.painter().line_segment(ends, stroke)),
                    widget::Stroke::Dashed => {
                        ui.painter().extend(Shape::dashed_line(&ends, stroke, 5.0, 3.0));
                    }
                    widget::Stroke::Dotted => {
                        ui.painter().extend(Shape::dotted_line(&ends, colour, 4.0, width / 2.0));
                    }
                }
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
        let line = |width, colour, stroke| Mark::Line { width, colour, stroke };
        let (solid, dashed, dotted) = (widget::Stroke::Solid, widget::Stroke::Dashed, widget::Stroke::Dotted);
        let mut entries = Vec::new();
        if cx.state.view.chart.has_fan && !cx.state.view.chart.is_discounted {
            let middle = theme::FAN_WIDE + theme::FAN_MIDDLE;
            entries.push(("P5–P95".to_owned(), Mark::Band { opacity: theme::FAN_WIDE }));
            entries.push(("P25–P75".to_owned(), Mark::Band { opacity: middle }));
        }
        entries.push(("Now".to_owned(), line(theme::NOW, palette.text, solid)));
        if cx.state.document.changes().next().is_some() {
            entries.push(("Baseline".to_owned(), line(theme::BASELINE, palette.baseline, dashed)));
        }
        // Its label in the chart may find no place.
        let holding = cx.state.results.comparison.buy_and_hold.as_ref();
        if cx.state.view.chart.has_holding && holding.is_some_and(|holding| holding.spent_usd > 0.0) {
            let mark = line(theme::BASELINE, palette.text_secondary, dotted);
            entries.push(("Same $ in bitcoin".to_owned(), mark));
        }
        for pin in &cx.state.pins {
            // The name that a pin gets has its letter.
            let has_letter = pin.name.split(' ').any(|word| word == pin.letter.to_string());
            let name = if has_letter { pin.name.clone() } else { format!("{} {}", pin.letter, pin.name) };
            entries.push((shortened(&name), line(theme::PINNED, palette.text_secondary, solid)));
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
