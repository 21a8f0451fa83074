//! History as the judge of a plan: what a scenario would have believed in a month of the past, and what came.
//!
//! The crate reads no file: a [`Record`] is plain data that the caller hands over. [`Replay`] runs the plan of a month
//! beside what came, through the same kernel; [`Gap`] says which market made the difference, [`Strip`] how every other
//! start would have done, [`calibrate`] which inputs the record bears out, and [`Coverage`] how often what came stayed
//! inside the fan that would have been drawn then. [`resample`] puts recorded months in the place of simulated ones.
//!
//! What the model's document leaves open:
//!
//! * A path of the scenario whose points lie in the record says what came. The plan of a month has none of them; other
//!   points move with the start, in proportion to its level. The reference price of couplings moves with the price.
//! * Height and reward at the start are those of the month, whatever the scenario sets.
//! * Contract prices and fees are the scenario's in every month: only the market's rental is recorded.
//! * A debt that is sized on operating cash is sized on that of the plan, in what came as well.
//! * Subsidy and fees of a block are one driver of the gap. Power is as planned unless it follows bitcoin.
//! * The worst drawdown is the deepest fall of cumulative cash, without end proceeds, from an earlier high, the start
//!   among them.
//! * `same_month` and the limits of the network rule are held in a calibration: a response in the same month and a
//!   correlation of the shocks have the same effect on months. So are mean and spread of a jump, which leaves their number.
//!   A month with fewer than three rental prices is an estimate, and counts for nothing.
//! * A fan of the past keeps the volatility that was measured until then: how it would settle was not known.
//! * Rental and power of recorded months are drawn as ever: too few of the one are recorded, and none of the other.

mod calibrate;
mod coverage;
mod gap;
mod least_squares;
mod machine;
mod moments;
mod record;
mod rental;
mod replay;
mod resample;
mod rule;
mod staged;
mod strip;

pub use calibrate::{Calibration, Estimated, NotCalibrated, Untold, calibrate};
pub use coverage::{Coverage, CoveredStart, KnownThen, MONTHS_AFTER, MONTHS_BEFORE, NotCovered, known_then};
pub use gap::{Driver, Gap};
pub use machine::{MachinePrice, MachineUsed, Machines};
pub use record::{NotARecord, Record, Recorded, RecordedMachine, Series};
pub use replay::Replay;
pub use resample::{TooShort, resample};
pub use staged::NotReplayed;
pub use strip::{Cell, Strip};
