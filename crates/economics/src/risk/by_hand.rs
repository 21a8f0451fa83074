//! Single paths with chosen draws, month by month, against flows written out by hand.
//!
//! Nothing is random but what a path draws once, and that is chosen.

use super::path_draw::Draws;
use super::simulated::{Running, Simulated, left_in};
use crate::business::hosting::{self, EndValue};
use crate::business::leasing::{self, ColocationPower, Fleet, Placement};
use crate::business::{Business, mining};
use crate::kernel::{Basis, Levels, Market, Venture};
use crate::results::evaluation::financing;
use crate::scenario::{Debt, Depreciation, Scenario, Trajectory};

/// The draws of a path.
#[derive(Clone, Copy, Default)]
pub(super) struct Chosen {
    /// `−ln U` of the customers of the first terms; those that follow stay.
    pub patience: [f64; 8],
    /// What works cost over the plan, as a share of it.
    pub overrun: f64,
    /// Months by which works are late.
    pub delay_months: usize,
}

/// Every customer stays.
const STAYS: [f64; 8] = [f64::INFINITY; 8];

impl Draws<f64> for Chosen {
    fn patience(&self, term: usize) -> f64 {
        self.patience.get(term).copied().unwrap_or(f64::INFINITY)
    }

    fn overrun(&self, _: f64) -> f64 {
        self.overrun
    }
}

/// Net flows of a path by month, USD, with end proceeds in the last one, and the last month in which a customer left.
/// `change` may change the market of a month.
pub(super) fn path<P: Venture>(
    business: Business,
    scenario: &Scenario,
    (basis, chosen): (Basis, Chosen),
    change: impl Fn(usize, &mut Levels<f64>),
) -> (Vec<f64>, f64) {
    let valid = scenario.validate().expect("a valid scenario");
    let planned = P::compile(&valid, 0).expect("evaluated");
    let mut levels = Market::compile(&valid).deterministic();
    let planned_financing = financing(&planned, &levels, &valid.finance, business.debt(&valid));
    let plan = P::compile(&valid, chosen.delay_months).expect("evaluated");
    let financing = planned_financing.delayed(&valid.finance, plan.capital(), plan.timing());
    levels.iter_mut().enumerate().for_each(|(t, level)| change(t, level));
    let simulated = Simulated::new(&plan, &financing, basis, 0.1);
    let mut run = Running::start(&plan, 0.0);
    let discount = vec![1.0; levels.len()];
    let month = |(t, level): (usize, &Levels<f64>)| {
        simulated.month(t, level, &mut run, &discount, (chosen.overrun, &chosen))
    };
    let flows = levels.iter().enumerate().map(month).collect();
    (flows, left_in::<P, _>(&run))
}

/// The flows of [`path`].
fn flows<P: Venture>(
    business: Business,
    scenario: &Scenario,
    draws: (Basis, Chosen),
    change: impl Fn(usize, &mut Levels<f64>),
) -> Vec<f64> {
    path::<P>(business, scenario, draws, change).0
}

/// Fails unless every flow is what was written out.
fn assert_flows(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    let size = expected.iter().fold(0.0_f64, |most, flow| most.max(flow.abs()));
    for (t, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() <= 1e-9 * size, "month {t}: {found}, not {expected}");
    }
}

const BEFORE_TAX: Basis = Basis::ProjectBeforeTax;

fn unchanged(_: usize, _: &mut Levels<f64>) {}

/// 1,000 kW let at $100 with opex of $10; works of $1.2M over two months; a term of two years from month 3.
fn hall() -> Scenario {
    let mut scenario = Scenario { horizon_months: 20, ..Scenario::default() };
    (scenario.site.capacity_mw, scenario.finance.discount_rate, scenario.finance.inflation) =
        (1.25, 0.0, 0.0);
    let hosting = &mut scenario.hosting;
    (hosting.pue, hosting.fit_out_usd_per_it_mw.value) = (1.25, 1.2e6);
    (hosting.build_months, hosting.ramp_months) = (2, 0);
    (hosting.fee_usd_per_kw_month.value, hosting.fee_escalator) = (100.0, 0.0);
    hosting.opex_usd_per_kw_month = 10.0;
    (hosting.term_months, hosting.vacancy_months) = (24, 3);
    (hosting.site_life_years, hosting.works_resale_share) = (10.0, 0.5);
    // 0.05 a month.
    hosting.default_hazard_per_year = 0.6;
    (hosting.termination_months, hosting.relet_months, hosting.relet_discount) = (3, 4, 0.25);
    scenario
}

fn hall_flows(scenario: &Scenario, chosen: Chosen, change: impl Fn(usize, &mut Levels<f64>)) -> Vec<f64> {
    flows::<hosting::Plan>(Business::Hosting, scenario, (BEFORE_TAX, chosen), change)
}

fn patience(of_first: f64) -> Chosen {
    two_terms(of_first, f64::INFINITY)
}

/// The patience of the customers of the first two terms.
fn two_terms(of_first: f64, of_second: f64) -> Chosen {
    let mut patience = STAYS;
    (patience[0], patience[1]) = (of_first, of_second);
    Chosen { patience, ..Chosen::default() }
}

/// Half of the works' book value after two of ten years.
const HALL_AT_TERM_END: f64 = 0.5 * 1.2e6 * 0.8;

#[test]
fn a_tenant_leaves_before_the_end() {
    // Months 3 to 6 take 0.20 of the patience, month 7 the rest: it pays three fees, and nothing is due until month 11.
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
    // In month 20 the rental is half of its plan, and stays there: 0.85 until month 19, then 0.1 a month: the patience ends
    // in month 23.
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
    // The works alone know no lease.
    scenario.hosting.end_value = EndValue::Works;
    let found = hall_flows(&scenario, patience(1.2), falls);
    let end = 65e3 + 0.5 * 0.5 * 1.2e6 * (1.0 - 18.0 / 120.0);
    assert!((found[20] - end).abs() < 1e-6, "{} {end}", found[20]);
}

#[test]
fn prepaid_months_wear_no_patience_and_what_was_prepaid_is_kept() {
    let mut scenario = hall();
    scenario.hosting.prepaid_months = 5;
    // Five fees in month 2; the patience begins to end in month 8 and is used up in month 10.
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
    // A rental of 0 counts as a fifth; a dear one lowers no hazard.
    scenario.hosting.wrong_way = 0.5;
    let nothing = |_: usize, level: &mut Levels<f64>| level.rental_usd_per_gpu_hour = 0.0;
    let month = 0.05 * 5.0_f64.sqrt();
    assert_eq!(hall_flows(&scenario, patience(3.0 * month + 1e-9), nothing)[5..7], [90e3, 290e3]);
    let dear = |_: usize, level: &mut Levels<f64>| level.rental_usd_per_gpu_hour *= 9.0;
    assert_eq!(hall_flows(&scenario, patience(0.22), dear)[6..8], [90e3, 290e3]);
}

/// Ten GPUs in a free hall: $10 of hardware in month 0, live from month 2; 60 % at $3 for a year, the rest half let at $2.
fn cards() -> Scenario {
    let mut scenario = Scenario { horizon_months: 24, ..Scenario::default() };
    scenario.finance.inflation = 0.0;
    let leasing = &mut scenario.leasing;
    leasing.fleet = Fleet::Count(10);
    leasing.placement = Placement::Colocated {
        fee_usd_per_kw_month: 0.0,
        pue: 1.0,
        deposit_months: 0.0,
        power: ColocationPower::Included,
    };
    (leasing.gpu_price_usd.value, leasing.resale_share) = (1.0, 0.0);
    (leasing.build_months, leasing.ramp_months) = (1, 0);
    (leasing.availability, leasing.utilisation) = (1.0, 0.5);
    leasing.rental_usd_per_gpu_hour = Trajectory::growing(2.0, 0.0);
    (leasing.contract_share, leasing.contract_usd_per_gpu_hour, leasing.contract_months) = (0.6, 3.0, 12);
    (leasing.opex_usd_per_gpu_hour, leasing.maintenance_per_year, leasing.replacement_per_year) =
        (0.0, 0.0, 0.0);
    leasing.idle_when_unprofitable = false;
    // 0.05 a month.
    (leasing.default_hazard_per_year, leasing.wrong_way, leasing.termination_months) = (0.6, 1.0, 4);
    scenario
}

const HOURS: f64 = 10.0 * 730.5;
/// What the contract brings in a month, and the market beside it and without it.
const CONTRACT: f64 = HOURS * 0.6 * 3.0;
const REST: f64 = HOURS * 0.4 * 0.5 * 2.0;
const MERCHANT: f64 = HOURS * 0.5 * 2.0;

fn card_flows(scenario: &Scenario, chosen: Chosen, change: impl Fn(usize, &mut Levels<f64>)) -> Vec<f64> {
    flows::<leasing::Plan>(Business::Leasing, scenario, (BEFORE_TAX, chosen), change)
}

#[test]
fn a_gpu_customer_leaves_in_its_first_term() {
    // It pays one and a half times the market, which takes 0.075 a month: the third month is the last.
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
    // In months 14 and 15 the contract is below the market and takes 0.05, then it pays one and a half times the market and
    // takes 0.075: the patience of 0.2 is used up in month 17, when two months are left of four that would be due.
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
    // Whoever left in the first term does not keep the second from being let, and it draws anew.
    let both = two_terms(0.2, 0.01);
    let found = card_flows(&scenario, both, falls);
    assert_flows(&found[12..16], &[MERCHANT, MERCHANT, MERCHANT + 4.0 * HOURS * 0.3 * 1.8, MERCHANT]);
}

#[test]
fn a_gpu_customer_compares_its_contract_with_the_local_market() {
    let mut scenario = cards();
    let leasing = &mut scenario.leasing;
    // Here a GPU-hour fetches $2.40 where the world pays $2, and goes on to: 0.0625 a month.
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
    // Who has paid for everything owes nothing, and cannot fail.
    scenario.leasing.prepaid_share = 1.0;
    let found = card_flows(&scenario, patience(1e-9), unchanged);
    assert_flows(&found[1..4], &[12.0 * CONTRACT, REST, REST]);
}

#[test]
fn a_gpu_customer_s_hazard_is_raised_fivefold_at_most() {
    // The market at a tenth of the contract; 0.25 a month.
    let glut = |_: usize, level: &mut Levels<f64>| level.rental_usd_per_gpu_hour = 0.3;
    let found = card_flows(&cards(), patience(0.49), glut);
    let market = |share: f64| HOURS * share * 0.5 * 0.3;
    assert_flows(&found[2..5], &[CONTRACT + market(0.4), market(1.0) + 4.0 * CONTRACT, market(1.0)]);
    // Where nothing is contracted nobody can leave.
    let mut scenario = cards();
    scenario.leasing.contract_share = 0.0;
    assert_flows(&card_flows(&scenario, patience(1e-9), unchanged)[2..5], &[MERCHANT; 3]);
}

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
    // What is live at the end of the plan or later has spent what it has, and nothing else: in month 20 of a construction
    // of 60 months 21 parts.
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
    let mut scenario = Scenario { horizon_months: 12, ..Scenario::default() };
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
