//! What is recorded of the bitcoin network, for a plan that starts in the past.

/// Recorded months of a plan, `t = 0` first, as far as they go. After them the scenario's own rule goes on: from the last
/// hashrate and its growth.
///
/// Prices, fees and rentals need no such place: their paths take points at mid-months.
///
/// ```
/// use wattfolio_economics::kernel::{Market, RecordedNetwork};
/// use wattfolio_economics::prelude::*;
///
/// let recorded = RecordedNetwork { hashrate_eh_s: vec![964.0, 900.0, 850.0], ..RecordedNetwork::default() };
/// let levels = Market::compile_on(&Scenario::default(), &recorded).deterministic();
/// assert!((levels[2].network_eh_s / 850.0 - 1.0).abs() < 1e-12);
/// // Miners go on from there.
/// assert!(levels[3].network_eh_s < Market::compile(&Scenario::default()).deterministic()[3].network_eh_s);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordedNetwork {
    /// Hashrate, EH/s.
    pub hashrate_eh_s: Vec<f64>,
    /// Mean subsidy of a block, BTC.
    pub subsidy_btc: Vec<f64>,
}
