//! Every input moved for a figure of the simulation, beside the frame.

use std::sync::Arc;
use std::time::Duration;

use wattfolio_economics::answers::SimulatedTornado;
use wattfolio_economics::risk::FEW_PATHS;

use super::App;
use super::background::{Answers, Background, OwnSimulator, Watch, Work};
use crate::market_data;
use crate::state::{Action, FigureAsked, FigureFound, Finished, Page};

/// How long inputs must rest before the work begins.
const REST: Duration = Duration::from_millis(150);

/// Moves inputs beside the window.
pub(super) type MovedFigures = Background<Mover>;

/// Moves every input, with few enough paths that the answer comes soon.
#[derive(Debug, Default)]
pub(super) struct Mover(OwnSimulator);

impl Work for Mover {
    const NAME: &'static str = "every input moved";
    type Request = FigureAsked;

    fn is_same(known: &FigureAsked, asked: &FigureAsked) -> bool {
        known.is_same(asked)
    }

    fn answer(&mut self, asked: FigureAsked, watch: &Watch<'_>, answers: &Answers) {
        if !watch.rest(REST) {
            return;
        }
        let Some(simulator) = self.0.get() else { return };
        let few = asked.scenario.edit(|scenario| scenario.risk.paths = scenario.risk.paths.min(FEW_PATHS));
        let Ok(few) = few else { return };
        simulator.set_record(market_data::resampled(asked.factors, &few));
        let of = (asked.of, asked.figure);
        if let Ok(tornado) = SimulatedTornado::new(&few, asked.basis, of, simulator, watch) {
            let found = FigureFound { asked, tornado: Arc::new(tornado) };
            answers.send(Finished::FigureMoved(Box::new(found)));
        }
    }
}

impl App {
    /// Asks for the figure of the simulation that the sensitivity page shows, if it shows one.
    pub(super) fn update_moved_figure(&mut self) {
        let figure = self.state.view.sensitivity.figure.filter(|_| self.state.view.page == Page::Sensitivity);
        let Some((figure, answered)) = figure.zip(self.state.sensitivity.as_ref()) else {
            self.moved_figures.forget();
            return;
        };
        let asked = FigureAsked {
            scenario: Arc::clone(&self.state.results.scenario),
            basis: self.state.results.comparison.basis,
            factors: self.state.document.factors(),
            of: answered.asked().quantity.of,
            figure,
        };
        let shown = &mut self.state.moved_figure;
        shown.found = shown.found.take().filter(|found| found.asked.has_same_figure(&asked));
        shown.is_old = shown.found.as_ref().is_some_and(|found| !found.asked.is_same(&asked));
        if self.moved_figures.is_new(&asked) {
            shown.was_cancelled = false;
            self.moved_figures.ask_anew(asked);
        }
        for finished in self.jobs.take() {
            match finished {
                Finished::FigureMoved(found) => self.take_moved_figure(*found),
                other => self.actions.push(Action::Finished(other)),
            }
        }
        self.state.moved_figure.progress = self.moved_figures.progress();
    }

    /// Shows an answer, unless another one is asked for by now.
    pub(super) fn take_moved_figure(&mut self, found: FigureFound) {
        if self.moved_figures.asked().is_some_and(|asked| asked.is_same(&found.asked)) {
            self.state.moved_figure.is_old = false;
            self.state.moved_figure.found = Some(Arc::new(found));
        }
    }
}
