//! The published reference model of `tests/vectors/mc_reference.json` on this engine: three factors, three
//! strategies, 120 months. Its generator, draws and formulas are specified to the bit, so that it is compared path
//! by path, and like for like in time.

use fearless_simd::{Select, Simd, SimdBase, SimdFloat, SimdMask, f64x8, u64x8};
use wattfolio_economics::number::Real;
use wattfolio_economics::risk::engine::{Generators, Model, Span};

pub const MONTHS: usize = 120;
const DT: f64 = 1.0 / 12.0;
const ONE_STEP: f64 = 1.110_223_024_625_156_5e-16;

/// Tables and constants of the model.
pub struct Mirror {
    pub seed: u64,
    drift: f64,
    sd: f64,
    /// Decay and standard deviation of rental and power.
    rental: (f64, f64),
    power: (f64, f64),
    /// Rows 1 and 2 of the Cholesky factor.
    mixing: [[f64; 3]; 2],
    at_most: [f64; 6],
    /// Whether the network responds to the earnings of miners.
    answers: bool,
    months: Vec<Month>,
}

struct Month {
    /// Part of the network's response to the month before that all paths share, in logarithms.
    shared_answer: f64,
    mining_revenue: f64,
    rental: f64,
    power: f64,
    hosting_revenue: f64,
    discount: f64,
}

const MINING_POWER: f64 = 20_000.0 * 730.0 * 0.95;
const HOSTING_POWER: f64 = 0.10 * 20_000.0 * 730.0 * 1.3;
const LEASING_POWER: f64 = 9_000.0 * 1.2 * 1.25 * 730.0;
const GPU_HOURS: f64 = 9_000.0 * 730.0 * 0.75;
const CAPEX: [f64; 3] = [-18e6, 0.0, -300e6];
const JUMP_MEAN: f64 = -0.03;
const JUMP_SD: f64 = 0.10;

impl Mirror {
    pub fn new(seed: u64) -> Self {
        Self::of(seed, false)
    }

    /// The variant in which the network responds to the earnings of miners.
    pub fn answering(seed: u64) -> Self {
        Self::of(seed, true)
    }

    fn of(seed: u64, answers: bool) -> Self {
        let (mu, sigma, jumps) = (0.05, 0.55, 3.0);
        let kappa = f64::exp(JUMP_MEAN + JUMP_SD * JUMP_SD / 2.0) - 1.0;
        let reversion = |k: f64, sigma: f64| {
            let decay = (-k * DT).exp();
            (decay, sigma * ((1.0 - decay * decay) / (2.0 * k)).sqrt())
        };
        // The Cholesky factor of [[1, .2, .1], [.2, 1, .15], [.1, .15, 1]].
        let l11 = (1.0_f64 - 0.04).sqrt();
        let l21 = (0.15 - 0.02) / l11;
        let l22 = (1.0_f64 - 0.01 - l21 * l21).sqrt();
        let mut at_most = [0.0; 6];
        let (mut probability, mut sum) = (f64::exp(-jumps * DT), 0.0);
        for (count, entry) in at_most.iter_mut().enumerate() {
            sum += probability;
            *entry = sum;
            probability *= jumps * DT / (count + 1) as f64;
        }
        Self {
            seed,
            drift: (mu - 0.5 * sigma * sigma - jumps * kappa) * DT,
            sd: sigma * DT.sqrt(),
            rental: reversion(1.5, 0.40),
            power: reversion(3.0, 0.45),
            mixing: [[0.2, l11, 0.0], [0.1, l21, l22]],
            at_most,
            answers,
            months: (1..=MONTHS).map(|t| month(t, answers)).collect(),
        }
    }
}

/// Share of the first reward that is paid in a month.
fn halving(t: usize) -> f64 {
    match t {
        ..26 => 1.0,
        26..74 => 0.5,
        74.. => 0.25,
    }
}

fn month(t: usize, answers: bool) -> Month {
    let years = t as f64 * DT;
    let need = 25.0 * 0.9_f64.powf((t - 1) as f64 * DT);
    let ramp = if t > 12 { ((t - 12) as f64 / 12.0).min(1.0) } else { 0.0 };
    let escalation = 1.03_f64.powf(((t as f64 - 13.0) / 12.0).floor());
    let monthly = 1.12_f64.powf(1.0 / 12.0) - 1.0;
    Month {
        shared_answer: (40.0 * halving(t - 1) / need).ln(),
        mining_revenue: 1.55e6 * halving(t) * if answers { 1.0 } else { (-0.20 * years).exp() },
        rental: 2.30 * (-0.22 * years).exp(),
        power: 0.045 * (0.02 * years).exp(),
        hosting_revenue: 20_000.0 * 165.0 * escalation * ramp,
        discount: (1.0 + monthly).powf(-(t as f64)),
    }
}

#[derive(Clone, Copy)]
pub struct State<S: Simd> {
    generators: Generators<S>,
    bitcoin: f64x8<S>,
    /// Logarithm of the network over its start, and its last growth.
    network: [f64x8<S>; 2],
    rental: f64x8<S>,
    power: f64x8<S>,
    cumulative: [f64x8<S>; 3],
    npv: [f64x8<S>; 3],
    payback: [f64x8<S>; 3],
}

/// `−2 ln(u)` for `u` up to 1, to about 1e-14; a polynomial of the mantissa costs less than a division.
#[inline(always)]
fn minus_2_ln<S: Simd>(u: f64x8<S>) -> f64x8<S> {
    /// −ln(1 + f) between √½ and √2, our own fit.
    const TERMS: [f64; 17] = [
        -2.383_697_975_865_644e-15,
        -1.000_000_000_000_542_7,
        0.500_000_000_003_487_7,
        -0.333_333_333_122_527_5,
        0.249_999_999_084_700_16,
        -0.200_000_023_340_363_54,
        0.166_666_760_580_979_57,
        -0.142_856_033_978_005_6,
        0.124_995_303_540_425_11,
        -0.111_136_537_506_561_86,
        0.100_124_585_262_661,
        -0.090_648_199_959_116_42,
        0.081_568_943_970_635_45,
        -0.077_274_076_902_164_84,
        0.083_527_489_194_191_42,
        -0.079_180_531_996_328_93,
        0.037_734_851_698_927_65,
    ];
    /// Bits of the number before √2.
    const OFFSET: u64 = 0x3ff6_a09e_667f_3bcc;
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    let simd = u.simd;
    let splat = |value: f64| f64x8::splat(simd, value);
    let bits = u.to_bits();
    let rest = u64x8::splat(simd, OFFSET) - bits;
    let halvings = f64x8::from_bits((rest >> 52) | u64x8::splat(simd, WHOLE.to_bits())) - splat(WHOLE);
    let f = f64x8::from_bits(bits + (rest & u64x8::splat(simd, 0xfff << 52))) - splat(1.0);
    let mut sum = splat(TERMS[16]);
    for &term in TERMS[..16].iter().rev() {
        sum = sum.mul_add(f, splat(term));
    }
    let half = halvings.mul_add(splat(std::f64::consts::LN_2), sum);
    // A rounding error must not become the root of a negative number.
    SimdBase::max(half + half, splat(0.0))
}

/// Sine and cosine of `2π·u` for `u` in 0…1.
#[inline(always)]
fn sine_cosine<S: Simd>(u: f64x8<S>) -> (f64x8<S>, f64x8<S>) {
    /// (sin(x)/x − 1)/x² and (cos(x) − 1)/x² in x² up to π/4, our own fits.
    const SINE: [f64; 6] = [
        -0.166_666_666_666_666_66,
        0.008_333_333_333_330_948,
        -0.000_198_412_698_367_585_74,
        2.755_731_610_255_244e-6,
        -2.505_113_184_500_362_4e-8,
        1.591_812_929_486_660_8e-10,
    ];
    const COSINE: [f64; 6] = [
        -0.5,
        0.041_666_666_666_664_68,
        -0.001_388_888_888_727_734_2,
        2.480_158_521_099_051_5e-5,
        -2.755_636_969_557_300_7e-7,
        2.070_060_048_343_311_7e-9,
    ];
    const ROUNDER: f64 = 6_755_399_441_055_744.0;
    let simd = u.simd;
    let splat = |value: f64| f64x8::splat(simd, value);
    let shifted = u.mul_add(splat(4.0), splat(ROUNDER));
    let quarter = shifted - splat(ROUNDER);
    let angle = (u - quarter * splat(0.25)) * splat(std::f64::consts::TAU);
    let square = angle * angle;
    let (mut sine, mut cosine) = (splat(SINE[5]), splat(COSINE[5]));
    for index in (0..5).rev() {
        sine = sine.mul_add(square, splat(SINE[index]));
        cosine = cosine.mul_add(square, splat(COSINE[index]));
    }
    let sine = (sine * square).mul_add(angle, angle);
    let cosine = cosine.mul_add(square, splat(1.0));
    let bits = shifted.to_bits();
    let one = u64x8::splat(simd, 1);
    let is_odd = (bits & one).simd_eq(one);
    let sign = |bits: u64x8<S>| (bits & u64x8::splat(simd, 2)) << 62;
    let (s, c) = (is_odd.select(cosine, sine), is_odd.select(sine, cosine));
    let flip = |value: f64x8<S>, sign: u64x8<S>| f64x8::from_bits(value.to_bits() ^ sign);
    (flip(s, sign(bits)), flip(c, sign(bits + one)))
}

/// Number of months whose values stay in the first-level cache.
const CHUNK: usize = 16;

/// Draws of a month: three normal numbers, and the jump.
#[derive(Clone, Copy)]
struct Draw<S: Simd> {
    uniform: [f64x8<S>; 5],
    normal: [f64x8<S>; 3],
    jump: f64x8<S>,
}

/// Buffers for some months: draws and levels.
pub struct Scratch<S: Simd> {
    draws: [Draw<S>; CHUNK],
    levels: [[f64x8<S>; 3]; CHUNK],
}

impl Mirror {
    #[inline(always)]
    fn normals<S: Simd>(&self, draw: &mut Draw<S>) {
        let [ua, ub, uc, ud, ue] = draw.uniform;
        let (ra, rc) = (minus_2_ln(ua + ONE_STEP).sqrt(), minus_2_ln(uc + ONE_STEP).sqrt());
        let ((sa, ca), (sc, cc)) = (sine_cosine(ub), sine_cosine(ud));
        draw.normal = [ra * ca, ra * sa, rc * cc];
        let zero = ue.constant(0.0);
        let mut jump = zero;
        for (index, &at_most) in self.at_most.iter().enumerate() {
            let more = zero.constant(at_most).simd_lt(ue);
            if index >= 2 && !more.any_true() {
                break;
            }
            let count = (index + 1) as f64;
            jump = more.select(rc * sc * (count.sqrt() * JUMP_SD) + count * JUMP_MEAN, jump);
        }
        draw.jump = jump;
    }

    /// The three levels of a month.
    #[inline(always)]
    fn levels<S: Simd>(&self, month: &Month, state: &mut State<S>, draw: &Draw<S>) -> [f64x8<S>; 3] {
        let [e0, e1, e2] = draw.normal;
        let before = state.bitcoin;
        state.bitcoin += e0 * self.sd + self.drift + draw.jump;
        if self.answers {
            let [network, growth] = &mut state.network;
            let answer = (before - *network + month.shared_answer) * 0.03;
            let wanted = answer + *growth * 0.25 + (state.bitcoin - before) * 0.10;
            *growth = Real::min(Real::max(wanted, wanted.constant(-0.15)), wanted.constant(0.10));
            *network += *growth;
        }
        let [first, second] = &self.mixing;
        state.rental = state.rental * self.rental.0 + (e0 * first[0] + e1 * first[1]) * self.rental.1;
        state.power =
            state.power * self.power.0 + (e0 * second[0] + e1 * second[1] + e2 * second[2]) * self.power.1;
        [
            (state.bitcoin - state.network[0]).exp(),
            state.rental.exp() * month.rental,
            state.power.exp() * month.power,
        ]
    }

    #[inline(always)]
    fn flows<S: Simd>(&self, t: usize, levels: [f64x8<S>; 3]) -> [f64x8<S>; 3] {
        let month = &self.months[t - 1];
        let [bitcoin, rental, power] = levels;
        let zero = bitcoin.constant(0.0);
        let one = zero + 1.0;
        let mining = Real::max(bitcoin * month.mining_revenue - power * MINING_POWER, zero) - 120e3;
        let hosting = if t <= 12 {
            zero - 160e6 / 12.0
        } else {
            let occupancy = Real::min(Real::max(rental * (0.4 / 1.2) + 0.6, one * 0.6), one);
            occupancy * month.hosting_revenue - power * HOSTING_POWER - 350e3
        };
        let mut leasing = rental * GPU_HOURS - power * LEASING_POWER - 600e3;
        if t == MONTHS {
            leasing += 0.05 * 300e6;
        }
        [mining, hosting, leasing]
    }

    #[inline(always)]
    fn add<S: Simd>(&self, t: usize, flows: [f64x8<S>; 3], state: &mut State<S>, span: &mut Span<'_>) {
        let zero = flows[0].constant(0.0);
        for (index, flow) in flows.into_iter().enumerate() {
            let cumulative = state.cumulative[index] + flow;
            state.cumulative[index] = cumulative;
            state.npv[index] += flow * self.months[t - 1].discount;
            let now = zero.constant(t as f64);
            let paid = !cumulative.less(zero);
            let earlier = Real::select(paid, now, zero.constant((MONTHS + 1) as f64));
            state.payback[index] = Real::min(state.payback[index], earlier);
            span.put(index, t, cumulative);
        }
    }
}

impl Model for Mirror {
    type State<S: Simd> = State<S>;
    type Scratch<S: Simd> = Scratch<S>;
    const SERIES: usize = 3;
    const RESULTS: usize = 6;

    fn horizon(&self) -> usize {
        MONTHS
    }

    #[inline(always)]
    fn start<S: Simd>(&self, simd: S, first_path: usize) -> State<S> {
        let splat = |value: f64| f64x8::splat(simd, value);
        let capex = [splat(CAPEX[0]), splat(CAPEX[1]), splat(CAPEX[2])];
        State {
            generators: Generators::of_paths(simd, self.seed, first_path),
            bitcoin: splat(0.0),
            network: [splat(0.0); 2],
            rental: splat(0.0),
            power: splat(0.0),
            cumulative: capex,
            npv: capex,
            payback: [splat((MONTHS + 1) as f64); 3],
        }
    }

    #[inline(always)]
    fn scratch<S: Simd>(&self, simd: S) -> Scratch<S> {
        let zero = f64x8::splat(simd, 0.0);
        let draw = Draw { uniform: [zero; 5], normal: [zero; 3], jump: zero };
        Scratch { draws: [draw; CHUNK], levels: [[zero; 3]; CHUNK] }
    }

    #[inline(always)]
    fn months<S: Simd>(
        &self,
        _: S,
        state: &mut State<S>,
        (_, Scratch { draws, levels }): (&mut [f64x8<S>], &mut Scratch<S>),
        span: &mut Span<'_>,
    ) {
        let mut first = span.from;
        if first == 0 {
            for (index, cumulative) in state.cumulative.into_iter().enumerate() {
                span.put(index, 0, cumulative);
            }
            first = 1;
        }
        let mut now = *state;
        while first < span.until {
            let count = CHUNK.min(span.until - first);
            for draw in &mut draws[..count] {
                for uniform in &mut draw.uniform {
                    *uniform = now.generators.uniform();
                }
            }
            for draw in &mut draws[..count] {
                self.normals(draw);
            }
            for index in 0..count {
                levels[index] = self.levels(&self.months[first + index - 1], &mut now, &draws[index]);
            }
            for (index, levels) in levels[..count].iter().enumerate() {
                let flows = self.flows(first + index, *levels);
                self.add(first + index, flows, &mut now, span);
            }
            first += count;
        }
        *state = now;
    }

    #[inline(always)]
    fn finish<S: Simd>(&self, state: &State<S>, results: &mut [f64x8<S>]) {
        results[..3].copy_from_slice(&state.npv);
        results[3..].copy_from_slice(&state.payback);
    }
}
