//! The first part of a sentence: who is best by the criterion.

use wattfolio_economics::business::Business;
use wattfolio_economics::results::verdict::{Candidate, Criterion, Verdict};

use super::against::often;
use super::terms::{Terms, multiple, percent};
use super::{Part, Sentence, headed, join, money};
use crate::format;
use crate::words::duration;

/// Capital over another's from which it is worth a word.
const MORE_CAPITAL: f64 = 1.25;

/// The first part, with what belongs to it.
pub(super) fn lead(verdict: &Verdict, terms: &Terms) -> Sentence {
    let sentence = of_criterion(verdict, terms);
    // A chance of loss is a simulation's in every word.
    let is_simulated = verdict.criterion == Criterion::Loss && verdict.winner().is_some();
    let lead = if is_simulated { sentence.lead.all_simulated() } else { sentence.lead };
    Sentence { lead, ..sentence }
}

fn of_criterion(verdict: &Verdict, terms: &Terms) -> Sentence {
    if verdict.ranking.is_empty() {
        return only("Nothing can be evaluated".to_owned());
    }
    let Some(winner) = verdict.winner() else { return only(without_winner(verdict.criterion, terms)) };
    if verdict.nothing_earns_its_capital() {
        return nothing_earns(verdict, winner, terms);
    }
    if winner.npv_usd < 0.0 {
        return only(losing(verdict.criterion, winner, terms));
    }
    let equals: Vec<&Candidate> =
        verdict.about_equal.iter().filter_map(|business| verdict.candidate(*business)).collect();
    if equals.is_empty() {
        best(verdict, winner, terms)
    } else {
        let all: Vec<&Candidate> = std::iter::once(winner).chain(equals).collect();
        Sentence { more: mean_of_equals(verdict, &all), ..only(equal(verdict.criterion, &all)) }
    }
}

fn only(lead: String) -> Sentence {
    Sentence { lead: Part::planned(lead), ..Sentence::default() }
}

/// No business has a value of the criterion.
fn without_winner(criterion: Criterion, terms: &Terms) -> String {
    let horizon = duration(f64::from(terms.horizon_months));
    match criterion {
        Criterion::Value | Criterion::ValuePerCapex => "No business has capital of its own".to_owned(),
        Criterion::Payback => format!("Nothing pays back for good within {horizon}"),
        Criterion::Irr => "No business has a rate of return".to_owned(),
        Criterion::Loss => "Chances of loss are being simulated".to_owned(),
    }
}

/// Every NPV is negative: who loses least, or what the only one that was evaluated loses.
fn nothing_earns(verdict: &Verdict, winner: &Candidate, terms: &Terms) -> Sentence {
    let criterion = verdict.criterion;
    let evaluated = Business::ALL.into_iter().filter(|business| verdict.candidate(*business).is_some());
    let lead = if evaluated.count() == 1 {
        format!(
            "{} does not earn its cost of capital; {}",
            headed(winner.business),
            alone(criterion, winner, terms)
        )
    } else {
        format!("Nothing earns its cost of capital; {}", least(criterion, winner, terms))
    };
    let is_value = matches!(criterion, Criterion::Value | Criterion::ValuePerCapex);
    let payback = winner.payback_last_months.ok().filter(|_| is_value);
    let aside = payback.map(|months| format!("Payback in {} does not change that", duration(months)));
    Sentence { aside, ..only(lead) }
}

/// How much the best of several losers loses.
fn least(criterion: Criterion, winner: &Candidate, terms: &Terms) -> String {
    let word = winner.business.word();
    let value = winner.value(criterion).unwrap_or(0.0);
    match criterion {
        Criterion::Value => format!("{word} loses least ({})", money(-winner.npv_usd)),
        Criterion::ValuePerCapex => format!("{word} loses least per dollar ({})", multiple(-value)),
        Criterion::Payback => format!("{word} is back soonest, after {}", duration(value)),
        Criterion::Irr => {
            let rate = percent(terms.rates.0[winner.business]);
            format!("{word} returns most, {} of the {rate} its capital costs", percent(value))
        }
        Criterion::Loss => format!("{word} loses least often, in {} of 100 futures", often(winner)),
    }
}

/// How much the only one loses: beside nobody it loses neither least nor most.
fn alone(criterion: Criterion, winner: &Candidate, terms: &Terms) -> String {
    let value = winner.value(criterion).unwrap_or(0.0);
    match criterion {
        Criterion::Value => format!("it loses {}", money(-winner.npv_usd)),
        Criterion::ValuePerCapex => format!("it loses {} per dollar", multiple(-value)),
        Criterion::Payback => format!("it is back after {}", duration(value)),
        Criterion::Irr => {
            let rate = percent(terms.rates.0[winner.business]);
            format!("it returns {} of the {rate} its capital costs", percent(value))
        }
        Criterion::Loss => format!("it loses in {} of 100 futures", often(winner)),
    }
}

/// The first by the criterion loses value, others do not.
fn losing(criterion: Criterion, winner: &Candidate, terms: &Terms) -> String {
    let name = headed(winner.business);
    let npv = money(winner.npv_usd);
    let value = winner.value(criterion).unwrap_or(0.0);
    match criterion {
        Criterion::Irr => {
            let rate = percent(terms.rates.0[winner.business]);
            // A rate above the hurdle and an NPV below 0 stand together where flows change sign again.
            let against = if value < terms.rates.0[winner.business] { "less than" } else { "against" };
            format!("{name} returns {}, {against} the {rate} its capital costs", percent(value))
        }
        Criterion::Payback => {
            format!("{name} is back soonest, after {}, and still loses value (NPV {npv})", duration(value))
        }
        Criterion::Loss => {
            format!(
                "{name} loses least often, in {} of 100 futures, yet its plan loses value (NPV {npv})",
                often(winner)
            )
        }
        Criterion::Value | Criterion::ValuePerCapex => format!("{name} loses least (NPV {npv})"),
    }
}

/// One business is best, and worth its capital.
fn best(verdict: &Verdict, winner: &Candidate, terms: &Terms) -> Sentence {
    let name = headed(winner.business);
    let value = winner.value(verdict.criterion).unwrap_or(0.0);
    match verdict.criterion {
        Criterion::Value | Criterion::ValuePerCapex => by_value(verdict, winner),
        Criterion::Payback => {
            let within = terms.within_term(winner.business, value);
            let within = within.map(|words| format!(", {words}")).unwrap_or_default();
            only(format!("By payback {} comes first, at {}{within}", winner.business.word(), duration(value)))
        }
        Criterion::Irr => {
            let rate = percent(terms.rates.0[winner.business]);
            only(format!(
                "{name} returns most, {} a year against the {rate} its capital costs",
                percent(value)
            ))
        }
        Criterion::Loss => only(format!("{name} loses least often, in {} of 100 futures", often(winner))),
    }
}

/// A figure of the criterion as it is said.
fn said(criterion: Criterion, value: f64) -> String {
    if criterion == Criterion::ValuePerCapex { multiple(value) } else { money(value) }
}

/// By value, in all or per dollar: plan and mean are both said where there is a mean.
fn by_value(verdict: &Verdict, winner: &Candidate) -> Sentence {
    let criterion = verdict.criterion;
    let (name, word) = (headed(winner.business), winner.business.word());
    let per = if criterion == Criterion::ValuePerCapex { " per dollar" } else { "" };
    let value = said(criterion, winner.value(criterion).unwrap_or(0.0));
    let rival = verdict.by_mean.as_ref().and_then(|by_mean| {
        let is_same = by_mean.winner == winner.business;
        let rival = if is_same { by_mean.about_equal.first().copied() } else { Some(by_mean.winner) };
        let is_equal = is_same || by_mean.about_equal.contains(&winner.business);
        Some((verdict.candidate(rival?)?, is_equal))
    });
    let Some((rival, is_equal)) = rival else {
        let planned = praise(verdict, winner, per);
        let lead = match winner.mean(criterion) {
            Some(mean) => Part::both(
                format!("{planned}{value} on plan"),
                format!(" and {} on average", said(criterion, mean)),
            ),
            None => Part::planned(planned + &value),
        };
        return Sentence { lead, ..Sentence::default() };
    };
    let of = |candidate: &Candidate| said(criterion, candidate.mean(criterion).unwrap_or(0.0));
    let (ours, theirs, other) = (of(winner), of(rival), rival.business.word());
    if !is_equal {
        let lead = format!("{name} is worth most{per} on plan, {value}");
        let is_loss = rival.mean(criterion).is_some_and(|mean| mean < 0.0);
        let verb = if is_loss { "loses least" } else { "is worth most" };
        return Sentence {
            more: vec![Part::simulated(format!("on average {other} {verb}, {theirs} against {ours}"))],
            ..only(lead)
        };
    }
    let equal = format!("on average about equal with {other} ({ours} and {theirs})");
    let mut more = vec![Part::simulated(equal)];
    if let (Ok(own), Ok(others)) = (winner.capital_usd, rival.capital_usd)
        && own > MORE_CAPITAL * others
    {
        let times = format::significant(own / others, 2);
        more.push(Part::planned(format!("{word} ties up {times} times the capital")));
    }
    Sentence { more, ..only(format!("{name} is worth most{per} on plan, {value}")) }
}

/// The business that is worth most, up to the figure; alone where no other earns its capital.
fn praise(verdict: &Verdict, winner: &Candidate, per: &str) -> String {
    let name = headed(winner.business);
    let others = || verdict.ranking.iter().filter(|ranked| ranked.business.business != winner.business);
    if others().next().is_none() {
        format!("{name} is worth{per} ")
    } else if others().all(|ranked| ranked.business.npv_usd < 0.0) {
        format!("Only {} earns its cost of capital{per}, ", winner.business.word())
    } else {
        format!("{name} is worth most{per}, ")
    }
}

/// Several are about equal.
fn equal(criterion: Criterion, all: &[&Candidate]) -> String {
    let names: Vec<String> = all.iter().map(|one| one.business.word().to_owned()).collect();
    let names = crate::words::capitalised(&join(&names));
    let values = |words: &dyn Fn(f64) -> String| {
        let each = all.iter().map(|one| words(one.value(criterion).unwrap_or(0.0)));
        join(&each.collect::<Vec<_>>())
    };
    match criterion {
        Criterion::Value => format!("{names} are about equal, {}", values(&money)),
        Criterion::ValuePerCapex => {
            format!("{names} are about equal per dollar, {}", values(&multiple))
        }
        Criterion::Payback => {
            format!("{names} pay back at about the same time, in {}", values(&duration))
        }
        Criterion::Irr => format!("{names} return about the same, {} a year", values(&percent)),
        Criterion::Loss => {
            let each: Vec<String> = all.iter().map(|one| often(one)).collect();
            let first = all.first().map(|one| one.business.word()).unwrap_or_default();
            format!(
                "{names} lose about as often, in {} of 100 futures; {first} loses least per dollar",
                join(&each)
            )
        }
    }
}

/// Ranking by means of plans that are about equal, where it differs from that of the plans.
fn mean_of_equals(verdict: &Verdict, all: &[&Candidate]) -> Vec<Part> {
    let Some(by_mean) = &verdict.by_mean else { return Vec::new() };
    let means = all.iter().map(|one| one.mean(verdict.criterion).map(|mean| said(verdict.criterion, mean)));
    let Some(means) = means.collect::<Option<Vec<String>>>() else { return Vec::new() };
    let others_tie =
        all.iter().all(|one| one.business == by_mean.winner || by_mean.about_equal.contains(&one.business));
    if others_tie {
        return vec![Part::simulated(format!("on average too, {}", join(&means)))];
    }
    vec![Part::simulated(format!("on average {} is ahead, {}", by_mean.winner.word(), join(&means)))]
}
