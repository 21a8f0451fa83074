//! The engine against a published reference: path by path, and in every percentile.

use serde_json::Value;
use wattfolio_economics::risk::engine::{Output, Workspace};
use wattfolio_economics::risk::{PROBABILITIES, ToTheEnd, Unfinished};

use crate::data::vectors;
use crate::mirror::{MONTHS, Mirror};

fn reference() -> Value {
    vectors("mc_reference.json")
}

fn close(what: &str, ours: f64, theirs: &Value) {
    let theirs = theirs.as_f64().unwrap();
    // The tolerance of the reference's own check.
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{what}: ours {ours}, reference {theirs}");
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn share(values: &[f64], hit: impl Fn(f64) -> bool) -> f64 {
    values.iter().filter(|value| hit(**value)).count() as f64 / values.len() as f64
}

fn check_results(output: &Output, reference: &Value) {
    for strategy in 0..3 {
        let (npv, payback) = (&output.results[strategy], &output.results[3 + strategy]);
        for path in 0..8 {
            close("npv", npv[path], &reference["first_paths_npv"][strategy][path]);
            close("payback", payback[path], &reference["first_paths_payback"][strategy][path]);
        }
        let mean_npv = mean(npv);
        let deviations: Vec<f64> = npv.iter().map(|value| (value - mean_npv).powi(2)).collect();
        close("mean", mean_npv, &reference["npv_mean"][strategy]);
        close("sd", mean(&deviations).sqrt(), &reference["npv_sd"][strategy]);
        close("P(NPV > 0)", share(npv, |value| value > 0.0), &reference["p_npv_pos"][strategy]);
        let never = share(payback, |month| month > MONTHS as f64);
        close("never", never, &reference["never_pays_back"][strategy]);
        let mut sorted = payback.clone();
        sorted.sort_by(f64::total_cmp);
        let median = f64::midpoint(sorted[sorted.len() / 2 - 1], sorted[sorted.len() / 2]);
        close("median payback", median, &reference["payback_median"][strategy]);
    }
}

#[test]
fn the_published_reference_is_reproduced() {
    let reference = reference();
    let paths = reference["paths"].as_u64().unwrap() as usize;
    let mirror = Mirror::new(reference["seed"].as_u64().unwrap());
    let output = Workspace::new(2).unwrap().run(&mirror, paths, &PROBABILITIES, &ToTheEnd).unwrap();
    check_results(&output, &reference);
    let months = reference["percentiles"].as_object().unwrap();
    assert!(months.len() > 3);
    for (month, strategies) in months {
        let month: usize = month.parse().unwrap();
        for strategy in 0..3 {
            let row = (strategy * (MONTHS + 1) + month) * PROBABILITIES.len();
            for (index, expected) in strategies[strategy].as_array().unwrap().iter().enumerate() {
                close(&format!("month {month}"), output.quantiles[row + index], expected);
            }
        }
    }
}

#[test]
fn the_variant_with_a_network_that_answers_is_reproduced() {
    let (reference, paths) = (reference(), reference()["paths"].as_u64().unwrap() as usize);
    let answering = &reference["answering"];
    let mirror = Mirror::answering(reference["seed"].as_u64().unwrap());
    let output = Workspace::new(2).unwrap().run(&mirror, paths, &PROBABILITIES, &ToTheEnd).unwrap();
    let (npv, payback) = (&output.results[0], &output.results[3]);
    for path in 0..8 {
        close("npv", npv[path], &answering["first_paths_npv"][path]);
        close("payback", payback[path], &answering["first_paths_payback"][path]);
    }
    let mean_npv = mean(npv);
    close("mean", mean_npv, &answering["npv_mean"]);
    let deviations: Vec<f64> = npv.iter().map(|value| (value - mean_npv).powi(2)).collect();
    close("sd", mean(&deviations).sqrt(), &answering["npv_sd"]);
    for (index, theirs) in answering["end"].as_array().unwrap().iter().enumerate() {
        close("end", output.quantiles[MONTHS * PROBABILITIES.len() + index], theirs);
    }
}

#[test]
fn any_number_of_threads_and_any_length_of_a_block_give_the_same_bits() {
    let mirror = Mirror::new(3);
    // Not multiples of the lanes or the tiles; the larger one takes several blocks of months.
    for paths in [1003, 40_001] {
        let run = |threads| Workspace::new(threads).unwrap().run(&mirror, paths, &PROBABILITIES, &ToTheEnd);
        let alone = run(1).unwrap();
        for threads in [2, 3] {
            assert!(run(threads).unwrap() == alone, "{threads} threads, {paths} paths");
        }
        let few = Workspace::new(2).unwrap().run(&mirror, 1000, &PROBABILITIES, &ToTheEnd).unwrap();
        for (few, many) in few.results.iter().zip(&alone.results) {
            assert_eq!(few[..1000], many[..1000], "a path does not depend on how many there are");
        }
    }
}

#[test]
fn memory_that_cannot_be_had_is_refused_in_words_and_the_next_run_is_whole() {
    let mirror = Mirror::new(1);
    let mut workspace = Workspace::new(2).unwrap();
    let before = workspace.run(&mirror, 1000, &PROBABILITIES, &ToTheEnd).unwrap();
    // More than the address space of any processor.
    let refused = workspace.run(&mirror, 1 << 46, &PROBABILITIES, &ToTheEnd).unwrap_err();
    let Unfinished::NoMemory { bytes } = refused else { panic!("{refused:?}") };
    assert!(bytes > 1 << 49, "{bytes}");
    assert!(refused.to_string().contains("MB of memory, which is not available"), "{refused}");
    assert!(workspace.run(&mirror, 1000, &PROBABILITIES, &ToTheEnd).unwrap() == before);
}
