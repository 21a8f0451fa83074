//! GPU customers who leave.

use super::{
    CONTRACT, HOURS, MERCHANT, REST, assert_flows, card_flows, cards, patience, two_terms, unchanged,
};
use crate::kernel::Levels;

#[test]
fn a_gpu_customer_leaves_in_its_first_term() {
    // It pays one and a half times the market, so its hazard is 0.075 a month: the third month is the last.
    let found = card_flows(&cards(), patience(0.2), unchanged);
    let mut expected = vec![-10.0, 0.0, CONTRACT + REST, CONTRACT + REST, MERCHANT + 4.0 * CONTRACT];
    expected.extend([MERCHANT; 20]);
    assert_flows(&found, &expected);
    // In the last month but one two months are left to be paid, and the term would have ended in month 13.
    let found = card_flows(&cards(), patience(0.8), unchanged);
    assert_flows(&found[11..15], &[CONTRACT + REST, MERCHANT + 2.0 * CONTRACT, MERCHANT, MERCHANT]);
    // Nobody leaves after the term.
    let found = card_flows(&cards(), patience(0.91), unchanged);
    assert_flows(&found[12..15], &[CONTRACT + REST, CONTRACT + REST, MERCHANT]);
}

#[test]
fn a_gpu_customer_leaves_in_a_later_term() {
    // Half of the contract is let again for five months at 90 % of the market of month 14, and a quarter of it from month 19.
    let mut scenario = cards();
    let leasing = &mut scenario.leasing;
    (leasing.recontract_share, leasing.recontract_discount, leasing.recontract_months) = (0.5, 0.1, 5);
    // The market falls from $2 to $1.20 in month 16.
    let falls = |t: usize, level: &mut Levels<f64>| {
        level.rental_usd_per_gpu_hour = if t < 16 { 2.0 } else { 1.2 };
    };
    let month = |contracted: f64, rental: f64, market: f64| {
        HOURS * (contracted * rental + (1.0 - contracted) * 0.5 * market)
    };
    // In months 14 and 15 the contract is below the market: hazard 0.05; then it pays one and a half times the market:
    // 0.075. The patience of 0.2 is used up in month 17, when two months are left of four due.
    let chosen = two_terms(f64::INFINITY, 0.2);
    let found = card_flows(&scenario, chosen, falls);
    assert_flows(&found[12..14], &[CONTRACT + REST, CONTRACT + REST]);
    let expected = [
        month(0.3, 1.8, 2.0),
        month(0.3, 1.8, 2.0),
        month(0.3, 1.8, 1.2),
        month(0.0, 0.0, 1.2) + 2.0 * HOURS * 0.3 * 1.8,
        month(0.0, 0.0, 1.2),
        // The next term is let as planned, at 90 % of the market of its first month.
        month(0.15, 1.08, 1.2),
        month(0.15, 1.08, 1.2),
    ];
    assert_flows(&found[14..21], &expected);
    // A default in the first term does not prevent the second, whose customer draws anew.
    let both = two_terms(0.2, 0.01);
    let found = card_flows(&scenario, both, falls);
    assert_flows(&found[12..16], &[MERCHANT, MERCHANT, MERCHANT + 4.0 * HOURS * 0.3 * 1.8, MERCHANT]);
}

#[test]
fn a_gpu_customer_compares_its_contract_with_the_local_market() {
    let mut scenario = cards();
    let leasing = &mut scenario.leasing;
    // A GPU-hour earns $2.40 here and $2 elsewhere throughout: a hazard of 0.0625 a month.
    (leasing.local_premium, leasing.local_premium_half_life_months) = (0.2, 600.0);
    let premium = |t: i32| 1.0 + 0.2 * (-(f64::from(t) - 0.5) / 600.0).exp2();
    let worn: f64 = (2..=4).map(|t| 0.05 * 3.0 / (2.0 * premium(t))).sum();
    for (patience_left, is_there) in [(1e-9, true), (-1e-9, false)] {
        let found = card_flows(&scenario, patience(worn + patience_left), unchanged);
        let market = HOURS * 0.5 * 2.0 * premium(4);
        let expected = if is_there { CONTRACT + 0.4 * market } else { market + 4.0 * CONTRACT };
        assert_flows(&found[4..5], &[expected]);
    }
}

#[test]
fn a_gpu_customer_leaves_what_it_prepaid() {
    let mut scenario = cards();
    scenario.leasing.prepaid_share = 0.25;
    let found = card_flows(&scenario, patience(0.2), unchanged);
    let mut expected = vec![-10.0, 3.0 * CONTRACT, 0.75 * CONTRACT + REST, 0.75 * CONTRACT + REST];
    expected.push(MERCHANT + 4.0 * CONTRACT);
    expected.extend([MERCHANT; 20]);
    assert_flows(&found, &expected);
    // A customer who has paid for everything owes nothing, and cannot fail.
    scenario.leasing.prepaid_share = 1.0;
    let found = card_flows(&scenario, patience(1e-9), unchanged);
    assert_flows(&found[1..4], &[12.0 * CONTRACT, REST, REST]);
}

#[test]
fn a_gpu_customer_s_hazard_is_raised_fivefold_at_most() {
    // The market at a tenth of the contract; a hazard of 0.25 a month.
    let glut = |_: usize, level: &mut Levels<f64>| level.rental_usd_per_gpu_hour = 0.3;
    let found = card_flows(&cards(), patience(0.49), glut);
    let market = |share: f64| HOURS * share * 0.5 * 0.3;
    assert_flows(&found[2..5], &[CONTRACT + market(0.4), market(1.0) + 4.0 * CONTRACT, market(1.0)]);
    // Without a contract no customer can leave.
    let mut scenario = cards();
    scenario.leasing.contract_share = 0.0;
    assert_flows(&card_flows(&scenario, patience(1e-9), unchanged)[2..5], &[MERCHANT; 3]);
}
