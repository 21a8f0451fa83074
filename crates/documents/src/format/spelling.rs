//! Accepted spellings of units.

use wattfolio_economics::units::Unit;

use super::quantity::{field_unit, to_shown};

/// A spelling of a unit, with its factor to the stored unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling {
    /// The spelling, normalised by [`normal`].
    pub text: &'static str,
    /// Factor as numerator and denominator, because a factor such as 0.01 is not exact.
    factor: (f64, f64),
    /// Name in messages; empty for alternative spellings.
    name: &'static str,
}

impl Spelling {
    /// The number in the stored unit.
    pub fn stored(&self, number: f64) -> f64 {
        number * self.factor.0 / self.factor.1
    }
}

macro_rules! table {
    ($($text:literal $name:literal $up:literal / $down:literal),* $(,)?) => {
        const { &[$(Spelling { text: $text, factor: ($up, $down), name: $name }),*] }
    };
}

/// Every accepted spelling of a unit.
pub(super) fn spellings(unit: Unit) -> &'static [Spelling] {
    match unit {
        Unit::Ratio | Unit::Count | Unit::Text | Unit::Month => &[],
        Unit::Multiple => table!["×" "×" 1.0 / 1.0, "x" "" 1.0 / 1.0],
        Unit::Fraction => table!["%" "%" 1.0 / 100.0],
        Unit::FractionPerYear => table!["%" "%" 1.0 / 100.0, "%/yr" "" 1.0 / 100.0],
        Unit::Months => table![
            "months" "months" 1.0 / 1.0, "month" "" 1.0 / 1.0, "mo" "" 1.0 / 1.0, "m" "" 1.0 / 1.0,
            "years" "years" 12.0 / 1.0, "year" "" 12.0 / 1.0, "yrs" "" 12.0 / 1.0, "yr" "" 12.0 / 1.0,
            "y" "" 12.0 / 1.0,
        ],
        Unit::Years => table![
            "years" "years" 1.0 / 1.0, "year" "" 1.0 / 1.0, "yrs" "" 1.0 / 1.0, "yr" "" 1.0 / 1.0, "y" "" 1.0 / 1.0,
            "months" "months" 1.0 / 12.0, "month" "" 1.0 / 12.0, "mo" "" 1.0 / 12.0, "m" "" 1.0 / 12.0,
        ],
        Unit::Blocks => table!["blocks" "blocks" 1.0 / 1.0, "block" "" 1.0 / 1.0],
        Unit::Btc => table![
            "btc" "BTC" 1.0 / 1.0, "₿" "" 1.0 / 1.0, "sat" "sat" 1.0 / 1e8, "sats" "" 1.0 / 1e8,
        ],
        Unit::BtcPerBlock => table![
            "btc/block" "BTC/block" 1.0 / 1.0, "btc" "" 1.0 / 1.0, "sat/block" "sat/block" 1.0 / 1e8,
        ],
        Unit::Mw => table!["mw" "MW" 1.0 / 1.0, "kw" "kW" 1.0 / 1e3, "gw" "GW" 1e3 / 1.0],
        Unit::Mwh => table!["mwh" "MWh" 1.0 / 1.0, "kwh" "kWh" 1.0 / 1e3, "gwh" "GWh" 1e3 / 1.0],
        Unit::Kw => table!["kw" "kW" 1.0 / 1.0, "w" "W" 1.0 / 1e3, "mw" "MW" 1e3 / 1.0],
        Unit::Watt => table!["w" "W" 1.0 / 1.0, "kw" "kW" 1e3 / 1.0],
        Unit::ThPerSecond => table![
            "th/s" "TH/s" 1.0 / 1.0, "gh/s" "GH/s" 1.0 / 1e3, "ph/s" "PH/s" 1e3 / 1.0, "eh/s" "EH/s" 1e6 / 1.0,
            "th" "" 1.0 / 1.0, "ph" "" 1e3 / 1.0,
        ],
        Unit::EhPerSecond => table![
            "eh/s" "EH/s" 1.0 / 1.0, "th/s" "TH/s" 1.0 / 1e6, "ph/s" "PH/s" 1.0 / 1e3, "zh/s" "ZH/s" 1e3 / 1.0,
            "eh" "" 1.0 / 1.0, "ph" "" 1.0 / 1e3,
        ],
        money => money_spellings(money),
    }
}

fn money_spellings(unit: Unit) -> &'static [Spelling] {
    match unit {
        Unit::UsdPerBtc => table!["$" "$" 1.0 / 1.0, "$/btc" "" 1.0 / 1.0, "$/₿" "" 1.0 / 1.0],
        Unit::UsdPerKwh => table![
            "$/mwh" "$/MWh" 1.0 / 1e3, "¢/kwh" "¢/kWh" 1.0 / 100.0, "$/kwh" "$/kWh" 1.0 / 1.0,
            "¢" "" 1.0 / 100.0,
        ],
        Unit::UsdPerMwh => table![
            "$/mwh" "$/MWh" 1.0 / 1.0, "¢/kwh" "¢/kWh" 10.0 / 1.0, "$/kwh" "$/kWh" 1e3 / 1.0, "¢" "" 10.0 / 1.0,
        ],
        Unit::UsdPerMw => table!["$/mw" "$/MW" 1.0 / 1.0, "$/kw" "$/kW" 1e3 / 1.0, "$/w" "$/W" 1e6 / 1.0],
        Unit::UsdPerItMw => table![
            "$/it mw" "$/IT MW" 1.0 / 1.0, "$/it kw" "$/IT kW" 1e3 / 1.0, "$/mw" "" 1.0 / 1.0, "$/kw" "" 1e3 / 1.0,
            "$/w" "" 1e6 / 1.0,
        ],
        Unit::UsdPerMwMonth => table!["$/mw-mo" "$/MW-mo" 1.0 / 1.0, "$/kw-mo" "$/kW-mo" 1e3 / 1.0],
        Unit::UsdPerKwMonth => table!["$/kw-mo" "$/kW-mo" 1.0 / 1.0, "$/mw-mo" "$/MW-mo" 1.0 / 1e3],
        Unit::UsdPerGpuHour => table![
            "$/gpu-h" "$/GPU-h" 1.0 / 1.0, "$/h" "" 1.0 / 1.0, "¢/gpu-h" "¢/GPU-h" 1.0 / 100.0,
            "¢/h" "" 1.0 / 100.0,
        ],
        Unit::UsdPerMachine => table!["$" "$" 1.0 / 1.0, "$/machine" "" 1.0 / 1.0],
        Unit::UsdPerGpu => table!["$" "$" 1.0 / 1.0, "$/gpu" "" 1.0 / 1.0],
        Unit::UsdPerPhDay => table![
            "$/ph/day" "$/PH/day" 1.0 / 1.0, "$/th/day" "$/TH/day" 1e3 / 1.0,
        ],
        _ => table!["$" "$" 1.0 / 1.0],
    }
}

/// Canonical words, each with its synonyms.
const WORDS: [(&str, &[&str]); 9] = [
    ("$", &["usd", "us$", "dollar", "dollars"]),
    ("¢", &["c", "ct", "cent", "cents"]),
    ("yr", &["y", "year"]),
    ("mo", &["month"]),
    ("h", &["hr", "hour"]),
    ("day", &["d"]),
    ("gpu-h", &["gpuh", "gpu-hour", "gpu hour"]),
    ("kw-mo", &["kw-month", "kw month"]),
    ("it mw", &["it-mw"]),
];

/// Normalises a written unit: lower case, `$` and `¢`, `/` for *per*.
pub(super) fn normal(written: &str, has_currency: bool) -> String {
    let text = written.to_lowercase().replace(" per ", "/").replace(" a ", "/").replace(" p.a.", "/yr");
    let text = text.trim_start_matches("per ");
    let word = |part: &str| {
        let part = part.trim();
        let usual = WORDS.iter().find(|(_, others)| others.contains(&part));
        usual.map_or(part, |(word, _)| word).to_owned()
    };
    let parts: Vec<String> = match text.split_once('/') {
        // A single word is the unit itself: months, not the month of a rate.
        None => vec![if ["c", "ct", "usd"].contains(&text) { word(text) } else { text.to_owned() }],
        Some(_) => text.split('/').map(word).collect(),
    };
    let mut text = parts.join("/");
    for (rate, usual) in [("kw/mo", "kw-mo"), ("mw/mo", "mw-mo"), ("mw-month", "mw-mo"), ("gpu/h", "gpu-h")] {
        text = text.replace(rate, usual);
    }
    if has_currency && !text.starts_with(['$', '¢']) {
        let slash = if text.starts_with('/') || text.is_empty() { "" } else { "/" };
        text = format!("${slash}{text}");
    }
    text
}

/// The names of the accepted units.
pub(super) fn allowed(unit: Unit) -> Vec<&'static str> {
    spellings(unit).iter().map(|spelling| spelling.name).filter(|name| !name.is_empty()).collect()
}

/// An accepted value as an example, with a unit where there is one.
pub(super) fn example(unit: Unit) -> String {
    let value = match unit {
        Unit::UsdPerKwh => 0.045,
        Unit::Fraction | Unit::FractionPerYear => 0.35,
        _ => 12.0,
    };
    let digits = format!("{}", to_shown(value, unit));
    match field_unit(unit) {
        "" => String::new(),
        unit => format!("{digits} or {digits} {unit}"),
    }
}
