//! What decides a site: when new machines pay, which business leads, where the next one draws level, and on what that depends.

use super::asked::Asked;
use super::break_evens::BreakEvens;
use super::quantity::Quantity;
use super::solve::{Solved, solve};
use super::tornado::{Bar, Tornado};
use crate::business::Business;
use crate::catalogue::{bitcoin, find, site};
use crate::input::Input;
use crate::kernel::Basis;
use crate::scenario::ValidScenario;

/// Inputs that are solved for where the runner-up draws level.
const SOLVED: usize = 8;

/// What decides a site, and where it tips.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Overview {
    /// When new machines pay: by the power price and by the bitcoin price; `None` without mining.
    pub miner: Option<Tipping>,
    /// The business with the most NPV; `None` if none is evaluated.
    pub leader: Option<Business>,
    /// The next one; `None` if no other is evaluated.
    pub rival: Option<Business>,
    /// Break-evens of the leader beside the next one, in the inputs that decide between them; empty without a next one.
    pub break_evens: Vec<BreakEvens>,
    /// Where the next one is worth what the leader is: in the price of what the leader sells, or where no such price makes
    /// them so, in the input in which that is nearest.
    pub level: Option<Solved>,
    /// The first bar of the tornado of the leader's NPV over the next one's, or of its NPV if it is alone; empty without any.
    pub decides: Vec<(Asked, Bar)>,
}

/// A business and the values at which it earns just its capital.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tipping {
    /// Its NPV now, USD.
    pub npv_usd: f64,
    /// The solutions, by input.
    pub solved: Vec<Solved>,
}

impl Overview {
    /// What decides a site.
    pub fn new(scenario: &ValidScenario, basis: Basis) -> Self {
        let asked = |business| Asked::new(Quantity::npv(business), basis);
        let mut ranked: Vec<(Business, f64)> = Business::ALL
            .into_iter()
            .filter_map(|business| Some((business, asked(business).value(scenario).ok()?)))
            .collect();
        let miner = ranked.iter().find(|(business, _)| *business == Business::OF_NETWORK);
        let miner = miner.map(|&(business, npv_usd)| Tipping {
            npv_usd,
            solved: markets().filter_map(|input| solve(scenario, asked(business), input, 0.0).ok()).collect(),
        });
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut best = ranked.into_iter().map(|(business, _)| business);
        let (leader, rival) = (best.next(), best.next());
        let tornado = leader.map(|leader| {
            let alone = Quantity::npv(leader);
            let quantity = rival.map_or(alone, |rival| alone.less(rival));
            Tornado::new(scenario, Asked::new(quantity, basis))
        });
        let table = leader.zip(rival).zip(tornado.as_ref()).map(|((leader, rival), tornado)| {
            let inputs = BreakEvens::deciding(scenario, tornado, SOLVED);
            BreakEvens::new(scenario, (leader, basis), Some(rival), &inputs)
        });
        let level = table.as_ref().and_then(|table| level(scenario, table, basis));
        let first = |tornado: Tornado| tornado.bars.into_iter().next().map(|bar| (tornado.asked, bar));
        let decides = tornado.and_then(first).into_iter().collect();
        Self { miner, leader, rival, break_evens: table.into_iter().collect(), level, decides }
    }
}

/// Where the rival of a table draws level.
fn level(scenario: &ValidScenario, table: &BreakEvens, basis: Basis) -> Option<Solved> {
    let levels = || table.rows.iter().filter_map(|row| row.level.as_ref());
    let of_price = || -> Option<Solved> {
        let input = find(table.business.sold_at()?)?;
        if let Some(known) = levels().find(|level| level.input == input) {
            return Some(known.clone());
        }
        let over = Asked::new(Quantity::npv(table.business).less(table.rival?), basis);
        solve(scenario, over, input, 0.0).ok()
    };
    let nearest = || levels().min_by(|a, b| a.distance().total_cmp(&b.distance())).cloned();
    of_price().filter(|price| price.nearest().is_some()).or_else(nearest)
}

/// The inputs whose prices a miner pays and is paid.
fn markets() -> impl Iterator<Item = &'static Input> {
    let ids = [site::POWER_PRICE_USD_PER_KWH.id, bitcoin::PRICE_USD.id];
    ids.into_iter().filter_map(find)
}
