//! `wattfolio simulate`

use wattfolio_economics::catalogue;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::risk::{FactorSource, Sampling, Simulator, Unfinished, most_quasi_paths};
use wattfolio_economics::scenario::ValidScenario;

use super::choice::choice;
use super::output::{Output, WhileRead};
use super::source::{Source, unknown};
use super::{Failure, whole};
use crate::export::SimulationRun;
use crate::market_data;

/// Example file in the most complete format of this build.
const EXAMPLE: &str = if cfg!(feature = "parquet") {
    "Example: wattfolio simulate --paths 20000 --out paths.parquet"
} else {
    "Example: wattfolio simulate --paths 20000 --out paths.csv"
};

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// Basis of the flows: project or owner; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<Basis>())]
    basis: Option<Basis>,
    /// Number of paths, in place of `risk.paths`.
    #[arg(long, value_name = "N", value_parser = whole::<u64>, allow_negative_numbers = true)]
    paths: Option<u64>,
    /// Seed of the random numbers, in place of `risk.seed`; the same seed gives the same output.
    #[arg(long, value_name = "S", value_parser = whole::<u64>, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Generator of the random numbers.
    #[arg(long, value_parser = choice::<Sampling>(), default_value = Sampling::Random.id())]
    sampling: Sampling,
    /// Source of the simulated bitcoin and network; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<FactorSource>())]
    factors: Option<FactorSource>,
    #[command(flatten)]
    output: Output<SimulationRun<WhileRead>>,
}

/// Failure for an unfinished simulation, with the option that caused it.
pub(super) fn unfinished(reason: Unfinished) -> Failure {
    match reason {
        // Only a closed pipe cancels a run of the command line.
        Unfinished::Ended => Failure::Closed,
        Unfinished::NoMemory { .. } => Failure::new(format!("{reason} (--paths)")),
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, scenario) = args.source.load()?;
    let scenario = with(scenario, "risk.paths", args.paths)?;
    let scenario = with(scenario, "risk.seed", args.seed)?;
    if args.sampling == Sampling::Quasi {
        let most = most_quasi_paths(scenario.horizon_months as usize);
        if scenario.risk.paths as usize > most {
            return Err(Failure::new(format!(
                "quasi-random numbers draw at most {most} paths of {} months; ask for fewer with --paths, or leave \
                 out --sampling quasi",
                scenario.horizon_months
            )));
        }
    }
    let out = args.output.open()?;
    let view = preset.view.asked(args.basis, None).drawn_from(args.factors);
    let mut simulator = Simulator::new(0).map_err(Failure::new)?;
    simulator.set_sampling(args.sampling);
    let control = out.while_read();
    simulator.set_record(market_data::resampled(view.factors, &scenario));
    let simulation = simulator.run(&scenario, view.basis, &control).map_err(unfinished)?;
    // There is no second run, and IRRs and rows need less memory than the run did.
    simulator.release();
    let (title, simulator) = (preset.about.title, Some(simulator));
    out.write(&mut SimulationRun { title, scenario, simulation, simulator, outlook: None, control })
}

/// The scenario with an option of the command in place of its input.
fn with(scenario: ValidScenario, id: &'static str, option: Option<u64>) -> Result<ValidScenario, Failure> {
    let Some(value) = option else { return Ok(scenario) };
    let input = catalogue::find(id).ok_or_else(|| unknown(id))?;
    scenario.with(input, &value.to_string()).map_err(Failure::new)
}
