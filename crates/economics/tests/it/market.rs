//! The market at the edges of its inputs.

use wattfolio_economics::results::compare;
use wattfolio_economics::scenario::{Scenario, Trajectory};

/// A bitcoin price that runs away from its reference for fifty years, with every elasticity at its limit.
fn runaway() -> Scenario {
    let mut scenario = Scenario { horizon_months: 600, ..Scenario::default() };
    let bitcoin = &mut scenario.bitcoin;
    bitcoin.price_usd = Trajectory::growing(1e9, 10.0);
    (bitcoin.response_reference_usd, bitcoin.response_reference_growth) = (1.0, -0.95);
    bitcoin.response_elasticity = 2.0;
    bitcoin.network_hashrate_eh_s = Trajectory::growing(1e6, 10.0);
    (scenario.coupling.power_elasticity, scenario.coupling.rental_elasticity) = (2.0, 2.0);
    scenario.power.price_usd_per_kwh = Trajectory::growing(2.0, 10.0);
    scenario.leasing.rental_usd_per_gpu_hour = Trajectory::growing(1000.0, 10.0);
    scenario
}

#[test]
fn no_elasticity_leads_beyond_what_a_number_holds() {
    let comparison = compare(&runaway().validate().expect("every value is within its range"));
    for (series, values) in comparison.network.series() {
        assert!(values.iter().all(|level| level.is_finite()), "{series} ends at {:?}", values.last());
    }
}
