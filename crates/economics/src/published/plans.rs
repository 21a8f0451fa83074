//! Bare plans for published examples, with only the items that the source counts.

use crate::bitcoin::difficulty;
use crate::business::hosting::EndValue;
use crate::business::leasing::Fleet;
use crate::business::{Business, hosting, leasing, mining};
use crate::catalogue::DefaultSet;
use crate::finance::irr_roots;
use crate::kernel::{Line, Maybe};
use crate::results::{Comparison, Evaluation, Readouts, compare};
use crate::scenario::{Scenario, Trajectory};

/// Evaluates a scenario; `None` if it is invalid, which gives a value that matches nothing.
pub(crate) fn run(scenario: &Scenario) -> Option<Comparison> {
    scenario.validate().ok().map(|valid| compare(&valid))
}

/// Evaluates one business of a scenario.
pub(crate) fn evaluate(scenario: &Scenario, business: Business) -> Option<Evaluation> {
    run(scenario)?.business(business).ok().cloned()
}

/// The value, or NaN if it is absent.
pub(crate) fn number(value: &Maybe<f64>) -> f64 {
    value.as_ref().copied().unwrap_or(f64::NAN)
}

/// A figure of an evaluation, or NaN.
pub(crate) fn read(evaluation: Option<&Evaluation>, figure: impl FnOnce(&Evaluation) -> f64) -> f64 {
    evaluation.map_or(f64::NAN, figure)
}

/// A figure that only mining has.
pub(crate) fn of_mining(run: Option<&Evaluation>, figure: fn(&mining::Figures) -> f64) -> f64 {
    read(run, |run| if let Readouts::Mining(readouts) = &run.readouts { figure(readouts) } else { f64::NAN })
}

/// A figure that only hosting has.
pub(crate) fn of_hosting(run: Option<&Evaluation>, figure: fn(&hosting::Figures) -> f64) -> f64 {
    read(run, |run| if let Readouts::Hosting(readouts) = &run.readouts { figure(readouts) } else { f64::NAN })
}

/// A figure that only leasing has.
pub(crate) fn of_leasing(run: Option<&Evaluation>, figure: fn(&leasing::Figures) -> f64) -> f64 {
    read(run, |run| if let Readouts::Leasing(readouts) = &run.readouts { figure(readouts) } else { f64::NAN })
}

/// The sum of a ledger line over the plan.
pub(crate) fn sum(evaluation: Option<&Evaluation>, line: Line) -> f64 {
    read(evaluation, |run| run.ledger.sum(line))
}

/// A ledger line in month 1.
pub(crate) fn first(evaluation: Option<&Evaluation>, line: Line) -> f64 {
    read(evaluation, |run| run.ledger.line(line).get(1).copied().unwrap_or(f64::NAN))
}

/// The rate of return of a plan's flows summed by year, as a spreadsheet has them, %.
pub(crate) fn yearly_irr(evaluation: Option<&Evaluation>) -> f64 {
    read(evaluation, |run| {
        let net = run.ledger.line(Line::NetBeforeTax);
        let years = net[1..].chunks(12).map(|year| year.iter().sum::<f64>());
        let flows: Vec<f64> = std::iter::once(net[0]).chain(years).collect();
        irr_roots(&flows).first().map_or(f64::NAN, |root| root.rate * 100.0)
    })
}

/// Network hashrate at a difficulty, EH/s.
pub(crate) fn network_eh_s(at_difficulty: f64) -> f64 {
    at_difficulty / difficulty(1.0)
}

/// The bitcoin market of a source.
#[derive(Clone, Copy)]
pub(crate) struct Chain {
    pub difficulty: f64,
    /// Subsidy of a block, BTC.
    pub subsidy_btc: f64,
    /// Fees of a block, BTC.
    pub fees_btc: f64,
    /// Bitcoin price, USD.
    pub price_usd: f64,
}

/// The defaults of October 2026: a published case must not change with later defaults.
fn plain() -> Scenario {
    DefaultSet::UNNAMED.scenario()
}

/// A constant market, and `machines` of `th_s` and `watts` that run every hour at no other cost, live at once.
pub(crate) fn miner(chain: Chain, machines: f64, th_s: f64, watts: f64) -> Scenario {
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

/// GPUs on an own site that costs nothing, live at once, at the market, always rented, with free power.
pub(crate) fn gpus(count: u32, horizon_months: u32) -> Scenario {
    let mut scenario = Scenario { horizon_months, ..plain() };
    let leasing = &mut scenario.leasing;
    leasing.fleet = Fleet::Count(count);
    (leasing.build_months, leasing.ramp_months) = (0, 0);
    (leasing.fit_out_usd_per_it_mw, leasing.contract_share) = (0.0.into(), 0.0);
    (leasing.opex_usd_per_gpu_hour, leasing.maintenance_per_year, leasing.replacement_per_year) =
        (0.0, 0.0, 0.0);
    (leasing.availability, leasing.utilisation, leasing.resale_share) = (1.0, 1.0, 0.0);
    leasing.pue = 1.0;
    leasing.idle_when_unprofitable = false;
    scenario.finance.inflation = 0.0;
    scenario.finance.discount_rate = 0.0;
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.0, 0.0);
    scenario
}

/// A lease of `it_mw` at a level fee, live at once, without operating cost and without end effects.
pub(crate) fn lease(it_mw: f64, months: u32, fee_usd_per_kw_month: f64) -> Scenario {
    let mut scenario = Scenario { horizon_months: months, ..plain() };
    let hosting = &mut scenario.hosting;
    (hosting.build_months, hosting.ramp_months, hosting.term_months) = (0, 0, months);
    (hosting.fee_usd_per_kw_month, hosting.fee_escalator) = (fee_usd_per_kw_month.into(), 0.0);
    hosting.opex_usd_per_kw_month = 0.0;
    hosting.end_value = EndValue::Works;
    scenario.site.capacity_mw = it_mw * hosting.pue;
    scenario.finance.inflation = 0.0;
    scenario
}
