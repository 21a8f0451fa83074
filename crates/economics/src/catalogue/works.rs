//! Shared parts of the rows of delays and overruns; each business has its own rows.

use crate::input::{Input, Number};
use crate::units::Unit;

impl Input<Number> {
    /// A mean delay of works.
    pub(crate) const fn delay_mean(self, label: &'static str) -> Self {
        self.named(label, Unit::Months)
            .also(&["late", "construction delay", "schedule"])
            .range(0.0, 36.0)
            .slider(0.0, 12.0, 0.5)
            .about(
                "Mean months by which the works of a simulated path are late; hardware is paid as planned",
                "floor(X + ½) months, at most 60, X log-normal; eight paths share a delay",
            )
    }

    /// A standard deviation of a delay.
    pub(crate) const fn delay_sd(self, label: &'static str) -> Self {
        self.named(label, Unit::Months)
            .also(&["late", "construction delay", "schedule"])
            .range(0.0, 36.0)
            .slider(0.0, 12.0, 0.5)
            .about(
                "Standard deviation of the delay; with 0 every path is as late as the mean",
                "X log-normal",
            )
    }

    /// A standard deviation of an overrun.
    pub(crate) const fn overrun(self, label: &'static str) -> Self {
        self.named(label, Unit::Ratio)
            .also(&["cost overrun", "contingency"])
            .range(0.0, 1.0)
            .slider(0.0, 0.5, 0.01)
            .about(
                "Standard deviation of the logarithm of what the own works of a simulated path cost over the plan",
                "works·exp(sd·Z − sd²/2), of mean 1",
            )
            .source("the usual overrun belongs into the base figure: public works averaged +21 % (EC 2009)")
    }
}
