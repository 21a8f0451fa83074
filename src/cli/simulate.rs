//! `wattfolio simulate`

use wattfolio_economics::catalogue;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::risk::{
    Control, PathRow, Sampling, Simulation, Simulator, Unfinished, most_quasi_paths,
};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use super::choice::choice;
use super::output::{Format, Offer, Offers, Output, Sink};
use super::source::Source;
use super::{Failure, whole};
use crate::export::{self, PathTable};

/// A file of the richest format that this build writes.
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
    /// Whose flows are counted.
    #[arg(long, value_parser = choice::<Basis>(), default_value = Basis::ProjectBeforeTax.id())]
    basis: Basis,
    /// Number of paths, in place of `risk.paths`.
    #[arg(long, value_name = "N", value_parser = whole::<u64>, allow_negative_numbers = true)]
    paths: Option<u64>,
    /// Seed of the random numbers, in place of `risk.seed`; the same seed gives the same output.
    #[arg(long, value_name = "S", value_parser = whole::<u64>, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Where the random numbers come from.
    #[arg(long, value_parser = choice::<Sampling>(), default_value = Sampling::Random.id())]
    sampling: Sampling,
    #[command(flatten)]
    output: Output<Run>,
}

/// Paths whose rows are held at a time.
const AT_ONCE: usize = 16_384;

/// A simulation, and what is needed to look at its paths.
struct Run {
    title: String,
    scenario: ValidScenario,
    simulator: Simulator,
    simulation: Simulation,
}

impl Offers for Run {
    const OFFERS: &'static [Offer<Self>] = &[
        Offer {
            format: Format::Text,
            help: "For people: verdict and figures with their standard errors (default)",
            write: |run, out| {
                let run = run.with_returns(out)?;
                out.text(&export::simulation_table(&run.title, &run.scenario, &run.simulation))
            },
        },
        Offer {
            format: Format::Json,
            help: "Everything, with the fan by month",
            write: |run, out| {
                let run = run.with_returns(out)?;
                out.json(&export::simulation_json(&run.scenario, &run.simulation))
            },
        },
        Offer {
            format: Format::Csv,
            help: "One row a path: its markets and its results",
            write: |mut run, out| {
                let table = PathTable::new(&run.simulation);
                let mut file = table.csv(out)?;
                run.each_chunk(|first, rows| Ok(file.add(first, rows)?))?;
                Ok(file.finish()?)
            },
        },
        #[cfg(feature = "parquet")]
        Offer {
            format: Format::Parquet,
            help: "The same as a Parquet file",
            write: |mut run, out| {
                let table = PathTable::new(&run.simulation);
                let mut file = table.parquet(out)?;
                run.each_chunk(|first, rows| Ok(file.add(first, rows)?))?;
                Ok(file.finish()?)
            },
        },
    ];
    #[cfg(not(feature = "parquet"))]
    const LEFT_OUT: &'static [Format] = &[Format::Parquet];
}

impl Run {
    fn with_returns(mut self, out: &Sink) -> Result<Self, Failure> {
        let found = self.simulator.returns(&self.scenario, self.simulation.basis, &WhileRead(out));
        let simulation = self.simulation.with_returns(found.map_err(unfinished)?);
        Ok(Self { simulation, ..self })
    }

    /// Hands the rows of all paths over, some at a time.
    fn each_chunk(
        &mut self,
        mut take: impl FnMut(usize, &[PathRow]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for first in (0..self.simulation.paths).step_by(AT_ONCE) {
            let until = (first + AT_ONCE).min(self.simulation.paths);
            take(first, &self.simulator.rows(&self.scenario, self.simulation.basis, first..until))?;
        }
        Ok(())
    }
}

/// Ends a run whose results nobody reads any more.
struct WhileRead<'a>(&'a Sink);

impl Control for WhileRead<'_> {
    fn proceed(&self, _: f64) -> bool {
        !self.0.is_closed()
    }
}

fn unfinished(reason: Unfinished) -> Failure {
    match reason {
        // Nothing else ends a run.
        Unfinished::Ended => Failure::Closed,
        Unfinished::NoMemory { .. } => Failure::new(format!("{reason} (--paths)")),
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, _, scenario) = args.source.load()?;
    let mut scenario = scenario.into_inner();
    write(&mut scenario, "risk.paths", args.paths)?;
    write(&mut scenario, "risk.seed", args.seed)?;
    let scenario = scenario.validate().map_err(Failure::new)?;
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
    let mut simulator = Simulator::new(0).map_err(Failure::new)?;
    simulator.set_sampling(args.sampling);
    let simulation = simulator.run(&scenario, args.basis, &WhileRead(out.sink())).map_err(unfinished)?;
    // Rates and rows take less than the run, and there is no second one.
    simulator.release();
    out.write(Run { title: preset.about.title, scenario, simulator, simulation })
}

/// Writes an input through the catalogue, which knows what is allowed.
fn write(scenario: &mut Scenario, id: &str, value: Option<u64>) -> Result<(), Failure> {
    let (Some(value), Some(input)) = (value, catalogue::find(id)) else { return Ok(()) };
    input.write(scenario, &value.to_string()).map_err(Failure::new)
}
