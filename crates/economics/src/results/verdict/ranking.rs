//! The order of the businesses by a criterion, and ties.

use crate::business::Business;
use crate::kernel::Maybe;

use super::{Candidate, Criterion, Ranked, SimulatedNpv, Verdict};

/// Values are about equal below this difference, as a share of the smaller capital.
const EQUAL_VALUE: f64 = 0.05;
/// Values per dollar of capital are about equal below this difference.
const EQUAL_PER_CAPEX: f64 = 0.05;
/// Rates of return a year are about equal below this difference: half a point.
const EQUAL_IRR: f64 = 0.005;
/// Paybacks are about equal below this difference, months.
const EQUAL_MONTHS: f64 = 3.0;

/// Standing of a business in a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Best by the criterion, and worth its capital.
    Best,
    /// About equal to the best.
    AboutEqual,
    /// Behind others; the first is 1.
    Behind(usize),
    /// Its net present value is negative, whatever its place.
    LosesValue,
    /// It has no value of the criterion.
    Unranked,
}

/// The winner by simulated means.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ByMean {
    /// The business with the best mean.
    pub winner: Business,
    /// The businesses whose means are about equal to it.
    pub about_equal: Vec<Business>,
}

type Entry<'a> = (Candidate, Option<SimulatedNpv<'a>>);

/// Compares two values: the better first, a missing one last.
fn better(criterion: Criterion, a: Maybe<f64>, b: Maybe<f64>) -> std::cmp::Ordering {
    match (a, b) {
        (Ok(a), Ok(b)) if criterion.is_less_better() => a.total_cmp(&b),
        (Ok(a), Ok(b)) => b.total_cmp(&a),
        (a, b) => a.is_err().cmp(&b.is_err()),
    }
}

/// The ranking on the plan, and those about equal to its first.
pub(super) fn by_plan(criterion: Criterion, mut entries: Vec<Entry<'_>>) -> (Vec<Ranked>, Vec<Business>) {
    entries.sort_by(|a, b| better(criterion, a.0.value(criterion), b.0.value(criterion)));
    if criterion == Criterion::Loss {
        order_ties_by_tail(&mut entries);
    }
    let about_equal = match entries.split_first() {
        Some((first, rest)) => {
            let equals = rest.iter().filter(|entry| are_equal(criterion, first, entry));
            equals.map(|entry| entry.0.business).collect()
        }
        None => Vec::new(),
    };
    let ranked = |(business, _): Entry<'_>| Ranked { business, value: business.value(criterion) };
    (entries.into_iter().map(ranked).collect(), about_equal)
}

/// Sorts businesses with about equal chances of loss by their tail loss per dollar of capital.
fn order_ties_by_tail(entries: &mut [Entry<'_>]) {
    let mut rest = entries;
    while let Some(first) = rest.first().copied() {
        let tied = rest.iter().take_while(|entry| are_equal(Criterion::Loss, &first, entry)).count().max(1);
        let (group, others) = rest.split_at_mut(tied);
        // Without capital there is no tail per dollar of it.
        let tail = |entry: &Entry<'_>| entry.0.cvar_per_capital().unwrap_or(f64::INFINITY);
        group.sort_by(|a, b| tail(a).total_cmp(&tail(b)));
        rest = others;
    }
}

/// Whether two businesses are about equal on the plan.
fn are_equal(criterion: Criterion, a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let (Ok(of_a), Ok(of_b)) = (a.0.value(criterion), b.0.value(criterion)) else { return false };
    let threshold = match criterion {
        Criterion::Value => EQUAL_VALUE * smaller_capital_usd(&a.0, &b.0),
        Criterion::ValuePerCapex => EQUAL_PER_CAPEX,
        Criterion::Payback => EQUAL_MONTHS,
        Criterion::Irr => EQUAL_IRR,
        Criterion::Loss => paired_error(a, b, |npv| f64::from(u8::from(npv < 0.0))).unwrap_or(0.0),
    };
    of_a == of_b || (of_a - of_b).abs() < threshold
}

/// Whether the simulated means of two businesses are about equal.
fn are_equal_on_average(criterion: Criterion, a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let (Some(of_a), Some(of_b)) = (a.0.mean(criterion), b.0.mean(criterion)) else { return false };
    let threshold = if criterion == Criterion::ValuePerCapex {
        EQUAL_PER_CAPEX
    } else {
        let error_usd = paired_error(a, b, |npv| npv).unwrap_or(0.0);
        error_usd.max(EQUAL_VALUE * smaller_capital_usd(&a.0, &b.0))
    };
    of_a == of_b || (of_a - of_b).abs() < threshold
}

/// The smaller of two capitals, USD; a missing one counts as 0.
fn smaller_capital_usd(a: &Candidate, b: &Candidate) -> f64 {
    a.capital_usd.unwrap_or(0.0).min(b.capital_usd.unwrap_or(0.0))
}

/// Standard error of the mean difference of a figure over paths that both businesses share.
fn paired_error(a: &Entry<'_>, b: &Entry<'_>, figure: impl Fn(f64) -> f64) -> Option<f64> {
    let (of_a, of_b) = (a.1?, b.1?);
    let (a, b) = (of_a.npv_usd, of_b.npv_usd);
    let n = a.len().min(b.len()) as f64;
    if n == 0.0 {
        return None;
    }
    let differences = || a.iter().zip(b).map(|(a, b)| figure(*a) - figure(*b));
    let mean = differences().sum::<f64>() / n;
    let blocks = of_a.blocks.larger(of_b.blocks);
    Some(blocks.error_of_mean(differences().map(|difference| difference - mean), n))
}

/// The winner by simulated means, if every candidate has one.
pub(super) fn by_mean(criterion: Criterion, entries: &[Entry<'_>]) -> Option<ByMean> {
    let means: Option<Vec<(f64, &Entry<'_>)>> =
        entries.iter().map(|entry| Some((entry.0.mean(criterion)?, entry))).collect();
    let means = means?;
    let (_, first) = means.iter().rev().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let others = entries.iter().filter(|entry| entry.0.business != first.0.business);
    let equals = others.filter(|entry| are_equal_on_average(criterion, first, entry));
    Some(ByMean { winner: first.0.business, about_equal: equals.map(|entry| entry.0.business).collect() })
}

/// Standing of a business.
pub(super) fn place(verdict: &Verdict, business: Business) -> Place {
    let position = verdict.ranking.iter().position(|ranked| ranked.business.business == business);
    let Some((position, ranked)) = position.and_then(|at| Some((at, verdict.ranking.get(at)?))) else {
        return Place::Unranked;
    };
    if ranked.business.npv_usd < 0.0 {
        return Place::LosesValue;
    }
    let is_equal = verdict.about_equal.contains(&business);
    match position {
        _ if ranked.value.is_err() => Place::Unranked,
        0 if verdict.about_equal.is_empty() => Place::Best,
        _ if position == 0 || is_equal => Place::AboutEqual,
        _ => Place::Behind(position + 1),
    }
}
