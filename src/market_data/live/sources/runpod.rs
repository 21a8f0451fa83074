//! `RunPod`: list prices of all GPUs. 0 means that one is not offered, and 0.5 is what it sends before a price is set.

use serde_json::json;

use crate::market_data::live::fault::Fault;
use crate::market_data::live::gpu::{COUNT, GPUS};
use crate::market_data::live::json;
use crate::market_data::live::observed::{Observed, plausible};
use crate::market_data::live::past::Past;
use crate::market_data::live::source::{Asking, Part, Request, Size, Source, Subject, Topic};
use crate::market_data::live::what::What;

pub(super) static SOURCE: Source = Source {
    id: "runpod",
    label: "RunPod",
    subject: Subject::Rental,
    gives: "list prices",
    base: "https://api.runpod.io",
    can_be_own: false,
    key: None,
    licence: "no licence stated; terms of RunPod",
    attribution: "as published by RunPod",
    pause_s: 60,
    regions: &[],
    parts: &[Part { name: "prices", gives: &[Topic::Rental], size: Size::Catalog, request, read }],
    past: Past::NONE,
};

/// What it calls the GPUs of the list.
const NAMES: [&str; COUNT] = [
    "NVIDIA B200",
    "NVIDIA H200",
    "NVIDIA H100 80GB HBM3",
    "NVIDIA A100-SXM4-80GB",
    "NVIDIA GeForce RTX 4090",
];

/// Whether a price is what stands where none was set.
fn is_placeholder(price_usd: f64) -> bool {
    price_usd == 0.5
}

fn request(_: Asking) -> Request {
    let query = "query { gpuTypes { id displayName memoryInGb securePrice communityPrice } }";
    Request::post("/graphql", json!({ "query": query }).to_string())
}

fn read(bytes: &[u8], Asking { now, .. }: Asking) -> Result<Observed, Fault> {
    let answer = json::object(bytes)?;
    // Errors come with a status of success.
    if let Some(words) = answer.reported("errors") {
        return Err(Fault::Said(words));
    }
    let types = answer.object("data")?.list("gpuTypes")?;
    let mut observed = Observed::at(now);
    for (gpu, name) in GPUS.iter().zip(NAMES) {
        let is_meant = |json: &&json::Json| json.words("id").is_ok_and(|id| id == name);
        let Some(found) = types.iter().find(is_meant) else { continue };
        if !found.maybe_number("memoryInGb")?.is_some_and(|gib| gpu.has_memory(gib)) {
            observed.remarks.push(format!("{}: other memory than expected", gpu.label));
            continue;
        }
        match found.maybe_number("securePrice")? {
            Some(price) if is_placeholder(price) => {
                observed.remarks.push(format!("{}: 0.50 dropped, a placeholder", gpu.label));
            }
            Some(price) if plausible(What::Rental(gpu), price).is_ok() => observed.push(What::Rental(gpu), price, 1)?,
            _ => observed.remarks.push(format!("{}: not offered in its secure cloud", gpu.label)),
        }
    }
    if observed.readings.is_empty() { Err(Fault::Nothing("any of the GPUs".to_owned())) } else { Ok(observed) }
}
