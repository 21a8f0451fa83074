//! What tells the scenarios of a file apart: letter, name, note and line.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use wattfolio_economics::business::Business;

/// Highest number of letters of a scenario: three, `ZZZ`. More scenarios than that do not fit in a file.
const MOST_LETTERS: usize = 3;

/// The letter of a scenario, by which it is known within its document: 0, A, B … Z, AA.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Letter(u32);

impl Letter {
    /// The letter at a place, counted from 0: `0` at the first, `A` at the second.
    pub const fn at(place: usize) -> Self {
        Self(place as u32)
    }

    /// The first letter that none of the others has.
    pub fn free(taken: &[Self]) -> Self {
        (0..=taken.len() as u32).map(Self).find(|letter| !taken.contains(letter)).unwrap_or_default()
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0");
        }
        let (mut rest, mut letters) = (self.0, Vec::new());
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + (rest % 26) as u8));
            rest /= 26;
        }
        f.write_str(&letters.iter().rev().collect::<String>())
    }
}

impl FromStr for Letter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "0" {
            return Ok(Self(0));
        }
        let is_one = (1..=MOST_LETTERS).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_uppercase());
        if !is_one {
            return Err(format!("{text} is no letter of a scenario; write 0, A, B … Z, AA … ZZZ"));
        }
        Ok(Self(text.bytes().fold(0, |number, c| number * 26 + u32::from(c - b'A') + 1)))
    }
}

impl Serialize for Letter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Letter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// How the curves of a scenario are drawn. Hue belongs to the businesses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineStyle {
    /// Without a gap.
    #[default]
    Solid,
    /// Short dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Long dashes.
    LongDashed,
}

impl LineStyle {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Solid, Self::Dashed, Self::Dotted, Self::LongDashed];

    /// The style that a scenario has unless the user chooses another: they take turns.
    pub const fn of(letter: Letter) -> Self {
        Self::ALL[letter.0 as usize % Self::ALL.len()]
    }

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Solid => "Solid",
            Self::Dashed => "Dashed",
            Self::Dotted => "Dotted",
            Self::LongDashed => "Long dashes",
        }
    }

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Dashed => "dashed",
            Self::Dotted => "dotted",
            Self::LongDashed => "long_dashed",
        }
    }
}

/// What tells a scenario from the others of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Label {
    /// Its letter.
    pub letter: Letter,
    /// Its name. Empty for a scenario that goes by the title of its file.
    pub name: String,
    /// A note of the user.
    pub note: String,
    /// How its curves are drawn.
    pub line: LineStyle,
}

impl Label {
    /// The label of a scenario with a name, and the line of its letter.
    pub fn new(letter: Letter, name: impl Into<String>) -> Self {
        Self { letter, name: name.into(), note: String::new(), line: LineStyle::of(letter) }
    }

    /// Whether it is just what a scenario at a place has without being asked, but for the name.
    pub(super) fn is_plain(&self, place: usize) -> bool {
        self.note.is_empty() && self.letter == Letter::at(place) && self.line == LineStyle::of(self.letter)
    }
}

/// A business of a scenario, for a difference of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The scenario.
    pub letter: Letter,
    /// The business.
    pub business: Business,
    /// Whether the fleet of miners is there already, so that its price is sunk.
    pub goes_on: bool,
}

impl Chosen {
    /// A business of a scenario as it is planned.
    pub const fn planned(letter: Letter, business: Business) -> Self {
        Self { letter, business, goes_on: false }
    }

    /// Going on with the fleet that is there.
    pub const fn going_on(letter: Letter) -> Self {
        Self { letter, business: Business::OF_NETWORK, goes_on: true }
    }

    /// Everything that can be chosen of a scenario.
    pub fn all(letter: Letter) -> impl Iterator<Item = Self> {
        Business::ALL
            .into_iter()
            .map(move |business| Self::planned(letter, business))
            .chain([Self::going_on(letter)])
    }

    /// Its name: `0 hosting`, `0 mining on`.
    pub fn words(self) -> String {
        let on = if self.goes_on { " on" } else { "" };
        format!("{} {}{on}", self.letter, self.business.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_as_they_are_written_and_every_place_has_its_own() {
        let words = |place| Letter::at(place).to_string();
        assert_eq!(
            [0, 1, 2, 26, 27, 52, 53, 702, 703].map(words),
            ["0", "A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
        );
        for place in 0..2_000 {
            assert_eq!(words(place).parse(), Ok(Letter::at(place)));
        }
        for text in ["", "a", "1", "00", "A1", "AAAA", "Ä"] {
            assert!(text.parse::<Letter>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_free_letter_is_the_first_that_nobody_has() {
        let taken = [0, 1, 3].map(Letter::at);
        assert_eq!(Letter::free(&taken), Letter::at(2));
        assert_eq!(Letter::free(&[]), Letter::at(0));
    }
}
