//! How many sources must agree, how far apart they may be, and what becomes of what they agree on.

use chrono::{DateTime, TimeDelta, Utc};
use wattfolio::market_data::live::{
    Age, Answer, Cache, Figure, GPUS, ON_DEMAND_UTILISATION, Observed, PartAnswer, Reading, Refusal, Regions,
    Rule, SOURCES, Standing, Take, What, age_words, bundled, figures, take_over,
};
use wattfolio::store::About;
use wattfolio_economics::input::Kind;
use wattfolio_economics::scenario::Scenario;

use super::{source, then, what};

/// An answer of a source with one part.
fn answer(id: &str, at: DateTime<Utc>, values: &[(What, f64)]) -> Answer {
    let readings = values.iter().map(|(what, value)| Reading { what: *what, value: *value, of: 1 }).collect();
    let observed = Observed { at, readings, remarks: Vec::new(), licence: None };
    let part = PartAnswer { part: "price".to_owned(), good: Some((observed, at)), fault: None, held: None };
    let source = source(id);
    let host = "here".to_owned();
    Answer { source, host, tried_at: at, not_before: at, clock_ahead_s: None, parts: vec![part] }
}

fn of(rule: Rule, answers: &[Answer], now: DateTime<Utc>) -> Figure {
    figures(answers, "B200", &Regions::default(), now)
        .into_iter()
        .find(|figure| figure.rule == rule)
        .expect("a figure")
}

const EXCHANGES: [&str; 5] = ["mempool", "coinbase", "kraken", "bitstamp", "coingecko"];

fn price(prices: &[f64]) -> Figure {
    let quotes = EXCHANGES.into_iter().zip(prices);
    let answers: Vec<Answer> =
        quotes.map(|(id, usd)| answer(id, then(), &[(What::BitcoinPrice, *usd)])).collect();
    of(Rule::Price, &answers, then())
}

fn value(figure: &Figure) -> Result<f64, String> {
    figure.agreed.as_ref().map(|agreed| agreed.value).map_err(ToString::to_string)
}

#[test]
fn three_prices_within_two_percent_of_their_median_agree() {
    assert_eq!(value(&price(&[])), Err("not asked".to_owned()));
    assert_eq!(value(&price(&[80_000.0, 80_100.0])), Err("2 prices where 3 are needed".to_owned()));
    assert_eq!(value(&price(&[80_000.0, 80_100.0, 80_050.0])), Ok(80_050.0));
    let five = price(&[80_000.0, 80_100.0, 80_050.0, 80_200.0, 80_010.0]);
    assert_eq!(five.agreed.as_ref().unwrap().how, "median of 5 of 5");
    // More than 1 % apart is shown, more than 2 % from the median does not count.
    let wide = price(&[80_000.0, 81_000.0, 80_500.0]);
    assert_eq!(value(&wide), Ok(80_500.0));
    assert!(wide.spread.unwrap() > wide.rule.shown_spread(), "shown as different");
    let odd = price(&[80_000.0, 80_100.0, 80_050.0, 90_000.0]);
    assert_eq!(value(&odd), Ok(80_050.0), "the median of those that count");
    assert_eq!(odd.quotes[3].standing, Standing::TooFar);
    assert_eq!(odd.agreed.as_ref().unwrap().how, "median of 3 of 4");
    let split = price(&[80_000.0, 80_000.0, 90_000.0, 90_000.0]);
    assert_eq!(split.agreed, Err(Refusal::TooFew { have: 0, need: 3, what: "prices" }));
    // Just within and just beyond.
    assert_eq!(value(&price(&[78_400.0, 80_000.0, 81_600.0])), Ok(80_000.0));
    assert!(value(&price(&[78_399.0, 80_000.0, 81_601.0])).is_err());
}

#[test]
fn a_value_of_another_time_does_not_count_beside_newer_ones() {
    let mut answers: Vec<Answer> =
        EXCHANGES[..3].iter().map(|id| answer(id, then(), &[(What::BitcoinPrice, 80_000.0)])).collect();
    answers[0] = answer("mempool", then() - TimeDelta::hours(7), &[(What::BitcoinPrice, 80_000.0)]);
    let figure = of(Rule::Price, &answers, then());
    assert_eq!(figure.agreed, Err(Refusal::TooFew { have: 2, need: 3, what: "prices" }));
    assert_eq!(figure.quotes[0].standing, Standing::TooOld);
    // Where all are old they agree still, and are stale.
    let later = then() + TimeDelta::hours(8);
    let answers: Vec<Answer> =
        EXCHANGES[..3].iter().map(|id| answer(id, then(), &[(What::BitcoinPrice, 80_000.0)])).collect();
    let age = |now| of(Rule::Price, &answers, now).agreed.unwrap().age;
    assert_eq!(
        [age(then()), age(then() + TimeDelta::hours(1)), age(later)],
        [Age::Fresh, Age::Ageing, Age::Stale]
    );
}

#[test]
fn the_network_needs_two_equal_difficulties_and_gives_a_hashrate() {
    let difficulty = 136_607_070_854_775.1;
    let two = |second: f64| {
        [
            answer("mempool", then(), &[(What::Difficulty, difficulty)]),
            answer("blockchain", then(), &[(What::Difficulty, second)]),
        ]
    };
    let hashrate = value(&of(Rule::Network, &two(difficulty), then())).unwrap();
    assert!((hashrate / (difficulty * 4_294_967_296.0 / 600.0 / 1e18) - 1.0).abs() < 1e-12);
    assert!((hashrate - 977.9).abs() < 0.1, "{hashrate}");
    let one = of(Rule::Network, &two(difficulty)[..1], then());
    assert_eq!(one.agreed, Err(Refusal::TooFew { have: 1, need: 2, what: "sources" }));
    // After a retarget one of them may be late.
    let late = of(Rule::Network, &two(difficulty * 1.05), then());
    assert!(matches!(late.agreed, Err(Refusal::TooFar { .. })), "{:?}", late.agreed);
    let heights = |second: f64| {
        [
            answer("mempool", then(), &[(What::Height, 967_311.0)]),
            answer("blockchain", then(), &[(What::Height, second)]),
        ]
    };
    assert!(of(Rule::Height, &heights(967_308.0), then()).agreed.is_ok());
    assert!(of(Rule::Height, &heights(967_300.0), then()).agreed.is_err());
    assert_eq!(
        of(Rule::Height, &heights(967_311.0), then()).offered(),
        None,
        "it checks, and changes nothing"
    );
}

#[test]
fn rental_needs_three_providers_for_the_gpu_of_the_plan() {
    let gpu = |label: &str| GPUS.iter().find(|gpu| gpu.label == label).unwrap();
    let providers = |label: &str, prices: &[f64]| -> Vec<Answer> {
        let what = What::Rental(gpu(label));
        ["vast", "runpod", "shadeform", "azure"]
            .into_iter()
            .zip(prices)
            .map(|(id, usd)| answer(id, then(), &[(what, *usd)]))
            .collect()
    };
    let b200 = Rule::Rental(gpu("B200"));
    let figure = of(b200, &providers("B200", &[7.81, 7.99]), then());
    assert_eq!(value(&figure), Err("2 providers where 3 are needed".to_owned()));
    let figure = of(b200, &providers("B200", &[7.81, 7.99, 6.8]), then());
    assert_eq!(value(&figure), Ok(7.81));
    let figure = of(b200, &providers("B200", &[4.0, 3.99, 3.5, 12.29]), then());
    assert!(value(&figure).unwrap_err().contains("apart, more than 45 %"), "{figure:?}");
    // Another GPU is shown and not offered; one that nobody knows is no figure at all.
    let figure = of(Rule::Rental(gpu("H100")), &providers("H100", &[4.0, 3.99, 3.5]), then());
    assert!(figure.agreed.is_ok() && figure.offered().is_none() && figure.unfit.is_some());
    let rules: Vec<Rule> = figures(&[], "GB300 NVL72", &Regions::default(), then())
        .into_iter()
        .map(|figure| figure.rule)
        .collect();
    assert!(rules.iter().all(|rule| !matches!(rule, Rule::Rental(_))), "{rules:?}");
}

#[test]
fn what_is_taken_over_keeps_source_and_time_and_goes_whole_or_not_at_all() {
    let figure = price(&[80_000.0, 80_100.0, 80_050.0]);
    let (mut scenario, mut about) = (Scenario::default(), About::default());
    let taken =
        take_over(&mut scenario, &mut about, &[Take { figure: &figure, with_utilisation: true }]).unwrap();
    assert_eq!(scenario.bitcoin.price_usd.value, 80_050.0);
    assert_eq!(scenario.leasing.utilisation, Scenario::default().leasing.utilisation);
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].from, "median of 3 of 3: mempool.space, Coinbase, Kraken");
    assert_eq!((taken[0].observed_at, &about.taken), (then(), &taken));
    // A rental brings the utilisation of its kind with it, if that is wanted.
    let what = What::Rental(&GPUS[0]);
    let answers: Vec<Answer> = [("vast", 7.81), ("runpod", 7.99), ("shadeform", 6.8)]
        .map(|(id, usd)| answer(id, then(), &[(what, usd)]))
        .into();
    let rental = of(Rule::Rental(&GPUS[0]), &answers, then());
    for with_utilisation in [true, false] {
        let mut scenario = Scenario::default();
        let take = Take { figure: &rental, with_utilisation };
        let taken = take_over(&mut scenario, &mut about, &[take]).unwrap();
        let expected = if with_utilisation { ON_DEMAND_UTILISATION } else { 0.88 };
        assert_eq!(scenario.leasing.utilisation, expected);
        assert_eq!(scenario.leasing.rental_usd_per_gpu_hour.value, 7.81);
        assert_eq!(taken.len(), if with_utilisation { 2 } else { 1 });
        assert!(scenario.validate().is_ok());
    }
    // What is refused changes nothing.
    let refused = price(&[80_000.0]);
    let mut untouched = Scenario::default();
    let taken =
        take_over(&mut untouched, &mut about, &[Take { figure: &refused, with_utilisation: true }]).unwrap();
    assert!(taken.is_empty() && untouched == Scenario::default());
}

#[test]
fn the_cache_is_whole_or_not_there_and_keeps_the_time_of_observation() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::new(folder.path());
    let mut answer = answer("coinbase", then(), &[(What::BitcoinPrice, 80_000.0)]);
    answer.parts[0].fault = Some("status 500".to_owned());
    cache.save(&answer).unwrap();
    let now = then() + TimeDelta::hours(1);
    assert_eq!(cache.load(source("coinbase"), now).unwrap().unwrap(), answer);
    assert_eq!(cache.load(source("kraken"), now), Ok(None));
    let path = folder.path().join("market/coinbase.json");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("\"observed_at\": \"2026-09-15T07:03:31Z\""), "{text}");
    for damage in [
        text[..text.len() / 2].to_owned(),
        String::new(),
        text.replace("80000.0", "-1.0"),
        text.replace("80000.0", "8e9"),
        text.replace("\"schema\": 1", "\"schema\": 2"),
        text.replace("\"coinbase\"", "\"kraken\""),
    ] {
        std::fs::write(&path, &damage).unwrap();
        assert!(cache.load(source("coinbase"), now).is_err(), "{damage}");
        let (answers, faults) = cache.load_all(now);
        assert_eq!((answers.len(), faults.len()), (0, 1));
    }
    // Before the observation nothing of it is believed: this clock is wrong.
    std::fs::write(&path, &text).unwrap();
    assert!(cache.load(source("coinbase"), then() - TimeDelta::hours(1)).is_err());
    assert!(std::fs::read_dir(folder.path().join("market")).unwrap().count() == 1, "no leftovers");
}

#[test]
fn bundled_values_are_the_defaults_with_their_date() {
    let mut known = 0;
    for figure in figures(&[], "B200", &Regions::default(), then()) {
        let Some(bundled) = bundled(figure.rule) else { continue };
        let Kind::Number(number) = &figure.rule.input().unwrap().kind else { panic!("no number") };
        assert_eq!((number.get)(&Scenario::default()), Some(bundled.value));
        assert!(bundled.source.contains(bundled.date), "{} {}", bundled.date, bundled.source);
        known += 1;
    }
    assert_eq!(known, 4);
}

#[test]
fn names_are_stable_and_ages_are_words() {
    let mut ids: Vec<String> = What::all().map(What::id).collect();
    assert!(What::all().all(|what| What::find(&what.id()) == Some(what)));
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), What::all().count());
    let names: std::collections::BTreeSet<&str> = SOURCES.iter().map(|source| source.id).collect();
    assert_eq!(names.len(), SOURCES.len());
    for source in SOURCES {
        assert!(
            source.base.starts_with("https://")
                && !source.licence.is_empty()
                && !source.attribution.is_empty()
        );
    }
    let age = |age: TimeDelta| age_words(then() - age, then());
    assert_eq!(age(TimeDelta::seconds(20)), "now");
    assert_eq!(age(TimeDelta::minutes(7)), "7 min");
    assert_eq!(age(TimeDelta::hours(5)), "5 h");
    assert_eq!(age(TimeDelta::days(3)), "3 days");
    assert_eq!(age(TimeDelta::days(95)), "3 months");
    assert_eq!(What::BitcoinPrice.text(83_910.0), "$83,910");
    assert_eq!(What::BitcoinPrice.text(83_921.47), "$83,921.47");
    assert_eq!(what("retail_power_usd_per_kwh").text(0.0621), "$62.1/MWh");
    assert_eq!(What::Fees.text(0.031), "0.0310 BTC");
}
