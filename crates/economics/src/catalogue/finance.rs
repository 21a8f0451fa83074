//! Inflation, reinvestment and tax.

use super::{ALL, BUILDERS, HARDWARE, INVESTORS, OPERATORS};
use crate::input::{ChoiceOption, Group, inputs};
use crate::scenario::Depreciation;
use crate::units::Unit;

const CLASSES: &[ChoiceOption] = &[
    ChoiceOption { name: "Macrs5", label: "MACRS, 5 years", start: "Macrs5" },
    ChoiceOption { name: "Macrs15", label: "MACRS, 15 years", start: "Macrs15" },
    ChoiceOption { name: "StraightLine", label: "Straight line", start: "StraightLine(months:60)" },
    ChoiceOption { name: "None", label: "None until the end", start: "None" },
];

inputs!(
    Group::Finance,
    ALL,
    INFLATION = number!(finance.inflation)
        .named("Inflation", Unit::FractionPerYear)
        .also(&["CPI", "cost escalation"])
        .range(-0.5, 1.0)
        .slider(0.0, 0.1, 0.005)
        .about("Inflation of operating costs a year, in yearly steps", "(1 + inflation)^floor((t−1)/12)")
        .source("assumption")
        .moves(OPERATORS),
    FINANCE_RATE = number!(finance.finance_rate)
        .named("Finance rate", Unit::FractionPerYear)
        .also(&["MIRR"])
        .range(-0.5, 5.0)
        .slider(0.0, 0.3, 0.005)
        .about("Rate at which the MIRR finances negative flows", "MIRR")
        .source("GPU debt 9–11 %")
        .moves(INVESTORS),
    REINVEST_RATE = number!(finance.reinvest_rate)
        .named("Reinvestment rate", Unit::FractionPerYear)
        .also(&["MIRR"])
        .range(-0.5, 5.0)
        .slider(0.0, 0.3, 0.005)
        .about("Rate at which the MIRR reinvests positive flows", "MIRR")
        .source("assumption")
        .moves(INVESTORS),
    TAX_RATE = number!(finance.tax_rate)
        .named("Tax rate", Unit::Fraction)
        .also(&["income tax", "corporate tax"])
        .range(0.0, 0.9)
        .slider(0.0, 0.5, 0.01)
        .about("Tax on income", "at the end of every 12th month and at T")
        .source("United States: 21 % federal and state tax"),
    NOL_LIMIT =
        number!(finance.nol_limit)
            .named("Loss offset limit", Unit::Fraction)
            .also(&["NOL", "loss carryforward"])
            .range(0.0, 1.0)
            .slider(0.0, 1.0, 0.05)
            .about(
                "Share of a year's income that losses carried forward may offset",
                "min(losses, limit·income)",
            )
            .source("80 % in the United States"),
    BONUS_DEPRECIATION = number!(finance.bonus_depreciation)
        .named("Bonus depreciation, hardware", Unit::Fraction)
        .also(&["MACRS", "tax shield"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.1)
        .about(
            "Share of the cost of hardware that is deducted in the first year",
            "bonus + (1 − bonus)·class"
        )
        .source("100 % for property of at most 20 years acquired after 19 January 2025 in the United States")
        .moves(HARDWARE),
    SITE_BONUS_DEPRECIATION = number!(finance.site_bonus_depreciation)
        .named("Bonus depreciation, works", Unit::Fraction)
        .also(&["MACRS", "tax shield"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.1)
        .about(
            "Share of the cost of site works that is deducted in the first year",
            "bonus + (1 − bonus)·class"
        )
        .source(
            "electrical and cooling plant (15 years) 100 %, shells (39 years) 0; most of a fit-out is plant"
        )
        .moves(BUILDERS),
    HARDWARE_DEPRECIATION = choice!(finance.hardware_depreciation, CLASSES)
        .named("Hardware class", Unit::Text)
        .also(&["MACRS", "depreciation"])
        .about("How hardware is depreciated", "share of the basis a year")
        .source("computers: five years")
        .moves(HARDWARE),
    HARDWARE_DEPRECIATION_MONTHS =
        variant_number!(finance.hardware_depreciation, Depreciation::StraightLine { months })
            .whole()
            .named("Hardware months", Unit::Months)
            .also(&["MACRS", "depreciation"])
            .range(1.0, 600.0)
            .slider(12.0, 240.0, 12.0)
            .about("Length of the straight line", "basis/months")
            .source("a choice")
            .moves(HARDWARE),
    SITE_DEPRECIATION = choice!(finance.site_depreciation, CLASSES)
        .named("Works class", Unit::Text)
        .also(&["MACRS", "depreciation"])
        .about("How site works are depreciated", "share of the basis a year")
        .source("land improvements: fifteen years")
        .moves(BUILDERS),
    SITE_DEPRECIATION_MONTHS =
        variant_number!(finance.site_depreciation, Depreciation::StraightLine { months })
            .whole()
            .named("Works months", Unit::Months)
            .also(&["MACRS", "depreciation"])
            .range(1.0, 600.0)
            .slider(12.0, 480.0, 12.0)
            .about("Length of the straight line", "basis/months")
            .source("a choice")
            .moves(BUILDERS),
);
