//! The inputs that decide, each with the value at which a business earns just its capital, and at which it is worth what another is.

use rayon::prelude::*;

use super::asked::{Asked, Missing, Values};
use super::lever::Moved;
use super::places::places;
use super::quantity::Quantity;
use super::solve::{Question, Solved, number};
use super::tornado::Tornado;
use crate::business::Business;
use crate::input::Input;
use crate::kernel::Basis;
use crate::results::measure::NPV_USD;
use crate::scenario::ValidScenario;

/// Break-evens of a business, the nearest first.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BreakEvens {
    /// The business.
    pub business: Business,
    /// The business that it is compared with; `None` if no other is evaluated.
    pub rival: Option<Business>,
    /// Basis of the flows.
    pub basis: Basis,
    /// The rows, by the distance of the nearer of both solutions from today.
    pub rows: Vec<BreakEven>,
}

/// Break-evens of a business in one input.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BreakEven {
    /// Where the NPV of the business is 0.
    pub zero: Solved,
    /// Where it is that of the rival.
    pub level: Option<Solved>,
}

impl BreakEven {
    /// The input.
    pub const fn input(&self) -> &'static Input {
        self.zero.input
    }

    /// Distance of the nearer of both solutions from today; infinite without any.
    pub fn distance(&self) -> f64 {
        self.level.as_ref().map_or(f64::INFINITY, Solved::distance).min(self.zero.distance())
    }
}

impl BreakEvens {
    /// The numbers that decide the NPV of a business: its key drivers, and those that a tornado ranks highest, up to `most`.
    pub fn deciding(scenario: &ValidScenario, tornado: &Tornado, most: usize) -> Vec<&'static Input> {
        let businesses: Vec<Business> = tornado.asked.quantity.businesses().collect();
        let is_number = |bar: &&super::Bar| matches!(bar.now, Moved::Number(_));
        let moves = |input: &Input| input.moved_businesses(scenario).any(|one| businesses.contains(&one));
        let ranked: Vec<&'static Input> =
            tornado.bars.iter().filter(is_number).map(|bar| bar.input).collect();
        let (key, other): (Vec<_>, Vec<_>) =
            ranked.into_iter().partition(|input| input.key_driver && moves(input));
        key.into_iter().chain(other).take(most).collect()
    }

    /// Solves each of some inputs for the NPV of a business being 0 and for its being that of a rival, in one pass over each.
    pub fn new(
        scenario: &ValidScenario,
        (business, basis): (Business, Basis),
        rival: Option<Business>,
        inputs: &[&'static Input],
    ) -> Self {
        Self::with_known(scenario, (business, basis), rival, inputs, &[])
    }

    /// The same with rows that are found already: other tables of the same scenario.
    pub fn with_known(
        scenario: &ValidScenario,
        (business, basis): (Business, Basis),
        rival: Option<Business>,
        inputs: &[&'static Input],
        known: &[Self],
    ) -> Self {
        let asked = Asked::new(Quantity::npv(business), basis);
        let rival = rival.filter(|rival| *rival != business);
        let is_same = |table: &&Self| (table.business, table.rival, table.basis) == (business, rival, basis);
        let known: Vec<&BreakEven> = known.iter().filter(is_same).flat_map(|table| &table.rows).collect();
        let row = |input: &&'static Input| {
            let found = known.iter().find(|row| row.input() == *input);
            found.map_or_else(|| row(scenario, asked, rival, input), |row| Some(BreakEven::clone(row)))
        };
        let mut rows: Vec<BreakEven> = inputs.par_iter().filter_map(row).collect();
        rows.sort_by(|a, b| a.distance().total_cmp(&b.distance()));
        Self { business, rival, basis, rows }
    }

    /// The business with the most NPV among the others.
    pub fn rival_of(scenario: &ValidScenario, business: Business, basis: Basis) -> Option<Business> {
        let worth = |other: Business| {
            let npv = Asked::new(Quantity::of(other, &NPV_USD), basis).value(scenario).ok()?;
            Some((other, npv))
        };
        let others = Business::ALL.into_iter().filter(|other| *other != business).filter_map(worth);
        others.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(other, _)| other)
    }
}

fn row(
    scenario: &ValidScenario,
    asked: Asked,
    rival: Option<Business>,
    input: &'static Input,
) -> Option<BreakEven> {
    let (number, now) = number(scenario, input).ok()?;
    // A rival that the input does not move is worth what it is now.
    let unmoved = rival.filter(|rival| !input.moved_businesses(scenario).any(|one| one == *rival));
    let worth = unmoved.map(|rival| Asked::new(Quantity::npv(rival), asked.basis).value(scenario));
    let moved = |value: f64| scenario.with(input, value).map_err(Missing::NotAllowed);
    // The NPV, and what it is over that of the rival.
    let mut values = Values::new(asked);
    let mut both = |value: f64| -> [Result<f64, Missing>; 2] {
        let at = match moved(value) {
            Ok(at) => at,
            Err(missing) => return [Err(missing.clone()), Err(missing)],
        };
        match rival {
            None => [values.value(at), Err(Missing::Absent(crate::kernel::Absent::NotApplicable))],
            Some(rival) => {
                let [own, other] = match &worth {
                    Some(worth) => [values.value(at), worth.clone()],
                    None => values.beside(at, rival),
                };
                let over = own.clone().and_then(|own| Ok(own - other?));
                [own, over]
            }
        }
    };
    let places = places(number, now);
    let seen: Vec<(f64, [Result<f64, Missing>; 2])> =
        places.iter().map(|&place| (place, both(place))).collect();
    let answered = |asked: Asked, which: usize| {
        let seen: Vec<_> = seen.iter().map(|(place, both)| (*place, both[which].clone())).collect();
        let question = Question { input, asked, target: 0.0, now, number };
        let mut values = Values::new(asked);
        question.answered(&seen, |value| values.value(moved(value).ok()?).ok())
    };
    let level = rival.map(|rival| answered(Asked { quantity: asked.quantity.less(rival), ..asked }, 1));
    Some(BreakEven { zero: answered(asked, 0), level })
}
