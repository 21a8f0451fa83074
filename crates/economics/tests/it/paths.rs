//! Single paths: moments of the simulated markets against closed forms, rows against the run, and stories.

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::compare_on;
use wattfolio_economics::risk::{PathRow, PathStory, Sampling, Simulator, ToTheEnd, most_quasi_paths};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use crate::bases::{plain, without_chance};

const BASIS: Basis = Basis::EquityAfterTax;

fn valid(scenario: &Scenario) -> ValidScenario {
    scenario.validate().unwrap()
}

fn rows(scenario: &Scenario) -> Vec<PathRow> {
    let paths = scenario.risk.paths as usize;
    Simulator::new(2).unwrap().rows(&valid(scenario), BASIS, 0..paths)
}

fn story(scenario: &Scenario, path: usize) -> PathStory {
    Simulator::new(1).unwrap().stories(&valid(scenario), BASIS, &[path]).remove(0)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Central moment.
fn moment(values: &[f64], order: i32) -> f64 {
    let middle = mean(values);
    mean(&values.iter().map(|value| (value - middle).powi(order)).collect::<Vec<_>>())
}

fn covariance(x: &[f64], y: &[f64]) -> f64 {
    let (mx, my) = (mean(x), mean(y));
    mean(&x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).collect::<Vec<_>>())
}

/// Logarithms of the four multipliers at the end of the plan, of many paths.
fn log_multipliers(scenario: &Scenario) -> [Vec<f64>; 4] {
    let planned = story(scenario, 0).planned.map(|levels| *levels.last().unwrap());
    let rows = rows(scenario);
    std::array::from_fn(|which| {
        rows.iter().map(|row| (row.markets[which].last / planned[which]).ln()).collect()
    })
}

/// Fails if a sample's figure is more than five standard errors from the expected one.
fn within(what: &str, found: f64, expected: f64, standard_error: f64) {
    let distance = (found - expected).abs() / standard_error;
    assert!(distance < 5.0, "{what}: {found}, not {expected}, {distance:.1} standard errors apart");
}

fn sample() -> Scenario {
    let mut scenario = plain();
    scenario.risk.paths = 40_000;
    scenario.horizon_months = 48;
    scenario.bitcoin.response_elasticity = 0.0;
    scenario
}

/// Variance of the diffusion of bitcoin over the plan: the volatility of a month is that of its begin.
fn diffusion_variance(scenario: &Scenario) -> f64 {
    let b = &scenario.risk.bitcoin;
    let of_month = |t: u32| {
        let (before, now) = ((f64::from(t) - 1.5).max(0.0) / 12.0, (f64::from(t) - 0.5) / 12.0);
        let sigma = b.long_volatility + (b.volatility - b.long_volatility) * (-before / b.settle_years).exp();
        sigma * sigma * (now - before)
    };
    (1..=scenario.horizon_months).map(of_month).sum()
}

#[test]
fn the_moments_of_each_market_are_those_of_its_closed_form() {
    let mut settling = sample();
    settling.risk.bitcoin.long_volatility = 0.25;
    settling.risk.bitcoin.settle_years = 1.5;
    settling.risk.rental.trend_sd = 0.12;
    for scenario in [sample(), settling] {
        moments_are_those_of_the_closed_form(&scenario);
    }
}

fn moments_are_those_of_the_closed_form(scenario: &Scenario) {
    let n = f64::from(scenario.risk.paths);
    let risk = &scenario.risk;
    let tau = (f64::from(scenario.horizon_months) - 0.5) / 12.0;
    let [bitcoin, network, rental, power] = log_multipliers(scenario);

    let b = &risk.bitcoin;
    let (rate, mu, delta) = (b.jumps_per_year * tau, b.jump_mean, b.jump_sd);
    let kappa = (mu + delta * delta / 2.0).exp_m1();
    let diffusion = diffusion_variance(scenario);
    let variance = diffusion + rate * (mu * mu + delta * delta);
    within(
        "mean of the log bitcoin price",
        mean(&bitcoin),
        -0.5 * diffusion - rate * kappa + rate * mu,
        (variance / n).sqrt(),
    );
    let third = rate * (mu.powi(3) + 3.0 * mu * delta * delta);
    let fourth = rate * (mu.powi(4) + 6.0 * (mu * delta).powi(2) + 3.0 * delta.powi(4));
    let error = ((fourth + 2.0 * variance * variance) / n).sqrt();
    within("its variance", moment(&bitcoin, 2), variance, error);
    // For a nearly normal variable the third moment has this variance.
    within("its third moment", moment(&bitcoin, 3), third, (6.0 * variance.powi(3) / n).sqrt());

    let variance = risk.network.volatility.powi(2) * tau;
    within("mean of the log hashrate", mean(&network), -0.5 * variance, (variance / n).sqrt());
    within("its variance", moment(&network, 2), variance, variance * (2.0 / n).sqrt());

    let returns = [
        ("rental", &rental, risk.rental.volatility, risk.rental.reversion, risk.rental.trend_sd),
        ("power", &power, risk.power.volatility, risk.power.reversion, 0.0),
    ];
    for (name, values, volatility, reversion, trend_sd) in returns {
        let decay = (-2.0 * reversion * tau).exp();
        let variance = volatility.powi(2) * (1.0 - decay) / (2.0 * reversion) + (trend_sd * tau).powi(2);
        within(name, mean(values), -0.5 * variance, (variance / n).sqrt());
        within(name, moment(values, 2), variance, variance * (2.0 / n).sqrt());
        within(name, moment(values, 3), 0.0, (6.0 * variance.powi(3) / n).sqrt());
    }
    for (name, values) in [("bitcoin", bitcoin), ("network", network), ("rental", rental), ("power", power)] {
        let multipliers: Vec<f64> = values.iter().map(|log| log.exp()).collect();
        within(name, mean(&multipliers), 1.0, (moment(&multipliers, 2) / n).sqrt());
    }
}

#[test]
fn markets_move_together_as_the_matrix_says() {
    let mut scenario = sample();
    scenario.risk.bitcoin.jumps_per_year = 0.0;
    let n = f64::from(scenario.risk.paths);
    let risk = &scenario.risk;
    let logs = log_multipliers(&scenario);
    // Standard deviation of a month's shock, and the share of it left a month later.
    let month = |which: usize, years: f64| match which {
        0 => (risk.bitcoin.volatility * years.sqrt(), 1.0),
        1 => (risk.network.volatility * years.sqrt(), 1.0),
        2 | 3 => {
            let (volatility, reversion) = [
                (risk.rental.volatility, risk.rental.reversion),
                (risk.power.volatility, risk.power.reversion),
            ][which - 2];
            let left: f64 = (-reversion * years).exp();
            (volatility * ((1.0 - left * left) / (2.0 * reversion)).sqrt(), left)
        }
        _ => unreachable!("four markets"),
    };
    let covariance_of = |i: usize, j: usize, rho: f64| {
        (1..=scenario.horizon_months).fold(0.0, |sum, t| {
            let years = if t == 1 { 0.5 } else { 1.0 } / 12.0;
            let ((si, left_i), (sj, left_j)) = (month(i, years), month(j, years));
            sum * left_i * left_j + rho * si * sj
        })
    };
    let matrix = wattfolio_economics::scenario::correlation::matrix(&risk.correlation);
    for i in 0..4 {
        for j in 0..i {
            let expected = covariance_of(i, j, matrix[i][j]);
            let (vi, vj) = (covariance_of(i, i, 1.0), covariance_of(j, j, 1.0));
            let error = ((vi * vj + expected * expected) / n).sqrt();
            within(&format!("covariance of {i} and {j}"), covariance(&logs[i], &logs[j]), expected, error);
        }
    }
}

#[test]
fn customers_default_at_their_hazard() {
    let mut scenario = sample();
    scenario.hosting.default_hazard_per_year = 0.2;
    let rows = rows(&scenario);
    let live = (scenario.hosting.queue_months + scenario.hosting.build_months) as usize;
    let n = rows.len() as f64;
    for months in [1, 6, 12, 24] {
        let expected = 1.0 - (-0.2 * f64::from(months) / 12.0).exp();
        let by =
            rows.iter().filter(|row| row.default_month.is_some_and(|t| t <= live + months as usize)).count();
        within("defaults", by as f64 / n, expected, (expected * (1.0 - expected) / n).sqrt());
    }
    assert!(rows.iter().all(|row| row.default_month.is_none_or(|month| month > live)));
}

#[test]
fn a_row_is_the_path_of_the_run() {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 1003;
    let mut simulator = Simulator::new(2).unwrap();
    let valid = valid(&scenario);
    let simulation = simulator.run(&valid, BASIS, &ToTheEnd).unwrap();
    // The range starts and ends within a group.
    let rows = simulator.rows(&valid, BASIS, 11..1003);
    assert_eq!(rows.len(), 992);
    for business in Business::ALL {
        let risk = simulation.business(business).unwrap();
        for (row, path) in rows.iter().zip(11..) {
            let result = row.results[business].unwrap();
            assert_eq!(result.npv_usd, risk.npv_usd[path]);
            let months = risk.payback.as_ref().unwrap().months[path];
            assert_eq!(result.payback_months.unwrap_or(f64::INFINITY), months);
            assert_eq!(result.lowest_cash_usd, risk.lowest_cash_usd[path]);
            // The rate exceeds the discount rate exactly where the NPV is positive.
            if let Some(irr) = result.irr.ok().filter(|_| result.npv_usd.abs() > 1.0) {
                assert_eq!(irr > business.discount_rate(&scenario), result.npv_usd > 0.0, "path {path}");
            }
        }
        assert!(rows.iter().any(|row| row.results[business].unwrap().irr.is_ok()));
    }
}

#[test]
fn without_volatility_a_row_has_the_plan_s_rate() {
    let mut scenario = without_chance(Scenario::default());
    scenario.risk.paths = 100;
    let comparison = compare_on(&valid(&scenario), BASIS);
    let row = rows(&scenario)[7];
    for business in Business::ALL {
        let planned = comparison.business(business).unwrap().measures.irr;
        let simulated = row.results[business].unwrap().irr;
        match (planned, simulated) {
            (Ok(planned), Ok(simulated)) => assert!((planned - simulated).abs() < 1e-9),
            (planned, simulated) => assert_eq!(planned, simulated),
        }
    }
}

#[test]
fn a_story_says_what_each_driver_cost() {
    let mut scenario = plain();
    scenario.risk.paths = 100;
    (scenario.risk.network.volatility, scenario.risk.rental.volatility) = (0.0, 0.0);
    scenario.risk.power.volatility = 0.0;
    scenario.hosting.default_hazard_per_year = 0.0;
    let plan = compare_on(&valid(&scenario), BASIS);
    let single = story(&scenario, 42);
    let row = rows(&scenario)[42];
    assert_eq!(single.path, 42);
    assert_eq!(single.markets[0].last(), Some(&row.markets[0].last));
    let mining = single.businesses[Business::Mining].as_ref().unwrap();
    assert_eq!(mining.npv_usd, row.results[Business::Mining].unwrap().npv_usd);
    // Only bitcoin moves, so that without it the path is the plan.
    let planned = plan.business(Business::Mining).unwrap().measures.npv_usd;
    let [bitcoin, others @ ..] = mining.gain_without_usd;
    assert!((mining.npv_usd + bitcoin - planned).abs() < 1e-9 * planned.abs());
    assert_eq!(others, [0.0; 5]);
    // GPUs are not paid in bitcoin.
    assert_eq!(single.businesses[Business::Leasing].as_ref().unwrap().gain_without_usd, [0.0; 6]);
}

/// Variance over seeds of mean, P5 and median of the NPV of leasing.
fn variances(sampling: Sampling) -> [f64; 3] {
    let mut simulator = Simulator::new(2).unwrap();
    simulator.set_sampling(sampling);
    let mut figures = [const { Vec::new() }; 3];
    for seed in 0..16 {
        let mut scenario = plain();
        (scenario.risk.paths, scenario.risk.seed) = (1024, seed);
        let simulation = simulator.run(&valid(&scenario), Basis::ProjectBeforeTax, &ToTheEnd).unwrap();
        assert_eq!(simulation.sampling, sampling);
        let npv = &simulation.business(Business::Leasing).unwrap().npv;
        for (figures, value) in figures.iter_mut().zip([npv.mean.value, npv.quantiles[0], npv.quantiles[2]]) {
            figures.push(value);
        }
    }
    figures.map(|values| moment(&values, 2))
}

#[test]
fn quasi_random_numbers_are_steadier_and_follow_the_same_laws() {
    let (random, quasi) = (variances(Sampling::Random), variances(Sampling::Quasi));
    let ratio = |figure: usize| random[figure] / quasi[figure];
    // With sixteen seeds each, a variance is known to a third or so.
    assert!(ratio(0) > 20.0, "mean {}", ratio(0));
    assert!(ratio(2) > 3.0, "median {}", ratio(2));

    let scenario = plain();
    let n = f64::from(scenario.risk.paths);
    let mut simulator = Simulator::new(2).unwrap();
    simulator.set_sampling(Sampling::Quasi);
    let scenario = valid(&scenario);
    let planned = simulator.stories(&scenario, BASIS, &[0])[0].planned.clone();
    let rows = simulator.rows(&scenario, BASIS, 0..scenario.risk.paths as usize);
    let tau = (f64::from(scenario.horizon_months) - 0.5) / 12.0;
    let logs = |which: usize| -> Vec<f64> {
        let plan = planned[which].last().unwrap();
        rows.iter().map(|row| (row.markets[which].last / plan).ln()).collect()
    };
    let network = logs(1);
    let variance = scenario.risk.network.volatility.powi(2) * tau;
    within("mean of the log hashrate", mean(&network), -0.5 * variance, (variance / n).sqrt());
    within("its variance", moment(&network, 2), variance, variance * (2.0 / n).sqrt());
    // A mean-reverting market depends on the shocks between the months of the bridge.
    let rental = logs(2);
    let factor = &scenario.risk.rental;
    let decay = (-2.0 * factor.reversion * tau).exp();
    let variance = factor.volatility.powi(2) * (1.0 - decay) / (2.0 * factor.reversion);
    within("rental", moment(&rental, 2), variance, variance * (2.0 / n).sqrt());
    // Rows and run are the same paths here too.
    let simulation = simulator.run(&scenario, BASIS, &ToTheEnd).unwrap();
    assert_eq!(
        rows[77].results[Business::Leasing].unwrap().npv_usd,
        simulation.business(Business::Leasing).unwrap().npv_usd[77]
    );
}

#[test]
fn more_paths_than_quasi_random_numbers_draw_are_pseudo_random() {
    let mut scenario = Scenario { horizon_months: 24, ..Scenario::default() };
    let most = most_quasi_paths(24);
    let mut simulator = Simulator::new(2).unwrap();
    simulator.set_sampling(Sampling::Quasi);
    for (paths, expected) in [(most, Sampling::Quasi), (most + 1, Sampling::Random)] {
        scenario.risk.paths = paths as u32;
        let simulation = simulator.run(&valid(&scenario), BASIS, &ToTheEnd).unwrap();
        assert_eq!(simulation.sampling, expected);
    }
}
