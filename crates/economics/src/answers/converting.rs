//! Where going on with mining is worth what another use of its site is: indifference prices of §8.

use std::sync::Arc;

use rayon::prelude::*;

use super::asked::{Asked, Missing, difference, flows, flows_of_going_on, npv};
use super::parts::Parts;
use super::places::places;
use super::quantity::{Quantity, Subtracted};
use super::solve::{Question, Solved, number, solve};
use crate::business::Business;
use crate::catalogue;
use crate::kernel::{Basis, Levels};
use crate::results::measure::NPV_USD;
use crate::scenario::ValidScenario;

/// The use to which a mining site may be converted, and the prices at which that adds nothing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Converting {
    /// What the site is converted to.
    pub to: Business,
    /// Price of what it sells, e.g. the hosting fee, at which it has only the NPV of mining with new machines; `None` if it
    /// names no price.
    pub level: Option<Solved>,
    /// Bitcoin prices at which converting adds nothing to going on with the fleet that is there: the NPV of the difference of
    /// the flows, at the rate of the new use, is 0.
    pub stays: Solved,
    /// Hashprice of month 0 at today's bitcoin price and at each of those, USD per PH/s and day, with the network of month 0:
    /// no price moves that one.
    pub hashprice_now: f64,
    /// See [`hashprice_now`](Self::hashprice_now); in the order of the roots.
    pub hashprices: Vec<f64>,
}

/// Where mining is level with each other business of a scenario.
///
/// ```
/// # use wattfolio_economics::answers::{Asked, Quantity, converting};
/// # use wattfolio_economics::prelude::*;
/// let scenario = Scenario::default().validate()?;
/// let hosting = &converting(&scenario, Basis::ProjectBeforeTax)[0];
/// assert_eq!(hosting.to, Business::Hosting);
/// // Below this hashprice a miner converts to hosting.
/// assert!(hosting.hashprices[0] > hosting.hashprice_now);
/// let level = scenario.with(hosting.stays.input, hosting.stays.roots[0].value)?;
/// let adds = Asked::new(Quantity::parse("hosting-going_on.npv_usd").unwrap(), Basis::ProjectBeforeTax);
/// assert!(adds.value(&level).unwrap().abs() < 1.0);
/// # Ok::<(), Faults>(())
/// ```
pub fn converting(scenario: &ValidScenario, basis: Basis) -> Vec<Converting> {
    let Some(price) = catalogue::find(catalogue::bitcoin::PRICE_USD.id) else { return Vec::new() };
    let Ok((kind, now)) = number(scenario, price) else { return Vec::new() };
    let (mut today, unmoved) = (Parts::default(), Arc::new(scenario.clone()));
    let (site, _) = today.of(&unmoved, Business::OF_NETWORK, basis);
    let start = site.levels.first().map(Levels::hashprice_usd_per_ph_day);
    let Some(hashprice_now) = start else { return Vec::new() };
    let uses: Vec<Business> =
        Business::ALL.into_iter().filter(|business| *business != Business::OF_NETWORK).collect();
    let asked = |to| {
        let quantity = Quantity { measure: &NPV_USD, of: to, minus: Some(Subtracted::GoingOn) };
        Asked::new(quantity, basis)
    };
    // What the bitcoin price does not move has the same flows at every one.
    let known: Vec<Option<Result<Vec<f64>, Missing>>> = {
        let moves = |to: Business| price.moved_businesses(scenario).any(|one| one == to);
        uses.iter().map(|to| (!moves(*to)).then(|| flows(&mut today, &unmoved, *to, basis))).collect()
    };
    // What converting to each use adds at a bitcoin price; going on is evaluated once for all.
    let adds = |[new, on]: &mut [Parts; 2], value: f64| -> Vec<Result<f64, Missing>> {
        let moved = match scenario.with(price, value) {
            Ok(moved) => Arc::new(moved),
            Err(faults) => return vec![Err(Missing::NotAllowed(faults)); uses.len()],
        };
        let lost = flows_of_going_on(on, &moved, basis);
        let of = |(to, known): (&Business, &Option<Result<Vec<f64>, Missing>>)| {
            let flows = match known {
                Some(flows) => flows.clone(),
                None => flows(new, &moved, *to, basis),
            };
            Ok(npv(&difference(&flows?, lost.as_ref().map_err(Clone::clone)?), to.discount_rate(scenario)))
        };
        uses.iter().zip(&known).map(of).collect()
    };
    let seen: Vec<(f64, Vec<Result<f64, Missing>>)> = places(kind, now)
        .par_iter()
        .map_init(<[Parts; 2]>::default, |parts, &place| (place, adds(parts, place)))
        .collect();
    let found = |(index, to): (usize, &Business)| {
        let seen: Vec<_> = seen.iter().map(|(place, all)| (*place, all[index].clone())).collect();
        let question = Question { input: price, asked: asked(*to), target: 0.0, now, number: kind };
        let mut parts = <[Parts; 2]>::default();
        let stays = question.answered(&seen, |value| adds(&mut parts, value)[index].clone().ok());
        let level = to.sold_at().and_then(catalogue::find).and_then(|input| {
            let over = Asked::new(Quantity::npv(*to).less(Business::OF_NETWORK), basis);
            solve(scenario, over, input, 0.0).ok()
        });
        // Without an answer of the network in month 0, a hashprice is in proportion to the bitcoin price.
        let hashprices = stays.roots.iter().map(|root| hashprice_now * root.value / now).collect();
        Converting { to: *to, level, stays, hashprice_now, hashprices }
    };
    uses.par_iter().enumerate().map(found).collect()
}
