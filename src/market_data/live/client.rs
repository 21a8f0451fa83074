//! The one place that opens connections. Nothing about the other side is trusted.

use std::error::Error as _;
use std::io::Read as _;
use std::sync::Once;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::blocking::{Client as Http, Response};
use reqwest::header::{ACCEPT, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;

use super::address::Address;
use super::consent::Consent;
use super::fault::{Fault, foreign};
use super::json::{object, text};
use super::keys::Key;
use super::source::{Request, Size};

/// How the program introduces itself: its name and version, and nothing about machine or scenario.
const AGENT: &str = concat!("wattfolio/", env!("CARGO_PKG_VERSION"));
/// Most redirects within the host.
const MOST_REDIRECTS: usize = 3;
/// Largest answer to a failed request that is looked at for its reason, bytes.
const MOST_REASON: u64 = 4 << 10;

/// How long to wait for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For a connection.
    pub connect: Duration,
    /// For a whole answer.
    pub total: Duration,
    /// For a whole list of offers.
    pub catalog: Duration,
    /// Before the one other attempt, where the source does not say.
    pub pause: Duration,
    /// Longest wait that a source may ask for before the other attempt; a longer one ends this round.
    pub most_pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(10),
            catalog: Duration::from_secs(20),
            pause: Duration::from_secs(1),
            most_pause: Duration::from_secs(5),
        }
    }
}

/// Asks one source. It is made from a permission, and there is no other way.
#[derive(Debug)]
pub struct Client {
    http: Http,
    consent: Consent,
    key: Option<Key>,
    limits: Limits,
}

/// An answer, unread.
#[derive(Debug)]
pub(super) struct Fetched {
    pub bytes: Vec<u8>,
    /// The clock of the source, if it gave one.
    pub clock: Option<DateTime<Utc>>,
}

/// A request that failed.
#[derive(Debug)]
pub(super) struct Failed {
    pub fault: Fault,
    /// How long the source wants to be left alone.
    pub retry_after: Option<Duration>,
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Self { fault, retry_after: None }
    }
}

impl Client {
    /// A client for one source.
    ///
    /// # Errors
    /// If the source needs a key and there is none, or if encryption cannot be set up.
    pub fn new(consent: Consent, key: Option<Key>, limits: Limits) -> Result<Self, Fault> {
        static PROVIDER: Once = Once::new();
        if let (Some(needs), None) = (&consent.source().key, &key) {
            return Err(Fault::NoKey(needs.variable));
        }
        // Whoever installed one before keeps it.
        PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
        let builder = Http::builder()
            .user_agent(AGENT)
            .connect_timeout(limits.connect)
            .https_only(consent.base().is_encrypted())
            .referer(false)
            .pool_max_idle_per_host(1)
            .redirect(within(consent.base().clone()));
        // A proxy of the system is used for the internet alone.
        let builder = if consent.base().is_own_network() { builder.no_proxy() } else { builder };
        let http = builder.build().map_err(|fault| named(&fault, limits.total))?;
        Ok(Self { http, consent, key, limits })
    }

    /// The permission that it was made from.
    pub const fn consent(&self) -> &Consent {
        &self.consent
    }

    pub(super) const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Asks once.
    pub(super) fn fetch(&self, request: Request, size: Size, now: DateTime<Utc>) -> Result<Fetched, Failed> {
        let fetched = self.fetch_unredacted(request, size, now);
        let key = self.key.as_ref().map(Key::reveal);
        fetched.map_err(|Failed { fault, retry_after }| Failed { fault: fault.redacted(key), retry_after })
    }

    fn fetch_unredacted(&self, request: Request, size: Size, now: DateTime<Utc>) -> Result<Fetched, Failed> {
        let total = if size == Size::Catalog { self.limits.catalog } else { self.limits.total };
        let deadline = Instant::now() + total;
        let needs = self.consent.source().key.as_ref();
        let key = needs.zip(self.key.as_ref()).map(|(needs, key)| (needs.parameter, key.reveal()));
        let url = self.consent.base().url(&request, key);
        let sent = match request.body {
            None => self.http.get(url),
            Some(body) => self.http.post(url).header(CONTENT_TYPE, "application/json").body(body),
        };
        let sent = sent.header(ACCEPT, "application/json, text/plain;q=0.9").timeout(total);
        let response = sent.send().map_err(|fault| named(&fault, total))?;
        let (status, headers) = (response.status(), response.headers().clone());
        if !status.is_success() {
            let retry_after = retry_after(&headers, now);
            let message = reason(response, deadline);
            return Err(Failed { fault: Fault::Status { code: status.as_u16(), message }, retry_after });
        }
        let bytes = read_body(response, size.most_bytes(), (deadline, total))?;
        Ok(Fetched { bytes, clock: clock(&headers) })
    }
}

/// Follows redirects that stay on the host.
fn within(base: Address) -> Policy {
    Policy::custom(move |attempt| {
        if !base.is_same_place(attempt.url()) {
            let place = attempt.url().host_str().unwrap_or_default().to_owned();
            return attempt.error(Elsewhere(place));
        }
        if attempt.previous().len() > MOST_REDIRECTS { attempt.stop() } else { attempt.follow() }
    })
}

/// A redirect to another host.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Elsewhere(String);

/// The fault behind an error of the library, in our words and without the address, which may hold a key.
fn named(fault: &reqwest::Error, total: Duration) -> Fault {
    if fault.is_timeout() {
        return Fault::Slow(total.as_secs().max(1));
    }
    let (mut cause, mut deepest) = (fault.source(), None);
    while let Some(one) = cause {
        if let Some(Elsewhere(place)) = one.downcast_ref() {
            return Fault::Redirect(foreign(place));
        }
        if let Some(tls) = one.downcast_ref::<rustls::Error>() {
            return Fault::Tls(foreign(&tls.to_string()));
        }
        deepest = Some(one);
        // An error of input and output names the cause of what it holds, and not what it holds.
        let held = one.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause = match held {
            Some(held) => Some(held),
            None => one.source(),
        };
    }
    Fault::Connection(foreign(&deepest.map_or_else(|| "unknown reason".to_owned(), ToString::to_string)))
}

/// Reads a body up to a limit and until a time: each read has a time-out of its own, so that a source could drip.
fn read_body(
    response: Response,
    most: u64,
    (deadline, total): (Instant, Duration),
) -> Result<Vec<u8>, Fault> {
    // What is announced may be a lie in the other direction, so that the count below decides.
    if response.content_length().is_some_and(|length| length > most) {
        return Err(Fault::TooLarge(most));
    }
    let mut body = response.take(most + 1);
    let (mut bytes, mut piece) = (Vec::new(), [0; 16 << 10]);
    loop {
        if Instant::now() > deadline {
            return Err(Fault::Slow(total.as_secs().max(1)));
        }
        let count = match body.read(&mut piece) {
            Ok(count) => count,
            Err(fault) => return Err(unread(&fault, total)),
        };
        if count == 0 {
            return Ok(bytes);
        }
        bytes.extend_from_slice(&piece[..count]);
        if bytes.len() as u64 > most {
            return Err(Fault::TooLarge(most));
        }
    }
}

fn unread(fault: &std::io::Error, total: Duration) -> Fault {
    let of_library = fault.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>());
    match of_library.map(|inner| named(inner, total)) {
        Some(slow @ Fault::Slow(_)) => slow,
        _ if fault.kind() == std::io::ErrorKind::TimedOut => Fault::Slow(total.as_secs().max(1)),
        _ => Fault::Cut,
    }
}

/// What a failed request says about itself, if it says it as data.
fn reason(response: Response, deadline: Instant) -> String {
    let remaining = deadline.saturating_duration_since(Instant::now());
    let bytes = read_body(response, MOST_REASON, (deadline, remaining)).unwrap_or_default();
    let reported = object(&bytes).ok().and_then(|json| {
        ["error", "errors", "status", "message"].iter().find_map(|field| json.reported(field))
    });
    // A page for people says nothing that fits on a line.
    reported.or_else(|| text(&bytes).ok().map(foreign)).unwrap_or_default()
}

/// The clock of the source.
fn clock(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let text = headers.get(DATE)?.to_str().ok()?;
    DateTime::parse_from_rfc2822(text).ok().map(|time| time.to_utc())
}

/// How long a source wants to be left alone: seconds, or a time by its own clock.
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?.to_utc();
    let wait: TimeDelta = until - clock(headers).unwrap_or(now);
    Some(wait.to_std().unwrap_or(Duration::ZERO))
}
