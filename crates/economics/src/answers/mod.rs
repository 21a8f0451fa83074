//! Answers: what decides a figure of a business, where it tips, what to mix, and what a bitcoin price does to the cost of
//! training. Each needs more than one evaluation of a scenario, and is one file or folder.
//!
//! A [`Quantity`] is asked for: a measure of a business, or the difference of two. A [`Tornado`] moves every input of the
//! catalogue and ranks them by what they do to it; [`slope`] is how fast it follows one of them now; [`solve`] finds every
//! value of an input at which it is zero or equals a target; [`BreakEvens`] does so for the inputs that decide, and
//! [`converting`](converting()) for the prices at which a miner would not convert. A [`SimulatedTornado`] is one of a figure of
//! the simulation. The crate reads no file: recorded runs and GPUs of [`training_cost`] are plain data that the caller hands
//! over.
//! A [`WinnerMap`] says which business is best at every pair of two inputs, a [`Filmstrip`] repeats it at some values of a third
//! one, and a [`Border`] says how far one input is from where another business takes over.
//!
//! ```
//! use wattfolio_economics::answers::{Asked, Quantity, solve};
//! use wattfolio_economics::prelude::*;
//!
//! let scenario = Scenario::default().validate()?;
//! let asked = Asked::new(Quantity::parse("hosting-leasing.npv_usd").unwrap(), Basis::ProjectBeforeTax);
//! let fee = catalogue::find("hosting.fee_usd_per_kw_month").unwrap();
//! let solved = solve(&scenario, asked, fee, 0.0).unwrap();
//! // At this fee hosting is worth what leasing is.
//! let level = scenario.with(fee, solved.nearest().unwrap().value)?;
//! assert!(asked.value(&level).unwrap().abs() < 1.0);
//! # Ok::<(), Faults>(())
//! ```

mod asked;
mod break_evens;
mod converting;
mod lever;
pub mod mix;
mod overview;
mod parts;
mod places;
mod quantity;
mod roots;
mod several;
mod simulated;
mod slopes;
mod solve;
mod sweep;
mod tornado;
pub mod training_cost;
mod usual;
mod winner_map;

pub use asked::{Asked, Missing};
pub use break_evens::{BreakEven, BreakEvens};
pub use converting::{Converting, converting};
pub use lever::{Lever, Moved, Reason};
pub use overview::{Overview, Tipping};
pub use quantity::{NotAQuantity, Quantity, Subtracted};
pub use roots::{Root, RootKind};
pub use simulated::{NotMoved, SimulatedBar, SimulatedTornado};
pub use slopes::{Shape, Slope, slope, slopes};
pub use solve::{NotSolvable, Solved, Stays, solve};
pub use sweep::{Column, Ended, Listed, NotAColumn, NotASweep, NotVaried, Row, Sweep, Varied};
pub use tornado::{Bar, BarEnd, Tornado};
pub use usual::{key_numbers, measure_of};
pub use winner_map::{
    Axis, Border, Cell, Field, Filmstrip, Frame, Leader, NotAnAxis, NotMapped, Reign, Segment, Takeover,
    WinnerMap,
};
