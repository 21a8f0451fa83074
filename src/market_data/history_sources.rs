//! Where the figures of a replay come from, and which of them are estimates, in sentences.

use wattfolio_economics::history::{MachinePrice, Replay};
use wattfolio_economics::units::Unit;

use super::history::{RecordSource, record, source_of};
use crate::format;

/// The sources of a replay, a sentence for each series.
pub fn replay_sources(replay: &Replay) -> Vec<String> {
    let (record, start) = (record(), replay.start());
    let before = start.before().unwrap_or(start);
    let source = |series, month| source_of(series, month).unwrap_or("not recorded");
    let close = record.close_usd.get(before).map_or(0.0, |close| close.value);
    let network = record.network_eh_s.get(before).map_or(0.0, |network| network.value);
    let mut lines = vec![
        format!(
            "Bitcoin ${}, close of {} ({}); at mid-month the geometric mean of two closes.",
            format::grouped(close, 0),
            before.short_name(),
            source(RecordSource::Close, before)
        ),
        format!(
            "Network {}, implied by the mean difficulty of {} ({}).",
            format::short(network, Unit::EhPerSecond),
            before.short_name(),
            source(RecordSource::Network, before)
        ),
        format!(
            "Fees: share of the subsidy by era, an estimate made since, which the plan of then is given too ({}). Subsidy by recorded heights, good to a day.",
            source(RecordSource::Fees, start)
        ),
    ];
    if start >= record.rental_usd.first() {
        lines.push(format!(
            "GPU rental: median of H100 list prices by month ({}), over that of Sep 2026 times the scenario’s rental; a month with fewer than three prices is an estimate.",
            source(RecordSource::Rental, start)
        ));
    }
    if let Some(machine) = replay.machine() {
        lines.push(match machine.price {
            MachinePrice::Own => format!("Machine: {}, the scenario’s own, at its own price.", machine.name),
            MachinePrice::Listed { year } => {
                format!("Machine: {}, at a price listed in {year} (assets/market/asic_models.csv).", machine.name)
            }
            MachinePrice::Estimated => format!(
                "Machine: {} (assets/market/asic_models.csv); its price is an estimate, that of today for a TH/s in proportion to the hashprice.",
                machine.name
            ),
        });
    }
    lines.push(reach(replay));
    lines
}

/// How far the record goes, from when on it is an estimate, and what is no record at all.
fn reach(replay: &Replay) -> String {
    let month = |t: usize| replay.start().plus((t as u32).saturating_sub(1)).short_name();
    let last = month(replay.last_recorded());
    let estimates = replay.estimates_from().map_or_else(String::new, |from| {
        format!("; price and network from {} on are estimates", month(from))
    });
    let after = if replay.last_recorded() < replay.believed().horizon_months as usize {
        format!(" After {last} bitcoin, rental and network go on by the scenario’s own rules.")
    } else {
        String::new()
    };
    format!(
        "Bundled record to {last}{estimates}. Power and fees of contracts are as planned: none is recorded.{after}"
    )
}
