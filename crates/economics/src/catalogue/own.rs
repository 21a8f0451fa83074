//! Rows that businesses have under names of their own, for what all formulas ask of them.

use crate::input::{Input, Number};

/// The rows of a business that formulas of every business read, as far as it has them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnRows {
    /// Absent for a business that is live at once and builds nothing.
    pub construction: Option<Construction>,
    /// Absent for a business that spends no capital, so that nobody lends on it.
    pub loan: Option<LoanRows>,
}

/// Rows of construction and of the works that it leaves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Construction {
    pub build_months: &'static Input<Number>,
    pub ramp_months: &'static Input<Number>,
    pub site_life_years: &'static Input<Number>,
    pub works_resale_share: &'static Input<Number>,
}

/// Rows of a loan.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LoanRows {
    /// All of them, in the order of the panel.
    pub all: fn() -> Vec<Input>,
    pub loan_to_cost: &'static Input<Number>,
    pub dscr: &'static Input<Number>,
    pub apr: &'static Input<Number>,
    pub term_months: &'static Input<Number>,
}

/// [`OwnRows`] of a business that builds works and may borrow, as the constant `OWN` beside its rows.
macro_rules! built_on_credit {
    () => {
        /// What formulas of every business read of these.
        pub(crate) const OWN: $crate::catalogue::own::OwnRows = $crate::catalogue::own::OwnRows {
            construction: Some($crate::catalogue::own::Construction {
                build_months: &BUILD_MONTHS,
                ramp_months: &RAMP_MONTHS,
                site_life_years: &SITE_LIFE_YEARS,
                works_resale_share: &WORKS_RESALE_SHARE,
            }),
            loan: Some(loan::ROWS),
        };
    };
}
pub(crate) use built_on_credit;
