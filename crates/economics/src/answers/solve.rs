//! Every value of an input at which a quantity equals a target.

use rayon::prelude::*;

use super::asked::{Asked, Missing, Values};
use super::places::places;
use super::roots::{Look, Root, Search};
use crate::input::{Group, Input, Kind, Number};
use crate::number::within;
use crate::scenario::ValidScenario;

/// The answer to "at which value of this input is that quantity what it is to be".
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Solved {
    /// The input.
    pub input: &'static Input,
    /// The quantity.
    pub asked: Asked,
    /// What it is to be, in its unit.
    pub target: f64,
    /// Value of the input now.
    pub now: f64,
    /// The quantity now.
    pub result_now: Result<f64, Missing>,
    /// The allowed values of the input.
    pub range: (f64, f64),
    /// Every solution, ascending.
    pub roots: Vec<Root>,
    /// Why there is none; `None` if there is one.
    pub stays: Option<Stays>,
    /// Lowest and highest value of the quantity that was seen over the range.
    pub seen: Option<(f64, f64)>,
    /// Without a solution, the value of the input that brings the quantity closest to the target, of those that were seen, and
    /// the quantity there.
    pub closest: Option<(f64, f64)>,
}

/// Why no value of an input brings a quantity to its target.
#[derive(Clone, Debug, PartialEq)]
pub enum Stays {
    /// The input does not change it.
    Unmoved,
    /// It is larger at every value.
    Above,
    /// It is smaller at every value.
    Below,
    /// It passes the target only where it does not exist.
    Apart,
    /// It exists at no value.
    Missing(Missing),
}

impl Stays {
    /// The stable name.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Unmoved => "unmoved",
            Self::Above => "above",
            Self::Below => "below",
            Self::Apart => "apart",
            Self::Missing(_) => "missing",
        }
    }
}

/// Why an input cannot be solved for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotSolvable {
    /// It is no number.
    #[error("{0} is no number, so that no value between two of its values can be found")]
    NoNumber(&'static str),
    /// It does not apply.
    #[error("{0} does not apply; choose the option it belongs to first")]
    DoesNotApply(&'static str),
    /// It belongs to the simulation, or to a mix.
    #[error("{0} belongs to the simulation or the mix; the value of a plan does not depend on it")]
    NotOfThePlan(&'static str),
    /// The target is no number.
    #[error("the target must be a finite number")]
    Target,
}

impl Solved {
    /// The solution nearest to the value now.
    pub fn nearest(&self) -> Option<Root> {
        let distance = |root: &Root| (root.value - self.now).abs();
        self.roots.iter().copied().min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// How far the nearest solution is from the value now, as a share of that, or of the slider's run where it is 0; infinite
    /// without one.
    pub fn distance(&self) -> f64 {
        self.nearest().map_or(f64::INFINITY, |nearest| away(self.input, self.now, nearest.value))
    }
}

/// How far a value of an input is from its value now, as a share of that, or of the slider's run where it is 0.
pub(super) fn away(input: &Input, now: f64, value: f64) -> f64 {
    let run = match &input.kind {
        Kind::Number(number) => number.slider.1 - number.slider.0,
        _ => 1.0,
    };
    (value - now).abs() / if now == 0.0 { run } else { now.abs() }
}

/// The number of an input that can be solved for, and its value.
pub(super) fn number<'a>(
    scenario: &ValidScenario,
    input: &'a Input,
) -> Result<(&'a Number, f64), NotSolvable> {
    let Kind::Number(number) = &input.kind else { return Err(NotSolvable::NoNumber(input.id)) };
    if matches!(input.group, Group::Risk | Group::Mix) {
        return Err(NotSolvable::NotOfThePlan(input.id));
    }
    let now = (number.get)(scenario).ok_or(NotSolvable::DoesNotApply(input.id))?;
    Ok((number, within(now, number.min, number.max)))
}

/// Every value of an input at which a quantity equals a target, over the whole range of the input.
///
/// It is looked at on the scale of the slider and beyond it, and every change of sign between two looks, and every dip towards the
/// target, is followed to the last digits. Roots closer to each other than the looks are may be missed where there is no dip.
///
/// # Errors
/// If the input is no number of the plan, or the target is not finite.
///
/// ```
/// # use wattfolio_economics::answers::{Asked, Quantity, solve};
/// # use wattfolio_economics::prelude::*;
/// let scenario = Scenario::default().validate()?;
/// let asked = Asked::new(Quantity::npv(Business::Mining), Basis::ProjectBeforeTax);
/// let price = catalogue::find("power.price_usd_per_kwh").unwrap();
/// let solved = solve(&scenario, asked, price, 0.0).unwrap();
/// assert_eq!(solved.roots.len(), 1);
/// let figures = compare(&scenario);
/// let own = find_measure(Business::Mining, "break_even_power_usd_per_kwh").unwrap();
/// let own = own.read(figures.business(Business::Mining).unwrap()).unwrap().unwrap();
/// assert!((solved.roots[0].value - own).abs() < 1e-9);
/// # Ok::<(), Faults>(())
/// ```
pub fn solve(
    scenario: &ValidScenario,
    asked: Asked,
    input: &'static Input,
    target: f64,
) -> Result<Solved, NotSolvable> {
    if !target.is_finite() {
        return Err(NotSolvable::Target);
    }
    let (number, now) = number(scenario, input)?;
    let businesses: Vec<_> = asked.quantity.businesses().collect();
    let moves = input.moved_businesses(scenario).any(|one| businesses.contains(&one));
    let places = if moves { places(number, now) } else { vec![now] };
    let at = |values: &mut Values, value: f64| values.value(scenario.with(input, value)?);
    let seen: Vec<(f64, Result<f64, Missing>)> = places
        .par_iter()
        .map_init(|| Values::new(asked), |values, &place| (place, at(values, place)))
        .collect();
    let question = Question { input, asked, target, now, number };
    let mut values = Values::new(asked);
    Ok(question.answered(&seen, |value| at(&mut values, value).ok()))
}

/// What is asked of an input.
pub(super) struct Question<'a> {
    pub input: &'static Input,
    pub asked: Asked,
    pub target: f64,
    pub now: f64,
    pub number: &'a Number,
}

impl Question<'_> {
    /// The answer, from the looks at the quantity and its value anywhere between them.
    pub fn answered(
        self,
        seen: &[(f64, Result<f64, Missing>)],
        mut value: impl FnMut(f64) -> Option<f64>,
    ) -> Solved {
        let Self { input, asked, target, now, number } = self;
        let values = || seen.iter().filter_map(|(_, result)| result.as_ref().ok().copied());
        let bounds = |(low, high): (f64, f64), value: f64| (value.min(low), value.max(high));
        let extremes = values().fold((f64::INFINITY, f64::NEG_INFINITY), bounds);
        let extremes = (extremes.0 <= extremes.1).then_some(extremes);
        let is_flat = extremes.is_some_and(|(low, high)| low == high);
        let look = |(place, result): &(f64, Result<f64, Missing>)| -> Look {
            (*place, result.as_ref().ok().map(|value| value - target))
        };
        let looks: Vec<Look> = seen.iter().map(look).collect();
        let mut search = Search { distance: |x| Some(value(x)? - target), whole: number.whole, now };
        let roots = if is_flat { Vec::new() } else { search.roots(&looks) };
        let closest = if roots.is_empty() { search.closest(&looks) } else { None };
        let closest = closest.map(|(place, distance)| (place, distance + target));
        let of_now = |(place, _): &&(f64, Result<f64, Missing>)| *place == now;
        let result_now = seen.iter().find(of_now).map(|(_, result)| result.clone());
        let result_now = result_now.unwrap_or(Err(Missing::Absent(crate::kernel::Absent::NotApplicable)));
        let stays = roots.is_empty().then(|| match extremes {
            None => Stays::Missing(
                result_now.clone().err().unwrap_or(crate::kernel::Absent::NotApplicable.into()),
            ),
            Some(_) if is_flat => Stays::Unmoved,
            Some((low, _)) if low > target => Stays::Above,
            Some((_, high)) if high < target => Stays::Below,
            Some(_) => Stays::Apart,
        });
        let range = (number.min, number.max);
        Solved { input, asked, target, now, result_now, range, roots, stays, seen: extremes, closest }
    }
}
