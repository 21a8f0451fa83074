//! The winner map: a coarse one in the frame, while an input is dragged, and beside the window the borders about today, a fine
//! map, and the filmstrip of a third input.

use std::sync::Arc;

use wattfolio_economics::answers::NotMapped;
use wattfolio_economics::risk::ToTheEnd;
use wattfolio_economics::scenario::ValidScenario;

use super::App;
use super::background::{Answers, Background, Watch, Work};
use crate::state::{
    Action, Finished, MapFound, MapKey, NearFound, NearKey, Page, StripFound, StripKey, WinnerMapState,
};

/// Columns and rows of a map in the frame.
const COARSE: usize = 24;
/// Columns and rows of the map beside it.
const FINE: usize = 96;

/// What the page waits for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    map: MapKey,
    strip: Option<StripKey>,
    near: NearKey,
}

/// The same with the parts of it that are not there yet.
#[derive(Clone, Debug)]
pub(super) struct Request {
    scenario: Arc<ValidScenario>,
    wanted: Wanted,
    has_near: bool,
    has_map: bool,
    has_strip: bool,
}

/// Maps, filmstrips and borders beside the window.
pub(super) type Maps = Background<Mapper>;

/// Makes them, the quickest first.
#[derive(Debug, Default)]
pub(super) struct Mapper;

impl Work for Mapper {
    const NAME: &'static str = "winner map";
    type Request = Request;

    fn is_same(known: &Request, asked: &Request) -> bool {
        known.wanted == asked.wanted
    }

    /// What is superseded needs no message.
    fn answer(&mut self, request: Request, watch: &Watch<'_>, answers: &Answers) {
        let Request { scenario, wanted, has_near, has_map, has_strip } = request;
        if !has_near {
            answers.send(Finished::Bordered(Box::new(NearFound::compute(wanted.near))));
        }
        if !has_map && let Ok(found) = MapFound::compute(&scenario, wanted.map, FINE, watch) {
            answers.send(Finished::Mapped(Box::new(found)));
        }
        if let Some(key) = wanted.strip.filter(|_| !has_strip)
            && let Ok(found) = StripFound::compute(&scenario, key, watch)
        {
            answers.send(Finished::Filmed(Box::new(found)));
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
                self.no_map(&reason);
                return;
            }
        };
        let basis = self.state.results.comparison.basis;
        let map = MapKey::new(&scenario, axes, basis, self.state.document.criterion());
        if let Err(reason) = self.map_in_the_frame(&scenario, &map) {
            self.no_map(&reason);
            return;
        }
        let shown = &mut self.state.winner_map;
        shown.problem = None;
        let view = self.state.view.winner_map;
        shown.third = view.third(&scenario, (&map.axes.0, &map.axes.1), shown.third.as_ref());
        let near = NearKey::new(&scenario, &map, shown.third.as_ref());
        let strip = shown.third.clone().map(|third| StripKey::new(&scenario, &map, third));
        self.ask(scenario, Wanted { map, strip, near });
    }

    fn no_map(&mut self, reason: &impl std::fmt::Display) {
        self.maps.forget();
        self.state.winner_map =
            WinnerMapState { problem: Some(format!("{reason}.")), ..WinnerMapState::default() };
    }

    /// The coarse map, unless one of the same is there.
    fn map_in_the_frame(&mut self, scenario: &ValidScenario, key: &MapKey) -> Result<(), NotMapped> {
        if self.state.winner_map.found.as_ref().is_some_and(|found| found.key == *key) {
            return Ok(());
        }
        self.state.winner_map.found = Some(MapFound::compute(scenario, key.clone(), COARSE, &ToTheEnd)?);
        Ok(())
    }

    /// Asks for what is not there yet, unless it was asked for before.
    fn ask(&mut self, scenario: Arc<ValidScenario>, wanted: Wanted) {
        let shown = &mut self.state.winner_map;
        // An answer to another question is not kept, one to the same about earlier inputs is.
        shown.strip.take_if(|(found, _)| {
            let is_of = |key: &StripKey| {
                (key.inputs(), key.criterion()) == (found.key.inputs(), found.key.criterion())
            };
            !wanted.strip.as_ref().is_some_and(is_of)
        });
        if let Some((found, is_old)) = &mut shown.strip {
            *is_old = wanted.strip.as_ref() != Some(&found.key);
        }
        if let Some((found, is_old)) = &mut shown.near {
            *is_old = wanted.near != found.key;
        }
        let request = Request {
            scenario,
            wanted,
            has_map: shown.found.as_ref().is_some_and(|found| found.cells == FINE),
            has_strip: shown.strip.as_ref().is_some_and(|(_, is_old)| !is_old),
            has_near: shown.near.as_ref().is_some_and(|(_, is_old)| !is_old),
        };
        self.maps.ask(request);
        for finished in self.jobs.take() {
            match finished {
                Finished::Mapped(found) => self.take_map(*found),
                Finished::Filmed(found) => self.take_strip(*found),
                Finished::Bordered(found) => self.take_near(*found),
                other => self.actions.push(Action::Finished(other)),
            }
        }
    }

    /// Takes a map that was made beside the window, unless it belongs to an older scenario.
    pub(super) fn take_map(&mut self, found: MapFound) {
        if self.state.winner_map.found.as_ref().is_some_and(|shown| shown.key == found.key) {
            self.state.winner_map.found = Some(found);
        }
    }

    /// The same of a filmstrip.
    pub(super) fn take_strip(&mut self, found: StripFound) {
        if self.maps.asked().and_then(|asked| asked.wanted.strip.as_ref()) == Some(&found.key) {
            self.state.winner_map.strip = Some((found, false));
        }
    }

    /// The same of borders; of a drag each answer is shown, as the next one may take as long.
    pub(super) fn take_near(&mut self, found: NearFound) {
        let is_old = self.maps.asked().is_none_or(|asked| asked.wanted.near != found.key);
        self.state.winner_map.near = Some((found, is_old));
    }
}
