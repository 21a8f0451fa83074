//! The winner map: a coarse one in the frame, while an input is dragged, and a fine one beside the window after it.

use std::sync::Arc;

use wattfolio_economics::risk::ToTheEnd;
use wattfolio_economics::scenario::ValidScenario;

use super::App;
use super::background::{Answers, Background, Watch, Work};
use crate::state::{Finished, MapFound, MapKey, Page};

/// Columns and rows of a map in the frame.
const COARSE: usize = 24;
/// Columns and rows of the map beside it.
const FINE: usize = 96;

/// Maps beside the window.
pub(super) type Maps = Background<Mapper>;

/// Makes fine maps.
#[derive(Debug, Default)]
pub(super) struct Mapper;

impl Work for Mapper {
    const NAME: &'static str = "winner map";
    type Request = (Arc<ValidScenario>, MapKey);

    fn is_same((_, known): &Self::Request, (_, asked): &Self::Request) -> bool {
        known == asked
    }

    fn answer(&mut self, (scenario, key): Self::Request, watch: &Watch<'_>, answers: &Answers) {
        // A superseded map needs no message.
        if let Ok(found) = MapFound::compute(&scenario, key, FINE, watch) {
            answers.send(Finished::Mapped(Box::new(found)));
        }
    }
}

impl App {
    /// Brings the winner map up to date while its page is shown.
    pub(super) fn update_winner_map(&mut self) {
        if self.state.view.page != Page::WinnerMap {
            return;
        }
        let scenario = Arc::clone(&self.state.results.scenario);
        let axes = match self.state.view.winner_map.axes(&scenario) {
            Ok(axes) => axes,
            Err(reason) => {
                self.state.winner_map.found = None;
                self.state.winner_map.problem = Some(format!("{reason}."));
                return;
            }
        };
        let basis = self.state.results.comparison.basis;
        let key = MapKey::new(&scenario, axes, basis, self.state.document.criterion());
        if self.state.winner_map.found.as_ref().is_some_and(|found| found.key == key) {
            return;
        }
        self.state.winner_map.problem = None;
        let at_once = if self.maps.is_beside() { COARSE } else { FINE };
        match MapFound::compute(&scenario, key.clone(), at_once, &ToTheEnd) {
            Ok(found) => self.state.winner_map.found = Some(found),
            Err(reason) => {
                self.state.winner_map.found = None;
                self.state.winner_map.problem = Some(format!("{reason}."));
                return;
            }
        }
        if self.maps.is_beside() {
            // A map that was replaced by one of another key is made again.
            self.maps.ask_anew((scenario, key));
        }
    }

    /// Takes a map that was made beside the window, unless it belongs to an older scenario.
    pub(super) fn take_map(&mut self, found: MapFound) {
        if self.state.winner_map.found.as_ref().is_some_and(|shown| shown.key == found.key) {
            self.state.winner_map.found = Some(found);
        }
    }
}
