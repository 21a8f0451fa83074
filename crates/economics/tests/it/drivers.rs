//! The simulated markets, and the variance shares of the businesses.

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Basis, MarketSeries};
use wattfolio_economics::risk::{
    Control, Estimate, Sampling, Simulator, ToTheEnd, Unfinished, VarianceFactor, VarianceShares,
};
use wattfolio_economics::scenario::{Correlation, NetworkRule, Scenario};

use crate::bases::{plain, without_chance};

const BASIS: Basis = Basis::ProjectBeforeTax;

fn few(mut scenario: Scenario) -> Scenario {
    scenario.risk.paths = 4_000;
    scenario
}

#[test]
fn the_fans_are_those_of_the_paths() {
    for scenario in [few(Scenario::default()), few(plain())] {
        let valid = scenario.validate().unwrap();
        let mut simulator = Simulator::new(2).unwrap();
        let markets = simulator.markets(&valid, &ToTheEnd).unwrap();
        // Cached markets are the same.
        assert_eq!(simulator.markets(&valid, &ToTheEnd).unwrap(), markets);
        let rows = simulator.rows(&valid, BASIS, 0..4_000);
        for (which, series) in
            [(0, MarketSeries::BtcPrice), (1, MarketSeries::NetworkHashrate), (2, MarketSeries::Rental)]
        {
            let at_end = markets.end_of(series).unwrap();
            let mut last: Vec<f64> = rows.iter().map(|row| row.markets[which].last).collect();
            let mean = last.iter().sum::<f64>() / 4_000.0;
            assert!((at_end.mean - mean).abs() <= 1e-12 * mean, "{series}");
            last.sort_by(f64::total_cmp);
            assert!((at_end.quantiles[2] - f64::midpoint(last[1999], last[2000])).abs() <= 1e-12 * mean);
        }
        let fan = markets.fan(MarketSeries::NetworkHashrate).unwrap();
        let network = markets.end_of(MarketSeries::NetworkHashrate).unwrap();
        assert_eq!(fan.each_ref().map(|quantile| quantile[120]), network.quantiles);
        assert!(fan.windows(2).all(|pair| pair[0].iter().zip(&pair[1]).all(|(low, high)| low <= high)));
        assert_eq!(fan[2][0], scenario.bitcoin.network_hashrate_eh_s.value, "the start is known");
    }
}

#[test]
fn the_plan_s_price_lies_where_the_paths_say() {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 40_000;
    let valid = scenario.validate().unwrap();
    let mut simulator = Simulator::new(2).unwrap();
    let markets = simulator.markets(&valid, &ToTheEnd).unwrap();
    let planned = markets.end_of(MarketSeries::BtcPrice).unwrap().planned;
    let rows = simulator.rows(&valid, BASIS, 0..40_000);
    let below = rows.iter().filter(|row| row.markets[0].last < planned).count() as f64 / 40_000.0;
    let error = (below * (1.0 - below) / 40_000.0).sqrt();
    assert!((markets.plan_percentile - below).abs() < 4.0 * error, "{} {below}", markets.plan_percentile);
    let simulation = simulator.run(&valid, BASIS, &ToTheEnd).unwrap();
    assert_eq!(simulation.bitcoin_percentile, markets.plan_percentile);
}

/// Only bitcoin and the network are correlated.
fn correlated(bitcoin_network: f64) -> Correlation {
    Correlation {
        bitcoin_network,
        bitcoin_rental: 0.0,
        bitcoin_power: 0.0,
        network_rental: 0.0,
        network_power: 0.0,
        rental_power: 0.0,
    }
}

fn shares(scenario: &Scenario, business: Business) -> Option<VarianceShares> {
    let mut simulator = Simulator::new(2).unwrap();
    simulator.variance_shares(&scenario.validate().unwrap(), BASIS, &ToTheEnd).unwrap()[business]
}

#[test]
fn a_factor_that_alone_moves_a_business_explains_all_of_it() {
    for (id, factor) in [
        ("risk.rental.volatility", VarianceFactor::Rental),
        ("risk.rental.trend_sd", VarianceFactor::RentalTrend),
        ("leasing.default_hazard_per_year", VarianceFactor::Customer),
        ("leasing.overrun_sd", VarianceFactor::Works),
    ] {
        let mut scenario = without_chance(Scenario::default()).with(id, 0.2).unwrap();
        scenario.risk.correlation = correlated(0.0);
        let shares = shares(&scenario, Business::Leasing).unwrap();
        for (other, share) in VarianceFactor::ALL.into_iter().zip(shares.shares) {
            if other == factor {
                assert!((share.value - 1.0).abs() < 5.0 * share.standard_error, "{id}: {}", share.value);
            } else {
                assert_eq!(share.value, 0.0, "{id}: {} moves nothing", other.id());
            }
        }
        assert_eq!(shares.driver().0, factor);
        assert!(shares.interaction.value.abs() < 5.0 * shares.interaction.standard_error);
    }
}

#[test]
fn shares_follow_what_correlation_carries_and_nothing_has_none() {
    let mut scenario = without_chance(plain());
    assert_eq!(shares(&scenario, Business::Mining), None, "nothing varies");
    // A network that only repeats bitcoin counts for bitcoin, which comes first.
    scenario.risk.network.volatility = 0.3;
    scenario.risk.correlation = correlated(1.0);
    scenario.bitcoin.network = NetworkRule::Given;
    let found = shares(&scenario, Business::Mining).unwrap();
    let close = |share: Estimate| (share.value - 1.0).abs() < 5.0 * share.standard_error;
    assert!(close(found.shares[0]) && found.shares[1].value == 0.0);
    scenario.risk.correlation.bitcoin_network = 0.0;
    let found = shares(&scenario, Business::Mining).unwrap();
    assert!(close(found.shares[1]) && found.shares[0].value == 0.0);
    assert_eq!(shares(&scenario, Business::Hosting), None, "a host hardly cares");
}

#[test]
fn the_shares_of_a_scenario_are_the_same_for_any_number_of_threads_and_add_up() {
    let valid = Scenario::default().validate().unwrap();
    let of = |threads, sampling| {
        let mut simulator = Simulator::new(threads).unwrap();
        simulator.set_sampling(sampling);
        simulator.variance_shares(&valid, BASIS, &ToTheEnd).unwrap()
    };
    let shares = of(1, Sampling::Random);
    assert_eq!(of(3, Sampling::Random), shares);
    for (business, shares) in shares.iter() {
        let shares = shares.unwrap();
        let sum = shares.shares.iter().map(|share| share.value).sum::<f64>() + shares.interaction.value;
        assert!((sum - 1.0).abs() < 1e-12, "{business:?}");
        assert!(shares.points == 8_192 && shares.shares.iter().all(|share| share.standard_error < 0.05));
    }
    let driver = |business| shares[business].unwrap().driver().0;
    assert_eq!(driver(Business::Mining), VarianceFactor::Bitcoin);
    assert_eq!(driver(Business::Leasing), VarianceFactor::RentalTrend);
}

#[test]
fn floors_hold_on_every_path() {
    let mut scenario = few(Scenario::default());
    scenario.risk.rental.volatility = 1.5;
    (scenario.bitcoin.price_usd.floor, scenario.leasing.rental_usd_per_gpu_hour.floor) = (80_000.0, 3.0);
    let valid = scenario.validate().unwrap();
    let mut simulator = Simulator::new(2).unwrap();
    let markets = simulator.markets(&valid, &ToTheEnd).unwrap();
    for (series, floor) in [(MarketSeries::BtcPrice, 80_000.0), (MarketSeries::Rental, 3.0)] {
        let lowest_at_end = markets.end_of(series).unwrap().quantiles[0];
        assert_eq!(lowest_at_end, floor, "{series}: some paths are held by the floor");
    }
    // Whatever the other markets do, a path is at or above it.
    let rows = simulator.rows(&valid, BASIS, 0..4_000);
    assert!(rows.iter().all(|row| row.markets[0].last >= 80_000.0 && row.markets[2].last >= 3.0));
}

#[test]
fn chance_does_not_move_a_power_price_while_it_is_fixed() {
    let npvs = |fixed_months: u32, volatility: f64| {
        let mut scenario = few(Scenario::default());
        scenario.horizon_months = 60;
        scenario.power.fixed_months = fixed_months;
        scenario.risk.power.volatility = volatility;
        let valid = scenario.validate().unwrap();
        let rows = Simulator::new(2).unwrap().rows(&valid, BASIS, 0..500);
        rows.iter().map(|row| row.results[Business::Mining].unwrap().npv_usd).collect::<Vec<f64>>()
    };
    assert_eq!(npvs(60, 1.0), npvs(60, 0.0));
    assert_ne!(npvs(48, 1.0), npvs(48, 0.0), "the last year is at the market's price");
}

#[test]
fn a_search_for_what_decides_can_be_ended() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Goes on for a number of calls.
    struct Few(AtomicUsize);
    impl Control for Few {
        fn proceed(&self, _: f64) -> bool {
            self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
        }
    }
    let valid = few(Scenario::default()).validate().unwrap();
    let mut simulator = Simulator::new(2).unwrap();
    for calls in [0, 3] {
        let ended = simulator.variance_shares(&valid, BASIS, &Few(AtomicUsize::new(calls)));
        assert_eq!(ended.unwrap_err(), Unfinished::Ended);
    }
    assert!(simulator.variance_shares(&valid, BASIS, &ToTheEnd).is_ok());
}
