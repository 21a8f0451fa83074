//! What the page of the winner map shows: its axes, and the map.

use std::sync::Arc;
use std::time::Duration;

use wattfolio_economics::answers::{
    Axis, Border, Cell, Field, Filmstrip, NotAnAxis, NotMapped, Reign, Segment, WinnerMap,
};
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::input::Input;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::Control;
use wattfolio_economics::scenario::{Scenario, ValidScenario};

/// Share of the leads that are beyond the strongest colour: the steps are for what lies near a border.
const BEYOND: f64 = 0.5;

/// Columns and rows of a map of a filmstrip.
const FRAME_CELLS: usize = 24;

/// Settings of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WinnerMapView {
    /// The input along the columns; the usual one unless chosen.
    pub x: Option<&'static Input>,
    /// The input along the rows; the usual one unless chosen.
    pub y: Option<&'static Input>,
    /// The third input, whose values make a filmstrip; none unless chosen.
    pub z: Option<&'static Input>,
}

/// A third input with the values of its frames.
pub type Third = (Axis, Vec<f64>);

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

    /// The third input with the values of its frames, today's among them; `None` where none is chosen, or it is an axis, or does
    /// not apply. While today's value is one of those that are `shown`, they stay: a click on a frame moves none of them.
    pub fn third(
        &self,
        scenario: &ValidScenario,
        (x, y): (&Axis, &Axis),
        shown: Option<&Third>,
    ) -> Option<Third> {
        let z = Axis::of(scenario, self.z?).ok()?;
        Filmstrip::check((x, y), &z).ok()?;
        let now = z.now(scenario)?;
        let kept = shown.filter(|(axis, values)| axis.input == z.input && values.contains(&now));
        Some(kept.cloned().unwrap_or_else(|| {
            let values = z.spread(Filmstrip::USUAL, Some(now));
            (z, values)
        }))
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
    /// Columns and rows that were asked for.
    pub cells: usize,
    /// Lead at which a colour is full, in the unit of the criterion; 0 where no business has another beside it.
    pub full_lead: f64,
    /// The fields of its cells, each once.
    pub fields: Vec<Field>,
    /// Where the two best are level, for every pair that meets somewhere.
    pub level_lines: Vec<((Business, Business), Vec<Segment>)>,
    /// Where the net present value of each business is 0.
    pub zero_lines: PerBusiness<Vec<Segment>>,
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
        let (full_lead, fields) = (full_lead(&map), fields([&map]));
        let (level_lines, zero_lines) = (map.level_lines(), map.zero_lines());
        Ok(Self { key, map, cells, full_lead, fields, level_lines, zero_lines, took: started.elapsed() })
    }

    /// The step of `steps` of strength for a lead, from 0 on; that of all maps of the page is measured by the large one.
    pub fn strength(&self, lead: Option<f64>, steps: usize) -> usize {
        let share = lead.unwrap_or(f64::INFINITY) / self.full_lead.max(f64::MIN_POSITIVE);
        ((share * steps as f64) as usize).min(steps.saturating_sub(1))
    }
}

/// The fields of the cells of some maps, each once.
fn fields<'a>(maps: impl IntoIterator<Item = &'a WinnerMap>) -> Vec<Field> {
    let mut found = Vec::new();
    for cell in maps.into_iter().flat_map(|map| &map.cells) {
        if !found.contains(&cell.field) {
            found.push(cell.field);
        }
    }
    found
}

/// What a filmstrip depends on: the map with the third input at the first of its values, and all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct StripKey {
    map: MapKey,
    third: Third,
}

impl StripKey {
    /// What the filmstrip of a scenario depends on.
    pub fn new(scenario: &ValidScenario, map: &MapKey, third: Third) -> Self {
        let first = third.1.first().and_then(|first| scenario.with(third.0.input, *first).ok());
        let scenario = first.as_ref().unwrap_or(scenario);
        Self { map: MapKey::new(scenario, map.axes.clone(), map.basis, map.criterion), third }
    }

    /// The axes of the maps, and the third input.
    pub fn inputs(&self) -> [&'static Input; 3] {
        [self.map.axes.0.input, self.map.axes.1.input, self.third.0.input]
    }

    /// What the verdicts go by.
    pub fn criterion(&self) -> Criterion {
        self.map.criterion
    }
}

/// A filmstrip that was computed.
#[derive(Debug)]
pub struct StripFound {
    /// What it depends on.
    pub key: StripKey,
    /// The maps.
    pub strip: Filmstrip,
    /// The fields of their cells, each once.
    pub fields: Vec<Field>,
}

impl StripFound {
    /// Computes the filmstrip of a scenario.
    ///
    /// # Errors
    /// If it was cancelled.
    pub fn compute(
        scenario: &ValidScenario,
        key: StripKey,
        control: &impl Control,
    ) -> Result<Self, NotMapped> {
        let how = (key.map.basis, key.map.criterion);
        let third = (key.third.0.clone(), &key.third.1[..]);
        let strip = Filmstrip::new(scenario, &key.map.axes, third, how, FRAME_CELLS, control)?;
        let fields = fields(strip.frames.iter().map(|frame| &frame.map));
        Ok(Self { key, strip, fields })
    }
}

/// What the distance of today from borders depends on.
#[derive(Clone, Debug)]
pub struct NearKey {
    scenario: Arc<ValidScenario>,
    inputs: [&'static Input; 2],
    how: (Basis, Criterion),
    third: Option<Third>,
}

impl PartialEq for NearKey {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.scenario, &other.scenario)
            && (self.inputs, self.how) == (other.inputs, other.how)
            && self.third == other.third
    }
}

impl NearKey {
    /// What the distances of a scenario on a map depend on.
    pub fn new(scenario: &Arc<ValidScenario>, map: &MapKey, third: Option<&Third>) -> Self {
        let inputs = [map.axes.0.input, map.axes.1.input];
        let how = (map.basis, map.criterion);
        Self { scenario: Arc::clone(scenario), inputs, how, third: third.cloned() }
    }

    /// What the lead goes by.
    pub const fn criterion(&self) -> Criterion {
        self.how.1
    }
}

/// How far today is from the borders of a map, and who leads today's pair at each value of a third input.
#[derive(Debug)]
pub struct NearFound {
    /// What it depends on.
    pub key: NearKey,
    /// The verdict of today.
    pub today: Cell,
    /// The borders along both axes.
    pub borders: Vec<Border>,
    /// The verdict of today's pair at each value of the third input; `None` where the scenario contradicts itself.
    pub frames: Vec<(f64, Option<Cell>)>,
    /// Who leads today's pair from the first of those values to the last, with the borders between them.
    pub reigns: Vec<Reign>,
}

impl NearFound {
    /// Finds the borders about a scenario.
    pub fn compute(key: NearKey) -> Self {
        let (scenario, how) = (&key.scenario, key.how);
        let today = WinnerMap::judged(scenario, how.0, how.1);
        let border = |input: &&'static Input| Border::new(scenario, input, how).ok();
        let borders = key.inputs.iter().filter_map(border).collect();
        let frame = |(axis, value): (&Axis, f64)| {
            let at = scenario.with(axis.input, value).ok();
            (value, at.map(|at| WinnerMap::judged(&at, how.0, how.1)))
        };
        let values =
            key.third.iter().flat_map(|(axis, values)| values.iter().map(move |value| (axis, *value)));
        let frames = values.map(frame).collect();
        let ends =
            key.third.as_ref().and_then(|(axis, values)| Some((axis, *values.first()?, *values.last()?)));
        let reigns = ends.and_then(|(axis, from, to)| Reign::all(scenario, axis.input, (from, to), how).ok());
        let reigns = reigns.unwrap_or_default();
        Self { key, today, borders, frames, reigns }
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
    /// The third input with its values, if one is chosen.
    pub third: Option<Third>,
    /// The latest filmstrip, and whether it is of earlier inputs.
    pub strip: Option<(StripFound, bool)>,
    /// The latest distances from borders, and whether they are of earlier inputs.
    pub near: Option<(NearFound, bool)>,
}
