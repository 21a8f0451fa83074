//! Contracts that are let again and rates of the businesses on simulated paths, against flows written out by hand.

use wattfolio_economics::business::Business;
use wattfolio_economics::business::hosting::EndValue;
use wattfolio_economics::business::leasing::{ColocationPower, Fleet, Placement};
use wattfolio_economics::kernel::{Basis, Event, Line};
use wattfolio_economics::results::{Timeline, compare};
use wattfolio_economics::risk::{PathStory, Simulator};
use wattfolio_economics::scenario::{Scenario, Trajectory};

use crate::bases::plain;

/// GPUs without any cost but their price, live at once, in a colocation data centre.
fn cards_alone() -> Scenario {
    let mut scenario = Scenario { horizon_months: 40, ..plain() };
    scenario.risk.paths = 100;
    let leasing = &mut scenario.leasing;
    leasing.placement = Placement::Colocated {
        fee_usd_per_kw_month: 0.0,
        pue: 1.2,
        deposit_months: 0.0,
        power: ColocationPower::Included,
    };
    leasing.fleet = Fleet::Count(100);
    (leasing.queue_months, leasing.build_months, leasing.ramp_months) = (0, 2, 0);
    (leasing.opex_usd_per_gpu_hour, leasing.maintenance_per_year) = (0.0, 0.0);
    (leasing.replacement_per_year, leasing.resale_share) = (0.0, 0.0);
    (leasing.contract_share, leasing.contract_usd_per_gpu_hour, leasing.contract_months) = (0.8, 3.0, 12);
    (leasing.recontract_share, leasing.recontract_discount, leasing.recontract_months) = (0.5, 0.2, 10);
    (leasing.local_premium, leasing.local_premium_half_life_months) = (0.6, 15.0);
    leasing.utilisation_price_elasticity = 1.5;
    scenario
}

fn stories(scenario: &Scenario) -> Vec<PathStory> {
    let valid = scenario.validate().expect("made valid");
    Simulator::new(1).expect("a thread").stories(&valid, Basis::ProjectBeforeTax, &[0, 13, 99])
}

fn assert_close(ours: f64, expected: f64, scale: f64, what: &str) {
    assert!((ours - expected).abs() <= 1e-9 * scale, "{what}: {ours} {expected}");
}

#[test]
fn a_later_term_pays_the_rental_of_its_first_month_on_the_path() {
    let scenario = cards_alone();
    let leasing = &scenario.leasing;
    let live = 2;
    let local = |t: usize| 1.0 + 0.6 * 0.5_f64.powf((t as f64 - 0.5) / 15.0);
    let stories = stories(&scenario);
    for story in &stories {
        let rental = |t: usize| story.markets[2][t] * local(t);
        let single = story.businesses[Business::Leasing].as_ref().expect("evaluated");
        let mut cumulative = 0.0;
        for t in 0..=40 {
            // Months 3 to 14, 15 to 24, 25 to 34, and from 35 on.
            let (share, rate) = match t {
                ..=14 => (0.8, 3.0),
                15..=24 => (0.4, 0.8 * rental(15)),
                25..=34 => (0.2, 0.8 * rental(25)),
                35.. => (0.1, 0.8 * rental(35)),
            };
            let rented = (leasing.utilisation * local(t).powf(-1.5)).min(1.0);
            let hours = 100.0 * leasing.availability * 730.5;
            let earned = hours * (share * rate + (1.0 - share) * rented * rental(t));
            cumulative += if t > live { earned } else { 0.0 };
            // Hardware is paid in the last month before live.
            cumulative -= if t == live - 1 { 100.0 * leasing.gpu_price_usd.value } else { 0.0 };
            assert_close(
                single.cumulative_usd[t],
                cumulative,
                5e6,
                &format!("path {} month {t}", story.path),
            );
        }
    }
    let later = |story: &PathStory| story.markets[2][15];
    assert!(stories.windows(2).all(|pair| later(&pair[0]) != later(&pair[1])), "paths differ");
}

#[test]
fn every_path_of_a_business_is_discounted_at_its_own_rate() {
    let mut scenario = Scenario { horizon_months: 60, ..plain() };
    scenario.risk.paths = 100;
    scenario.finance.discount_rate = 0.5;
    let rates = [0.15, 0.09, -0.05];
    scenario.mining.discount_rate = Some(rates[0]);
    scenario.hosting.discount_rate = Some(rates[1]);
    scenario.leasing.discount_rate = Some(rates[2]);
    // No end proceeds.
    scenario.hosting.end_value = EndValue::Works;
    (scenario.mining.resale_share, scenario.leasing.resale_share) = (0.0, 0.0);
    scenario.mining.works_resale_share = 0.0;
    scenario.hosting.works_resale_share = 0.0;
    scenario.leasing.works_resale_share = 0.0;
    for story in stories(&scenario) {
        for (business, rate) in Business::ALL.into_iter().zip(rates) {
            let single = story.businesses[business].as_ref().expect("evaluated");
            let mut before = 0.0;
            let mut npv_usd = 0.0;
            for (t, sum) in single.cumulative_usd.iter().enumerate() {
                npv_usd += (sum - before) * (1.0 + rate).powf(-(t as f64) / 12.0);
                before = *sum;
            }
            assert_close(single.npv_usd, npv_usd, 1e8, business.word());
        }
    }
}

#[test]
fn waiting_has_a_price() {
    let mut scenario = plain();
    scenario.leasing.gpu_price_usd = Trajectory::growing(54_000.0, -0.15);
    scenario.leasing.queue_months = 24;
    let valid = scenario.validate().expect("made valid");
    let comparison = compare(&valid);
    let leasing = comparison.business(Business::Leasing).expect("evaluated");
    let hardware = leasing.ledger.line(Line::CapexHardware);
    let gpus = hardware.iter().sum::<f64>() / -54_000.0 / 0.85_f64.powf(34.5 / 12.0);
    assert!((gpus - gpus.round()).abs() < 1e-9 * gpus && hardware[35] < 0.0, "{gpus}");
}

#[test]
fn one_customer_is_who_brings_most_of_the_first_term() {
    let customer = |change: fn(&mut Scenario)| {
        let mut scenario = cards_alone();
        scenario.leasing.default_hazard_per_year = 0.05;
        change(&mut scenario);
        let comparison = compare(&scenario.validate().expect("made valid"));
        comparison.business(Business::Leasing).expect("evaluated").one_customer(&scenario)
    };
    let alone = customer(|scenario| scenario.leasing.contract_share = 1.0).expect("a contract");
    assert_eq!((alone.hazard_per_year, alone.revenue_share), (0.05, 1.0));
    // Half at three dollars by contract, half at a market of three dollars that is fully rented.
    let half = customer(|scenario| {
        let leasing = &mut scenario.leasing;
        (leasing.contract_share, leasing.utilisation, leasing.local_premium) = (0.5, 1.0, 0.0);
        leasing.rental_usd_per_gpu_hour = Trajectory::growing(3.0, 0.0);
    });
    assert!((half.expect("a contract").revenue_share - 0.5).abs() < 1e-12);
    assert_eq!(customer(|scenario| scenario.leasing.contract_months = 0), None);
}

#[test]
fn a_contract_that_is_let_again_is_told_on_the_way() {
    let mut scenario = cards_alone();
    scenario.leasing.recontract_months = 12;
    let timeline = |scenario: &Scenario| {
        let valid = scenario.validate().expect("made valid");
        let comparison = compare(&valid);
        Timeline::new(scenario, comparison.business(Business::Leasing).expect("evaluated"))
    };
    let again: Vec<f64> = timeline(&scenario).months_of(Event::LetAgain).collect();
    assert_eq!(again, [14.0, 26.0, 38.0]);
    scenario.leasing.recontract_share = 0.0;
    assert_eq!(timeline(&scenario).months_of(Event::LetAgain).count(), 0);
    assert_eq!(timeline(&scenario).months_of(Event::ContractEnds).collect::<Vec<_>>(), [14.0]);
}
