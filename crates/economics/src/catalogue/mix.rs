//! Shares of the site.

use crate::input::{Group, Input, Number, inputs};
use crate::units::Unit;

impl Input<Number> {
    const fn share_of_site(self, label: &'static str) -> Self {
        self.named(label, Unit::Fraction)
            .range(0.0, 1.0)
            .slider(0.0, 1.0, 0.01)
            .about(
                "Share of the site in the mix; the three add up to 1",
                "each business on its share of the capacity",
            )
            .source("a third each")
            .hidden()
    }
}

inputs!(
    Group::Mix,
    &[],
    MINING_SHARE = number!(mix.mining).share_of_site("Mining share"),
    HOSTING_SHARE = number!(mix.hosting).share_of_site("Hosting share"),
    LEASING_SHARE = number!(mix.leasing).share_of_site("Leasing share"),
);
