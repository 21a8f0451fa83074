//! What the app shows: document, results, pins and the settings of the pages.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use wattfolio_economics::business::Business;
use wattfolio_economics::input::Group;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::{Comparison, compare_on};
use wattfolio_economics::risk::BusinessRisk;
use wattfolio_economics::scenario::{Faults, Scenario, ValidScenario};

use super::deep::Deep;
use super::dialog::{Dialog, Notice};
use super::document::{Document, Pinned};
use super::method::MethodView;
use super::refusal::Refusal;
use super::simulation::Simulated;
use crate::store::{Kept, Session};

/// Everything that is shown. Views read it; [`super::App`] alone writes it.
#[derive(Debug)]
pub struct State {
    /// The scenario and the way back.
    pub document: Document,
    /// What came out for it.
    pub results: Results,
    /// What came out for the scenarios kept for comparison that are drawn.
    pub pins: Vec<Pin>,
    /// Settings of the pages.
    pub view: View,
    /// Looks and recent files.
    pub session: Session,
    /// Unsaved work of earlier runs, and work that was declined.
    pub kept: Vec<Kept>,
    /// Why unsaved work cannot be kept against a crash, if it cannot.
    pub keeping_problem: Option<String>,
    /// Whether the time of a computation is shown; pictures must not differ from run to run.
    pub shows_timing: bool,
    /// What was simulated.
    pub risk: RiskState,
}

/// What was simulated, and what still runs.
#[derive(Debug, Default)]
pub struct RiskState {
    /// The latest answer.
    pub simulated: Option<Arc<Simulated>>,
    /// What a deeper look found, perhaps for an earlier answer.
    pub deep: Option<Arc<Deep>>,
    /// Whether the latest answer belongs to an earlier scenario or basis than the one that is shown.
    pub is_stale: bool,
    /// Share that is done and time taken, while a simulation runs.
    pub progress: Option<(f32, Duration)>,
    /// Whether the user ended the run of what is shown.
    pub was_cancelled: bool,
}

impl RiskState {
    /// What is known of a business; an answer for another scenario is better than none, and is drawn as stale.
    pub fn business(&self, business: Business) -> Option<&BusinessRisk> {
        self.simulated.as_ref()?.simulation.business(business).ok()
    }
}

/// What came out for a scenario.
#[derive(Debug)]
pub struct Results {
    /// The three businesses.
    pub comparison: Arc<Comparison>,
    /// The scenario they belong to: the latest that was valid.
    pub scenario: Arc<ValidScenario>,
    /// The three businesses at the baseline.
    pub baseline: Arc<Comparison>,
    baseline_scenario: Arc<ValidScenario>,
    /// Why the scenario at hand is not the one that is shown.
    pub faults: Option<Faults>,
    /// Time that the last computation took.
    pub took: Duration,
}

impl Results {
    /// Evaluates a scenario and its baseline.
    ///
    /// # Errors
    /// If the scenario is not valid.
    pub fn new(scenario: &Scenario, baseline: &Scenario, basis: Basis) -> Result<Self, Faults> {
        let scenario = Arc::new(scenario.validate()?);
        let started = Instant::now();
        let comparison = Arc::new(compare_on(&scenario, basis));
        let took = started.elapsed();
        let baseline_scenario = Arc::new(baseline.validate()?);
        let baseline = Arc::new(compare_on(&baseline_scenario, basis));
        Ok(Self { comparison, scenario, baseline, baseline_scenario, faults: None, took })
    }

    /// Brings the results up to date; keeps the old ones and the faults if the scenario is not valid.
    pub fn update(&mut self, scenario: &Scenario, baseline: &Scenario, basis: Basis) {
        if basis != self.comparison.basis {
            self.baseline = Arc::new(compare_on(&self.baseline_scenario, basis));
            self.comparison = Arc::new(compare_on(&self.scenario, basis));
        }
        if **self.baseline_scenario != *baseline
            && let Ok(valid) = baseline.validate()
        {
            self.baseline = Arc::new(compare_on(&valid, basis));
            self.baseline_scenario = Arc::new(valid);
        }
        if **self.scenario == *scenario {
            self.faults = None;
            return;
        }
        match scenario.validate() {
            Ok(valid) => {
                let started = Instant::now();
                self.comparison = Arc::new(compare_on(&valid, basis));
                self.took = started.elapsed();
                self.scenario = Arc::new(valid);
                self.faults = None;
            }
            Err(faults) => self.faults = Some(faults),
        }
    }
}

/// A scenario kept for comparison, and what came out for it.
#[derive(Clone, Debug)]
pub struct Pin {
    /// `A`, `B`, `C`.
    pub letter: char,
    /// What it is called.
    pub name: String,
    /// Its results.
    pub comparison: Arc<Comparison>,
    /// Its inputs, so that it can be opened again.
    pub scenario: Arc<Scenario>,
}

/// Most pins that are drawn: with now and the baseline a chart then has five lines. A file may hold more.
pub const MOST_PINS: usize = 3;

impl State {
    /// Brings the pins up to date with the document; what is known already is kept.
    pub(super) fn update_pins(&mut self) {
        let (document, basis) = (&self.document, self.document.basis());
        let known = std::mem::take(&mut self.pins);
        let pin = |pinned: &Pinned| {
            let known = known
                .iter()
                .find(|pin| Arc::ptr_eq(&pin.scenario, &pinned.scenario) && pin.comparison.basis == basis);
            let comparison = match known {
                Some(pin) => Arc::clone(&pin.comparison),
                None => Arc::new(compare_on(&pinned.scenario.validate().ok()?, basis)),
            };
            Some(Pin {
                letter: pinned.letter,
                name: pinned.name.clone(),
                comparison,
                scenario: Arc::clone(&pinned.scenario),
            })
        };
        self.pins = document.pins().iter().take(MOST_PINS).filter_map(pin).collect();
    }
}

/// Settings of the pages.
#[derive(Debug)]
pub struct View {
    /// The page.
    pub page: Page,
    /// Payback charts.
    pub chart: ChartView,
    /// The cash-flow page.
    pub cash_flow: CashFlowView,
    /// The method page.
    pub method: MethodView,
    /// The inputs.
    pub inputs: InputsView,
    /// A dialog on top of everything.
    pub dialog: Option<Dialog>,
    /// A message under the tabs.
    pub notice: Option<Notice>,
    /// The month under the pointer in any chart.
    pub hovered_month: Option<f64>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            page: Page::Compare,
            chart: ChartView::default(),
            cash_flow: CashFlowView::default(),
            method: MethodView::default(),
            inputs: InputsView::default(),
            dialog: None,
            notice: None,
            hovered_month: None,
        }
    }
}

/// A page of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Payback curves.
    Compare,
    /// Revenue and cost lines.
    CashFlow,
    /// What chance does to the three.
    Risk,
    /// Conventions, and published figures beside computed ones.
    Method,
}

/// Pages that answer one kind of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageGroup {
    /// The label that stands for all of them where there is no room.
    pub name: &'static str,
    /// The pages, in the order of the tabs.
    pub pages: &'static [Page],
}

/// The groups of the tabs.
pub const PAGE_GROUPS: [PageGroup; 2] = [
    PageGroup { name: "Results", pages: &[Page::Compare, Page::CashFlow, Page::Risk] },
    PageGroup { name: "Where it comes from", pages: &[Page::Method] },
];

impl Page {
    /// Every page, in the order of the tabs.
    pub const ALL: [Self; 4] = [Self::Compare, Self::CashFlow, Self::Risk, Self::Method];

    /// The name on the tab.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Compare => "Compare",
            Self::CashFlow => "Cash flow",
            Self::Risk => "Risk",
            Self::Method => "Method",
        }
    }

    /// The name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Compare => "compare",
            Self::CashFlow => "cash-flow",
            Self::Risk => "risk",
            Self::Method => "method",
        }
    }
}

/// How the payback charts are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "switches that a user sets one by one")]
pub struct ChartView {
    /// One chart or three.
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

/// What the cash-flow page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CashFlowView {
    /// The business.
    pub business: Business,
    /// Length of a bar.
    pub period: Period,
    /// Length of a column of the ledger.
    pub ledger_period: Period,
}

impl Default for CashFlowView {
    fn default() -> Self {
        Self { business: Business::Mining, period: Period::Month, ledger_period: Period::Year }
    }
}

/// A length of time over which flows are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
}

impl Period {
    /// All of them, with their names.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Month, "Month"), (Self::Quarter, "Quarter"), (Self::Year, "Year")];

    /// Length in months.
    pub const fn months(self) -> usize {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

/// What the input panel shows.
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
}
