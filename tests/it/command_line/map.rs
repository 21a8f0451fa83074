//! `wattfolio map` with a third input, and how far today is from its borders.

use serde_json::Value;
use wattfolio::format;
use wattfolio::store::bundled;
use wattfolio_economics::catalogue;

use crate::support::program::{json, printed, refused};

const FEE: &str = "hosting.fee_usd_per_kw_month";

fn map<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["map", "today", "--steps", "4"], more].concat()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn a_third_input_repeats_the_map_at_its_values() {
    let values = format!("{FEE}=100,130,160");
    let root = json(&map(&["--z", &values, "--format", "json"]));
    assert_eq!(root["z"]["input"], FEE);
    let frames = root["frames"].as_array().expect("frames");
    assert_eq!(frames.iter().map(|frame| number(&frame["z"])).collect::<Vec<_>>(), [100.0, 130.0, 160.0]);
    for frame in frames {
        let set = format!("{FEE}={}", frame["z"]);
        let alone = json(&map(&["--set", &set, "--format", "json"]));
        assert_eq!(frame["cells"], alone["cells"], "{set}");
        assert_eq!(frame["finding"], alone["finding"], "{set}");
    }
    assert!(root.get("cells").is_none());
    let csv = printed(&map(&["--z", &values, "--format", "csv"]));
    let mut lines = csv.lines();
    let heads: Vec<&str> = lines.next().expect("heads").split(',').collect();
    assert_eq!(heads[2..5], [FEE, "field", "winner"]);
    let column: Vec<&str> = lines.filter_map(|line| line.split(',').nth(2)).collect();
    assert_eq!(column.len(), 3 * 16);
    assert!(column.chunks(16).zip(["100", "130", "160"]).all(|(rows, z)| rows.iter().all(|row| *row == z)));
    let text = printed(&map(&["--z", &values]));
    assert!(
        text.contains("Hosting fee $100/kW-mo. ") && text.contains("Hosting fee $130/kW-mo, now. "),
        "{text}"
    );
    assert_eq!(text.matches('[').count(), 2, "now, in one map and in the legend: {text}");
}

#[test]
fn five_values_are_taken_with_todays_among_them() {
    let of = |z: &str| -> Vec<f64> {
        let root = json(&map(&["--z", z, "--format", "json"]));
        root["z"]["values"].as_array().expect("values").iter().map(number).collect()
    };
    assert_eq!(of(&format!("{FEE}=100..200")), [100.0, 130.0, 150.0, 175.0, 200.0]);
    let whole = of(FEE);
    assert!(whole.len() == 5 && whole.contains(&130.0), "{whole:?}");
}

#[test]
fn what_is_no_third_input_is_refused() {
    for (z, words) in [
        ("bitcoin.price_usd", "is an axis already"),
        ("mining.treasury", "no number"),
        ("hosting.fee_usd_per_kw_month=130", "two to 16 values that go up"),
        ("hosting.fee_usd_per_kw_month=160,130", "two to 16 values that go up"),
        ("hosting.fee_usd_per_kw_month=130,-5", "two to 16 values that go up"),
        ("hosting.fee_usd_per_kw_month=130,1e9", "hosting.fee_usd_per_kw_month"),
        ("hosting.fee_usd_per_kw_month=130,abc", "abc"),
        ("no.input", "no.input"),
    ] {
        let fault = refused(&map(&["--z", z]));
        assert!(fault.contains(words), "{z}: {fault}");
    }
}

#[test]
fn borders_stand_in_text_and_json() {
    let root = json(&map(&["--format", "json"]));
    let borders = root["borders"].as_array().expect("borders");
    assert_eq!(borders.len(), 2);
    let text = printed(&map(&[]));
    for (border, label) in
        borders.iter().zip(["Bitcoin price, now $84.7k", "Rental rate, growth a year, now −18 %"])
    {
        assert!(text.contains(label), "{text}");
        for side in ["below", "above"] {
            let takeover = &border[side];
            if let Some(value) = takeover["value"].as_f64() {
                assert!((value < number(&border["now"])) == (side == "below"), "{border}");
                assert_ne!(takeover["leader"], border["leader"]);
            } else {
                assert_eq!(takeover["absent"], "no border within the range");
                assert!(text.contains(&format!("No border {side}")), "{text}");
            }
        }
    }
}

#[test]
fn where_the_first_loses_value_the_text_and_the_border_say_so() {
    let root = json(&map(&["--criterion", "payback", "--format", "json"]));
    let below = &root["borders"][1]["below"];
    assert_eq!((&below["leader"], &below["loses_value"]), (&Value::from("leasing"), &Value::from(true)));
    let text = printed(&["map", "today", "--criterion", "payback"]);
    let loses = "pays back soonest and still loses value";
    assert!(text.contains(&format!("  Leasing {loses} below −")), "{text}");
    assert!(
        text.contains(&format!("- the first {loses}")) && text.contains("before tax, by payback."),
        "{text}"
    );
    assert!(!text.contains("none earns its capital"), "{text}");
}

#[test]
fn every_number_of_the_headline_of_each_preset_is_a_border() {
    let mut named = 0;
    for bundled in bundled() {
        for criterion in ["value", "irr"] {
            let of = ["map", bundled.name, "--steps", "4", "--criterion", criterion, "--format", "json"];
            let root = json(&of);
            let headline = root["headline"].as_str().expect("a headline");
            let mut rest = headline.to_owned();
            for border in root["borders"].as_array().expect("borders") {
                let unit = catalogue::find(border["input"].as_str().expect("an id")).expect("an input").unit;
                for side in ["below", "above"] {
                    let Some(value) = border[side]["value"].as_f64() else { continue };
                    let words = format!("{side} {}", format::short(value, unit));
                    named += rest.matches(&words).count();
                    rest = rest.replace(&words, "");
                }
            }
            assert!(!rest.contains(|letter: char| letter.is_ascii_digit()), "{}: {headline}", bundled.name);
            assert!(printed(&of[..of.len() - 2]).contains(headline), "{headline}");
            println!("{}, {criterion}: {headline}", bundled.name);
        }
    }
    assert!(named > bundled().len(), "{named}");
}
