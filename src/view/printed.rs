//! Charts that stand alone: in reports, and in files of their own.

use egui::Ui;
use wattfolio_economics::business::Business;
use wattfolio_economics::risk::Outlook;

use super::{Context, cash_flow, compare, risk};

/// Height of the payback curves, points.
const PAYBACK_HEIGHT: f32 = 240.0;

/// A chart that stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// Payback curves side by side, with fans and timelines.
    Payback,
    /// Payback curves of all businesses on one scale.
    Overlaid,
    /// When businesses have paid back, over all paths.
    PaidBack,
    /// Histograms of net present values.
    Spread,
    /// What net present values vary with.
    Drivers,
    /// Revenue, costs and capital of a business.
    CashFlow(Business),
}

impl Printed {
    /// Every chart.
    pub fn all() -> Vec<Self> {
        let common = [Self::Payback, Self::Overlaid, Self::PaidBack, Self::Spread, Self::Drivers];
        common.into_iter().chain(Business::ALL.map(Self::CashFlow)).collect()
    }

    /// The stable name.
    pub fn id(self) -> String {
        match self {
            Self::Payback => "payback".to_owned(),
            Self::Overlaid => "payback-overlaid".to_owned(),
            Self::PaidBack => "paid-back".to_owned(),
            Self::Spread => "spread".to_owned(),
            Self::Drivers => "drivers".to_owned(),
            Self::CashFlow(business) => format!("cash-flow-{}", business.id()),
        }
    }

    /// Whether it is made from a simulation alone.
    pub const fn needs_simulation(self) -> bool {
        matches!(self, Self::PaidBack | Self::Spread | Self::Drivers)
    }

    /// Width in a file of its own, points.
    pub const fn width(self) -> f32 {
        match self {
            Self::Payback => 1200.0,
            Self::Overlaid | Self::CashFlow(_) => 960.0,
            Self::PaidBack | Self::Spread | Self::Drivers => 640.0,
        }
    }

    /// Draws it over the available width. What a chart needs and is not there is left out.
    pub fn ui(self, ui: &mut Ui, cx: &Context<'_>, outlook: Option<&Outlook>) {
        match (self, outlook) {
            (Self::Payback | Self::Overlaid, _) => compare::printed_ui(ui, cx, PAYBACK_HEIGHT),
            (Self::PaidBack, _) => risk::printed_ui(ui, cx, risk::RiskChart::PaidBack),
            (Self::Spread, _) => risk::printed_ui(ui, cx, risk::RiskChart::Spread),
            (Self::Drivers, Some(outlook)) => risk::printed_ui(ui, cx, risk::RiskChart::Drivers(outlook)),
            (Self::Drivers, None) => {}
            (Self::CashFlow(_), _) => cash_flow::printed_ui(ui, cx),
        }
    }
}
