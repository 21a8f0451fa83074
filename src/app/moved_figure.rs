//! Every input moved for a figure of the simulation, beside the frame: a new request ends the work of an older one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use wattfolio_economics::answers::SimulatedTornado;
use wattfolio_economics::risk::{Control, FEW_PATHS, Simulator};

use super::App;
use super::simulation::{REPAINT_EVERY, Simulate};
use crate::market_data;
use crate::state::{FigureAsked, FigureFound, Finished, Page};

/// How long inputs must rest before the work begins: of a drag only the last step is answered.
const REST: Duration = Duration::from_millis(150);

/// State shared by the window and the threads of the work.
#[derive(Debug, Default)]
struct Shared {
    /// Revision of the newest request; work on any other ends.
    wanted: AtomicU64,
    /// Progress in thousandths.
    done: AtomicU32,
}

/// Moves inputs beside the window.
#[derive(Debug)]
pub(super) struct MovedFigures {
    ctx: egui::Context,
    shared: Arc<Shared>,
    rest: Duration,
    asked: Option<FigureAsked>,
    is_running: bool,
}

impl MovedFigures {
    pub(super) fn new(ctx: &egui::Context, mode: Simulate) -> Self {
        let rest = if mode == Simulate::InBackground { REST } else { Duration::ZERO };
        Self { ctx: ctx.clone(), shared: Arc::default(), rest, asked: None, is_running: false }
    }

    /// Ends what runs; what was found stays.
    pub(super) fn cancel(&mut self) -> bool {
        self.shared.wanted.fetch_add(1, Ordering::AcqRel);
        std::mem::take(&mut self.is_running)
    }
}

impl Drop for MovedFigures {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// Ends superseded work, and requests repaints that show its progress.
struct Watch {
    ctx: egui::Context,
    shared: Arc<Shared>,
    revision: u64,
}

impl Watch {
    fn is_wanted(&self) -> bool {
        self.shared.wanted.load(Ordering::Acquire) == self.revision
    }
}

impl Control for Watch {
    fn proceed(&self, done: f64) -> bool {
        if !self.is_wanted() {
            return false;
        }
        self.shared.done.store((done * 1000.0) as u32, Ordering::Release);
        self.ctx.request_repaint_after(REPAINT_EVERY);
        true
    }
}

/// Moves every input, with few enough paths that the answer comes soon.
fn answer(asked: FigureAsked, watch: &Watch) -> Option<FigureFound> {
    let few =
        asked.scenario.edit(|scenario| scenario.risk.paths = scenario.risk.paths.min(FEW_PATHS)).ok()?;
    let mut simulator = Simulator::new(0).map_err(|fault| log::warn!("no figure is moved: {fault}")).ok()?;
    simulator.set_record(market_data::resampled(asked.factors, &few));
    let of = (asked.of, asked.figure);
    let tornado = SimulatedTornado::new(&few, asked.basis, of, &mut simulator, watch).ok()?;
    Some(FigureFound { asked, tornado: Arc::new(tornado) })
}

impl App {
    /// Asks for the figure of the simulation that the sensitivity page shows, if it shows one.
    pub(super) fn update_moved_figure(&mut self) {
        let figure = self.state.view.sensitivity.figure.filter(|_| self.state.view.page == Page::Sensitivity);
        let Some((figure, answered)) = figure.zip(self.state.sensitivity.as_ref()) else {
            self.moved_figures.cancel();
            self.moved_figures.asked = None;
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
        let known = &mut self.moved_figures;
        if known.asked.as_ref().is_none_or(|known| !known.is_same(&asked)) {
            shown.was_cancelled = false;
            known.asked = Some(asked.clone());
            let (shared, rest) = (Arc::clone(&known.shared), known.rest);
            let revision = shared.wanted.fetch_add(1, Ordering::AcqRel) + 1;
            shared.done.store(0, Ordering::Release);
            known.is_running = true;
            let watch = Watch { ctx: known.ctx.clone(), shared, revision };
            self.jobs.run_all("move every input", &known.ctx, move |send| {
                std::thread::sleep(rest);
                if !watch.is_wanted() {
                    return;
                }
                if let Some(found) = answer(asked, &watch) {
                    send(Finished::FigureMoved(Box::new(found)));
                }
                send(Finished::FigureDone(revision));
            });
            for finished in self.jobs.take() {
                match finished {
                    Finished::FigureMoved(found) => self.take_moved_figure(*found),
                    Finished::FigureDone(revision) => self.figure_done(revision),
                    other => self.actions.push(crate::state::Action::Finished(other)),
                }
            }
        }
        self.show_figure_progress();
    }

    /// Brings the shown progress up to date.
    pub(super) fn show_figure_progress(&mut self) {
        let done = || self.moved_figures.shared.done.load(Ordering::Acquire) as f32 / 1000.0;
        self.state.moved_figure.progress = self.moved_figures.is_running.then(done);
    }

    /// Shows an answer, unless another one is asked for by now.
    pub(super) fn take_moved_figure(&mut self, found: FigureFound) {
        if self.moved_figures.asked.as_ref().is_some_and(|asked| asked.is_same(&found.asked)) {
            self.state.moved_figure.is_old = false;
            self.state.moved_figure.found = Some(Arc::new(found));
        }
    }

    /// Notes that the work on a request has ended.
    pub(super) fn figure_done(&mut self, revision: u64) {
        if self.moved_figures.shared.wanted.load(Ordering::Acquire) == revision {
            self.moved_figures.is_running = false;
        }
        self.show_figure_progress();
    }
}
