//! The network hashrate: a given trajectory, or miners that respond to hashprice.

use super::market::{Elasticity, Floored};
use crate::bitcoin::BLOCKS_PER_DAY;
use crate::number::Real;
use crate::scenario::{Bitcoin, CalendarMonth, NetworkRule, Trajectory, mid_month};

/// Lower limit of the network hashrate, EH/s, against division by zero.
const LEAST_EH_S: f64 = 1e-6;
/// Upper limit of the logarithm of the network hashrate in EH/s: far above any real value, with a finite difficulty.
const LARGEST_LOG: f64 = 644.0;
/// Month to which the break-even hashprice of the rule refers.
const NEED_DATED: CalendarMonth = CalendarMonth::known(2026, 11);

/// The network hashrate as monthly tables.
#[derive(Clone, Debug)]
pub(super) enum Network {
    Given(Given),
    Answers(Answers),
}

/// A trajectory that may follow the bitcoin price after a lag.
#[derive(Clone, Debug)]
pub(super) struct Given {
    path: Vec<Floored>,
    /// Reference bitcoin price of the trajectory, by month, USD.
    reference_usd: Vec<f64>,
    response: Elasticity,
    lag_months: usize,
}

/// A hashrate that grows with hashprice over the miners' break-even hashprice.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    start_eh_s: f64,
    /// Coefficients of the monthly growth, `t = 1..=T`.
    months: Vec<Growth>,
    /// Coefficient of the log price change in the same month (β).
    same_month: f64,
}

/// Coefficients of the growth of a month, in logarithms.
#[derive(Clone, Copy, Debug)]
struct Growth {
    /// Length in months: ½ for the first month, else 1.
    length: f64,
    /// Coefficient of the logarithm of bitcoin price over hashrate in the month before.
    response: f64,
    /// Response to reward and break-even hashprice, equal on all paths; −∞ if the month before paid nothing.
    shared: f64,
    /// Coefficient of the growth of the month before.
    inertia: f64,
    least: f64,
    most: f64,
}

/// Length of the state of [`Answers`]: logarithms of hashrate and price, and growth a month.
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
    /// Compiles the network of a scenario. `reference_usd` is the reference bitcoin price by month.
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

    /// A network that answers by the same rule to the same rewards from another hashrate; `None` for one that is given.
    pub(super) fn answers_from(&self, bitcoin: &Bitcoin) -> Option<Self> {
        let Self::Answers(answers) = self else { return None };
        let start_eh_s = bitcoin.network_hashrate_eh_s.value.max(LEAST_EH_S);
        Some(Self::Answers(Answers { start_eh_s, ..answers.clone() }))
    }

    /// Length of the state carried from month to month.
    pub(super) fn memory(&self) -> usize {
        match self {
            Self::Given(given) => given.memory(),
            Self::Answers(_) => STATE_OF_ANSWERS,
        }
    }

    /// The hashrate of month `t`, EH/s. `chance` is the random increment of its logarithm in this month, `memory` the
    /// state carried from month to month.
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

    /// Length of the state: the sum of the random increments, and the prices within the lag.
    fn memory(&self) -> usize {
        1 + if self.response.is_some() { self.lag_months + 1 } else { 0 }
    }

    /// Month to whose price month `t` responds; `None` before the lag has passed.
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
