//! Colours, type and sizes. Colours are defined in this folder only.

mod fallback;
mod fonts;
mod logo;
mod palette;
mod size;
mod style;

use std::sync::{Arc, LazyLock};

use egui::Color32;
use wattfolio_economics::business::Business;

pub use fallback::Fallback;
pub use fonts::{FONT, Text, WEIGHT_MEDIUM, WEIGHT_STRONG, install as install_fonts};
pub use logo::{ICON, logo};
pub use palette::{Diverging, Hue, Palette};
pub use size::*;
pub use style::{apply, apply_one};

/// A theme: a palette and whether it is dark.
#[derive(Debug)]
pub struct Theme {
    /// Colours by role.
    pub palette: Palette,
    /// True if the background is dark.
    pub is_dark: bool,
}

/// Family of colours, for dark and light themes alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum PaletteChoice {
    /// The house colours.
    #[default]
    Standard,
    /// Colours that colour-blind users can distinguish.
    ColourBlind,
}

struct Themes {
    dark: Arc<Theme>,
    light: Arc<Theme>,
    colour_blind_dark: Arc<Theme>,
    colour_blind_light: Arc<Theme>,
    paper: Arc<Theme>,
}

static THEMES: LazyLock<Themes> = LazyLock::new(|| {
    let theme = |text, is_dark| Arc::new(Theme { palette: Palette::bundled(text), is_dark });
    Themes {
        dark: theme(include_str!("../../assets/theme/dark.ron"), true),
        light: theme(include_str!("../../assets/theme/light.ron"), false),
        colour_blind_dark: theme(include_str!("../../assets/theme/colour_blind_dark.ron"), true),
        colour_blind_light: theme(include_str!("../../assets/theme/colour_blind_light.ron"), false),
        paper: theme(include_str!("../../assets/theme/paper.ron"), false),
    }
});

impl Theme {
    /// The theme for a palette, dark or light.
    pub fn get(choice: PaletteChoice, is_dark: bool) -> Arc<Self> {
        let themes = &*THEMES;
        let theme = match (choice, is_dark) {
            (PaletteChoice::Standard, true) => &themes.dark,
            (PaletteChoice::Standard, false) => &themes.light,
            (PaletteChoice::ColourBlind, true) => &themes.colour_blind_dark,
            (PaletteChoice::ColourBlind, false) => &themes.colour_blind_light,
        };
        Arc::clone(theme)
    }

    /// The theme of reports: light, on white.
    pub fn paper() -> Arc<Self> {
        Arc::clone(&THEMES.paper)
    }

    /// The colour of marks of a business.
    pub fn mark(&self, business: Business) -> Color32 {
        self.palette.businesses[business].mark
    }

    /// The colour of text about a business.
    pub fn mark_text(&self, business: Business) -> Color32 {
        self.palette.businesses[business].text
    }
}

/// One glyph a business, in their order.
const GLYPHS: [&str; 6] = ["◆", "■", "●", "▲", "▼", "★"];
const _: () = assert!(Business::ALL.len() <= GLYPHS.len(), "each business needs a glyph of its own");

/// The glyph of a business; colour never stands alone.
pub const fn glyph(business: Business) -> &'static str {
    GLYPHS[business as usize]
}
