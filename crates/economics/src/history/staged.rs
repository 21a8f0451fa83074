//! A plan of a month of the past, and the same with what came, compiled and not yet run.

use super::machine::{self, MachineUsed, Machines};
use super::record::Record;
use crate::bitcoin::{hashprice_usd_per_ph_day, height_at, recorded_subsidy_btc, subsidy_satoshi};
use crate::business::{AnyPlan, Business, PerBusiness, Plan};
use crate::kernel::{Basis, Levels, Market, NotEvaluated, RecordedNetwork, ReplayedOn};
use crate::results::compare::Site;
use crate::scenario::{CalendarMonth, Debt, Faults, Trajectory, ValidScenario, mid_month};

/// Why a month cannot be replayed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotReplayed {
    /// Price and network are not recorded there.
    #[error("{start} cannot be replayed; allowed: {first}…{last}")]
    OutsideOfRecord {
        /// The month that was asked for.
        start: CalendarMonth,
        /// The first that can be.
        first: CalendarMonth,
        /// The last that can be.
        last: CalendarMonth,
    },
    /// A recorded value is out of the range of its input.
    #[error("a recorded value is out of the range of its input: {}", shortened(.0))]
    Faults(#[from] Faults),
}

/// Longest text of a fault, characters: a path with a point for each month is long.
const LONGEST: usize = 160;

/// The begin of what is wrong.
fn shortened(faults: &Faults) -> String {
    let text = faults.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// What is recorded of the months of a plan, `t = 0` first.
struct Came {
    price_usd: Vec<f64>,
    network_eh_s: Vec<f64>,
    subsidy_btc: Vec<f64>,
    fees_btc: Vec<f64>,
    /// Rental over that which a scenario's rental stands for; empty where none is recorded at the start.
    rental: Vec<f64>,
    estimates_from: Option<usize>,
}

impl Came {
    fn new(record: &Record, start: CalendarMonth, horizon: u32) -> Option<Self> {
        let before = start.before()?;
        let (close, network) = (record.close_usd.get(before)?, record.network_eh_s.get(before)?);
        let subsidy_at_start = subsidy_satoshi(height_at(start)) as f64 / crate::bitcoin::SATOSHI_PER_BTC;
        let share = record.fee_share.get(start)?.value;
        let mut came = Self {
            price_usd: vec![close.value],
            network_eh_s: vec![network.value],
            subsidy_btc: vec![subsidy_at_start],
            fees_btc: vec![share * subsidy_at_start],
            rental: Vec::new(),
            estimates_from: (close.is_estimate || network.is_estimate).then_some(0),
        };
        for t in 1..=horizon {
            let month = start.plus(t - 1);
            let recorded =
                (record.mid_month_usd(month), record.network_eh_s.get(month), record.fee_share.get(month));
            let (Some(price), Some(network), Some(share)) = recorded else { break };
            let subsidy = recorded_subsidy_btc(month);
            came.price_usd.push(price.value);
            came.network_eh_s.push(network.value);
            came.subsidy_btc.push(subsidy);
            came.fees_btc.push(share.value * subsidy);
            if came.estimates_from.is_none() && (price.is_estimate || network.is_estimate) {
                came.estimates_from = Some(t as usize);
            }
        }
        let recorded = came.price_usd.len() as u32 - 1;
        // The schedule of halvings goes on from the last recorded height.
        came.subsidy_btc.extend((recorded + 1..=horizon).map(|t| recorded_subsidy_btc(start.plus(t - 1))));
        let rental = |month| Some(record.rental_usd.get(month)?.value / record.rental_now_usd);
        if let Some(at_start) = rental(before).or_else(|| rental(start)) {
            came.rental.push(at_start);
            came.rental.extend((1..=horizon).map_while(|t| rental(start.plus(t - 1))));
        }
        Some(came)
    }

    fn network(self) -> RecordedNetwork {
        RecordedNetwork { hashrate_eh_s: self.network_eh_s, subsidy_btc: self.subsidy_btc }
    }
}

/// A path from a recorded level on. Its points go with it, unless some of them lie in the record: those say what came, and
/// were not believed.
fn believed(path: &Trajectory, level: f64, is_recorded: impl Fn(f64) -> bool) -> Trajectory {
    let mut believed = path.clone();
    if believed.points.iter().any(|(month, _)| is_recorded(*month)) {
        believed.points.clear();
    }
    // A point at the start stands for the value.
    believed.points.retain(|(month, _)| *month > 0.0);
    believed.scale_to(level);
    believed.floor = believed.floor.min(level);
    believed
}

/// The same path with what came; after the last record it grows on from there at its own rate.
fn with_what_came(path: &Trajectory, levels: &[f64]) -> Trajectory {
    let points = levels.iter().enumerate().skip(1).map(|(t, level)| (mid_month(t), *level)).collect();
    let floor = levels.iter().fold(path.floor, |floor, level| floor.min(*level));
    Trajectory { value: levels[0], growth_per_year: path.growth_per_year, floor, points }
}

/// The plan of a month and what came, compiled.
#[derive(Clone, Debug)]
pub(super) struct Staged {
    pub start: CalendarMonth,
    pub basis: Basis,
    pub believed: ValidScenario,
    pub came: ValidScenario,
    pub businesses: PerBusiness<Result<AnyPlan, NotEvaluated>>,
    pub believed_market: Market,
    pub came_market: Market,
    pub believed_levels: Vec<Levels<f64>>,
    pub came_levels: Vec<Levels<f64>>,
    /// Operating cash of the plan, which a lender sized the debt on.
    sized_on: Option<PerBusiness<Vec<f64>>>,
    /// The last month of the plan that is recorded.
    pub last_recorded: usize,
    pub estimates_from: Option<usize>,
    pub machine: Option<MachineUsed>,
}

impl Staged {
    pub(super) fn new(
        record: &Record,
        scenario: &ValidScenario,
        start: CalendarMonth,
        machines: Machines,
        basis: Basis,
    ) -> Result<Self, NotReplayed> {
        let (first, last) = (record.first_start(), record.last());
        let came = (first..=last).contains(&start).then(|| Came::new(record, start, scenario.horizon_months));
        let came = came.flatten().ok_or(NotReplayed::OutsideOfRecord { start, first, last })?;
        let (believed, machine) = plan_of(record, scenario, start, &came, machines)?;
        let replayed = replayed(&believed, &came)?;
        let Plan { market: believed_market, mut businesses } = Plan::compile(&believed);
        hide_unrecorded(record, start, machine.is_some(), &mut businesses);
        let (last_recorded, estimates_from) = (came.price_usd.len() - 1, came.estimates_from);
        let came_market = Market::compile_on(&replayed, &came.network());
        let mut staged = Self {
            start,
            basis,
            businesses,
            believed_levels: believed_market.deterministic(),
            came_levels: came_market.deterministic(),
            believed_market,
            came_market,
            believed,
            came: replayed,
            sized_on: None,
            last_recorded,
            estimates_from,
            machine,
        };
        let is_sized = |business: Business| matches!(business.debt(scenario), Debt::SizedToDscr { .. });
        if Business::ALL.into_iter().any(is_sized) {
            let site = staged.site_believed();
            let cash = |business| match &staged.businesses[business] {
                Ok(plan) => site.flows(plan).operating_cash,
                Err(_) => Vec::new(),
            };
            staged.sized_on = Some(PerBusiness::new(cash));
        }
        Ok(staged)
    }

    /// The plan as it was believed.
    pub(super) fn site_believed(&self) -> Site<'_> {
        Site {
            scenario: &self.believed,
            market: &self.believed_market,
            levels: &self.believed_levels,
            basis: self.basis,
            sized_on: None,
        }
    }

    /// The same plan in what came, with the debt that the plan carried; `levels` may be a mixture of both.
    pub(super) fn site_in<'a>(&'a self, levels: &'a [Levels<f64>]) -> Site<'a> {
        Site {
            scenario: &self.came,
            market: &self.came_market,
            levels,
            sized_on: self.sized_on.as_ref(),
            ..self.site_believed()
        }
    }
}

/// The plan of a month, with its own paths from the level of that month, and the machine that it buys.
fn plan_of(
    record: &Record,
    scenario: &ValidScenario,
    start: CalendarMonth,
    came: &Came,
    machines: Machines,
) -> Result<(ValidScenario, Option<MachineUsed>), Faults> {
    let (of_scenario, last) = (scenario.start, record.last());
    let is_recorded = |month: f64| of_scenario.plus(month as u32) <= last;
    let put = |path: &mut Trajectory, level| *path = believed(path, level, is_recorded);
    let mut machine = None;
    let plan = scenario.edit(|plan| {
        plan.start = start;
        let bitcoin = &mut plan.bitcoin;
        (bitcoin.block_height, bitcoin.block_subsidy_btc) = (None, None);
        // What the other markets reckon with moves with the price.
        bitcoin.response_reference_usd *= came.price_usd[0] / bitcoin.price_usd.level(0);
        put(&mut bitcoin.price_usd, came.price_usd[0]);
        put(&mut bitcoin.network_hashrate_eh_s, came.network_eh_s[0]);
        put(&mut bitcoin.fees_btc_per_block, came.fees_btc[0]);
        if let Some(ratio) = came.rental.first() {
            let rental = &mut plan.leasing.rental_usd_per_gpu_hour;
            put(rental, rental.level(0) * ratio);
        }
        let reward = came.subsidy_btc[0] + came.fees_btc[0];
        let hashprice = hashprice_usd_per_ph_day(reward, came.price_usd[0], came.network_eh_s[0]);
        machine = machine::put_in(record, machines, hashprice, plan);
    })?;
    Ok((plan, machine))
}

/// A plan with what came in the place of what it believed.
fn replayed(plan: &ValidScenario, came: &Came) -> Result<ValidScenario, Faults> {
    plan.edit(|plan| {
        let bitcoin = &mut plan.bitcoin;
        bitcoin.price_usd = with_what_came(&bitcoin.price_usd, &came.price_usd);
        bitcoin.fees_btc_per_block = with_what_came(&bitcoin.fees_btc_per_block, &came.fees_btc);
        if let Some(at_start) = came.rental.first() {
            let rental = &mut plan.leasing.rental_usd_per_gpu_hour;
            let usd: Vec<f64> = came.rental.iter().map(|ratio| rental.value * ratio / at_start).collect();
            *rental = with_what_came(rental, &usd);
        }
    })
}

/// Takes out the businesses of which nothing is recorded at a start: they get no figure.
fn hide_unrecorded(
    record: &Record,
    start: CalendarMonth,
    has_machine: bool,
    businesses: &mut PerBusiness<Result<AnyPlan, NotEvaluated>>,
) {
    for business in Business::ALL {
        let first = match business.replayed_on() {
            ReplayedOn::Machines if has_machine => record.first_start(),
            ReplayedOn::Machines => machine::first_sold(record).unwrap_or(record.last().plus(1)),
            ReplayedOn::Leases => record.first_lease,
            ReplayedOn::Rental => record.rental_usd.first(),
            ReplayedOn::Nothing => {
                businesses[business] = Err(NotEvaluated::NotRecorded);
                continue;
            }
        };
        if start < first {
            businesses[business] = Err(NotEvaluated::NothingRecorded { first });
        }
    }
}
