//! The page of training costs: priced in the frame, once for each scenario and axis.

use std::sync::Arc;

use super::App;
use crate::market_data;
use crate::state::{Page, Trained};

impl App {
    /// Brings the page of training costs up to date.
    pub(super) fn update_training(&mut self) {
        if self.state.view.page != Page::TrainingCost {
            return;
        }
        let (scenario, against) = (&self.state.results.scenario, self.state.view.training.against);
        if self.state.training.as_ref().is_some_and(|known| known.is_of(scenario, against)) {
            return;
        }
        let cost = market_data::training_cost(scenario);
        self.state.training = Some(Trained::new(Arc::clone(scenario), cost, against));
    }
}
