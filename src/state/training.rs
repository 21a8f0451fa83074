//! What the page of training costs shows.

use std::sync::Arc;

use wattfolio_economics::answers::training_cost::{Against, Prices, RunCost, TrainingCost};
use wattfolio_economics::scenario::ValidScenario;

/// Settings of the page of training costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrainingView {
    /// The run that is drawn, counted from 0.
    pub run: usize,
    /// What its costs are drawn against.
    pub against: Against,
}

/// Training runs priced in a scenario, and along an axis.
#[derive(Debug)]
pub struct Trained {
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// The axis.
    pub against: Against,
    /// The runs.
    pub cost: TrainingCost,
    /// The markets as they are.
    pub now: Prices,
    /// The markets at twice the bitcoin price; `None` where that is not allowed.
    pub doubled: Option<Prices>,
    /// The markets along the axis, by the value of its input, ascending; none where that is 0.
    pub along: Vec<(f64, Prices)>,
}

/// Points of a curve.
const POINTS: i32 = 48;
/// Factor from the scenario's own value to either end of the axis.
const REACH: f64 = 3.5;

impl Trained {
    /// Prices the runs along an axis.
    pub fn new(scenario: Arc<ValidScenario>, cost: TrainingCost, against: Against) -> Self {
        let (now, doubled) = (cost.now(), cost.at_bitcoin_times(2.0).ok());
        let own = cost.value(against);
        let value = |point: i32| own * REACH.powf(2.0 * f64::from(point) / f64::from(POINTS) - 1.0);
        let along = (0..=POINTS).filter(|_| own > 0.0).map(value);
        let along = along.filter_map(|value| Some((value, cost.at(against, value).ok()?))).collect();
        Self { scenario, against, cost, now, doubled, along }
    }

    /// Whether it is what a scenario and an axis ask for.
    pub fn is_of(&self, scenario: &Arc<ValidScenario>, against: Against) -> bool {
        Arc::ptr_eq(&self.scenario, scenario) && self.against == against
    }

    /// Costs of a run as the scenario is; those of the first where there is no run of that number.
    pub fn now_of(&self, run: usize) -> Option<RunCost> {
        self.cost.cost(run, &self.now).or_else(|| self.cost.cost(0, &self.now))
    }

    /// Costs of a run with a doubled bitcoin.
    pub fn doubled_of(&self, run: usize) -> Option<RunCost> {
        self.cost.cost(run, self.doubled.as_ref()?)
    }
}
