//! Formulas that each business writes in its own way, found by the business.

use super::case::{Case, Formula};
use super::expr::Expr;
use super::measures::Told;
use crate::business::{Business, with_businesses};
use crate::kernel::{Line, Maybe};

macro_rules! own {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// Formula of a line that the business alone has, or that it fills in its own way.
        pub(super) fn line(case: &Case<'_>, line: Line, t: usize) -> Option<Formula> {
            match case.business() {
                $(Business::$Business => crate::business::$module::formulas::line(case, line, t),)*
            }
        }

        /// Works that the business pays itself, USD.
        pub(super) fn works(case: &Case<'_>) -> Formula {
            match case.business() {
                $(Business::$Business => crate::business::$module::formulas::own_works(case),)*
            }
        }

        /// Hardware, USD.
        pub(super) fn hardware(case: &Case<'_>) -> Formula {
            match case.business() {
                $(Business::$Business => crate::business::$module::formulas::own_hardware(case),)*
            }
        }

        /// The deposit, USD.
        pub(super) fn deposit(case: &Case<'_>) -> Formula {
            match case.business() {
                $(Business::$Business => crate::business::$module::formulas::own_deposit(case),)*
            }
        }

        /// Whether it converts the site, so that old machines are sold.
        pub(super) fn converts_site(case: &Case<'_>) -> Result<(), String> {
            match case.business() {
                $(Business::$Business => crate::business::$module::formulas::converts_site(case),)*
            }
        }

        /// Operating cash of a month at start levels, USD.
        pub(super) fn cash_today(case: &Case<'_>) -> Expr {
            match case.business() {
                $(Business::$Business => crate::business::$module::formulas::cash_today(case),)*
            }
        }

        /// What can be told of a figure that the business alone has.
        pub(super) fn figure(case: &Case<'_>, id: &str, result: &Maybe<f64>) -> Told {
            match case.business() {
                $(Business::$Business => crate::business::$module::formulas::figure(case, id, result),)*
            }
        }
    };
}
with_businesses!(own);
