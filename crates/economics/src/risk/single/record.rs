//! Record of eight paths month by month, for single paths.

use fearless_simd::{Simd, SimdBase, f64x8};

use crate::business::Business;
use crate::kernel::Factors;
use crate::number::Real;
use crate::risk::engine::Model;
use crate::risk::engine::lanes::LANES;
use crate::risk::markets::factors::CHUNK;
use crate::risk::model::{KEPT, PlanModel};

/// Source of the deviation of a path from the plan.
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
    /// The customers of hosting and leasing, who may default.
    Customer,
    /// Delays and overruns of works.
    Works,
}

impl Driver {
    /// Number of drivers.
    pub const COUNT: usize = 6;

    /// All of them, in the order of the correlation matrix; customers and works last.
    pub const ALL: [Self; Self::COUNT] =
        [Self::Bitcoin, Self::Network, Self::Rental, Self::Power, Self::Customer, Self::Works];
}

/// Number of markets of a record.
const MARKETS: usize = 4;
/// Number of series: the levels of the markets, and of each business the flow, the cumulative cash without end proceeds
/// and the last month in which its customer left.
const LINES: usize = MARKETS + 3 * Business::COUNT;

/// The months of eight paths.
#[derive(Debug, Default)]
pub(in crate::risk) struct Record {
    months: usize,
    /// Values by series, month and path.
    numbers: Vec<f64>,
    /// Results by result and path.
    results: Vec<f64>,
}

impl Record {
    /// Runs eight paths; the driver `muted` follows the plan.
    #[inline(always)]
    pub(in crate::risk) fn run<S: Simd>(
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
            model.factors_of_months(first, count, first_path, &mut state, &mut scratch.draft);
            for (index, factors) in scratch.draft.factors[..count].iter_mut().enumerate() {
                if let Some(driver) = muted {
                    mute(factors, driver);
                }
                let levels = model.plan.market.levels(first + index, factors, &mut memory);
                let month = model.month(first + index, &levels, &mut state, (first_path, muted));
                let market = [
                    levels.btc_price_usd,
                    levels.network_eh_s,
                    levels.rental_usd_per_gpu_hour,
                    levels.power_usd_per_kwh,
                ];
                let lines = [&market[..], &month.flows, &month.cumulative, &month.left_in];
                for (line, values) in lines.into_iter().flatten().enumerate() {
                    self.put(line, first + index, *values);
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

    /// A market of a path, by month; `which` as in [`Driver::ALL`].
    pub(in crate::risk) fn level(&self, which: usize, lane: usize) -> impl Iterator<Item = f64> + '_ {
        self.line(which, lane)
    }

    /// Flows of a business with end proceeds, by month, USD.
    pub(in crate::risk) fn flows(&self, business: usize, lane: usize) -> impl Iterator<Item = f64> + '_ {
        self.line(MARKETS + business, lane)
    }

    /// Cumulative cash of a business without end proceeds, by month, USD.
    pub(in crate::risk) fn cumulative(&self, business: usize, lane: usize) -> impl Iterator<Item = f64> + '_ {
        self.line(MARKETS + Business::COUNT + business, lane)
    }

    /// The first month in which a customer of a business left.
    pub(in crate::risk) fn default_month(&self, business: usize, lane: usize) -> Option<usize> {
        self.line(MARKETS + 2 * Business::COUNT + business, lane).position(|left_in| left_in > 0.0)
    }

    /// A result of a business, in the order of [`KEPT`].
    pub(in crate::risk) fn result(&self, business: usize, which: usize, lane: usize) -> f64 {
        self.results[(business * KEPT + which) * LANES + lane]
    }
}

#[inline(always)]
fn mute<V: Real>(factors: &mut Factors<V>, driver: Driver) {
    let none = Factors::none(factors.bitcoin);
    match driver {
        Driver::Bitcoin => factors.bitcoin = none.bitcoin,
        Driver::Network => factors.network = none.network,
        Driver::Rental => factors.rental = none.rental,
        Driver::Power => factors.power = none.power,
        // Drawn once per path, and muted there.
        Driver::Customer | Driver::Works => {}
    }
}
