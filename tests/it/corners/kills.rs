//! Processes killed while they write, and failing writes: the file is complete, old or new.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;

use crate::support::economics::soak::config;
use crate::support::program::program;

/// Two horizons, which identify the content of a file.
const HORIZONS: [&str; 2] = ["120.0", "121.0"];

/// The program, writing a comparison over `months` months to a file.
fn write_comparison(months: &str, file: &Path) -> Command {
    let setting = format!("horizon_months={}", months.trim_end_matches(".0"));
    let mut command = program(&["compare", "--set", &setting, "--out"]);
    command.arg(file);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The horizon in a file, which must be complete.
fn months_of(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap_or_else(|fault| panic!("torn: {fault}"));
    json["scenario"]["horizon_months"].to_string()
}

fn leftovers(folder: &Path) -> usize {
    folder.read_dir().unwrap().count() - 1
}

#[test]
fn a_killed_process_leaves_a_whole_file() {
    let kills = config("kills", 16, 400).cases;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("comparison.json");
    assert!(write_comparison(HORIZONS[0], &file).status().unwrap().success());
    let since = Instant::now();
    assert!(write_comparison(HORIZONS[0], &file).status().unwrap().success());
    let whole = since.elapsed();
    let mut cut_off = 0;
    for kill in 0..kills {
        let mut child = write_comparison(HORIZONS[kill as usize % 2], &file).spawn().unwrap();
        // From before the first byte to after the last.
        sleep(whole.mul_f64(1.2 * f64::from(kill) / f64::from(kills)));
        child.kill().unwrap();
        cut_off += u32::from(!child.wait().unwrap().success());
        assert!(HORIZONS.contains(&months_of(&file).as_str()));
    }
    assert!(cut_off > 0, "no process was cut off");
    // The next write removes the leftovers once they are old enough.
    for entry in folder.path().read_dir().unwrap() {
        let left = fs::File::options().write(true).open(entry.unwrap().path()).unwrap();
        left.set_modified(SystemTime::now() - Duration::from_hours(1)).unwrap();
    }
    assert!(write_comparison(HORIZONS[1], &file).status().unwrap().success());
    assert_eq!((months_of(&file).as_str(), leftovers(folder.path())), (HORIZONS[1], 0));
}

#[test]
fn a_write_that_fails_after_any_number_of_bytes_leaves_the_old_file() {
    let faults = config("refused writes", 12, 300).cases;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("comparison.json");
    assert!(write_comparison(HORIZONS[0], &file).status().unwrap().success());
    // A shell limits file sizes in blocks of 512 bytes. With its signal ignored, a write beyond the limit is
    // an error.
    let blocks = file.metadata().unwrap().len() / 512;
    for fault in 0..faults {
        let most = blocks * u64::from(fault) / u64::from(faults);
        let script = format!("trap '' XFSZ; ulimit -f {most} && exec \"$0\" \"$@\"");
        let command = write_comparison(HORIZONS[1], &file);
        let output = Command::new("sh")
            .args(["-c", &script])
            .arg(command.get_program())
            .args(command.get_args())
            .output()
            .unwrap();
        let fault = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{most} blocks: {fault}");
        assert!(fault.contains("comparison.json") && fault.lines().count() == 1, "{fault}");
        assert_eq!((months_of(&file).as_str(), leftovers(folder.path())), (HORIZONS[0], 0));
    }
}
