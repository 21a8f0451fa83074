//! Several sites, each a scenario with its own mix, on the same simulated markets.

use super::exact::ExactPaths;
use super::mixed::Mixed;
use super::whole_site::correlation;
use crate::business::{PerBusiness, RENTAL_INPUT};
use crate::catalogue;
use crate::risk::{Control, Estimate, Share, Simulator, Unfinished};
use crate::scenario::{Scenario, ValidScenario};

/// A site of a portfolio.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// Its scenario, with the mix that it carries.
    pub scenario: ValidScenario,
}

/// Why sites make no portfolio.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoPortfolio {
    /// There is none.
    #[error("a portfolio has at least one site")]
    Empty,
    /// Two sites do not have the same markets.
    #[error(
        "{second} has other markets than {first}: {} {}; {}",
        ids.join(", "),
        if ids.len() == 1 { "differs" } else { "differ" },
        advice_on_markets(ids)
    )]
    OtherMarkets {
        /// Name of the first site.
        first: String,
        /// Name of the other site.
        second: String,
        /// Ids of the inputs that differ.
        ids: Vec<&'static str>,
    },
    /// No part of the mix of a site can be evaluated.
    #[error("{site}: nothing of its mix can be simulated")]
    NothingRuns {
        /// Name of the site.
        site: String,
    },
    /// A run did not finish.
    #[error(transparent)]
    Unfinished(#[from] Unfinished),
}

/// What to do about sites that differ in these market inputs.
pub fn advice_on_markets(ids: &[&str]) -> &'static str {
    if ids.iter().any(|id| CALENDAR.contains(id)) {
        "give all sites of a portfolio the same; one that comes later starts with the others and has months of queue"
    } else {
        "give all sites of a portfolio the same"
    }
}

/// What a site, or all of them, come to over the paths.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SiteRisk {
    /// Its name.
    pub name: String,
    /// The shares of its mix; of all sites together there are none.
    pub shares: Option<PerBusiness<f64>>,
    /// Own capex, USD.
    pub capital_usd: f64,
    /// Expected NPV, USD.
    pub npv_usd: Estimate,
    /// Minus the mean NPV of the worst 5 % of the paths, USD.
    pub cvar_usd: Estimate,
    /// Share of the paths with a negative NPV.
    pub loss: Share,
}

/// Sites side by side, and all of them together.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Portfolio {
    /// Each site alone.
    pub sites: Vec<SiteRisk>,
    /// All together, path by path.
    pub total: SiteRisk,
    /// Correlation of each pair of sites, by their places.
    pub correlations: Vec<(usize, usize, f64)>,
}

/// Chapters whose inputs are markets that all sites share, but for what a site has of its own.
const MARKETS: [&str; 4] = ["bitcoin.", "coupling.", "risk.", RENTAL_INPUT];
/// Inputs of those chapters that a site may have of its own.
const OF_A_SITE: [&str; 2] = ["risk.cash_reserve_usd", "risk.reserve_months"];
/// Inputs that place a plan in the calendar: paths are added month by month of it.
const CALENDAR: [&str; 1] = ["start"];

/// Ids of the market inputs in which two scenarios differ. The power price is the site's own: the same factor moves it.
fn other_markets(first: &Scenario, second: &Scenario) -> Vec<&'static str> {
    let is_market = |id: &str| {
        (CALENDAR.contains(&id) || MARKETS.iter().any(|start| id.starts_with(start)))
            && !OF_A_SITE.contains(&id)
    };
    let fields = catalogue::changed_fields(second, first);
    fields.into_iter().map(|(id, _)| id).filter(|id| is_market(id)).collect()
}

impl Portfolio {
    /// Simulates the mix of each site before tax, and adds them up path by path.
    ///
    /// All sites start in the same calendar month; one that comes later waits in its queue.
    ///
    /// # Errors
    /// If the sites have other markets than the first, with the names of the inputs, or a run does not finish.
    ///
    /// ```
    /// use wattfolio_economics::{answers::mix::{NoPortfolio, Portfolio, Site}, prelude::*, risk::ToTheEnd};
    ///
    /// let site = |name: &str, id: &str, value: f64| -> Result<Site, Box<dyn std::error::Error>> {
    ///     let scenario = Scenario::default().with("risk.paths", 200)?.with(id, value)?.validate()?;
    ///     Ok(Site { name: name.to_owned(), scenario })
    /// };
    /// let mut simulator = Simulator::new(1)?;
    /// let sites = [site("Texas", "power.price_usd_per_kwh", 0.03)?, site("Norway", "site.capacity_mw", 60.0)?];
    /// let portfolio = Portfolio::new(&sites, &mut simulator, &ToTheEnd)?;
    /// assert!(portfolio.total.cvar_usd.value <= portfolio.sites.iter().map(|site| site.cvar_usd.value).sum::<f64>() * (1.0 + 1e-12));
    /// let other = [site("Texas", "bitcoin.price_usd", 9e4)?, site("Norway", "site.capacity_mw", 60.0)?];
    /// let refused = Portfolio::new(&other, &mut simulator, &ToTheEnd).unwrap_err().to_string();
    /// assert!(refused.starts_with("Norway has other markets than Texas: bitcoin.price_usd differs"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        sites: &[Site],
        simulator: &mut Simulator,
        control: &impl Control,
    ) -> Result<Self, NoPortfolio> {
        let first = sites.first().ok_or(NoPortfolio::Empty)?;
        for site in &sites[1..] {
            let ids = other_markets(&first.scenario, &site.scenario);
            if !ids.is_empty() {
                return Err(NoPortfolio::OtherMarkets {
                    first: first.name.clone(),
                    second: site.name.clone(),
                    ids,
                });
            }
        }
        let mut of_sites = Vec::with_capacity(sites.len());
        for site in sites {
            let paths = ExactPaths::simulate(&site.scenario, simulator, control)?;
            of_sites.push(paths.ok_or_else(|| NoPortfolio::NothingRuns { site: site.name.clone() })?);
        }
        let mut total = ExactPaths::none(first.scenario.risk.paths as usize);
        for site in &of_sites {
            total.add(site.capital_usd, &site.npv_usd, site.blocks);
        }
        let mut correlations = Vec::new();
        for (a, first) in of_sites.iter().enumerate() {
            for (b, second) in of_sites.iter().enumerate().skip(a + 1) {
                correlations.push((a, b, correlation(&first.npv_usd, &second.npv_usd)));
            }
        }
        Ok(Self {
            sites: sites
                .iter()
                .zip(&of_sites)
                .map(|(site, paths)| SiteRisk::new(&site.name, Some(site.scenario.mix.shares()), paths))
                .collect(),
            total: SiteRisk::new("All sites", None, &total),
            correlations,
        })
    }

    /// CVaR that the sites together save over each alone, USD.
    pub fn diversified_usd(&self) -> f64 {
        self.sites.iter().map(|site| site.cvar_usd.value).sum::<f64>() - self.total.cvar_usd.value
    }
}

impl SiteRisk {
    fn new(name: &str, shares: Option<PerBusiness<f64>>, paths: &ExactPaths) -> Self {
        let Mixed { capital_usd, npv_usd, cvar_usd, loss, .. } = paths.mixed(PerBusiness::new(|_| 0.0));
        Self { name: name.to_owned(), shares, capital_usd, npv_usd, cvar_usd, loss }
    }
}
