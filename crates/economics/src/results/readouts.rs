//! Figures that only one kind of business has.

use crate::kernel::{Absent, Maybe, ratio};
use crate::kernel::break_even;
use crate::business::hosting;
use crate::business::leasing;
use crate::business::mining;
use crate::kernel::{Ledger, Levels, Line, Venture};
use crate::finance;

/// Figures of one business alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Readouts {
    /// Of mining.
    Mining(mining::Figures),
    /// Of AI hosting.
    Hosting(hosting::Figures),
    /// Of compute leasing.
    Leasing(leasing::Figures),
}

/// Figures of mining.
#[derive(Clone, Debug, PartialEq)]
pub struct mining::Figures {
    /// Number of machines.
    pub machines: f64,
    /// Bitcoins mined, BTC.
    pub btc_mined: f64,
    /// Bitcoins kept until the end, BTC.
    pub btc_kept: f64,
    /// Hashprice at the start, USD per PH and day.
    pub hashprice_usd_ph_day: f64,
    /// Power price at which new machines break even at the start, USD/MWh.
    pub shutdown_power_usd_per_mwh: f64,
    /// Bitcoin price at which new machines only pay their power at the start, USD.
    pub shutdown_price_usd: Maybe<f64>,
    /// Power per bitcoin mined, USD.
    pub power_cost_per_btc_usd: Maybe<f64>,
    /// Power and opex per bitcoin mined, USD.
    pub cash_cost_per_btc_usd: Maybe<f64>,
    /// Power, opex and capex less resale per bitcoin mined, USD.
    pub all_in_cost_per_btc_usd: Maybe<f64>,
    /// Months until mined coins less costs at each month's price make up for the capex in coins.
    pub btc_payback_months: Maybe<f64>,
    /// Months of standing still.
    pub idle_months: f64,
    /// Power price at the start at which the net present value is zero, USD/kWh.
    pub break_even_power_usd_per_kwh: Maybe<f64>,
}

/// Figures of AI hosting.
#[derive(Clone, Debug, PartialEq)]
pub struct hosting::Figures {
    /// IT power, MW.
    pub it_mw: f64,
    /// NOI of the first 12 months at full ramp over own capex, a year.
    pub yield_on_cost: Maybe<f64>,
    /// NOI over fees of the same months.
    pub noi_margin: Maybe<f64>,
    /// Present value of costs over present value of IT power let, USD/kW-month.
    pub levelised_usd_per_kw_month: Maybe<f64>,
    /// Month in which the customer has its money back.
    pub credit_used_up_month: Maybe<f64>,
    /// Power price at the start at which the net present value is zero, USD/kWh.
    pub break_even_power_usd_per_kwh: Maybe<f64>,
}

/// Figures of compute leasing.
#[derive(Clone, Debug, PartialEq)]
pub struct leasing::Figures {
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

/// A run of a business and the market it ran in.
pub(super) struct Run<'a> {
    pub ledger: &'a Ledger,
    pub levels: &'a [Levels<f64>],
    /// Discount factor of one month.
    pub discount: f64,
}

impl Run<'_> {
    fn present_value(&self, line: Line) -> f64 {
        finance::npv(1.0 / self.discount - 1.0, self.ledger.line(line))
    }

    /// Present value of all costs less end proceeds, over the present value of what is sold.
    fn levelised(&self, costs: &[Line], sold: Line) -> Maybe<f64> {
        let sold = self.present_value(sold);
        let flows: f64 = costs.iter().map(|&line| self.present_value(line)).sum();
        ratio(-flows, sold, Absent::NothingSold)
    }
}

impl mining::Figures {
    pub(super) fn new(plan: &mining::Plan, run: &Run<'_>) -> Self {
        let (ledger, start) = (run.ledger, &run.levels[0]);
        let btc_mined = ledger.sum(Line::BtcMined);
        let per_btc = |cost: f64| ratio(cost, btc_mined, Absent::NothingMined);
        let power = -ledger.sum(Line::Power);
        let cash = power - ledger.sum(Line::Opex);
        let last = ledger.line(Line::TreasuryBtc).len() - 1;
        let coins = ledger.line(Line::TreasuryValue)[last];
        let resale = ledger.line(Line::EndProceeds)[last] - coins;
        let shutdown_power_usd_per_mwh = plan.shutdown_power_usd_per_mwh(start);
        let power_usd_per_mwh = start.power_usd_per_kwh * crate::KWH_PER_MWH;
        let shutdown_price =
            ratio(start.btc_price_usd * power_usd_per_mwh, shutdown_power_usd_per_mwh, Absent::Never);
        Self {
            machines: plan.machines(),
            btc_mined,
            btc_kept: ledger.line(Line::TreasuryBtc)[last],
            hashprice_usd_ph_day: start.hashprice_usd_per_ph_day(),
            shutdown_power_usd_per_mwh,
            shutdown_price_usd: shutdown_price,
            power_cost_per_btc_usd: per_btc(power),
            cash_cost_per_btc_usd: per_btc(cash),
            all_in_cost_per_btc_usd: per_btc(cash + plan.capital().capex_usd() - resale),
            btc_payback_months: btc_payback(plan, run),
            idle_months: ledger.sum(Line::Idle),
            break_even_power_usd_per_kwh: break_even::power_price(plan, run.levels, run.discount),
        }
    }
}

/// Payback counted in coins.
fn btc_payback(plan: &mining::Plan, run: &Run<'_>) -> Maybe<f64> {
    if plan.capital().capex_usd() <= 0.0 {
        return Err(Absent::NoCapex);
    }
    let ledger = run.ledger;
    let (mined, credit) = (ledger.line(Line::BtcMined), ledger.line(Line::DemandResponse));
    let (power, opex) = (ledger.line(Line::Power), ledger.line(Line::Opex));
    let flows: Vec<f64> = (0..mined.len())
        .map(|t| {
            let dollars = credit[t] + power[t] + opex[t] - plan.capital().outlay(t).capex();
            mined[t] + dollars / run.levels[t].btc_price_usd
        })
        .collect();
    finance::payback(&flows, 0.0).map(|payback| payback.first).ok_or(Absent::Never)
}

impl hosting::Figures {
    pub(super) fn new(plan: &hosting::Plan, run: &Run<'_>) -> Self {
        let ledger = run.ledger;
        let first_year = first_full_year(plan, ledger.line(Line::Fees).len());
        let noi = first_year.map(|months| {
            let lines = [Line::Fees, Line::PowerBilledOn, Line::Power, Line::Opex];
            let over_year = |line: Line| ledger.line(line)[months.clone()].iter().sum::<f64>();
            let noi: f64 = lines.into_iter().map(over_year).sum();
            let fees: f64 = ledger.line(Line::Fees)[months].iter().sum();
            (noi, fees)
        });
        let capex = plan.capital().capex_usd();
        let costs = [Line::CapexWorks, Line::PowerBilledOn, Line::Power, Line::Opex, Line::EndProceeds];
        Self {
            it_mw: plan.it_mw(),
            yield_on_cost: noi.and_then(|(noi, _)| ratio(noi, capex, Absent::NoCapex)),
            noi_margin: noi.and_then(|(noi, fees)| ratio(noi, fees, Absent::NothingSold)),
            levelised_usd_per_kw_month: run.levelised(&costs, Line::KwMonthsLet),
            credit_used_up_month: credit_used_up(plan, ledger),
            break_even_power_usd_per_kwh: if plan.pays_power() {
                break_even::power_price(plan, run.levels, run.discount)
            } else {
                Err(Absent::PaysNoPower)
            },
        }
    }
}

/// The first twelve months at full ramp.
fn first_full_year(plan: &hosting::Plan, months: usize) -> Maybe<std::ops::Range<usize>> {
    let first = plan.timing().first_full_month();
    if first + 12 <= months { Ok(first..first + 12) } else { Err(Absent::TooShort) }
}

/// The first month in which nothing of what the customer funded is left to credit.
fn credit_used_up(plan: &hosting::Plan, ledger: &Ledger) -> Maybe<f64> {
    let funded = plan.customer_funded_usd();
    if funded <= 0.0 {
        return Err(Absent::NoCredit);
    }
    let used_up = |credited: f64| -credited >= funded * (1.0 - 1e-12);
    finance::cumulative(ledger.line(Line::CreditToCustomer))
        .position(used_up)
        .map(|t| t as f64)
        .ok_or(Absent::Never)
}

impl leasing::Figures {
    pub(super) fn new(plan: &leasing::Plan, run: &Run<'_>) -> Self {
        let costs = [
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
        let (factor, utilisation) = break_even::leasing(plan, run.levels, run.discount);
        Self {
            gpus: plan.gpus(),
            it_mw: plan.it_mw(),
            levelised_usd_per_gpu_hour: run.levelised(&costs, Line::GpuHoursSold),
            break_even_rental_factor: factor,
            break_even_utilisation: utilisation,
            idle_months: run.ledger.sum(Line::Idle),
        }
    }
}
