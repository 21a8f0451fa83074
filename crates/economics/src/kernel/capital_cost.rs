//! What capital costs, depending on what stands behind it.

/// A rate that capital of some kind must expect, of the project before tax.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct CapitalCost {
    /// What stands behind the money.
    pub name: &'static str,
    /// A year, fraction.
    pub rate: f64,
    /// How it is built up.
    pub why: &'static str,
}
