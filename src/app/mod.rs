//! The app: state, the one function that changes it, and the frame.
//!
//! A frame drains finished jobs, draws the inputs, applies their actions, computes (microseconds), and draws
//! the page, whose results already belong to the moved slider.

mod answers;
mod apply;
mod background;
mod beside;
mod deep;
mod history;
mod jobs;
mod keeper;
mod keeping;
mod keys;
mod market;
mod mix;
mod moved_figure;
mod picture;
mod sensitivity;
mod simulation;
mod training;
mod winner_map;
mod zoom;

use std::path::PathBuf;

use chrono::{DateTime, Utc};

pub use jobs::Jobs;
pub use picture::{Picture, draw as draw_picture};
pub use simulation::{Simulate, Simulations};

use wattfolio_economics::scenario::ValidScenario;

use crate::state::{
    Action, Actions, Command, Dialog, Document, Finished, MarketState, Notice, Results, State,
};
use crate::store::{self, Preset, Session, Source};
use crate::theme::{self, Fallback, Theme};
use crate::view::{self, Context};
use beside::Beside;
use keeping::Keeping;
use market::Market;

/// Options of a start.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The preset to open and its file; the first bundled one if `None`.
    pub preset: Option<(Preset, Option<Source>)>,
    /// The scenario, where it differs from that of the preset, which stays the baseline.
    pub scenario: Option<ValidScenario>,
    /// Folder of settings, recent files and unsaved work; `None` in tests and for pictures.
    pub session_folder: Option<PathBuf>,
    /// True if the system's file dialogs may be used.
    pub has_system_dialogs: bool,
    /// True if computation times are shown.
    pub shows_timing: bool,
    /// Thread of the simulations.
    pub simulate: Simulate,
    /// Fonts for letters that no bundled font has.
    pub fallback: Fallback,
    /// True if sources of market data may be asked, as far as the user allows them.
    pub can_ask: bool,
    /// A time in place of now for the age of market data.
    pub clock: Option<DateTime<Utc>>,
}

/// The app behind the window.
#[derive(Debug)]
pub struct App {
    state: State,
    actions: Actions,
    jobs: Jobs,
    simulations: Simulations,
    beside: Beside,
    histories: history::Histories,
    mixing: mix::Mixing,
    adding: mix::Sites,
    maps: winner_map::Maps,
    moved_figures: moved_figure::MovedFigures,
    market: Market,
    session_folder: Option<PathBuf>,
    /// Recovery of unsaved work; `None` in tests and for pictures.
    keeping: Option<Keeping>,
    /// True if an action was applied since the last autosave.
    has_changed: bool,
    /// Commands that wait until a typed value is applied.
    waiting: Vec<Command>,
    /// True if the window had the keyboard in the last frame.
    was_focused: bool,
    closing: Closing,
    fallback: Fallback,
    /// Number of missing letters that the last notice named.
    missing_named: usize,
}

/// Permission to close the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closing {
    /// Refused while there is unsaved work.
    Guarded,
    /// Granted as soon as the work is saved.
    WhenSaved,
    /// Granted: the work is saved, or the user has agreed to discard it.
    Allowed,
}

impl App {
    /// Creates the app and sets fonts and style of a context.
    pub fn new(ctx: &egui::Context, options: Options) -> Self {
        let session =
            options.session_folder.as_deref().map(|folder| Session::load(&store::session_file(folder)));
        let session = session.unwrap_or_default();
        picture::dress(ctx, &options.fallback, session.palette);
        ctx.set_theme(apply::theme_preference(session.theme));
        // Zoom belongs to the commands, so that keys and menu agree.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let (preset, source) = options.preset.unwrap_or_else(|| (store::bundled()[0].preset.clone(), None));
        let mut document = Document::new(preset, source);
        if let Some(scenario) = options.scenario {
            *document.scenario_mut() = scenario.into_inner();
            document.settle();
        }
        let results = Results::new(document.scenario(), &document.baseline().scenario, document.basis());
        let jobs = Jobs::new(options.has_system_dialogs, options.simulate);
        let mut known =
            MarketState { can_ask: options.can_ask, clock: options.clock, ..MarketState::default() };
        let market = Market::load(options.session_folder.clone(), &jobs, ctx, &mut known);
        let keeping = options.session_folder.as_deref().map(|folder| Keeping::new(folder, ctx));
        let mut app = Self {
            state: State {
                shows_timing: options.shows_timing,
                market: known,
                ..State::new(document, results, session)
            },
            actions: Actions::default(),
            simulations: Simulations::new(ctx, options.simulate, jobs.sender()),
            beside: Beside::new(ctx, options.simulate),
            histories: history::Histories::new(ctx, options.simulate, jobs.sender()),
            mixing: mix::Mixing::new(ctx, options.simulate, jobs.sender()),
            adding: mix::Sites::new(ctx, options.simulate, jobs.sender()),
            maps: winner_map::Maps::new(ctx, options.simulate, jobs.sender()),
            moved_figures: moved_figure::MovedFigures::new(ctx, options.simulate, jobs.sender()),
            jobs,
            market,
            session_folder: options.session_folder,
            keeping,
            has_changed: true,
            waiting: Vec::new(),
            was_focused: true,
            closing: Closing::Guarded,
            fallback: options.fallback,
            missing_named: 0,
        };
        app.state.update_scenarios();
        app.simulate();
        app.say_version();
        if let Some(keeping) = &app.keeping {
            keeping.offer(&mut app.state);
        }
        app
    }

    /// The state that the window shows.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Queues an action, as a view does; the next frame applies it.
    pub fn request(&self, action: Action) {
        self.actions.push(action);
    }

    /// Work of every frame, also of a hidden window: finished jobs, keys, unsaved work.
    pub fn logic(&mut self, ctx: &egui::Context) {
        for finished in self.jobs.take() {
            self.actions.push(Action::Finished(finished));
        }
        self.apply_all(ctx);
        self.simulate_others();
        self.look_at_file(ctx);
        self.keep_work();
    }

    /// Draws a frame.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        for command in keys::pressed(&ctx) {
            self.run_or_wait(&ctx, command);
        }
        self.take_dropped_files(&ctx);
        self.apply_all(&ctx);
        let theme = Theme::get(self.state.session.palette, ctx.theme() == egui::Theme::Dark);
        let width = ui.available_width();
        let drawn = self.state.document.scenario().clone();

        view::frame_ui(ui, &self.context(&theme, width));
        // Actions of the inputs are applied before the page is drawn, so that it shows the new results.
        self.apply_all(&ctx);
        view::page_ui(ui, &self.context(&theme, width));
        view::dialogs_ui(ui, &self.context(&theme, width));
        let mut has_changed = self.apply_all(&ctx);
        has_changed |= self.run_waiting(&ctx);
        has_changed |= self.name_missing_letters();
        if has_changed {
            ctx.request_repaint();
        }
        // What this frame has drawn of a scenario that it changed is dropped, whichever view asked for the change, and
        // drawn once more: knob, field and every result are then those of one value. The second pass gets no events,
        // so nothing happens twice.
        if *self.state.document.scenario() != drawn {
            ctx.request_discard("an input was changed");
        }
        if is_at_rest(&ctx) {
            self.state.document.settle();
        }
        self.guard_closing(&ctx);
    }

    fn context<'a>(&'a self, theme: &'a Theme, width: f32) -> Context<'a> {
        Context {
            state: &self.state,
            actions: &self.actions,
            theme,
            is_narrow: width < theme::NARROW_BELOW,
            is_stacked: width < theme::STACKED_BELOW,
            has_folded_inputs: width < theme::FOLDED_BELOW,
        }
    }

    /// Applies all queued actions; `true` if there were any.
    fn apply_all(&mut self, ctx: &egui::Context) -> bool {
        let actions = self.actions.take();
        let any = !actions.is_empty();
        for action in actions {
            self.apply(ctx, action);
        }
        if any {
            self.has_changed = true;
            let document = &self.state.document;
            let basis = document.basis();
            self.state.results.update(document.scenario(), &document.baseline().scenario, basis);
            self.state.update_scenarios();
            self.simulate();
            self.simulate_others();
            self.update_history();
            self.update_sensitivity();
            self.update_moved_figure();
            self.update_mix();
            self.update_training();
            self.update_winner_map();
        }
        self.show_progress();
        any
    }

    /// Opens a file dropped on the window; of several, the scenarios of the others are added to the first.
    fn take_dropped_files(&mut self, ctx: &egui::Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let mut paths: Vec<PathBuf> = dropped.into_iter().map(|file| file.path().to_owned()).collect();
        match paths.len() {
            0 => {}
            1 => self.actions.push(Action::OpenFile(paths.remove(0))),
            _ => self.actions.push(Action::OpenTogether(paths)),
        }
    }

    /// Asks before the window closes over unsaved work.
    fn guard_closing(&mut self, ctx: &egui::Context) {
        let closes = ctx.input(|input| input.viewport().close_requested());
        if !closes || self.closing == Closing::Allowed || self.session_folder.is_none() {
            return;
        }
        let is_typing = ctx.text_edit_focused();
        if !is_typing && !self.state.document.is_unsaved() {
            return;
        }
        ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        if is_typing {
            // A half-typed value is applied first, because it may be an unsaved change.
            self.run_or_wait(ctx, Command::Quit);
        } else {
            self.state.view.dialog = Some(Dialog::ConfirmQuit);
        }
        ctx.request_repaint();
    }

    /// Runs a command now, or once the value being typed has been applied.
    fn run_or_wait(&mut self, ctx: &egui::Context, command: Command) {
        if ctx.text_edit_focused() && command.takes_typed_value() {
            ctx.memory_mut(egui::Memory::stop_text_input);
            self.waiting.push(command);
        } else {
            self.actions.run(command);
        }
    }

    /// Runs the commands that waited for a typed value, unless the value was refused.
    fn run_waiting(&mut self, ctx: &egui::Context) -> bool {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return false;
        }
        if let Some(refusal) = &self.state.view.inputs.refused {
            let text = format!("Nothing was done, because a typed value is refused. {}", refusal.sentence());
            self.state.view.notice = Some(Notice::alert(text));
            return true;
        }
        for command in waiting {
            self.actions.run(command);
        }
        self.apply_all(ctx)
    }

    /// Shows a notice about letters that no font has, once they occur in a drawn text.
    fn name_missing_letters(&mut self) -> bool {
        let count = self.fallback.missing().len();
        let Some(words) = self.fallback.missing_words().filter(|_| count > self.missing_named) else {
            return false;
        };
        self.missing_named = count;
        let text = format!("{words}. Installing a font of that script, such as Noto, brings them.");
        self.state.view.notice = Some(Notice::alert(text));
        true
    }

    /// Checks for changes of the file by other programs when the window gets the focus.
    fn look_at_file(&mut self, ctx: &egui::Context) {
        let is_focused = ctx.input(|input| input.focused);
        let was_focused = std::mem::replace(&mut self.was_focused, is_focused);
        if is_focused
            && !was_focused
            && let Some(source) = self.state.document.source()
        {
            self.jobs.look(ctx, source.clone());
        }
    }

    /// Passes unsaved work to the autosave thread.
    fn keep_work(&mut self) {
        let Some(keeping) = &mut self.keeping else { return };
        self.state.keeping_problem = keeping.problem();
        if std::mem::take(&mut self.has_changed) {
            keeping.keep(&self.state.document);
        }
    }

    /// Waits for files that are being written. With the window gone a fault can only be logged.
    fn finish_exports(&mut self) {
        self.jobs.finish_exports();
        for finished in self.jobs.take() {
            if let Finished::Exported(path, Err(fault)) = finished {
                log::error!("{} is not exported: {fault}", path.display());
            }
        }
    }

    /// Called once when the window has closed in good order.
    pub fn on_exit(&mut self) {
        self.finish_exports();
        let Some(folder) = &self.session_folder else { return };
        if let Err(fault) = self.state.session.save(&store::session_file(folder)) {
            log::warn!("the session could not be saved: {fault}");
        }
        if let Some(keeping) = &mut self.keeping {
            keeping.end(&self.state.document);
        }
    }
}

/// True if nobody drags, types or scrolls: only then does a change become a step of history.
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
