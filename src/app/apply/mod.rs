//! The one place where the state changes.

mod copy;
mod export;
mod files;
mod market;
mod payback;
mod report;
mod scenarios;
mod sites;

use std::sync::Arc;

use egui::{Context, ViewportCommand};
use wattfolio_economics::input::Input;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::FactorSource;
use wattfolio_economics::scenario::{Correlation, Fault, Scenario, correlation};

use super::{App, Closing, zoom};
use crate::export::measures_table;
use crate::price_list::{Pick, Value};
use crate::state::{
    AboutForm, Action, Command, Dialog, Document, Examples, Finished, Notice, OpenFor, Refusal,
};
use crate::store::{About, ThemeChoice};
use crate::theme::{self, PaletteChoice};

impl App {
    /// Changes the state as asked.
    pub(super) fn apply(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Run(command) => self.run(ctx, command),
            Action::SetNumber { input, value } => {
                self.set_input(input, |scenario| input.write_number(scenario, value));
            }
            Action::SetText { input, text } => {
                self.set_input(input, |scenario| input.write(scenario, &text));
            }
            Action::Refuse(refusal) => self.state.view.inputs.refused = Some(refusal),
            Action::Fill(pick) => self.fill(pick),
            Action::Reset(input) => self.reset(input),
            Action::OpenBundled(bundled) => self.show(Document::new(bundled.preset.clone(), None)),
            Action::OpenFile(path) => self.open_file(ctx, &path),
            Action::SaveFile(request) => self.save_file(ctx, request),
            Action::SavePictureTo(path, may_replace) => self.save_picture(ctx, &path, may_replace),
            Action::Export(request) => self.export(ctx, request),
            Action::Report(request) => self.report(ctx, request),
            Action::SaveAndQuit => self.save_and_quit(ctx),
            Action::Restore(file) => self.restore(&file),
            Action::Decline(file) => self.decline(&file),
            Action::SetAbout(about) => {
                let taken = self.state.document.about().taken.clone();
                self.state.document.set_about(About { taken, ..about });
                self.state.view.dialog = None;
            }
            Action::Browse => self.browse(ctx),
            Action::Scenario(letter, action) => self.apply_to_scenario(letter, action),
            Action::OpenInto(path) => self.open_into(ctx, &path),
            Action::OpenTogether(paths) => self.jobs.open_together(ctx, paths),
            Action::SetChart(chart) => self.state.view.chart = chart,
            Action::Follow(business, input) => self.follow(business, input),
            Action::PullPayback(pull) => self.pull_payback(pull),
            Action::SetCashFlow(cash_flow) => self.state.view.cash_flow = cash_flow,
            Action::SetScenarios(scenarios) => self.state.view.scenarios = scenarios,
            Action::SetBeside(letter) => self.state.view.beside = letter,
            Action::SetSensitivity(view) => self.state.view.sensitivity = view,
            Action::SetWinnerMap(view) => self.state.view.winner_map = view,
            Action::SetHistory(history) => self.state.view.history = history,
            Action::TakeCalibrated => self.take_calibrated(),
            Action::SetMix(shares) => self.set_mix(shares),
            Action::SetMixView(view) => self.state.view.mix = view,
            Action::HoverMix(shares) => self.state.view.hovered_mix = shares,
            Action::Site(action) => self.apply_to_sites(ctx, action),
            Action::SetTraining(training) => self.state.view.training = training,
            Action::SetMethod(method) => self.state.view.method = method,
            Action::Search(text) => self.state.view.inputs.search = text,
            Action::Find(input) => {
                self.state.view.inputs.find(input);
                self.state.view.dialog = None;
            }
            Action::InputShown => self.state.view.inputs.found = None,
            Action::Notify(notice) => self.notify(notice),
            Action::ToggleGroup(group) => self.state.view.inputs.toggle(group),
            Action::SearchFocused => self.state.view.inputs.focus_search = false,
            Action::Market(action) => self.apply_market(ctx, action),
            Action::Hover(month) => self.state.view.hovered_month = month,
            Action::SimulateExamples => self.simulate_examples(ctx),
            Action::ShowDialog(dialog) => {
                // Cancelling the save also cancels quitting.
                if dialog.is_none() && self.closing == Closing::WhenSaved {
                    self.closing = Closing::Guarded;
                }
                self.state.view.dialog = dialog;
            }
            Action::DismissNotice => self.state.view.notice = None,
            Action::Copy { text, what } => {
                ctx.copy_text(text);
                self.notify(Notice::done(format!("{what} copied")));
            }
            Action::QuitAnyway => self.quit(ctx),
            Action::SetCorrelations(correlation) => self.set_correlations(correlation),
            Action::Finished(finished) => self.finished(ctx, finished),
        }
    }

    /// Takes what ran beside the frame.
    fn finished(&mut self, ctx: &Context, finished: Finished) {
        match finished {
            Finished::Picked(purpose, path) => self.picked(ctx, purpose, path),
            Finished::Opened(opened) => self.opened(*opened),
            Finished::OpenedInto(opened) => self.opened_into(*opened),
            Finished::OpenedReport(opened) => self.opened_report(*opened),
            Finished::Exported(path, written) => self.exported(&path, written),
            Finished::Looked(source, on_disk) => {
                self.state.document.set_on_disk(&source, on_disk);
            }
            Finished::Simulated(simulated) => self.take_simulated(*simulated),
            Finished::NotSimulated(revision, reason) => {
                self.not_simulated(revision, reason);
            }
            Finished::LookedDeeper(deep) => self.take_deep(*deep),
            Finished::History(answer) => self.take_history(*answer),
            Finished::Mixed(found) => self.take_mixed(*found),
            Finished::SitesAdded(found) => self.take_sites(*found),
            Finished::OpenedSite(opened) => self.opened_site(*opened),
            Finished::Mapped(found) => self.take_map(*found),
            Finished::FigureMoved(found) => self.take_moved_figure(*found),
            Finished::Filmed(found) => self.take_strip(*found),
            Finished::Bordered(found) => self.take_near(*found),
            Finished::MarketAnswered(answer) => self.market_answered(*answer),
            Finished::MarketRead(answers, faults) => self.market_read(answers, &faults),
            Finished::MarketProblem(words) => self.notify(Notice::alert(words)),
            Finished::KeyStored(source, stored) => self.key_stored(source, stored),
            Finished::ExampleSimulated(index, example) => {
                self.state.examples.take(index, *example);
            }
        }
    }

    fn run(&mut self, ctx: &Context, command: Command) {
        let view = &mut self.state.view;
        match command {
            Command::OpenGallery
            | Command::Open
            | Command::OpenInto
            | Command::Recover
            | Command::EditDocument
            | Command::SavePicture
            | Command::SaveCaptioned
            | Command::Palette => self.open_dialog(ctx, command),
            Command::Save => self.save(ctx),
            Command::SaveAs => self.save_as(ctx),
            Command::Export => self.ask_export(ctx),
            Command::Report => self.ask_report(ctx),
            Command::CancelReport => {
                if let Some(reporting) = &self.state.reporting {
                    reporting.cancel();
                }
            }
            Command::CopyTable => self.copy_table(ctx),
            Command::CopyChart => self.copy_chart(ctx),
            Command::CopyComparison => {
                let text = measures_table(&self.state.results.comparison);
                self.apply(ctx, Action::Copy { text, what: "Comparison" });
            }
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Command::Undo => self.step(Document::undo, "Nothing to undo"),
            Command::Redo => self.step(Document::redo, "Nothing to redo"),
            Command::ResetAll => self.reset_all(),
            Command::FindInput => {
                view.inputs.is_unfolded = true;
                view.inputs.focus_search = true;
            }
            Command::ToggleInputs => view.inputs.is_unfolded = !view.inputs.is_unfolded,
            Command::ToggleChangedOnly => view.inputs.changed_only = !view.inputs.changed_only,
            Command::NewScenario
            | Command::EditScenario
            | Command::DeleteScenario
            | Command::MoveLeft
            | Command::MoveRight
            | Command::ShowLeft
            | Command::ShowRight
            | Command::SetBaseline => self.run_on_current(command),
            Command::NextBeside => self.show_next_beside(),
            Command::BasisBeforeTax => self.state.document.set_basis(Basis::ProjectBeforeTax),
            Command::BasisAfterTax => self.state.document.set_basis(Basis::ProjectAfterTax),
            Command::BasisEquity => self.state.document.set_basis(Basis::EquityAfterTax),
            Command::ByValue => self.state.document.set_criterion(Criterion::Value),
            Command::ByValuePerCapex => self.state.document.set_criterion(Criterion::ValuePerCapex),
            Command::ByPayback => self.state.document.set_criterion(Criterion::Payback),
            Command::ByIrr => self.state.document.set_criterion(Criterion::Irr),
            Command::ByLoss => self.state.document.set_criterion(Criterion::Loss),
            Command::FromRisks => self.state.document.set_factors(FactorSource::Parametric),
            Command::FromRecord => self.state.document.set_factors(FactorSource::Bootstrap),
            Command::Page(page) => view.page = page,
            Command::CancelSimulation => self.cancel_simulation(),
            Command::IndependentFactors => self.set_correlations(correlation::independent()),
            Command::NearestCorrelations => {
                let given = &self.state.document.scenario().risk.correlation;
                if correlation::cholesky(given).is_none() {
                    self.set_correlations(correlation::nearest_valid_short(given));
                }
            }
            Command::ThemeSystem => self.set_theme(ctx, ThemeChoice::System),
            Command::ThemeDark => self.set_theme(ctx, ThemeChoice::Dark),
            Command::ThemeLight => self.set_theme(ctx, ThemeChoice::Light),
            Command::ToggleColourBlind => self.toggle_palette(ctx),
            Command::ZoomIn => ctx.set_zoom_factor(zoom::larger(ctx.zoom_factor())),
            Command::ZoomOut => ctx.set_zoom_factor(zoom::smaller(ctx.zoom_factor())),
            Command::ZoomReset => ctx.set_zoom_factor(1.0),
        }
    }

    /// Commands that open a dialog.
    fn open_dialog(&mut self, ctx: &Context, command: Command) {
        let document = &self.state.document;
        let dialog = match command {
            Command::OpenGallery => {
                Dialog::Gallery { tag: None, criterion: Examples::chosen(document.criterion()) }
            }
            Command::Open => Dialog::Open { path: String::new(), to: OpenFor::Document },
            Command::OpenInto => Dialog::Open { path: String::new(), to: OpenFor::Into },
            Command::Recover => {
                if let Some(keeping) = &self.keeping {
                    self.state.kept = keeping.list();
                }
                Dialog::Recover
            }
            Command::EditDocument => {
                let mut form = AboutForm::from(document.about());
                document.based_on().unwrap_or_default().clone_into(&mut form.based_on);
                Dialog::Document(form)
            }
            Command::SavePicture | Command::SaveCaptioned => {
                self.state.view.has_caption = command == Command::SaveCaptioned;
                Dialog::SavePicture { path: format!("{}.png", files::file_stem(document.title())) }
            }
            _ => Dialog::Palette { query: String::new(), chosen: 0 },
        };
        self.show_dialog(ctx, dialog);
    }

    /// Shows a dialog; one that asks for a path opens that of the system as well.
    pub(super) fn show_dialog(&mut self, ctx: &Context, dialog: Dialog) {
        let asks_for_path = matches!(dialog, Dialog::Open { .. } | Dialog::SavePicture { .. });
        self.state.view.dialog = Some(dialog);
        if asks_for_path {
            self.browse(ctx);
        }
    }

    pub(super) fn notify(&mut self, notice: Notice) {
        self.state.view.notice = Some(notice);
    }

    /// Writes one input; a refused value is shown at its row, and the scenario stays as it was.
    fn set_input(&mut self, input: &'static Input, write: impl FnOnce(&mut Scenario) -> Result<(), Fault>) {
        let written = write(self.state.document.scenario_mut());
        self.state.view.inputs.refused = written.err().map(|fault| Refusal::NotAllowed { input, fault });
    }

    /// Replaces the correlations, as one step of history.
    fn set_correlations(&mut self, correlation: Correlation) {
        self.state.document.settle();
        self.state.document.scenario_mut().risk.correlation = correlation;
        self.state.view.inputs.refused = None;
        self.state.document.settle();
    }

    fn cancel_simulation(&mut self) {
        self.state.history.was_cancelled |= self.histories.cancel();
        self.cancel_mixing();
        self.state.moved_figure.was_cancelled |= self.moved_figures.cancel();
        if self.simulations.progress().is_some() {
            self.simulations.cancel();
            self.state.risk.was_cancelled = true;
            self.notify(Notice::note(
                "The simulation was ended; the next change of an input starts it again",
            ));
        }
    }

    /// Simulates the next worked example whose criterion needs it; the gallery asks again when it is there.
    fn simulate_examples(&mut self, ctx: &Context) {
        let Some(Dialog::Gallery { criterion, .. }) = self.state.view.dialog else { return };
        let examples = &mut self.state.examples;
        if examples.awaited > 0 {
            return;
        }
        let missing: Vec<usize> = examples.missing(criterion).collect();
        for &index in missing.iter().take(self.jobs.at_once()) {
            examples.awaited += 1;
            let view = Examples::view(index, criterion);
            self.jobs.simulate_example(ctx, index, view);
        }
    }

    /// Takes a row of a price list over into the inputs, as one step of history.
    fn fill(&mut self, pick: Pick) {
        self.state.document.settle();
        for (input, value) in pick.values() {
            self.set_input(input, |scenario| match value {
                Value::Text(text) => input.write(scenario, &text),
                Value::Number(number) => input.write_number(scenario, number),
            });
        }
        self.state.document.settle();
        if let Some(unknown) = pick.unknown() {
            let name = pick.name();
            self.notify(Notice::note(format!("{name} is filled in; the list does not know {unknown}")));
        }
    }

    fn reset(&mut self, input: &Input) {
        let baseline = Arc::clone(&self.state.document.baseline().scenario);
        input.copy(&baseline, self.state.document.scenario_mut());
        self.state.view.inputs.refused = None;
    }

    fn reset_all(&mut self) {
        let baseline = Scenario::clone(&self.state.document.baseline().scenario);
        *self.state.document.scenario_mut() = baseline;
        self.state.view.inputs.refused = None;
        self.state.document.settle();
    }

    fn step(&mut self, step: impl FnOnce(&mut Document) -> bool, nothing: &str) {
        self.state.view.inputs.refused = None;
        if !step(&mut self.state.document) {
            self.notify(Notice::alert(nothing));
        }
    }

    fn set_theme(&mut self, ctx: &Context, choice: ThemeChoice) {
        self.state.session.theme = choice;
        ctx.set_theme(theme_preference(choice));
    }

    fn toggle_palette(&mut self, ctx: &Context) {
        let palette = match self.state.session.palette {
            PaletteChoice::Standard => PaletteChoice::ColourBlind,
            PaletteChoice::ColourBlind => PaletteChoice::Standard,
        };
        self.state.session.palette = palette;
        theme::apply(ctx, palette);
    }
}

/// egui's name for a choice of theme.
pub(super) fn theme_preference(choice: ThemeChoice) -> egui::ThemePreference {
    match choice {
        ThemeChoice::System => egui::ThemePreference::System,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
        ThemeChoice::Light => egui::ThemePreference::Light,
    }
}
