//! The extracted text of a report says what it has to say.

use std::sync::Arc;

use wattfolio::report::content::scenario_hash;
use wattfolio::report::reader;
use wattfolio::words;
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::compare_on;
use wattfolio_economics::results::measure::{NPV_USD, PAYBACK_MONTHS};
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::risk::simulate;
use wattfolio_economics::scenario::Scenario;

use super::{QUICK, bytes, compact, made};

#[test]
fn the_pages_alone_say_who_wins_by_what_how_sure_and_from_which_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let set = ["--set", "power.price_usd_per_kwh=0.038", "--set", "bitcoin.price_usd=100000"];
    let pdf = bytes(&made(folder.path(), "a.pdf", &[&["today"], &QUICK[..], &set].concat()));
    let text = compact(&reader::texts(&pdf).unwrap());
    let has = |words: &str| assert!(text.contains(&compact(words)), "“{words}” is not on the pages");

    let mut scenario: Scenario = wattfolio::store::bundled()[0].preset.scenario.clone().into();
    for (id, value) in
        [("power.price_usd_per_kwh", "0.038"), ("bitcoin.price_usd", "100000"), ("risk.paths", "500")]
    {
        catalogue::find(id).unwrap().write(&mut scenario, value).unwrap();
    }
    let scenario = Arc::new(scenario.validate().unwrap());
    let basis = Basis::default();
    let comparison = compare_on(&scenario, basis);
    let simulation = simulate(&scenario, basis).unwrap();
    let verdict = Verdict::new(&scenario, &comparison, Some(&simulation.npvs()), Criterion::default());
    has(&words::verdict::sentence(&scenario, &comparison, &verdict).to_string());
    has(Criterion::default().label());
    has("Read this with care");
    has("Caveats of the verdict");
    has("Not investment advice");
    for business in Business::ALL {
        let evaluation = comparison.business(business).unwrap();
        let risk = simulation.business(business).unwrap();
        let shown = |measure: &wattfolio_economics::results::Measure| match measure.read(evaluation).unwrap()
        {
            Ok(value) => wattfolio::format::short(value, measure.unit),
            Err(reason) => reason.short().to_owned(),
        };
        let loss = wattfolio::format::probability(&risk.loss);
        let error = risk.loss.standard_error().map(wattfolio::format::share_error).unwrap_or_default();
        has(business.label());
        has(&format!("{loss}{error}"));
        // A row: payback, then NPV.
        has(&format!("{}{}{}", business.label(), shown(&PAYBACK_MONTHS), shown(&NPV_USD)));
    }
    for (label, source) in [("Electricity", "$38/MWh"), ("Bitcoin price", "$100,000")] {
        has(label);
        has(source);
    }
    has("set for this report, without a source");
    has(&format!("wattfolio {}", env!("CARGO_PKG_VERSION")));
    has(&format!("seed {}", scenario.risk.seed));
    has("27 November 2026");
    let hash = format!("{:016x}", scenario_hash(&scenario));
    has(&hash);
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str| made(folder.path(), name, &[&["today"], &QUICK[..]].concat());
    let (first, second) = (bytes(&of("a.pdf")), bytes(&of("b.pdf")));
    assert!(first == second, "two runs differ");
    let path = folder.path().join("c.pdf");
    let mut program = crate::support::program::program(&["report", "today", QUICK[0], QUICK[1], "--out"]);
    program.arg(&path).env("RAYON_NUM_THREADS", "1").env("SOURCE_DATE_EPOCH", "1795737600");
    assert!(program.status().unwrap().success());
    assert!(first == bytes(&path), "one thread, or the date from the environment, makes a difference");
}

#[test]
fn several_scenarios_stand_side_by_side_and_come_back_as_variants() {
    let folder = tempfile::tempdir().unwrap();
    let path = made(folder.path(), "a.pdf", &["today", "hodl", "--no-simulation", "--paper", "letter"]);
    let text = compact(&reader::texts(&bytes(&path)).unwrap());
    assert!(text.contains("Scenariossidebyside"));
    let inside = reader::load(&path).unwrap();
    assert!(!inside.preset.variants.is_empty());
    assert_eq!(inside.preset.about.title, wattfolio::store::bundled()[0].preset.about.title);
    assert!(!inside.figures.is_simulated);
}
