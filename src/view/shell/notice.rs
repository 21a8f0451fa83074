//! The message above the status bar: what went well, what went wrong, and what is wrong with the scenario. It lies over
//! the page, so that nothing moves when it comes and goes.

use std::time::Duration;

use egui::{Align2, Area, Frame, Margin, Order, Panel, Ui, vec2};

use crate::state::{Action, Notice};
use crate::theme::{RADIUS_CARD, STATUS_BAR, Text};
use crate::view::Context;
use crate::widget::{self, Icon, icon_button};

/// Duration of a confirmation. Errors and notes stay until they are dismissed.
const STAYS_SECONDS: f64 = 6.0;

/// The widest message.
const MOST_WIDTH: f32 = 720.0;

/// Faults of the scenario, for as long as there are any, in a place of their own below the page.
pub(in crate::view) fn faults_ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(faults) = &cx.state.results.faults else { return };
    let text = format!("The results are those of the last valid inputs. {faults}");
    Panel::bottom("faults")
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().inner_margin(Margin::symmetric(16, 6)))
        .show(ui, |ui| bar_ui(ui, cx, &Notice::alert(text), None));
}

/// The message.
pub(in crate::view) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let Some(notice) = &cx.state.view.notice else { return };
    let page = ui.max_rect();
    let place = vec2(page.center().x - ui.ctx().content_rect().center().x, -STATUS_BAR - 12.0);
    let width = (page.width() - 32.0).min(MOST_WIDTH);
    Area::new(egui::Id::unique("notice")).order(Order::Foreground).anchor(Align2::CENTER_BOTTOM, place).show(
        ui.ctx(),
        |ui| {
            widget::set_max_width(ui, width);
            bar_ui(ui, cx, notice, Some(Action::DismissNotice));
            end_in_time(ui, cx, notice);
        },
    );
}

/// Takes good news away once it could be read.
fn end_in_time(ui: &Ui, cx: &Context<'_>, notice: &Notice) {
    if !notice.is_done {
        return;
    }
    let now = ui.input(|input| input.time);
    let id = egui::Id::unique("notice since");
    let known = ui.data(|data| data.get_temp::<(String, f64)>(id));
    let since = if let Some((_, since)) = known.filter(|(text, _)| *text == notice.text) {
        since
    } else {
        ui.data_mut(|data| data.insert_temp(id, (notice.text.clone(), now)));
        now
    };
    let left = since + STAYS_SECONDS - now;
    if left <= 0.0 {
        ui.data_mut(|data| data.remove::<(String, f64)>(id));
        cx.actions.push(Action::DismissNotice);
    } else {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
    }
}

fn bar_ui(ui: &mut Ui, cx: &Context<'_>, notice: &Notice, dismiss: Option<Action>) {
    let palette = &cx.theme.palette;
    let colour = if notice.is_alert { palette.alert } else { palette.text };
    let frame = Frame::new()
        .fill(palette.field)
        .stroke(egui::Stroke::new(1.0, palette.line))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::symmetric(16, 8));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            if notice.is_alert {
                widget::label(ui, "⚠", Text::Body, colour);
            } else if notice.is_done {
                widget::label(ui, "✓", Text::Body, colour);
            }
            let room = widget::room_beside(ui, 40.0);
            ui.scope(|ui| {
                widget::set_max_width(ui, room);
                ui.add(egui::Label::new(widget::colored(notice.text.as_str(), Text::Body, colour)).wrap());
            });
            if let Some(dismiss) = dismiss
                && icon_button(ui, cx.theme, Icon::Cross, "Dismiss message", "Dismiss", false).clicked()
            {
                cx.actions.push(dismiss);
            }
        });
    });
}
