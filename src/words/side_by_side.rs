//! Scenarios beside each other: differences, the better one, and the sentence of all.

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Better, Maybe};
use wattfolio_economics::results::Comparison;
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use super::verdict::money;
use super::{capitalised, figure, join};
use crate::format;

/// Share of a value below which two values are the same: what rounding makes.
const SAME: f64 = 1e-9;

/// A scenario among others.
#[derive(Debug)]
pub struct Among<'a> {
    /// Its letter.
    pub letter: String,
    /// Its name.
    pub name: &'a str,
    /// Its inputs.
    pub scenario: &'a Scenario,
    /// Its results.
    pub comparison: &'a Comparison,
    /// Which business is best.
    pub verdict: Verdict,
    /// Whether the others are measured against it.
    pub is_baseline: bool,
}

/// A value beside that of the baseline, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The value, or why there is none.
    pub text: String,
    /// Whether there is none.
    pub is_absent: bool,
    /// The difference to the baseline: `+$7.70M`, `−6.0 points`, `same`, `no longer`. Empty at the baseline itself.
    pub delta: String,
    /// The difference as a share of the baseline's value, where that means something: `+40 %`.
    pub share: String,
    /// Whether it alone is the best of all.
    pub is_best: bool,
}

/// The values of a measure in several scenarios, of which one may be the baseline. A tie marks none as the best.
pub fn beside(
    values: &[Option<Maybe<f64>>],
    baseline: Option<usize>,
    unit: Unit,
    better: Better,
) -> Vec<Beside> {
    let known = |index: usize| values.get(index).copied().flatten().and_then(Result::ok);
    let mut cells: Vec<Beside> = values
        .iter()
        .map(|value| match value {
            Some(Ok(value)) => Beside { text: format::short(*value, unit), ..Beside::default() },
            Some(Err(reason)) => {
                Beside { text: reason.short().to_owned(), is_absent: true, ..Beside::default() }
            }
            None => Beside { text: "–".to_owned(), is_absent: true, ..Beside::default() },
        })
        .collect();
    let best = (0..values.len())
        .filter_map(|index| Some((index, known(index)?)))
        .reduce(|best, other| if better.prefers(other.1, best.1) { other } else { best });
    if let Some((index, value)) = best.filter(|_| better != Better::Neither) {
        // What reads alike is no better, however many digits behind it differ.
        let text = cells[index].text.clone();
        let is_alone = (0..values.len())
            .filter(|other| *other != index)
            .filter_map(known)
            .all(|other| better.prefers(value, other));
        let is_shown = cells.iter().filter(|cell| cell.text == text).count() == 1;
        // The only scenario of several that has a value is the best of them.
        cells[index].is_best = is_alone && is_shown && values.len() > 1;
    }
    let Some(baseline) = baseline else { return cells };
    let reference = known(baseline);
    for (index, cell) in cells.iter_mut().enumerate().filter(|(index, _)| *index != baseline) {
        (cell.delta, cell.share) = match (known(index), reference) {
            (Some(value), Some(reference)) => difference(value, reference, unit),
            (Some(_), None) => ("only here".to_owned(), String::new()),
            (None, Some(_)) => ("no longer".to_owned(), String::new()),
            (None, None) => (String::new(), String::new()),
        };
    }
    cells
}

/// A difference, and what share of the reference it is.
pub fn difference(value: f64, reference: f64, unit: Unit) -> (String, String) {
    let delta = value - reference;
    if delta.abs() <= SAME * value.abs().max(reference.abs()) {
        return ("same".to_owned(), String::new());
    }
    if matches!(unit, Unit::Fraction | Unit::FractionPerYear) {
        return (points(delta), String::new());
    }
    let text = format::signed(format::short(delta, unit), delta);
    let share = if reference == 0.0 { 0.0 } else { 100.0 * delta / reference.abs() };
    let share = if share == 0.0 {
        String::new()
    } else {
        format::signed(
            format!("{} %", format::significant(share, if share.abs() < 1.0 { 1 } else { 2 })),
            share,
        )
    };
    (text, share)
}

/// A difference of two shares: `−6.0 points`.
fn points(delta: f64) -> String {
    let points = 100.0 * delta;
    let decimals = usize::from(points.abs() < 9.95);
    let text = format::grouped(points, decimals);
    if text.trim_start_matches('−') == format::grouped(0.0, decimals) {
        return "under 0.1 points".to_owned();
    }
    format!("{} points", format::signed(text, points))
}

/// The sentence about all: who is best in how many, and what the largest difference does to it.
pub fn sentence(all: &[Among<'_>], criterion: Criterion) -> String {
    let count = all.len();
    if count < 2 {
        return "One scenario so far; a new one stands beside it.".to_owned();
    }
    let winners: Vec<Option<Business>> =
        all.iter().map(|one| one.verdict.winner().map(|winner| winner.business)).collect();
    let wins = |business: Business| winners.iter().filter(|winner| **winner == Some(business)).count();
    let of_baseline = all.iter().position(|one| one.is_baseline).and_then(|index| winners[index]);
    // Of two that win as often the one of the baseline leads.
    let rank = |business: &Business| (wins(*business), of_baseline == Some(*business));
    let Some(first) = Business::ALL.into_iter().rev().max_by_key(rank) else {
        return String::new();
    };
    if wins(first) == 0 {
        return format!("No business can be ranked in any of {}.", words_of(count));
    }
    let how = match criterion {
        Criterion::Value => "is worth most",
        Criterion::ValuePerCapex => "is worth most per dollar",
        Criterion::Payback => "pays back first",
        Criterion::Irr => "has the highest rate of return",
        Criterion::Loss => "is least likely to lose",
    };
    let number = if wins(first) == count {
        format!("all {}", words_of(count))
    } else {
        format!("{} of {}", words_of(wins(first)), words_of(count))
    };
    let lead = format!("{} {how} in {number}", capitalised(first.word()));
    match largest_change(all, first) {
        Some(change) => format!("{lead}; {change}."),
        None => format!("{lead}."),
    }
}

/// What the scenario that moves a business most does to its value.
fn largest_change(all: &[Among<'_>], business: Business) -> Option<String> {
    let npv = |one: &Among<'_>| Some(one.comparison.business(business).ok()?.measures.npv_usd);
    let baseline = npv(all.iter().find(|one| one.is_baseline)?)?;
    let others = all.iter().filter(|one| !one.is_baseline).filter_map(|one| Some((one, npv(one)?)));
    let (one, value) = others.max_by(|a, b| (a.1 - baseline).abs().total_cmp(&(b.1 - baseline).abs()))?;
    let (from, to) = (money(baseline), money(value));
    if from == to {
        return None;
    }
    let verb = if (value < 0.0) == (baseline < 0.0) { "takes" } else { "turns" };
    let preposition =
        if verb == "turns" { format!("its {from} into {to}") } else { format!("it from {from} to {to}") };
    Some(format!("{} {verb} {preposition}", one.name))
}

/// What the figures are counted on, and what of the scenarios makes them hard to compare.
pub fn conditions(all: &[Among<'_>]) -> String {
    let basis = all.first().map_or("", |one| one.comparison.basis.label()).to_lowercase();
    let mut parts = vec![format!("NPV at each scenario’s own rates, {basis}.")];
    let groups = |what: &str, of: &dyn Fn(&Scenario) -> String| -> Option<String> {
        let values: Vec<String> = all.iter().map(|one| of(one.scenario)).collect();
        let mut distinct: Vec<&String> = Vec::new();
        for value in &values {
            if !distinct.contains(&value) {
                distinct.push(value);
            }
        }
        if distinct.len() < 2 {
            return None;
        }
        let words: Vec<String> = distinct
            .into_iter()
            .map(|value| {
                let letters = all.iter().zip(&values).filter(|(_, own)| *own == value);
                let letters: Vec<&str> = letters.map(|(one, _)| one.letter.as_str()).collect();
                format!("{value} in {}", join(&letters))
            })
            .collect();
        Some(format!("{what} differ: {}.", words.join(", ")))
    };
    parts.extend(groups("Starts", &|scenario| scenario.start.short_name()));
    parts.extend(groups("Horizons", &|scenario| format!("{} months", scenario.horizon_months)));
    let seeds = groups("Seeds", &|scenario| scenario.risk.seed.to_string());
    match seeds {
        Some(seeds) => parts.push(format!("{seeds} Their simulated figures also differ by chance.")),
        None if all.len() > 1 => {
            let count = all.len();
            let number = if count == 2 { "both".to_owned() } else { format!("all {}", words_of(count)) };
            parts.push(format!(
                "One seed for {number}: differences come from the scenarios, not from chance."
            ));
        }
        None => {}
    }
    parts.join(" ")
}

/// The verdict on one scenario in few words: the best business and its figure; none without one.
pub fn best(verdict: &Verdict) -> Option<(Business, String)> {
    let winner = verdict.winner()?;
    Some((winner.business, format!("{}, {}", winner.business.label(), figure(verdict.criterion, winner))))
}

/// What the row of the verdicts is called.
pub const fn best_label(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Value => "Worth most",
        Criterion::ValuePerCapex => "Worth most per $",
        Criterion::Payback => "Back first",
        Criterion::Irr => "Highest IRR",
        Criterion::Loss => "Least loss risk",
    }
}

fn words_of(count: usize) -> String {
    const WORDS: [&str; 9] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::kernel::Absent;
    use wattfolio_economics::results::compare;

    use super::*;

    fn deltas(values: &[Option<Maybe<f64>>], unit: Unit, better: Better) -> Vec<(String, bool)> {
        let cells = beside(values, Some(0), unit, better).into_iter();
        cells.map(|cell| (format!("{} {}", cell.delta, cell.share).trim().to_owned(), cell.is_best)).collect()
    }

    #[test]
    fn a_difference_has_its_sign_and_share_and_the_better_one_is_marked() {
        let value = |usd: f64| Some(Ok(usd));
        assert_eq!(
            deltas(&[value(-19.3e6), value(-11.6e6), value(-19.3e6)], Unit::Usd, Better::More),
            [(String::new(), false), ("+$7.70M +40 %".to_owned(), true), ("same".to_owned(), false)]
        );
        assert_eq!(
            deltas(&[value(0.29), value(0.008)], Unit::Fraction, Better::Less),
            [(String::new(), false), ("−28 points".to_owned(), true)]
        );
    }

    #[test]
    fn a_tie_marks_none_and_capital_has_no_better_one() {
        let value = |usd: f64| Some(Ok(usd));
        let marked = |values: &[Option<Maybe<f64>>], better| {
            beside(values, Some(0), Unit::Usd, better).iter().filter(|cell| cell.is_best).count()
        };
        assert_eq!(marked(&[value(2.0e6), value(2.0e6), value(1.0e6)], Better::More), 0);
        assert_eq!(marked(&[value(2.0e6), value(2.000_001e6)], Better::More), 0, "they read alike");
        assert_eq!(marked(&[value(2.0e6), value(3.0e6)], Better::Neither), 0);
        assert_eq!(marked(&[value(2.0e6)], Better::More), 0, "of one there is no best");
    }

    #[test]
    fn what_only_some_scenarios_have_is_said() {
        let never = Some(Err(Absent::Never));
        let values = [never, Some(Ok(50.0)), never];
        let cells = beside(&values, Some(0), Unit::Months, Better::Less);
        assert_eq!(cells[1].delta, "only here");
        assert!(cells[1].is_best && cells[0].is_absent && cells[2].delta.is_empty());
        assert_eq!(beside(&values, Some(1), Unit::Months, Better::Less)[0].delta, "no longer");
    }

    fn among<'a>(
        letter: &str,
        name: &'a str,
        scenario: &'a Scenario,
        comparison: &'a Comparison,
    ) -> Among<'a> {
        let verdict = Verdict::new(scenario, comparison, None, Criterion::Value);
        Among { letter: letter.to_owned(), name, scenario, comparison, verdict, is_baseline: letter == "0" }
    }

    #[test]
    fn the_sentence_counts_and_names_what_moves_most() {
        let today = Scenario::default();
        let mut glut = today.clone();
        glut.leasing.rental_usd_per_gpu_hour.value = 1.0;
        glut.risk.seed += 1;
        let results = [&today, &glut].map(|scenario| compare(&scenario.validate().expect("valid")));
        let all = [among("0", "Today", &today, &results[0]), among("A", "Glut", &glut, &results[1])];
        let sentence = sentence(&all, Criterion::Value);
        assert!(sentence.contains(" in one of two; ") || sentence.contains(" in all two; "), "{sentence}");
        assert!(sentence.contains("Glut t"), "{sentence}");
        let conditions = conditions(&all);
        assert!(conditions.contains("Seeds differ: 1 in 0, 2 in A."), "{conditions}");
        assert!(!conditions.contains("Horizons") && !conditions.contains("One seed"), "{conditions}");
    }
}
