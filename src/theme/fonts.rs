//! One variable font in three weights.

use std::sync::Arc;

use egui::epaint::text::{FontData, FontDefinitions, FontTweak, Tag};
use egui::{Context, FontFamily, FontId};

use super::Fallback;

/// The bundled font: Inter with tabular figures, weights 400 to 600 on its `wght` axis.
pub const FONT: &[u8] = include_bytes!("../../assets/fonts/WattfolioSans.ttf");

/// Family name of the weight 500.
pub const WEIGHT_MEDIUM: &str = "medium";
/// Family name of the weight 600.
pub const WEIGHT_STRONG: &str = "strong";

/// The text styles of the app: size and weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// Axes, units, card labels, second lines in charts: 12.
    Caption,
    /// Rows, menus, tables: 13.
    Body,
    /// Changed or selected rows: 13, medium.
    BodyMedium,
    /// Chart and card titles: 14, strong.
    Title,
    /// Values on cards: 14, medium.
    CardValue,
    /// The sentence of a page: 20, strong.
    Verdict,
    /// The same in a narrow window: 17, strong.
    VerdictNarrow,
    /// Payback on the cards, nowhere else: 28, strong.
    Figure,
}

impl Text {
    /// The font of the style.
    pub fn font(self) -> FontId {
        let (size, family) = match self {
            Self::Caption => (12.0, FontFamily::Proportional),
            Self::Body => (13.0, FontFamily::Proportional),
            Self::BodyMedium => (13.0, FontFamily::Name(WEIGHT_MEDIUM.into())),
            Self::CardValue => (14.0, FontFamily::Name(WEIGHT_MEDIUM.into())),
            Self::Title => (14.0, FontFamily::Name(WEIGHT_STRONG.into())),
            Self::Verdict => (20.0, FontFamily::Name(WEIGHT_STRONG.into())),
            Self::VerdictNarrow => (17.0, FontFamily::Name(WEIGHT_STRONG.into())),
            Self::Figure => (28.0, FontFamily::Name(WEIGHT_STRONG.into())),
        };
        FontId::new(size, family)
    }
}

/// Installs the bundled font in three weights; egui's own fonts stay behind it for rare characters, and the fallback
/// behind all.
pub fn install(ctx: &Context, fallback: &Fallback) {
    fallback.install(ctx);
    let mut fonts = FontDefinitions::default();
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let families = [
        (FontFamily::Proportional, "wattfolio-400", 400.0),
        (FontFamily::Name(WEIGHT_MEDIUM.into()), "wattfolio-500", 500.0),
        (FontFamily::Name(WEIGHT_STRONG.into()), "wattfolio-600", 600.0),
    ];
    for (family, name, weight) in families {
        let mut tweak = FontTweak::default();
        tweak.coords.push(Tag::new(b"wght"), weight);
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(FONT).tweak(tweak)));
        let chain = std::iter::once(name.to_owned()).chain(fallbacks.iter().cloned());
        fonts.families.insert(family, chain.collect());
    }
    // Figures are tabular in every weight, so nothing needs a second family for them.
    let proportional = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    fonts.families.insert(FontFamily::Monospace, proportional);
    ctx.set_fonts(fonts);
}
