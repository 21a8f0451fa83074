//! `wattfolio map`

use std::sync::Arc;

use wattfolio_economics::answers::{Axis, WinnerMap};
use wattfolio_economics::catalogue;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::scenario::ValidScenario;

use super::Failure;
use super::choice::choice;
use super::output::Output;
use super::source::{self, Source};
use crate::export::Mapped;
use crate::format;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "An axis is the slider of its input, or what stands behind `=`. By chance of loss there is no map.\n\nExample: wattfolio map today --x bitcoin.price_usd=50000..1000000 --y power.price_usd_per_kwh --out map.csv"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// The input along the columns, by its id (`wattfolio inputs`), with ends in its unit if its slider is not what is wanted; by
    /// default the bitcoin price.
    #[arg(long, value_name = "ID[=FROM..TO]")]
    x: Option<String>,
    /// The input along the rows; by default the growth of the market rental.
    #[arg(long, value_name = "ID[=FROM..TO]")]
    y: Option<String>,
    /// Columns and rows, 2 to 240; by default 24 as text and 96 in the other formats.
    #[arg(long, value_parser = clap::value_parser!(u16).range(2..=240))]
    steps: Option<u16>,
    /// Basis of the flows: project or owner; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<Basis>())]
    basis: Option<Basis>,
    /// What the verdicts go by; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<Criterion>())]
    criterion: Option<Criterion>,
    #[command(flatten)]
    output: Output<Mapped>,
}

/// The axis that an argument describes.
fn axis(scenario: &ValidScenario, text: &str) -> Result<Axis, Failure> {
    let (id, ends) = text.split_once('=').map_or((text, None), |(id, ends)| (id, Some(ends)));
    let input = catalogue::find(id.trim()).ok_or_else(|| source::unknown(id.trim()))?;
    let Some(ends) = ends else { return Axis::of(scenario, input).map_err(Failure::new) };
    let (from, to) = ends.split_once("..").ok_or_else(|| {
        Failure::new(format!(
            "{text}: write the ends as FROM..TO, for example bitcoin.price_usd=50000..1000000"
        ))
    })?;
    let read = |end: &str| {
        format::read_stored(end.trim(), input.unit)
            .map_err(|why| Failure::new(format!("{text}: an end is {end}; {why}")))
    };
    Axis::between(scenario, input, (read(from)?, read(to)?)).map_err(Failure::new)
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, scenario) = args.source.load()?;
    let view = preset.view.asked(args.basis, args.criterion);
    let usual = || Axis::usual(&scenario).map_err(Failure::new);
    let given = |text: &Option<String>| text.as_ref().map(|text| axis(&scenario, text)).transpose();
    let axes = match (given(&args.x)?, given(&args.y)?) {
        (Some(x), Some(y)) => (x, y),
        (Some(x), None) => (x, usual()?.1),
        (None, Some(y)) => (usual()?.0, y),
        (None, None) => usual()?,
    };
    WinnerMap::check((&axes.0, &axes.1), view.criterion).map_err(Failure::new)?;
    let (scenario, steps) = (Arc::new(scenario), args.steps.map(usize::from));
    let how = (view.basis, view.criterion);
    args.output.open()?.write(&mut Mapped { title: preset.about.title, scenario, axes, how, steps })
}
