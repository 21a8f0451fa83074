//! Every bundled preset: complete, sourced, and pinned by its headline figures.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use wattfolio::market_data::recorded::halvings;
use wattfolio::store::{Preset, bundled, find_bundled};
use wattfolio::{format, words};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Event, Maybe};
use wattfolio_economics::results::{Comparison, Timeline, compare, find_measure};
use wattfolio_economics::scenario::Debt;
use wattfolio_economics::units::Unit;

/// Payback, NPV and IRR of mining, AI hosting and compute leasing, as they are displayed; before tax, on the
/// project. Why a figure is what it is stands in the assumptions of its preset; the last column says why it is
/// another than the pin before it, and is renewed with the pin. These pins notice a change; whether the model is
/// right is the matter of the vectors in the crate.
const PINNED: &str = "
today                     |            never   −$19.3M   not meaningful |            8.8 y    $22.9M           11.1 % |            4.3 y    $93.4M           19.5 % | rates 15 / 9 / 13 %; the network answers; fee 130, fit-out 11.5M; GPUs let 88 %, half of them again
record-high-2024          |            never   −$12.1M   not meaningful |            8.3 y    $26.7M           12.9 % |            never    −$360M   not meaningful | on the record, the fleet added to the network; 15 / 9 / 17 %
halving-squeeze-2024      |            never   −$8.02M   not meaningful |            8.3 y    $26.7M           12.9 % |            never    −$349M   not meaningful | on the record to the end; the fleet added to the network; 15 / 9 / 17 %
crash-2022                |            never   −$49.9M   not meaningful |           absent    absent           absent |           absent    absent           absent | 15 %, the fleet added to the network; no AI before it existed
core-scientific-coreweave |            2.5 y    $49.0M           27.9 % |            2.1 y    $1.15B            120 % |            never   −$1.97B   not meaningful | 15 / 9 / 13 %; a fleet of 16 EH/s added to the network
hut8-coatue               |            2.8 y    $1.91M           19.8 % |            8.3 y    $26.7M           12.9 % |            3.3 y   −$3.09M           12.2 % | 15 / 9 / 14 %; half of the contract is let again
iren-mixed-site           |            2.4 y    $35.9M           28.8 % |            7.6 y     $370M           14.9 % |            3.5 y    $8.41M           20.7 % | 15 / 9 / 13 %; 816 GPUs in place of the whole site, and a hall for them
bitdeer-singapore         |            never    −$636k          −32.9 % |            7.3 y    −$188k           10.2 % |            never   −$9.45M   not meaningful | 15 %; retail colocation with opex 60, a fifth empty, 11.5 %
eight-hundred-cards       |            never   −$8.06M   not meaningful |            8.3 y    $26.7M           12.9 % |            2.5 y    $4.65M           34.0 % | the network answers; 9 %; a premium that fades over the world price, 18 %
gpu-glut                  |            never   −$7.29M   not meaningful |            7.5 y    $58.2M           14.9 % |            never    −$303M          −2.73 % | 15 / 9 / 17 %; the record month by month, the fleet added to the network
asic-is-not-a-gpu         |            11 mo    −$603k  no rate above −99 % a year makes the net present value zero |            8.3 y    $7.42M           12.7 % |            4.2 y    $21.5M           20.7 % | the network answers; terms of November 2026, 15 / 9 / 13 %
grid-queue                |            never   −$18.3M   not meaningful |           11.9 y    $15.8M           11.0 % |            9.5 y   −$61.4M           4.46 % | terms of November 2026, 15 / 9 / 13 %; GPUs at the price of the month after the queue
tight-grid                |            never   −$10.3M   not meaningful |            8.8 y    $22.9M           11.1 % |            4.3 y    $99.8M           19.9 % | the network by its rule, not by an elasticity; power is not fixed; 15 / 9 / 13 %
hodl                      |            never   −$7.31M   not meaningful |            8.8 y    $22.9M           11.1 % |            4.3 y     $111M           20.6 % | the network answers; terms of November 2026, 15 / 9 / 13 %
terawulf-core42           |            1.7 y    $71.4M           70.6 % |            7.2 y    $71.1M           12.4 % |            never   −$1.25B   not meaningful | 15 / 9 / 17 %; the fleet added to the network
galaxy-helios             |            2.4 y    $46.2M           19.5 % |            9.6 y    $89.9M           9.23 % |            never   −$6.06B   not meaningful | 15 / 9 / 13 %; the rent with its steps of 3 %; GPUs at 54,000
hut8-river-bend           |            never    −$220M   not meaningful |            8.7 y     $939M           12.1 % |            never   −$2.87B   not meaningful | 7.25 % for a guaranteed tenant, fit-out 12M; 15 / 13 %; GPUs at 54,000
iren-microsoft            |            2.1 y    $37.9M           27.3 % |            8.8 y     $286M           11.1 % |            5.8 y   −$73.2M           8.59 % | 15 / 9 / 9 %; half let again, 88 % of the hours; a lease that would be signed now
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

/// The measure as it is displayed; of a business that cannot be evaluated, that it is absent.
fn cell(comparison: &Comparison, business: Business, (id, unit): (&str, Unit)) -> String {
    if comparison.business(business).is_err() {
        return "absent".to_owned();
    }
    shown(&measure(comparison, business, id), unit)
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
    // Years have a decimal; months from ten on have none.
    let step = match unit {
        Unit::Months if value >= 12.0 => 0.1 * 12.0,
        Unit::Months if value >= 9.95 => 1.0,
        _ => 0.005 * value.abs(),
    };
    format::read_shown(pinned, unit).is_ok_and(|pinned| (pinned - value).abs() <= step)
}

fn table() -> String {
    let mut text = String::new();
    for bundled in bundled() {
        let comparison = evaluate(&bundled.preset);
        write!(text, "{:<26}", bundled.name).unwrap();
        for business in Business::ALL {
            let cells = FIGURES.map(|figure| cell(&comparison, business, figure));
            write!(text, "| {:>16} {:>9} {:>16} ", cells[0], cells[1], cells[2]).unwrap();
        }
        writeln!(text, "| {}", line(bundled.name).and_then(reason).unwrap_or("why did it move?")).unwrap();
    }
    text
}

/// The pinned line of a preset.
fn line(name: &str) -> Option<&'static str> {
    PINNED.lines().find(|line| line.split_whitespace().next() == Some(name))
}

/// Why the figures of a line are others than before it.
fn reason(line: &str) -> Option<&str> {
    line.split('|').nth(1 + Business::ALL.len()).map(str::trim).filter(|reason| !reason.is_empty())
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
        let Some(line) = line(bundled.name) else {
            faults.push(format!("{}: not pinned", bundled.name));
            continue;
        };
        for (business, cells) in Business::ALL.into_iter().zip(cells(line)) {
            for (figure, pinned) in FIGURES.into_iter().zip(cells) {
                let is_absent = comparison.business(business).is_err();
                let agrees = if is_absent {
                    pinned == "absent"
                } else {
                    agrees(pinned, &measure(&comparison, business, figure.0), figure.1)
                };
                if !agrees {
                    let now = cell(&comparison, business, figure);
                    let (name, business, id) = (bundled.name, business.id(), figure.0);
                    faults.push(format!("{name} {business} {id}: pinned {pinned}, is {now}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}\n\nall of them now:\n{}", faults.join("\n"), table());
    assert_eq!(lines.len(), bundled().len(), "a pinned preset is gone");
}

#[test]
fn every_pin_says_why_it_moved() {
    for bundled in bundled() {
        let reason = line(bundled.name).and_then(reason).unwrap_or_default();
        assert!(reason.split_whitespace().count() >= 3, "{}: why is “{reason}”", bundled.name);
    }
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

    assert!(!is_paid(&of("crash-2022"), Mining) && of("crash-2022").business(Hosting).is_err());
    assert!(is_paid(&variant("crash-2022", 0), Hosting), "once there was AI");
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
        ("galaxy-helios", Hosting, "yield_on_cost", "10.5 %"),
        ("galaxy-helios", Hosting, "noi_margin", "89.8 %"),
        ("hut8-river-bend", Hosting, "yield_on_cost", "12.6 %"),
        ("hut8-river-bend", Hosting, "noi_margin", "97.4 %"),
        ("hut8-coatue", Leasing, "irr", "12.2 %"),
        ("iren-microsoft", Leasing, "irr", "8.59 %"),
        ("gpu-glut", Leasing, "levelised_usd_per_gpu_hour", "$2.40"),
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
    assert_eq!(loan(&coatue.scenario.leasing.debt), (0.7, 0.08));
    let capital = number(&evaluate(coatue), Business::Leasing, "capex_usd");
    assert!((capital - 150e6).abs() < 1.0, "{capital}");
    assert_eq!(loan(&preset("galaxy-helios").scenario.hosting.debt).0, 0.8);
    assert_eq!(loan(&preset("hut8-river-bend").scenario.hosting.debt).0, 1.0);
    assert_eq!(loan(&preset("crash-2022").scenario.mining.debt), (0.6, 0.13));
}

#[test]
fn presets_with_a_height_of_their_own_have_the_halving_on_its_recorded_day() {
    const BLOCKS_A_DAY: u32 = 144;
    let mut names = Vec::new();
    for bundled in bundled() {
        let scenario = &bundled.preset.scenario;
        let Some(height) = scenario.bitcoin.block_height else { continue };
        let name = bundled.name;
        names.push(name);
        let halving = halvings().iter().find(|halving| halving.height > height).expect("it is recorded");
        let start =
            NaiveDate::parse_from_str(&format!("{}-01", scenario.start), "%Y-%m-%d").expect("a month");
        let days = (halving.height - height) / BLOCKS_A_DAY;
        assert_eq!(start + Days::new(days.into()), halving.date_utc, "{name}");
        // And in the plan it falls in that month.
        let comparison = evaluate(&bundled.preset);
        let mining = comparison.business(Business::Mining).expect("evaluated");
        let month =
            Timeline::new(scenario, mining).months_of(Event::Halving).next().expect("within the plan");
        let recorded = halving.date_utc.format("%b %Y").to_string();
        assert_eq!(words::calendar(scenario, month), recorded, "{name}");
    }
    assert_eq!(names, ["crash-2022", "bitdeer-singapore", "gpu-glut"]);
}
