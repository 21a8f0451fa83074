//! The rules by which sources agree: how many, how far apart, how old.

use chrono::{DateTime, TimeDelta, Utc};

use super::cache::Answer;
use super::fault::Fault;
use super::figure::{Agreed, Figure, Quote, Refusal, Rule, Standing};
use super::gpu::{GPUS, Gpu};
use super::observed::{median, plausible};
use super::region::Regions;
use super::source::{Part, Topic};
use super::what::{What, implied_hashrate_eh_s};

/// Share by which an estimate of the hashrate may differ from what the difficulty implies.
const MOST_ESTIMATE_DIFFERS: f64 = 0.35;
/// Blocks by which two sources may differ.
const MOST_BLOCKS_APART: f64 = 3.0;
/// Time by which values that count together may differ in age.
const SAME_TIME: TimeDelta = TimeDelta::hours(6);
/// The same for prices of providers, which change by the week.
const SAME_WEEK: TimeDelta = TimeDelta::days(7);

/// Refuses a difficulty and an estimated hashrate that do not belong together: one of them is in another unit.
pub(super) fn consistent(difficulty: f64, estimate_eh_s: f64) -> Result<(), Fault> {
    let difficulty = plausible(What::Difficulty, difficulty)?;
    let estimate = plausible(What::HashrateEstimate, estimate_eh_s)?;
    let implied = implied_hashrate_eh_s(difficulty);
    if (estimate / implied - 1.0).abs() < MOST_ESTIMATE_DIFFERS {
        return Ok(());
    }
    Err(Fault::Contradiction(format!(
        "its hashrate of {estimate:.3e} EH/s does not fit its difficulty, which implies {implied:.3e} EH/s"
    )))
}

/// The figures that answers give, for a plan with a GPU and for the chosen regions. Rentals of other GPUs are listed
/// where a source knows them.
pub fn figures(answers: &[Answer], gpu_name: &str, regions: &Regions, now: DateTime<Utc>) -> Vec<Figure> {
    let own = Gpu::named(gpu_name);
    let knows = |gpu: &'static Gpu| {
        answers.iter().any(|answer| answer.readings().any(|(reading, _)| reading.what == What::Rental(gpu)))
    };
    let others = GPUS.iter().filter(|gpu| Some(*gpu) != own && knows(gpu));
    let rentals = own.into_iter().chain(others).map(Rule::Rental);
    let rules = [Rule::Price, Rule::Network, Rule::Height, Rule::Fees].into_iter().chain(rentals);
    let power = [
        regions.about(Topic::RetailPower).map(Rule::RetailPower),
        regions.about(Topic::DayAheadPower).map(Rule::DayAheadPower),
    ];
    let rules = rules.chain(power.into_iter().flatten());
    rules.map(|rule| figure(rule, answers, own, now)).collect()
}

fn figure(rule: Rule, answers: &[Answer], own: Option<&'static Gpu>, now: DateTime<Utc>) -> Figure {
    let mut quotes: Vec<Quote> = answers.iter().filter_map(|answer| quote(rule, answer)).collect();
    leave_out_old(rule, &mut quotes);
    leave_out_far(rule, &mut quotes);
    let counted: Vec<&Quote> = quotes.iter().filter(|quote| quote.standing == Standing::Counts).collect();
    let values: Vec<f64> = counted.iter().filter_map(|quote| Some(quote.value?.1)).collect();
    let spread = spread(&values);
    let agreed = agree(rule, &quotes, &counted, (&values, spread), now);
    let unfit = match rule {
        Rule::Height => Some(
            "it is a check alone, since the height at the plan’s start follows from its start month"
                .to_owned(),
        ),
        Rule::Rental(gpu) if Some(gpu) != own => Some("another GPU than that of the plan".to_owned()),
        Rule::DayAheadPower(_) => Some("a wholesale price in euro is no bill at the meter".to_owned()),
        _ => None,
    };
    Figure { rule, quotes, spread, agreed, unfit }
}

/// What a source says about a figure; `None` for a source that never gives it.
fn quote(rule: Rule, answer: &Answer) -> Option<Quote> {
    let what = rule.what();
    if !answer.source.gives(rule.topic()) {
        return None;
    }
    let part = answer
        .parts
        .iter()
        .find(|part| part.good.as_ref().is_some_and(|(observed, _)| observed.value(what).is_some()));
    let Some((observed, _)) = part.and_then(|part| part.good.as_ref()) else {
        let standing = Standing::Missing(why_missing(rule, answer));
        return Some(Quote { source: answer.source, value: None, at: None, standing, note: String::new() });
    };
    let reading = observed.readings.iter().find(|reading| reading.what == what)?;
    let mut notes = Vec::new();
    if matches!(rule, Rule::Rental(_)) && reading.of > 1 {
        notes.push(format!("median of {}", reading.of));
    }
    notes.extend(part.and_then(|part| part.fault.as_ref()).map(|fault| format!("last try: {fault}")));
    let own_remarks = observed.remarks.iter().filter(|remark| match (rule, remark.split_once(": ")) {
        (Rule::Rental(gpu), Some((name, _))) => {
            GPUS.iter().all(|other| other.label != name) || name == gpu.label
        }
        _ => true,
    });
    notes.extend(own_remarks.cloned());
    let (value, at) = (Some((what, reading.value)), Some(observed.at));
    Some(Quote { source: answer.source, value, at, standing: Standing::Counts, note: notes.join("; ") })
}

/// The reason for which a source gives nothing for a figure.
fn why_missing(rule: Rule, answer: &Answer) -> String {
    let gives = |part: &&Part| part.gives.contains(&rule.topic());
    let asked: Vec<&Part> = answer.source.parts.iter().filter(gives).collect();
    // Of requests by GPU that of this one counts.
    let of_rule = |name: &str| match rule {
        Rule::Rental(gpu) if asked.len() > 1 => name == gpu.label,
        _ => asked.iter().any(|part| part.name == name),
    };
    let part = answer.parts.iter().find(|part| of_rule(&part.part));
    let fault = part.and_then(|part| part.fault.clone());
    fault.unwrap_or_else(|| match rule {
        Rule::Rental(gpu) => format!("no {}", gpu.label),
        _ => "no value".to_owned(),
    })
}

/// Values of another time do not count beside newer ones.
fn leave_out_old(rule: Rule, quotes: &mut [Quote]) {
    let window = if matches!(rule, Rule::Rental(_)) { SAME_WEEK } else { SAME_TIME };
    let Some(newest) = quotes.iter().filter_map(|quote| quote.at).max() else { return };
    for quote in quotes.iter_mut().filter(|quote| quote.at.is_some_and(|at| newest - at > window)) {
        quote.standing = Standing::TooOld;
    }
}

/// Prices that are too far from the median of all do not count. Providers of GPUs differ, so that all of them count.
fn leave_out_far(rule: Rule, quotes: &mut [Quote]) {
    let (Rule::Price, Some(limit)) = (rule, rule.most_spread()) else { return };
    let counted = quotes.iter().filter(|quote| quote.standing == Standing::Counts);
    let values: Vec<f64> = counted.filter_map(|quote| Some(quote.value?.1)).collect();
    let Some(middle) = median(&values) else { return };
    for quote in quotes.iter_mut().filter(|quote| quote.standing == Standing::Counts) {
        if quote.value.is_some_and(|(_, value)| (value / middle - 1.0).abs() > limit + 1e-9) {
            quote.standing = Standing::TooFar;
        }
    }
}

/// Largest less smallest, as a share of the median; `None` of fewer than two.
fn spread(values: &[f64]) -> Option<f64> {
    let middle = median(values).filter(|_| values.len() > 1)?;
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some((most - least) / middle.abs())
}

fn agree(
    rule: Rule,
    quotes: &[Quote],
    counted: &[&Quote],
    (values, spread): (&[f64], Option<f64>),
    now: DateTime<Utc>,
) -> Result<Agreed, Refusal> {
    let (have, need, what) = (values.len(), rule.quorum(), rule.counted());
    if quotes.is_empty() {
        return Err(Refusal::NotAsked);
    }
    let (Some(middle), Some(at), true) =
        (median(values), counted.iter().filter_map(|quote| quote.at).min(), have >= need)
    else {
        return Err(Refusal::TooFew { have, need, what });
    };
    let limit = match rule {
        Rule::Height => Some(MOST_BLOCKS_APART / middle),
        // Each price is within the limit of the median already.
        Rule::Price => None,
        _ => rule.most_spread(),
    };
    if let (Some(spread), Some(limit)) = (spread, limit)
        && spread > limit * (1.0 + 1e-9)
    {
        return Err(Refusal::TooFar { spread, limit });
    }
    let (value, how) = match rule {
        Rule::Network => {
            let how = format!("from difficulty {}, {have} sources", What::Difficulty.text(middle));
            (implied_hashrate_eh_s(middle), how)
        }
        Rule::Price => (middle, format!("median of {have} of {}", quotes.len())),
        Rule::Rental(_) => (middle, format!("median of {have} providers")),
        Rule::Height => (middle, format!("{have} sources")),
        Rule::Fees => (middle, "mean of 144 blocks".to_owned()),
        Rule::RetailPower(_) => (middle, "industry, monthly".to_owned()),
        Rule::DayAheadPower(_) => (middle, "day-ahead, mean of a day".to_owned()),
    };
    let sources = counted.iter().map(|quote| quote.source.label).collect();
    Ok(Agreed { value, at, age: rule.what().age(now - at), how, sources })
}
