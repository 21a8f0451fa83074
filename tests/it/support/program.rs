//! The program as it is started from a terminal.

use std::ffi::OsStr;
use std::process::{Command, Output};

use serde_json::Value;

/// Whether the program was built to write Parquet.
pub const HAS_PARQUET: bool = cfg!(feature = "parquet");

/// The program where there is no display.
pub fn program<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wattfolio"));
    command.args(arguments).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    command
}

/// What a run leaves.
pub fn run<S: AsRef<OsStr>>(arguments: &[S]) -> Output {
    program(arguments).output().expect("the program starts")
}

/// What a run prints that goes well.
pub fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    let fault = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {fault}");
    assert_eq!(fault, "", "{arguments:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// The same, read as JSON.
pub fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(arguments)).expect("JSON")
}

/// The one line of a run that is refused.
pub fn refused(arguments: &[&str]) -> String {
    refusal(&format!("{arguments:?}"), run(arguments))
}

/// The same of what a run left.
pub fn refusal(name: &str, output: Output) -> String {
    let fault = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{name}: {fault}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{name}");
    assert_eq!(fault.lines().count(), 1, "{name}: {fault}");
    let line = fault.trim_end().strip_prefix("wattfolio: ").map(str::to_owned);
    line.unwrap_or_else(|| panic!("{name}: {fault}"))
}
