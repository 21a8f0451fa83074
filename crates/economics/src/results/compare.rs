//! The comparison of the three businesses.

use crate::kernel::Absent;
use crate::results::{Evaluation, Terms};
use crate::results::evaluation;
use crate::results::BuyAndHold;
use crate::results::{Context, Measures};
use crate::results::Network;
use crate::business::hosting;
use crate::business::leasing;
use crate::business::mining;
use crate::results::{Readouts, Run};
use crate::results::DebtService;
use crate::business::{Business, Plan};
use crate::business::hosting;
use crate::business::leasing;
use crate::business::mining;
use crate::kernel::{Basis, Levels, NotEvaluated, Venture, monthly_discount};
use crate::scenario::{Debt, ValidScenario};

/// The three businesses on one site, and the markets they share.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Whose flows are measured.
    pub basis: Basis,
    /// Market series.
    pub network: Network,
    /// Mining, or why it is absent.
    pub mining: Result<Evaluation, NotEvaluated>,
    /// AI hosting, or why it is absent.
    pub hosting: Result<Evaluation, NotEvaluated>,
    /// Compute leasing, or why it is absent.
    pub leasing: Result<Evaluation, NotEvaluated>,
    /// Mining's capex put into bitcoin instead; absent with mining.
    pub buy_and_hold: Option<BuyAndHold>,
}

impl Comparison {
    /// One of the three.
    ///
    /// # Errors
    /// Why it is absent.
    pub fn business(&self, business: Business) -> Result<&Evaluation, &NotEvaluated> {
        match business {
            Business::Mining => self.mining.as_ref(),
            Business::Hosting => self.hosting.as_ref(),
            Business::Leasing => self.leasing.as_ref(),
        }
    }

    /// Those that could be evaluated, in order.
    pub fn evaluations(&self) -> impl Iterator<Item = &Evaluation> {
        Business::ALL.into_iter().filter_map(|business| self.business(business).ok())
    }
}

/// Evaluates mining, AI hosting and compute leasing, each alone on the whole site, before tax and debt.
pub fn compare(scenario: &ValidScenario) -> Comparison {
    compare_on(scenario, Basis::ProjectBeforeTax)
}

/// Evaluates the three on a basis. Revenue, costs and energy are the same on each.
pub fn compare_on(scenario: &ValidScenario, basis: Basis) -> Comparison {
    let plan = Plan::compile(scenario);
    let levels = plan.market.deterministic();
    let discount = monthly_discount(scenario.finance.discount_rate);
    let site = Site { scenario, levels: &levels, discount, basis };
    let yearly_rate = scenario.finance.discount_rate;
    Comparison {
        basis,
        network: Network::new(&plan.market, &levels),
        buy_and_hold: plan.mining.as_ref().ok().map(|p| BuyAndHold::new(p.capital(), &levels, yearly_rate)),
        mining: plan.mining.and_then(|plan| site.mining(&plan)),
        hosting: plan.hosting.and_then(|plan| site.hosting(&plan)),
        leasing: plan.leasing.and_then(|plan| site.leasing(&plan)),
    }
}

/// What the three evaluations share.
struct Site<'a> {
    scenario: &'a ValidScenario,
    levels: &'a [Levels<f64>],
    discount: f64,
    basis: Basis,
}

impl Site<'_> {
    fn mining(&self, plan: &mining::Plan) -> Result<Evaluation, NotEvaluated> {
        self.evaluate(Business::Mining, plan, true, |run| Readouts::Mining(mining::Figures::new(plan, run)))
    }

    fn hosting(&self, plan: &hosting::Plan) -> Result<Evaluation, NotEvaluated> {
        self.evaluate(Business::Hosting, plan, true, |run| Readouts::Hosting(hosting::Figures::new(plan, run)))
    }

    fn leasing(&self, plan: &leasing::Plan) -> Result<Evaluation, NotEvaluated> {
        self.evaluate(Business::Leasing, plan, !plan.is_colocated(), |run| {
            Readouts::Leasing(leasing::Figures::new(plan, run))
        })
    }

    fn evaluate<P: Venture>(
        &self,
        business: Business,
        plan: &P,
        on_site: bool,
        readouts: impl FnOnce(&Run<'_>) -> Readouts,
    ) -> Result<Evaluation, NotEvaluated> {
        let terms = Terms {
            finance: &self.scenario.finance,
            debt: self.debt(business),
            basis: self.basis,
            discount: self.discount,
        };
        let (ledger, flows, financing) = evaluation::run(plan, self.levels, &terms);
        if !ledger.is_finite() {
            return Err(NotEvaluated::Overflow);
        }
        let context = Context {
            finance: &self.scenario.finance,
            capital: plan.capital(),
            timing: plan.timing(),
            cash_today_usd: plan.cash_today(&self.levels[0]),
            basis: self.basis,
            capacity_mw: if on_site { Ok(self.scenario.site.capacity_mw) } else { Err(Absent::OffSite) },
        };
        let reserve_usd = self.scenario.risk.cash_reserve_usd;
        let service =
            DebtService::new(&flows.equity, &flows.operating_cash, &financing, plan.timing(), reserve_usd);
        let measures = Measures::new(&flows, service, &context);
        let readouts = readouts(&Run { ledger: &ledger, levels: self.levels, discount: self.discount });
        let debt_paid_month = financing.debt().paid_month();
        Ok(Evaluation {
            business,
            basis: self.basis,
            timing: plan.timing(),
            debt_paid_month,
            ledger,
            flows,
            measures,
            readouts,
        })
    }

    fn debt(&self, business: Business) -> Debt {
        match business {
            Business::Mining => self.scenario.mining.debt,
            Business::Hosting => self.scenario.hosting.debt,
            Business::Leasing => self.scenario.leasing.debt,
        }
    }
}
