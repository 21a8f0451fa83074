//! Energy-Charts of Fraunhofer ISE: day-ahead power prices, in euro also where the zone has another currency.

use chrono::{DateTime, TimeDelta, Utc};

use crate::market_data::live::fault::{Fault, foreign};
use crate::market_data::live::json::{self, Json};
use crate::market_data::live::observed::{self, Observed};
use crate::market_data::live::source::{Part, Request, Size, Source, Subject};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "energy-charts",
    label: "Energy-Charts",
    subject: Subject::Electricity,
    gives: "Europe, day-ahead",
    base: "https://api.energy-charts.info",
    can_be_own: false,
    key: None,
    licence: "by zone, often CC BY 4.0; each answer states it",
    attribution: "Energy-Charts, Fraunhofer ISE",
    pause_s: 60,
    parts: &[Part { name: "price", size: Size::Network, request, read }],
};

/// Yesterday is complete; prices of today reach into the future.
fn request(now: DateTime<Utc>) -> Request {
    let day = (now - TimeDelta::days(1)).format("%Y-%m-%d").to_string();
    Request::get("/price").with("bzn", "DE-LU").with("start", day.clone()).with("end", day)
}

/// Two lists side by side, in which prices may be missing. A day has 23, 24 or 25 hours, in quarters or not.
fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    let unit = answer.words("unit")?;
    if unit.replace(' ', "") != "EUR/MWh" {
        return Err(Fault::Contradiction(format!("its price is in {}", foreign(unit))));
    }
    let (times, prices) = (answer.list("unix_seconds")?, answer.list("price")?);
    if times.len() != prices.len() {
        return Err(Fault::Contradiction(format!("it has {} times and {} prices", times.len(), prices.len())));
    }
    let mut known = Vec::new();
    let mut latest: Option<DateTime<Utc>> = None;
    for (time, price) in times.iter().zip(prices) {
        if *price == Json::Null {
            continue;
        }
        let at = observed::time(time.as_number("unix_seconds")?, now)?;
        known.push(observed::plausible(What::DayAheadPower, price.as_number("price")?)?);
        latest = latest.max(Some(at));
    }
    let at = latest.ok_or_else(|| Fault::Nothing("any hour".to_owned()))?;
    let mut observed = Observed::at(at);
    observed.push(What::DayAheadPower, known.iter().sum::<f64>() / known.len() as f64, known.len() as u32)?;
    if known.len() < prices.len() {
        observed.remarks.push(format!("{} of {} prices are missing", prices.len() - known.len(), prices.len()));
    }
    observed.licence = answer.words("license_info").ok().map(foreign);
    Ok(observed)
}
