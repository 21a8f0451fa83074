//! The strip under a payback chart: waiting, building, ramp, operation, and what happens on the way.

use egui::{
    Align2, Color32, CornerRadius, Rangef, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Event;
use wattfolio_economics::number::within;
use wattfolio_economics::results::{Evaluation, Phase, Stretch, Timeline};

use crate::format;
use crate::theme::{HAIRLINE, RADIUS_FIELD, Text};
use crate::view::Context;
use crate::widget::{self, Drawn};
use crate::words;

/// Height of the strip and of the words below it.
const BAR: f32 = 16.0;
const WORDS: f32 = 18.0;

/// Draws the timeline of a business under its chart, on the same months.
pub(super) fn timeline_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    evaluation: &Evaluation,
    timeline: &Timeline,
    drawn: &Drawn,
) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR + WORDS), Sense::hover());
    let x = |month: f64| drawn.position(month, 0.0).x;
    let ticks: Vec<f32> = timeline.events.iter().map(|(month, _)| x(*month)).collect();
    for stretch in &timeline.stretches {
        let bar = Rect::from_x_y_ranges(x(stretch.from)..=x(stretch.to), rect.top()..=rect.top() + BAR);
        stretch_ui(ui, cx, evaluation.business, stretch, (bar, &ticks));
    }
    events_ui(ui, cx, evaluation, timeline, rect, x);
    let name = format!("Timeline of {}", evaluation.business.label());
    let entries = entries(cx, timeline);
    response
        .widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("{name}. {}", entries.join(", "))));
    response.on_hover_text(entries.join("\n"));
}

/// A stretch with its name, where it has room beside the ticks of events.
fn stretch_ui(
    ui: &Ui,
    cx: &Context<'_>,
    business: Business,
    stretch: &Stretch,
    (bar, ticks): (Rect, &[f32]),
) {
    let (mark, palette) = (cx.theme.mark(business), &cx.theme.palette);
    let radius = CornerRadius::same(RADIUS_FIELD);
    let outline = |colour| Stroke::new(HAIRLINE, colour);
    let (fill, edge, name, ink) = match stretch.phase {
        Phase::Queue => (Color32::TRANSPARENT, outline(palette.line), "queue", palette.text_muted),
        Phase::Build => (Color32::TRANSPARENT, outline(mark), "build", palette.text_secondary),
        Phase::Ramp => (mark.gamma_multiply(0.5), Stroke::NONE, "", palette.text),
        Phase::Live => (mark, Stroke::NONE, "live", palette.app),
        Phase::Idle => (palette.field, Stroke::NONE, "idle", palette.text_muted),
    };
    ui.painter().rect(bar.shrink2(vec2(0.5, 0.0)), radius, fill, edge, StrokeKind::Inside);
    let galley = ui.painter().layout_no_wrap(name.to_owned(), Text::Caption.font(), ink);
    if let Some(left) = free_place(bar.x_range(), ticks, galley.size().x) {
        let at = pos2(left, bar.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink);
    }
}

/// Space between a name and the end of its bar, and between a name and a tick.
const BESIDE_END: f32 = 5.0;
const BESIDE_TICK: f32 = 4.0;

/// The first place in a bar for a text that no tick runs through; where it begins.
fn free_place(bar: Rangef, ticks: &[f32], width: f32) -> Option<f32> {
    let inside = ticks.iter().copied().filter(|tick| bar.contains(*tick));
    let mut starts = vec![bar.min + BESIDE_END];
    starts.extend(inside.clone().map(|tick| tick + BESIDE_TICK));
    starts.sort_by(f32::total_cmp);
    starts.into_iter().find(|start| {
        let room = Rangef::new(start - BESIDE_TICK, start + width + BESIDE_TICK);
        let is_crossed = inside.clone().any(|tick| tick > room.min && tick < room.max);
        start + width + BESIDE_END - 2.0 <= bar.max && !is_crossed
    })
}

/// A tick for every event, and its name where there is room.
fn events_ui(
    ui: &Ui,
    cx: &Context<'_>,
    evaluation: &Evaluation,
    timeline: &Timeline,
    rect: Rect,
    x: impl Fn(f64) -> f32,
) {
    let palette = &cx.theme.palette;
    let (left, right) = (x(0.0), x(evaluation.horizon() as f64));
    let mut free_from = left;
    let mut word = |text: &str, at: f32, align: Align2| {
        let y = rect.top() + BAR + 2.0;
        // The tooltip has all of them in full.
        let room = right.min(rect.right()) - left - 1.0;
        let galley = widget::one_line(ui, text, Text::Caption, palette.text_muted, room);
        let width = galley.size().x;
        let start = if align == Align2::RIGHT_TOP { at - width } else { at - width / 2.0 };
        // The plot may end a part of a point beyond the page.
        let start = within(start, left, right.min(rect.right()) - width - 1.0);
        if start < free_from {
            return;
        }
        free_from = start + width + 6.0;
        ui.painter().galley(pos2(start, y), galley, palette.text_muted);
    };
    for together in timeline.events.chunk_by(|a, b| a.0 == b.0) {
        let at = x(together[0].0);
        let tick = rect.top() - 1.0..=rect.top() + BAR + 2.0;
        ui.painter().vline(at, tick, Stroke::new(1.5, palette.text_strong));
        // The charts name their halvings themselves.
        let named = together.iter().filter(|(_, event)| *event != Event::Halving);
        let names: Vec<&str> = named.map(|(_, event)| event.label()).collect();
        if !names.is_empty() {
            word(&names.join(", "), at, Align2::CENTER_TOP);
        }
    }
    if let Some(end) = timeline.lease_runs_to {
        word(&format!("lease runs to year {:.0}", (end / 12.0).ceil()), right, Align2::RIGHT_TOP);
    } else if let Some(from) = timeline.stands_still_from() {
        word(&format!("stands still from {}", format::months_as_years(from)), right, Align2::RIGHT_TOP);
    }
}

/// Every stretch and event in words.
fn entries(cx: &Context<'_>, timeline: &Timeline) -> Vec<String> {
    let scenario = &cx.state.results.scenario;
    let phase = |phase: Phase| match phase {
        Phase::Queue => "Waiting for the grid",
        Phase::Build => "Construction",
        Phase::Ramp => "Ramp",
        Phase::Live => "In operation",
        Phase::Idle => "Standing still",
    };
    let stretches = timeline.stretches.iter().map(|stretch| {
        let months = words::duration(stretch.to - stretch.from);
        format!("{} from {} for {months}", phase(stretch.phase), words::calendar(scenario, stretch.from))
    });
    let events = timeline
        .events
        .iter()
        .filter(|(month, event)| timeline.is_felt(*month, *event))
        .map(|(month, event)| format!("{} {}", words::calendar(scenario, *month), event.label()));
    stretches.chain(events).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAR: Rangef = Rangef { min: 100.0, max: 200.0 };

    #[test]
    fn a_name_stands_where_no_tick_runs_through_it() {
        assert_eq!(free_place(BAR, &[], 30.0), Some(105.0));
        // A tick elsewhere is in no one's way.
        assert_eq!(free_place(BAR, &[50.0, 150.0], 30.0), Some(105.0));
        assert_eq!(free_place(BAR, &[120.0], 30.0), Some(124.0));
        assert_eq!(free_place(BAR, &[120.0, 150.0], 30.0), Some(154.0));
        // Neither between the ticks nor behind the last is there room.
        assert_eq!(free_place(BAR, &[120.0, 150.0, 180.0], 30.0), None);
        assert_eq!(free_place(BAR, &[], 99.0), None);
    }
}
