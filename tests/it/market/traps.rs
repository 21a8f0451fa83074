//! What servers and networks do: slow, endless, cut off, elsewhere, unencrypted, too often, with a wrong clock.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use wattfolio::market_data::live::{Address, SOURCES};

use super::sources::fake;
use super::{asked, asked_after, fault_of, fixture, today};
use crate::support::server::{Reply, Server, good, status};

/// Asks every source against a server, and hands over each first fault with the number of requests.
fn each(reply: &Reply, mut check: impl FnMut(&str, &str, usize)) {
    for source in SOURCES {
        let server = Server::with(reply.clone());
        let answer = asked(source.id, &server.url());
        assert!(answer.parts.iter().all(|part| part.good.is_none()), "{}", source.id);
        check(source.id, fault_of(&answer), server.seen().len());
    }
}

#[test]
fn every_source_survives_what_networks_do() {
    // A log-in page with a status of success: the host is not asked for the rest.
    let page = fixture("hostile/captive_portal_200.html");
    each(&good(page), |id, fault, requests| {
        assert!(fault.contains("a web page and not data"), "{id}: {fault}");
        assert!(requests <= super::source(id).parts.len(), "{id}: no second attempt");
    });
    each(&good(""), |id, fault, _| assert!(fault.contains("empty"), "{id}: {fault}"));
    each(&good("[]"), |id, fault, _| assert!(fault.contains("begins with “[]”"), "{id}: {fault}"));
    each(&good("{}"), |id, fault, _| {
        assert!(fault.contains("missing; expected") || fault.contains("nothing for"), "{id}: {fault}");
    });
    each(&Reply::CutOff(b"{\"time\":".to_vec()), |id, fault, _| {
        assert!(fault == "the answer broke off", "{id}: {fault}");
    });
    each(&Reply::Raw(b"SSH-2.0-OpenSSH\r\n".to_vec()), |id, fault, _| {
        assert!(fault.contains("no connection"), "{id}: {fault}");
    });
    each(&status(404, "<h1>Not found</h1>"), |id, fault, _| assert_eq!(fault, "status 404", "{id}"));
}

#[test]
fn a_large_answer_is_not_read_to_its_end() {
    for source in SOURCES {
        // Announced, and sent without an announcement.
        let most = source.parts[0].size.most_bytes() as usize;
        let announced = Server::with(good(vec![b' '; most + 1]));
        let answer = asked(source.id, &announced.url());
        assert_eq!(
            fault_of(&answer),
            format!("the answer is larger than {} KiB", most / 1024),
            "{}",
            source.id
        );
    }
    let endless = Server::with(Reply::Endless { piece: vec![b' '; 64 << 10], pause: Duration::ZERO });
    assert!(fault_of(&asked("coinbase", &endless.url())).contains("larger than 64 KiB"));
    // A small packet that unpacks to 32 MB.
    let packed = packed(&vec![b' '; 32 << 20]);
    assert!(packed.len() < 64 << 10);
    let headers = vec![("Content-Encoding", "gzip".to_owned())];
    let bomb = Server::with(Reply::Whole { status: 200, headers: headers.clone(), body: packed });
    assert!(fault_of(&asked("coinbase", &bomb.url())).contains("larger than 64 KiB"));
    let honest = packed_fixture();
    let server = Server::with(Reply::Whole { status: 200, headers, body: honest });
    assert_eq!(fault_of(&asked("coinbase", &server.url())), "no fault");
}

pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn packed_fixture() -> Vec<u8> {
    packed(&today("coinbase_spot_btc_usd.json"))
}

#[test]
fn slow_sources_are_given_up_in_time_and_after_one_retry() {
    for reply in [
        Reply::Silence(Duration::from_secs(3)),
        // Each piece comes within the time-out of a read.
        Reply::Endless { piece: b" ".to_vec(), pause: Duration::from_millis(300) },
    ] {
        let server = Server::with(reply);
        let began = Instant::now();
        let answer = asked("mempool", &server.url());
        assert!(fault_of(&answer).contains("no answer within 1 s"), "{answer:?}");
        assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
        assert_eq!(server.seen().len(), 2, "once more, and the host is not asked for the rest");
        assert!(answer.parts.iter().all(|part| part.fault.is_some()));
        assert!(answer.not_before > Utc::now() + TimeDelta::minutes(14), "left alone for a while");
    }
}

#[test]
fn a_source_that_is_asked_too_often_gets_its_way() {
    let busy = |after: Option<&str>| {
        let headers = after.map(|after| ("Retry-After", after.to_owned())).into_iter().collect();
        Reply::Whole { status: 429, headers, body: b"<h1>429 Too Many Requests</h1>".to_vec() }
    };
    // Without a wish: one more attempt, which succeeds.
    let server =
        Server::start(
            move |_, count| if count == 0 { busy(None) } else { good(today("coinbase_spot_btc_usd.json")) },
        );
    assert_eq!(fault_of(&asked("coinbase", &server.url())), "no fault");
    assert_eq!(server.seen().len(), 2);
    // A short wish is waited for.
    let server =
        Server::start(
            move |_, count| {
                if count == 0 { busy(Some("1")) } else { good(today("coinbase_spot_btc_usd.json")) }
            },
        );
    let began = Instant::now();
    assert_eq!(fault_of(&asked("coinbase", &server.url())), "no fault");
    assert!(began.elapsed() >= Duration::from_secs(1));
    // A longer one ends this round: no request before it is over.
    let wish = |wish: &str| {
        let server = Server::with(busy(Some(wish)));
        let answer = asked("coinbase", &server.url());
        assert_eq!((fault_of(&answer), server.seen().len()), ("status 429", 1), "{wish}");
        (answer.not_before - Utc::now()).num_seconds()
    };
    assert!((115..=120).contains(&wish("120")));
    let date = (Utc::now() + TimeDelta::seconds(200)).format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    assert!((190..=200).contains(&wish(&date)));
    // Whoever wants more is left alone for a quarter of an hour; nonsense is no wish.
    assert!((880..=900).contains(&wish("86400")));
    let server = Server::with(busy(Some("soon")));
    assert_eq!((fault_of(&asked("coinbase", &server.url())), server.seen().len()), ("status 429", 2));
    // Every source, twice in vain.
    each(&busy(None), |id, fault, requests| assert_eq!((fault, requests), ("status 429", 2), "{id}"));
    for code in [500, 502, 503, 504] {
        let server = Server::with(status(code, "{\"error\":\"Failed to get it\"}"));
        let answer = asked("coinbase", &server.url());
        assert_eq!(fault_of(&answer), format!("status {code}: Failed to get it"));
        assert_eq!(server.seen().len(), 2);
    }
    let server = Server::with(status(403, "error code: 1020"));
    assert_eq!(
        (fault_of(&asked("coinbase", &server.url())), server.seen().len()),
        ("status 403: error code: 1020", 1)
    );
}

#[test]
fn redirects_stay_on_the_host() {
    let trap = fake("coinbase");
    let to =
        |place: String| Reply::Whole { status: 302, headers: vec![("Location", place)], body: Vec::new() };
    for (place, host) in [
        (trap.url(), "127.0.0.1"),
        ("https://elsewhere.example/v2".to_owned(), "elsewhere.example"),
        ("//elsewhere.example/v2".to_owned(), "elsewhere.example"),
        ("file:///etc/passwd".to_owned(), ""),
    ] {
        let server = Server::with(to(place.clone()));
        let answer = asked("coinbase", &server.url());
        let fault = fault_of(&answer);
        assert!(
            fault.contains("redirects to another address") && fault.contains(host) || host.is_empty(),
            "{place}: {fault}"
        );
        assert!(answer.parts[0].good.is_none());
        assert_eq!(server.seen().len(), 1, "{place}");
    }
    assert_eq!(trap.connections(), 0, "another port is another place");
    let server = Server::start(move |seen, _| match seen.line.as_str() {
        "GET /here" => good(today("coinbase_spot_btc_usd.json")),
        _ => to("/here".to_owned()),
    });
    assert_eq!(fault_of(&asked("coinbase", &server.url())), "no fault");
    let server = Server::with(to("/again".to_owned()));
    asked("coinbase", &server.url());
    assert!(server.seen().len() <= 5, "{}", server.seen().len());
}

/// A server whose certificate nobody trusts.
pub fn untrusted() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tls");
    let certificate = CertificateDer::from_pem_file(format!("{folder}/certificate.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(format!("{folder}/key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let serve = move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut connection = rustls::ServerConnection::new(config).unwrap();
        // The client hangs up, which is the point.
        connection.complete_io(&mut stream).ok();
        stream.read_exact(&mut [0; 16]).ok();
    };
    std::thread::Builder::new().name("untrusted server".to_owned()).spawn(serve).unwrap();
    format!("https://{address}")
}

#[test]
fn encryption_that_fails_is_no_answer() {
    let fault = asked("coinbase", &untrusted()).parts[0].fault.clone().unwrap();
    assert!(
        fault.contains("the encrypted connection was refused: invalid peer certificate: UnknownIssuer"),
        "{fault}"
    );
    // No encryption at all, and a connection that ends at once.
    let plain = Server::with(Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec()));
    let fault = asked("coinbase", &plain.url().replace("http:", "https:")).parts[0].fault.clone().unwrap();
    assert!(fault.contains("encrypted connection was refused") || fault.contains("no connection"), "{fault}");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let dead = listener.local_addr().unwrap();
    drop(listener);
    for scheme in ["http", "https"] {
        let answer = asked("coinbase", &format!("{scheme}://{dead}"));
        assert!(fault_of(&answer).contains("no connection"), "{answer:?}");
    }
}

#[test]
fn clocks_that_differ_are_named_and_the_future_is_refused() {
    let date = |ahead: TimeDelta| {
        vec![("Date", (Utc::now() + ahead).format("%a, %d %b %Y %H:%M:%S GMT").to_string())]
    };
    let body = today("coinbase_spot_btc_usd.json");
    for (ahead, is_named) in
        [(TimeDelta::hours(2), true), (TimeDelta::hours(-2), true), (TimeDelta::seconds(30), false)]
    {
        let reply = Reply::Whole { status: 200, headers: date(ahead), body: body.clone() };
        let answer = asked("coinbase", &Server::with(reply).url());
        assert_eq!(fault_of(&answer), "no fault");
        let minutes = answer.clock_ahead_s.map(|seconds| seconds / 60);
        let expected = is_named.then(|| ahead.num_minutes());
        assert!(
            minutes.zip(expected).is_none_or(|(own, expected)| (own - expected).abs() <= 1),
            "{minutes:?}"
        );
        assert_eq!(minutes.is_some(), is_named);
    }
    let ahead = Utc::now() + TimeDelta::hours(1);
    let prices = format!("{{\"time\":{},\"USD\":77265}}", ahead.timestamp());
    let answer = asked("mempool", &Server::with(good(prices)).url());
    assert!(fault_of(&answer).contains("is later than now; is this computer's clock right?"), "{answer:?}");
}

#[test]
fn a_jump_is_held_until_the_next_answer_agrees() {
    let price =
        |usd: f64| Server::with(good(format!("{{\"data\":{{\"amount\":\"{usd}\",\"currency\":\"USD\"}}}}")));
    let value = |answer: &wattfolio::market_data::live::Answer| {
        answer.readings().next().map(|(reading, _)| reading.value)
    };
    let first = asked("coinbase", &price(80_000.0).url());
    let jumped = asked_after("coinbase", &price(130_000.0).url(), Some(first.clone()));
    assert_eq!(value(&jumped), Some(80_000.0));
    assert!(fault_of(&jumped).contains("bitcoin price jumped by 62 %"), "{jumped:?}");
    let again = asked_after("coinbase", &price(131_000.0).url(), Some(jumped.clone()));
    assert_eq!((value(&again), fault_of(&again)), (Some(131_000.0), "no fault"));
    let back = asked_after("coinbase", &price(80_500.0).url(), Some(jumped));
    assert_eq!(value(&back), Some(80_500.0), "a mistake that is gone");
    // A failure leaves what was known, with its old time.
    let failed = asked_after("coinbase", &Server::with(status(500, "")).url(), Some(first.clone()));
    assert_eq!((value(&failed), failed.observed_at()), (Some(80_000.0), first.observed_at()));
    assert_eq!(fault_of(&failed), "status 500");
}

#[test]
fn addresses_are_encrypted_or_private() {
    for good in [
        "https://mempool.space",
        "https://node.example:8443/mempool",
        "http://127.0.0.1:3006",
        "http://localhost:3006",
        "http://192.168.1.5",
        "http://10.0.0.7:80",
        "http://172.16.3.4",
        "http://[::1]:3006",
        "http://[fd00::5]",
        "https://mempoolhqx4isw62xs7abwphsq7ldayuidyx2v2oethdhhj6mlo2r6ad.onion",
    ] {
        assert!(Address::typed(good).is_ok(), "{good}");
    }
    for (bad, words) in [
        ("http://mempool.space", "use https"),
        ("http://8.8.8.8", "use https"),
        ("http://172.32.0.1", "use https"),
        ("http://127.0.0.1.evil.example", "use https"),
        ("http://[2001:db8::1]", "use https"),
        ("http://umbrel.local", "by number"),
        ("ftp://192.168.1.5", "use https"),
        ("file:///etc/passwd", ""),
        ("https://user:word@node.example", "name or password"),
        ("https://node.example/?x=1", "leave out"),
        ("node.example", "no address"),
        ("", "no address"),
    ] {
        let why = Address::typed(bad).unwrap_err();
        assert!(why.contains(words) && !why.contains("word@"), "{bad}: {why}");
    }
}
