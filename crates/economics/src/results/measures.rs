//! Measures that every business has, from its monthly net flow.

use crate::finance;
use crate::kernel::{Absent, Basis, CapitalPlan, Maybe, Timing, finite, ratio};
use crate::results::{DebtService, Flows, internal_rate};
use crate::scenario::Finance;

/// Measures of one business on a basis.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Measures {
    /// Net present value, USD.
    pub npv_usd: f64,
    /// The part of the net present value from end proceeds, USD.
    pub end_proceeds_npv_usd: f64,
    /// Net present value per dollar of own capex; on the equity basis per dollar of peak equity.
    pub npv_per_capex: Maybe<f64>,
    /// Internal rate of return a year, if it is meaningful.
    pub irr: Maybe<f64>,
    /// Every rate above −99 % a year at which the net present value is zero, ascending.
    pub irr_roots: Vec<f64>,
    /// Modified internal rate of return a year.
    pub mirr: Maybe<f64>,
    /// Sum of all flows, USD.
    pub profit_usd: f64,
    /// 1 + profit over peak funding.
    pub multiple: Maybe<f64>,
    /// Largest deficit of the cumulative flow, USD.
    pub peak_funding_usd: f64,
    /// Month of the peak funding.
    pub peak_funding_month: Maybe<f64>,
    /// Own capex: works paid by the business and hardware, USD.
    pub capex_usd: f64,
    /// Months until the money is back for the first time.
    pub payback_months: Maybe<f64>,
    /// Months until the money is back for good.
    pub payback_last_months: Maybe<f64>,
    /// Months until discounted flows have the money back for the first time.
    pub discounted_payback_months: Maybe<f64>,
    /// Months until discounted flows have the money back for good.
    pub discounted_payback_last_months: Maybe<f64>,
    /// Own capex over the monthly operating cash at start levels, full ramp and with new machines, months.
    pub payback_today_months: Maybe<f64>,
    /// `((operating cash + end proceeds − deposit)/capex)^(12/T) − 1`: what the press often calls IRR.
    pub annualised_total_return: Maybe<f64>,
    /// Profit before tax per MWh that the site could have used since live, USD.
    pub profit_usd_per_mwh: Maybe<f64>,
    /// Net present value per discounted MWh that the site could use from live on, USD.
    pub npv_usd_per_mwh: Maybe<f64>,
    /// Discount rate a year that every present value uses, fraction.
    pub discount_rate: f64,
    /// End proceeds, USD.
    pub end_proceeds_usd: f64,
    /// Debt cover, the owner's equity and months in which cash is short.
    pub service: DebtService,
}

/// Inputs of the measures besides the flows.
pub(crate) struct Context<'a> {
    pub finance: &'a Finance,
    /// Discount rate of the business, a year, fraction.
    pub discount_rate: f64,
    pub capital: &'a CapitalPlan,
    pub timing: Timing,
    pub basis: Basis,
    pub cash_today_usd: f64,
    /// Capacity of the site in MW; absent for a fleet on another site.
    pub capacity_mw: Maybe<f64>,
    /// Months after `T` whose earnings the end proceeds count.
    pub months_after_end: usize,
}

impl Measures {
    pub(crate) fn new(flows: &Flows, service: DebtService, context: &Context<'_>) -> Self {
        let monthly = finance::monthly_rate(context.discount_rate);
        let capex_usd = context.capital.capex_usd();
        let npv_usd = finance::npv(monthly, &flows.net);
        let profit_usd = flows.net.iter().sum();
        let (peak_funding_usd, peak_month) = peak_funding(&flows.net);
        let invested = has_capital(context.capital);
        let (irr, irr_roots) = match invested {
            Ok(()) => internal_rate(&flows.net),
            Err(reason) => (Err(reason), Vec::new()),
        };
        let owned = |value: f64| ratio(value, capex_usd, Absent::NoCapex);
        let funded = (peak_funding_usd > 0.0).then_some(()).ok_or(Absent::NoFunding);
        let paybacks = Paybacks { flows, without_end: flows.without_end_proceeds(), exists: invested };
        let (payback_months, payback_last_months) = paybacks.at(0.0);
        let (discounted_payback_months, discounted_payback_last_months) = paybacks.at(monthly);
        let months = flows.net.len() - 1;
        let operating_cash: f64 = flows.operating_cash.iter().sum();
        let returned = operating_cash + flows.end_proceeds - context.capital.deposit_usd();
        Self {
            npv_usd,
            end_proceeds_npv_usd: flows.beyond_payback / (1.0 + monthly).powi(months as i32),
            npv_per_capex: match context.basis {
                Basis::EquityAfterTax => {
                    invested.and_then(|()| ratio(npv_usd, service.peak_equity_usd, Absent::NoEquity))
                }
                Basis::ProjectBeforeTax | Basis::ProjectAfterTax => owned(npv_usd),
            },
            irr,
            irr_roots,
            mirr: invested.and_then(|()| modified_rate(&flows.net, context.finance)),
            profit_usd,
            multiple: invested
                .and_then(|()| ratio(profit_usd, peak_funding_usd, Absent::NoFunding))
                .map(|profit| 1.0 + profit),
            peak_funding_usd,
            peak_funding_month: funded.map(|()| peak_month as f64),
            capex_usd,
            payback_months,
            payback_last_months,
            discounted_payback_months,
            discounted_payback_last_months,
            payback_today_months: payback_today(capex_usd, context.cash_today_usd),
            annualised_total_return: owned(returned).and_then(|total| total_return(total, months)),
            profit_usd_per_mwh: context.capacity_mw.and_then(|capacity_mw| {
                let live_months = (months - context.timing.live()) as f64;
                finite(flows.profit_before_tax / (capacity_mw * crate::units::HOURS_PER_MONTH * live_months))
            }),
            npv_usd_per_mwh: context.capacity_mw.and_then(|capacity_mw| {
                let counted = context.timing.live() + 1..=months + context.months_after_end;
                let discounted_months: f64 = counted.map(|t| (1.0 + monthly).powi(-(t as i32))).sum();
                finite(npv_usd / (capacity_mw * crate::units::HOURS_PER_MONTH * discounted_months))
            }),
            discount_rate: context.discount_rate,
            end_proceeds_usd: flows.end_proceeds,
            service,
        }
    }

    /// Whether the internal rate of return is meaningful.
    pub fn irr_meaningful(&self) -> bool {
        self.irr.is_ok()
    }
}

/// Largest deficit of the cumulative flow, USD, and its month.
fn peak_funding(flows: &[f64]) -> (f64, usize) {
    let (mut sum, mut peak) = (0.0, (0.0, 0));
    for (t, flow) in flows.iter().enumerate() {
        sum += flow;
        if -sum > peak.0 {
            peak = (-sum, t);
        }
    }
    peak
}

fn modified_rate(flows: &[f64], finance: &Finance) -> Maybe<f64> {
    let monthly = finance::monthly_rate;
    let rate = finance::mirr(flows, monthly(finance.finance_rate), monthly(finance.reinvest_rate));
    rate.map(finance::annualised).ok_or(Absent::OneSign).and_then(finite)
}

fn payback_today(capex_usd: f64, cash_usd: f64) -> Maybe<f64> {
    if capex_usd <= 0.0 { Err(Absent::NoCapex) } else { ratio(capex_usd, cash_usd, Absent::NoProfitToday) }
}

fn total_return(total: f64, months: usize) -> Maybe<f64> {
    // A total loss has a return of −100 %; below that no yearly rate exists.
    if total < 0.0 {
        return Err(Absent::LostMore);
    }
    finite(total.powf(12.0 / months as f64) - 1.0)
}

/// Whether own capital is spent: without it nothing can be paid back, and there is no rate of return and no multiple,
/// since what operation loses in some months is not invested.
///
/// The plan and every simulated path use this rule.
pub(crate) fn has_capital(capital: &CapitalPlan) -> Maybe<()> {
    if capital.capex_usd() > 0.0 { Ok(()) } else { Err(Absent::NoCapex) }
}

/// Months until flows discounted at a monthly rate have the money back, for the first time and for good.
pub(crate) fn paybacks(flows: &Flows, capital: &CapitalPlan, rate: f64) -> (Maybe<f64>, Maybe<f64>) {
    Paybacks { flows, without_end: flows.without_end_proceeds(), exists: has_capital(capital) }.at(rate)
}

struct Paybacks<'a> {
    flows: &'a Flows,
    without_end: Vec<f64>,
    exists: Maybe<()>,
}

impl Paybacks<'_> {
    /// First and last payback on flows discounted at a monthly rate.
    fn at(&self, rate: f64) -> (Maybe<f64>, Maybe<f64>) {
        if let Err(reason) = self.exists {
            return (Err(reason), Err(reason));
        }
        let missing = || if self.resale_pays(rate) { Absent::OnlyByResale } else { Absent::Never };
        match finance::payback(&self.without_end, rate) {
            Some(payback) => (Ok(payback.first), payback.last.ok_or_else(missing)),
            None => (Err(missing()), Err(missing())),
        }
    }

    /// Whether the flows with end proceeds return to zero at the end.
    fn resale_pays(&self, rate: f64) -> bool {
        let at_the_end = || finance::payback(&self.flows.net, rate).and_then(|payback| payback.last);
        self.flows.beyond_payback > 0.0 && at_the_end().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_return_knows_a_total_loss_from_more_than_that() {
        assert_eq!(total_return(1.21, 24), Ok(1.21_f64.sqrt() - 1.0));
        assert_eq!(total_return(0.0, 24), Ok(-1.0));
        assert_eq!(total_return(-0.01, 24), Err(Absent::LostMore));
    }
}
