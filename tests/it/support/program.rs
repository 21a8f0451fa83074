//! Runs of the program from a terminal.

use std::ffi::OsStr;
use std::process::{Command, Output};

use serde_json::Value;

/// True if the program was built with Parquet.
pub const HAS_PARQUET: bool = cfg!(feature = "parquet");

/// The program without a display.
pub fn program<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wattfolio"));
    command.args(arguments).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    // Nobody is asked, and the settings of whoever runs the tests are left alone.
    command
        .env("WATTFOLIO_OFFLINE", "1")
        .env("XDG_DATA_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings"));
    command
}

/// Output of a run.
pub fn run<S: AsRef<OsStr>>(arguments: &[S]) -> Output {
    program(arguments).output().expect("the program starts")
}

/// Standard output of a successful run.
pub fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    let fault = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {fault}");
    assert_eq!(fault, "", "{arguments:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// Standard output of a successful run, parsed as JSON.
pub fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(arguments)).expect("JSON")
}

/// The error message of a refused run, one line.
pub fn refused(arguments: &[&str]) -> String {
    refusal(&format!("{arguments:?}"), run(arguments))
}

/// The error message in the output of a refused run, one line.
pub fn refusal(name: &str, output: Output) -> String {
    let fault = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{name}: {fault}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{name}");
    assert_eq!(fault.lines().count(), 1, "{name}: {fault}");
    let line = fault.trim_end().strip_prefix("wattfolio: ").map(str::to_owned);
    line.unwrap_or_else(|| panic!("{name}: {fault}"))
}
