//! What the history page shows: a replay, how every other start did, the fan of then, and a calibration.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::history::{
    Calibration, Coverage, Gap, Machines, NotCalibrated, NotReplayed, Record, Replay, Strip,
};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::scenario::{CalendarMonth, ValidScenario};

use crate::market_data;

/// What the strip of start months shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StripMeasure {
    /// Net present value per dollar of capital.
    #[default]
    Value,
    /// Months until the money is back for good.
    Payback,
    /// Deepest fall of cumulative cash per dollar of capital.
    Drawdown,
}

impl StripMeasure {
    /// All of them, with their names.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Value, "NPV per $"), (Self::Payback, "Payback"), (Self::Drawdown, "Worst drawdown")];
}

/// Settings of the history page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryView {
    /// The business.
    pub business: Business,
    /// First month of the replay; `None` follows the scenario, or is the top of 2021 where that starts after the record.
    pub start: Option<CalendarMonth>,
    /// Which machine is bought.
    pub machines: Machines,
    /// What the strip shows.
    pub measure: StripMeasure,
    /// Whether the calibration is shown.
    pub is_calibrating: bool,
    /// First month of the calibration.
    pub from: CalendarMonth,
    /// Last month of the calibration.
    pub to: CalendarMonth,
    /// Inputs that are not taken over.
    pub left_out: BTreeSet<&'static str>,
}

/// Months of a calibration that nobody has changed: those since the network was last as it is now.
const CALIBRATED: (CalendarMonth, CalendarMonth) =
    (CalendarMonth::known(2021, 8), CalendarMonth::known(2026, 6));

impl Default for HistoryView {
    fn default() -> Self {
        Self {
            business: Business::ALL[0],
            start: None,
            machines: Machines::default(),
            measure: StripMeasure::default(),
            is_calibrating: false,
            from: CALIBRATED.0,
            to: CALIBRATED.1,
            left_out: BTreeSet::new(),
        }
    }
}

impl HistoryView {
    /// The first month of the replay of a scenario.
    pub fn start_of(&self, record: &Record, scenario: &ValidScenario) -> CalendarMonth {
        let inside = |wanted: CalendarMonth| wanted.max(record.first_start()).min(record.last());
        self.start.map_or_else(|| market_data::usual_start(scenario), inside)
    }
}

/// What a replay depends on.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// Whose flows are counted.
    pub basis: Basis,
    /// Which machine is bought.
    pub machines: Machines,
    /// First month.
    pub start: CalendarMonth,
}

impl Asked {
    /// Whether every start month does the same.
    pub fn has_same_starts(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.scenario, &other.scenario)
            && self.basis == other.basis
            && self.machines == other.machines
    }

    /// Whether the replay is the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.has_same_starts(other) && self.start == other.start
    }
}

/// A replay with what is told of it.
#[derive(Debug)]
pub struct Replayed {
    /// What it depends on.
    pub asked: Asked,
    /// The plan beside what came.
    pub replay: Result<Replay, NotReplayed>,
    /// The gap between them, by business.
    pub gaps: PerBusiness<Option<Gap>>,
    /// Time that it took.
    pub took: Duration,
}

impl Replayed {
    /// Replays a scenario.
    pub fn new(asked: Asked) -> Self {
        let started = std::time::Instant::now();
        let Asked { scenario, basis, machines, start } = &asked;
        let replay = Replay::new(market_data::record(), scenario, *start, *machines, *basis);
        let gaps = PerBusiness::new(|business| replay.as_ref().ok()?.gap(business));
        let took = started.elapsed();
        Self { asked, replay, gaps, took }
    }
}

/// What was found beside the frame, with what it depends on.
#[derive(Debug)]
pub struct HistoryAnswer {
    /// What it depends on.
    pub asked: Asked,
    /// What was found.
    pub found: HistoryFound,
    /// Time that it took.
    pub took: Duration,
}

impl HistoryAnswer {
    /// Every start month, if that was found.
    pub fn strip(&self) -> Option<&Strip> {
        match &self.found {
            HistoryFound::Strip(strip) => strip.as_ref().ok(),
            HistoryFound::Fan(_) | HistoryFound::Coverage(_) => None,
        }
    }
}

/// What is found beside the frame.
#[derive(Debug)]
pub enum HistoryFound {
    /// Every start month.
    Strip(Result<Strip, NotReplayed>),
    /// The fan of the start month.
    Fan(Box<ThenFan>),
    /// How often what came stayed inside.
    Coverage(Coverage),
}

/// A fan as it would have been simulated then.
#[derive(Debug)]
pub struct ThenFan {
    /// Quantiles of cumulative cash by probability, then month, USD.
    pub fans: PerBusiness<Option<[Vec<f64>; 5]>>,
    /// The months that its risks were calibrated on; `None` where there were too few.
    pub calibrated: Option<(CalendarMonth, CalendarMonth)>,
}

/// A calibration and what it depends on.
#[derive(Debug)]
pub struct Calibrated {
    /// The scenario beside which it is shown.
    pub scenario: Arc<ValidScenario>,
    /// The months that were asked for.
    pub range: (CalendarMonth, CalendarMonth),
    /// What the record says.
    pub found: Result<Calibration, NotCalibrated>,
}

/// What the history page shows.
#[derive(Debug, Default)]
pub struct HistoryState {
    /// The replay.
    pub replayed: Option<Replayed>,
    /// Every start month, perhaps of an earlier scenario.
    pub strip: Option<HistoryAnswer>,
    /// The fan of then, perhaps of an earlier start.
    pub fan: Option<HistoryAnswer>,
    /// The coverage, perhaps of an earlier scenario.
    pub coverage: Option<HistoryAnswer>,
    /// The calibration.
    pub calibrated: Option<Calibrated>,
    /// Share of the coverage that is done, while it runs.
    pub progress: Option<f32>,
    /// Whether the user ended what ran for this scenario.
    pub was_cancelled: bool,
}

impl HistoryState {
    /// Takes what was found beside the frame.
    pub fn take(&mut self, answer: HistoryAnswer) {
        let place = match answer.found {
            HistoryFound::Strip(_) => &mut self.strip,
            HistoryFound::Fan(_) => &mut self.fan,
            HistoryFound::Coverage(_) => &mut self.coverage,
        };
        *place = Some(answer);
    }
}
