//! Figures of compute leasing.

use super::Plan;
use crate::business::leasing::Inputs;
use crate::kernel::{self, Absent, Line, Maybe, Place, Run, npv, operating_costs, with_value};
use crate::scenario::Trajectory;

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
    /// Market rental at the start at which the net present value is zero, with the contract fixed, over today's.
    pub break_even_rental_factor: Maybe<f64>,
    /// Utilisation of the uncontracted hours at which the net present value is zero; of several, the nearest to the
    /// input.
    pub break_even_utilisation: Maybe<f64>,
    /// Idle months.
    pub idle_months: f64,
}

/// Cost lines of the levelised cost of a GPU-hour.
pub(super) fn levelised_costs() -> impl Iterator<Item = Line> {
    let capital = [Line::CapexWorks, Line::CapexHardware, Line::Deposit];
    capital.into_iter().chain(operating_costs()).chain([Line::EndProceeds])
}

impl Figures {
    pub(crate) fn new(plan: &Plan, run: &Run<'_>) -> Self {
        let break_evens = BreakEvens { plan, run };
        Self {
            gpus: plan.gpus(),
            it_mw: plan.it_mw(),
            levelised_usd_per_gpu_hour: run.levelised(levelised_costs(), 0.0, Line::GpuHoursSold),
            break_even_rental_factor: break_evens.nearest_factor(),
            break_even_utilisation: break_evens.nearest_utilisation(),
            idle_months: run.ledger.sum(Line::Idle),
        }
    }
}

/// The break-evens of a leasing plan before tax.
pub(super) struct BreakEvens<'a> {
    pub plan: &'a Plan,
    pub run: &'a Run<'a>,
}

impl BreakEvens<'_> {
    fn rental(&self) -> &Trajectory {
        &self.run.scenario.leasing.rental_usd_per_gpu_hour
    }

    /// Net present value, USD, with another market rental at the start, USD per GPU-hour; the contract is fixed.
    pub(super) fn worth_at_rental(&self, usd_per_gpu_hour: f64) -> f64 {
        let run = self.run;
        let rentals = run.market.rentals(&with_value(self.rental(), usd_per_gpu_hour));
        npv(self.plan, run.levels, run.discount, |t, level| level.rental_usd_per_gpu_hour = rentals[t])
    }

    /// Every factor on today's rental at which the net present value is zero, ascending.
    pub(super) fn rental_factors(&self) -> kernel::BreakEvens {
        let now = self.rental().value;
        if now <= 0.0 {
            return Err(Absent::NothingToScale);
        }
        let place = Place::of_trajectory(self.rental(), Inputs::HIGHEST_RENTAL_USD_PER_GPU_HOUR);
        let rentals = place.of_monotonic(|rental| self.worth_at_rental(rental))?;
        Ok(rentals.into_iter().map(|rental| rental / now).collect())
    }

    /// Net present value, USD, at another utilisation of the uncontracted hours.
    pub(super) fn worth_at_utilisation(&self, utilisation: f64) -> f64 {
        let mut changed = self.plan.clone();
        changed.set_utilisation(utilisation);
        npv(&changed, self.run.levels, self.run.discount, |_, _| ())
    }

    fn utilisation(&self) -> Place {
        Place { range: (0.0, 1.0), now: self.run.scenario.leasing.utilisation }
    }

    /// Every utilisation at which the net present value is zero, ascending. A month is worth the maximum of running,
    /// which is linear until all hours are rented, and idling: unless the hours fill up, the sum over months is convex.
    pub(super) fn utilisations(&self) -> kernel::BreakEvens {
        let mut changed = self.plan.clone();
        let worth = |utilisation| {
            changed.set_utilisation(utilisation);
            npv(&changed, self.run.levels, self.run.discount, |_, _| ())
        };
        let place = self.utilisation();
        if self.plan.fills_up() { place.of_any(worth) } else { place.of_convex(worth) }
    }

    fn nearest_factor(&self) -> Maybe<f64> {
        Place { range: (0.0, f64::MAX), now: 1.0 }.nearest(&self.rental_factors()?)
    }

    fn nearest_utilisation(&self) -> Maybe<f64> {
        self.utilisation().nearest(&self.utilisations()?)
    }
}
