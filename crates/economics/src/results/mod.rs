//! What a plan is worth: the comparison of the three businesses, their measures and break-evens.

mod absent;
mod break_even;
mod compare;
pub(crate) mod evaluation;
mod explain;
mod holding;
mod measure;
pub(crate) mod measures;
mod network;
mod readouts;
mod service;
mod timeline;

pub use absent::{Absent, Maybe};
pub use break_even::find_zero;
pub use compare::{Comparison, compare, compare_on};
pub use evaluation::{Evaluation, Flows};
pub use explain::{
    Condition, Explanation, Expr, Operand, Series, Source, Step, Zero, explain_line, explain_measure, small,
};
pub use holding::BuyAndHold;
pub use measure::{MEASURES, Measure, find as find_measure};
pub use measures::Measures;
pub use network::Network;
pub use readouts::{hosting::Figures, leasing::Figures, mining::Figures, Readouts};
pub use service::DebtService;
pub use timeline::{Event, Phase, Stretch, Timeline};
