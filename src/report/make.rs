//! Simulations of a report's scenarios.

use std::sync::Arc;
use std::time::Duration;

use wattfolio_economics::results::compare_on;
use wattfolio_economics::risk::{Control, Simulator, Unfinished};
use wattfolio_economics::scenario::ValidScenario;

use super::input::Case;
use crate::market_data;
use crate::state::Simulated;
use crate::store::PresetView;

impl Case {
    /// A scenario with its plan, without a simulation.
    pub fn new(name: String, scenario: ValidScenario, view: PresetView) -> Self {
        let comparison = Arc::new(compare_on(&scenario, view.basis));
        Self {
            name,
            note: String::new(),
            letter: None,
            scenario: Arc::new(scenario),
            comparison,
            simulated: None,
            outlook: None,
        }
    }

    /// Simulates it, and with `is_deep` looks for where markets go and what decides.
    ///
    /// # Errors
    /// If the control ended it, or there is too little memory.
    pub fn simulate(
        &mut self,
        simulator: &mut Simulator,
        (view, is_deep): (PresetView, bool),
        control: &impl Control,
    ) -> Result<(), Unfinished> {
        simulator.set_record(market_data::resampled(view.factors, &self.scenario));
        if self.simulated.is_none() {
            let simulation = simulator.run(&self.scenario, view.basis, control)?;
            let plan = (Arc::clone(&self.scenario), Arc::clone(&self.comparison));
            // The time that it took has no place in a report, which is the same from every run.
            self.simulated = Some(Arc::new(Simulated::new(0, plan, simulation, Duration::ZERO)));
        }
        if is_deep && self.outlook.is_none() {
            self.outlook = Some(Arc::new(simulator.outlook(&self.scenario, view.basis, control)?));
        }
        Ok(())
    }
}
