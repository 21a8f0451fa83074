//! Economic identities that the kernel must keep, whatever its formulas.

use wattfolio_economics::business::Business;
use wattfolio_economics::business::hosting::{EndValue, HostingPower};
use wattfolio_economics::business::leasing::{ColocationPower, Placement};
use wattfolio_economics::kernel::Line;
use wattfolio_economics::results::{Evaluation, Readouts, compare};
use wattfolio_economics::scenario::{PowerContract, Scenario, Trajectory};
use wattfolio_economics::units::DAYS_PER_MONTH;

use crate::bases::plain;

fn evaluate(scenario: &Scenario, business: Business) -> Evaluation {
    let comparison = compare(&scenario.validate().expect("the scenario is valid"));
    comparison.business(business).expect("the business exists").clone()
}

fn assert_close(a: f64, b: f64, what: &str) {
    assert!((a - b).abs() <= 1e-9 * a.abs().max(b.abs()), "{what}: {a} against {b}");
}

/// A lease with a credit and a prepayment, and a landlord who pays for power at a level price.
fn entangled_lease() -> Scenario {
    let mut scenario = Scenario::default();
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.045, 0.0);
    let hosting = &mut scenario.hosting;
    hosting.power = HostingPower::Landlord;
    (hosting.customer_capex_share, hosting.prepaid_months) = (0.4, 24);
    scenario
}

#[test]
fn the_horizon_does_not_decide_what_a_running_lease_is_worth() {
    // Live in month 13 for 180 months: the plan may end in any of them, credit or prepayment open or not.
    for base in [Scenario::default(), entangled_lease()] {
        let worth = |horizon_months| {
            let scenario = Scenario { horizon_months, ..base.clone() };
            evaluate(&scenario, Business::Hosting).measures.npv_usd
        };
        for horizon in [13, 14, 20, 36, 37, 60, 119, 180, 191] {
            assert_close(worth(horizon), worth(192), &format!("a plan of {horizon} months"));
        }
    }
}

#[test]
fn the_levelised_fee_is_the_level_fee_at_which_nothing_is_gained() {
    let mut scenario = Scenario::default();
    scenario.hosting.end_value = EndValue::Works;
    scenario.hosting.fee_escalator = 0.0;
    scenario.hosting.occupancy = 0.9;
    let Readouts::Hosting(readouts) = evaluate(&scenario, Business::Hosting).readouts else {
        panic!("hosting")
    };
    scenario.hosting.fee_usd_per_kw_month = readouts.levelised_usd_per_kw_month.expect("it is let").into();
    let measures = evaluate(&scenario, Business::Hosting).measures;
    assert!(measures.npv_usd.abs() < 1e-9 * measures.capex_usd, "{}", measures.npv_usd);
}

#[test]
fn the_levelised_rental_is_what_must_be_left_after_the_share_of_a_marketplace() {
    let mut scenario = Scenario::default();
    let leasing = &mut scenario.leasing;
    leasing.placement = Placement::Colocated {
        fee_usd_per_kw_month: 170.0,
        pue: 1.3,
        deposit_months: 3.0,
        power: ColocationPower::PassThrough,
    };
    (leasing.contract_share, leasing.idle_when_unprofitable) = (0.0, false);
    leasing.rental_usd_per_gpu_hour = Trajectory::growing(3.70, 0.0);
    for share in [0.0, 0.2] {
        scenario.leasing.revenue_share = share;
        let Readouts::Leasing(readouts) = evaluate(&scenario, Business::Leasing).readouts else {
            panic!("leasing")
        };
        let needed = readouts.break_even_rental_factor.expect("there is one") * 3.70;
        let levelised = readouts.levelised_usd_per_gpu_hour.expect("hours are sold");
        assert_close(needed * (1.0 - share), levelised, "rental at which nothing is gained");
    }
}

#[test]
fn a_prepayment_moves_money_and_makes_none() {
    let profit = |prepaid_months, prepaid_share| {
        let mut scenario = Scenario::default();
        scenario.hosting.prepaid_months = prepaid_months;
        scenario.leasing.prepaid_share = prepaid_share;
        let profit = |business| evaluate(&scenario, business).measures.profit_usd;
        (profit(Business::Hosting), profit(Business::Leasing))
    };
    let ((hosting, leasing), (hosting_prepaid, leasing_prepaid)) = (profit(0, 0.0), profit(24, 0.5));
    assert_close(hosting, hosting_prepaid, "hosting");
    assert_close(leasing, leasing_prepaid, "leasing");
}

#[test]
fn what_a_customer_funds_is_credited_in_full_and_no_more() {
    let profit = |share| {
        let mut scenario = Scenario::default();
        scenario.hosting.end_value = EndValue::Works;
        scenario.hosting.works_resale_share = 0.0;
        scenario.hosting.customer_capex_share = share;
        evaluate(&scenario, Business::Hosting).measures.profit_usd
    };
    assert_close(profit(0.0), profit(0.3), "profit");
}

#[test]
fn a_month_of_mining_earns_its_hashprice() {
    let scenario = Scenario::default();
    let comparison = compare(&scenario.validate().expect("the defaults are valid"));
    let mining = comparison.business(Business::Mining).expect("mining exists");
    for t in [6, 12, 19, 60, 120] {
        let fleet_ph_s = mining.ledger.line(Line::FleetHashrate)[t] * 1000.0;
        // The fleet adds to the network, and so lowers everybody's revenue.
        let network_ph_s = comparison.network.network_hashrate_eh_s[t] * 1000.0;
        let thinned = network_ph_s / (network_ph_s + fleet_ph_s);
        let hashprice = comparison.network.hashprice_usd_ph_day[t] * thinned;
        let expected = fleet_ph_s * hashprice * DAYS_PER_MONTH * (1.0 - scenario.mining.pool_fee);
        if mining.ledger.line(Line::Idle)[t] == 0.0 {
            assert_close(mining.ledger.line(Line::Revenue)[t], expected, &format!("month {t}"));
        }
    }
}

#[test]
fn with_all_coins_sold_a_lower_price_of_bitcoin_never_helps() {
    for (curtailment, sigma, demand_response) in
        [(false, 0.0, 0.0), (true, 0.0, 0.0), (true, 0.8, 0.0), (true, 0.8, 9_000.0), (true, 0.0, 9_000.0)]
    {
        let mut scenario = plain();
        scenario.power.curtailment = curtailment;
        scenario.power.contract = PowerContract::Wholesale { hourly_sigma: sigma };
        scenario.power.demand_response_usd_per_mw_month = demand_response;
        let mut last = f64::INFINITY;
        for price in [200e3, 120e3, 90e3, 70e3, 55e3, 40e3, 20e3, 5e3, 1.0] {
            scenario.bitcoin.price_usd = Trajectory::growing(price, 0.05);
            let worth = evaluate(&scenario, Business::Mining).measures.npv_usd;
            assert!(worth <= last, "{price}: {worth} after {last}");
            last = worth;
        }
    }
}
