//! Regions of a source of power prices: which there are, and which is chosen.

use std::collections::BTreeMap;

use super::source::{Source, Topic};
use super::sources::SOURCES;

/// A region whose power price a source knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Region {
    /// The stable name, on the command line and in files.
    pub id: &'static str,
    /// How the source calls it.
    pub code: &'static str,
    /// What people call it.
    pub label: &'static str,
}

/// The chosen regions by the id of their source; the first of a source where none is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions(BTreeMap<&'static str, &'static Region>);

/// Every region with its source.
pub fn regions() -> impl Iterator<Item = (&'static Source, &'static Region)> {
    SOURCES.iter().copied().flat_map(|source| source.regions.iter().map(move |region| (source, region)))
}

impl Regions {
    /// The region that a source is asked for; `None` of a source without regions.
    pub fn of(&self, source: &Source) -> Option<&'static Region> {
        self.0.get(source.id).copied().or_else(|| source.regions.first())
    }

    /// Chooses a region of a source.
    pub fn choose(&mut self, source: &Source, region: &'static Region) {
        self.0.insert(source.id, region);
    }

    /// The region of the source that gives a figure.
    pub(super) fn about(&self, topic: Topic) -> Option<&'static Region> {
        self.of(SOURCES.iter().copied().find(|source| source.gives(topic))?)
    }
}
