//! The catalogue of inputs is complete, and its readers, writers and limits work.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;
use wattfolio_economics::business::leasing::{ColocationPower, Fleet, Placement};
use wattfolio_economics::business::mining::Treasury;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Kind;
use wattfolio_economics::scenario::{
    CalendarMonth, Debt, Depreciation, Fault, NetworkRule, PowerContract, Scenario,
};

use crate::support::scenarios::any_scenario;
use crate::support::soak::config;

/// Scenarios that hold every variant with fields, so that no field stays unseen.
fn every_shape() -> Vec<Scenario> {
    let mut loans = Scenario::default();
    loans.power.contract = PowerContract::Wholesale { hourly_sigma: 0.5 };
    loans.bitcoin.block_subsidy_btc = Some(3.125);
    loans.mining.treasury = Treasury::Hold { share: 0.5 };
    loans.leasing.fleet = Fleet::Count(800);
    loans.leasing.placement = Placement::Colocated {
        fee_usd_per_kw_month: 170.0,
        pue: 1.3,
        deposit_months: 2.0,
        power: ColocationPower::PassThrough,
    };
    loans.finance.hardware_depreciation = Depreciation::StraightLine { months: 60 };
    loans.finance.site_depreciation = Depreciation::StraightLine { months: 180 };
    let loan = Debt::Loan { loan_to_cost: 0.5, apr: 0.08, term_months: 60, grace_months: 3 };
    (loans.mining.debt, loans.hosting.debt, loans.leasing.debt) = (loan, loan, loan);
    let mut sized = loans.clone();
    let debt = Debt::SizedToDscr { dscr: 1.3, apr: 0.08, term_months: 60 };
    (sized.mining.debt, sized.hosting.debt, sized.leasing.debt) = (debt, debt, debt);
    vec![Scenario::default(), loans, sized]
}

/// Ids of all leaves of a scenario's data. A variant with fields counts as its fields under the id of the
/// choice: `{"Hold": {"share": 0.5}}` at `mining.treasury` is `mining.treasury.share`.
fn leaves(prefix: &str, value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let variant = name.starts_with(char::is_uppercase);
                let id = if variant {
                    ids.insert(prefix.to_owned());
                    prefix.to_owned()
                } else if prefix.is_empty() {
                    name.clone()
                } else {
                    format!("{prefix}.{name}")
                };
                if variant && !field.is_object() {
                    ids.insert(format!("{prefix}.{}", name.to_lowercase()));
                } else {
                    leaves(&id, field, ids);
                }
            }
        }
        _ => {
            ids.insert(prefix.to_owned());
        }
    }
}

#[test]
fn every_field_of_a_scenario_is_in_the_catalogue_and_the_other_way_round() {
    let mut ids = BTreeSet::new();
    for scenario in every_shape() {
        leaves("", &serde_json::to_value(scenario).unwrap(), &mut ids);
    }
    // The start value of a trajectory has the id of the trajectory.
    let ids: BTreeSet<String> =
        ids.into_iter().map(|id| id.strip_suffix(".value").map_or(id.clone(), str::to_owned)).collect();
    let catalogued: BTreeSet<String> = catalogue::inputs().iter().map(|input| input.id.to_owned()).collect();
    assert_eq!(catalogued.len(), catalogue::inputs().len(), "an id stands twice");
    assert_eq!(ids, catalogued);
}

#[test]
fn every_input_is_described() {
    for input in catalogue::inputs() {
        let id = input.id;
        assert!(!input.label.is_empty() && !input.label.contains(':') && input.label != id, "{id}");
        assert!(!input.meaning.is_empty() && !input.meaning.ends_with('.'), "{id}");
        assert!(!input.formula.is_empty() && !input.source.is_empty(), "{id}");
        if let Kind::Number(number) = &input.kind {
            assert!(number.min < number.max, "{id}");
            let (low, high) = number.slider;
            assert!(number.min <= low && low < high && high <= number.max, "{id}");
        }
    }
    let labels: BTreeSet<&str> = catalogue::inputs().iter().map(|input| input.label).collect();
    assert_eq!(labels.len(), catalogue::inputs().len(), "a label stands twice");
}

#[test]
fn the_ranges_are_those_of_the_specification() {
    for (id, min, max) in [
        ("horizon_months", 1.0, 600.0),
        ("site.capacity_mw", 0.001, 5000.0),
        ("power.price_usd_per_kwh", 0.0, 2.0),
        ("power.price_usd_per_kwh.growth_per_year", -0.95, 10.0),
        ("bitcoin.price_usd", 1.0, 1e9),
        ("bitcoin.price_usd.floor", 0.0, 1e9),
        ("bitcoin.block_height", 0.0, 13_440_000.0),
        ("hosting.term_months", 12.0, 600.0),
        ("leasing.placement.fee_usd_per_kw_month", 0.0, 5000.0),
        ("mining.debt.grace_months", 0.0, 120.0),
        ("risk.correlation.rental_power", -1.0, 1.0),
    ] {
        let Kind::Number(number) = &catalogue::find(id).unwrap().kind else { panic!("{id}") };
        assert_eq!((number.min, number.max), (min, max), "{id}");
    }
}

#[test]
fn what_is_read_can_be_written_back_and_copied() {
    for source in every_shape() {
        let mut written = every_shape().remove(1);
        let mut copied = written.clone();
        // Choices first: they decide which numbers exist.
        let (choices, others): (Vec<_>, Vec<_>) =
            catalogue::inputs().iter().partition(|input| matches!(input.kind, Kind::Choice(_)));
        for input in choices.into_iter().chain(others) {
            if let Some(text) = input.text(&source) {
                input.write(&mut written, &text).unwrap_or_else(|fault| panic!("{fault}"));
            }
            input.copy(&source, &mut copied);
            assert!(!input.differs(&source, &copied), "{}", input.id);
        }
        assert_eq!(written, source);
        assert_eq!(copied, source);
    }
}

#[test]
fn numbers_are_kept_within_their_limits_and_faults_say_what_is_allowed() {
    for input in catalogue::inputs() {
        let Kind::Number(number) = &input.kind else { continue };
        let mut scenario = every_shape().remove(1);
        if (number.get)(&scenario).is_none() {
            scenario = every_shape().remove(2);
        }
        let before = scenario.clone();
        for bad in [number.max * 2.0 + 1.0, number.min - 1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let fault = input.write_number(&mut scenario, bad).unwrap_err();
            assert!(fault.to_string().contains(input.id) && fault.to_string().contains('…'), "{fault}");
            input.write(&mut scenario, &bad.to_string()).unwrap_err();
            assert_eq!(scenario, before, "{} is unchanged after {bad}", input.id);
        }
        for good in [number.min, number.max] {
            input.write_number(&mut scenario, good).unwrap_or_else(|fault| panic!("{fault}"));
            assert_eq!((number.get)(&scenario), Some(good), "{}", input.id);
        }
    }
}

#[test]
fn validation_tells_all_faults_at_once() {
    let mut scenario = Scenario { horizon_months: 0, ..Scenario::default() };
    scenario.power.price_usd_per_kwh.value = 3.0;
    scenario.mining.pue = f64::NAN;
    scenario.bitcoin.price_usd.points = vec![(24.0, 1e5), (12.0, 1e5)];
    scenario.leasing.gpu.name = "two\nlines".to_owned();
    let faults = scenario.validate().unwrap_err();
    let ids: Vec<&str> = faults.0.iter().map(|fault| fault.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "horizon_months",
            "power.price_usd_per_kwh",
            "bitcoin.price_usd.points",
            "mining.pue",
            "leasing.gpu.name"
        ]
    );
    assert_eq!(faults.0[1].to_string(), "power.price_usd_per_kwh is 3; allowed: 0…2 USD/kWh");
}

#[test]
fn rules_between_inputs_are_checked() {
    let mut scenario = Scenario::default();
    scenario.leasing.fleet = Fleet::Count(8939);
    assert_eq!(scenario.validate().unwrap_err().0[0].id, "leasing.fleet");
    let mut scenario = Scenario::default();
    scenario.leasing.fleet = Fleet::Count(8938);
    assert!(scenario.validate().is_ok());
    let mut scenario = Scenario::default();
    scenario.mix.mining = 0.5;
    assert_eq!(scenario.validate().unwrap_err().0[0].id, "mix");
}

#[test]
fn values_are_set_from_text_of_many_kinds() {
    let mut scenario = Scenario::default();
    let mut set = |id: &str, text: &str| catalogue::find(id).unwrap().write(&mut scenario, text);
    set("bitcoin.price_usd", "100000").unwrap();
    set("bitcoin.price_usd.value", "90000").unwrap();
    set("bitcoin.price_usd.points", "[(12,90000.0)]").unwrap();
    set("power.contract", "Wholesale(hourly_sigma:0.5)").unwrap();
    set("power.contract.hourly_sigma", "0.7").unwrap();
    set("power.curtailment", "true").unwrap();
    set("start", "2027-03").unwrap();
    set("mining.machine.name", "S23 Hyd").unwrap();
    set("bitcoin.block_subsidy_btc", "6.25").unwrap();
    set("bitcoin.block_subsidy_btc", "None").unwrap();
    set("leasing.rental_usd_per_gpu_hour", "(value:2.5,growth_per_year:-0.3,floor:0.5)").unwrap();
    for (id, bad) in [
        ("power.contract", "Spot"),
        ("power.curtailment", "maybe"),
        ("start", "2027-13"),
        ("horizon_months", "12.5"),
        ("leasing.placement.pue", "1.3"),
        ("bitcoin.price_usd.points", "[(12,0.5)]"),
    ] {
        let fault = set(id, bad).unwrap_err();
        assert!(fault.id == id && fault.value == bad && !fault.allowed.is_empty(), "{fault:?}");
    }
    assert_eq!(scenario.bitcoin.price_usd.value, 90_000.0);
    assert_eq!(scenario.power.contract, PowerContract::Wholesale { hourly_sigma: 0.7 });
    assert_eq!(scenario.bitcoin.block_subsidy_btc, None);
    assert_eq!(scenario.leasing.rental_usd_per_gpu_hour.floor, 0.5);
}

#[test]
fn a_scenario_with_another_value_is_a_new_one() {
    let base = Scenario::default();
    let changed = base
        .with("bitcoin.price_usd", 90_000.0)
        .and_then(|s| s.with("horizon_months", 60_u32))
        .and_then(|s| s.with("power.curtailment", true))
        .and_then(|s| s.with("start", CalendarMonth::known(2027, 3)))
        .and_then(|s| s.with("mining.machine.name", "S23 Hyd"))
        .and_then(|s| s.with("power.contract", "Wholesale(hourly_sigma:0.5)"))
        .and_then(|s| s.with("power.contract.hourly_sigma", 0.7))
        .unwrap();
    let mut by_hand = base.clone();
    by_hand.bitcoin.price_usd.value = 90_000.0;
    (by_hand.horizon_months, by_hand.power.curtailment) = (60, true);
    by_hand.start = CalendarMonth::known(2027, 3);
    by_hand.mining.machine.name = "S23 Hyd".to_owned();
    by_hand.power.contract = PowerContract::Wholesale { hourly_sigma: 0.7 };
    assert_eq!(changed, by_hand);
    assert_eq!(base, Scenario::default());
}

#[test]
fn a_number_moves_the_points_of_a_path_as_a_slider_does() {
    let mut base = Scenario::default();
    base.bitcoin.price_usd.value = 100_000.0;
    base.bitcoin.price_usd.points = vec![(12.0, 5e5)];
    let points = |scenario: Scenario| scenario.bitcoin.price_usd.points;
    assert_eq!(points(base.with("bitcoin.price_usd", 200_000.0).unwrap()), [(12.0, 1e6)]);
    assert_eq!(points(base.with("bitcoin.price_usd", "200000").unwrap()), [(12.0, 5e5)]);
    let fault = base.with("bitcoin.price_usd", 9e8).unwrap_err();
    assert_eq!(fault.id, "bitcoin.price_usd.points", "moved out of their range");
}

#[test]
fn a_scenario_with_a_value_that_is_not_allowed_is_refused() {
    let base = Scenario::default();
    let refused = |fault: Result<Scenario, Fault>| fault.map(drop).unwrap_err().id;
    assert_eq!(refused(base.with("horizon_months", 12.5)), "horizon_months");
    assert_eq!(refused(base.with("horizon_months", true)), "horizon_months");
    assert_eq!(refused(base.with("power.curtailment", 1.0)), "power.curtailment");
    assert_eq!(refused(base.with("mining.machine.name", false)), "mining.machine.name");
    assert_eq!(refused(base.with("start", CalendarMonth::known(2009, 12))), "start");
    assert_eq!(refused(base.with("start", 2027)), "start");
    assert_eq!(refused(base.with("finance.discount_rate", f64::NAN)), "finance.discount_rate");
    let unknown = base.with("power.price", 0.03).unwrap_err();
    assert_eq!(unknown.to_string(), "power.price is 0.03; allowed: the id of an input");
    // An option that is not chosen has no numbers, and one that is chosen brings numbers in their ranges.
    let sigma = "power.contract.hourly_sigma";
    let fault = base.with(sigma, 0.5).unwrap_err();
    assert!(fault.allowed.starts_with("a value only while it applies"), "{fault}");
    assert_eq!(refused(base.with("power.contract", "Wholesale(hourly_sigma:99.0)")), sigma);
    let too_steep = "(value:0.05,growth_per_year:99.0)";
    assert_eq!(
        refused(base.with("power.price_usd_per_kwh", too_steep)),
        "power.price_usd_per_kwh.growth_per_year"
    );
}

#[test]
fn a_valid_scenario_stays_valid_through_every_change() {
    let base = Scenario::default().validate().unwrap();
    let [fleet, price] = ["leasing.fleet", "power.price_usd_per_kwh"].map(|id| catalogue::find(id).unwrap());
    assert_eq!(base.with(price, 0.03).unwrap().power.price_usd_per_kwh.value, 0.03);
    assert_eq!(base.with(price, 3.0).unwrap_err().0[0].id, price.id);
    // The rules between inputs hold as well.
    assert!(base.with(fleet, "Count(8938)").is_ok());
    assert_eq!(base.with(fleet, "Count(8939)").unwrap_err().0[0].id, fleet.id);
    let faults = base.edit(|scenario| (scenario.horizon_months, scenario.mining.pue) = (0, f64::NAN));
    assert_eq!(faults.unwrap_err().0.len(), 2);
    let edited = base.edit(|scenario| scenario.horizon_months = 60).unwrap();
    assert_eq!((edited.horizon_months, base.horizon_months), (60, 120));
}

#[test]
fn choosing_the_answering_network_starts_from_the_fitted_rule() {
    let input = catalogue::find("bitcoin.network").unwrap();
    let Kind::Choice(choice) = &input.kind else { panic!("a choice") };
    let option = choice.options.iter().find(|option| option.name == "Responsive").unwrap();
    let mut scenario = Scenario::default();
    scenario.bitcoin.network = NetworkRule::Given;
    input.write(&mut scenario, option.start).unwrap();
    assert_eq!(scenario.bitcoin.network, NetworkRule::RESPONSIVE);
}

proptest! {
    #![proptest_config(config("changed inputs", 60, 5_000))]

    /// A valid scenario checks what has changed alone: it refuses what a check of every value refuses, and nothing else.
    #[test]
    fn a_changed_scenario_is_valid_where_all_of_it_is(scenario in any_scenario(), share in 0.0..1.0_f64) {
        let valid = scenario.validate().expect("made valid");
        let mut refused = 0;
        for input in catalogue::inputs() {
            let Kind::Number(number) = &input.kind else { continue };
            if (number.get)(&scenario).is_none() {
                continue;
            }
            let inside = number.min + share * (number.max - number.min);
            for value in [number.min, inside, inside.round(), number.max] {
                let mut changed = scenario.clone();
                let all = input.write_number(&mut changed, value).map_err(Into::into);
                let all = all.and_then(|()| changed.validate());
                let alone = valid.with(input, value);
                refused += usize::from(alone.is_err());
                prop_assert_eq!(alone, all, "{} = {}", input.id, value);
            }
        }
        prop_assert!(refused > 0, "nothing was out of range");
    }
}
