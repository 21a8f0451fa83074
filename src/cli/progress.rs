//! How far a long command is, on standard error.

use std::sync::atomic::{AtomicU32, Ordering};

use wattfolio_economics::risk::Control;

use super::output::say;
use crate::format;

/// Says each quarter of the work that is done.
#[derive(Debug)]
pub(super) struct Progress<C> {
    /// Ends the work.
    control: C,
    /// What is being done.
    work: &'static str,
    /// Quarters that were said.
    said: AtomicU32,
}

impl<C> Progress<C> {
    /// Progress of some work.
    pub(super) const fn new(control: C, work: &'static str) -> Self {
        Self { control, work, said: AtomicU32::new(0) }
    }
}

impl<C: Control> Control for Progress<C> {
    fn proceed(&self, done: f64) -> bool {
        let quarters = (done * 4.0) as u32;
        if quarters < 4 && self.said.fetch_max(quarters, Ordering::Relaxed) < quarters {
            let percent = format::grouped(f64::from(quarters) * 25.0, 0);
            say(&format!("wattfolio: {}, {percent} %", self.work));
        }
        self.control.proceed(done)
    }
}
