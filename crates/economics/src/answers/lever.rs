//! How an input is moved: to which values, and why to these.

use super::simulated::is_risk;
use crate::catalogue;
use crate::input::{Group, Input, Kind, Number, Scale, Value};
use crate::number::within;
use crate::risk::spread::spread;
use crate::scenario::{CalendarMonth, Scenario, ValidScenario};

/// Share of a value by which it is moved where nothing else is known.
const TENTH: f64 = 0.1;

/// An input with the values to which it is moved.
#[derive(Clone, Debug)]
pub struct Lever {
    /// The input.
    pub input: &'static Input,
    /// Its value now.
    pub now: Moved,
    /// The values to which it is moved: ascending for a number, the alternatives in order for a choice.
    pub ends: Vec<Moved>,
    /// Why to these.
    pub reason: Reason,
}

/// A value of an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moved {
    /// A number in the unit of the input.
    Number(f64),
    /// On or off.
    Flag(bool),
    /// A month.
    Month(CalendarMonth),
    /// An option of a choice, by its place among them.
    Option(usize),
}

/// Why an input is moved to its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The 10 % and 90 % quantiles of what the simulation draws.
    Quantiles,
    /// A tenth of the value less and more, within its range.
    Tenth,
    /// A tenth of the slider's run less and more: the value is 0.
    TenthOfRun,
    /// One less and one more, or a tenth of a larger whole number.
    Step,
    /// The values beside it that its slider has.
    Neighbours,
    /// Every other option.
    Alternatives,
}

impl Reason {
    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Quantiles => "p10_p90",
            Self::Tenth => "tenth",
            Self::TenthOfRun => "tenth_of_slider",
            Self::Step => "step",
            Self::Neighbours => "neighbours",
            Self::Alternatives => "alternatives",
        }
    }
}

impl Moved {
    /// The value as an input takes it.
    pub(super) fn given(self, input: &Input) -> Option<Value<'static>> {
        Some(match self {
            Self::Number(number) => Value::Number(number),
            Self::Flag(flag) => Value::Flag(flag),
            Self::Month(month) => Value::Month(month),
            Self::Option(index) => {
                let Kind::Choice(choice) = &input.kind else { return None };
                Value::Text(choice.options.get(index)?.start)
            }
        })
    }

    /// The number, if it is one.
    pub const fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl Lever {
    /// How an input is moved in a scenario; `None` if it does not apply, is a name, or belongs to the simulation alone.
    ///
    /// ```
    /// # use wattfolio_economics::answers::{Lever, Moved, Reason};
    /// # use wattfolio_economics::prelude::*;
    /// let scenario = Scenario::default().validate()?;
    /// let build = Lever::of(&scenario, catalogue::find("mining.pue").unwrap()).unwrap();
    /// assert_eq!((build.reason, build.ends.len()), (Reason::Tenth, 2));
    /// assert!(Lever::of(&scenario, catalogue::find("risk.seed").unwrap()).is_none());
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn of(scenario: &ValidScenario, input: &'static Input) -> Option<Self> {
        // The simulation alone reads these, and no share of a mix can be changed alone.
        if matches!(input.group, Group::Risk | Group::Mix) {
            return None;
        }
        Self::moved(scenario, input)
    }

    /// How an input is moved, whoever reads it.
    fn moved(scenario: &ValidScenario, input: &'static Input) -> Option<Self> {
        let (now, ends, reason) = match &input.kind {
            Kind::Number(number) => {
                let now = (number.get)(scenario)?;
                let (ends, reason) = numbers(scenario, input, number, now)?;
                let ends = ends.into_iter().filter(|end| *end != now && number.allows(*end));
                (Moved::Number(now), ends.map(Moved::Number).collect(), reason)
            }
            Kind::Flag(access) => {
                let now = (access.get)(scenario);
                (Moved::Flag(now), vec![Moved::Flag(!now)], Reason::Alternatives)
            }
            Kind::Month(access) => {
                let now = (access.get)(scenario);
                let ends = now.before().into_iter().chain([now.plus(1)]);
                (Moved::Month(now), ends.map(Moved::Month).collect(), Reason::Step)
            }
            Kind::Choice(choice) => {
                let now = choice.current(scenario)?;
                let others = (0..choice.options.len()).filter(|other| *other != now);
                (Moved::Option(now), others.map(Moved::Option).collect(), Reason::Alternatives)
            }
            // The start of a path moves its later levels along.
            Kind::Text(_) | Kind::Points(_) => return None,
        };
        Some(Self { input, now, ends, reason })
    }

    /// The levers of all inputs, in the order of the catalogue.
    pub fn all(scenario: &ValidScenario) -> Vec<Self> {
        catalogue::inputs().iter().filter_map(|input| Self::of(scenario, input)).collect()
    }

    /// The same with the risks of the simulation, for a figure of that.
    pub fn all_simulated(scenario: &ValidScenario) -> Vec<Self> {
        let lever = |input: &'static Input| {
            if is_risk(input) { Self::moved(scenario, input) } else { Self::of(scenario, input) }
        };
        catalogue::inputs().iter().filter_map(lever).collect()
    }
}

fn numbers(scenario: &Scenario, input: &Input, number: &Number, now: f64) -> Option<([f64; 2], Reason)> {
    let kept = |value: f64| within(value, number.min, number.max);
    if let Some(ends) = spread(scenario, input) {
        return Some((ends.map(kept), Reason::Quantiles));
    }
    if number.whole {
        let step = (now * TENTH).round().max(1.0);
        return Some(([now - step, now + step].map(kept), Reason::Step));
    }
    if let Scale::Stops(stops) = number.scale {
        let below = stops.iter().copied().filter(|stop| *stop < now).fold(now, |_, stop| stop);
        let above = stops.iter().copied().find(|stop| *stop > now).unwrap_or(now);
        return Some(([below, above], Reason::Neighbours));
    }
    if now != 0.0 {
        let step = TENTH * now.abs();
        return Some(([now - step, now + step].map(kept), Reason::Tenth));
    }
    // Without a slider nothing says how far 0 may be moved.
    let step = TENTH * (number.slider.1 - number.slider.0);
    (number.step > 0.0).then(|| ([now - step, now + step].map(kept), Reason::TenthOfRun))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lever(scenario: &Scenario, id: &str) -> Option<(Vec<Moved>, Reason)> {
        let valid = scenario.validate().expect("valid");
        Lever::of(&valid, catalogue::find(id).expect("an input")).map(|lever| (lever.ends, lever.reason))
    }

    #[test]
    fn every_kind_of_input_is_moved_within_its_range() {
        let mut scenario = Scenario::default();
        scenario.mining.uptime = 0.96;
        scenario.mining.queue_months = 0;
        let (ends, reason) = lever(&scenario, "mining.uptime").expect("a number");
        assert_eq!(reason, Reason::Tenth);
        assert_eq!(ends, [Moved::Number(0.96 - 0.1 * 0.96), Moved::Number(1.0)], "no more than all hours");
        assert_eq!(
            lever(&scenario, "mining.queue_months"),
            Some((vec![Moved::Number(1.0)], Reason::Step)),
            "no queue is shorter than none"
        );
        let horizon = lever(&scenario, "horizon_months").expect("a whole number");
        assert_eq!(horizon, (vec![Moved::Number(108.0), Moved::Number(132.0)], Reason::Step));
        let (ends, reason) = lever(&scenario, "mining.treasury").expect("a choice");
        assert_eq!((ends.len(), reason), (2, Reason::Alternatives));
        let flag = lever(&scenario, "mining.idle_when_unprofitable").expect("a flag");
        assert_eq!(flag.0.len(), 1);
        for left_out in ["mining.machine.name", "risk.seed", "risk.bitcoin.volatility", "mix.mining"] {
            assert_eq!(lever(&scenario, left_out), None, "{left_out}");
        }
        assert_eq!(lever(&scenario, "mining.treasury.share"), None, "it does not apply");
    }
}
