//! A round of requests: each source on a thread of its own, so that a slow one keeps nobody waiting.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::cache::{Answer, PartAnswer};
use super::client::{Client, Failed, Fetched};
use super::fault::Fault;
use super::source::{Asking, Part, Request, Size};

/// Time for which a source that fails twice is left alone, unless it asks for less.
const LEFT_ALONE: TimeDelta = TimeDelta::minutes(15);
/// Longest wait that a source may ask for and get; it is then asked no earlier.
const MOST_RETRY_AFTER: TimeDelta = TimeDelta::minutes(5);
/// Difference of two clocks that is worth a word.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(5);

/// What came of one request, and when the source may be asked again if it failed.
pub(super) struct Tried<T> {
    pub result: Result<T, Fault>,
    clock: Option<DateTime<Utc>>,
    left_alone: Option<TimeDelta>,
}

/// A client, and what was known of its source before.
#[derive(Debug)]
pub struct Asked {
    /// Asks the source.
    pub client: Client,
    /// What was known.
    pub before: Option<Answer>,
}

/// Asks sources and hands over each answer as it comes, from a thread of its own.
pub fn ask(asked: Vec<Asked>, on_answer: &(dyn Fn(Answer) + Sync)) {
    std::thread::scope(|scope| {
        for Asked { client, before } in asked {
            let source = client.consent().source();
            let work = move || on_answer(round(&client, before.as_ref(), Utc::now));
            let started =
                std::thread::Builder::new().name(format!("ask {}", source.id)).spawn_scoped(scope, work);
            if let Err(fault) = started {
                log::warn!("no thread to ask {}: {fault}", source.label);
            }
        }
    });
}

/// Asks one source everything it is asked for.
pub(super) fn round(client: &Client, before: Option<&Answer>, clock: impl Fn() -> DateTime<Utc>) -> Answer {
    let source = client.consent().source();
    let before_of =
        |part: &Part| before.and_then(|own| own.parts.iter().find(|known| known.part == part.name));
    let (mut parts, mut clock_ahead) = (Vec::new(), None);
    let (mut left_alone, mut broken) = (TimeDelta::seconds(source.pause_s), None::<String>);
    for part in source.parts {
        // A host that does not answer is not asked for the rest.
        if let Some(fault) = &broken {
            parts.push(PartAnswer::after(part.name, before_of(part), Err(fault.clone()), clock()));
            continue;
        }
        let asking = || Asking { now: clock(), region: client.consent().region() };
        let read = |bytes: &[u8]| (part.read)(bytes, asking());
        let tried = again(client, part.size, &|| (part.request)(asking()), &read, &clock);
        clock_ahead = clock_ahead.or(tried.clock.map(|theirs| theirs - clock()));
        left_alone = left_alone.max(tried.left_alone.unwrap_or_default());
        if let Err(fault) = &tried.result
            && is_of_host(fault)
        {
            broken = Some(fault.to_string());
        }
        let result = tried.result.map_err(|fault| fault.to_string());
        parts.push(PartAnswer::after(part.name, before_of(part), result, clock()));
    }
    let now = clock();
    Answer {
        source,
        host: client.consent().base().host(),
        tried_at: now,
        not_before: now + left_alone,
        clock_ahead_s: clock_ahead
            .filter(|ahead| ahead.abs() > CLOCKS_DIFFER)
            .map(|ahead| ahead.num_seconds()),
        parts,
    }
}

/// Whether a fault belongs to the host rather than to one request.
const fn is_of_host(fault: &Fault) -> bool {
    matches!(fault, Fault::Connection(_) | Fault::Cut | Fault::Tls(_) | Fault::Redirect(_) | Fault::WebPage)
        || fault.is_passing()
}

/// Asks for one thing, and once more if that may help.
pub(super) fn again<T>(
    client: &Client,
    size: Size,
    request: &dyn Fn() -> Request,
    read: &dyn Fn(&[u8]) -> Result<T, Fault>,
    clock: &dyn Fn() -> DateTime<Utc>,
) -> Tried<T> {
    let fetch = || client.fetch(request(), size, clock());
    let tried =
        |fetched: Fetched| Tried { result: read(&fetched.bytes), clock: fetched.clock, left_alone: None };
    let failed = match fetch() {
        Ok(fetched) => return tried(fetched),
        Err(failed) => failed,
    };
    let limits = client.limits();
    let pause = failed.retry_after.unwrap_or_else(|| jittered(limits.pause));
    if !failed.fault.is_passing() || pause > limits.most_pause {
        return given_up(failed);
    }
    std::thread::sleep(pause);
    match fetch() {
        Ok(fetched) => tried(fetched),
        Err(failed) => given_up(failed),
    }
}

/// A request that came to nothing. A wish to be left alone is granted up to a limit; whoever wants more is left alone
/// for longer, as is one that fails twice without a wish.
fn given_up<T>(Failed { fault, retry_after }: Failed) -> Tried<T> {
    let wish = retry_after.and_then(|wish| TimeDelta::from_std(wish).ok());
    let left_alone = match wish {
        Some(wish) if wish <= MOST_RETRY_AFTER => Some(wish),
        Some(_) => Some(LEFT_ALONE),
        None => fault.is_passing().then_some(LEFT_ALONE),
    };
    Tried { result: Err(fault), clock: None, left_alone }
}

/// A pause between half and one and a half of its length, so that many programs do not come back together.
fn jittered(pause: Duration) -> Duration {
    let random = RandomState::new().hash_one(0) % 1000;
    pause.mul_f64(0.5 + random as f64 / 1000.0)
}
