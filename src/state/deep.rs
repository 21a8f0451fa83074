//! Results of the deeper analysis after a simulation: rates of return, single paths, other volatilities.

use std::sync::Arc;

use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::results::Comparison;
use wattfolio_economics::risk::{Outlook, PathStory, Returns, Share};
use wattfolio_economics::scenario::ValidScenario;

/// Factors on all volatilities.
pub const SCALES: [f64; 5] = [0.0, 0.5, 1.0, 1.5, 2.0];

/// Results of the deeper analysis.
#[derive(Debug)]
pub struct Deep {
    /// Which request it answers.
    pub revision: u64,
    /// The scenario it belongs to.
    pub scenario: Arc<ValidScenario>,
    /// The plan of that scenario.
    pub comparison: Arc<Comparison>,
    /// Markets over time, and the variance shares of each business.
    pub outlook: Arc<Outlook>,
    /// Rates of return, by business.
    pub returns: PerBusiness<Option<Returns>>,
    /// The first paths.
    pub sampled: Vec<PathStory>,
    /// For each business, its worst path and the path at the 5th percentile.
    pub worst: PerBusiness<Option<[PathStory; 2]>>,
    /// Each of [`SCALES`]; `None` where such volatilities are not allowed.
    pub what_if: Vec<Option<PerBusiness<Option<Outcome>>>>,
}

/// Outcome of a business under other volatilities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// NPV that 5 % of paths stay below, USD.
    pub p5_usd: f64,
    /// Median NPV, USD.
    pub median_usd: f64,
    /// Share of paths with a negative NPV.
    pub loss: Share,
}
