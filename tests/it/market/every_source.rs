//! Every trap that applies to any source, for each source of the list: none of them is believed, and none hangs.

use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use wattfolio::market_data::live::{Answer, Fault, Observed, Part, SOURCES, Source, What};

use super::sources::{fake, good_answer, good_answer_of};
use super::traps::{packed, untrusted};
use super::{asked, asked_patiently, fault_of, fixture, then, today};
use crate::support::server::{Reply, Seen, Server, good};

/// Each source on a thread of its own, so that slow ones are waited for together.
fn each(test: impl Fn(&'static Source) + Sync) {
    std::thread::scope(|scope| {
        for source in SOURCES.iter().copied() {
            let run = || test(source);
            std::thread::Builder::new().name(source.id.to_owned()).spawn_scoped(scope, run).unwrap();
        }
    });
}

fn has_values(answer: &Answer) -> bool {
    answer.parts.iter().any(|part| part.good.is_some())
}

/// A source that answers well, through a change of the reply.
fn changed(source: &'static Source, change: impl Fn(Vec<u8>) -> Reply + Send + Sync + 'static) -> Answer {
    let id = source.id;
    let server = Server::start(move |seen: &Seen, _| change(today(good_answer(id, seen))));
    asked_patiently(id, &server.url())
}

/// The good answer to a request, as it is in the scene.
fn bytes_of(source: &Source, part: &Part) -> Vec<u8> {
    fixture(&format!("composed/{}", good_answer_of(source.id, part.name)))
}

fn read(part: &Part, bytes: &[u8]) -> Result<Observed, Fault> {
    (part.read)(bytes, then().into())
}

/// Every request of every source, with its good answer.
fn parts() -> impl Iterator<Item = (&'static Source, &'static Part, Vec<u8>)> {
    let parts =
        SOURCES.iter().copied().flat_map(|source| source.parts.iter().map(move |part| (source, part)));
    parts.map(|(source, part)| (source, part, bytes_of(source, part)))
}

/// An answer in which every number, written as a number or as text, is another value.
fn with_numbers(bytes: &[u8], put: &dyn Fn(f64) -> Value) -> Vec<u8> {
    fn walk(value: &mut Value, put: &dyn Fn(f64) -> Value) {
        match value {
            Value::Array(list) => list.iter_mut().for_each(|one| walk(one, put)),
            Value::Object(fields) => fields.values_mut().for_each(|one| walk(one, put)),
            Value::Number(number) => *value = put(number.as_f64().unwrap()),
            Value::String(text) => {
                if let Ok(number) = text.parse::<f64>() {
                    *value = put(number);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }
    let mut value: Value = serde_json::from_slice(bytes).unwrap();
    walk(&mut value, put);
    serde_json::to_vec(&value).unwrap()
}

#[test]
fn wrong_types_and_placeholders_are_no_values() {
    let numbers: [(&str, Value); 9] = [
        ("a list", json!([])),
        ("an object", json!({})),
        ("a flag", json!(true)),
        ("nothing", json!(null)),
        ("NaN", json!("NaN")),
        ("infinity", json!("Infinity")),
        ("more than a number holds", json!("1e400")),
        ("0", json!(0)),
        ("-1", json!(-1)),
    ];
    for (source, part, bytes) in parts() {
        assert!(read(part, &bytes).is_ok(), "{} {}", source.id, part.name);
        for (name, number) in &numbers {
            let bytes = with_numbers(&bytes, &|_| number.clone());
            let answer = read(part, &bytes);
            assert!(answer.is_err(), "{} {}: {name} became {answer:?}", source.id, part.name);
        }
    }
}

#[test]
fn numbers_with_exponents_are_what_they_are() {
    for (source, part, bytes) in parts() {
        let plain = read(part, &bytes).unwrap();
        let as_text = with_numbers(&bytes, &|number| Value::String(format!("{number:e}")));
        // In JSON a number with an exponent is no text.
        let mut as_number = String::from_utf8(as_text.clone()).unwrap();
        for number in exponents(&as_number) {
            as_number = as_number.replacen(&format!("\"{number}\""), &number, 1);
        }
        for text in [as_text, as_number.into_bytes()] {
            match read(part, &text) {
                Ok(observed) => {
                    assert_eq!(observed.readings.len(), plain.readings.len(), "{} {}", source.id, part.name);
                    for (own, plain) in observed.readings.iter().zip(&plain.readings) {
                        let is_same = (own.value / plain.value - 1.0).abs() < 1e-12;
                        assert!(own.what == plain.what && is_same, "{}: {own:?} {plain:?}", source.id);
                    }
                }
                // A height is a whole number in plain text.
                Err(fault) => assert!(part.name == "height", "{} {}: {fault}", source.id, part.name),
            }
        }
    }
}

/// The texts of a JSON that are numbers with an exponent.
fn exponents(text: &str) -> Vec<String> {
    let texts = text.split('"').skip(1).step_by(2);
    texts.filter(|text| text.contains('e') && text.parse::<f64>().is_ok()).map(str::to_owned).collect()
}

#[test]
fn an_answer_that_is_cut_off_is_none() {
    for (source, part, bytes) in parts().filter(|(_, part, _)| part.name != "height") {
        for share in [2, 3, 4] {
            let fault = read(part, &bytes[..bytes.len() * (share - 1) / share]).unwrap_err().to_string();
            assert!(fault.contains("no JSON"), "{} {}: {fault}", source.id, part.name);
        }
        for bytes in [&b""[..], b"null", b"[]", b"1", b"\"77265\"", b"<html>", b"{}", b"\xff\xfe{}"] {
            assert!(read(part, bytes).is_err(), "{} {}", source.id, part.name);
        }
    }
}

#[test]
fn times_of_the_future_are_refused_wherever_a_source_gives_one() {
    let mut dated = Vec::new();
    for (source, part, bytes) in parts() {
        let early = then() - TimeDelta::days(120);
        match (part.read)(&bytes, early.into()) {
            // Without a time of its own an answer is of the moment at which it came.
            Ok(observed) => assert_eq!(observed.at, early, "{} {}", source.id, part.name),
            Err(fault) => {
                assert!(
                    fault.to_string().contains("is later than now"),
                    "{} {}: {fault}",
                    source.id,
                    part.name
                );
                dated.push(source.id);
            }
        }
    }
    assert_eq!(dated, ["mempool", "bitstamp", "coingecko", "blockchain", "eia", "energy-charts"]);
}

#[test]
fn slow_sources_are_given_up_in_time() {
    for reply in [
        Reply::Silence(Duration::from_secs(3)),
        // Each piece comes within the time-out of a read.
        Reply::Endless { piece: b" ".to_vec(), pause: Duration::from_millis(300) },
    ] {
        let began = Instant::now();
        each(|source| {
            let server = Server::with(reply.clone());
            let answer = asked(source.id, &server.url());
            assert!(fault_of(&answer).contains("no answer within 1 s"), "{}: {answer:?}", source.id);
            assert!(!has_values(&answer), "{}", source.id);
            assert_eq!(server.seen().len(), 2, "{}: once more, and not for the rest", source.id);
            assert!(answer.not_before > Utc::now() + TimeDelta::minutes(14), "{}", source.id);
        });
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    }
}

#[test]
fn endless_and_packed_answers_are_not_read_to_their_end() {
    let bomb = packed(&vec![b' '; 32 << 20]);
    each(|source| {
        let most = source.parts[0].size.most_bytes() / 1024;
        let endless = Reply::Endless { piece: vec![b' '; 64 << 10], pause: Duration::ZERO };
        let headers = vec![("Content-Encoding", "gzip".to_owned())];
        let bomb = Reply::Whole { status: 200, headers, body: bomb.clone() };
        for reply in [endless, bomb] {
            let answer = asked_patiently(source.id, &Server::with(reply).url());
            let expected = format!("the answer is larger than {most} KiB");
            assert_eq!(fault_of(&answer), expected, "{}", source.id);
        }
        // A packed answer of honest size is read.
        let answer = changed(source, |body| {
            let headers = vec![("Content-Encoding", "gzip".to_owned())];
            Reply::Whole { status: 200, headers, body: packed(&body) }
        });
        assert_eq!(fault_of(&answer), "no fault", "{}", source.id);
    });
}

#[test]
fn a_source_that_is_asked_too_often_gets_its_way() {
    let busy = |after: Option<&str>| {
        let headers = after.map(|after| ("Retry-After", after.to_owned())).into_iter().collect();
        Reply::Whole { status: 429, headers, body: b"<h1>429 Too Many Requests</h1>".to_vec() }
    };
    each(|source| {
        let id = source.id;
        // Once in vain, without a wish and with a short one: the second attempt succeeds.
        for wish in [None, Some("1")] {
            let server =
                Server::start(
                    move |seen, count| {
                        if count == 0 { busy(wish) } else { good(today(good_answer(id, seen))) }
                    },
                );
            let began = Instant::now();
            assert_eq!(fault_of(&asked(id, &server.url())), "no fault", "{id}");
            assert_eq!(server.seen().len(), 1 + source.parts.len(), "{id}");
            assert!(wish.is_none() || began.elapsed() >= Duration::from_secs(1), "{id}");
        }
        // A longer wish ends the round, and is granted; one of a day is granted for a quarter of an hour.
        for (wish, seconds) in [("120", 115..=120), ("86400", 880..=900)] {
            let server = Server::with(busy(Some(wish)));
            let answer = asked(id, &server.url());
            assert_eq!((fault_of(&answer), server.seen().len()), ("status 429", 1), "{id}");
            assert!(seconds.contains(&(answer.not_before - Utc::now()).num_seconds()), "{id}, {wish}");
        }
    });
}

#[test]
fn no_source_is_followed_to_another_host() {
    each(|source| {
        let trap = fake(source.id);
        for place in [trap.url(), "https://elsewhere.example/".to_owned(), "//elsewhere.example/".to_owned()]
        {
            for status in [301, 302, 307, 308] {
                let headers = vec![("Location", place.clone())];
                let server = Server::with(Reply::Whole { status, headers, body: Vec::new() });
                let answer = asked(source.id, &server.url());
                let fault = fault_of(&answer);
                assert!(fault.contains("redirects to another address"), "{}: {fault}", source.id);
                assert_eq!((has_values(&answer), server.seen().len()), (false, 1), "{}", source.id);
            }
        }
        assert_eq!(trap.connections(), 0, "{}", source.id);
    });
}

#[test]
fn dead_encryption_is_no_answer() {
    each(|source| {
        let answer = asked(source.id, &untrusted());
        let fault = fault_of(&answer);
        let words = "the encrypted connection was refused: invalid peer certificate: UnknownIssuer";
        assert!(fault.contains(words), "{}: {fault}", source.id);
        let plain = fake(source.id);
        let answer = asked(source.id, &plain.url().replace("http:", "https:"));
        assert!(!has_values(&answer), "{}", source.id);
    });
}

#[test]
fn clocks_that_differ_are_named() {
    each(|source| {
        for (ahead, is_named) in
            [(TimeDelta::hours(2), true), (TimeDelta::hours(-2), true), (TimeDelta::seconds(30), false)]
        {
            let answer = changed(source, move |body| {
                let date = (Utc::now() + ahead).format("%a, %d %b %Y %H:%M:%S GMT").to_string();
                Reply::Whole { status: 200, headers: vec![("Date", date)], body }
            });
            assert_eq!(fault_of(&answer), "no fault", "{}", source.id);
            let minutes = answer.clock_ahead_s.map(|seconds| (seconds as f64 / 60.0).round() as i64);
            let expected = is_named.then(|| ahead.num_minutes());
            let is_near = minutes.zip(expected).is_none_or(|(own, expected)| (own - expected).abs() <= 1);
            assert!(minutes.is_some() == is_named && is_near, "{}: {minutes:?}", source.id);
        }
    });
}

#[test]
fn a_status_of_success_without_an_answer_is_empty() {
    each(|source| {
        for status in [200, 204] {
            let reply = Reply::Whole { status, headers: Vec::new(), body: Vec::new() };
            let answer = asked(source.id, &Server::with(reply).url());
            assert_eq!(fault_of(&answer), "the answer is empty", "{}", source.id);
        }
    });
}

#[test]
fn a_thousand_times_too_much_never_reaches_the_model() {
    for (source, part, bytes) in parts() {
        // Times stay, so that the value alone is wrong.
        let times = |number: f64| (1.7e9..2e12).contains(&number);
        for factor in [1e-9, 1e9] {
            let put = |number: f64| json!(if times(number) { number } else { number * factor });
            let answer = read(part, &with_numbers(&bytes, &put));
            let Ok(observed) = answer else { continue };
            for reading in observed.readings {
                let (least, most) = reading.what.bounds();
                assert!((least..=most).contains(&reading.value), "{}: {reading:?}", source.id);
                assert!(
                    matches!(reading.what, What::DayAheadPower(_)) || factor > 1.0,
                    "{}: {reading:?}",
                    source.id
                );
            }
        }
    }
}
