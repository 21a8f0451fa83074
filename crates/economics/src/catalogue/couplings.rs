//! Elasticities of power and rentals to the bitcoin price.

use crate::input::{Group, inputs};
use crate::scenario::Factor;
use crate::units::Unit;

inputs!(
    Group::Couplings,
    &[],
    POWER_ELASTICITY = number!(coupling.power_elasticity)
        .named("Power to bitcoin price", Unit::Ratio)
        .range(0.0, 2.0)
        .slider(0.0, 1.0, 0.05)
        .about(
            "Elasticity of the power price to the bitcoin price relative to its reference",
            "p·(P/P_ref)^η",
        )
        .source("a hypothesis (Benetton, Compiani and Morse find higher local power prices); 0 by default")
        .market(Factor::Power),
    RENTAL_ELASTICITY =
        number!(coupling.rental_elasticity)
            .named("Rental to bitcoin price", Unit::Ratio)
            .range(0.0, 2.0)
            .slider(0.0, 1.0, 0.05)
            .about(
                "Elasticity of the GPU rental to the bitcoin price relative to its reference",
                "G·(P/P_ref)^η",
            )
            .source("a hypothesis; 0 by default")
            .market(Factor::Rental),
);
