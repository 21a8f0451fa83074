//! `wattfolio presets`

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Subcommand;

use super::source::load;
use super::{Failure, print};
use crate::store;
use crate::view::words;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The bundled presets with their verdicts.
    List,
    /// One preset with story, facts, sources, assumptions and its file.
    Show {
        /// A bundled preset or a preset file.
        #[arg(value_name = "NAME|FILE")]
        name: String,
    },
    /// Whether a file is a preset that can be opened.
    Check {
        /// The file.
        file: PathBuf,
    },
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    match &args.command {
        None | Some(Command::List) => list(),
        Some(Command::Show { name }) => show(name),
        Some(Command::Check { file }) => check(file),
    }
}

fn list() -> Result<(), Failure> {
    let mut text = String::new();
    for bundled in store::bundled() {
        let scenario = bundled.preset.scenario.clone().validate().map_err(Failure::new)?;
        let comparison = wattfolio_economics::analysis::compare(&scenario);
        let verdict = words::verdict(&scenario, &comparison);
        writeln!(text, "{:<28} {}\n{:28} {verdict}", bundled.name, bundled.preset.about.title, "").ok();
    }
    print(&text)
}

fn show(name: &str) -> Result<(), Failure> {
    let (preset, _) = load(Some(name))?;
    let mut text = format!("{}\n\n{}\n", preset.about.title, preset.about.story);
    for (title, lines) in [
        ("Facts", &preset.about.facts),
        ("Assumptions", &preset.about.assumptions),
        ("Sources", &preset.about.sources),
        ("Tags", &preset.about.tags),
    ] {
        if !lines.is_empty() {
            writeln!(text, "\n{title}").ok();
            for (i, line) in lines.iter().enumerate() {
                // Facts end in the number of their source.
                let mark = if title == "Sources" { format!("[{}]", i + 1) } else { "-".to_owned() };
                writeln!(text, "{mark} {line}").ok();
            }
        }
    }
    for variant in &preset.variants {
        let values = store::variant_values(&preset.scenario, &variant.scenario);
        let set: Vec<String> = values.iter().map(|(id, value)| format!("{id}={value}")).collect();
        writeln!(text, "\nVariant “{}”\n- {}", variant.name, set.join("\n- ")).ok();
    }
    writeln!(text, "\nFile\n{}", store::to_text(&preset).map_err(Failure::new)?).ok();
    print(&text)
}

fn check(file: &std::path::Path) -> Result<(), Failure> {
    let preset = store::load(&store::existing(file)).map_err(Failure::new)?.preset;
    print(format!(
        "{} is fine: “{}”, {} variants\n",
        file.display(),
        preset.about.title,
        preset.variants.len()
    ))
}
