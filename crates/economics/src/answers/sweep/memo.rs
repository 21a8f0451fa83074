//! Net present values of businesses that some axes of a grid do not move: they are the same along those.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{Sweep, Varied};
use crate::business::{Business, PerBusiness};
use crate::input::Input;
use crate::scenario::ValidScenario;

/// Most values of a business that are kept: 8 MB.
const MOST: u64 = 1 << 20;
/// Most axes whose corners are looked at.
const MOST_AXES: usize = 10;

/// The net present values that are known so far. Whichever thread finds one finds the same.
#[derive(Debug)]
pub(super) struct Memo(PerBusiness<Option<OfBusiness>>);

/// The values of a business, one for each combination of the axes that move it.
#[derive(Debug)]
struct OfBusiness {
    axes: Vec<Moving>,
    /// Bits of the values in USD; those of NaN are not known.
    npv_usd: Vec<AtomicU64>,
}

/// An axis that moves a business.
#[derive(Clone, Copy, Debug)]
struct Moving {
    /// Number of cells in which it has the same value.
    cells: u64,
    count: u64,
}

impl Memo {
    /// A memo of a sweep, without a value.
    pub(super) fn new(sweep: &Sweep) -> Self {
        let Some(corners) = corners(sweep) else { return Self(PerBusiness::default()) };
        Self(PerBusiness::new(|business| {
            let axes = moving(sweep, &corners, business);
            let values: u64 = axes.iter().map(|axis| axis.count).product();
            let pays = sweep.several.needs_only_npv(business) && values <= MOST && values < sweep.cells;
            let unknown = || AtomicU64::new(f64::NAN.to_bits());
            pays.then(|| OfBusiness { axes, npv_usd: (0..values).map(|_| unknown()).collect() })
        }))
    }

    /// The value of a business in a cell, if it is known.
    pub(super) fn get(&self, business: Business, cell: u64) -> Option<f64> {
        let npv = f64::from_bits(self.of(business, cell)?.load(Ordering::Relaxed));
        npv.is_finite().then_some(npv)
    }

    /// Keeps the value of a business in a cell.
    pub(super) fn put(&self, business: Business, cell: u64, npv_usd: f64) {
        if let Some(kept) = self.of(business, cell) {
            kept.store(npv_usd.to_bits(), Ordering::Relaxed);
        }
    }

    fn of(&self, business: Business, cell: u64) -> Option<&AtomicU64> {
        let of_business = self.0[business].as_ref()?;
        let index = of_business
            .axes
            .iter()
            .fold(0, |index, axis| index * axis.count + cell / axis.cells % axis.count);
        of_business.npv_usd.get(index as usize)
    }
}

/// The scenarios at the ends of all axes; `None` of a table, with more axes than are looked at, or where one is not allowed.
fn corners(sweep: &Sweep) -> Option<Vec<ValidScenario>> {
    let axes = sweep.axes();
    if axes.is_empty() || axes.len() > MOST_AXES {
        return None;
    }
    let corner = |corner: usize| -> Option<ValidScenario> {
        let end =
            |(index, (low, high)): (usize, (f64, f64))| if corner >> index & 1 == 0 { low } else { high };
        let place: Vec<f64> = axes.iter().map(Varied::ends).enumerate().map(end).collect();
        sweep.at(&place).ok()
    };
    (0..1 << axes.len()).map(corner).collect()
}

/// The axes of a grid that move a business. One may couple a business to another, as an elasticity does: at the corners each
/// coupling shows.
fn moving(sweep: &Sweep, corners: &[ValidScenario], business: Business) -> Vec<Moving> {
    let moves =
        |input: &Input| corners.iter().any(|at| input.moved_businesses(at).any(|moved| moved == business));
    let mut cells = sweep.cells;
    let mut moving = Vec::new();
    for axis in sweep.axes() {
        let count = axis.count() as u64;
        cells /= count;
        if moves(axis.input()) {
            moving.push(Moving { cells, count });
        }
    }
    moving
}
