//! Units of stored values.

/// The unit in which an input or result is stored. The formatter decides how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// No unit: ratios, elasticities.
    Ratio,
    /// A multiple; shown with ×.
    Multiple,
    /// A fraction; shown as percent.
    Fraction,
    /// A rate a year; shown as percent a year.
    FractionPerYear,
    /// A count.
    Count,
    /// Calendar month.
    Month,
    /// Months.
    Months,
    /// Years.
    Years,
    /// Blocks of the bitcoin chain.
    Blocks,
    /// Bitcoin.
    Btc,
    /// Bitcoin per block.
    BtcPerBlock,
    /// Megawatt.
    Mw,
    /// Megawatt-hour.
    Mwh,
    /// Kilowatt.
    Kw,
    /// Watt.
    Watt,
    /// Terahash per second.
    ThPerSecond,
    /// Exahash per second.
    EhPerSecond,
    /// US dollars.
    Usd,
    /// US dollars per bitcoin.
    UsdPerBtc,
    /// US dollars per kilowatt-hour; shown per megawatt-hour.
    UsdPerKwh,
    /// US dollars per megawatt-hour.
    UsdPerMwh,
    /// US dollars per megawatt.
    UsdPerMw,
    /// US dollars per megawatt of IT power.
    UsdPerItMw,
    /// US dollars per megawatt and month.
    UsdPerMwMonth,
    /// US dollars per kilowatt of IT power and month.
    UsdPerKwMonth,
    /// US dollars per GPU-hour.
    UsdPerGpuHour,
    /// US dollars per machine.
    UsdPerMachine,
    /// US dollars per GPU.
    UsdPerGpu,
    /// US dollars per petahash per second and day.
    UsdPerPhDay,
    /// Text.
    Text,
}

impl Unit {
    /// Symbol of the unit of the stored value; empty without one.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Ratio | Self::Multiple | Self::Count | Self::Text => "",
            Self::Fraction => "fraction",
            Self::FractionPerYear => "fraction a year",
            Self::Month => "month",
            Self::Months => "months",
            Self::Years => "years",
            Self::Blocks => "blocks",
            Self::Btc => "BTC",
            Self::BtcPerBlock => "BTC/block",
            Self::Mw => "MW",
            Self::Mwh => "MWh",
            Self::Kw => "kW",
            Self::Watt => "W",
            Self::ThPerSecond => "TH/s",
            Self::EhPerSecond => "EH/s",
            Self::Usd => "USD",
            Self::UsdPerBtc => "USD/BTC",
            Self::UsdPerKwh => "USD/kWh",
            Self::UsdPerMwh => "USD/MWh",
            Self::UsdPerMw => "USD/MW",
            Self::UsdPerItMw => "USD/IT MW",
            Self::UsdPerMwMonth => "USD/MW-month",
            Self::UsdPerKwMonth => "USD/kW-month",
            Self::UsdPerGpuHour => "USD/GPU-h",
            Self::UsdPerMachine => "USD/machine",
            Self::UsdPerGpu => "USD/GPU",
            Self::UsdPerPhDay => "USD/PH/day",
        }
    }
}

/// Days in every month of the model.
pub const DAYS_PER_MONTH: f64 = 30.4375;
/// Hours in every month of the model.
pub const HOURS_PER_MONTH: f64 = 730.5;
/// Kilowatts in a megawatt.
pub(crate) const KW_PER_MW: f64 = 1000.0;
/// Kilowatt-hours in a megawatt-hour.
pub(crate) const KWH_PER_MWH: f64 = 1000.0;
