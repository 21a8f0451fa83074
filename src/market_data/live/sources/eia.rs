//! US Energy Information Administration: what industry pays for power, by month. Needs a free key of the user.

use chrono::{DateTime, Months, NaiveDate, Utc};

use crate::market_data::live::fault::{Fault, foreign};
use crate::market_data::live::json;
use crate::market_data::live::observed::{self, Observed};
use crate::market_data::live::source::{NeedsKey, Part, Request, Size, Source, Subject};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "eia",
    label: "EIA",
    subject: Subject::Electricity,
    gives: "US, monthly",
    base: "https://api.eia.gov",
    can_be_own: false,
    key: Some(NeedsKey {
        variable: "WATTFOLIO_EIA_KEY",
        parameter: "api_key",
        from: "https://www.eia.gov/opendata/register.php",
    }),
    licence: "public domain",
    attribution: "U.S. Energy Information Administration",
    pause_s: 60,
    parts: &[Part { name: "price", size: Size::Network, request, read }],
};

/// The state and the sector that are asked for.
const STATE: &str = "TX";
const SECTOR: &str = "IND";

fn request(_: DateTime<Utc>) -> Request {
    Request::get("/v2/electricity/retail-sales/data/")
        .with("frequency", "monthly")
        .with("data[0]", "price")
        .with("facets[stateid][]", STATE)
        .with("facets[sectorid][]", SECTOR)
        .with("sort[0][column]", "period")
        .with("sort[0][direction]", "desc")
        .with("length", "12")
}

/// The last moment of a month.
fn end_of(month: &str) -> Option<DateTime<Utc>> {
    let first: NaiveDate = format!("{month}-01").parse().ok()?;
    let next = first.checked_add_months(Months::new(1))?;
    Some(next.pred_opt()?.and_hms_opt(23, 59, 59)?.and_utc())
}

/// Prices are text, the newest first, and may be missing.
fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    if let Some(words) = answer.reported("error") {
        return Err(Fault::Said(words));
    }
    let rows = answer.object("response")?.list("data")?;
    let mut newest: Option<(DateTime<Utc>, f64)> = None;
    for row in rows {
        if row.words("stateid")? != STATE || row.words("sectorid")? != SECTOR {
            continue;
        }
        let Some(cents) = row.maybe_number("price")? else { continue };
        let unit = row.words("price-units")?.to_lowercase().replace([' ', '-'], "");
        if unit != "centsperkilowatthour" {
            return Err(Fault::Contradiction(format!("its price is in {}", foreign(row.words("price-units")?))));
        }
        let period = row.words("period")?;
        let at = end_of(period).ok_or_else(|| Fault::Shape {
            field: "period".to_owned(),
            found: format!("“{}”", foreign(period)),
            expected: "a month",
        })?;
        if newest.is_none_or(|(newest, _)| at > newest) {
            // Not divided by 100, which leaves dust.
            newest = Some((at, (cents * 1e4).round() / 1e6));
        }
    }
    let (at, price) = newest.ok_or_else(|| Fault::Nothing("any month".to_owned()))?;
    Observed::at(observed::not_ahead(at, now)?).with(What::RetailPower, price)
}
