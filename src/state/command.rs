//! Every action that a user can take, with its text, tooltip and shortcut.
//!
//! Menu, palette, buttons and keys all read this table, so they cannot differ.

use egui::{Key, KeyboardShortcut, Modifiers};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::FactorSource;

use super::export::Exports;
use super::menu::MENUS;
use super::page::Page;

/// Commands: actions that need no argument of the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Choose a worked example.
    OpenGallery,
    /// Open a preset from a file.
    Open,
    /// Add the scenarios of a file to those of the document.
    OpenInto,
    /// Save to the file it came from.
    Save,
    /// Save to another file.
    SaveAs,
    /// Take up work that was not saved before the last end.
    Recover,
    /// Edit title, story and sources.
    EditDocument,
    /// Save a picture of the window.
    SavePicture,
    /// Save a picture of the window with what it is of.
    SaveCaptioned,
    /// Write what the page shows to a file.
    Export,
    /// Make a report of the scenario.
    Report,
    /// End the report that is being made.
    CancelReport,
    /// Copy what the page shows as a table.
    CopyTable,
    /// Copy the charts of the page as a picture.
    CopyChart,
    /// Copy the comparison as a table.
    CopyComparison,
    /// End the program.
    Quit,
    /// Take back the last change.
    Undo,
    /// Make the last change again.
    Redo,
    /// Put every input back to the baseline.
    ResetAll,
    /// Find an input by name.
    FindInput,
    /// Show or hide the inputs in a narrow window.
    ToggleInputs,
    /// Show the changed inputs only.
    ToggleChangedOnly,
    /// Run any command by name.
    Palette,
    /// Add a copy of the scenario, and go on in it.
    NewScenario,
    /// Edit name, note and line of the scenario.
    EditScenario,
    /// Delete the scenario.
    DeleteScenario,
    /// Move the scenario before the one at its left.
    MoveLeft,
    /// Move the scenario behind the one at its right.
    MoveRight,
    /// Show the scenario at the left.
    ShowLeft,
    /// Show the scenario at the right.
    ShowRight,
    /// Show the next scenario beside the current one.
    NextBeside,
    /// Compare with what is now from here on.
    SetBaseline,
    /// Show the project before tax.
    BasisBeforeTax,
    /// Show the project after tax.
    BasisAfterTax,
    /// Show the owner's money after tax and debt.
    BasisEquity,
    /// Rank by net present value.
    ByValue,
    /// Rank by net present value per dollar of capital.
    ByValuePerCapex,
    /// Rank by payback.
    ByPayback,
    /// Rank by internal rate of return.
    ByIrr,
    /// Rank by chance of loss.
    ByLoss,
    /// Simulate from the risks of the scenario.
    FromRisks,
    /// Simulate bitcoin and the network from recorded months.
    FromRecord,
    /// Show a page.
    Page(Page),
    /// End the simulation that runs.
    CancelSimulation,
    /// Let the four factors move on their own.
    IndependentFactors,
    /// Replace correlations that contradict each other.
    NearestCorrelations,
    /// Dark and light as the system.
    ThemeSystem,
    /// Always dark.
    ThemeDark,
    /// Always light.
    ThemeLight,
    /// Colours for colour-blind eyes.
    ToggleColourBlind,
    /// Larger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// The usual size.
    ZoomReset,
}

impl Command {
    /// The command that selects a basis.
    pub const fn for_basis(basis: Basis) -> Self {
        match basis {
            Basis::ProjectBeforeTax => Self::BasisBeforeTax,
            Basis::ProjectAfterTax => Self::BasisAfterTax,
            Basis::EquityAfterTax => Self::BasisEquity,
        }
    }

    /// The command that selects a criterion.
    pub const fn for_criterion(criterion: Criterion) -> Self {
        match criterion {
            Criterion::Value => Self::ByValue,
            Criterion::ValuePerCapex => Self::ByValuePerCapex,
            Criterion::Payback => Self::ByPayback,
            Criterion::Irr => Self::ByIrr,
            Criterion::Loss => Self::ByLoss,
        }
    }

    /// The command that selects the source of the simulated markets.
    pub const fn for_factors(factors: FactorSource) -> Self {
        match factors {
            FactorSource::Parametric => Self::FromRisks,
            FactorSource::Bootstrap => Self::FromRecord,
        }
    }

    /// Every command, in the order of the palette.
    pub fn all() -> impl Iterator<Item = Self> {
        MENUS.iter().flat_map(|menu| menu.rows().flatten())
    }

    /// Its name.
    pub const fn text(self) -> &'static str {
        match self {
            Self::OpenGallery => "Worked examples…",
            Self::Open => "Open…",
            Self::OpenInto => "Open into this file…",
            Self::Save => "Save",
            Self::SaveAs => "Save as…",
            Self::Recover => "Recover…",
            Self::EditDocument => "Document…",
            Self::SavePicture => "Save picture…",
            Self::SaveCaptioned => "Save captioned picture…",
            Self::Export => "Export…",
            Self::Report => "Report…",
            Self::CancelReport => "Cancel report",
            Self::CopyTable => "Copy table",
            Self::CopyChart => "Copy chart",
            Self::CopyComparison => "Copy comparison",
            Self::Quit => "Quit",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::ResetAll => "Reset all inputs",
            Self::FindInput => "Find an input",
            Self::ToggleInputs => "Inputs",
            Self::ToggleChangedOnly => "Changed inputs only",
            Self::Palette => "Run a command",
            Self::NewScenario => "New scenario",
            Self::EditScenario => "Name and note…",
            Self::DeleteScenario => "Delete scenario",
            Self::MoveLeft => "Move scenario left",
            Self::MoveRight => "Move scenario right",
            Self::ShowLeft => "Previous scenario",
            Self::ShowRight => "Next scenario",
            Self::NextBeside => "Next scenario beside",
            Self::SetBaseline => "Use as baseline",
            Self::BasisBeforeTax => "Project before tax",
            Self::BasisAfterTax => "Project after tax",
            Self::BasisEquity => "Equity after tax",
            Self::ByValue => "Best by value",
            Self::ByValuePerCapex => "Best by value per dollar",
            Self::ByPayback => "Best by payback",
            Self::ByIrr => "Best by IRR",
            Self::ByLoss => "Best by loss risk",
            Self::FromRisks => "Simulate from the risks",
            Self::FromRecord => "Simulate from recorded months",
            Self::Page(page) => page.label(),
            Self::CancelSimulation => "Cancel simulation",
            Self::IndependentFactors => "Independent factors",
            Self::NearestCorrelations => "Nearest valid correlations",
            Self::ThemeSystem => "Theme of the system",
            Self::ThemeDark => "Dark theme",
            Self::ThemeLight => "Light theme",
            Self::ToggleColourBlind => "Colour-blind palette",
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ZoomReset => "Actual size",
        }
    }

    /// Its name on a page: there an export names what it writes.
    pub const fn text_on(self, page: Page) -> &'static str {
        match self {
            Self::Export => Exports::of(page).command_text(),
            _ => self.text(),
        }
    }

    /// One line: what it does.
    pub const fn tooltip(self) -> &'static str {
        match self {
            Self::OpenGallery => "Start from a case that names its sources; undo brings your scenario back",
            Self::Open => "Open a preset from a file",
            Self::OpenInto => "Add the scenarios of a file to those of this one",
            Self::Save => "Save the scenario to its file",
            Self::SaveAs => "Save the scenario to another file",
            Self::Recover => {
                "Unsaved work of earlier runs, and work that was declined or left in the last 30 days"
            }
            Self::EditDocument => "Title, story, notes, facts, sources and assumptions of the scenario",
            Self::SavePicture => "Save a picture of the window at twice its size as PNG",
            Self::SaveCaptioned => {
                "Save a picture of the page with its scenario, date, assumptions and verdict below it"
            }
            Self::Export => {
                "Write what the page shows to a file: the comparison, the ledger, the simulation, the tornado, the map, the mixes, the training costs, the scenarios, the history, the market or the inputs"
            }
            Self::Report => "Make a report that stands on its own, with the scenario inside, as PDF",
            Self::CancelReport => "End the report that is being made; nothing is written",
            Self::CopyTable => "Copy the table of the page for a spreadsheet",
            Self::CopyChart => "Copy the charts of the page as a picture at twice their size",
            Self::CopyComparison => "Copy every measure of every business as a table for a spreadsheet",
            Self::Quit => "End the program",
            Self::Undo => "Undo the last change of the scenario",
            Self::Redo => "Make the undone change again",
            Self::ResetAll => "Put every input back to the baseline",
            Self::ToggleInputs => {
                "Show or hide the inputs where the window is too narrow for them beside the page"
            }
            Self::FindInput => "Jump to the search box of the inputs",
            Self::ToggleChangedOnly => "Show only the inputs that differ from the baseline",
            Self::Palette => "Find any command by its name",
            Self::NewScenario => {
                "Add a copy of the scenario, and go on in it; the other stays to compare with"
            }
            Self::EditScenario => "Name, note and line of the scenario",
            Self::DeleteScenario => "Delete the scenario; undo brings it back",
            Self::MoveLeft => "Move the scenario before the one at its left",
            Self::MoveRight => "Move the scenario behind the one at its right",
            Self::ShowLeft => "Show and edit the scenario at the left",
            Self::ShowRight => "Show and edit the scenario at the right",
            Self::NextBeside => {
                "Show another scenario beside this one on the pages Cash flow and Risk; none after the last"
            }
            Self::SetBaseline => "Measure the other scenarios and changes against the scenario as it is now",
            Self::BasisBeforeTax => "Count the project’s cash before tax, as if without debt",
            Self::BasisAfterTax => "Count the project’s cash after its own tax, as if without debt",
            Self::BasisEquity => "Count the owner’s cash after tax, with the loan drawn, served and repaid",
            Self::ByValue => "Rank by net present value: for a site whose megawatts are scarce",
            Self::ByValuePerCapex => "Rank by net present value per dollar of capital: for scarce money",
            Self::ByPayback => "Rank by when the money is back for good, without end proceeds",
            Self::ByIrr => "Rank by internal rate of return",
            Self::ByLoss => "Rank by the chance of a negative net present value over the simulated paths",
            Self::FromRisks => {
                "Draw bitcoin and network with the volatilities, jumps and correlations of the scenario"
            }
            Self::FromRecord => {
                "Put bitcoin and network together from blocks of recorded months, twelve on average"
            }
            Self::Page(page) => page.tooltip(),
            Self::CancelSimulation => "End the simulation that runs; the figures found last stay",
            Self::IndependentFactors => "Set every correlation of the simulated factors to zero",
            Self::NearestCorrelations => {
                "Replace correlations that contradict each other by the nearest valid ones"
            }
            Self::ThemeSystem => "Dark or light as the system says",
            Self::ThemeDark => "Always dark",
            Self::ThemeLight => "Always light",
            Self::ToggleColourBlind => "Colours that stay apart for colour-blind eyes",
            Self::ZoomIn => "Make everything larger",
            Self::ZoomOut => "Make everything smaller",
            Self::ZoomReset => "Show everything at its usual size",
        }
    }

    /// The keys that run it.
    pub const fn shortcut(self) -> Option<KeyboardShortcut> {
        #[expect(clippy::unnecessary_wraps, reason = "reads as a table below")]
        const fn ctrl(key: Key) -> Option<KeyboardShortcut> {
            Some(KeyboardShortcut::new(Modifiers::COMMAND, key))
        }
        #[expect(clippy::unnecessary_wraps, reason = "reads as a table below")]
        const fn ctrl_shift(key: Key) -> Option<KeyboardShortcut> {
            Some(KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key))
        }
        match self {
            Self::OpenGallery => ctrl(Key::G),
            Self::Open => ctrl(Key::O),
            Self::Save => ctrl(Key::S),
            Self::SaveAs => ctrl_shift(Key::S),
            Self::SavePicture => ctrl_shift(Key::P),
            Self::SaveCaptioned => ctrl_shift(Key::M),
            Self::Export => ctrl(Key::E),
            Self::CopyTable => ctrl_shift(Key::L),
            Self::CopyChart => ctrl_shift(Key::G),
            Self::CopyComparison => ctrl_shift(Key::C),
            Self::Quit => ctrl(Key::Q),
            Self::Undo => ctrl(Key::Z),
            Self::Redo => ctrl_shift(Key::Z),
            Self::ResetAll => ctrl_shift(Key::R),
            Self::FindInput => ctrl(Key::F),
            Self::ToggleInputs => ctrl(Key::I),
            Self::Palette => ctrl(Key::K),
            Self::NewScenario => ctrl(Key::D),
            Self::OpenInto => ctrl_shift(Key::O),
            Self::ShowLeft => ctrl(Key::OpenBracket),
            Self::ShowRight => ctrl(Key::CloseBracket),
            Self::NextBeside => ctrl(Key::B),
            Self::Page(page) => ctrl(page.key()),
            Self::BasisBeforeTax => ctrl_shift(Key::B),
            Self::BasisAfterTax => ctrl_shift(Key::T),
            Self::BasisEquity => ctrl_shift(Key::E),
            Self::ZoomIn => ctrl(Key::Plus),
            Self::ZoomOut => ctrl(Key::Minus),
            Self::ZoomReset => ctrl(Key::Num0),
            Self::Report => ctrl(Key::R),
            Self::CancelSimulation
            | Self::CancelReport
            | Self::IndependentFactors
            | Self::NearestCorrelations
            | Self::Recover
            | Self::EditDocument
            | Self::ToggleChangedOnly
            | Self::EditScenario
            | Self::DeleteScenario
            | Self::MoveLeft
            | Self::MoveRight
            | Self::SetBaseline
            | Self::ByValue
            | Self::ByValuePerCapex
            | Self::ByPayback
            | Self::ByIrr
            | Self::ByLoss
            | Self::FromRisks
            | Self::FromRecord
            | Self::ThemeSystem
            | Self::ThemeDark
            | Self::ThemeLight
            | Self::ToggleColourBlind => None,
        }
    }

    /// Whether it waits for a value that is being typed, so that the value is taken over first: everything that looks at the
    /// scenario or leaves it.
    pub const fn takes_typed_value(self) -> bool {
        !matches!(
            self,
            Self::ZoomIn
                | Self::ZoomOut
                | Self::ZoomReset
                | Self::ThemeDark
                | Self::ThemeLight
                | Self::ThemeSystem
                | Self::ToggleColourBlind
        )
    }

    /// Text, tooltip and keys in one string, for a hover.
    pub fn hover(self, ctx: &egui::Context) -> String {
        match self.shortcut() {
            Some(shortcut) => format!("{} ({})", self.tooltip(), ctx.format_shortcut(&shortcut)),
            None => self.tooltip().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
