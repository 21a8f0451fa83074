//! Which business is best at every pair of two inputs.

mod axis;
mod border;
mod filmstrip;
mod judge;
mod lines;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::parts::Parts;
use crate::business::{Business, PerBusiness};
use crate::kernel::{Absent, Basis, Maybe, NotEvaluated};
use crate::results::verdict::{Candidate, Criterion, Place, Verdict};
use crate::risk::Control;
use crate::scenario::{Scenario, ValidScenario};

use judge::Judge;

pub use axis::{Axis, NotAnAxis};
pub use border::{Border, Leader, Reign, Takeover};
pub use filmstrip::{Filmstrip, Frame};
pub use lines::Segment;

/// The best business at every pair of two inputs, everything else as it is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WinnerMap {
    /// Basis of the flows.
    pub basis: Basis,
    /// What the verdicts go by.
    pub criterion: Criterion,
    /// The input along the columns.
    pub x: Axis,
    /// The input along the rows.
    pub y: Axis,
    /// The values of the columns, ascending.
    pub columns: Vec<f64>,
    /// The values of the rows, ascending.
    pub rows: Vec<f64>,
    /// The cells, row by row from the lowest.
    pub cells: Vec<Cell>,
}

/// The verdict at a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cell {
    /// Who is best.
    pub field: Field,
    /// The second of the ranking, if it has a value of the criterion.
    pub second: Option<Business>,
    /// Distance of the first of the ranking from the second, in the unit of the criterion; `None` without a second.
    pub lead: Option<f64>,
    /// The value of the criterion of each business.
    pub values: PerBusiness<Maybe<f64>>,
    /// The net present value of each business, USD.
    pub npv_usd: PerBusiness<Maybe<f64>>,
}

/// Who is best at a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A business is best, and worth its capital.
    Best(Business),
    /// Others are about equal to the first of the ranking.
    AboutEqual(Business),
    /// The first of the ranking has a net present value below zero, and another business has not.
    LosesValue(Business),
    /// No business has a net present value of zero or more. The first of the ranking is the least bad.
    NoneEarns(Business),
    /// No business has a value of the criterion.
    NoValue,
    /// The scenario contradicts itself with the pair.
    NotAllowed,
}

impl Field {
    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Best(_) => "best",
            Self::AboutEqual(_) => "about_equal",
            Self::LosesValue(_) => "loses_value",
            Self::NoneEarns(_) => "none_earns",
            Self::NoValue => "no_value",
            Self::NotAllowed => "not_allowed",
        }
    }

    /// The first of the ranking.
    pub const fn first(self) -> Option<Business> {
        match self {
            Self::Best(first)
            | Self::AboutEqual(first)
            | Self::LosesValue(first)
            | Self::NoneEarns(first) => Some(first),
            Self::NoValue | Self::NotAllowed => None,
        }
    }
}

/// Why there is no map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotMapped {
    /// The criterion is known of simulated paths only.
    #[error("{} needs a simulation of every cell; a map goes by {}", .0.id(), mapped())]
    NeedsSimulation(Criterion),
    /// Both axes are one input.
    #[error("{0} is both axes; choose two inputs")]
    SameInput(&'static str),
    /// The third input is an axis.
    #[error("{0} is an axis already; choose another third input")]
    ThirdIsAxis(&'static str),
    /// It was cancelled.
    #[error("the map was cancelled")]
    Cancelled,
}

/// The criteria of a map, in words.
fn mapped() -> String {
    let all = Criterion::ALL.into_iter().filter(|criterion| *criterion != Criterion::Loss);
    all.map(Criterion::id).collect::<Vec<_>>().join(", ")
}

/// What a candidate is, or why there is none.
type Judged = Result<Candidate, NotEvaluated>;

/// Which axes move a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Along {
    Neither,
    Columns,
    Rows,
    Both,
}

impl WinnerMap {
    /// The map of a scenario with up to `most` columns and rows. A business that only one axis moves is evaluated once for
    /// each of its values.
    ///
    /// # Errors
    /// If both axes are one input, the criterion needs a simulation, or `control` cancels.
    ///
    /// ```
    /// # use wattfolio_economics::answers::{Axis, WinnerMap};
    /// # use wattfolio_economics::prelude::*;
    /// # use wattfolio_economics::results::verdict::Criterion;
    /// # use wattfolio_economics::risk::ToTheEnd;
    /// let scenario = Scenario::default().validate()?;
    /// let axis = |id| Axis::of(&scenario, catalogue::find(id).unwrap()).unwrap();
    /// let axes = (axis("bitcoin.price_usd"), axis("power.price_usd_per_kwh"));
    /// let map = WinnerMap::new(&scenario, axes, (Basis::ProjectBeforeTax, Criterion::Value), 8, &ToTheEnd).unwrap();
    /// assert_eq!(map.cells.len(), 64);
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn new(
        scenario: &ValidScenario,
        (x, y): (Axis, Axis),
        (basis, criterion): (Basis, Criterion),
        most: usize,
        control: &impl Control,
    ) -> Result<Self, NotMapped> {
        Self::check((&x, &y), criterion)?;
        let (columns, rows) = (x.values(most), y.values(most));
        let maker = Maker::new(scenario, (&x, &y), (&columns, &rows), (basis, criterion));
        let is_cancelled = AtomicBool::new(false);
        let row = |(index, value): (usize, &f64)| -> Vec<Cell> {
            if !control.proceed(index as f64 / rows.len() as f64) {
                is_cancelled.store(true, Ordering::Relaxed);
            }
            if is_cancelled.load(Ordering::Relaxed) {
                return Vec::new();
            }
            let mut parts = Parts::default();
            let cell = |(column, x): (usize, &f64)| maker.cell(&mut parts, (column, *x), (index, *value));
            columns.iter().enumerate().map(cell).collect()
        };
        let cells: Vec<Cell> = rows.par_iter().enumerate().flat_map_iter(row).collect();
        if is_cancelled.into_inner() {
            return Err(NotMapped::Cancelled);
        }
        Ok(Self { basis, criterion, x, y, columns, rows, cells })
    }

    /// Whether two axes have a map by a criterion.
    ///
    /// # Errors
    /// If both are one input, or the criterion needs a simulation.
    pub fn check((x, y): (&Axis, &Axis), criterion: Criterion) -> Result<(), NotMapped> {
        if criterion == Criterion::Loss {
            return Err(NotMapped::NeedsSimulation(criterion));
        }
        if x.input == y.input { Err(NotMapped::SameInput(x.input.id)) } else { Ok(()) }
    }

    /// The cell at a column and a row.
    pub fn cell(&self, column: usize, row: usize) -> Option<&Cell> {
        (column < self.columns.len()).then(|| self.cells.get(row * self.columns.len() + column))?
    }

    /// A map on which no pair is allowed.
    fn not_allowed((x, y): (Axis, Axis), (basis, criterion): (Basis, Criterion), most: usize) -> Self {
        let (columns, rows) = (x.values(most), y.values(most));
        let cells = vec![Cell::of(Field::NotAllowed); columns.len() * rows.len()];
        Self { basis, criterion, x, y, columns, rows, cells }
    }

    /// Column and row at shares of the lengths of both axes.
    pub fn place(&self, [x, y]: [f64; 2]) -> (usize, usize) {
        let index = |share: f64, count: usize| ((share * count as f64) as usize).min(count.saturating_sub(1));
        (index(x, self.columns.len()), index(y, self.rows.len()))
    }

    /// Where a scenario lies, as shares of the lengths of both axes.
    pub fn now(&self, scenario: &Scenario) -> Option<[f64; 2]> {
        let share = |axis: &Axis| axis.now(scenario).map(|now| axis.share(now));
        Some([share(&self.x)?, share(&self.y)?])
    }

    /// The verdict of a scenario, judged as a cell.
    pub fn judged(scenario: &ValidScenario, basis: Basis, criterion: Criterion) -> Cell {
        let (mut parts, scenario) = (Parts::default(), Arc::new(scenario.clone()));
        let judge = Judge { basis, criterion };
        cell(criterion, &PerBusiness::new(|business| judge.candidate(&mut parts, &scenario, business)))
    }
}

/// What all cells share.
struct Maker<'a> {
    scenario: &'a ValidScenario,
    axes: (&'a Axis, &'a Axis),
    judge: Judge,
    along: PerBusiness<Along>,
    /// Of businesses that neither axis moves.
    fixed: PerBusiness<Option<Judged>>,
    /// By column, of businesses that only this axis moves; none where a value alone is not allowed.
    by_column: Vec<PerBusiness<Option<Judged>>>,
    /// The same by row.
    by_row: Vec<PerBusiness<Option<Judged>>>,
}

impl<'a> Maker<'a> {
    fn new(
        scenario: &'a ValidScenario,
        (x, y): (&'a Axis, &'a Axis),
        (columns, rows): (&[f64], &[f64]),
        (basis, criterion): (Basis, Criterion),
    ) -> Self {
        let judge = Judge { basis, criterion };
        let at = |axis: &Axis, values: &[f64]| -> Vec<Option<Arc<ValidScenario>>> {
            values.iter().map(|value| scenario.with(axis.input, *value).ok().map(Arc::new)).collect()
        };
        let unmoved = Arc::new(scenario.clone());
        let (columns, rows) = (at(x, columns), at(y, rows));
        // A value may couple a business to the other axis, as an elasticity does.
        let seen = || columns.iter().chain(&rows).flatten().chain([&unmoved]);
        let moves = |axis: &Axis| {
            let mut moved = PerBusiness::new(|_| false);
            for one in seen() {
                axis.input.moved_businesses(one).for_each(|business| moved[business] = true);
            }
            moved
        };
        let (by_x, by_y) = (moves(x), moves(y));
        let along = PerBusiness::new(|business| match (by_x[business], by_y[business]) {
            (false, false) => Along::Neither,
            (true, false) => Along::Columns,
            (false, true) => Along::Rows,
            (true, true) => Along::Both,
        });
        let known = |parts: &mut Parts, at: Option<&Arc<ValidScenario>>, wanted: Along| {
            PerBusiness::new(|business| {
                let at = at.filter(|_| along[business] == wanted)?;
                Some(judge.candidate(parts, at, business))
            })
        };
        let each = |values: &[Option<Arc<ValidScenario>>], wanted: Along| -> Vec<_> {
            let known =
                |parts: &mut Parts, at: &Option<Arc<ValidScenario>>| known(parts, at.as_ref(), wanted);
            values.par_iter().map_init(Parts::default, known).collect()
        };
        Self {
            scenario,
            axes: (x, y),
            judge,
            along,
            fixed: known(&mut Parts::default(), Some(&unmoved), Along::Neither),
            by_column: each(&columns, Along::Columns),
            by_row: each(&rows, Along::Rows),
        }
    }

    fn cell(&self, parts: &mut Parts, (column, x): (usize, f64), (row, y): (usize, f64)) -> Cell {
        let Some(at) = self.pair(x, y).map(Arc::new) else { return Cell::of(Field::NotAllowed) };
        let judged = PerBusiness::new(|business| {
            let known = match self.along[business] {
                Along::Neither => self.fixed[business].clone(),
                Along::Columns => self.by_column[column][business].clone(),
                Along::Rows => self.by_row[row][business].clone(),
                Along::Both => None,
            };
            known.unwrap_or_else(|| self.judge.candidate(parts, &at, business))
        });
        cell(self.judge.criterion, &judged)
    }

    /// The scenario at a pair, if it is allowed.
    fn pair(&self, x: f64, y: f64) -> Option<ValidScenario> {
        self.scenario.with_numbers(&[self.axes.0.input, self.axes.1.input], &[x, y]).ok()
    }
}

impl Cell {
    fn of(field: Field) -> Self {
        let none = PerBusiness::new(|_| Err(Absent::NotApplicable));
        Self { field, second: None, lead: None, values: none, npv_usd: none }
    }
}

/// A cell from what is known of every business, by the rules of the verdict.
fn cell(criterion: Criterion, judged: &PerBusiness<Judged>) -> Cell {
    let candidates = judged.iter().filter_map(|(_, judged)| judged.as_ref().ok());
    let verdict = Verdict::of(criterion, candidates.map(|candidate| (*candidate, None)).collect());
    let of = |read: &dyn Fn(&Candidate) -> Maybe<f64>| {
        PerBusiness::new(|business| judged[business].as_ref().map_or(Err(Absent::NotApplicable), read))
    };
    let second = match verdict.ranking.get(..2) {
        Some([first, second]) => {
            let both = first.value.ok().zip(second.value.ok());
            both.map(|(a, b)| (second.business.business, (a - b).abs()))
        }
        _ => None,
    };
    Cell {
        field: field(&verdict),
        second: second.map(|(business, _)| business),
        lead: second.map(|(_, lead)| lead),
        values: of(&|candidate| candidate.value(criterion)),
        npv_usd: of(&|candidate| Ok(candidate.npv_usd)),
    }
}

fn field(verdict: &Verdict) -> Field {
    let Some(first) = verdict.winner().map(|winner| winner.business) else { return Field::NoValue };
    if verdict.nothing_earns_its_capital() {
        return Field::NoneEarns(first);
    }
    match verdict.place(first) {
        Place::Best => Field::Best(first),
        Place::AboutEqual => Field::AboutEqual(first),
        Place::LosesValue => Field::LosesValue(first),
        Place::Behind(_) | Place::Unranked => Field::NoValue,
    }
}
