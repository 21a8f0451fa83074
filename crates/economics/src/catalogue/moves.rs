//! The businesses that an input affects.

use crate::business::Business;
use crate::input::{Group, Input, Kind};
use crate::scenario::{Factor, Scenario};

impl Input {
    /// The businesses that it can affect in a scenario, in order; no other changes with it.
    ///
    /// An input of a market affects every business that depends on that market, or on one that follows it. This depends
    /// on the contracts and couplings of the scenario: the power price affects hosting only if the landlord pays for
    /// power.
    pub fn moved_businesses<'a>(
        &'a self,
        scenario: &'a Scenario,
    ) -> impl Iterator<Item = Business> + Clone + use<'a> {
        // A name does not enter the model.
        let is_read = matches!(self.kind, Kind::Text(_));
        Business::ALL.into_iter().filter(move |business| {
            let has_own = self.unless.is_some_and(|has_own| has_own(*business, scenario));
            !is_read && !has_own && (self.moves.contains(business) || self.reaches(*business, scenario))
        })
    }

    /// Whether every business has its own value, so that none uses this one.
    pub fn is_replaced(&self, scenario: &Scenario) -> bool {
        self.unless
            .is_some_and(|has_own| Business::ALL.into_iter().all(|business| has_own(business, scenario)))
    }

    /// Whether it affects a business through a market.
    fn reaches(&self, business: Business, scenario: &Scenario) -> bool {
        // A market that deviates from its plan also changes default hazards.
        let is_risk = self.group == Group::Risk;
        let depends = |market: Factor| {
            business.depends_on(market, scenario) || is_risk && business.default_follows(market, scenario)
        };
        let moves = |market: Factor| {
            Factor::ALL.into_iter().any(|other| market.moves(other, scenario) && depends(other))
        };
        self.market.is_some_and(moves)
    }
}
