//! Shadeform: list prices of many clouds, in cents for a whole machine.

use std::collections::BTreeMap;

use crate::market_data::live::fault::Fault;
use crate::market_data::live::gpu::{COUNT, GPUS, Gpu};
use crate::market_data::live::json::{self, Json};
use crate::market_data::live::observed::{Observed, median, plausible};
use crate::market_data::live::past::Past;
use crate::market_data::live::source::{Asking, Part, Request, Size, Source, Subject, Topic};
use crate::market_data::live::what::What;

use super::SOURCES;

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
    regions: &[],
    parts: &[Part {
        name: "prices",
        gives: &[Topic::Rental],
        size: Size::Catalog,
        request: |_| Request::get("/v1/instances/types"),
        read,
    }],
    past: Past::NONE,
};

/// What it calls the GPUs of the list, with the interconnect where a type has several.
const NAMES: [(&str, Option<&str>); COUNT] =
    [("B200", None), ("H200", None), ("H100", Some("sxm")), ("A100_80G", Some("sxm")), ("RTX4090", None)];

/// Whether a cloud is asked itself: its prices must not count twice. It is called as its source, or a little longer.
fn is_asked_itself(cloud: &str) -> bool {
    let rentals = SOURCES.iter().filter(|source| source.subject == Subject::Rental);
    rentals.map(|source| source.id).any(|id| cloud.to_lowercase().starts_with(id))
}

/// The cloud of a machine and its price by card, if it is of this GPU.
fn price<'a>(
    machine: &'a Json,
    gpu: &'static Gpu,
    (kind, interconnect): (&str, Option<&str>),
) -> Result<Option<(&'a str, f64)>, Fault> {
    let cloud = machine.words("cloud")?;
    let configuration = machine.object("configuration")?;
    let has_interconnect = interconnect
        .is_none_or(|wanted| configuration.words("interconnect").is_ok_and(|own| own.to_lowercase().starts_with(wanted)));
    let has_memory =
        configuration.maybe_number("vram_per_gpu_in_gb")?.is_none_or(|gib| gpu.has_memory(gib));
    let cards = configuration.number("num_gpus")?;
    if configuration.words("gpu_type")? != kind
        || !has_interconnect
        || !has_memory
        || cards < 1.0
        || is_asked_itself(cloud)
    {
        return Ok(None);
    }
    let usd = machine.number("hourly_price")? / 100.0 / cards;
    Ok(plausible(What::Rental(gpu), usd).ok().map(|usd| (cloud, usd)))
}

fn read(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    if let Some(words) = answer.reported("error") {
        return Err(Fault::Said(words));
    }
    let machines = answer.list("instance_types")?;
    let mut observed = Observed::at(now);
    for (gpu, name) in GPUS.iter().zip(NAMES) {
        let mut clouds: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for machine in machines {
            if let Some((cloud, usd)) = price(machine, gpu, name)? {
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
