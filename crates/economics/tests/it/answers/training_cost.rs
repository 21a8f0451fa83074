//! Cost of known training runs, against prices by hand and against whole comparisons of changed scenarios.

use wattfolio_economics::answers::training_cost::{
    ANSWER_MONTHS, Against, KnownGpu, KnownRun, NotCosted, RunCost, TrainingCost, change,
};
use wattfolio_economics::business::leasing::{Fleet, Placement};
use wattfolio_economics::prelude::*;
use wattfolio_economics::results::Readouts;
use wattfolio_economics::scenario::NetworkRule;

fn runs() -> Vec<KnownRun> {
    let run = |model: &str, gpu: &str, gpu_hours| KnownRun {
        model: model.to_owned(),
        gpu: gpu.to_owned(),
        gpu_hours,
    };
    vec![
        run("Llama", "H100", 30.84e6),
        run("GPT-4", "A100", 50e6),
        run("GPT-3", "V100", 3.1e6),
        run("V3", "H800", 2.788e6),
    ]
}

fn gpus() -> Vec<KnownGpu> {
    let gpu = |name: &str, kw_per_gpu, price_usd, rental| KnownGpu {
        name: name.to_owned(),
        kw_per_gpu,
        price_usd,
        rental_usd_per_hour: rental,
    };
    vec![
        gpu("A100 SXM 80GB", 0.81, Some(25_000.0), Some(1.79)),
        gpu("H100 SXM", 1.28, Some(40_000.0), Some(2.35)),
        gpu("B200", 1.79, Some(54_000.0), Some(3.7)),
        gpu("H800 SXM", 1.28, None, Some(2.0)),
    ]
}

fn cost_of(scenario: &Scenario) -> TrainingCost {
    TrainingCost::new(&scenario.validate().expect("valid"), &runs(), &gpus())
}

fn now(cost: &TrainingCost, run: usize) -> RunCost {
    cost.cost(run, &cost.now()).expect("a run")
}

fn close(found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() < 1e-9, "{found} is not {expected}");
}

/// Levelised cost of an H100-hour where every month pays this for power, by a whole comparison.
fn h100_hour(scenario: &Scenario, power_usd_per_kwh: Option<f64>) -> f64 {
    let mut scenario = scenario.clone();
    scenario.leasing.gpu_price_usd.scale_to(40_000.0);
    scenario.leasing.kw_per_gpu = 1.28;
    scenario.leasing.idle_when_unprofitable = false;
    (scenario.leasing.fleet, scenario.leasing.placement) = (Fleet::FillSite, Placement::OwnSite);
    if let Some(price) = power_usd_per_kwh {
        scenario.power.price_usd_per_kwh = price.into();
    }
    let comparison = compare(&scenario.validate().expect("valid"));
    match &comparison.business(Business::Leasing).expect("evaluated").readouts {
        Readouts::Leasing(figures) => figures.levelised_usd_per_gpu_hour.expect("hours are sold"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn runs_cost_their_hours_at_the_listed_rental() {
    let cost = cost_of(&Scenario::default());
    close(now(&cost, 0).rental_usd.unwrap(), 30.84e6 * 2.35);
    close(now(&cost, 1).rental_usd.unwrap(), 50e6 * 1.79);
    close(now(&cost, 3).rental_usd.unwrap(), 5.576e6);
    assert_eq!(cost.cost(4, &cost.now()), None);
    assert_eq!(cost.runs().len(), 4);
}

#[test]
fn a_gpu_without_a_rental_or_a_price_says_so() {
    let cost = cost_of(&Scenario::default());
    let missing = NotCosted::NoRental("V100".to_owned());
    assert_eq!(now(&cost, 2).rental_usd, Err(missing.clone()));
    assert_eq!(missing.to_string(), "no listed rental of the V100");
    assert_eq!(now(&cost, 2).own_usd, Err(NotCosted::NoPrice("V100".to_owned())));
    assert_eq!(now(&cost, 3).own_at_miners_usd, Err(NotCosted::NoPrice("H800".to_owned())));
}

#[test]
fn rentals_follow_bitcoin_by_the_strength_of_the_hypothesis_alone() {
    let strong = Scenario::default().with("coupling.rental_elasticity", 0.2).unwrap();
    for (scenario, expected) in [(Scenario::default(), 1.0), (strong, 2f64.powf(0.2))] {
        let cost = cost_of(&scenario);
        let doubled = cost.cost(0, &cost.at_bitcoin_times(2.0).unwrap()).unwrap();
        close(doubled.rental_usd.unwrap(), 30.84e6 * 2.35 * expected);
        assert_eq!(cost.strength(), scenario.coupling.rental_elasticity);
    }
    // The scenario's own rental moves all of them in proportion.
    let cost = cost_of(&Scenario::default());
    let halved = cost.at(Against::Rental, 1.85).unwrap();
    close(cost.cost(0, &halved).unwrap().rental_usd.unwrap(), 30.84e6 * 2.35 / 2.0);
    assert_eq!(cost.cost(0, &halved).unwrap().own_usd, now(&cost, 0).own_usd);
}

#[test]
fn own_gpus_cost_their_levelised_hours() {
    for scenario in [
        Scenario::default(),
        Scenario::default().with("leasing.rental_usd_per_gpu_hour", 0.2).unwrap(),
        Scenario::default()
            .with("coupling.power_elasticity", 0.5)
            .unwrap()
            .with("bitcoin.price_usd", 2e5)
            .unwrap(),
    ] {
        let cost = cost_of(&scenario);
        close(now(&cost, 0).own_usd.unwrap(), 30.84e6 * h100_hour(&scenario, None));
    }
    let cost = cost_of(&Scenario::default());
    let dear = cost.at(Against::Power, 0.09).unwrap();
    let scenario = Scenario::default().with("power.price_usd_per_kwh", 0.09).unwrap();
    close(cost.cost(0, &dear).unwrap().own_usd.unwrap(), 30.84e6 * h100_hour(&scenario, None));
}

#[test]
fn power_costs_what_a_miner_can_pay_for_it() {
    let scenario = Scenario::default();
    let cost = cost_of(&scenario);
    let comparison = compare(&scenario.validate().unwrap());
    let Readouts::Mining(mining) = &comparison.business(Business::Mining).unwrap().readouts else {
        panic!("mining has its own figures")
    };
    let earned = mining.shutdown_power_usd_per_mwh;
    assert_eq!(cost.now().miner_usd_per_mwh, Ok(earned));
    // With the network of the start a doubled price earns twice as much.
    let doubled = cost.at_bitcoin_times(2.0).unwrap();
    close(doubled.miner_usd_per_mwh.clone().unwrap(), 2.0 * earned);
    for (prices, usd_per_mwh) in [(cost.now(), earned), (doubled.clone(), 2.0 * earned)] {
        let expected = 30.84e6 * h100_hour(&scenario, Some(usd_per_mwh / 1e3));
        close(cost.cost(0, &prices).unwrap().own_at_miners_usd.unwrap(), expected);
    }
    // The answer takes most of it, and nothing at the price of the plan.
    close(cost.now().answered_usd_per_mwh.unwrap(), earned);
    let ledger = |scenario: &Scenario| {
        let comparison = compare(&scenario.validate().unwrap());
        comparison.network.hashprice_usd_ph_day[ANSWER_MONTHS]
    };
    let dear = scenario.with("bitcoin.price_usd", 2.0 * 84_700.0).unwrap();
    let ratio = doubled.answered_usd_per_mwh.clone().unwrap() / earned;
    // The own fleet dilutes the network of both a little.
    assert!((ratio / (ledger(&dear) / ledger(&scenario)) - 1.0).abs() < 1e-3, "{ratio}");
    assert!(ratio < 1.9, "{ratio}");
    let answered = cost.cost(0, &doubled).unwrap();
    let rise = |after| change(&now(&cost, 0).own_at_miners_usd, after).unwrap();
    assert!(rise(&answered.own_at_miners_usd) > rise(&answered.own_answered_usd));
    assert!(rise(&answered.own_answered_usd) > 0.0);
}

#[test]
fn where_a_miner_would_stop_power_costs_what_the_site_pays() {
    let cost = cost_of(&Scenario::default());
    let cheap = cost.at(Against::Bitcoin, 10_000.0).unwrap();
    assert!(cheap.miner_usd_per_mwh.clone().unwrap() < cheap.site_usd_per_mwh);
    let cheap = cost.cost(0, &cheap).unwrap();
    assert_eq!(cheap.own_at_miners_usd, cheap.own_usd);
}

#[test]
fn a_network_that_does_not_follow_the_price_has_no_answer() {
    let mut scenario = Scenario::default();
    assert_eq!(cost_of(&scenario).answer_months(), Some(ANSWER_MONTHS));
    scenario.horizon_months = 24;
    assert_eq!(cost_of(&scenario).answer_months(), Some(24));
    scenario.bitcoin.network = NetworkRule::Given;
    let cost = cost_of(&scenario);
    let doubled = cost.at_bitcoin_times(2.0).unwrap();
    assert_eq!(
        (cost.answer_months(), doubled.answered_usd_per_mwh.clone()),
        (None, Err(NotCosted::NoAnswer))
    );
    let run = cost.cost(0, &doubled).unwrap();
    assert_eq!(run.own_answered_usd, Err(NotCosted::NoAnswer));
    assert!(run.own_at_miners_usd.unwrap() > now(&cost, 0).own_at_miners_usd.unwrap());
    // A given network with an elasticity follows the price.
    scenario.bitcoin.response_elasticity = 0.5;
    let cost = cost_of(&scenario);
    let doubled = cost.at_bitcoin_times(2.0).unwrap();
    assert_eq!(cost.answer_months(), Some(24));
    assert!(doubled.answered_usd_per_mwh.unwrap() < doubled.miner_usd_per_mwh.unwrap());
}

#[test]
fn a_value_beyond_the_axis_is_refused_with_its_range() {
    let cost = cost_of(&Scenario::default());
    let fault = cost.at(Against::Power, 3.0).unwrap_err().to_string();
    assert!(fault.contains("power.price_usd_per_kwh is 3; allowed: 0…2"), "{fault}");
}
