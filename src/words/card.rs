//! The words of a card: its figure by the criterion, its badge, and what its value is made of.

use wattfolio_economics::kernel::{Absent, Maybe, OneCustomer};
use wattfolio_economics::results::verdict::{Candidate, Criterion, Place};
use wattfolio_economics::results::{Evaluation, Measure, find_measure, measure};
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use super::plan::{LEAST_YEARS, duration, ordinal};
use super::verdict::{self, EndWords, Terms, loss_share};
use crate::format;

/// The big figure of a card.
pub struct CardFigure {
    /// Its digits, or a word where there is no value.
    pub figure: String,
    /// The unit behind it.
    pub unit: &'static str,
    /// The words under it.
    pub words: &'static str,
    /// The measure that it is; none for a figure of the simulation.
    pub measure: Option<&'static Measure>,
}

/// The figure of a card by a criterion.
pub fn card_figure(criterion: Criterion, candidate: &Candidate) -> CardFigure {
    let value = candidate.value(criterion);
    let of = |words, measure| CardFigure {
        figure: figure(criterion, candidate),
        unit: "",
        words,
        measure: Some(measure),
    };
    match criterion {
        Criterion::Value => of("NPV on plan", &measure::NPV_USD),
        Criterion::ValuePerCapex => of("NPV per dollar", &measure::NPV_PER_CAPEX),
        Criterion::Irr => of("rate of return", &measure::IRR),
        Criterion::Loss => CardFigure { measure: None, ..of("chance of loss", &measure::NPV_USD) },
        Criterion::Payback => {
            let (figure, unit, words) = payback(&value);
            CardFigure { figure, unit, words, measure: Some(&measure::PAYBACK_LAST_MONTHS) }
        }
    }
}

/// A value of a criterion in few letters: `$24.5M`, `14.9 %`, `< 0.03 %`, `7.4 y`, `never`.
pub fn figure(criterion: Criterion, candidate: &Candidate) -> String {
    match (candidate.value(criterion), candidate.odds) {
        (Ok(_), Some(odds)) if criterion == Criterion::Loss => format::probability(&loss_share(&odds)),
        (Ok(months), _) if criterion == Criterion::Payback => format::months_as_years(months),
        (Ok(value), _) => format::short(value, criterion.unit()),
        (Err(reason), _) => reason.short().to_owned(),
    }
}

fn payback(payback: &Maybe<f64>) -> (String, &'static str, &'static str) {
    match payback {
        Ok(months) if *months >= LEAST_YEARS => (format::grouped(months / 12.0, 1), "years", "to pay back"),
        Ok(months) => (format::significant(*months, 2), "months", "to pay back"),
        Err(Absent::NoCapex) => ("–".to_owned(), "", "no own capital"),
        Err(Absent::OnlyByResale) => ("resale".to_owned(), "", "alone pays back"),
        Err(_) => ("never".to_owned(), "", "pays back"),
    }
}

/// Comparison of a value with the baseline's.
pub fn against_baseline(criterion: Criterion, now: &Maybe<f64>, baseline: &Maybe<f64>) -> String {
    let unit = criterion.unit();
    match (now, baseline) {
        (Ok(now), Ok(before)) => {
            let difference = now - before;
            let text = match criterion {
                Criterion::Payback if difference.abs() < 0.05 => String::new(),
                Criterion::Payback => {
                    let direction = if difference < 0.0 { "sooner" } else { "later" };
                    format!("{} {direction}", format::months_as_years(difference.abs()))
                }
                _ if format::short(*now, unit) == format::short(*before, unit) => String::new(),
                _ => format!("was {}", format::short(*before, unit)),
            };
            if text.is_empty() { "same as baseline".to_owned() } else { text }
        }
        (Err(_), Ok(before)) if criterion == Criterion::Payback => format!("baseline: {}", duration(*before)),
        (Err(_), Ok(before)) => format!("was {}", format::short(*before, unit)),
        (Err(now), Err(before)) if now == before => "same as baseline".to_owned(),
        (_, Err(before)) => format!("baseline: {before}"),
    }
}

/// Text of a badge, spelled out and short, and whether it praises.
pub fn badge(place: Place, criterion: Criterion) -> Option<(String, String, bool)> {
    let by = match criterion {
        Criterion::Value => "value",
        Criterion::ValuePerCapex => "value per $",
        Criterion::Payback => "payback",
        Criterion::Irr => "IRR",
        Criterion::Loss => "loss risk",
    };
    let same = |words: &str, is_praise| Some((words.to_owned(), words.to_owned(), is_praise));
    match place {
        Place::Best => Some((format!("Best by {by}"), "Best".to_owned(), true)),
        Place::AboutEqual => same("about equal", false),
        Place::Behind(place) => Some((format!("{} by {by}", ordinal(place)), ordinal(place), false)),
        Place::LosesValue => same("loses value", false),
        Place::Unranked => None,
    }
}

/// What an NPV is made of: `operation −$42.4M` and `lease after $65.3M: all of it`, and whether the end is most of it.
pub fn end_words(candidate: &Candidate, terms: &Terms) -> ([String; 2], bool) {
    let [operation, end] = [candidate.npv_without_end_usd(), candidate.end_proceeds_npv_usd]
        .map(|usd| format::short(usd, Unit::Usd));
    let what = if terms.ends[candidate.business] == EndWords::Lease { "lease after" } else { "end" };
    let operation = format!("operation {operation}");
    if !candidate.is_mostly_end() {
        return ([operation, format!("{what} {end}")], false);
    }
    let share = if candidate.npv_without_end_usd() <= 0.0 {
        "all of it".to_owned()
    } else {
        format!("{} %", format::grouped(100.0 * candidate.end_proceeds_npv_usd / candidate.npv_usd, 0))
    };
    ([operation, format!("{what} {end}: {share}")], true)
}

/// The measure of a power price at which a business breaks even, where it has one.
const BREAK_EVEN_POWER: &str = "break_even_power_usd_per_kwh";

/// What a card adds in its last line: what a loser would need, or what a value hangs on. Empty where there is nothing to add.
pub fn card_note(
    scenario: &Scenario,
    evaluation: &Evaluation,
    candidate: &Candidate,
    terms: &Terms,
) -> String {
    if candidate.npv_usd < 0.0 {
        let measure = find_measure(candidate.business, BREAK_EVEN_POWER);
        let Some(Ok(needed)) = measure.and_then(|measure| measure.read(evaluation)) else {
            return String::new();
        };
        let now = scenario.power.price_usd_per_kwh.value;
        // A break-even is one before tax, and says nothing of a loss that tax or debt makes.
        if needed >= now {
            return String::new();
        }
        let [needed, now] = [needed, now].map(|price| format::plain((price * 1000.0).round()));
        return format!("Power would have to cost ${needed}/MWh, not ${now}, to break even");
    }
    if candidate.is_mostly_end() && candidate.npv_without_end_usd() < 0.0 {
        let without = verdict::money(candidate.npv_without_end_usd());
        return format!("Without {} it is {without}", terms.end_of(candidate.business));
    }
    let one = candidate.customer.filter(OneCustomer::is_objection);
    one.map_or_else(String::new, |one| {
        let share = format::grouped(one.revenue_share * 100.0, 0);
        let whole = if one.revenue_share >= 1.0 { "All".to_owned() } else { format!("{share} %") };
        let term = terms.first_terms[candidate.business];
        let years = term.map(|term| format!(", for {}", duration(term.months)));
        format!("{whole} of its revenue is one customer’s{}", years.unwrap_or_default())
    })
}
