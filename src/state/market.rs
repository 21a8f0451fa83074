//! What is known of the market, what the user allowed, and what of it is chosen.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use wattfolio_economics::scenario::Scenario;

use crate::market_data::live::{
    Answer, Figure, Key, KeyHolder, Permissions, Region, Rule, SOURCES, Source, Take, figures,
};

/// What is known of the market, and what the user decided about it.
#[derive(Debug)]
pub struct MarketState {
    /// Who may be asked, and where.
    pub permissions: Permissions,
    /// What sources answered last.
    pub answers: Vec<Answer>,
    /// Ids of the sources that are being asked.
    pub asking: BTreeSet<&'static str>,
    /// Ids of the figures that are chosen.
    pub chosen: BTreeSet<String>,
    /// Whether the utilisation goes with a rental.
    pub with_utilisation: bool,
    /// Ids of the figures whose quotes are folded away.
    pub folded: BTreeSet<String>,
    /// Who holds the key of a source, where that is known.
    pub key_holders: BTreeMap<&'static str, KeyHolder>,
    /// Whether sources can be asked at all: not in tests and for pictures.
    pub can_ask: bool,
    /// A time in place of now, so that pictures do not age.
    pub clock: Option<DateTime<Utc>>,
}

impl Default for MarketState {
    fn default() -> Self {
        Self {
            permissions: Permissions::default(),
            answers: Vec::new(),
            asking: BTreeSet::new(),
            chosen: BTreeSet::new(),
            with_utilisation: true,
            folded: BTreeSet::new(),
            key_holders: BTreeMap::new(),
            can_ask: false,
            clock: None,
        }
    }
}

/// What the user asks for on the market page.
#[derive(Debug)]
pub enum MarketAction {
    /// A source may be asked, or no longer.
    Allow(&'static Source, bool),
    /// No source may be asked any more.
    AllOff,
    /// The sources that may be asked are asked.
    Refresh,
    /// A figure is chosen, or no longer.
    Choose(String, bool),
    /// The utilisation goes with a rental, or no longer.
    WithUtilisation(bool),
    /// The quotes of a figure are folded away, or shown again.
    Fold(String),
    /// The chosen figures are taken over.
    Use,
    /// A source is asked at an address of the user's own; an empty one is that of the source.
    SetAddress(&'static Source, String),
    /// A source is asked for another region.
    ChooseRegion(&'static Source, &'static Region),
    /// A key of the user: for this session, or stored in the keyring.
    SetKey(&'static Source, Key, KeyHolder),
    /// The key of a source is forgotten.
    ForgetKey(&'static Source),
}

impl MarketState {
    /// The time from which ages are counted.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.unwrap_or_else(Utc::now)
    }

    /// The last answer of a source.
    pub fn answer(&self, source: &Source) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.source == source)
    }

    /// The figures of a plan, from the sources that may be asked.
    pub fn figures(&self, scenario: &Scenario) -> Vec<Figure> {
        let allowed: Vec<Answer> =
            self.answers.iter().filter(|answer| self.permissions.allows(answer.source)).cloned().collect();
        figures(&allowed, scenario.gpu_name(), &self.permissions.regions(), self.now())
    }

    /// The chosen figures that are offered.
    pub fn takes<'a>(&self, figures: &'a [Figure]) -> Vec<Take<'a>> {
        let is_chosen =
            |figure: &&Figure| figure.offered().is_some() && self.chosen.contains(&figure.rule.id());
        let take = |figure| Take { figure, with_utilisation: self.with_utilisation };
        figures.iter().filter(is_chosen).map(take).collect()
    }

    /// Whether a rental is among the chosen figures.
    pub fn takes_rental(&self, figures: &[Figure]) -> bool {
        self.takes(figures).iter().any(|take| matches!(take.figure.rule, Rule::Rental(_)))
    }

    /// The number of sources that may be asked.
    pub fn allowed(&self) -> usize {
        SOURCES.iter().filter(|source| self.permissions.allows(source)).count()
    }

    /// Replaces the answer of a source.
    pub fn set_answer(&mut self, answer: Answer) {
        self.asking.remove(answer.source.id);
        self.answers.retain(|old| old.source != answer.source);
        self.answers.push(answer);
        self.answers.sort_by_key(|answer| SOURCES.iter().position(|source| *source == answer.source));
    }
}
