//! `wattfolio presets`

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Subcommand;

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::FactorSource;

use super::Failure;
use super::choice::choice;
use super::output::Output;
use super::source::{load, say_older};
use crate::export::{BundledPresets, CheckedPreset};
use crate::store::{self, Opened, Preset};

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: wattfolio presets show today --out mine.ron")]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The bundled presets with their verdicts.
    #[command(after_help = "Example: wattfolio presets list --criterion payback")]
    List {
        /// What the verdicts go by; what each file says if nothing is given.
        #[arg(long, value_parser = choice::<Criterion>())]
        criterion: Option<Criterion>,
        /// Basis of the flows: project or owner; what each file says if nothing is given.
        #[arg(long, value_parser = choice::<Basis>())]
        basis: Option<Basis>,
        /// Source of the simulated bitcoin and network; what each file says if nothing is given.
        #[arg(long, value_parser = choice::<FactorSource>())]
        factors: Option<FactorSource>,
        #[command(flatten)]
        output: Output<BundledPresets>,
    },
    /// Show a preset with story, facts, sources, assumptions and its file.
    #[command(after_help = "Example: wattfolio presets show today --out mine.ron")]
    Show {
        /// A bundled preset or a preset file.
        #[arg(value_name = "NAME|FILE")]
        name: OsString,
        #[command(flatten)]
        output: Output<Preset>,
    },
    /// Check that a file is a valid preset.
    #[command(after_help = "Example: wattfolio presets check mine.ron")]
    Check {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        output: Output<CheckedPreset>,
    },
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    match &args.command {
        None => Output::<BundledPresets>::default().open()?.write(&mut BundledPresets::default()),
        Some(Command::List { criterion, basis, factors, output }) => {
            let (criterion, basis, factors) = (*criterion, *basis, *factors);
            output.open()?.write(&mut BundledPresets { criterion, basis, factors })
        }
        Some(Command::Show { name, output }) => {
            let (mut preset, _) = load(Some(name))?;
            output.open()?.write(&mut preset)
        }
        Some(Command::Check { file, output }) => {
            let Opened { preset, source } = store::load(&store::existing(file)).map_err(Failure::new)?;
            say_older(&source);
            output.open()?.write(&mut CheckedPreset { file: file.clone(), preset })
        }
    }
}
