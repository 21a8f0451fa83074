//! The method page: how the figures come about, and how they compare with published ones.

mod conventions;
mod published;
mod row;
mod table;

use egui::Ui;
use wattfolio_economics::published::Topic;

use self::published::{Counts, published};
use crate::state::{Action, MethodView};
use crate::theme::Text;
use crate::view::Context;
use crate::{export, widget};

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let view = cx.state.view.method;
    let rows = published();
    super::verdict_ui(ui, cx, &verdict(Counts::of(rows)), conventions::LEAD);
    conventions::ui(ui, cx);
    ui.add_space(16.0);
    heading_ui(ui, cx, view);
    ui.add_space(6.0);
    filter_ui(ui, cx, view);
    ui.add_space(8.0);
    table::ui(ui, cx, &table::lines(rows, view));
}

/// The sentence of the page.
fn verdict(counts: Counts) -> String {
    let Counts { agree, wrong, fail } = counts;
    let head = format!("{agree} published figures are reproduced; {wrong} more are wrong in their source");
    if fail == 0 { format!("{head}.") } else { format!("{head}, and {fail} are not reproduced.") }
}

fn heading_ui(ui: &mut Ui, cx: &Context<'_>, view: MethodView) {
    let titles = |ui: &mut Ui| {
        ui.horizontal(|ui| {
            widget::label(ui, "Published against computed", Text::Title, cx.theme.palette.text);
            let hint = "every row is computed by this program; hover one for its formula and source";
            widget::tracked(ui, widget::colored(hint, Text::Caption, cx.theme.palette.text_muted));
        });
    };
    super::heading_ui(ui, cx, titles, |ui| {
        let button = widget::button(ui, cx.theme, "Copy table");
        if button.on_hover_text("Copy the rows that are listed, with formulas and sources").clicked() {
            let text = export::published_table(published().iter().filter(|row| view_has(view, row)));
            cx.actions.push(Action::Copy { text, what: "Published figures" });
        }
    });
}

/// Chips for the topics, and a check for what is wrong.
fn filter_ui(ui: &mut Ui, cx: &Context<'_>, view: MethodView) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let topics = std::iter::once(None).chain(Topic::all().into_iter().map(Some));
        for topic in topics {
            let count = published().iter().filter(|row| view_has(MethodView { topic, ..view }, row)).count();
            let name = topic.map_or("All topics", Topic::label);
            let is_selected = view.topic == topic;
            let chip = widget::chip(ui, cx.theme, &format!("{name} {count}"), is_selected);
            chip.widget_info(|| {
                let name = format!("Show {name}, {count} figures");
                egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_selected, name)
            });
            if chip.clicked() {
                cx.actions.push(Action::SetMethod(MethodView { topic, ..view }));
            }
        }
        ui.add_space(8.0);
        if let Some(wrong_only) = widget::check(ui, cx.theme, "Wrong sources only", view.wrong_only) {
            cx.actions.push(Action::SetMethod(MethodView { wrong_only, ..view }));
        }
    });
}

/// Whether a row is listed.
fn view_has(view: MethodView, row: &wattfolio_economics::published::Row) -> bool {
    view.topic.is_none_or(|topic| row.topic == topic) && (!view.wrong_only || published::is_wrong(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_never_hides_what_fails() {
        let counts = Counts { agree: 3, wrong: 2, fail: 0 };
        let good = "3 published figures are reproduced; 2 more are wrong in their source.";
        assert_eq!(verdict(counts), good);
        assert!(verdict(Counts { fail: 1, ..counts }).ends_with("and 1 are not reproduced."));
    }
}
