//! The scenario and its parts: all inputs of the model.
//!
//! The field names are the stable input ids (`power.price_usd_per_kwh`); meaning, unit, range and source of each are in
//! [`crate::catalogue`]. A [`Scenario`] is plain data and may hold any values; only [`Scenario::validate`] turns it
//! into a [`ValidScenario`], which the model accepts.

pub mod correlation;
mod factor;
pub(crate) mod market;
pub(crate) mod money;
pub(crate) mod month;
pub(crate) mod trajectory;
mod valid;
pub(crate) mod works;

use serde::{Deserialize, Serialize};

use crate::business::with_businesses;
pub use factor::Factor;
pub use market::{
    Bitcoin, BitcoinRisk, Correlation, Coupling, NetworkRisk, NetworkRule, Power, PowerContract, PowerRisk,
    RentalRisk, Risk, Site,
};
pub use money::{Debt, Depreciation, Finance, Mix};
pub use month::{CalendarMonth, NotAMonth};
pub use trajectory::{Trajectory, mid_month};
pub use valid::{Fault, Faults, ValidScenario};
pub use works::WorksRisk;

macro_rules! scenario {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
/// All inputs of one site and its possible businesses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// First calendar month of the plan.
    pub start: CalendarMonth,
    /// Length of the plan in months.
    pub horizon_months: u32,
    /// The site and its connection.
    pub site: Site,
    /// Electricity.
    pub power: Power,
    /// The bitcoin network and price.
    pub bitcoin: Bitcoin,
    $(
        #[doc = concat!("Inputs of ", $word, ".")]
        pub $module: crate::business::$module::Inputs,
    )*
    /// Elasticities of power and rentals to the bitcoin price.
    pub coupling: Coupling,
    /// Discounting, inflation and tax.
    pub finance: Finance,
    /// Volatilities and correlations of the simulation.
    pub risk: Risk,
    /// Shares of the site in a mix.
    pub mix: Mix,
}

impl Default for Scenario {
    /// A 20 MW powered site in the market of November 2026, the preset `today`.
    fn default() -> Self {
        Self {
            start: CalendarMonth::known(2026, 11),
            horizon_months: 120,
            site: Site::default(),
            power: Power::default(),
            bitcoin: Bitcoin::default(),
            $($module: crate::business::$module::Inputs::default(),)*
            coupling: Coupling::default(),
            finance: Finance::default(),
            risk: Risk::default(),
            mix: Mix::default(),
        }
    }
}
    };
}
with_businesses!(scenario);
