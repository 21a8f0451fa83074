//! Inputs and formulas that are specific to a business.

use super::case::{Case, Formula};
use super::expr::Expr;
use crate::business::{Business, with_businesses};
use crate::catalogue::own::OwnRows;
use crate::kernel::Line;

/// The formulas of one business.
pub(crate) trait Explained {
    /// Formula of a line of operations that is specific to the business.
    fn operations(&self, case: &Case<'_>, line: Line, t: usize) -> Formula;

    /// End proceeds, USD.
    fn end_proceeds(&self, case: &Case<'_>) -> Expr;

    /// Number of months after the plan whose earnings the end proceeds count.
    fn months_after_end(&self, _: &Case<'_>) -> usize {
        0
    }

    /// Works that the business pays itself, USD.
    fn works(&self, case: &Case<'_>) -> Formula;

    /// Cost of all works at the price of month `t`, USD.
    fn works_at(&self, case: &Case<'_>, _t: usize) -> Formula {
        self.works(case)
    }

    /// Hardware, USD.
    fn hardware(&self, case: &Case<'_>) -> Formula;

    /// The deposit at a colocation data centre, USD.
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
        impl Business {
            /// Input rows of the business that shared formulas read.
            pub(super) const fn own_rows(self) -> OwnRows {
                match self {
                    $(Self::$Business => crate::business::$module::rows::OWN,)*
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
