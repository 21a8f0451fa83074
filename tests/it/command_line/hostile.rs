//! Titles, names and arguments with control characters, and names that are no UTF-8.

use std::fs;

use serde_json::Value;

use crate::support::program::{program, run};

/// Title that reverses the text direction, colours the terminal, and ends the line.
const TITLE: &str = "Plan\u{202e}\u{1b}[31m\u{9b}0m\nwattfolio: all is well";

/// True if the output contains a control character.
fn acts(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let acts = |c: char| {
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || (c.is_control() && c != '\n')
    };
    text.contains(acts)
}

/// A preset file with that title.
fn preset(folder: &std::path::Path) -> std::path::PathBuf {
    let path = folder.join("hostile.ron");
    let variant = "(name: \"\\u{202e}v\", set: {\"mining.pue\": \"1.1\"})";
    let content = format!(
        "(schema: 1, title: {TITLE:?}, story: \"s\\u{{1b}}]0;x\\u{{7}}\", facts: [\"f\\u{{2066}}\"], \
         tags: [\"=1+1\"], scenario: (leasing: (gpu: (name: \"=\\u{{202e}}1+1\"))), variants: [{variant}])"
    );
    fs::write(&path, content).expect("written");
    path
}

#[test]
fn titles_never_act_on_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = preset(folder.path());
    let file = path.to_str().expect("UTF-8");
    for arguments in [
        &["compare", file][..],
        &["compare", file, "--format", "json"],
        &["scenarios", file],
        &["scenarios", file, "--format", "json"],
        &["scenarios", file, "--format", "csv"],
        &["simulate", file, "--paths", "100"],
        &["explain", "mining.power", file],
        &["inputs", file],
        &["inputs", file, "--format", "csv"],
        &["inputs", file, "--format", "json"],
        &["presets", "show", file],
        &["presets", "show", file, "--format", "json"],
        &["presets", "show", file, "--format", "ron"],
        &["presets", "check", file],
        &["presets", "check", file, "--format", "json"],
        &[file],
    ] {
        let output = run(arguments);
        let fault = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {fault}");
        assert!(!acts(&output.stdout) && !acts(&output.stderr), "{arguments:?}");
        // A title stays one line, and cannot imitate a message of the program.
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(!text.lines().any(|line| line == "wattfolio: all is well"), "{arguments:?}:\n{text}");
    }
}

#[test]
fn escaped_text_keeps_its_meaning() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = preset(folder.path());
    let file = path.to_str().expect("UTF-8");
    let hostile = wattfolio::store::load(&path).expect("a preset").preset;
    assert_eq!(hostile.about.title, TITLE);
    // JSON and RON read back to the same characters.
    let output = run(&["presets", "show", file, "--format", "json"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("\\u202e") && text.contains("\\u009b"), "{text}");
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON")["title"], TITLE);
    let ron = String::from_utf8(run(&["presets", "show", file, "--format", "ron"]).stdout).expect("text");
    assert_eq!(wattfolio::store::parse(&ron, "shown").expect("a preset"), hostile);
    // A text cell is no formula.
    let output = run(&["inputs", file, "--format", "csv"]);
    let text = String::from_utf8(output.stdout).expect("text");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let value = reader.headers().expect("a head").iter().position(|name| name == "value").expect("values");
    let row = reader.records().map(|row| row.expect("a row")).find(|row| &row[0] == "leasing.gpu.name");
    assert_eq!(row.expect("the input").get(value), Some("'=\\u{202e}1+1"));
}

#[test]
fn messages_never_act_on_a_terminal_and_are_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = "no\u{1b}[31m\u{202e}\nsuch.ron";
    let broken = folder.path().join("br\u{1b}oken\n.ron");
    fs::write(&broken, "(schema: 1, title: \"\u{1b}\u{2067}\", \u{202e}: 1)").expect("written");
    let broken = broken.to_str().expect("UTF-8");
    let nowhere = "/no/\u{202e}such/\u{1b}folder/x.json";
    for arguments in [
        &["compare", missing][..],
        &[missing],
        &["presets", "check", broken],
        &["compare", broken],
        &["compare", "--set", "mining\u{1b}.pue=1"],
        &["compare", "--set", "mining.pue=\u{1b}[31m\n"],
        &["compare", "--format", "\u{202e}nosj"],
        &["compare", "--bas\u{1b}is"],
        &["explain", "mining.\u{9b}npv"],
        &["compare", "--out", nowhere],
        &["screenshot", "--out", "x\u{1b}.jpg"],
        &["screenshot", "--out", "x.png", "--size", "\u{1b}x\u{1b}"],
    ] {
        let output = run(arguments);
        let fault = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {fault}");
        assert!(!acts(fault.as_bytes()) && output.stdout.is_empty(), "{arguments:?}: {fault:?}");
        assert!(fault.lines().count() == 1 && fault.starts_with("wattfolio: "), "{arguments:?}: {fault:?}");
    }
    // Log lines are escaped as well.
    let mut command = program(&["presets", "check", missing]);
    let output = command.env("RUST_LOG", "trace").output().expect("started");
    assert!(!acts(&output.stderr));
}

#[cfg(unix)]
#[test]
fn files_whose_names_are_no_utf_8_are_read_and_written() {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::OsStrExt as _;

    let folder = tempfile::tempdir().expect("a folder");
    let name = |bytes: &[u8]| folder.path().join(OsStr::from_bytes(bytes));
    let (preset, out) = (name(b"pl\xff\xfen.ron"), name(b"out\xff.json"));
    if fs::write(&preset, "(schema: 1, title: \"Latin\", scenario: (horizon_months: 24))").is_err() {
        // Some file systems refuse such names; the arguments are still read.
        let output = run(&[OsStr::new("compare"), preset.as_os_str()]);
        assert!(String::from_utf8_lossy(&output.stderr).contains("no such file"));
        return;
    }
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<OsString>>();
    for command in [&["compare"][..], &["presets", "show"], &["presets", "check"], &["inputs"], &[]] {
        let mut arguments = words(command);
        arguments.push(preset.clone().into());
        let output = run(&arguments);
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let mut arguments = words(&["compare", "--out"]);
    arguments.extend([out.clone().into(), preset.into()]);
    assert!(run(&arguments).status.success());
    let root: Value = serde_json::from_slice(&fs::read(out).expect("written")).expect("JSON");
    assert_eq!(root["scenario"]["horizon_months"], 24.0);
}
