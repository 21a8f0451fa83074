//! The program from a terminal: output, refusals and messages.

mod files;
mod fonts;
mod hostile;
#[cfg(target_os = "linux")]
mod limits;
mod map;
mod outputs;
mod pictures;
mod scenarios;
#[cfg(feature = "parquet")]
mod sweep;

use serde_json::Value;
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::kernel::LINES;

use crate::support::program::{json, printed, refusal, refused, run};

#[test]
fn the_comparison_is_a_table_for_people() {
    let text = printed(&["compare"]);
    assert!(text.contains("Leasing is worth most, $93M"), "{text}");
    for word in ["Mining", "AI hosting", "Compute leasing", "Payback", "NPV", "IRR"] {
        assert!(text.contains(word), "{word} is missing:\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 160), "{text}");
}

#[test]
fn the_comparison_is_json_with_the_whole_ledger() {
    let root = json(&["compare", "--format", "json"]);
    assert_eq!(root["schema"], wattfolio::export::OUTPUT_SCHEMA);
    assert_eq!(root["schema"], 2);
    assert_eq!(root["version"], env!("CARGO_PKG_VERSION"));
    assert!(root["basis"].is_string());
    assert_eq!(root["scenario"]["power.price_usd_per_kwh"], 0.045);
    let months = root["scenario"]["horizon_months"].as_f64().expect("a number") as usize;
    for name in ["btc_price_usd", "subsidy_btc", "network_hashrate_eh_s", "hashprice_usd_ph_day"] {
        let series = root["network"][name].as_array().unwrap_or_else(|| panic!("{name}"));
        assert_eq!(series.len(), months + 1, "{name}");
    }
    for business in Business::ALL {
        let own = &root[business.id()];
        for line in LINES.into_iter().filter(|line| line.belongs_to(business)) {
            let series = own["ledger"][line.id()].as_array().unwrap_or_else(|| panic!("{}", line.id()));
            assert_eq!(series.len(), months + 1, "{} of {}", line.id(), business.id());
            assert!(series.iter().all(Value::is_number), "{}", line.id());
        }
        for measure in ["npv_usd", "irr", "irr_roots", "payback_months", "multiple", "capex_usd"] {
            assert!(!own["measures"][measure].is_null(), "{measure} of {}", business.id());
        }
    }
    assert!(root["buy_and_hold"]["series"]["value_usd"].is_array());
}

#[test]
fn the_verdict_goes_by_the_criterion_that_is_asked_for() {
    let verdict =
        |criterion: &str| json(&["compare", "--criterion", criterion, "--format", "json"])["verdict"].clone();
    let value = verdict("value");
    assert_eq!((&value["criterion"], &value["winner"]), (&"value".into(), &"leasing".into()));
    let order: Vec<&Value> =
        value["ranking"].as_array().expect("a list").iter().map(|ranked| &ranked["business"]).collect();
    assert_eq!(order, ["leasing", "hosting", "mining"]);
    assert_eq!(value["against"][0]["kind"], "loss_chance");
    assert_eq!(value["against"][0]["value"]["absent"], "not simulated");
    assert_eq!(verdict("payback")["ranking"][2]["value"]["absent"], "never");
    // A chance of loss needs paths, which are run and reported.
    let loss = verdict("loss");
    assert!(loss["ranking"][2]["value"].as_f64().expect("a share") > 0.5, "{loss}");
    let text = printed(&["compare", "--criterion", "loss"]);
    assert!(text.contains("2,000 paths"), "{text}");
    let text = printed(&["presets", "list", "--criterion", "payback"]);
    assert!(text.contains("By payback leasing comes first"), "{text}");
    // Without the option the file decides.
    let wrong = refused(&["compare", "--criterion", "luck"]);
    assert!(wrong.contains("value_per_capex"), "{wrong}");
}

#[test]
fn the_best_mix_goes_by_the_criterion_that_is_asked_for() {
    let mix = |criterion: &str| {
        json(&["mix", "--set", "risk.paths=200", "--criterion", criterion, "--format", "json"])
    };
    let root = mix("loss");
    let losses: Vec<f64> =
        root["grid"].as_array().expect("a list").iter().filter_map(|one| one["loss"].as_f64()).collect();
    let least = losses.iter().copied().fold(f64::INFINITY, f64::min);
    assert_eq!((losses.len(), root["best"]["loss"].as_f64()), (231, Some(least)));
    assert_eq!(mix("value")["best"]["shares"]["leasing"], 1.0);
    let text = printed(&["mix", "--set", "risk.paths=200", "--criterion", "value"]);
    assert!(text.contains("\nMost in dollars ") && !text.contains("per $"), "{text}");
    let by_dollar = printed(&["mix", "--set", "risk.paths=200", "--criterion", "value_per_capex"]);
    assert!(by_dollar.contains("\nMost per dollar ") && by_dollar.contains("NPV per $"), "{by_dollar}");
    let why = refused(&["mix", "--criterion", "irr"]);
    assert!(why.contains("neither payback nor rate of return"), "{why}");
    // A file that goes by payback has mixes all the same.
    let file = json(&["mix", "asic-is-not-a-gpu", "--set", "risk.paths=200", "--format", "json"]);
    assert!(file["best"]["absent"].is_string() && file["frontier"][0]["loss"].is_number());
}

#[test]
fn what_does_not_exist_says_why() {
    let root = json(&["compare", "--format", "json", "--set", "leasing.queue_months=200"]);
    assert!(root["leasing"]["absent"].is_string(), "{}", root["leasing"]);
    assert_eq!(root["mining"]["measures"]["payback_months"]["absent"], "never");
}

#[test]
fn the_comparison_is_csv_with_a_row_a_month_and_business() {
    let text = printed(&["compare", "--format", "csv"]);
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    assert_eq!(header[..2], ["business", "month"]);
    assert!(header.contains(&"revenue") && header.contains(&"btc_price_usd"));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), Business::ALL.len() * 121);
    for row in &rows {
        assert_eq!(row.len(), header.len(), "{row:?}");
        assert!(row[2..].iter().all(|cell| cell.is_empty() || cell.parse::<f64>().is_ok()), "{row:?}");
    }
    // The same figures as in JSON.
    let root = json(&["compare", "--format", "json"]);
    let column = header.iter().position(|name| *name == "net_before_tax").expect("a net flow");
    let from_csv: Vec<f64> = rows[..121].iter().map(|row| row[column].parse().expect("a number")).collect();
    let series = root["mining"]["ledger"]["net_before_tax"].as_array().expect("a series").clone();
    let series: Vec<f64> = series.iter().filter_map(Value::as_f64).collect();
    assert_eq!(from_csv.len(), series.len());
    for (csv, json) in from_csv.iter().zip(series) {
        // serde_json's parser may be off by the last bit.
        assert!((csv - json).abs() <= 1e-15 * csv.abs(), "{csv} {json}");
    }
}

#[test]
fn inputs_are_set_in_every_form() {
    let cases = [
        ("bitcoin.price_usd=100000", "bitcoin.price_usd", Value::from(100_000.0)),
        ("bitcoin.price_usd=1.2M", "bitcoin.price_usd", Value::from(1_200_000.0)),
        ("bitcoin.price_usd=$100,000", "bitcoin.price_usd", Value::from(100_000.0)),
        ("power.price_usd_per_kwh=0.05", "power.price_usd_per_kwh", Value::from(0.05)),
        ("power.price_usd_per_kwh=$38/MWh", "power.price_usd_per_kwh", Value::from(0.038)),
        ("site.convertible_share=35%", "site.convertible_share", Value::from(0.35)),
        ("site.convertible_share=0.35", "site.convertible_share", Value::from(0.35)),
        ("horizon_months=60", "horizon_months", Value::from(60.0)),
        ("start=2027-03", "start", Value::from("2027-03")),
        ("power.curtailment=true", "power.curtailment", Value::from(true)),
        (
            "bitcoin.price_usd.points=[(12,90000.0)]",
            "bitcoin.price_usd.points",
            serde_json::json!([[12.0, 90000.0]]),
        ),
        (
            "bitcoin.price_usd=(value:70000.0,growth_per_year:0.1)",
            "bitcoin.price_usd.growth_per_year",
            Value::from(0.1),
        ),
        ("power.contract=Wholesale(hourly_sigma:0.5)", "power.contract.hourly_sigma", Value::from(0.5)),
        ("mining.treasury=Hold(share:1.0)", "mining.treasury", Value::from("Hold(share:1.0)")),
        ("leasing.gpu.name=H100", "leasing.gpu.name", Value::from("H100")),
    ];
    for (assignment, id, value) in cases {
        let root = json(&["compare", "--format", "json", "--set", assignment]);
        assert_eq!(root["scenario"][id], value, "{assignment}");
    }
    // The last assignment wins, and one may depend on an earlier one.
    let arguments = ["compare", "--format", "json", "--set", "power.contract=Wholesale(hourly_sigma:0.5)"];
    let more = [
        "--set",
        "power.contract.hourly_sigma=0.8",
        "--set",
        "horizon_months=24",
        "--set",
        "horizon_months=36",
    ];
    let root = json(&[&arguments[..], &more].concat());
    assert_eq!(root["scenario"]["power.contract.hourly_sigma"], 0.8);
    assert_eq!(root["mining"]["ledger"]["revenue"].as_array().map(Vec::len), Some(37));
}

#[test]
fn a_bundled_preset_and_a_file_can_be_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.ron");
    std::fs::write(
        &file,
        "(schema: 2, defaults: \"2026-11\", title: \"Mine\", scenario: (horizon_months: 12))",
    )
    .expect("written");
    let file = file.to_str().expect("UTF-8");
    let text = printed(&["compare", file]);
    assert!(text.contains("Mine") && text.contains("hosting and leasing cannot be evaluated"), "{text}");
    let text = printed(&["compare", file, "--criterion", "payback"]);
    assert!(text.contains("within 1.0 year"), "{text}");
    let today = printed(&["compare", "today"]);
    assert_eq!(today, printed(&["compare"]));
    assert_ne!(today, printed(&["compare", "hodl"]));
}

#[test]
fn the_inputs_are_listed() {
    let table = printed(&["inputs"]);
    let root = json(&["inputs", "--format", "json"]);
    let entries = root.as_array().expect("a list");
    let shown: Vec<_> = catalogue::inputs().iter().filter(|input| input.shown).collect();
    assert_eq!(entries.len(), shown.len());
    for (entry, input) in entries.iter().zip(shown) {
        assert_eq!(entry["id"], input.id);
        for key in ["label", "group", "unit", "allowed", "meaning", "formula", "source"] {
            assert!(entry[key].is_string(), "{key} of {}", input.id);
        }
        assert!(table.contains(input.id), "{} is not in the table", input.id);
    }
    let set = json(&["inputs", "--format", "json", "--set", "horizon_months=48"]);
    let horizon = set.as_array().and_then(|list| list.iter().find(|entry| entry["id"] == "horizon_months"));
    assert_eq!(horizon.map(|entry| entry["value"].clone()), Some(Value::from(48.0)));
}

#[test]
fn presets_are_listed_shown_and_checked() {
    let list = printed(&["presets"]);
    assert_eq!(list, printed(&["presets", "list"]));
    for bundled in wattfolio::store::bundled() {
        assert!(list.contains(bundled.name) && list.contains(&bundled.preset.about.title), "{list}");
        let shown = printed(&["presets", "show", bundled.name]);
        assert!(shown.contains("Sources") && shown.contains(&bundled.preset.about.story), "{shown}");
        // The printed file can be saved as a preset.
        let (_, file) = shown.split_once("\nFile\n").expect("the file at the end");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("copy.ron");
        std::fs::write(&path, file).expect("written");
        let checked = printed(&["presets", "check", path.to_str().expect("UTF-8")]);
        assert!(checked.contains("is fine") && checked.contains(&bundled.preset.about.title), "{checked}");
        assert_eq!(wattfolio::store::load(&path).expect("just checked").preset, bundled.preset);
    }
}

#[test]
fn without_a_display_the_comparison_is_printed() {
    let text = printed(&[]);
    assert!(text.starts_with(printed(&["compare"]).trim_end()), "{text}");
    assert!(text.contains("no display") && text.contains("wattfolio screenshot"), "{text}");
    assert!(printed(&["hodl"]).contains("wattfolio screenshot"));
}

#[test]
fn inputs_that_cannot_be_used_are_refused() {
    let cases: [(&[&str], &[&str]); 10] = [
        (&["compare", "--set", "mining.pu=1"], &["no input has the id mining.pu", "wattfolio inputs"]),
        (&["compare", "--set", "mining.pue=9"], &["mining.pue is 9", "1…3"]),
        (&["compare", "--set", "mining.pue=NaN"], &["mining.pue is NaN", "1…3"]),
        (&["compare", "--set", "mining.pue=inf"], &["mining.pue is inf", "1…3"]),
        (&["compare", "--set", "mining.pue=much"], &["mining.pue is much", "1…3"]),
        (&["compare", "--set", "horizon_months=12.5"], &["horizon_months is 12.5", "whole"]),
        (&["compare", "--set", "start=yesterday"], &["start is yesterday", "2010-01"]),
        (&["compare", "--set", "power.contract=Spot"], &["power.contract is Spot", "Fixed", "Wholesale"]),
        (&["compare", "--set", "bitcoin.price_usd.points=[(12,1.0),(3,1.0)]"], &["points", "increasing"]),
        (&["compare", "--set", "nonsense"], &["nonsense", "ID=VALUE"]),
    ];
    for (arguments, words) in cases {
        let line = refused(arguments);
        assert!(words.iter().all(|word| line.contains(word)), "{arguments:?}: {line}");
    }
    // The rules between inputs are checked as well.
    assert!(refused(&["compare", "--set", "leasing.fleet=Count(4000000000)"]).contains("leasing.fleet"));
}

#[test]
fn files_that_cannot_be_used_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let broken = path("broken.ron", b"(schema: 1,\ntitle: 5)");
    let binary = path("binary.ron", &[0xff, 0xfe, 0x00]);
    let wrong = path("wrong.ron", b"(schema: 1, title: \"x\",\nscenario: (mining: (pue: 9)))");
    let folder_itself = folder.path().to_str().expect("UTF-8").to_owned();
    let cases: [(&[&str], &[&str]); 8] = [
        (&["compare", "no-such-preset"], &["no-such-preset", "no such file", "today"]),
        (&["no-such-preset"], &["no-such-preset", "today"]),
        (&["presets", "show", "no-such-preset"], &["no-such-preset", "today"]),
        (&["presets", "check", "/no/such/file.ron"], &["/no/such/file.ron", "No such file"]),
        (&["presets", "check", &broken], &["broken.ron:2:", "title"]),
        (&["compare", &binary], &["binary.ron", "UTF-8"]),
        (&["compare", &wrong], &["wrong.ron:2", "mining.pue is 9", "1…3"]),
        (&["compare", &folder_itself], &["directory"]),
    ];
    for (arguments, words) in cases {
        let line = refused(arguments);
        assert!(words.iter().all(|word| line.contains(word)), "{arguments:?}: {line}");
    }
}

#[test]
fn arguments_that_cannot_be_used_are_refused() {
    let cases: [(&[&str], &[&str]); 11] = [
        (&["screenshot", "--out", "x.png", "--size", "large"], &["large", "--size", "1600x1000"]),
        (&["screenshot", "--out", "x.png", "--size", "10x10"], &["10x10", "--size", "320 to 8000"]),
        (&["screenshot", "--out", "x.png", "--size", "NaNx400"], &["NaNx400", "--size"]),
        (&["screenshot", "--out", "x.png", "--scale", "99"], &["99", "--scale", "0.5 to 4"]),
        (&["screenshot", "--out", "x.png", "--page", "moon"], &["moon", "--page", "compare"]),
        (&["screenshot"], &["--out"]),
        (&["screenshot", "--out", "x.png", "--beside", "A"], &["--beside", "--page cash-flow"]),
        (
            &["screenshot", "tight-grid", "--out", "x.png", "--page", "risk", "--beside", "Z"],
            &["--beside Z", "A No coupling"],
        ),
        (&["screenshot", "--out", "/no/such/folder/x.png"], &["/no/such/folder"]),
        (&["compare", "--format", "pdf"], &["pdf", "--format", "json"]),
        (&["compare", "--frobnicate"], &["--frobnicate"]),
    ];
    for (arguments, words) in cases {
        let line = refused(arguments);
        assert!(words.iter().all(|word| line.contains(word)), "{arguments:?}: {line}");
    }
}

#[test]
fn help_and_version_are_no_faults() {
    assert!(printed(&["--help"]).contains("Usage"));
    assert!(printed(&["compare", "--help"]).contains("--set"));
    assert_eq!(printed(&["--version"]).trim(), format!("wattfolio {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_negative_number_is_refused_with_the_name_of_its_option() {
    for (arguments, words) in [
        (&["explain", "mining.power", "--month", "-1"][..], &["--month", "0 or more"][..]),
        (&["simulate", "--seed", "-1"], &["--seed", "0 or more"]),
        (&["simulate", "--paths", "-5"], &["--paths", "0 or more"]),
        (&["simulate", "--paths", "many"], &["--paths", "0 or more"]),
        (&["screenshot", "--out", "x.png", "--scale", "-2"], &["--scale", "0.5 to 4"]),
        (&["screenshot", "--out", "x.png", "--zoom", "-10%"], &["--zoom", "50% to 300%"]),
        (&["screenshot", "--out", "x.png", "--zoom", "4"], &["--zoom", "50% to 300%, or 0.5 to 3"]),
        (
            &["compare", "--set", "finance.discount_rate", "-10%"],
            &["--set finance.discount_rate=-10%", "ID=VALUE", "wattfolio inputs"],
        ),
        (&["compare", "-3"], &["-3 belongs to no option"]),
    ] {
        let line = refusal(&format!("{arguments:?}"), run(arguments));
        for word in words {
            assert!(line.contains(word), "{arguments:?}: {line}");
        }
    }
}

#[test]
fn shells_and_the_manual_know_every_subcommand() {
    let subcommands = ["compare", "simulate", "explain", "inputs", "hardware", "presets", "screenshot"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        assert!(subcommands.iter().all(|name| script.contains(name)), "{shell}");
    }
    let manual = printed(&["man"]);
    assert!(manual.starts_with(".ie ") || manual.contains(".TH wattfolio"), "{manual}");
    assert!(subcommands.iter().all(|name| manual.contains(name)));
    assert!(manual.contains("Example: wattfolio simulate"), "options and examples of subcommands are in it");
    let line = refusal("a shell that does not exist", run(&["completions", "cmd"]));
    assert!(line.contains("bash") && line.contains("zsh"), "{line}");
}
