//! Answers that need more than one evaluation of a scenario.

mod converting;
mod fast_sweeps;
mod mix;
mod sweep;
mod tipping;
mod training_cost;

use std::convert::Infallible;
use std::ops::Range;

use wattfolio_economics::answers::{Row, Sweep};
use wattfolio_economics::risk::ToTheEnd;

/// Some of the cells of a sweep.
fn rows(sweep: &Sweep, cells: Range<u64>) -> Vec<Row> {
    let mut rows = Vec::new();
    let take = |row| {
        rows.push(row);
        Ok::<(), Infallible>(())
    };
    sweep.run(cells, &ToTheEnd, take).unwrap();
    rows
}
