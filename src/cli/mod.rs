//! The command line: everything the window computes can be had from here.

mod compare;
mod explain;
mod hardware;
mod inputs;
mod presets;
mod screenshot;
mod simulate;
mod source;
mod window;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What should this megawatt do: mine bitcoin, host AI or lease GPUs?
///
/// Without a command the window opens; without a display the comparison is printed.
#[derive(Debug, Parser)]
#[command(name = "wattfolio", version, about, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// A bundled preset or a preset file to open in the window.
    #[arg(value_name = "PRESET|FILE")]
    source: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Compare mining, AI hosting and compute leasing.
    Compare(compare::Args),
    /// Simulate the three under random markets: chance of loss, tails, and when the money is back.
    Simulate(simulate::Args),
    /// Show how a measure or a line of the ledger comes about, with the values that went into it.
    Explain(explain::Args),
    /// List every input with unit, default and allowed range.
    Inputs(inputs::Args),
    /// List machines, GPUs and AI leases with dated prices and sources.
    Hardware(hardware::Args),
    /// List, show and check presets.
    Presets(presets::Args),
    /// Draw a page of the window to a PNG file, without a display.
    Screenshot(screenshot::Args),
}

/// One clear line for what went wrong.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Failure(String);

impl Failure {
    fn new(fault: impl std::fmt::Display) -> Self {
        Self(fault.to_string())
    }
}

/// Exit code for input that cannot be used.
const BAD_INPUT: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("error")).init();
    let done = arguments().and_then(|cli| match cli.command {
        None => window::run(cli.source.as_deref()),
        Some(Command::Compare(args)) => compare::run(&args),
        Some(Command::Simulate(args)) => simulate::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Inputs(args)) => inputs::run(&args),
        Some(Command::Hardware(args)) => hardware::run(&args),
        Some(Command::Presets(args)) => presets::run(&args),
        Some(Command::Screenshot(args)) => screenshot::run(&args),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody can be told if standard error is closed.
            writeln!(std::io::stderr(), "wattfolio: {failure}").ok();
            ExitCode::from(BAD_INPUT)
        }
    }
}

/// Reads the arguments of the process; help and version are printed, and end it.
fn arguments() -> Result<Cli, Failure> {
    Cli::try_parse().map_err(|fault| {
        if !fault.use_stderr() {
            fault.exit();
        }
        // The first paragraph says what is wrong, and what is possible; usage and tips follow.
        let text = fault.render().to_string();
        let words: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
        let words = words.join(" ");
        Failure(format!("{}; see --help", words.strip_prefix("error: ").unwrap_or(&words)))
    })
}

/// Prints text; a closed pipe (`| head`) is no fault.
fn print(text: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_ref()).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::new(fault)),
        _ => Ok(()),
    }
}
