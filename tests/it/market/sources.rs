//! Every source: what is asked, and what its answer means.

use wattfolio::market_data::live::{GPUS, SOURCES, What};

use super::{asked, fixture, read, source, then, today, what};
use crate::support::server::{Seen, Server, good};

/// The fixture that answers a request of a source.
pub fn good_answer(id: &str, seen: &Seen) -> &'static str {
    match id {
        "mempool" if seen.line.contains("/prices") => "mempool_prices.json",
        "mempool" if seen.line.contains("/hashrate/") => "mempool_mining_hashrate_3d.json",
        "mempool" if seen.line.contains("/height") => "mempool_tip_height.txt",
        "mempool" => "mempool_reward_stats_144.json",
        "coinbase" => "coinbase_spot_btc_usd.json",
        "kraken" => "kraken_ticker_xbtusd.json",
        "bitstamp" => "bitstamp_ticker_btcusd.json",
        "coingecko" => "coingecko_simple_price.json",
        "blockchain" => "blockchain_info_stats.json",
        "vast" => "vast_bundles.json",
        "runpod" => "runpod_gputypes.json",
        "shadeform" => "shadeform_instance_types.json",
        "azure" => "azure_retail_prices.json",
        "eia" => "eia_retail_sales_tx_ind.json",
        "energy-charts" => "energy_charts_price_de_lu.json",
        other => panic!("{other} has no fixture"),
    }
}

/// The fixture that answers a request of a source, by the name of the request.
pub fn good_answer_of(id: &str, part: &str) -> &'static str {
    let path = match part {
        "price" => "/prices",
        "network" => "/hashrate/",
        "height" => "/height",
        _ => "",
    };
    let seen = Seen { line: path.to_owned(), headers: Vec::new(), body: String::new() };
    good_answer(id, &seen)
}

/// A server that answers as a source does.
pub fn fake(id: &'static str) -> Server {
    Server::start(move |seen, _| good(today(good_answer(id, seen))))
}

fn rental(name: &str) -> What {
    What::Rental(GPUS.iter().find(|gpu| gpu.label == name).unwrap())
}

#[test]
fn every_source_is_asked_at_its_address_and_understood() {
    let expected = |id: &str| -> Vec<(What, f64)> {
        match id {
            "mempool" => vec![
                (What::BitcoinPrice, 77_265.0),
                (What::Difficulty, 136_607_070_854_775.1),
                (What::HashrateEstimate, 971.417_550_953_729_9),
                (What::Height, 967_311.0),
                (What::Fees, 302_412_874.0 / 144.0 / 1e8),
            ],
            "coinbase" => vec![(What::BitcoinPrice, 77_258.415)],
            "kraken" => vec![(What::BitcoinPrice, 77_270.1)],
            "bitstamp" => vec![(What::BitcoinPrice, 77_262.0)],
            "coingecko" => vec![(What::BitcoinPrice, 77_249.0)],
            "blockchain" => vec![
                (What::Difficulty, 136_607_070_854_775.1),
                (What::HashrateEstimate, 971.417_550_953_729_9),
                (What::Height, 967_311.0),
            ],
            "vast" => vec![
                (rental("B200"), 65.010_416_666_666_67 / 8.0),
                (rental("H200"), 35.632_719_298_245_61 / 8.0),
                (rental("H100"), f64::midpoint(2.269_333_333_333_333_4, 7.093_777_777_777_777_5 / 2.0)),
                (rental("A100"), 6.508_888_888_888_889 / 4.0),
                (rental("RTX 4090"), 0.4),
            ],
            "runpod" => vec![
                (rental("B200"), 7.99),
                (rental("H200"), 5.29),
                (rental("H100"), 3.99),
                (rental("A100"), 1.79),
                (rental("RTX 4090"), 0.74),
            ],
            "shadeform" => vec![(rental("H100"), 3.99)],
            "azure" => vec![(rental("H100"), 98.32 / 8.0)],
            "eia" => vec![(what("retail_power_usd_per_kwh"), 0.0671)],
            "energy-charts" => {
                vec![(
                    what("day_ahead_power_eur_per_mwh"),
                    (81.2 + 78.94 + 74.11 + 70.03 - 1.5 - 0.02 + 12.4) / 7.0,
                )]
            }
            other => panic!("{other} is not expected"),
        }
    };
    for source in SOURCES {
        let server = fake(source.id);
        let answer = asked(source.id, &server.url());
        let faults: Vec<_> = answer.parts.iter().filter_map(|part| part.fault.as_ref()).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", source.id);
        let values: Vec<_> = answer.readings().map(|(reading, _)| (reading.what, reading.value)).collect();
        let expected = expected(source.id);
        assert_eq!(values.len(), expected.len(), "{}: {values:?}", source.id);
        for ((what, value), (expected_what, expected)) in values.iter().zip(&expected) {
            assert_eq!(what, expected_what);
            assert!((value / expected - 1.0).abs() < 1e-12, "{} {what:?}: {value} {expected}", source.id);
        }
        for seen in server.seen() {
            let agent = format!("wattfolio/{}", env!("CARGO_PKG_VERSION"));
            assert_eq!(seen.header("user-agent"), Some(agent.as_str()), "{}", source.id);
            assert_eq!((seen.header("cookie"), seen.header("referer")), (None, None), "{}", source.id);
        }
        assert_eq!(server.seen().len(), source.parts.len());
    }
}

#[test]
fn requests_are_those_of_the_documents_and_say_nothing_of_the_scenario() {
    let lines = |id: &'static str| {
        let server = fake(id);
        asked(id, &server.url());
        server.seen().into_iter().map(|seen| (seen.line, seen.body)).collect::<Vec<_>>()
    };
    let paths: Vec<String> = lines("mempool").into_iter().map(|(line, _)| line).collect();
    assert_eq!(
        paths,
        [
            "GET /api/v1/prices",
            "GET /api/v1/mining/hashrate/3d",
            "GET /api/blocks/tip/height",
            "GET /api/v1/mining/reward-stats/144"
        ]
    );
    assert_eq!(lines("kraken")[0].0, "GET /0/public/Ticker?pair=XBTUSD");
    assert_eq!(lines("bitstamp")[0].0, "GET /api/v2/ticker/btcusd/");
    let vast = lines("vast");
    assert_eq!(vast.len(), GPUS.len(), "all GPUs are asked for, whichever the plan has");
    assert!(source("vast").parts.iter().zip(&GPUS).all(|(part, gpu)| part.name == gpu.label));
    assert!(
        vast[0].0 == "POST /api/v0/bundles/" && vast[0].1.contains(r#""gpu_name":{"eq":"B200"}"#),
        "{vast:?}"
    );
    let azure = &lines("azure")[0].0;
    assert!(
        azure.contains("%24filter=serviceName%20eq%20%27Virtual%20Machines%27") && !azure.contains('+'),
        "{azure}"
    );
    let eia = &lines("eia")[0].0;
    assert!(
        eia.contains("facets%5Bstateid%5D%5B%5D=TX") && eia.contains("api_key=secret-key-of-a-user"),
        "{eia}"
    );
    let runpod = &lines("runpod")[0].1;
    assert!(runpod.contains("securePrice") && !runpod.contains("scenario"), "{runpod}");
}

#[test]
fn a_node_of_ones_own_may_lie_below_a_path() {
    let server = fake("mempool");
    let answer = asked("mempool", &format!("{}/mempool/", server.url()));
    assert_eq!(answer.host, server.address().to_string());
    assert_eq!(server.seen()[0].line, "GET /mempool/api/v1/prices");
}

#[test]
fn units_placeholders_and_odd_rows_are_known() {
    let of = |id: &str, name: &str| read(id, &fixture(&format!("composed/{name}")));
    // A fresh instance, and one whose node is down, send placeholders with a status of success.
    let fault = of("mempool", "mempool_prices_sentinel.json").unwrap_err().to_string();
    assert!(fault.contains("is -1, which stands for “not known”"), "{fault}");
    let stale = of("mempool", "mempool_prices_stale_partial.json").unwrap();
    assert!(then() - stale.at > chrono::TimeDelta::hours(24), "{}", stale.at);
    let network =
        |name: &str| (source("mempool").parts[1].read)(&fixture(&format!("composed/{name}")), then().into());
    let fault = network("mempool_mining_hashrate_node_down.json").unwrap_err().to_string();
    assert!(fault.contains("difficulty is 0, which stands for"), "{fault}");
    // From a zettahash on numbers come with an exponent.
    let exponent = network("mempool_mining_hashrate_exponent.json").unwrap();
    assert_eq!(exponent.value(What::HashrateEstimate), Some(1_038.300_177_2));
    // A hashrate in another unit does not fit its difficulty.
    let text = String::from_utf8(fixture("composed/blockchain_info_stats.json")).unwrap();
    let fault =
        read("blockchain", text.replace("971417550953.7299", "97141755095372.99").as_bytes()).unwrap_err();
    assert!(fault.to_string().contains("does not fit its difficulty"), "{fault}");
    // Rewards add up, or the answer is not believed; a text as a number is read.
    let fees = |text: &str| (source("mempool").parts[3].read)(text.as_bytes(), then().into());
    let text = String::from_utf8(fixture("composed/mempool_reward_stats_144.json")).unwrap();
    assert!(fees(&text.replace("\"302412874\"", "302412874")).is_ok(), "numbers as numbers");
    let fault = fees(&text.replace("\"302412874\"", "\"902412874\"")).unwrap_err().to_string();
    assert!(fault.contains("not the subsidy of its blocks"), "{fault}");
    let fault = fees(&text.replace("967311", "9673110")).unwrap_err().to_string();
    assert!(fault.contains("967168 to 9673110"), "{fault}");
    let height = |text: &[u8]| (source("mempool").parts[2].read)(text, then().into());
    assert_eq!(height(b"967311\n").unwrap().value(What::Height), Some(967_311.0));
    for wrong in [&b"967311.5"[..], b"-1", b"0", b"NaN", b"99999999999"] {
        assert!(height(wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn errors_with_a_status_of_success_are_errors() {
    for (id, name, words) in [
        ("mempool", "mempool_error_500.json", "Failed to get"),
        ("coinbase", "coinbase_error_404.json", "Invalid base currency"),
        ("kraken", "kraken_error_unknown_pair.json", "EQuery:Unknown asset pair"),
        ("kraken", "kraken_error_rate_limit.json", "Too many requests"),
        ("coingecko", "coingecko_error_429.json", "exceeded the Rate Limit"),
        ("runpod", "runpod_graphql_error.json", "Cannot query field"),
        ("eia", "eia_error_key_missing_403.json", "No api_key was supplied"),
        ("bitstamp", "bitstamp_error_404.json", "timestamp is missing; expected a number"),
    ] {
        let fault = read(id, &fixture(&format!("composed/{name}"))).unwrap_err().to_string();
        assert!(fault.contains(words), "{name}: {fault}");
    }
}

#[test]
fn rentals_are_per_card_on_demand_and_without_placeholders() {
    let runpod = String::from_utf8(fixture("composed/runpod_gputypes.json")).unwrap();
    let observed = read("runpod", runpod.replace("7.99", "0.5").as_bytes()).unwrap();
    assert_eq!(observed.value(rental("B200")), None);
    assert!(
        observed.remarks.iter().any(|words| words == "B200: 0.50 dropped, a placeholder"),
        "{:?}",
        observed.remarks
    );
    let observed = read("runpod", runpod.replace("7.99", "0").as_bytes()).unwrap();
    assert!(observed.remarks.iter().any(|words| words == "B200: not offered in its secure cloud"));
    // A listing of a card with other memory is another card.
    let observed =
        read("runpod", runpod.replace("\"memoryInGb\": 180", "\"memoryInGb\": 90").as_bytes()).unwrap();
    assert_eq!(observed.value(rental("B200")), None);

    let vast = fixture("composed/vast_bundles.json");
    let a100 = (source("vast").parts[3].read)(&vast, then().into()).unwrap();
    assert_eq!(a100.readings[0].of, 1, "the card with 40 GB is another one");
    assert!(a100.remarks[0].starts_with("8 of 9 offers left out"), "{:?}", a100.remarks);
    let offers = |text: &str| (source("vast").parts[2].read)(text.as_bytes(), then().into());
    let offer = |usd: f64| {
        format!(
            r#"{{"gpu_name":"H100 SXM","gpu_ram":81559,"num_gpus":1,"dph_total":{usd},"geolocation":null,"cpu_cores":null}}"#
        )
    };
    let list = |prices: &[f64]| {
        let offers: Vec<String> = prices.iter().map(|usd| offer(*usd)).collect();
        format!(r#"{{"offers":[{}]}}"#, offers.join(","))
    };
    let observed = offers(&list(&[4.0, 4.1, 3.9, 0.3, 50.0])).unwrap();
    assert_eq!(
        (observed.readings[0].value, observed.readings[0].of),
        (4.0, 3),
        "bait and mistakes are left out"
    );
    assert!(offers(r#"{"offers":[]}"#).unwrap_err().to_string().contains("nothing for H100"));
    assert!(offers(&offer(4.0).replace("81559", "\"x\"")).is_err());

    let shadeform = String::from_utf8(fixture("composed/shadeform_instance_types.json")).unwrap();
    let twice = shadeform.replace("\"hyperstack\"", "\"runpod\"").replace("pcie", "sxm5");
    assert_eq!(read("shadeform", twice.as_bytes()).unwrap().readings[0].of, 1, "RunPod is asked itself");
    let sxm = shadeform.replace("pcie", "sxm5");
    assert_eq!(
        read("shadeform", sxm.as_bytes()).unwrap().value(rental("H100")),
        Some(f64::midpoint(3.99, 2.5))
    );

    let azure = String::from_utf8(fixture("composed/azure_retail_prices.json")).unwrap();
    let windows = azure.replace("Virtual Machines NDsr", "Virtual Machines NDsr Windows");
    assert!(read("azure", windows.as_bytes()).is_err());
    let elsewhere =
        azure.replace("\"NextPageLink\": null", "\"NextPageLink\": \"https://evil.example/page\"");
    let fault = read("azure", elsewhere.as_bytes()).unwrap_err().to_string();
    assert!(fault.contains("another page, which is not followed"), "{fault}");
    let euro = azure.replace("\"currencyCode\": \"USD\"", "\"currencyCode\": \"EUR\"");
    assert!(read("azure", euro.as_bytes()).is_err());
}

#[test]
fn power_prices_keep_unit_month_gaps_and_sign() {
    let eia = String::from_utf8(fixture("composed/eia_retail_sales_tx_ind.json")).unwrap();
    let observed = read("eia", eia.as_bytes()).unwrap();
    assert_eq!(observed.at.to_string(), "2026-06-30 23:59:59 UTC");
    let gap = read("eia", eia.replace("\"6.71\"", "null").as_bytes()).unwrap();
    assert_eq!(
        (gap.value(what("retail_power_usd_per_kwh")), gap.at.to_string().as_str()),
        (Some(0.0648), "2026-05-31 23:59:59 UTC")
    );
    assert!(read("eia", eia.replace("cents per kilowatt-hour", "cents per kilowatthour").as_bytes()).is_ok());
    let fault = read("eia", eia.replace("cents per kilowatt-hour", "dollars per megawatt-hour").as_bytes());
    assert!(fault.unwrap_err().to_string().contains("dollars per megawatt-hour"));
    assert!(read("eia", eia.replace("\"3\"", "3").as_bytes()).is_ok(), "the total may be a number");
    assert!(read("eia", eia.replace("\"TX\"", "\"CA\"").as_bytes()).is_err(), "another state");

    let day = String::from_utf8(fixture("composed/energy_charts_price_de_lu.json")).unwrap();
    let observed = read("energy-charts", day.as_bytes()).unwrap();
    assert_eq!(
        observed.licence.as_deref(),
        Some("CC BY 4.0 (creativecommons.org/licenses/by/4.0) from Bundesnetzagentur | SMARD.de")
    );
    assert_eq!(observed.remarks, ["1 of 8 prices are missing"]);
    let negative = day.replace("81.2", "-500").replace("78.94", "-500");
    assert!(
        read("energy-charts", negative.as_bytes())
            .unwrap()
            .value(what("day_ahead_power_eur_per_mwh"))
            .unwrap()
            < 0.0
    );
    let fault = read("energy-charts", day.replace("    12.4", "    12.4, 1").as_bytes()).unwrap_err();
    assert!(fault.to_string().contains("8 times and 9 prices"), "{fault}");
    assert!(read("energy-charts", day.replace("EUR / MWh", "DKK / MWh").as_bytes()).is_err());
}
