//! Random scenarios for the tests of all crates: any input anywhere in its range, most often at a limit.

use proptest::prelude::*;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Input, Kind, Number, Points};
use wattfolio_economics::scenario::Scenario;

/// Share of a range by which a value misses its limit: small enough to cancel in a careless formula.
const HAIR: f64 = 1e-12;
/// Maximum number of changed inputs.
const MOST_CHANGES: usize = 40;

/// A change of one input: which, where in its range, and which kind of place.
type Change = (usize, f64, u8);

/// A valid scenario in which up to forty inputs differ from the default.
pub fn any_scenario() -> impl Strategy<Value = Scenario> {
    let count = catalogue::inputs().len();
    prop::collection::vec((0..count, 0.0..=1.0f64, 0..8u8), 0..MOST_CHANGES).prop_map(|changes| {
        let mut scenario = Scenario::default();
        for change in changes {
            apply(&mut scenario, change);
        }
        scenario
    })
}

/// Makes a change unless the scenario would not be valid.
fn apply(scenario: &mut Scenario, (index, position, place): Change) {
    if let Some(changed) = changed(scenario, &catalogue::inputs()[index], position, place) {
        *scenario = changed;
    }
}

/// A scenario with another value of one input, at a place in its range; `None` if it would not be valid.
pub fn changed(scenario: &Scenario, input: &Input, position: f64, place: u8) -> Option<Scenario> {
    let mut changed = scenario.clone();
    // A value that does not apply now is refused.
    write(input, &mut changed, position, place).ok()?;
    changed.validate().is_ok().then_some(changed)
}

fn write(
    input: &Input,
    scenario: &mut Scenario,
    position: f64,
    place: u8,
) -> Result<(), wattfolio_economics::scenario::Fault> {
    match &input.kind {
        Kind::Number(number) => input.write_number(scenario, value_at(number, position, place)),
        Kind::Flag(_) => input.write(scenario, if position > 0.5 { "true" } else { "false" }),
        Kind::Choice(choice) => {
            let last = (choice.options.len() - 1) as f64;
            input.write(scenario, choice.options[(position * last).round() as usize].start)
        }
        Kind::Points(points) => input.write(scenario, &points_at(points, position, place)),
        Kind::Month(_) => {
            let (year, month) = (2010 + (position * 90.0) as u32, 1 + u32::from(place));
            input.write(scenario, &format!("{year}-{month:02}"))
        }
        Kind::Text(_) => {
            let names = ["“GPU” \\ 5\"", "Ω ☃ r#None", "", "=1+1"];
            input.write(scenario, names[usize::from(place) % names.len()])
        }
    }
}

/// The limits, their close neighbours, the slider, the whole range, and numbers without a short decimal form.
fn value_at(number: &Number, position: f64, place: u8) -> f64 {
    let within = |(low, high): (f64, f64)| low + position * (high - low);
    let range = number.max - number.min;
    let value = match place {
        0 | 1 => number.min,
        2 | 3 => number.max,
        4 => number.min + HAIR * range * position,
        5 => within(number.slider),
        6 => within((number.min, number.max)),
        _ => number.min + range / (3.0 + position),
    };
    if number.whole { value.round() } else { value }
}

/// One or two later levels of a trajectory.
fn points_at(points: &Points, position: f64, place: u8) -> String {
    let level = match place {
        0 | 1 => points.min,
        2 | 3 => points.max,
        _ => points.min + position * (points.max - points.min),
    };
    let month = position * 90.0;
    if place.is_multiple_of(2) {
        format!("[({month:?},{level:?})]")
    } else {
        format!("[({month:?},{level:?}),({:?},{:?})]", month + 100.0, points.min)
    }
}
