//! Shadeform: list prices of many clouds, in cents for a whole machine.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::market_data::live::fault::Fault;
use crate::market_data::live::gpu::{GPUS, Gpu};
use crate::market_data::live::json::{self, Json};
use crate::market_data::live::observed::{Observed, median, plausible};
use crate::market_data::live::source::{Part, Request, Size, Source, Subject};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "shadeform",
    label: "Shadeform",
    subject: Subject::Rental,
    gives: "list prices of clouds",
    base: "https://api.shadeform.ai",
    can_be_own: false,
    key: None,
    licence: "no licence stated; terms of Shadeform",
    attribution: "as published by Shadeform",
    pause_s: 60,
    parts: &[Part {
        name: "prices",
        size: Size::Catalog,
        request: |_| Request::get("/v1/instances/types"),
        read,
    }],
};

/// Clouds that are asked themselves: their prices must not count twice.
const ASKED_THEMSELVES: [&str; 4] = ["azure", "runpod", "vast", "vastai"];

/// The cloud of a machine and its price by card, if it is of this GPU.
fn price<'a>(machine: &'a Json, gpu: &'static Gpu) -> Result<Option<(&'a str, f64)>, Fault> {
    let cloud = machine.words("cloud")?;
    let configuration = machine.object("configuration")?;
    let (kind, interconnect) = gpu.shadeform;
    let has_interconnect = interconnect
        .is_none_or(|wanted| configuration.words("interconnect").is_ok_and(|own| own.to_lowercase().starts_with(wanted)));
    let has_memory =
        configuration.maybe_number("vram_per_gpu_in_gb")?.is_none_or(|gib| gpu.has_memory(gib));
    let cards = configuration.number("num_gpus")?;
    if configuration.words("gpu_type")? != kind
        || !has_interconnect
        || !has_memory
        || cards < 1.0
        || ASKED_THEMSELVES.contains(&cloud)
    {
        return Ok(None);
    }
    let usd = machine.number("hourly_price")? / 100.0 / cards;
    Ok(plausible(What::Rental(gpu), usd).ok().map(|usd| (cloud, usd)))
}

fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    if let Some(words) = answer.reported("error") {
        return Err(Fault::Said(words));
    }
    let machines = answer.list("instance_types")?;
    let mut observed = Observed::at(now);
    for gpu in &GPUS {
        let mut clouds: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for machine in machines {
            if let Some((cloud, usd)) = price(machine, gpu)? {
                clouds.entry(cloud).or_default().push(usd);
            }
        }
        let medians: Vec<f64> = clouds.values().filter_map(|prices| median(prices)).collect();
        if let Some(usd) = median(&medians) {
            observed.push(What::Rental(gpu), usd, medians.len() as u32)?;
        }
    }
    if observed.readings.is_empty() { Err(Fault::Nothing("any of the GPUs".to_owned())) } else { Ok(observed) }
}
