//! `wattfolio solve`

use std::sync::Arc;

use wattfolio_economics::answers::{Asked, BreakEvens, Quantity, Solved, Tornado, converting, solve};
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Input;

use super::output::Output;
use super::source::{self, Source};
use super::viewed::Viewed;
use super::{Failure, asked};
use crate::export::Solutions;

/// Inputs that are solved for where none is named.
const DECIDING: usize = 12;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A difference that is 0 is an indifference price: --for hosting-mining.npv_usd. `going_on` in place of the second\nbusiness goes on with the fleet that is there: --for hosting-going_on.npv_usd. With neither --for nor --input it also gives the\nhosting fee and the rental with only mining's NPV, and the hashprice at which a miner would not convert.\n\nExample: wattfolio solve today --input power.price_usd_per_kwh --for mining.npv_usd=0"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// The input to solve for, by its id (`wattfolio inputs`); may be given several times. By default the inputs that decide,
    /// the nearest solution first.
    #[arg(long = "input", value_name = "ID")]
    inputs: Vec<String>,
    /// What is to be reached: a measure of a business, or of one less another, and its target, 0 if none is given; by default
    /// that the best business just earns its capital, by the measure of the criterion.
    #[arg(long = "for", value_name = "QUANTITY[=TARGET]")]
    quantity: Option<String>,
    #[command(flatten)]
    viewed: Viewed,
    #[command(flatten)]
    output: Output<Solutions>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, scenario) = args.source.load()?;
    let view = args.viewed.of(preset.view);
    let (asked, target) = if let Some(text) = &args.quantity {
        asked::with_target(text, view)?
    } else {
        let usual = asked::usual(&scenario, view);
        // No payback says that the capital is just earned; an NPV of 0 does.
        let npv = Asked::new(Quantity::npv(usual.quantity.of), view.basis);
        usual.usual_target(&scenario).map_or((npv, 0.0), |target| (usual, target))
    };
    let find = |id: &String| catalogue::find(id.trim()).ok_or_else(|| source::unknown(id.trim()));
    let named = args.inputs.iter().map(find).collect::<Result<Vec<&'static Input>, Failure>>()?;
    let is_named = !named.is_empty();
    let inputs = if is_named {
        named
    } else {
        BreakEvens::deciding(&scenario, &Tornado::new(&scenario, asked), DECIDING)
    };
    let out = args.output.open()?;
    let solved = inputs.into_iter().map(|input| solve(&scenario, asked, input, target).map_err(Failure::new));
    let mut solved = solved.collect::<Result<Vec<Solved>, Failure>>()?;
    if !is_named {
        solved.sort_by(|a, b| a.distance().total_cmp(&b.distance()));
    }
    // Asked for nothing in particular, it says when a miner would convert as well.
    let is_asked = is_named || args.quantity.is_some();
    let converting = if is_asked { Vec::new() } else { converting(&scenario, view.basis) };
    let (title, now) = (preset.about.title, asked.value(&scenario));
    out.write(&mut Solutions { title, scenario: Arc::new(scenario), asked, now, solved, converting })
}
