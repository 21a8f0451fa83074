//! Single paths: one row each with markets and results, and the story of a path by month.

use std::cell::RefCell;
use std::ops::Range;

use rayon::prelude::*;

use super::control::Control;
use super::factors::FactorModel;
use super::lanes::LANES;
use super::model::PlanModel;
use super::on_tier;
use super::prepared::Prepared;
use super::quasi::Sampling;
use super::record::{Driver, Record};
use super::room::{Unfinished, have_headroom, headroom};
use super::simulate::Simulator;
use super::statistics::{Rates, Returns};
use crate::business::{Business, PerBusiness};
use crate::kernel::{Absent, Basis, Maybe};
use crate::results::internal_rate;
use crate::scenario::ValidScenario;

thread_local! {
    /// Buffers of each thread, reused from group to group.
    static RECORD: RefCell<(Record, Vec<f64>)> = RefCell::default();
}

/// Maximum number of rows held at a time.
const AT_ONCE: usize = 4096;

/// Level of a market on a path.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Level {
    /// Mean over the months `1..=T`.
    pub mean: f64,
    /// Level in month `T`.
    pub last: f64,
}

/// Results of a business on a path.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct PathResult {
    /// Net present value, USD.
    pub npv_usd: f64,
    /// Internal rate of return a year, or why there is none.
    pub irr: Maybe<f64>,
    /// Payback in months.
    pub payback_months: Maybe<f64>,
    /// Lowest cumulative cash since the end of the ramp, USD.
    pub lowest_cash_usd: f64,
    /// First month in which a customer left.
    pub default_month: Option<usize>,
    /// Delay of its works, months.
    pub delay_months: usize,
}

/// A path in one row: markets and results.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct PathRow {
    /// The markets of [`series::SIMULATED`](crate::kernel::series::SIMULATED), in their order.
    pub markets: [Level; 4],
    /// First month in which a hosting customer left.
    pub default_month: Option<usize>,
    /// Each business; `None` where one is absent.
    pub results: PerBusiness<Option<PathResult>>,
}

/// A path month by month.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PathStory {
    /// Number of the path.
    pub path: usize,
    /// The markets of [`PathRow::markets`], by month `0..=T`.
    pub markets: [Vec<f64>; 4],
    /// The same markets in the plan.
    pub planned: [Vec<f64>; 4],
    /// Each business; `None` where it is absent.
    pub businesses: PerBusiness<Option<BusinessStory>>,
}

impl PathStory {
    /// A path with its markets, those of the plan, and each business.
    pub fn new(
        path: usize,
        [markets, planned]: [[Vec<f64>; 4]; 2],
        businesses: PerBusiness<Option<BusinessStory>>,
    ) -> Self {
        Self { path, markets, planned, businesses }
    }
}

/// A business on one path.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BusinessStory {
    /// Cumulative cash without end proceeds, by month `0..=T`, USD.
    pub cumulative_usd: Vec<f64>,
    /// Net present value, USD.
    pub npv_usd: f64,
    /// Payback in months.
    pub payback_months: Maybe<f64>,
    /// First month in which a customer left.
    pub default_month: Option<usize>,
    /// Delay of its works, months.
    pub delay_months: usize,
    /// Gain in NPV if one driver alone had followed the plan, in the order of [`Driver::ALL`], USD.
    pub gain_without_usd: [f64; Driver::COUNT],
}

impl BusinessStory {
    /// A business that is built in time, keeps its customers and is never paid back.
    pub fn new(cumulative_usd: Vec<f64>, npv_usd: f64, gain_without_usd: [f64; Driver::COUNT]) -> Self {
        let payback_months = Err(Absent::Never);
        Self {
            cumulative_usd,
            npv_usd,
            payback_months,
            default_month: None,
            delay_months: 0,
            gain_without_usd,
        }
    }
}

impl Simulator {
    /// Whether the markets are quasi-random or resampled, and so in the cache; others are drawn path by path.
    fn kept_markets(&mut self, scenario: &ValidScenario, factors: &FactorModel) -> bool {
        let horizon = scenario.horizon_months as usize;
        // An earlier run has allocated their memory.
        (self.sampling == Sampling::Quasi || self.resampled.is_some())
            && self.keep_markets(&scenario.risk, horizon, factors).unwrap_or(false)
    }

    /// The rows of the paths `paths`, in order.
    ///
    /// ```
    /// use wattfolio_economics::{prelude::*, risk::ToTheEnd};
    ///
    /// let scenario = Scenario::default().with("risk.paths", 200)?.validate()?;
    /// let (mut simulator, basis) = (Simulator::new(1)?, Basis::ProjectBeforeTax);
    /// let simulation = simulator.run(&scenario, basis, &ToTheEnd)?;
    /// let rows = simulator.rows(&scenario, basis, 10..12);
    /// let mining = rows[0].results[Business::Mining].unwrap();
    /// assert_eq!(mining.npv_usd, simulation.business(Business::Mining).unwrap().npv_usd[10]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rows(&mut self, scenario: &ValidScenario, basis: Basis, paths: Range<usize>) -> Vec<PathRow> {
        let prepared = Prepared::new(scenario, basis);
        let factors = FactorModel::new(&scenario.risk, scenario.horizon_months as usize);
        let cache = self.kept_markets(scenario, &factors);
        let model = prepared.of_run(factors, &scenario.risk, cache.then_some(&self.cache));
        let groups = paths.start / LANES..paths.end.div_ceil(LANES);
        let rows = self.workspace.install(|level| {
            let of_group = |group: usize| {
                RECORD.with_borrow_mut(|(record, flows)| {
                    on_tier!(level, simd => record.run(simd, &model, group * LANES, None));
                    let wanted = (0..LANES).filter(|lane| paths.contains(&(group * LANES + lane)));
                    wanted
                        .map(|lane| row(record, flows, (&prepared, &model), (group, lane)))
                        .collect::<Vec<_>>()
                })
            };
            groups.into_par_iter().flat_map_iter(of_group).collect()
        });
        rows.unwrap_or_default()
    }

    /// Internal rates of return of each business over all paths; `None` for an absent business.
    ///
    /// A rate takes as long as hundreds of months, so a run omits it.
    ///
    /// # Errors
    /// If the control ended the search, or there is too little memory.
    pub fn returns(
        &mut self,
        scenario: &ValidScenario,
        basis: Basis,
        control: &impl Control,
    ) -> Result<PerBusiness<Option<Returns>>, Unfinished> {
        let paths = scenario.risk.paths as usize;
        let mut rates: [Rates; Business::COUNT] = Default::default();
        let has_room = rates.iter_mut().all(|rates| rates.make_room(paths))
            && self.workspace.install(|_| have_headroom(paths)).unwrap_or(false);
        if !has_room {
            let rest = headroom(self.workspace.threads(), paths);
            return Err(Unfinished::NoMemory { bytes: Business::COUNT * paths * size_of::<f64>() + rest });
        }
        for from in (0..paths).step_by(AT_ONCE) {
            if !control.proceed(from as f64 / paths as f64) {
                return Err(Unfinished::Ended);
            }
            for row in self.rows(scenario, basis, from..(from + AT_ONCE).min(paths)) {
                for (rates, result) in rates.iter_mut().zip(row.results.into_array()) {
                    if let Some(result) = result {
                        rates.push(result.irr);
                    }
                }
            }
        }
        Ok(rates.map(|rates| rates.returns()).into())
    }

    /// The stories of `paths`, with the effect of each driver.
    pub fn stories(&mut self, scenario: &ValidScenario, basis: Basis, paths: &[usize]) -> Vec<PathStory> {
        let prepared = Prepared::new(scenario, basis);
        let factors = FactorModel::new(&scenario.risk, scenario.horizon_months as usize);
        let cache = self.kept_markets(scenario, &factors);
        let model = prepared.of_run(factors, &scenario.risk, cache.then_some(&self.cache));
        let level = self.workspace.level();
        let mut record = Record::default();
        let mut story = |&path: &usize| {
            let (first, lane) = (path / LANES * LANES, path % LANES);
            let npv_without = Driver::ALL.map(|driver| {
                on_tier!(level, simd => record.run(simd, &model, first, Some(driver)));
                Business::ALL.map(|business| record.result(business as usize, 0, lane))
            });
            on_tier!(level, simd => record.run(simd, &model, first, None));
            PathStory {
                path,
                markets: std::array::from_fn(|which| record.level(which, lane).collect()),
                planned: prepared.planned(),
                businesses: PerBusiness::new(|business| {
                    model
                        .has(business)
                        .then(|| business_story(&record, (&prepared, &model), business, (path, npv_without)))
                }),
            }
        };
        paths.iter().map(&mut story).collect()
    }
}

fn business_story(
    record: &Record,
    (prepared, model): (&Prepared, &PlanModel<'_>),
    business: Business,
    (path, npv_without): (usize, [[f64; Business::COUNT]; Driver::COUNT]),
) -> BusinessStory {
    let (index, lane) = (business as usize, path % LANES);
    let npv_usd = record.result(index, 0, lane);
    BusinessStory {
        cumulative_usd: record.cumulative(index, lane).collect(),
        npv_usd,
        payback_months: payback(record, model, business, lane),
        default_month: record.default_month(index, lane),
        delay_months: prepared.delays[business].months_of_group(path / LANES),
        gain_without_usd: npv_without.map(|npvs| npvs[index] - npv_usd),
    }
}

/// The payback of a path in months, or why there is none.
fn payback(record: &Record, model: &PlanModel<'_>, business: Business, lane: usize) -> Maybe<f64> {
    model.has_capital(business)?;
    let index = business as usize;
    let months = record.result(index, 1, lane);
    if months.is_finite() {
        return Ok(months);
    }
    let (without_end, with_end) = (record.cumulative(index, lane).last(), record.result(index, 3, lane));
    let does_resale_pay = with_end >= 0.0 && without_end.is_some_and(|without_end| with_end > without_end);
    Err(if does_resale_pay { Absent::OnlyByResale } else { Absent::Never })
}

/// The business whose customer's default stands beside the markets of a row: the one whose customers were simulated first,
/// as their stream says. A column of its own had to keep its place and meaning when others followed.
fn of_first_customer() -> Option<Business> {
    let with_customers = Business::ALL.into_iter().filter(|business| business.customer_stream().is_some());
    with_customers.min_by_key(|business| business.customer_stream())
}

fn row(
    record: &Record,
    flows: &mut Vec<f64>,
    (prepared, model): (&Prepared, &PlanModel<'_>),
    (group, lane): (usize, usize),
) -> PathRow {
    let mut market = |which: usize| {
        flows.clear();
        flows.extend(record.level(which, lane));
        let months = (flows.len() - 1) as f64;
        Level { mean: flows[1..].iter().sum::<f64>() / months, last: flows[flows.len() - 1] }
    };
    let markets = [market(0), market(1), market(2), market(3)];
    let result = |business: Business| {
        let index = business as usize;
        if !model.has(business) {
            return None;
        }
        flows.clear();
        flows.extend(record.flows(index, lane));
        Some(PathResult {
            npv_usd: record.result(index, 0, lane),
            irr: model.has_capital(business).and_then(|()| internal_rate(flows).0),
            payback_months: payback(record, model, business, lane),
            lowest_cash_usd: record.result(index, 2, lane),
            default_month: record.default_month(index, lane),
            delay_months: prepared.delays[business].months_of_group(group),
        })
    };
    let default_month =
        of_first_customer().and_then(|business| record.default_month(business as usize, lane));
    PathRow { markets, default_month, results: PerBusiness::new(result) }
}
