//! Fonts for letters that no bundled font has: a given font file, then the fonts of the system.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::{fmt, panic};

use egui::Context;
use egui::epaint::text::{
    FallbackRequest, FontData, FontFamily, FontInsert, FontPriority, FontProvider, InsertFontFamily,
};
use egui_system_font_provider::SystemFontProvider;
use skrifa::MetadataProvider as _;
use skrifa::raw::FileRef;

/// Largest number of missing letters that a message names.
const MOST_NAMED: usize = 12;

/// Fonts for letters that no bundled font has; they never replace bundled letters.
#[derive(Clone, Debug, Default)]
pub struct Fallback {
    given: Option<GivenFont>,
    has_system_fonts: bool,
    missing: Missing,
}

impl Fallback {
    /// Fonts of the system, loaded when a letter first needs them.
    pub fn system() -> Self {
        Self { has_system_fonts: true, ..Self::default() }
    }

    /// Adds a font file that precedes the fonts of the system; `None` if the bytes are no font.
    pub fn with_font(self, bytes: Vec<u8>) -> Option<Self> {
        let is_font = !faces(&bytes).is_empty();
        is_font.then(|| Self { given: Some(GivenFont(Arc::new(bytes))), ..self })
    }

    /// Registers the fonts as fallback of a context.
    pub(super) fn install(&self, ctx: &Context) {
        let mut providers: Vec<Arc<dyn FontProvider>> = Vec::new();
        if let Some(given) = &self.given {
            providers.push(Arc::new(given.clone()));
        }
        if self.has_system_fonts {
            providers.push(Arc::new(system_fonts));
        }
        // Last in the chain, so it receives every letter that no font has.
        let missing = self.missing.clone();
        providers.push(Arc::new(move |request: &FallbackRequest<'_>| {
            missing.note(request.cluster);
            None
        }));
        ctx.set_font_providers(providers);
    }

    /// A font with a letter that no bundled font has; one that no font has is noted as missing.
    pub fn font_for(&self, letter: char) -> Option<FontData> {
        let cluster = letter.to_string();
        let request = FallbackRequest { cluster: &cluster, family: &FontFamily::Proportional };
        let given = self.given.as_ref().and_then(|given| given.font_for(&request));
        let found = given.or_else(|| self.has_system_fonts.then(|| system_fonts(&request)).flatten());
        if found.is_none() {
            self.missing.note(&cluster);
        }
        found.map(|font| font.data)
    }

    /// Letters of drawn texts that no font has.
    pub fn missing(&self) -> Vec<char> {
        self.missing.letters().iter().copied().collect()
    }

    /// Message about the [`Fallback::missing`] letters; `None` if there are none.
    pub fn missing_words(&self) -> Option<String> {
        let letters = self.missing();
        let named: Vec<String> = letters.iter().take(MOST_NAMED).map(char::to_string).collect();
        let more = match letters.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let words = format!("No font has {}{more}: boxes stand for them", named.join(" "));
        (!letters.is_empty()).then_some(words)
    }
}

/// The fonts of the system, listed once per process, because listing takes up to some tenths of a second.
fn system_fonts(request: &FallbackRequest<'_>) -> Option<FontInsert> {
    static SYSTEM: OnceLock<Option<SystemFontProvider>> = OnceLock::new();
    SYSTEM.get_or_init(list_system_fonts).as_ref()?.font_for(request)
}

/// Waits until the fonts of the system are listed; `None` if they cannot be. On a system without any font the library
/// panics while it lists them; then letters are missing, and the program goes on.
fn list_system_fonts() -> Option<SystemFontProvider> {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|fault| log::debug!("the fonts of the system cannot be listed: {fault}")));
    let provider = SystemFontProvider::new();
    let any = FallbackRequest { cluster: "a", family: &FontFamily::Proportional };
    let listed = panic::catch_unwind(panic::AssertUnwindSafe(|| provider.font_for(&any).is_some()));
    panic::set_hook(usual);
    listed.is_ok().then_some(provider)
}

/// The bytes of a font file.
#[derive(Clone)]
struct GivenFont(Arc<Vec<u8>>);

impl fmt::Debug for GivenFont {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "GivenFont({} bytes)", self.0.len())
    }
}

impl FontProvider for GivenFont {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let letter = request.cluster.chars().next()?;
        let faces = faces(&self.0);
        let has_letter = |face: &skrifa::FontRef<'_>| face.charmap().map(letter).is_some();
        let index = faces.iter().position(has_letter)?;
        let font: Arc<Vec<u8>> = Arc::clone(&self.0);
        Some(FontInsert {
            name: format!("given:{index}"),
            data: FontData::from_blob(font, index as u32),
            families: vec![InsertFontFamily {
                family: request.family.clone(),
                priority: FontPriority::Lowest,
            }],
        })
    }
}

/// The fonts in a file: one, or a collection.
fn faces(bytes: &[u8]) -> Vec<skrifa::FontRef<'_>> {
    FileRef::new(bytes).map(|file| file.fonts().filter_map(Result::ok).collect()).unwrap_or_default()
}

/// Letters that no font has, in the order of their numbers.
#[derive(Clone, Debug, Default)]
struct Missing(Arc<Mutex<BTreeSet<char>>>);

impl Missing {
    fn note(&self, cluster: &str) {
        self.letters().extend(cluster.chars().next());
    }

    fn letters(&self) -> std::sync::MutexGuard<'_, BTreeSet<char>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use egui::{FontId, RawInput};

    use super::*;
    use crate::theme::install_fonts;

    /// A letter that the bundled fonts lack.
    const KANJI: char = '電';

    fn has_glyph(fallback: &Fallback, letter: char) -> bool {
        let ctx = Context::default();
        install_fonts(&ctx, fallback);
        let mut found = false;
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            let font = FontId::new(13.0, FontFamily::Name(crate::theme::WEIGHT_STRONG.into()));
            found = ui.fonts_mut(|fonts| fonts.has_glyph(&font, letter));
        });
        output.textures_delta.clear();
        found
    }

    /// Letters for tests: Han, kana, Hangul, Arabic and Hebrew, each in a face of one collection.
    const LETTERS: &[u8] = include_bytes!("../../tests/fonts/Letters.ttc");
    const FOREIGN: &str = "電电力会社中あア전력حسابשלום";
    /// A letter that the collection lacks as well, for which a box stands.
    const BOX: char = '𐎀';

    /// Where each letter is in the texture of glyphs, and how wide it is, in one of the weights.
    fn drawn(fallback: &Fallback, weight: &str, text: &str) -> Vec<([u16; 2], f32)> {
        let ctx = Context::default();
        install_fonts(&ctx, fallback);
        let mut drawn = Vec::new();
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            let font = FontId::new(14.0, FontFamily::Name(weight.into()));
            let glyph = |letter: char| {
                // Alone, so that all letters begin at the same part of a pixel.
                let galley =
                    ui.painter().layout_no_wrap(letter.to_string(), font.clone(), egui::Color32::WHITE);
                let glyph = &galley.rows[0].glyphs[0];
                assert!(!glyph.uv_rect.is_nothing(), "{letter} is not drawn");
                (glyph.uv_rect.min, glyph.advance_width)
            };
            drawn = text.chars().map(glyph).collect();
        });
        output.textures_delta.clear();
        drawn
    }

    #[test]
    fn letters_of_a_collection_are_drawn_and_no_boxes() {
        let text = format!("{BOX}{FOREIGN}");
        let given = Fallback::default().with_font(LETTERS.to_vec()).unwrap();
        for weight in [crate::theme::WEIGHT_MEDIUM, crate::theme::WEIGHT_STRONG] {
            let boxes = drawn(&Fallback::default(), weight, &text);
            assert!(boxes.iter().all(|glyph| glyph.0 == boxes[0].0), "no bundled font has any of them");
            let letters = drawn(&given, weight, &text);
            let mut places: Vec<[u16; 2]> = letters.iter().map(|glyph| glyph.0).collect();
            places.sort_unstable();
            places.dedup();
            assert_eq!(places.len(), text.chars().count(), "each letter has a shape of its own");
        }
        assert_eq!(given.missing(), [BOX]);
    }

    #[test]
    fn a_given_font_replaces_no_bundled_letter() {
        // In the collection the letters and digits of ASCII look like one of its own.
        let text = format!("{FOREIGN}abcXYZ0123456789");
        let given = Fallback::default().with_font(LETTERS.to_vec()).unwrap();
        let own = text.chars().count() - "abcXYZ0123456789".len();
        let weight = crate::theme::WEIGHT_STRONG;
        let widths = |fallback: &Fallback| -> Vec<f32> {
            drawn(fallback, weight, &text)[own..].iter().map(|glyph| glyph.1).collect()
        };
        assert_eq!(widths(&given), widths(&Fallback::default()));
        let places: Vec<[u16; 2]> = drawn(&given, weight, &text).iter().map(|glyph| glyph.0).collect();
        assert!(places[own..].iter().all(|place| !places[..own].contains(place)));
    }

    #[test]
    fn letters_that_nobody_has_are_named() {
        let fallback = Fallback::default();
        assert_eq!(fallback.missing_words(), None);
        assert!(has_glyph(&fallback, 'é') && has_glyph(&fallback, 'Ж') && has_glyph(&fallback, 'Ω'));
        assert_eq!(fallback.missing_words(), None);
        assert!(!has_glyph(&fallback, KANJI));
        assert_eq!(fallback.missing(), [KANJI]);
        assert_eq!(fallback.missing_words().unwrap(), "No font has 電: boxes stand for them");
    }

    #[test]
    fn what_is_no_font_is_refused() {
        for bytes in [&b"no font"[..], b"", &[0; 100]] {
            assert!(Fallback::default().with_font(bytes.to_vec()).is_none());
        }
    }

    #[test]
    fn a_given_font_adds_its_letters_alone() {
        // The monospaced font of egui has a letter that the bundled fonts for text lack.
        let fonts = egui::epaint::text::FontDefinitions::default();
        let fallback = Fallback::default().with_font(fonts.font_data["Hack"].bytes().to_vec()).unwrap();
        assert!(!has_glyph(&Fallback::default(), '╬') && has_glyph(&fallback, '╬'));
        assert!(!has_glyph(&fallback, KANJI));
        assert_eq!(fallback.missing(), [KANJI]);
    }
}
