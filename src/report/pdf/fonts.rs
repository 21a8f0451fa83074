//! Fonts of a document: the bundled one in its weights, then fonts for letters that it does not have.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use egui::epaint::text::FontDefinitions;
use egui::{Color32, FontFamily, Pos2, pos2};
use krilla::text::{Font, GlyphId, KrillaGlyph, Tag};
use skrifa::instance::{Location, Size};
use skrifa::{FontRef, MetadataProvider as _};

use crate::report::scene::Words;
use crate::theme::{FONT, Fallback};

/// Stands for a letter that no font has.
const BOX: char = '□';

/// Weights of the bundled font; its faces stand in this order.
const WEIGHTS: [u16; 3] = [400, 500, 600];

type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A font that is embedded.
struct Face {
    font: Font,
    bytes: Bytes,
    index: u32,
    weight: Option<u16>,
}

/// A letter in a font.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Letter {
    face: usize,
    glyph: u32,
    /// Width in sizes of the font.
    advance: f32,
}

/// Fonts of a document, and widths of texts.
pub(super) struct Fonts {
    faces: Vec<Face>,
    known: BTreeMap<(u16, char), Letter>,
    fallback: Fallback,
}

/// Letters of one font within a text.
pub(super) struct Run {
    /// The font.
    pub(super) font: Font,
    /// Its letters.
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// Start of the run from that of the text.
    pub(super) offset: f32,
}

impl Face {
    fn new(bytes: Bytes, index: u32, weight: Option<u16>) -> Option<Self> {
        let coordinates: Vec<(Tag, f32)> =
            weight.iter().map(|weight| (Tag::new(b"wght"), f32::from(*weight))).collect();
        let font = Font::new_variable(Arc::clone(&bytes).into(), index, &coordinates)?;
        Some(Self { font, bytes, index, weight })
    }

    /// Glyph of a letter, and its width in sizes of the font.
    fn letter(&self, letter: char) -> Option<(u32, f32)> {
        let font = FontRef::from_index((*self.bytes).as_ref(), self.index).ok()?;
        let glyph = font.charmap().map(letter)?;
        let location = match self.weight {
            Some(weight) => font.axes().location([("wght", f32::from(weight))]),
            None => Location::default(),
        };
        let advance = font.glyph_metrics(Size::new(1.0), &location).advance_width(glyph)?;
        Some((glyph.to_u32(), advance))
    }
}

impl Fonts {
    pub(super) fn new(fallback: Fallback) -> Self {
        let bundled: Bytes = Arc::new(FONT);
        let mut faces: Vec<Face> =
            WEIGHTS.iter().filter_map(|weight| Face::new(Arc::clone(&bundled), 0, Some(*weight))).collect();
        let others = FontDefinitions::default();
        let names = others.families.get(&FontFamily::Proportional).into_iter().flatten();
        let data = names.filter_map(|name| others.font_data.get(name));
        faces.extend(data.filter_map(|data| Face::new(Arc::clone(&data.font), data.index, None)));
        Self { faces, known: BTreeMap::new(), fallback }
    }

    fn find(&mut self, weight: u16, letter: char) -> Letter {
        if let Some(known) = self.known.get(&(weight, letter)) {
            return *known;
        }
        let found = self.search(weight, letter);
        self.known.insert((weight, letter), found);
        found
    }

    fn search(&mut self, weight: u16, letter: char) -> Letter {
        let own = WEIGHTS.iter().position(|own| *own == weight).unwrap_or(0);
        let others = WEIGHTS.len()..self.faces.len();
        let of = |fonts: &Self, face: usize, letter: char| {
            let (glyph, advance) = fonts.faces.get(face)?.letter(letter)?;
            Some(Letter { face, glyph, advance })
        };
        if let Some(found) = std::iter::once(own).chain(others).find_map(|face| of(self, face, letter)) {
            return found;
        }
        if let Some(data) = self.fallback.font_for(letter)
            && let Some(face) = Face::new(data.font, data.index, None)
        {
            self.faces.push(face);
            if let Some(found) = of(self, self.faces.len() - 1, letter) {
                return found;
            }
        }
        of(self, own, BOX).unwrap_or(Letter { face: own, glyph: 0, advance: 0.5 })
    }

    /// Width of a text in one line.
    pub(super) fn width(&mut self, text: &str, (size, weight): (f32, u16)) -> f32 {
        text.chars().map(|letter| self.find(weight, letter).advance * size).sum()
    }

    /// A text in one line, from the start of its baseline.
    pub(super) fn words(
        &mut self,
        text: &str,
        (size, weight): (f32, u16),
        colour: Color32,
        start: Pos2,
    ) -> Words {
        let text = printable(text);
        let mut end = 0.0;
        let mut offsets = vec![0.0];
        for letter in text.chars() {
            end += self.find(weight, letter).advance * size;
            offsets.push(end);
        }
        Words { text, start, offsets, size, weight, colour }
    }

    /// Lines of a text that fit a width; a word that is too long is broken.
    pub(super) fn lines(&mut self, text: &str, font: (f32, u16), width: f32) -> Vec<String> {
        let text = printable(text);
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in words(&text) {
            let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&joined, font) <= width {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if self.width(&line, font) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// A text cut to a width, with dots where it is cut.
    pub(super) fn cut(&mut self, text: &str, font: (f32, u16), width: f32) -> String {
        if self.width(text, font) <= width {
            return text.to_owned();
        }
        let mut cut: String = text.to_owned();
        while cut.pop().is_some() {
            let short = format!("{}…", cut.trim_end());
            if self.width(&short, font) <= width {
                return short;
            }
        }
        String::new()
    }

    /// The letters of a text, font by font, at the places that it gives them.
    pub(super) fn runs(&mut self, words: &Words) -> Vec<Run> {
        let mut runs: Vec<(usize, Run)> = Vec::new();
        for (index, (at, letter)) in words.text.char_indices().enumerate() {
            let Letter { face, glyph, .. } = self.find(words.weight, letter);
            let offset = words.offsets.get(index).copied().unwrap_or(0.0);
            let next = words.offsets.get(index + 1).copied().unwrap_or(offset);
            let range: Range<usize> = at..at + letter.len_utf8();
            let glyph = KrillaGlyph::new(
                GlyphId::new(glyph),
                (next - offset) / words.size,
                0.0,
                0.0,
                0.0,
                range,
                None,
            );
            match runs.last_mut() {
                Some((last, run)) if *last == face => run.glyphs.push(glyph),
                _ => {
                    let font = self.faces[face].font.clone();
                    runs.push((face, Run { font, glyphs: vec![glyph], offset }));
                }
            }
        }
        runs.into_iter().map(|(_, run)| run).collect()
    }
}

/// Words of a text; a sign that belongs to a number stays with it.
fn words(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(' ') {
        let rest = &text[at + 1..];
        if rest.starts_with('%') || text[from..at].ends_with('±') || text[from..at].ends_with('<') {
            continue;
        }
        found.push(&text[from..at]);
        from = at + 1;
    }
    found.push(&text[from..]);
    found.retain(|word| !word.is_empty());
    found
}

/// A text without letters that may not stand in an archived document: a box is printed instead.
pub fn printable(text: &str) -> String {
    let clean = |letter: char| match letter {
        '\n' | '\t' | '\r' => ' ',
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => BOX,
        letter if letter.is_control() => BOX,
        letter => letter,
    };
    text.chars().map(clean).collect()
}

/// Where the baseline of a line lies below its top.
pub(super) const fn baseline(left: f32, top: f32, (size, line): (f32, f32)) -> Pos2 {
    pos2(left, top + line / 2.0 + size * 0.36)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    #[test]
    fn lines_fit_and_lose_no_word() {
        let mut fonts = Fonts::new(Fallback::default());
        let text =
            "Leasing is worth most, 12 % more than an extraordinarilylongwordwithoutanyspace, then hosting";
        let lines = fonts.lines(text, (9.0, 400), 90.0);
        assert!(
            lines.len() > 3 && lines.iter().all(|line| fonts.width(line, (9.0, 400)) <= 90.0),
            "{lines:?}"
        );
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert!(lines.iter().all(|line| !line.starts_with('%')), "{lines:?}");
        let name = "a long name of a scenario";
        let cut = fonts.cut(name, (9.0, 400), 40.0);
        assert!(fonts.width(&cut, (9.0, 400)) <= 40.0 && cut.len() > 6, "{cut}");
        assert!(cut.strip_suffix('…').is_some_and(|start| name.starts_with(start)), "{cut}");
    }

    #[test]
    fn letters_that_may_not_be_printed_are_boxes() {
        assert_eq!(printable("a\u{1b}b\u{e000}\nc"), "a□b□ c");
        let mut fonts = Fonts::new(Fallback::default());
        let words = fonts.words("電a", (10.0, 400), Theme::paper().palette.text, Pos2::ZERO);
        assert_eq!(words.text, "電a");
        assert!(
            fonts.runs(&words).iter().all(|run| run.glyphs.iter().all(|glyph| glyph.glyph_id.to_u32() > 0))
        );
    }
}
