//! Simulation of a scenario: the run, and the figures of each business.

use std::sync::Arc;

use super::control::{Control, NoThreads, ToTheEnd};
use super::engine::{Workspace, on_tier};
use super::markets::cache::{FactorCache, Key, MarketDraw};
use super::markets::factors::FactorModel;
use super::markets::price::plan_percentile;
use super::markets::quasi::Sampling;
use super::markets::resampled::{FactorSource, Resampled};
use super::model::KEPT;
use super::prepared::Prepared;
use super::reader::{Reader, RiskAndRest};
use super::room::{Unfinished, have_headroom, headroom};
use super::share::Share;
use super::statistics::{Distribution, Estimate, PROBABILITIES, Paybacks, Returns, Tail};
use crate::kernel::Maybe;
use rayon::prelude::*;

use crate::business::{Business, PerBusiness};
use crate::kernel::{Basis, NotEvaluated};
use crate::results::Blocks;
use crate::results::verdict::SimulatedNpv;
use crate::scenario::{Risk, ValidScenario};

/// Result of a simulation, without the internal rates of return, which [`with_returns`](Self::with_returns) adds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Simulation {
    /// Whose flows are counted.
    pub basis: Basis,
    /// Number of paths.
    pub paths: usize,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Source of the random numbers.
    pub sampling: Sampling,
    /// Recorded months that bitcoin and the network come from; `None` for the scenario's own risks.
    pub resampled: Option<Arc<Resampled>>,
    /// Share of the simulated bitcoin prices at `T` that lie below the plan's own: from their distribution and not from
    /// these paths, or from these paths where they are made of recorded months.
    pub bitcoin_percentile: f64,
    /// Each business, or why it is absent.
    pub businesses: PerBusiness<Result<BusinessRisk, NotEvaluated>>,
}

impl Simulation {
    /// Source of bitcoin and the network.
    pub fn factors(&self) -> FactorSource {
        if self.resampled.is_some() { FactorSource::Bootstrap } else { FactorSource::Parametric }
    }

    /// Figures of a business.
    ///
    /// # Errors
    /// The reason, if it is absent.
    pub fn business(&self, business: Business) -> Result<&BusinessRisk, &NotEvaluated> {
        self.businesses[business].as_ref()
    }

    /// NPVs of each simulated business, for a verdict.
    pub fn npvs(&self) -> PerBusiness<Option<SimulatedNpv<'_>>> {
        PerBusiness::new(|business| {
            self.business(business).ok().map(|risk| SimulatedNpv {
                npv_usd: &risk.npv_usd,
                blocks: risk.blocks,
                loss: risk.loss.value,
                mean_usd: risk.npv.mean.value,
                cvar_usd: risk.tail.conditional_value_at_risk.value,
                bitcoin_percentile: Some(self.bitcoin_percentile),
            })
        })
    }

    /// Adds the rates of [`Simulator::returns`] for the same scenario and basis.
    ///
    /// ```
    /// use wattfolio_economics::{prelude::*, risk::ToTheEnd};
    ///
    /// let scenario = Scenario::default().with("risk.paths", 200)?.validate()?;
    /// let (mut simulator, basis) = (Simulator::new(1)?, Basis::EquityAfterTax);
    /// let simulation = simulator.run(&scenario, basis, &ToTheEnd)?;
    /// assert!(simulation.business(Business::Leasing).unwrap().irr.is_none());
    /// let simulation = simulation.with_returns(simulator.returns(&scenario, basis, &ToTheEnd)?);
    /// let irr = simulation.business(Business::Leasing).unwrap().irr.unwrap();
    /// assert_eq!(irr.without.paths, 200);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_returns(mut self, returns: PerBusiness<Option<Returns>>) -> Self {
        for (business, irr) in Business::ALL.into_iter().zip(returns.into_array()) {
            if let Ok(risk) = &mut self.businesses[business] {
                risk.irr = irr;
            }
        }
        self
    }
}

/// One business over all paths.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BusinessRisk {
    /// Quantiles of the cumulative cash without end proceeds, by probability, then month `0..=T`, USD.
    pub fan: [Vec<f64>; 5],
    /// The same at `T` with end proceeds, USD.
    pub end_quantiles: [f64; 5],
    /// Net present value of each path, USD.
    pub npv_usd: Vec<f64>,
    /// Blocks of paths that count as one sample, because they share a delay.
    pub blocks: Blocks,
    /// Lowest cumulative cash since the end of the ramp of each path, USD.
    pub lowest_cash_usd: Vec<f64>,
    /// Distribution of the net present value.
    pub npv: Distribution,
    /// Paybacks; absent, as in the plan, if nothing is spent that could come back.
    pub payback: Maybe<Paybacks>,
    /// Share of paths with a negative net present value.
    pub loss: Share,
    /// Share of paths whose flows add up to less than 0, end proceeds included.
    pub capital_not_returned: Share,
    /// Losses in the worst paths.
    pub tail: Tail,
    /// Cash held against a shortfall, USD.
    pub reserve_usd: f64,
    /// Share of paths in which the reserve and the cash since the end of the ramp fall below zero.
    pub runs_dry: Share,
    /// Median and 95 % quantile of the shortfall of the paths that run dry, USD.
    pub shortfall_usd: Maybe<[f64; 2]>,
    /// Share of paths on which a customer fails; absent where none can.
    pub customer_defaults: Maybe<Share>,
    /// Share of paths with a negative net present value among those with a default.
    pub loss_given_default: Maybe<Share>,
    /// Mean and 95 % quantile of the delay of the works, months; absent where they cannot be late.
    pub delay_months: Maybe<[f64; 2]>,
    /// Mean loss of the worst 5 % of paths per dollar of own capex, on the equity basis of peak equity.
    pub cvar_per_capex: Maybe<Estimate>,
    /// Internal rates of return; `None` until [`Simulation::with_returns`] adds them.
    pub irr: Option<Returns>,
}

/// Simulates a scenario with its own number of paths and seed on all cores.
///
/// # Errors
/// If the system gives no threads or too little memory.
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// let scenario = Scenario::default().with("risk.paths", 500)?.validate()?;
/// let simulation = simulate(&scenario, Basis::ProjectBeforeTax)?;
/// let leasing = simulation.business(Business::Leasing).unwrap();
/// let [p5, _, median, _, p95] = leasing.npv.quantiles;
/// assert!(p5 < median && median < p95);
/// assert_eq!(leasing.loss.hits, leasing.npv_usd.iter().filter(|npv| **npv < 0.0).count());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn simulate(scenario: &ValidScenario, basis: Basis) -> Result<Simulation, NotSimulated> {
    Ok(Simulator::new(0)?.run(scenario, basis, &ToTheEnd)?)
}

/// Reason for a missing simulation.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotSimulated {
    /// No thread could be started.
    #[error(transparent)]
    NoThreads(#[from] NoThreads),
    /// The run did not finish.
    #[error(transparent)]
    Unfinished(#[from] Unfinished),
}

/// Threads and memory, reused by successive simulations.
#[derive(Debug)]
pub struct Simulator {
    pub(super) workspace: Workspace,
    pub(super) cache: FactorCache,
    /// Key of the markets of the previous run.
    last: Option<Key>,
    pub(super) sampling: Sampling,
    pub(super) resampled: Option<Arc<Resampled>>,
}

impl Simulator {
    /// A simulator with `threads` threads; 0 uses all cores.
    ///
    /// # Errors
    /// If the system gives no threads.
    pub fn new(threads: usize) -> Result<Self, NoThreads> {
        Ok(Self {
            workspace: Workspace::new(threads)?,
            cache: FactorCache::default(),
            last: None,
            sampling: Sampling::Random,
            resampled: None,
        })
    }

    /// Sets the source of the random numbers of later runs. Quasi-random numbers are for up to
    /// [`most_quasi_paths`](super::most_quasi_paths); a larger run is pseudo-random, as its result states.
    pub fn set_sampling(&mut self, sampling: Sampling) {
        self.sampling = sampling;
    }

    /// Takes bitcoin and the network of later runs from recorded months, or with `None` from the scenario's risks again. Such
    /// markets are kept in memory: a run of more paths than fit is refused.
    pub fn set_record(&mut self, resampled: Option<Arc<Resampled>>) {
        self.resampled = resampled;
    }

    /// Simulates a scenario.
    ///
    /// If the markets are those of the previous run, as when a slider of a business moves, they are drawn once and
    /// cached; the result is the same to the last bit.
    ///
    /// # Errors
    /// If the control ended the run, or there is too little memory.
    pub fn run(
        &mut self,
        scenario: &ValidScenario,
        basis: Basis,
        control: &impl Control,
    ) -> Result<Simulation, Unfinished> {
        let prepared = Prepared::new(scenario, basis);
        let plan = &prepared.plan;
        let months = scenario.horizon_months as usize + 1;
        let factors = FactorModel::new(&scenario.risk, months - 1);
        let cached = self.keep_markets(&scenario.risk, months - 1, &factors)?;
        let model = prepared.of_run(factors, &scenario.risk, cached.then_some(&self.cache));
        let paths = scenario.risk.paths as usize;
        let output = self.workspace.run(&model, paths, &PROBABILITIES, control)?;
        let per_business = months * PROBABILITIES.len();
        let (quantiles, mut results) = (output.quantiles, output.results.into_iter());
        let kept: Vec<(Business, [Vec<f64>; KEPT])> = Business::ALL
            .into_iter()
            .map(|business| (business, std::array::from_fn(|_| results.next().unwrap_or_default())))
            .collect();
        let read = |(business, kept): (Business, [Vec<f64>; KEPT])| {
            let planned = match (&plan.businesses[business], &prepared.planned[business]) {
                (Err(reason), _) => return (Err(reason.clone()), kept.into()),
                (Ok(_), None) => return (Err(NotEvaluated::Overflow), kept.into()),
                (Ok(_), Some(planned)) => planned,
            };
            let index = business as usize;
            let rows = &quantiles[index * per_business..(index + 1) * per_business];
            let delays = &prepared.delays[business];
            let can_default = business.customer_can_fail(scenario);
            let has_capital = model.has_capital(business);
            Reader { rows, kept, planned, delays, can_default, has_capital }.business()
        };
        let read_all = |_| -> Vec<RiskAndRest> { kept.into_par_iter().map(read).collect() };
        let mut risks = self.workspace.install(read_all).ok_or(Unfinished::Ended)?.into_iter();
        let businesses = PerBusiness::new(|_| {
            let (risk, spent) = risks.next().unwrap_or((Err(NotEvaluated::Overflow), Vec::new()));
            for vector in spent {
                self.workspace.give_back(vector);
            }
            risk
        });
        Ok(Simulation {
            basis,
            paths,
            seed: scenario.risk.seed,
            bitcoin_percentile: self.plan_percentile(scenario),
            sampling: if cached { self.sampling } else { Sampling::Random },
            resampled: self.resampled.clone(),
            businesses,
        })
    }

    /// Takes back a simulation that is no longer needed, so that a later run reuses its memory.
    pub fn give_back(&mut self, spent: Simulation) {
        for risk in spent.businesses.into_array().into_iter().flatten() {
            let paybacks = risk.payback.map(|paybacks| paybacks.months).ok();
            for vector in [risk.npv_usd, risk.lowest_cash_usd].into_iter().chain(paybacks) {
                self.workspace.give_back(vector);
            }
        }
    }
}

impl Simulator {
    /// Draws the markets of a scenario in advance, so that the next run is as fast as later ones.
    pub fn prepare(&mut self, scenario: &ValidScenario) {
        let horizon = scenario.horizon_months as usize;
        // As if the scenario had been run before.
        self.last = Some(self.key(&scenario.risk, horizon));
        // On failure the next run draws its own, or returns the error.
        self.keep_markets(&scenario.risk, horizon, &FactorModel::new(&scenario.risk, horizon)).ok();
    }

    /// Runs work on the threads of the simulator.
    ///
    /// # Errors
    /// If its threads are gone, after a run that was ended by a fault.
    pub(crate) fn on_threads<R: Send>(&mut self, work: impl FnOnce() -> R + Send) -> Result<R, Unfinished> {
        self.workspace.install(|_| work()).ok_or(Unfinished::Ended)
    }

    /// Frees the memory kept for later runs, except cached markets.
    pub fn release(&mut self) {
        self.workspace.release();
    }

    /// Where the plan's bitcoin price lies among the simulated ones: in closed form, of recorded months those that are kept.
    pub(super) fn plan_percentile(&self, scenario: &ValidScenario) -> f64 {
        if self.resampled.is_some() {
            return self.cache.bitcoin_below_plan();
        }
        let horizon = scenario.horizon_months as usize;
        plan_percentile(&scenario.risk, &scenario.bitcoin.price_usd, horizon)
    }

    /// Key of the markets of a run.
    fn key(&self, risk: &Risk, horizon: usize) -> Key {
        Key::new(risk, horizon, self.sampling, self.resampled.as_ref())
    }

    /// Caches the markets if they are quasi-random, resampled or those of the previous run; returns whether they are cached.
    ///
    /// # Errors
    /// If quasi-random markets do not fit in memory; a run draws pseudo-random ones as needed.
    pub(super) fn keep_markets(
        &mut self,
        risk: &Risk,
        horizon: usize,
        factors: &FactorModel,
    ) -> Result<bool, Unfinished> {
        let key = self.key(risk, horizon);
        if self.cache.holds(&key) {
            return Ok(true);
        }
        // Quasi-random and resampled markets are read from the cache only.
        let is_again = self.last.as_ref() == Some(&key) || key.is_only_kept();
        if key.is_resampled() && !key.fits() {
            return Err(Unfinished::NoMemory { bytes: key.bytes() });
        }
        if !is_again || !key.fits() {
            self.last = Some(key);
            return Ok(false);
        }
        let is_only_kept = key.is_only_kept();
        let mut cache = std::mem::take(&mut self.cache);
        let filled = self.fill(&mut cache, key, factors, None);
        self.cache = cache;
        match filled {
            Ok(()) => Ok(true),
            Err(Unfinished::NoMemory { .. }) if !is_only_kept => Ok(false),
            Err(unfinished) => Err(unfinished),
        }
    }

    /// Draws the markets of a key into a cache; `frozen` is a draw that comes from another seed.
    ///
    /// # Errors
    /// If there is too little memory; the cache is then empty.
    pub(super) fn fill(
        &mut self,
        cache: &mut FactorCache,
        key: Key,
        factors: &FactorModel,
        frozen: Option<(MarketDraw, u64)>,
    ) -> Result<(), Unfinished> {
        let paths = key.paths();
        let has_room =
            cache.make_room(&key) && self.workspace.install(|_| have_headroom(paths)).unwrap_or(false);
        if !has_room {
            cache.release();
            let bytes = key.bytes() + headroom(self.workspace.threads(), paths);
            return Err(Unfinished::NoMemory { bytes });
        }
        let filled =
            self.workspace.install(|level| on_tier!(level, simd => cache.fill(simd, key, factors, frozen)));
        filled.ok_or(Unfinished::Ended)
    }
}
