//! `wattfolio sweep`: shards, what is there already, and what is not of the plan.

use std::fs;
use std::path::Path;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use wattfolio_economics::prelude::*;

use crate::support::program::{printed, refusal, run};

const VARY: [&str; 8] = [
    "--vary",
    "bitcoin.price_usd=40000:250000:7:log",
    "--vary",
    "power.price_usd_per_kwh=0.02:0.08:4",
    "--measure",
    "mining.npv_usd",
    "--measure",
    "hosting-leasing.npv_usd",
];

/// Runs a sweep into a folder; the line on standard output.
fn sweep(folder: &Path, more: &[&str]) -> String {
    let folder = folder.to_str().expect("UTF-8");
    let output = run(&[&["sweep", "today", "--out", folder][..], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn refused(folder: &Path, more: &[&str], code: i32) -> String {
    let folder = folder.to_str().expect("UTF-8");
    let output = run(&[&["sweep", "today", "--out", folder][..], more].concat());
    assert_eq!(output.status.code(), Some(code), "{more:?}");
    if code == 2 { refusal("sweep", output) } else { String::from_utf8(output.stderr).expect("UTF-8") }
}

/// The tables of a folder: other files begin with an underscore.
fn tables(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("one").path()).collect();
    paths.retain(|path| !path.file_name().expect("a name").to_string_lossy().starts_with('_'));
    paths.sort();
    assert!(paths.iter().all(|path| path.extension().is_some_and(|ending| ending == "parquet")), "{paths:?}");
    paths
}

/// Every row of a folder, as it is printed, ordered by cell.
fn rows(folder: &Path) -> Vec<String> {
    let mut rows = Vec::new();
    for path in tables(folder) {
        let reader = SerializedFileReader::new(fs::File::open(path).expect("a file")).expect("Parquet");
        for row in reader.get_row_iter(None).expect("rows") {
            let row = row.expect("a row");
            let cell = row.get_column_iter().next().expect("a cell").1.to_string();
            rows.push((cell.parse::<u64>().expect("a number"), row.to_string()));
        }
    }
    rows.sort();
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A number of a printed row.
fn value(row: &str, column: &str) -> f64 {
    let (_, rest) = row.split_once(&format!("{column}: ")).unwrap_or_else(|| panic!("{column} in {row}"));
    rest.split([',', '}']).next().expect("a value").parse().expect("a number")
}

#[test]
fn shards_in_any_number_give_the_table_of_one_run() {
    let one = tempfile::tempdir().expect("a folder");
    assert!(sweep(one.path(), &VARY).starts_with("28 cells computed"));
    let whole = rows(one.path());
    assert_eq!(whole.len(), 28);
    let folder = tempfile::tempdir().expect("a folder");
    for shards in [2, 7] {
        let folder = folder.path().join(shards.to_string());
        for shard in (1..=shards).rev() {
            sweep(&folder, &[&VARY[..], &["--shard", &format!("{shard}/{shards}")]].concat());
        }
        assert_eq!(rows(&folder), whole, "{shards} shards");
        assert!(sweep(&folder, &[&VARY[..], &["--collect"]].concat()).contains("each is there once"));
    }
    // A cell is what a comparison of its scenario gives.
    let scenario = Scenario::default().with("bitcoin.price_usd", 250_000.0).expect("in range");
    let comparison = compare(
        &scenario.with("power.price_usd_per_kwh", 0.08).expect("in range").validate().expect("valid"),
    );
    let npv = comparison.business(Business::Mining).expect("evaluated").measures.npv_usd;
    assert_eq!(value(&whole[27], "mining_npv_usd"), npv);
}

#[test]
fn a_run_goes_on_where_it_was_and_a_folder_has_one_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    sweep(path, &[&VARY[..], &["--shard", "1/2"]].concat());
    let missing = refused(path, &[&VARY[..], &["--collect"]].concat(), 1);
    assert!(missing.contains("cells 14…27 are missing"), "{missing}");
    // The plan is in the folder: it need not be said again, and what is there is not computed again.
    assert!(refused(path, &["--collect"], 1).contains("cells 14…27 are missing"));
    assert!(
        sweep(path, &[&VARY[..], &["--shard", "1/2"]].concat()).contains("0 cells computed, 14 were there")
    );
    let other = refused(path, &VARY, 2);
    assert!(other.contains("cut in another way"), "{other}");
    sweep(path, &[&VARY[..], &["--shard", "2/2"]].concat());
    assert!(sweep(path, &["--collect"]).contains("28 cells in 2 files"));
    let changed = refused(path, &[&VARY[..], &["--set", "mining.pue=1.1"]].concat(), 2);
    assert!(changed.contains("is not of this plan"), "{changed}");
    // A file that is not whole, or has other cells than its name says, is found.
    let tables = tables(path);
    fs::copy(&tables[0], &tables[1]).expect("copied");
    assert!(refused(path, &["--collect"], 1).contains("other cells than its name says"));
    fs::write(&tables[1], "no table").expect("written");
    let damaged = refused(path, &["--collect"], 1);
    assert!(damaged.contains("run its shard again") && !damaged.trim_end().contains('\n'), "{damaged}");
    // Its shard replaces it, and nothing else stands in the way.
    assert!(sweep(path, &[&VARY[..], &["--shard", "2/2"]].concat()).contains("14 cells computed"));
    assert!(sweep(path, &["--collect"]).contains("28 cells in 2 files"));
    fs::write(path.join("notes.txt"), "mine").expect("written");
    let stranger = refused(path, &["--collect"], 1);
    assert!(stranger.contains("notes.txt is no table of this plan"), "{stranger}");
}

#[test]
fn the_plan_of_the_help_is_one() {
    let help = printed(&["sweep", "--help"]);
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    let from = help.find("(source:").expect("a plan");
    let plan = &help[from..=from + help[from..].find(')').expect("its end")];
    let plan = plan.replace("vary: […]", r#"vary: ["mining.pue=1:1.1:2"]"#).replace('…', "");
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (folder.path().join("plan.ron"), folder.path().join("out"));
    fs::write(&file, plan).expect("written");
    let (file, out) = (file.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    assert!(run(&["sweep", "--plan", file, "--out", out]).status.success());
}

#[test]
fn a_plan_file_gives_the_sweep_of_its_options() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    sweep(&first, &VARY);
    let plan = folder.path().join("plan.ron");
    let text = r#"(source: Some("today"), vary: ["bitcoin.price_usd=40000:250000:7:log", "power.price_usd_per_kwh=0.02:0.08:4"],
        measures: ["mining.npv_usd", "hosting-leasing.npv_usd"])"#;
    fs::write(&plan, text).expect("written");
    let (plan, out) = (plan.to_str().expect("UTF-8"), second.to_str().expect("UTF-8"));
    assert_eq!(run(&["sweep", "--plan", plan, "--out", out]).status.code(), Some(0));
    assert_eq!(rows(&second), rows(&first));
    let names = |folder: &Path| {
        tables(folder).iter().map(|path| path.file_name().map(ToOwned::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(names(&second), names(&first), "the same plan has the same name");
    fs::write(plan, "(vari: [])").expect("written");
    let fault = refusal("sweep", run(&["sweep", "--plan", plan, "--out", out]));
    assert!(fault.contains("plan.ron:1:") && fault.contains("vari"), "{fault}");
}

#[test]
fn a_simulated_column_is_that_of_a_simulation() {
    let folder = tempfile::tempdir().expect("a folder");
    let arguments =
        ["--set", "risk.paths=200", "--vary", "mining.pue=1.02:1.2:2", "--measure", "mining.npv_mean_usd"];
    sweep(folder.path(), &arguments);
    let scenario = Scenario::default().with("risk.paths", 200).and_then(|one| one.with("mining.pue", 1.2));
    let simulation =
        simulate(&scenario.expect("in range").validate().expect("valid"), Basis::ProjectBeforeTax);
    let mean = simulation.expect("simulated").business(Business::Mining).expect("evaluated").npv.mean.value;
    let last = rows(folder.path()).pop().expect("a row");
    assert_eq!(value(&last, "mining_npv_mean_usd"), mean);
}

#[test]
fn what_cannot_be_swept_says_why_and_what_is_allowed() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, words) in [
        (vec![], "nothing varies"),
        (vec!["--vary", "power.price=1:2:3"], "did you mean"),
        (vec!["--vary", "power.price_usd_per_kwh"], "it has no ="),
        (vec!["--vary", "power.price_usd_per_kwh=1:2"], "three parts"),
        (
            vec!["--vary", "power.price_usd_per_kwh=0.1:3:4"],
            "would be 2.033333333333333; allowed: 0…2 USD/kWh",
        ),
        (vec!["--vary", "power.price_usd_per_kwh=0:1:4:log"], "both ends must be above 0"),
        (vec!["--vary", "horizon_months=60:61:3"], "would be 60.5"),
        (vec!["--vary", "power.contract=1:2:3"], "is no number"),
        (vec!["--vary", "mining.pue=1.1:1.2:2", "--measure", "mining.npv"], "did you mean npv_usd"),
        (vec!["--vary", "mining.pue=1.1:1.2:2", "--shard", "3/2"], "1/N to N/N"),
    ] {
        let line = refused(folder.path(), &arguments, 2);
        assert!(line.contains(words), "{arguments:?}: {line}");
    }
    assert!(tables(folder.path()).is_empty());
}

#[test]
fn without_a_measure_the_columns_are_those_of_the_criterion() {
    for (criterion, column) in [("value", "mining_npv_usd"), ("irr", "leasing_irr"), ("loss", "hosting_loss")]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let vary = ["--vary", "mining.pue=1.02:1.2:2", "--set", "risk.paths=100", "--criterion", criterion];
        sweep(folder.path(), &vary);
        let row = rows(folder.path()).remove(0);
        assert_eq!(row.matches(&format!("{column}:")).count(), 1, "{criterion}: {row}");
        assert_eq!(row.contains("npv_usd"), criterion == "value", "{criterion}: {row}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let plan = folder.path().join("plan.ron");
    fs::write(&plan, r#"(vary: ["mining.pue=1.02:1.2:2"], criterion: "fame")"#).expect("written");
    let (plan, out) = (plan.to_str().expect("UTF-8"), folder.path().to_str().expect("UTF-8"));
    let fault = refusal("sweep", run(&["sweep", "--plan", plan, "--out", out]));
    assert!(fault.contains("criterion: fame; allowed: value"), "{fault}");
}
