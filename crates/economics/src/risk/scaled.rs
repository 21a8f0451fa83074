//! Plans that differ in the level of their markets alone, eight at a time on the engine of the simulation: a path stands for
//! a plan, its markets are those of the first plan times constants, and nothing is drawn.

use fearless_simd::{Simd, SimdBase, f64x8};

use super::control::{NoThreads, ToTheEnd};
use super::engine::lanes::LANES;
use super::engine::{TILE, Workspace};
use super::markets::chance::Chance;
use super::markets::factors::FactorModel;
use super::model::{KEPT, Seeds};
use super::prepared::Prepared;
use super::room::Unfinished;
use crate::business::{Business, PerBusiness};
use crate::kernel::Factors;
use crate::scenario::{Factor, Scenario, ValidScenario};

/// The factor on each market of each plan, over all its months.
#[derive(Clone, Debug)]
pub(crate) struct Scales {
    plans: usize,
    bitcoin: Vec<f64>,
    rental: Vec<f64>,
    power: Vec<f64>,
}

impl Scales {
    /// Factors of 1.
    pub(crate) fn new(plans: usize) -> Self {
        // The last tile holds groups without plans.
        let ones = vec![1.0; plans.next_multiple_of(TILE)];
        Self { plans, bitcoin: ones.clone(), rental: ones.clone(), power: ones }
    }

    /// Sets the factors on a market, a plan each.
    pub(crate) fn set(&mut self, market: Scalable, factors: impl Iterator<Item = f64>) {
        let of_market = match market {
            Scalable::Bitcoin => &mut self.bitcoin,
            Scalable::Rental => &mut self.rental,
            Scalable::Power => &mut self.power,
        };
        of_market.iter_mut().zip(factors).take(self.plans).for_each(|(kept, factor)| *kept = factor);
    }

    /// The factors of a group of plans.
    #[inline(always)]
    pub(super) fn of_group<S: Simd>(&self, simd: S, first: usize) -> Factors<f64x8<S>> {
        let group = first..first + LANES;
        Factors {
            bitcoin: f64x8::from_slice(simd, &self.bitcoin[group.clone()]),
            network: f64x8::splat(simd, 0.0),
            rental: f64x8::from_slice(simd, &self.rental[group.clone()]),
            power: f64x8::from_slice(simd, &self.power[group]),
        }
    }
}

/// A market whose path another start value scales in every month of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalable {
    Bitcoin,
    Rental,
    Power,
}

impl Scalable {
    /// A market, unless another start value of its path does more than scale it: the network answers, and a contract fixes the
    /// power price of some months.
    pub(crate) fn of(market: Factor, scenario: &Scenario) -> Option<Self> {
        match market {
            Factor::Bitcoin => Some(Self::Bitcoin),
            Factor::Rental => Some(Self::Rental),
            Factor::Power => (!scenario.power.is_fixed(0)).then_some(Self::Power),
            Factor::Network => None,
        }
    }
}

/// Threads and memory for plans that differ in the level of their markets.
#[derive(Debug)]
pub(crate) struct ScaledPlans {
    workspace: Workspace,
}

impl ScaledPlans {
    /// With a thread for each core.
    pub(crate) fn new() -> Result<Self, NoThreads> {
        Ok(Self { workspace: Workspace::new(0)? })
    }

    /// Net present values before tax of some businesses by plan, USD; none of a business that is not evaluated.
    pub(crate) fn npv_usd(
        &mut self,
        scenario: &ValidScenario,
        scales: &Scales,
        wanted: &PerBusiness<bool>,
    ) -> Result<PerBusiness<Vec<f64>>, Unfinished> {
        let prepared = Prepared::on_plan(scenario);
        let model = FactorModel::new(&scenario.risk, scenario.horizon_months as usize);
        let chance = Chance { model, seed: 0, cache: None, scales: Some(scales) };
        let mut model = prepared.model(chance, Seeds::NONE);
        for (business, _) in wanted.iter().filter(|(_, is_wanted)| !**is_wanted) {
            model.leave_out(business);
        }
        let output = self.workspace.run(&model, scales.plans, &[], &ToTheEnd)?;
        let mut npvs = PerBusiness::new(|_| Vec::new());
        for (index, values) in output.results.into_iter().enumerate() {
            let business = Business::ALL[index / KEPT];
            if index % KEPT == 0 && model.has(business) {
                npvs[business] = values;
            } else {
                self.workspace.give_back(values);
            }
        }
        Ok(npvs)
    }

    /// Takes back values that are no longer needed.
    pub(crate) fn give_back(&mut self, spent: PerBusiness<Vec<f64>>) {
        spent.into_array().into_iter().for_each(|values| self.workspace.give_back(values));
    }
}
