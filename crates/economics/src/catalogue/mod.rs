//! Every input, described once.
//!
//! Slider rows, search, reset, `--set`, validation, CSV headers, tooltips and the documentation all read this
//! table. A test proves that every field of [`Scenario`] is in it.

mod bitcoin;
mod define;
mod field;
mod finance;
mod hosting;
mod input;
mod leasing;
mod mining;
mod risk;
mod site;
mod unit;
mod value;

use std::sync::LazyLock;

use crate::business::Business;
#[cfg(doc)]
use crate::scenario::Scenario;

pub use field::{assign_all, assignments, changed_fields};
pub use input::{Access, Automatic, Choice, ChoiceOption, Input, Kind, Number, TrajectoryAccess, Points, Scale};
pub use unit::Unit;

const ALL: &[Business] = &Business::ALL;
const AI: &[Business] = &[Business::Hosting, Business::Leasing];
const POWERED: &[Business] = &[Business::Mining, Business::Leasing];
const MINING: &[Business] = &[Business::Mining];
const HOSTING: &[Business] = &[Business::Hosting];
const LEASING: &[Business] = &[Business::Leasing];

/// A chapter of the input panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Start, horizon, site and electricity.
    SiteAndPower,
    /// Price, subsidy, fees and hashrate.
    BitcoinNetwork,
    /// Own mining machines.
    Mining,
    /// Space and power let to AI customers.
    Hosting,
    /// Own GPUs.
    Leasing,
    /// What the bitcoin price does to other markets.
    Couplings,
    /// Discounting, inflation, tax.
    Finance,
    /// Loans of the three businesses.
    Debt,
    /// Volatilities and correlations.
    Risk,
    /// Shares of the site.
    Mix,
}

impl Group {
    /// Every chapter in order.
    pub const ALL: [Self; 10] = [
        Self::SiteAndPower,
        Self::BitcoinNetwork,
        Self::Mining,
        Self::Hosting,
        Self::Leasing,
        Self::Couplings,
        Self::Finance,
        Self::Debt,
        Self::Risk,
        Self::Mix,
    ];

    /// The title that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SiteAndPower => "Site and power",
            Self::BitcoinNetwork => "Bitcoin network",
            Self::Mining => "Mining",
            Self::Hosting => "AI hosting",
            Self::Leasing => "Compute leasing",
            Self::Couplings => "Couplings",
            Self::Finance => "Finance",
            Self::Debt => "Debt",
            Self::Risk => "Risk",
            Self::Mix => "Mix",
        }
    }
}

/// Every input, in the order of the panel.
pub fn inputs() -> &'static [Input] {
    static INPUTS: LazyLock<Vec<Input>> = LazyLock::new(|| {
        let chapters = [
            site::inputs,
            bitcoin::inputs,
            mining::inputs,
            hosting::inputs,
            leasing::inputs,
            site::couplings,
            finance::inputs,
            finance::debts,
            risk::inputs,
            finance::mix,
        ];
        chapters.iter().flat_map(|chapter| chapter()).collect()
    });
    &INPUTS
}

/// The input with an id. The start value of a path answers to its own id and to `….value`.
pub fn find(id: &str) -> Option<&'static Input> {
    let exact = |id: &str| inputs().iter().find(|input| input.id == id);
    exact(id).or_else(|| {
        let path = exact(id.strip_suffix(".value")?)?;
        matches!(&path.kind, Kind::Number(Number { path: Some(_), .. })).then_some(path)
    })
}
