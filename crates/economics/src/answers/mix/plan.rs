//! The plan of a mix: its parts on their shares of the site, their flows added up, and one tax.

use super::exact::{ExactPart, on_share};
use crate::business::{Business, Plan};
use crate::finance::{self, TaxRule, TaxState, is_tax_month};
use crate::kernel::{Absent, Basis, Financing, Ledger, Line, Maybe, NotEvaluated, finite, ratio};
use crate::results::compare::Site;
use crate::results::service::peak_equity_usd;
use crate::results::{Flows, internal_rate};
use crate::scenario::ValidScenario;

/// Measures of the plan of a mix on a basis.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PlanOfMix {
    /// The basis.
    pub basis: Basis,
    /// Its parts.
    pub parts: Vec<ExactPart>,
    /// The sum of the NPVs of its parts, each at its own rate, USD.
    pub npv_usd: f64,
    /// Own capex; for the owner the peak equity of the added flows, USD.
    pub capital_usd: f64,
    /// NPV per dollar of that.
    pub npv_per_capital: Maybe<f64>,
    /// IRR of the added flows, a year.
    pub irr: Maybe<f64>,
    /// MIRR of the added flows, a year.
    pub mirr: Maybe<f64>,
    /// Months until the added flows are back for good, without end proceeds.
    pub payback_last_months: Maybe<f64>,
    /// The same discounted at the mean rate of the parts, weighted by own capex.
    pub discounted_payback_last_months: Maybe<f64>,
    /// Net flow of each month, USD.
    pub flows: Vec<f64>,
}

/// A part with its books.
struct Run {
    business: Business,
    discount_rate: f64,
    capex_usd: f64,
    ledger: Ledger,
    flows: Flows,
    financing: Financing,
}

impl PlanOfMix {
    /// The parts that cannot be evaluated on their share of the site, and so add nothing.
    pub fn idle_parts(&self) -> impl Iterator<Item = &ExactPart> {
        self.parts.iter().filter(|part| part.npv_usd.is_err())
    }

    /// The plan of the scenario's own mix.
    pub fn new(scenario: &ValidScenario, basis: Basis) -> Self {
        let mut parts = Vec::new();
        let mut runs = Vec::new();
        for (business, share) in scenario.mix.shares().iter().filter(|(_, share)| **share > 0.0) {
            let part = ExactPart { business, share: *share, npv_usd: Ok(0.0), capex_usd: 0.0 };
            match run(scenario, business, *share, basis) {
                Ok(run) => {
                    parts.push(ExactPart { capex_usd: run.capex_usd, ..part });
                    runs.push(run);
                }
                Err(reason) => parts.push(ExactPart { npv_usd: Err(reason), ..part }),
            }
        }
        let months = scenario.horizon_months as usize + 1;
        let taxed = Taxed::new(scenario, &runs, basis, months);
        for part in &mut parts {
            let Some(index) = runs.iter().position(|run| run.business == part.business) else { continue };
            let monthly = finance::monthly_rate(runs[index].discount_rate);
            part.npv_usd = Ok(finance::npv(monthly, &taxed.of_parts[index]));
        }
        Self::measured(scenario, basis, parts, &runs, taxed)
    }

    fn measured(
        scenario: &ValidScenario,
        basis: Basis,
        parts: Vec<ExactPart>,
        runs: &[Run],
        Taxed { flows, beyond, .. }: Taxed,
    ) -> Self {
        let capex_usd: f64 = parts.iter().map(|part| part.capex_usd).sum();
        let capital_usd = match basis {
            Basis::EquityAfterTax => peak_equity_usd(&flows),
            Basis::ProjectBeforeTax | Basis::ProjectAfterTax => capex_usd,
        };
        let invested = if capex_usd > 0.0 { Ok(()) } else { Err(Absent::NoCapex) };
        let without = if basis == Basis::EquityAfterTax { Absent::NoEquity } else { Absent::NoCapex };
        let npv_usd = parts.iter().filter_map(|part| part.npv_usd.as_ref().ok()).sum();
        let mean_rate = runs.iter().map(|run| run.discount_rate * run.capex_usd).sum::<f64>()
            / capex_usd.max(f64::MIN_POSITIVE);
        let monthly = finance::monthly_rate;
        let money = &scenario.finance;
        let mirr = || {
            let rate = finance::mirr(&flows, monthly(money.finance_rate), monthly(money.reinvest_rate));
            rate.map(finance::annualised).ok_or(Absent::OneSign).and_then(finite)
        };
        let mut without_end = flows.clone();
        if let Some(last) = without_end.last_mut() {
            *last -= beyond;
        }
        let payback = |rate: f64| {
            let last = |flows: &[f64]| finance::payback(flows, rate).and_then(|payback| payback.last);
            let missing =
                || if beyond > 0.0 && last(&flows).is_some() { Absent::OnlyByResale } else { Absent::Never };
            last(&without_end).ok_or_else(missing)
        };
        Self {
            basis,
            npv_usd,
            capital_usd,
            npv_per_capital: invested.and_then(|()| ratio(npv_usd, capital_usd, without)),
            irr: invested.and_then(|()| internal_rate(&flows).0),
            mirr: invested.and_then(|()| mirr()),
            payback_last_months: invested.and_then(|()| payback(0.0)),
            discounted_payback_last_months: invested.and_then(|()| payback(monthly(mean_rate))),
            parts,
            flows,
        }
    }
}

/// A business on its share of the site, with the books of a basis.
fn run(scenario: &ValidScenario, business: Business, share: f64, basis: Basis) -> Result<Run, NotEvaluated> {
    let scaled = on_share(scenario, share);
    let plan = Plan::compile(&scaled);
    let levels = plan.market.deterministic();
    let site = Site { scenario: &scaled, market: &plan.market, levels: &levels, basis, sized_on: None };
    let of_business = plan.businesses[business].as_ref().map_err(Clone::clone)?;
    let (ledger, flows, financing) = site.run(of_business);
    if !ledger.is_finite() {
        return Err(NotEvaluated::Overflow);
    }
    let (discount_rate, capex_usd) = (business.discount_rate(scenario), of_business.capital().capex_usd());
    Ok(Run { business, discount_rate, capex_usd, ledger, flows, financing })
}

/// The flows of the parts and of the mix after its one tax.
struct Taxed {
    of_parts: Vec<Vec<f64>>,
    flows: Vec<f64>,
    /// The part of the last flow that payback leaves out, USD.
    beyond: f64,
}

impl Taxed {
    fn new(scenario: &ValidScenario, runs: &[Run], basis: Basis, months: usize) -> Self {
        let mut of_parts: Vec<Vec<f64>> = runs.iter().map(|run| run.flows.net.clone()).collect();
        let end: f64 = runs.iter().map(|run| run.flows.end_proceeds).sum();
        let mut beyond = end;
        if basis != Basis::ProjectBeforeTax {
            let tax_on_end = share_tax(scenario, runs, &mut of_parts, months);
            let balloon: f64 = match basis {
                Basis::EquityAfterTax => runs.iter().map(|run| run.financing.debt().balloon).sum(),
                Basis::ProjectBeforeTax | Basis::ProjectAfterTax => 0.0,
            };
            let end = end - tax_on_end;
            beyond = end - end.max(0.0).min(balloon);
        }
        let mut flows = vec![0.0; months];
        for part in &of_parts {
            flows.iter_mut().zip(part).for_each(|(sum, flow)| *sum += flow);
        }
        Self { of_parts, flows, beyond }
    }
}

/// Gives every part its own tax back, and takes its part of the mix's: that of each year in proportion to the positive
/// taxable income of the year. Returns the tax on end proceeds, USD.
fn share_tax(scenario: &ValidScenario, runs: &[Run], of_parts: &mut [Vec<f64>], months: usize) -> f64 {
    let rule = TaxRule { rate: scenario.finance.tax_rate, loss_limit: scenario.finance.nol_limit };
    let horizon = months - 1;
    let mut state = TaxState::start(0.0);
    let mut of_year = vec![0.0; runs.len()];
    let mut on_end = 0.0;
    for t in 0..months {
        for ((run, flows), of_year) in runs.iter().zip(of_parts.iter_mut()).zip(&mut of_year) {
            // Tax is negative in the ledger.
            flows[t] -= run.ledger.line(Line::Tax)[t];
            let income = run.ledger.line(Line::TaxableIncome)[t];
            *of_year += income;
            state.earn(income);
        }
        if !is_tax_month(t, horizon) {
            continue;
        }
        if t == horizon {
            let gain: f64 = runs.iter().map(gain_of).sum();
            let mut without = state;
            without.earn(-gain);
            on_end = -without.close_year(&rule);
        }
        let tax = state.close_year(&rule);
        on_end += if t == horizon { tax } else { 0.0 };
        let positive: f64 = of_year.iter().map(|income| income.max(0.0)).sum();
        for (flows, income) in of_parts.iter_mut().zip(&mut of_year) {
            if positive > 0.0 {
                flows[t] -= tax * income.max(0.0) / positive;
            }
            *income = 0.0;
        }
    }
    on_end
}

/// Taxable gain of a part on its end proceeds, USD.
fn gain_of(run: &Run) -> f64 {
    let kept_cost: f64 = run.ledger.line(Line::BtcKeptValue).iter().sum();
    run.financing.gain(run.flows.end_proceeds, kept_cost, 0.0)
}
