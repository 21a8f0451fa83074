//! The words of a map: who is best where, and how far today is from where that changes.

use wattfolio_economics::answers::{Axis, Border, Cell, Field, Leader, Takeover, WinnerMap};
use wattfolio_economics::business::Business;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::units::Unit;

use super::sensitivity::label;
use super::{capitalised, join};
use crate::format;

/// From how many times today's value on a border is that many times away, and not so many per cent.
const TIMES: f64 = 10.0;

/// What a business is that is first by a criterion.
pub const fn is_best(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Value => "is worth most",
        Criterion::ValuePerCapex => "is worth most per dollar",
        Criterion::Payback => "pays back soonest",
        Criterion::Irr => "has the highest IRR",
        Criterion::Loss => "loses least often",
    }
}

/// The finding: on which share of the map each business is best.
pub fn finding(map: &WinnerMap) -> String {
    let count = map.cells.len().max(1) as f64;
    let share =
        |is: &dyn Fn(Field) -> bool| map.cells.iter().filter(|cell| is(cell.field)).count() as f64 / count;
    let percent = |share: f64| format!("{} %", (100.0 * share).round());
    let mut best: Vec<(Business, f64)> =
        Business::ALL.map(|one| (one, share(&|field| field == Field::Best(one)))).into();
    best.retain(|(_, share)| *share > 0.0);
    best.sort_by(|a, b| b.1.total_cmp(&a.1));
    let none = share(&|field| matches!(field, Field::NoneEarns(_)));
    let Some(((first, most), rest)) = best.split_first() else {
        let words = if none > 0.5 { "No business earns its capital" } else { "No business leads clearly" };
        return format!("{words} anywhere on this map.");
    };
    let mut text =
        format!("{} {} on {} of the map", capitalised(first.word()), is_best(map.criterion), percent(*most));
    if !rest.is_empty() {
        let rest: Vec<String> =
            rest.iter().map(|(one, share)| format!("{} on {}", one.word(), percent(*share))).collect();
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        text.push_str(", ");
        text.push_str(&join(&rest));
    }
    if none > 0.0 {
        text.push_str("; on ");
        text.push_str(&percent(none));
        text.push_str(" none earns its capital");
    }
    text.push('.');
    text
}

/// How far the first of a cell is ahead: `$70.5M over hosting`; `None` without a second.
fn margin(cell: &Cell, criterion: Criterion) -> Option<String> {
    let (second, lead) = cell.second.zip(cell.lead)?;
    let ahead = if criterion == Criterion::Payback { "before" } else { "over" };
    Some(format!("{} {ahead} {}", difference(lead, criterion.unit()), second.word()))
}

/// A field in a few words, with how far its first is ahead: `leasing leads, $70.5M over hosting`.
pub fn read_out(cell: &Cell, criterion: Criterion) -> String {
    let ahead = margin(cell, criterion).map(|margin| format!(", {margin}")).unwrap_or_default();
    match cell.field {
        Field::Best(first) => format!("{} leads{ahead}", first.word()),
        Field::AboutEqual(_) => format!("about equal{ahead}"),
        Field::LosesValue(first) => format!("{} leads, and loses value", first.word()),
        Field::NoneEarns(_) => "none earns its capital".to_owned(),
        Field::NoValue => "no value of this criterion".to_owned(),
        Field::NotAllowed => "the scenario contradicts itself".to_owned(),
    }
}

/// A difference of two values: of shares in points.
fn difference(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Fraction | Unit::FractionPerYear => format!("{} points", format::significant(100.0 * value, 2)),
        unit => format::short(value, unit),
    }
}

/// Who leads.
fn leads(leader: Leader, criterion: Criterion) -> String {
    match leader {
        Leader::Business(business) => format!("{} {}", capitalised(business.word()), is_best(criterion)),
        Leader::NoneEarns => "No business earns its capital".to_owned(),
        Leader::NoValue => "No business has a value of this criterion".to_owned(),
    }
}

/// A border in words, and how far it is: `Hosting is worth most below $2.17/GPU-h`, `41 % away`.
pub fn takeover(border: &Border, takeover: &Takeover, criterion: Criterion) -> (String, String) {
    let side = if takeover.value < border.now { "below" } else { "above" };
    let value = format::short(takeover.value, border.input.unit);
    (format!("{} {side} {value}", leads(takeover.to, criterion)), away(border, takeover))
}

fn away(border: &Border, takeover: &Takeover) -> String {
    let times = takeover.value / border.now;
    match border.input.unit {
        unit @ (Unit::Fraction | Unit::FractionPerYear) => {
            format!("{} away", difference((takeover.value - border.now).abs(), unit))
        }
        unit if border.now == 0.0 => format!("{} away", difference(takeover.value.abs(), unit)),
        _ if times >= TIMES => format!("{} times today’s", format::significant(times, 2)),
        _ => format!("{} % away", format::significant(100.0 * takeover.away, 2)),
    }
}

/// That there is no border on a side of today's value: `No border below, down to $0/MWh`.
pub fn no_border(border: &Border, is_below: bool) -> String {
    let (side, end) = if is_below { ("below, down", border.range.0) } else { ("above, up", border.range.1) };
    format!("No border {side} to {}, the end of the range", format::short(end, border.input.unit))
}

/// Who leads today's pair over the values of a third input: `Leasing leads up to $150/kW-mo, hosting from $250/kW-mo`.
pub fn strip_finding(z: &Axis, frames: &[(f64, Option<Cell>)]) -> String {
    let leader = |cell: &Option<Cell>| cell.as_ref().and_then(|cell| Leader::of(cell.field));
    let word = |leader: Option<Leader>| match leader {
        Some(Leader::Business(business)) => business.word(),
        Some(Leader::NoneEarns | Leader::NoValue) => "none",
        None => "not allowed",
    };
    let runs: Vec<&[(f64, Option<Cell>)]> =
        frames.chunk_by(|a, b| leader(&a.1) == leader(&b.1)).filter(|run| !run.is_empty()).collect();
    let ends =
        |run: &[(f64, Option<Cell>)]| [run.first(), run.last()].map(|end| end.map_or(0.0, |end| end.0));
    let [first, .., last] = &runs[..] else {
        let who = runs.first().and_then(|run| run.first()).and_then(|(_, cell)| leader(cell));
        let who = who.map_or("not allowed", |who| word(Some(who)));
        return match who {
            "not allowed" => "The scenario contradicts itself at each of these values".to_owned(),
            "none" => format!("None earns its capital at any of these values of {}", label(z.input)),
            who => format!("{} leads at each of these values of {}", capitalised(who), label(z.input)),
        };
    };
    let who = |run: &[(f64, Option<Cell>)]| word(run.first().and_then(|(_, cell)| leader(cell)));
    let between = runs[1..runs.len() - 1].iter().map(|run| {
        let [from, to] = ends(run).map(|end| at(z, end));
        if from == to {
            format!("{} at {from}", who(run))
        } else {
            format!("{} from {from} to {to}", who(run))
        }
    });
    let first = format!("{} leads up to {}", capitalised(who(first)), at(z, ends(first)[1]));
    let last = format!("{} from {}", who(last), at(z, ends(last)[0]));
    std::iter::once(first).chain(between).chain([last]).collect::<Vec<String>>().join(", ")
}

/// A value of an input within a sentence: `hosting fee $130/kW-mo`.
pub fn named(axis: &Axis, value: f64) -> String {
    format!("{} {}", label(axis.input), at(axis, value))
}

/// The value of a business in a cell.
pub fn value(cell: &Cell, business: Business, criterion: Criterion) -> String {
    match cell.values[business] {
        Ok(value) => format::short(value, criterion.unit()),
        Err(reason) => reason.short().to_owned(),
    }
}

/// A pair of values.
pub fn pair(map: &WinnerMap, x: f64, y: f64) -> String {
    format!("{}, {}", at(&map.x, x), at(&map.y, y))
}

/// A value of an axis.
pub fn at(axis: &Axis, value: f64) -> String {
    format::short(value, axis.input.unit)
}
