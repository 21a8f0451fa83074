//! All businesses of a scenario, compiled.

use super::{hosting, leasing, mining};
use crate::kernel::{Market, NotEvaluated};
use crate::scenario::ValidScenario;

/// A scenario compiled into monthly tables.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The markets all three see.
    pub market: Market,
    /// Mining, or why there is none.
    pub mining: Result<mining::Plan, NotEvaluated>,
    /// AI hosting, or why there is none.
    pub hosting: Result<hosting::Plan, NotEvaluated>,
    /// Compute leasing, or why there is none.
    pub leasing: Result<leasing::Plan, NotEvaluated>,
}

impl Plan {
    /// Compiles a scenario.
    pub fn compile(scenario: &ValidScenario) -> Self {
        Self {
            market: Market::compile(scenario),
            mining: mining::Plan::compile(scenario),
            hosting: hosting::Plan::compile(scenario),
            leasing: leasing::Plan::compile(scenario),
        }
    }
}
