//! The command line: every result of the window, without a display.

mod asked;
mod calibrate;
mod choice;
mod compare;
mod explain;
mod hardware;
mod history;
mod inputs;
mod map;
mod market;
mod mix;
mod output;
mod presets;
mod progress;
mod report;
mod scenarios;
mod screenshot;
mod shell;
mod simulate;
mod solve;
mod source;
mod sweep;
mod tornado;
mod training_cost;
mod verify;
mod viewed;
mod window;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use wattfolio_economics::business::Business;

use crate::export::ExportError;
use crate::words::join;

/// The program as a whole.
#[derive(Debug, Parser)]
#[command(
    name = "wattfolio",
    version,
    about = about(),
    long_about = format!("{}\n\n{WITHOUT_COMMAND}", about()),
    args_conflicts_with_subcommands = true,
    after_help = AFTER_HELP
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// A bundled preset or a preset file to open in the window.
    #[arg(value_name = "PRESET|FILE")]
    source: Option<OsString>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Compare every business on the same site.
    Compare(compare::Args),
    /// Put the scenarios of files side by side, and subtract one business from another.
    Scenarios(scenarios::Args),
    /// Simulate every business under random markets: chance of loss, tails, and when the money is back.
    Simulate(simulate::Args),
    /// Replay a plan of the past: what it believed beside what came, and every other start.
    History(history::Args),
    /// Mix businesses on a site: expected value against the worst 5 %, the frontier, and what a hedge costs.
    Mix(mix::Args),
    /// Price known AI training runs against bitcoin, rental and power, and the energy of a query.
    TrainingCost(training_cost::Args),
    /// Estimate volatilities, jumps, the network rule and correlations from the recorded months.
    Calibrate(calibrate::Args),
    /// Move every input on its own: which of them decides a figure, and how fast it follows.
    Tornado(tornado::Args),
    /// Find every value of an input at which a figure is 0 or another target, or two businesses are level.
    Solve(solve::Args),
    /// Evaluate every combination of the values of several inputs into a folder of tables, in shares that may run anywhere.
    Sweep(sweep::Args),
    /// Map which business is best at every pair of two inputs.
    Map(map::Args),
    /// Show the formula of a measure or a ledger line, with its values.
    Explain(explain::Args),
    /// List every input with unit, default and allowed range.
    Inputs(inputs::Args),
    /// List machines, GPUs and AI leases with dated prices and sources.
    Hardware(hardware::Args),
    /// Ask public sources for today's prices and network, if you allow it.
    Market(market::Args),
    /// List, show and check presets.
    Presets(presets::Args),
    /// Make a report, or a chart or table of it, without a display.
    Report(report::Args),
    /// Recompute a report from the scenario inside it, and say what no longer agrees.
    Verify(verify::Args),
    /// Draw a page of the window to a PNG file, without a display.
    Screenshot(screenshot::Args),
    /// Print completions of commands and options for a shell.
    Completions(shell::CompletionsArgs),
    /// Print the manual page.
    Man(shell::ManArgs),
}

/// What the program is for, with every business of the list.
fn about() -> String {
    let words = Business::ALL.map(Business::word);
    format!("What should this megawatt do? Compares {} on the same site", join(&words))
}

/// What a run without a command does.
const WITHOUT_COMMAND: &str =
    "Without a command the window opens; without a display the comparison is printed.";

/// Text below the help.
const AFTER_HELP: &str = "Example: wattfolio compare hodl --set bitcoin.price_usd=150000

Exit codes: 0 done; 1 a check whose result differs; 2 input or output that cannot be used; 3 a figure of\nthe market on which too few sources agree; 130 interrupted";

/// Failure of a command.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// An error, as one line.
    #[error("{0}")]
    Fault(String),
    /// A figure of the market on which too few sources agree.
    #[error("{0}")]
    Refused(String),
    /// A check whose result differs, which is printed.
    #[error("{0}")]
    Differs(String),
    /// The reader has closed the pipe (`| head`), which is no error.
    #[error("nobody reads the results any more")]
    Closed,
}

impl From<ExportError> for Failure {
    fn from(fault: ExportError) -> Self {
        match fault {
            ExportError::Unfinished(reason) => simulate::unfinished(reason),
            fault => Self::new(fault),
        }
    }
}

impl Failure {
    fn new(fault: impl std::fmt::Display) -> Self {
        Self::Fault(fault.to_string())
    }
}

/// Parses a non-negative whole number.
fn whole<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_fault| "write a whole number, 0 or more".to_owned())
}

/// Exit code for a check whose result differs.
const DIFFERS: u8 = 1;
/// Exit code for input or output that cannot be used.
const BAD_INPUT: u8 = 2;
/// Exit code for a figure of the market on which too few sources agree.
const NO_QUORUM: u8 = 3;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    // Log lines may contain file names, so control characters are escaped as in all messages.
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("error"))
        .format(|_, record| {
            output::say(&format!("{} {}: {}", record.level(), record.target(), record.args()));
            Ok(())
        })
        .init();
    let done = arguments().and_then(|cli| match cli {
        None => Ok(()),
        Some(Cli { command: None, source }) => window::run(source.as_deref()),
        Some(Cli { command: Some(command), .. }) => match command {
            Command::Compare(args) => compare::run(&args),
            Command::Scenarios(args) => scenarios::run(&args),
            Command::Simulate(args) => simulate::run(&args),
            Command::History(args) => history::run(&args),
            Command::Mix(args) => mix::run(&args),
            Command::TrainingCost(args) => training_cost::run(&args),
            Command::Calibrate(args) => calibrate::run(&args),
            Command::Tornado(args) => tornado::run(&args),
            Command::Solve(args) => solve::run(&args),
            Command::Sweep(args) => sweep::run(&args),
            Command::Map(args) => map::run(&args),
            Command::Explain(args) => explain::run(&args),
            Command::Inputs(args) => inputs::run(&args),
            Command::Hardware(args) => hardware::run(&args),
            Command::Market(args) => market::run(&args),
            Command::Presets(args) => presets::run(&args),
            Command::Verify(args) => verify::run(&args),
            Command::Report(args) => report::run(&args),
            Command::Screenshot(args) => screenshot::run(&args),
            Command::Completions(args) => shell::completions(&args),
            Command::Man(args) => shell::man(&args),
        },
    });
    match done {
        Ok(()) | Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => {
            output::say(&format!("wattfolio: {failure}"));
            ExitCode::from(match failure {
                Failure::Refused(_) => NO_QUORUM,
                Failure::Differs(_) => DIFFERS,
                _ => BAD_INPUT,
            })
        }
    }
}

/// Message for a negative number without `=`, which clap takes for an unknown option.
fn stray_number(fault: &clap::Error) -> Option<String> {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    let is_number = |text: &str| {
        text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
    };
    let Some(ContextValue::String(unknown)) = fault.get(ContextKind::InvalidArg) else { return None };
    if fault.kind() != ErrorKind::UnknownArgument || !is_number(unknown) {
        return None;
    }
    let arguments: Vec<String> =
        std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    // clap's error contains only the first letters of the argument.
    let at = arguments.iter().position(|argument| argument.starts_with(unknown.as_str()))?;
    let number = &arguments[at];
    let before = at.checked_sub(2).map(|index| (arguments[index].as_str(), arguments[index + 1].as_str()));
    Some(match before {
        Some(("--set", id)) => {
            format!(
                "--set takes one word, ID=VALUE; write --set {id}={number} (see wattfolio inputs for what is allowed)"
            )
        }
        _ => format!(
            "{number} belongs to no option; an option takes its value as --option={number}; see --help"
        ),
    })
}

/// Parses the arguments of the process; `None` after printing the help or the version.
fn arguments() -> Result<Option<Cli>, Failure> {
    let fault = match Cli::try_parse() {
        Ok(cli) => return Ok(Some(cli)),
        Err(fault) => fault,
    };
    if !fault.use_stderr() {
        let printed = fault.print().and_then(|()| io::stdout().flush());
        return match printed {
            Ok(()) => Ok(None),
            Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => Err(Failure::Closed),
            Err(fault) => Err(Failure::new(format!("standard output: {fault}"))),
        };
    }
    if let Some(words) = stray_number(&fault) {
        return Err(Failure::new(words));
    }
    // The first paragraph has the error and the allowed values; usage and tips follow.
    let text = fault.render().to_string();
    let words: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    let words = words.join(" ");
    Err(Failure::new(format!("{}; see --help", words.strip_prefix("error: ").unwrap_or(&words))))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn check_examples(command: &clap::Command) {
        for one in command.get_subcommands() {
            let help = one.get_after_help().map(ToString::to_string).unwrap_or_default();
            let last = help.lines().last().unwrap_or_default();
            assert!(last.starts_with("Example: wattfolio "), "{}: {help:?}", one.get_name());
            check_examples(one);
        }
    }

    #[test]
    fn the_help_of_every_subcommand_ends_with_an_example() {
        let command = Cli::command();
        command.clone().debug_assert();
        check_examples(&command);
    }
}
