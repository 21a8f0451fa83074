//! What capital behind GPUs costs.

use crate::kernel::CapitalCost;

pub(super) const CAPITAL_COSTS: &[CapitalCost] = &[
    CapitalCost {
        name: "A-rated customer",
        rate: 0.095,
        why: "96 % of the cost by prepayment and notes at 6.0 % (IREN, May 2026)",
    },
    CapitalCost { name: "Single-B customers", rate: 0.13, why: "60–70 % at 9–12 %, equity 22 %" },
    CapitalCost {
        name: "No contracts",
        rate: 0.17,
        why: "50–70 % of value at 10–17 %, equity 25 %. 16–18 %",
    },
];
