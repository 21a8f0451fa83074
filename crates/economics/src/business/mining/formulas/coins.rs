//! What a coin costs, and the payback counted in coins.

use crate::explain::capital;
use crate::explain::case::Case;
use crate::explain::derivation::Derivation;
use crate::explain::expr::{Expr, operand, step};
use crate::explain::operand::Source;
use crate::explain::payback::{PLAIN, Paid, Which};
use crate::kernel::{Line, MarketSeries};
use crate::units::Unit;

/// A dollar amount of the ledger that is spread over the coins mined.
fn per_coin(case: &Case<'_>, cost: Expr) -> Expr {
    cost / case.over_the_plan("Bitcoin mined", Line::BtcMined)
}

/// Payments in a month counted in coins: coins mined less dollars at the month's price.
fn coin_flow(case: &Case<'_>, t: usize) -> Expr {
    let dollars = case.line(Line::DemandResponse, t)
        + case.line(Line::Power, t)
        + case.line(Line::Opex, t)
        + case.line(Line::CapexWorks, t)
        + case.line(Line::CapexHardware, t);
    let price = case.market(MarketSeries::BtcPrice, t);
    let coins = operand(
        Line::BtcMined.label(),
        case.value(Line::BtcMined, t),
        Unit::Btc,
        Source::Line(Line::BtcMined, t),
    );
    coins + dollars / price
}

/// Power per coin.
pub(in crate::business::mining) fn power_cost_per_btc(case: &Case<'_>) -> Expr {
    per_coin(case, step("Electricity", Unit::Usd, power_paid(case)))
}

/// Power and opex per coin.
pub(in crate::business::mining) fn cash_cost_per_btc(case: &Case<'_>) -> Expr {
    per_coin(case, cash_costs(case))
}

/// Power, opex and capex less resale per coin.
pub(in crate::business::mining) fn all_in_cost_per_btc(case: &Case<'_>) -> Expr {
    let end = case.horizon();
    let coins = case.line(Line::TreasuryValue, end);
    let resale = step("Resale", Unit::Usd, case.line(Line::EndProceeds, end) - coins);
    let capex = step("Own capex", Unit::Usd, capital::capex(case));
    let costs = cash_costs(case) + capex - resale;
    per_coin(case, step("All costs less resale", Unit::Usd, costs))
}

/// The crossing of the payments counted in coins.
pub(in crate::business::mining) fn payback_in_coins(case: &Case<'_>) -> Derivation {
    let flows = (0..=case.horizon()).map(|t| coin_flow(case, t).evaluate()).collect();
    let name = "Coins less costs in coins of the month";
    let paid = Paid { flows, rounding: PLAIN, unit: Unit::Btc, flow: Line::BtcMined, name };
    paid.derivation(Which::First)
}

/// Power over the plan, positive.
fn power_paid(case: &Case<'_>) -> Expr {
    -case.over_the_plan("Electricity", Line::Power)
}

/// Power and opex over the plan, positive.
fn cash_costs(case: &Case<'_>) -> Expr {
    let costs = power_paid(case) - case.over_the_plan("Opex", Line::Opex);
    step("Electricity and opex", Unit::Usd, costs)
}
