//! Cancellation and progress of a run, and the error if no thread can be started.

/// Cancellation and progress of a run. A custom control can end a run whose result is no longer needed.
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
    /// Called at the start and after each block with the completed share, 0 to 1; `false` ends the run.
    fn proceed(&self, done: f64) -> bool;
}

/// Control that never ends a run.
#[derive(Clone, Copy, Debug)]
pub struct ToTheEnd;

impl Control for ToTheEnd {
    fn proceed(&self, _: f64) -> bool {
        true
    }
}

/// One of several equal parts of a work, which reports to the control of the whole.
pub(crate) struct Part<'a, C> {
    whole: &'a C,
    /// Parts before it.
    before: f64,
    /// All parts.
    count: f64,
}

impl<'a, C: Control> Part<'a, C> {
    /// The part that so many of all the parts precede.
    pub(crate) fn new(whole: &'a C, before: usize, count: usize) -> Self {
        Self { whole, before: before as f64, count: count as f64 }
    }
}

impl<C: Control> Control for Part<'_, C> {
    fn proceed(&self, done: f64) -> bool {
        self.whole.proceed((self.before + done) / self.count)
    }
}

/// No thread could be started.
#[derive(Debug, thiserror::Error)]
#[error("no threads for the simulation: {source}")]
pub struct NoThreads {
    // Not public, so that another thread pool would break no caller.
    pub(super) source: rayon::ThreadPoolBuildError,
}
