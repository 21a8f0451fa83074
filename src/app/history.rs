//! The history page: the replay in the frame, and beside it every start month, the fan of then and its coverage.

use std::sync::Arc;
use std::time::Instant;

use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::history::{Coverage, NotCovered, Strip, calibrate, known_then};
use wattfolio_economics::risk::Control as _;

use super::App;
use super::background::{Answers, Background, OwnSimulator, Watch, Work};
use crate::market_data;
use crate::state::{
    Action, Asked, Calibrated, Finished, HistoryAnswer, HistoryFound, Page, Replayed, ThenFan,
};

/// Largest number of paths of each fan of the coverage: its quantiles need no more.
const MOST_PATHS: u32 = 2_000;

/// What is looked for beside the frame.
#[derive(Clone, Debug)]
pub(super) struct Request {
    asked: Asked,
    needs_strip: bool,
    needs_fan: bool,
    needs_coverage: bool,
}

/// Looks through history beside the window.
pub(super) type Histories = Background<Historian>;

/// Looks through history.
#[derive(Debug, Default)]
pub(super) struct Historian(OwnSimulator);

impl Work for Historian {
    const NAME: &'static str = "history";
    type Request = Request;

    fn is_same(known: &Request, request: &Request) -> bool {
        known.asked.is_same(&request.asked)
    }

    /// Looks for everything that a request needs, the quickest first.
    fn answer(&mut self, request: Request, watch: &Watch<'_>, answers: &Answers) {
        let Some(simulator) = self.0.get() else { return };
        let send = |found, started: Instant| {
            let answer = HistoryAnswer { asked: request.asked.clone(), found, took: started.elapsed() };
            answers.send(Finished::History(Box::new(answer)));
        };
        let Asked { scenario, basis, machines, start } = &request.asked;
        let record = market_data::record();
        if request.needs_strip {
            let started = Instant::now();
            send(HistoryFound::Strip(Strip::new(record, scenario, *machines, *basis)), started);
        }
        if request.needs_fan && watch.proceed(0.0) {
            let started = Instant::now();
            let Ok(known) = known_then(record, scenario, *start, *machines) else { return };
            let Ok(simulation) = simulator.run(&known.scenario, *basis, watch) else { return };
            let fan = |business| simulation.business(business).ok().map(|risk| risk.fan.clone());
            let calibrated = known.calibration.map(|calibration| (calibration.from, calibration.to));
            let found = ThenFan { fans: PerBusiness::new(fan), calibrated };
            simulator.give_back(simulation);
            send(HistoryFound::Fan(Box::new(found)), started);
        }
        if request.needs_coverage && watch.proceed(0.0) {
            let started = Instant::now();
            let paths = scenario.risk.paths.min(MOST_PATHS);
            match Coverage::new((record, scenario), (*machines, *basis), paths, simulator, watch) {
                Ok(coverage) => send(HistoryFound::Coverage(coverage), started),
                // A superseded search needs no message; a start that cannot be replayed has one on the page.
                Err(NotCovered::Unfinished(_) | NotCovered::NotReplayed(_)) => {}
                Err(fault) => log::warn!("no coverage: {fault}"),
            }
        }
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
        self.histories.ask(Request { asked, needs_strip, needs_fan: true, needs_coverage });
        for finished in self.jobs.take() {
            match finished {
                Finished::History(answer) => self.take_history(*answer),
                other => self.actions.push(Action::Finished(other)),
            }
        }
    }

    /// Takes what was found beside the frame, unless it belongs to an older scenario.
    pub(super) fn take_history(&mut self, answer: HistoryAnswer) {
        let replayed = self.state.history.replayed.as_ref();
        if replayed.is_some_and(|known| known.asked.has_same_starts(&answer.asked)) {
            self.state.history.take(answer);
        }
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
