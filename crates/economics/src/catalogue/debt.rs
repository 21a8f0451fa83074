//! The loans of the businesses, and the cash reserve.

use super::ALL;
use crate::business::with_businesses;
use crate::input::{ChoiceOption, Group, Input, inputs};
use crate::units::Unit;

pub(crate) const DEBTS: &[ChoiceOption] = &[
    ChoiceOption { name: "None", label: "No debt", start: "None" },
    ChoiceOption {
        name: "Loan",
        label: "Loan on cost",
        start: "Loan(loan_to_cost:0.6,apr:0.09,term_months:60,grace_months:0)",
    },
    ChoiceOption {
        name: "SizedToDscr",
        label: "Sized to DSCR",
        start: "SizedToDscr(dscr:1.4,apr:0.08,term_months:84)",
    },
];

/// The rows of the loan of a business, in a module `loan` beside its other rows: a choice, and the numbers of its
/// variants under the ids of the choice. `loan!(Mining mining "mining")` names variant, folder and word of the list.
macro_rules! loan {
    ($Business:ident $module:ident $word:literal) => {
        pub(crate) mod loan {
            use crate::business::Business;
            use crate::catalogue::debt::DEBTS;
            use crate::catalogue::own::LoanRows;
            use crate::input::{Group, inputs};
            use crate::scenario::Debt;
            use crate::units::Unit;

            inputs!(
                Group::Debt,
                &[Business::$Business],
                DEBT = choice!($module.debt, DEBTS)
                    .named(concat!("Debt, ", $word), Unit::Text)
                    .also(&["loan", "leverage"])
                    .about(
                        "How it is financed",
                        "a loan on each draw of own capex, or sized to the operating cash",
                    )
                    .source("without debt by default"),
                LOAN_TO_COST = variant_number!($module.debt, Debt::Loan { loan_to_cost })
                    .named(concat!("Loan to cost, ", $word), Unit::Fraction)
                    .also(&["LTV", "leverage", "gearing"])
                    .range(0.0, 1.0)
                    .slider(0.0, 1.0, 0.05)
                    .about("Share of own capex that is borrowed", "each draw of own capex")
                    .source("GPUs 60–70 %, shells 80–85 %"),
                DSCR = variant_number!($module.debt, Debt::SizedToDscr { dscr })
                    .named(concat!("DSCR, ", $word), Unit::Ratio)
                    .also(&["debt cover", "debt service cover"])
                    .range(1.0, 5.0)
                    .slider(1.0, 3.0, 0.05)
                    .about("Operating cash over debt service", "payment = operating cash/DSCR")
                    .source("1.3–1.5 for contracted cash"),
                APR = variant_number!($module.debt, Debt::Loan { apr } | Debt::SizedToDscr { apr })
                    .named(concat!("Interest, ", $word), Unit::FractionPerYear)
                    .also(&["APR", "interest rate", "coupon"])
                    .range(0.0, 1.0)
                    .slider(0.0, 0.2, 0.0025)
                    .about("Interest a year, one twelfth a month", "APR/12")
                    .source("GPU debt 9–11 %, shells 7–8 %"),
                TERM_MONTHS = variant_number!(
                    $module.debt,
                    Debt::Loan { term_months } | Debt::SizedToDscr { term_months }
                )
                .whole()
                .named(concat!("Loan term, ", $word), Unit::Months)
                .also(&["tenor", "amortisation"])
                .range(1.0, 600.0)
                .slider(12.0, 240.0, 12.0)
                .about("Months of payments", "level, or sculpted to the operating cash")
                .source("GPUs 4–5 years"),
                GRACE_MONTHS = variant_number!($module.debt, Debt::Loan { grace_months })
                    .whole()
                    .named(concat!("Grace, ", $word), Unit::Months)
                    .also(&["interest only"])
                    .range(0.0, 120.0)
                    .slider(0.0, 36.0, 1.0)
                    .about("Months of interest only before the level payments", "from live")
                    .source("assumption"),
            );

            /// The rows that formulas read.
            pub(crate) const ROWS: LoanRows = LoanRows {
                all: inputs,
                loan_to_cost: &LOAN_TO_COST,
                dscr: &DSCR,
                apr: &APR,
                term_months: &TERM_MONTHS,
            };
        }
    };
}
pub(crate) use loan;

macro_rules! loans {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// The loans of the businesses that spend capital.
        pub(super) fn of_businesses() -> Vec<Input> {
            let own = [$(crate::business::$module::rows::OWN),*];
            own.into_iter().filter_map(|rows| rows.loan).flat_map(|loan| (loan.all)()).collect()
        }
    };
}
with_businesses!(loans);

inputs!(
    Group::Debt,
    ALL,
    CASH_RESERVE_USD = number!(risk.cash_reserve_usd)
        .named("Cash reserve", Unit::Usd)
        .also(&["liquidity", "minimum cash"])
        .range(0.0, 1e12)
        .slider(0.0, 100e6, 1e5)
        .about("Cash held against a shortfall", "reserve + cumulative cash since the end of the ramp")
        .source("none"),
    RESERVE_MONTHS = number!(risk.reserve_months)
        .named("Reserve in months", Unit::Months)
        .also(&["liquidity", "minimum cash", "debt service reserve"])
        .range(0.0, 60.0)
        .slider(0.0, 24.0, 1.0)
        .about(
            "Months of the plan's operating costs and debt service held besides",
            "months·mean of operating costs and debt service after the ramp",
        )
        .source("lenders ask for 3–6 months"),
);
