//! Items that most programs need, in one `use`: `use wattfolio_economics::prelude::*;`
//!
//! ```
//! use wattfolio_economics::prelude::*;
//!
//! let comparison = compare(&Scenario::default().validate()?);
//! assert_eq!(comparison.evaluations().count(), Business::ALL.len());
//! # Ok::<(), Faults>(())
//! ```

pub use crate::business::{Business, PerBusiness};
pub use crate::kernel::{Absent, Basis, Line, Maybe, NotEvaluated};
pub use crate::results::{Comparison, Curve, Evaluation, MEASURES, compare, compare_on, find_measure};
pub use crate::risk::{PROBABILITIES, Simulation, Simulator, simulate};
pub use crate::scenario::{CalendarMonth, Fault, Faults, Scenario, Trajectory, ValidScenario};
pub use crate::{catalogue, finance};
