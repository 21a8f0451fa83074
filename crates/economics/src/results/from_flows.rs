//! Measures that follow from the flows and the capital alone. Where one is asked for in many scenarios, nothing else is
//! computed of them: no debt service, no rates that are searched for.

use super::measure::{
    DISCOUNTED_PAYBACK_LAST_MONTHS, DISCOUNTED_PAYBACK_MONTHS, IRR, Measure, NPV_PER_CAPEX, NPV_USD,
    PAYBACK_LAST_MONTHS, PAYBACK_MONTHS,
};
use super::measures::{has_capital, paybacks};
use super::{Flows, internal_rate};
use crate::finance;
use crate::kernel::{Absent, Basis, CapitalPlan, Maybe, ratio};

/// A measure that follows from the flows and the capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FromFlows {
    Npv,
    NpvPerCapex,
    Irr,
    Payback { is_discounted: bool, is_last: bool },
}

impl FromFlows {
    /// Months until the money is back for good.
    pub(crate) const PAYBACK_FOR_GOOD: Self = Self::Payback { is_discounted: false, is_last: true };

    /// How a measure follows from the flows of a basis; `None` if it needs more.
    pub(crate) fn of(measure: &Measure, basis: Basis) -> Option<Self> {
        let payback = |is_discounted, is_last| Self::Payback { is_discounted, is_last };
        let all: [(&Measure, Self); 7] = [
            (&NPV_USD, Self::Npv),
            (&NPV_PER_CAPEX, Self::NpvPerCapex),
            (&IRR, Self::Irr),
            (&PAYBACK_MONTHS, payback(false, false)),
            (&PAYBACK_LAST_MONTHS, payback(false, true)),
            (&DISCOUNTED_PAYBACK_MONTHS, payback(true, false)),
            (&DISCOUNTED_PAYBACK_LAST_MONTHS, payback(true, true)),
        ];
        let (_, found) = all.into_iter().find(|(one, _)| *one == measure)?;
        // The owner's capital is the peak of the equity, which follows from the debt.
        (found != Self::NpvPerCapex || basis != Basis::EquityAfterTax).then_some(found)
    }

    /// The value at a discount rate a year, a fraction; that of [`super::Measures`] to the last bit.
    pub(crate) fn value(self, flows: &Flows, capital: &CapitalPlan, discount_rate: f64) -> Maybe<f64> {
        let monthly = finance::monthly_rate(discount_rate);
        match self {
            Self::Npv => Ok(finance::npv(monthly, &flows.net)),
            Self::NpvPerCapex => {
                ratio(finance::npv(monthly, &flows.net), capital.capex_usd(), Absent::NoCapex)
            }
            Self::Irr => has_capital(capital).and_then(|()| internal_rate(&flows.net).0),
            Self::Payback { is_discounted, is_last } => {
                let (first, last) = paybacks(flows, capital, if is_discounted { monthly } else { 0.0 });
                if is_last { last } else { first }
            }
        }
    }
}
