//! Capital expenditure of a business, and the later value of its works.

use crate::kernel::Timing;

/// Capital flows of one month, USD; spending is negative.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outlay {
    /// Site works paid by the business.
    pub works: f64,
    /// Hardware.
    pub hardware: f64,
    /// Deposit at a third-party data centre.
    pub deposit: f64,
    /// Old machines sold on conversion: neither capex nor operating cash.
    pub other_proceeds: f64,
}

impl Outlay {
    /// Sum, USD.
    pub fn total(&self) -> f64 {
        self.works + self.hardware + self.deposit + self.other_proceeds
    }

    /// Own capex of the month, USD, positive.
    pub fn capex(&self) -> f64 {
        -(self.works + self.hardware)
    }
}

/// Works whose price drifts during construction: their whole cost at the level of each month of construction, USD.
#[derive(Clone, Debug, Default)]
pub(crate) struct Works(Vec<f64>);

impl Works {
    /// Works that cost `usd(t)` at the level of month `t`.
    pub(crate) fn new(timing: &Timing, usd: impl Fn(usize) -> f64) -> Self {
        Self(timing.works_months().map(usd).collect())
    }

    /// A share of the works.
    pub(crate) fn share(&self, share: f64) -> Self {
        Self(self.0.iter().map(|usd| usd * share).collect())
    }

    /// Cost if built evenly, USD: the mean of the months, written so that equal levels leave no rounding.
    pub(crate) fn usd(&self) -> f64 {
        let Some(&first) = self.0.first() else { return 0.0 };
        first + self.0.iter().map(|usd| usd - first).sum::<f64>() / self.0.len() as f64
    }
}

/// Amounts of a capital plan without their months, USD, all positive.
#[derive(Clone, Debug, Default)]
pub(crate) struct Amounts {
    pub works: Works,
    /// Hardware at the price of the month in which it is paid.
    pub hardware: f64,
    pub deposit: f64,
    pub other_proceeds: f64,
}

/// The capital flows of a business, and the life of its works.
#[derive(Clone, Debug)]
pub struct CapitalPlan {
    months: Vec<Outlay>,
    own_works_usd: f64,
    hardware_usd: f64,
    deposit_usd: f64,
    /// `None` without works.
    works_life: Option<WorksLife>,
    live: usize,
}

impl CapitalPlan {
    /// The plan of a business that spends no capital in the months `0..=horizon`.
    pub fn none(horizon: usize) -> Self {
        Self {
            months: vec![Outlay::default(); horizon + 1],
            own_works_usd: 0.0,
            hardware_usd: 0.0,
            deposit_usd: 0.0,
            works_life: None,
            live: 0,
        }
    }

    pub(crate) fn new(horizon: usize, timing: &Timing, amounts: &Amounts, works: WorksLife) -> Self {
        let outlay = |t: usize| {
            let hardware_due = t == timing.hardware_month();
            let works = t.checked_sub(timing.queue).and_then(|part| amounts.works.0.get(part));
            Outlay {
                works: works.map_or(0.0, |usd| -usd * timing.works_share(t)),
                hardware: if hardware_due { -amounts.hardware } else { 0.0 },
                deposit: if hardware_due { -amounts.deposit } else { 0.0 },
                other_proceeds: if t == timing.queue { amounts.other_proceeds } else { 0.0 },
            }
        };
        Self {
            months: (0..=horizon).map(outlay).collect(),
            own_works_usd: amounts.works.usd(),
            hardware_usd: amounts.hardware,
            deposit_usd: amounts.deposit,
            works_life: Some(works),
            live: timing.live(),
        }
    }

    /// Capital flows of month `t`.
    #[inline(always)]
    pub fn outlay(&self, t: usize) -> &Outlay {
        &self.months[t]
    }

    /// Own capex: works paid by the business and hardware, USD.
    pub fn capex_usd(&self) -> f64 {
        self.own_works_usd + self.hardware_usd
    }

    /// Hardware, USD.
    pub fn hardware_usd(&self) -> f64 {
        self.hardware_usd
    }

    /// Own site works, USD.
    pub fn own_works_usd(&self) -> f64 {
        self.own_works_usd
    }

    /// Deposit, returned at the end without interest, USD.
    pub fn deposit_usd(&self) -> f64 {
        self.deposit_usd
    }

    /// Resale value of the own works in month `t`: a share of the straight-line book value, USD.
    pub fn works_value_usd(&self, t: usize) -> f64 {
        let Some(life) = self.works_life else { return 0.0 };
        let age = t.saturating_sub(self.live) as f64;
        let left = (1.0 - age / (life.life_years * 12.0)).max(0.0);
        life.resale_share * self.own_works_usd * left
    }
}

/// Life of site works, and the share of their book value that a buyer pays.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WorksLife {
    pub life_years: f64,
    pub resale_share: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_capital_nothing_is_spent_and_nothing_is_left() {
        let plan = CapitalPlan::none(24);
        assert!((0..=24).all(|t| *plan.outlay(t) == Outlay::default()));
        assert_eq!((plan.capex_usd(), plan.deposit_usd(), plan.works_value_usd(24)), (0.0, 0.0, 0.0));
    }
}
