//! Hostile answers: each is refused, or read as what it is, and none reaches the model.

use chrono::TimeDelta;
use proptest::prelude::*;
use wattfolio::market_data::live::{Fault, SOURCES, What};

use super::{asked, fixture, read, then};
use crate::support::server::{Server, good};

#[test]
fn hostile_answers_are_refused_for_what_they_are() {
    for (name, id, words) in [
        ("empty.json", "mempool", "the answer is empty"),
        ("truncated.json", "mempool", "no JSON: EOF while parsing"),
        ("captive_portal_200.html", "mempool", "a web page and not data"),
        ("invalid_utf8.json", "mempool", "no UTF-8 text"),
        ("nan_literal.json", "mempool", "no JSON"),
        ("number_overflow.json", "mempool", "no JSON: number out of range"),
        ("price_as_string_inf.json", "coinbase", "“Infinity”; expected a number"),
        ("price_as_string_thousands.json", "coinbase", "“77,258.41”; expected a number"),
        ("negative_price.json", "mempool", "is -77265; plausible: 100…10000000"),
        ("zero_price.json", "mempool", "is 0, which stands for “not known”"),
        ("price_1000x.json", "mempool", "is 77265000; plausible"),
        ("future_timestamp.json", "mempool", "2100-01-01 00:00 UTC is later than now"),
        ("wrong_type_array.json", "mempool", "begins with “[]”"),
        ("duplicate_keys.json", "mempool", "a key is there twice"),
        ("deep_nesting_127.json", "mempool", "begins with “["),
        ("deep_nesting_129.json", "mempool", "begins with “["),
        ("control_and_bidi_in_name.json", "runpod", "nothing for any of the GPUs"),
    ] {
        let fault = read(id, &fixture(&format!("hostile/{name}"))).unwrap_err().to_string();
        assert!(fault.contains(words), "{name}: {fault}");
        assert!(
            fault.chars().count() < 300 && !fault.contains('\u{202e}') && !fault.contains('\0'),
            "{name}: {fault}"
        );
    }
    // A byte-order mark is dropped, and milliseconds are known by their size.
    for name in ["bom.json", "timestamp_ms_instead_of_s.json"] {
        let observed = read("mempool", &fixture(&format!("hostile/{name}"))).unwrap();
        assert_eq!((observed.value(What::BitcoinPrice), observed.at), (Some(77_265.0), then()), "{name}");
    }
    let deep = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    assert!(read("mempool", deep.as_bytes()).unwrap_err().to_string().contains("recursion limit"));
}

#[test]
fn a_text_of_a_source_is_cut_and_harmless() {
    let said = format!(r#"{{"error":"\u001b[31m\u202e{}"}}"#, "x".repeat(5000));
    let fault = read("mempool", said.as_bytes()).unwrap_err().to_string();
    assert!(fault.contains("\\u{1b}[31m\\u{202e}xxx") && fault.len() < 300, "{fault}");
}

#[test]
fn lists_stand_in_for_no_objects() {
    for text in
        [r#"{"data":["77258.4","BTC","USD"]}"#, r#"{"data":[]}"#, r#"{"data":null}"#, r#"{"data":"77258"}"#]
    {
        assert!(read("coinbase", text.as_bytes()).unwrap_err().to_string().contains("data is"), "{text}");
    }
}

#[test]
fn a_million_zeros_are_not_read_to_their_end() {
    let zeros = format!("[{}0]", "0,".repeat(999_999));
    let server = Server::with(good(zeros));
    let answer = asked("coinbase", &server.url());
    assert!(super::fault_of(&answer).contains("larger than 64 KiB"), "{answer:?}");
}

/// JSON of a source with random damage, and JSON at random.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let names = [
        "mempool_prices.json",
        "mempool_mining_hashrate_3d.json",
        "mempool_reward_stats_144.json",
        "kraken_ticker_xbtusd.json",
        "bitstamp_ticker_btcusd.json",
        "vast_bundles.json",
        "runpod_gputypes.json",
        "shadeform_instance_types.json",
        "azure_retail_prices.json",
        "eia_retail_sales_tx_ind.json",
        "energy_charts_price_de_lu.json",
    ];
    let numbers = ["-1", "0", "1e300", "-1e-300", "\"NaN\"", "null", "[]", "{}", "1e21", "\"1e400\"", "true"];
    let edit = (any::<prop::sample::Index>(), prop::sample::select(numbers.to_vec()));
    (
        prop::sample::select(names.to_vec()),
        prop::collection::vec(edit, 0..4),
        any::<Option<prop::sample::Index>>(),
    )
        .prop_map(|(name, edits, cut)| {
            let mut text = String::from_utf8(fixture(&format!("composed/{name}"))).unwrap();
            for (at, number) in edits {
                let digits: Vec<usize> = text.match_indices(": ").map(|(at, _)| at + 2).collect();
                if digits.is_empty() {
                    break;
                }
                let from = digits[at.index(digits.len())];
                let end = text[from..].find([',', '\n', '}']).map_or(text.len(), |length| from + length);
                text.replace_range(from..end, number);
            }
            let end = cut.map_or(text.len(), |cut| cut.index(text.len() + 1));
            text.into_bytes()[..end].to_vec()
        })
}

proptest! {
    #![proptest_config(crate::support::economics::soak::config("damaged answers of sources", 200, 200_000))]

    /// Whatever comes, a parser ends, and what it gives is plausible and not of the future.
    #[test]
    fn no_answer_ends_the_program_or_gives_a_value_that_cannot_be(bytes in damaged(), noise in any::<Vec<u8>>()) {
        for bytes in [bytes, noise] {
            for part in SOURCES.iter().flat_map(|source| source.parts) {
                let Ok(observed) = (part.read)(&bytes, then().into()) else { continue };
                prop_assert!(observed.at <= then() + TimeDelta::minutes(5));
                for reading in observed.readings {
                    let (least, most) = reading.what.bounds();
                    prop_assert!((least..=most).contains(&reading.value), "{:?}", reading);
                }
            }
        }
    }
}

#[test]
fn faults_cross_out_a_key() {
    let server = Server::with(crate::support::server::status(
        403,
        r#"{"error":{"code":"X","message":"bad key secret-key-of-a-user"}}"#,
    ));
    let answer = asked("eia", &server.url());
    assert_eq!(super::fault_of(&answer), "status 403: bad key •••");
    assert!(!format!("{answer:?}").contains("secret-key"));
    assert!(Fault::NoKey("WATTFOLIO_EIA_KEY").to_string().contains("WATTFOLIO_EIA_KEY"));
}
