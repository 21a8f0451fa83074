//! Which mix of businesses a site should carry: expected value against the worst paths, over the shares of the site.
//!
//! The frontier scales paths of each business on the whole site by its share, before tax. The mix that a scenario has is
//! also evaluated exactly, each business on its share of the capacity, and the difference is stated.
//!
//! What the model's document leaves open:
//!
//! * Capital is own capex, and of a mix the sum of its parts'. A business that spends none has no value per dollar, and is
//!   left out of the mixes with that reason, as is one that cannot be evaluated.
//! * Risk is the CVaR at 95 % per dollar of capital: minus the mean of the worst 5 % of the mix's paths. Along the frontier
//!   a mix has the least of it that its expected value allows; the frontier ends where less value brings no less risk.
//! * The parts of an exact mix are simulated each in a run of its own, with the same seed and so the same markets; their
//!   paths are added, before tax. After tax and for the owner only the plan of the mix is exact.
//! * A share of the capacity on which not a single machine fits adds nothing, and is named.
//! * The hedge that is stated replaces a share of the best single business by one other, in steps of 5 %: the one whose
//!   cut of the risk exceeds its cost in value by most, each as a fraction of what the best business alone has. Per dollar
//!   and in dollars these are two hedges, since capital differs between businesses.

mod exact;
mod frontier;
mod hedge;
mod mixed;
mod plan;
mod portfolio;
mod whole_site;

use exact::ExactPaths;
pub use exact::{ExactPart, on_share};
pub use hedge::Hedge;
use mixed::alone;
pub use mixed::{Mixed, Per, STEPS};
pub use plan::PlanOfMix;
pub use portfolio::{NoPortfolio, Portfolio, Site, SiteRisk, advice_on_markets};
pub use whole_site::{LeftOut, Part, WholeSite};

use crate::business::{Business, PerBusiness};
use crate::kernel::Basis;
use crate::results::verdict::Criterion;
use crate::risk::{Control, Simulator, Unfinished};
use crate::scenario::ValidScenario;

/// Mixes of the businesses of a site.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mixes {
    /// The businesses that can be mixed, in order.
    pub parts: Vec<Business>,
    /// Why the others are left out.
    pub left_out: PerBusiness<Option<LeftOut>>,
    /// Every mix in steps of 5 % of the site.
    pub grid: Vec<Mixed>,
    /// The efficient frontier, from the least risk to the most expected value per dollar.
    pub frontier: Vec<Mixed>,
    /// The frontier of the whole site in dollars, from the least risk to the most expected value.
    pub frontier_usd: Vec<Mixed>,
    /// The mix of the frontier with at most the risk of the scenario's own, and the most value.
    pub same_risk: Option<Mixed>,
    /// The same of the frontier of the whole site.
    pub same_risk_usd: Option<Mixed>,
    /// The scenario's own mix, scaled from whole-site paths; `None` if a business in it is left out.
    pub now: Option<Mixed>,
    /// The scenario's own mix, evaluated exactly.
    pub exact: Exact,
    /// Correlation of the NPVs of each pair of businesses.
    pub correlations: Vec<(Business, Business, f64)>,
    /// The hedge that costs least per dollar for what it takes off the risk per dollar; `None` if no share does.
    pub hedge: Option<Hedge>,
    /// The same in dollars of the whole site.
    pub hedge_usd: Option<Hedge>,
    /// Number of paths.
    pub paths: usize,
}

/// The scenario's own mix, each business on its share of the capacity.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Exact {
    /// Its plan, on the basis that was asked for.
    pub plan: PlanOfMix,
    /// Its simulation before tax; `None` if no part of it could be simulated.
    pub simulated: Option<Mixed>,
}

impl Exact {
    /// A plan, and its simulation if there is one.
    pub fn new(plan: PlanOfMix, simulated: Option<Mixed>) -> Self {
        Self { plan, simulated }
    }
}

/// What a criterion ranks mixes by, more is better; `None` for one of plans.
fn ranked(criterion: Criterion) -> Option<fn(&Mixed) -> f64> {
    match criterion {
        Criterion::Value => Some(|mixed| mixed.npv_usd.value),
        Criterion::ValuePerCapex => Some(|mixed| mixed.npv_per_capital().value),
        Criterion::Loss => Some(|mixed| -mixed.loss.value),
        Criterion::Payback | Criterion::Irr => None,
    }
}

/// Whether a criterion ranks mixes: a simulated mix has neither payback nor rate of return.
pub fn ranks_mixes(criterion: Criterion) -> bool {
    ranked(criterion).is_some()
}

impl Mixes {
    /// Simulates a scenario before tax and mixes its businesses; `basis` is that of the plan of its own mix.
    ///
    /// # Errors
    /// If the control ended the work, or there is too little memory.
    ///
    /// ```
    /// use wattfolio_economics::{answers::mix::Mixes, prelude::*, risk::ToTheEnd};
    ///
    /// let scenario = Scenario::default().with("risk.paths", 200)?.validate()?;
    /// let mixes = Mixes::new(&scenario, Basis::default(), &mut Simulator::new(1)?, &ToTheEnd)?;
    /// assert_eq!((mixes.grid.len(), mixes.parts.len()), (231, 3));
    /// let (least, most) = (&mixes.frontier[0], mixes.frontier.last().unwrap());
    /// assert!(least.cvar_per_capital().value <= most.cvar_per_capital().value);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        scenario: &ValidScenario,
        basis: Basis,
        simulator: &mut Simulator,
        control: &impl Control,
    ) -> Result<Self, Unfinished> {
        let site = WholeSite::simulate(scenario, simulator, control)?;
        Self::with_paths(scenario, &site, basis, simulator, control)
    }

    /// The same from whole-site paths of the scenario that are there already.
    ///
    /// # Errors
    /// If the control ended the work, or there is too little memory.
    pub fn with_paths(
        scenario: &ValidScenario,
        site: &WholeSite,
        basis: Basis,
        simulator: &mut Simulator,
        control: &impl Control,
    ) -> Result<Self, Unfinished> {
        let exact = Exact {
            plan: PlanOfMix::new(scenario, basis),
            simulated: ExactPaths::simulate(scenario, simulator, control)?
                .map(|paths| paths.mixed(scenario.mix.shares())),
        };
        if !control.proceed(1.0) {
            return Err(Unfinished::Ended);
        }
        let mut mixes = simulator.on_threads(|| Self::of(site, &scenario.mix.shares(), exact))?;
        mixes.paths = scenario.risk.paths as usize;
        Ok(mixes)
    }

    /// The mixes of whole-site paths; runs on the threads of the caller's pool.
    pub fn of(site: &WholeSite, shares: &PerBusiness<f64>, exact: Exact) -> Self {
        let grid = site.grid();
        let now = site.mixed(shares);
        let (frontier, frontier_usd) =
            rayon::join(|| site.frontier(Per::Dollar), || site.frontier(Per::Site));
        let same = |frontier: &[Mixed], per| frontier::at_risk(site, frontier, now.as_ref()?, per);
        let (same_risk, same_risk_usd) = (same(&frontier, Per::Dollar), same(&frontier_usd, Per::Site));
        Self {
            parts: site.parts().iter().map(|part| part.business).collect(),
            left_out: site.left_out.clone(),
            hedge: Hedge::best(site, &grid, Per::Dollar),
            hedge_usd: Hedge::best(site, &grid, Per::Site),
            correlations: site.correlations(),
            grid,
            frontier,
            frontier_usd,
            same_risk,
            same_risk_usd,
            now,
            exact,
            paths: site.paths(),
        }
    }

    /// The efficient frontier, per dollar or of the whole site.
    pub fn frontier_of(&self, per: Per) -> &[Mixed] {
        match per {
            Per::Dollar => &self.frontier,
            Per::Site => &self.frontier_usd,
        }
    }

    /// The hedge, per dollar or of the whole site.
    pub fn hedge_of(&self, per: Per) -> Option<&Hedge> {
        match per {
            Per::Dollar => self.hedge.as_ref(),
            Per::Site => self.hedge_usd.as_ref(),
        }
    }

    /// A business alone on the whole site; `None` if it is left out.
    pub fn alone(&self, business: Business) -> Option<&Mixed> {
        alone(&self.grid, business)
    }

    /// The mix of a frontier with at most the risk of the scenario's own, per dollar or of the whole site.
    pub fn same_risk_of(&self, per: Per) -> Option<&Mixed> {
        match per {
            Per::Dollar => self.same_risk.as_ref(),
            Per::Site => self.same_risk_usd.as_ref(),
        }
    }

    /// The mix of the grid with the most expected value per dollar.
    pub fn best(&self) -> Option<&Mixed> {
        self.best_by(Criterion::ValuePerCapex)
    }

    /// The mix of the grid that is best by a criterion, ties by CVaR per dollar; `None` without mixes, or by a criterion of
    /// plans, [which ranks no mixes](ranks_mixes).
    ///
    /// ```
    /// use wattfolio_economics::{answers::mix::Mixes, prelude::*, results::verdict::Criterion, risk::ToTheEnd};
    ///
    /// let scenario = Scenario::default().with("risk.paths", 200)?.validate()?;
    /// let mixes = Mixes::new(&scenario, Basis::default(), &mut Simulator::new(1)?, &ToTheEnd)?;
    /// let least = mixes.best_by(Criterion::Loss).unwrap();
    /// assert!(mixes.grid.iter().all(|mixed| mixed.loss.value >= least.loss.value));
    /// assert_eq!(mixes.best_by(Criterion::Payback), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn best_by(&self, criterion: Criterion) -> Option<&Mixed> {
        let value = ranked(criterion)?;
        let risk = |mixed: &Mixed| mixed.cvar_per_capital().value;
        let order = |a: &&Mixed, b: &&Mixed| value(a).total_cmp(&value(b)).then(risk(b).total_cmp(&risk(a)));
        self.grid.iter().max_by(order)
    }

    /// By how much the exact NPV of the scenario's own mix exceeds the scaled one, USD.
    pub fn exact_minus_scaled_usd(&self) -> Option<f64> {
        Some(self.exact.simulated.as_ref()?.npv_usd.value - self.now.as_ref()?.npv_usd.value)
    }
}
