//! Inputs of a simulation that are the same on every path.

use super::markets::cache::FactorCache;
use super::markets::chance::Chance;
use super::markets::factors::FactorModel;
use super::model::{PlanModel, Seeds};
use super::simulated::{Ensemble, Simulated};
use super::works::Delays;
use crate::business::{AnyPlan, Business, PerBusiness, Plan, with_businesses};
use crate::kernel::{Absent, Basis, Financing, Levels, Maybe, Variant, Venture, monthly_discount};
use crate::results::evaluation;
use crate::results::measures::has_capital;
use crate::results::reserve::reserve_usd;
use crate::results::service::peak_equity_usd;
use crate::scenario::{Risk, ValidScenario, WorksRisk};

/// A scenario's plan, its deterministic markets, its debt and its discount factors.
pub(super) struct Prepared {
    pub plan: Plan,
    /// Values from the plan of each business.
    pub planned: PerBusiness<Option<Planned>>,
    /// Markets of the plan, by month.
    levels: Vec<Levels<f64>>,
    /// Delays of the works of each business, by block of paths.
    pub delays: PerBusiness<Delays>,
    /// Each business with each nonzero delay that occurs.
    late: PerBusiness<Vec<Late>>,
    works: PerBusiness<WorksRisk>,
    /// Discount factor of each month, by business.
    discounts: PerBusiness<Vec<f64>>,
    basis: Basis,
}

/// Values from the plan of a business for the simulation.
pub(super) struct Planned {
    financing: Financing,
    /// Cash held against a shortfall, USD.
    pub reserve_usd: f64,
    /// Own capex, on the equity basis peak equity, USD.
    pub capital_usd: Maybe<f64>,
}

/// A business whose works are late.
struct Late {
    plan: AnyPlan,
    financing: Financing,
}

impl Prepared {
    pub(super) fn new(scenario: &ValidScenario, basis: Basis) -> Self {
        let works = PerBusiness::new(|business: Business| business.works_risk(scenario));
        Self::with_works(scenario, basis, works)
    }

    /// A plan without chance, before tax: works are on time and cost what is planned.
    pub(super) fn on_plan(scenario: &ValidScenario) -> Self {
        Self::with_works(scenario, Basis::ProjectBeforeTax, PerBusiness::default())
    }

    fn with_works(scenario: &ValidScenario, basis: Basis, works: PerBusiness<WorksRisk>) -> Self {
        let plan = Plan::compile(scenario);
        let levels = plan.market.deterministic();
        let planned = PerBusiness::new(|business| {
            plan.businesses[business].as_ref().ok().map(|plan| planned(plan, &levels, scenario, basis))
        });
        let (seed, paths) = (scenario.risk.seed, scenario.risk.paths as usize);
        let delays =
            PerBusiness::new(|business| Delays::new(&works[business], seed, business as usize, paths));
        let late = PerBusiness::new(|business| match &planned[business] {
            Some(planned) => late(business, scenario, &planned.financing, &delays[business]),
            None => Vec::new(),
        });
        let discounts = PerBusiness::new(|business: Business| {
            let factor = monthly_discount(business.discount_rate(scenario));
            let mut discount = Vec::with_capacity(levels.len());
            discount.extend(std::iter::successors(Some(1.0), |d| Some(d * factor)).take(levels.len()));
            discount
        });
        Self { plan, planned, levels, delays, late, works, discounts, basis }
    }

    /// The four markets of the plan, by month, in the order of [`PathStory`](super::PathStory).
    pub(super) fn planned(&self) -> [Vec<f64>; 4] {
        let series = |read: fn(&Levels<f64>) -> f64| self.levels.iter().map(read).collect();
        [
            series(|levels| levels.btc_price_usd),
            series(|levels| levels.network_eh_s),
            series(|levels| levels.rental_usd_per_gpu_hour),
            series(|levels| levels.power_usd_per_kwh),
        ]
    }

    /// The plan under simulated markets.
    pub(super) fn model<'a>(&'a self, chance: Chance<'a>, seeds: Seeds) -> PlanModel<'a> {
        self.ensembles(chance, seeds)
    }

    /// The plan under the markets of a run, with the run's seed for every draw.
    pub(super) fn of_run<'a>(
        &'a self,
        model: FactorModel,
        risk: &Risk,
        cache: Option<&'a FactorCache>,
    ) -> PlanModel<'a> {
        self.model(Chance { model, seed: risk.seed, cache, scales: None }, Seeds::all(risk.seed))
    }

    /// A business with its works on time and with each delay that occurs.
    fn ensemble<'a, P: Venture>(
        &'a self,
        business: Business,
        on_time: &'a P,
        late: impl Iterator<Item = Option<&'a P>>,
    ) -> Option<Ensemble<'a, P>> {
        let overrun_sd = self.works[business].overrun_sd;
        let simulated = |plan, financing| Simulated::new(plan, financing, self.basis, overrun_sd);
        let financings = self.late[business].iter().map(|late| &late.financing);
        let mut by_delay = vec![simulated(on_time, &self.planned[business].as_ref()?.financing)];
        for (plan, financing) in late.zip(financings) {
            by_delay.push(simulated(plan?, financing));
        }
        Some(Ensemble::new(by_delay, &self.delays[business]))
    }
}

/// A business with each nonzero delay that occurs. Its debt is served as planned.
fn late(business: Business, scenario: &ValidScenario, planned: &Financing, delays: &Delays) -> Vec<Late> {
    let delayed = |months: &usize| {
        let plan = AnyPlan::compile(business, scenario, Variant::late(*months)).ok()?;
        let financing = planned.delayed(&scenario.finance, plan.capital(), plan.timing());
        Some(Late { plan, financing })
    };
    delays.distinct[1..].iter().filter_map(delayed).collect()
}

/// Values from the plan of a business in the markets `levels`.
fn planned_of<P: Venture>(
    plan: &P,
    levels: &[Levels<f64>],
    scenario: &ValidScenario,
    (business, basis): (Business, Basis),
) -> Planned {
    let debt = business.debt(scenario);
    let capex_usd = plan.capital().capex_usd();
    let some = |value: f64, reason| if value > 0.0 { Ok(value) } else { Err(reason) };
    if scenario.risk.reserve_months == 0.0 && basis != Basis::EquityAfterTax {
        return Planned {
            financing: evaluation::financing(plan, levels, &scenario.finance, debt),
            reserve_usd: scenario.risk.cash_reserve_usd,
            capital_usd: has_capital(plan.capital()).map(|()| capex_usd),
        };
    }
    let terms = evaluation::Terms { finance: &scenario.finance, debt, basis, discount: 1.0, sized_on: None };
    let (ledger, flows, financing) = evaluation::run(plan, levels, &terms);
    let capital_usd = if basis == Basis::EquityAfterTax {
        has_capital(plan.capital()).and_then(|()| some(peak_equity_usd(&flows.equity), Absent::NoEquity))
    } else {
        has_capital(plan.capital()).map(|()| capex_usd)
    };
    let reserve_usd = reserve_usd(&scenario.risk, &ledger, &financing, plan.timing());
    Planned { financing, reserve_usd, capital_usd }
}

macro_rules! parts_of_businesses {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        impl Prepared {
            fn ensembles<'a>(
                &'a self,
                chance: Chance<'a>,
                seeds: Seeds,
            ) -> PlanModel<'a> {
                PlanModel {
                    plan: &self.plan,
                    chance,
                    $($module: match &self.plan.businesses[Business::$Business] {
                        Ok(AnyPlan::$Business(plan)) => {
                            let late = self.late[Business::$Business].iter().map(|late| match &late.plan {
                                AnyPlan::$Business(plan) => Some(plan),
                                _ => None,
                            });
                            self.ensemble(Business::$Business, plan, late)
                        }
                        _ => None,
                    },)*
                    discounts: PerBusiness::new(|business| self.discounts[business].as_slice()),
                    seeds,
                }
            }
        }

        fn planned(
            plan: &AnyPlan,
            levels: &[Levels<f64>],
            scenario: &ValidScenario,
            basis: Basis,
        ) -> Planned {
            match plan {
                $(AnyPlan::$Business(plan) => {
                    planned_of(plan, levels, scenario, (Business::$Business, basis))
                })*
            }
        }
    };
}
with_businesses!(parts_of_businesses);
