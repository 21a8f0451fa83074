//! The crate against the figures of an independent model of the answering network, contracts, rates and returns.
//!
//! `meta` of `market_and_contracts.json` gives what is compared and the tolerances. Its cases use the defaults of
//! November 2026.

use serde_json::Value;
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue::{self, DefaultSet};
use wattfolio_economics::kernel::{Basis, LINES, Maybe};
use wattfolio_economics::results::{Comparison, compare_on, find_measure, internal_rate};
use wattfolio_economics::scenario::Scenario;

use crate::data::vectors;

/// Sets an input from its text.
fn write(scenario: &mut Scenario, id: &str, text: &str) {
    let input = catalogue::find(id).unwrap_or_else(|| panic!("no input {id}"));
    input.write(scenario, text).unwrap_or_else(|fault| panic!("{fault}"));
}

fn comparison(case: &Value) -> Comparison {
    let mut scenario = DefaultSet::find("2026-11").expect("a released set").scenario();
    for assignment in case["set"].as_array().unwrap() {
        let (id, text) = assignment.as_str().unwrap().split_once('=').expect("id=value");
        write(&mut scenario, id, text);
    }
    let basis = match case["basis"].as_str() {
        None => Basis::ProjectBeforeTax,
        Some(id) => Basis::ALL.into_iter().find(|basis| basis.id() == id).expect("a basis"),
    };
    compare_on(&scenario.validate().unwrap_or_else(|faults| panic!("{faults}")), basis)
}

/// Expected values of a case, and their tolerance.
struct Expected<'a> {
    id: &'a str,
    tolerance: f64,
    faults: Vec<String>,
}

impl Expected<'_> {
    fn number(&mut self, what: &str, ours: f64, theirs: f64, scale: f64) {
        if (ours - theirs).abs() > self.tolerance * scale {
            self.faults.push(format!("{}: {what}: ours {ours:?}, expected {theirs:?}", self.id));
        }
    }

    /// Compares a series, relative to its largest magnitude.
    fn series(&mut self, what: &str, ours: &[f64], theirs: &Value) {
        let theirs: Vec<f64> =
            theirs.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect();
        assert_eq!(ours.len(), theirs.len(), "{}: {what}", self.id);
        let scale = theirs.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        for (t, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
            self.number(&format!("{what}[{t}]"), *ours, *theirs, scale);
        }
    }

    /// Compares a measure, relative to itself or `scale`; absent where null.
    fn measure(&mut self, what: &str, ours: Maybe<f64>, theirs: &Value, scale: Option<f64>) {
        match (ours, theirs.as_f64()) {
            (Ok(ours), Some(theirs)) => {
                self.number(what, ours, theirs, scale.unwrap_or(0.0).max(theirs.abs()));
            }
            (Err(_), None) if theirs.is_null() => {}
            (ours, _) => self.faults.push(format!("{}: {what}: ours {ours:?}, expected {theirs}", self.id)),
        }
    }

    fn roots(&mut self, what: &str, ours: &[f64], theirs: &Value) {
        let theirs = theirs.as_array().unwrap();
        if ours.len() != theirs.len() {
            return self.faults.push(format!("{}: {what}: ours {ours:?}, expected {theirs:?}", self.id));
        }
        for (ours, theirs) in ours.iter().zip(theirs) {
            // A rate is a yearly growth factor less one.
            let theirs = theirs.as_f64().unwrap();
            self.number(what, *ours, theirs, 1.0 + theirs);
        }
    }

    /// Compares everything under `part`: the network, or ledger or measures of a business.
    fn part(&mut self, comparison: &Comparison, part: &str, theirs: &Value, scales: &Value) {
        let theirs = theirs.as_object().unwrap();
        let Some((name, kind)) = part.split_once('.') else {
            for (series, ours) in comparison.network.series() {
                if let Some(theirs) = theirs.get(series.id()) {
                    self.series(series.id(), ours, theirs);
                }
            }
            return;
        };
        let business = Business::ALL.into_iter().find(|business| business.id() == name).expect("a business");
        let ours = comparison.business(business).expect("evaluated");
        for (id, theirs) in theirs {
            let what = format!("{name}.{id}");
            if kind == "ledger" {
                let line = LINES.into_iter().find(|line| line.id() == id).expect("a line");
                self.series(&what, ours.ledger.line(line), theirs);
            } else if id == "irr_roots" {
                self.roots(&what, &ours.measures.irr_roots, theirs);
            } else if id == "irr_meaningful" {
                if theirs.as_bool() != Some(ours.measures.irr_meaningful()) {
                    self.faults.push(format!("{}: {what}: expected {theirs}", self.id));
                }
            } else {
                let measure = find_measure(business, id).unwrap_or_else(|| panic!("no measure {what}"));
                let scale = scales[part][id.as_str()].as_f64();
                self.measure(&what, measure.read(ours).expect("of the business"), theirs, scale);
            }
        }
    }
}

#[test]
fn every_case_agrees_with_the_independent_model() {
    let vectors = vectors("market_and_contracts.json");
    let mut faults = Vec::new();
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 78);
    for case in cases {
        let expected = case["expected"].as_object().unwrap();
        assert!(!expected.is_empty(), "{}: nothing is expected", case["id"]);
        let comparison = comparison(case);
        let tolerance = case["tolerance"].as_f64().unwrap_or(1e-9);
        let mut report = Expected { id: case["id"].as_str().unwrap(), tolerance, faults: Vec::new() };
        for (part, theirs) in expected {
            report.part(&comparison, part, theirs, &case["scales"]);
        }
        faults.extend(report.faults);
    }
    assert!(faults.is_empty(), "{} differences:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_row_of_flows_has_the_rates_of_the_independent_model() {
    let vectors = vectors("market_and_contracts.json");
    let rows = vectors["irr"].as_array().unwrap();
    assert_eq!(rows.len(), 16);
    let mut faults = Vec::new();
    for row in rows {
        let flows: Vec<f64> =
            row["flows"].as_array().unwrap().iter().map(|flow| flow.as_f64().unwrap()).collect();
        let (rate, roots) = internal_rate(&flows);
        let mut report = Expected { id: row["title"].as_str().unwrap(), tolerance: 1e-9, faults: Vec::new() };
        report.measure("irr", rate, &row["irr"], Some(1.0));
        report.roots("irr_roots", &roots, &row["irr_roots"]);
        faults.extend(report.faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
