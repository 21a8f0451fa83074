//! Single paths with chosen draws, month by month, against flows written out by hand.
//!
//! The only random numbers are those drawn once per path, and the tests choose them.

mod gpu_customers;
mod tenants;
mod works;

use super::path_draw::Draws;
use super::simulated::{Running, Simulated, left_in};
use crate::business::Business;
use crate::business::hosting;
use crate::business::leasing::{self, ColocationPower, Fleet, Placement};
use crate::catalogue::DefaultSet;
use crate::kernel::{Basis, Levels, Market, Variant, Venture};
use crate::results::evaluation::financing;
use crate::scenario::{Scenario, Trajectory};

/// The draws of a path.
#[derive(Clone, Copy, Default)]
pub(super) struct Chosen {
    /// `−ln U` of the customers of the first terms; those that follow stay.
    pub patience: [f64; 8],
    /// Cost overrun of the works, as a share of the planned cost.
    pub overrun: f64,
    /// Delay of the works, months.
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
    let planned = P::compile(&valid, Variant::default()).expect("evaluated");
    let mut levels = Market::compile(&valid).deterministic();
    let planned_financing = financing(&planned, &levels, &valid.finance, business.debt(&valid));
    let plan = P::compile(&valid, Variant::late(chosen.delay_months)).expect("evaluated");
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

/// The first set of defaults: its markets and contracts are easily written out by hand.
pub(super) fn plain() -> Scenario {
    DefaultSet::UNNAMED.scenario()
}

/// Fails unless every flow is as written out.
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
    let mut scenario = Scenario { horizon_months: 20, ..plain() };
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

/// Ten GPUs in a free hall: $10 of hardware in month 0, live from month 2; 60 % at $3 for a year, the rest half let at $2.
fn cards() -> Scenario {
    let mut scenario = Scenario { horizon_months: 24, ..plain() };
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
/// Monthly revenue of the contract, of the market beside it, and of the market without it.
const CONTRACT: f64 = HOURS * 0.6 * 3.0;
const REST: f64 = HOURS * 0.4 * 0.5 * 2.0;
const MERCHANT: f64 = HOURS * 0.5 * 2.0;

fn card_flows(scenario: &Scenario, chosen: Chosen, change: impl Fn(usize, &mut Levels<f64>)) -> Vec<f64> {
    flows::<leasing::Plan>(Business::Leasing, scenario, (BEFORE_TAX, chosen), change)
}
