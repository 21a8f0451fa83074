//! What the page of the winner map shows: its axes, and the map.

use std::time::Duration;

use wattfolio_economics::answers::{Axis, Field, NotAnAxis, NotMapped, WinnerMap};
use wattfolio_economics::input::Input;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::Control;
use wattfolio_economics::scenario::{Scenario, ValidScenario};

/// Share of the leads that are beyond the strongest colour: the steps are for what lies near a border.
const BEYOND: f64 = 0.5;

/// Settings of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WinnerMapView {
    /// The input along the columns; the usual one unless chosen.
    pub x: Option<&'static Input>,
    /// The input along the rows; the usual one unless chosen.
    pub y: Option<&'static Input>,
}

impl WinnerMapView {
    /// The axes in a scenario. A chosen input that is no axis any more, as after a change of an option, gives way to the usual
    /// one.
    ///
    /// # Errors
    /// If a usual axis does not apply.
    pub fn axes(&self, scenario: &ValidScenario) -> Result<(Axis, Axis), NotAnAxis> {
        let usual = || Axis::usual(scenario);
        let chosen = |input: Option<&'static Input>| input.and_then(|input| Axis::of(scenario, input).ok());
        let (x, y) = match (chosen(self.x), chosen(self.y)) {
            (Some(x), Some(y)) => (x, y),
            (Some(x), None) => (x, usual()?.1),
            (None, Some(y)) => (usual()?.0, y),
            (None, None) => usual()?,
        };
        // The other usual axis stands in for one that is chosen twice.
        if x.input == y.input {
            let (other, rows) = usual()?;
            let stands_in = if x.input == rows.input { other } else { rows };
            return Ok((x, stands_in));
        }
        Ok((x, y))
    }
}

/// What a map depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct MapKey {
    /// The axes.
    pub axes: (Axis, Axis),
    /// Basis of the flows.
    pub basis: Basis,
    /// What the verdicts go by.
    pub criterion: Criterion,
    /// The scenario with both inputs at the lower ends of their axes: dragging the point changes no cell.
    rest: Scenario,
}

impl MapKey {
    /// What the map of a scenario depends on. By chance of loss each cell would need a simulation; value stands for it.
    pub fn new(scenario: &ValidScenario, axes: (Axis, Axis), basis: Basis, criterion: Criterion) -> Self {
        let rest = scenario.with(axes.0.input, axes.0.at(0.0));
        let rest = rest.and_then(|rest| rest.with(axes.1.input, axes.1.at(0.0)));
        let rest = rest.map_or_else(|_| Scenario::clone(scenario), ValidScenario::into_inner);
        let criterion = if criterion == Criterion::Loss { Criterion::Value } else { criterion };
        Self { axes, basis, criterion, rest }
    }
}

/// A map that was computed.
#[derive(Debug)]
pub struct MapFound {
    /// What it depends on.
    pub key: MapKey,
    /// The map.
    pub map: WinnerMap,
    /// Lead at which a colour is full, in the unit of the criterion.
    pub full_lead: f64,
    /// Time that it took.
    pub took: Duration,
}

impl MapFound {
    /// Computes the map of a scenario with up to `cells` columns and rows.
    ///
    /// # Errors
    /// If it was cancelled.
    pub fn compute(
        scenario: &ValidScenario,
        key: MapKey,
        cells: usize,
        control: &impl Control,
    ) -> Result<Self, NotMapped> {
        let started = std::time::Instant::now();
        let how = (key.basis, key.criterion);
        let map = WinnerMap::new(scenario, key.axes.clone(), how, cells, control)?;
        let full_lead = full_lead(&map);
        Ok(Self { key, map, full_lead, took: started.elapsed() })
    }

    /// The next `step` of `steps` of strength for a lead, from 0 on.
    pub fn strength(&self, lead: Option<f64>, steps: usize) -> usize {
        let share = lead.unwrap_or(f64::INFINITY) / self.full_lead.max(f64::MIN_POSITIVE);
        ((share * steps as f64) as usize).min(steps.saturating_sub(1))
    }
}

fn full_lead(map: &WinnerMap) -> f64 {
    let won = map.cells.iter().filter(|cell| matches!(cell.field, Field::Best(_)));
    let mut leads: Vec<f64> = won.filter_map(|cell| cell.lead).collect();
    leads.sort_unstable_by(f64::total_cmp);
    let at = (leads.len() as f64 * (1.0 - BEYOND)) as usize;
    leads.get(at.min(leads.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// What the page shows.
#[derive(Debug, Default)]
pub struct WinnerMapState {
    /// The latest map.
    pub found: Option<MapFound>,
    /// Why there is none, if there is none.
    pub problem: Option<String>,
}
