//! The words of a map: who is best where.

use wattfolio_economics::answers::{Axis, Cell, Field, WinnerMap};
use wattfolio_economics::business::Business;
use wattfolio_economics::results::verdict::Criterion;

use super::{capitalised, join};
use crate::format;

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

/// A field in words.
pub fn field(cell: &Cell, criterion: Criterion) -> String {
    match cell.field {
        Field::Best(first) => format!("{} {}", capitalised(first.word()), is_best(criterion)),
        Field::AboutEqual(first) => format!("About equal, {} first", first.word()),
        Field::LosesValue(first) => {
            format!("{} {}, and loses value", capitalised(first.word()), is_best(criterion))
        }
        Field::NoneEarns(first) => format!("None earns its capital, {} is the least bad", first.word()),
        Field::NoValue => "No business has a value of this criterion".to_owned(),
        Field::NotAllowed => "The scenario contradicts itself here".to_owned(),
    }
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
