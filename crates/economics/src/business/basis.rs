//! Whose money is counted: the project's before or after tax, or the owner's after tax and debt.

/// The flows that measures, curves and reports are made of.
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

    /// The stable name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::ProjectBeforeTax => "project_before_tax",
            Self::ProjectAfterTax => "project_after_tax",
            Self::EquityAfterTax => "equity_after_tax",
        }
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ProjectBeforeTax => "Project before tax",
            Self::ProjectAfterTax => "Project after tax",
            Self::EquityAfterTax => "Equity after tax",
        }
    }
}
