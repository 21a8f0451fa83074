//! State of the app as plain data: views draw from it, the app alone writes it.

mod action;
mod command;
mod deep;
mod dialog;
mod document;
mod examples;
mod export;
mod finished;
mod history;
mod market;
mod menu;
mod mix;
mod moved_figure;
mod page;
mod payback;
mod refusal;
mod report;
mod results;
mod risk;
mod sensitivity;
mod simulated;
mod sites;
mod training;
mod view;
mod winner_map;

pub use action::{Action, Actions, ScenarioAction};
pub use command::Command;
pub use deep::{Deep, Outcome, SCALES};
pub use dialog::{AboutForm, Dialog, Notice, OpenFor, SaveRequest, ScenarioForm, Secret};
pub use document::{
    Baseline, Document, Entry, Life, NotDone, OnDisk, SaveQuestion, look, questions_of_other,
};
pub use examples::{Example, ExampleFigure, Examples, Standing};
pub use export::{ExportRequest, Exports};
pub use finished::{Finished, Purpose};
pub use history::{
    Asked, Calibrated, HistoryAnswer, HistoryFound, HistoryState, HistoryView, Replayed, StripMeasure,
    ThenFan,
};
pub use market::{MarketAction, MarketState};
pub use menu::{Item, MENUS, Menu};
pub use mix::{MixAsked, MixFound, MixPart, MixState, MixView};
pub use moved_figure::{FigureAsked, FigureFound, FigureState};
pub(crate) use page::with_pages;
pub use page::{PAGE_GROUPS, Page, PageGroup};
pub use payback::{PaybackView, Pull, Pulled, can_follow, payback_measure};
pub use refusal::Refusal;
pub use report::{Paper, ReportRequest, Reporting};
pub use results::{MOST_DRAWN, Results, Shown};
pub use risk::RiskState;
pub use sensitivity::{Answered, Of, SensitivityView};
pub use simulated::Simulated;
pub use sites::{
    OtherSite, ShownSite, SiteAction, SitePlace, SitesAsked, SitesFound, SitesState, distinct_names,
    site_name,
};
pub use training::{Trained, TrainingView};
pub use view::{CashFlowView, ChartScale, ChartView, InputsView, MethodView, ScenariosView, View};
pub use winner_map::{
    MapFound, MapKey, NearFound, NearKey, StripFound, StripKey, Third, WinnerMapState, WinnerMapView,
};

use std::collections::BTreeMap;
use std::sync::Arc;

use wattfolio_economics::results::verdict::Verdict;

use crate::store::{Kept, Letter, Session};

/// Everything that is shown.
#[derive(Debug)]
pub struct State {
    /// The scenario and the way back.
    pub document: Document,
    /// Its results.
    pub results: Results,
    /// Every scenario of the document with its results, in order.
    pub scenarios: Vec<Shown>,
    /// The latest simulations of scenarios beside the current one, by letter.
    pub beside: BTreeMap<Letter, Arc<Simulated>>,
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
    /// The simulation.
    pub risk: RiskState,
    /// What the sensitivity page shows; `None` until it is opened.
    pub sensitivity: Option<Arc<Answered>>,
    /// What the sensitivity page shows of a figure of the simulation.
    pub moved_figure: FigureState,
    /// What the history page shows.
    pub history: HistoryState,
    /// What the page of mixes shows.
    pub mix: MixState,
    /// The sites beside the scenario at hand.
    pub sites: SitesState,
    /// What the page of training costs shows.
    pub training: Option<Trained>,
    /// The winner map.
    pub winner_map: WinnerMapState,
    /// What is known of the market.
    pub market: MarketState,
    /// What was simulated of the worked examples.
    pub examples: Examples,
    /// The report that is being made.
    pub reporting: Option<Reporting>,
}

impl State {
    /// A document with its results, before any page is opened and anything is simulated.
    pub fn new(document: Document, results: Results, session: Session) -> Self {
        Self {
            document,
            results,
            scenarios: Vec::new(),
            beside: BTreeMap::new(),
            view: View::default(),
            session,
            kept: Vec::new(),
            keeping_problem: None,
            shows_timing: false,
            risk: RiskState::default(),
            sensitivity: None,
            moved_figure: FigureState::default(),
            history: HistoryState::default(),
            mix: MixState::default(),
            sites: SitesState::default(),
            training: None,
            winner_map: WinnerMapState::default(),
            market: MarketState::default(),
            examples: Examples::default(),
            reporting: None,
        }
    }

    /// The verdict on what is shown, with the latest simulation. One of an earlier scenario is better than none: what it
    /// says is drawn as old until the new one is there, so that nothing leaves its place during a drag.
    pub fn verdict(&self) -> Verdict {
        let npvs = self.risk.simulated.as_ref().map(|simulated| simulated.simulation.npvs());
        let (scenario, comparison) = (&self.results.scenario, &self.results.comparison);
        Verdict::new(scenario, comparison, npvs.as_ref(), self.document.criterion())
    }
}
