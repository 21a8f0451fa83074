//! The menus of the top bar: every command stands in one of them.

use super::command::Command;

/// A menu of the top bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Menu {
    /// Its name.
    pub name: &'static str,
    /// Its commands; `None` is a separator.
    pub items: &'static [Option<Command>],
}

/// The menus of the top bar.
pub const MENUS: [Menu; 4] = {
    use Command as C;
    [
        Menu {
            name: "File",
            items: &[
                Some(C::OpenGallery),
                Some(C::Open),
                Some(C::Save),
                Some(C::SaveAs),
                Some(C::EditDocument),
                Some(C::Recover),
                None,
                Some(C::SavePicture),
                Some(C::CopyComparison),
                None,
                Some(C::Quit),
            ],
        },
        Menu {
            name: "Edit",
            items: &[
                Some(C::Undo),
                Some(C::Redo),
                None,
                Some(C::FindInput),
                Some(C::ToggleChangedOnly),
                Some(C::ResetAll),
            ],
        },
        Menu {
            name: "View",
            items: &[
                Some(C::PageCompare),
                Some(C::PageCashFlow),
                Some(C::PageRisk),
                Some(C::PageMethod),
                None,
                Some(C::ToggleInputs),
                None,
                Some(C::ThemeSystem),
                Some(C::ThemeDark),
                Some(C::ThemeLight),
                Some(C::ToggleColourBlind),
                None,
                Some(C::ZoomIn),
                Some(C::ZoomOut),
                Some(C::ZoomReset),
                None,
                Some(C::Palette),
            ],
        },
        Menu {
            name: "Scenario",
            items: &[
                Some(C::Pin),
                Some(C::RemovePins),
                None,
                Some(C::SetBaseline),
                None,
                Some(C::BasisBeforeTax),
                Some(C::BasisAfterTax),
                Some(C::BasisEquity),
                None,
                Some(C::IndependentFactors),
                Some(C::NearestCorrelations),
                Some(C::CancelSimulation),
            ],
        },
    ]
};
