//! How often what came stayed inside the fan that would have been drawn then.

use super::calibrate::{Calibration, calibrate};
use super::machine::Machines;
use super::record::Record;
use super::staged::{NotReplayed, Staged};
use crate::business::Business;
use crate::kernel::Basis;
use crate::results::service::peak_equity_usd;
use crate::risk::{Control, Part, Simulator, Unfinished};
use crate::scenario::{CalendarMonth, Scenario, ValidScenario};

/// Recorded months that a fan is calibrated on at least.
pub const MONTHS_BEFORE: u32 = 36;
/// Months after the start at which what came is compared with the fan.
pub const MONTHS_AFTER: usize = 24;
/// Length of the plans that are simulated, so that nothing of their end is in the month that is compared.
const HORIZON: u32 = 36;
/// The business that is compared: what is recorded of the others does not reach back far enough.
const BUSINESS: Business = Business::Mining;

/// The plan of a month with the risks that could be read from the record then.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct KnownThen {
    /// The plan, to be simulated.
    pub scenario: ValidScenario,
    /// What its risks were calibrated on; `None` with too few months before it, where they are the scenario's own.
    pub calibration: Option<Calibration>,
}

/// The plan of a month as it could have been simulated then: calibrated on the months before it alone.
///
/// # Errors
/// If the month cannot be replayed.
pub fn known_then(
    record: &Record,
    scenario: &ValidScenario,
    start: CalendarMonth,
    machines: Machines,
) -> Result<KnownThen, NotReplayed> {
    let staged = Staged::new(record, scenario, start, machines, Basis::ProjectBeforeTax)?;
    calibrated(record, staged.believed, start)
}

fn calibrated(
    record: &Record,
    believed: ValidScenario,
    start: CalendarMonth,
) -> Result<KnownThen, NotReplayed> {
    let first = record.first_start();
    let until = start.before().filter(|until| until.plus(1).months_since(first) >= MONTHS_BEFORE);
    let Some(calibration) = until.and_then(|until| calibrate(record, &believed, first, until).ok()) else {
        return Ok(KnownThen { scenario: believed, calibration: None });
    };
    let allowed = |found: &super::Estimated| found.is_allowed(&believed);
    // Correlations that cannot hold together are left as they are.
    let scenario = calibration
        .apply(&believed, allowed)
        .or_else(|_| calibration.apply(&believed, |found| allowed(found) && !is_correlation(found)))?;
    // How the volatility would settle was not known: it stays.
    let scenario = scenario.edit(|scenario| {
        scenario.risk.bitcoin.long_volatility = scenario.risk.bitcoin.volatility;
    })?;
    Ok(KnownThen { scenario, calibration: Some(calibration) })
}

fn is_correlation(found: &super::Estimated) -> bool {
    found.input.id.starts_with("risk.correlation.")
}

/// A start whose fan is compared with what came.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CoveredStart {
    /// First month of the plan.
    pub start: CalendarMonth,
    /// Cumulative cash after [`MONTHS_AFTER`] months per dollar of capital at [`PROBABILITIES`](crate::risk::PROBABILITIES),
    /// as it would have been simulated then.
    pub fan: [f64; 5],
    /// What came, per dollar of capital.
    pub came: f64,
}

impl CoveredStart {
    /// Whether what came lies between P5 and P95.
    pub fn is_inside(&self) -> bool {
        (self.fan[0]..=self.fan[4]).contains(&self.came)
    }
}

/// Every start with enough record on both sides.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Coverage {
    /// The starts, the earliest first. They overlap: neighbours share 23 of their 24 months.
    pub starts: Vec<CoveredStart>,
}

/// Why there is no coverage.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotCovered {
    /// A month cannot be replayed.
    #[error(transparent)]
    NotReplayed(#[from] NotReplayed),
    /// A simulation came to no end.
    #[error(transparent)]
    Unfinished(#[from] Unfinished),
}

impl Coverage {
    /// Compares mining's fan of each start with what came, with `paths` simulated paths each.
    ///
    /// # Errors
    /// If the control ended it, or a simulation has no memory.
    pub fn new(
        (record, scenario): (&Record, &ValidScenario),
        (machines, basis): (Machines, Basis),
        paths: u32,
        simulator: &mut Simulator,
        control: &impl Control,
    ) -> Result<Self, NotCovered> {
        let scenario = scenario.edit(|scenario| only_mining(scenario, paths)).map_err(NotReplayed::from)?;
        let last = record.last_recorded();
        let is_long_enough = |start: &CalendarMonth| {
            let before = start.months_since(record.first_start()) >= MONTHS_BEFORE;
            before && last.is_some_and(|last| start.plus(MONTHS_AFTER as u32 - 1) <= last)
        };
        let starts: Vec<CalendarMonth> = record.starts().filter(is_long_enough).collect();
        let mut coverage = Self::default();
        for (index, start) in starts.iter().enumerate() {
            let part = Part::new(control, index, starts.len());
            let staged = Staged::new(record, &scenario, *start, machines, basis)?;
            coverage.starts.extend(covered(record, staged, simulator, &part)?);
        }
        Ok(coverage)
    }

    /// Number of starts that stayed inside.
    pub fn inside(&self) -> usize {
        self.starts.iter().filter(|start| start.is_inside()).count()
    }
}

/// A plan in which mining alone is simulated: the others would begin after its end.
fn only_mining(scenario: &mut Scenario, paths: u32) {
    (scenario.horizon_months, scenario.risk.paths) = (HORIZON, paths);
    (scenario.hosting.queue_months, scenario.leasing.queue_months) = (HORIZON, HORIZON);
}

/// One start; `None` where mining is absent.
fn covered(
    record: &Record,
    staged: Staged,
    simulator: &mut Simulator,
    control: &impl Control,
) -> Result<Option<CoveredStart>, NotCovered> {
    let Ok(plan) = &staged.businesses[BUSINESS] else { return Ok(None) };
    let (start, basis) = (staged.start, staged.basis);
    let capital = match basis {
        Basis::EquityAfterTax => peak_equity_usd(&staged.site_believed().flows(plan).equity),
        Basis::ProjectBeforeTax | Basis::ProjectAfterTax => plan.capital().capex_usd(),
    };
    let flows = staged.site_in(&staged.came_levels).flows(plan).without_end_proceeds();
    let came: f64 = flows[..=MONTHS_AFTER].iter().sum();
    let known = calibrated(record, staged.believed, start)?;
    let simulation = simulator.run(&known.scenario, basis, control)?;
    let covered = simulation.business(BUSINESS).ok().filter(|_| capital > 0.0).map(|risk| CoveredStart {
        start,
        fan: std::array::from_fn(|which| risk.fan[which][MONTHS_AFTER] / capital),
        came: came / capital,
    });
    simulator.give_back(simulation);
    Ok(covered)
}
