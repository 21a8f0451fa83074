//! The app: state, the one function that changes it, and the frame.
//!
//! A frame drains finished jobs, draws the inputs, applies what they asked for, computes (microseconds), and
//! draws the page from results that are already those of the moved slider.

mod action;
mod apply;
mod command;
mod deep;
mod document;
mod jobs;
mod method;
mod paths;
mod picture;
mod simulation;
mod state;
mod subject;

use std::path::PathBuf;
use std::time::{Duration, Instant};

pub use action::{Action, Actions};
pub use command::{Command, MENUS, Menu};
pub use deep::{Deep, Outcome, SCALES};
pub use document::{Document, Origin};
pub use jobs::{Finished, Jobs, Purpose};
pub use method::MethodView;
pub use picture::{Picture, draw as draw_picture};
pub use simulation::{Simulate, Simulated, Simulations};
pub use state::{
    CashFlowView, ChartScale, ChartView, Dialog, InputsView, MOST_PINS, Notice, Page, Period, Pin, Results,
    RiskState, State, View,
};
pub use subject::{Figure, Subject};

use wattfolio_economics::business::Basis;
use wattfolio_economics::risk::Unfinished;
use wattfolio_economics::scenario::Scenario;

use crate::store::{self, Preset, Session};
use crate::theme::{self, Theme};
use crate::view::{self, words};

/// How the app starts.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The preset to open and its file; the first bundled one if nothing is given.
    pub preset: Option<(Preset, Option<PathBuf>)>,
    /// The scenario, where it differs from that of the preset, which stays the baseline.
    pub scenario: Option<Scenario>,
    /// Where looks, recent files and unsaved work are kept; nowhere in tests and for pictures.
    pub session_folder: Option<PathBuf>,
    /// Whether the system's file dialogs may be asked.
    pub has_system_dialogs: bool,
    /// Whether the time of a computation is shown.
    pub shows_timing: bool,
    /// Where simulations run.
    pub simulate: Simulate,
}

/// The app behind the window.
#[derive(Debug)]
pub struct App {
    state: State,
    actions: Actions,
    jobs: Jobs,
    simulations: Simulations,
    session_folder: Option<PathBuf>,
    /// When the work was last kept against a crash, and what it was.
    kept: Option<Instant>,
    /// Set once the user has agreed to lose unsaved work.
    may_close: bool,
}

/// How long unsaved work may be at risk.
const KEEP_WORK_EVERY: Duration = Duration::from_secs(15);

/// What views draw from.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Everything that is shown.
    pub state: &'a State,
    /// Where views put what they ask for.
    pub actions: &'a Actions,
    /// Colours.
    pub theme: &'a Theme,
    /// Whether the window is narrow.
    pub is_narrow: bool,
}

impl App {
    /// Makes the app and sets fonts and style of a context.
    ///
    /// # Panics
    /// If a bundled preset cannot be evaluated, which a test rules out.
    pub fn new(ctx: &egui::Context, options: Options) -> Self {
        let session =
            options.session_folder.as_deref().map(|folder| Session::load(&store::session_file(folder)));
        let session = session.unwrap_or_default();
        theme::install_fonts(ctx);
        theme::apply(ctx, session.palette);
        ctx.set_theme(apply::theme_preference(session.theme));
        // Zoom belongs to the commands, so that keys and menu agree.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let (preset, file) = options.preset.unwrap_or_else(|| (store::bundled()[0].preset.clone(), None));
        let mut document = Document::open(preset, file);
        if let Some(scenario) = options.scenario {
            *document.scenario_mut() = scenario;
            document.settle();
        }
        let results = first_results(&document);
        let recoverable =
            options.session_folder.as_deref().is_some_and(|folder| store::recovery_file(folder).exists());
        let jobs = Jobs::new(options.has_system_dialogs);
        let mut app = Self {
            state: State {
                document,
                results,
                pins: Vec::new(),
                view: View::default(),
                session,
                recoverable,
                shows_timing: options.shows_timing,
                risk: RiskState::default(),
            },
            actions: Actions::default(),
            simulations: Simulations::new(ctx, options.simulate, jobs.sender()),
            jobs,
            session_folder: options.session_folder,
            kept: None,
            may_close: false,
        };
        app.pin_variants();
        app.simulate();
        if recoverable {
            app.state.view.notice = Some(Notice::info(
                "Unsaved work of an earlier run was kept. File, Restore unsaved work brings it back.",
            ));
        }
        app
    }

    /// Everything that is shown.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Asks for a change, as a view does; it happens in the next frame.
    pub fn request(&self, action: Action) {
        self.actions.push(action);
    }

    /// What happens whether or not the window is seen: finished jobs, keys, unsaved work.
    pub fn logic(&mut self, ctx: &egui::Context) {
        for finished in self.jobs.take() {
            self.actions.push(Action::Finished(finished));
        }
        self.apply_all(ctx);
        self.keep_work(ctx);
    }

    /// Draws a frame.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        for command in command::pressed(&ctx) {
            self.actions.run(command);
        }
        self.take_dropped_files(&ctx);
        self.apply_all(&ctx);
        let theme = Theme::get(self.state.session.palette, ctx.theme() == egui::Theme::Dark);
        let is_narrow = ui.available_width() < theme::NARROW_BELOW;

        view::frame_ui(ui, &self.context(&theme, is_narrow));
        // What the inputs asked for is computed before the page is drawn.
        self.apply_all(&ctx);
        view::page_ui(ui, &self.context(&theme, is_narrow));
        view::dialogs_ui(ui, &self.context(&theme, is_narrow));
        if self.apply_all(&ctx) {
            ctx.request_repaint();
        }
        if is_at_rest(&ctx) {
            self.state.document.settle();
        }
        self.guard_closing(&ctx);
    }

    fn context<'a>(&'a self, theme: &'a Theme, is_narrow: bool) -> Context<'a> {
        Context { state: &self.state, actions: &self.actions, theme, is_narrow }
    }

    /// Applies everything that was asked for; `true` if there was anything.
    fn apply_all(&mut self, ctx: &egui::Context) -> bool {
        let actions = self.actions.take();
        let any = !actions.is_empty();
        for action in actions {
            self.apply(ctx, action);
        }
        if any {
            let document = &self.state.document;
            self.state.results.update(
                document.scenario(),
                &document.origin().baseline,
                self.state.view.basis,
            );
            self.simulate();
        }
        self.state.risk.progress = self.simulations.progress();
        any
    }

    /// Asks for a simulation of what is shown, and takes its answer where it is there at once.
    fn simulate(&mut self) {
        let results = &self.state.results;
        let is_deep = self.state.view.page == Page::Risk;
        self.simulations.ask(&results.scenario, results.comparison.basis, is_deep);
        for finished in self.jobs.take() {
            match finished {
                Finished::Simulated(simulated) => self.take_simulated(*simulated),
                Finished::NotSimulated(revision, reason) => self.not_simulated(revision, reason),
                Finished::LookedDeeper(deep) => self.take_deep(*deep),
                other @ Finished::Picked(..) => self.actions.push(Action::Finished(other)),
            }
        }
        let (scenario, basis) = (&self.state.results.scenario, self.state.results.comparison.basis);
        self.state.risk.is_stale = self.state.risk.simulated.as_ref().is_none_or(|simulated| {
            !std::sync::Arc::ptr_eq(&simulated.scenario, scenario) || simulated.simulation.basis != basis
        });
    }

    /// Shows what a simulation found, unless something newer is waited for.
    fn take_simulated(&mut self, simulated: Simulated) {
        if self.simulations.accept(&simulated) {
            if let Some(spent) = self.state.risk.simulated.replace(std::sync::Arc::new(simulated)) {
                self.simulations.give_back(spent);
            }
            self.state.risk.was_cancelled = false;
        }
    }

    /// Says why there is no answer, unless something newer is waited for.
    fn not_simulated(&mut self, revision: u64, reason: Unfinished) {
        if self.simulations.end(revision) {
            let words = words::capitalised(&reason.to_string());
            self.state.view.notice = Some(Notice::alert(format!("{words}.")));
        }
    }

    /// Adds what a deeper look found.
    fn take_deep(&mut self, deep: Deep) {
        if self.simulations.accept_deep(&deep) {
            if let Some(simulated) = &mut self.state.risk.simulated {
                std::sync::Arc::make_mut(simulated).simulation.set_returns(deep.returns);
            }
            self.state.risk.deep = Some(std::sync::Arc::new(deep));
        }
    }

    /// Opens what is dropped on the window.
    fn take_dropped_files(&mut self, ctx: &egui::Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        if let Some(path) = dropped.into_iter().next().map(|file| file.path().to_owned()) {
            self.actions.push(Action::OpenFile(path));
        }
    }

    /// Asks before the window closes over unsaved work.
    fn guard_closing(&mut self, ctx: &egui::Context) {
        let closes = ctx.input(|input| input.viewport().close_requested());
        if closes && !self.may_close && self.state.document.is_unsaved() && self.session_folder.is_some() {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.state.view.dialog = Some(Dialog::ConfirmQuit);
            ctx.request_repaint();
        }
    }

    /// Keeps unsaved work in a file of its own, every few seconds while there is any.
    fn keep_work(&mut self, ctx: &egui::Context) {
        let Some(folder) = &self.session_folder else { return };
        if !self.state.document.is_unsaved() {
            if self.kept.take().is_some() {
                std::fs::remove_file(store::recovery_file(folder)).ok();
            }
            return;
        }
        let due = self.kept.is_none_or(|kept| kept.elapsed() >= KEEP_WORK_EVERY);
        if due {
            self.kept = Some(Instant::now());
            let preset = self.state.document.to_preset();
            if let Err(fault) = store::save(&preset, &store::recovery_file(folder)) {
                log::warn!("unsaved work could not be kept: {fault}");
            }
        } else {
            ctx.request_repaint_after(KEEP_WORK_EVERY);
        }
    }

    /// Called once when the window has closed in good order.
    pub fn on_exit(&mut self) {
        let Some(folder) = &self.session_folder else { return };
        if let Err(fault) = self.state.session.save(&store::session_file(folder)) {
            log::warn!("the session could not be saved: {fault}");
        }
        // Work that the user chose to lose needs no recovery; what was never offered back is kept.
        if !self.state.recoverable {
            std::fs::remove_file(store::recovery_file(folder)).ok();
        }
    }
}

/// Results of a document that was just opened.
#[expect(clippy::expect_used, reason = "a preset is validated when it is read")]
fn first_results(document: &Document) -> Results {
    Results::new(document.scenario(), &document.origin().baseline, Basis::default())
        .expect("an opened preset is valid")
}

/// Nobody drags, types or scrolls: a good moment for a step of history.
fn is_at_rest(ctx: &egui::Context) -> bool {
    ctx.input(|input| !input.pointer.any_down() && input.keys_down.is_empty())
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.logic(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.ui(ui);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.on_exit();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.extreme_bg_color.to_normalized_gamma_f32()
    }
}
