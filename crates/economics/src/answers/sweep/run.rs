//! The cells of a sweep, computed on all cores in the order of their numbers.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::scaled::Scaled;
use super::{Column, Sweep};
use crate::answers::parts::Parts;
use crate::answers::several::{Evaluated, Known, Several};
use crate::business::{Business, PerBusiness};
use crate::risk::{Control, NotSimulated, RiskFigure, Simulation, Simulator, ToTheEnd};
use crate::scenario::{Faults, ValidScenario};

/// Cells of a task of one thread; those of a task share what does not change between them.
const TASK: u64 = 64;
/// Tasks between two looks at the control.
const TASKS: u64 = 64;

/// A cell with its values.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// Number of the cell, from 0.
    pub cell: u64,
    /// The value of each input.
    pub place: Vec<f64>,
    /// The value of each column; `None` where it does not exist.
    pub values: Vec<Option<f64>>,
    /// Why the scenario of the cell is not valid, if it is not.
    pub fault: Option<Faults>,
}

impl Sweep {
    /// Computes some of the cells, and hands them on in order. Rows of a few thousand cells are held at a time.
    ///
    /// The simulations of all cells have the same draws, those of the scenario's seed, so that differences are of the inputs;
    /// where the seed is one of the axes, each of its values has its own.
    ///
    /// # Errors
    /// If the control ended the run, a simulation could not be made, or the receiver refuses a row.
    ///
    /// ```
    /// # use wattfolio_economics::answers::{Varied, Column, Sweep};
    /// # use wattfolio_economics::{prelude::*, risk::ToTheEnd};
    /// let base = Scenario::default().validate()?;
    /// let price = catalogue::find("power.price_usd_per_kwh").unwrap();
    /// let axis = Varied::new(&base, price, (0.02, 0.08), 7, false).unwrap();
    /// let npv = Column::parse("mining.npv_usd").unwrap();
    /// let sweep = Sweep::new(base, Basis::ProjectBeforeTax, vec![axis], vec![npv]).unwrap();
    /// let mut npvs = Vec::new();
    /// sweep.run(0..sweep.cells(), &ToTheEnd, |row| {
    ///     npvs.extend(row.values[0]);
    ///     Ok::<(), std::convert::Infallible>(())
    /// })?;
    /// assert!(npvs.len() == 7 && npvs.is_sorted_by(|a, b| a > b), "dearer power never helps a miner");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn run<E>(
        &self,
        cells: Range<u64>,
        control: &impl Control,
        mut take: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), Ended<E>> {
        let cells = cells.start..cells.end.min(self.cells);
        let total = cells.end.saturating_sub(cells.start).max(1) as f64;
        let mut simulator =
            if self.is_simulated() { Some(Simulator::new(0).map_err(NotSimulated::from)?) } else { None };
        let mut scaled = Scaled::of(self).map_err(NotSimulated::from)?;
        let mut from = cells.start;
        while from < cells.end {
            if !control.proceed((from - cells.start) as f64 / total) {
                return Err(Ended::Stopped);
            }
            let step = if simulator.is_some() { 1 } else { TASK * TASKS };
            let to = (from + step).min(cells.end);
            let rows = match &mut scaled {
                Some(scaled) => scaled.rows(from..to).map_err(NotSimulated::from)?,
                None => self.planned(from..to),
            };
            for mut row in rows {
                if let Some(simulator) = &mut simulator {
                    self.simulate(simulator, &mut row)?;
                }
                take(row).map_err(Ended::Refused)?;
            }
            from = to;
        }
        Ok(())
    }

    /// The cells without figures of simulations.
    pub(super) fn planned(&self, cells: Range<u64>) -> Vec<Row> {
        let tasks = (cells.end - cells.start).div_ceil(TASK);
        let task = |index: u64| {
            let from = cells.start + index * TASK;
            let mut walk = Walk::new(self);
            (from..(from + TASK).min(cells.end)).map(|cell| walk.row(cell)).collect::<Vec<Row>>()
        };
        (0..tasks).into_par_iter().flat_map_iter(task).collect()
    }

    /// Adds the figures of the simulation.
    fn simulate<E>(&self, simulator: &mut Simulator, row: &mut Row) -> Result<(), Ended<E>> {
        if row.fault.is_some() {
            return Ok(());
        }
        let Ok(scenario) = self.at(&row.place) else { return Ok(()) };
        let mut simulation = simulator.run(&scenario, self.basis, &ToTheEnd).map_err(NotSimulated::from)?;
        if self.columns.iter().any(Column::is_a_return) {
            let returns = simulator.returns(&scenario, self.basis, &ToTheEnd).map_err(NotSimulated::from)?;
            simulation = simulation.with_returns(returns);
        }
        for (value, column) in row.values.iter_mut().zip(&self.columns) {
            if let Column::Figure(business, figure) = column {
                *value = read(&simulation, *business, figure);
            }
        }
        simulator.give_back(simulation);
        Ok(())
    }
}

fn read(simulation: &Simulation, business: Business, figure: &RiskFigure) -> Option<f64> {
    figure.read(simulation.business(business).ok()?).number()?.ok()
}

/// Cells one after the other: a business that the changed input does not move keeps its values.
struct Walk<'a> {
    sweep: &'a Sweep,
    /// The valid cell before.
    last: Option<(Arc<ValidScenario>, Vec<f64>)>,
    /// Market and plans of an earlier cell.
    parts: Parts,
    known: PerBusiness<Evaluated>,
}

impl<'a> Walk<'a> {
    fn new(sweep: &'a Sweep) -> Self {
        Self { sweep, last: None, parts: Parts::default(), known: PerBusiness::new(|_| None) }
    }

    fn row(&mut self, cell: u64) -> Row {
        let Sweep { columns, several, .. } = self.sweep;
        let place = self.sweep.place(cell);
        let scenario = match self.sweep.at(&place) {
            Ok(scenario) => Arc::new(scenario),
            Err(fault) => {
                self.last = None;
                return Row { cell, place, values: vec![None; columns.len()], fault: Some(fault) };
            }
        };
        self.evaluate(cell, &scenario, &place);
        let values = values(columns, several, &scenario, &self.known);
        self.last = Some((scenario, place.clone()));
        Row { cell, place, values, fault: None }
    }

    /// Makes everything known that is needed of a cell.
    fn evaluate(&mut self, cell: u64, scenario: &Arc<ValidScenario>, place: &[f64]) {
        let memo = self.sweep.memo();
        let mut is_stale = self.stale(scenario, place);
        for business in Business::ALL {
            if is_stale[business]
                && let Some(npv) = memo.get(business, cell)
            {
                self.known[business] = Some(Ok(Known::Npv(npv)));
                is_stale[business] = false;
            }
        }
        self.sweep.several.evaluate(scenario, &mut self.parts, is_stale, &mut self.known);
        for (business, _) in is_stale.iter().filter(|(_, is_stale)| **is_stale) {
            if let Some(Ok(Known::Npv(npv))) = &self.known[business] {
                memo.put(business, cell, *npv);
            }
        }
    }

    /// The businesses that change from the cell before to this one. Where several inputs change at once, all do: an input may
    /// move a business only together with another.
    fn stale(&self, scenario: &ValidScenario, place: &[f64]) -> PerBusiness<bool> {
        let Some((before, last)) = &self.last else { return PerBusiness::new(|_| true) };
        let mut changed =
            self.sweep.inputs.iter().zip(place.iter().zip(last)).filter(|(_, (now, then))| now != then);
        let (Some((input, _)), None) = (changed.next(), changed.next()) else {
            return PerBusiness::new(|_| true);
        };
        let moved = |of: &ValidScenario, business| input.moved_businesses(of).any(|moved| moved == business);
        PerBusiness::new(|business| moved(before, business) || moved(scenario, business))
    }
}

pub(super) fn values(
    columns: &[Column],
    several: &Several,
    scenario: &ValidScenario,
    known: &PerBusiness<Evaluated>,
) -> Vec<Option<f64>> {
    let value = |column: &Column| several.value(column.quantity()?, scenario, known).ok();
    columns.iter().map(value).collect()
}

/// Why a sweep did not reach its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Ended<E> {
    /// The control ended it.
    #[error("ended before its last cell")]
    Stopped,
    /// A simulation could not be made.
    #[error(transparent)]
    NotSimulated(#[from] NotSimulated),
    /// The receiver refused a row.
    #[error("{0}")]
    Refused(E),
}
