//! The GPUs that are asked for. The list does not depend on the scenario, so that no source learns about it.

/// A GPU, and what each provider calls it.
#[derive(Debug, PartialEq)]
pub struct Gpu {
    /// The name, as in the price list and in `leasing.gpu.name`.
    pub name: &'static str,
    /// A short name for tables.
    pub label: &'static str,
    /// Memory of a card, GiB: the least and the most. One name covers cards with different memory.
    pub memory_gib: (f64, f64),
    pub(super) vast: &'static str,
    pub(super) runpod: &'static str,
    /// Type, and the interconnect where the type has several.
    pub(super) shadeform: (&'static str, Option<&'static str>),
    /// Virtual machine, and its number of GPUs.
    pub(super) azure: Option<(&'static str, f64)>,
}

/// Every GPU with live prices.
pub static GPUS: [Gpu; 5] = [
    Gpu {
        name: "B200",
        label: "B200",
        memory_gib: (170.0, 200.0),
        vast: "B200",
        runpod: "NVIDIA B200",
        shadeform: ("B200", None),
        azure: None,
    },
    Gpu {
        name: "H200 SXM",
        label: "H200",
        memory_gib: (135.0, 150.0),
        vast: "H200",
        runpod: "NVIDIA H200",
        shadeform: ("H200", None),
        azure: Some(("Standard_ND96isr_H200_v5", 8.0)),
    },
    Gpu {
        name: "H100 SXM",
        label: "H100",
        memory_gib: (75.0, 85.0),
        vast: "H100 SXM",
        runpod: "NVIDIA H100 80GB HBM3",
        shadeform: ("H100", Some("sxm")),
        azure: Some(("Standard_ND96isr_H100_v5", 8.0)),
    },
    Gpu {
        name: "A100 SXM 80GB",
        label: "A100",
        memory_gib: (75.0, 85.0),
        vast: "A100 SXM4",
        runpod: "NVIDIA A100-SXM4-80GB",
        shadeform: ("A100_80G", Some("sxm")),
        azure: Some(("Standard_ND96amsr_A100_v4", 8.0)),
    },
    Gpu {
        name: "RTX 4090",
        label: "RTX 4090",
        memory_gib: (22.0, 26.0),
        vast: "RTX 4090",
        runpod: "NVIDIA GeForce RTX 4090",
        shadeform: ("RTX4090", None),
        azure: None,
    },
];

impl Gpu {
    /// The GPU that a scenario names; `None` for one without live prices.
    pub fn named(name: &str) -> Option<&'static Self> {
        GPUS.iter().find(|gpu| gpu.name.eq_ignore_ascii_case(name.trim()))
    }

    /// Whether a card with this much memory is the one that is meant.
    pub(super) fn has_memory(&self, gib: f64) -> bool {
        (self.memory_gib.0..=self.memory_gib.1).contains(&gib)
    }
}
