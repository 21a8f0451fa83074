//! Sentences about the cost of training runs.

use wattfolio_economics::answers::training_cost::{NotCosted, RunCost, change};
use wattfolio_economics::units::Unit;

use crate::format;

/// Below this change a cost stays about the same, fraction.
const ABOUT_NOTHING: f64 = 0.005;

/// A cost on cards: `$72.5M`; the reason where there is none.
pub fn cost(usd: &Result<f64, NotCosted>) -> String {
    match usd {
        Ok(usd) => format::short(*usd, Unit::Usd),
        Err(reason) => reason.to_string(),
    }
}

/// A change of a cost in a sentence: `11 % dearer`, `about as dear`.
fn dearer(change: f64) -> String {
    let percent = format::significant(100.0 * change.abs(), if change.abs() < 0.095 { 1 } else { 2 });
    match change {
        _ if change.abs() < ABOUT_NOTHING => "about as dear as before".to_owned(),
        _ if change > 0.0 => format!("{percent} % dearer"),
        _ => format!("{percent} % cheaper"),
    }
}

/// The sentence of the answer: what a doubled bitcoin does to a run, before and after the network's answer.
pub fn verdict(now: &RunCost, doubled: Option<&RunCost>) -> String {
    let Some(doubled) = doubled else {
        return "A doubled bitcoin lies beyond what is allowed; costs are those of today’s price.".to_owned();
    };
    let rise = |read: fn(&RunCost) -> &Result<f64, NotCosted>| change(read(now), read(doubled));
    let (at_once, answered) = (rise(|cost| &cost.own_at_miners_usd), rise(|cost| &cost.own_answered_usd));
    match (at_once, answered, &now.own_at_miners_usd) {
        (Ok(at_once), Ok(answered), _) if at_once.abs() < ABOUT_NOTHING && answered.abs() < ABOUT_NOTHING => {
            "Even a doubled bitcoin would not pay more for this power than the site does: training costs the same.".to_owned()
        }
        (Ok(at_once), Ok(answered), _) => format!(
            "Where power could mine instead, a doubled bitcoin makes training {}; once the network has answered, {}.",
            dearer(at_once),
            dearer(answered).trim_end_matches(if at_once > 0.0 { " dearer" } else { " cheaper" })
        ),
        (.., Err(reason)) => format!("What a miner would pay for the power is not known: {reason}."),
        _ => "What a doubled bitcoin does to training is not known.".to_owned(),
    }
}

/// The line below the sentence: that the claim is a hypothesis, and how strong it is taken to be.
pub fn conditions(strength: f64) -> String {
    let strength = if strength == 0.0 {
        "its strength is 0, so that rentals stay".to_owned()
    } else {
        format!("its strength is {}", format::plain(strength))
    };
    format!(
        "Known training runs at today’s listed prices, moved with the scenario. That rentals follow bitcoin is a hypothesis; {strength}."
    )
}

/// What the hypothesis means for a rented run.
pub fn hypothesis(strength: f64, now: &RunCost, doubled: Option<&RunCost>) -> String {
    if strength == 0.0 {
        return "At 0 rentals do not follow bitcoin. No source measures that they do, and the record is too short to estimate it."
            .to_owned();
    }
    let rise = format::significant(100.0 * (strength.exp2() - 1.0), 2);
    let costs = match (&now.rental_usd, doubled.map(|cost| &cost.rental_usd)) {
        (Ok(now), Some(Ok(doubled))) => {
            format!(": {} becomes {}", format::short(*now, Unit::Usd), format::short(*doubled, Unit::Usd))
        }
        _ => String::new(),
    };
    format!(
        "At {} a doubled bitcoin raises rentals by {rise} %{costs}. No source measures it, and the record is too short to estimate it: 0 unless you believe it.",
        format::plain(strength)
    )
}

/// GPU-hours on a card: `30.8M`.
pub fn hours(gpu_hours: f64) -> String {
    format::short(gpu_hours, Unit::Usd).trim_start_matches('$').to_owned()
}

/// How many web searches a query takes: `9.7 searches`, `1 search`.
pub fn searches(count: f64) -> String {
    let digits = format::significant(count, if count < 1.0 { 1 } else { 2 });
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    if digits == "1" { "1 search".to_owned() } else { format!("{digits} searches") }
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::kernel::Absent;

    use super::*;

    fn costs(own: f64, miners: f64, answered: f64) -> RunCost {
        RunCost {
            rental_usd: Ok(72e6),
            own_usd: Ok(own),
            own_at_miners_usd: Ok(miners),
            own_answered_usd: Ok(answered),
        }
    }

    #[test]
    fn the_sentence_says_both_rises_or_why_there_are_none() {
        let now = costs(48e6, 51e6, 51e6);
        assert_eq!(
            verdict(&now, Some(&costs(48e6, 56.61e6, 52.02e6))),
            "Where power could mine instead, a doubled bitcoin makes training 11 % dearer; once the network has answered, 2 %."
        );
        assert!(verdict(&now, Some(&now)).contains("training costs the same"));
        assert!(verdict(&now, None).contains("beyond what is allowed"));
        let without = RunCost { own_at_miners_usd: Err(Absent::NothingSold.into()), ..now.clone() };
        assert!(verdict(&without, Some(&now)).contains("nothing sold"));
    }

    #[test]
    fn the_hypothesis_names_its_strength() {
        let (now, doubled) = (costs(1.0, 1.0, 1.0), RunCost { rental_usd: Ok(83e6), ..costs(1.0, 1.0, 1.0) });
        let words = hypothesis(0.2, &now, Some(&doubled));
        assert!(
            words.starts_with("At 0.2 a doubled bitcoin raises rentals by 15 %: $72.0M becomes $83.0M."),
            "{words}"
        );
        assert!(hypothesis(0.0, &now, None).starts_with("At 0 rentals do not follow"));
        assert!(conditions(0.0).contains("hypothesis") && conditions(0.3).contains("0.3"));
    }

    #[test]
    fn searches_are_counted_in_words() {
        assert_eq!(
            [9.667, 1.0, 1.133, 0.8].map(searches),
            ["9.7 searches", "1 search", "1.1 searches", "0.8 searches"]
        );
    }
}
