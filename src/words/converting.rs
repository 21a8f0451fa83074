//! Where a miner would convert the site and where not, in words.

use wattfolio_economics::answers::{Converting, RootKind, Stays};
use wattfolio_economics::business::Business;
use wattfolio_economics::units::Unit;

use super::sensitivity::{input_value, solution, stays};
use crate::format;

/// A hashprice in three figures with unit.
pub fn hashprice(usd_per_ph_day: f64) -> String {
    format::short(usd_per_ph_day, Unit::UsdPerPhDay)
}

/// The hashprice of the bitcoin price that is nearest to today's, of those at which converting adds nothing.
pub fn nearest_hashprice(converting: &Converting) -> Option<f64> {
    let nearest = converting.stays.nearest()?;
    let index = converting.stays.roots.iter().position(|root| *root == nearest)?;
    converting.hashprices.get(index).copied()
}

/// The side of the one solution on which a miner goes on; `None` where there is none, several, or one that only touches.
pub fn keeps_mining(converting: &Converting) -> Option<&'static str> {
    let [root] = converting.stays.roots[..] else { return None };
    let adds = *converting.stays.result_now.as_ref().ok()?;
    if root.kind == RootKind::Touches || root.value == converting.stays.now || adds == 0.0 {
        return None;
    }
    // Today converting adds something or takes it; beyond the solution it is the other way round.
    let is_above = (adds > 0.0) == (root.value > converting.stays.now);
    Some(if is_above { "above" } else { "below" })
}

/// What a miner does, as the finding of a table: `Above $61.2/PH/day a miner does not convert to hosting`.
pub fn finding(all: &[Converting]) -> String {
    let decided = all.iter().find_map(|one| Some((one, keeps_mining(one)?, nearest_hashprice(one)?)));
    if let Some((one, side, at)) = decided {
        let side = super::capitalised(side);
        return format!("{side} {} a miner does not convert to {}", hashprice(at), one.to.word());
    }
    match all.first().and_then(|one| one.stays.stays.as_ref()) {
        Some(Stays::Above) => "Converting pays at any bitcoin price",
        Some(Stays::Below) => "Converting pays at no bitcoin price",
        _ => "What converting the site adds to going on",
    }
    .to_owned()
}

/// The hashprice at which a miner would not convert, in a sentence.
pub fn sentence(converting: &Converting) -> String {
    let (to, miner) = (converting.to.word(), Business::OF_NETWORK.word());
    let now = format!("now {}", hashprice(converting.hashprice_now));
    if converting.hashprices.is_empty() {
        return format!(
            "Converting to {to} adds to going on with {miner} what it takes away at no hashprice: {}; {now}",
            stays(&converting.stays)
        );
    }
    let place = |(root, at): (&wattfolio_economics::answers::Root, &f64)| {
        format!("{} (bitcoin {})", hashprice(*at), input_value(root.value, converting.stays.input))
    };
    let places: Vec<String> = converting.stays.roots.iter().zip(&converting.hashprices).map(place).collect();
    let side = keeps_mining(converting)
        .map(|side| format!("; {side} it a miner does not convert"))
        .unwrap_or_default();
    format!(
        "Converting to {to} adds nothing to going on with {miner} at a hashprice of {}, {now}{side}",
        super::join(&places)
    )
}

/// Both sentences: the price with mining's NPV, and the hashprice.
pub fn sentences(converting: &Converting) -> Vec<String> {
    converting.level.as_ref().map(solution).into_iter().chain([sentence(converting)]).collect()
}
