//! The message under the tabs: what went well, what went wrong, and what is wrong with the scenario.

use egui::{Frame, Margin, Ui};

use crate::app::{Action, Context};
use crate::theme::Text;
use crate::widget::{self, Icon, icon_button};

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    if let Some(notice) = &cx.state.view.notice {
        bar_ui(ui, cx, &notice.text, notice.is_alert, Some(Action::DismissNotice));
    }
    if let Some(faults) = &cx.state.results.faults {
        let text = format!("The results are those of the last valid inputs. {faults}");
        bar_ui(ui, cx, &text, true, None);
    }
}

fn bar_ui(ui: &mut Ui, cx: &Context<'_>, text: &str, is_alert: bool, dismiss: Option<Action>) {
    let palette = &cx.theme.palette;
    let colour = if is_alert { palette.alert } else { palette.text };
    Frame::new().fill(palette.field).inner_margin(Margin::symmetric(24, 6)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_width(ui.available_width());
            widget::label(ui, if is_alert { "⚠" } else { "✓" }, Text::Body, colour);
            let room = ui.available_width() - 40.0;
            ui.scope(|ui| {
                ui.set_max_width(room);
                ui.add(egui::Label::new(widget::colored(text, Text::Body, colour)).wrap());
            });
            if let Some(dismiss) = dismiss
                && icon_button(ui, cx.theme, Icon::Cross, "Dismiss message", "Dismiss", false).clicked()
            {
                cx.actions.push(dismiss);
            }
        });
    });
}
