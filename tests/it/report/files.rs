//! Files of a report: drawings, pictures and tables, what verifies them, and what is refused.

use std::fs;

use super::{DATE, QUICK, bytes, compact, made, run};
use crate::support::program::{json, refused};
use wattfolio::report::reader;
use wattfolio::store::{Label, Letter, LineStyle};

#[test]
fn a_chart_is_a_drawing_or_a_picture_and_a_table_has_full_values() {
    let folder = tempfile::tempdir().unwrap();
    let svg = fs::read_to_string(made(folder.path(), "a.svg", &["--no-simulation"])).unwrap();
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains(">pays back ") && svg.contains("<path "), "no payback in the drawing");
    let png = bytes(&made(folder.path(), "a.png", &["--no-simulation", "--theme", "dark"]));
    assert!(png.starts_with(b"\x89PNG") && png.len() > 10_000);
    for id in ["paid-back", "spread", "drivers", "cash-flow-leasing", "payback-overlaid"] {
        let svg = fs::read_to_string(made(folder.path(), "b.svg", &[&["--chart", id], &QUICK[..]].concat()))
            .unwrap();
        assert!(svg.matches("<text ").count() > 5, "{id} has no texts");
    }
    let csv = fs::read_to_string(made(folder.path(), "a.csv", &["--no-simulation"])).unwrap();
    let npv = csv.lines().find(|line| line.starts_with("npv_usd,")).unwrap();
    let value: f64 = npv.rsplit(',').next().unwrap().parse().unwrap();
    let exact = json(&["compare", "--format", "json"])["leasing"]["measures"]["npv_usd"].as_f64().unwrap();
    assert_eq!(value, exact);
    for id in wattfolio::report::content::TABLES {
        let csv = fs::read_to_string(made(folder.path(), "b.csv", &[&["--table", id], &QUICK[..]].concat()))
            .unwrap();
        assert!(csv.lines().count() >= 1, "{id}");
    }
}

#[test]
fn a_table_as_json_has_values_units_and_texts() {
    let folder = tempfile::tempdir().unwrap();
    let exact = json(&["compare", "--format", "json"]);
    let read = |name: &str, arguments: &[&str]| -> serde_json::Value {
        serde_json::from_slice(&bytes(&made(folder.path(), name, arguments))).unwrap()
    };
    let measures = read("a.json", &["--no-simulation"]);
    assert_eq!(measures["table"], "measures");
    let rows = measures["rows"].as_array().unwrap();
    let npv = rows.iter().find(|row| row["id"] == "npv_usd").unwrap();
    assert_eq!(npv["unit"], "USD");
    assert_eq!(npv["cells"]["leasing"]["value"], exact["leasing"]["measures"]["npv_usd"]);
    assert!(npv["cells"]["leasing"]["text"].as_str().unwrap().contains('$'));
    let risk = read("b.json", &[&["--table", "risk"], &QUICK[..]].concat());
    let loss = risk["rows"].as_array().unwrap().iter().find(|row| row["id"] == "npv_mean_usd").unwrap();
    assert!(loss["cells"]["mining"]["standard_error"].as_f64().unwrap() > 0.0, "{loss}");
    for id in wattfolio::report::content::TABLES {
        let table = read("c.json", &[&["--table", id], &QUICK[..]].concat());
        assert_eq!(table["table"], id);
    }
}

#[cfg(feature = "parquet")]
#[test]
fn a_table_as_parquet_has_numbers_beside_their_texts() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::RowAccessor as _;
    let folder = tempfile::tempdir().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&bytes(&made(
        folder.path(),
        "a.json",
        &[&["--table", "risk"], &QUICK[..]].concat(),
    )))
    .unwrap();
    let path = made(folder.path(), "a.parquet", &[&["--table", "risk"], &QUICK[..]].concat());
    let reader = SerializedFileReader::new(fs::File::open(&path).unwrap()).unwrap();
    let schema = reader.metadata().file_metadata().schema().get_fields().to_vec();
    let at = |name: &str| schema.iter().position(|field| field.name() == name).expect(name);
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    let expected = json["rows"].as_array().unwrap();
    assert_eq!(rows.len(), expected.len());
    let mut numbers = 0;
    for (row, expected) in rows.iter().zip(expected) {
        assert_eq!(row.get_string(at("id")).unwrap(), expected["id"].as_str().unwrap());
        let cell = &expected["cells"]["mining"];
        if let Some(value) = cell["value"].as_f64() {
            numbers += 1;
            // Reading JSON may round the last digit.
            let read = row.get_double(at("mining")).unwrap();
            assert!((read - value).abs() <= 1e-14 * value.abs(), "{read} and {value}");
            assert_eq!(row.get_string(at("mining_text")).unwrap(), cell["text"].as_str().unwrap());
        }
        if let Some(error) = cell["standard_error"].as_f64() {
            let read = row.get_double(at("mining_standard_error")).unwrap();
            assert!((read - error).abs() <= 1e-14 * error.abs(), "{read} and {error}");
        }
    }
    assert!(numbers > 10, "{numbers}");
    for id in wattfolio::report::content::TABLES {
        let path = made(folder.path(), "b.parquet", &[&["--table", id], &QUICK[..]].concat());
        SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    }
}

#[test]
fn a_page_for_a_browser_needs_no_network_and_reads_out_every_month() {
    let folder = tempfile::tempdir().unwrap();
    let html = fs::read_to_string(made(folder.path(), "a.html", &QUICK)).unwrap();
    let addresses = ["url(http", "@import", " src=", "<link", "<img", "fetch("];
    let foreign: Vec<_> = addresses.iter().filter(|part| html.contains(**part)).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    assert!(html.contains("prefers-color-scheme: dark") && html.contains("@media print"));
    assert!(html.contains("Month 120 (") && html.contains("cumulative cash: leasing "));
    for business in wattfolio_economics::business::Business::ALL {
        assert!(html.contains(business.label()));
    }
    assert!(html.contains("Not investment advice"));
}

#[test]
fn what_cannot_be_made_is_refused_with_what_can_be_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (arguments, words) in [
        (&["--chart", "pie", "--out", &out("x.svg")][..], "no chart has the id pie; there are payback, "),
        (&["--table", "all", "--out", &out("x.csv")], "no table has the id all; there are measures, "),
        (&["--chart", "spread", "--no-simulation", "--out", &out("x.png")], "leave out --no-simulation"),
        (&["--chart", "payback", "--out", &out("x.pdf")], "--chart is for .svg and .png"),
        (&["--table", "all", "--out", &out("x.json")], "no table has the id all; there are measures, "),
        (&["--table", "risk", "--out", &out("x.svg")], "--table is for .csv, .json and .parquet"),
        (&["--chart", "payback", "--out", &out("x.xlsx")], "--chart is for .svg and .png"),
        (&["--out", &out("x.doc")], "a report ends in .pdf"),
        (&["--out", &out("x")], "a report ends in .pdf"),
        (&["--theme", "dark", "--out", &out("x.pdf")], "white paper"),
        (&["--no-simulation", "--out", &out("none/x.pdf")], "none"),
    ] {
        let line = refused(&[&["report"], arguments].concat());
        assert!(line.contains(words), "{line}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_report_verifies_and_one_that_was_changed_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = made(
        folder.path(),
        "a.pdf",
        &[&["today", "--set", "power.price_usd_per_kwh=0.038"], &QUICK[..]].concat(),
    );
    let output = run(&["verify", path.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("figures agree"), "{said}");

    // The scenario inside says another price than that of the figures.
    let inside = reader::load(&path).unwrap();
    assert_eq!(inside.preset.scenario.power.price_usd_per_kwh.value, 0.038);
    let other = super::hostile::with_attached(&bytes(&path), "scenario.wattfolio.ron", |text| {
        text.replace("0.038", "0.039")
    });
    let changed = folder.path().join("b.pdf");
    fs::write(&changed, other).unwrap();
    let output = run(&["verify", changed.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("do not agree") && said.contains("npv_usd: printed"), "{said}");

    // Another version made it.
    let other = super::hostile::with_attached(&bytes(&path), "figures.json", |text| {
        text.replacen("\"version\": \"", "\"version\": \"9", 1)
    });
    fs::write(&changed, other).unwrap();
    let output = run(&["verify", changed.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("Made by wattfolio 9"), "{said}");
}

#[test]
fn a_report_opens_again_with_the_scenario_that_it_was_made_from() {
    let folder = tempfile::tempdir().unwrap();
    let path =
        made(folder.path(), "a.pdf", &["today", "--set", "power.price_usd_per_kwh=0.038", "--no-simulation"]);
    let file = path.to_str().unwrap();
    let of = |arguments: &[&str]| json(&[&["compare"], arguments, &["--format", "json"]].concat());
    assert_eq!(of(&[file]), of(&["today", "--set", "power.price_usd_per_kwh=0.038"]));
    let again = made(folder.path(), "b.pdf", &[file, "--no-simulation"]);
    assert_eq!(reader::load(&again).unwrap().preset.scenario, reader::load(&path).unwrap().preset.scenario);
}

#[test]
fn scenarios_of_a_report_open_again_with_letters_notes_lines_and_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let mut preset = wattfolio::store::bundled()[0].preset.clone();
    let other = preset.scenario.edit(|scenario| scenario.power.price_usd_per_kwh.value = 0.05).unwrap();
    let label =
        Label { note: "as offered".to_owned(), line: LineStyle::Dotted, ..Label::new(Letter::at(3), "Dear") };
    preset.baseline = label.letter;
    preset.variants = vec![wattfolio::store::Variant::new(label, other)];
    let file = folder.path().join("two.ron");
    fs::write(&file, wattfolio::store::to_text(&preset).unwrap()).unwrap();
    let pdf = made(folder.path(), "a.pdf", &[file.to_str().unwrap(), "--no-simulation"]);
    let inside = reader::load(&pdf).unwrap();
    assert_eq!(inside.preset.listed(), preset.listed());
    assert_eq!(inside.baseline.about.title, "Dear");
    assert!(compact(&reader::texts(&bytes(&pdf)).unwrap()).contains("asoffered"));
    let verified = run(&["verify", pdf.to_str().unwrap()]);
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[test]
fn names_of_users_are_no_markup_no_formula_and_no_pdf_syntax() {
    let folder = tempfile::tempdir().unwrap();
    let name = "=1+1 <b>&\"(x\\)) ]] >> endstream";
    let mut preset = wattfolio::store::bundled()[0].preset.clone();
    preset.about.title = name.to_owned();
    preset.about.notes = "</title><script>alert(1)</script>".to_owned();
    let mut other = preset.scenario.clone();
    other = other.edit(|scenario| scenario.power.price_usd_per_kwh.value = 0.05).unwrap();
    preset.variants = vec![wattfolio::store::Variant::named("@SUM(A1)<i>", 1, other)];
    let file = folder.path().join("named.ron");
    fs::write(&file, wattfolio::store::to_text(&preset).unwrap()).unwrap();
    let source = file.to_str().unwrap();
    let pdf = made(folder.path(), "a.pdf", &[source, "--no-simulation"]);
    assert_eq!(reader::load(&pdf).unwrap().preset.about.title, name);
    let text = compact(&reader::texts(&bytes(&pdf)).unwrap());
    assert!(text.contains(&compact(name)) && text.contains("@SUM(A1)<i>"));
    let svg = fs::read_to_string(made(folder.path(), "a.svg", &[source, "--no-simulation"])).unwrap();
    assert!(svg.contains("&lt;b&gt;&amp;&quot;") && !svg.contains("<b>"));
    let html = fs::read_to_string(made(folder.path(), "a.html", &[source, "--no-simulation"])).unwrap();
    assert!(!html.contains("<b>&") && !html.contains("<script>alert") && !html.contains("<i>"));
    let csv = fs::read_to_string(made(
        folder.path(),
        "a.csv",
        &[source, "--no-simulation", "--table", "scenarios"],
    ))
    .unwrap();
    assert!(csv.lines().all(|line| !line.starts_with(['=', '@', '+', '-'])), "{csv}");
    assert_eq!(DATE.len(), 10);
}
