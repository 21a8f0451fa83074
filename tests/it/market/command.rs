//! `wattfolio market`: permission by option, results, exit codes, and copies of presets.

use std::path::Path;
use std::process::Output;

use serde_json::Value;
use wattfolio::market_data::live::{Permissions, find, permissions_file};

use super::sources::fake;
use crate::support::program::program;
use crate::support::server::Server;

/// The program with its settings in a folder.
fn market(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = program(&[&["market"], arguments].concat());
    command.current_dir(folder).env("HOME", folder).env("XDG_DATA_HOME", folder.join("data"));
    command.env_remove("WATTFOLIO_OFFLINE").env_remove("DBUS_SESSION_BUS_ADDRESS").output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn fault(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Sources with servers that answer for them, as options.
struct Sources {
    /// Kept alive.
    _servers: Vec<Server>,
    options: Vec<String>,
}

impl Sources {
    fn of(ids: &[&'static str]) -> Self {
        let servers: Vec<Server> = ids.iter().map(|id| fake(id)).collect();
        let option = |(id, server): (&&str, &Server)| {
            [
                "--source".to_owned(),
                (*id).to_owned(),
                "--base-url".to_owned(),
                format!("{id}={}", server.url()),
            ]
        };
        let options = ids.iter().zip(&servers).flat_map(option).collect();
        Self { _servers: servers, options }
    }

    fn and<'a>(&'a self, more: &[&'a str]) -> Vec<&'a str> {
        self.options.iter().map(String::as_str).chain(more.iter().copied()).collect()
    }
}

const NETWORK: [&str; 6] = ["mempool", "coinbase", "kraken", "bitstamp", "coingecko", "blockchain"];

#[test]
fn without_permission_it_tells_what_is_bundled() {
    let folder = tempfile::tempdir().unwrap();
    let output = market(folder.path(), &[]);
    let text = text(&output);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", fault(&output));
    for words in [
        "$84,700  bundled, 3 October 2026",
        "964.0 EH/s  bundled",
        "No source was asked: name one with --source",
    ] {
        assert!(text.contains(words), "{words}:\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 170), "{text}");
}

#[test]
fn named_sources_are_asked_and_agree() {
    let folder = tempfile::tempdir().unwrap();
    let sources = Sources::of(&NETWORK);
    let output = market(folder.path(), &sources.and(&["--format", "json"]));
    assert!(output.status.success(), "{}\n{}", fault(&output), text(&output));
    let root: Value = serde_json::from_str(&text(&output)).unwrap();
    let figure = |id: &str| {
        root["figures"].as_array().unwrap().iter().find(|figure| figure["id"] == id).unwrap().clone()
    };
    let price = figure("bitcoin_price_usd");
    assert_eq!((&price["value"], &price["how"]), (&77_262.0.into(), &"median of 5 of 5".into()));
    assert_eq!(
        (&price["input"], &price["is_offered"], &price["age"]),
        (&"bitcoin.price_usd".into(), &true.into(), &"fresh".into())
    );
    assert!((figure("network_hashrate_eh_s")["value"].as_f64().unwrap() - 977.9).abs() < 0.1);
    assert_eq!(figure("block_height")["is_offered"], false);
    assert_eq!(figure("rental_usd_per_gpu_hour_b200")["value"]["absent"], "not asked");
    assert!(price["quotes"].as_array().unwrap().iter().all(|quote| quote["observed_at"].is_string()));
    let coingecko =
        root["sources"].as_array().unwrap().iter().find(|source| source["id"] == "coingecko").unwrap();
    assert_eq!(coingecko["attribution"], "Powered by CoinGecko");
    // Answers of addresses of one run are not kept.
    assert!(!folder.path().join("data/wattfolio/market").exists());
    let table = text(&market(folder.path(), &sources.and(&["--format", "table"])));
    assert!(table.contains("median of 5 of 5, 0.03 % apart"), "{table}");
    assert!(table.contains("CoinGecko: Powered by CoinGecko;"), "{table}");
}

#[test]
fn too_few_sources_end_with_a_code_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let sources = Sources::of(&["coinbase", "kraken"]);
    let output = market(folder.path(), &sources.and(&[]));
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(fault(&output), "wattfolio: refused: Bitcoin price: 2 prices where 3 are needed\n");
    assert!(text(&output).contains("refused"), "{}", text(&output));
}

#[test]
fn a_copy_gets_the_values_with_source_and_time() {
    let folder = tempfile::tempdir().unwrap();
    let sources = Sources::of(&[&NETWORK[..], &["vast", "runpod", "shadeform"]].concat());
    let copy = folder.path().join("mine.ron");
    let out = copy.to_str().unwrap();
    let output = market(folder.path(), &sources.and(&["--apply", "today", "--out", out]));
    // Shadeform's fixture has no B200: the rental is refused, and the rest is written.
    assert_eq!(output.status.code(), Some(3), "{}", text(&output));
    assert!(
        fault(&output).contains("GPU rental, B200: 2 providers where 3 are needed"),
        "{}",
        fault(&output)
    );
    let preset = wattfolio::store::load(&copy).unwrap().preset;
    assert_eq!(preset.scenario.bitcoin.price_usd.value, 77_262.0);
    assert_eq!(preset.scenario.leasing.rental_usd_per_gpu_hour.value, 3.7, "refused, so it stays");
    let ids: Vec<&str> = preset.about.taken.iter().map(|taken| taken.input.as_str()).collect();
    assert_eq!(ids, ["bitcoin.price_usd", "bitcoin.network_hashrate_eh_s", "bitcoin.fees_btc_per_block"]);
    assert!(preset.about.taken[0].from.starts_with("median of 5 of 5: mempool.space"));
    assert!(text(&output).contains("Taken over: bitcoin.price_usd = 77262"), "{}", text(&output));
    // Without anything that is agreed on, nothing is written.
    let none = folder.path().join("none.ron");
    let sources = Sources::of(&["coinbase"]);
    let output = market(folder.path(), &sources.and(&["--apply", "today", "--out", none.to_str().unwrap()]));
    assert_eq!((output.status.code(), none.exists()), (Some(3), false));
}

#[test]
fn what_cannot_be_asked_is_refused_in_a_line() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (&["--source", "nobody"][..], "possible values: mempool, coinbase"),
        (&["--source", "mempool", "--base-url", "http://mempool.space"], "use https"),
        (
            &["--source", "mempool", "--base-url", "kraken=https://x.example"],
            "must be among those of --source",
        ),
        (&["--base-url", "https://x.example"], "name the source"),
        (&["--apply", "today"], "--out"),
    ] {
        let output = market(folder.path(), arguments);
        let line = fault(&output);
        assert_eq!((output.status.code(), line.lines().count()), (Some(2), 1), "{arguments:?}: {line}");
        assert!(line.contains(words), "{arguments:?}: {line}");
    }
    let output = market(folder.path(), &["--source", "eia", "--base-url", "http://127.0.0.1:9"]);
    assert!(text(&output).contains("needs a key of your own; set WATTFOLIO_EIA_KEY"), "{}", text(&output));
}

#[test]
fn sources_that_the_settings_allow_are_asked_kept_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("data/wattfolio");
    let server = fake("mempool");
    let mut permissions = Permissions::default();
    let mempool = find("mempool").unwrap();
    permissions.set_own_base(mempool, &server.url()).unwrap();
    permissions.set(mempool, true);
    permissions.save(&permissions_file(&home)).unwrap();
    let first = market(folder.path(), &[]);
    assert_eq!((first.status.code(), server.seen().len()), (Some(3), 4), "one source is too few for a price");
    assert!(home.join("market/mempool.json").exists());
    let again = market(folder.path(), &[]);
    assert_eq!(server.seen().len(), 4, "it was asked a moment ago");
    assert!(text(&again).contains("may be asked again in"), "{}", text(&again));
    let mut offline = program(&["market"]);
    offline.env("HOME", folder.path()).env("XDG_DATA_HOME", folder.path().join("data"));
    let offline = offline.env("WATTFOLIO_OFFLINE", "1").output().unwrap();
    assert!(
        text(&offline).contains("mempool.space")
            && text(&offline).contains("values are those of earlier runs")
    );
    assert_eq!(server.seen().len(), 4);
    permissions.clear();
    permissions.save(&permissions_file(&home)).unwrap();
    assert!(text(&market(folder.path(), &[])).contains("No source was asked"));
}
