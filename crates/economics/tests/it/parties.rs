//! Customers who fail and works that are late, over many paths: closed forms, common draws and figures.

use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue::{self, DefaultSet};
use wattfolio_economics::kernel::{Absent, Basis, Line};
use wattfolio_economics::number::within;
use wattfolio_economics::results::compare_on;
use wattfolio_economics::risk::{
    BusinessRisk, Driver, PathRow, RISK_FIGURES, RiskValue, Simulation, Simulator, ToTheEnd,
};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

const BASIS: Basis = Basis::ProjectBeforeTax;

fn with(changes: &[(&str, &str)]) -> Scenario {
    let mut scenario = DefaultSet::UNNAMED.scenario();
    catalogue::assign_all(&mut scenario, changes.iter().copied()).expect("valid inputs");
    scenario
}

/// Markets follow the plan.
const NO_VOLATILITY: [(&str, &str); 7] = [
    ("risk.bitcoin.volatility", "0"),
    ("risk.bitcoin.long_volatility", "0"),
    ("risk.bitcoin.jumps_per_year", "0"),
    ("risk.network.volatility", "0"),
    ("risk.rental.volatility", "0"),
    ("risk.rental.trend_sd", "0"),
    ("risk.power.volatility", "0"),
];

/// Inputs of customers and works.
const PARTIES: [(&str, &str); 16] = [
    ("hosting.default_hazard_per_year", "0.03"),
    ("hosting.wrong_way", "1"),
    ("hosting.termination_months", "6"),
    ("leasing.default_hazard_per_year", "0.05"),
    ("leasing.wrong_way", "1"),
    ("leasing.termination_months", "6"),
    ("mining.delay_mean_months", "1"),
    ("mining.delay_sd_months", "1"),
    ("mining.overrun_sd", "0.05"),
    ("hosting.delay_mean_months", "4"),
    ("hosting.delay_sd_months", "4"),
    ("hosting.overrun_sd", "0.1"),
    ("leasing.delay_mean_months", "3"),
    ("leasing.delay_sd_months", "4"),
    ("leasing.overrun_sd", "0.1"),
    ("risk.reserve_months", "3"),
];

fn valid(scenario: &Scenario) -> ValidScenario {
    scenario.validate().expect("valid")
}

fn simulate(scenario: &Scenario) -> Simulation {
    Simulator::new(2).unwrap().run(&valid(scenario), BASIS, &ToTheEnd).unwrap()
}

fn rows(scenario: &Scenario) -> Vec<PathRow> {
    Simulator::new(2).unwrap().rows(&valid(scenario), BASIS, 0..scenario.risk.paths as usize)
}

fn of(simulation: &Simulation, business: Business) -> &BusinessRisk {
    simulation.business(business).unwrap()
}

fn default_months(scenario: &Scenario, business: Business) -> Vec<Option<usize>> {
    rows(scenario).iter().map(|row| row.results[business].unwrap().default_month).collect()
}

#[test]
fn gpu_customers_default_at_their_hazard_and_none_outside_of_the_contract() {
    let mut scenario = with(&NO_VOLATILITY);
    scenario.risk.paths = 40_000;
    (scenario.leasing.default_hazard_per_year, scenario.leasing.wrong_way) = (0.2, 0.0);
    let months = default_months(&scenario, Business::Leasing);
    let (live, n) = (12, months.len() as f64);
    for by in [1, 6, 24, 60] {
        let expected = 1.0 - (-0.2 * f64::from(by) / 12.0).exp();
        let found = months.iter().filter(|month| month.is_some_and(|t| t <= live + by as usize)).count();
        let error = (expected * (1.0 - expected) / n).sqrt();
        assert!((found as f64 / n - expected).abs() < 5.0 * error, "{by}: {found} {expected}");
    }
    assert!(months.iter().flatten().all(|month| (live + 1..=live + 60).contains(month)));
}

#[test]
fn a_raised_hazard_defaults_with_the_sum_of_what_the_months_add() {
    // Without volatility the contract at $3.00 meets a rental that falls by 18 % a year from $3.70.
    let mut scenario = with(&NO_VOLATILITY);
    scenario.risk.paths = 40_000;
    (scenario.leasing.default_hazard_per_year, scenario.leasing.wrong_way) = (0.06, 1.5);
    let months = default_months(&scenario, Business::Leasing);
    let hazard: f64 = (13..=72)
        .map(|t: i32| {
            let rental = 3.70 * 0.82_f64.powf((f64::from(t) - 0.5) / 12.0);
            0.06 / 12.0 * within((3.0 / rental).powf(1.5), 1.0, 5.0)
        })
        .sum();
    let expected = 1.0 - (-hazard).exp();
    let found = months.iter().flatten().count() as f64 / 40_000.0;
    let error = (expected * (1.0 - expected) / 40_000.0).sqrt();
    assert!((found - expected).abs() < 5.0 * error, "{found} {expected}");
    assert!(expected > 1.2 * (1.0 - (-0.06_f64 * 5.0).exp()), "the case that is meant");
}

#[test]
fn a_hazard_moves_a_default_and_does_not_draw_it_again() {
    let mut scenario = with(&[("hosting.wrong_way", "1")]);
    scenario.risk.paths = 2000;
    let mut before: Option<Vec<Option<usize>>> = None;
    for hazard in [0.0, 0.02, 0.03, 0.05, 0.2, 1.0] {
        scenario.hosting.default_hazard_per_year = hazard;
        let months = default_months(&scenario, Business::Hosting);
        if let Some(before) = before {
            let earlier = |(now, before): (&Option<usize>, &Option<usize>)| {
                before.is_none_or(|before| now.is_some_and(|now| now <= before))
            };
            assert!(months.iter().zip(&before).all(earlier), "{hazard}");
        }
        before = Some(months);
    }
    // With the rental's volatility more paths see a default, since a low rental raises the hazard and a high one does
    // not lower it.
    scenario.hosting.default_hazard_per_year = 0.03;
    let raised = default_months(&scenario, Business::Hosting).iter().flatten().count();
    scenario.hosting.wrong_way = 0.0;
    let plain = default_months(&scenario, Business::Hosting).iter().flatten().count();
    assert!(raised > plain, "{raised} {plain}");
}

#[test]
fn customers_and_works_leave_the_markets_as_they_were() {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 500;
    let markets = |scenario: &Scenario| rows(scenario).iter().map(|row| row.markets).collect::<Vec<_>>();
    let before = markets(&scenario);
    catalogue::assign_all(&mut scenario, PARTIES).unwrap();
    assert_eq!(markets(&scenario), before);
}

#[test]
fn spreads_without_a_mean_and_terms_without_a_hazard_are_the_plan() {
    let mut scenario = with(&NO_VOLATILITY);
    catalogue::assign_all(&mut scenario, PARTIES).unwrap();
    (scenario.hosting.default_hazard_per_year, scenario.leasing.default_hazard_per_year) = (0.0, 0.0);
    (scenario.mining.delay_mean_months, scenario.mining.overrun_sd) = (0.0, 0.0);
    (scenario.hosting.delay_mean_months, scenario.hosting.overrun_sd) = (0.0, 0.0);
    (scenario.leasing.delay_mean_months, scenario.leasing.overrun_sd) = (0.0, 0.0);
    scenario.risk.paths = 100;
    for basis in Basis::ALL {
        let plan = compare_on(&valid(&scenario), basis);
        let simulation = Simulator::new(1).unwrap().run(&valid(&scenario), basis, &ToTheEnd).unwrap();
        for business in Business::ALL {
            let (plan, risk) = (plan.business(business).unwrap(), of(&simulation, business));
            let size = plan.measures.capex_usd;
            assert!(risk.npv_usd.iter().all(|npv| (npv - plan.measures.npv_usd).abs() <= 1e-9 * size));
            assert_eq!(risk.delay_months, Err(Absent::NotApplicable));
            assert_eq!(risk.customer_defaults, Err(Absent::NotApplicable));
        }
    }
}

#[test]
fn the_delay_and_overrun_of_a_run_have_their_moments() {
    let mut scenario = with(&NO_VOLATILITY);
    catalogue::assign_all(&mut scenario, PARTIES).unwrap();
    (scenario.risk.paths, scenario.leasing.delay_sd_months) = (20_000, 3.0);
    let rows = rows(&scenario);
    for (business, mean, p95) in [
        // Quantiles of the log-normal distribution, rounded: exp(μ + 1.645σ).
        (Business::Mining, 1.0, 3),
        (Business::Hosting, 4.0, 11),
        (Business::Leasing, 3.0, 8),
    ] {
        let mut delays: Vec<usize> =
            rows.iter().map(|row| row.results[business].unwrap().delay_months).collect();
        assert!(delays.chunks(8).all(|block| block.iter().all(|delay| *delay == block[0])));
        let found = delays.iter().sum::<usize>() as f64 / delays.len() as f64;
        assert!((found - mean).abs() < 0.06, "{business:?}: {found}");
        delays.sort_unstable();
        assert_eq!(delays[delays.len() * 95 / 100], p95, "{business:?}");
        let simulation = simulate(&scenario);
        let [said_mean, said_p95] = of(&simulation, business).delay_months.unwrap();
        assert!((said_mean - found).abs() < 1e-9 && said_p95 == p95 as f64, "{said_mean} {said_p95}");
    }
    // Without delays hosting's capex is its works, times a factor of mean 1: what it spends by live.
    (scenario.hosting.delay_mean_months, scenario.hosting.default_hazard_per_year) = (0.0, 0.0);
    scenario.hosting.end_value = wattfolio_economics::business::hosting::EndValue::Works;
    let plan = compare_on(&valid(&scenario), BASIS);
    let plan = plan.business(Business::Hosting).unwrap();
    let simulation = simulate(&scenario);
    let risk = of(&simulation, Business::Hosting);
    let size = plan.measures.capex_usd;
    assert!((risk.npv.mean.value - plan.measures.npv_usd).abs() < 5.0 * risk.npv.mean.standard_error);
    // The works spread the NPV by their present value less what they are worth at the end.
    let per_dollar: f64 = (0..12).map(|t| 1.12_f64.powf(-f64::from(t) / 12.0) / 12.0).sum();
    let back = 0.5 * (1.0 - 108.0 / 240.0) * 1.12_f64.powf(-10.0);
    let sd = (0.01_f64.exp() - 1.0).sqrt() * (per_dollar - back) * size;
    assert!((risk.npv.standard_deviation / sd - 1.0).abs() < 0.03, "{}", risk.npv.standard_deviation / sd);
}

#[test]
fn late_paths_are_the_same_for_any_number_of_threads_and_paths_and_whatever_is_kept() {
    let mut scenario = with(&PARTIES);
    scenario.risk.paths = 1003;
    scenario.horizon_months = 60;
    let run = |scenario: &Scenario, threads| {
        let mut simulator = Simulator::new(threads).unwrap();
        let valid = valid(scenario);
        let first = simulator.run(&valid, Basis::EquityAfterTax, &ToTheEnd).unwrap();
        // The second run caches its markets, the third reads them.
        for _ in 0..2 {
            assert!(simulator.run(&valid, Basis::EquityAfterTax, &ToTheEnd).unwrap() == first);
        }
        first
    };
    let alone = run(&scenario, 1);
    assert!(run(&scenario, 3) == alone);
    let rows = Simulator::new(2).unwrap().rows(&valid(&scenario), Basis::EquityAfterTax, 5..900);
    for business in Business::ALL {
        let npv = &of(&alone, business).npv_usd;
        assert!(rows.iter().zip(&npv[5..]).all(|(row, npv)| row.results[business].unwrap().npv_usd == *npv));
    }
    // Enough for several blocks of months.
    scenario.risk.paths = 30_001;
    let many = simulate_on(&scenario, Basis::EquityAfterTax);
    for business in Business::ALL {
        assert_eq!(of(&many, business).npv_usd[..1003], of(&alone, business).npv_usd);
    }
}

fn simulate_on(scenario: &Scenario, basis: Basis) -> Simulation {
    Simulator::new(2).unwrap().run(&valid(scenario), basis, &ToTheEnd).unwrap()
}

#[test]
fn standard_errors_of_late_works_are_those_of_other_seeds() {
    let mut scenario = with(&NO_VOLATILITY);
    scenario.risk.paths = 800;
    // Without other risks the eight paths of a block are equal, so a hundred blocks count as a hundred paths.
    let late = [("hosting.delay_mean_months", "4"), ("hosting.delay_sd_months", "4")];
    // A fee at which a long delay makes a loss.
    let fee = [("hosting.fee_usd_per_kw_month", "126")];
    catalogue::assign_all(&mut scenario, late.into_iter().chain(fee)).unwrap();
    scenario.hosting.default_hazard_per_year = 0.0;
    let simulation = simulate(&scenario);
    let risk = of(&simulation, Business::Hosting);
    let n = 100.0_f64;
    let expected = risk.npv.standard_deviation / n.sqrt();
    assert!((risk.npv.mean.standard_error / expected - 1.0).abs() < 1e-9);
    let loss = risk.loss;
    let by_block = (loss.value * (1.0 - loss.value) / n).sqrt();
    assert!(loss.hits > 0 && (loss.standard_error().unwrap() / by_block - 1.0).abs() < 1e-9);
    // Mining is on time, so each of its paths is a sample.
    let mining = of(&simulation, Business::Mining);
    assert!(mining.npv.mean.standard_error <= mining.npv.standard_deviation / 800_f64.sqrt());
}

#[test]
fn a_reserve_in_months_holds_costs_and_debt_service_of_the_plan() {
    let loan = "Loan(loan_to_cost:0.9,apr:0.09,term_months:45,grace_months:0)";
    let mut scenario = with(&[("leasing.debt", loan), ("risk.cash_reserve_usd", "1000000")]);
    scenario.risk.paths = 500;
    let run =
        |scenario: &Scenario| of(&simulate_on(scenario, Basis::EquityAfterTax), Business::Leasing).clone();
    let without = run(&scenario);
    scenario.risk.reserve_months = 3.0;
    let with_reserve = run(&scenario);
    let plan = compare_on(&valid(&scenario), Basis::EquityAfterTax);
    let plan = plan.business(Business::Leasing).unwrap();
    // Live from month 13, ramp until month 15; nothing is repaid at the end.
    let mean = |line: Line| plan.ledger.line(line)[16..].iter().sum::<f64>() / 105.0;
    let spent =
        -[Line::Power, Line::Opex, Line::Maintenance, Line::Replacement, Line::Interest, Line::Principal]
            .map(mean)
            .iter()
            .sum::<f64>();
    assert_eq!(without.reserve_usd, 1e6);
    assert!((with_reserve.reserve_usd / (1e6 + 3.0 * spent) - 1.0).abs() < 1e-12);
    assert_eq!(with_reserve.lowest_cash_usd, without.lowest_cash_usd);
    let (dry, dry_without) = (with_reserve.runs_dry.hits, without.runs_dry.hits);
    assert!(dry < dry_without && dry > 0, "{dry} {dry_without} {:?}", with_reserve.shortfall_usd);
    let [half, worst] = with_reserve.shortfall_usd.unwrap();
    assert!(0.0 < half && half < worst);
    let deeper = |depth: f64| {
        let reserve = with_reserve.reserve_usd;
        with_reserve.lowest_cash_usd.iter().filter(|lowest| reserve + **lowest < -depth).count() as f64
    };
    let dry = with_reserve.runs_dry.hits as f64;
    assert!((deeper(half) / dry - 0.5).abs() < 0.01 && (deeper(worst) / dry - 0.05).abs() < 0.01);
    scenario.risk.cash_reserve_usd = 1e12;
    assert_eq!(run(&scenario).shortfall_usd, Err(Absent::NeverShort));
}

#[test]
fn what_is_said_of_customers_and_tails_is_counted() {
    let mut scenario = with(&PARTIES);
    scenario.risk.paths = 4000;
    let simulation = simulate(&scenario);
    let rows = rows(&scenario);
    for business in [Business::Hosting, Business::Leasing] {
        let risk = of(&simulation, business);
        let left: Vec<bool> =
            rows.iter().map(|row| row.results[business].unwrap().default_month.is_some()).collect();
        let hits = left.iter().filter(|left| **left).count();
        assert_eq!((risk.customer_defaults.unwrap().hits, hits > 0), (hits, true));
        let lost = left.iter().zip(&risk.npv_usd).filter(|(left, npv)| **left && **npv < 0.0).count();
        let given = risk.loss_given_default.unwrap();
        assert_eq!((given.hits, given.paths), (lost, hits));
        let capex = compare_on(&valid(&scenario), BASIS).business(business).unwrap().measures.capex_usd;
        let per_capex = risk.cvar_per_capex.unwrap();
        assert!((per_capex.value * capex / risk.tail.conditional_value_at_risk.value - 1.0).abs() < 1e-12);
        // Losses are more likely with a default than without.
        assert!(given.value > risk.loss.value, "{business:?}");
    }
    let figure = |id: &str, business| {
        let figure = RISK_FIGURES.iter().find(|figure| figure.id == id).expect("a figure");
        figure.read(of(&simulation, business))
    };
    assert_eq!(figure("customer_defaults", Business::Mining), RiskValue::Absent(Absent::NotApplicable));
    assert!(
        matches!(figure("delay_p95_months", Business::Hosting), RiskValue::Number(months) if months > 8.0)
    );
    // On the owner's basis a dollar of capital is one of equity.
    let equity = simulate_on(&scenario, Basis::EquityAfterTax);
    let plan = compare_on(&valid(&scenario), Basis::EquityAfterTax);
    let peak = plan.business(Business::Leasing).unwrap().measures.service.peak_equity_usd;
    let risk = of(&equity, Business::Leasing);
    let expected = risk.tail.conditional_value_at_risk.value / peak;
    assert!((risk.cvar_per_capex.unwrap().value - expected).abs() < 1e-12 * expected.abs());
}

#[test]
fn customers_and_works_are_drivers_of_a_path() {
    let mut scenario = with(&NO_VOLATILITY);
    catalogue::assign_all(&mut scenario, PARTIES).unwrap();
    (scenario.hosting.delay_mean_months, scenario.hosting.delay_sd_months) = (1.0, 1.0);
    (scenario.leasing.delay_mean_months, scenario.leasing.delay_sd_months) = (1.0, 1.0);
    scenario.risk.paths = 400;
    let rows = rows(&scenario);
    let plan = compare_on(&valid(&scenario), BASIS);
    let at = |driver: Driver| Driver::ALL.iter().position(|other| *other == driver).unwrap();
    for business in [Business::Hosting, Business::Leasing] {
        let planned = plan.business(business).unwrap().measures.npv_usd;
        let result = |row: &PathRow| row.results[business].unwrap();
        let only_left = |row: &PathRow| result(row).default_month.is_some() && result(row).delay_months == 0;
        let path = rows.iter().position(only_left).expect("such a path");
        let story = Simulator::new(1).unwrap().stories(&valid(&scenario), BASIS, &[path]).remove(0);
        let single = story.businesses[business].as_ref().unwrap();
        assert_eq!((single.default_month, single.delay_months), (result(&rows[path]).default_month, 0));
        let gain = |driver| single.gain_without_usd[at(driver)];
        assert!(gain(Driver::Customer) > 0.0, "{business:?}");
        assert_eq!([Driver::Bitcoin, Driver::Rental].map(gain), [0.0; 2]);
        // Cash is linear in an overrun that no tax touches: without it and the default the path is the plan.
        let both = single.npv_usd + gain(Driver::Customer) + gain(Driver::Works);
        assert!((both - planned).abs() < 1e-9 * plan.business(business).unwrap().measures.capex_usd);
    }
    // Works alone.
    let late = rows.iter().position(|row| row.results[Business::Mining].unwrap().delay_months > 1).unwrap();
    let story = Simulator::new(1).unwrap().stories(&valid(&scenario), BASIS, &[late]).remove(0);
    let single = story.businesses[Business::Mining].as_ref().unwrap();
    let planned = plan.business(Business::Mining).unwrap().measures.npv_usd;
    assert!((single.npv_usd + single.gain_without_usd[at(Driver::Works)] - planned).abs() < 1e-3);
    assert!(single.delay_months > 1);
}
