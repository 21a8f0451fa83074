//! Which market made the difference between a plan and what came.

use super::staged::Staged;
use crate::business::{AnyPlan, Business};
use crate::finance;
use crate::kernel::Levels;
use crate::scenario::{Factor, Scenario};

/// A recorded series that is put in the place of what the plan believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Driver {
    /// The bitcoin price.
    Price,
    /// The network hashrate.
    Network,
    /// Subsidy and fees of a block: when the halving came, and what was paid besides.
    Reward,
    /// The power price.
    Power,
    /// The GPU rental.
    Rental,
}

impl Driver {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Price, Self::Network, Self::Reward, Self::Power, Self::Rental];

    /// The stable name, in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Price => "btc_price",
            Self::Network => "network",
            Self::Reward => "reward",
            Self::Power => "power",
            Self::Rental => "rental",
        }
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Price => "Bitcoin price",
            Self::Network => "Network",
            Self::Reward => "Fees, block times",
            Self::Power => "Power",
            Self::Rental => "GPU rental",
        }
    }

    /// Takes this market of a month from others.
    fn take(self, levels: &mut Levels<f64>, from: &Levels<f64>) {
        match self {
            Self::Price => levels.btc_price_usd = from.btc_price_usd,
            Self::Network => levels.network_eh_s = from.network_eh_s,
            Self::Reward => levels.reward_btc = from.reward_btc,
            Self::Power => levels.power_usd_per_kwh = from.power_usd_per_kwh,
            Self::Rental => levels.rental_usd_per_gpu_hour = from.rental_usd_per_gpu_hour,
        }
    }

    /// Whether a market moves the cash of a business under the contracts of a plan.
    pub fn touches(self, business: Business, scenario: &Scenario) -> bool {
        let factor = match self {
            Self::Price => Factor::Bitcoin,
            // Whoever mines shares the reward as he shares the blocks.
            Self::Network | Self::Reward => Factor::Network,
            Self::Power => Factor::Power,
            Self::Rental => Factor::Rental,
        };
        business.depends_on(factor, scenario)
    }

    /// Whether what came differs from what was believed.
    fn differs(self, staged: &Staged) -> bool {
        let mut months = staged.believed_levels.iter().zip(&staged.came_levels);
        months.any(|(believed, came)| {
            let mut mixed = *believed;
            self.take(&mut mixed, came);
            let of = |levels: &Levels<f64>| {
                [
                    levels.btc_price_usd,
                    levels.network_eh_s,
                    levels.reward_btc,
                    levels.power_usd_per_kwh,
                    levels.rental_usd_per_gpu_hour,
                ]
            };
            of(&mixed) != of(believed)
        })
    }
}

/// The way from the net present value of a plan to that of what came.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Gap {
    /// Net present value of the plan, USD.
    pub believed_usd: f64,
    /// Net present value of what came, USD.
    pub came_usd: f64,
    /// What each market that touches the business changed, USD: the mean over all orders in which they can be put in, so
    /// that the shares add up to the difference. A market that came as planned is not among them.
    pub shares: Vec<(Driver, f64)>,
}

impl Gap {
    pub(super) fn new(staged: &Staged, business: Business) -> Option<Self> {
        let plan = staged.businesses[business].as_ref().ok()?;
        let is_driver =
            |driver: &Driver| driver.touches(business, &staged.believed) && driver.differs(staged);
        let drivers: Vec<Driver> = Driver::ALL.into_iter().filter(is_driver).collect();
        let all = (1_usize << drivers.len()) - 1;
        // The value of every set of markets put in, by its bits.
        let values: Vec<f64> = (0..=all).map(|set| value(staged, (business, plan), &drivers, set)).collect();
        let share = |index: usize| {
            let without = (0..=all).filter(|set| set & (1 << index) == 0);
            let gained = |set: usize| {
                let count = set.count_ones() as usize;
                weight(count, drivers.len()) * (values[set | (1 << index)] - values[set])
            };
            without.map(gained).sum()
        };
        let shares = (0..drivers.len()).map(|index| (drivers[index], share(index))).collect();
        Some(Self { believed_usd: values[0], came_usd: values[all], shares })
    }

    /// What a market changed, USD; `None` where it came as planned, or does not touch the business.
    pub fn share(&self, driver: Driver) -> Option<f64> {
        self.shares.iter().find(|(of, _)| *of == driver).map(|(_, usd)| *usd)
    }
}

/// Share of the orders of `drivers` markets in which `before` given ones stand before a given one and the others after it.
fn weight(before: usize, drivers: usize) -> f64 {
    let factorial = |n: usize| (1..=n).product::<usize>() as f64;
    factorial(before) * factorial(drivers - before - 1) / factorial(drivers)
}

/// Net present value on the basis with a set of markets put in, USD.
fn value(staged: &Staged, (business, plan): (Business, &AnyPlan), drivers: &[Driver], set: usize) -> f64 {
    let mut levels = staged.believed_levels.clone();
    for (index, driver) in drivers.iter().enumerate() {
        if set & (1 << index) != 0 {
            levels.iter_mut().zip(&staged.came_levels).for_each(|(levels, came)| driver.take(levels, came));
        }
    }
    let flows = staged.site_in(&levels).flows(plan);
    finance::npv(finance::monthly_rate(business.discount_rate(&staged.believed)), &flows.net)
}
