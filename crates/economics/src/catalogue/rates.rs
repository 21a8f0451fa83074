//! Discount rates: the shared one, and one per business.

use super::ALL;
use crate::business::{Business, with_businesses};
use crate::input::{Group, Input, inputs};
use crate::units::Unit;

inputs!(
    Group::Finance,
    ALL,
    DISCOUNT_RATE = number!(finance.discount_rate)
        .named("Discount rate", Unit::FractionPerYear)
        .also(&["WACC", "hurdle rate", "cost of capital", "required return"])
        .range(-0.5, 5.0)
        .slider(0.0, 0.4, 0.005)
        .about(
            "Cost of capital a year of each business without a rate of its own",
            "NPV at the monthly effective rate (1+r)^(1/12) − 1",
        )
        .source("12–15 % for mining; teens for GPU projects")
        .unless(|business, scenario| business.own_discount_rate(scenario).is_some()),
);

/// The row of the discount rate of a business, in a module `rate` beside its other rows.
/// `rate!(Mining mining "mining", "source")` names variant, folder and word of the list, and the source of the default.
macro_rules! rate {
    ($Business:ident $module:ident $word:literal, $source:literal) => {
        pub(crate) mod rate {
            use crate::business::Business;
            use crate::input::{Automatic, Group, inputs};
            use crate::units::Unit;

            inputs!(
                Group::Finance,
                &[Business::$Business],
                DISCOUNT_RATE = number_by!(
                    $module.discount_rate,
                    |scenario| Some(Business::$Business.discount_rate(scenario)),
                    |scenario, rate| scenario.$module.discount_rate = Some(rate)
                )
                .named(concat!("Discount rate, ", $word), Unit::FractionPerYear)
                .also(&["WACC", "hurdle rate", "cost of capital", "required return"])
                .range(-0.5, 5.0)
                .slider(0.0, 0.4, 0.005)
                .automatic(Automatic {
                    is: |scenario| scenario.$module.discount_rate.is_none(),
                    restore: |scenario| scenario.$module.discount_rate = None,
                })
                .about(
                    concat!(
                        "What such capital must expect a year, of the project before tax; unset, ",
                        "the rate that businesses share"
                    ),
                    concat!("every present value of ", $word),
                )
                .source($source),
            );
        }
    };
}
pub(crate) use rate;

macro_rules! rates {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// The rates of the businesses.
        pub(super) fn of_businesses() -> Vec<Input> {
            let rates = [$(crate::business::$module::rows::rate::inputs),*];
            rates.into_iter().flat_map(|rate| rate()).collect()
        }

        impl Business {
            /// The catalogue row of its discount rate.
            pub fn rate_row(self) -> &'static Input<crate::input::Number> {
                match self {
                    $(Self::$Business => &crate::business::$module::rows::rate::DISCOUNT_RATE,)*
                }
            }
        }
    };
}
with_businesses!(rates);
