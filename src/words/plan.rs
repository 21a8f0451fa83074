//! Words of a plan: durations, dates, titles of charts, the sentence of the cash-flow page.

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Absent, Event, Line, NotEvaluated};
use wattfolio_economics::results::{Curve, Evaluation, Timeline};
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use crate::format;

/// Least number of months that are written as years.
pub(super) const LEAST_YEARS: f64 = 11.95;

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

/// Parts of a sentence as a list: `a`, `a and b`, `a, b and c`.
pub fn join<T: AsRef<str>>(parts: &[T]) -> String {
    let Some((last, first)) = parts.split_last() else { return String::new() };
    let last = last.as_ref();
    let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
    if first.is_empty() { last.to_owned() } else { format!("{} and {last}", first.join(", ")) }
}

/// That something has none of some things: `no mining`, `neither mining nor leasing`.
pub fn none_of(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [name] => format!("no {name}"),
        [first @ .., last] => format!("neither {} nor {last}", first.join(", ")),
    }
}

/// What an overlaid chart leaves out: businesses without capital to be a multiple of.
pub fn without_capital(names: &[&str]) -> String {
    let have = if names.len() > 1 { "have" } else { "has" };
    match names {
        [] => String::new(),
        _ => format!("; without {}, which {have} no capital to be a multiple of", join(names)),
    }
}

/// A word with a capital letter.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Why businesses cannot be evaluated, a sentence each; those with the same reason share one.
pub fn reasons<'a>(reason_of: impl Fn(Business) -> Option<&'a NotEvaluated>) -> String {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for business in Business::ALL {
        let Some(reason) = reason_of(business) else { continue };
        let reason = reason.to_string();
        match reasons.iter_mut().find(|(other, _)| *other == reason) {
            Some((_, names)) => names.push(business.word()),
            None => reasons.push((reason, vec![business.word()])),
        }
    }
    let sentences = reasons.iter().map(|(reason, names)| format!("{}: {reason}.", capitalised(&join(names))));
    sentences.collect::<Vec<String>>().join(" ")
}

/// A reason that stands alone, as a sentence.
pub fn sentence_of(reason: &NotEvaluated) -> String {
    format!("{}.", capitalised(&reason.to_string()))
}

/// The title of a payback chart: what it shows in at most ten words, of the very curve that is drawn.
pub fn payback_title(evaluation: &Evaluation, timeline: &Timeline, curve: Curve) -> String {
    let name = capitalised(evaluation.business.word());
    let name = if curve.discounted { format!("{name}, discounted,") } else { name };
    let measures = &evaluation.measures;
    // Paybacks leave out what comes only because the plan ends; a curve with it may end on the other side of zero.
    let (first, last) = if curve.discounted {
        (measures.discounted_payback_months, measures.discounted_payback_last_months)
    } else {
        (measures.payback_months, measures.payback_last_months)
    };
    let ends_below = || evaluation.curve(curve).last().is_some_and(|end| *end < 0.0);
    match (first, last) {
        (Err(Absent::NoCapex), _) => {
            format!("{} needs no capital of its own", capitalised(evaluation.business.word()))
        }
        (Err(Absent::OnlyByResale), _) => format!("{name} is paid back only by resale"),
        (Err(_), _) => format!("{name} never pays back"),
        (Ok(first), Err(Absent::OnlyByResale)) if curve.with_end_proceeds => {
            format!("{name} pays back in {}, for good by resale", duration(first))
        }
        (Ok(first), Err(_)) => format!("{name} pays back in {}, then slips below again", duration(first)),
        (Ok(first), Ok(_)) if curve.with_end_proceeds && ends_below() => {
            format!("{name} pays back in {}, then slips below again", duration(first))
        }
        (Ok(first), Ok(last)) if last > first + 0.5 => {
            format!("{name} is back for good after {}", duration(last))
        }
        (Ok(first), Ok(_)) => match milestone(timeline, first).filter(|_| !curve.discounted) {
            Some(milestone) => format!("{name} pays back {milestone}"),
            None => format!("{name} pays back in {}", duration(first)),
        },
    }
}

/// Event that a payback precedes, if that says more than a number.
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
    use super::*;

    #[test]
    fn durations_are_said_as_people_say_them() {
        assert_eq!(duration(56.2), "4.7 years");
        assert_eq!(duration(8.3), "8.3 months");
        assert_eq!(duration(1.0), "1 month");
        assert_eq!(duration(11.97), "1.0 years");
    }

    #[test]
    fn one_business_has_no_capital_and_two_have_none() {
        assert_eq!(without_capital(&[]), "");
        assert_eq!(
            without_capital(&["hosting"]),
            "; without hosting, which has no capital to be a multiple of"
        );
        assert_eq!(
            without_capital(&["mining", "hosting"]),
            "; without mining and hosting, which have no capital to be a multiple of"
        );
    }
}
