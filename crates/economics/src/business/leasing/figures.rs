//! Figures that only compute leasing has, and how they are read.

use super::Plan;
use crate::kernel::{Absent, Levels, Line, Maybe, Run, find_zero, finite, npv, rising_factor};

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
pub(super) const LEVELISED_COSTS: [Line; 9] = [
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

impl Figures {
    pub(crate) fn new(plan: &Plan, run: &Run<'_>) -> Self {
        let (factor, utilisation) = break_evens(plan, run.levels, run.discount);
        Self {
            gpus: plan.gpus(),
            it_mw: plan.it_mw(),
            levelised_usd_per_gpu_hour: run.levelised(&LEVELISED_COSTS, 0.0, Line::GpuHoursSold),
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
