//! Criteria of a ranking.

use crate::units::Unit;

/// Criterion of a ranking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Criterion {
    /// Net present value, for a site whose megawatts are scarce.
    #[default]
    Value,
    /// Net present value per dollar of capital.
    ValuePerCapex,
    /// Payback for good.
    Payback,
    /// Internal rate of return.
    Irr,
    /// Chance of a negative net present value.
    Loss,
}

impl Criterion {
    /// All criteria, in order.
    pub const ALL: [Self; 5] = [Self::Value, Self::ValuePerCapex, Self::Payback, Self::Irr, Self::Loss];

    /// The stable name, in options and in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::ValuePerCapex => "value_per_capex",
            Self::Payback => "payback",
            Self::Irr => "irr",
            Self::Loss => "loss",
        }
    }

    /// The display name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Value => "Value",
            Self::ValuePerCapex => "Value per $",
            Self::Payback => "Payback",
            Self::Irr => "IRR",
            Self::Loss => "Loss risk",
        }
    }

    /// One-line description.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Value => "Net present value, for a site whose megawatts are scarce",
            Self::ValuePerCapex => {
                "Net present value per dollar of capital, for an owner whose money is scarce"
            }
            Self::Payback => "Months until the money is back for good, without end proceeds",
            Self::Irr => "Internal rate of return a year",
            Self::Loss => {
                "Chance of a negative net present value over simulated paths; ties by CVaR per dollar"
            }
        }
    }

    /// Unit of its values.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Value => Unit::Usd,
            Self::ValuePerCapex => Unit::Multiple,
            Self::Payback => Unit::Months,
            Self::Irr => Unit::FractionPerYear,
            Self::Loss => Unit::Fraction,
        }
    }

    /// Whether less is better.
    pub(super) const fn is_less_better(self) -> bool {
        matches!(self, Self::Payback | Self::Loss)
    }
}
