//! Cells that differ from their neighbours in the level of a market alone: their net present values are computed eight at a
//! time, and nothing is compiled for each.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::run::values;
use super::{Row, Sweep};
use crate::answers::parts::Parts;
use crate::answers::several::{Evaluated, Known};
use crate::business::{Business, PerBusiness};
use crate::input::{Input, Kind};
use crate::risk::{NoThreads, Scalable, ScaledPlans, Scales, Unfinished};
use crate::scenario::ValidScenario;

/// Fewest cells that follow each other in one market for this to pay.
const FEWEST: usize = 8;

/// A sweep whose neighbouring cells differ in the level of markets alone.
///
/// Whether a sweep is one follows from its inputs and not from the cells that are asked for: parts have the figures of the
/// whole. They agree with single comparisons but for rounding.
pub(super) struct Scaled<'a> {
    sweep: &'a Sweep,
    /// By input: the market that it scales, and its value in the base.
    markets: Vec<Option<(Scalable, f64)>>,
    plans: ScaledPlans,
}

impl<'a> Scaled<'a> {
    /// `None` for a sweep that needs more of a cell, or whose last axis is no level of a market.
    pub(super) fn of(sweep: &'a Sweep) -> Result<Option<Self>, NoThreads> {
        if sweep.is_simulated() || !sweep.several.needs_only_npv_before_tax() {
            return Ok(None);
        }
        let markets: Vec<_> = sweep.inputs.iter().map(|input| market(input, &sweep.base)).collect();
        let do_follow = match sweep.axes().last() {
            Some(last) => markets.last().is_some_and(Option::is_some) && last.count() >= FEWEST,
            None => markets.iter().all(Option::is_some),
        };
        Ok(if do_follow { Some(Self { sweep, markets, plans: ScaledPlans::new()? }) } else { None })
    }

    /// Some of the cells, in order.
    pub(super) fn rows(&mut self, cells: Range<u64>) -> Result<Vec<Row>, Unfinished> {
        let places: Vec<Vec<f64>> = cells.clone().map(|cell| self.sweep.place(cell)).collect();
        let is_alike = |one: &Vec<f64>, other: &Vec<f64>| {
            self.markets.iter().zip(one.iter().zip(other)).all(|(market, (a, b))| market.is_some() || a == b)
        };
        let lengths: Vec<usize> = places.chunk_by(is_alike).map(<[_]>::len).collect();
        let (mut rows, mut places) = (Vec::with_capacity(places.len()), places.into_iter());
        let mut first = cells.start;
        for length in lengths {
            rows.extend(self.neighbours(first, places.by_ref().take(length).collect())?);
            first += length as u64;
        }
        Ok(rows)
    }

    /// Cells that follow each other, alike in all but the level of markets.
    fn neighbours(&mut self, first: u64, places: Vec<Vec<f64>>) -> Result<Vec<Row>, Unfinished> {
        let sweep = self.sweep;
        // Where the rest is not allowed, no cell is.
        let Ok(scenario) = sweep.at(&self.at_base(&places[0])) else {
            return Ok(sweep.planned(first..first + places.len() as u64));
        };
        let are_allowed: Vec<bool> = places.iter().map(|place| self.is_allowed(place)).collect();
        let moved = self.moved(&scenario);
        let npvs = self.plans.npv_usd(&scenario, &self.scales(&places, &are_allowed), &moved)?;
        let fixed = self.fixed(&scenario, &moved);
        let row = |(index, place): (usize, Vec<f64>)| {
            let cell = first + index as u64;
            if !are_allowed[index] {
                let fault = sweep.at(&place).err();
                return Row { cell, place, values: vec![None; sweep.columns.len()], fault };
            }
            let known = PerBusiness::new(|business| match npvs[business].get(index) {
                Some(npv) => Some(Known::npv(*npv)),
                None => fixed[business].clone(),
            });
            let values = values(&sweep.columns, &sweep.several, &scenario, &known);
            Row { cell, place, values, fault: None }
        };
        let rows = places.into_par_iter().enumerate().map(row).collect();
        self.plans.give_back(npvs);
        Ok(rows)
    }

    /// A place with every market as in the base.
    fn at_base(&self, place: &[f64]) -> Vec<f64> {
        let bases = self.markets.iter().map(|market| market.map(|(_, base)| base));
        place.iter().zip(bases).map(|(value, base)| base.unwrap_or(*value)).collect()
    }

    /// Whether every value of a cell is in its range. A level of a market contradicts no other input.
    fn is_allowed(&self, place: &[f64]) -> bool {
        let is_allowed =
            |input: &Input, value: f64| matches!(&input.kind, Kind::Number(number) if number.allows(value));
        self.sweep.inputs.iter().zip(place).all(|(input, value)| is_allowed(input, *value))
    }

    /// The factors on the markets; 1 for a cell that is not allowed.
    fn scales(&self, places: &[Vec<f64>], are_allowed: &[bool]) -> Scales {
        let mut scales = Scales::new(places.len());
        for (index, market) in self.markets.iter().enumerate() {
            let Some((market, base)) = market else { continue };
            let cells = places.iter().zip(are_allowed);
            scales.set(
                *market,
                cells.map(|(place, is_allowed)| if *is_allowed { place[index] / base } else { 1.0 }),
            );
        }
        scales
    }

    /// The businesses that a market moves.
    fn moved(&self, scenario: &ValidScenario) -> PerBusiness<bool> {
        let inputs = self.sweep.inputs.iter().zip(&self.markets).filter(|(_, market)| market.is_some());
        let mut moved = PerBusiness::new(|_| false);
        for business in inputs.flat_map(|(input, _)| input.moved_businesses(scenario)) {
            moved[business] = self.sweep.several.needs(business);
        }
        moved
    }

    /// What is known of the others, and of those without a plan.
    fn fixed(&self, scenario: &ValidScenario, moved: &PerBusiness<bool>) -> PerBusiness<Evaluated> {
        let mut known = PerBusiness::new(|_| None);
        let is_fixed = PerBusiness::new(|business: Business| !moved[business]);
        let scenario = Arc::new(scenario.clone());
        self.sweep.several.evaluate(&scenario, &mut Parts::default(), is_fixed, &mut known);
        known
    }
}

/// The market that an input scales, and its value in a scenario. Points of its path have limits of their own, which cells
/// would have to be checked for.
fn market(input: &Input, base: &ValidScenario) -> Option<(Scalable, f64)> {
    let Kind::Number(number) = &input.kind else { return None };
    let path = (number.trajectory.as_ref()?.get)(base);
    let market = Scalable::of(input.market?, base)?;
    (path.points.is_empty() && path.value > 0.0).then_some((market, path.value))
}
