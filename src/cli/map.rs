//! `wattfolio map`

use std::sync::Arc;

use wattfolio_economics::answers::{Axis, Filmstrip, WinnerMap};
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Input;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::scenario::ValidScenario;

use super::Failure;
use super::choice::choice;
use super::output::Output;
use super::source::{self, Source};
use crate::export::Mapped;
use crate::format;

/// Most values of a third input.
const MOST_FRAMES: usize = 16;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "An axis is the slider of its input, or what stands behind `=`. By chance of loss there is no map.\n\nExample: wattfolio map today --x bitcoin.price_usd=50000..1000000 --y power.price_usd_per_kwh --z hosting.fee_usd_per_kw_month=100..180 --steps 12"
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
    /// A third input, at whose values the map is repeated: five over its slider or between two ends, today's among them, or the
    /// values themselves, two to sixteen with a comma between them.
    #[arg(long, value_name = "ID[=FROM..TO|=VALUE,…]")]
    z: Option<String>,
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

/// The input that an argument names, and what stands behind it.
fn named(text: &str) -> Result<(&'static Input, Option<&str>), Failure> {
    let (id, rest) = text.split_once('=').map_or((text, None), |(id, rest)| (id, Some(rest)));
    let input = catalogue::find(id.trim()).ok_or_else(|| source::unknown(id.trim()))?;
    Ok((input, rest))
}

/// A value of an input in an argument.
fn read(text: &str, input: &Input, value: &str) -> Result<f64, Failure> {
    format::read_stored(value.trim(), input.unit)
        .map_err(|why| Failure::new(format!("{text}: an end is {value}; {why}")))
}

/// The axis that an argument describes.
fn axis(scenario: &ValidScenario, text: &str) -> Result<Axis, Failure> {
    let (input, ends) = named(text)?;
    let Some(ends) = ends else { return Axis::of(scenario, input).map_err(Failure::new) };
    let (from, to) = ends.split_once("..").ok_or_else(|| {
        Failure::new(format!(
            "{text}: write the ends as FROM..TO, for example bitcoin.price_usd=50000..1000000"
        ))
    })?;
    let ends = (read(text, input, from)?, read(text, input, to)?);
    Axis::between(scenario, input, ends).map_err(Failure::new)
}

/// The third input that an argument describes, with its values.
fn third(scenario: &ValidScenario, text: &str) -> Result<(Axis, Vec<f64>), Failure> {
    let (input, rest) = named(text)?;
    let Some(list) = rest.filter(|rest| !rest.contains("..")) else {
        let axis = axis(scenario, text)?;
        let values = axis.spread(Filmstrip::USUAL, axis.now(scenario));
        return Ok((axis, values));
    };
    let values =
        list.split(',').map(|value| read(text, input, value)).collect::<Result<Vec<f64>, Failure>>()?;
    if !(2..=MOST_FRAMES).contains(&values.len()) || !values.is_sorted_by(|a, b| a < b) {
        let why = format!("{text}: write two to {MOST_FRAMES} values that go up, or the ends as FROM..TO");
        return Err(Failure::new(why));
    }
    for value in &values {
        scenario.with(input, *value).map_err(Failure::new)?;
    }
    let axis = Axis::between(scenario, input, (values[0], values[values.len() - 1]));
    Ok((axis.map_err(Failure::new)?, values))
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
    let third = args.z.as_ref().map(|text| third(&scenario, text)).transpose()?;
    if let Some((z, _)) = &third {
        Filmstrip::check((&axes.0, &axes.1), z).map_err(Failure::new)?;
    }
    let (scenario, steps) = (Arc::new(scenario), args.steps.map(usize::from));
    let how = (view.basis, view.criterion);
    let title = preset.about.title;
    args.output.open()?.write(&mut Mapped { title, scenario, axes, third, how, steps })
}
