//! Where the cells of a sweep are: every combination of the values of axes, or the rows of a table.

use super::{NotVaried, Varied};
use crate::input::{Input, Kind};
use crate::scenario::ValidScenario;

/// The values of one input, a value a cell.
#[derive(Clone, Debug)]
pub struct Listed {
    input: &'static Input,
    values: Vec<f64>,
}

impl Listed {
    /// Values of an input of a scenario. Each is checked in its own cell, whose fault it is.
    ///
    /// # Errors
    /// If the input is no number or does not apply in the scenario.
    pub fn new(base: &ValidScenario, input: &'static Input, values: Vec<f64>) -> Result<Self, NotVaried> {
        let Kind::Number(number) = &input.kind else { return Err(NotVaried::NotANumber(input.id)) };
        match (number.get)(base) {
            None => Err(NotVaried::DoesNotApply(input.id)),
            Some(_) => Ok(Self { input, values }),
        }
    }

    /// The input.
    pub const fn input(&self) -> &'static Input {
        self.input
    }

    /// Its value in every cell, in the unit of the input.
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

/// The cells of a sweep by their numbers.
#[derive(Clone, Debug)]
pub(super) enum Places {
    /// Every combination; the values of the last axis follow each other.
    Grid(Vec<Varied>),
    /// A row a cell.
    Rows(Vec<Listed>),
}

impl Places {
    /// The inputs that vary.
    pub(super) fn inputs(&self) -> Vec<&'static Input> {
        match self {
            Self::Grid(axes) => axes.iter().map(Varied::input).collect(),
            Self::Rows(columns) => columns.iter().map(Listed::input).collect(),
        }
    }

    /// Number of cells; `None` if it is more than 64 bits hold.
    pub(super) fn cells(&self) -> Option<u64> {
        match self {
            Self::Grid(axes) => {
                axes.iter().try_fold(1_u64, |cells, axis| cells.checked_mul(axis.count() as u64))
            }
            Self::Rows(columns) => Some(columns.first().map_or(0, |column| column.values.len() as u64)),
        }
    }

    /// The value of every input in a cell, from 0.
    pub(super) fn at(&self, cell: u64) -> Vec<f64> {
        match self {
            Self::Grid(axes) => {
                let mut rest = cell;
                let mut place = vec![0.0; axes.len()];
                for (value, axis) in place.iter_mut().zip(axes).rev() {
                    let count = axis.count() as u64;
                    *value = axis.value((rest % count) as usize);
                    rest /= count;
                }
                place
            }
            Self::Rows(columns) => columns.iter().map(|column| column.values[cell as usize]).collect(),
        }
    }
}
