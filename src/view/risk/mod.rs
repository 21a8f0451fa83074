//! The risk page.

use egui::Ui;

use crate::app::Context;

pub(super) fn ui(_: &mut Ui, _: &Context<'_>) {}
