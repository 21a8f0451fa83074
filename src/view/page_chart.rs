//! The charts of a page alone, for a picture of their own.

use egui::Ui;

use super::{
    Context, cash_flow, compare, history, mix, risk, scenarios, sensitivity, training_cost, winner_map,
};
use crate::state::Page;

/// Height of the payback curves, points.
const PAYBACK_HEIGHT: f32 = 280.0;

/// Width of the charts of a page, points; none where it has no chart.
pub(crate) const fn page_chart_width(page: Page) -> Option<f32> {
    match page {
        Page::Compare | Page::Risk | Page::Mix | Page::Scenarios => Some(1200.0),
        Page::CashFlow => Some(960.0),
        Page::Sensitivity | Page::WinnerMap | Page::TrainingCost | Page::History => Some(640.0),
        Page::Market | Page::Method => None,
    }
}

/// Draws the charts of the page at hand over the available width.
pub(crate) fn page_chart_ui(ui: &mut Ui, cx: &Context<'_>) {
    match cx.state.view.page {
        Page::Compare => compare::printed_ui(ui, cx, PAYBACK_HEIGHT),
        Page::CashFlow => cash_flow::printed_ui(ui, cx),
        Page::Risk => risk::charts_ui(ui, cx),
        Page::Sensitivity => sensitivity::printed_ui(ui, cx),
        Page::WinnerMap => winner_map::printed_ui(ui, cx),
        Page::Mix => mix::printed_ui(ui, cx),
        Page::TrainingCost => training_cost::printed_ui(ui, cx),
        Page::Scenarios => scenarios::charts_ui(ui, cx),
        Page::History => history::printed_ui(ui, cx),
        Page::Market | Page::Method => {}
    }
}
