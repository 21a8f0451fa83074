//! Catalogue rows of the AI hosting figures: label, unit, value and formula.

use super::figures::LEVELISED_COSTS;
use super::{Figures, Plan, formulas};
use crate::explain::derivation::Derivation;
use crate::explain::measures::Explain;
use crate::explain::readouts::{break_even_power, levelised};
use crate::kernel::{Better, Figure, Line};
use crate::units::Unit;

/// One row per figure, in display order.
pub(crate) const FIGURES: &[Figure<Figures, Explain>] = &[
    Figure::new(
        "yield_on_cost",
        "Yield on cost",
        (Unit::FractionPerYear, Better::More),
        "Net operating income of the first 12 months at full ramp over own capex",
        |r| r.yield_on_cost,
        |case, result| Derivation::where_it_is(result, |_| formulas::yield_on_cost(case).into()),
    ),
    Figure::new(
        "noi_margin",
        "NOI margin",
        (Unit::Fraction, Better::More),
        "Net operating income over fees in the same months",
        |r| r.noi_margin,
        |case, result| Derivation::where_it_is(result, |_| formulas::noi_margin(case).into()),
    ),
    Figure::new(
        "levelised_usd_per_kw_month",
        "Levelised cost",
        (Unit::UsdPerKwMonth, Better::Less),
        "Present value of costs less the works' left value per present value of IT power let",
        |r| r.levelised_usd_per_kw_month,
        |case, result| {
            Derivation::where_it_is(result, |_| {
                let left = Some(formulas::works_left_at_start(case));
                levelised(case, LEVELISED_COSTS, left, Line::KwMonthsLet)
            })
        },
    ),
    Figure::new(
        "break_even_power_usd_per_kwh",
        "Break-even power price",
        (Unit::UsdPerKwh, Better::More),
        "Power price to be put in at which the NPV before tax is zero; the nearest of several",
        |r| r.break_even_power_usd_per_kwh,
        break_even_power::<Plan>,
    ),
    Figure::new(
        "credit_used_up_month",
        "Credit used up",
        (Unit::Months, Better::Neither),
        "Month in which the customer has its money back",
        |r| r.credit_used_up_month,
        |case, result| {
            Derivation::where_it_is(result, |month| formulas::credit_used_up(case, month as usize).into())
        },
    ),
    Figure::new(
        "end_term_months",
        "Lease after the plan",
        (Unit::Months, Better::Neither),
        "Months of the running lease after the end of the plan that the end value counts",
        |r| Ok(r.end_term_months),
        |case, _| formulas::months_after_end(case).into(),
    ),
    Figure::new(
        "it_mw",
        "IT power",
        (Unit::Mw, Better::Neither),
        "Power of the customers' machines",
        |r| Ok(r.it_mw),
        |case, _| formulas::it_mw(case).into(),
    ),
];
