//! Paybacks of the businesses after the first, and why the others have none.

use wattfolio_economics::kernel::Absent;
use wattfolio_economics::results::verdict::{Candidate, Verdict};

use super::join;
use crate::format;
use crate::words::duration;
use crate::words::plan::LEAST_YEARS;

/// Parts about the businesses behind the first by payback.
pub(super) fn others(verdict: &Verdict) -> Vec<String> {
    let paid: Vec<(&Candidate, f64)> =
        verdict.ranking.iter().filter_map(|ranked| Some((&ranked.business, ranked.value.ok()?))).collect();
    let followers = match paid.as_slice() {
        [(_, first), rest @ ..] => {
            // Those about equal to the first are named with it.
            let rest: Vec<_> = rest
                .iter()
                .filter(|(one, _)| !verdict.about_equal.contains(&one.business))
                .copied()
                .collect();
            (!rest.is_empty()).then(|| followers(*first, &rest))
        }
        [] => None,
    };
    let unpaid: Vec<&Candidate> = verdict
        .ranking
        .iter()
        .filter(|ranked| ranked.value.is_err())
        .map(|ranked| &ranked.business)
        .collect();
    // That nothing pays back says already that each never does.
    let is_told = paid.is_empty() && unpaid.iter().all(|one| is_never(one));
    let unpaid = (!unpaid.is_empty() && !is_told).then(|| join(&unpaid_parts(&unpaid)));
    followers.into_iter().chain(unpaid).collect()
}

/// `hosting follows at 7.4 and mining at 9.1`, after a payback that is given in months.
fn followers(first: f64, rest: &[(&Candidate, f64)]) -> String {
    // A bare number is in years, and stands only behind one that says so.
    let mut are_years = first >= LEAST_YEARS;
    let mut when = |months: f64| {
        let is_bare = are_years && months >= LEAST_YEARS;
        are_years = months >= LEAST_YEARS;
        if is_bare {
            format!("at {}", format::grouped(months / 12.0, 1))
        } else {
            format!("after {}", duration(months))
        }
    };
    let each = rest.iter().enumerate().map(|(place, (one, months))| {
        let follows = if place == 0 { " follows" } else { "" };
        format!("{}{follows} {}", one.business.word(), when(*months))
    });
    join(&each.collect::<Vec<_>>())
}

fn is_never(one: &Candidate) -> bool {
    one.payback_months == Err(Absent::Never)
}

/// Reason of each business without a payback; those that never have one share a verb.
fn unpaid_parts(unpaid: &[&Candidate]) -> Vec<String> {
    let never: Vec<String> =
        unpaid.iter().filter(|one| is_never(one)).map(|one| one.business.word().to_owned()).collect();
    let head = match never.as_slice() {
        [] => None,
        [one] => Some(format!("{one} never does")),
        _ => Some(format!("{} never do", join(&never))),
    };
    let others = unpaid.iter().filter(|one| !is_never(one)).map(|one| {
        let word = one.business.word();
        match one.payback_months {
            Ok(first) => format!("{word} is back after {} and does not stay so", duration(first)),
            Err(Absent::NoCapex) => format!("{word} needs no capital of its own"),
            Err(_) => format!("{word} does only by resale"),
        }
    });
    head.into_iter().chain(others).collect()
}
