//! Catalogue rows of the compute leasing figures: label, unit, value and formula.

use super::figures::levelised_costs;
use super::{Figures, formulas};
use crate::explain::measures::Explain;
use crate::explain::readouts::levelised;
use crate::kernel::{Better, Figure, Line};
use crate::units::Unit;

/// One row per figure, in display order.
pub(crate) const FIGURES: &[Figure<Figures, Explain>] = &[
    Figure::new(
        "levelised_usd_per_gpu_hour",
        "Levelised cost",
        (Unit::UsdPerGpuHour, Better::Less),
        "Present value of costs less end proceeds per present value of GPU-hours sold",
        |r| r.levelised_usd_per_gpu_hour,
        |case, _| levelised(case, levelised_costs(), None, Line::GpuHoursSold),
    ),
    Figure::new(
        "break_even_rental_factor",
        "Break-even rental",
        (Unit::Multiple, Better::Less),
        "Market rental to be put in at which the NPV before tax is zero, with the contract fixed, over today’s",
        |r| r.break_even_rental_factor,
        formulas::break_even_rental,
    ),
    Figure::new(
        "break_even_utilisation",
        "Break-even utilisation",
        (Unit::Fraction, Better::Less),
        "Utilisation of the uncontracted hours at which the NPV before tax is zero; the nearest of several",
        |r| r.break_even_utilisation,
        formulas::break_even_utilisation,
    ),
    Figure::new(
        "gpus",
        "GPUs",
        (Unit::Count, Better::Neither),
        "Number of GPUs",
        |r| Ok(r.gpus),
        |case, _| formulas::gpus_formula(case).into(),
    ),
    Figure::new(
        "it_mw",
        "IT power",
        (Unit::Mw, Better::Neither),
        "Power of the fleet",
        |r| Ok(r.it_mw),
        |case, _| formulas::it_mw(case).into(),
    ),
    Figure::new(
        "idle_months",
        "Months standing still",
        (Unit::Count, Better::Less),
        "Months in which running would lose more",
        |r| Ok(r.idle_months),
        |case, _| case.over_the_plan("Months of standing still", Line::Idle).into(),
    ),
];
