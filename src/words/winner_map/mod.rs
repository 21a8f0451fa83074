//! The words of a map: who is best where, and how far today is from where that changes.

mod headline;

use wattfolio_economics::answers::{Axis, Border, Cell, Field, Leader, Reign, Takeover, WinnerMap};
use wattfolio_economics::business::Business;
use wattfolio_economics::explain::small;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::units::Unit;

use super::sensitivity::label;
use super::{capitalised, join};
use crate::format;

pub use headline::headline;

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

/// What the first is that loses value where another does not: `pays back soonest and still loses value`.
pub fn is_best_and_loses(criterion: Criterion) -> String {
    format!("{} and still loses value", is_best(criterion))
}

/// A share of the cells of a map.
fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.005 {
        "under 1 %".to_owned()
    } else {
        format!("{} %", (100.0 * share).round())
    }
}

/// The finding: on which share of the map each business is best, where the first loses value, and where none earns its capital.
pub fn finding(map: &WinnerMap) -> String {
    let count = map.cells.len().max(1) as f64;
    let share =
        |is: &dyn Fn(Field) -> bool| map.cells.iter().filter(|cell| is(cell.field)).count() as f64 / count;
    let each = |field: fn(Business) -> Field| -> Vec<(Business, f64)> {
        let mut each: Vec<(Business, f64)> =
            Business::ALL.map(|one| (one, share(&|other| other == field(one)))).into();
        each.retain(|(_, share)| *share > 0.0);
        each.sort_by(|a, b| b.1.total_cmp(&a.1));
        each
    };
    let of_map = " of the map";
    let mut parts: Vec<String> = Vec::new();
    parts.extend(led(&each(Field::Best), is_best(map.criterion), of_map));
    let of = if parts.is_empty() { of_map } else { "" };
    parts.extend(led(&each(Field::LosesValue), &is_best_and_loses(map.criterion), of));
    let none = share(&|field| matches!(field, Field::NoneEarns(_)));
    if parts.is_empty() {
        return if none == 1.0 {
            "No business earns its capital anywhere on this map.".to_owned()
        } else if none > 0.0 {
            format!("No business leads clearly; on {} of the map none earns its capital.", percent(none))
        } else {
            "No business leads clearly anywhere on this map.".to_owned()
        };
    }
    if none > 0.0 {
        parts.push(format!("on {} none earns its capital", percent(none)));
    }
    capitalised(&parts.join("; ")) + "."
}

/// On which share each of some businesses is first: `leasing pays back soonest on 55 %, mining on 33 %`; `None` without any.
fn led(shares: &[(Business, f64)], is: &str, of: &str) -> Option<String> {
    let ((first, most), rest) = shares.split_first()?;
    let mut text = format!("{} {is} on {}{of}", first.word(), percent(*most));
    let rest: Vec<String> =
        rest.iter().map(|(one, share)| format!("{} on {}", one.word(), percent(*share))).collect();
    if !rest.is_empty() {
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        text.push_str(", ");
        text.push_str(&join(&rest));
    }
    Some(text)
}

/// The name of a part of a map, on it: `Compute leasing`, `Compute leasing, loses value`.
pub fn of_part(field: Field, criterion: Criterion) -> String {
    match field {
        Field::Best(first) => first.label().to_owned(),
        Field::AboutEqual(_) => "about equal".to_owned(),
        Field::LosesValue(first) => format!("{}, loses value", first.label()),
        Field::NoneEarns(_) => "none earns its capital".to_owned(),
        Field::NoValue => format!("no {}", small(criterion.label())),
        Field::NotAllowed => "not allowed".to_owned(),
    }
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

/// The leads over which a colour grows: `$0 … $514M and more`, `0 … 12 points and more`.
pub fn leads_of_colours(full: f64, unit: Unit) -> String {
    let none = match unit {
        Unit::Fraction | Unit::FractionPerYear => "0".to_owned(),
        unit => format::short(0.0, unit),
    };
    format!("{none} … {} and more", difference(full, unit))
}

/// Who leads.
fn leads(leader: Leader, criterion: Criterion) -> String {
    match leader {
        Leader::Losing(business) => {
            format!("{} {}", capitalised(business.word()), is_best_and_loses(criterion))
        }
        Leader::Business(business) => format!("{} {}", capitalised(business.word()), is_best(criterion)),
        Leader::NoneEarns => "No business earns its capital".to_owned(),
        Leader::NoValue => "No business has a value of this criterion".to_owned(),
    }
}

/// A border in words, and how far it is: `Hosting is worth most below $2.17/GPU-h`, `41 % away`.
pub fn takeover(border: &Border, takeover: &Takeover, criterion: Criterion) -> (String, String) {
    let side = if takeover.value < border.now { "below" } else { "above" };
    let value = format::short(takeover.value, border.input.unit);
    // The same business goes on leading.
    let earns = match (border.leader, takeover.to) {
        (Leader::Losing(now), Leader::Business(then)) if now == then => " and earns its capital",
        _ => "",
    };
    (format!("{}{earns} {side} {value}", leads(takeover.to, criterion)), away(border, takeover))
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

/// That there is no border on a side of today's value: `No border below, down to $0/MWh, the end of the range`.
pub fn no_border(border: &Border, is_below: bool) -> String {
    let (side, end) = if is_below { ("below, down", border.range.0) } else { ("above, up", border.range.1) };
    format!("No border {side} to {}, the end of the range", format::chosen(end, border.input.unit))
}

/// Who leads today's pair over the values of a third input: `Leasing leads up to $148/kW-mo, hosting above that`.
pub fn strip_finding(z: &Axis, reigns: &[Reign]) -> String {
    let [first, between @ .., last] = reigns else {
        return only_reign(z, reigns.first().and_then(|reign| reign.leader));
    };
    let leads = match first.leader {
        Some(Leader::Business(business)) => format!("{} leads", capitalised(business.word())),
        Some(Leader::Losing(business)) => format!("{} leads at a loss", capitalised(business.word())),
        Some(Leader::NoneEarns) => "None earns its capital".to_owned(),
        Some(Leader::NoValue) => "No business has a value of this criterion".to_owned(),
        None => "The scenario contradicts itself".to_owned(),
    };
    let mut parts = vec![format!("{leads} up to {}", at(z, first.to))];
    parts.extend(between.iter().map(|reign| {
        let [from, to] = [reign.from, reign.to].map(|end| at(z, end));
        let values = if from == to { format!("at {from}") } else { format!("from {from} to {to}") };
        format!("{} {values}", follows(reign.leader))
    }));
    let before = between.last().unwrap_or(first);
    let is_next = at(z, before.to) == at(z, last.from);
    let values = if is_next { "above that".to_owned() } else { format!("from {}", at(z, last.from)) };
    parts.push(format!("{} {values}", follows(last.leader)));
    parts.join(", ")
}

/// That one leads at all values of a third input.
fn only_reign(z: &Axis, leader: Option<Leader>) -> String {
    let values = format!("at each of these values of {}", label(z.input));
    match leader {
        Some(Leader::Business(business)) => format!("{} leads {values}", capitalised(business.word())),
        Some(Leader::Losing(business)) => {
            format!("{} leads at a loss {values}", capitalised(business.word()))
        }
        Some(Leader::NoneEarns) => {
            format!("None earns its capital at any of these values of {}", label(z.input))
        }
        Some(Leader::NoValue) => format!("No business has a value of this criterion {values}"),
        None => "The scenario contradicts itself at each of these values".to_owned(),
    }
}

/// Who leads next, in a list.
fn follows(leader: Option<Leader>) -> String {
    match leader {
        Some(Leader::Business(business)) => business.word().to_owned(),
        Some(Leader::Losing(business)) => format!("{} at a loss", business.word()),
        Some(Leader::NoneEarns | Leader::NoValue) => "none".to_owned(),
        None => "not allowed".to_owned(),
    }
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

/// A value of an axis, whole where somebody chose it.
pub fn at(axis: &Axis, value: f64) -> String {
    format::chosen(value, axis.input.unit)
}

/// The title of an axis: `Bitcoin price, log`.
pub fn title(axis: &Axis) -> String {
    format!("{}{}", axis.input.label, if axis.is_log { ", log" } else { "" })
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::catalogue;
    use wattfolio_economics::kernel::Basis;
    use wattfolio_economics::risk::ToTheEnd;
    use wattfolio_economics::scenario::{Scenario, ValidScenario};

    use super::*;

    const BASIS: Basis = Basis::ProjectBeforeTax;

    fn today() -> ValidScenario {
        Scenario::default().validate().expect("valid")
    }

    fn map(criterion: Criterion) -> WinnerMap {
        let scenario = today();
        let axes = Axis::usual(&scenario).expect("axes");
        WinnerMap::new(&scenario, axes, (BASIS, criterion), 24, &ToTheEnd).expect("a map")
    }

    #[test]
    fn the_finding_counts_where_the_first_loses_value() {
        for criterion in [Criterion::Payback, Criterion::Irr] {
            let map = map(criterion);
            let of = |field: Field| map.cells.iter().filter(|cell| cell.field == field).count() as f64;
            let lost = of(Field::LosesValue(Business::Leasing));
            assert!(lost > 0.0 && map.cells.iter().all(|cell| !matches!(cell.field, Field::NoneEarns(_))));
            let share = percent(lost / map.cells.len() as f64);
            let words = format!("leasing {} on {share}", is_best_and_loses(criterion));
            let finding = finding(&map);
            assert!(finding.contains(&words), "“{words}” is not in “{finding}”");
            assert!(!finding.contains("none earns"), "{finding}");
        }
        assert!(!finding(&map(Criterion::Value)).contains("loses"));
        assert_eq!(percent(0.001), "under 1 %");
    }

    #[test]
    fn a_border_at_which_the_first_begins_to_lose_says_so() {
        let growth = catalogue::find("leasing.rental_usd_per_gpu_hour.growth_per_year").expect("an input");
        let border = Border::new(&today(), growth, (BASIS, Criterion::Payback)).expect("borders");
        let below = border.below.expect("it loses value further down");
        let value = format::short(below.value, growth.unit);
        let (text, away) = takeover(&border, &below, Criterion::Payback);
        assert_eq!(text, format!("Leasing pays back soonest and still loses value below {value}"));
        assert!(away.ends_with(" points away"), "{away}");
    }

    #[test]
    fn a_filmstrip_names_the_solved_borders() {
        let scenario = today();
        let of = |id: &str| catalogue::find(id).expect("an input");
        let dear = scenario.with(of("bitcoin.price_usd"), 537_000.0).expect("allowed");
        let growth = of("leasing.rental_usd_per_gpu_hour.growth_per_year");
        let dear = dear.with(growth, -0.43).expect("allowed");
        let z = Axis::of(&dear, of("leasing.gpu_price_usd")).expect("an axis");
        let how = (BASIS, Criterion::Value);
        let reigns = Reign::all(&dear, z.input, (1_000.0, 120_000.0), how).expect("reigns");
        let border = Border::new(&dear, z.input, how).expect("borders");
        let solved = at(&z, border.below.expect("leasing leads below").value);
        assert_eq!(strip_finding(&z, &reigns), format!("Leasing leads up to {solved}, mining above that"));
        assert_eq!(strip_finding(&z, &reigns[..1]), "Leasing leads at each of these values of GPU capex");
    }

    #[test]
    fn leads_of_rates_are_in_points() {
        assert_eq!(leads_of_colours(0.12, Criterion::Irr.unit()), "0 … 12 points and more");
        assert_eq!(leads_of_colours(5.14e8, Criterion::Value.unit()), "$0 … $514M and more");
    }
}
