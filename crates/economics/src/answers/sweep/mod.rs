//! Sweeps: every combination of the values of several inputs, as numbered cells.
//!
//! Any part of the cells gives the same figures as the whole, on any number of threads: a cell depends on its number alone.

mod axis;
mod column;
mod run;

pub use axis::{NotVaried, Varied};
pub use column::{Column, NotAColumn};
pub use run::{Ended, Row};

use super::several::Several;
use crate::kernel::Basis;
use crate::scenario::{Faults, ValidScenario};

/// Most cells of a sweep: a number up to which every whole one is exact.
const MOST_CELLS: u64 = 1 << 53;

/// A scenario, the inputs that vary, and the columns that are wanted of each cell.
///
/// The values of the last axis follow each other.
#[derive(Clone, Debug)]
pub struct Sweep {
    base: ValidScenario,
    axes: Vec<Varied>,
    columns: Vec<Column>,
    basis: Basis,
    several: Several,
    cells: u64,
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
    /// More cells than a number counts.
    #[error("these are more than {MOST_CELLS} cells; take fewer values")]
    TooMany,
}

impl Sweep {
    /// A sweep.
    ///
    /// # Errors
    /// If nothing varies or is wanted, something does so twice, or there are too many cells.
    pub fn new(
        base: ValidScenario,
        basis: Basis,
        axes: Vec<Varied>,
        columns: Vec<Column>,
    ) -> Result<Self, NotASweep> {
        if axes.is_empty() {
            return Err(NotASweep::NoAxis);
        }
        if columns.is_empty() {
            return Err(NotASweep::NoColumn);
        }
        for (index, axis) in axes.iter().enumerate() {
            if axes[..index].iter().any(|other| other.input().id == axis.input().id) {
                return Err(NotASweep::Twice(axis.input().id));
            }
        }
        for (index, column) in columns.iter().enumerate() {
            if columns[..index].iter().any(|other| other.id() == column.id()) {
                return Err(NotASweep::ColumnTwice(column.id()));
            }
        }
        let counted = axes.iter().try_fold(1_u64, |cells, axis| cells.checked_mul(axis.count() as u64));
        let cells = counted.filter(|cells| *cells <= MOST_CELLS).ok_or(NotASweep::TooMany)?;
        let quantities: Vec<_> = columns.iter().filter_map(Column::quantity).collect();
        Ok(Self { base, axes, columns, basis, several: Several::new(&quantities, basis), cells })
    }

    /// Number of cells.
    pub const fn cells(&self) -> u64 {
        self.cells
    }

    /// The inputs that vary; the values of the last one follow each other.
    pub fn axes(&self) -> &[Varied] {
        &self.axes
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

    /// The value of every axis in a cell, from 0; cells beyond the last one are counted on from the first.
    pub fn place(&self, cell: u64) -> Vec<f64> {
        let steps = self.steps(cell);
        self.axes.iter().zip(steps).map(|(axis, step)| axis.value(step)).collect()
    }

    /// The step of every axis in a cell.
    fn steps(&self, cell: u64) -> Vec<usize> {
        let mut rest = cell;
        let mut steps = vec![0; self.axes.len()];
        for (step, axis) in steps.iter_mut().zip(&self.axes).rev() {
            let count = axis.count() as u64;
            *step = (rest % count) as usize;
            rest /= count;
        }
        steps
    }

    /// The scenario of a cell.
    ///
    /// # Errors
    /// If its values contradict each other, e.g. with more machines than fit the site.
    pub fn scenario(&self, cell: u64) -> Result<ValidScenario, Faults> {
        self.at(&self.place(cell))
    }

    fn at(&self, place: &[f64]) -> Result<ValidScenario, Faults> {
        let mut fault = None;
        let scenario = self.base.edit(|scenario| {
            for (axis, value) in self.axes.iter().zip(place) {
                fault = fault.take().or(axis.input().write_number(scenario, *value).err());
            }
        })?;
        fault.map_or(Ok(scenario), |fault| Err(fault.into()))
    }
}
