//! A plan of a month of the past beside what came.

use super::gap::Gap;
use super::machine::{MachineUsed, Machines};
use super::record::Record;
use super::staged::{NotReplayed, Staged};
use crate::business::Business;
use crate::kernel::Basis;
use crate::results::Comparison;
use crate::scenario::{CalendarMonth, ValidScenario};

/// The plan of a month, as it would have been made then, and the same plan in the markets that came.
#[derive(Clone, Debug)]
pub struct Replay {
    staged: Staged,
    /// What the plan believed.
    pub plan: Comparison,
    /// What came; after the last recorded month the scenario's own paths and rule go on.
    pub came: Comparison,
}

impl Replay {
    /// Replays a scenario from a month on. A business of which nothing is recorded there is absent in both comparisons,
    /// with the reason.
    ///
    /// # Errors
    /// If the month is outside of the record, or a recorded value is none that its input allows.
    pub fn new(
        record: &Record,
        scenario: &ValidScenario,
        start: CalendarMonth,
        machines: Machines,
        basis: Basis,
    ) -> Result<Self, NotReplayed> {
        let staged = Staged::new(record, scenario, start, machines, basis)?;
        let plan = staged.site_believed().compare(&staged.businesses);
        let came = staged.site_in(&staged.came_levels).compare(&staged.businesses);
        Ok(Self { staged, plan, came })
    }

    /// First month of the plan.
    pub fn start(&self) -> CalendarMonth {
        self.staged.start
    }

    /// The scenario as it was believed.
    pub fn believed(&self) -> &ValidScenario {
        &self.staged.believed
    }

    /// The same scenario with what came as points of its paths. A network that answers is none of them: it is in the
    /// market of the comparison alone.
    pub fn came_scenario(&self) -> &ValidScenario {
        &self.staged.came
    }

    /// The last month of the plan, counted from its start, that is recorded: after it the scenario goes on by itself.
    pub fn last_recorded(&self) -> usize {
        self.staged.last_recorded
    }

    /// The first month of the plan whose recorded price or network is an estimate.
    pub fn estimates_from(&self) -> Option<usize> {
        self.staged.estimates_from
    }

    /// The mining machine that it buys; `None` where none was sold yet.
    pub fn machine(&self) -> Option<&MachineUsed> {
        self.staged.machine.as_ref()
    }

    /// What made the difference between plan and what came; `None` where the business is absent.
    pub fn gap(&self, business: Business) -> Option<Gap> {
        Gap::new(&self.staged, business)
    }
}
