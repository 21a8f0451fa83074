//! `wattfolio calibrate`

use wattfolio_economics::history::calibrate;
use wattfolio_economics::scenario::CalendarMonth;

use super::Failure;
use super::output::Output;
use super::source::Source;
use crate::export::CalibratedPreset;
use crate::market_data;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A range that reaches into estimates is cut at the last recorded month, and that is said.

Example: wattfolio calibrate today --from 2021-08 --to 2026-06 --out calibrated.ron"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// First month of the record to use.
    #[arg(long, value_name = "YYYY-MM", value_parser = month, default_value = "2021-08")]
    from: CalendarMonth,
    /// Last month of the record to use.
    #[arg(long, value_name = "YYYY-MM", value_parser = month, default_value = "2026-06")]
    to: CalendarMonth,
    #[command(flatten)]
    output: Output<CalibratedPreset>,
}

pub(super) fn month(text: &str) -> Result<CalendarMonth, String> {
    text.parse().map_err(|_fault: wattfolio_economics::scenario::NotAMonth| "write it as 2021-08".to_owned())
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (mut preset, _, scenario) = args.source.load()?;
    let calibration = calibrate(market_data::record(), &scenario, args.from, args.to)
        .map_err(|fault| Failure::new(format!("{fault} (--from, --to)")))?;
    let out = args.output.open()?;
    preset.scenario =
        calibration.apply(&scenario, |found| found.is_allowed(&scenario)).map_err(Failure::new)?;
    out.write(&mut CalibratedPreset { scenario, calibration, preset })
}
