//! How far an input is from where another business takes over.

use std::sync::Arc;

use super::super::parts::Parts;
use super::super::places::places;
use super::super::solve::{NotSolvable, away, number};
use super::judge::Judge;
use super::{Field, Judged, cell};
use crate::business::{Business, PerBusiness};
use crate::input::{Input, Number, Scale};
use crate::kernel::Basis;
use crate::results::verdict::Criterion;
use crate::scenario::ValidScenario;

/// Distance of both sides of a border, as a share of its value.
const CLOSE: f64 = 1e-13;
/// Most halvings of a bracket: the exponents of all numbers, and their digits.
const HALVINGS: usize = 1100;

/// Where an input brings another business to the lead, everything else as it is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Border {
    /// The input.
    pub input: &'static Input,
    /// Its value now.
    pub now: f64,
    /// Its allowed values.
    pub range: (f64, f64),
    /// Who leads now.
    pub leader: Leader,
    /// The nearest border below today's value; `None` if there is none down to the least value.
    pub below: Option<Takeover>,
    /// The nearest one above it.
    pub above: Option<Takeover>,
}

/// A border: two values next to each other, between which the lead changes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Takeover {
    /// The last value on today's side with the leader of now.
    pub before: f64,
    /// The first value beyond.
    pub value: f64,
    /// Who leads there.
    pub to: Leader,
    /// Distance from today's value, as a share of that, or of the slider's run where that is 0.
    pub away: f64,
}

/// Who leads some values of an input that stand next to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reign {
    /// Who leads; `None` where the scenario contradicts itself.
    pub leader: Option<Leader>,
    /// The first value.
    pub from: f64,
    /// The last one.
    pub to: f64,
}

/// Who leads; about equal businesses do not share a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leader {
    /// A business is the first of the ranking, and worth its capital.
    Business(Business),
    /// The first of the ranking has a net present value below zero, and another business has not.
    Losing(Business),
    /// No business has a net present value of zero or more.
    NoneEarns,
    /// No business has a value of the criterion.
    NoValue,
}

impl Leader {
    /// The stable name; that of a business whether it loses value or not.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Business(business) | Self::Losing(business) => business.id(),
            Self::NoneEarns => "none_earns",
            Self::NoValue => "no_value",
        }
    }

    /// Who leads in a field; `None` where the scenario contradicts itself.
    pub const fn of(field: Field) -> Option<Self> {
        match field {
            Field::Best(first) | Field::AboutEqual(first) => Some(Self::Business(first)),
            Field::LosesValue(first) => Some(Self::Losing(first)),
            Field::NoneEarns(_) => Some(Self::NoneEarns),
            Field::NoValue => Some(Self::NoValue),
            Field::NotAllowed => None,
        }
    }
}

impl Border {
    /// The nearest borders of an input in both directions, over its whole range. It is looked at on the scale of its slider and
    /// beyond it, and the first change of the lead is halved to the last digits, on the judge of the map itself. A lead that
    /// changes and changes back between two looks is missed.
    ///
    /// # Errors
    /// If the input is no number of the plan.
    ///
    /// ```
    /// # use wattfolio_economics::answers::{Border, Leader};
    /// # use wattfolio_economics::prelude::*;
    /// # use wattfolio_economics::results::verdict::Criterion;
    /// let scenario = Scenario::default().validate()?;
    /// let rental = catalogue::find("leasing.rental_usd_per_gpu_hour").unwrap();
    /// let border = Border::new(&scenario, rental, (Basis::ProjectBeforeTax, Criterion::Value)).unwrap();
    /// // Below this rental hosting leads.
    /// let below = border.below.unwrap();
    /// assert_eq!(below.to, Leader::Business(Business::Hosting));
    /// assert!(below.value < below.before && below.before < border.now);
    /// assert_eq!(border.above, None);
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn new(
        scenario: &ValidScenario,
        input: &'static Input,
        how: (Basis, Criterion),
    ) -> Result<Self, NotSolvable> {
        let (mut along, now) = Along::new(scenario, input, how)?;
        let number = along.number;
        let places = along.places(now);
        let below: Vec<f64> = places.iter().rev().copied().filter(|place| *place < now).collect();
        let above: Vec<f64> = places.iter().copied().filter(|place| *place > now).collect();
        let first = |along: &mut Along<'_>, places: &[f64]| {
            let (before, value, to) = along.first(now, places)?;
            Some(Takeover { before, value, to, away: away(input, now, value) })
        };
        let (leader, mut upward) = (along.leader, along.clone());
        let (below, above) = rayon::join(|| first(&mut along, &below), || first(&mut upward, &above));
        Ok(Self { input, now, range: (number.min, number.max), leader, below, above })
    }
}

impl Reign {
    /// Who leads from one value of an input to another, everything else as it is: ascending, each border halved to the last
    /// digits. A lead that changes and changes back between two looks is missed.
    ///
    /// # Errors
    /// If the input is no number of the plan.
    ///
    /// ```
    /// # use wattfolio_economics::answers::{Leader, Reign};
    /// # use wattfolio_economics::prelude::*;
    /// # use wattfolio_economics::results::verdict::Criterion;
    /// let scenario = Scenario::default().validate()?;
    /// let rental = catalogue::find("leasing.rental_usd_per_gpu_hour").unwrap();
    /// let how = (Basis::ProjectBeforeTax, Criterion::Value);
    /// let reigns = Reign::all(&scenario, rental, (1.0, 8.0), how).unwrap();
    /// let [hosting, leasing] = reigns[..] else { panic!("{reigns:?}") };
    /// assert_eq!(hosting.leader, Some(Leader::Business(Business::Hosting)));
    /// // One ends where the next begins.
    /// assert!(leasing.from > hosting.to && leasing.from - hosting.to < 1e-9);
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn all(
        scenario: &ValidScenario,
        input: &'static Input,
        (from, to): (f64, f64),
        how: (Basis, Criterion),
    ) -> Result<Vec<Self>, NotSolvable> {
        let (mut along, now) = Along::new(scenario, input, how)?;
        let inside = along.places(now).into_iter().filter(|place| *place > from && *place < to);
        let mut all = vec![Self { leader: along.at(from), from, to: from }];
        for place in inside.chain([to]) {
            let there = along.at(place);
            // Between two looks more than one lead may change.
            for _ in 0..Business::COUNT {
                let Some(last) = all.last_mut().filter(|last| last.leader != there) else { break };
                let ((before, value), leader) = along.halved((last.to, last.leader), (place, there));
                last.to = before;
                all.push(Self { leader, from: value, to: value });
            }
            match all.last_mut() {
                Some(last) if last.leader == there => last.to = place,
                _ => all.push(Self { leader: there, from: place, to: place }),
            }
        }
        Ok(all)
    }
}

/// An input that is moved, and the lead of now.
#[derive(Clone)]
struct Along<'a> {
    scenario: &'a ValidScenario,
    input: &'static Input,
    number: &'a Number,
    judge: Judge,
    /// Of the value that was looked at last.
    parts: Parts,
    today: PerBusiness<Judged>,
    leader: Leader,
}

impl<'a> Along<'a> {
    /// With the value of now.
    fn new(
        scenario: &'a ValidScenario,
        input: &'static Input,
        (basis, criterion): (Basis, Criterion),
    ) -> Result<(Self, f64), NotSolvable> {
        let (number, now) = number(scenario, input)?;
        let (mut parts, unmoved) = (Parts::default(), Arc::new(scenario.clone()));
        let judge = Judge { basis, criterion };
        let today = PerBusiness::new(|business| judge.candidate(&mut parts, &unmoved, business));
        let leader = Leader::of(cell(criterion, &today).field).unwrap_or(Leader::NoValue);
        Ok((Self { scenario, input, number, judge, parts, today, leader }, now))
    }

    /// Where it is looked who leads, ascending.
    fn places(&self, now: f64) -> Vec<f64> {
        match self.number.scale {
            Scale::Stops(stops) => stops.to_vec(),
            _ => places(self.number, now),
        }
    }

    /// Who leads at a value; `None` where it is not allowed. Businesses that the input does not move stay as they are.
    fn at(&mut self, value: f64) -> Option<Leader> {
        let at = Arc::new(self.scenario.with(self.input, value).ok()?);
        let judged = PerBusiness::new(|business| {
            let moves =
                |scenario: &ValidScenario| self.input.moved_businesses(scenario).any(|one| one == business);
            if moves(self.scenario) || moves(&at) {
                self.judge.candidate(&mut self.parts, &at, business)
            } else {
                self.today[business].clone()
            }
        });
        Leader::of(cell(self.judge.criterion, &judged).field)
    }

    /// The first border on the way from a value through places, and who leads beyond it.
    fn first(&mut self, now: f64, places: &[f64]) -> Option<(f64, f64, Leader)> {
        let mut last = now;
        for &place in places {
            match self.at(place) {
                Some(leader) if leader == self.leader => last = place,
                Some(leader) => return self.border(last, (place, leader)),
                None => {
                    // Up to where the scenario contradicts itself another may still take over.
                    let end = self.last_allowed(last, place);
                    let leader = self.at(end).filter(|leader| *leader != self.leader)?;
                    return self.border(last, (end, leader));
                }
            }
        }
        None
    }

    /// The border between a value with the leader of now and one with another.
    fn border(&mut self, before: f64, (value, to): (f64, Leader)) -> Option<(f64, f64, Leader)> {
        let ((before, value), to) = self.halved((before, Some(self.leader)), (value, Some(to)));
        Some((before, value, to?))
    }

    /// The border next to a value, on the way to one where another leads, and who leads beyond it.
    fn halved(
        &mut self,
        (mut before, leader): (f64, Option<Leader>),
        (mut value, mut to): (f64, Option<Leader>),
    ) -> ((f64, f64), Option<Leader>) {
        for _ in 0..HALVINGS {
            let Some(middle) = self.middle(before, value) else { break };
            let there = self.at(middle);
            if there == leader { before = middle } else { (value, to) = (middle, there) }
        }
        ((before, value), to)
    }

    /// The last allowed value on the way from one that is to one that is not.
    fn last_allowed(&mut self, mut allowed: f64, mut not: f64) -> f64 {
        for _ in 0..HALVINGS {
            let Some(middle) = self.middle(allowed, not) else { break };
            if self.at(middle).is_some() { allowed = middle } else { not = middle }
        }
        allowed
    }

    /// A value between two; `None` if they are next to each other.
    fn middle(&self, a: f64, b: f64) -> Option<f64> {
        if matches!(self.number.scale, Scale::Stops(_)) {
            return None;
        }
        let middle = if self.number.whole { f64::midpoint(a, b).floor() } else { f64::midpoint(a, b) };
        let is_between = middle > a.min(b) && middle < a.max(b);
        let is_close = (a - b).abs() <= CLOSE * a.abs().max(b.abs());
        (is_between && !is_close).then_some(middle)
    }
}
