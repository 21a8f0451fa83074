//! The mixes of a site, beside the frame: a new request ends the work of an older one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use wattfolio_economics::answers::mix::{Mixes, WholeSite};
use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::risk::{Control, Simulator, ToTheEnd, Unfinished};
use wattfolio_economics::scenario::Mix;

use super::App;
use super::simulation::{REPAINT_EVERY, Simulate};
use crate::market_data;
use crate::state::{Action, Finished, MixAsked, MixFound, Page};

/// State shared by the threads of the window and of mixes.
#[derive(Debug, Default)]
struct Shared {
    /// Revision of the newest request; work on any other ends.
    wanted: AtomicU64,
    /// Progress in thousandths.
    done: AtomicU32,
}

/// Finds mixes beside the window.
#[derive(Debug)]
pub(super) struct Mixing {
    shared: Arc<Shared>,
    /// Requests to the thread; `None` where the work is done in the frame.
    requests: Option<Sender<(u64, MixAsked)>>,
    at_once: Option<Simulator>,
    answers: Sender<Finished>,
    asked: Option<MixAsked>,
    is_running: bool,
}

impl Mixing {
    pub(super) fn new(ctx: &egui::Context, mode: Simulate, answers: Sender<Finished>) -> Self {
        let shared = Arc::new(Shared::default());
        let requests = (mode == Simulate::InBackground)
            .then(|| start(ctx.clone(), Arc::clone(&shared), answers.clone()))
            .flatten();
        Self { shared, requests, at_once: None, answers, asked: None, is_running: false }
    }

    /// Asks for mixes, unless they were asked for already.
    fn ask(&mut self, asked: &MixAsked) {
        if self.asked.as_ref().is_some_and(|known| known.is_same(asked)) {
            return;
        }
        self.asked = Some(asked.clone());
        self.shared.done.store(0, Ordering::Release);
        let revision = self.shared.wanted.fetch_add(1, Ordering::AcqRel) + 1;
        if let Some(requests) = &self.requests {
            self.is_running = requests.send((revision, asked.clone())).is_ok();
            return;
        }
        match self.at_once.take().map_or_else(|| Simulator::new(0), Ok) {
            Ok(mut simulator) => {
                answer(&mut simulator, asked.clone(), &ToTheEnd, &self.answers);
                self.at_once = Some(simulator);
            }
            Err(fault) => log::warn!("no mixes: {fault}"),
        }
    }

    /// Ends what runs; what was found stays.
    pub(super) fn cancel(&mut self) -> bool {
        self.shared.wanted.fetch_add(1, Ordering::AcqRel);
        std::mem::take(&mut self.is_running)
    }

    fn progress(&self) -> Option<f32> {
        self.is_running.then(|| self.shared.done.load(Ordering::Acquire) as f32 / 1000.0)
    }
}

impl Drop for Mixing {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// Finds the mixes of a request.
fn answer(simulator: &mut Simulator, asked: MixAsked, control: &impl Control, answers: &Sender<Finished>) {
    let started = Instant::now();
    simulator.set_record(market_data::resampled(asked.factors, &asked.scenario));
    let mut find = || -> Result<(WholeSite, Mixes), Unfinished> {
        let site = WholeSite::simulate(&asked.scenario, simulator, control)?;
        let mixes = Mixes::with_paths(&asked.scenario, &site, asked.basis, simulator, control)?;
        Ok((site, mixes))
    };
    match find() {
        Ok((site, mixes)) => {
            let found = MixFound { asked, mixes: Arc::new(mixes), site, took: started.elapsed() };
            // A closed window has dropped the receiver, and needs no result.
            answers.send(Finished::Mixed(Box::new(found))).ok();
        }
        // A superseded request needs no message.
        Err(Unfinished::Ended) => {}
        Err(fault) => log::warn!("no mixes: {fault}"),
    }
}

/// Starts the thread; it ends when the request channel is closed.
fn start(
    ctx: egui::Context,
    shared: Arc<Shared>,
    answers: Sender<Finished>,
) -> Option<Sender<(u64, MixAsked)>> {
    let (sender, requests) = channel();
    let work = move || serve(&ctx, &shared, &requests, &answers);
    match std::thread::Builder::new().name("mix".to_owned()).spawn(work) {
        Ok(_) => Some(sender),
        Err(fault) => {
            log::warn!("no thread for mixes, they are found in the frame: {fault}");
            None
        }
    }
}

fn serve(
    ctx: &egui::Context,
    shared: &Shared,
    requests: &Receiver<(u64, MixAsked)>,
    answers: &Sender<Finished>,
) {
    let mut simulator = match Simulator::new(0) {
        Ok(simulator) => simulator,
        Err(fault) => return log::warn!("no mixes: {fault}"),
    };
    while let Ok(request) = requests.recv() {
        // Older requests are superseded.
        let (revision, asked) = requests.try_iter().last().unwrap_or(request);
        let watch = Watch { ctx, shared, revision };
        answer(&mut simulator, asked, &watch, answers);
        if shared.wanted.load(Ordering::Acquire) == revision {
            answers.send(Finished::MixDone).ok();
        }
        ctx.request_repaint();
    }
}

/// Ends superseded work, and requests repaints that show its progress.
struct Watch<'a> {
    ctx: &'a egui::Context,
    shared: &'a Shared,
    revision: u64,
}

impl Control for Watch<'_> {
    fn proceed(&self, done: f64) -> bool {
        if self.shared.wanted.load(Ordering::Acquire) != self.revision {
            return false;
        }
        self.shared.done.store((done * 1000.0) as u32, Ordering::Release);
        self.ctx.request_repaint_after(REPAINT_EVERY);
        true
    }
}

impl App {
    /// Brings the page of mixes up to date: the mix under the knob now, all others beside the frame.
    pub(super) fn update_mix(&mut self) {
        if self.state.view.page != Page::Mix {
            return;
        }
        let asked = MixAsked {
            scenario: Arc::clone(&self.state.results.scenario),
            basis: self.state.results.comparison.basis,
            factors: self.state.document.factors(),
        };
        if self.mixing.asked.as_ref().is_none_or(|known| !known.is_same(&asked)) {
            self.state.mix.was_cancelled = false;
        }
        self.mixing.ask(&asked);
        for finished in self.jobs.take() {
            match finished {
                Finished::Mixed(found) => self.take_mixed(*found),
                other => self.actions.push(Action::Finished(other)),
            }
        }
        self.state.mix.progress = self.mixing.progress();
        let mix = &mut self.state.mix;
        let Some(found) = &mix.found else { return };
        mix.is_old = !found.asked.has_same_paths(&asked);
        let shares = asked.scenario.mix.shares();
        if mix.now.as_ref().is_none_or(|(known, _)| *known != shares) {
            mix.now = Some((shares, found.site.mixed(&shares)));
        }
    }

    /// Takes mixes that were found beside the frame.
    pub(super) fn take_mixed(&mut self, found: MixFound) {
        self.state.mix.now = None;
        self.state.mix.found = Some(Arc::new(found));
    }

    pub(super) fn mix_done(&mut self) {
        self.mixing.is_running = false;
    }

    /// Gives the scenario another mix.
    pub(super) fn set_mix(&mut self, shares: PerBusiness<f64>) {
        self.state.document.scenario_mut().mix = Mix::from(shares);
        self.state.view.inputs.refused = None;
    }
}
