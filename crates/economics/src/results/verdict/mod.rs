//! Ranking of the businesses by one criterion, with caveats about the winner.

mod against;
mod candidate;
mod criterion;
mod ranking;

pub use against::{Against, Caveat};
pub use candidate::{Candidate, Odds, SimulatedNpv};
pub use criterion::Criterion;
pub use ranking::{ByMean, Place};

use super::Comparison;
use crate::business::{Business, PerBusiness};
use crate::kernel::Maybe;
use crate::scenario::Scenario;

/// A ranking by one criterion. The sentence, the badge, the order of the cards and JSON read it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// The criterion.
    pub criterion: Criterion,
    /// The evaluated businesses, the best first; those without a value of the criterion are last.
    pub ranking: Vec<Ranked>,
    /// The businesses about equal to the first on the plan, in the order of the ranking.
    pub about_equal: Vec<Business>,
    /// The winner by simulated means, if every business was simulated and the criterion has a mean.
    pub by_mean: Option<ByMean>,
    /// The caveats about the winner that hold, and those that need a simulation, in the order of the sentence.
    pub against: Vec<Against>,
}

/// A business at its place in a ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Ranked {
    /// Its figures.
    pub business: Candidate,
    /// Its value of the criterion, in the criterion's unit.
    pub value: Maybe<f64>,
}

/// Maximum number of caveats in the sentence.
pub const MOST_SAID: usize = 2;

impl Verdict {
    /// The ranking of a comparison. `simulated` holds the simulated NPV of each business, if there is a simulation of
    /// the same scenario on the same basis.
    ///
    /// ```
    /// use wattfolio_economics::{prelude::*, results::verdict::{Criterion, Verdict}};
    ///
    /// let scenario = Scenario::default().validate()?;
    /// let verdict = Verdict::new(&scenario, &compare(&scenario), None, Criterion::Value);
    /// assert_eq!(verdict.winner().map(|winner| winner.business), Some(Business::Leasing));
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn new(
        scenario: &Scenario,
        comparison: &Comparison,
        simulated: Option<&PerBusiness<Option<SimulatedNpv<'_>>>>,
        criterion: Criterion,
    ) -> Self {
        let candidates = comparison.evaluations().map(|evaluation| {
            let paths = simulated.and_then(|all| all[evaluation.business]);
            (Candidate::new(scenario, evaluation, paths.as_ref()), paths)
        });
        Self::of(criterion, candidates.collect())
    }

    /// The ranking of candidates, each with its simulated paths if there are any.
    pub fn of(criterion: Criterion, candidates: Vec<(Candidate, Option<SimulatedNpv<'_>>)>) -> Self {
        let by_mean = ranking::by_mean(criterion, &candidates);
        let (ranking, about_equal) = ranking::by_plan(criterion, candidates);
        let winner = ranking.first().filter(|first| first.value.is_ok());
        let against = winner.map(|first| against::against(&first.business)).unwrap_or_default();
        Self { criterion, ranking, about_equal, by_mean, against }
    }

    /// The first of the ranking, if it has a value of the criterion. It may still have a negative net present value;
    /// see [`place`](Self::place).
    pub fn winner(&self) -> Option<&Candidate> {
        self.ranking.first().filter(|first| first.value.is_ok()).map(|first| &first.business)
    }

    /// Figures of a business; `None` if it was not evaluated.
    pub fn candidate(&self, business: Business) -> Option<&Candidate> {
        self.ranking.iter().map(|ranked| &ranked.business).find(|candidate| candidate.business == business)
    }

    /// Standing of a business: a loss is never praised, and none of several equals is best.
    pub fn place(&self, business: Business) -> Place {
        ranking::place(self, business)
    }

    /// Number of simulated paths that it rests on; `None` where it rests on the plan alone.
    pub fn paths(&self) -> Option<usize> {
        self.ranking.iter().find_map(|ranked| ranked.business.odds).map(|odds| odds.paths)
    }

    /// Whether every business that was evaluated has an NPV below zero.
    pub fn nothing_earns_its_capital(&self) -> bool {
        self.ranking.iter().all(|ranked| ranked.business.npv_usd < 0.0)
    }

    /// The caveats in the sentence: the first that hold, at most [`MOST_SAID`].
    pub fn said(&self) -> impl Iterator<Item = &Against> {
        self.against.iter().filter(|against| against.value.is_ok()).take(MOST_SAID)
    }
}

#[cfg(test)]
mod tests;
