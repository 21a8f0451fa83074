//! Variance shares: the share of the variance of the NPV that each draw explains (first-order Sobol indices).
//!
//! Each factor in turn keeps its draw while all others are drawn again (pick and freeze); the covariance of the values
//! is the variance that the factor explains. A factor is its independent draw in the order of the correlation matrix:
//! correlated variance counts for the earlier one. Jumps belong to bitcoin; works are kept by block of paths.

use super::control::Control;
use super::engine::lanes::LANES;
use super::markets::cache::{FactorCache, Key, MarketDraw, most_kept_paths};
use super::markets::chance::Chance;
use super::markets::factors::FactorModel;
use super::model::{KEPT, Seeds};
use super::prepared::Prepared;
use super::room::Unfinished;
use super::simulate::Simulator;
use super::statistics::Estimate;
use crate::business::{Business, PerBusiness};
use crate::kernel::Basis;
use crate::scenario::{Faults, ValidScenario};

/// Maximum number of points of the design; fewer if the scenario has fewer paths, or if the cache of markets holds
/// fewer over a long plan.
const POINTS: u32 = 8_192;
/// Groups of points that are left out in turn for a standard error.
const GROUPS: usize = 64;
/// Bit in which the seeds of the two draws differ.
const OTHER_SEED: u64 = 1 << 52;

/// Random factor of the simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VarianceFactor {
    /// The bitcoin price with its jumps.
    Bitcoin,
    /// The network hashrate.
    Network,
    /// The GPU rental around its trend.
    Rental,
    /// The trend of the GPU rental.
    RentalTrend,
    /// The price of electricity.
    Power,
    /// The customers of hosting and leasing, who may default.
    Customer,
    /// Delays and overruns of works.
    Works,
}

impl VarianceFactor {
    /// All of them, in the order of the correlation matrix; customers and works last.
    pub const ALL: [Self; 7] = [
        Self::Bitcoin,
        Self::Network,
        Self::Rental,
        Self::RentalTrend,
        Self::Power,
        Self::Customer,
        Self::Works,
    ];

    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Bitcoin => "bitcoin",
            Self::Network => "network",
            Self::Rental => "rental",
            Self::RentalTrend => "rental_trend",
            Self::Power => "power",
            Self::Customer => "customer",
            Self::Works => "works",
        }
    }

    /// Draw of the markets; `None` for customers and works.
    const fn market(self) -> Option<MarketDraw> {
        match self {
            Self::Bitcoin => Some(MarketDraw::Bitcoin),
            Self::Network => Some(MarketDraw::Network),
            Self::Rental => Some(MarketDraw::Rental),
            Self::RentalTrend => Some(MarketDraw::RentalTrend),
            Self::Power => Some(MarketDraw::Power),
            Self::Customer | Self::Works => None,
        }
    }
}

/// Shares of the variance of the NPV of a business.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct VarianceShares {
    /// In the order of [`VarianceFactor::ALL`].
    pub shares: [Estimate; 7],
    /// Share that no factor explains alone.
    pub interaction: Estimate,
    /// Points of the design.
    pub points: usize,
}

impl VarianceShares {
    /// The factor with the largest share.
    pub fn driver(&self) -> (VarianceFactor, Estimate) {
        let each = VarianceFactor::ALL.into_iter().zip(self.shares);
        each.max_by(|a, b| a.1.value.total_cmp(&b.1.value))
            .unwrap_or((VarianceFactor::Bitcoin, self.shares[0]))
    }
}

/// Sums over the points of a design, from which the index of a factor follows.
#[derive(Clone, Copy, Default)]
struct Moments {
    count: f64,
    sum: f64,
    squares: f64,
    /// Σ a·(kept − b): product with the other draw in which the factor alone is kept, less the product with the other
    /// draw, which is chance; 0 for a factor without effect.
    common: f64,
}

impl Moments {
    /// Moments of values, of a second draw of everything, and of the second draw with one factor kept.
    fn of(frozen: &[f64], drawn: &[f64], kept: &[f64]) -> Self {
        let mut moments = Self::default();
        for ((a, b), kept) in frozen.iter().zip(drawn).zip(kept) {
            moments.count += 2.0;
            moments.sum += a + b;
            moments.squares += a * a + b * b;
            moments.common += a * (kept - b);
        }
        moments
    }

    fn plus(self, other: &Self, sign: f64) -> Self {
        Self {
            count: self.count + sign * other.count,
            sum: self.sum + sign * other.sum,
            squares: self.squares + sign * other.squares,
            common: self.common + sign * other.common,
        }
    }

    /// The share of the variance that the factor explains alone (Saltelli et al. 2010, Variance based sensitivity analysis of
    /// model output).
    fn index(&self) -> f64 {
        let mean = self.sum / self.count;
        2.0 * self.common / self.count / (self.squares / self.count - mean * mean)
    }
}

/// First-order indices and the rest to 1, with standard errors from leaving out a group of points in turn; `None` where
/// nothing varies. `kept` holds, by factor, the values of the second draw with that factor from `frozen`.
fn first_order<const N: usize>(
    frozen: &[f64],
    drawn: &[f64],
    kept: &[&[f64]; N],
) -> Option<([Estimate; N], Estimate)> {
    let points = frozen.len();
    let center = frozen.iter().chain(drawn).sum::<f64>() / (2 * points) as f64;
    let size = frozen.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    if frozen.iter().all(|value| (value - center).abs() <= 1e-9 * size) {
        return None;
    }
    let centred = |values: &[f64]| values.iter().map(|value| value - center).collect::<Vec<f64>>();
    let (frozen, drawn) = (centred(frozen), centred(drawn));
    // Paths of a block share a delay, and are left out together.
    let per_group = points.div_ceil(GROUPS).next_multiple_of(LANES);
    let groups: [Vec<Moments>; N] = kept.map(|kept| {
        let kept = centred(kept);
        let chunks = frozen.chunks(per_group).zip(drawn.chunks(per_group)).zip(kept.chunks(per_group));
        chunks.map(|((a, b), kept)| Moments::of(a, b, kept)).collect()
    });
    let totals = groups
        .each_ref()
        .map(|groups| groups.iter().fold(Moments::default(), |sum, group| sum.plus(group, 1.0)));
    let count = groups[0].len();
    // The index of each factor without one group.
    let without = |group: usize| -> [f64; N] {
        std::array::from_fn(|factor| totals[factor].plus(&groups[factor][group], -1.0).index())
    };
    let left_out: Vec<[f64; N]> = (0..count).map(without).collect();
    let error = |read: &dyn Fn(&[f64; N]) -> f64| {
        let mean = left_out.iter().map(read).sum::<f64>() / count as f64;
        let squares = left_out.iter().map(|indices| (read(indices) - mean).powi(2)).sum::<f64>();
        (squares * (count - 1) as f64 / count as f64).sqrt()
    };
    let shares = std::array::from_fn(|factor| Estimate {
        value: totals[factor].index(),
        standard_error: error(&|indices| indices[factor]),
    });
    let left = |indices: &[f64; N]| 1.0 - indices.iter().sum::<f64>();
    let interaction =
        Estimate { value: left(&totals.map(|moments| moments.index())), standard_error: error(&left) };
    Some((shares, interaction))
}

/// NPVs of every business by path; empty where one is absent.
type Npvs = [Vec<f64>; Business::COUNT];

/// The design: a scenario with two seeds, and the markets of a run.
struct Design<'a> {
    simulator: &'a mut Simulator,
    scenarios: [ValidScenario; 2],
    prepared: [Prepared; 2],
    model: FactorModel,
    markets: FactorCache,
}

/// Index of one of the two seeds.
type Which = usize;
const FROZEN: Which = 0;
const DRAWN: Which = 1;

impl Design<'_> {
    /// Draws the markets of a seed; the draw `frozen` comes from the frozen seed.
    fn draw(&mut self, which: Which, frozen: Option<MarketDraw>) -> Result<(), Unfinished> {
        let (risk, horizon) = (&self.scenarios[which].risk, self.scenarios[which].horizon_months as usize);
        let key = Key::new(risk, horizon, self.simulator.sampling, self.simulator.resampled.as_ref());
        let frozen = frozen.map(|draw| (draw, self.scenarios[FROZEN].risk.seed));
        self.simulator.fill(&mut self.markets, key, &self.model, frozen)
    }

    /// NPVs under the drawn markets, with the customers and works of these seeds.
    fn run(&mut self, customers: Which, works: Which, control: &impl Control) -> Result<Npvs, Unfinished> {
        let seed = |which: Which| self.scenarios[which].risk.seed;
        let model = self.model.clone();
        let chance = Chance { model, seed: seed(DRAWN), cache: Some(&self.markets), scales: None };
        let seeds = Seeds { customers: Some(seed(customers)), works: Some(seed(works)) };
        let model = self.prepared[works].model(chance, seeds);
        let paths = self.scenarios[FROZEN].risk.paths as usize;
        let output = self.simulator.workspace.run(&model, paths, &[], control)?;
        let mut npvs = Npvs::default();
        for (index, values) in output.results.into_iter().enumerate() {
            let (business, result) = (index / KEPT, index % KEPT);
            if result == 0 && model.has(Business::ALL[business]) {
                npvs[business] = values;
            } else {
                self.simulator.workspace.give_back(values);
            }
        }
        Ok(npvs)
    }
}

impl Simulator {
    /// The share of the variance of each business's NPV by factor; `None` where a business is absent or nothing varies.
    ///
    /// # Errors
    /// If the control ended the search, or there is too little memory.
    ///
    /// ```no_run
    /// use wattfolio_economics::{prelude::*, risk::ToTheEnd};
    ///
    /// let scenario = Scenario::default().validate()?;
    /// let shares = Simulator::new(0)?.variance_shares(&scenario, Basis::default(), &ToTheEnd)?;
    /// let (driver, share) = shares[Business::Leasing].unwrap().driver();
    /// println!("{} decides {:.0} % of leasing", driver.id(), share.value * 100.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn variance_shares(
        &mut self,
        scenario: &ValidScenario,
        basis: Basis,
        control: &impl Control,
    ) -> Result<PerBusiness<Option<VarianceShares>>, Unfinished> {
        let kept = most_kept_paths(scenario.horizon_months as usize) as u32;
        let points = POINTS.min(scenario.risk.paths).min(kept);
        let seed = scenario.risk.seed;
        let with_seed = |seed: u64| -> Result<ValidScenario, Faults> {
            scenario.edit(|scenario| (scenario.risk.paths, scenario.risk.seed) = (points, seed))
        };
        // The edits stay valid: few paths and any seed are allowed.
        let (Ok(frozen), Ok(drawn)) = (with_seed(seed), with_seed(seed ^ OTHER_SEED)) else {
            return Err(Unfinished::Ended);
        };
        let model = FactorModel::new(&frozen.risk, frozen.horizon_months as usize);
        let prepared = [Prepared::new(&frozen, basis), Prepared::new(&drawn, basis)];
        let scenarios = [frozen, drawn];
        let markets = FactorCache::default();
        let mut design = Design { simulator: self, scenarios, prepared, model, markets };
        design.draw(FROZEN, None)?;
        let base = design.run(FROZEN, FROZEN, control)?;
        design.draw(DRAWN, None)?;
        let other = design.run(DRAWN, DRAWN, control)?;
        let mut kept: [Npvs; 7] = Default::default();
        // Customers and works first: they are kept under the markets that are drawn already.
        let by_market = |is_market: bool| {
            let factors = VarianceFactor::ALL.into_iter().enumerate();
            factors.filter(move |(_, factor)| factor.market().is_some() == is_market)
        };
        for (index, factor) in by_market(false).chain(by_market(true)) {
            if let Some(market) = factor.market() {
                design.draw(DRAWN, Some(market))?;
            }
            let of = |is_frozen: bool| if is_frozen { FROZEN } else { DRAWN };
            let customers = of(factor == VarianceFactor::Customer);
            kept[index] = design.run(customers, of(factor == VarianceFactor::Works), control)?;
        }
        Ok(PerBusiness::new(|business| {
            let index = business as usize;
            let kept = kept.each_ref().map(|npvs| npvs[index].as_slice());
            let (base, other) = (base[index].as_slice(), other[index].as_slice());
            let mut all = kept.iter().chain([&base, &other]);
            if all.any(|npvs| npvs.is_empty() || npvs.iter().any(|npv| !npv.is_finite())) {
                return None;
            }
            let (shares, interaction) = first_order(base, other, &kept)?;
            Some(VarianceShares { shares, interaction, points: points as usize })
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::path_draw::Stream;
    use super::*;

    /// Ishigami and Homma 1990, with the usual constants.
    fn ishigami(x: [f64; 3]) -> f64 {
        x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
    }

    #[test]
    fn indices_of_the_ishigami_function_are_those_of_its_closed_form() {
        const POINTS: u64 = 1 << 15;
        let draw = |seed: u64, point: u64, which: usize| {
            (Stream::Overrun(which).uniform(seed, point) * 2.0 - 1.0) * std::f64::consts::PI
        };
        let values = |seeds: [u64; 3]| -> Vec<f64> {
            (0..POINTS)
                .map(|point| ishigami([0, 1, 2].map(|which| draw(seeds[which], point, which))))
                .collect()
        };
        let (frozen, drawn) = (values([1; 3]), values([2; 3]));
        let kept = [values([1, 2, 2]), values([2, 1, 2]), values([2, 2, 1])];
        let kept = kept.each_ref().map(Vec::as_slice);
        let (shares, interaction) = first_order(&frozen, &drawn, &kept).expect("it varies");
        let pi4 = std::f64::consts::PI.powi(4);
        let first = 0.5 * (1.0 + 0.1 * pi4 / 5.0).powi(2);
        let total = 49.0 / 8.0 + 0.1 * pi4 / 5.0 + 0.01 * pi4 * pi4 / 18.0 + 0.5;
        let expected = [first / total, 49.0 / 8.0 / total, 0.0];
        for (share, expected) in shares.iter().zip(expected) {
            assert!(share.standard_error > 0.0 && share.standard_error < 0.01, "{}", share.standard_error);
            assert!(
                (share.value - expected).abs() < 4.0 * share.standard_error,
                "{} {expected}",
                share.value
            );
        }
        let left = 1.0 - expected.iter().sum::<f64>();
        assert!((interaction.value - left).abs() < 4.0 * interaction.standard_error, "{}", interaction.value);
        assert_eq!(first_order(&[2.0; 8], &[2.0; 8], &[&[2.0; 8]]), None, "nothing varies");
    }
}
