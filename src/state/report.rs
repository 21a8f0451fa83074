//! A report that is asked for, and one that is being made.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// A size of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Paper {
    /// Every size.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }

    /// The name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Letter => "Letter",
        }
    }
}

/// A report to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRequest {
    /// The file; its ending decides the format.
    pub path: PathBuf,
    /// Size of its pages.
    pub paper: Paper,
    /// Whether it is made with a simulation.
    pub has_simulation: bool,
    /// Whether a file of that name may be replaced.
    pub may_replace: bool,
}

/// A report that is being made beside the window.
#[derive(Clone, Debug, Default)]
pub struct Reporting {
    /// Share that is done, in thousandths.
    done: Arc<AtomicU32>,
    is_cancelled: Arc<AtomicBool>,
}

impl Reporting {
    /// Share that is done.
    pub fn done(&self) -> f32 {
        self.done.load(Ordering::Acquire) as f32 / 1000.0
    }

    /// Sets the share that is done.
    pub fn set_done(&self, share: f64) {
        self.done.store((share * 1000.0) as u32, Ordering::Release);
    }

    /// Ends the work at its next step.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Release);
    }

    /// Whether it was ended.
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Acquire)
    }
}
