//! The comparison of the businesses.

use super::evaluation::{self, Evaluation, Terms};
use super::flows::Flows;
use super::holding::BuyAndHold;
use super::measures::{Context, Measures};
use super::network::Network;
use super::readouts::Readouts;
use super::reserve::reserve_usd;
use super::service::DebtService;
use crate::business::{AnyPlan, Business, PerBusiness, Plan, with_businesses};
use crate::kernel::{
    Absent, Basis, Financing, Ledger, Levels, Market, Maybe, NotEvaluated, Run, Venture, monthly_discount,
    net_before_tax,
};
use crate::scenario::ValidScenario;

/// The businesses on one site, and the markets they share.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// Basis of the flows.
    pub basis: Basis,
    /// Market series.
    pub network: Network,
    /// Each business, or the reason why it is absent.
    pub businesses: PerBusiness<Result<Evaluation, NotEvaluated>>,
    /// Mining's capex invested in bitcoin instead; `None` without mining.
    pub buy_and_hold: Option<BuyAndHold>,
}

impl Comparison {
    /// One of the businesses.
    ///
    /// # Errors
    /// If it is absent, with the reason.
    pub fn business(&self, business: Business) -> Result<&Evaluation, &NotEvaluated> {
        self.businesses[business].as_ref()
    }

    /// The capital that multiples of a business refer to, USD.
    ///
    /// # Errors
    /// If it has none, or is absent itself.
    pub fn capital_usd(&self, business: Business) -> Maybe<f64> {
        self.business(business).map_or(Err(Absent::NotApplicable), Evaluation::capital_usd)
    }

    /// The businesses that could be evaluated, in order.
    pub fn evaluations(&self) -> impl Iterator<Item = &Evaluation> {
        self.businesses.iter().filter_map(|(_, evaluated)| evaluated.as_ref().ok())
    }
}

/// Evaluates every business, each alone on the whole site, before tax and debt.
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// let comparison = compare(&Scenario::default().validate()?);
/// let best = comparison.evaluations().max_by(|a, b| a.measures.npv_usd.total_cmp(&b.measures.npv_usd));
/// assert_eq!(best.unwrap().business, Business::Leasing);
/// // A payback that never happens is a reason instead of a number.
/// let mining = comparison.business(Business::Mining).unwrap();
/// assert_eq!(mining.measures.payback_months, Err(Absent::Never));
/// # Ok::<(), Faults>(())
/// ```
pub fn compare(scenario: &ValidScenario) -> Comparison {
    compare_on(scenario, Basis::ProjectBeforeTax)
}

/// Evaluates every business on a basis. Revenue, costs and energy are the same on each.
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// let scenario = Scenario::default().validate()?;
/// let profit = |basis| compare_on(&scenario, basis).business(Business::Leasing).unwrap().measures.profit_usd;
/// assert!(profit(Basis::ProjectAfterTax) < profit(Basis::ProjectBeforeTax));
/// # Ok::<(), Faults>(())
/// ```
pub fn compare_on(scenario: &ValidScenario, basis: Basis) -> Comparison {
    let plan = Plan::compile(scenario);
    let levels = plan.market.deterministic();
    Site { scenario, market: &plan.market, levels: &levels, basis, sized_on: None }.compare(&plan.businesses)
}

/// Inputs that all evaluations share.
pub(crate) struct Site<'a> {
    pub scenario: &'a ValidScenario,
    pub market: &'a Market,
    /// The market of every month.
    pub levels: &'a [Levels<f64>],
    pub basis: Basis,
    /// Operating cash of each month that a sized debt follows, where the lender expected other markets than these, USD.
    pub sized_on: Option<&'a PerBusiness<Vec<f64>>>,
}

impl Site<'_> {
    /// Every business in these markets.
    pub(crate) fn compare(&self, businesses: &PerBusiness<Result<AnyPlan, NotEvaluated>>) -> Comparison {
        // The alternative to mining coins is to buy them for the same dollars.
        let hold = |business: Business| {
            let capital = businesses[business].as_ref().ok()?.capital();
            Some(BuyAndHold::new(business, capital, self.levels, business.discount_rate(self.scenario)))
        };
        Comparison {
            basis: self.basis,
            network: Network::new(self.market, self.levels),
            buy_and_hold: hold(Business::OF_NETWORK),
            businesses: PerBusiness::new(|business| match &businesses[business] {
                Ok(plan) => self.of(plan),
                Err(reason) => Err(reason.clone()),
            }),
        }
    }

    /// How a business is financed and counted.
    fn terms(&self, business: Business) -> Terms<'_> {
        Terms {
            finance: &self.scenario.finance,
            debt: business.debt(self.scenario),
            basis: self.basis,
            discount: monthly_discount(business.discount_rate(self.scenario)),
            sized_on: self.sized_on.map(|all| &all[business][..]),
        }
    }
}

/// A business in a market, without its own figures.
struct Measured {
    ledger: Ledger,
    flows: Flows,
    measures: Measures,
    debt_paid_month: Option<usize>,
    /// Discount factor of one month.
    discount: f64,
}

macro_rules! evaluated {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        impl Site<'_> {
            /// A business in these markets, with everything known of it.
            pub(crate) fn of(&self, plan: &AnyPlan) -> Result<Evaluation, NotEvaluated> {
                match plan {
                    $(AnyPlan::$Business(plan) => self.evaluate(Business::$Business, plan, Readouts::$Business),)*
                }
            }

            /// The measures that every business has, without the figures of this one, of which some are searched for.
            pub(crate) fn measures(&self, plan: &AnyPlan) -> Result<Measures, NotEvaluated> {
                match plan {
                    $(AnyPlan::$Business(plan) => {
                        self.measured(Business::$Business, plan).map(|measured| measured.measures)
                    })*
                }
            }

            /// Ledger, flows and financing of a business in these markets, without its measures.
            pub(crate) fn run(&self, plan: &AnyPlan) -> (Ledger, Flows, Financing) {
                match plan {
                    $(AnyPlan::$Business(plan) => {
                        evaluation::run(plan, self.levels, &self.terms(Business::$Business))
                    })*
                }
            }

            /// The flows of a business in these markets, without its measures.
            pub(crate) fn flows(&self, plan: &AnyPlan) -> Flows {
                self.run(plan).1
            }

            /// The same, unless a line is no number.
            pub(crate) fn checked_flows(&self, plan: &AnyPlan) -> Result<Flows, NotEvaluated> {
                let (ledger, flows, _) = self.run(plan);
                if ledger.is_finite() { Ok(flows) } else { Err(NotEvaluated::Overflow) }
            }

            /// The net flows of a business in these markets, USD: before tax without its ledger.
            pub(crate) fn net(&self, plan: &AnyPlan) -> Vec<f64> {
                if self.basis != Basis::ProjectBeforeTax {
                    return self.flows(plan).net;
                }
                match plan {
                    $(AnyPlan::$Business(plan) => net_before_tax(plan, self.levels),)*
                }
            }
        }
    };
}
with_businesses!(evaluated);

impl Site<'_> {
    /// Flows and common measures of a business.
    fn measured<P: Venture>(&self, business: Business, plan: &P) -> Result<Measured, NotEvaluated> {
        let discount_rate = business.discount_rate(self.scenario);
        let terms = self.terms(business);
        let (ledger, flows, financing) = evaluation::run(plan, self.levels, &terms);
        if !ledger.is_finite() {
            return Err(NotEvaluated::Overflow);
        }
        let context = Context {
            finance: &self.scenario.finance,
            discount_rate,
            capital: plan.capital(),
            timing: plan.timing(),
            cash_today_usd: plan.cash_today(&self.levels[0]),
            basis: self.basis,
            capacity_mw: if plan.is_on_site() {
                Ok(self.scenario.site.capacity_mw)
            } else {
                Err(Absent::OffSite)
            },
            months_after_end: plan.months_after_end(),
        };
        let reserve_usd = reserve_usd(&self.scenario.risk, &ledger, &financing, plan.timing());
        let service =
            DebtService::new(&flows.equity, &flows.operating_cash, &financing, plan.timing(), reserve_usd);
        let measures = Measures::new(&flows, service, &context);
        let debt_paid_month = financing.debt().paid_month();
        Ok(Measured { ledger, flows, measures, debt_paid_month, discount: terms.discount })
    }

    fn evaluate<P: Venture>(
        &self,
        business: Business,
        plan: &P,
        readouts: impl FnOnce(P::Figures) -> Readouts,
    ) -> Result<Evaluation, NotEvaluated> {
        let Measured { ledger, flows, measures, debt_paid_month, discount } =
            self.measured(business, plan)?;
        let run = Run {
            ledger: &ledger,
            scenario: self.scenario,
            market: self.market,
            levels: self.levels,
            discount,
        };
        let readouts = readouts(plan.figures(&run));
        Ok(Evaluation {
            business,
            basis: self.basis,
            timing: plan.timing(),
            debt_paid_month,
            ledger,
            flows,
            measures,
            readouts,
            months_after_end: plan.months_after_end(),
            discount,
        })
    }
}
