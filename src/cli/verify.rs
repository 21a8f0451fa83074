//! `wattfolio verify`

use std::path::PathBuf;

use super::Failure;
use super::output::print;
use crate::format::visible_line;
use crate::report::{self, NotVerified, reader};
use crate::store;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 every figure agrees; 1 some differ; 2 the file is no report of wattfolio\n\nExample: wattfolio verify report.pdf"
)]
pub(super) struct Args {
    /// The report, a PDF.
    #[arg(value_name = "REPORT.pdf")]
    file: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let path = store::existing(&args.file);
    let bytes = store::read_bytes(&path, reader::MOST_BYTES).map_err(Failure::new)?;
    let name = path.display().to_string();
    let found = report::verify(&bytes, &name).map_err(|fault| match fault {
        NotVerified::Unreadable(fault) => Failure::new(format!("{} {fault}", visible_line(&name))),
        fault @ NotVerified::NotSimulated(_) => Failure::new(fault),
    })?;
    print(&found.words())?;
    if found.agrees() {
        return Ok(());
    }
    Err(Failure::Differs(format!("{} does not agree with the scenario inside it", visible_line(&name))))
}
