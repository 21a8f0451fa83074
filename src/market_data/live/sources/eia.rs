//! US Energy Information Administration: what industry pays for power, by month. Needs a free key of the user.

use chrono::{DateTime, Months, NaiveDate, Utc};

use crate::market_data::live::fault::{Fault, foreign};
use crate::market_data::live::json;
use crate::market_data::live::observed::{self, Observed};
use crate::market_data::live::past::Past;
use crate::market_data::live::region::Region;
use crate::market_data::live::source::{Asking, NeedsKey, Part, Request, Size, Source, Subject, Topic};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "eia",
    label: "EIA",
    subject: Subject::Electricity,
    gives: "monthly, cents/kWh",
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
    regions: REGIONS,
    parts: &[Part { name: "price", gives: &[Topic::RetailPower], size: Size::Network, request, read }],
    past: Past::NONE,
};

/// A state, by the letters of its post.
const fn state(id: &'static str, code: &'static str, label: &'static str) -> Region {
    Region { id, code, label }
}

/// States with many miners and data centres, and the country as a whole. All prices are in cents per kilowatt-hour.
const REGIONS: &[Region] = &[
    state("US-TX", "TX", "Texas"),
    state("US", "US", "United States"),
    state("US-CA", "CA", "California"),
    state("US-GA", "GA", "Georgia (US)"),
    state("US-IL", "IL", "Illinois"),
    state("US-KY", "KY", "Kentucky"),
    state("US-LA", "LA", "Louisiana"),
    state("US-MT", "MT", "Montana"),
    state("US-NC", "NC", "North Carolina"),
    state("US-ND", "ND", "North Dakota"),
    state("US-NE", "NE", "Nebraska"),
    state("US-NM", "NM", "New Mexico"),
    state("US-NY", "NY", "New York"),
    state("US-OH", "OH", "Ohio"),
    state("US-OK", "OK", "Oklahoma"),
    state("US-PA", "PA", "Pennsylvania"),
    state("US-TN", "TN", "Tennessee"),
    state("US-VA", "VA", "Virginia"),
    state("US-WA", "WA", "Washington"),
    state("US-WY", "WY", "Wyoming"),
];

/// The sector that is asked for.
const SECTOR: &str = "IND";

fn request(asking: Asking) -> Request {
    Request::get("/v2/electricity/retail-sales/data/")
        .with("frequency", "monthly")
        .with("data[0]", "price")
        .with("facets[stateid][]", asking.region.unwrap_or(&REGIONS[0]).code)
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
fn read(bytes: &[u8], Asking { now, region }: Asking) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    if let Some(words) = answer.reported("error") {
        return Err(Fault::Said(words));
    }
    let rows = answer.object("response")?.list("data")?;
    let region = region.unwrap_or(&REGIONS[0]);
    let mut newest: Option<(DateTime<Utc>, f64)> = None;
    for row in rows {
        if row.words("stateid")? != region.code || row.words("sectorid")? != SECTOR {
            continue;
        }
        let Some(cents) = row.maybe_number("price")? else { continue };
        // A month of retail prices has a mean above 0.
        if cents <= 0.0 {
            return Err(Fault::Placeholder { what: "price".to_owned(), value: cents });
        }
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
    Observed::at(observed::not_ahead(at, now)?).with(What::RetailPower(region), price)
}
