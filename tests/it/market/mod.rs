//! Live market data against servers on this machine: sources, their traps, permission, and the command.

mod command;
mod consent;
mod every_source;
mod hostile;
mod keys;
mod quorum;
mod refresh;
mod regions;
mod sources;
mod traps;
pub mod window;

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use wattfolio::market_data::live::{
    Address, Answer, Asked, Client, Consent, Fault, Key, Limits, Observed, Regions, Source, What, ask, find,
};

/// The time of the scene of the fixtures.
pub fn then() -> DateTime<Utc> {
    "2026-09-15T07:03:31Z".parse().unwrap()
}

/// A fixture as it is.
fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/api");
    std::fs::read(folder.join(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// A fixture of the scene, moved to now: seconds, milliseconds and months.
fn today(name: &str) -> Vec<u8> {
    let text = String::from_utf8(fixture(&format!("composed/{name}"))).unwrap();
    let shift = (Utc::now() - then()).num_seconds();
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("1789") {
        let (before, from) = rest.split_at(at);
        let end = from.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(from.len());
        let number: i64 = from[..end].parse().unwrap();
        out += before;
        out += &match end {
            10 => (number + shift).to_string(),
            13 => (number + shift * 1000).to_string(),
            _ => from[..end].to_owned(),
        };
        rest = &from[end..];
    }
    out += rest;
    let month = |days| (Utc::now() - TimeDelta::days(days)).format("%Y-%m").to_string();
    for (old, days) in [("2026-06", 75), ("2026-05", 105), ("2026-04", 135)] {
        out = out.replace(old, &month(days));
    }
    out.into_bytes()
}

fn what(id: &str) -> What {
    What::find(id).unwrap_or_else(|| panic!("no figure {id}"))
}

fn source(id: &str) -> &'static Source {
    find(id).unwrap_or_else(|| panic!("no source {id}"))
}

/// Reads an answer to the first request of a source, at the time of the scene.
fn read(id: &str, bytes: &[u8]) -> Result<Observed, Fault> {
    (source(id).parts[0].read)(bytes, then().into())
}

/// Limits that a test can wait for.
fn quick() -> Limits {
    Limits {
        connect: Duration::from_millis(500),
        total: Duration::from_secs(1),
        catalog: Duration::from_secs(1),
        pause: Duration::from_millis(20),
        most_pause: Duration::from_millis(1500),
    }
}

/// Limits for what takes long on a busy machine and is not meant to be given up.
fn patient() -> Limits {
    Limits { total: Duration::from_secs(30), catalog: Duration::from_secs(30), ..quick() }
}

fn client(id: &str, url: &str, limits: Limits) -> Client {
    let source = source(id);
    let consent =
        Consent::for_this_run(source, Some(Address::typed(url).unwrap()), &Regions::default()).unwrap();
    let key = source.key.as_ref().and_then(|_| Key::typed("secret-key-of-a-user"));
    Client::new(consent, key, limits).unwrap()
}

fn asked_with(id: &str, url: &str, before: Option<Answer>, limits: Limits) -> Answer {
    let answers = Mutex::new(Vec::new());
    let asked = Asked { client: client(id, url, limits), before };
    ask(vec![asked], &|answer| answers.lock().unwrap().push(answer));
    answers.into_inner().unwrap().pop().expect("an answer")
}

/// Asks a source at an address, after an earlier answer.
fn asked_after(id: &str, url: &str, before: Option<Answer>) -> Answer {
    asked_with(id, url, before, quick())
}

fn asked(id: &str, url: &str) -> Answer {
    asked_after(id, url, None)
}

/// Asks a source and waits for long.
fn asked_patiently(id: &str, url: &str) -> Answer {
    asked_with(id, url, None, patient())
}

/// Why the first request of a source came to nothing.
fn fault_of(answer: &Answer) -> &str {
    answer.parts[0].fault.as_deref().unwrap_or("no fault")
}
