//! Mining with a fleet that is there already.

use crate::scenario::{Debt, Scenario};

/// Turns a plan of new machines into one that goes on with a fleet that runs already: what was paid for it is sunk, nothing is
/// built or borrowed, and the recorded network holds it. What it fetches when the site is converted instead is
/// `site.legacy_resale_usd`, which comes to whoever converts.
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// use wattfolio_economics::business::mining::go_on;
///
/// let scenario = Scenario::default().validate()?.edit(go_on)?;
/// let mining = compare(&scenario);
/// let mining = mining.business(Business::Mining).unwrap();
/// assert_eq!((mining.measures.capex_usd, mining.timing.live()), (0.0, 0));
/// # Ok::<(), Faults>(())
/// ```
pub fn go_on(scenario: &mut Scenario) {
    let mining = &mut scenario.mining;
    mining.machine.price_usd = 0.0.into();
    mining.site_capex_usd_per_mw = 0.0;
    (mining.queue_months, mining.build_months, mining.ramp_months) = (0, 0, 0);
    mining.debt = Debt::None;
    mining.fleet_counted_in_network = true;
}
