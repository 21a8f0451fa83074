//! The history page: the replay in the frame, and beside it every start month, the fan of then and its coverage.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::history::{Coverage, NotCovered, Strip, calibrate, known_then};
use wattfolio_economics::risk::{Control, Simulator, ToTheEnd};

use super::App;
use super::simulation::{REPAINT_EVERY, Simulate};
use crate::market_data;
use crate::state::{
    Action, Asked, Calibrated, Finished, HistoryAnswer, HistoryFound, Page, Replayed, ThenFan,
};

/// Largest number of paths of each fan of the coverage: its quantiles need no more.
const MOST_PATHS: u32 = 2_000;

/// What is looked for beside the frame.
#[derive(Debug)]
struct Request {
    asked: Asked,
    revision: u64,
    needs_strip: bool,
    needs_fan: bool,
    needs_coverage: bool,
}

/// State shared by the threads of the window and of history.
#[derive(Debug, Default)]
struct Shared {
    /// Revision of the newest request; work on any other ends.
    wanted: AtomicU64,
    /// Progress of the coverage in thousandths.
    done: AtomicU32,
}

/// Looks through history beside the window; a new request ends an older one.
#[derive(Debug)]
pub(super) struct Histories {
    shared: Arc<Shared>,
    /// Requests to the thread; `None` where the work is done in the frame.
    requests: Option<Sender<Request>>,
    at_once: Option<Simulator>,
    answers: Sender<Finished>,
    asked: Option<Asked>,
    is_running: bool,
}

impl Histories {
    pub(super) fn new(ctx: &egui::Context, mode: Simulate, answers: Sender<Finished>) -> Self {
        let shared = Arc::new(Shared::default());
        let requests = (mode == Simulate::InBackground)
            .then(|| start(ctx.clone(), Arc::clone(&shared), answers.clone()))
            .flatten();
        Self { shared, requests, at_once: None, answers, asked: None, is_running: false }
    }

    /// Looks for what is needed, unless that is looked for already.
    fn ask(&mut self, request: impl FnOnce(u64) -> Request, asked: &Asked) {
        if self.asked.as_ref().is_some_and(|known| known.is_same(asked)) {
            return;
        }
        self.asked = Some(asked.clone());
        self.shared.done.store(0, Ordering::Release);
        let revision = self.shared.wanted.fetch_add(1, Ordering::AcqRel) + 1;
        let request = request(revision);
        if let Some(requests) = &self.requests {
            self.is_running = requests.send(request).is_ok();
            return;
        }
        let simulator = self.at_once.take().map_or_else(|| Simulator::new(0), Ok);
        match simulator {
            Ok(mut simulator) => {
                answer(&mut simulator, &request, &ToTheEnd, (&self.answers, &|| {}));
                self.at_once = Some(simulator);
            }
            Err(fault) => log::warn!("no simulation: {fault}"),
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

impl Drop for Histories {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// Looks for everything that a request needs, the quickest first.
fn answer(
    simulator: &mut Simulator,
    request: &Request,
    control: &impl Control,
    (answers, wake): (&Sender<Finished>, &dyn Fn()),
) {
    let send = |found, started: Instant| {
        let answer = HistoryAnswer { asked: request.asked.clone(), found, took: started.elapsed() };
        // A closed window has dropped the receiver, and needs no result.
        answers.send(Finished::History(Box::new(answer))).ok();
        wake();
    };
    let Asked { scenario, basis, machines, start } = &request.asked;
    let record = market_data::record();
    if request.needs_strip {
        let started = Instant::now();
        send(HistoryFound::Strip(Strip::new(record, scenario, *machines, *basis)), started);
    }
    if request.needs_fan && control.proceed(0.0) {
        let started = Instant::now();
        let Ok(known) = known_then(record, scenario, *start, *machines) else { return };
        let Ok(simulation) = simulator.run(&known.scenario, *basis, control) else { return };
        let fan = |business| simulation.business(business).ok().map(|risk| risk.fan.clone());
        let calibrated = known.calibration.map(|calibration| (calibration.from, calibration.to));
        let found = ThenFan { fans: PerBusiness::new(fan), calibrated };
        simulator.give_back(simulation);
        send(HistoryFound::Fan(Box::new(found)), started);
    }
    if request.needs_coverage && control.proceed(0.0) {
        let started = Instant::now();
        let paths = scenario.risk.paths.min(MOST_PATHS);
        match Coverage::new((record, scenario), (*machines, *basis), paths, simulator, control) {
            Ok(coverage) => send(HistoryFound::Coverage(coverage), started),
            // A superseded search needs no message; a start that cannot be replayed has one on the page.
            Err(NotCovered::Unfinished(_) | NotCovered::NotReplayed(_)) => {}
            Err(fault) => log::warn!("no coverage: {fault}"),
        }
    }
}

/// Starts the thread; it ends when the request channel is closed.
fn start(ctx: egui::Context, shared: Arc<Shared>, answers: Sender<Finished>) -> Option<Sender<Request>> {
    let (sender, requests) = channel();
    let work = move || serve(&ctx, &shared, &requests, &answers);
    match std::thread::Builder::new().name("history".to_owned()).spawn(work) {
        Ok(_) => Some(sender),
        Err(fault) => {
            log::warn!("no thread for history, it is searched in the frame: {fault}");
            None
        }
    }
}

fn serve(ctx: &egui::Context, shared: &Shared, requests: &Receiver<Request>, answers: &Sender<Finished>) {
    let mut simulator = match Simulator::new(0) {
        Ok(simulator) => simulator,
        Err(fault) => return log::warn!("no history: {fault}"),
    };
    while let Ok(request) = requests.recv() {
        // Older requests are superseded.
        let request = requests.try_iter().last().unwrap_or(request);
        let watch = Watch { ctx, shared, revision: request.revision };
        answer(&mut simulator, &request, &watch, (answers, &|| ctx.request_repaint()));
        if shared.wanted.load(Ordering::Acquire) == request.revision {
            answers.send(Finished::HistoryDone).ok();
            ctx.request_repaint();
        }
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
    /// Brings the history page up to date: its replay now, what takes longer beside the frame.
    pub(super) fn update_history(&mut self) {
        if self.state.view.page != Page::History {
            return;
        }
        let record = market_data::record();
        let view = &self.state.view.history;
        let asked = Asked {
            scenario: Arc::clone(&self.state.results.scenario),
            basis: self.state.results.comparison.basis,
            machines: view.machines,
            start: view.start_of(record, &self.state.results.scenario),
        };
        let range = (view.from, view.to);
        let is_calibrated = |calibrated: &Calibrated| {
            Arc::ptr_eq(&calibrated.scenario, &asked.scenario) && calibrated.range == range
        };
        let history = &mut self.state.history;
        if view.is_calibrating && !history.calibrated.as_ref().is_some_and(is_calibrated) {
            let found = calibrate(record, &asked.scenario, range.0, range.1);
            history.calibrated = Some(Calibrated { scenario: Arc::clone(&asked.scenario), range, found });
        }
        if !history.replayed.as_ref().is_some_and(|known| known.asked.is_same(&asked)) {
            let known = history.replayed.replace(Replayed::new(asked.clone()));
            if known.is_none_or(|known| !known.asked.has_same_starts(&asked)) {
                history.was_cancelled = false;
            }
        }
        let needs_strip = history.strip.as_ref().is_none_or(|known| !known.asked.has_same_starts(&asked));
        let needs_coverage =
            history.coverage.as_ref().is_none_or(|known| !known.asked.has_same_starts(&asked));
        let needs_coverage = needs_coverage && !history.was_cancelled;
        let request = |revision| Request {
            asked: asked.clone(),
            revision,
            needs_strip,
            needs_fan: true,
            needs_coverage,
        };
        self.histories.ask(request, &asked);
        for finished in self.jobs.take() {
            match finished {
                Finished::History(answer) => self.take_history(*answer),
                other => self.actions.push(Action::Finished(other)),
            }
        }
        self.state.history.progress = self.histories.progress();
    }

    /// Takes what was found beside the frame, unless it belongs to an older scenario.
    pub(super) fn take_history(&mut self, answer: HistoryAnswer) {
        let replayed = self.state.history.replayed.as_ref();
        if replayed.is_some_and(|known| known.asked.has_same_starts(&answer.asked)) {
            self.state.history.take(answer);
        }
    }

    pub(super) fn history_done(&mut self) {
        self.histories.is_running = false;
    }

    /// Takes the chosen values of the calibration over, as one step of history.
    pub(super) fn take_calibrated(&mut self) {
        let Some(Calibrated { found: Ok(found), .. }) = &self.state.history.calibrated else { return };
        let left_out = &self.state.view.history.left_out;
        let scenario = &self.state.results.scenario;
        let is_taken = |estimated: &wattfolio_economics::history::Estimated| {
            !left_out.contains(estimated.input.id) && estimated.is_allowed(scenario)
        };
        let changed = found.apply(scenario, is_taken);
        match changed {
            Ok(changed) => {
                self.state.document.settle();
                *self.state.document.scenario_mut() = changed.into_inner();
                self.state.document.settle();
                self.state.view.inputs.refused = None;
                self.notify(crate::state::Notice::done("The chosen values are taken over"));
            }
            Err(faults) => {
                let text = format!("Nothing was taken over. {faults}");
                self.notify(crate::state::Notice::alert(text));
            }
        }
    }
}
