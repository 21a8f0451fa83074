//! The sensitivity page: found in the frame in which an input moves.

use super::App;
use crate::state::{Answered, Page};

impl App {
    /// Brings the sensitivity page up to date.
    pub(super) fn update_sensitivity(&mut self) {
        if self.state.view.page != Page::Sensitivity {
            return;
        }
        let (results, view) = (&self.state.results, self.state.view.sensitivity);
        let criterion = self.state.document.criterion();
        let known = self.state.sensitivity.as_deref();
        if known.is_some_and(|known| known.is_of(&results.scenario, &results.comparison, view, criterion)) {
            return;
        }
        let of = (&results.scenario, &*results.comparison);
        self.state.sensitivity = Some(std::sync::Arc::new(Answered::new(of, view, criterion, known)));
    }
}
