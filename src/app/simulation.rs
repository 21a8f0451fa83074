//! Background simulations: a new request cancels the run of an older one at once.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use wattfolio_economics::results::Comparison;
use wattfolio_economics::risk::{Control, FactorSource, Simulation, Simulator, ToTheEnd, Unfinished};
use wattfolio_economics::scenario::ValidScenario;

use super::background::{Newest, Watch};
use super::deep::{self, Glance};
use crate::market_data;
use crate::state::{Deep, Finished, Simulated};

/// Time without a request after which a drag counts as finished.
const CALM: Duration = Duration::from_millis(120);

/// Thread of the simulations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Simulate {
    /// In the requesting frame: for pictures and tests, where a frame may take long.
    #[default]
    AtOnce,
    /// On a thread of their own, for a window.
    InBackground,
}

/// A request for a simulation.
#[derive(Debug)]
struct Request {
    scenario: Arc<ValidScenario>,
    /// Deterministic results of the scenario, on the basis of the simulation.
    comparison: Arc<Comparison>,
    factors: FactorSource,
    revision: u64,
    /// True if the deeper analysis follows the figures.
    is_deep: bool,
    /// A superseded result, whose buffers the simulator reuses.
    spent: Option<Simulation>,
}

/// Requests simulations and rejects superseded results.
#[derive(Debug)]
pub struct Simulations {
    newest: Arc<Newest>,
    /// Requests to the thread; `None` if simulations run in the frame.
    requests: Option<Sender<Request>>,
    at_once: Option<Simulator>,
    answers: Sender<Finished>,
    /// The last request: its plan, its source of markets, and true if it included the deeper analysis.
    asked: Option<(Arc<Comparison>, FactorSource, bool)>,
    running_since: Option<Instant>,
    spent: Option<Simulation>,
}

impl Simulations {
    /// Simulations that send their results to a channel and wake the window.
    pub fn new(ctx: &egui::Context, mode: Simulate, answers: Sender<Finished>) -> Self {
        let newest = Arc::new(Newest::default());
        let requests = (mode == Simulate::InBackground)
            .then(|| start(ctx.clone(), Arc::clone(&newest), answers.clone()))
            .flatten();
        Self { newest, requests, at_once: None, answers, asked: None, running_since: None, spent: None }
    }

    /// Requests a simulation unless the last request was the same; a run of an older request ends.
    pub fn ask(
        &mut self,
        (scenario, comparison): (&Arc<ValidScenario>, &Arc<Comparison>),
        factors: FactorSource,
        is_deep: bool,
    ) {
        let is_known = |(plan, source, was_deep): &(Arc<Comparison>, FactorSource, bool)| {
            Arc::ptr_eq(plan, comparison) && *source == factors && (*was_deep || !is_deep)
        };
        if self.asked.as_ref().is_some_and(is_known) {
            return;
        }
        self.asked = Some((Arc::clone(comparison), factors, is_deep));
        let revision = self.newest.supersede();
        let spent = self.spent.take();
        let (scenario, comparison) = (Arc::clone(scenario), Arc::clone(comparison));
        let request = Request { scenario, comparison, factors, revision, is_deep, spent };
        self.running_since = Some(Instant::now());
        let Some(requests) = &self.requests else { return self.run_now(request) };
        if requests.send(request).is_err() {
            // The thread could not create a simulator, which it has logged.
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

    /// Takes a superseded result, whose buffers the next run reuses.
    pub fn give_back(&mut self, spent: Arc<Simulated>) {
        self.spent = Arc::into_inner(spent).map(|simulated| simulated.simulation);
    }

    /// Cancels the run; the last result stays.
    pub fn cancel(&mut self) {
        self.newest.supersede();
        self.running_since = None;
    }

    /// True if a result belongs to the newest request, which is then finished.
    pub fn accept(&mut self, simulated: &Simulated) -> bool {
        self.end(simulated.revision)
    }

    /// Ends the run of a revision, with or without a result; true if it was that of the newest request.
    pub fn end(&mut self, revision: u64) -> bool {
        let is_wanted = self.newest.is_wanted(revision);
        if is_wanted {
            self.running_since = None;
        }
        is_wanted
    }

    /// True if a deeper analysis belongs to the newest request.
    pub fn accept_deep(&self, deep: &Deep) -> bool {
        self.newest.is_wanted(deep.revision)
    }

    /// Completed share of the current run, and its running time.
    pub fn progress(&self) -> Option<(f32, Duration)> {
        let since = self.running_since?;
        Some((self.newest.done(), since.elapsed()))
    }
}

impl Drop for Simulations {
    fn drop(&mut self) {
        // The run would otherwise continue without a receiver.
        self.cancel();
    }
}

/// Runs a request and sends its results, figures first.
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
    let Request { scenario, comparison, factors, revision, is_deep, .. } = request;
    let basis = comparison.basis;
    simulator.set_record(market_data::resampled(factors, &scenario));
    let refuse = |reason: Unfinished| {
        // A cancelled run has been superseded, and needs no message.
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
    // A closed window has dropped the receiver, and needs no result.
    let plan = (Arc::clone(&scenario), Arc::clone(&comparison));
    answers.send(Finished::Simulated(Box::new(Simulated::new(revision, plan, simulation, took)))).ok();
    wake();
    let Some(glance) = glance else { return };
    match deep::look(simulator, (&scenario, &comparison), (revision, glance), control) {
        Ok(found) => {
            answers.send(Finished::LookedDeeper(Box::new(found))).ok();
            wake();
        }
        Err(reason) => refuse(reason),
    }
}

/// Starts the thread; it ends when the request channel is closed.
fn start(ctx: egui::Context, newest: Arc<Newest>, answers: Sender<Finished>) -> Option<Sender<Request>> {
    let (sender, requests) = channel();
    let work = move || serve(&ctx, &newest, &requests, &answers);
    match std::thread::Builder::new().name("simulation".to_owned()).spawn(work) {
        Ok(_) => Some(sender),
        Err(fault) => {
            log::warn!("no thread for simulations, they run in the frame: {fault}");
            None
        }
    }
}

fn serve(ctx: &egui::Context, newest: &Newest, requests: &Receiver<Request>, answers: &Sender<Finished>) {
    let mut simulator = match Simulator::new(0) {
        Ok(simulator) => simulator,
        Err(fault) => return log::warn!("no simulation: {fault}"),
    };
    let mut answered = None;
    while let Some(request) = next_request(requests, &mut simulator, &mut answered) {
        // Older requests are superseded.
        let request = requests.try_iter().last().unwrap_or(request);
        answered = Some(Arc::clone(&request.scenario));
        let watch = Watch::new(newest, request.revision, Some(ctx));
        answer(&mut simulator, request, &watch, (answers, &|| ctx.request_repaint()));
    }
}

/// Waits for a request. After a pause without one, the markets of the last scenario are simulated ahead, so
/// that the first steps of a drag are as fast as the others.
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
        // A long run, superseded at once.
        let (long, comparison) = plan(1_000_000, 0.045);
        background.ask((&long, &comparison), FactorSource::Parametric, false);
        let (short, comparison) = plan(1000, 0.030);
        background.ask((&short, &comparison), FactorSource::Parametric, false);
        let found = answer(&receiver);
        assert!(background.accept(&found) && background.progress().is_none());

        let (sender, receiver) = channel();
        let mut at_once = Simulations::new(&ctx, Simulate::AtOnce, sender);
        at_once.ask((&short, &comparison), FactorSource::Parametric, false);
        assert_eq!(answer(&receiver).simulation, found.simulation);
    }

    #[test]
    fn a_cancelled_run_ends_and_its_answer_is_not_taken() {
        let ctx = egui::Context::default();
        let (sender, receiver) = channel();
        let mut simulations = Simulations::new(&ctx, Simulate::InBackground, sender);
        let (long, comparison) = plan(1_000_000, 0.045);
        simulations.ask((&long, &comparison), FactorSource::Parametric, false);
        assert!(simulations.progress().is_some());
        simulations.cancel();
        assert!(simulations.progress().is_none());
        // The thread is free for the next run, and no result of the first is accepted.
        let (short, comparison) = plan(1000, 0.045);
        simulations.ask((&short, &comparison), FactorSource::Parametric, false);
        assert_eq!(answer(&receiver).simulation.paths, 1000);
    }
}
