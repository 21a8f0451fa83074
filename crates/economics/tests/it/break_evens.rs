//! A break-even is a value that can be typed in: put into its input, it makes the net present value zero.

use proptest::prelude::*;
use wattfolio_economics::business::Business;
use wattfolio_economics::business::hosting::HostingPower;
use wattfolio_economics::business::mining::Treasury;
use wattfolio_economics::catalogue;
use wattfolio_economics::explain::explain_measure;
use wattfolio_economics::kernel::{Absent, Line, Maybe};
use wattfolio_economics::results::{Comparison, Evaluation, compare, find_measure};
use wattfolio_economics::scenario::{Scenario, Trajectory};

use crate::bases::plain;
use crate::support::scenarios::any_scenario;
use crate::support::soak::config;

const POWER: &str = "power.price_usd_per_kwh";
const RENTAL: &str = "leasing.rental_usd_per_gpu_hour";
const UTILISATION: &str = "leasing.utilisation";

/// Business, measure, and the input of the value.
const BREAK_EVENS: [(Business, &str, &str); 4] = [
    (Business::Mining, "break_even_power_usd_per_kwh", POWER),
    (Business::Hosting, "break_even_power_usd_per_kwh", POWER),
    (Business::Leasing, "break_even_rental_factor", RENTAL),
    (Business::Leasing, "break_even_utilisation", UTILISATION),
];

fn evaluate(scenario: &Scenario) -> Comparison {
    compare(&scenario.validate().expect("made valid"))
}

fn read(evaluation: &Evaluation, measure: &str) -> Maybe<f64> {
    find_measure(evaluation.business, measure).expect("a measure").read(evaluation).expect("it has it")
}

/// The scenario with a value typed into an input.
fn typed(scenario: &Scenario, input: &str, value: f64) -> Scenario {
    scenario.with(input, value).unwrap_or_else(|fault| panic!("{fault}"))
}

/// The value of the input at a break-even; a factor multiplies the value of today.
fn value_of(scenario: &Scenario, input: &str, measured: f64) -> f64 {
    if input == RENTAL { measured * scenario.leasing.rental_usd_per_gpu_hour.value } else { measured }
}

fn npv(scenario: &Scenario, business: Business) -> f64 {
    evaluate(scenario).business(business).expect("evaluated").measures.npv_usd
}

/// Net present value, and the sum of the sizes of its terms.
fn npv_and_size(scenario: &Scenario, business: Business) -> (f64, f64) {
    let comparison = evaluate(scenario);
    let evaluation = comparison.business(business).expect("evaluated");
    let monthly = (1.0 + scenario.finance.discount_rate).powf(-1.0 / 12.0);
    let gross = [
        Line::Revenue,
        Line::Power,
        Line::Opex,
        Line::Maintenance,
        Line::Replacement,
        Line::Colocation,
        Line::OtherProceeds,
        Line::CapexWorks,
        Line::CapexHardware,
        Line::Deposit,
        Line::EndProceeds,
    ];
    let present = |line: Line| -> f64 {
        let values = evaluation.ledger.line(line).iter().enumerate();
        values.map(|(t, value)| value.abs() * monthly.powi(t as i32)).sum()
    };
    (evaluation.measures.npv_usd, gross.into_iter().map(present).sum())
}

proptest! {
    #![proptest_config(config("break-evens of random plans", 300, 20_000))]

    #[test]
    fn a_break_even_typed_in_makes_the_value_zero(scenario in any_scenario()) {
        let comparison = evaluate(&scenario);
        for (business, measure, input) in BREAK_EVENS {
            let Ok(evaluation) = comparison.business(business) else { continue };
            let Ok(measured) = read(evaluation, measure) else { continue };
            let at = |measured: f64| {
                npv_and_size(&typed(&scenario, input, value_of(&scenario, input, measured)), business)
            };
            let (value, size) = at(measured);
            // What is discounted at −50 % a year is so steep that the neighbouring number of the input is already far
            // from zero; the value then changes its sign within the digits of the break-even, and without a jump.
            let is_as_near_as_digits = || {
                let around = |share: f64| [at(measured * (1.0 - share)).0, at(measured * (1.0 + share)).0];
                let ([near_low, near_high], [low, high]) = (around(2e-13), around(1e-9));
                near_low * near_high <= 0.0 && value.abs() <= 1e-3 * (high - low).abs()
            };
            prop_assert!(
                value.abs() <= 1e-9 * size || is_as_near_as_digits(),
                "{measure} {measured}: {value} of {size}"
            );
        }
    }

    #[test]
    fn without_a_break_even_no_value_changes_the_sign(
        scenario in any_scenario(),
        places in prop::collection::vec(0.0..=1.0f64, 3),
    ) {
        let mut scenario = scenario;
        // With kept coins the value may jump over zero.
        scenario.mining.treasury = Treasury::SellAll;
        let comparison = evaluate(&scenario);
        for (business, measure, input) in BREAK_EVENS {
            let Ok(evaluation) = comparison.business(business) else { continue };
            let rises = match read(evaluation, measure) {
                Err(Absent::NotNeeded) => true,
                Err(Absent::NoBreakEven) => false,
                _ => continue,
            };
            let most = catalogue::find(input).and_then(|input| match &input.kind {
                wattfolio_economics::input::Kind::Number(number) => Some(number.max),
                _ => None,
            });
            for place in &places {
                let value = most.expect("a number") * place.powi(4);
                // A value that moves points out of their range is refused.
                let Ok(changed) = scenario.with(input, value) else { continue };
                let value = npv(&changed, business);
                prop_assert!((value > 0.0) == rises, "{measure} at {place}: {value}");
            }
        }
    }
}

#[test]
fn a_floor_that_no_price_can_reach_leaves_no_break_even() {
    let mut scenario = Scenario::default();
    scenario.power.price_usd_per_kwh.floor = 0.05;
    let comparison = evaluate(&scenario);
    let mining = comparison.business(Business::Mining).unwrap();
    assert!(npv(&typed(&scenario, POWER, 0.0), Business::Mining) < -1e7);
    assert_eq!(read(mining, "break_even_power_usd_per_kwh"), Err(Absent::NoBreakEven));
}

#[test]
fn points_move_along_and_couplings_and_floors_stay() {
    let mut scenario = Scenario::default();
    scenario.coupling.power_elasticity = 0.5;
    scenario.coupling.rental_elasticity = 0.3;
    scenario.bitcoin.price_usd = Trajectory::growing(120_000.0, 0.2);
    let prices = Trajectory { floor: 0.01, points: vec![(24.0, 0.07)], ..Trajectory::growing(0.05, 0.02) };
    scenario.power.price_usd_per_kwh = prices;
    let rentals = Trajectory { floor: 0.6, points: vec![(20.0, 3.0)], ..Trajectory::growing(3.7, -0.3) };
    scenario.leasing.rental_usd_per_gpu_hour = rentals;
    let comparison = evaluate(&scenario);
    for (business, measure, input) in [BREAK_EVENS[0], BREAK_EVENS[2]] {
        let measured = read(comparison.business(business).unwrap(), measure).expect("there is one");
        let changed = typed(&scenario, input, value_of(&scenario, input, measured));
        let (value, size) = npv_and_size(&changed, business);
        assert!(value.abs() <= 1e-12 * size, "{measure} {measured}: {value} of {size}");
    }
}

#[test]
fn from_free_power_the_points_stay_and_there_is_a_price_all_the_same() {
    let mut scenario = Scenario::default();
    let points = vec![(36.0, 0.02), (60.0, 0.03)];
    scenario.power.price_usd_per_kwh = Trajectory { points, ..Trajectory::growing(0.0, 0.0) };
    let mut seen = 0;
    for thousands in 1..9 {
        scenario.mining.machine.price_usd = (f64::from(thousands) * 1_000.0).into();
        let comparison = evaluate(&scenario);
        let mining = comparison.business(Business::Mining).unwrap();
        let Ok(price) = read(mining, "break_even_power_usd_per_kwh") else { continue };
        let changed = typed(&scenario, POWER, price);
        assert_eq!(changed.power.price_usd_per_kwh.points, scenario.power.price_usd_per_kwh.points);
        let (value, size) = npv_and_size(&changed, Business::Mining);
        assert!(value.abs() <= 1e-12 * size, "{price}: {value} of {size}");
        seen += 1;
    }
    assert!(seen > 0, "no plan has a break-even");
    // A rental of 0 has no factor.
    scenario.leasing.rental_usd_per_gpu_hour.value = 0.0;
    let comparison = evaluate(&scenario);
    let leasing = comparison.business(Business::Leasing).unwrap();
    assert_eq!(read(leasing, "break_even_rental_factor"), Err(Absent::NothingToScale));
}

#[test]
fn of_several_break_evens_the_nearest_is_given_and_the_others_are_explained() {
    // Months that keep their coins run at a loss of cash until they stand still. The first five years earn little; where
    // they stand still, the value jumps up, and falls again with the price that the later years pay.
    let mut scenario = plain();
    scenario.mining.treasury = Treasury::Hold { share: 1.0 };
    scenario.bitcoin.block_subsidy_btc = Some(0.0);
    scenario.bitcoin.fees_btc_per_block = Trajectory::growing(3.0, 0.0);
    scenario.bitcoin.price_usd = Trajectory::growing(84_700.0, 0.0);
    let points = vec![(60.0, 1500.0), (61.0, 500.0)];
    scenario.bitcoin.network_hashrate_eh_s = Trajectory { points, ..Trajectory::growing(1500.0, 0.0) };
    let mut seen = 0;
    for thousands in 1..10 {
        scenario.mining.machine.price_usd = (f64::from(thousands) * 1_000.0).into();
        let valid = scenario.validate().unwrap();
        let comparison = compare(&valid);
        let mining = comparison.business(Business::Mining).unwrap();
        let measure = find_measure(Business::Mining, "break_even_power_usd_per_kwh").unwrap();
        let explained = explain_measure(&valid, &comparison, mining, measure).unwrap();
        let others: Vec<f64> = explained
            .context
            .iter()
            .filter(|operand| operand.name.ends_with("at this value too"))
            .map(|operand| operand.value.unwrap())
            .collect();
        let Ok(nearest) = explained.result else { continue };
        let now = scenario.power.price_usd_per_kwh.value;
        for other in others {
            assert!((other - now).abs() >= (nearest - now).abs(), "{other} is nearer than {nearest}");
            let (value, size) = npv_and_size(&typed(&scenario, POWER, other), Business::Mining);
            assert!(value.abs() <= 1e-9 * size, "{other}: {value} of {size}");
            seen += 1;
        }
    }
    assert!(seen > 0, "no plan has several");
}

#[test]
fn explanation_and_comparison_say_the_same_net_present_value() {
    let mut scenario = Scenario::default();
    scenario.power.price_usd_per_kwh.floor = 0.05;
    scenario.coupling.power_elasticity = 0.4;
    scenario.coupling.rental_elasticity = 0.4;
    scenario.bitcoin.price_usd.value = 60_000.0;
    scenario.hosting.power = wattfolio_economics::business::hosting::HostingPower::Landlord;
    let valid = scenario.validate().unwrap();
    let comparison = compare(&valid);
    for (business, measure, _) in BREAK_EVENS {
        let evaluation = comparison.business(business).unwrap();
        let measure = find_measure(business, measure).unwrap();
        let explained = explain_measure(&valid, &comparison, evaluation, measure).unwrap();
        let now = explained.context.iter().find(|operand| operand.name == "NPV before tax of the plan");
        let (worth, npv) = (now.unwrap().value.unwrap(), evaluation.measures.npv_usd);
        assert!((worth - npv).abs() <= 1e-9 * npv.abs(), "{}: {worth} {npv}", measure.id);
    }
}

/// A lease of fifty years at a discount rate of −50 %: a dollar at its end is worth 10¹⁵ today.
#[test]
fn a_break_even_is_as_near_as_its_digits_where_the_value_is_steep() {
    let mut scenario = Scenario::default();
    scenario.hosting.power = HostingPower::Landlord;
    scenario.hosting.discount_rate = Some(-0.5);
    scenario.hosting.term_months = 600;
    scenario.power.fixed_months = 60;
    let comparison = evaluate(&scenario);
    let hosting = comparison.business(Business::Hosting).unwrap();
    let measured = read(hosting, "break_even_power_usd_per_kwh").unwrap();
    let at = |price: f64| {
        let mut scenario = scenario.clone();
        scenario.power.price_usd_per_kwh.value = price;
        npv_and_size(&scenario, Business::Hosting).0
    };
    assert!(at(measured * (1.0 - 2e-13)) > 0.0 && at(measured * (1.0 + 2e-13)) < 0.0, "{measured}");
    assert!(at(measured).abs() <= 1e-3 * (at(measured * (1.0 - 1e-9)) - at(measured * (1.0 + 1e-9))).abs());
}
