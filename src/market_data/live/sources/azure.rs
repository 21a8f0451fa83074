//! Azure retail prices: documented and without a key. A price is of a whole virtual machine.

use chrono::{DateTime, Utc};

use crate::market_data::live::fault::Fault;
use crate::market_data::live::gpu::GPUS;
use crate::market_data::live::json::{self, Json};
use crate::market_data::live::observed::{Observed, median, plausible};
use crate::market_data::live::source::{Part, Request, Size, Source, Subject};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "azure",
    label: "Azure retail",
    subject: Subject::Rental,
    gives: "list prices",
    base: "https://prices.azure.com",
    can_be_own: false,
    key: None,
    licence: "no licence stated; terms of Microsoft",
    attribution: "as published by Microsoft Azure",
    pause_s: 60,
    parts: &[Part { name: "prices", size: Size::Catalog, request, read }],
};

/// The region that is asked for. One region fits on one page, so that no link of an answer has to be followed.
const REGION: &str = "eastus";

fn request(_: DateTime<Utc>) -> Request {
    let names = GPUS.iter().filter_map(|gpu| gpu.azure).map(|(name, _)| format!("armSkuName eq '{name}'"));
    let filter = format!(
        "serviceName eq 'Virtual Machines' and priceType eq 'Consumption' and armRegionName eq '{REGION}' and ({})",
        names.collect::<Vec<_>>().join(" or ")
    );
    Request::get("/api/retail/prices").with("$filter", filter)
}

/// Whether a row is the price by the hour of a Linux machine that nobody can take away.
fn is_on_demand(row: &Json) -> bool {
    let says = |field: &str, words: &str| row.words(field).is_ok_and(|text| text.contains(words));
    let is_other = says("productName", "Windows")
        || ["skuName", "meterName"].iter().any(|field| says(field, "Spot") || says(field, "Low Priority"));
    !is_other && says("currencyCode", "USD") && says("unitOfMeasure", "1 Hour") && says("armRegionName", REGION)
}

fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    let rows = answer.list("Items")?;
    if *answer.get("NextPageLink") != Json::Null {
        return Err(Fault::Contradiction("its list goes on on another page, which is not followed".to_owned()));
    }
    let mut observed = Observed::at(now);
    for gpu in &GPUS {
        let Some((name, cards)) = gpu.azure else { continue };
        let of_gpu = rows.iter().filter(|row| row.words("armSkuName").is_ok_and(|own| own == name));
        let prices = of_gpu.filter(|row| is_on_demand(row)).map(|row| Ok(row.number("retailPrice")? / cards));
        let prices = prices.collect::<Result<Vec<f64>, Fault>>()?;
        let kept: Vec<f64> =
            prices.into_iter().filter(|usd| plausible(What::Rental(gpu), *usd).is_ok()).collect();
        if let Some(usd) = median(&kept) {
            observed.push(What::Rental(gpu), usd, kept.len() as u32)?;
        }
    }
    if observed.readings.is_empty() { Err(Fault::Nothing("any of the GPUs".to_owned())) } else { Ok(observed) }
}
