//! What capital of a mine costs.

use crate::kernel::CapitalCost;

pub(super) const CAPITAL_COSTS: &[CapitalCost] = &[CapitalCost {
    name: "Own machines",
    rate: 0.15,
    why: "machines at 11–14 %, equity from 20 %; loans against coins 7.75–9 %. 15–20 %",
}];
