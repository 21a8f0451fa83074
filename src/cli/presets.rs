//! `wattfolio presets`

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Subcommand;

use super::Failure;
use super::output::{Format, Offer, Offers, Output};
use super::source::load;
use crate::export;
use crate::store::{self, Preset};

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
    #[command(after_help = "Example: wattfolio presets list --format json")]
    List {
        #[command(flatten)]
        output: Output<All>,
    },
    /// One preset with story, facts, sources, assumptions and its file.
    #[command(after_help = "Example: wattfolio presets show today --out mine.ron")]
    Show {
        /// A bundled preset or a preset file.
        #[arg(value_name = "NAME|FILE")]
        name: OsString,
        #[command(flatten)]
        output: Output<Preset>,
    },
    /// Whether a file is a preset that can be opened.
    #[command(after_help = "Example: wattfolio presets check mine.ron")]
    Check {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        output: Output<Checked>,
    },
}

/// The bundled presets.
struct All;

impl Offers for All {
    const OFFERS: &'static [Offer<Self>] = &[
        Offer {
            format: Format::Text,
            help: "For people (default)",
            write: |_, out| out.text(&export::presets_text()),
        },
        Offer {
            format: Format::Json,
            help: "Names, titles, tags and verdicts",
            write: |_, out| out.json(&export::presets_json()),
        },
    ];
}

impl Offers for Preset {
    const OFFERS: &'static [Offer<Self>] = &[
        Offer {
            format: Format::Text,
            help: "For people, with the file at the end (default)",
            write: |preset, out| out.text(&export::preset_text(&preset).map_err(Failure::new)?),
        },
        Offer {
            format: Format::Json,
            help: "With every input by its id",
            write: |preset, out| out.json(&export::preset_json(&preset)),
        },
        Offer {
            format: Format::Ron,
            help: "The file alone, which can be opened",
            write: |preset, out| out.text(&store::to_text(&preset).map_err(Failure::new)?),
        },
    ];
}

/// A file that can be opened, and what is in it.
struct Checked {
    file: PathBuf,
    preset: Preset,
}

impl Offers for Checked {
    const OFFERS: &'static [Offer<Self>] = &[
        Offer {
            format: Format::Text,
            help: "For people (default)",
            write: |it, out| out.text(&export::check_text(&it.file, &it.preset)),
        },
        Offer {
            format: Format::Json,
            help: "File, title and variants",
            write: |it, out| out.json(&export::check_json(&it.file, &it.preset)),
        },
    ];
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    match &args.command {
        None => Output::<All>::default().open()?.write(All),
        Some(Command::List { output }) => output.open()?.write(All),
        Some(Command::Show { name, output }) => {
            let (preset, _) = load(Some(name))?;
            output.open()?.write(preset)
        }
        Some(Command::Check { file, output }) => {
            let preset = store::load(&store::existing(file)).map_err(Failure::new)?.preset;
            output.open()?.write(Checked { file: file.clone(), preset })
        }
    }
}
