//! The macros that define an input: they take a field once and build its handle, reader and writer.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Access, Choice, Input, Kind, Number, Points, TrajectoryAccess};
use crate::scenario::CalendarMonth;
use crate::units::Unit;

/// The kind of value of a row, convertible to [`Kind`].
pub(crate) trait InputKind: Clone {
    /// Converts it to [`Kind`].
    fn kind(self) -> Kind;

    /// Further inputs that a row defines.
    fn parts(_: &Input<Self>) -> Vec<Input> {
        Vec::new()
    }
}

impl InputKind for Number {
    fn kind(self) -> Kind {
        Kind::Number(self)
    }

    fn parts(input: &Input<Self>) -> Vec<Input> {
        input.kind.trajectory.map(|trajectory| input.trajectory_inputs(trajectory).into()).unwrap_or_default()
    }
}

macro_rules! kinds {
    ($($Type:ty => $Kind:ident,)*) => {
        $(impl InputKind for $Type {
            fn kind(self) -> Kind {
                Kind::$Kind(self)
            }
        })*
    };
}
kinds! {
    Access<bool> => Flag,
    Access<CalendarMonth> => Month,
    Access<String> => Text,
    Choice => Choice,
    Points => Points,
}

/// Appends a row and its further inputs to a list of all kinds.
pub(crate) fn list<K: InputKind>(row: &Input<K>, inputs: &mut Vec<Input>) {
    inputs.push(of_any_kind(row.clone()));
    inputs.extend(K::parts(row));
}

fn of_any_kind<K: InputKind>(row: Input<K>) -> Input {
    let Input {
        id,
        label,
        synonyms,
        group,
        unit,
        kind,
        meaning,
        formula,
        source,
        moves,
        market,
        unless,
        parts_unless,
        key_driver,
        shown,
    } = row;
    let kind = kind.kind();
    Input {
        id,
        label,
        synonyms,
        group,
        unit,
        kind,
        meaning,
        formula,
        source,
        moves,
        market,
        unless,
        parts_unless,
        key_driver,
        shown,
    }
}

impl Input<Number> {
    /// Growth, floor and points of a trajectory, of which this is the start value.
    fn trajectory_inputs(&self, trajectory: TrajectoryAccess) -> [Input; 3] {
        let Number { min, max, .. } = self.kind;
        let growth = Self::number(trajectory.parts.growth)
            .named("growth a year", Unit::FractionPerYear)
            .range(-0.95, 10.0)
            .slider(-0.5, 0.5, 0.01)
            .about(
                "Growth of the level a year, after its last point",
                "value·(1 + growth)^τ, read at mid-month",
            );
        let floor = Self::number(trajectory.parts.floor)
            .named("floor", self.unit)
            .range(0.0, max)
            .about("The level never falls below this", "max(floor, level)");
        let points = Input::new(trajectory.parts.points, Points { trajectory, min, max })
            .named("later levels", self.unit)
            .about(
                "Known levels as (months since the start, level), strictly increasing in time",
                "log-linear between points, linear next to a zero; growth follows the last one",
            );
        [of_any_kind(growth), of_any_kind(floor), of_any_kind(points)].map(|input| Input {
            group: self.group,
            synonyms: self.synonyms,
            source: self.source,
            moves: self.moves,
            market: self.market,
            unless: self.parts_unless,
            shown: self.shown,
            // Leaked once: the table lives as long as the program.
            label: Box::leak(format!("{}, {}", self.label, input.label).into_boxed_str()),
            ..input
        })
    }
}

/// The RON text of a field.
pub(crate) fn to_ron<T: Serialize>(value: &T) -> String {
    // RON escapes a variant called None, but reads it without the escape as well.
    ron::to_string(value).unwrap_or_default().replace("r#None", "None")
}

/// A field from its RON text.
pub(crate) fn from_ron<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    ron::from_str(text)
        .map_err(|fault| super::hint::words(text, &fault).unwrap_or_else(|| fault.code.to_string()))
}

/// The rows of a chapter: a handle for each, and the list of all in order.
///
/// `inputs!(Group::Of(Business::Mining), MINING, PUE = number!(mining.pue).named(…), …)` makes the handle `PUE`. A row
/// can override the group and businesses.
macro_rules! inputs {
    (
        $group:expr,
        $moves:expr,
        $($NAME:ident = $define:ident!$field:tt $(.$with:ident $arguments:tt)*),+ $(,)?
    ) => {
        $(
            pub(crate) static $NAME: $crate::input::Input<$crate::input::kind_of!($define)> =
                $crate::input::$define!$field.of($group, $moves)$(.$with $arguments)*;
        )+

        /// The rows of this chapter.
        pub(crate) fn inputs() -> Vec<$crate::input::Input> {
            let mut inputs = Vec::new();
            $($crate::input::list(&$NAME, &mut inputs);)+
            inputs
        }
    };
}

/// The kind of value that a macro describes.
macro_rules! kind_of {
    (flag) => { $crate::input::Access<bool> };
    (month) => { $crate::input::Access<$crate::scenario::CalendarMonth> };
    (text) => { $crate::input::Access<String> };
    (choice) => { $crate::input::Choice };
    (choice_by) => { $crate::input::Choice };
    ($number:ident) => { $crate::input::Number };
}

/// The dotted id of a field.
macro_rules! id {
    ($first:ident $(. $rest:ident)*) => { concat!(stringify!($first) $(, ".", stringify!($rest))*) };
}

/// A number with a fraction.
macro_rules! number {
    ($($field:ident).+) => {
        $crate::input::Input::number((
            $crate::input::id!($($field).+),
            |scenario| Some(scenario.$($field).+),
            |scenario, value| scenario.$($field).+ = value,
        ))
    };
}

/// A whole number.
macro_rules! whole {
    ($($field:ident).+) => {
        $crate::input::Input::number((
            $crate::input::id!($($field).+),
            |scenario| Some(scenario.$($field).+ as f64),
            |scenario, value| scenario.$($field).+ = value as _,
        ))
        .whole()
    };
}

/// The start value of a trajectory, which stands for its growth, floor and points as well.
macro_rules! level {
    ($($field:ident).+) => {
        $crate::input::Input::number((
            $crate::input::id!($($field).+),
            |scenario| Some(scenario.$($field).+.value),
            |scenario, value| scenario.$($field).+.value = value,
        ))
        .of_trajectory($crate::input::TrajectoryAccess {
            get: |scenario| &scenario.$($field).+,
            get_mut: |scenario| &mut scenario.$($field).+,
            parts: $crate::input::TrajectoryParts {
                growth: (
                    $crate::input::id!($($field).+.growth_per_year),
                    |scenario| Some(scenario.$($field).+.growth_per_year),
                    |scenario, value| scenario.$($field).+.growth_per_year = value,
                ),
                floor: (
                    $crate::input::id!($($field).+.floor),
                    |scenario| Some(scenario.$($field).+.floor),
                    |scenario, value| scenario.$($field).+.floor = value,
                ),
                points: $crate::input::id!($($field).+.points),
            },
        })
    };
}

/// A number with its own reader and writer functions.
macro_rules! number_by {
    ($($field:ident).+, $get:expr, $set:expr) => {
        $crate::input::Input::number(($crate::input::id!($($field).+), $get, $set))
    };
}

/// On or off.
macro_rules! flag {
    ($($field:ident).+) => {
        $crate::input::Input::new(
            $crate::input::id!($($field).+),
            $crate::input::Access {
                get: |scenario| scenario.$($field).+,
                set: |scenario, value| scenario.$($field).+ = value,
            },
        )
    };
}

/// A calendar month.
macro_rules! month {
    ($($field:ident).+) => { $crate::input::flag!($($field).+) };
}

/// Text.
macro_rules! text {
    ($($field:ident).+) => {
        $crate::input::Input::new(
            $crate::input::id!($($field).+),
            $crate::input::Access {
                get: |scenario| scenario.$($field).+.clone(),
                set: |scenario, value| scenario.$($field).+ = value,
            },
        )
    };
}

/// One of several options.
macro_rules! choice {
    ($($field:ident).+, $options:expr) => {
        $crate::input::choice_by!(
            $($field).+,
            $options,
            |scenario| Some($crate::input::to_ron(&scenario.$($field).+)),
            |scenario, text| {
                scenario.$($field).+ = $crate::input::from_ron(text)?;
                Ok(())
            }
        )
    };
}

/// One of several options, with its own reader and writer functions.
macro_rules! choice_by {
    ($($field:ident).+, $options:expr, $text:expr, $parse:expr) => {
        $crate::input::Input::new(
            $crate::input::id!($($field).+),
            $crate::input::Choice { options: $options, text: $text, parse: $parse },
        )
    };
}

/// A number that belongs to a variant of a choice, or to two: `variant_number!(power.contract,
/// PowerContract::Wholesale { hourly_sigma })`.
macro_rules! variant_number {
    ($($field:ident).+, $Choice:ident::$Variant:ident($number:ident)) => {
        $crate::input::variant_number!(@ $($field).+, $number, $Choice::$Variant($number))
    };
    ($($field:ident).+, $variant:path { $number:ident }) => {
        $crate::input::variant_number!(@ $($field).+, $number, $variant { $number, .. })
    };
    ($($field:ident).+, $variant:path { $number:ident } | $other:path { $same:ident }) => {
        $crate::input::variant_number!(@ $($field).+, $number, $variant { $number, .. } | $other { $number, .. })
    };
    (@ $($field:ident).+, $number:ident, $pattern:pat) => {
        $crate::input::Input::number((
            $crate::input::id!($($field).+.$number),
            |scenario| match scenario.$($field).+ {
                $pattern => Some($number as f64),
                _ => None,
            },
            |scenario, value| {
                if let $pattern = &mut scenario.$($field).+ {
                    *$number = value as _;
                }
            },
        ))
    };
}

pub(crate) use {
    choice, choice_by, flag, id, inputs, kind_of, level, month, number, number_by, text, variant_number,
    whole,
};
