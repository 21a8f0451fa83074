//! Bare plans of a miner: nothing but what a source counts.

use crate::business::mining::Figures;
use crate::published::plans::{network_eh_s, plain, read};
use crate::results::{Evaluation, Readouts};
use crate::scenario::{Scenario, Trajectory};

/// A figure that only mining has.
pub(super) fn of_mining(run: Option<&Evaluation>, figure: fn(&Figures) -> f64) -> f64 {
    read(run, |run| if let Readouts::Mining(readouts) = &run.readouts { figure(readouts) } else { f64::NAN })
}

/// The bitcoin market of a source.
#[derive(Clone, Copy)]
pub(super) struct Chain {
    pub difficulty: f64,
    /// Subsidy of a block, BTC.
    pub subsidy_btc: f64,
    /// Fees of a block, BTC.
    pub fees_btc: f64,
    /// Bitcoin price, USD.
    pub price_usd: f64,
}

/// A market that stands still, and `machines` of `th_s` and `watts` that run through every hour at no other
/// cost, live at once.
pub(super) fn miner(chain: Chain, machines: f64, th_s: f64, watts: f64) -> Scenario {
    let mut scenario = Scenario { horizon_months: 1, ..plain() };
    scenario.site.capacity_mw = machines * watts / 1e6;
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.0, 0.0);
    let bitcoin = &mut scenario.bitcoin;
    bitcoin.block_height = Some(0);
    bitcoin.block_subsidy_btc = Some(chain.subsidy_btc);
    bitcoin.fees_btc_per_block = Trajectory::growing(chain.fees_btc, 0.0);
    bitcoin.network_hashrate_eh_s = Trajectory::growing(network_eh_s(chain.difficulty), 0.0);
    bitcoin.price_usd = Trajectory::growing(chain.price_usd, 0.0);
    let mining = &mut scenario.mining;
    (mining.machine.hashrate_th_s, mining.machine.watts) = (th_s, watts);
    (mining.pue, mining.uptime, mining.pool_fee, mining.degradation_per_year) = (1.0, 1.0, 0.0, 0.0);
    (mining.build_months, mining.ramp_months, mining.opex_usd_per_mw_month) = (0, 0, 0.0);
    mining.idle_when_unprofitable = false;
    scenario
}
