//! Every bundled preset: complete, sourced, and pinned by its headline figures.

use std::fmt::Write as _;

use wattfolio::format;
use wattfolio::store::{Preset, bundled, find_bundled};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Maybe;
use wattfolio_economics::results::{Comparison, compare, find_measure};
use wattfolio_economics::scenario::Debt;
use wattfolio_economics::units::Unit;

/// Payback, NPV and IRR of mining, AI hosting and compute leasing, as they are displayed; before tax, on the
/// project. Why a figure is what it is stands in the assumptions of its preset. These pins notice a change;
/// whether the model is right is the matter of the vectors in the crate.
const PINNED: &str = "
today                     |   never   −$16.0M   not meaningful |   7.4 y    $24.5M           14.9 % |   4.7 y    $38.9M           14.6 %
record-high-2024          |   2.1 y    $12.5M           40.9 % |   8.3 y    $2.77M           12.5 % |   never    −$360M   not meaningful
halving-squeeze-2024      |   never   −$16.9M   not meaningful |   8.3 y    $2.77M           12.5 % |   never    −$346M   not meaningful
crash-2022                |   never   −$48.3M   not meaningful |   4.7 y    $47.8M            334 % |   never    −$200M          −10.9 %
core-scientific-coreweave |   2.4 y    $77.0M           31.4 % |   2.1 y     $944M            120 % |   never   −$1.98B   not meaningful
hut8-coatue               |   2.8 y    $3.36M           20.0 % |   8.3 y    $2.77M           12.5 % |   3.3 y    −$835k           11.5 %
iren-mixed-site           |   2.4 y    $51.7M           30.8 % |   7.6 y     $130M           14.4 % |   2.6 y    $2.78B           38.0 %
bitdeer-singapore         |   never    −$640k          −32.8 % |   4.6 y    $1.51M           22.3 % |   never   −$9.56M   not meaningful
eight-hundred-cards       |   2.1 y    $12.5M           40.9 % |   8.3 y    $2.77M           12.5 % |   1.8 y    $24.6M           66.5 %
gpu-glut                  |   never   −$7.15M   not meaningful |   7.5 y    $21.0M           14.5 % |   never    −$259M          −2.60 %
asic-is-not-a-gpu         |  9.0 mo     $649k   not meaningful |   6.9 y    $7.75M   not meaningful |   4.6 y    $10.6M   not meaningful
grid-queue                |   never   −$19.7M   not meaningful |  10.5 y    $16.1M           14.8 % |   9.5 y   −$58.2M           3.81 %
tight-grid                |   1.7 y    $5.43M           28.3 % |   7.4 y    $24.5M           14.9 % |   4.7 y    $43.9M           14.9 %
hodl                      |   4.5 y   −$2.92M           5.37 % |   7.4 y    $24.5M           14.9 % |   4.6 y    $56.4M           15.7 %
terawulf-core42           |   1.7 y    $81.2M           71.6 % |   7.2 y    $6.27M           12.3 % |   never   −$1.24B   not meaningful
galaxy-helios             |   2.4 y    $83.1M           19.8 % |   8.9 y    −$866M           9.28 % |   never   −$6.83B   not meaningful
hut8-river-bend           |   never    −$201M   not meaningful |   7.6 y     $354M           14.7 % |   never   −$2.78B   not meaningful
iren-microsoft            |   2.1 y    $57.2M           29.6 % |   7.4 y     $307M           14.9 % |   5.8 y    −$732M           7.26 %
";

/// The three figures of a business, each with its unit.
const FIGURES: [(&str, Unit); 3] =
    [("payback_months", Unit::Months), ("npv_usd", Unit::Usd), ("irr", Unit::FractionPerYear)];

fn preset(name: &str) -> &'static Preset {
    &find_bundled(name).unwrap().preset
}

fn evaluate(preset: &Preset) -> Comparison {
    compare(&preset.scenario.validate().unwrap())
}

fn variant(name: &str, index: usize) -> Comparison {
    let preset = preset(name);
    compare(&preset.variants[index].scenario.validate().unwrap())
}

fn measure(comparison: &Comparison, business: Business, id: &str) -> Maybe<f64> {
    find_measure(business, id).unwrap().read(comparison.business(business).unwrap()).unwrap()
}

fn number(comparison: &Comparison, business: Business, id: &str) -> f64 {
    measure(comparison, business, id).unwrap()
}

/// A figure as it is displayed; of a reason the part before the colon.
fn shown(value: &Maybe<f64>, unit: Unit) -> String {
    match value {
        Ok(value) => format::short(*value, unit),
        Err(reason) => reason.to_string().split(':').next().unwrap_or_default().to_owned(),
    }
}

/// Whether a pinned text is the figure, up to one unit of its last digit: another processor may round a
/// figure on the edge to the other side.
fn agrees(pinned: &str, value: &Maybe<f64>, unit: Unit) -> bool {
    let Ok(value) = *value else { return pinned == shown(value, unit) };
    let step = if unit == Unit::Months && value >= 12.0 { 0.1 * 12.0 } else { 0.005 * value.abs() };
    format::read_shown(pinned, unit).is_ok_and(|pinned| (pinned - value).abs() <= step)
}

fn table() -> String {
    let mut text = String::new();
    for bundled in bundled() {
        let comparison = evaluate(&bundled.preset);
        write!(text, "{:<26}", bundled.name).unwrap();
        for business in Business::ALL {
            let cells = FIGURES.map(|(id, unit)| shown(&measure(&comparison, business, id), unit));
            write!(text, "| {:>16} {:>9} {:>16} ", cells[0], cells[1], cells[2]).unwrap();
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

/// The cells of a line by business. Words of one cell are one space apart, cells at least two.
fn cells(line: &str) -> Vec<Vec<&str>> {
    line.split('|')
        .skip(1)
        .map(|part| part.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect()
}

#[test]
fn headline_figures_are_as_pinned() {
    let lines: Vec<&str> = PINNED.lines().filter(|line| !line.is_empty()).collect();
    let mut faults = Vec::new();
    for bundled in bundled() {
        let comparison = evaluate(&bundled.preset);
        let Some(line) = lines.iter().find(|line| line.split_whitespace().next() == Some(bundled.name))
        else {
            faults.push(format!("{}: not pinned", bundled.name));
            continue;
        };
        for (business, cells) in Business::ALL.into_iter().zip(cells(line)) {
            for ((id, unit), cell) in FIGURES.into_iter().zip(cells) {
                let value = measure(&comparison, business, id);
                if !agrees(cell, &value, unit) {
                    faults.push(format!(
                        "{} {} {id}: pinned {cell}, is {}",
                        bundled.name,
                        business.id(),
                        shown(&value, unit)
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}\n\nall of them now:\n{}", faults.join("\n"), table());
    assert_eq!(lines.len(), bundled().len(), "a pinned preset is gone");
}

/// The numbers in `[1, 3]` at the end of a fact.
fn cited(fact: &str) -> Vec<usize> {
    let inside = fact.strip_suffix(']').and_then(|fact| fact.rsplit_once('[')).map(|(_, inside)| inside);
    let inside = inside.unwrap_or_else(|| panic!("no source: {fact}"));
    inside
        .split(',')
        .map(|number| number.trim().parse().unwrap_or_else(|_| panic!("no number: {fact}")))
        .collect()
}

#[test]
fn every_preset_is_complete_and_every_fact_has_its_source() {
    for bundled in bundled() {
        let (name, preset) = (bundled.name, &bundled.preset);
        assert!(preset.about.story.chars().count() > 200, "{name}: a story is a paragraph");
        assert!(
            !preset.about.tags.is_empty()
                && !preset.about.assumptions.is_empty()
                && preset.about.facts.len() >= 4,
            "{name}"
        );
        let mut used = vec![false; preset.about.sources.len()];
        for number in preset.about.facts.iter().flat_map(|fact| cited(fact)) {
            assert!((1..=used.len()).contains(&number), "{name}: no source [{number}]");
            used[number - 1] = true;
        }
        assert!(used.iter().all(|used| *used), "{name}: a source stands behind no fact, {used:?}");
        let words = preset
            .about
            .facts
            .iter()
            .chain(&preset.about.assumptions)
            .chain([&preset.about.story, &preset.about.title]);
        for text in words {
            assert!(!text.contains('\'') && !text.contains("  "), "{name}: {text}");
        }
    }
}

#[test]
fn a_story_is_told_by_its_numbers() {
    use Business::{Hosting, Leasing, Mining};
    let of = |name: &str| evaluate(preset(name));
    let is_paid = |comparison: &Comparison, business| measure(comparison, business, "payback_months").is_ok();
    let npv = |comparison: &Comparison, business| number(comparison, business, "npv_usd");

    assert!(!is_paid(&of("crash-2022"), Mining) && is_paid(&of("crash-2022"), Hosting));
    assert!(number(&of("crash-2022"), Mining, "payback_today_months") < 13.0);
    assert!(
        !is_paid(&of("halving-squeeze-2024"), Mining) && is_paid(&variant("halving-squeeze-2024", 0), Mining)
    );
    assert!(!is_paid(&of("gpu-glut"), Leasing) && is_paid(&variant("gpu-glut", 0), Leasing));
    let (waiting, converting) = (of("grid-queue"), variant("grid-queue", 0));
    assert!(npv(&waiting, Hosting) < npv(&converting, Hosting));
    assert!(npv(&waiting, Leasing) < 0.0 && npv(&converting, Leasing) > 0.0);
    let (tight, alone, today) = (of("tight-grid"), variant("tight-grid", 0), variant("tight-grid", 1));
    assert!(npv(&today, Mining) < npv(&tight, Mining) && npv(&tight, Mining) < npv(&alone, Mining));
    let levelised = |comparison: &Comparison| number(comparison, Leasing, "levelised_usd_per_gpu_hour");
    assert!(levelised(&tight) > levelised(&today), "training gets dearer");
    let mixed = of("iren-mixed-site");
    assert_eq!(npv(&mixed, Leasing), npv(&variant("iren-mixed-site", 0), Leasing));
    assert_eq!(npv(&mixed, Mining), npv(&variant("iren-mixed-site", 1), Mining));
    assert!(!is_paid(&of("bitdeer-singapore"), Mining) && is_paid(&variant("bitdeer-singapore", 0), Mining));
    assert!(number(&of("asic-is-not-a-gpu"), Mining, "payback_months") < 12.0);
    let hodl = [of("hodl"), variant("hodl", 0), variant("hodl", 1)];
    let kept = hodl.each_ref().map(|policy| number(policy, Mining, "btc_kept"));
    assert!(kept[0] == 0.0 && kept[1] > kept[2] && kept[2] > 0.0);
}

#[test]
fn figures_quoted_in_the_texts_are_the_computed_ones() {
    use Business::{Hosting, Leasing, Mining};
    let quotes = [
        ("core-scientific-coreweave", Hosting, "noi_margin", "77.1 %"),
        ("terawulf-core42", Hosting, "yield_on_cost", "14.9 %"),
        ("terawulf-core42", Hosting, "noi_margin", "69.4 %"),
        ("galaxy-helios", Hosting, "yield_on_cost", "12.9 %"),
        ("galaxy-helios", Hosting, "noi_margin", "89.7 %"),
        ("hut8-river-bend", Hosting, "yield_on_cost", "15.2 %"),
        ("hut8-river-bend", Hosting, "noi_margin", "97.4 %"),
        ("hut8-coatue", Leasing, "irr", "11.5 %"),
        ("iren-microsoft", Leasing, "irr", "7.26 %"),
        ("gpu-glut", Leasing, "levelised_usd_per_gpu_hour", "$2.08"),
        ("record-high-2024", Mining, "hashprice_usd_ph_day", "$61.9"),
    ];
    for (name, business, id, quote) in quotes {
        let preset = preset(name);
        let unit = find_measure(business, id).unwrap().unit;
        let value = format::short(number(&evaluate(preset), business, id), unit);
        assert!(value.starts_with(quote), "{name} {id}: {quote} is quoted, {value} is computed");
        assert!(
            preset.about.assumptions.iter().any(|text| text.contains(quote)),
            "{name}: {quote} is not quoted"
        );
    }
}

#[test]
fn borrowed_money_is_in_the_presets_about_it() {
    let loan = |debt: &Debt| match *debt {
        Debt::Loan { loan_to_cost, apr, .. } => (loan_to_cost, apr),
        _ => panic!("no loan"),
    };
    let coatue = preset("hut8-coatue");
    assert_eq!(loan(&coatue.scenario.leasing.debt), (1.0, 0.08));
    let capital = number(&evaluate(coatue), Business::Leasing, "capex_usd");
    assert!((capital - 150e6).abs() < 1.0, "{capital}");
    assert_eq!(loan(&preset("galaxy-helios").scenario.hosting.debt).0, 0.8);
    assert_eq!(loan(&preset("hut8-river-bend").scenario.hosting.debt).0, 0.85);
}
