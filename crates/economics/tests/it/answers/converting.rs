//! The prices at which a miner would not convert, put back in.

use wattfolio_economics::answers::{Asked, Quantity, Stays, converting, solve};
use wattfolio_economics::finance;
use wattfolio_economics::prelude::*;
use wattfolio_economics::results::going_on;

use crate::support::plans::CHANGES;

const BASIS: Basis = Basis::ProjectBeforeTax;

/// NPV of a business, and of going on with the fleet at the rate of that business, USD.
fn both(scenario: &ValidScenario, to: Business) -> (f64, f64) {
    let comparison = compare(scenario);
    let of = comparison.business(to).unwrap();
    let (_, on) = going_on(scenario, BASIS).unwrap();
    let flows = &on.business(Business::Mining).unwrap().flows.net;
    let monthly = finance::monthly_rate(of.measures.discount_rate);
    (of.measures.npv_usd, finance::npv(monthly, flows))
}

#[test]
fn at_the_hashprice_at_which_a_miner_stays_both_are_worth_the_same() {
    let mut found = 0;
    for (name, change) in CHANGES {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        let scenario = scenario.validate().unwrap();
        let bitcoin = &scenario.bitcoin;
        for one in converting(&scenario, BASIS) {
            assert_eq!(one.stays.roots.is_empty(), one.stays.stays.is_some(), "{name}");
            assert_eq!(one.stays.roots.len(), one.hashprices.len(), "{name}");
            for (root, hashprice) in one.stays.roots.iter().zip(&one.hashprices) {
                let level = scenario.with(one.stays.input, root.value).unwrap();
                let (to, on) = both(&level, one.to);
                assert!((to - on).abs() <= 1e-6 * to.abs().max(on.abs()), "{name} {:?}: {to} {on}", one.to);
                // 144·(S + F)·P / (1000·H), all of month 0.
                let network = compare(&level).network;
                let reward = network.subsidy_btc[0] + network.fees_btc[0];
                let by_hand = 144.0 * reward * root.value / (1000.0 * bitcoin.network_hashrate_eh_s.value);
                assert!((hashprice / by_hand - 1.0).abs() < 1e-12, "{name}: {hashprice} {by_hand}");
                found += 1;
            }
        }
    }
    assert!(found > 20, "{found}");
}

#[test]
fn the_hashprice_of_the_default_is_that_of_its_own_figures() {
    let scenario = Scenario::default().validate().unwrap();
    let hosting = &converting(&scenario, BASIS)[0];
    assert_eq!(hosting.to, Business::Hosting);
    // 3.125 BTC of subsidy and 0.027 of fees a block, 964 EH/s, bitcoin at $84,700.
    let now = 144.0 * (3.125 + 0.027) * 84_700.0 / 964_000.0;
    assert!((hosting.hashprice_now / now - 1.0).abs() < 1e-12, "{}", hosting.hashprice_now);
    let root = hosting.stays.nearest().unwrap().value;
    assert!((hosting.hashprices[0] / (now * root / 84_700.0) - 1.0).abs() < 1e-12);
}

#[test]
fn with_the_indifference_price_a_business_has_only_the_npv_of_mining() {
    let scenario = Scenario::default().validate().unwrap();
    let all = converting(&scenario, BASIS);
    let inputs: Vec<&str> = all.iter().map(|one| one.level.as_ref().unwrap().input.id).collect();
    assert_eq!(inputs, ["hosting.fee_usd_per_kw_month", "leasing.rental_usd_per_gpu_hour"]);
    let hosting = all[0].level.as_ref().unwrap();
    let level = scenario.with(hosting.input, hosting.nearest().unwrap().value).unwrap();
    let npv = |business| compare(&level).business(business).unwrap().measures.npv_usd;
    let (a, b) = (npv(Business::Hosting), npv(Business::Mining));
    assert!((a - b).abs() <= 1e-6 * a.abs().max(b.abs()), "{a} {b}");
}

#[test]
fn each_is_the_solution_of_the_same_question_alone() {
    for basis in Basis::ALL {
        let scenario = Scenario::default().validate().unwrap();
        for one in converting(&scenario, basis) {
            let asked = |text: String| Asked::new(Quantity::parse(&text).unwrap(), basis);
            let adds = asked(format!("{}-going_on.npv_usd", one.to.id()));
            assert_eq!(one.stays, solve(&scenario, adds, one.stays.input, 0.0).unwrap());
            let over = asked(format!("{}-mining.npv_usd", one.to.id()));
            let level = one.level.as_ref().unwrap();
            assert_eq!(*level, solve(&scenario, over, level.input, 0.0).unwrap());
        }
    }
}

#[test]
fn where_no_price_keeps_a_miner_or_moves_one_it_says_why() {
    let hosting = |change: fn(&mut Scenario)| {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        converting(&scenario.validate().unwrap(), BASIS).remove(0).stays
    };
    let free = hosting(|scenario| scenario.hosting.fee_usd_per_kw_month.value = 0.0);
    assert_eq!((free.roots.len(), free.stays), (0, Some(Stays::Below)));
    let dear = hosting(|scenario| {
        scenario.hosting.fee_usd_per_kw_month.value = 5000.0;
        scenario.mining.machine.hashrate_th_s = 1.0;
    });
    assert_eq!(dear.stays, Some(Stays::Above));
    let late = hosting(|scenario| scenario.hosting.queue_months = 200);
    assert!(matches!(late.stays, Some(Stays::Missing(_))), "{:?}", late.stays);
}
