//! The catalogue of results: every measure with its stable id, label and unit.

use crate::kernel::Maybe;
use crate::results::Evaluation;
use crate::results::Measures;
use crate::business::hosting;
use crate::business::leasing;
use crate::business::mining;
use crate::results::Readouts;
use crate::business::Business;
use crate::units::Unit;

/// One figure of a business, described once.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// The stable name, `npv_usd`.
    pub id: &'static str,
    /// The name that people read.
    pub label: &'static str,
    /// Unit of the value.
    pub unit: Unit,
    /// One line: what it means.
    pub meaning: &'static str,
    read: Read,
}

#[derive(Clone, Copy, Debug)]
enum Read {
    Any(fn(&Measures) -> Maybe<f64>),
    Mining(fn(&mining::Figures) -> Maybe<f64>),
    Hosting(fn(&hosting::Figures) -> Maybe<f64>),
    Leasing(fn(&leasing::Figures) -> Maybe<f64>),
}

impl Measure {
    /// Whether a business has this measure at all.
    pub const fn applies_to(&self, business: Business) -> bool {
        match self.read {
            Read::Any(_) => true,
            Read::Mining(_) => matches!(business, Business::Mining),
            Read::Hosting(_) => matches!(business, Business::Hosting),
            Read::Leasing(_) => matches!(business, Business::Leasing),
        }
    }

    /// Whether every business has it.
    pub const fn is_common(&self) -> bool {
        matches!(self.read, Read::Any(_))
    }

    /// The value in an evaluation; `None` if the business does not have it.
    pub fn read(&self, evaluation: &Evaluation) -> Option<Maybe<f64>> {
        match (self.read, &evaluation.readouts) {
            (Read::Any(read), _) => Some(read(&evaluation.measures)),
            (Read::Mining(read), Readouts::Mining(readouts)) => Some(read(readouts)),
            (Read::Hosting(read), Readouts::Hosting(readouts)) => Some(read(readouts)),
            (Read::Leasing(read), Readouts::Leasing(readouts)) => Some(read(readouts)),
            _ => None,
        }
    }
}

/// The measure with an id that a business has.
pub fn find(business: Business, id: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.id == id && measure.applies_to(business))
}

const fn measure(
    id: &'static str,
    label: &'static str,
    unit: Unit,
    meaning: &'static str,
    read: Read,
) -> Measure {
    Measure { id, label, unit, meaning, read }
}

/// Every measure, in the order in which it is listed.
pub static MEASURES: &[Measure] = {
    use Read::{Any, Hosting, Leasing, Mining};
    use Unit::{Btc, Count, Fraction, FractionPerYear, Months, Multiple, Mw, Usd, UsdPerBtc, UsdPerGpuHour};
    use Unit::{UsdPerKwMonth, UsdPerKwh, UsdPerMwh, UsdPerPhDay};
    &[
        measure(
            "npv_usd",
            "NPV",
            Usd,
            "Net present value of all flows at the discount rate",
            Any(|m| Ok(m.npv_usd)),
        ),
        measure(
            "npv_per_capex",
            "NPV per dollar",
            Multiple,
            "Net present value per dollar of own capex; ranks businesses of different size",
            Any(|m| m.npv_per_capex),
        ),
        measure("irr", "IRR", FractionPerYear, "Rate at which the net present value is zero", Any(|m| m.irr)),
        measure(
            "mirr",
            "MIRR",
            FractionPerYear,
            "Rate with negative flows financed and positive ones reinvested at given rates",
            Any(|m| m.mirr),
        ),
        measure("profit_usd", "Profit", Usd, "Sum of all flows, undiscounted", Any(|m| Ok(m.profit_usd))),
        measure("multiple", "Multiple", Multiple, "1 + profit over peak funding", Any(|m| m.multiple)),
        measure(
            "peak_funding_usd",
            "Peak funding",
            Usd,
            "The most money that is out at any time",
            Any(|m| Ok(m.peak_funding_usd)),
        ),
        measure(
            "peak_funding_month",
            "Peak month",
            Months,
            "Month of the peak funding",
            Any(|m| m.peak_funding_month),
        ),
        measure(
            "capex_usd",
            "Capital",
            Usd,
            "Own capex: works paid by the business and hardware",
            Any(|m| Ok(m.capex_usd)),
        ),
        measure(
            "payback_months",
            "Payback",
            Months,
            "Months until cumulative cash without end proceeds is back to zero for the first time",
            Any(|m| m.payback_months),
        ),
        measure(
            "payback_last_months",
            "Payback for good",
            Months,
            "Months until cumulative cash without end proceeds is back to zero and stays there",
            Any(|m| m.payback_last_months),
        ),
        measure(
            "discounted_payback_months",
            "Discounted payback",
            Months,
            "Payback on discounted flows",
            Any(|m| m.discounted_payback_months),
        ),
        measure(
            "discounted_payback_last_months",
            "Discounted payback for good",
            Months,
            "Payback for good on discounted flows",
            Any(|m| m.discounted_payback_last_months),
        ),
        measure(
            "payback_today_months",
            "At today’s profit",
            Months,
            "Own capex over the monthly operating cash at start levels, full ramp and with new machines",
            Any(|m| m.payback_today_months),
        ),
        measure(
            "annualised_total_return",
            "Annualised total return",
            FractionPerYear,
            "((operating cash + end proceeds)/capex)^(12/T) − 1; what the press often calls IRR",
            Any(|m| m.annualised_total_return),
        ),
        measure(
            "profit_usd_per_mwh",
            "Profit per MWh",
            UsdPerMwh,
            "Profit before tax per MWh that the site could have used since live",
            Any(|m| m.profit_usd_per_mwh),
        ),
        measure(
            "end_proceeds_usd",
            "End proceeds",
            Usd,
            "What comes only because the plan ends; not part of payback",
            Any(|m| Ok(m.end_proceeds_usd)),
        ),
        measure(
            "min_dscr",
            "Lowest DSCR",
            Multiple,
            "Lowest operating cash over debt service from full operation on",
            Any(|m| m.service.min_dscr),
        ),
        measure(
            "avg_dscr",
            "Average DSCR",
            Multiple,
            "Mean of operating cash over debt service, without what is repaid at the end",
            Any(|m| m.service.avg_dscr),
        ),
        measure(
            "peak_equity_usd",
            "Peak equity",
            Usd,
            "The most money that the owner has in at any time, after tax and debt",
            Any(|m| Ok(m.service.peak_equity_usd)),
        ),
        measure(
            "short_months",
            "Months short of cash",
            Count,
            "Months since live in which the reserve and the owner’s cash since then are below zero",
            Any(|m| Ok(m.service.short_months.len() as f64)),
        ),
        measure("machines", "Machines", Count, "Number of mining machines", Mining(|r| Ok(r.machines))),
        measure(
            "btc_mined",
            "Bitcoin mined",
            Btc,
            "Bitcoins mined over the plan",
            Mining(|r| Ok(r.btc_mined)),
        ),
        measure("btc_kept", "Bitcoin kept", Btc, "Bitcoins kept until the end", Mining(|r| Ok(r.btc_kept))),
        measure(
            "hashprice_usd_ph_day",
            "Hashprice",
            UsdPerPhDay,
            "What a petahash per second earns a day at the start",
            Mining(|r| Ok(r.hashprice_usd_ph_day)),
        ),
        measure(
            "shutdown_power_usd_per_mwh",
            "Shutdown power price",
            UsdPerMwh,
            "Power price at which new machines break even at the start",
            Mining(|r| Ok(r.shutdown_power_usd_per_mwh)),
        ),
        measure(
            "shutdown_price_usd",
            "Shutdown bitcoin price",
            UsdPerBtc,
            "Bitcoin price at which new machines only pay their power at the start",
            Mining(|r| r.shutdown_price_usd),
        ),
        measure(
            "power_cost_per_btc_usd",
            "Power per bitcoin",
            UsdPerBtc,
            "Power per bitcoin mined",
            Mining(|r| r.power_cost_per_btc_usd),
        ),
        measure(
            "cash_cost_per_btc_usd",
            "Cash cost per bitcoin",
            UsdPerBtc,
            "Power and opex per bitcoin mined",
            Mining(|r| r.cash_cost_per_btc_usd),
        ),
        measure(
            "all_in_cost_per_btc_usd",
            "All-in cost per bitcoin",
            UsdPerBtc,
            "Power, opex and capex less resale per bitcoin mined",
            Mining(|r| r.all_in_cost_per_btc_usd),
        ),
        measure(
            "btc_payback_months",
            "Payback in bitcoin",
            Months,
            "Months until mined coins less costs at each month's price make up for the capex in coins",
            Mining(|r| r.btc_payback_months),
        ),
        measure("it_mw", "IT power", Mw, "Power of the customers' machines", Hosting(|r| Ok(r.it_mw))),
        measure(
            "yield_on_cost",
            "Yield on cost",
            FractionPerYear,
            "Net operating income of the first 12 months at full ramp over own capex",
            Hosting(|r| r.yield_on_cost),
        ),
        measure(
            "noi_margin",
            "NOI margin",
            Fraction,
            "Net operating income over fees in the same months",
            Hosting(|r| r.noi_margin),
        ),
        measure(
            "levelised_usd_per_kw_month",
            "Levelised cost",
            UsdPerKwMonth,
            "Present value of costs less end proceeds per present value of IT power let",
            Hosting(|r| r.levelised_usd_per_kw_month),
        ),
        measure(
            "credit_used_up_month",
            "Credit used up",
            Months,
            "Month in which the customer has its money back",
            Hosting(|r| r.credit_used_up_month),
        ),
        measure("gpus", "GPUs", Count, "Number of GPUs", Leasing(|r| Ok(r.gpus))),
        measure("it_mw", "IT power", Mw, "Power of the fleet", Leasing(|r| Ok(r.it_mw))),
        measure(
            "levelised_usd_per_gpu_hour",
            "Levelised cost",
            UsdPerGpuHour,
            "Present value of costs less end proceeds per present value of GPU-hours sold",
            Leasing(|r| r.levelised_usd_per_gpu_hour),
        ),
        measure(
            "break_even_rental_factor",
            "Break-even rental",
            Multiple,
            "Factor on the market rental, with the contract fixed, at which the NPV before tax is zero",
            Leasing(|r| r.break_even_rental_factor),
        ),
        measure(
            "break_even_utilisation",
            "Break-even utilisation",
            Fraction,
            "Utilisation of the uncontracted hours at which the NPV before tax is zero",
            Leasing(|r| r.break_even_utilisation),
        ),
        measure(
            "idle_months",
            "Months standing still",
            Count,
            "Months in which running would lose more",
            Mining(|r| Ok(r.idle_months)),
        ),
        measure(
            "idle_months",
            "Months standing still",
            Count,
            "Months in which running would lose more",
            Leasing(|r| Ok(r.idle_months)),
        ),
        measure(
            "break_even_power_usd_per_kwh",
            "Break-even power price",
            UsdPerKwh,
            "Power price at the start at which the NPV before tax is zero",
            Mining(|r| r.break_even_power_usd_per_kwh),
        ),
        measure(
            "break_even_power_usd_per_kwh",
            "Break-even power price",
            UsdPerKwh,
            "Power price at the start at which the NPV before tax is zero",
            Hosting(|r| r.break_even_power_usd_per_kwh),
        ),
    ]
};
