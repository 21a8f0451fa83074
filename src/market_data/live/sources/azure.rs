//! Azure retail prices: documented and without a key. A price is of a whole virtual machine.

use crate::market_data::live::fault::Fault;
use crate::market_data::live::gpu::{COUNT, GPUS};
use crate::market_data::live::json::{self, Json};
use crate::market_data::live::observed::{Observed, median, plausible};
use crate::market_data::live::past::Past;
use crate::market_data::live::source::{Asking, Part, Request, Size, Source, Subject, Topic};
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
    regions: &[],
    parts: &[Part { name: "prices", gives: &[Topic::Rental], size: Size::Catalog, request, read }],
    past: Past::NONE,
};

/// What it calls a virtual machine with the GPUs of the list, and how many of them it has; `None` where it has none.
const MACHINES: [Option<(&str, f64)>; COUNT] = [
    None,
    Some(("Standard_ND96isr_H200_v5", 8.0)),
    Some(("Standard_ND96isr_H100_v5", 8.0)),
    Some(("Standard_ND96amsr_A100_v4", 8.0)),
    None,
];

/// The region that is asked for. One region fits on one page, so that no link of an answer has to be followed.
const REGION: &str = "eastus";

fn request(_: Asking) -> Request {
    let names = MACHINES.iter().flatten().map(|(name, _)| format!("armSkuName eq '{name}'"));
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

fn read(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    let rows = answer.list("Items")?;
    if *answer.get("NextPageLink") != Json::Null {
        return Err(Fault::Contradiction("its list goes on on another page, which is not followed".to_owned()));
    }
    let mut observed = Observed::at(now);
    for (gpu, machine) in GPUS.iter().zip(MACHINES) {
        let Some((name, cards)) = machine else { continue };
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
