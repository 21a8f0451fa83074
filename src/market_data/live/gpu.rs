//! The GPUs that are asked for; what a provider calls them is said in its file. The list does not depend on the scenario, so that no source learns about it.

/// A GPU with live prices.
#[derive(Debug, PartialEq)]
pub struct Gpu {
    /// The name, as in the price list and in `leasing.gpu.name`.
    pub name: &'static str,
    /// A short name for tables.
    pub label: &'static str,
    /// Memory of a card, GiB: the least and the most. One name covers cards with different memory.
    pub memory_gib: (f64, f64),
}

/// Number of GPUs with live prices: each provider has a name for each of them, or says that it has none.
pub(super) const COUNT: usize = 5;

/// Every GPU with live prices.
pub static GPUS: [Gpu; COUNT] = [
    Gpu { name: "B200", label: "B200", memory_gib: (170.0, 200.0) },
    Gpu { name: "H200 SXM", label: "H200", memory_gib: (135.0, 150.0) },
    Gpu { name: "H100 SXM", label: "H100", memory_gib: (75.0, 85.0) },
    Gpu { name: "A100 SXM 80GB", label: "A100", memory_gib: (75.0, 85.0) },
    Gpu { name: "RTX 4090", label: "RTX 4090", memory_gib: (22.0, 26.0) },
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
