//! Every input moved on its own, ranked by what that does to a quantity.

use rayon::prelude::*;

use super::asked::{Asked, Missing, Values};
use super::lever::{Lever, Moved, Reason};
use crate::input::Input;
use crate::scenario::ValidScenario;

/// A change below this share of the quantity is rounding: a rate of return is searched for to a few digits less than a number has.
const ROUNDING: f64 = 1e-11;

/// What every input does to a quantity.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tornado {
    /// The quantity.
    pub asked: Asked,
    /// Its value now.
    pub now: Result<f64, Missing>,
    /// The inputs that change it, by effect, the largest first.
    pub bars: Vec<Bar>,
    /// Inputs that were moved and do not change it.
    pub without_effect: usize,
    /// How often a business was evaluated for it.
    pub evaluations: usize,
}

/// An input, and the values of the quantity at its ends.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Bar {
    /// The input.
    pub input: &'static Input,
    /// Its value now.
    pub now: Moved,
    /// The ends: those of a number ascending; of a choice every other option.
    pub ends: Vec<BarEnd>,
    /// Why to these.
    pub reason: Reason,
    /// Distance between the lowest and the highest value of the quantity, today's among them; infinite where it exists at one of
    /// them and not at another.
    pub effect: f64,
}

/// An end of a bar.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BarEnd {
    /// Value of the input.
    pub value: Moved,
    /// The quantity with it.
    pub result: Result<f64, Missing>,
}

impl Bar {
    /// The ends below and above today's value, by their places; of a choice the first two options. One that the range does not
    /// allow is none.
    pub fn below_and_above(&self) -> [Option<usize>; 2] {
        match (&self.ends[..], self.now) {
            ([], _) => [None, None],
            ([BarEnd { value: Moved::Number(value), .. }], Moved::Number(now)) if *value > now => {
                [None, Some(0)]
            }
            ([_], _) => [Some(0), None],
            _ => [Some(0), Some(1)],
        }
    }
}

impl Tornado {
    /// Moves every input of a scenario on its own. Inputs that no business of the quantity reads are not evaluated.
    ///
    /// ```
    /// # use wattfolio_economics::answers::{Asked, Quantity, Tornado};
    /// # use wattfolio_economics::prelude::*;
    /// let scenario = Scenario::default().validate()?;
    /// let asked = Asked::new(Quantity::npv(Business::Leasing), Basis::ProjectBeforeTax);
    /// let tornado = Tornado::new(&scenario, asked);
    /// let first = &tornado.bars[0];
    /// assert!(first.effect >= tornado.bars[1].effect && tornado.without_effect > 50);
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn new(scenario: &ValidScenario, asked: Asked) -> Self {
        let now = asked.value(scenario);
        let businesses: Vec<_> = asked.quantity.businesses().collect();
        let (moving, idle): (Vec<Lever>, Vec<Lever>) = Lever::all(scenario)
            .into_iter()
            .partition(|lever| lever.input.moved_businesses(scenario).any(|one| businesses.contains(&one)));
        let moved: Vec<Bar> = moving
            .par_iter()
            .map_init(|| Values::new(asked), |values, lever| bar(scenario, values, &now, lever))
            .collect();
        let evaluations = 1 + moved.iter().map(|bar| bar.ends.len()).sum::<usize>();
        let (mut bars, same): (Vec<Bar>, Vec<Bar>) = moved.into_iter().partition(|bar| bar.effect > 0.0);
        bars.sort_by(|a, b| b.effect.total_cmp(&a.effect));
        Self { asked, now, bars, without_effect: same.len() + idle.len(), evaluations }
    }

    /// Number of inputs that were moved.
    pub const fn moved(&self) -> usize {
        self.bars.len() + self.without_effect
    }
}

fn bar(scenario: &ValidScenario, values: &mut Values, now: &Result<f64, Missing>, lever: &Lever) -> Bar {
    let end = |&value: &Moved| {
        let given = value.given(lever.input)?;
        let moved = scenario.with(lever.input, given).map_err(Missing::NotAllowed);
        let result = moved.and_then(|moved| values.value(moved));
        Some(BarEnd { value, result })
    };
    let ends: Vec<BarEnd> = lever.ends.iter().filter_map(end).collect();
    let effect = effect(now, &ends);
    Bar { input: lever.input, now: lever.now, ends, reason: lever.reason, effect }
}

/// Distance between the lowest and the highest result. An end that the scenario does not allow says nothing.
pub(super) fn effect(now: &Result<f64, Missing>, ends: &[BarEnd]) -> f64 {
    let allowed = || {
        let results = ends.iter().map(|end| &end.result).chain([now]);
        results.filter(|result| !matches!(result, Err(Missing::NotAllowed(_))))
    };
    let exists = allowed().filter(|result| result.is_ok()).count();
    if exists == 0 {
        return 0.0;
    }
    if exists < allowed().count() {
        return f64::INFINITY;
    }
    let values = allowed().filter_map(|result| result.as_ref().ok());
    let (low, high) = values
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| (value.min(low), value.max(high)));
    let is_rounding = high - low <= ROUNDING * low.abs().max(high.abs());
    if is_rounding { 0.0 } else { high - low }
}
