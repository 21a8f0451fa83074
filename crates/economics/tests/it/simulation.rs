//! The simulation of a scenario: zero volatility, moments, seeds and small steps of an input.

use wattfolio_economics::business::Business;
use wattfolio_economics::business::mining::Treasury;
use wattfolio_economics::catalogue;
use wattfolio_economics::kernel::{Absent, Basis, Line};
use wattfolio_economics::results::compare_on;
use wattfolio_economics::risk::{Control, PROBABILITIES, Simulation, Simulator, ToTheEnd, Unfinished};
use wattfolio_economics::scenario::{Debt, Scenario};

use crate::bases::{plain, without_chance};

fn simulate(scenario: &Scenario, basis: Basis) -> Simulation {
    let valid = scenario.validate().unwrap();
    Simulator::new(2).unwrap().run(&valid, basis, &ToTheEnd).unwrap()
}

/// The scenario without chance, with few paths.
fn certain(scenario: Scenario) -> Scenario {
    let mut scenario = without_chance(scenario);
    scenario.risk.paths = 100;
    scenario
}

/// Scenarios that use every part of the kernel.
fn scenarios() -> Vec<Scenario> {
    let set = |changes: &[(&str, &str)]| {
        let mut scenario = Scenario::default();
        for (id, value) in changes {
            catalogue::find(id).unwrap().write(&mut scenario, value).unwrap();
        }
        scenario
    };
    let loan = "Loan(loan_to_cost:0.6,apr:0.09,term_months:150,grace_months:3)";
    let sized = "SizedToDscr(dscr:1.5,apr:0.08,term_months:60)";
    vec![
        Scenario::default(),
        set(&[
            ("power.contract", "Wholesale(hourly_sigma:0.6)"),
            ("power.curtailment", "true"),
            ("power.demand_response_usd_per_mw_month", "4000"),
            ("mining.debt", loan),
            ("hosting.debt", sized),
            ("leasing.debt", sized),
        ]),
        set(&[
            ("mining.treasury", "SellToCoverCosts"),
            ("mining.resale_hashprice_elasticity", "0.8"),
            ("bitcoin.response_elasticity", "0.47"),
            ("bitcoin.response_lag_months", "12"),
            ("bitcoin.price_usd", "130000"),
            ("coupling.power_elasticity", "0.2"),
            ("coupling.rental_elasticity", "0.1"),
            ("hosting.customer_capex_share", "0.7"),
            ("hosting.power", "Landlord"),
            ("hosting.prepaid_months", "6"),
            ("hosting.term_months", "60"),
            ("leasing.prepaid_share", "0.3"),
        ]),
        set(&[
            (
                "leasing.placement",
                "Colocated(fee_usd_per_kw_month:150,pue:1.3,deposit_months:3,power:PassThrough)",
            ),
            ("hosting.build_months", "120"),
            ("leasing.debt", loan),
            ("mining.treasury", "Hold(share:0.5)"),
        ]),
        // Months in which the lender gives or takes all.
        set(&[
            ("finance.tax_rate", "0"),
            ("mining.debt", "Loan(loan_to_cost:1,apr:0.09,term_months:36,grace_months:6)"),
            ("hosting.debt", "SizedToDscr(dscr:1,apr:0.08,term_months:48)"),
            ("leasing.debt", "SizedToDscr(dscr:1,apr:0.08,term_months:48)"),
        ]),
    ]
}

#[test]
fn without_volatility_every_path_is_the_deterministic_plan() {
    for scenario in scenarios().into_iter().map(certain) {
        for basis in Basis::ALL {
            let comparison = compare_on(&scenario.validate().unwrap(), basis);
            let simulation = simulate(&scenario, basis);
            for business in Business::ALL {
                let (Ok(plan), Ok(risk)) = (comparison.business(business), simulation.business(business))
                else {
                    assert_eq!(comparison.business(business).err(), simulation.business(business).err());
                    continue;
                };
                let cumulative = plan.ledger.line(Line::Cumulative);
                let size = cumulative.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
                let close = |what: &str, a: f64, b: f64| {
                    assert!((a - b).abs() <= 1e-9 * size, "{business:?} {basis:?} {what}: {a} {b}");
                };
                let last = cumulative.len() - 1;
                for (index, fan) in risk.fan.iter().enumerate() {
                    for t in 0..last {
                        close(&format!("month {t}"), fan[t], cumulative[t]);
                    }
                    close("end", fan[last], cumulative[last] - plan.flows.beyond_payback);
                    close("end with proceeds", risk.end_quantiles[index], cumulative[last]);
                }
                assert!(risk.npv_usd.iter().all(|npv| (npv - plan.measures.npv_usd).abs() <= 1e-9 * size));
                // Sums that are 0 except for rounding may fall on either side.
                if cumulative[last].abs() > 1e-9 * size {
                    let is_lost = f64::from(u8::from(cumulative[last] < 0.0));
                    assert_eq!(risk.capital_not_returned.value, is_lost, "{business:?} {basis:?}");
                }
                let first = risk.payback.as_ref().map(|paybacks| paybacks.months[0]);
                match (plan.measures.payback_months, first) {
                    (Ok(planned), Ok(months)) => {
                        assert!((months - planned).abs() < 1e-6, "{business:?}");
                    }
                    (Err(Absent::NoCapex), absent) => assert_eq!(absent, Err(&Absent::NoCapex)),
                    (Err(_), first) => assert_eq!(first, Ok(f64::INFINITY), "{business:?}"),
                    (Ok(_), Err(reason)) => panic!("{business:?}: {reason}"),
                }
            }
        }
    }
}

#[test]
fn the_means_of_linear_businesses_are_those_of_the_plan() {
    // Without idling, defaults and clamps cash is linear in the markets, whose multipliers have mean 1.
    let mut scenario = plain();
    scenario.risk.paths = 40_000;
    scenario.hosting.default_hazard_per_year = 0.0;
    scenario.mining.idle_when_unprofitable = false;
    scenario.leasing.idle_when_unprofitable = false;
    // Mining's coins depend on the network as 1/H; without its volatility they do not.
    scenario.risk.network.volatility = 0.0;
    let comparison = compare_on(&scenario.validate().unwrap(), Basis::ProjectBeforeTax);
    let simulation = simulate(&scenario, Basis::ProjectBeforeTax);
    for business in Business::ALL {
        let plan = comparison.business(business).unwrap().measures.npv_usd;
        let mean = simulation.business(business).unwrap().npv.mean;
        let size = comparison.business(business).unwrap().measures.capex_usd;
        let allowed = 4.0 * mean.standard_error + 1e-9 * size;
        assert!((mean.value - plan).abs() <= allowed, "{business:?}: {} {plan} ± {allowed}", mean.value);
    }
}

#[test]
fn a_customer_s_default_costs_what_its_probability_says() {
    // Everything else is certain; one month of operation, so that the expected fee is (1 − p)·fee.
    let mut scenario = certain(plain());
    scenario.risk.paths = 40_000;
    (scenario.hosting.build_months, scenario.hosting.ramp_months, scenario.horizon_months) = (0, 0, 1);
    scenario.hosting.end_value = wattfolio_economics::business::hosting::EndValue::Works;
    scenario.hosting.default_hazard_per_year = 2.0;
    let plan = compare_on(&scenario.validate().unwrap(), Basis::ProjectBeforeTax);
    let simulation = simulate(&scenario, Basis::ProjectBeforeTax);
    let fee = plan.business(Business::Hosting).unwrap().ledger.line(Line::Fees)[1];
    let (plan, risk) =
        (plan.business(Business::Hosting).unwrap(), simulation.business(Business::Hosting).unwrap());
    let lost = (plan.measures.npv_usd - risk.npv.mean.value) * 1.12_f64.powf(1.0 / 12.0);
    let probability = 1.0 - (-2.0_f64 / 12.0).exp();
    assert!((lost / fee - probability).abs() < 0.008, "{} {probability}", lost / fee);
}

#[test]
fn the_same_seed_gives_the_same_bits_for_any_number_of_threads() {
    let mut scenario = scenarios().swap_remove(1);
    scenario.risk.paths = 3000;
    let valid = scenario.validate().unwrap();
    let run =
        |threads| Simulator::new(threads).unwrap().run(&valid, Basis::EquityAfterTax, &ToTheEnd).unwrap();
    let alone = run(1);
    assert!(run(2) == alone && run(5) == alone);
    scenario.risk.seed += 1;
    let other = simulate(&scenario, Basis::EquityAfterTax);
    assert_ne!(
        other.business(Business::Mining).unwrap().npv.quantiles,
        alone.business(Business::Mining).unwrap().npv.quantiles
    );
}

#[test]
fn quantiles_follow_a_slider_without_jitter() {
    let curve = |base: &Scenario, id: &str, from: f64, to: f64, business| -> Vec<[f64; 3]> {
        let mut simulator = Simulator::new(2).unwrap();
        let at = |step: i32| {
            let mut scenario = base.clone();
            scenario.risk.paths = 2000;
            let value = from + (to - from) * f64::from(step) / 100.0;
            catalogue::find(id).unwrap().write_number(&mut scenario, value).unwrap();
            let valid = scenario.validate().unwrap();
            let simulation = simulator.run(&valid, Basis::ProjectBeforeTax, &ToTheEnd).unwrap();
            [0, 2, 4].map(|index| simulation.business(business).unwrap().npv.quantiles[index])
        };
        (0..=100).map(at).collect()
    };
    for base in [plain(), Scenario::default()] {
        // Dearer power harms a miner in every path, a higher rental helps a lessor: every quantile must move, at every
        // one of a hundred small steps.
        let falling = curve(&base, "power.price_usd_per_kwh", 0.03, 0.06, Business::Mining);
        let rising = curve(&base, "leasing.rental_usd_per_gpu_hour", 3.0, 5.0, Business::Leasing);
        for index in 0..3 {
            assert!(
                falling.windows(2).all(|pair| pair[1][index] <= pair[0][index]),
                "{}",
                PROBABILITIES[index * 2]
            );
            assert!(rising.windows(2).all(|pair| pair[1][index] > pair[0][index]));
            // If no customer leaves, no step is much larger than its neighbours: the curve bends, but does not jump.
            let steps: Vec<f64> = rising.windows(2).map(|pair| pair[1][index] - pair[0][index]).collect();
            let mean = steps.iter().sum::<f64>() / 100.0;
            let is_even = steps.iter().all(|step| (0.5..2.0).contains(&(step / mean)));
            assert!(is_even || base.leasing.default_hazard_per_year > 0.0, "{steps:?}");
        }
    }
}

#[test]
fn debt_does_not_move_with_the_paths_and_a_reserve_decides_who_runs_dry() {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 2000;
    scenario.leasing.debt = Debt::Loan { loan_to_cost: 0.9, apr: 0.12, term_months: 36, grace_months: 0 };
    let dry = |scenario: &Scenario| {
        simulate(scenario, Basis::EquityAfterTax).business(Business::Leasing).unwrap().runs_dry.value
    };
    assert!(dry(&scenario) > 0.9);
    scenario.risk.cash_reserve_usd = 1e9;
    assert_eq!(dry(&scenario), 0.0);
}

#[test]
fn a_treasury_that_keeps_all_is_worth_the_price_of_the_last_month() {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 2000;
    let spread = |treasury| {
        let mut changed = scenario.clone();
        changed.mining.treasury = treasury;
        simulate(&changed, Basis::ProjectBeforeTax).business(Business::Mining).unwrap().npv.standard_deviation
    };
    assert!(spread(Treasury::Hold { share: 1.0 }) > 1.2 * spread(Treasury::SellAll));
}

#[test]
fn kept_markets_change_nothing() {
    let mut scenario = scenarios().swap_remove(2);
    scenario.risk.paths = 1001;
    let valid = scenario.validate().unwrap();
    let mut simulator = Simulator::new(2).unwrap();
    let mut run = |valid| simulator.run(valid, Basis::ProjectAfterTax, &ToTheEnd).unwrap();
    // Drawn, drawn and cached, cached.
    let runs = [run(&valid), run(&valid), run(&valid)];
    assert!(runs[0] == runs[1] && runs[1] == runs[2]);
    scenario.risk.bitcoin.volatility = 0.7;
    scenario.horizon_months = 90;
    let other = scenario.validate().unwrap();
    let fresh = Simulator::new(1).unwrap().run(&other, Basis::ProjectAfterTax, &ToTheEnd).unwrap();
    assert!(run(&other) == fresh, "what was kept belonged to other markets");
}

#[test]
fn a_run_that_is_ended_gives_nothing_and_the_next_one_is_whole() {
    struct Never;
    impl Control for Never {
        fn proceed(&self, done: f64) -> bool {
            done > 0.0
        }
    }
    let valid = Scenario::default().validate().unwrap();
    let mut simulator = Simulator::new(2).unwrap();
    let ended = simulator.run(&valid, Basis::ProjectBeforeTax, &Never);
    assert_eq!(ended.unwrap_err(), Unfinished::Ended);
    let whole = simulator.run(&valid, Basis::ProjectBeforeTax, &ToTheEnd).unwrap();
    let fresh = Simulator::new(1).unwrap().run(&valid, Basis::ProjectBeforeTax, &ToTheEnd).unwrap();
    assert!(whole == fresh);
}
