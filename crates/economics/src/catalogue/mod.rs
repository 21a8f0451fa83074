//! Every input, defined once.
//!
//! Slider rows, search, reset, `--set`, validation, CSV headers, tooltips and the documentation all read this
//! table. A test proves that every field of [`Scenario`] is in it.

pub(crate) mod bitcoin;
mod change;
mod couplings;
pub(crate) mod debt;
mod defaults;
mod field;
pub(crate) mod finance;
mod mix;
mod moves;
pub(crate) mod own;
pub(crate) mod rates;
pub(crate) mod risk;
pub(crate) mod site;
mod validate;
mod works;

use std::sync::LazyLock;

use crate::business::{Business, Owners, with_businesses};
use crate::input::{Input, Kind, Number};
use crate::kernel::Line;
#[cfg(doc)]
use crate::scenario::Scenario;

pub use defaults::{DEFAULT_SETS, DefaultSet};
pub use field::{assign_all, assignments, changed_fields};

const ALL: &[Business] = &Business::ALL;
/// Businesses that convert the site and sell the old machines.
const CONVERTERS: &[Business] = Owners::of(Line::OtherProceeds).list();
/// Businesses that own hardware.
const HARDWARE: &[Business] = Owners::of(Line::CapexHardware).list();
/// Businesses that build works.
const BUILDERS: &[Business] = Owners::of(Line::CapexWorks).list();
/// Businesses that can spend capital: the others have no rate of return.
const INVESTORS: &[Business] = Owners::of_any(&[Line::CapexWorks, Line::CapexHardware]).list();
/// Businesses with operating costs besides power.
const OPERATORS: &[Business] = Owners::of(Line::Opex).list();
const MINERS: &[Business] = Owners::of(Line::BtcMined).list();

macro_rules! rows_of_businesses {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        const OF_BUSINESSES: [fn() -> Vec<Input>; Business::COUNT] =
            [$(crate::business::$module::rows::inputs),*];
    };
}
with_businesses!(rows_of_businesses);

/// Every input, in the order of the panel.
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// let drivers = catalogue::inputs().iter().filter(|input| input.key_driver);
/// assert!(drivers.map(|input| input.id).any(|id| id == "bitcoin.price_usd"));
/// ```
pub fn inputs() -> &'static [Input] {
    static INPUTS: LazyLock<Vec<Input>> = LazyLock::new(|| {
        let before: [fn() -> Vec<Input>; 2] = [site::inputs, bitcoin::inputs];
        let after: [fn() -> Vec<Input>; 8] = [
            couplings::inputs,
            rates::inputs,
            rates::of_businesses,
            finance::inputs,
            debt::of_businesses,
            debt::inputs,
            risk::inputs,
            mix::inputs,
        ];
        before.iter().chain(&OF_BUSINESSES).chain(&after).flat_map(|chapter| chapter()).collect()
    });
    &INPUTS
}

/// The input with an id. The start value of a trajectory answers to its own id and to `….value`.
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// let price = catalogue::find("power.price_usd_per_kwh").unwrap();
/// assert_eq!(price.text(&Scenario::default()).as_deref(), Some("0.045"));
/// assert_eq!(price.allowed(), "0…2 USD/kWh");
/// assert_eq!(catalogue::find("power.price_usd_per_kwh.value").unwrap().id, price.id);
/// ```
pub fn find(id: &str) -> Option<&'static Input> {
    let exact = |id: &str| inputs().iter().find(|input| input.id == id);
    exact(id).or_else(|| {
        let whole = exact(id.strip_suffix(".value")?)?;
        matches!(&whole.kind, Kind::Number(Number { trajectory: Some(_), .. })).then_some(whole)
    })
}
