//! Destinations of results: files and standard output, formats by ending or option, the same names
//! everywhere.

#[cfg(feature = "parquet")]
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
#[cfg(feature = "parquet")]
use std::path::Path;

use serde_json::Value;
use wattfolio_economics::kernel::Basis;

use crate::support::program::{HAS_PARQUET, json, printed, program, refusal, refused, run};

/// Commands that print, each with the endings of its text formats. Every CSV table is also available as
/// Parquet, which is binary.
const COMMANDS: [(&[&str], &[&str]); 17] = [
    (&["compare"], &["txt", "json", "csv"]),
    (&["scenarios", "hodl"], &["txt", "json", "csv"]),
    (&["history"], &["txt", "json", "csv"]),
    (&["mix", "--set", "risk.paths=100"], &["txt", "json", "csv"]),
    (&["training-cost"], &["txt", "json", "csv"]),
    (&["calibrate"], &["txt", "json", "ron"]),
    (&["tornado"], &["txt", "json", "csv"]),
    (&["solve"], &["txt", "json", "csv"]),
    (&["map", "--steps", "6"], &["txt", "json", "csv"]),
    (&["explain", "leasing.npv_usd"], &["txt", "json"]),
    (&["inputs"], &["txt", "json", "csv"]),
    (&["hardware", "gpus"], &["txt", "json", "csv"]),
    (&["market"], &["txt", "json", "csv"]),
    (&["presets", "list"], &["txt", "json"]),
    (&["presets", "show", "today"], &["txt", "json", "ron"]),
    (&["presets", "check", "presets/hodl.ron"], &["txt", "json"]),
    (&["simulate", "--paths", "100"], &["txt", "json", "csv"]),
];

fn format(ending: &str) -> &str {
    if ending == "txt" { "text" } else { ending }
}

#[test]
fn every_command_writes_every_format_to_a_file_named_by_its_ending() {
    let folder = tempfile::tempdir().expect("a folder");
    for (command, endings) in COMMANDS {
        for ending in endings {
            let as_printed = printed(&[command, &["--format", format(ending)]].concat());
            assert_eq!(printed(&[command, &["--format", format(ending), "--out", "-"]].concat()), as_printed);
            let path = folder.path().join(format!("results.{ending}"));
            let out = path.to_str().expect("UTF-8");
            assert_eq!(printed(&[command, &["--out", out]].concat()), "", "{command:?}");
            assert_eq!(fs::read_to_string(&path).expect("written"), as_printed, "{command:?} {ending}");
        }
        // The first is the default, also with an unknown ending.
        let path = folder.path().join("results.of-today");
        let out = path.to_str().expect("UTF-8");
        printed(&[command, &["--out", out]].concat());
        assert_eq!(fs::read_to_string(&path).expect("written"), printed(command), "{command:?}");
        printed(&[command, &["--out", out, "--format", "json"]].concat());
        let text = fs::read_to_string(&path).expect("written");
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{command:?}");
    }
}

#[test]
fn a_name_and_a_format_that_contradict_each_other_are_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    for (command, endings) in COMMANDS {
        for (name, asked, words) in [
            ("x.csv", Some("json"), "would be CSV by its name, but --format json is asked for"),
            ("x.json", Some("text"), "would be JSON by its name, but --format text is asked for"),
            ("x.png", None, "would be a PNG picture by its name, which is not written here"),
            ("x.xlsx", None, "would be an Excel workbook by its name"),
        ] {
            let path = folder.path().join(name);
            let out = path.to_str().expect("UTF-8");
            let mut arguments = [command, &["--out", out]].concat();
            arguments.extend(asked.into_iter().flat_map(|format| ["--format", format]));
            let line = refused(&arguments);
            assert!(line.contains(words) && line.contains(out), "{line}");
        }
        let line = refused(&[command, &["--format", "pdf"]].concat());
        let offered: Vec<&str> = endings.iter().map(|ending| format(ending)).collect();
        let tables = if HAS_PARQUET { "csv, parquet" } else { "csv" };
        let offered = offered.join(", ").replace("csv", tables);
        assert!(line.contains(&format!("[possible values: {offered}]")), "{line}");
    }
    assert_eq!(folder.path().read_dir().expect("a folder").count(), 0);
}

#[test]
fn help_lists_the_formats_that_are_offered_and_no_others() {
    for (command, endings) in COMMANDS {
        let help = printed(&[command, &["--help"]].concat());
        for known in ["text", "json", "csv", "parquet", "ron", "png"] {
            let is_listed = help.contains(&format!("- {known}:"));
            let written = if known == "parquet" && HAS_PARQUET { "csv" } else { known };
            let is_offered = endings.iter().any(|ending| format(ending) == written);
            assert_eq!(is_listed, is_offered, "{command:?} {known}:\n{help}");
        }
    }
}

#[test]
fn a_preset_that_is_shown_to_a_file_can_be_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    let out = path.to_str().expect("UTF-8");
    printed(&["presets", "show", "hodl", "--out", out]);
    let hodl = wattfolio::store::find_bundled("hodl").expect("bundled");
    assert_eq!(wattfolio::store::load(&path).expect("a preset").preset, hodl.preset);
    let shown = json(&["presets", "show", "hodl", "--format", "json"]);
    assert_eq!(shown["title"], hodl.preset.about.title);
    assert_eq!(shown["scenario"]["power.price_usd_per_kwh"], 0.025);
    assert_eq!(
        shown["variants"][0],
        serde_json::json!({ "name": "Keep all", "set": { "mining.treasury": "Hold(share:1.0)" } })
    );
}

#[test]
fn bad_destinations_are_refused_and_a_write_replaces_the_file_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = folder.path().join("no/such/folder/x.csv");
    let line = refused(&["simulate", "--paths", "100", "--out", nowhere.to_str().expect("UTF-8")]);
    assert!(line.contains("no/such/folder/x.csv"), "{line}");
    let line = refused(&["compare", "--out", folder.path().to_str().expect("UTF-8")]);
    assert!(line.contains("a folder, not a file"), "{line}");
    let path = folder.path().join("x.csv");
    fs::write(&path, "old").expect("written");
    // Bad input leaves the file as it was.
    let out = path.to_str().expect("UTF-8");
    refused(&["compare", "--set", "mining.pue=9", "--out", out]);
    assert_eq!(fs::read_to_string(&path).expect("there"), "old");
    printed(&["compare", "--out", out]);
    assert_eq!(fs::read_to_string(&path).expect("there"), printed(&["compare", "--format", "csv"]));
    assert_eq!(folder.path().read_dir().expect("a folder").count(), 1, "no other files remain");
}

#[test]
fn pictures_are_png_or_refused_before_they_are_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let jpg = folder.path().join("x.jpg");
    let line = refused(&["screenshot", "--out", jpg.to_str().expect("UTF-8")]);
    assert!(line.contains("would be a JPEG picture") && line.contains("x.png"), "{line}");
    let line = refused(&["screenshot", "--out", "x.png", "--size", "8000x8000", "--scale", "4"]);
    assert!(line.contains("32000×32000 pixels") && line.contains("100 million"), "{line}");
    assert!(line.contains("1.25 pixels a point"), "{line}");
    assert_eq!(folder.path().read_dir().expect("a folder").count(), 0);
    // Standard output has the picture and nothing else.
    let small = ["screenshot", "--size", "640x480", "--scale", "0.5", "--out", "-"];
    let output = run(&small);
    assert!(output.status.success() && output.stderr.is_empty());
    let mut reader = png::Decoder::new(std::io::Cursor::new(output.stdout)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("of a size")];
    let info = reader.next_frame(&mut pixels).expect("whole");
    assert_eq!([info.width, info.height], [320, 240]);
}

/// Every subcommand that has a help.
const HELPS: [&[&str]; 16] = [
    &[],
    &["compare"],
    &["simulate"],
    &["history"],
    &["mix"],
    &["training-cost"],
    &["calibrate"],
    &["explain"],
    &["inputs"],
    &["hardware"],
    &["market"],
    &["presets"],
    &["presets", "list"],
    &["presets", "show"],
    &["presets", "check"],
    &["screenshot"],
];

#[test]
fn every_help_ends_with_an_example_that_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut examples = BTreeSet::new();
    for command in HELPS {
        let help = printed(&[command, &["--help"]].concat());
        let (_, example) = help.split_once("Example: wattfolio ").expect("an example");
        // A long example is two lines; a blank line ends it.
        let example = example.split("\n\n").next().unwrap_or_default();
        examples.insert(example.split_whitespace().map(str::to_owned).collect::<Vec<String>>());
    }
    // `presets check` reads the file that `presets show` writes, whatever their order.
    let prepared = program(&["presets", "show", "today", "--out", "mine.ron"]).current_dir(&folder).output();
    assert!(prepared.expect("started").status.success());
    for example in examples {
        let output = program(&example).current_dir(&folder).output().expect("started");
        let fault = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && fault.is_empty(), "{example:?}: {fault}");
    }
}

fn holds_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.iter().any(holds_null),
        Value::Object(map) => map.values().any(holds_null),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[test]
fn absent_results_are_never_null() {
    for (command, _) in COMMANDS {
        let root = json(&[command, &["--format", "json"]].concat());
        assert!(!holds_null(&root), "{command:?}");
    }
    for command in [&["hardware"][..], &["explain", "mining.payback_months"], &["explain", "mining.power"]] {
        assert!(!holds_null(&json(&[command, &["--format", "json"]].concat())), "{command:?}");
    }
}

#[test]
fn a_basis_is_called_in_files_as_in_options() {
    for basis in Basis::ALL.map(Basis::id) {
        for command in [&["compare"][..], &["explain", "leasing.npv_usd"], &["simulate", "--paths", "100"]] {
            let root = json(&[command, &["--format", "json", "--basis", basis]].concat());
            assert_eq!(root["basis"], basis, "{command:?}");
            assert_eq!(root["schema"], wattfolio::export::OUTPUT_SCHEMA, "{command:?}");
        }
    }
    assert_eq!(Basis::ALL.map(Basis::id), ["before-tax", "after-tax", "equity"]);
}

#[test]
fn a_series_is_called_alike_in_simulate_and_in_compare() {
    let root = json(&["compare", "--format", "json"]);
    let known = root["network"].as_object().expect("series");
    let table = printed(&["simulate", "--paths", "100", "--format", "csv"]);
    let columns: Vec<&str> = table.lines().next().expect("a header").split(',').collect();
    let series: Vec<&str> = columns.iter().filter_map(|column| column.strip_suffix("_mean")).collect();
    assert_eq!(
        series,
        ["btc_price_usd", "network_hashrate_eh_s", "rental_usd_per_gpu_hour", "power_usd_per_kwh"]
    );
    assert!(series.iter().all(|name| known.contains_key(*name)), "{series:?}");
    for name in series {
        assert!(columns.contains(&format!("{name}_last").as_str()), "{name}");
    }
}

#[test]
fn tables_for_spreadsheets_have_the_columns_and_rows_of_json() {
    for command in [&["inputs"][..], &["hardware", "asics"], &["hardware", "gpus"], &["hardware", "deals"]] {
        let root = json(&[command, &["--format", "json"]].concat());
        let entries = root.as_array().expect("a list");
        let text = printed(&[command, &["--format", "csv"]].concat());
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), entries.len(), "{command:?}");
        for (row, entry) in rows.iter().zip(entries) {
            for (name, cell) in header.iter().zip(row) {
                match &entry[name] {
                    Value::Number(number) => assert_eq!(cell.parse().ok(), number.as_f64(), "{name}"),
                    Value::String(text) => assert_eq!(cell.trim_start_matches('\''), text, "{name}"),
                    Value::Object(absent) => assert!(cell.is_empty(), "{name}: {absent:?}"),
                    Value::Bool(_) | Value::Array(_) | Value::Null => {}
                }
            }
        }
    }
    let tables = [("csv", "a CSV file"), ("parquet", "a Parquet file")];
    for (format, label) in tables.into_iter().filter(|(format, _)| HAS_PARQUET || *format != "parquet") {
        let line = refusal("hardware", run(&["hardware", "--format", format]));
        assert_eq!(line, format!("{label} holds one list: name asics, gpus or deals"));
    }
}

/// A Parquet file as rows of cells with the names of its columns above, and what is known of it.
#[cfg(feature = "parquet")]
fn parquet_rows(path: &Path) -> (Vec<Vec<String>>, BTreeMap<String, String>) {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;

    let reader = SerializedFileReader::new(fs::File::open(path).expect("written")).expect("Parquet");
    let metadata = reader.metadata().file_metadata();
    let pairs = metadata.key_value_metadata().expect("metadata");
    let about = pairs.iter().map(|pair| (pair.key.clone(), pair.value.clone().unwrap_or_default())).collect();
    let names = metadata.schema_descr().columns().iter().map(|column| column.name().to_owned());
    let cell = |field: &Field| match field {
        Field::Double(value) => value.to_string(),
        Field::Long(value) => value.to_string(),
        Field::Str(text) => text.clone(),
        Field::Null => String::new(),
        other => panic!("{other:?}"),
    };
    let rows = reader.get_row_iter(None).expect("rows").map(|row| {
        let row = row.expect("a row");
        row.get_column_iter().map(|(_, field)| cell(field)).collect()
    });
    ([names.collect()].into_iter().chain(rows).collect(), about)
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_every_table_that_csv_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    for (command, known) in [
        (&["compare", "--basis", "equity"][..], &["basis", "schema", "wattfolio"][..]),
        (&["inputs", "hodl"], &["schema", "wattfolio"]),
        (&["hardware", "asics"], &["schema", "wattfolio"]),
        (&["hardware", "gpus"], &["schema", "wattfolio"]),
        (&["hardware", "deals"], &["schema", "wattfolio"]),
        (&["simulate", "--paths", "20000"], &["basis", "schema", "seed", "wattfolio"]),
    ] {
        let path = folder.path().join("table.parquet");
        printed(&[command, &["--out", path.to_str().expect("UTF-8")]].concat());
        let (rows, about) = parquet_rows(&path);
        assert_eq!(about.keys().map(String::as_str).collect::<Vec<_>>(), known, "{command:?}");
        assert_eq!(about["schema"], wattfolio::export::OUTPUT_SCHEMA.to_string());
        let text = printed(&[command, &["--format", "csv"]].concat());
        let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).into_records();
        // The apostrophe, which marks text for spreadsheets, is in CSV only.
        let cell = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
        let expected: Vec<Vec<String>> =
            reader.map(|row| row.expect("a row").iter().map(cell).collect()).collect();
        assert_eq!(rows.len(), expected.len(), "{command:?}");
        for (row, expected) in rows.iter().zip(expected) {
            assert_eq!(*row, expected, "{command:?}");
        }
    }
}
