//! Energy-Charts of Fraunhofer ISE: day-ahead power prices, in euro also where the zone has another currency.

use chrono::{DateTime, TimeDelta, Utc};

use crate::market_data::live::fault::{Fault, foreign};
use crate::market_data::live::json::{self, Json};
use crate::market_data::live::observed::{self, Observed};
use crate::market_data::live::past::Past;
use crate::market_data::live::region::Region;
use crate::market_data::live::source::{Asking, Part, Request, Size, Source, Subject, Topic};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "energy-charts",
    label: "Energy-Charts",
    subject: Subject::Electricity,
    gives: "day-ahead, EUR/MWh",
    base: "https://api.energy-charts.info",
    can_be_own: false,
    key: None,
    licence: "by zone, often CC BY 4.0; each answer states it",
    attribution: "Energy-Charts, Fraunhofer ISE",
    pause_s: 60,
    regions: REGIONS,
    parts: &[Part { name: "price", gives: &[Topic::DayAheadPower], size: Size::Network, request, read }],
    past: Past::NONE,
};

/// A bidding zone.
const fn zone(id: &'static str, label: &'static str) -> Region {
    Region { id, code: id, label }
}

/// Bidding zones. All prices are in euro per megawatt-hour, also where the country has another currency.
const REGIONS: &[Region] = &[
    zone("DE-LU", "Germany"),
    zone("AT", "Austria"),
    zone("BE", "Belgium"),
    zone("CH", "Switzerland"),
    zone("CZ", "Czechia"),
    zone("DK1", "Denmark, west"),
    zone("DK2", "Denmark, east"),
    zone("ES", "Spain"),
    zone("FI", "Finland"),
    zone("FR", "France"),
    zone("HU", "Hungary"),
    zone("NL", "Netherlands"),
    zone("NO2", "Norway, south-west"),
    zone("NO4", "Norway, north"),
    zone("PL", "Poland"),
    zone("PT", "Portugal"),
    zone("SE1", "Sweden, north"),
    zone("SE3", "Sweden, Stockholm"),
];

/// Yesterday is complete; prices of today reach into the future.
fn request(Asking { now, region }: Asking) -> Request {
    let day = (now - TimeDelta::days(1)).format("%Y-%m-%d").to_string();
    Request::get("/price").with("bzn", region.unwrap_or(&REGIONS[0]).code).with("start", day.clone()).with("end", day)
}

/// Two lists side by side, in which prices may be missing. A day has 23, 24 or 25 hours, in quarters or not.
fn read(bytes: &[u8], Asking { now, region }: Asking) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    let unit = answer.words("unit")?;
    if unit.replace(' ', "") != "EUR/MWh" {
        return Err(Fault::Contradiction(format!("its price is in {}", foreign(unit))));
    }
    let (times, prices) = (answer.list("unix_seconds")?, answer.list("price")?);
    if times.len() != prices.len() {
        return Err(Fault::Contradiction(format!("it has {} times and {} prices", times.len(), prices.len())));
    }
    let what = What::DayAheadPower(region.unwrap_or(&REGIONS[0]));
    let mut known = Vec::new();
    let mut latest: Option<DateTime<Utc>> = None;
    for (time, price) in times.iter().zip(prices) {
        if *price == Json::Null {
            continue;
        }
        let at = observed::time(time.as_number("unix_seconds")?, now)?;
        known.push(observed::plausible(what, price.as_number("price")?)?);
        latest = latest.max(Some(at));
    }
    let at = latest.ok_or_else(|| Fault::Nothing("any hour".to_owned()))?;
    let mut observed = Observed::at(at);
    observed.push(what, known.iter().sum::<f64>() / known.len() as f64, known.len() as u32)?;
    if known.len() < prices.len() {
        observed.remarks.push(format!("{} of {} prices are missing", prices.len() - known.len(), prices.len()));
    }
    observed.licence = answer.words("license_info").ok().map(foreign);
    Ok(observed)
}
