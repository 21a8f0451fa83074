//! The table of published against computed values: it holds, it notices errors, and its document is fresh.

use serde_json::Value;
use wattfolio_economics::published::{Expectation, Published, Row, Topic, Verdict, markdown, rows};

use crate::back_test;
use crate::data::{self, vectors};

/// Relative to the folder of the crate.
const DOCUMENT: &str = "../../docs/VALIDATION.md";

#[test]
fn every_published_figure_is_reproduced_or_known_to_be_wrong() {
    let rows = rows();
    let failing: Vec<String> = rows
        .iter()
        .filter(|row| row.verdict() == Verdict::Fails)
        .map(|row| {
            format!(
                "{} ({}): published {}, computed {}, must be {}",
                row.case,
                row.id,
                row.published_text(),
                row.computed_text(),
                row.expectation_text()
            )
        })
        .collect();
    assert!(failing.is_empty(), "{}", failing.join("\n"));
    assert!(rows.len() >= 100, "{} rows", rows.len());
    for topic in Topic::all() {
        assert!(rows.iter().any(|row| row.topic == topic), "nothing on {}", topic.label());
    }
}

#[test]
fn every_row_says_where_from_and_how() {
    for row in rows() {
        assert!(!row.source.name.is_empty() && !row.formula.is_empty(), "{row:?}");
        let wrong = matches!(row.expectation, Expectation::Wrong { .. });
        assert_eq!(row.verdict() == Verdict::SourceWrong, wrong, "{row:?}");
    }
}

#[test]
fn a_value_that_is_off_is_caught() {
    for row in rows() {
        for computed in off(&row) {
            let mut perturbed = row.clone();
            perturbed.computed = computed;
            assert_eq!(perturbed.verdict(), Verdict::Fails, "{perturbed:?}");
        }
    }
}

/// Values just outside the tolerance of a row, and values that no row allows.
fn off(row: &Row) -> Vec<f64> {
    let published = row.published.value().unwrap_or(f64::NAN);
    let around = |value: f64, most: f64| [value - 1.01 * most, value + 1.01 * most];
    let just_off = match row.expectation {
        Expectation::Exact => [published - 1.0, published + 1.0],
        // Below the resolution of a number, the next larger error is caught.
        Expectation::Relative(most) => around(published, most.max(1e-15) * published.abs()),
        Expectation::Absolute(most) => around(published, most.max(1e-15 * published.abs())),
        Expectation::Between(low, high) => [low - 1e-6, high + 1e-6],
        Expectation::Ratio(low, high) => [published / low * 1.000_001, published / high * 0.999_999],
        Expectation::Wrong { right, within } => around(right, within * right.abs()),
    };
    [&just_off[..], &[f64::NAN, f64::INFINITY, -row.computed - 1.0]].concat()
}

#[test]
fn a_right_figure_cannot_be_called_wrong() {
    for row in rows() {
        if let Expectation::Wrong { right, .. } = row.expectation {
            let mut corrected = row;
            corrected.published = Published::Printed(right);
            assert_eq!(corrected.verdict(), Verdict::Fails, "{corrected:?}");
        }
    }
}

/// Every number under a JSON value, hexadecimal ones included.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Number(number) => number.as_f64().into_iter().collect(),
        Value::String(text) => text
            .strip_prefix("0x")
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .map(f64::from)
            .into_iter()
            .collect(),
        Value::Array(values) => values.iter().flat_map(numbers).collect(),
        Value::Object(fields) => fields.values().flat_map(numbers).collect(),
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}

#[test]
fn printed_figures_are_those_of_the_test_vectors() {
    let (mining, ai) = (vectors("mining.json"), vectors("hosting_leasing.json"));
    let examples: Vec<&Value> =
        [&mining["points"], &ai["examples"]].into_iter().flat_map(|list| list.as_array().unwrap()).collect();
    let mut seen = Vec::new();
    let mut other = Vec::new();
    for row in rows() {
        let Some(example) = examples.iter().find(|example| example["id"] == row.id) else { continue };
        seen.push(row.id);
        let Published::Printed(printed) = row.published else { continue };
        let known = numbers(&example["published"]);
        let near = |number: &f64| (number - printed).abs() <= 1e-9 * printed.abs();
        // Fractions are shown in percent, satoshi in coins.
        let units = [1.0, 100.0, 1e-8];
        if !known.iter().any(|number| units.iter().any(|unit| near(&(number * unit)))) {
            other.push(format!("{} of {}: {printed}", row.case, row.id));
        }
    }
    // The bank's other months stand in the remark of the example.
    other.retain(|text| !text.contains("JPM-NETWORK"));
    assert!(other.is_empty(), "{}", other.join("\n"));
    // All of them but the training run, for which the crate has no formula.
    let missing: Vec<&Value> = examples
        .iter()
        .map(|example| &example["id"])
        .filter(|id| !seen.iter().any(|seen| *id == seen) && *id != "T18")
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn fleet_months_are_those_of_the_test_vectors() {
    let mining = vectors("mining.json");
    let months = mining["fleet_months"].as_array().unwrap();
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.id == "FLEET" && row.unit == "BTC").collect();
    assert_eq!(rows.len(), months.len());
    for (row, month) in rows.iter().zip(months) {
        assert_eq!(row.published.value(), month["published"]["btc"].as_f64());
        assert!(row.case.contains(month["month"].as_str().unwrap()));
        let expected = month["expected"]["subsidy_only_btc"].as_f64().unwrap();
        assert!((row.computed / expected - 1.0).abs() < 0.001, "{} {expected}", row.computed);
    }
}

#[test]
fn certified_roots_are_those_of_the_test_vectors() {
    let finance = vectors("finance.json");
    let cases = finance["vectors"].as_array().unwrap();
    for row in rows() {
        let Some(case) = cases.iter().find(|case| case["name"] == row.id) else { continue };
        let right = match row.expectation {
            Expectation::Wrong { right, .. } => right,
            _ if row.unit == "%" => row.published.value().unwrap(),
            _ => continue,
        };
        let certified = numbers(&case["irr_roots"]);
        assert!(certified.iter().any(|root| (root * 100.0 - right).abs() < 1e-9 * right.abs()), "{row:?}");
    }
}

/// Heading of the chapter that the tests of the app write.
const PRESETS: &str = "\n## Presets\n";

#[test]
fn the_document_is_the_table() {
    let path = data::path(DOCUMENT);
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    // The presets belong to the app, whose tests write their chapter.
    let presets = kept.find(PRESETS).map_or("", |from| &kept[from..]);
    let text = format!("{}\n{}{presets}", markdown(&rows()), back_test::markdown());
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let stale = kept.lines().zip(text.lines()).find(|(kept, made)| kept != made);
    assert!(
        kept == text,
        "docs/VALIDATION.md is stale ({stale:?}); run again with UPDATE=1 and look at the difference"
    );
}
