//! An axis of a map: an input, from where to where, and on which scale.

use crate::catalogue;
use crate::input::{Group, Input, Kind, Number, Scale};
use crate::number::within;
use crate::scenario::{Scenario, ValidScenario};
use crate::units::Unit;

/// The input along the columns of a map that nobody has set up.
const BITCOIN_PRICE: &str = "bitcoin.price_usd";
/// The one along its rows.
const RENTAL_GROWTH: &str = "leasing.rental_usd_per_gpu_hour.growth_per_year";
/// Whole numbers up to which each has a column of its own.
const EACH: f64 = 24.0;
/// How many times less and more an axis of an input without a slider reaches.
const TIMES: f64 = 4.0;
/// How much a year less and more that of a growth without a slider reaches.
const POINTS: f64 = 0.2;
/// Decimals that a step of an input can have, as a power of ten.
const DUST: f64 = 1e12;

/// An axis of a map.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Axis {
    /// The input, a number.
    pub input: &'static Input,
    /// Lower end, in the unit of the input.
    pub from: f64,
    /// Upper end.
    pub to: f64,
    /// Whether equal lengths are equal factors.
    pub is_log: bool,
    /// The only values that it has, ascending, each with the same width; empty where every value between the ends counts.
    pub stops: Vec<f64>,
    /// Whether only whole numbers are allowed.
    is_whole: bool,
}

/// Why an input is no axis.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAnAxis {
    /// It is a choice, a month, a text or a list.
    #[error("{0} is no number; an axis is an input with a number (`wattfolio inputs` lists them)")]
    NotANumber(&'static str),
    /// It does not apply in this scenario.
    #[error("{0} does not apply in this scenario; choose the option that it belongs to first")]
    DoesNotApply(&'static str),
    /// The plan does not read it.
    #[error("{0} moves no plan on its own: the simulation or the mix alone reads it; choose another input")]
    NotOfThePlan(&'static str),
    /// The ends are not within what is allowed, or not in order.
    #[error("{id} from {from} to {to}: an axis goes up, within {min}…{max}")]
    Range {
        /// The input.
        id: &'static str,
        /// The lower end.
        from: f64,
        /// The upper end.
        to: f64,
        /// The lowest value allowed.
        min: f64,
        /// The highest.
        max: f64,
    },
}

impl Axis {
    /// The axis of an input in a scenario: its slider, longer where today's value lies beyond it.
    ///
    /// # Errors
    /// If the input is no number, does not apply, or moves no plan.
    ///
    /// ```
    /// # use wattfolio_economics::answers::Axis;
    /// # use wattfolio_economics::prelude::*;
    /// let scenario = Scenario::default().validate()?;
    /// let axis = Axis::of(&scenario, catalogue::find("bitcoin.price_usd").unwrap()).unwrap();
    /// assert!(axis.is_log && (axis.at(axis.share(84_700.0)) - 84_700.0).abs() < 1e-6);
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn of(scenario: &ValidScenario, input: &'static Input) -> Result<Self, NotAnAxis> {
        let (number, now) = number(scenario, input)?;
        let (from, to) = number.slider;
        if number.step == 0.0 && !number.whole {
            let inside = |low: f64, high: f64| (low.max(number.min), high.min(number.max));
            if input.unit == Unit::FractionPerYear {
                return Ok(Self::new(input, number, inside(now - POINTS, now + POINTS)));
            }
            if now > 0.0 {
                let axis = Self::new(input, number, inside(now / TIMES, now * TIMES));
                return Ok(Self { is_log: axis.from > 0.0, ..axis });
            }
        }
        let is_log = number.scale == Scale::Log && from > 0.0;
        let reaches = !is_log || now > 0.0;
        let ends = if reaches { (from.min(now), to.max(now)) } else { (from, to) };
        Ok(Self::new(input, number, ends))
    }

    /// The axes that decide most often: the bitcoin price along the columns, the growth of the market rental along the rows.
    ///
    /// # Errors
    /// If one of them does not apply in the scenario.
    pub fn usual(scenario: &ValidScenario) -> Result<(Self, Self), NotAnAxis> {
        let named =
            |id: &'static str| Self::of(scenario, catalogue::find(id).ok_or(NotAnAxis::NotANumber(id))?);
        Ok((named(BITCOIN_PRICE)?, named(RENTAL_GROWTH)?))
    }

    /// The axis of an input between two values.
    ///
    /// # Errors
    /// As of [`of`](Self::of), or if the ends are not in order or not allowed.
    pub fn between(
        scenario: &ValidScenario,
        input: &'static Input,
        (from, to): (f64, f64),
    ) -> Result<Self, NotAnAxis> {
        let (number, _) = number(scenario, input)?;
        let &Number { min, max, .. } = number;
        if !(number.allows(from) && number.allows(to) && from < to) {
            return Err(NotAnAxis::Range { id: input.id, from, to, min, max });
        }
        Ok(Self::new(input, number, (from, to)))
    }

    fn new(input: &'static Input, number: &Number, (from, to): (f64, f64)) -> Self {
        let inside = |stop: &f64| (from..=to).contains(stop);
        let stops = match number.scale {
            Scale::Stops(stops) => stops.iter().copied().filter(inside).collect(),
            _ if number.whole && to - from < EACH => {
                (0..=(to - from) as usize).map(|step| from + step as f64).collect()
            }
            _ => Vec::new(),
        };
        let is_log = number.scale == Scale::Log && from > 0.0;
        Self { input, from, to, is_log, stops, is_whole: number.whole }
    }

    /// The values of the centres of cells, ascending: `most` of them, or the stops.
    pub fn values(&self, most: usize) -> Vec<f64> {
        if !self.stops.is_empty() {
            return self.stops.clone();
        }
        (0..most).map(|cell| self.at((cell as f64 + 0.5) / most as f64)).collect()
    }

    /// The value at a share of the length.
    pub fn at(&self, share: f64) -> f64 {
        let share = within(share, 0.0, 1.0);
        if let Some(last) = self.stops.len().checked_sub(1) {
            return self.stops[((share * self.stops.len() as f64) as usize).min(last)];
        }
        let value = if self.is_log {
            self.from * (self.to / self.from).powf(share)
        } else {
            self.from + (self.to - self.from) * share
        };
        // The ends exactly, which a power may miss by rounding.
        within(if self.is_whole { value.round() } else { value }, self.from, self.to)
    }

    /// Where a value lies, as a share of the length; 0 or 1 for one beyond the ends.
    pub fn share(&self, value: f64) -> f64 {
        if !self.stops.is_empty() {
            let count = self.stops.len() as f64;
            let below = self.stops.iter().rposition(|stop| *stop <= value).unwrap_or(0);
            let step = match self.stops.get(below..=below + 1) {
                Some([low, high]) => within((value - low) / (high - low), 0.0, 1.0),
                _ => 0.0,
            };
            return (below as f64 + step + 0.5) / count;
        }
        let share = if self.is_log {
            (value.max(self.from) / self.from).ln() / (self.to / self.from).ln()
        } else {
            (value - self.from) / (self.to - self.from)
        };
        if share.is_finite() { within(share, 0.0, 1.0) } else { 0.0 }
    }

    /// A value to three figures, or to the step of the slider; within the axis.
    pub fn rounded(&self, value: f64) -> f64 {
        if !self.stops.is_empty() || value == 0.0 {
            return value;
        }
        let step = match &self.input.kind {
            Kind::Number(number) if number.step > 0.0 && !self.is_log => number.step,
            _ => 10f64.powf(value.abs().log10().floor() - 2.0),
        };
        let stepped = (value / step).round() * step;
        // Without the dust of a product with a decimal step.
        let value = if step < 1.0 { (stepped * DUST).round() / DUST } else { stepped };
        within(value, self.from, self.to)
    }

    /// Up to `most` round values over the whole length, ascending. Today's value, if it lies between the ends, stands for the one
    /// nearest to it.
    ///
    /// ```
    /// # use wattfolio_economics::answers::Axis;
    /// # use wattfolio_economics::prelude::*;
    /// let scenario = Scenario::default().validate()?;
    /// let axis = Axis::of(&scenario, catalogue::find("bitcoin.price_usd").unwrap()).unwrap();
    /// assert_eq!(axis.spread(5, Some(84_700.0)), [10_000.0, 31_600.0, 84_700.0, 316_000.0, 1_000_000.0]);
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn spread(&self, most: usize, now: Option<f64>) -> Vec<f64> {
        let last = most.saturating_sub(1).max(1) as f64;
        let shares = (0..most).map(|step| step as f64 / last);
        let mut values: Vec<f64> = match self.stops.len().checked_sub(1) {
            Some(end) => shares.map(|share| self.stops[(share * end as f64).round() as usize]).collect(),
            None => shares.map(|share| self.rounded(self.at(share))).collect(),
        };
        values.dedup();
        if let Some(now) = now.filter(|now| (self.from..=self.to).contains(now)) {
            let distance = |value: &f64| (self.share(*value) - self.share(now)).abs();
            let nearest = values.iter_mut().min_by(|a, b| distance(a).total_cmp(&distance(b)));
            if let Some(nearest) = nearest {
                *nearest = now;
            }
        }
        values
    }

    /// Today's value in a scenario.
    pub fn now(&self, scenario: &Scenario) -> Option<f64> {
        match &self.input.kind {
            Kind::Number(number) => (number.get)(scenario),
            _ => None,
        }
    }
}

/// The number of an input, and its value now.
fn number(scenario: &Scenario, input: &'static Input) -> Result<(&'static Number, f64), NotAnAxis> {
    let Kind::Number(number) = &input.kind else { return Err(NotAnAxis::NotANumber(input.id)) };
    if matches!(input.group, Group::Risk | Group::Mix) {
        return Err(NotAnAxis::NotOfThePlan(input.id));
    }
    let now = (number.get)(scenario).ok_or(NotAnAxis::DoesNotApply(input.id))?;
    Ok((number, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(id: &str) -> Result<Axis, NotAnAxis> {
        let scenario = Scenario::default().validate().expect("valid");
        Axis::of(&scenario, catalogue::find(id).expect("an input"))
    }

    #[test]
    fn every_number_of_a_plan_is_an_axis_whose_values_are_allowed_and_come_back() {
        let scenario = Scenario::default().validate().expect("valid");
        let mut seen = 0;
        for input in catalogue::inputs() {
            let Ok(axis) = Axis::of(&scenario, input) else { continue };
            let (number, now) = number(&scenario, input).expect("a number");
            let values = axis.values(24);
            assert!(!values.is_empty() && values.is_sorted(), "{}: {values:?}", input.id);
            assert!(values.iter().all(|value| number.allows(*value)), "{}: {values:?}", input.id);
            if (axis.from..=axis.to).contains(&now) {
                let back = axis.at(axis.share(now));
                assert!((back - now).abs() <= 1e-9 * now.abs(), "{}: {now} {back}", input.id);
            }
            seen += 1;
        }
        assert!(seen > 80, "{seen}");
    }

    #[test]
    fn what_is_no_axis_is_refused_with_a_reason() {
        for (id, words) in [
            ("mining.treasury", "no number"),
            ("mining.treasury.share", "does not apply"),
            ("risk.paths", "moves no plan"),
            ("mix.mining", "moves no plan"),
        ] {
            let fault = axis(id).expect_err(id).to_string();
            assert!(fault.contains(id) && fault.contains(words), "{fault}");
        }
        let scenario = Scenario::default().validate().expect("valid");
        let price = catalogue::find("power.price_usd_per_kwh").expect("an input");
        for ends in [(0.05, 0.03), (0.05, 0.05), (-1.0, 0.05), (0.03, 3.0), (f64::NAN, 0.05)] {
            assert!(Axis::between(&scenario, price, ends).is_err(), "{ends:?}");
        }
    }

    #[test]
    fn spread_values_are_few_allowed_and_have_todays_among_them() {
        let scenario = Scenario::default().validate().expect("valid");
        for input in catalogue::inputs() {
            let Ok(axis) = Axis::of(&scenario, input) else { continue };
            let (number, now) = number(&scenario, input).expect("a number");
            let values = axis.spread(5, Some(now));
            assert!((1..=5).contains(&values.len()) && values.is_sorted(), "{}: {values:?}", input.id);
            assert!(values.iter().all(|value| number.allows(*value)), "{}: {values:?}", input.id);
            let has_now = (axis.from..=axis.to).contains(&now);
            assert_eq!(values.contains(&now), has_now, "{}: {now} in {values:?}", input.id);
        }
    }

    #[test]
    fn stops_have_equal_widths() {
        let reward = axis("bitcoin.block_subsidy_btc").expect("an axis");
        let count = reward.stops.len();
        assert!(count > 2);
        for (index, stop) in reward.stops.iter().enumerate() {
            assert!((reward.share(*stop) - (index as f64 + 0.5) / count as f64).abs() < 1e-12);
        }
    }
}
