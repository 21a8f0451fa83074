//! `wattfolio completions` and `wattfolio man`, generated from the command definitions.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::output::print;
use super::{Cli, Failure};

/// Name of the program in a shell.
const PROGRAM: &str = "wattfolio";

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: wattfolio completions bash > ~/.local/share/bash-completion/completions/wattfolio"
)]
pub(super) struct CompletionsArgs {
    /// The shell.
    shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: wattfolio man > ~/.local/share/man/man1/wattfolio.1")]
pub(super) struct ManArgs {}

pub(super) fn completions(args: &CompletionsArgs) -> Result<(), Failure> {
    print(&text(|out| {
        clap_complete::generate(args.shell, &mut Cli::command(), PROGRAM, out);
        Ok(())
    })?)
}

pub(super) fn man(_: &ManArgs) -> Result<(), Failure> {
    print(&text(|out| {
        let mut command = Cli::command();
        command.build();
        clap_mangen::Man::new(command.clone()).render(out)?;
        // The subcommands follow in the same page, so that one file has everything.
        for one in command.get_subcommands().filter(|one| one.get_name() != "help") {
            let man = clap_mangen::Man::new(one.clone());
            man.render_name_section(out)?;
            man.render_synopsis_section(out)?;
            man.render_options_section(out)?;
            man.render_extra_section(out)?;
        }
        Ok(())
    })?)
}

/// Collects written bytes as text.
fn text(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Result<String, Failure> {
    let mut out = Vec::new();
    write(&mut out).map_err(Failure::new)?;
    String::from_utf8(out).map_err(Failure::new)
}
