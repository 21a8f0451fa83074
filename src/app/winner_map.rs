//! The winner map: a coarse one in the frame, while an input is dragged, and beside the window the borders about today, a fine
//! map, and the filmstrip of a third input.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use wattfolio_economics::answers::NotMapped;
use wattfolio_economics::risk::{Control, ToTheEnd};
use wattfolio_economics::scenario::ValidScenario;

use super::App;
use super::simulation::Simulate;
use crate::state::{
    Action, Finished, MapFound, MapKey, NearFound, NearKey, Page, StripFound, StripKey, WinnerMapState,
};

/// Columns and rows of a map in the frame.
const COARSE: usize = 24;
/// Columns and rows of the map beside it.
const FINE: usize = 96;

/// What the page waits for.
#[derive(Clone, Debug, PartialEq)]
struct Wanted {
    map: MapKey,
    strip: Option<StripKey>,
    near: NearKey,
}

/// The parts of it that are not there yet.
struct Request {
    scenario: Arc<ValidScenario>,
    near: Option<NearKey>,
    map: Option<MapKey>,
    strip: Option<StripKey>,
    revision: u64,
}

/// Maps beside the window; a new request ends an older one.
#[derive(Debug)]
pub(super) struct Maps {
    /// Revision of the newest request.
    wanted: Arc<AtomicU64>,
    /// Requests to the thread; `None` where everything is made in the frame.
    requests: Option<Sender<Request>>,
    /// What was asked for last.
    asked: Option<Wanted>,
}

impl Maps {
    pub(super) fn new(ctx: &egui::Context, mode: Simulate, answers: Sender<Finished>) -> Self {
        let wanted = Arc::new(AtomicU64::new(0));
        let requests = (mode == Simulate::InBackground)
            .then(|| start(ctx.clone(), Arc::clone(&wanted), answers))
            .flatten();
        Self { wanted, requests, asked: None }
    }
}

impl Drop for Maps {
    fn drop(&mut self) {
        self.wanted.fetch_add(1, Ordering::AcqRel);
    }
}

/// Starts the thread; it ends when the request channel is closed.
fn start(ctx: egui::Context, wanted: Arc<AtomicU64>, answers: Sender<Finished>) -> Option<Sender<Request>> {
    let (sender, requests) = channel();
    let work = move || serve(&ctx, &wanted, &requests, &answers);
    match std::thread::Builder::new().name("winner map".to_owned()).spawn(work) {
        Ok(_) => Some(sender),
        Err(fault) => {
            log::warn!("no thread for winner maps, they are made in the frame: {fault}");
            None
        }
    }
}

fn serve(ctx: &egui::Context, wanted: &AtomicU64, requests: &Receiver<Request>, answers: &Sender<Finished>) {
    while let Ok(request) = requests.recv() {
        // Older requests are superseded.
        let request = requests.try_iter().last().unwrap_or(request);
        let watch = Watch { wanted, revision: request.revision };
        let answer = |finished: Finished| {
            answers.send(finished).ok();
            ctx.request_repaint();
        };
        answer_all(request, &watch, answer);
    }
}

/// Finds what is asked for, the quickest first. What is superseded needs no message.
fn answer_all(request: Request, control: &impl Control, mut answer: impl FnMut(Finished)) {
    let Request { scenario, near, map, strip, .. } = request;
    if let Some(key) = near {
        answer(Finished::Bordered(Box::new(NearFound::compute(key))));
    }
    if let Some(found) = map.and_then(|key| MapFound::compute(&scenario, key, FINE, control).ok()) {
        answer(Finished::Mapped(Box::new(found)));
    }
    if let Some(found) = strip.and_then(|key| StripFound::compute(&scenario, key, control).ok()) {
        answer(Finished::Filmed(Box::new(found)));
    }
}

/// Ends a superseded map.
struct Watch<'a> {
    wanted: &'a AtomicU64,
    revision: u64,
}

impl Control for Watch<'_> {
    fn proceed(&self, _: f64) -> bool {
        self.wanted.load(Ordering::Acquire) == self.revision
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
        self.maps.asked = None;
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
        if self.maps.asked.as_ref() == Some(&wanted) {
            return;
        }
        let has_map = shown.found.as_ref().is_some_and(|found| found.cells == FINE);
        let has_strip = shown.strip.as_ref().is_some_and(|(_, is_old)| !is_old);
        let has_near = shown.near.as_ref().is_some_and(|(_, is_old)| !is_old);
        let request = Request {
            scenario,
            near: (!has_near).then(|| wanted.near.clone()),
            map: (!has_map).then(|| wanted.map.clone()),
            strip: wanted.strip.clone().filter(|_| !has_strip),
            revision: self.maps.wanted.fetch_add(1, Ordering::AcqRel) + 1,
        };
        self.maps.asked = Some(wanted);
        if let Some(requests) = &self.maps.requests {
            // Without its thread the coarse map stays.
            requests.send(request).ok();
            return;
        }
        let mut found = Vec::new();
        answer_all(request, &ToTheEnd, |finished| found.push(finished));
        for finished in found {
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
        if self.maps.asked.as_ref().and_then(|asked| asked.strip.as_ref()) == Some(&found.key) {
            self.state.winner_map.strip = Some((found, false));
        }
    }

    /// The same of borders; of a drag each answer is shown, as the next one may take as long.
    pub(super) fn take_near(&mut self, found: NearFound) {
        let is_old = self.maps.asked.as_ref().is_none_or(|asked| asked.near != found.key);
        self.state.winner_map.near = Some((found, is_old));
    }
}
