//! The winner map: a coarse one in the frame, while an input is dragged, and a fine one beside the window after it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use wattfolio_economics::risk::{Control, ToTheEnd};
use wattfolio_economics::scenario::ValidScenario;

use super::App;
use super::simulation::Simulate;
use crate::state::{Finished, MapFound, MapKey, Page};

/// Columns and rows of a map in the frame.
const COARSE: usize = 24;
/// Columns and rows of the map beside it.
const FINE: usize = 96;

struct Request {
    scenario: Arc<ValidScenario>,
    key: MapKey,
    revision: u64,
}

/// Maps beside the window; a new request ends an older one.
#[derive(Debug)]
pub(super) struct Maps {
    /// Revision of the newest request.
    wanted: Arc<AtomicU64>,
    /// Requests to the thread; `None` where the fine map is made in the frame.
    requests: Option<Sender<Request>>,
}

impl Maps {
    pub(super) fn new(ctx: &egui::Context, mode: Simulate, answers: Sender<Finished>) -> Self {
        let wanted = Arc::new(AtomicU64::new(0));
        let requests = (mode == Simulate::InBackground)
            .then(|| start(ctx.clone(), Arc::clone(&wanted), answers))
            .flatten();
        Self { wanted, requests }
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
        // A superseded map needs no message.
        if let Ok(found) = MapFound::compute(&request.scenario, request.key, FINE, &watch) {
            answers.send(Finished::Mapped(Box::new(found))).ok();
            ctx.request_repaint();
        }
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
        let revision = self.maps.wanted.fetch_add(1, Ordering::AcqRel) + 1;
        let at_once = if self.maps.requests.is_some() { COARSE } else { FINE };
        match MapFound::compute(&scenario, key.clone(), at_once, &ToTheEnd) {
            Ok(found) => self.state.winner_map.found = Some(found),
            Err(reason) => {
                self.state.winner_map.found = None;
                self.state.winner_map.problem = Some(format!("{reason}."));
                return;
            }
        }
        if let Some(requests) = &self.maps.requests {
            // Without its thread the coarse map stays.
            requests.send(Request { scenario, key, revision }).ok();
        }
    }

    /// Takes a map that was made beside the window, unless it belongs to an older scenario.
    pub(super) fn take_map(&mut self, found: MapFound) {
        if self.state.winner_map.found.as_ref().is_some_and(|shown| shown.key == found.key) {
            self.state.winner_map.found = Some(found);
        }
    }
}
