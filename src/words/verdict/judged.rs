//! A scenario with its verdict in words, with the simulation that its criterion needs.

use std::sync::Arc;

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::results::{Comparison, compare_on};
use wattfolio_economics::risk::{self, NotSimulated, Resampled};
use wattfolio_economics::scenario::ValidScenario;

use super::{Sentence, sentence};

/// A scenario with its verdict in words.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Its businesses side by side.
    pub comparison: Comparison,
    /// Which of them is best.
    pub verdict: Verdict,
    /// That in words.
    pub sentence: Sentence,
}

impl Judged {
    /// The verdict on a basis by a criterion; by chance of loss a few paths are simulated, from `record` if
    /// there is one.
    ///
    /// # Errors
    /// If the system gives no threads or too little memory for a simulation.
    pub fn new(
        scenario: &ValidScenario,
        basis: Basis,
        criterion: Criterion,
        record: Option<&Arc<Resampled>>,
    ) -> Result<Self, NotSimulated> {
        let comparison = compare_on(scenario, basis);
        let verdict = risk::verdict(scenario, &comparison, criterion, record)?;
        let sentence = sentence(scenario, &comparison, &verdict);
        Ok(Self { comparison, verdict, sentence })
    }
}
