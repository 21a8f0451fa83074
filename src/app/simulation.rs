//! Simulations beside the window: the newest scenario wins, and what it makes stale is ended at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use wattfolio_economics::results::Comparison;
use wattfolio_economics::risk::{Control, Simulation, Simulator, ToTheEnd, Unfinished};
use wattfolio_economics::scenario::ValidScenario;

use super::deep::{self, Glance};
use crate::state::{Deep, Finished, Simulated};

/// Time without a request after which a drag is over.
const CALM: Duration = Duration::from_millis(120);
/// Least interval between repaints that show the progress.
const REPAINT_EVERY: Duration = Duration::from_millis(100);

/// Where simulations run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Simulate {
    /// In the frame that asks for them: for pictures and tests, whose frames may take their time.
    #[default]
    AtOnce,
    /// On a thread of their own, for a window.
    InBackground,
}

/// A scenario to be simulated.
#[derive(Debug)]
struct Request {
    scenario: Arc<ValidScenario>,
    /// Its plan, on the basis of the simulation.
    comparison: Arc<Comparison>,
    revision: u64,
    /// Whether to look deeper after the figures.
    is_deep: bool,
    /// An answer that nobody looks at any more, whose memory can be used again.
    spent: Option<Simulation>,
}

/// What the thread of the window and that of the simulation both see.
#[derive(Debug, Default)]
struct Shared {
    /// The revision that is wanted; a run of any other ends.
    wanted: AtomicU64,
    /// Progress of the run in thousandths.
    done: AtomicU32,
}

/// Asks for simulations and knows which answer is still wanted.
#[derive(Debug)]
pub struct Simulations {
    shared: Arc<Shared>,
    /// To the thread; `None` where simulations run at once.
    requests: Option<Sender<Request>>,
    at_once: Option<Simulator>,
    answers: Sender<Finished>,
    /// What was asked for last, and whether to look deeper.
    asked: Option<(Arc<Comparison>, bool)>,
    running_since: Option<Instant>,
    spent: Option<Simulation>,
}

impl Simulations {
    /// Simulations whose answers go to a channel and wake a window.
    pub fn new(ctx: &egui::Context, mode: Simulate, answers: Sender<Finished>) -> Self {
        let shared = Arc::new(Shared::default());
        let requests = (mode == Simulate::InBackground)
            .then(|| start(ctx.clone(), Arc::clone(&shared), answers.clone()))
            .flatten();
        Self { shared, requests, at_once: None, answers, asked: None, running_since: None, spent: None }
    }

    /// Asks for a scenario unless it was the last that was asked for; what runs for an older one ends.
    pub fn ask(&mut self, scenario: &Arc<ValidScenario>, comparison: &Arc<Comparison>, is_deep: bool) {
        let is_known =
            |asked: &(Arc<Comparison>, bool)| Arc::ptr_eq(&asked.0, comparison) && (asked.1 || !is_deep);
        if self.asked.as_ref().is_some_and(is_known) {
            return;
        }
        self.asked = Some((Arc::clone(comparison), is_deep));
        let revision = self.shared.wanted.fetch_add(1, Ordering::AcqRel) + 1;
        self.shared.done.store(0, Ordering::Release);
        let spent = self.spent.take();
        let (scenario, comparison) = (Arc::clone(scenario), Arc::clone(comparison));
        let request = Request { scenario, comparison, revision, is_deep, spent };
        self.running_since = Some(Instant::now());
        let Some(requests) = &self.requests else { return self.run_now(request) };
        if requests.send(request).is_err() {
            // The thread could not make a simulator, and has said so.
            self.running_since = None;
        }
    }

    fn run_now(&mut self, request: Request) {
        let simulator = self.at_once.take().map_or_else(|| Simulator::new(0), Ok);
        match simulator {
            Ok(mut simulator) => {
                let scenario = Arc::clone(&request.scenario);
                answer(&mut simulator, request, &ToTheEnd, (&self.answers, &|| {}));
                simulator.prepare(&scenario);
                self.at_once = Some(simulator);
            }
            Err(fault) => log::warn!("no simulation: {fault}"),
        }
    }

    /// Takes an answer that a newer one replaces.
    pub fn give_back(&mut self, spent: Arc<Simulated>) {
        self.spent = Arc::into_inner(spent).map(|simulated| simulated.simulation);
    }

    /// Ends the run; what was found last stays.
    pub fn cancel(&mut self) {
        self.shared.wanted.fetch_add(1, Ordering::AcqRel);
        self.running_since = None;
    }

    /// Whether an answer is the one that is waited for; then nothing runs any more.
    pub fn accept(&mut self, simulated: &Simulated) -> bool {
        self.end(simulated.revision)
    }

    /// Whether the run that is waited for has come to its end, with or without an answer; then nothing runs any more.
    pub fn end(&mut self, revision: u64) -> bool {
        let is_wanted = revision == self.shared.wanted.load(Ordering::Acquire);
        if is_wanted {
            self.running_since = None;
        }
        is_wanted
    }

    /// Whether what was found deeper belongs to the answer that is waited for or shown.
    pub fn accept_deep(&self, deep: &Deep) -> bool {
        deep.revision == self.shared.wanted.load(Ordering::Acquire)
    }

    /// Share of the run that is done and the time it has taken, while one runs.
    pub fn progress(&self) -> Option<(f32, Duration)> {
        let since = self.running_since?;
        Some((self.shared.done.load(Ordering::Acquire) as f32 / 1000.0, since.elapsed()))
    }
}

impl Drop for Simulations {
    fn drop(&mut self) {
        // Nobody waits for the run any more.
        self.cancel();
    }
}

/// Runs a request and sends what it finds, figures first.
fn answer(
    simulator: &mut Simulator,
    mut request: Request,
    control: &impl Control,
    (answers, wake): (&Sender<Finished>, &dyn Fn()),
) {
    let started = Instant::now();
    if let Some(spent) = request.spent.take() {
        simulator.give_back(spent);
    }
    let Request { scenario, comparison, revision, is_deep, .. } = request;
    let basis = comparison.basis;
    let refuse = |reason: Unfinished| {
        // What was ended is no longer waited for.
        if reason != Unfinished::Ended {
            answers.send(Finished::NotSimulated(revision, reason)).ok();
            wake();
        }
    };
    let simulation = match simulator.run(&scenario, basis, control) {
        Ok(simulation) => simulation,
        Err(reason) => return refuse(reason),
    };
    let took = started.elapsed();
    let glance = is_deep.then(|| Glance::new(&simulation));
    // The window may be gone by now; then nobody needs the answer.
    let plan = (Arc::clone(&scenario), comparison);
    answers.send(Finished::Simulated(Box::new(Simulated::new(revision, plan, simulation, took)))).ok();
    wake();
    let Some(glance) = glance else { return };
    match deep::look(simulator, &scenario, basis, (revision, glance), control) {
        Ok(found) => {
            answers.send(Finished::LookedDeeper(Box::new(found))).ok();
            wake();
        }
        Err(reason) => refuse(reason),
    }
}

/// Starts the thread; it ends when nobody can ask any more.
fn start(ctx: egui::Context, shared: Arc<Shared>, answers: Sender<Finished>) -> Option<Sender<Request>> {
    let (sender, requests) = channel();
    let work = move || serve(&ctx, &shared, &requests, &answers);
    match std::thread::Builder::new().name("simulation".to_owned()).spawn(work) {
        Ok(_) => Some(sender),
        Err(fault) => {
            log::warn!("no thread for simulations, they run in the frame: {fault}");
            None
        }
    }
}

fn serve(ctx: &egui::Context, shared: &Shared, requests: &Receiver<Request>, answers: &Sender<Finished>) {
    let mut simulator = match Simulator::new(0) {
        Ok(simulator) => simulator,
        Err(fault) => return log::warn!("no simulation: {fault}"),
    };
    let mut answered = None;
    while let Some(request) = next_request(requests, &mut simulator, &mut answered) {
        // Only the newest is worth a run.
        let request = requests.try_iter().last().unwrap_or(request);
        answered = Some(Arc::clone(&request.scenario));
        let watch = Watch { ctx, shared, revision: request.revision, started: Instant::now() };
        answer(&mut simulator, request, &watch, (answers, &|| ctx.request_repaint()));
    }
}

/// Waits for a request. When none follows for a moment, the markets of the last one are drawn ahead, so that the first
/// steps of a drag are as fast as the others.
fn next_request(
    requests: &Receiver<Request>,
    simulator: &mut Simulator,
    answered: &mut Option<Arc<ValidScenario>>,
) -> Option<Request> {
    if let Some(scenario) = answered.take() {
        match requests.recv_timeout(CALM) {
            Ok(request) => return Some(request),
            Err(RecvTimeoutError::Timeout) => simulator.prepare(&scenario),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    requests.recv().ok()
}

/// Ends a run that is no longer wanted, and now and then has the window show how far it is.
struct Watch<'a> {
    ctx: &'a egui::Context,
    shared: &'a Shared,
    revision: u64,
    started: Instant,
}

impl Control for Watch<'_> {
    fn proceed(&self, done: f64) -> bool {
        if self.shared.wanted.load(Ordering::Acquire) != self.revision {
            return false;
        }
        self.shared.done.store((done * 1000.0) as u32, Ordering::Release);
        // A run that is over in no time needs no frames of its own.
        if self.started.elapsed() > REPAINT_EVERY {
            self.ctx.request_repaint_after(REPAINT_EVERY);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::results::compare;
    use wattfolio_economics::scenario::Scenario;

    use super::*;

    fn plan(paths: u32, price: f64) -> (Arc<ValidScenario>, Arc<Comparison>) {
        let mut scenario = Scenario::default();
        scenario.risk.paths = paths;
        scenario.power.price_usd_per_kwh.value = price;
        let scenario = scenario.validate().expect("valid");
        let comparison = Arc::new(compare(&scenario));
        (Arc::new(scenario), comparison)
    }

    fn answer(receiver: &Receiver<Finished>) -> Box<Simulated> {
        loop {
            let finished = receiver.recv_timeout(Duration::from_mins(2)).expect("an answer");
            if let Finished::Simulated(simulated) = finished {
                return simulated;
            }
        }
    }

    #[test]
    fn the_newest_wins_and_its_numbers_are_those_of_a_run_at_once() {
        let ctx = egui::Context::default();
        let (sender, receiver) = channel();
        let mut background = Simulations::new(&ctx, Simulate::InBackground, sender);
        // A long run that is overtaken at once.
        let (long, comparison) = plan(1_000_000, 0.045);
        background.ask(&long, &comparison, false);
        let (short, comparison) = plan(1000, 0.030);
        background.ask(&short, &comparison, false);
        let found = answer(&receiver);
        assert!(background.accept(&found) && background.progress().is_none());

        let (sender, receiver) = channel();
        let mut at_once = Simulations::new(&ctx, Simulate::AtOnce, sender);
        at_once.ask(&short, &comparison, false);
        assert_eq!(answer(&receiver).simulation, found.simulation);
    }

    #[test]
    fn a_cancelled_run_ends_and_its_answer_is_not_taken() {
        let ctx = egui::Context::default();
        let (sender, receiver) = channel();
        let mut simulations = Simulations::new(&ctx, Simulate::InBackground, sender);
        let (long, comparison) = plan(1_000_000, 0.045);
        simulations.ask(&long, &comparison, false);
        assert!(simulations.progress().is_some());
        simulations.cancel();
        assert!(simulations.progress().is_none());
        // The thread is free for the next, and nothing of the first is accepted.
        let (short, comparison) = plan(1000, 0.045);
        simulations.ask(&short, &comparison, false);
        assert_eq!(answer(&receiver).simulation.paths, 1000);
    }
}
