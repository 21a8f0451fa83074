//! Buy and hold: the same dollars in bitcoin.

use crate::business::Business;
use crate::finance;
use crate::kernel::{CapitalPlan, Levels, monthly_discount};

/// The capex dollars of mining, invested in bitcoin at their dates and kept until the end.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BuyAndHold {
    /// The business whose capex dollars are invested.
    pub business: Business,
    /// Bitcoins held, BTC, by month.
    pub btc: Vec<f64>,
    /// Their value, USD, by month.
    pub value_usd: Vec<f64>,
    /// Value less cost, USD, by month.
    pub net_usd: Vec<f64>,
    /// Total cost, USD.
    pub spent_usd: f64,
    /// Net present value of buying, and selling at `T`, USD.
    pub npv_usd: f64,
    /// Discount factor of one month.
    pub(super) discount: f64,
}

impl BuyAndHold {
    pub(crate) fn new(
        business: Business,
        capital: &CapitalPlan,
        levels: &[Levels<f64>],
        yearly_rate: f64,
    ) -> Self {
        let months = levels.len();
        let mut hold = Self {
            business,
            btc: Vec::with_capacity(months),
            value_usd: Vec::with_capacity(months),
            net_usd: Vec::with_capacity(months),
            spent_usd: 0.0,
            npv_usd: 0.0,
            discount: monthly_discount(yearly_rate),
        };
        let mut flows = Vec::with_capacity(months);
        let mut btc = 0.0;
        for (t, level) in levels.iter().enumerate() {
            let capex = capital.outlay(t).capex();
            hold.spent_usd += capex;
            btc += capex / level.btc_price_usd;
            let value = btc * level.btc_price_usd;
            hold.btc.push(btc);
            hold.value_usd.push(value);
            hold.net_usd.push(value - hold.spent_usd);
            flows.push(-capex);
        }
        if let (Some(flow), Some(value)) = (flows.last_mut(), hold.value_usd.last()) {
            *flow += value;
        }
        hold.npv_usd = finance::npv(finance::monthly_rate(yearly_rate), &flows);
        hold
    }

    /// Value at the end less cost, USD.
    pub fn profit_usd(&self) -> f64 {
        self.net_usd.last().copied().unwrap_or(0.0)
    }

    /// Value at the end, USD.
    pub fn end_value_usd(&self) -> f64 {
        self.value_usd.last().copied().unwrap_or(0.0)
    }
}
