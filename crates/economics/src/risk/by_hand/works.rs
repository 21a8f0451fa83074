//! Works that are late and cost more than planned.

use super::{
    BEFORE_TAX, Chosen, HALL_AT_TERM_END, MERCHANT, STAYS, assert_flows, card_flows, cards, flows, hall,
    hall_flows, plain, unchanged,
};
use crate::business::hosting::{self, EndValue};
use crate::business::{Business, mining};
use crate::kernel::Basis;
use crate::scenario::{Debt, Depreciation, Scenario, Trajectory};

#[test]
fn late_works_are_spread_and_everything_that_counts_from_live_moves() {
    // $1.2M in two months become $1.44M in five; the term begins in month 6 and ends in month 29.
    let late = Chosen { overrun: 0.2, delay_months: 3, patience: STAYS };
    let mut scenario = hall();
    scenario.hosting.prepaid_months = 2;
    let found = hall_flows(&scenario, late, unchanged);
    let mut expected = vec![-288e3, -288e3, -288e3, -288e3, -288e3, 200e3, -10e3, -10e3];
    expected.extend([90e3; 12]);
    expected.push(90e3 + 9.0 * 90e3 + 1.2 * HALL_AT_TERM_END);
    assert_flows(&found, &expected);
    // The customer's share and its credit stay as planned.
    scenario.hosting.prepaid_months = 0;
    (scenario.hosting.customer_capex_share, scenario.hosting.credit_limit) = (0.25, 0.5);
    let found = hall_flows(&scenario, late, unchanged);
    let mut expected = vec![-216e3; 5];
    expected.push(0.0);
    // $300k come back at 50k a month.
    expected.extend([40e3; 6]);
    expected.extend([90e3; 8]);
    expected.push(90e3 + 9.0 * 90e3 + 1.2 * 0.75 * HALL_AT_TERM_END);
    assert_flows(&found, &expected);
    // A hall that goes live at the end of the plan or later has its spending so far, and nothing else: by month 20 of a
    // construction of 60 months, 21 parts.
    let never = Chosen { delay_months: 58, ..late };
    assert_flows(&hall_flows(&scenario, never, unchanged), &[-0.75 * 1.44e6 / 60.0; 21]);
    let at_the_end = Chosen { delay_months: 18, ..late };
    let mut expected = vec![-0.75 * 1.44e6 / 20.0; 20];
    expected.push(0.0);
    assert_flows(&hall_flows(&scenario, at_the_end, unchanged), &expected);
}

#[test]
fn late_works_pay_the_prices_of_their_months_and_late_hardware_those_of_its_own() {
    let mut scenario = hall();
    scenario.hosting.fit_out_usd_per_it_mw = Trajectory::growing(1.2e6, 0.5);
    scenario.hosting.fee_usd_per_kw_month = Trajectory::growing(100.0, 0.5);
    scenario.hosting.end_value = EndValue::Works;
    let late = Chosen { overrun: 0.2, delay_months: 3, patience: STAYS };
    let price = |t: u32| if t == 0 { 1.0 } else { 1.5_f64.powf((f64::from(t) - 0.5) / 12.0) };
    // The fee is that of month 0, in which the lease was signed.
    let spent = |t: u32| 1.2 * 1.2e6 * price(t) / 5.0;
    let mut expected: Vec<f64> = (0..5).map(|t| -spent(t)).collect();
    expected.push(0.0);
    expected.extend([90e3; 15]);
    expected[20] += 0.5 * (0..5).map(spent).sum::<f64>() * (1.0 - 15.0 / 120.0);
    assert_flows(&hall_flows(&scenario, late, unchanged), &expected);
    let mut scenario = cards();
    scenario.leasing.gpu_price_usd = Trajectory::growing(1000.0, -0.5);
    (scenario.leasing.build_months, scenario.leasing.contract_share) = (4, 0.0);
    let found = card_flows(&scenario, late, unchanged);
    assert_flows(&found[..8], &[0.0, 0.0, 0.0, -10e3 * 0.5_f64.powf(2.5 / 12.0), 0.0, 0.0, 0.0, 0.0]);
    assert_flows(&found[8..], &[MERCHANT; 17]);
}

#[test]
fn late_works_move_depreciation_and_the_loan_is_served_as_planned() {
    let mut scenario = hall();
    scenario.hosting.end_value = EndValue::Works;
    scenario.finance.tax_rate = 0.25;
    scenario.finance.bonus_depreciation = 0.0;
    scenario.finance.site_depreciation = Depreciation::StraightLine { months: 30 };
    scenario.hosting.debt = Debt::Loan { loan_to_cost: 0.5, apr: 0.0, term_months: 10, grace_months: 0 };
    let late = Chosen { overrun: 0.2, delay_months: 3, patience: STAYS };
    let found =
        flows::<hosting::Plan>(Business::Hosting, &scenario, (Basis::EquityAfterTax, late), unchanged);
    // Half of the planned cost of months 0 and 1 is drawn; ten payments of 60k follow from month 3 on.
    let mut expected = [
        12e3, 12e3, -288e3, -348e3, -348e3, -60e3, 30e3, 30e3, 30e3, 30e3, 30e3, 30e3, 30e3, 90e3, 90e3,
        90e3, 90e3, 90e3, 90e3, 90e3, 90e3,
    ];
    // 48k a month are deducted from month 6 on: 7 months of 42k until month 12. In month 20 eight more, the resale, and
    // against it what no month has deducted.
    expected[12] -= 0.25 * 7.0 * 42e3;
    let resale = 1.2 * 0.5 * 1.2e6 * (1.0 - 15.0 / 120.0);
    let (income, gain) = (8.0 * 42e3, resale - 15.0 * 48e3);
    assert!(gain < 0.0 && income + gain > 0.0);
    expected[20] += resale - 0.25 * (income + gain);
    assert_flows(&found, &expected);
}

#[test]
fn late_hardware_is_paid_and_ages_as_planned() {
    // Cards paid in month 3 of the plan run from month 7 instead of 5; their warranty ends, and their price falls, as if they
    // had run on time.
    let mut scenario = cards();
    scenario.horizon_months = 20;
    let leasing = &mut scenario.leasing;
    (leasing.gpu_price_usd.value, leasing.resale_share, leasing.life_months) = (1000.0, 0.25, 20);
    (leasing.build_months, leasing.contract_share, leasing.warranty_months) = (4, 0.0, 5);
    (leasing.replacement_per_year, leasing.maintenance_per_year) = (0.12, 0.24);
    let late = Chosen { delay_months: 2, patience: STAYS, overrun: 0.5 };
    let found = card_flows(&scenario, late, unchanged);
    let mut expected = vec![0.0, 0.0, 0.0, -10e3, 0.0, 0.0, 0.0];
    // $10k of hardware, 2 % of it a month for maintenance; from month 10 = 4 + 5 + 1 on 1 % of what it is worth is replaced.
    let left = |age: f64| 10e3 * 0.25_f64.powf(age / 20.0);
    for t in 7..=20 {
        let age = f64::from(t) - 4.5;
        let replaced = if age < 5.0 { 0.0 } else { 0.01 * left(age) };
        expected.push(MERCHANT - 200.0 - replaced);
    }
    expected[20] += left(16.0);
    assert_flows(&found, &expected);
}

#[test]
fn a_late_mine_is_paid_and_ages_as_planned() {
    let mut scenario = Scenario { horizon_months: 12, ..plain() };
    scenario.finance.inflation = 0.0;
    scenario.bitcoin.price_usd = Trajectory::growing(100_000.0, 0.0);
    scenario.bitcoin.network_hashrate_eh_s = Trajectory::growing(1000.0, 0.0);
    scenario.bitcoin.fees_btc_per_block = Trajectory::growing(0.0, 0.0);
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.04, 0.0);
    let mining = &mut scenario.mining;
    (mining.pue, mining.uptime, mining.pool_fee, mining.degradation_per_year) = (1.0, 1.0, 0.0, 0.19);
    (mining.machine.watts, mining.machine.hashrate_th_s) = (4000.0, 200.0);
    mining.machine.price_usd.value = 3000.0;
    (mining.build_months, mining.ramp_months, mining.opex_usd_per_mw_month) = (2, 2, 1000.0);
    (mining.site_capex_usd_per_mw, mining.site_life_years, mining.works_resale_share) = (300e3, 10.0, 0.5);
    (mining.resale_share, mining.life_months) = (0.25, 40);
    scenario.site.capacity_mw = 20.0;
    // 5,000 machines of $15M; works of $6M, a tenth dearer, in four months instead of two.
    let late = Chosen { delay_months: 2, overrun: 0.1, ..Chosen::default() };
    let found = flows::<mining::Plan>(Business::Mining, &scenario, (BEFORE_TAX, late), unchanged);
    let mut expected = vec![-1.65e6, -16.65e6, -1.65e6, -1.65e6, 0.0];
    for t in 5..=12 {
        let ramp = if t == 5 { 0.5 } else { 1.0 };
        // An exahash of the thousand of the network, with a wear of 19 % a year since it runs.
        let age = (f64::from(t) - 4.5) / 12.0;
        let coins = 4383.0 * 3.125 * 1.0 * ramp * 0.81_f64.powf(age) / 1000.0;
        let power = 20_000.0 * 730.5 * ramp * 0.04;
        expected.push(coins * 100e3 - power - 20e3);
    }
    // Hardware ten months after it was planned to run, works eight months after they do.
    expected[12] += 15e6 * 0.25_f64.powf(10.0 / 40.0) + 1.1 * 0.5 * 6e6 * (1.0 - 8.0 / 120.0);
    assert_flows(&found, &expected);
}
