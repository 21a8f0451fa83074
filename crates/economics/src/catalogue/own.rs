//! Rows of each business that the formulas of every business read.

use crate::input::{Input, Number};

/// Rows of a business that the formulas of every business read, if it has them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnRows {
    /// `None` for a business that is live at once and builds nothing.
    pub construction: Option<Construction>,
    /// `None` for a business without capex, which has no loan.
    pub loan: Option<LoanRows>,
}

/// Rows of construction and works.
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
        /// The rows that the formulas of every business read.
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
