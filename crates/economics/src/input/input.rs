//! The type of an input: description, kind of value, reader and writer.

use crate::business::Business;
use crate::scenario::Factor;
use crate::scenario::{CalendarMonth, Scenario, Trajectory};
use crate::units::Unit;

/// One input: description, storage and allowed values.
///
/// `K` is the kind of its value: [`Kind`] in a list of inputs of all kinds, a type of its own such as [`Number`] in the
/// row that defines the input.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Input<K = Kind> {
    /// The stable name, `power.price_usd_per_kwh`.
    pub id: &'static str,
    /// The display name.
    pub label: &'static str,
    /// Synonyms for search.
    pub synonyms: &'static [&'static str],
    /// Its chapter of the input panel.
    pub group: Group,
    /// Unit of the stored value.
    pub unit: Unit,
    /// Kind of value, with reader and writer.
    pub kind: K,
    /// One-line description.
    pub meaning: &'static str,
    /// Formula by which it enters the model.
    pub formula: &'static str,
    /// Source of the default.
    pub source: &'static str,
    /// The businesses that it can affect in any scenario; see [`Input::moved_businesses`].
    pub(crate) moves: &'static [Business],
    /// Its market, through which it affects the businesses that depend on that market.
    pub market: Option<Factor>,
    /// Whether a business has its own value in a scenario, so that this one does not affect it.
    pub(crate) unless: Option<fn(Business, &Scenario) -> bool>,
    /// The same for growth, floor and points of a trajectory of which this is the start value.
    pub(crate) parts_unless: Option<fn(Business, &Scenario) -> bool>,
    /// Whether it is a key driver.
    pub key_driver: bool,
    /// Whether it is shown; an input of a feature that does not exist yet is stored and validated, but not shown.
    pub shown: bool,
}

/// Kind of an input's value, with reader and writer.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A number.
    Number(Number),
    /// On or off.
    Flag(Access<bool>),
    /// A calendar month.
    Month(Access<CalendarMonth>),
    /// Text.
    Text(Access<String>),
    /// One of several options, some with numbers of their own.
    Choice(Choice),
    /// The points of a trajectory.
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
#[non_exhaustive]
pub struct Number {
    /// Reads the value; `None` while it does not apply, e.g. the colocation fee on the own site.
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
    /// Scale of the slider.
    pub scale: Scale,
    /// Whether only whole numbers are allowed.
    pub whole: bool,
    /// The trajectory of which this is the start value.
    pub trajectory: Option<TrajectoryAccess>,
    /// Present for a value that is derived unless set.
    pub automatic: Option<Automatic>,
}

/// Reader and writer of a whole trajectory.
#[derive(Clone, Copy, Debug)]
pub struct TrajectoryAccess {
    /// Reads it.
    pub get: fn(&Scenario) -> &Trajectory,
    /// Mutable access.
    pub get_mut: fn(&mut Scenario) -> &mut Trajectory,
    /// Its inputs besides the start value.
    pub(crate) parts: TrajectoryParts,
}

/// Id, reader and writer of a number.
pub(crate) type NumberField = (&'static str, fn(&Scenario) -> Option<f64>, fn(&mut Scenario, f64));

/// The inputs that a trajectory has besides its start value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TrajectoryParts {
    pub growth: NumberField,
    pub floor: NumberField,
    /// Id of the later levels.
    pub points: &'static str,
}

/// A value that is derived unless it is set.
#[derive(Clone, Copy, Debug)]
pub struct Automatic {
    /// Whether it is derived now.
    pub is: fn(&Scenario) -> bool,
    /// Makes it derived again.
    pub restore: fn(&mut Scenario),
}

/// Scale of a slider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Linear.
    Linear,
    /// Logarithmic.
    Log,
    /// These values only, ascending.
    Stops(&'static [f64]),
}

/// An input that is one of several options.
#[derive(Clone, Debug)]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct ChoiceOption {
    /// The name in files.
    pub name: &'static str,
    /// The display name.
    pub label: &'static str,
    /// RON of the option with its initial numbers.
    pub start: &'static str,
}

impl Choice {
    /// Index of the chosen option; `None` while the choice does not apply.
    pub fn current(&self, scenario: &Scenario) -> Option<usize> {
        let text = (self.text)(scenario)?;
        let name = text.split('(').next()?;
        self.options.iter().position(|option| option.name == name)
    }
}

/// The later levels of a trajectory.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Points {
    /// The trajectory.
    pub trajectory: TrajectoryAccess,
    /// Lowest level allowed.
    pub min: f64,
    /// Highest level allowed.
    pub max: f64,
}

impl<K> Input<K> {
    pub(crate) const fn new(id: &'static str, kind: K) -> Self {
        Self {
            id,
            label: id,
            synonyms: &[],
            group: Group::SiteAndPower,
            unit: Unit::Text,
            kind,
            meaning: "",
            formula: "",
            source: "",
            moves: &[],
            market: None,
            unless: None,
            parts_unless: None,
            key_driver: false,
            shown: true,
        }
    }

    /// Sets the chapter, and the businesses that it affects.
    pub(crate) const fn of(mut self, group: Group, moves: &'static [Business]) -> Self {
        self.group = group;
        self.moves = moves;
        self
    }

    /// Sets label and unit.
    pub(crate) const fn named(mut self, label: &'static str, unit: Unit) -> Self {
        self.label = label;
        self.unit = unit;
        self
    }

    /// Sets the synonyms.
    pub(crate) const fn also(mut self, synonyms: &'static [&'static str]) -> Self {
        self.synonyms = synonyms;
        self
    }

    /// Sets meaning and formula.
    pub(crate) const fn about(mut self, meaning: &'static str, formula: &'static str) -> Self {
        self.meaning = meaning;
        self.formula = formula;
        self
    }

    pub(crate) const fn source(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }

    pub(crate) const fn moves(mut self, moves: &'static [Business]) -> Self {
        self.moves = moves;
        self
    }

    /// It affects the businesses that depend on a market, and no others.
    pub(crate) const fn market(mut self, market: Factor) -> Self {
        self.market = Some(market);
        self.moves = &[];
        self
    }

    /// It does not affect a business that has its own value.
    pub(crate) const fn unless(mut self, has_own: fn(Business, &Scenario) -> bool) -> Self {
        self.unless = Some(has_own);
        self
    }

    /// Growth, floor and points of the trajectory do not move a business where this holds.
    pub(crate) const fn parts_unless(mut self, has_own: fn(Business, &Scenario) -> bool) -> Self {
        self.parts_unless = Some(has_own);
        self
    }

    pub(crate) const fn key(mut self) -> Self {
        self.key_driver = true;
        self
    }

    /// Hides it: its feature does not exist yet.
    pub(crate) const fn hidden(mut self) -> Self {
        self.shown = false;
        self
    }
}

impl Input<Number> {
    pub(crate) const fn number((id, get, set): NumberField) -> Self {
        let number = Number {
            get,
            set,
            min: 0.0,
            max: 0.0,
            slider: (0.0, 0.0),
            step: 0.0,
            scale: Scale::Linear,
            whole: false,
            trajectory: None,
            automatic: None,
        };
        Self::new(id, number)
    }

    /// Sets the allowed range.
    pub(crate) const fn range(mut self, min: f64, max: f64) -> Self {
        self.kind.min = min;
        self.kind.max = max;
        self.kind.slider = (min, max);
        self
    }

    /// Sets ends and step of the slider.
    pub(crate) const fn slider(mut self, low: f64, high: f64, step: f64) -> Self {
        self.kind.slider = (low, high);
        self.kind.step = step;
        self
    }

    /// Makes the slider logarithmic.
    pub(crate) const fn log(mut self) -> Self {
        self.kind.scale = Scale::Log;
        self
    }

    /// Limits the slider to these values.
    pub(crate) const fn stops(mut self, stops: &'static [f64]) -> Self {
        self.kind.scale = Scale::Stops(stops);
        self
    }

    pub(crate) const fn whole(mut self) -> Self {
        self.kind.whole = true;
        self
    }

    pub(crate) const fn of_trajectory(mut self, trajectory: TrajectoryAccess) -> Self {
        self.kind.trajectory = Some(trajectory);
        self
    }

    pub(crate) const fn automatic(mut self, automatic: Automatic) -> Self {
        self.kind.automatic = Some(automatic);
        self
    }
}

/// Inputs are equal if their ids are.
impl PartialEq for Input {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Input {}

/// A chapter of the input panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Start, horizon, site and electricity.
    SiteAndPower,
    /// Price, subsidy, fees and hashrate.
    BitcoinNetwork,
    /// Inputs of one business.
    Of(Business),
    /// Elasticities of other markets to the bitcoin price.
    Couplings,
    /// Discounting, inflation, tax.
    Finance,
    /// Loans of the businesses.
    Debt,
    /// Volatilities and correlations.
    Risk,
    /// Shares of the site.
    Mix,
}

impl Group {
    /// Every chapter in order.
    pub fn all() -> impl Iterator<Item = Self> {
        let before = [Self::SiteAndPower, Self::BitcoinNetwork];
        let after = [Self::Couplings, Self::Finance, Self::Debt, Self::Risk, Self::Mix];
        before.into_iter().chain(Business::ALL.map(Self::Of)).chain(after)
    }

    /// The display title.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SiteAndPower => "Site and power",
            Self::BitcoinNetwork => "Bitcoin network",
            Self::Of(business) => business.label(),
            Self::Couplings => "Couplings",
            Self::Finance => "Finance",
            Self::Debt => "Debt",
            Self::Risk => "Risk",
            Self::Mix => "Mix",
        }
    }
}
