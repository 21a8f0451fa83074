//! The network rule of the record, by least squares of the logarithm of its hashrate.

use super::least_squares::{Fit, fit};
use super::moments::{MONTHS, WithError, mean};
use super::record::Record;
use crate::bitcoin::{hashprice_usd_per_ph_day, recorded_subsidy_btc};
use crate::scenario::CalendarMonth;

/// The month in which miners need the hashprice that the rule names.
const NEED_DATED: CalendarMonth = CalendarMonth::known(2026, 11);
/// Rounds in which months at a limit of the rule are left out.
const ROUNDS: usize = 3;

/// The logarithms of network and price by month.
pub(super) struct Months {
    /// Growth of the network, its growth in the month before, and that of the price.
    growth: Vec<[f64; 3]>,
    /// Logarithm of the hashprice of the month before, and its years since November 2026.
    before: Vec<[f64; 2]>,
    /// Change of the close.
    closes: Vec<f64>,
}

impl Months {
    /// The months of a range whose month before the last is in it too.
    pub(super) fn new(record: &Record, from: CalendarMonth, to: CalendarMonth) -> Self {
        let mut months = Self { growth: Vec::new(), before: Vec::new(), closes: Vec::new() };
        for month in (2..=to.months_since(from)).map(|ahead| from.plus(ahead)) {
            if let Some((growth, before, close)) = of_month(record, month) {
                months.growth.push(growth);
                months.before.push(before);
                months.closes.push(close);
            }
        }
        months
    }

    /// Growth of the network by month.
    pub(super) fn network(&self) -> Vec<f64> {
        self.growth.iter().map(|[now, ..]| *now).collect()
    }

    /// Change of the close, by month.
    pub(super) fn closes(&self) -> Vec<f64> {
        self.closes.clone()
    }

    /// What a rule with these numbers does not explain of the growth of each month.
    pub(super) fn unexplained(
        &self,
        response: f64,
        (need, decline): (f64, f64),
        inertia: f64,
        held: Held,
    ) -> Vec<f64> {
        let months = self.growth.iter().zip(&self.before);
        let rest = |(growth, before): (&[f64; 3], &[f64; 2])| {
            let ([now, last, price], [hashprice, years]) = (growth, before);
            let needed = need.ln() + (-decline).ln_1p() * years;
            let answer = response * (hashprice - needed) + inertia * last + held.same_month * price;
            now - answer.max(-held.max_fall).min(held.max_rise)
        };
        months.map(rest).collect()
    }

    /// Growth of the price at mid-month, by month.
    pub(super) fn price(&self) -> Vec<f64> {
        self.growth.iter().map(|[.., price]| *price).collect()
    }
}

fn of_month(record: &Record, month: CalendarMonth) -> Option<([f64; 3], [f64; 2], f64)> {
    let before = month.before()?;
    let network = |month: CalendarMonth| Some(record.network_eh_s.get(month)?.value);
    let (now, last, earlier) = (network(month)?, network(before)?, network(before.before()?)?);
    let (price, price_before) = (record.mid_month_usd(month)?.value, record.mid_month_usd(before)?.value);
    let reward = recorded_subsidy_btc(before) * (1.0 + record.fee_share.get(before)?.value);
    let hashprice = hashprice_usd_per_ph_day(reward, price_before, last);
    let growth = [(now / last).ln(), (last / earlier).ln(), (price / price_before).ln()];
    let close = |month| Some(record.close_usd.get(month)?.value);
    let change = (close(month)? / close(before)?).ln();
    Some((growth, [hashprice.ln(), before.years_since(NEED_DATED) + 0.5 / MONTHS], change))
}

/// What the record says of the rule.
pub(super) struct Rule {
    pub response_per_month: WithError,
    pub breakeven_hashprice_usd: WithError,
    pub breakeven_decline_per_year: WithError,
    pub inertia: WithError,
    /// What the rule does not explain, and the growth of the price in the same months.
    pub shocks: Vec<f64>,
    pub price: Vec<f64>,
}

/// What the rule has besides, which is held: a response in the same month cannot be told from a correlation of the shocks,
/// and the limits are hardly ever met.
#[derive(Clone, Copy)]
pub(super) struct Held {
    pub same_month: f64,
    pub max_fall: f64,
    pub max_rise: f64,
}

impl Rule {
    /// The rule that fits best; `None` where the months are too few or too alike.
    pub(super) fn fit(months: &Months, held: Held) -> Option<Self> {
        let mut inside: Vec<usize> = (0..months.growth.len()).collect();
        let row = |at: usize| {
            let [hashprice, years] = months.before[at];
            [hashprice, 1.0, years, months.growth[at][1]]
        };
        let mut found: Option<(Fit<4>, Vec<usize>)> = None;
        for _ in 0..ROUNDS {
            let rows: Vec<[f64; 4]> = inside.iter().map(|at| row(*at)).collect();
            let rest = |at: &usize| months.growth[*at][0] - held.same_month * months.growth[*at][2];
            let y: Vec<f64> = inside.iter().map(rest).collect();
            let fitted = fit(&rows, &y)?;
            // At a limit the growth says nothing of the rest; the shock comes after the limit.
            let is_inside = |at: &usize| {
                let answer: f64 = row(*at).iter().zip(fitted.coefficients).map(|(x, c)| x * c).sum();
                let growth = answer + held.same_month * months.growth[*at][2];
                growth > -held.max_fall && growth < held.max_rise
            };
            let next: Vec<usize> = (0..months.growth.len()).filter(is_inside).collect();
            let is_settled = next == inside;
            found = Some((fitted, std::mem::replace(&mut inside, next)));
            if is_settled {
                break;
            }
        }
        let (fitted, inside) = found?;
        let price = inside.iter().map(|at| months.growth[*at][2]).collect();
        Some(Self::of(&fitted, price))
    }

    fn of(fitted: &Fit<4>, price: Vec<f64>) -> Self {
        let [response, constant, years, inertia] = fitted.coefficients;
        let shocks = fitted.residuals.clone();
        // A shock of mean one has a drift in its logarithm, which is in the constant.
        let centre = mean(&shocks);
        let variance = shocks.iter().map(|shock| (shock - centre).powi(2)).sum::<f64>()
            / (shocks.len() - fitted.coefficients.len()) as f64;
        let constant = constant + variance / 2.0;
        let need = (-constant / response).exp();
        let need_error = fitted.error_along([constant / (response * response), -1.0 / response, 0.0, 0.0]);
        let left = (-years / response).exp();
        let left_error = fitted.error_along([years / (response * response), 0.0, -1.0 / response, 0.0]);
        Self {
            response_per_month: WithError {
                value: response,
                error: fitted.error_along([1.0, 0.0, 0.0, 0.0]),
            },
            breakeven_hashprice_usd: WithError { value: need, error: need * need_error },
            breakeven_decline_per_year: WithError { value: 1.0 - left, error: left * left_error },
            inertia: WithError { value: inertia, error: fitted.error_along([0.0, 0.0, 0.0, 1.0]) },
            shocks,
            price,
        }
    }
}
