//! What each business writes of its formulas in its own way.

use super::case::{Case, Formula};
use super::expr::Expr;
use super::measures::Told;
use crate::business::{Business, with_businesses};
use crate::kernel::{Line, Maybe};

/// The formulas of one business.
pub(crate) trait Explained {
    /// Formula of a line that the business alone has, or that it fills in its own way.
    fn line(&self, case: &Case<'_>, line: Line, t: usize) -> Option<Formula>;

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

    /// The formula of a figure with the value `result` that the business alone has.
    fn figure(&self, case: &Case<'_>, id: &str, result: &Maybe<f64>) -> Told;
}

macro_rules! formulas {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// The formulas of the business of a case.
        pub(super) fn own(case: &Case<'_>) -> &'static dyn Explained {
            match case.business() {
                $(Business::$Business => &crate::business::$module::Formulas,)*
            }
        }
    };
}
with_businesses!(formulas);
