//! What each business has of its own: inputs under its name, and formulas that it writes in its own way.

use super::case::{Case, Formula};
use super::expr::Expr;
use crate::business::{Business, with_businesses};
use crate::input::{Input, Number};
use crate::kernel::Line;

/// The inputs that every business has, each in rows of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnInputs {
    pub build_months: &'static Input<Number>,
    pub ramp_months: &'static Input<Number>,
    pub site_life_years: &'static Input<Number>,
    pub works_resale_share: &'static Input<Number>,
    pub loan_to_cost: &'static Input<Number>,
    pub dscr: &'static Input<Number>,
    pub apr: &'static Input<Number>,
    pub loan_term_months: &'static Input<Number>,
}

/// The formulas of one business.
pub(crate) trait Explained {
    /// Formula of a line of operations: one that the business alone has, or fills in its own way.
    fn operations(&self, case: &Case<'_>, line: Line, t: usize) -> Formula;

    /// What the end of the plan brings, USD.
    fn end_proceeds(&self, case: &Case<'_>) -> Expr;

    /// Months after the plan whose earnings the end proceeds count.
    fn months_after_end(&self, _: &Case<'_>) -> usize {
        0
    }

    /// Works that the business pays itself, USD.
    fn works(&self, case: &Case<'_>) -> Formula;

    /// Hardware, USD.
    fn hardware(&self, case: &Case<'_>) -> Formula;

    /// The deposit at somebody else's data centre, USD.
    fn deposit(&self, _: &Case<'_>) -> Formula {
        Err("There is no deposit on the own site".to_owned())
    }

    /// Whether it converts the site, so that old machines are sold; if not, why.
    fn converts_site(&self, _: &Case<'_>) -> Result<(), String> {
        Ok(())
    }

    /// Operating cash of a month at start levels, at full ramp and with new machines, USD.
    fn cash_today(&self, case: &Case<'_>) -> Expr;
}

macro_rules! own {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        impl OwnInputs {
            /// Those of a business.
            pub(crate) const fn of(business: Business) -> Self {
                match business {
                    $(Business::$Business => Self {
                        build_months: &crate::business::$module::rows::BUILD_MONTHS,
                        ramp_months: &crate::business::$module::rows::RAMP_MONTHS,
                        site_life_years: &crate::business::$module::rows::SITE_LIFE_YEARS,
                        works_resale_share: &crate::business::$module::rows::WORKS_RESALE_SHARE,
                        loan_to_cost: &crate::catalogue::debt::$module::LOAN_TO_COST,
                        dscr: &crate::catalogue::debt::$module::DSCR,
                        apr: &crate::catalogue::debt::$module::APR,
                        loan_term_months: &crate::catalogue::debt::$module::TERM_MONTHS,
                    },)*
                }
            }
        }

        /// The formulas of the business of a case.
        pub(super) fn own(case: &Case<'_>) -> &'static dyn Explained {
            match case.business() {
                $(Business::$Business => &crate::business::$module::Formulas,)*
            }
        }
    };
}
with_businesses!(own);
