//! How fast a quantity follows each input now: central differences, with the sides of a kink named.

use rayon::prelude::*;

use super::asked::{Asked, Values};
use crate::catalogue;
use crate::input::{Group, Input, Kind, Number};
use crate::scenario::ValidScenario;

/// Step of a difference relative to the value, or to the slider's run where the value is smaller than that share of it.
const STEP: f64 = 1e-4;
/// Least size of a value as a share of the slider's run.
const LEAST: f64 = 1e-2;
/// Difference of the slopes of both sides, relative to them, that is looked at again with a shorter step.
const SUSPICIOUS: f64 = 1e-6;
/// Factors on the step with which it is looked at again.
const SHORTER: f64 = 0.25;
const LONGER: f64 = 4.0;

/// How fast a quantity follows an input, per unit in which the input is stored.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Slope {
    /// The input.
    pub input: &'static Input,
    /// Value of the input now.
    pub input_now: f64,
    /// Slope below today's value; `None` at the low end of the range.
    pub below: Option<f64>,
    /// Slope above it; `None` at the high end.
    pub above: Option<f64>,
    /// What the value is like here.
    pub shape: Shape,
}

/// What a quantity is like about today's value of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Smooth: both sides have the same slope.
    Smooth,
    /// A kink: the sides have different slopes.
    Kink,
    /// A jump: there is no slope.
    Jump,
    /// Whole numbers only: the difference to the neighbours.
    Whole,
}

impl Shape {
    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Smooth => "smooth",
            Self::Kink => "kink",
            Self::Jump => "jump",
            Self::Whole => "whole",
        }
    }
}

impl Slope {
    /// The mean of both sides, or the one that there is: exact where the quantity is smooth.
    pub fn value(&self) -> f64 {
        match (self.below, self.above) {
            (Some(below), Some(above)) => 0.5 * (below + above),
            (one, other) => one.or(other).unwrap_or(0.0),
        }
    }
}

/// How fast a quantity follows an input, with fractions of machines, so that it has a slope where their number would jump;
/// `None` if the input is no number, does not apply, or the quantity has no value about today's.
///
/// ```
/// # use wattfolio_economics::answers::{Asked, Quantity, slope};
/// # use wattfolio_economics::prelude::*;
/// let scenario = Scenario::default().validate()?;
/// let asked = Asked::new(Quantity::npv(Business::Mining), Basis::ProjectBeforeTax);
/// let price = catalogue::find("power.price_usd_per_kwh").unwrap();
/// // A dearer megawatt-hour costs mining.
/// assert!(slope(&scenario, asked, price).unwrap().value() < 0.0);
/// # Ok::<(), Faults>(())
/// ```
pub fn slope(scenario: &ValidScenario, asked: Asked, input: &'static Input) -> Option<Slope> {
    let asked = asked.continuous();
    of(scenario, &mut Values::new(asked), asked.value(scenario).ok()?, input)
}

/// The slopes of a quantity to every number that changes it, in the order of the catalogue.
pub fn slopes(scenario: &ValidScenario, asked: Asked) -> Vec<Slope> {
    let asked = asked.continuous();
    let Ok(now) = asked.value(scenario) else { return Vec::new() };
    let businesses: Vec<_> = asked.quantity.businesses().collect();
    let moves = |input: &Input| input.moved_businesses(scenario).any(|one| businesses.contains(&one));
    let all = catalogue::inputs().par_iter().filter(|input| moves(input));
    let found = all.map_init(|| Values::new(asked), |values, input| of(scenario, values, now, input));
    found.flatten_iter().filter(|slope| slope.value() != 0.0).collect()
}

fn of(scenario: &ValidScenario, values: &mut Values, worth: f64, input: &'static Input) -> Option<Slope> {
    let Kind::Number(number) = &input.kind else { return None };
    if matches!(input.group, Group::Risk | Group::Mix) {
        return None;
    }
    let now = (number.get)(scenario)?;
    // The slope toward a neighbour `step` away; none where it is not allowed or without a value.
    let mut side = |step: f64| {
        let moved = now + step;
        let value = values.value(scenario.with(input, moved).ok()?).ok()?;
        Some((value - worth) / (moved - now))
    };
    if number.whole {
        let (below, above) = (side(-1.0), side(1.0));
        return (below.is_some() || above.is_some()).then_some(Slope {
            input,
            input_now: now,
            below,
            above,
            shape: Shape::Whole,
        });
    }
    let step = step(number, now);
    let (below, above) = (side(-step), side(step));
    let shape = match (below, above) {
        (None, None) => return None,
        (Some(below), Some(above)) => {
            shape(below, above, |factor| Some((side(-factor * step)?, side(factor * step)?)))
        }
        _ => Shape::Smooth,
    };
    Some(Slope { input, input_now: now, below, above, shape })
}

fn step(number: &Number, now: f64) -> f64 {
    let run = number.slider.1 - number.slider.0;
    // A range without a slider is no scale for a value.
    let least = if number.step > 0.0 { LEAST * run } else { 0.0 };
    let size = now.abs().max(least);
    STEP * if size > 0.0 { size } else { 1.0 }
}

/// What both sides say. A curve's difference shrinks with the step, a kink's stays, and a jump's grows. Where a curve is rounded, as
/// a reward to whole satoshis, a shorter step says nothing: with a longer one a kink's difference stays, too.
fn shape(below: f64, above: f64, mut sides: impl FnMut(f64) -> Option<(f64, f64)>) -> Shape {
    let difference = (above - below).abs();
    if difference <= SUSPICIOUS * below.abs().max(above.abs()) {
        return Shape::Smooth;
    }
    let mut ratio = |factor: f64| sides(factor).map(|(below, above)| (above - below).abs() / difference);
    // Most are curves, which the shorter step tells alone.
    let shorter = ratio(SHORTER);
    if shorter.is_some_and(|shorter| shorter < 0.6) || ratio(LONGER).is_some_and(|longer| longer > 2.0) {
        Shape::Smooth
    } else if shorter.is_some_and(|shorter| shorter >= 2.0) {
        Shape::Jump
    } else {
        Shape::Kink
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_a_kink_and_a_jump_are_told_apart() {
        let about = |f: fn(f64) -> f64| {
            let sides = |step: f64| ((f(0.0) - f(-step)) / step, (f(step) - f(0.0)) / step);
            let (below, above) = sides(1e-4);
            shape(below, above, |factor| Some(sides(factor * 1e-4)))
        };
        assert_eq!(about(|x| (1.0 + x).exp()), Shape::Smooth);
        assert_eq!(about(|x| 3.0 * x), Shape::Smooth);
        assert_eq!(about(|x| x.max(0.5 * x)), Shape::Kink);
        assert_eq!(about(|x| (1e5 * (1.0 + x).exp()).round() / 1e5), Shape::Smooth, "rounded");
        assert_eq!(about(|x| if x > 0.0 { 1.0 + x } else { x }), Shape::Jump);
    }
}
