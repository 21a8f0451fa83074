//! The four simulated markets: from random numbers of a month to multipliers on the planned markets.

use fearless_simd::{Simd, SimdBase, f64x8};

use crate::kernel::Factors;
use crate::number::Real;
use crate::risk::engine::lanes::normal_quantile;
use crate::risk::engine::random::Generators;
use crate::risk::path_draw::Stream;
use crate::scenario::correlation::{self, cholesky};
use crate::scenario::{BitcoinRisk, Risk, mid_month};

/// Time from month `t − 1` to month `t`, years: whole months, except half a month for the first.
fn step_years(t: usize) -> f64 {
    (mid_month(t) - mid_month(t - 1)) / 12.0
}

/// Maximum number of jumps in a month; the probability of more is below the resolution of a draw.
const MOST_JUMPS: usize = 40;

/// Coefficients of one month.
#[derive(Clone, Debug)]
struct Month {
    bitcoin_drift: f64,
    bitcoin_sd: f64,
    network_drift: f64,
    network_sd: f64,
    rental: Reversion,
    /// Time since the start, years, by which the trend of the rental is multiplied.
    years: f64,
    power: Reversion,
    /// Probabilities of at most 0, 1, 2, … jumps.
    jumps: Vec<f64>,
}

/// A month of a log-Ornstein–Uhlenbeck factor.
#[derive(Clone, Copy, Debug)]
struct Reversion {
    decay: f64,
    sd: f64,
    /// Half the variance at the end of the month, which keeps the mean of the multiplier at 1.
    half_variance: f64,
}

impl Reversion {
    fn new((sigma, k): (f64, f64), t: usize) -> Self {
        let (step, time) = (step_years(t), mid_month(t) / 12.0);
        Self {
            decay: (-k * step).exp(),
            sd: sigma * (-(-2.0 * k * step).exp_m1() / (2.0 * k)).sqrt(),
            half_variance: sigma * sigma * -(-2.0 * k * time).exp_m1() / (4.0 * k),
        }
    }
}

/// Volatility of bitcoin in month `t`, a year; it settles from the initial to the long-term one.
pub(in crate::risk) fn volatility(risk: &BitcoinRisk, t: usize) -> f64 {
    let years = mid_month(t - 1) / 12.0;
    risk.long_volatility + (risk.volatility - risk.long_volatility) * (-years / risk.settle_years).exp()
}

/// The markets as monthly coefficients.
#[derive(Clone, Debug)]
pub struct FactorModel {
    /// Lower triangle of the Cholesky factor of the correlations.
    mixing: [[f64; 4]; 4],
    jump_mean: f64,
    jump_sd: f64,
    /// Standard deviation of the rental's trend, a year.
    trend_sd: f64,
    /// Months `1..=T`.
    months: Vec<Month>,
}

/// State of the factors, in logarithms.
#[derive(Clone, Copy, Debug)]
pub struct FactorState<V> {
    bitcoin: V,
    rental: V,
    power: V,
}

impl<V: Real> FactorState<V> {
    /// The state at the start, where every multiplier is 1.
    #[inline(always)]
    pub fn start(like: V) -> Self {
        let zero = like.constant(0.0);
        Self { bitcoin: zero, rental: zero, power: zero }
    }
}

/// The random numbers of one month.
#[derive(Clone, Copy, Debug)]
pub struct Shocks<V> {
    /// Independent standard normal numbers of the four factors.
    pub normal: [V; 4],
    /// Uniform number between 0 and 1, for the number of jumps.
    pub jump_count: V,
    /// Standard normal number, for the size of the jumps.
    pub jump_size: V,
}

/// Months of a group of paths computed at a time: its markets stay in the first-level cache.
pub const CHUNK: usize = 16;

impl<V: Real> Shocks<V> {
    /// Buffer for a draw.
    #[inline(always)]
    pub fn zero(like: V) -> Self {
        let zero = like.constant(0.0);
        Self { normal: [zero; 4], jump_count: zero, jump_size: zero }
    }
}

impl<S: Simd> Shocks<f64x8<S>> {
    /// Draws months: always seven numbers each.
    #[inline(always)]
    pub(in crate::risk) fn draw(generators: &mut Generators<S>, months: &mut [Self]) {
        for month in &mut *months {
            for normal in &mut month.normal {
                *normal = generators.open_uniform();
            }
            month.jump_size = generators.open_uniform();
            month.jump_count = generators.uniform();
            // A seventh number, no longer used: without it an old seed would have other markets.
            generators.uniform();
        }
        for month in months {
            for normal in month.normal.iter_mut().chain([&mut month.jump_size]) {
                *normal = normal_quantile(*normal);
            }
        }
    }
}

impl FactorModel {
    /// The markets of a scenario's risk inputs over `horizon` months.
    pub fn new(risk: &Risk, horizon: usize) -> Self {
        let bitcoin = &risk.bitcoin;
        // E[jump] − 1, so that jumps do not move the mean.
        let kappa = (bitcoin.jump_mean + bitcoin.jump_sd * bitcoin.jump_sd / 2.0).exp_m1();
        let month = |t: usize| {
            let step = step_years(t);
            let (sigma, network) = (volatility(bitcoin, t), risk.network.volatility);
            let years = mid_month(t) / 12.0;
            let mut rental = Reversion::new((risk.rental.volatility, risk.rental.reversion), t);
            rental.half_variance += 0.5 * (risk.rental.trend_sd * years).powi(2);
            let expected_jumps = bitcoin.jumps_per_year * step;
            Month {
                bitcoin_drift: -0.5 * sigma * sigma * step - expected_jumps * kappa,
                bitcoin_sd: sigma * step.sqrt(),
                network_drift: -0.5 * network * network * step,
                network_sd: network * step.sqrt(),
                rental,
                years,
                power: Reversion::new((risk.power.volatility, risk.power.reversion), t),
                jumps: poisson_table(expected_jumps),
            }
        };
        Self {
            mixing: cholesky(&risk.correlation).unwrap_or(correlation::IDENTITY),
            jump_mean: bitcoin.jump_mean,
            jump_sd: bitcoin.jump_sd,
            trend_sd: risk.rental.trend_sd,
            months: (1..=horizon).map(month).collect(),
        }
    }

    /// Deviation of the trend of the rental from its trajectory, a year, drawn once by each of eight neighbouring
    /// paths. It is recomputed when needed, so that a million paths need no memory for it.
    #[inline(always)]
    pub(in crate::risk) fn trend<S: Simd>(&self, simd: S, seed: u64, first_path: usize) -> f64x8<S> {
        if self.trend_sd == 0.0 {
            return f64x8::splat(simd, 0.0);
        }
        normal_quantile(Stream::RentalTrend.uniforms(simd, seed, first_path)) * self.trend_sd
    }

    /// Factors of a group of paths from month `first ≥ 1` on, at most [`CHUNK`] months.
    #[inline(always)]
    pub(in crate::risk) fn factors<S: Simd>(
        &self,
        first: usize,
        (trend, generators): (f64x8<S>, &mut Generators<S>),
        state: &mut FactorState<f64x8<S>>,
        shocks: &mut [Shocks<f64x8<S>>; CHUNK],
        out: &mut [Factors<f64x8<S>>],
    ) {
        let shocks = &mut shocks[..out.len()];
        Shocks::draw(generators, shocks);
        for (index, (shocks, out)) in shocks.iter().zip(out).enumerate() {
            *out = self.step(first + index, trend, state, shocks);
        }
    }

    /// Advances the state by month `t ≥ 1` and returns the factors of the markets.
    #[inline(always)]
    pub fn step<V: Real>(
        &self,
        t: usize,
        trend: V,
        state: &mut FactorState<V>,
        shocks: &Shocks<V>,
    ) -> Factors<V> {
        let month = &self.months[t - 1];
        let e = &shocks.normal;
        let m = &self.mixing;
        // The first row of the factor is (1, 0, 0, 0).
        let network = e[0] * m[1][0] + e[1] * m[1][1];
        let rental = e[0] * m[2][0] + e[1] * m[2][1] + e[2] * m[2][2];
        let power = e[0] * m[3][0] + e[1] * m[3][1] + e[2] * m[3][2] + e[3] * m[3][3];
        state.bitcoin = state.bitcoin + e[0] * month.bitcoin_sd + month.bitcoin_drift;
        state.bitcoin = state.bitcoin + self.jump(month, shocks);
        state.rental = state.rental * month.rental.decay + rental * month.rental.sd;
        state.power = state.power * month.power.decay + power * month.power.sd;
        Factors {
            bitcoin: state.bitcoin.exp(),
            network: network * month.network_sd + month.network_drift,
            rental: (state.rental + trend * month.years - month.rental.half_variance).exp(),
            power: (state.power - month.power.half_variance).exp(),
        }
    }

    /// The sum of a month's jumps, in logarithms: `n·μ + √n·σ·Z`.
    #[inline(always)]
    fn jump<V: Real>(&self, month: &Month, shocks: &Shocks<V>) -> V {
        let zero = shocks.jump_count.constant(0.0);
        let mut sum = zero;
        for (index, &at_most) in month.jumps.iter().enumerate() {
            let more = !shocks.jump_count.less(zero + at_most);
            // The first two comparisons cost less than a branch.
            if index >= 2 && !V::any(more) {
                break;
            }
            let count = (index + 1) as f64;
            let size = shocks.jump_size * (count.sqrt() * self.jump_sd) + count * self.jump_mean;
            sum = V::select(more, size, sum);
        }
        sum
    }
}

/// Probabilities of at most 0, 1, 2, … events; empty if none is expected.
fn poisson_table(expected: f64) -> Vec<f64> {
    if expected <= 0.0 {
        return Vec::new();
    }
    let mut table = Vec::new();
    let (mut probability, mut sum) = ((-expected).exp(), 0.0);
    for count in 0..MOST_JUMPS {
        sum += probability;
        if sum >= 1.0 - 1e-15 {
            break;
        }
        table.push(sum);
        probability *= expected / (count + 1) as f64;
    }
    table
}
