//! Hosting tenants who leave.

use super::{HALL_AT_TERM_END, assert_flows, hall, hall_flows, patience, two_terms, unchanged};
use crate::business::hosting::EndValue;
use crate::kernel::Levels;

#[test]
fn a_tenant_leaves_before_the_end() {
    // Months 3 to 6 use 0.20 of the patience, month 7 the rest: it pays three fees, and nothing is due until month 11.
    let found = hall_flows(&hall(), patience(0.22), unchanged);
    let mut expected = vec![-600e3, -600e3, 0.0, 90e3, 90e3, 90e3, 90e3, 290e3, -10e3, -10e3, -10e3];
    expected.extend([65e3; 9]);
    // Six months of the term follow at the relet fee.
    expected.push(65e3 + 6.0 * 65e3 + HALL_AT_TERM_END);
    assert_flows(&found, &expected);
}

#[test]
fn a_hall_may_still_be_empty_at_the_end_and_a_term_has_little_left() {
    let mut scenario = hall();
    scenario.hosting.relet_months = 7;
    // It leaves in month 17 = 3 + 14 and the hall is empty to month 23; months 24 to 26 are let again.
    let found = hall_flows(&scenario, patience(0.72), unchanged);
    assert_eq!(found[16..20], [90e3, 290e3, -10e3, -10e3]);
    let end = -10e3 - 6.0 * 10e3 + 3.0 * 75e3 + HALL_AT_TERM_END;
    assert!((found[20] - end).abs() < 1e-6, "{} {end}", found[20]);
    // A default pays for no more months than are left, and the relet fee does not outlast the term.
    (scenario.horizon_months, scenario.hosting.relet_months) = (32, 0);
    let found = hall_flows(&scenario, patience(1.12), unchanged);
    // Month 25 = 3 + 22 is the last but one: two fees, and the relet fee from that month on; then three months empty.
    assert_eq!(found[24..=30], [90e3, 2.0 * 100e3 + 65e3, 65e3, -10e3, -10e3, -10e3, 90e3]);
    // The next tenant has a patience of its own, and its default does not move the end value, which counts no renewal.
    let again = two_terms(1.12, 0.04);
    let found = hall_flows(&scenario, again, unchanged);
    assert_eq!(found[29..=31], [-10e3, 300e3 + 65e3, 65e3]);
}

#[test]
fn a_credit_ends_with_its_tenant() {
    let mut scenario = hall();
    (scenario.hosting.customer_capex_share, scenario.hosting.credit_limit) = (0.25, 0.5);
    let found = hall_flows(&scenario, patience(0.22), unchanged);
    assert_eq!(found[..9], [-450e3, -450e3, 0.0, 40e3, 40e3, 40e3, 40e3, 290e3, -10e3]);
    // Of $300k that the tenant funded, 100k are left and lapse; a quarter of the works is not the owner's.
    let end = 65e3 + 6.0 * 65e3 + 0.75 * HALL_AT_TERM_END;
    assert!((found[20] - end).abs() < 1e-6, "{} {end}", found[20]);
}

#[test]
fn a_tenant_leaves_after_the_end_with_the_market_of_the_end() {
    let mut scenario = hall();
    scenario.hosting.wrong_way = 1.0;
    // From month 20 on the rental is half of its plan: hazards of 0.85 until month 19, then 0.1 a month. The patience
    // ends in month 23.
    let falls = |t: usize, level: &mut Levels<f64>| {
        level.rental_usd_per_gpu_hour *= if t == 20 { 0.5 } else { 1.0 };
    };
    let found = hall_flows(&scenario, patience(1.2), falls);
    let mut expected = vec![-600e3, -600e3, 0.0];
    expected.extend([90e3; 17]);
    // Months 21 and 22, three fees in month 23, and four months of opex alone to the end of the term in month 26.
    expected.push(90e3 + 2.0 * 90e3 + 300e3 - 4.0 * 10e3 + HALL_AT_TERM_END);
    assert_flows(&found, &expected);
    // A shorter vacancy lets the last two months again; the credit of the tenant lasts until it leaves.
    scenario.hosting.relet_months = 2;
    (scenario.hosting.customer_capex_share, scenario.hosting.credit_limit) = (0.5, 0.25);
    let found = hall_flows(&scenario, patience(1.2), falls);
    // The tenant funded $600k, of which 25k a month come back: 18 months until T, two after it.
    assert_eq!(found[19], 65e3);
    let end = 65e3 + 2.0 * 65e3 + 300e3 - 2.0 * 10e3 + 2.0 * 65e3 + 0.5 * HALL_AT_TERM_END;
    assert!((found[20] - end).abs() < 1e-6, "{} {end}", found[20]);
    // The end value of the works alone ignores the lease.
    scenario.hosting.end_value = EndValue::Works;
    let found = hall_flows(&scenario, patience(1.2), falls);
    let end = 65e3 + 0.5 * 0.5 * 1.2e6 * (1.0 - 18.0 / 120.0);
    assert!((found[20] - end).abs() < 1e-6, "{} {end}", found[20]);
}

#[test]
fn prepaid_months_wear_no_patience_and_what_was_prepaid_is_kept() {
    let mut scenario = hall();
    scenario.hosting.prepaid_months = 5;
    // Five fees in month 2; the hazard begins in month 8 and uses up the patience in month 10.
    let found = hall_flows(&scenario, patience(0.12), unchanged);
    let mut expected = vec![-600e3, -600e3, 500e3, -10e3, -10e3, -10e3, -10e3, -10e3, 90e3, 90e3, 290e3];
    expected.extend([-10e3, -10e3, -10e3]);
    expected.extend([65e3; 6]);
    expected.push(65e3 + 6.0 * 65e3 + HALL_AT_TERM_END);
    assert_flows(&found, &expected);
}

#[test]
fn a_hazard_is_raised_fivefold_at_most() {
    let mut scenario = hall();
    scenario.hosting.wrong_way = 2.0;
    // At a third of the planned rental the hazard would be ninefold: 0.25 a month instead of 0.05.
    let cheap = |_: usize, level: &mut Levels<f64>| level.rental_usd_per_gpu_hour /= 3.0;
    let found = hall_flows(&scenario, patience(0.74), cheap);
    assert_eq!(found[3..7], [90e3, 90e3, 290e3, -10e3]);
    let found = hall_flows(&scenario, patience(0.76), cheap);
    assert_eq!(found[3..7], [90e3, 90e3, 90e3, 290e3]);
    // A rental of 0 counts as a fifth; a high one does not lower the hazard.
    scenario.hosting.wrong_way = 0.5;
    let nothing = |_: usize, level: &mut Levels<f64>| level.rental_usd_per_gpu_hour = 0.0;
    let month = 0.05 * 5.0_f64.sqrt();
    assert_eq!(hall_flows(&scenario, patience(3.0 * month + 1e-9), nothing)[5..7], [90e3, 290e3]);
    let dear = |_: usize, level: &mut Levels<f64>| level.rental_usd_per_gpu_hour *= 9.0;
    assert_eq!(hall_flows(&scenario, patience(0.22), dear)[6..8], [90e3, 290e3]);
}
