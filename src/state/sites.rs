//! The site at hand and others beside it, each with its own mix.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use wattfolio_economics::answers::mix::{Portfolio, Site};
use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::risk::FactorSource;
use wattfolio_economics::scenario::{Mix, ValidScenario};

use super::State;
use super::mix::MixPart;
use super::refusal::Refusal;
use crate::store::{Bundled, Letter};

/// A site beside the one at hand.
#[derive(Clone, Debug, PartialEq)]
pub enum OtherSite {
    /// A scenario of the document: it follows its inputs, and its mix is saved with them.
    Scenario(Letter),
    /// A copy of a worked example or of a file, kept as long as the window is open.
    Copy {
        /// Its name.
        name: String,
        /// Its inputs, with its mix.
        scenario: Arc<ValidScenario>,
    },
}

/// Where a site comes from, and so where its mix is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SitePlace {
    /// The scenario at hand.
    AtHand,
    /// Another scenario of the document.
    Scenario(Letter),
    /// A copy, by its place among the other sites.
    Copy(usize),
}

/// A site that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownSite {
    /// Where it comes from.
    pub place: SitePlace,
    /// Its name and its inputs.
    pub site: Site,
}

/// Something is done with the sites beside the one at hand.
#[derive(Clone, Debug)]
pub enum SiteAction {
    /// A scenario of the document is added.
    AddScenario(Letter),
    /// A worked example is added.
    AddBundled(&'static Bundled),
    /// A file is asked for.
    ChooseFile,
    /// The scenario of a file is added.
    AddFile(PathBuf),
    /// A site is removed; its scenario stays.
    Remove(SitePlace),
    /// The shares of a mix are replaced.
    SetMix(SitePlace, PerBusiness<f64>),
    /// A typed share is refused.
    Refuse(SitePlace, Refusal),
}

/// What sites are added up for.
#[derive(Clone, Debug)]
pub struct SitesAsked {
    /// The sites, that at hand first.
    pub sites: Vec<Site>,
    /// Source of the simulated markets.
    pub factors: FactorSource,
}

impl SitesAsked {
    /// True if another request has the same answer.
    pub fn is_same(&self, other: &Self) -> bool {
        self.factors == other.factors && self.sites == other.sites
    }
}

/// Sites that were added up.
#[derive(Debug)]
pub struct SitesFound {
    /// What they answer.
    pub asked: SitesAsked,
    /// The sites and all of them together, or why they make no portfolio.
    pub portfolio: Result<Arc<Portfolio>, String>,
    /// Time it took.
    pub took: Duration,
}

/// What the page of mixes shows of several sites.
#[derive(Debug, Default)]
pub struct SitesState {
    /// The sites beside the one at hand.
    pub others: Vec<OtherSite>,
    /// The latest answer.
    pub found: Option<Arc<SitesFound>>,
    /// Progress of the work, 0 to 1; `None` if there is none.
    pub progress: Option<f32>,
    /// True if the user ended it.
    pub was_cancelled: bool,
}

impl SitesState {
    /// Gives a copy another mix.
    pub fn set_mix_of_copy(&mut self, place: usize, shares: PerBusiness<f64>) {
        if let Some(OtherSite::Copy { scenario, .. }) = self.others.get_mut(place)
            && let Ok(changed) = scenario.edit(|scenario| scenario.mix = Mix::from(shares))
        {
            *scenario = Arc::new(changed);
        }
    }
}

/// Name of a site: the title of its file, and behind it the name of the scenario where it has one of its own.
pub fn site_name(title: &str, scenario: &str) -> String {
    if scenario.is_empty() || scenario == title { title.to_owned() } else { format!("{title}, {scenario}") }
}

/// Numbers sites of equal names, so that a message says which is meant.
pub fn distinct_names(sites: &mut [Site]) {
    for index in 1..sites.len() {
        let (before, rest) = sites.split_at_mut(index);
        let plain = rest[0].name.clone();
        let mut number = 2;
        while before.iter().any(|other| other.name == rest[0].name) {
            rest[0].name = format!("{plain} ({number})");
            number += 1;
        }
    }
}

impl State {
    /// The sites, that at hand first; a scenario that is shown or was deleted is none of the others.
    pub fn sites(&self) -> Vec<ShownSite> {
        let title = self.document.title();
        let own = site_name(title, &self.document.label().name);
        let mut places = vec![SitePlace::AtHand];
        let mut sites = vec![Site { name: own, scenario: ValidScenario::clone(&self.results.scenario) }];
        for (index, other) in self.sites.others.iter().enumerate() {
            let (place, name, scenario) = match other {
                OtherSite::Scenario(letter) => {
                    let is_it = |label: &crate::store::Label| label.letter == *letter;
                    let shown = self.scenarios.iter().find(|shown| is_it(&shown.listed.label));
                    let Some(shown) = shown.filter(|shown| !shown.listed.is_current) else { continue };
                    let name = site_name(title, &shown.listed.label.name);
                    (SitePlace::Scenario(*letter), name, &shown.listed.scenario)
                }
                OtherSite::Copy { name, scenario } => (SitePlace::Copy(index), name.clone(), scenario),
            };
            places.push(place);
            sites.push(Site { name, scenario: ValidScenario::clone(scenario) });
        }
        distinct_names(&mut sites);
        places.into_iter().zip(sites).map(|(place, site)| ShownSite { place, site }).collect()
    }

    /// What the sites at hand are asked for.
    pub fn sites_asked(&self) -> SitesAsked {
        let sites = self.sites().into_iter().map(|shown| shown.site).collect();
        SitesAsked { sites, factors: self.document.factors() }
    }

    /// The portfolio of the sites at hand, if the page shows it and it was found already.
    pub fn shown_portfolio(&self) -> Option<&Arc<Portfolio>> {
        let is_shown = self.view.mix.part == MixPart::SeveralSites && self.sites().len() > 1;
        self.current_sites().filter(|_| is_shown)?.portfolio.as_ref().ok()
    }

    /// The answer for the sites at hand, if it was found already.
    pub fn current_sites(&self) -> Option<&Arc<SitesFound>> {
        let asked = self.sites_asked();
        self.sites.found.as_ref().filter(|found| found.asked.is_same(&asked))
    }
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::scenario::Scenario;

    use super::*;

    #[test]
    fn a_site_is_named_after_its_file_and_no_two_alike() {
        assert_eq!(site_name("Here", "Here"), "Here");
        assert_eq!(site_name("Here", ""), "Here");
        assert_eq!(site_name("Here", "Halls that stand"), "Here, Halls that stand");
        let scenario = Scenario::default().validate().unwrap();
        let mut sites = ["a", "b", "a", "a (2)", "a"]
            .map(|name| Site { name: name.to_owned(), scenario: scenario.clone() });
        distinct_names(&mut sites);
        assert_eq!(sites.map(|site| site.name), ["a", "b", "a (2)", "a (2) (2)", "a (3)"]);
    }
}
