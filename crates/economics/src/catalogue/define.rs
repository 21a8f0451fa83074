//! How an input is described: its kind, its reader and writer, and the macros that name it once.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Group, Unit};
use crate::business::Business;
use crate::scenario::{CalendarMonth, Path, Scenario};

/// One input: what it is, where it is stored, and what it may be.
#[derive(Clone, Debug)]
pub struct Input {
    /// The stable name, `power.price_usd_per_kwh`.
    pub id: &'static str,
    /// The name that people read.
    pub label: &'static str,
    /// The chapter it stands in.
    pub group: Group,
    /// Unit of the stored value.
    pub unit: Unit,
    /// What kind of value, with its reader and writer.
    pub kind: Kind,
    /// One line: what it means.
    pub meaning: &'static str,
    /// Where it enters the model.
    pub formula: &'static str,
    /// Where the default comes from.
    pub source: &'static str,
    /// The businesses it moves.
    pub moves: &'static [Business],
    /// Whether it stands among the key drivers.
    pub key_driver: bool,
    /// Whether the feature it belongs to has landed; if not, it is stored and validated, but not shown.
    pub shown: bool,
}

/// What kind of value an input is, with its reader and writer.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A number.
    Number(Number),
    /// On or off.
    Flag(Access<bool>),
    /// A calendar month.
    Month(Access<CalendarMonth>),
    /// Words.
    Text(Access<String>),
    /// One of several options, some with numbers of their own.
    Choice(Choice),
    /// The points of a path.
    Points(Points),
}

/// Reader and writer of a field.
#[derive(Debug)]
pub struct Access<T> {
    /// Reads the field.
    pub get: fn(&Scenario) -> T,
    /// Writes the field.
    pub set: fn(&mut Scenario, T),
}

impl<T> Clone for Access<T> {
    fn clone(&self) -> Self {
        Self { get: self.get, set: self.set }
    }
}

/// A numeric input.
#[derive(Clone, Debug)]
pub struct Number {
    /// Reads the value; `None` while it does not apply, as the fee of a colocation on the own site.
    pub get: fn(&Scenario) -> Option<f64>,
    /// Writes the value; does nothing while it does not apply.
    pub set: fn(&mut Scenario, f64),
    /// Lowest value allowed.
    pub min: f64,
    /// Highest value allowed.
    pub max: f64,
    /// Ends of the slider, within the range.
    pub slider: (f64, f64),
    /// Step of the slider.
    pub step: f64,
    /// How the slider runs.
    pub scale: Scale,
    /// Whether only whole numbers are meant.
    pub whole: bool,
    /// The path of which this is the start value.
    pub path: Option<PathAccess>,
    /// For a value that is derived unless it is set.
    pub automatic: Option<Automatic>,
}

/// Reader and writer of a whole path.
#[derive(Clone, Copy, Debug)]
pub struct PathAccess {
    /// Reads it.
    pub get: fn(&Scenario) -> &Path,
    /// Gives access for a change.
    pub get_mut: fn(&mut Scenario) -> &mut Path,
}

/// A value that is derived unless it is set.
#[derive(Clone, Copy, Debug)]
pub struct Automatic {
    /// Whether it is derived now.
    pub is: fn(&Scenario) -> bool,
    /// Makes it derived again.
    pub restore: fn(&mut Scenario),
}

/// How a slider runs from one end to the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By factors.
    Log,
    /// Over these values only, ascending.
    Stops(&'static [f64]),
}

/// An input that is one of several options.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The options, in order.
    pub options: &'static [ChoiceOption],
    /// The value as RON; `None` while it does not apply.
    pub text: fn(&Scenario) -> Option<String>,
    /// Sets the value from RON.
    pub parse: fn(&mut Scenario, &str) -> Result<(), String>,
}

/// One option of a choice.
#[derive(Clone, Copy, Debug)]
pub struct ChoiceOption {
    /// The name in files.
    pub name: &'static str,
    /// The name that people read.
    pub label: &'static str,
    /// RON of the option with the numbers it starts with.
    pub start: &'static str,
}

impl Choice {
    /// The option that holds now.
    pub fn current(&self, scenario: &Scenario) -> Option<usize> {
        let text = (self.text)(scenario)?;
        let name = text.split('(').next()?;
        self.options.iter().position(|option| option.name == name)
    }
}

/// The later levels of a path.
#[derive(Clone, Debug)]
pub struct Points {
    /// The path.
    pub path: PathAccess,
    /// Lowest level allowed.
    pub min: f64,
    /// Highest level allowed.
    pub max: f64,
}

impl Input {
    pub(super) fn new(id: &'static str, kind: Kind) -> Self {
        Self {
            id,
            label: id,
            group: Group::SiteAndPower,
            unit: Unit::Ratio,
            kind,
            meaning: "",
            formula: "",
            source: "",
            moves: &[],
            key_driver: false,
            shown: true,
        }
    }

    pub(super) fn number(
        id: &'static str,
        get: fn(&Scenario) -> Option<f64>,
        set: fn(&mut Scenario, f64),
    ) -> Self {
        let number = Number {
            get,
            set,
            min: 0.0,
            max: 0.0,
            slider: (0.0, 0.0),
            step: 0.0,
            scale: Scale::Linear,
            whole: false,
            path: None,
            automatic: None,
        };
        Self::new(id, Kind::Number(number))
    }

    fn with_number(mut self, change: impl FnOnce(&mut Number)) -> Self {
        if let Kind::Number(number) = &mut self.kind {
            change(number);
        }
        self
    }

    /// Label and unit.
    pub(super) fn named(mut self, label: &'static str, unit: Unit) -> Self {
        self.label = label;
        self.unit = unit;
        self
    }

    /// The hard limits.
    pub(super) fn range(self, min: f64, max: f64) -> Self {
        self.with_number(|number| {
            (number.min, number.max) = (min, max);
            number.slider = (min, max);
        })
    }

    /// Ends and step of the slider.
    pub(super) fn slider(self, low: f64, high: f64, step: f64) -> Self {
        self.with_number(|number| (number.slider, number.step) = ((low, high), step))
    }

    /// A slider that runs by factors.
    pub(super) fn log(self) -> Self {
        self.with_number(|number| number.scale = Scale::Log)
    }

    /// A slider that knows only these values.
    pub(super) fn stops(self, stops: &'static [f64]) -> Self {
        self.with_number(|number| number.scale = Scale::Stops(stops))
    }

    pub(super) fn whole(self) -> Self {
        self.with_number(|number| number.whole = true)
    }

    pub(super) fn of_path(self, path: PathAccess) -> Self {
        self.with_number(|number| number.path = Some(path))
    }

    pub(super) fn automatic(self, automatic: Automatic) -> Self {
        self.with_number(|number| number.automatic = Some(automatic))
    }

    /// What it means, and where it enters.
    pub(super) fn about(mut self, meaning: &'static str, formula: &'static str) -> Self {
        self.meaning = meaning;
        self.formula = formula;
        self
    }

    pub(super) fn source(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }

    pub(super) fn moves(mut self, moves: &'static [Business]) -> Self {
        self.moves = moves;
        self
    }

    pub(super) fn key(mut self) -> Self {
        self.key_driver = true;
        self
    }

    /// The feature has not landed.
    pub(super) fn hidden(mut self) -> Self {
        self.shown = false;
        self
    }
}

/// Reader and writer of a number.
pub(super) type NumberAccess = (fn(&Scenario) -> Option<f64>, fn(&mut Scenario, f64));

/// The inputs of a path: its start value as described, then growth, floor and points.
pub(super) fn path_inputs(
    value: Input,
    ids: [&'static str; 3],
    access: PathAccess,
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
pub(super) fn to_ron<T: Serialize>(value: &T) -> String {
    // RON escapes a variant called None, but reads it without the escape as well.
    ron::to_string(value).unwrap_or_default().replace("r#None", "None")
}

/// A field from its RON text.
pub(super) fn from_ron<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    ron::from_str(text).map_err(|fault| fault.code.to_string())
}

/// The dotted id of a field.
macro_rules! id {
    ($first:ident $(. $rest:ident)*) => { concat!(stringify!($first) $(, ".", stringify!($rest))*) };
}

/// A number with a fraction.
macro_rules! number {
    ($($field:ident).+) => {
        $crate::catalogue::define::Input::number(
            $crate::catalogue::define::id!($($field).+),
            |scenario| Some(scenario.$($field).+),
            |scenario, value| scenario.$($field).+ = value,
        )
    };
}

/// A whole number.
macro_rules! whole {
    ($($field:ident).+) => {
        $crate::catalogue::define::Input::number(
            $crate::catalogue::define::id!($($field).+),
            |scenario| Some(scenario.$($field).+ as f64),
            |scenario, value| scenario.$($field).+ = value as _,
        )
        .whole()
    };
}

/// The four inputs of a path; the first is described by the expression.
macro_rules! level {
    ($($field:ident).+, $describe:expr) => {{
        let describe: fn($crate::catalogue::define::Input) -> $crate::catalogue::define::Input = $describe;
        $crate::catalogue::define::path_inputs(
            describe($crate::catalogue::define::Input::number(
                $crate::catalogue::define::id!($($field).+),
                |scenario| Some(scenario.$($field).+.value),
                |scenario, value| scenario.$($field).+.value = value,
            )),
            [
                $crate::catalogue::define::id!($($field).+.growth_per_year),
                $crate::catalogue::define::id!($($field).+.floor),
                $crate::catalogue::define::id!($($field).+.points),
            ],
            $crate::catalogue::define::PathAccess {
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
        $crate::catalogue::define::Input::new(
            $crate::catalogue::define::id!($($field).+),
            $crate::catalogue::define::Kind::Flag($crate::catalogue::define::Access {
                get: |scenario| scenario.$($field).+,
                set: |scenario, value| scenario.$($field).+ = value,
            }),
        )
    };
}

/// Words.
macro_rules! text {
    ($($field:ident).+) => {
        $crate::catalogue::define::Input::new(
            $crate::catalogue::define::id!($($field).+),
            $crate::catalogue::define::Kind::Text($crate::catalogue::define::Access {
                get: |scenario| scenario.$($field).+.clone(),
                set: |scenario, value| scenario.$($field).+ = value,
            }),
        )
        .named("", $crate::catalogue::Unit::Text)
    };
}

/// One of several options.
macro_rules! choice {
    ($($field:ident).+, $options:expr) => {
        $crate::catalogue::define::Input::new(
            $crate::catalogue::define::id!($($field).+),
            $crate::catalogue::define::Kind::Choice($crate::catalogue::define::Choice {
                options: $options,
                text: |scenario| Some($crate::catalogue::define::to_ron(&scenario.$($field).+)),
                parse: |scenario, text| {
                    scenario.$($field).+ = $crate::catalogue::define::from_ron(text)?;
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
        $crate::catalogue::define::Input::number(
            $crate::catalogue::define::id!($($field).+.$number),
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
