//! The menus of the top bar: every command stands in one of them.

use super::command::Command;
use super::page::Page;

/// A menu of the top bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Menu {
    /// Its name.
    pub name: &'static str,
    /// Its items.
    pub items: &'static [Item],
}

/// An item of a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A command.
    Run(Command),
    /// One command for each page.
    Pages,
    /// A separator.
    Line,
}

impl Menu {
    /// Its commands in order; `None` is a separator.
    pub fn rows(&self) -> impl Iterator<Item = Option<Command>> {
        self.items.iter().flat_map(|item| {
            let (one, pages): (Option<Option<Command>>, &[Page]) = match item {
                Item::Run(command) => (Some(Some(*command)), &[]),
                Item::Pages => (None, &Page::ALL),
                Item::Line => (Some(None), &[]),
            };
            one.into_iter().chain(pages.iter().map(|page| Some(Command::Page(*page))))
        })
    }
}

/// The menus of the top bar.
pub const MENUS: [Menu; 5] = {
    use Command as C;
    [
        Menu {
            name: "File",
            items: &[
                Item::Run(C::OpenGallery),
                Item::Run(C::Open),
                Item::Run(C::OpenInto),
                Item::Run(C::Save),
                Item::Run(C::SaveAs),
                Item::Run(C::EditDocument),
                Item::Run(C::Recover),
                Item::Line,
                Item::Run(C::SavePicture),
                Item::Run(C::SaveCaptioned),
                Item::Run(C::Export),
                Item::Run(C::Report),
                Item::Run(C::CancelReport),
                Item::Line,
                Item::Run(C::Quit),
            ],
        },
        Menu {
            name: "Edit",
            items: &[
                Item::Run(C::Undo),
                Item::Run(C::Redo),
                Item::Line,
                Item::Run(C::CopyTable),
                Item::Run(C::CopyChart),
                Item::Run(C::CopyComparison),
                Item::Line,
                Item::Run(C::FindInput),
                Item::Run(C::ToggleChangedOnly),
                Item::Run(C::ResetAll),
            ],
        },
        Menu {
            name: "View",
            items: &[
                Item::Pages,
                Item::Line,
                Item::Run(C::ToggleInputs),
                Item::Line,
                Item::Run(C::ThemeSystem),
                Item::Run(C::ThemeDark),
                Item::Run(C::ThemeLight),
                Item::Run(C::ToggleColourBlind),
                Item::Line,
                Item::Run(C::ZoomIn),
                Item::Run(C::ZoomOut),
                Item::Run(C::ZoomReset),
                Item::Line,
                Item::Run(C::Palette),
            ],
        },
        Menu {
            name: "Scenario",
            items: &[
                Item::Run(C::NewScenario),
                Item::Run(C::EditScenario),
                Item::Run(C::DeleteScenario),
                Item::Run(C::SetBaseline),
                Item::Line,
                Item::Run(C::ShowLeft),
                Item::Run(C::ShowRight),
                Item::Run(C::NextBeside),
                Item::Run(C::MoveLeft),
                Item::Run(C::MoveRight),
                Item::Line,
                Item::Run(C::BasisBeforeTax),
                Item::Run(C::BasisAfterTax),
                Item::Run(C::BasisEquity),
                Item::Line,
                Item::Run(C::ByValue),
                Item::Run(C::ByValuePerCapex),
                Item::Run(C::ByPayback),
                Item::Run(C::ByIrr),
                Item::Run(C::ByLoss),
            ],
        },
        Menu {
            name: "Simulation",
            items: &[
                Item::Run(C::FromRisks),
                Item::Run(C::FromRecord),
                Item::Line,
                Item::Run(C::IndependentFactors),
                Item::Run(C::NearestCorrelations),
                Item::Run(C::CancelSimulation),
            ],
        },
    ]
};
