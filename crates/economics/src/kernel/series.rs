//! Stable names of the market series: keys of JSON, headers of CSV, columns of simulated paths.
//!
//! A series is called alike wherever it appears.

/// Bitcoin price, USD.
pub const BTC_PRICE_USD: &str = "btc_price_usd";
/// Mean subsidy of a block, BTC.
pub const SUBSIDY_BTC: &str = "subsidy_btc";
/// Fees of a block, BTC.
pub const FEES_BTC: &str = "fees_btc";
/// Network hashrate, EH/s.
pub const NETWORK_HASHRATE_EH_S: &str = "network_hashrate_eh_s";
/// Difficulty.
pub const DIFFICULTY: &str = "difficulty";
/// Hashprice, USD per PH/s and day.
pub const HASHPRICE_USD_PH_DAY: &str = "hashprice_usd_ph_day";
/// Power price, USD/kWh.
pub const POWER_USD_PER_KWH: &str = "power_usd_per_kwh";
/// GPU rental, USD per GPU-hour.
pub const RENTAL_USD_PER_GPU_HOUR: &str = "rental_usd_per_gpu_hour";

/// Every series with what it is, in order.
pub const ALL: [(&str, &str); 8] = [
    (BTC_PRICE_USD, "Bitcoin price, USD"),
    (SUBSIDY_BTC, "Mean subsidy of a block, BTC"),
    (FEES_BTC, "Fees of a block, BTC"),
    (NETWORK_HASHRATE_EH_S, "Network hashrate, EH/s"),
    (DIFFICULTY, "Difficulty"),
    (HASHPRICE_USD_PH_DAY, "Hashprice, USD per PH/s and day"),
    (POWER_USD_PER_KWH, "Power price, USD/kWh"),
    (RENTAL_USD_PER_GPU_HOUR, "GPU rental, USD per GPU-hour"),
];

/// The four that a simulation draws, in the order of the correlation matrix.
pub const SIMULATED: [&str; 4] =
    [BTC_PRICE_USD, NETWORK_HASHRATE_EH_S, RENTAL_USD_PER_GPU_HOUR, POWER_USD_PER_KWH];
