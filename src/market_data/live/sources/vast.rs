//! Vast.ai: offers of many hosts. A price is of the whole offer, and one name covers cards of different memory.

use serde_json::json;

use crate::market_data::live::fault::Fault;
use crate::market_data::live::gpu::{COUNT, GPUS, Gpu};
use crate::market_data::live::json::{self, Json};
use crate::market_data::live::observed::{Observed, median, plausible};
use crate::market_data::live::past::Past;
use crate::market_data::live::source::{Asking, Part, Request, Size, Source, Subject, Topic};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "vast",
    label: "Vast.ai",
    subject: Subject::Rental,
    gives: "offers by model",
    base: "https://console.vast.ai",
    can_be_own: false,
    key: None,
    licence: "no licence stated; terms of Vast.ai",
    attribution: "as published by Vast.ai",
    pause_s: 60,
    regions: &[],
    parts: &[part::<0>(), part::<1>(), part::<2>(), part::<3>(), part::<4>()],
    past: Past::NONE,
};

/// What it calls the GPUs of the list.
const NAMES: [&str; COUNT] = ["B200", "H200", "H100 SXM", "A100 SXM4", "RTX 4090"];

/// A request for one GPU of the list: only those with one name are returned, because few offers come back at once.
const fn part<const GPU: usize>() -> Part {
    Part { name: names::<GPU>(), gives: &[Topic::Rental], size: Size::Catalog, request: request::<GPU>, read: read::<GPU> }
}

const fn names<const GPU: usize>() -> &'static str {
    ["B200", "H200", "H100", "A100", "RTX 4090"][GPU]
}

fn request<const GPU: usize>(_: Asking) -> Request {
    let body = json!({
        "rentable": { "eq": true },
        "rented": { "eq": false },
        "gpu_name": { "eq": NAMES[GPU] },
        "type": "on-demand",
        "limit": 500,
    });
    Request::post("/api/v0/bundles/", body.to_string())
}

/// Price of an offer by card; `None` for another card than the one that is meant, or a price that cannot be.
fn price(offer: &Json, (gpu, name): (&'static Gpu, &str)) -> Result<Option<f64>, Fault> {
    let (cards, memory) = (offer.number("num_gpus")?, offer.number("gpu_ram")? / 1024.0);
    if offer.words("gpu_name")? != name || !gpu.has_memory(memory) || cards < 1.0 {
        return Ok(None);
    }
    Ok(plausible(What::Rental(gpu), offer.number("dph_total")? / cards).ok())
}

/// Factor from the median beyond which an offer is left out: a mistake, or bait.
const MOST_FACTOR: f64 = 3.0;

fn read<const GPU: usize>(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
    let gpu = &GPUS[GPU];
    let answer = json::object(bytes)?;
    if let Some(words) = answer.reported("error") {
        return Err(Fault::Said(words));
    }
    let offers = answer.list("offers")?;
    let prices = offers.iter().map(|offer| price(offer, (gpu, NAMES[GPU]))).collect::<Result<Vec<_>, _>>()?;
    let mut kept: Vec<f64> = prices.into_iter().flatten().collect();
    let middle = median(&kept).ok_or_else(|| Fault::Nothing(gpu.label.to_owned()))?;
    kept.retain(|price| (middle / MOST_FACTOR..=middle * MOST_FACTOR).contains(price));
    let mut observed = Observed::at(now);
    let middle = median(&kept).unwrap_or(middle);
    observed.push(What::Rental(gpu), middle, kept.len() as u32)?;
    if kept.len() < offers.len() {
        observed.remarks.push(format!("{} of {} offers left out: other cards, or odd prices", offers.len() - kept.len(), offers.len()));
    }
    Ok(observed)
}
