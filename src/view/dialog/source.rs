//! The user's own machine or key for a source.

use egui::Ui;

use super::path::{field_ui, secret_ui};
use super::{buttons_ui, cancel_ui, heading_ui};
use crate::market_data::live::{Address, Key, KeyHolder, Source};
use crate::state::{Action, Dialog, MarketAction, Secret};
use crate::theme::Text;
use crate::view::Context;
use crate::widget;

pub(super) fn address_ui(ui: &mut Ui, cx: &Context<'_>, source: &'static Source, typed: &str) {
    let words = format!(
        "A machine that answers in place of {}: https, or http on this computer and private networks by number \
         (http://192.168.1.5:3006). Empty asks {}. Allow it again afterwards.",
        source.label, source.base
    );
    heading_ui(ui, cx, "Your own node", &words);
    let mut text = typed.to_owned();
    let entered = field_ui(ui, cx, "Address of the node", &mut text, true);
    if text != typed {
        cx.actions.push(Action::ShowDialog(Some(Dialog::SourceAddress { source, typed: text.clone() })));
    }
    let fault = Address::typed(&text).err().filter(|_| !text.trim().is_empty());
    if let Some(why) = &fault {
        let text = widget::colored(format!("⚠ {why}"), Text::Caption, cx.theme.palette.alert);
        ui.add(egui::Label::new(text).wrap());
    }
    buttons_ui(ui, |ui| {
        let mut done = false;
        ui.add_enabled_ui(fault.is_none(), |ui| {
            done = widget::primary_button(ui, cx.theme, "Set").clicked();
        });
        cancel_ui(ui, cx);
        if done || (entered && fault.is_none()) {
            cx.actions.push(Action::Market(MarketAction::SetAddress(source, text.clone())));
        }
    });
}

pub(super) fn key_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    source: &'static Source,
    typed: &Secret,
    is_stored: bool,
) {
    let Some(needs) = &source.key else { return };
    let words = format!(
        "{} gives a free key to everybody: {}. It is stored in the keyring of the system, used for this session, or read \
         from {}; never from a file.",
        source.label, needs.from, needs.variable
    );
    heading_ui(ui, cx, &format!("Your key for {}", source.label), &words);
    let mut text = typed.0.clone();
    let entered = secret_ui(ui, cx, "Key", &mut text);
    let mut stored = is_stored;
    if let Some(is_on) = widget::check(ui, cx.theme, "Store it in the keyring", is_stored) {
        stored = is_on;
    }
    if text != typed.0 || stored != is_stored {
        let dialog = Dialog::SourceKey { source, typed: Secret(text.clone()), is_stored: stored };
        cx.actions.push(Action::ShowDialog(Some(dialog)));
    }
    let key = Key::typed(&text);
    buttons_ui(ui, |ui| {
        ui.add_enabled_ui(key.is_some(), |ui| {
            let holder = if stored { KeyHolder::Keyring } else { KeyHolder::Session };
            let is_clicked = widget::primary_button(ui, cx.theme, "Use key").clicked();
            if let (true, Some(key)) = (is_clicked || entered, key) {
                cx.actions.push(Action::Market(MarketAction::SetKey(source, key, holder)));
            }
        });
        cancel_ui(ui, cx);
        if cx.state.market.key_holders.contains_key(source.id)
            && widget::button(ui, cx.theme, "Forget key").clicked()
        {
            cx.actions.push(Action::Market(MarketAction::ForgetKey(source)));
        }
    });
}
