//! Single paths: a row for each with its markets and results, and the story of one.

use std::cell::RefCell;
use std::ops::Range;

use fearless_simd::dispatch;
use rayon::prelude::*;

use super::control::Control;
use super::factors::FactorModel;
use super::lanes::LANES;
use super::model::PlanModel;
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
    /// Each thread keeps its memory from group to group.
    static RECORD: RefCell<(Record, Vec<f64>)> = RefCell::default();
}

/// Paths whose rows are held at a time.
const AT_ONCE: usize = 4096;

/// A market on a path.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Level {
    /// Mean over the months `1..=T`.
    pub mean: f64,
    /// In month `T`.
    pub last: f64,
}

/// What a business came to on a path.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct PathResult {
    /// Net present value, USD.
    pub npv_usd: f64,
    /// Internal rate of return a year, where there is a meaningful one.
    pub irr: Maybe<f64>,
    /// Payback in months.
    pub payback_months: Maybe<f64>,
    /// Lowest cumulative cash since the end of the ramp, USD.
    pub lowest_cash_usd: f64,
    /// Month in which a customer left first.
    pub default_month: Option<usize>,
    /// Months by which its works were late.
    pub delay_months: usize,
}

/// A path in one row: what the markets did, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct PathRow {
    /// The markets of [`series::SIMULATED`](crate::kernel::series::SIMULATED), in their order.
    pub markets: [Level; 4],
    /// Month in which the hosting customer left first.
    pub default_month: Option<usize>,
    /// Mining, AI hosting, compute leasing; `None` where one is absent.
    pub results: PerBusiness<Option<PathResult>>,
}

/// A path from month to month.
#[derive(Clone, Debug, PartialEq)]
pub struct PathStory {
    /// Its number.
    pub path: usize,
    /// The markets of [`PathRow::markets`], by month `0..=T`.
    pub markets: [Vec<f64>; 4],
    /// The same in the plan as it stands.
    pub planned: [Vec<f64>; 4],
    /// Each business.
    pub businesses: PerBusiness<Option<BusinessStory>>,
}

/// A business on one path.
#[derive(Clone, Debug, PartialEq)]
pub struct BusinessStory {
    /// Cumulative cash without end proceeds, by month `0..=T`, USD.
    pub cumulative_usd: Vec<f64>,
    /// Net present value, USD.
    pub npv_usd: f64,
    /// Payback in months.
    pub payback_months: Maybe<f64>,
    /// Month in which a customer left first.
    pub default_month: Option<usize>,
    /// Months by which its works were late.
    pub delay_months: usize,
    /// What the NPV would gain if one driver alone had kept to the plan, in the order of [`Driver::ALL`], USD.
    pub gain_without_usd: [f64; Driver::COUNT],
}

impl Simulator {
    /// Whether the markets come from quasi-random numbers or from recorded months, which are then at hand; others are drawn
    /// path by path.
    fn kept_markets(&mut self, scenario: &ValidScenario, factors: &FactorModel) -> bool {
        let horizon = scenario.horizon_months as usize;
        // A run has made room for them.
        (self.sampling == Sampling::Quasi || self.resampled.is_some())
            && self.keep_markets(&scenario.risk, horizon, factors).unwrap_or(false)
    }

    /// The rows of some paths, in order.
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
                    dispatch!(level, simd => record.run(simd, &model, group * LANES, None));
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
    /// A rate takes as long as hundreds of months, so that a run does without.
    ///
    /// # Errors
    /// If the control ended the search, or its memory cannot be had.
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

    /// What happened on some paths, and what each driver had to do with it.
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
                dispatch!(level, simd => record.run(simd, &model, first, Some(driver)));
                Business::ALL.map(|business| record.result(business as usize, 0, lane))
            });
            dispatch!(level, simd => record.run(simd, &model, first, None));
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
    model.has_payback(business)?;
    let index = business as usize;
    let months = record.result(index, 1, lane);
    if months.is_finite() {
        return Ok(months);
    }
    let (without_end, with_end) = (record.cumulative(index, lane).last(), record.result(index, 3, lane));
    let does_resale_pay = with_end >= 0.0 && without_end.is_some_and(|without_end| with_end > without_end);
    Err(if does_resale_pay { Absent::OnlyByResale } else { Absent::Never })
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
            irr: internal_rate(flows).0,
            payback_months: payback(record, model, business, lane),
            lowest_cash_usd: record.result(index, 2, lane),
            default_month: record.default_month(index, lane),
            delay_months: prepared.delays[business].months_of_group(group),
        })
    };
    let default_month = record.default_month(Business::Hosting as usize, lane);
    PathRow { markets, default_month, results: PerBusiness::new(result) }
}
