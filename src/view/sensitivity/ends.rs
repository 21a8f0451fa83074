//! The texts at the ends of bars, and the room that they leave to the bars: no figure is ever cut.

use egui::{Align, Rect, Ui};
use wattfolio_economics::answers::Moved;
use wattfolio_economics::input::Input;

use crate::theme::Text;
use crate::view::Context;
use crate::widget;
use crate::words::sensitivity as words;

/// Space between a bar and its text, and between both parts of that.
const GAP: f32 = 6.0;
/// The longest option of a choice that room is made for; more of it is cut.
const OPTION: f32 = 110.0;
/// Least share of the room that bars take.
const LEAST: f32 = 0.2;
/// Widths of the bars that are tried.
const TRIED: usize = 60;

/// A text at an end: what an input is moved to, in ink, and the figure with it, muted.
struct End {
    /// With its unit, and without.
    inputs: [String; 2],
    figure: String,
}

/// The texts at the left and at the right of a bar, and where that begins and ends, as shares of the longest.
pub(super) struct Ends {
    texts: [Option<End>; 2],
    span: (f32, f32),
}

/// How the room beside the names is shared.
pub(super) struct Layout {
    /// Room of texts at the left of the longest bars.
    pub left: f32,
    /// Length of all bars together.
    pub bars: f32,
    /// Which form of the inputs has room: with their units, or without.
    form: usize,
}

impl Ends {
    pub(super) fn new(input: &'static Input, texts: [Option<(Moved, String)>; 2], span: (f32, f32)) -> Self {
        let end = |(value, figure): (Moved, String)| {
            let full = words::moved(value, input);
            let bare = words::bare(&full).to_owned();
            End { inputs: [full, bare], figure }
        };
        Self { texts: texts.map(|text| text.map(end)), span }
    }

    /// Draws both texts beside the bar in the room right of the names.
    pub(super) fn ui(&self, ui: &Ui, cx: &Context<'_>, room: Rect, layout: &Layout) {
        let palette = &cx.theme.palette;
        let at = |share: f32| room.left() + layout.left + layout.bars * share;
        let [low, high] = &self.texts;
        if let Some(end) = low {
            let place = room.with_max_x((at(self.span.0) - GAP).max(room.left()));
            let used = widget::put(ui, place, Align::Max, &end.figure, Text::Caption, palette.text_muted);
            let rest = place.with_max_x((used.left() - GAP).max(place.left()));
            widget::put(ui, rest, Align::Max, &end.inputs[layout.form], Text::Caption, palette.text);
        }
        if let Some(end) = high {
            let place = room.with_min_x((at(self.span.1) + GAP).min(room.right()));
            // The figure is whole; the input has what is left.
            let figure = widget::width(ui, &end.figure, Text::Caption) + 1.0;
            let inputs = place.with_max_x((place.right() - figure - GAP).max(place.left()));
            let used =
                widget::put(ui, inputs, Align::Min, &end.inputs[layout.form], Text::Caption, palette.text);
            let rest = place.with_min_x((used.right() + GAP).min(place.right()));
            widget::put(ui, rest, Align::Min, &end.figure, Text::Caption, palette.text_muted);
        }
    }

    /// Widths of both texts in a form of the inputs; 0 without one.
    fn widths(&self, ui: &Ui, form: usize) -> [f32; 2] {
        self.texts.each_ref().map(|end| {
            end.as_ref().map_or(0.0, |end| {
                let width = |text: &str| widget::width(ui, text, Text::Caption);
                2.0 * GAP + width(&end.inputs[form]).min(OPTION) + width(&end.figure) + 2.0
            })
        })
    }
}

impl Layout {
    /// The longest bars beside which all texts have room, with units if they leave enough.
    pub(super) fn fitting(ui: &Ui, all: &[Ends], room: f32) -> Self {
        let of_form = |form: usize| {
            let rows: Vec<([f32; 2], (f32, f32))> =
                all.iter().map(|ends| (ends.widths(ui, form), ends.span)).collect();
            let (left, bars) = share(&rows, room)?;
            Some(Self { left, bars, form })
        };
        let cut = || Self { left: room * (1.0 - LEAST) / 2.0, bars: room * LEAST, form: 1 };
        of_form(0).or_else(|| of_form(1)).unwrap_or_else(cut)
    }
}

/// Room at the left, and length of the bars; `None` if the texts leave too little. `rows` have the widths of both texts, and
/// where the bar begins and ends: a text has the room beside a short bar as well.
fn share(rows: &[([f32; 2], (f32, f32))], room: f32) -> Option<(f32, f32)> {
    let sides = |bars: f32| {
        let left = rows.iter().map(|([left, _], (begin, _))| left - begin * bars);
        let right = rows.iter().map(|([_, right], (_, end))| right - (1.0 - end) * bars);
        (left.fold(0.0, f32::max), right.fold(0.0, f32::max))
    };
    let tried = (0..=TRIED).rev().map(|step| room * (LEAST + (1.0 - LEAST) * step as f32 / TRIED as f32));
    tried.into_iter().find_map(|bars| {
        let (left, right) = sides(bars);
        (left + bars + right <= room).then_some((left, bars))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_all_texts_allow_and_no_longer() {
        // A bar over all of the length, and a short one in the middle with longer texts.
        let rows = [([50.0, 60.0], (0.0, 1.0)), ([120.0, 130.0], (0.4, 0.5))];
        let (left, bars) = share(&rows, 500.0).unwrap();
        for ([low, high], (begin, end)) in rows {
            assert!(left + begin * bars >= low && 500.0 - left - end * bars >= high, "{low}, {high}");
        }
        let step = 500.0 * (1.0 - LEAST) / TRIED as f32;
        let longer = bars + step;
        assert!(50.0_f32.max(120.0 - 0.4 * longer) + longer + 60.0_f32.max(130.0 - 0.5 * longer) > 500.0);
        assert_eq!(share(&rows, 150.0), None, "the texts alone need more");
    }
}
