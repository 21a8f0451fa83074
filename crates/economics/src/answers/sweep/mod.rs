//! Sweeps: every combination of the values of several inputs, or the rows of a table, as numbered cells.
//!
//! Any part of the cells gives the same figures as the whole, on any number of threads: a cell depends on its number alone.

mod axis;
mod column;
mod memo;
mod places;
mod run;
mod scaled;

pub use axis::{NotVaried, Varied};
pub use column::{Column, NotAColumn};
pub use places::Listed;
pub use run::{Ended, Row};

use std::sync::{Arc, OnceLock};

use self::memo::Memo;
use self::places::Places;
use super::several::Several;
use crate::input::Input;
use crate::kernel::Basis;
use crate::scenario::{Faults, ValidScenario};

/// Most cells of a sweep: a number up to which every whole one is exact.
const MOST_CELLS: u64 = 1 << 53;

/// A scenario, the inputs that vary, and the columns that are wanted of each cell.
///
/// Of a grid, the values of the last axis follow each other.
#[derive(Clone, Debug)]
pub struct Sweep {
    base: ValidScenario,
    places: Places,
    inputs: Vec<&'static Input>,
    columns: Vec<Column>,
    basis: Basis,
    several: Several,
    cells: u64,
    /// What its runs have found and share.
    memo: Arc<OnceLock<Memo>>,
}

/// Why axes and columns are no sweep.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotASweep {
    /// Nothing varies.
    #[error("nothing varies: name at least one input")]
    NoAxis,
    /// Nothing is wanted.
    #[error("nothing is wanted: name at least one measure")]
    NoColumn,
    /// An input varies twice.
    #[error("{0} varies twice")]
    Twice(&'static str),
    /// A column is wanted twice.
    #[error("{0} is wanted twice")]
    ColumnTwice(String),
    /// The columns of a table are not equally long.
    #[error("{id} has {count} values, and {first} has {wanted}: a row is a scenario, so all have as many")]
    Length {
        /// Id of the first input.
        first: &'static str,
        /// Its number of values.
        wanted: usize,
        /// Id of the input with another number.
        id: &'static str,
        /// That number.
        count: usize,
    },
    /// More cells than a number counts.
    #[error("these are more than {MOST_CELLS} cells; take fewer values")]
    TooMany,
}

impl Sweep {
    /// A sweep over every combination of values.
    ///
    /// # Errors
    /// If nothing varies or is wanted, something does so twice, or there are too many cells.
    pub fn new(
        base: ValidScenario,
        basis: Basis,
        axes: Vec<Varied>,
        columns: Vec<Column>,
    ) -> Result<Self, NotASweep> {
        Self::over(base, basis, Places::Grid(axes), columns)
    }

    /// A sweep over the rows of a table, each of which is a scenario. The table may have no rows.
    ///
    /// # Errors
    /// If nothing varies or is wanted, something does so twice, or the columns are not equally long.
    ///
    /// ```
    /// # use wattfolio_economics::answers::{Column, Listed, Sweep};
    /// # use wattfolio_economics::{prelude::*, risk::ToTheEnd};
    /// let base = Scenario::default().validate()?;
    /// let price = catalogue::find("power.price_usd_per_kwh").unwrap();
    /// let rows = Listed::new(&base, price, vec![0.03, -1.0]).unwrap();
    /// let npv = Column::parse("mining.npv_usd").unwrap();
    /// let sweep = Sweep::listed(base, Basis::ProjectBeforeTax, vec![rows], vec![npv]).unwrap();
    /// let mut found = Vec::new();
    /// sweep.run(0..sweep.cells(), &ToTheEnd, |row| Ok::<(), std::convert::Infallible>(found.push(row)))?;
    /// assert!(found[0].fault.is_none() && found[0].values[0].is_some());
    /// let fault = found[1].fault.as_ref().unwrap().to_string();
    /// assert!(fault.contains("power.price_usd_per_kwh is -1"), "{fault}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn listed(
        base: ValidScenario,
        basis: Basis,
        rows: Vec<Listed>,
        columns: Vec<Column>,
    ) -> Result<Self, NotASweep> {
        if let Some((first, others)) = rows.split_first() {
            let wanted = first.values().len();
            if let Some(other) = others.iter().find(|other| other.values().len() != wanted) {
                let (first, id, count) = (first.input().id, other.input().id, other.values().len());
                return Err(NotASweep::Length { first, wanted, id, count });
            }
        }
        Self::over(base, basis, Places::Rows(rows), columns)
    }

    fn over(
        base: ValidScenario,
        basis: Basis,
        places: Places,
        columns: Vec<Column>,
    ) -> Result<Self, NotASweep> {
        let inputs = places.inputs();
        if inputs.is_empty() {
            return Err(NotASweep::NoAxis);
        }
        if columns.is_empty() {
            return Err(NotASweep::NoColumn);
        }
        for (index, input) in inputs.iter().enumerate() {
            if inputs[..index].iter().any(|other| other.id == input.id) {
                return Err(NotASweep::Twice(input.id));
            }
        }
        for (index, column) in columns.iter().enumerate() {
            if columns[..index].iter().any(|other| other.id() == column.id()) {
                return Err(NotASweep::ColumnTwice(column.id()));
            }
        }
        let cells = places.cells().filter(|cells| *cells <= MOST_CELLS).ok_or(NotASweep::TooMany)?;
        let quantities: Vec<_> = columns.iter().filter_map(Column::quantity).collect();
        let several = Several::new(&quantities, basis);
        Ok(Self { base, places, inputs, columns, basis, several, cells, memo: Arc::default() })
    }

    /// Number of cells.
    pub const fn cells(&self) -> u64 {
        self.cells
    }

    /// The axes of a grid, of which the values of the last one follow each other; none of a table.
    pub fn axes(&self) -> &[Varied] {
        match &self.places {
            Places::Grid(axes) => axes,
            Places::Rows(_) => &[],
        }
    }

    /// The inputs that vary.
    pub fn inputs(&self) -> &[&'static Input] {
        &self.inputs
    }

    /// What is wanted of each cell.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Basis of the flows.
    pub const fn basis(&self) -> Basis {
        self.basis
    }

    /// Whether a cell is simulated.
    pub fn is_simulated(&self) -> bool {
        self.columns.iter().any(|column| column.quantity().is_none())
    }

    /// The value of every input in a cell, from 0.
    ///
    /// # Panics
    /// If a table has no such row; the cells of a grid are counted on from the first.
    pub fn place(&self, cell: u64) -> Vec<f64> {
        self.places.at(cell)
    }

    /// The scenario of a cell.
    ///
    /// # Errors
    /// If its values contradict each other, e.g. with more machines than fit the site.
    pub fn scenario(&self, cell: u64) -> Result<ValidScenario, Faults> {
        self.at(&self.place(cell))
    }

    fn memo(&self) -> &Memo {
        self.memo.get_or_init(|| Memo::new(self))
    }

    fn at(&self, place: &[f64]) -> Result<ValidScenario, Faults> {
        self.base.with_numbers(&self.inputs, place)
    }
}
