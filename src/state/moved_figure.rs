//! What every input does to a figure of the simulation: found beside the window.

use std::sync::Arc;

use wattfolio_economics::answers::SimulatedTornado;
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::risk::{FactorSource, RiskFigure};
use wattfolio_economics::scenario::ValidScenario;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct FigureAsked {
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// Basis of the flows.
    pub basis: Basis,
    /// Source of the simulated markets.
    pub factors: FactorSource,
    /// The business.
    pub of: Business,
    /// The figure.
    pub figure: &'static RiskFigure,
}

impl FigureAsked {
    /// Whether another request has the same answer.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.scenario, &other.scenario)
            && (self.basis, self.factors, self.of) == (other.basis, other.factors, other.of)
            && self.figure == other.figure
    }

    /// Whether another request is for the same figure, perhaps with other inputs.
    pub fn has_same_figure(&self, other: &Self) -> bool {
        self.of == other.of && self.figure == other.figure
    }
}

/// An answer.
#[derive(Debug)]
pub struct FigureFound {
    /// What it answers.
    pub asked: FigureAsked,
    /// What every input does.
    pub tornado: Arc<SimulatedTornado>,
}

/// What the sensitivity page shows of a figure of the simulation.
#[derive(Debug, Default)]
pub struct FigureState {
    /// The latest answer.
    pub found: Option<Arc<FigureFound>>,
    /// Whether it is of other inputs than those at hand.
    pub is_old: bool,
    /// Progress of the work, 0 to 1; `None` if there is none.
    pub progress: Option<f32>,
    /// Whether the user ended it.
    pub was_cancelled: bool,
}
