//! The table of published and computed figures: headings of topics, and rows of one height, so that only those
//! in sight need be drawn.

use egui::{Align, Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::published::{Row, Topic};

use super::published::Counts;
use super::row::{self, Columns};
use crate::state::MethodView;
use crate::theme::{HAIRLINE, INNER, RADIUS_CARD, TABLE_ROW, Text};
use crate::view::Context;
use crate::widget;

/// A line of the table.
pub(super) enum Line<'a> {
    /// Heading of a topic, with its number of rows by verdict.
    Topic(Topic, Counts),
    /// A published figure.
    Row(&'a Row),
}

impl Line<'_> {
    const fn height(&self, columns: &Columns) -> f32 {
        match self {
            Self::Topic(..) => 38.0,
            Self::Row(_) => columns.row_height(),
        }
    }
}

/// The lines that a view lists.
pub(super) fn lines(rows: &[Row], view: MethodView) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for topic in Topic::all() {
        let listed: Vec<&Row> =
            rows.iter().filter(|row| row.topic == topic && super::view_has(view, row)).collect();
        if !listed.is_empty() {
            lines.push(Line::Topic(topic, Counts::of(listed.iter().copied())));
        }
        lines.extend(listed.into_iter().map(Line::Row));
    }
    lines
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, lines: &[Line<'_>]) {
    if lines.is_empty() {
        widget::body(ui, cx.theme, "No source of this topic is wrong.");
        return;
    }
    let palette = &cx.theme.palette;
    let rows = lines.iter().filter_map(|line| match line {
        Line::Row(row) => Some(*row),
        Line::Topic(..) => None,
    });
    let room = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), 0.0));
    let columns = Columns::of(ui, room.shrink2(vec2(INNER, 0.0)), rows);
    let height = TABLE_ROW + lines.iter().map(|line| line.height(&columns)).sum::<f32>() + 12.0;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Table, true, "Published against computed"));
    let outline = if cx.theme.is_dark { Stroke::NONE } else { Stroke::new(HAIRLINE, palette.line) };
    ui.painter().rect(rect, RADIUS_CARD, palette.card, outline, egui::StrokeKind::Inside);
    let inner = rect.shrink2(vec2(INNER, 6.0));
    columns.heading_ui(ui, cx, inner.top() + TABLE_ROW / 2.0);
    // A row beyond each edge is drawn too, so that the keyboard can walk on and the page follows.
    let sight = ui.clip_rect().y_range().expand(columns.row_height());
    let mut top = inner.top() + TABLE_ROW;
    for (index, line) in lines.iter().enumerate() {
        let place = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), line.height(&columns)));
        top += line.height(&columns);
        if !place.y_range().intersects(sight) {
            continue;
        }
        match line {
            Line::Topic(topic, counts) => topic_ui(ui, cx, place, *topic, *counts),
            Line::Row(row) => row::ui(ui, cx, &columns, place, index, row),
        }
        ui.painter().hline(inner.x_range(), place.top(), Stroke::new(HAIRLINE, palette.line));
    }
}

fn topic_ui(ui: &Ui, cx: &Context<'_>, place: Rect, topic: Topic, counts: Counts) {
    let palette = &cx.theme.palette;
    let y = place.center().y + 2.0;
    let painter = ui.painter();
    let title = painter.text(
        pos2(place.left(), y),
        Align2::LEFT_CENTER,
        topic.label(),
        Text::Title.font(),
        palette.text,
    );
    let note = pos2(title.right() + 10.0, y);
    let room =
        Rect::from_x_y_ranges(note.x..=place.right(), place.y_range().shrink(2.0)).translate(vec2(0.0, 2.0));
    widget::put(ui, room, Align::Min, &summary(counts), Text::Caption, palette.text_muted);
    let response = ui.interact(place, ui.scope_id().with(topic.label()), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, topic.label()));
}

/// Verdicts on the rows of a topic.
fn summary(counts: Counts) -> String {
    let part = |count: usize, words: &str| (count > 0).then(|| format!("{count} {words}"));
    let parts = [
        part(counts.agree, "reproduced"),
        part(counts.wrong, "wrong in their source"),
        part(counts.fail, "not reproduced"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::published::{is_wrong, published};
    use super::*;

    fn listed(view: MethodView) -> Vec<&'static Row> {
        let row = |line| match line {
            Line::Row(row) => Some(row),
            Line::Topic(..) => None,
        };
        lines(published(), view).into_iter().filter_map(row).collect()
    }

    #[test]
    fn filters_list_what_they_say_and_nothing_is_lost() {
        assert_eq!(listed(MethodView::default()).len(), published().len());
        let wrong = listed(MethodView { topic: None, wrong_only: true });
        assert!(!wrong.is_empty() && wrong.iter().all(|row| is_wrong(row)));
        for topic in Topic::all() {
            let of_topic = listed(MethodView { topic: Some(topic), wrong_only: false });
            assert!(!of_topic.is_empty() && of_topic.iter().all(|row| row.topic == topic));
        }
    }
}
