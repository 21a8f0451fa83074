//! Cancellation and progress of a run, and why one cannot begin.

/// Cancellation and progress of a run. An own one can end a run that nobody waits for any more.
///
/// ```
/// use wattfolio_economics::{prelude::*, risk::{Control, Unfinished}};
///
/// struct Cancelled;
/// impl Control for Cancelled {
///     fn proceed(&self, _: f64) -> bool {
///         false
///     }
/// }
/// let ended = Simulator::new(1)?.run(&Scenario::default().validate()?, Basis::default(), &Cancelled);
/// assert_eq!(ended.unwrap_err(), Unfinished::Ended);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Control: Sync {
    /// Called after each block of months with the share that is done, 0 to 1; `false` ends the run.
    fn proceed(&self, done: f64) -> bool;
}

/// Runs to the end.
#[derive(Clone, Copy, Debug)]
pub struct ToTheEnd;

impl Control for ToTheEnd {
    fn proceed(&self, _: f64) -> bool {
        true
    }
}

/// No thread could be started.
#[derive(Debug, thiserror::Error)]
#[error("no threads for the simulation: {source}")]
pub struct NoThreads {
    // Not named in public, so that another pool of threads would break no caller.
    pub(super) source: rayon::ThreadPoolBuildError,
}
