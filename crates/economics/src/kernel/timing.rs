//! When a business waits, builds, ramps up and runs.

/// The calendar of one business, in months since the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Months of waiting for the grid; nothing is spent.
    pub queue: usize,
    /// Months of construction.
    pub build: usize,
    /// Months from the first machine to full operation.
    pub ramp: usize,
}

impl Timing {
    /// A calendar from its inputs.
    pub const fn new(queue: u32, build: u32, ramp: u32) -> Self {
        Self { queue: queue as usize, build: build as usize, ramp: ramp as usize }
    }

    /// `L`: the business is live from month `L + 1`.
    pub const fn live(&self) -> usize {
        self.queue + self.build
    }

    /// Share of full operation in month `t`: 0 before live, then rising to 1.
    pub fn share(&self, t: usize) -> f64 {
        let since = t.saturating_sub(self.live());
        if since == 0 {
            0.0
        } else if self.ramp == 0 {
            1.0
        } else {
            (since as f64 / self.ramp as f64).min(1.0)
        }
    }

    /// The first month at full operation.
    pub const fn first_full_month(&self) -> usize {
        self.live() + if self.ramp > 1 { self.ramp } else { 1 }
    }

    /// Whether the ramp is over, so that the business may stand still.
    pub const fn may_idle(&self, t: usize) -> bool {
        t > self.live() + self.ramp
    }

    /// The month in which hardware is paid.
    pub const fn hardware_month(&self) -> usize {
        let before_live = self.live().saturating_sub(1);
        if before_live > self.queue { before_live } else { self.queue }
    }

    /// Share of the site works that is paid in month `t`: evenly over the construction.
    pub fn works_share(&self, t: usize) -> f64 {
        let months = self.works_months();
        if months.contains(&t) { 1.0 / months.len() as f64 } else { 0.0 }
    }

    /// The months in which site works are paid; without a construction the one in which the wait ends.
    pub fn works_months(&self) -> std::ops::Range<usize> {
        self.queue..self.queue + self.build.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn construction_is_paid_evenly_and_hardware_last() {
        let timing = Timing::new(6, 4, 2);
        assert_eq!((timing.live(), timing.hardware_month()), (10, 9));
        let shares: Vec<f64> = (0..12).map(|t| timing.works_share(t)).collect();
        assert_eq!(shares, [0., 0., 0., 0., 0., 0., 0.25, 0.25, 0.25, 0.25, 0., 0.]);
        assert_eq!([10, 11, 12, 13].map(|t| timing.share(t)), [0.0, 0.5, 1.0, 1.0]);
        assert!(!timing.may_idle(12) && timing.may_idle(13));
    }

    #[test]
    fn without_construction_everything_is_paid_in_the_queue_s_last_month() {
        let timing = Timing::new(3, 0, 0);
        assert_eq!((timing.live(), timing.hardware_month(), timing.works_share(3)), (3, 3, 1.0));
        assert_eq!((timing.share(3), timing.share(4), timing.first_full_month()), (0.0, 1.0, 4));
    }
}
