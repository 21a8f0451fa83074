//! Discounting, tax, debt and the mix.

use super::{ALL, HARDWARE};
use crate::business::{Business, with_businesses};
use crate::input::{ChoiceOption, Group, Input, choice, number, variant_number};
use crate::scenario::{Debt, Depreciation};
use crate::units::Unit;

const CLASSES: &[ChoiceOption] = &[
    ChoiceOption { name: "Macrs5", label: "MACRS, 5 years", start: "Macrs5" },
    ChoiceOption { name: "Macrs15", label: "MACRS, 15 years", start: "Macrs15" },
    ChoiceOption { name: "StraightLine", label: "Straight line", start: "StraightLine(months:60)" },
    ChoiceOption { name: "None", label: "None until the end", start: "None" },
];

const DEBTS: &[ChoiceOption] = &[
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

pub(super) fn inputs() -> Vec<Input> {
    let mut inputs = rates();
    inputs.extend(tax());
    for input in &mut inputs {
        input.group = Group::Finance;
        if input.moves.is_empty() {
            input.moves = ALL;
        }
    }
    inputs
}

fn rates() -> Vec<Input> {
    vec![
        number!(finance.discount_rate)
            .named("Discount rate", Unit::FractionPerYear)
            .range(-0.5, 5.0)
            .slider(0.0, 0.4, 0.005)
            .about("Cost of capital a year", "NPV at the monthly effective rate (1+r)^(1/12) − 1")
            .source("12–15 % for mining; teens for GPU projects"),
        number!(finance.inflation)
            .named("Inflation", Unit::FractionPerYear)
            .range(-0.5, 1.0)
            .slider(0.0, 0.1, 0.005)
            .about("Inflation of operating costs a year, in yearly steps", "(1 + inflation)^floor((t−1)/12)")
            .source("assumption"),
        number!(finance.finance_rate)
            .named("Finance rate", Unit::FractionPerYear)
            .range(-0.5, 5.0)
            .slider(0.0, 0.3, 0.005)
            .about("Rate at which the MIRR finances negative flows", "MIRR")
            .source("GPU debt 9–11 %"),
        number!(finance.reinvest_rate)
            .named("Reinvestment rate", Unit::FractionPerYear)
            .range(-0.5, 5.0)
            .slider(0.0, 0.3, 0.005)
            .about("Rate at which the MIRR reinvests positive flows", "MIRR")
            .source("assumption"),
    ]
}

fn tax() -> Vec<Input> {
    vec![
        number!(finance.tax_rate)
            .named("Tax rate", Unit::Fraction)
            .range(0.0, 0.9)
            .slider(0.0, 0.5, 0.01)
            .about("Tax on income", "at the end of every 12th month and at T")
            .source("United States: 21 % federal and state tax"),
        number!(finance.nol_limit)
            .named("Loss offset limit", Unit::Fraction)
            .range(0.0, 1.0)
            .slider(0.0, 1.0, 0.05)
            .about(
                "Share of a year's income that losses carried forward may offset",
                "min(losses, limit·income)",
            )
            .source("80 % in the United States"),
        number!(finance.bonus_depreciation)
            .named("Bonus depreciation", Unit::Fraction)
            .range(0.0, 1.0)
            .slider(0.0, 1.0, 0.1)
            .about("Share of the basis that is deducted in the first year", "bonus + (1 − bonus)·class")
            .source("0 by default; 100 % for property acquired after 19 January 2025 in the United States"),
        choice!(finance.hardware_depreciation, CLASSES)
            .named("Hardware class", Unit::Text)
            .about("How hardware is depreciated", "share of the basis a year")
            .source("computers: five years")
            .moves(HARDWARE),
        variant_number!(finance.hardware_depreciation, Depreciation::StraightLine { months })
            .whole()
            .named("Hardware months", Unit::Months)
            .range(1.0, 600.0)
            .slider(12.0, 240.0, 12.0)
            .about("Length of the straight line", "basis/months")
            .source("a choice")
            .moves(HARDWARE),
        choice!(finance.site_depreciation, CLASSES)
            .named("Works class", Unit::Text)
            .about("How site works are depreciated", "share of the basis a year")
            .source("land improvements: fifteen years"),
        variant_number!(finance.site_depreciation, Depreciation::StraightLine { months })
            .whole()
            .named("Works months", Unit::Months)
            .range(1.0, 600.0)
            .slider(12.0, 480.0, 12.0)
            .about("Length of the straight line", "basis/months")
            .source("a choice"),
    ]
}

/// The debt of a business: a choice, and the numbers of its variants under the ids of the choice.
macro_rules! debt {
    ($business:ident, $moves:expr, $name:literal) => {
        [
            choice!($business.debt, DEBTS)
                .named(concat!("Debt, ", $name), Unit::Text)
                .about(
                    "How it is financed",
                    "a loan on each draw of own capex, or sized to the operating cash",
                )
                .source("without debt by default"),
            variant_number!($business.debt, Debt::Loan { loan_to_cost })
                .named(concat!("Loan to cost, ", $name), Unit::Fraction)
                .range(0.0, 1.0)
                .slider(0.0, 1.0, 0.05)
                .about("Share of own capex that is borrowed", "each draw of own capex")
                .source("GPUs 60–70 %, shells 80–85 %"),
            variant_number!($business.debt, Debt::SizedToDscr { dscr })
                .named(concat!("DSCR, ", $name), Unit::Ratio)
                .range(1.0, 5.0)
                .slider(1.0, 3.0, 0.05)
                .about("Operating cash over debt service", "payment = operating cash/DSCR")
                .source("1.3–1.5 for contracted cash"),
            Input::number(
                concat!(stringify!($business), ".debt.apr"),
                |scenario| match scenario.$business.debt {
                    Debt::Loan { apr, .. } | Debt::SizedToDscr { apr, .. } => Some(apr),
                    Debt::None => None,
                },
                |scenario, value| match &mut scenario.$business.debt {
                    Debt::Loan { apr, .. } | Debt::SizedToDscr { apr, .. } => *apr = value,
                    Debt::None => {}
                },
            )
            .named(concat!("Interest, ", $name), Unit::FractionPerYear)
            .range(0.0, 1.0)
            .slider(0.0, 0.2, 0.0025)
            .about("Interest a year, one twelfth a month", "APR/12")
            .source("GPU debt 9–11 %, shells 7–8 %"),
            Input::number(
                concat!(stringify!($business), ".debt.term_months"),
                |scenario| match scenario.$business.debt {
                    Debt::Loan { term_months, .. } | Debt::SizedToDscr { term_months, .. } => {
                        Some(f64::from(term_months))
                    }
                    Debt::None => None,
                },
                |scenario, value| match &mut scenario.$business.debt {
                    Debt::Loan { term_months, .. } | Debt::SizedToDscr { term_months, .. } => {
                        *term_months = value as u32;
                    }
                    Debt::None => {}
                },
            )
            .whole()
            .named(concat!("Loan term, ", $name), Unit::Months)
            .range(1.0, 600.0)
            .slider(12.0, 240.0, 12.0)
            .about("Months of payments", "level, or sculpted to the operating cash")
            .source("GPUs 4–5 years"),
            variant_number!($business.debt, Debt::Loan { grace_months })
                .whole()
                .named(concat!("Grace, ", $name), Unit::Months)
                .range(0.0, 120.0)
                .slider(0.0, 36.0, 1.0)
                .about("Months of interest only before the level payments", "from live")
                .source("assumption"),
        ]
        .map(|input| Input { group: Group::Debt, ..input.moves($moves) })
    };
}

macro_rules! debts {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        pub(super) fn debts() -> Vec<Input> {
            let mut inputs = Vec::new();
            $(inputs.extend(debt!($module, &[Business::$Business], $word));)*
            inputs.push(reserve());
            inputs
        }
    };
}
with_businesses!(debts);

fn reserve() -> Input {
    let reserve = number!(risk.cash_reserve_usd)
        .named("Cash reserve", Unit::Usd)
        .range(0.0, 1e12)
        .slider(0.0, 100e6, 1e5)
        .about("Cash held against a shortfall", "reserve + cumulative equity flow since live")
        .source("none")
        .moves(ALL);
    Input { group: Group::Debt, ..reserve }
}

pub(super) fn mix() -> Vec<Input> {
    let share = |input: Input, label: &'static str| Input {
        group: Group::Mix,
        ..input
            .named(label, Unit::Fraction)
            .range(0.0, 1.0)
            .slider(0.0, 1.0, 0.01)
            .about(
                "Share of the site in the mix; the three add up to 1",
                "each business on its share of the capacity",
            )
            .source("a third each")
            .hidden()
    };
    vec![
        share(number!(mix.mining), "Mining share"),
        share(number!(mix.hosting), "Hosting share"),
        share(number!(mix.leasing), "Leasing share"),
    ]
}
