//! Calendar of a business: queue, construction, ramp and operation.

/// The calendar of one business, in months since the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Months of waiting for the grid; nothing is spent.
    pub queue: usize,
    /// Months of construction.
    pub build: usize,
    /// Months from the first machine to full operation.
    pub ramp: usize,
    /// Months by which construction takes longer than planned; 0 in the plan.
    pub delay: usize,
}

impl Timing {
    /// A calendar from its inputs.
    pub const fn new(queue: u32, build: u32, ramp: u32) -> Self {
        Self { queue: queue as usize, build: build as usize, ramp: ramp as usize, delay: 0 }
    }

    /// The calendar with a delay in construction, months.
    #[must_use]
    pub const fn delayed(self, delay_months: usize) -> Self {
        Self { delay: delay_months, ..self }
    }

    /// `L`: the business is live from month `L + 1`.
    pub const fn live(&self) -> usize {
        self.planned_live() + self.delay
    }

    /// `L` of the plan: hardware ages from it, even if works are late.
    pub const fn planned_live(&self) -> usize {
        self.queue + self.build
    }

    /// The last month of the ramp.
    pub const fn ramp_end(&self) -> usize {
        self.live() + self.ramp
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

    /// Whether the ramp is over, so that the business may idle.
    pub const fn may_idle(&self, t: usize) -> bool {
        t > self.ramp_end()
    }

    /// The month in which hardware is paid: as planned, even if works are late.
    pub const fn hardware_month(&self) -> usize {
        let before_live = self.planned_live().saturating_sub(1);
        if before_live > self.queue { before_live } else { self.queue }
    }

    /// Share of the site works that is paid in month `t`: evenly over the construction.
    pub fn works_share(&self, t: usize) -> f64 {
        let months = self.works_months();
        if months.contains(&t) { 1.0 / months.len() as f64 } else { 0.0 }
    }

    /// The months in which site works are paid; without construction, the month in which the queue ends.
    pub fn works_months(&self) -> std::ops::Range<usize> {
        self.queue..self.queue + (self.build + self.delay).max(1)
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

    #[test]
    fn a_delay_spreads_the_works_and_leaves_the_hardware_where_it_was() {
        let timing = Timing::new(2, 3, 2).delayed(3);
        assert_eq!((timing.live(), timing.planned_live(), timing.hardware_month()), (8, 5, 4));
        let shares: Vec<f64> = (0..10).map(|t| timing.works_share(t) * 6.0).collect();
        assert_eq!(shares, [0., 0., 1., 1., 1., 1., 1., 1., 0., 0.]);
        assert_eq!(([8, 9, 10].map(|t| timing.share(t)), timing.ramp_end()), ([0.0, 0.5, 1.0], 10));
        // Works without planned construction are spread over the delay.
        let timing = Timing::new(3, 0, 0).delayed(2);
        assert_eq!([2, 3, 4, 5].map(|t| timing.works_share(t)), [0.0, 0.5, 0.5, 0.0]);
        assert_eq!((timing.live(), timing.hardware_month()), (5, 3));
    }
}
