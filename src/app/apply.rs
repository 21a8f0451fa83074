//! The one place where the state changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, ViewportCommand};
use wattfolio_economics::analysis::compare_on;
use wattfolio_economics::business::Basis;
use wattfolio_economics::catalogue;
use wattfolio_economics::risk::correlation;
use wattfolio_economics::scenario::{Correlation, Fault, Scenario};

use super::action::Action;
use super::command::Command;
use super::jobs::{Finished, Purpose};
use super::paths::{file_stem, with_extension};
use super::state::{Dialog, MOST_PINS, Notice, Page, Pin};
use super::{App, picture};
use crate::price_list::{Pick, Value};
use crate::report;
use crate::store::{self, Preset, ThemeChoice};
use crate::theme::{self, PaletteChoice};
use crate::view::words;

impl App {
    /// Changes the state as asked.
    pub(super) fn apply(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Run(command) => self.run(ctx, command),
            Action::SetNumber { id, value } => {
                self.set_input(id, |input, scenario| input.write_number(scenario, value));
            }
            Action::SetText { id, text } => {
                self.set_input(id, |input, scenario| input.write(scenario, &text));
            }
            Action::Fill(pick) => self.fill(pick),
            Action::Reset(id) => self.reset(id),
            Action::OpenBundled(name) => {
                if let Some(bundled) = store::find_bundled(name) {
                    self.open(bundled.preset.clone(), None);
                }
            }
            Action::OpenFile(path) => self.open_file(&path),
            Action::SaveFile { path, title } => self.save_file(&path, title),
            Action::SavePictureTo(path) => self.save_picture(ctx, &path),
            Action::Browse => self.browse(ctx),
            Action::OpenPin(letter) => self.open_pin(letter),
            Action::RemovePin(letter) => self.state.pins.retain(|pin| pin.letter != letter),
            Action::SetChart(chart) => self.state.view.chart = chart,
            Action::SetCashFlow(cash_flow) => self.state.view.cash_flow = cash_flow,
            Action::SetMethod(method) => self.state.view.method = method,
            Action::Search(text) => self.state.view.inputs.search = text,
            Action::FindById(id) => {
                let view = &mut self.state.view;
                id.clone_into(&mut view.inputs.search);
                view.inputs.changed_only = false;
                view.dialog = None;
            }
            Action::ToggleGroup(None) => {
                let closed = &mut self.state.view.inputs.key_drivers_closed;
                *closed = !*closed;
            }
            Action::ToggleGroup(Some(group)) => {
                let open = &mut self.state.view.inputs.open;
                if !open.remove(&group) {
                    open.insert(group);
                }
            }
            Action::SearchFocused => self.state.view.inputs.focus_search = false,
            Action::Hover(month) => self.state.view.hovered_month = month,
            Action::ShowDialog(dialog) => self.state.view.dialog = dialog,
            Action::DismissNotice => self.state.view.notice = None,
            Action::Copy { text, what } => {
                ctx.copy_text(text);
                self.notify(Notice::info(format!("{what} copied")));
            }
            Action::QuitAnyway => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Action::SetCorrelations(correlation) => self.set_correlations(correlation),
            Action::Finished(Finished::Picked(purpose, path)) => self.picked(ctx, purpose, path),
            Action::Finished(Finished::Simulated(simulated)) => self.take_simulated(*simulated),
            Action::Finished(Finished::NotSimulated(revision, reason)) => {
                self.not_simulated(revision, reason)
            }
            Action::Finished(Finished::LookedDeeper(deep)) => self.take_deep(*deep),
        }
    }

    fn run(&mut self, ctx: &Context, command: Command) {
        let view = &mut self.state.view;
        match command {
            Command::OpenGallery => view.dialog = Some(Dialog::Gallery { tag: None }),
            Command::Open => {
                view.dialog = Some(Dialog::Open { path: String::new() });
                self.browse(ctx);
            }
            Command::Save => self.save(ctx),
            Command::SaveAs => self.save_as(ctx),
            Command::Recover => self.recover(),
            Command::SavePicture => {
                let path = format!("{}.png", file_stem(&self.state.document.origin().preset.title));
                view.dialog = Some(Dialog::SavePicture { path });
                self.browse(ctx);
            }
            Command::CopyComparison => {
                let text = report::measures_table(&self.state.results.comparison);
                self.apply(ctx, Action::Copy { text, what: "Comparison" });
            }
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Command::Undo => self.step(super::document::Document::undo),
            Command::Redo => self.step(super::document::Document::redo),
            Command::ResetAll => self.reset_all(),
            Command::FindInput => view.inputs.focus_search = true,
            Command::ToggleChangedOnly => view.inputs.changed_only = !view.inputs.changed_only,
            Command::Palette => view.dialog = Some(Dialog::Palette { query: String::new(), chosen: 0 }),
            Command::Pin => self.pin(),
            Command::RemovePins => self.state.pins.clear(),
            Command::SetBaseline => self.state.document.set_baseline(),
            Command::BasisBeforeTax => self.set_basis(Basis::ProjectBeforeTax),
            Command::BasisAfterTax => self.set_basis(Basis::ProjectAfterTax),
            Command::BasisEquity => self.set_basis(Basis::EquityAfterTax),
            Command::PageCompare => view.page = Page::Compare,
            Command::PageCashFlow => view.page = Page::CashFlow,
            Command::PageRisk => view.page = Page::Risk,
            Command::CancelSimulation => self.cancel_simulation(),
            Command::IndependentFactors => self.set_correlations(correlation::independent()),
            Command::NearestCorrelations => {
                let given = &self.state.document.scenario().risk.correlation;
                if correlation::cholesky(given).is_none() {
                    self.set_correlations(correlation::nearest_valid_short(given));
                }
            }
            Command::PageMethod => view.page = Page::Method,
            Command::ThemeSystem => self.set_theme(ctx, ThemeChoice::System),
            Command::ThemeDark => self.set_theme(ctx, ThemeChoice::Dark),
            Command::ThemeLight => self.set_theme(ctx, ThemeChoice::Light),
            Command::ToggleColourBlind => self.toggle_palette(ctx),
            Command::ZoomIn => egui::gui_zoom::zoom_in(ctx),
            Command::ZoomOut => egui::gui_zoom::zoom_out(ctx),
            Command::ZoomReset => ctx.set_zoom_factor(1.0),
        }
    }

    fn notify(&mut self, notice: Notice) {
        self.state.view.notice = Some(notice);
    }

    /// Writes one input; a refused value is shown at its row, and the scenario stays as it was.
    fn set_input(
        &mut self,
        id: &str,
        write: impl FnOnce(&catalogue::Input, &mut Scenario) -> Result<(), Fault>,
    ) {
        let Some(input) = catalogue::find(id) else { return };
        self.state.view.inputs.refused = write(input, self.state.document.scenario_mut()).err();
    }

    /// Replaces the correlations, as one step of history.
    fn set_correlations(&mut self, correlation: Correlation) {
        self.state.document.settle();
        self.state.document.scenario_mut().risk.correlation = correlation;
        self.state.view.inputs.refused = None;
        self.state.document.settle();
    }

    fn cancel_simulation(&mut self) {
        if self.simulations.progress().is_some() {
            self.simulations.cancel();
            self.state.risk.was_cancelled = true;
            self.notify(Notice::info(
                "The simulation was ended; the next change of an input starts it again",
            ));
        }
    }

    /// Takes a row of a price list over into the inputs, as one step of history.
    fn fill(&mut self, pick: Pick) {
        self.state.document.settle();
        for (id, value) in pick.values() {
            self.set_input(id, |input, scenario| match value {
                Value::Text(text) => input.write(scenario, &text),
                Value::Number(number) => input.write_number(scenario, number),
            });
        }
        self.state.document.settle();
        if let Some(unknown) = pick.unknown() {
            let name = pick.name();
            self.notify(Notice::info(format!("{name} is filled in; the list does not know {unknown}")));
        }
    }

    fn reset(&mut self, id: &str) {
        let baseline = self.state.document.origin().baseline.clone();
        if let Some(input) = catalogue::find(id) {
            input.copy(&baseline, self.state.document.scenario_mut());
        }
        self.state.view.inputs.refused = None;
    }

    fn reset_all(&mut self) {
        let baseline = self.state.document.origin().baseline.clone();
        *self.state.document.scenario_mut() = baseline;
        self.state.view.inputs.refused = None;
        self.state.document.settle();
    }

    fn step(&mut self, step: impl FnOnce(&mut super::Document) -> bool) {
        self.state.view.inputs.refused = None;
        if !step(&mut self.state.document) {
            self.notify(Notice::info("Nothing to take back or make again"));
        }
    }

    fn open(&mut self, preset: Preset, file: Option<PathBuf>) {
        if let Some(file) = &file {
            self.state.session.remember(file);
        }
        self.state.document.replace(preset, file);
        self.state.view.inputs.refused = None;
        self.state.view.dialog = None;
        self.state.view.notice = None;
        self.pin_variants();
    }

    /// Variants of a preset are shown as pins.
    pub(super) fn pin_variants(&mut self) {
        self.state.pins.clear();
        let preset = &self.state.document.origin().preset;
        let variants: Vec<(String, Option<Scenario>)> = preset
            .variants
            .iter()
            .map(|variant| (variant.name.clone(), preset.variant(variant).ok()))
            .collect();
        for (name, scenario) in variants.into_iter().take(MOST_PINS) {
            if let Some(scenario) = scenario {
                self.add_pin(Some(name), scenario);
            }
        }
    }

    fn open_file(&mut self, path: &Path) {
        match store::load(path) {
            Ok(preset) => self.open(preset, Some(path.to_owned())),
            Err(fault) => {
                self.state.view.dialog = None;
                self.notify(Notice::alert(format!("Not opened, your scenario is as it was. {fault}")));
            }
        }
    }

    fn save(&mut self, ctx: &Context) {
        let origin = self.state.document.origin();
        match origin.file.clone() {
            Some(path) => {
                let title = origin.preset.title.clone();
                self.save_file(&path, title);
            }
            None => self.save_as(ctx),
        }
    }

    fn save_as(&mut self, ctx: &Context) {
        let origin = self.state.document.origin();
        let title = origin.preset.title.clone();
        let path = origin
            .file
            .as_ref()
            .map_or_else(|| format!("{}.ron", file_stem(&title)), |file| file.display().to_string());
        self.state.view.dialog = Some(Dialog::SaveAs { path, title });
        self.browse(ctx);
    }

    fn save_file(&mut self, path: &Path, title: String) {
        let path = &with_extension(path, "ron");
        let preset = Preset { title, ..self.state.document.to_preset() };
        match store::save(&preset, path) {
            Ok(_) => {
                self.state.session.remember(path);
                self.state.document.saved_to(path, preset);
                self.state.view.dialog = None;
                self.notify(Notice::info(format!("Saved to {}", path.display())));
            }
            Err(fault) => self.notify(Notice::alert(fault.to_string())),
        }
    }

    fn save_picture(&mut self, ctx: &Context, path: &Path) {
        let path = &with_extension(path, "png");
        self.state.view.dialog = None;
        let saved = report::PngFile::create(path)
            .and_then(|file| picture::of_window(self, ctx).and_then(|image| file.write(&image)));
        match saved {
            Ok(()) => self.notify(Notice::info(format!("Picture saved to {}", path.display()))),
            Err(fault) => self.notify(Notice::alert(format!("Picture not saved. {fault}"))),
        }
    }

    fn recover(&mut self) {
        let Some(folder) = self.session_folder.clone() else { return };
        let path = store::recovery_file(&folder);
        match store::load(&path) {
            Ok(preset) => {
                self.open(preset, None);
                self.state.recoverable = false;
                self.notify(Notice::info("Unsaved work is back; save it under a name of its own"));
            }
            Err(fault) => self.notify(Notice::alert(fault.to_string())),
        }
    }

    /// Asks the system for a path where a dialog wants one.
    fn browse(&mut self, ctx: &Context) {
        let (purpose, suggested) = match &self.state.view.dialog {
            Some(Dialog::Open { .. }) => (Purpose::Open, String::new()),
            Some(Dialog::SaveAs { path, .. }) => (Purpose::SavePreset, path.clone()),
            Some(Dialog::SavePicture { path }) => (Purpose::SavePicture, path.clone()),
            _ => return,
        };
        let suggested = Path::new(&suggested).file_name().map(|name| name.to_string_lossy().into_owned());
        self.jobs.browse(ctx, purpose, &suggested.unwrap_or_default());
    }

    /// The system's dialog has answered. Without an answer ours stays, with its field for a path.
    fn picked(&mut self, ctx: &Context, purpose: Purpose, path: Option<PathBuf>) {
        let Some(path) = path else { return };
        match (purpose, self.state.view.dialog.clone()) {
            (Purpose::Open, _) => self.open_file(&path),
            (Purpose::SavePreset, Some(Dialog::SaveAs { title, .. })) => self.save_file(&path, title),
            (Purpose::SavePreset, _) => {
                let title = self.state.document.origin().preset.title.clone();
                self.save_file(&path, title);
            }
            (Purpose::SavePicture, _) => self.save_picture(ctx, &path),
        }
    }

    fn pin(&mut self) {
        if self.state.results.faults.is_some() {
            return self.notify(Notice::alert("A scenario with faults cannot be pinned"));
        }
        let scenario = self.state.document.scenario().clone();
        self.add_pin(None, scenario);
    }

    fn add_pin(&mut self, name: Option<String>, scenario: Scenario) {
        let letter = ('A'..='Z').find(|letter| self.state.pins.iter().all(|pin| pin.letter != *letter));
        let (Some(letter), true) = (letter, self.state.pins.len() < MOST_PINS) else {
            return self.notify(Notice::info(format!("At most {MOST_PINS} pins; remove one first")));
        };
        let Ok(valid) = scenario.clone().validate() else { return };
        let differs = words::differences(&scenario, &self.state.document.origin().baseline);
        let name = name.unwrap_or_else(|| format!("Pin {letter}"));
        let comparison = Arc::new(compare_on(&valid, self.state.view.basis));
        self.state.pins.push(Pin { letter, name, differs, comparison, scenario });
    }

    /// Counts everything that is shown on another basis.
    fn set_basis(&mut self, basis: Basis) {
        self.state.view.basis = basis;
        for pin in &mut self.state.pins {
            if let Ok(valid) = pin.scenario.clone().validate() {
                pin.comparison = Arc::new(compare_on(&valid, basis));
            }
        }
    }

    fn open_pin(&mut self, letter: char) {
        if let Some(pin) = self.state.pins.iter().find(|pin| pin.letter == letter) {
            *self.state.document.scenario_mut() = pin.scenario.clone();
            self.state.document.settle();
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
