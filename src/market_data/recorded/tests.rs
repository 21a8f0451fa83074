//! The bundled files are complete, their README is correct, and faults name file, line and column.

use std::collections::BTreeMap;

use wattfolio_economics::scenario::CalendarMonth;

use super::*;
use crate::price_list;

/// The folder of the files, from the root of the package.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/market");

/// Number of rows that the program reads, by file.
fn read_files() -> BTreeMap<&'static str, usize> {
    let lists = [
        ("asic_models.csv", price_list::asics().len()),
        ("gpu_models.csv", price_list::gpus().len()),
        ("hosting_deals.csv", price_list::deals().len()),
    ];
    files().into_iter().chain(lists).collect()
}

#[test]
fn every_file_is_read_whole_and_its_document_is_true() {
    let document = std::fs::read_to_string(format!("{FOLDER}/README.md")).unwrap();
    let mut readers = read_files();
    for entry in std::fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let file = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let rows = csv::Reader::from_reader(text.as_bytes()).records().count();
        assert_eq!(readers.remove(file), Some(rows), "{file} has no reader, or it leaves rows out");
        assert!(document.contains(&format!("| `{file}` | {rows} |")), "{file} has {rows} rows");
        let columns = document.lines().find(|line| line.starts_with(&format!("**{file}**")));
        let columns = columns.unwrap_or_else(|| panic!("{file} is not described"));
        for column in text.lines().next().unwrap().split(',') {
            assert!(columns.contains(&format!("`{column}`")), "{column} of {file} is not described");
        }
    }
    assert_eq!(readers, BTreeMap::new(), "these files are gone");
}

#[test]
fn known_months_days_and_figures_are_read() {
    let price = |year, month| {
        let month = CalendarMonth::known(year, month);
        btc_months().iter().find(|row| row.month == month).unwrap()
    };
    assert_eq!((price(2026, 5).close_usd, price(2026, 5).estimate), (73_579.69, Estimate::No));
    assert_eq!(price(2026, 8).estimate, Estimate::Proxy);
    assert_eq!(halvings()[3].date_utc.to_string(), "2024-04-20");
    assert_eq!((halvings()[3].height, halvings()[3].subsidy_after_btc), (840_000, 3.125));
    let undated = power_prices().iter().filter(|price| price.date.0.is_none()).count();
    assert_eq!(undated, 6);
    assert!(rental_points().iter().all(|point| point.gpu.starts_with("H100")));
    let deepseek = training_runs().iter().find(|run| run.model == "DeepSeek-V3").unwrap();
    assert_eq!((deepseek.gpu_hours, deepseek.certainty), (2_788_000.0, Certainty::Read));
}

#[test]
fn the_height_of_a_start_month_is_the_recorded_one() {
    for row in block_heights() {
        assert_eq!(wattfolio_economics::bitcoin::height_at(row.month), row.height, "{}", row.month);
    }
    let halving = |height: u32| halvings().iter().find(|halving| halving.height == height).unwrap().date_utc;
    for pair in block_heights().windows(2) {
        let halves = pair[0].height / 210_000 != pair[1].height / 210_000;
        let month = halves.then(|| halving(pair[1].height / 210_000 * 210_000).format("%Y-%m").to_string());
        assert!(month.is_none_or(|month| month == pair[0].month.to_string()), "{pair:?}");
    }
}

#[test]
fn price_and_network_are_known_for_the_same_months() {
    let (price, network) = (btc_months().last().unwrap().month, difficulty_months().last().unwrap().month);
    assert_eq!(price, network, "a replay needs both");
    assert!(difficulty_months()[0].month < btc_months()[0].month);
}

fn fault<R: rows::Row + std::fmt::Debug>(head: &str, lines: &[&str]) -> String {
    rows_of::<R>("x.csv", &format!("{head}\n{}\n", lines.join("\n"))).unwrap_err()
}

#[test]
fn faults_name_file_line_and_column() {
    let price = |lines: &[&str]| fault::<BtcMonth>("month,close_usd,estimate,source", lines);
    assert_eq!(
        price(&["2026-13,1000,no,s"]),
        "x.csv:2: month: “2026-13” is not a month; write it as 2026-11"
    );
    assert_eq!(price(&["2026-01,ten,no,s"]), "x.csv:2: close_usd: “ten” is no number");
    assert_eq!(price(&["2026-01,NaN,no,s"]), "x.csv:2: close_usd: “NaN” is no number");
    assert_eq!(price(&["2026-01,,no,s"]), "x.csv:2: close_usd: is missing");
    assert_eq!(price(&["2026-01,0,no,s"]), "x.csv:2: close_usd: 0 is not plausible; allowed: 1…10000000");
    assert!(price(&["2026-01,1000,maybe,s"]).starts_with("x.csv:2: estimate: unknown variant `maybe`"));
    assert_eq!(price(&["2026-01,1000,no, "]), "x.csv:2: source: is missing");
    assert_eq!(
        price(&["2026-01,1000,no,s", "2026-03,1000,no,s"]),
        "x.csv:3: month: 2026-03 does not follow 2026-01"
    );
    assert!(price(&["2026-01,1000,no,s", "2026-02,10000,no,s"]).starts_with("x.csv:3: close_usd over"));
    assert!(price(&["2026-01,1000"]).starts_with("x.csv: "), "too few cells");
    assert_eq!(price(&[]), "x.csv: no rows");
    let unknown = fault::<BtcMonth>("month,close_eur,estimate,source", &["2026-01,1000,no,s"]);
    assert!(unknown.starts_with("x.csv:2: unknown field `close_eur`"), "{unknown}");
    let halving = |line: &str| {
        fault::<Halving>("height,date_utc,subsidy_before_btc,subsidy_after_btc,estimate,source", &[line])
    };
    assert_eq!(halving("-5,2012-11-28,50,25,no,s"), "x.csv:2: height: “-5” is no whole number");
    assert_eq!(halving("5,2012-11-28,50,25,no,s"), "x.csv:2: height: 5 is no multiple of 210000");
    assert!(halving("210000,2012-11-31,50,25,no,s").starts_with("x.csv:2: date_utc: "));
    assert!(halving("210000,2012-11-28,50,20,no,s").starts_with("x.csv:2: subsidy_after_btc: 20 is not 25"));
}
