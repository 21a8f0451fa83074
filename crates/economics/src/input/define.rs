//! How an input is described: the macros that name a field once and build its reader and writer.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Input, Kind, Points, TrajectoryAccess};
use crate::scenario::Scenario;
use crate::units::Unit;

/// Reader and writer of a number.
pub(crate) type NumberAccess = (fn(&Scenario) -> Option<f64>, fn(&mut Scenario, f64));

/// The inputs of a path: its start value as described, then growth, floor and points.
pub(crate) fn path_inputs(
    value: Input,
    ids: [&'static str; 3],
    access: TrajectoryAccess,
    rest: [NumberAccess; 2],
) -> [Input; 4] {
    let (min, max) = match &value.kind {
        Kind::Number(number) => (number.min, number.max),
        _ => (0.0, 0.0),
    };
    let [(get_growth, set_growth), (get_floor, set_floor)] = rest;
    let parent = value.label;
    let derived = |input: Input| Input {
        group: value.group,
        source: value.source,
        moves: value.moves,
        market: value.market,
        shown: value.shown,
        // The table is made once and lives as long as the program.
        label: Box::leak(format!("{parent}, {}", input.label).into_boxed_str()),
        ..input
    };
    let growth = Input::number(ids[0], get_growth, set_growth)
        .named("growth a year", Unit::FractionPerYear)
        .range(-0.95, 10.0)
        .slider(-0.5, 0.5, 0.01)
        .about("Growth of the level a year, after its last point", "value·(1 + growth)^τ, read at mid-month");
    let floor = Input::number(ids[1], get_floor, set_floor)
        .named("floor", value.unit)
        .range(0.0, max)
        .about("The level never falls below this", "max(floor, level)");
    let points = Input::new(ids[2], Kind::Points(Points { path: access, min, max }))
        .named("later levels", value.unit)
        .about(
            "Known levels as (months since the start, level), strictly increasing in time",
            "log-linear between points, linear next to a zero; growth follows the last one",
        );
    let [growth, floor, points] = [growth, floor, points].map(derived);
    [value.of_path(access), growth, floor, points]
}

/// The RON text of a field.
pub(crate) fn to_ron<T: Serialize>(value: &T) -> String {
    // RON escapes a variant called None, but reads it without the escape as well.
    ron::to_string(value).unwrap_or_default().replace("r#None", "None")
}

/// A field from its RON text.
pub(crate) fn from_ron<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    ron::from_str(text).map_err(|fault| fault.code.to_string())
}

/// The dotted id of a field.
macro_rules! id {
    ($first:ident $(. $rest:ident)*) => { concat!(stringify!($first) $(, ".", stringify!($rest))*) };
}

/// A number with a fraction.
macro_rules! number {
    ($($field:ident).+) => {
        $crate::input::Input::number(
            $crate::input::id!($($field).+),
            |scenario| Some(scenario.$($field).+),
            |scenario, value| scenario.$($field).+ = value,
        )
    };
}

/// A whole number.
macro_rules! whole {
    ($($field:ident).+) => {
        $crate::input::Input::number(
            $crate::input::id!($($field).+),
            |scenario| Some(scenario.$($field).+ as f64),
            |scenario, value| scenario.$($field).+ = value as _,
        )
        .whole()
    };
}

/// The four inputs of a path; the first is described by the expression.
macro_rules! level {
    ($($field:ident).+, $describe:expr) => {{
        let describe: fn($crate::input::Input) -> $crate::input::Input = $describe;
        $crate::input::path_inputs(
            describe($crate::input::Input::number(
                $crate::input::id!($($field).+),
                |scenario| Some(scenario.$($field).+.value),
                |scenario, value| scenario.$($field).+.value = value,
            )),
            [
                $crate::input::id!($($field).+.growth_per_year),
                $crate::input::id!($($field).+.floor),
                $crate::input::id!($($field).+.points),
            ],
            $crate::input::TrajectoryAccess {
                get: |scenario| &scenario.$($field).+,
                get_mut: |scenario| &mut scenario.$($field).+,
            },
            [
                (
                    |scenario| Some(scenario.$($field).+.growth_per_year),
                    |scenario, value| scenario.$($field).+.growth_per_year = value,
                ),
                (
                    |scenario| Some(scenario.$($field).+.floor),
                    |scenario, value| scenario.$($field).+.floor = value,
                ),
            ],
        )
    }};
}

/// On or off.
macro_rules! flag {
    ($($field:ident).+) => {
        $crate::input::Input::new(
            $crate::input::id!($($field).+),
            $crate::input::Kind::Flag($crate::input::Access {
                get: |scenario| scenario.$($field).+,
                set: |scenario, value| scenario.$($field).+ = value,
            }),
        )
    };
}

/// Words.
macro_rules! text {
    ($($field:ident).+) => {
        $crate::input::Input::new(
            $crate::input::id!($($field).+),
            $crate::input::Kind::Text($crate::input::Access {
                get: |scenario| scenario.$($field).+.clone(),
                set: |scenario, value| scenario.$($field).+ = value,
            }),
        )
        .named("", $crate::units::Unit::Text)
    };
}

/// One of several options.
macro_rules! choice {
    ($($field:ident).+, $options:expr) => {
        $crate::input::Input::new(
            $crate::input::id!($($field).+),
            $crate::input::Kind::Choice($crate::input::Choice {
                options: $options,
                text: |scenario| Some($crate::input::to_ron(&scenario.$($field).+)),
                parse: |scenario, text| {
                    scenario.$($field).+ = $crate::input::from_ron(text)?;
                    Ok(())
                },
            }),
        )
    };
}

/// A number that belongs to one variant of a choice: `variant_number!(power.contract, PowerContract::Wholesale
/// { hourly_sigma })`.
macro_rules! variant_number {
    ($($field:ident).+, $variant:path { $number:ident }) => {
        $crate::input::Input::number(
            $crate::input::id!($($field).+.$number),
            |scenario| match scenario.$($field).+ {
                $variant { $number, .. } => Some($number as f64),
                _ => None,
            },
            |scenario, value| {
                if let $variant { $number, .. } = &mut scenario.$($field).+ {
                    *$number = value as _;
                }
            },
        )
    };
}

pub(crate) use {choice, flag, id, level, number, text, variant_number, whole};
