//! What each business has of its own: inputs under its name, and formulas that it writes in its own way.

use super::case::{Case, Formula};
use super::expr::Expr;
use crate::business::{Business, with_businesses};
use crate::catalogue::own::OwnRows;
use crate::kernel::Line;

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

    /// What all of them cost at the price of month `t`, USD.
    fn works_at(&self, case: &Case<'_>, _t: usize) -> Formula {
        self.works(case)
    }

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
        impl Business {
            /// Its own rows that formulas of every business read.
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
