//! Which risk inputs and which network rule the record bears out, with standard errors.

use super::moments::{Jumps, WithError, correlation, of_moments, volatility};
use super::record::Record;
use super::rental::{RentalFit, pairs};
use super::rule::{Held, Months, Rule};
use crate::catalogue::{self, bitcoin, risk};
use crate::input::{Input, Kind};
use crate::scenario::{CalendarMonth, Faults, NetworkRule, Scenario, ValidScenario};

/// Least number of months of a calibration: below it a volatility has no useful error.
const FEWEST_MONTHS: usize = 24;
/// Pairs of recorded months that a trend and a reversion of the rental need.
const FEWEST_PAIRS: usize = 24;
/// Standard errors within which a response is none.
const TOLD_APART: f64 = 2.0;

/// An input as the record has it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Estimated {
    /// The input.
    pub input: &'static Input,
    /// What the record says, in the unit of the input.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Number of observations.
    pub observations: usize,
    /// The value of the scenario.
    pub scenario: f64,
    /// What is said beside it.
    pub remark: Option<String>,
}

/// An input of which the record says nothing, and why.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Untold {
    /// The inputs.
    pub inputs: Vec<&'static Input>,
    /// Why.
    pub reason: String,
}

/// What some months of the record say of a scenario's inputs.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Calibration {
    /// First month.
    pub from: CalendarMonth,
    /// Last month.
    pub to: CalendarMonth,
    /// How the range that was asked for was cut, in words; `None` if it was not.
    pub cut: Option<String>,
    /// Inputs with what the record says of them, in the order of the catalogue.
    pub estimated: Vec<Estimated>,
    /// What it does not tell.
    pub untold: Vec<Untold>,
}

/// Why nothing is calibrated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotCalibrated {
    /// The range ends before it begins, or has too few recorded months.
    #[error("{from} to {to} has {months} recorded months; allowed: at least {FEWEST_MONTHS}")]
    TooFew {
        /// First month.
        from: CalendarMonth,
        /// Last month.
        to: CalendarMonth,
        /// Recorded months in it.
        months: usize,
    },
}

/// Estimates the risk inputs and the network rule of a scenario from the months `from` to `to` of a record. Estimates in
/// the record are left out: a range that reaches into them is cut.
///
/// # Errors
/// If there are too few recorded months.
pub fn calibrate(
    record: &Record,
    scenario: &Scenario,
    from: CalendarMonth,
    to: CalendarMonth,
) -> Result<Calibration, NotCalibrated> {
    let (first, last) = (record.first_start(), record.last_recorded().unwrap_or(from));
    let (begin, end) = (from.max(first), to.min(last));
    let months = if begin > end { 0 } else { end.months_since(begin) as usize + 1 };
    if months < FEWEST_MONTHS {
        return Err(NotCalibrated::TooFew { from, to, months });
    }
    let mut calibration = Calibration {
        from: begin,
        to: end,
        cut: cut((from, to), (begin, end)),
        estimated: Vec::new(),
        untold: Vec::new(),
    };
    calibration.bitcoin(record, scenario);
    calibration.network_and_rental(record, scenario);
    let of_power = [
        risk::POWER_VOLATILITY.id,
        risk::POWER_REVERSION.id,
        risk::BITCOIN_POWER.id,
        risk::NETWORK_POWER.id,
        risk::RENTAL_POWER.id,
    ];
    calibration.untold(&of_power, "no monthly power price is recorded".to_owned());
    let place =
        |estimated: &Estimated| catalogue::inputs().iter().position(|input| input.id == estimated.input.id);
    calibration.estimated.sort_by_key(place);
    Ok(calibration)
}

/// What became of a range, in words.
fn cut(asked: (CalendarMonth, CalendarMonth), got: (CalendarMonth, CalendarMonth)) -> Option<String> {
    let begin = (asked.0 != got.0).then(|| format!("the record begins in {}", got.0.short_name()));
    let end = (asked.1 != got.1)
        .then(|| format!("cut at {}, the last month that is no estimate", got.1.short_name()));
    match (begin, end) {
        (Some(begin), Some(end)) => Some(format!("{begin}; {end}")),
        (one, other) => one.or(other),
    }
}

impl Calibration {
    fn put(
        &mut self,
        scenario: &Scenario,
        id: &str,
        found: WithError,
        (observations, remark): (usize, Option<String>),
    ) {
        let Some(input) = catalogue::find(id) else { return };
        let Kind::Number(number) = &input.kind else { return };
        let Some(current) = (number.get)(scenario) else { return };
        self.estimated.push(Estimated {
            input,
            value: rounded(found.value),
            standard_error: found.error,
            observations,
            scenario: current,
            remark,
        });
    }

    fn untold(&mut self, ids: &[&str], reason: String) {
        let inputs = ids.iter().filter_map(|id| catalogue::find(id)).collect();
        self.untold.push(Untold { inputs, reason });
    }

    /// Volatility and jumps of the bitcoin price.
    fn bitcoin(&mut self, record: &Record, scenario: &Scenario) {
        let changes = closes(record, self.from, self.to);
        let n = changes.len();
        let total = volatility(&changes);
        let in_all = format!("{:.0} ± {:.0} % a year in all", 100.0 * total.value, 100.0 * total.error);
        let bitcoin = &scenario.risk.bitcoin;
        let Some(jumps) = Jumps::new(bitcoin) else {
            let ids = [risk::JUMPS_PER_YEAR.id];
            self.untold(
                &ids,
                "the scenario’s jumps have no size, so that there is nothing to count".to_owned(),
            );
            return self.put(scenario, risk::BITCOIN_VOLATILITY.id, total, (n, Some(in_all)));
        };
        let count = of_moments(&changes, |variance, excess| jumps.per_year(variance, excess));
        let rest = of_moments(&changes, |variance, excess| {
            jumps.volatility(variance, jumps.per_year(variance, excess))
        });
        let size = format!("of the scenario’s size, by excess kurtosis; {in_all}");
        if rest.value > 0.0 {
            let weak = count.value < TOLD_APART * count.error;
            let doubt = if weak { "; not told from none" } else { "" };
            self.put(scenario, risk::JUMPS_PER_YEAR.id, count, (n, Some(format!("{size}{doubt}"))));
            self.put(scenario, risk::BITCOIN_VOLATILITY.id, rest, (n, Some("beside these jumps".to_owned())));
        } else {
            let reason = "jumps of the scenario’s size would explain more than the whole variance";
            self.untold(&[risk::JUMPS_PER_YEAR.id], reason.to_owned());
            let rest = of_moments(&changes, |variance, _| jumps.volatility(variance, bitcoin.jumps_per_year));
            let remark = Some(format!("beside the scenario’s jumps; {in_all}"));
            self.put(scenario, risk::BITCOIN_VOLATILITY.id, rest, (n, remark));
        }
        self.untold(
            &[risk::JUMP_MEAN.id, risk::JUMP_SD.id],
            "months show how much jumps do in all, not their size and number apart".to_owned(),
        );
        self.untold(
            &[risk::BITCOIN_LONG_VOLATILITY.id, risk::BITCOIN_SETTLE_YEARS.id],
            "one range of months has one volatility: how it settles is not in it".to_owned(),
        );
    }

    /// The network, the rental, and how the shocks of the three go together.
    fn network_and_rental(&mut self, record: &Record, scenario: &Scenario) {
        let months = Months::new(record, self.from, self.to);
        // What is not diffusion does not go with the other markets.
        let changes = closes(record, self.from, self.to);
        let diffusion = self.value_of(risk::BITCOIN_VOLATILITY.id).unwrap_or(0.0);
        let of_price = if diffusion > 0.0 { volatility(&changes).value / diffusion } else { 1.0 };
        let (shocks, price) = match scenario.bitcoin.network {
            NetworkRule::Given => (months.network(), months.price()),
            NetworkRule::Responsive { same_month, max_fall, max_rise, .. } => {
                let held = Held { same_month, max_fall, max_rise };
                let Some(rule) = Rule::fit(&months, held) else {
                    self.untold(
                        &[bitcoin::RESPONSE_PER_MONTH.id, risk::NETWORK_VOLATILITY.id],
                        "the months are too alike for a rule".to_owned(),
                    );
                    return;
                };
                self.rule(scenario, &rule);
                (rule.shocks, rule.price)
            }
        };
        let n = shocks.len();
        self.put(scenario, risk::NETWORK_VOLATILITY.id, volatility(&shocks), (n, None));
        let together = scaled(correlation(&price, &shocks), of_price);
        self.put(scenario, risk::BITCOIN_NETWORK.id, together, (n, None));
        self.rental(record, scenario, of_price);
    }

    fn rule(&mut self, scenario: &Scenario, rule: &Rule) {
        let n = rule.shocks.len();
        let response = rule.response_per_month;
        self.put(scenario, bitcoin::RESPONSE_PER_MONTH.id, response, (n, None));
        self.put(scenario, bitcoin::INERTIA.id, rule.inertia, (n, None));
        let of_need = [
            (bitcoin::BREAKEVEN_HASHPRICE_USD.id, rule.breakeven_hashprice_usd),
            (bitcoin::BREAKEVEN_DECLINE_PER_YEAR.id, rule.breakeven_decline_per_year),
        ];
        if response.value > TOLD_APART * response.error {
            for (id, found) in of_need {
                self.put(scenario, id, found, (n, None));
            }
        } else {
            let reason = "the response is not told from none, so that neither is what miners need";
            self.untold(&of_need.map(|(id, _)| id), reason.to_owned());
        }
        self.untold(
            &[bitcoin::SAME_MONTH.id],
            "a response in the same month is not told from a correlation of the shocks: it is held"
                .to_owned(),
        );
        self.untold(
            &[bitcoin::MAX_FALL.id, bitcoin::MAX_RISE.id],
            "the limits are hardly ever met: they are held".to_owned(),
        );
    }

    fn rental(&mut self, record: &Record, scenario: &Scenario, of_price: f64) {
        let pairs = pairs(record, self.from, self.to);
        let ids = [
            "leasing.rental_usd_per_gpu_hour.growth_per_year",
            risk::RENTAL_VOLATILITY.id,
            risk::RENTAL_REVERSION.id,
        ];
        let of_others = [risk::BITCOIN_RENTAL.id, risk::NETWORK_RENTAL.id];
        let doubt = "one record has one trend: how far it is in doubt is not in it";
        self.untold(&[risk::RENTAL_TREND_SD.id], doubt.to_owned());
        let recorded = record.rental_usd.recorded_within(self.from, self.to);
        let too_few = pairs.len() < FEWEST_PAIRS;
        let Some(fitted) = (!too_few).then(|| RentalFit::fit(&pairs)).flatten() else {
            let reason = if too_few {
                format!(
                    "{recorded} months with three prices or more, {} of them one after the other: neither trend nor \
reversion can be estimated",
                    pairs.len()
                )
            } else {
                "the recorded rental does not return to a trend".to_owned()
            };
            return self.untold(&[&ids[..], &of_others[..]].concat(), reason);
        };
        let n = pairs.len();
        for (id, found) in ids.into_iter().zip([fitted.growth_per_year, fitted.volatility, fitted.reversion])
        {
            self.put(scenario, id, found, (n, None));
        }
        let growths: Vec<Option<f64>> =
            fitted.months.iter().map(|month| price_growth(record, *month)).collect();
        let both: Vec<(f64, f64)> = growths
            .iter()
            .zip(&fitted.shocks)
            .filter_map(|(price, shock)| Some(((*price)?, *shock)))
            .collect();
        let (price, shocks): (Vec<f64>, Vec<f64>) = both.into_iter().unzip();
        let together = scaled(correlation(&price, &shocks), of_price);
        self.put(scenario, risk::BITCOIN_RENTAL.id, together, (n, None));
        self.untold(
            &[risk::NETWORK_RENTAL.id],
            "too small to be told beside what both have of the price".to_owned(),
        );
    }

    fn value_of(&self, id: &str) -> Option<f64> {
        self.estimated.iter().find(|found| found.input.id == id).map(|found| found.value)
    }

    /// A scenario with the values of some of the inputs.
    ///
    /// # Errors
    /// If a value is out of the range of its input, or the correlations cannot hold together.
    pub fn apply(
        &self,
        scenario: &ValidScenario,
        takes: impl Fn(&Estimated) -> bool,
    ) -> Result<ValidScenario, Faults> {
        let mut changed = Scenario::clone(scenario);
        for found in self.estimated.iter().filter(|found| takes(found)) {
            changed = changed.with(found.input.id, found.value)?;
        }
        changed.validate()
    }
}

impl Estimated {
    /// Whether the input allows the value.
    pub fn is_allowed(&self, scenario: &Scenario) -> bool {
        scenario.with(self.input.id, self.value).is_ok()
    }
}

fn scaled(found: WithError, factor: f64) -> WithError {
    WithError { value: found.value * factor, error: found.error * factor }
}

/// Logarithms of the monthly changes of the closes that lie in a range.
fn closes(record: &Record, from: CalendarMonth, to: CalendarMonth) -> Vec<f64> {
    let months = (0..=to.months_since(from)).map(|ahead| from.plus(ahead));
    let close = |month| Some(record.close_usd.get(month)?.value);
    months.filter_map(|month| Some((close(month)? / close(month.before()?)?).ln())).collect()
}

/// Growth of the bitcoin price at mid-month.
fn price_growth(record: &Record, month: CalendarMonth) -> Option<f64> {
    let price = |month| Some(record.mid_month_usd(month)?.value);
    Some((price(month)? / price(month.before()?)?).ln())
}

/// Four digits, more than any standard error bears out.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let digits = 10_f64.powi(3 - value.abs().log10().floor() as i32);
    (value * digits).round() / digits
}
