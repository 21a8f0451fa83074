//! The four simulated markets.

use super::{NetworkRule, Scenario};

/// One of the four markets, in the order of their factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// The bitcoin price.
    Bitcoin,
    /// The network hashrate.
    Network,
    /// The GPU rental.
    Rental,
    /// The power price.
    Power,
}

impl Factor {
    /// All four, in the order of the correlation matrix.
    pub const ALL: [Self; 4] = [Self::Bitcoin, Self::Network, Self::Rental, Self::Power];

    /// Whether `other` follows this market in a scenario: each follows itself, and those with an elasticity to it
    /// follow the bitcoin price.
    pub fn moves(self, other: Self, scenario: &Scenario) -> bool {
        let elasticity = match (self, other) {
            (Self::Bitcoin, Self::Network) => match scenario.bitcoin.network {
                NetworkRule::Given => scenario.bitcoin.response_elasticity,
                NetworkRule::Responsive { response_per_month, same_month, .. } => {
                    response_per_month.max(same_month)
                }
            },
            (Self::Bitcoin, Self::Rental) => scenario.coupling.rental_elasticity,
            (Self::Bitcoin, Self::Power) => scenario.coupling.power_elasticity,
            _ => return self == other,
        };
        elasticity != 0.0
    }
}
