//! What capital behind a lease costs.

use crate::kernel::CapitalCost;

pub(super) const CAPITAL_COSTS: &[CapitalCost] = &[
    CapitalCost {
        name: "Lease with an AA or A guarantor",
        rate: 0.075,
        why: "80–85 % at 6.2–7.3 % (River Bend 6.192 %, April 2026; Abernathy 7.25 %, December 2025), equity 13–14 %",
    },
    CapitalCost {
        name: "Lease with a BB tenant",
        rate: 0.09,
        why: "75 % at 7.0 % (June 2026) to 9.25 % (November 2025), equity 16 %",
    },
    CapitalCost {
        name: "No lease signed",
        rate: 0.115,
        why: "60–65 % at SOFR + 3.5 to 6.5 points, equity 18–20 %",
    },
];
