//! Settings of the pages.

use std::collections::BTreeSet;

use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::explain::PeriodLength;
use wattfolio_economics::input::{Group, Input};
use wattfolio_economics::published::Topic;
use wattfolio_economics::results::Curve;

use super::dialog::{Dialog, Notice};
use super::history::HistoryView;
use super::mix::MixView;
use super::page::Page;
use super::payback::PaybackView;
use super::refusal::Refusal;
use super::sensitivity::SensitivityView;
use super::training::TrainingView;
use super::winner_map::WinnerMapView;
use crate::store::{Chosen, Letter};

/// Settings of the pages, and what stands above them.
#[derive(Debug)]
pub struct View {
    /// The page.
    pub page: Page,
    /// Payback charts.
    pub chart: ChartView,
    /// What follows a payback that is pulled.
    pub payback: PaybackView,
    /// The cash-flow page.
    pub cash_flow: CashFlowView,
    /// The sensitivity page.
    pub sensitivity: SensitivityView,
    /// The winner map.
    pub winner_map: WinnerMapView,
    /// The page of scenarios.
    pub scenarios: ScenariosView,
    /// The page of mixes.
    pub mix: MixView,
    /// The mix under the pointer, by its shares.
    pub hovered_mix: Option<PerBusiness<f64>>,
    /// The scenario that the pages of cash flow and risk show beside the current one.
    pub beside: Option<Letter>,
    /// The history page.
    pub history: HistoryView,
    /// The page of training costs.
    pub training: TrainingView,
    /// The method page.
    pub method: MethodView,
    /// The inputs.
    pub inputs: InputsView,
    /// A dialog on top of everything.
    pub dialog: Option<Dialog>,
    /// A message under the tabs.
    pub notice: Option<Notice>,
    /// Whether the picture that is being saved has a caption.
    pub has_caption: bool,
    /// The month under the pointer in any chart.
    pub hovered_month: Option<f64>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            page: Page::Compare,
            chart: ChartView::default(),
            payback: PaybackView::default(),
            cash_flow: CashFlowView::default(),
            sensitivity: SensitivityView::default(),
            winner_map: WinnerMapView::default(),
            scenarios: ScenariosView::default(),
            mix: MixView::default(),
            hovered_mix: None,
            beside: None,
            history: HistoryView::default(),
            training: TrainingView::default(),
            method: MethodView::default(),
            inputs: InputsView::default(),
            dialog: None,
            notice: None,
            has_caption: false,
            hovered_month: None,
        }
    }
}

/// Settings of the payback charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "switches that a user sets one by one")]
pub struct ChartView {
    /// One chart for all businesses, or one for each.
    pub is_overlaid: bool,
    /// The unit of the vertical axis.
    pub scale: ChartScale,
    /// With the fan of the simulation behind the curves; not on discounted cash, of which there is none.
    pub has_fan: bool,
    /// On discounted cash.
    pub is_discounted: bool,
    /// With end proceeds.
    pub has_end_proceeds: bool,
    /// With the same dollars in bitcoin.
    pub has_holding: bool,
    /// As a table.
    pub is_table: bool,
}

impl Default for ChartView {
    fn default() -> Self {
        Self {
            is_overlaid: false,
            scale: ChartScale::Capital,
            has_fan: true,
            is_discounted: false,
            has_end_proceeds: false,
            has_holding: true,
            is_table: false,
        }
    }
}

impl ChartView {
    /// Which curve it draws.
    pub const fn curve(&self) -> Curve {
        Curve { discounted: self.is_discounted, with_end_proceeds: self.has_end_proceeds }
    }
}

/// The unit of the vertical axis of a payback chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartScale {
    /// Dollars.
    Usd,
    /// Dollars per megawatt of the site.
    UsdPerMw,
    /// Multiples of the own capital.
    Capital,
}

/// Settings of the cash-flow page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CashFlowView {
    /// The business.
    pub business: Business,
    /// Length of a bar.
    pub period: PeriodLength,
    /// Length of a column of the ledger.
    pub ledger_period: PeriodLength,
}

impl Default for CashFlowView {
    fn default() -> Self {
        Self { business: Business::ALL[0], period: PeriodLength::Month, ledger_period: PeriodLength::Year }
    }
}

/// Settings of the page of scenarios.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScenariosView {
    /// Measures beside those that always stand there, by their ids.
    pub measures: Vec<&'static str>,
    /// The business of a scenario from which another is subtracted; hosting in the current one unless chosen.
    pub of: Option<Chosen>,
    /// The business that is subtracted; going on with mining at the baseline unless chosen.
    pub minus: Option<Chosen>,
}

/// Settings of the input panel.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "switches that a user sets one by one")]
pub struct InputsView {
    /// Words to search for.
    pub search: String,
    /// Only what differs from the baseline.
    pub changed_only: bool,
    /// Open chapters.
    pub open: BTreeSet<Group>,
    /// Whether the key drivers are folded away.
    pub key_drivers_closed: bool,
    /// Whether they are shown where the window is too narrow for them beside the page.
    pub is_unfolded: bool,
    /// Whether the search box wants the keyboard.
    pub focus_search: bool,
    /// A value that was refused, shown at its row.
    pub refused: Option<Refusal>,
    /// An input that was looked for, until its row is drawn.
    pub found: Option<&'static Input>,
}

impl InputsView {
    /// Goes to an input in its chapter.
    pub fn find(&mut self, input: &'static Input) {
        self.search.clear();
        self.changed_only = false;
        self.is_unfolded = true;
        if input.key_driver {
            self.key_drivers_closed = false;
        } else {
            self.open.insert(input.group);
        }
        self.found = Some(input);
    }

    /// Opens or folds a chapter; the key drivers if none is named.
    pub fn toggle(&mut self, chapter: Option<Group>) {
        match chapter {
            None => self.key_drivers_closed = !self.key_drivers_closed,
            Some(group) => {
                if !self.open.remove(&group) {
                    self.open.insert(group);
                }
            }
        }
    }
}

/// Which published figures the method page lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MethodView {
    /// Only figures of this topic.
    pub topic: Option<Topic>,
    /// Only figures that are wrong in their source.
    pub wrong_only: bool,
}
