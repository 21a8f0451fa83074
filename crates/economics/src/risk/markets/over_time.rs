//! Simulated markets: fans of network hashrate and hashprice by month, and every market at the end.

use fearless_simd::{Simd, SimdBase, f64x8};

use super::chance::{Chance, ChanceState, Draft};
use super::factors::{CHUNK, FactorModel};
use crate::kernel::{Levels, Market, MarketSeries};
use crate::risk::control::Control;
use crate::risk::engine::{Model, Span};
use crate::risk::room::Unfinished;
use crate::risk::simulate::Simulator;
use crate::risk::statistics::{PROBABILITIES, read};
use crate::scenario::ValidScenario;

/// Markets with a fan.
const FANS: [MarketSeries; 2] = [MarketSeries::NetworkHashrate, MarketSeries::Hashprice];
/// Markets with a distribution at the end.
const AT_END: [MarketSeries; 5] = [
    MarketSeries::BtcPrice,
    MarketSeries::NetworkHashrate,
    MarketSeries::Hashprice,
    MarketSeries::Rental,
    MarketSeries::PowerPrice,
];

/// The simulated markets of a scenario.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Markets {
    /// Quantiles of network hashrate and hashprice, by market, probability, then month `0..=T`.
    pub fans: [(MarketSeries, [Vec<f64>; 5]); 2],
    /// Bitcoin price, network hashrate, hashprice, rental and power price at `T`.
    pub at_end: [MarketAtEnd; 5],
    /// Share of the simulated bitcoin prices at `T` that lie below the plan's own.
    pub plan_percentile: f64,
}

/// A market at the end of the plan, in its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct MarketAtEnd {
    /// The market.
    pub series: MarketSeries,
    /// Mean over the paths.
    pub mean: f64,
    /// Quantiles at [`PROBABILITIES`].
    pub quantiles: [f64; 5],
    /// Level in the plan.
    pub planned: f64,
}

impl Markets {
    /// The fan of a market; `None` if it has none.
    pub fn fan(&self, series: MarketSeries) -> Option<&[Vec<f64>; 5]> {
        self.fans.iter().find(|(of, _)| *of == series).map(|(_, fan)| fan)
    }

    /// A market at the end; `None` where it is not simulated.
    pub fn end_of(&self, series: MarketSeries) -> Option<&MarketAtEnd> {
        self.at_end.iter().find(|market| market.series == series)
    }
}

/// Model of a scenario's markets without the businesses.
struct MarketModel<'a> {
    market: Market,
    chance: Chance<'a>,
}

/// State of eight paths between two months.
#[derive(Clone, Copy)]
struct State<S: Simd> {
    chance: ChanceState<S>,
    levels: Levels<f64x8<S>>,
}

impl Model for MarketModel<'_> {
    type State<S: Simd> = State<S>;
    type Scratch<S: Simd> = Draft<S>;
    const SERIES: usize = FANS.len();
    const RESULTS: usize = AT_END.len();

    fn horizon(&self) -> usize {
        self.market.horizon()
    }

    fn memory(&self) -> usize {
        self.market.memory()
    }

    #[inline(always)]
    fn scratch<S: Simd>(&self, simd: S) -> Draft<S> {
        Draft::new(f64x8::splat(simd, 0.0))
    }

    #[inline(always)]
    fn start<S: Simd>(&self, simd: S, first_path: usize) -> State<S> {
        let levels = Levels::zero(f64x8::splat(simd, 0.0));
        State { chance: self.chance.start(simd, first_path), levels }
    }

    #[inline(always)]
    fn months<S: Simd>(
        &self,
        _: S,
        state: &mut State<S>,
        (memory, draft): (&mut [f64x8<S>], &mut Draft<S>),
        span: &mut Span<'_>,
    ) {
        let mut first = span.from;
        while first < span.until {
            let count = CHUNK.min(span.until - first);
            let paths = (span.first_path, self.horizon());
            self.chance.months((first, count), paths, &mut state.chance, draft);
            for (t, factors) in (first..).zip(&draft.factors[..count]) {
                state.levels = self.market.levels(t, factors, memory);
                span.put(0, t, state.levels.network_eh_s);
                span.put(1, t, state.levels.hashprice_usd_per_ph_day());
            }
            first += count;
        }
    }

    #[inline(always)]
    fn finish<S: Simd>(&self, state: &State<S>, results: &mut [f64x8<S>]) {
        for (series, out) in AT_END.into_iter().zip(results) {
            *out = level(series, &state.levels);
        }
    }
}

/// Level of a market of [`AT_END`].
#[inline(always)]
fn level<V: crate::number::Real>(series: MarketSeries, levels: &Levels<V>) -> V {
    match series {
        MarketSeries::NetworkHashrate => levels.network_eh_s,
        MarketSeries::Hashprice => levels.hashprice_usd_per_ph_day(),
        MarketSeries::Rental => levels.rental_usd_per_gpu_hour,
        MarketSeries::PowerPrice => levels.power_usd_per_kwh,
        _ => levels.btc_price_usd,
    }
}

impl Simulator {
    /// The simulated markets of a scenario: those under which [`run`](Self::run) evaluates the businesses.
    ///
    /// ```
    /// use wattfolio_economics::{kernel::MarketSeries, prelude::*, risk::ToTheEnd};
    ///
    /// let scenario = Scenario::default().with("risk.paths", 1_000)?.validate()?;
    /// let markets = Simulator::new(1)?.markets(&scenario, &ToTheEnd)?;
    /// // The plan's price is the mean of the simulated ones, and most paths stay below a mean.
    /// assert!(markets.plan_percentile > 0.5);
    /// let [_, _, hashprice, ..] = markets.at_end;
    /// let fan = markets.fan(MarketSeries::Hashprice).unwrap();
    /// assert_eq!(hashprice.quantiles[2], fan[2][120]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the control ended the run, or there is too little memory.
    pub fn markets(
        &mut self,
        scenario: &ValidScenario,
        control: &impl Control,
    ) -> Result<Markets, Unfinished> {
        let (horizon, risk) = (scenario.horizon_months as usize, &scenario.risk);
        let model = FactorModel::new(risk, horizon);
        let is_kept = self.keep_markets(risk, horizon, &model)?;
        let chance = Chance { model, seed: risk.seed, cache: is_kept.then_some(&self.cache), scales: None };
        let model = MarketModel { market: Market::compile(scenario), chance };
        let output = self.workspace.run(&model, risk.paths as usize, &PROBABILITIES, control)?;
        let planned = model.market.deterministic();
        let per_market = (horizon + 1) * PROBABILITIES.len();
        let fan = |index: usize| {
            let rows =
                output.quantiles[index * per_market..(index + 1) * per_market].chunks(PROBABILITIES.len());
            (FANS[index], std::array::from_fn(|which| rows.clone().map(|row| row[which]).collect()))
        };
        let at_end = std::array::from_fn(|index| MarketAtEnd {
            series: AT_END[index],
            mean: output.results[index].iter().sum::<f64>() / f64::from(risk.paths),
            quantiles: read(&output.results[index]),
            planned: planned.last().map_or(f64::NAN, |levels| level(AT_END[index], levels)),
        });
        let plan_percentile = self.plan_percentile(scenario);
        let markets = Markets { fans: [fan(0), fan(1)], at_end, plan_percentile };
        for spent in output.results {
            self.workspace.give_back(spent);
        }
        Ok(markets)
    }
}
