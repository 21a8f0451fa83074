//! How a plan is compiled beside what its scenario says.

use super::whole_machines;

/// How a plan is compiled beside what its scenario says: with late works, or with fractions of machines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    /// Months by which works are later than planned; 0 in the plan.
    pub delay_months: usize,
    /// Whether machines are counted in whole ones.
    pub counts: Counts,
}

impl Variant {
    /// The plan with works that are late.
    pub const fn late(delay_months: usize) -> Self {
        Self { delay_months, counts: Counts::Whole }
    }
}

/// How machines that fit a site are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counts {
    /// In whole machines, as a plan has them.
    #[default]
    Whole,
    /// With fractions, so that a value has a slope where a whole number would jump.
    Continuous,
}

impl Counts {
    /// Machines of a count that fits.
    pub(crate) fn of(self, count: f64) -> f64 {
        match self {
            Self::Whole => whole_machines(count),
            Self::Continuous => count,
        }
    }
}
