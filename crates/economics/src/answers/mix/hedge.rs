//! What a share of another business takes off the risk of the best one, and what it costs.

use super::mixed::{Mixed, Per, STEPS, alone};
use super::whole_site::WholeSite;
use crate::business::{Business, PerBusiness};

/// A share of one business in place of another.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Hedge {
    /// What value and risk are counted for.
    pub per: Per,
    /// The business with the most expected value alone.
    pub of: Business,
    /// What takes a share of its place.
    pub by: Business,
    /// That share of the site.
    pub share: f64,
    /// The best business alone.
    pub alone: Mixed,
    /// The mix of both.
    pub hedged: Mixed,
}

impl Hedge {
    /// The hedge whose cut of the risk exceeds its cost in value by most, both per dollar or of the whole site; `None` if
    /// none does, or if the best business has no risk.
    pub(super) fn best(site: &WholeSite, grid: &[Mixed], per: Per) -> Option<Self> {
        let find = |shares: &PerBusiness<f64>| grid.iter().find(|mixed| mixed.shares == *shares);
        let singles =
            site.parts().iter().filter_map(|part| Some((part.business, alone(grid, part.business)?)));
        let value = |mixed: &Mixed| mixed.value(per).value;
        let (of, alone) = singles.max_by(|a, b| value(a.1).total_cmp(&value(b.1)))?;
        let mut best: Option<Self> = None;
        for by in site.parts().iter().map(|part| part.business).filter(|by| *by != of) {
            for step in 1..STEPS {
                let share = step as f64 / STEPS as f64;
                let mut shares = PerBusiness::new(|_| 0.0);
                (shares[by], shares[of]) = (share, (STEPS - step) as f64 / STEPS as f64);
                let Some(hedged) = find(&shares) else { continue };
                let hedge = Self { per, of, by, share, alone: alone.clone(), hedged: hedged.clone() };
                let gain = hedge.gain();
                if gain > 0.0 && best.as_ref().is_none_or(|best| gain > best.gain()) {
                    best = Some(hedge);
                }
            }
        }
        best
    }

    /// Share of the risk that it takes off.
    pub fn risk_cut(&self) -> f64 {
        let [alone, hedged] = [&self.alone, &self.hedged].map(|mixed| mixed.risk(self.per).value);
        if alone > 0.0 { 1.0 - hedged / alone } else { 0.0 }
    }

    /// Value that it costs, in dollars per dollar or in dollars.
    pub fn cost(&self) -> f64 {
        self.alone.value(self.per).value - self.hedged.value(self.per).value
    }

    /// The same as a share of the value of the best business alone; `None` if that is not positive.
    pub fn cost_share(&self) -> Option<f64> {
        let alone = self.alone.value(self.per).value;
        (alone > 0.0).then(|| self.cost() / alone)
    }

    /// What is gained: risk taken off less value lost, each in shares. Where the best business loses, its value is counted
    /// in shares of its risk.
    fn gain(&self) -> f64 {
        let risk = self.alone.risk(self.per).value;
        let cost = self.cost_share().unwrap_or(if risk > 0.0 { self.cost() / risk } else { f64::INFINITY });
        self.risk_cut() - cost
    }
}
