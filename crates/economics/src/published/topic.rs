//! What published results are about: the network, a chapter on a business, or finance.

use super::{Row, finance, network};
use crate::business::{Business, with_businesses};

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Subsidy, supply, retarget, difficulty.
    Network,
    /// A business, and the title of one of its chapters.
    Business(Business, &'static str),
    /// Rates of return, loans, depreciation.
    Finance,
}

impl Topic {
    /// All of them, in order.
    pub fn all() -> Vec<Self> {
        cases().into_iter().map(|(topic, _)| topic).collect()
    }

    /// The name in headings.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Network => "Bitcoin network",
            Self::Business(_, title) => title,
            Self::Finance => "Finance",
        }
    }
}

/// Published results on one business, each computed again.
pub(crate) struct Chapter {
    /// Its place among the chapters of all businesses, so that the document keeps its order whatever the list has.
    pub place: u32,
    /// The heading.
    pub title: &'static str,
    /// The cases.
    pub rows: fn() -> Vec<Row>,
}

/// What was published on a business. One on which nothing comparable was published has no chapter.
pub(crate) trait Cases {
    /// The chapters, each with a place that no other has.
    const CHAPTERS: &'static [Chapter] = &[];
}

macro_rules! chapters {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// The chapters of each business.
        const CHAPTERS: [(Business, &[Chapter]); Business::COUNT] =
            [$((Business::$Business, <crate::business::$module::Plan as Cases>::CHAPTERS)),*];
    };
}
with_businesses!(chapters);

/// A topic, and what computes its cases.
pub(super) type CasesOfTopic = (Topic, fn() -> Vec<Row>);

/// The cases of every topic, in order.
pub(super) fn cases() -> Vec<CasesOfTopic> {
    let of_business = |(business, chapters): (Business, &'static [Chapter])| {
        chapters.iter().map(move |chapter| (business, chapter))
    };
    let mut chapters: Vec<(Business, &Chapter)> = CHAPTERS.into_iter().flat_map(of_business).collect();
    chapters.sort_by_key(|(_, chapter)| chapter.place);
    let of_chapter =
        |(business, chapter): (Business, &Chapter)| (Topic::Business(business, chapter.title), chapter.rows);
    let mut cases: Vec<CasesOfTopic> = vec![(Topic::Network, network::rows)];
    cases.extend(chapters.into_iter().map(of_chapter));
    cases.push((Topic::Finance, finance::rows));
    cases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chapter_has_a_place_and_a_title_of_its_own() {
        let chapters = || CHAPTERS.into_iter().flat_map(|(_, chapters)| chapters);
        let mut places: Vec<u32> = chapters().map(|chapter| chapter.place).collect();
        places.sort_unstable();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
        let mut titles: Vec<&str> = chapters().map(|chapter| chapter.title).collect();
        titles.sort_unstable();
        assert!(titles.windows(2).all(|pair| pair[0] < pair[1]), "{titles:?}");
    }
}
