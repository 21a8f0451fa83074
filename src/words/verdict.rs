//! Sentences made from results: verdicts and the titles of charts.

use std::fmt;

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Absent, Event, Line, Maybe};
use wattfolio_economics::results::{Comparison, Curve, Evaluation, Timeline};
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use crate::format;

/// From so many months on a duration is told in years.
const LEAST_YEARS: f64 = 11.95;

/// A duration inside a sentence: `4.7 years`, `8 months`.
pub fn duration(months: f64) -> String {
    if months >= LEAST_YEARS {
        format!("{} years", format::grouped(months / 12.0, 1))
    } else if (0.95..1.05).contains(&months) {
        "1 month".to_owned()
    } else {
        format!("{} months", format::significant(months, 2))
    }
}

/// The length of the plan: `10 y`, `30 mo`.
pub fn horizon(scenario: &Scenario) -> String {
    let months = scenario.horizon_months;
    if months.is_multiple_of(12) { format!("{} y", months / 12) } else { format!("{months} mo") }
}

/// The calendar month in which an instant of the plan falls: `Jun 2031`.
pub fn calendar(scenario: &Scenario, month: f64) -> String {
    scenario.start.plus(month.max(0.0).floor() as u32).short_name()
}

/// A place in a row: `1st`, `2nd`, `11th`.
pub fn ordinal(place: usize) -> String {
    let ending = match (place % 100, place % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}

/// The number of businesses in a word.
pub const fn count_of_businesses() -> &'static str {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS[Business::COUNT]
}

/// A word with a capital letter.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The businesses that pay back, the fastest first.
pub fn ranking(comparison: &Comparison) -> Vec<(Business, f64)> {
    let mut ranking: Vec<(Business, f64)> = comparison
        .evaluations()
        .filter_map(|evaluation| {
            evaluation.measures.payback_months.ok().map(|months| (evaluation.business, months))
        })
        .collect();
    ranking.sort_by(|a, b| a.1.total_cmp(&b.1));
    ranking
}

/// What became of a business that has no payback, as the end of a sentence.
fn unpaid(evaluation: &Evaluation) -> String {
    let word = evaluation.business.word();
    match evaluation.measures.payback_months {
        Err(Absent::NoCapex) => format!("{word} needs no capital of its own"),
        Err(Absent::OnlyByResale) => format!("{word} does only by resale"),
        _ => format!("{word} never does"),
    }
}

/// What became of each business that has no payback; those that never have one share a verb.
fn unpaid_businesses(comparison: &Comparison) -> Vec<String> {
    let unpaid_ones = |wanted: fn(&Evaluation) -> bool| {
        let is_unpaid =
            move |evaluation: &&Evaluation| evaluation.measures.payback_months.is_err() && wanted(evaluation);
        comparison.evaluations().filter(is_unpaid)
    };
    let names: Vec<String> = unpaid_ones(never).map(|one| one.business.word().to_owned()).collect();
    let head = match names.len() {
        0 | 1 => unpaid_ones(never).map(unpaid).next(),
        _ => Some(format!("{} never do", join(&names))),
    };
    head.into_iter().chain(unpaid_ones(|evaluation| !never(evaluation)).map(unpaid)).collect()
}

/// What the compare page says, in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Who pays back first, or that nobody does.
    pub lead: String,
    /// Who follows.
    pub followers: Option<String>,
    /// What becomes of the others.
    pub others: Option<String>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lead)?;
        [&self.followers, &self.others].into_iter().flatten().try_for_each(|part| write!(f, "; {part}"))
    }
}

/// The verdict of a comparison by payback.
pub fn verdict(scenario: &Scenario, comparison: &Comparison) -> Verdict {
    let ranking = ranking(comparison);
    let missing = Business::ALL.into_iter().filter(|business| comparison.business(*business).is_err());
    let missing = missing.map(|business| format!("{} cannot be evaluated", business.word()));
    let others: Vec<String> = unpaid_businesses(comparison).into_iter().chain(missing).collect();
    let others = (!others.is_empty()).then(|| join(&others));
    match ranking.as_slice() {
        [] => {
            let horizon = duration(f64::from(scenario.horizon_months));
            // That nothing pays back says already that each never does.
            let others = others.filter(|_| !comparison.evaluations().all(never));
            Verdict { lead: format!("Nothing pays back within {horizon}"), followers: None, others }
        }
        [(only, months)] => {
            let lead = format!("Only {} pays back, in {}", only.word(), duration(*months));
            Verdict { lead, followers: None, others }
        }
        [(first, months), rest @ ..] => {
            let lead = format!("{} pays back first, in {}", capitalised(first.word()), duration(*months));
            Verdict { lead, followers: Some(followers(*months, rest)), others }
        }
    }
}

/// Who pays back after the first, whose payback is given in months: `hosting follows at 7.4 and mining at 9.1`.
fn followers(first: f64, rest: &[(Business, f64)]) -> String {
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
    let each = rest.iter().enumerate().map(|(place, (business, months))| {
        let follows = if place == 0 { " follows" } else { "" };
        format!("{}{follows} {}", business.word(), when(*months))
    });
    join(&each.collect::<Vec<_>>())
}

fn never(evaluation: &Evaluation) -> bool {
    evaluation.measures.payback_months == Err(Absent::Never)
}

/// Parts of a sentence as a list: `a`, `a and b`, `a, b and c`.
pub fn join<T: AsRef<str>>(parts: &[T]) -> String {
    let Some((last, first)) = parts.split_last() else { return String::new() };
    let last = last.as_ref();
    let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
    if first.is_empty() { last.to_owned() } else { format!("{} and {last}", first.join(", ")) }
}

/// The line under the verdict.
pub fn conditions(scenario: &Scenario) -> String {
    format!(
        "Electricity {}, bitcoin {}. Each business alone on the whole {}; payback leaves resale out.",
        format::full(scenario.power.price_usd_per_kwh.value, Unit::UsdPerKwh),
        format::full(scenario.bitcoin.price_usd.value, Unit::UsdPerBtc),
        format::full(scenario.site.capacity_mw, Unit::Mw),
    )
}

/// The title of a payback chart: what it shows in at most ten words, of the very curve that is drawn.
pub fn payback_title(evaluation: &Evaluation, timeline: &Timeline, curve: Curve) -> String {
    let name = capitalised(evaluation.business.word());
    let measures = &evaluation.measures;
    if curve.discounted {
        let end = evaluation.ledger.line(Line::DiscountedCumulative).last().copied().unwrap_or(0.0);
        return match measures.discounted_payback_months {
            Ok(months) => format!("{name}, discounted, pays back in {}", duration(months)),
            Err(Absent::NoCapex) => format!("{name} needs no capital of its own"),
            Err(_) if curve.with_end_proceeds && end >= 0.0 => {
                format!("{name}, discounted, is paid back only by resale")
            }
            Err(_) => format!("{name}, discounted, never pays back"),
        };
    }
    match (measures.payback_months, measures.payback_last_months) {
        (Err(Absent::NoCapex), _) => format!("{name} needs no capital of its own"),
        (Err(Absent::OnlyByResale), _) => format!("{name} is paid back only by resale"),
        (Err(_), _) => format!("{name} never pays back"),
        (Ok(first), Err(_)) => format!("{name} pays back in {}, then slips below again", duration(first)),
        (Ok(first), Ok(last)) if last > first + 0.5 => {
            format!("{name} is back for good after {}", duration(last))
        }
        (Ok(first), Ok(_)) => match milestone(timeline, first) {
            Some(milestone) => format!("{name} pays back {milestone}"),
            None => format!("{name} pays back in {}", duration(first)),
        },
    }
}

/// What a payback comes before, if that says more than a number.
fn milestone(timeline: &Timeline, payback: f64) -> Option<&'static str> {
    if let Some((end, term)) = timeline.first_term {
        let inside =
            if term == Event::ContractEnds { "inside its contract" } else { "within its first lease" };
        return (payback <= end).then_some(inside);
    }
    let mut halvings = timeline.months_of(Event::Halving);
    match halvings.position(|halving| payback < halving)? {
        0 => Some("before its first halving"),
        1 => Some("before its second halving"),
        _ => None,
    }
}

/// The big figure of a card, its unit, and the words under it.
pub fn card_figure(payback: &Maybe<f64>) -> (String, &'static str, &'static str) {
    match payback {
        Ok(months) if *months >= 11.95 => (format::grouped(months / 12.0, 1), "years", "to pay back"),
        Ok(months) => (format::significant(*months, 2), "months", "to pay back"),
        Err(Absent::NoCapex) => ("–".to_owned(), "", "no own capital"),
        Err(Absent::OnlyByResale) => ("resale".to_owned(), "", "alone pays back"),
        Err(_) => ("never".to_owned(), "", "pays back"),
    }
}

/// How a payback compares with the baseline's.
pub fn against_baseline(now: &Maybe<f64>, baseline: &Maybe<f64>) -> String {
    match (now, baseline) {
        (Ok(now), Ok(before)) => {
            let difference = now - before;
            if difference.abs() < 0.05 {
                "same as baseline".to_owned()
            } else {
                let direction = if difference < 0.0 { "sooner" } else { "later" };
                format!("{} {direction}", format::months_as_years(difference.abs()))
            }
        }
        (Err(_), Ok(before)) => format!("baseline: {}", duration(*before)),
        (Err(now), Err(before)) if now == before => "same as baseline".to_owned(),
        (_, Err(before)) => format!("baseline: {before}"),
    }
}

/// The sentence of the cash-flow page.
pub fn cash_flow_verdict(evaluation: &Evaluation) -> String {
    let name = capitalised(evaluation.business.word());
    let ebitda = evaluation.ledger.line(Line::Ebitda);
    let kept = evaluation.ledger.line(Line::BtcKeptValue);
    let live = evaluation.timing.live();
    let cash = |t: usize| ebitda[t] - kept[t];
    let months: Vec<usize> = (live + 1..ebitda.len()).collect();
    let Some(best) = months.iter().copied().max_by(|a, b| cash(*a).total_cmp(&cash(*b))) else {
        return format!("{name} has no month of operation");
    };
    if cash(best) <= 0.0 {
        return format!("{name} never earns its running costs");
    }
    let peak = format::short(cash(best), Unit::Usd);
    let idle = evaluation.ledger.line(Line::Idle);
    // The run of idle months that lasts to the end begins when the month before it ends.
    let running = idle.iter().rposition(|&idle| idle == 0.0).unwrap_or(0);
    if running + 1 < idle.len() {
        return format!("{name} clears {peak} a month at best, and stands still from {}", year_word(running));
    }
    if let Some(month) = months.iter().copied().find(|&t| t > best && cash(t) <= 0.0) {
        return format!("{name} clears {peak} a month at best, and nothing from {}", year_word(month - 1));
    }
    let last = format::short(cash(ebitda.len() - 1), Unit::Usd);
    format!("{name} clears {peak} a month at best, {last} in the last")
}

fn year_word(month: usize) -> String {
    format!("year {}", format::grouped(month as f64 / 12.0, 1))
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::results::compare;

    use super::*;

    fn verdict_of(change: impl FnOnce(&mut Scenario)) -> String {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        let valid = scenario.validate().unwrap();
        verdict(&valid, &compare(&valid)).to_string()
    }

    #[test]
    fn verdicts_read_like_sentences() {
        assert_eq!(
            verdict_of(|_| ()),
            "Leasing pays back first, in 4.7 years; hosting follows at 7.4; mining never does"
        );
        assert_eq!(
            verdict_of(|s| {
                s.power.price_usd_per_kwh.value = 0.02;
                s.bitcoin.price_usd.value = 150_000.0;
            }),
            "Mining pays back first, in 1.2 years; leasing follows at 4.6 and hosting at 7.4"
        );
        // Months and years never stand beside each other without their names.
        assert_eq!(
            verdict_of(|s| {
                s.power.price_usd_per_kwh.value = 0.02;
                s.bitcoin.price_usd.value = 300_000.0;
            }),
            "Mining pays back first, in 8.8 months; leasing follows after 4.6 years and hosting at 7.4"
        );
        assert_eq!(
            verdict_of(|s| {
                s.leasing.contract_share = 0.0;
                s.leasing.rental_usd_per_gpu_hour.value = 1.0;
            }),
            "Only hosting pays back, in 7.4 years; mining and leasing never do"
        );
        assert_eq!(
            verdict_of(|s| {
                s.hosting.customer_capex_share = 1.0;
                s.leasing.queue_months = 200;
            }),
            "Nothing pays back within 10.0 years; mining never does, hosting needs no capital of its own and leasing cannot be evaluated"
        );
    }

    #[test]
    fn durations_are_said_as_people_say_them() {
        assert_eq!(duration(56.2), "4.7 years");
        assert_eq!(duration(8.3), "8.3 months");
        assert_eq!(duration(1.0), "1 month");
        assert_eq!(duration(11.97), "1.0 years");
    }
}
