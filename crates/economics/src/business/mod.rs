//! The businesses that a megawatt can be put to, one folder each: inputs, rows of the catalogue, plan, figures, events
//! and formulas.

pub mod hosting;
pub mod leasing;
pub mod mining;
mod plans;

pub use plans::Plan;

/// The three uses of a megawatt, in the order in which they are always shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Business {
    /// Mine bitcoin with own machines.
    Mining,
    /// Let space and power to AI customers.
    Hosting,
    /// Rent out own GPUs by the hour.
    Leasing,
}

impl Business {
    /// All three, in order.
    pub const ALL: [Self; 3] = [Self::Mining, Self::Hosting, Self::Leasing];

    /// The stable name in ids and files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mining => "mining",
            Self::Hosting => "hosting",
            Self::Leasing => "leasing",
        }
    }

    /// The name in titles.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mining => "Mining",
            Self::Hosting => "AI hosting",
            Self::Leasing => "Compute leasing",
        }
    }

    /// The name inside a sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mining => "mining",
            Self::Hosting => "hosting",
            Self::Leasing => "leasing",
        }
    }
}
