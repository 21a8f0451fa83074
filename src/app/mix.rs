//! The mixes of a site, and sites side by side, beside the frame.

use std::sync::Arc;
use std::time::Instant;

use wattfolio_economics::answers::mix::{Mixes, NoPortfolio, Portfolio, WholeSite};
use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::risk::Unfinished;
use wattfolio_economics::scenario::Mix;

use super::App;
use super::background::{Answers, Background, OwnSimulator, Watch, Work};
use crate::market_data;
use crate::state::{Action, Finished, MixAsked, MixFound, MixPart, Page, SitesAsked, SitesFound};
use crate::words::mix as words;

/// Finds mixes beside the window.
pub(super) type Mixing = Background<Mixer>;
/// Adds up sites beside the window.
pub(super) type Sites = Background<Adder>;

/// Finds the mixes of a site.
#[derive(Debug, Default)]
pub(super) struct Mixer(OwnSimulator);

impl Work for Mixer {
    const NAME: &'static str = "mix";
    type Request = MixAsked;

    fn is_same(known: &MixAsked, asked: &MixAsked) -> bool {
        known.is_same(asked)
    }

    fn answer(&mut self, asked: MixAsked, watch: &Watch<'_>, answers: &Answers) {
        let Some(simulator) = self.0.get() else { return };
        let started = Instant::now();
        simulator.set_record(market_data::resampled(asked.factors, &asked.scenario));
        let mut find = || -> Result<(WholeSite, Mixes), Unfinished> {
            let site = WholeSite::simulate(&asked.scenario, simulator, watch)?;
            let mixes = Mixes::with_paths(&asked.scenario, &site, asked.basis, simulator, watch)?;
            Ok((site, mixes))
        };
        match find() {
            Ok((site, mixes)) => {
                let found = MixFound { asked, mixes: Arc::new(mixes), site, took: started.elapsed() };
                answers.send(Finished::Mixed(Box::new(found)));
            }
            // A superseded request needs no message.
            Err(Unfinished::Ended) => {}
            Err(fault) => log::warn!("no mixes: {fault}"),
        }
    }
}

/// Adds up sites path by path.
#[derive(Debug, Default)]
pub(super) struct Adder(OwnSimulator);

impl Work for Adder {
    const NAME: &'static str = "sites";
    type Request = SitesAsked;

    fn is_same(known: &SitesAsked, asked: &SitesAsked) -> bool {
        known.is_same(asked)
    }

    fn answer(&mut self, asked: SitesAsked, watch: &Watch<'_>, answers: &Answers) {
        let Some(simulator) = self.0.get() else { return };
        let Some(first) = asked.sites.first() else { return };
        let started = Instant::now();
        simulator.set_record(market_data::resampled(asked.factors, &first.scenario));
        let portfolio = match Portfolio::new(&asked.sites, simulator, watch) {
            Ok(portfolio) => Ok(Arc::new(portfolio)),
            Err(NoPortfolio::Unfinished(Unfinished::Ended)) => return,
            Err(reason) => Err(words::no_portfolio(&reason)),
        };
        let found = SitesFound { asked, portfolio, took: started.elapsed() };
        answers.send(Finished::SitesAdded(Box::new(found)));
    }
}

impl App {
    /// Brings the page of mixes up to date: the mix under the knob now, all others beside the frame.
    pub(super) fn update_mix(&mut self) {
        if self.state.view.page != Page::Mix {
            return;
        }
        let asked = MixAsked {
            scenario: Arc::clone(&self.state.results.scenario),
            basis: self.state.results.comparison.basis,
            factors: self.state.document.factors(),
        };
        if self.mixing.is_new(&asked) {
            self.state.mix.was_cancelled = false;
            self.mixing.ask_anew(asked.clone());
        }
        self.update_sites();
        for finished in self.jobs.take() {
            match finished {
                Finished::Mixed(found) => self.take_mixed(*found),
                Finished::SitesAdded(found) => self.take_sites(*found),
                other => self.actions.push(Action::Finished(other)),
            }
        }
        let mix = &mut self.state.mix;
        let Some(found) = &mix.found else { return };
        mix.is_old = !found.asked.has_same_paths(&asked);
        let shares = asked.scenario.mix.shares();
        if mix.now.as_ref().is_none_or(|(known, _)| *known != shares) {
            mix.now = Some((shares, found.site.mixed(&shares)));
        }
    }

    /// Asks for the sites side by side while they are shown.
    fn update_sites(&mut self) {
        if self.state.view.mix.part != MixPart::SeveralSites {
            return;
        }
        let asked = self.state.sites_asked();
        // One site is no portfolio, and its mixes are on the other part of the page.
        if asked.sites.len() > 1 && self.adding.is_new(&asked) {
            self.state.sites.was_cancelled = false;
            self.adding.ask_anew(asked);
        }
    }

    /// Takes mixes that were found beside the frame.
    pub(super) fn take_mixed(&mut self, found: MixFound) {
        self.state.mix.now = None;
        self.state.mix.found = Some(Arc::new(found));
    }

    /// Takes sites that were added up beside the frame.
    pub(super) fn take_sites(&mut self, found: SitesFound) {
        self.state.sites.found = Some(Arc::new(found));
    }

    /// Ends the work on mixes and sites.
    pub(super) fn cancel_mixing(&mut self) {
        self.state.mix.was_cancelled |= self.mixing.cancel();
        self.state.sites.was_cancelled |= self.adding.cancel();
    }

    /// Gives the scenario another mix.
    pub(super) fn set_mix(&mut self, shares: PerBusiness<f64>) {
        self.state.document.scenario_mut().mix = Mix::from(shares);
        self.state.view.inputs.refused = None;
    }
}
