//! Basis of the flows: the project before or after tax, or the owner after tax and debt.

/// Basis of measures, curves and reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The project, before tax, as if without debt.
    #[default]
    ProjectBeforeTax,
    /// The project after its own tax, as if without debt.
    ProjectAfterTax,
    /// The owner: after tax with interest deducted, with the loan drawn and repaid.
    EquityAfterTax,
}

impl Basis {
    /// All three, in order.
    pub const ALL: [Self; 3] = [Self::ProjectBeforeTax, Self::ProjectAfterTax, Self::EquityAfterTax];

    /// The stable name, in options and in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::ProjectBeforeTax => "before-tax",
            Self::ProjectAfterTax => "after-tax",
            Self::EquityAfterTax => "equity",
        }
    }

    /// One-line description.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::ProjectBeforeTax => "The project before tax, as if without debt",
            Self::ProjectAfterTax => "The project after its own tax, as if without debt",
            Self::EquityAfterTax => "The owner after tax, with the loan drawn and repaid",
        }
    }

    /// The display name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ProjectBeforeTax => "Project before tax",
            Self::ProjectAfterTax => "Project after tax",
            Self::EquityAfterTax => "Equity after tax",
        }
    }
}
