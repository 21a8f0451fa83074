//! Full devices, closed pipes, too little memory, and signals.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::support::economics::soak::config;
use crate::support::program::{HAS_PARQUET, program, refusal, run};

/// Parquet, or CSV in a build without it.
const BINARY: &str = if HAS_PARQUET { "parquet" } else { "csv" };

/// Runs the program in a shell that limits its address space to `kilobytes`.
fn run_within(kilobytes: u32, arguments: &[&str]) -> Output {
    let script = format!("ulimit -v {kilobytes} && exec \"$0\" \"$@\"");
    Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_wattfolio")])
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("a shell")
}

#[test]
fn a_full_device_is_a_fault_of_every_output() {
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").expect("a full device"));
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["compare", "--help"],
        &[],
        &["compare"],
        &["compare", "--format", "json"],
        &["compare", "--format", "csv"],
        &["explain", "leasing.npv_usd"],
        &["inputs"],
        &["hardware"],
        &["presets"],
        &["presets", "show", "today"],
        &["presets", "check", "presets/hodl.ron"],
        &["simulate", "--paths", "100"],
        &["simulate", "--paths", "2000", "--format", "csv"],
        &["screenshot", "--size", "320x320", "--scale", "0.5", "--out", "-"],
        &["simulate", "--paths", "2000", "--format", BINARY],
    ] {
        let output = program(arguments).stdout(full()).output().expect("started");
        let line = refusal(&format!("{arguments:?}"), output);
        assert!(line.starts_with("standard output: ") && line.contains("No space left"), "{line}");
    }
    for arguments in [
        &["compare", "--out", "/dev/full"][..],
        &["simulate", "--paths", "2000", "--format", BINARY, "--out", "/dev/full"],
        &["screenshot", "--size", "320x320", "--scale", "0.5", "--out", "/dev/full"],
    ] {
        let line = refusal(&format!("{arguments:?}"), run(arguments));
        assert!(line.contains("/dev/full: No space left"), "{line}");
    }
}

fn start(arguments: &[&str]) -> Child {
    let mut command = program(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started")
}

#[test]
fn a_closed_pipe_is_no_fault_and_ends_the_work() {
    // The reader takes one line and closes the pipe.
    let mut child = start(&["simulate", "--paths", "50000", "--format", "csv"]);
    let mut line = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
    reader.read_line(&mut line).expect("a line");
    assert!(line.starts_with("path,"), "{line}");
    drop(reader);
    let output = child.wait_with_output().expect("ended");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");

    // Without any reader the run itself ends, without a message.
    let mut child = start(&["simulate", "--paths", "150000"]);
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ended");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_run_that_is_interrupted_leaves_no_half_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (new, old) = (folder.path().join("new.csv"), folder.path().join("old.csv"));
    fs::write(&old, "what was there").expect("written");
    for (path, signal, number) in [(&new, "INT", 2), (&old, "INT", 2), (&new, "TERM", 15), (&old, "KILL", 9)]
    {
        let before = names(folder.path()).len();
        let out = path.to_str().expect("UTF-8");
        let mut child = start(&["simulate", "--paths", "1000000", "--out", out]);
        let since = Instant::now();
        while names(folder.path()).len() == before {
            assert!(since.elapsed() < Duration::from_mins(1), "no file was begun");
            std::thread::sleep(Duration::from_millis(5));
        }
        let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        assert!(sent.expect("kill").success());
        // A shell reports the signal as 128 + its number, 130 for Ctrl+C.
        assert_eq!(child.wait().expect("ended").signal(), Some(number));
        assert!(!new.exists());
        assert_eq!(fs::read_to_string(&old).expect("there"), "what was there");
        // A killed process leaves its temporary file, which the next write removes.
        let left = names(folder.path()).into_iter().filter(|name| name != "old.csv").collect::<Vec<_>>();
        let is_killed = number == 9;
        assert_eq!(left.len(), usize::from(is_killed), "{signal}: {left:?}");
        assert!(left.iter().all(|name| name.starts_with(".wattfolio-")), "{left:?}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn memory_that_cannot_be_had_is_refused_in_a_line() {
    let line = refusal("a million", run_within(307_200, &["simulate", "--paths", "1000000"]));
    assert!(line.contains("MB of memory, which is not available") && line.contains("--paths"), "{line}");
    let line = refusal(
        "a picture",
        run_within(307_200, &["screenshot", "--size", "8000x8000", "--scale", "1", "--out", "-"]),
    );
    assert!(line.contains("MB of memory, which is not available"), "{line}");
    // The destination is checked before the memory, and both before the work.
    let arguments = ["simulate", "--paths", "1000000", "--out", "/no/such/folder/x.csv"];
    assert!(refusal("nowhere", run_within(307_200, &arguments)).contains("/no/such/folder"));
}

#[test]
fn with_any_memory_a_run_succeeds_or_is_refused() {
    let mut ends = [0, 0];
    let steps = config("limits of memory", 5, 40).cases;
    for step in 0..steps {
        let kilobytes = 100_000 + 400_000 * step / (steps - 1);
        for format in ["text", "csv", BINARY] {
            let arguments = ["simulate", "--paths", "50000", "--format", format];
            let output = run_within(kilobytes, &arguments);
            let fault = String::from_utf8_lossy(&output.stderr).into_owned();
            match output.status.code() {
                Some(0) => ends[0] += 1,
                // With very little memory the system refuses to start a thread, or even the program.
                Some(2) => {
                    ends[1] += 1;
                    assert!(fault.lines().count() == 1 && output.stdout.is_empty(), "{kilobytes}: {fault}");
                }
                code => panic!("{kilobytes} kB, {format}: {code:?}, {:?}: {fault}", output.status.signal()),
            }
        }
    }
    assert!(ends[0] > 0 && ends[1] > 0, "both outcomes occur: {ends:?}");
}

/// Peak memory of a run in the last sample, kilobytes.
fn peak(arguments: &[&str]) -> u64 {
    let mut child = program(arguments).stdout(Stdio::null()).spawn().expect("started");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().expect("a child").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(now.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(child.wait().expect("ended").success() && most > 0);
    most
}

#[test]
fn writing_every_path_adds_next_to_nothing_to_the_memory_of_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    // A million paths in the long form; a tenth of them shows growth with the number of paths as well.
    let paths = config("paths written", 100_000, 1_000_000).cases;
    let run = ["simulate", "--paths", &paths.to_string()];
    let base = peak(&run);
    for ending in ["csv", BINARY] {
        let path = folder.path().join("paths").with_extension(ending);
        let with = peak(&[&run[..], &["--out", path.to_str().expect("UTF-8")]].concat());
        assert!(with < base + 20_000, "{ending}: {with} kB, the run alone {base} kB");
        assert!(path.metadata().expect("written").len() > u64::from(paths) * 50);
    }
}
