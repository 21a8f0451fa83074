//! How the network hashrate comes about: as it is given, or as miners answer to what they earn.

use super::market::{Elasticity, Floored};
use crate::bitcoin::BLOCKS_PER_DAY;
use crate::number::Real;
use crate::scenario::{Bitcoin, CalendarMonth, NetworkRule, Trajectory, mid_month};

/// The least network hashrate, EH/s, so that nothing is ever divided by zero.
const LEAST_EH_S: f64 = 1e-6;
/// The largest logarithm of a network hashrate in EH/s, far beyond anything that exists; its difficulty is still a
/// number.
const LARGEST_LOG: f64 = 644.0;
/// The month in which miners need the hashprice that the rule names.
const NEED_DATED: CalendarMonth = CalendarMonth::known(2026, 11);

/// The network hashrate as monthly tables.
#[derive(Clone, Debug)]
pub(super) enum Network {
    Given(Given),
    Answers(Answers),
}

/// A path that may follow the bitcoin price after a lag.
#[derive(Clone, Debug)]
pub(super) struct Given {
    path: Vec<Floored>,
    /// The price that the path reckons with, by month, USD.
    reference_usd: Vec<f64>,
    response: Elasticity,
    lag_months: usize,
}

/// A hashrate that grows with what miners earn over what they need.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    start_eh_s: f64,
    /// What a month's growth is made of, `t = 1..=T`.
    months: Vec<Growth>,
    /// Growth of the hashrate with the price of the same month (β).
    same_month: f64,
}

/// The growth of a month, in logarithms.
#[derive(Clone, Copy, Debug)]
struct Growth {
    /// Length of the month: 1, for the first one half.
    length: f64,
    /// On the logarithm of bitcoin price over hashrate in the month before.
    response: f64,
    /// The same answer to reward and need, which every path shares; −∞ where the month before paid nothing.
    shared: f64,
    /// On the growth of the month before.
    inertia: f64,
    least: f64,
    most: f64,
}

/// Numbers that a month of [`Answers`] hands to the next: logarithms of hashrate and price, and growth a month.
const STATE_OF_ANSWERS: usize = 3;

/// What is around the network in a plan, by month.
pub(super) struct Market<'a> {
    /// Subsidy and fees of a block, BTC.
    pub rewards_btc: &'a [f64],
    /// Bitcoin price of the plan, USD.
    pub prices_usd: &'a [f64],
    /// The hashrate that is recorded, EH/s, as far as it goes.
    pub recorded_eh_s: &'a [f64],
}

impl Network {
    /// The network of a scenario; `reference_usd` is the price that paths reckon with, by month.
    pub(super) fn compile(
        bitcoin: &Bitcoin,
        start: CalendarMonth,
        around: &Market<'_>,
        reference_usd: Vec<f64>,
    ) -> Self {
        let hashrate = &bitcoin.network_hashrate_eh_s;
        let rewards_btc = around.rewards_btc;
        match bitcoin.network {
            NetworkRule::Given => {
                let mut given = Given {
                    path: Floored::months(hashrate, rewards_btc.len() - 1),
                    reference_usd,
                    response: Elasticity::new(bitcoin.response_elasticity),
                    lag_months: bitcoin.response_lag_months as usize,
                };
                given.go_on_from(around, hashrate);
                Self::Given(given)
            }
            NetworkRule::Responsive {
                response_per_month,
                breakeven_hashprice_usd,
                breakeven_decline_per_year,
                same_month,
                inertia,
                max_fall,
                max_rise,
            } => {
                let log_need = breakeven_hashprice_usd.ln();
                let log_decline = (-breakeven_decline_per_year).ln_1p();
                let years_since_dated = start.years_since(NEED_DATED);
                let growth = |t: usize| {
                    if let Some([before, now]) = around.recorded_eh_s.get(t - 1..=t) {
                        return Growth::recorded(mid_month(t) - mid_month(t - 1), (now / before).ln());
                    }
                    let (now, before) = (mid_month(t), mid_month(t - 1));
                    let log_need = log_need + log_decline * (years_since_dated + before / 12.0);
                    let (length, reward) = (now - before, rewards_btc[t - 1]);
                    let log_pay = (BLOCKS_PER_DAY * reward / 1000.0).ln();
                    let response = length * response_per_month;
                    Growth {
                        length,
                        response,
                        shared: if reward > 0.0 {
                            response * (log_pay - log_need)
                        } else {
                            f64::NEG_INFINITY
                        },
                        inertia: length * inertia,
                        least: -length * max_fall,
                        most: length * max_rise,
                    }
                };
                Self::Answers(Answers {
                    start_eh_s: around
                        .recorded_eh_s
                        .first()
                        .map_or(hashrate.value, |first| *first)
                        .max(LEAST_EH_S),
                    months: (1..rewards_btc.len()).map(growth).collect(),
                    same_month,
                })
            }
        }
    }

    /// Numbers that a month hands to the next.
    pub(super) fn memory(&self) -> usize {
        match self {
            Self::Given(given) => given.memory(),
            Self::Answers(_) => STATE_OF_ANSWERS,
        }
    }

    /// The hashrate of month `t`, EH/s. `chance` is what the month adds to its logarithm at random; `memory` is that of the
    /// months before.
    #[inline(always)]
    pub(super) fn hashrate<V: Real>(&self, t: usize, price_usd: V, chance: V, memory: &mut [V]) -> V {
        match self {
            Self::Given(given) => given.hashrate(t, price_usd, chance, memory),
            Self::Answers(answers) => answers.hashrate(t, price_usd, chance, memory),
        }
    }
}

impl Growth {
    /// The growth of a month that is recorded: both limits are what came, so that the answer has no say, and the next
    /// months go on from its hashrate and growth.
    fn recorded(length: f64, log_growth: f64) -> Self {
        Self { length, response: 0.0, shared: 0.0, inertia: 0.0, least: log_growth, most: log_growth }
    }
}

impl Given {
    /// Puts what is recorded in the place of the path, which grows on from the last of it at its own rate. What the price
    /// does to the hashrate is in a record already, and is taken out of the path.
    fn go_on_from(&mut self, around: &Market<'_>, path: &Trajectory) {
        let Some(last) = around.recorded_eh_s.len().checked_sub(1) else { return };
        for (t, recorded) in around.recorded_eh_s.iter().enumerate() {
            let ratio = |month: usize| around.prices_usd[month] / self.reference_usd[month];
            let answer =
                self.answered_month(t).map_or(1.0, |month| self.response.apply(1.0, || ratio(month)));
            self.path[t] = Floored { level: recorded / answer, floor: 0.0 };
        }
        let growth = path.growth_per_year.ln_1p() / 12.0;
        let (from, level) = (mid_month(last), self.path[last].level);
        for (t, month) in self.path.iter_mut().enumerate().skip(last + 1) {
            month.level = level * (growth * (mid_month(t) - from)).exp();
        }
    }

    /// The sum of what chance added, and the prices that are yet to be answered.
    fn memory(&self) -> usize {
        1 + if self.response.is_some() { self.lag_months + 1 } else { 0 }
    }

    /// The month whose price month `t` answers to; `None` while the answer is still out.
    fn answered_month(&self, t: usize) -> Option<usize> {
        t.checked_sub(self.lag_months).filter(|&month| month >= 1)
    }

    #[inline(always)]
    fn hashrate<V: Real>(&self, t: usize, price_usd: V, chance: V, memory: &mut [V]) -> V {
        let (sum, prices) = memory.split_at_mut(1);
        sum[0] = if t == 0 { chance } else { sum[0] + chance };
        let mut hashrate = self.path[t].under(sum[0].exp());
        if self.response.is_some() && t > 0 {
            let length = prices.len();
            prices[t % length] = price_usd;
            if let Some(month) = self.answered_month(t) {
                let (answered, reference) = (prices[month % length], self.reference_usd[month]);
                hashrate = self.response.apply(hashrate, || answered * (1.0 / reference));
            }
        }
        hashrate.max(price_usd.constant(LEAST_EH_S))
    }
}

impl Answers {
    #[inline(always)]
    fn hashrate<V: Real>(&self, t: usize, price_usd: V, chance: V, memory: &mut [V]) -> V {
        let [log_hashrate, log_price, growth] = &mut memory[..STATE_OF_ANSWERS] else {
            unreachable!("the slice has the length of the pattern")
        };
        let price = price_usd.max(price_usd.constant(f64::MIN_POSITIVE)).ln();
        if t == 0 {
            *log_hashrate = price.constant(self.start_eh_s.ln());
            (*log_price, *growth) = (price, price.constant(0.0));
            return price.constant(self.start_eh_s);
        }
        let month = &self.months[t - 1];
        let answer = (*log_price - *log_hashrate) * month.response + month.shared;
        let wanted = answer + *growth * month.inertia + (price - *log_price) * self.same_month;
        let limited = wanted.max(price.constant(month.least)).min(price.constant(month.most));
        let next = (*log_hashrate + limited + chance)
            .max(price.constant(LEAST_EH_S.ln()))
            .min(price.constant(LARGEST_LOG));
        *growth = (next - *log_hashrate) * (1.0 / month.length);
        (*log_hashrate, *log_price) = (next, price);
        next.exp()
    }
}
