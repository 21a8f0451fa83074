//! Eight paths written down month by month, for those who look at single paths.

use fearless_simd::{Simd, SimdBase, f64x8};

use super::engine::Model;
use super::factors::{CHUNK, Multipliers};
use super::lanes::LANES;
use super::model::{KEPT, PlanModel};
use crate::business::Business;
use crate::number::Real;

/// What drives a path away from the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// The bitcoin price.
    Bitcoin,
    /// The network hashrate.
    Network,
    /// The GPU rental.
    Rental,
    /// The price of electricity.
    Power,
    /// The hosting customer, who may default.
    Customer,
}

impl Driver {
    /// All of them, in the order of the correlation matrix; the customer last.
    pub const ALL: [Self; 5] = [Self::Bitcoin, Self::Network, Self::Rental, Self::Power, Self::Customer];
}

/// Lines of a record: four levels, whether the customer has defaulted, and of each business the flow and the
/// cumulative cash without end proceeds.
const LINES: usize = 5 + 2 * Business::COUNT;

/// The months of eight paths.
#[derive(Debug, Default)]
pub(super) struct Record {
    months: usize,
    /// By line, month and path.
    numbers: Vec<f64>,
    /// By result and path.
    results: Vec<f64>,
}

impl Record {
    /// Runs eight paths. `muted` follows the plan.
    #[inline(always)]
    pub(super) fn run<S: Simd>(
        &mut self,
        simd: S,
        model: &PlanModel<'_>,
        first_path: usize,
        muted: Option<Driver>,
    ) {
        self.months = model.horizon() + 1;
        self.numbers.resize(LINES * self.months * LANES, 0.0);
        self.results.resize(Business::COUNT * KEPT * LANES, 0.0);
        let zero = f64x8::splat(simd, 0.0);
        let mut memory = vec![zero; model.memory().max(1)];
        let mut scratch = model.scratch(simd);
        let mut state = model.start(simd, first_path);
        let mut first = 0;
        while first < self.months {
            let count = CHUNK.min(self.months - first);
            let multipliers = &mut scratch.multipliers[..count];
            if first == 0 {
                multipliers[0] = Multipliers::one(zero);
            }
            model.multipliers(first, first_path, &mut state, &mut scratch.shocks, multipliers);
            for (index, multipliers) in multipliers.iter_mut().enumerate() {
                if let Some(driver) = muted {
                    mute(multipliers, driver);
                }
                let levels = model.levels(first + index, multipliers, &mut memory);
                let month = model.month(first + index, &levels, &mut state);
                let market = [
                    levels.btc_price_usd,
                    levels.network_eh_s,
                    levels.rental_usd_per_gpu_hour,
                    levels.power_usd_per_kwh,
                    month.defaulted,
                ];
                for (line, values) in market.into_iter().enumerate() {
                    self.put(line, first + index, values);
                }
                for business in 0..Business::COUNT {
                    self.put(5 + business, first + index, month.flows[business]);
                    self.put(5 + Business::COUNT + business, first + index, month.cumulative[business]);
                }
            }
            first += count;
        }
        let mut results = [zero; Business::COUNT * KEPT];
        model.finish(&state, &mut results);
        for (values, kept) in results.iter().zip(self.results.chunks_exact_mut(LANES)) {
            values.store_slice(kept);
        }
    }

    #[inline(always)]
    fn put<S: Simd>(&mut self, line: usize, t: usize, values: f64x8<S>) {
        let from = (line * self.months + t) * LANES;
        values.store_slice(&mut self.numbers[from..from + LANES]);
    }

    fn line(&self, line: usize, lane: usize) -> impl Iterator<Item = f64> + '_ {
        let from = line * self.months * LANES;
        self.numbers[from..from + self.months * LANES].iter().skip(lane).step_by(LANES).copied()
    }

    /// A market of a path, by month; `which` as in [`Driver::ALL`], without the customer.
    pub(super) fn level(&self, which: usize, lane: usize) -> impl Iterator<Item = f64> + '_ {
        self.line(which, lane)
    }

    /// The first month in which the customer has defaulted.
    pub(super) fn default_month(&self, lane: usize) -> Option<usize> {
        self.line(4, lane).position(|defaulted| defaulted > 0.0)
    }

    /// Flows of a business with end proceeds, by month, USD.
    pub(super) fn flows(&self, business: usize, lane: usize) -> impl Iterator<Item = f64> + '_ {
        self.line(5 + business, lane)
    }

    /// Cumulative cash of a business without end proceeds, by month, USD.
    pub(super) fn cumulative(&self, business: usize, lane: usize) -> impl Iterator<Item = f64> + '_ {
        self.line(5 + Business::COUNT + business, lane)
    }

    /// A result of a business: NPV, payback, lowest cash since live, last cumulative cash with end proceeds.
    pub(super) fn result(&self, business: usize, which: usize, lane: usize) -> f64 {
        self.results[(business * KEPT + which) * LANES + lane]
    }
}

#[inline(always)]
fn mute<V: Real>(multipliers: &mut Multipliers<V>, driver: Driver) {
    let one = multipliers.default_draw.constant(1.0);
    match driver {
        Driver::Bitcoin => multipliers.factors.bitcoin = one,
        Driver::Network => multipliers.factors.network = one,
        Driver::Rental => multipliers.factors.rental = one,
        Driver::Power => multipliers.factors.power = one,
        Driver::Customer => multipliers.default_draw = one,
    }
}
