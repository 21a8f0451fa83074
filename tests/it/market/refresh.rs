//! `wattfolio market --refresh-history`: tables that get longer and never change, each row with its source and date.

use std::path::Path;
use std::process::Output;

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};

use super::{fixture, source, then};
use crate::support::program::program;
use crate::support::server::{Reply, Seen, Server, good, status};

const PRICES: &str = "btc_monthly.csv";
const DIFFICULTY: &str = "difficulty_monthly.csv";
const HEIGHTS: &str = "heights_monthly.csv";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = program(&[&["market", "--refresh-history", "tables"], arguments].concat());
    command.current_dir(folder).env("HOME", folder).env("XDG_DATA_HOME", folder.join("data"));
    command.env_remove("WATTFOLIO_OFFLINE").env_remove("DBUS_SESSION_BUS_ADDRESS").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn bundled(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/market").join(file)).unwrap()
}

fn written(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join("tables").join(file)).unwrap()
}

/// Retargets every two weeks from that of block 947,520 on until now, the newest first.
fn retargets() -> String {
    let first: DateTime<Utc> = "2026-04-27T10:00:00Z".parse().unwrap();
    let count = (Utc::now() - first).num_days() / 14;
    let row = |index: i64| {
        let at = (first + TimeDelta::days(14 * index)).timestamp();
        format!("[{at},{},1.36e14,1]", (470 + index) * 2016)
    };
    format!("[{}]", (0..=count).rev().map(row).collect::<Vec<_>>().join(","))
}

/// The last price before a time is that of the full hour before it.
fn price(seen: &Seen) -> String {
    let (_, at) = seen.line.split_once("timestamp=").expect("a time is asked for");
    let at: i64 = at.parse().unwrap();
    format!(r#"{{"prices":[{{"time":{},"USD":84123}}],"exchangeRates":{{"USDEUR":0.92}}}}"#, at - at % 3600)
}

/// A node that tells of the past, but for what a test wants otherwise.
fn node(other: impl Fn(&Seen) -> Option<Reply> + Send + Sync + 'static) -> Server {
    Server::start(move |seen, _| {
        other(seen).unwrap_or_else(|| {
            good(if seen.line.contains("/historical-price") { price(seen) } else { retargets() })
        })
    })
}

fn asked(folder: &Path, server: &Server) -> Output {
    run(folder, &["--source", "mempool", "--base-url", &server.url()])
}

/// The rows that were added.
fn added(folder: &Path, file: &str) -> Vec<String> {
    let (old, new) = (bundled(file), written(folder, file));
    assert!(new.starts_with(&old), "{file}: a row that was there has changed");
    new[old.len()..].lines().map(str::to_owned).collect()
}

/// Months that are over since the last one of the prices.
fn months_since_september_2026() -> usize {
    let now = Utc::now();
    let months = (now.year() - 2026) * 12 + now.month() as i32 - 10;
    usize::try_from(months).unwrap_or(0).min(36)
}

#[test]
fn the_tables_get_the_months_since_with_source_and_date() {
    let folder = tempfile::tempdir().unwrap();
    let server = node(|_| None);
    let output = asked(folder.path(), &server);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", text(&output.stderr));
    let fetched = format!("fetched {}", Utc::now().format("%Y-%m-%d"));
    let prices = added(folder.path(), PRICES);
    assert_eq!(prices.len(), months_since_september_2026(), "{said}");
    let first = &prices[0];
    assert!(
        first.starts_with("2026-10,84123.00,no,\"mempool.space (own node) price of 2026-10-31 23:00 UTC"),
        "{first}"
    );
    assert!(prices.iter().all(|row| row.ends_with(&format!("{fetched}\""))), "{prices:?}");
    // A month of the network waits for its last epoch.
    let network = added(folder.path(), DIFFICULTY);
    assert!(network[0].starts_with("2026-10,1.36e14,1.36e14,973.5"), "{network:?}");
    assert!(network[0].contains(",no,\"mempool.space (own node) retargets of the network, fetched "));
    assert!(network.len() <= prices.len() && network.len() + 1 >= prices.len(), "{network:?}");
    for row in added(folder.path(), HEIGHTS) {
        assert!(row.contains("retargets of the network"), "{row}");
    }
    // One request for all retargets, and one for each price; an own address stays out of the tables.
    let lines: Vec<String> = server.seen().into_iter().map(|seen| seen.line).collect();
    assert_eq!(lines.len(), 1 + prices.len(), "{lines:?}");
    assert_eq!(lines[0], "GET /api/v1/mining/difficulty-adjustments/3y");
    assert!(lines[1].ends_with("/historical-price?currency=USD&timestamp=1793491199"), "{lines:?}");
    assert!(!written(folder.path(), PRICES).contains("127.0.0.1"));
    assert!(said.contains("no source gives them by month here"), "{said}");
    // A second run finds nothing to add, and changes nothing.
    let before = [PRICES, DIFFICULTY, HEIGHTS].map(|file| written(folder.path(), file));
    let again = asked(folder.path(), &node(|_| None));
    assert!(text(&again.stdout).contains("btc_monthly.csv: no month added; complete to today"));
    assert_eq!([PRICES, DIFFICULTY, HEIGHTS].map(|file| written(folder.path(), file)), before);
}

#[test]
fn a_gap_is_said_and_nothing_is_made_up() {
    let folder = tempfile::tempdir().unwrap();
    let gap = node(|seen| {
        let is_price = seen.line.contains("/historical-price");
        let body = r#"{"prices":[{"time":0,"USD":0}],"exchangeRates":{}}"#;
        is_price.then(|| good(body))
    });
    let output = asked(folder.path(), &gap);
    assert_eq!(output.status.code(), Some(3));
    let fault = text(&output.stderr);
    assert!(
        fault.contains("btc_monthly.csv: no month added; 2026-10 is missing: mempool.space: time is 0"),
        "{fault}"
    );
    assert_eq!((fault.lines().count(), added(folder.path(), PRICES).len()), (1, 0));
    assert!(!added(folder.path(), DIFFICULTY).is_empty(), "the other tables get theirs");
    // A price that is days older than the end of its month is none of it; one of the day before is marked.
    for (hours, rows, words) in [(60, 0, "nothing for the last days of 2026-10"), (30, 1, ",proxy,")] {
        let folder = tempfile::tempdir().unwrap();
        let old = node(move |seen| {
            let (_, at) = seen.line.split_once("timestamp=")?;
            let at = at.parse::<i64>().unwrap() - hours * 3600;
            Some(good(format!(r#"{{"prices":[{{"time":{at},"USD":84123}}]}}"#)))
        });
        let output = asked(folder.path(), &old);
        let added = added(folder.path(), PRICES);
        assert!(if rows == 0 { added.is_empty() } else { added[0].contains(words) }, "{added:?}");
        assert!(rows == 1 || text(&output.stderr).contains(words), "{}", text(&output.stderr));
    }
}

#[test]
fn answers_about_the_past_are_trusted_no_more_than_others() {
    let page = fixture("hostile/captive_portal_200.html");
    let swap = |from: &'static str, to: &'static str| good(retargets().replacen(from, to, 1));
    for (reply, words) in [
        (good(page), "a web page and not data"),
        (status(500, r#"{"error":"Failed to get it"}"#), "status 500: Failed to get it"),
        (status(429, "<h1>429</h1>"), "status 429"),
        (good("[]"), "nothing for any retarget"),
        (good("{}"), "the answer is an object; expected a list"),
        (good("[1,2]"), "a retarget is no list"),
        (good("null"), "the answer is missing; expected a list"),
        (Reply::CutOff(b"[[1".to_vec()), "the answer broke off"),
        (good(vec![b' '; (256 << 10) + 1]), "larger than 256 KiB"),
        (swap("1.36e14", "-1"), "difficulty is -1, which stands for"),
        (swap("1.36e14", "\"NaN\""), "expected a number"),
        (swap("1.36e14", "1.36e11"), "plausible"),
        (swap(",1]", ",1.5]"), "do not follow each other"),
        (good(retargets().replacen("947520", "947521", 1)), "block 947521 is no retarget"),
        (good(retargets().replacen("949536", "951552", 1)), "do not follow each other"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let bad = node(move |seen| seen.line.contains("/difficulty-adjustments").then(|| reply.clone()));
        let output = asked(folder.path(), &bad);
        let fault = text(&output.stderr);
        assert_eq!((output.status.code(), fault.lines().count()), (Some(3), 1), "{words}: {fault}");
        assert!(fault.contains(words) && fault.contains("difficulty_monthly.csv"), "{words}: {fault}");
        assert_eq!(written(folder.path(), DIFFICULTY), bundled(DIFFICULTY), "{words}");
    }
}

#[test]
fn the_fixtures_of_the_past_are_understood() {
    let past = &source("mempool").past;
    let retargets = past.retargets.as_ref().unwrap();
    let told = (retargets.read)(&fixture("composed/mempool_difficulty_adjustments_3m.json"), then()).unwrap();
    let heights: Vec<u32> = told.iter().map(|retarget| retarget.height).collect();
    assert_eq!(heights, [961_632, 963_648, 965_664]);
    assert_eq!(told[2].difficulty, 136_607_070_854_775.1);
    let price = past.price.as_ref().unwrap();
    let day: DateTime<Utc> = "2024-04-20T00:30:00Z".parse().unwrap();
    let told = (price.read)(&fixture("composed/mempool_historical_price_usd_at_ts.json"), day).unwrap();
    assert_eq!((told.usd, told.at.to_string().as_str()), (63_843.0, "2024-04-20 00:00:00 UTC"));
    // Of a whole history the last price at or before the time counts, and none that is later.
    let excerpt = fixture("composed/mempool_historical_price_full_excerpt.json");
    let told = (price.read)(&excerpt, DateTime::from_timestamp(1_789_450_000, 0).unwrap()).unwrap();
    assert_eq!(told.usd, 77_215.0);
    let early = NaiveDate::from_ymd_opt(2010, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc();
    assert!((price.read)(&excerpt, early).unwrap_err().to_string().contains("nothing for that day"));
    assert!((price.read)(b"null", day).is_err(), "what is sent for a currency that it does not have");
}

#[test]
fn nobody_is_asked_without_permission_or_offline_and_other_tables_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(3));
    let fault = text(&output.stderr);
    assert!(fault.contains("no source that may be asked tells of prices of the past"), "{fault}");
    for file in [PRICES, DIFFICULTY, HEIGHTS] {
        assert_eq!(written(folder.path(), file), bundled(file), "a copy of the bundled table");
    }
    // A source without a past says so.
    let server = Server::with(status(500, ""));
    let output = run(folder.path(), &["--source", "coinbase", "--base-url", &server.url()]);
    assert!(text(&output.stdout).contains("Coinbase tells nothing of past months here"));
    assert_eq!(server.connections(), 0);
    // A table of one's own that is none is left as it is, and nobody is asked.
    std::fs::write(folder.path().join("tables").join(PRICES), "month,close_usd\n").unwrap();
    let output = run(folder.path(), &["--source", "mempool", "--base-url", &server.url()]);
    assert_eq!((output.status.code(), server.connections()), (Some(2), 0));
    assert_eq!(written(folder.path(), PRICES), "month,close_usd\n");
    let mut offline = program(&["market", "--refresh-history", "other", "--source", "mempool"]);
    let output = offline.current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("WATTFOLIO_OFFLINE is set: nothing is asked"));
    assert!(!folder.path().join("other").exists());
}
