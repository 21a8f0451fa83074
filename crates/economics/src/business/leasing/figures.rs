//! Figures that only compute leasing has, and how they are read.

use super::{Plan, formulas};
use crate::explain::measures::Explain;
use crate::explain::readouts::levelised;
use crate::kernel::{Absent, Figure, Levels, Line, Maybe, Run, find_zero, finite, npv, rising_factor};
use crate::units::Unit;

/// Figures of compute leasing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Figures {
    /// Number of GPUs.
    pub gpus: f64,
    /// IT power of the fleet, MW.
    pub it_mw: f64,
    /// Present value of costs over present value of GPU-hours sold, USD per GPU-hour.
    pub levelised_usd_per_gpu_hour: Maybe<f64>,
    /// Factor on the market rental, with the contract fixed, at which the net present value is zero.
    pub break_even_rental_factor: Maybe<f64>,
    /// Utilisation of the uncontracted hours at which the net present value is zero.
    pub break_even_utilisation: Maybe<f64>,
    /// Months of standing still.
    pub idle_months: f64,
}

/// What a GPU-hour costs over the plan.
const LEVELISED_COSTS: [Line; 9] = [
    Line::CapexWorks,
    Line::CapexHardware,
    Line::Deposit,
    Line::Power,
    Line::Opex,
    Line::Maintenance,
    Line::Replacement,
    Line::Colocation,
    Line::EndProceeds,
];

/// The figures as the catalogue of results lists them.
pub(crate) const FIGURES: &[Figure<Figures, Explain>] = &[
    Figure::new(
        "levelised_usd_per_gpu_hour",
        "Levelised cost",
        Unit::UsdPerGpuHour,
        "Present value of costs less end proceeds per present value of GPU-hours sold",
        |r| r.levelised_usd_per_gpu_hour,
        |case, _| levelised(case, &LEVELISED_COSTS, Line::GpuHoursSold),
    ),
    Figure::new(
        "break_even_rental_factor",
        "Break-even rental",
        Unit::Multiple,
        "Factor on the market rental, with the contract fixed, at which the NPV before tax is zero",
        |r| r.break_even_rental_factor,
        formulas::break_even_rental,
    ),
    Figure::new(
        "break_even_utilisation",
        "Break-even utilisation",
        Unit::Fraction,
        "Utilisation of the uncontracted hours at which the NPV before tax is zero",
        |r| r.break_even_utilisation,
        formulas::break_even_utilisation,
    ),
    Figure::new(
        "gpus",
        "GPUs",
        Unit::Count,
        "Number of GPUs",
        |r| Ok(r.gpus),
        |case, _| formulas::gpus_formula(case).into(),
    ),
    Figure::new(
        "it_mw",
        "IT power",
        Unit::Mw,
        "Power of the fleet",
        |r| Ok(r.it_mw),
        |case, _| formulas::it_mw(case).into(),
    ),
    Figure::new(
        "idle_months",
        "Months standing still",
        Unit::Count,
        "Months in which running would lose more",
        |r| Ok(r.idle_months),
        |case, _| case.over_the_plan("Months of standing still", Line::Idle).into(),
    ),
];

impl Figures {
    pub(crate) fn new(plan: &Plan, run: &Run<'_>) -> Self {
        let (factor, utilisation) = break_evens(plan, run.levels, run.discount);
        Self {
            gpus: plan.gpus(),
            it_mw: plan.it_mw(),
            levelised_usd_per_gpu_hour: run.levelised(&LEVELISED_COSTS, Line::GpuHoursSold),
            break_even_rental_factor: factor,
            break_even_utilisation: utilisation,
            idle_months: run.ledger.sum(Line::Idle),
        }
    }
}

/// Break-evens of a leasing plan: the factor on the market rental, and the utilisation.
fn break_evens(plan: &Plan, levels: &[Levels<f64>], discount: f64) -> (Maybe<f64>, Maybe<f64>) {
    let at_one = npv(plan, levels, discount, |_| ());
    let by_factor =
        |factor: f64| npv(plan, levels, discount, |level| level.rental_usd_per_gpu_hour *= factor);
    let factor = rising_factor(by_factor, at_one);
    let mut changed = plan.clone();
    let mut by_utilisation = |utilisation: f64| {
        changed.set_utilisation(utilisation);
        npv(&changed, levels, discount, |_| ())
    };
    let (idle, full) = (by_utilisation(0.0), by_utilisation(1.0));
    let utilisation = if idle >= 0.0 {
        Err(Absent::NotNeeded)
    } else if full < 0.0 {
        Err(Absent::Never)
    } else {
        finite(find_zero(by_utilisation, (0.0, idle), (1.0, full)))
    };
    (factor, utilisation)
}
