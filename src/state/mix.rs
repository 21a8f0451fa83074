//! What the page of mixes shows.

use std::sync::Arc;
use std::time::Duration;

use wattfolio_economics::answers::mix::{Mixed, Mixes, Per, WholeSite};
use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::risk::FactorSource;
use wattfolio_economics::scenario::{Mix, Scenario, ValidScenario};

/// A part of the page of mixes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MixPart {
    /// Mixes of the site at hand.
    #[default]
    OneSite,
    /// The site at hand and others, each with its own mix.
    SeveralSites,
}

/// Settings of the page of mixes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MixView {
    /// The part that is shown.
    pub part: MixPart,
    /// What value and risk are counted for.
    pub per: Per,
}

/// What mixes are asked for.
#[derive(Clone, Debug)]
pub struct MixAsked {
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// Basis of the plan of its own mix.
    pub basis: Basis,
    /// Source of the simulated markets.
    pub factors: FactorSource,
}

impl MixAsked {
    /// Whether another request has the same answer.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.scenario, &other.scenario)
            && (self.basis, self.factors) == (other.basis, other.factors)
    }

    /// Whether another request has the same answer but for the scenario's own mix.
    pub fn has_same_paths(&self, other: &Self) -> bool {
        let without = |scenario: &Scenario| Scenario { mix: Mix::default(), ..scenario.clone() };
        self.factors == other.factors
            && (Arc::ptr_eq(&self.scenario, &other.scenario)
                || without(&self.scenario) == without(&other.scenario))
    }
}

/// Mixes that were found.
#[derive(Debug)]
pub struct MixFound {
    /// What they answer.
    pub asked: MixAsked,
    /// The mixes.
    pub mixes: Arc<Mixes>,
    /// The paths that they are made of.
    pub site: WholeSite,
    /// Time it took.
    pub took: Duration,
}

/// What the page of mixes shows.
#[derive(Debug, Default)]
pub struct MixState {
    /// The latest mixes.
    pub found: Option<Arc<MixFound>>,
    /// Shares of the scenario at hand, and their mix, scaled from the latest paths.
    pub now: Option<(PerBusiness<f64>, Option<Mixed>)>,
    /// Whether the latest mixes are of other inputs than those at hand; their own mix aside.
    pub is_old: bool,
    /// Progress of the work, 0 to 1; `None` if there is none.
    pub progress: Option<f32>,
    /// Whether the user ended it.
    pub was_cancelled: bool,
}
