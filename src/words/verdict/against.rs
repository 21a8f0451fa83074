//! What speaks against the winner, as parts of a sentence.

use wattfolio_economics::results::verdict::{
    Against, Candidate, Caveat, Criterion, MOST_SAID, Odds, Verdict,
};
use wattfolio_economics::risk::Share;

use super::terms::{Terms, percent};
use super::{Part, headed, money};
use crate::format;
use crate::words::duration;
use crate::words::risk::Often;

/// Tail loss per dollar over the next business's from which it is worth a word.
const WORTH_A_WORD: f64 = 1.25;
/// Difference of two chances of loss that is called none.
const AS_OFTEN: f64 = 0.02;

/// How a sentence speaks of the winner.
struct Subject {
    it: String,
    its: String,
}

/// The objections that are said, at most two with that of a greater risk.
pub(super) fn said(verdict: &Verdict, terms: &Terms) -> Vec<Part> {
    let Some(winner) = verdict.winner().copied() else { return Vec::new() };
    let word = winner.business.word();
    // Behind two names "it" could be either; by payback those that follow are named.
    let is_alone = verdict.criterion != Criterion::Payback
        && verdict.about_equal.is_empty()
        && verdict
            .by_mean
            .as_ref()
            .is_none_or(|by_mean| by_mean.winner == winner.business && by_mean.about_equal.is_empty());
    let subject = if is_alone {
        Subject { it: "it".to_owned(), its: "its".to_owned() }
    } else {
        Subject { it: word.to_owned(), its: format!("{word}’s") }
    };
    let held: Vec<&Against> = verdict.said().collect();
    let part = |against: &&Against| {
        let text = part(against, verdict, &winner, &subject, terms)?;
        let is_simulated = matches!(against.caveat, Caveat::LossChance | Caveat::PricePercentile);
        Some(if is_simulated { Part::simulated(text) } else { Part::planned(text) })
    };
    let mut parts: Vec<Part> = held.iter().filter_map(part).collect();
    let is_loss_said = held.iter().any(|against| against.caveat == Caveat::LossChance);
    // Who has a larger loss than a third has been told of it; a loser has no praise to take back.
    if !is_loss_said && held.len() < MOST_SAID && winner.npv_usd >= 0.0 {
        parts.splice(0..0, greater_risk(verdict, &winner, &subject).map(Part::simulated));
    }
    parts
}

/// An objection in words; nothing where the lead has said it.
fn part(
    against: &Against,
    verdict: &Verdict,
    winner: &Candidate,
    Subject { it, its }: &Subject,
    terms: &Terms,
) -> Option<String> {
    let value = against.value.ok()?;
    Some(match against.caveat {
        Caveat::NegativeNpv => return None,
        Caveat::LossChance if verdict.criterion == Criterion::Loss => return None,
        Caveat::LossChance => format!("a loss in {} of 100 futures", often(winner)),
        Caveat::EndProceeds => end(verdict.criterion, winner, its, terms),
        // By payback the lead has named the month that counts.
        Caveat::PaybackNotKept => match winner.payback_last_months {
            Ok(last) => {
                format!("{it} is back after {}, but for good only after {}", duration(value), duration(last))
            }
            Err(_) => format!("{it} is back after {} and does not stay so", duration(value)),
        },
        Caveat::OnlyByResale => format!("{its} money comes back only by resale"),
        Caveat::OneCustomer if value >= 1.0 => format!("all of {its} revenue is one customer’s"),
        Caveat::OneCustomer => format!("{} of {its} revenue is one customer’s", whole_percent(value)),
        Caveat::Cover => {
            format!("{its} cash covers the debt service only {} times", format::significant(value, 2))
        }
        Caveat::PricePercentile => {
            format!("the plan’s bitcoin price is above {} of the simulated ones", whole_percent(value))
        }
    })
}

/// How much of a value is end proceeds, whose they are, and what is left without them.
fn end(criterion: Criterion, winner: &Candidate, its: &str, terms: &Terms) -> String {
    let is_named = its != "its";
    let of =
        if criterion == Criterion::Value && !is_named { "it".to_owned() } else { format!("{its} value") };
    let without = winner.npv_without_end_usd();
    let share = if without <= 0.0 {
        "all".to_owned()
    } else {
        whole_percent(winner.end_proceeds_npv_usd / winner.npv_usd)
    };
    let is_lease = terms.ends[winner.business] == super::EndWords::Lease;
    let guaranteed = winner.customer.filter(|customer| is_lease && customer.hazard_per_year <= 0.01);
    let by = if guaranteed.is_some() { ", owed by a guaranteed tenant" } else { "" };
    let rest = if without < 0.0 { format!("; without it {}", money(without)) } else { String::new() };
    format!("{share} of {of} is {}{by}{rest}", terms.end_of(winner.business))
}

/// How often a business loses, of 100 futures.
pub(super) fn often(candidate: &Candidate) -> String {
    candidate.odds.map_or_else(String::new, |odds| Often::new(&loss_share(&odds)).to_string())
}

/// The chance of loss with the count that it rests on.
pub fn loss_share(odds: &Odds) -> Share {
    Share::new((odds.loss * odds.paths as f64).round() as usize, odds.paths)
}

fn whole_percent(share: f64) -> String {
    percent((share * 100.0).round() / 100.0)
}

/// That the winner risks more per dollar than the next: `it loses as often as hosting and twice as much per dollar`.
fn greater_risk(verdict: &Verdict, winner: &Candidate, subject: &Subject) -> Option<String> {
    let next = next(verdict)?;
    let (ours, theirs) = (winner.odds?, next.odds?);
    let (tail, other) = (winner.cvar_per_capital()?, next.cvar_per_capital()?);
    let ratio = tail / other;
    if verdict.criterion == Criterion::Loss || tail <= 0.0 || other <= 0.0 || ratio < WORTH_A_WORD {
        return None;
    }
    let difference = ours.loss - theirs.loss;
    let how_often = if difference.abs() < AS_OFTEN {
        "as often as"
    } else if difference > 0.0 {
        "more often than"
    } else {
        "less often than"
    };
    let times = if (1.75..2.25).contains(&ratio) {
        "twice".to_owned()
    } else {
        format!("{} times", format::significant(ratio, 2))
    };
    let joint = if difference < -AS_OFTEN { "but" } else { "and" };
    let (it, word) = (&subject.it, next.business.word());
    Some(format!("{it} loses {how_often} {word} {joint} {times} as much per dollar"))
}

/// The next business that earns its capital.
fn next(verdict: &Verdict) -> Option<&Candidate> {
    let others = verdict.ranking.iter().skip(1).filter(|ranked| ranked.value.is_ok());
    others.map(|ranked| &ranked.business).find(|candidate| candidate.npv_usd >= 0.0)
}

/// That the value of the next is all at the end, where there is room for it.
pub(super) fn of_the_next(verdict: &Verdict, terms: &Terms) -> Option<String> {
    let next = next(verdict).filter(|next| next.npv_without_end_usd() < 0.0)?;
    let has_room = verdict.criterion == Criterion::Value && verdict.said().count() < MOST_SAID;
    let end = terms.end_of(next.business);
    has_room.then(|| format!("{}’s value is all in {end}", headed(next.business)))
}
