//! Sentences about the cost of training runs.

use wattfolio_economics::answers::training_cost::{NotCosted, RunCost, TrainingCost, change, query_usd};
use wattfolio_economics::scenario::CalendarMonth;
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
    if let Err(reason) = &now.own_usd {
        return format!("What training on own GPUs costs is not known: {reason}.");
    }
    if let Err(reason) = &now.own_at_miners_usd {
        return format!("What a miner would pay for the power is not known: {reason}.");
    }
    let Some(doubled) = doubled else {
        return "A doubled bitcoin lies beyond what is allowed; costs are those of the plan’s own price."
            .to_owned();
    };
    let rise = |read: fn(&RunCost) -> &Result<f64, NotCosted>| change(read(now), read(doubled));
    let (at_once, answered) = (rise(|cost| &cost.own_at_miners_usd), rise(|cost| &cost.own_answered_usd));
    let is_none = |rise: f64| rise.abs() < ABOUT_NOTHING;
    let has_no_answer = now.own_answered_usd == Err(NotCosted::NoAnswer);
    match (at_once, answered) {
        (Ok(at_once), answered) if is_none(at_once) && answered.map_or(has_no_answer, is_none) => {
            "Even a doubled bitcoin would not pay more for this power than the site does: training costs the same.".to_owned()
        }
        (Ok(at_once), Ok(answered)) => format!(
            "Where power could mine instead, a doubled bitcoin makes training {}; once the network has answered, {}.",
            dearer(at_once),
            dearer(answered).trim_end_matches(if at_once > 0.0 { " dearer" } else { " cheaper" })
        ),
        (Ok(at_once), Err(_)) if has_no_answer => format!(
            "Where power could mine instead, a doubled bitcoin makes training {}; this plan’s network does not answer.",
            dearer(at_once)
        ),
        _ => "What a doubled bitcoin does to training is not known.".to_owned(),
    }
}

/// The line below the sentence: what prices are those of, that the claim is a hypothesis, and how strong it is taken to be.
pub fn conditions(cost: &TrainingCost, start: CalendarMonth) -> String {
    let strength = match cost.strength() {
        0.0 => "its strength is 0, so that rentals do not follow".to_owned(),
        strength => format!("its strength is {}", format::plain(strength)),
    };
    let rentals = if cost.moves_rentals() {
        format!(", and at listed rentals moved to {}, the first month of the plan", start.short_name())
    } else {
        " and rentals".to_owned()
    };
    format!(
        "Known training runs at listed GPU prices{rentals}. That rentals follow bitcoin is a hypothesis; {strength}."
    )
}

/// What a run costs at the rental and on own GPUs, as the scenario is.
pub fn title(run: &RunCost, cost: &TrainingCost, start: CalendarMonth) -> String {
    let rental = if cost.moves_rentals() {
        format!("the rental of {}", start.short_name())
    } else {
        "the listed rental".to_owned()
    };
    match (&run.rental_usd, &run.own_usd) {
        (Ok(usd), Err(reason)) => format!("{} at {rental}; {reason}", format::short(*usd, Unit::Usd)),
        (Err(reason), Err(_)) => reason.to_string(),
        (Err(reason), Ok(own)) => format!("{reason}; {} on own GPUs", format::short(*own, Unit::Usd)),
        (Ok(usd), Ok(own)) => format!(
            "{} at {rental}, {} on own GPUs",
            format::short(*usd, Unit::Usd),
            format::short(*own, Unit::Usd)
        ),
    }
}

/// What a miner can pay for the power, USD/MWh.
pub fn power_title(now: f64, doubled: Option<f64>, start: CalendarMonth) -> String {
    let usd = |usd| format::short(usd, Unit::UsdPerMwh);
    let doubled =
        doubled.map(|doubled| format!(", {} at a doubled bitcoin", usd(doubled))).unwrap_or_default();
    format!("A miner can pay {} in {}{doubled}", usd(now), start.short_name())
}

/// What the curves of a miner's power are; of a network that answers, after how many months.
pub fn power_subtitle(machine: &str, answer_months: Option<usize>) -> String {
    let dashed = match answer_months {
        Some(months) => format!("dashed: after {months} months of the network’s answer"),
        None => "this plan’s network does not answer".to_owned(),
    };
    format!("What a MWh earns in a new {machine}, against the bitcoin price; {dashed}")
}

/// The energy of queries beside that of a web search, from the least to the most.
pub fn queries_title(least: f64, most: f64) -> String {
    let searches = searches(most);
    format!("A query takes the energy of {} to {searches}", format::significant(least, 1))
}

/// The cost of the electricity of a query, at a miner's price, if there is one, and at the site's, USD/MWh.
pub fn query_cost(wh_per_query: f64, miner: Option<f64>, site: f64) -> String {
    let at = |whose: &str, usd_per_mwh: f64| {
        let usd = format::short(query_usd(wh_per_query, usd_per_mwh), Unit::Usd);
        format!("{usd} at the {whose} {}", format::short(usd_per_mwh, Unit::UsdPerMwh))
    };
    let miner = miner.map(|usd| format!("{}, ", at("miner’s", usd))).unwrap_or_default();
    let wh = format::significant(wh_per_query, 2);
    format!("The electricity of a query of {wh} Wh costs {miner}{}.", at("site’s", site))
}

/// The date and the source of a figure; once, where the source has the date in its name.
pub fn dated_source(date: &str, source: &str) -> String {
    if source.contains(date) { source.to_owned() } else { format!("{date}, {source}") }
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
    use wattfolio_economics::scenario::Scenario;

    use super::*;

    const START: CalendarMonth = CalendarMonth::known(2021, 11);

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
        let words = verdict(&without, Some(&now));
        assert!(
            words.starts_with("What a miner would pay for the power is not known: nothing sold"),
            "{words}"
        );
    }

    #[test]
    fn what_is_not_known_of_own_gpus_is_not_blamed_on_the_miner() {
        let missing = || Err(NotCosted::NoPrice("V100".to_owned()));
        let run = RunCost {
            rental_usd: Ok(1e6),
            own_usd: missing(),
            own_at_miners_usd: missing(),
            own_answered_usd: missing(),
        };
        assert_eq!(
            verdict(&run, Some(&run)),
            "What training on own GPUs costs is not known: no listed price of the V100."
        );
    }

    #[test]
    fn a_network_that_does_not_answer_has_no_second_figure() {
        let without =
            |miners| RunCost { own_answered_usd: Err(NotCosted::NoAnswer), ..costs(48e6, miners, 0.0) };
        let now = without(51e6);
        assert_eq!(
            verdict(&now, Some(&without(56.61e6))),
            "Where power could mine instead, a doubled bitcoin makes training 11 % dearer; this plan’s network does not answer."
        );
        assert!(verdict(&now, Some(&now)).contains("training costs the same"));
        assert!(power_subtitle("S21", None).ends_with("; this plan’s network does not answer"));
        assert!(
            power_subtitle("S21", Some(24)).ends_with("; dashed: after 24 months of the network’s answer")
        );
    }

    #[test]
    fn prices_are_those_of_the_first_month_of_the_plan() {
        let mut scenario = Scenario { start: START, ..Scenario::default() };
        let cost = crate::market_data::training_cost(&scenario.validate().unwrap());
        let words = conditions(&cost, START);
        assert!(
            words.contains("prices, and at listed rentals moved to Nov 2021, the first month of the plan. "),
            "{words}"
        );
        assert!(
            words.ends_with("a hypothesis; its strength is 0, so that rentals do not follow."),
            "{words}"
        );
        let run = costs(44.9e6, 0.0, 0.0);
        assert_eq!(title(&run, &cost, START), "$72.0M at the rental of Nov 2021, $44.9M on own GPUs");
        assert_eq!(
            power_title(118.2, Some(236.4), START),
            "A miner can pay $118/MWh in Nov 2021, $236/MWh at a doubled bitcoin"
        );
        // Without a listed rental of the own GPU there is nothing that the others could be moved by.
        scenario.leasing.gpu.name = "Own design".to_owned();
        scenario.coupling.rental_elasticity = 0.3;
        let cost = crate::market_data::training_cost(&scenario.validate().unwrap());
        let words = conditions(&cost, START);
        assert!(
            words.starts_with("Known training runs at listed GPU prices and rentals. ")
                && words.ends_with("strength is 0.3."),
            "{words}"
        );
        assert!(title(&run, &cost, START).starts_with("$72.0M at the listed rental, "));
    }

    #[test]
    fn queries_have_their_energy_cost_and_date() {
        assert_eq!(queries_title(0.8, 9.667), "A query takes the energy of 0.8 to 9.7 searches");
        assert_eq!(
            query_cost(0.24, Some(118.0), 45.0),
            "The electricity of a query of 0.24 Wh costs $0.0000283 at the miner’s $118/MWh, $0.0000108 at the site’s $45.0/MWh."
        );
        assert_eq!(dated_source("2023", "de Vries 2023"), "de Vries 2023");
        assert_eq!(dated_source("2009", "Google"), "2009, Google");
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
    }

    #[test]
    fn searches_are_counted_in_words() {
        assert_eq!(
            [9.667, 1.0, 1.133, 0.8].map(searches),
            ["9.7 searches", "1 search", "1.1 searches", "0.8 searches"]
        );
    }
}
