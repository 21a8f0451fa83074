//! Market series: id, label, unit and meaning, for JSON, CSV, simulated paths and formulas.

use std::fmt;

use crate::units::Unit;

macro_rules! market_series {
    ($($Series:ident $id:literal $label:literal $unit:ident $meaning:literal;)*) => {
        /// A monthly market series of the plan.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum MarketSeries {
            $(
                #[doc = concat!($meaning, ".")]
                $Series,
            )*
        }

        impl MarketSeries {
            /// Every series, in order.
            pub const ALL: [Self; [$($id),*].len()] = [$(Self::$Series),*];

            /// The stable name: key of JSON, header of CSV, column of simulated paths.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$Series => $id,)*
                }
            }

            /// The display name in formulas.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$Series => $label,)*
                }
            }

            /// Unit of its values.
            pub const fn unit(self) -> Unit {
                match self {
                    $(Self::$Series => Unit::$unit,)*
                }
            }

            /// Description with unit.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$Series => $meaning,)*
                }
            }
        }
    };
}
market_series! {
    BtcPrice "btc_price_usd" "Bitcoin price" UsdPerBtc "Bitcoin price, USD";
    Subsidy "subsidy_btc" "Subsidy" BtcPerBlock "Mean subsidy of a block, BTC";
    Fees "fees_btc" "Fees" BtcPerBlock "Fees of a block, BTC";
    NetworkHashrate "network_hashrate_eh_s" "Network hashrate" EhPerSecond "Network hashrate, EH/s";
    Difficulty "difficulty" "Difficulty" Ratio "Difficulty";
    Hashprice "hashprice_usd_ph_day" "Hashprice" UsdPerPhDay "Hashprice, USD per PH/s and day";
    PowerPrice "power_usd_per_kwh" "Electricity price" UsdPerKwh "Power price, USD/kWh";
    Rental "rental_usd_per_gpu_hour" "Market rental" UsdPerGpuHour "GPU rental, USD per GPU-hour";
}

impl fmt::Display for MarketSeries {
    /// Writes the stable name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The four simulated series, in the order of the correlation matrix.
pub const SIMULATED: [MarketSeries; 4] =
    [MarketSeries::BtcPrice, MarketSeries::NetworkHashrate, MarketSeries::Rental, MarketSeries::PowerPrice];
